// The pages in a real Chromium, served by the real program: node pages.test.mjs BINARY [SCREENSHOT_FOLDER]
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const [binary, shots = ""] = process.argv.slice(2);
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
if (shots) mkdirSync(shots, { recursive: true });

const home = mkdtempSync(join(tmpdir(), "interdict-pages-"));
const server = spawn(binary, ["serve", "--port", "0"], { env: { ...process.env, HOME: home, XDG_DATA_HOME: home, INTERDICT_DB: "" } });
const address = await new Promise((found, lost) => {
  server.stdout.on("data", (text) => { const url = /http:\/\/\S+/.exec(String(text)); if (url) found(url[0].replace(/\/$/, "")); });
  server.on("exit", (code) => lost(new Error(`the server ended with ${code}`)));
  setTimeout(() => lost(new Error("the server did not start")), 20000).unref();
});

const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
let failed = 0;

// Playwright's own waitForFunction needs eval, which the pages' policy forbids.
async function until(page, condition, argument) {
  for (let tries = 0; tries < 100; tries += 1) {
    if (await page.evaluate(condition, argument)) return;
    await page.waitForTimeout(100);
  }
  throw new Error(`never came: ${condition}`);
}

async function at(name, options, path, steps) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.setDefaultTimeout(10000);
  const noise = [];
  page.on("pageerror", (error) => noise.push(String(error)));
  page.on("console", (message) => { if (message.type() === "error") noise.push(message.text()); });
  page.on("request", (request) => { if (!request.url().startsWith(address) && !request.url().startsWith("data:")) noise.push(`asks ${request.url()}`); });
  try {
    await page.goto(address + path);
    await steps(page);
    assert.deepEqual(noise, [], "nothing in the console, no request elsewhere");
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), true, "no sideways scrolling");
    if (shots) await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
    console.log(`ok   ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL ${name}: ${error.message}`);
    if (shots) await page.screenshot({ path: join(shots, `${name}-failed.png`), fullPage: true });
  }
  await context.close();
}

// The policy of the pages forbids foreign scripts; the checker runs in a page that is let off it.
async function accessible(name, options, path, ready) {
  const context = await browser.newContext({ ...options, bypassCSP: true });
  const page = await context.newPage();
  page.setDefaultTimeout(10000);
  await page.goto(address + path);
  await page.waitForSelector(ready);
  await page.addScriptTag({ path: axe });
  const found = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  const grave = found.violations.filter((v) => v.impact === "serious" || v.impact === "critical");
  if (grave.length) {
    failed += 1;
    console.log(`FAIL ${name}: ${grave.map((v) => `${v.id} (${v.nodes.length}): ${v.nodes[0].html.slice(0, 120)}`).join("; ")}`);
  } else {
    console.log(`ok   ${name}: axe finds nothing serious`);
  }
  await context.close();
}

const desktop = { viewport: { width: 1280, height: 900 } };
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 };
const dark = { ...desktop, colorScheme: "dark" };

async function deal(page) {
  await page.waitForSelector("#deal-verdict .big");
  assert.match(await page.textContent("#deal-verdict .big"), /prohibited/);
  await page.waitForSelector("#deal-spans svg");
  await page.fill("#deal-date", "2021-05-01");
  await page.waitForSelector("#deal-verdict .big .permitted");
  await page.focus("#deal-slider");
  await page.keyboard.press("End");
  await until(page, () => document.querySelector("#deal-day").textContent.startsWith("2026-06"));
  await page.waitForSelector("#deal-verdict .big .prohibited");
  await page.locator("details.reason summary").first().focus();
  await page.keyboard.press("Enter");
  await page.waitForSelector("details.reason[open] dl");
}

async function screen(page) {
  await page.keyboard.press("Tab");
  await page.focus("#screen-name");
  await page.keyboard.type("Аляксандр Лукашэнка");
  await page.waitForSelector("#screen-hits li");
  assert.match(await page.textContent("#screen-hits li"), /Lukashenka/);
  await page.fill("#screen-name", "<img src=x onerror=alert(1)> Kovalski");
  await until(page, () => /Nobody|at 0.7/.test(document.querySelector("#screen-status").textContent));
  assert.equal(await page.locator("#screen-hits img").count(), 0, "script in a name stays text");
  await page.fill("#screen-name", "Belaruskalij JSC");
  await until(page, () => /Belaruskali/.test(document.querySelector("#screen-hits").textContent));
}

async function relief(page) {
  await page.waitForSelector("#relief-answer .options .card");
  const before = await page.locator("#relief-answer > .options").first().locator("> .card").count();
  await page.locator("input[name=fixed][value=route]").focus();
  await page.keyboard.press("Space");
  await until(page, (n) => document.querySelector("#relief-answer .options").children.length < n, before);
  assert.match(await page.textContent("#relief-answer"), /Complete/);
}

async function history(page) {
  await page.waitForSelector("#case-timeline svg");
  await page.waitForSelector("#case-ledger svg");
  await page.waitForSelector("#case-claims td");
  assert.match(await page.textContent("#case-claims"), /19 = 1.7 %/);
  await page.fill("#case-date", "2025-06-24");
  await until(page, () => /nothing|eu, uk, us/.test(document.querySelector("#case-granted").textContent));
}

async function own(page) {
  await page.click("text=Write or paste a deal of your own");
  await page.fill("#deal-own", "id: x\ntitle: Mine\ndate: 2025-01-01\nparties: [{role: seller, party: belaruskalli}]\n");
  await page.click("#deal-own-check");
  await page.waitForSelector("#fault:not([hidden])");
  assert.match(await page.textContent("#fault"), /did you mean 'belaruskali'/);
}

try {
  await at("deal", desktop, "/", deal);
  await at("deal-phone", phone, "/#deal", deal);
  await at("deal-dark", dark, "/#deal", deal);
  await at("screen", desktop, "/#screen", screen);
  await at("screen-phone", phone, "/#screen", screen);
  await at("relief", desktop, "/#relief", relief);
  await at("relief-phone", phone, "/#relief", relief);
  await at("case", desktop, "/#case", history);
  await at("case-dark", dark, "/#case", history);
  for (const [name, ready] of [["deal", "#deal-verdict .big"], ["screen", "#screen-form"], ["relief", "#relief-answer .card"], ["case", "#case-claims td"]]) {
    await accessible(`${name}, light`, desktop, `/#${name}`, ready);
    await accessible(`${name}, dark`, dark, `/#${name}`, ready);
  }
  // A mistake in a deal of one's own is told where it is; the console's 400 is the browser's own.
  const context = await browser.newContext(desktop);
  const page = await context.newPage();
  page.setDefaultTimeout(10000);
  await page.goto(address);
  await own(page);
  console.log("ok   a deal of one's own");
  await context.close();
} catch (error) {
  failed += 1;
  console.log(`FAIL ${error.message}`);
} finally {
  await browser.close();
  server.removeAllListeners("exit");
  server.kill("SIGTERM");
}
console.log(failed ? `${failed} failed` : "all pages pass");
process.exit(failed ? 1 : 0);
