// The pages in a real Chromium, served by the real program: node pages.test.mjs BINARY [SCREENSHOT_FOLDER]
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const [binary, shots = ""] = process.argv.slice(2);
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
if (shots) mkdirSync(shots, { recursive: true });

const home = mkdtempSync(join(tmpdir(), "interdict-pages-"));
const running = [];
async function serve(...more) {
  // The log goes to standard error: unread, a pipe would fill and hold the server up.
  const server = spawn(binary, ["serve", "--port", "0", "--quiet", ...more], { stdio: ["ignore", "pipe", "inherit"], env: { ...process.env, HOME: home, XDG_DATA_HOME: home, INTERDICT_DB: "" } });
  running.push(server);
  return new Promise((found, lost) => {
    server.stdout.on("data", (text) => { const url = /http:\/\/\S+/.exec(String(text)); if (url) found(url[0].replace(/\/$/, "")); });
    server.on("exit", (code) => lost(new Error(`the server ended with ${code}`)));
    setTimeout(() => lost(new Error("the server did not start")), 20000).unref();
  });
}
let address = await serve();

const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
let failed = 0;

// Playwright's own waitForFunction needs eval, which the pages' policy forbids.
async function until(page, condition, argument) {
  for (let tries = 0; tries < 300; tries += 1) {
    if (await page.evaluate(condition, argument)) return;
    await page.waitForTimeout(100);
  }
  throw new Error(`never came: ${condition}`);
}

async function at(name, options, path, steps, expected = null) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.setDefaultTimeout(30000);
  const noise = [];
  page.on("pageerror", (error) => noise.push(String(error)));
  page.on("console", (message) => { if (message.type() === "error" && !expected?.test(message.text())) noise.push(message.text()); });
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
  page.setDefaultTimeout(30000);
  try {
    await page.goto(address + path);
    await page.waitForSelector(ready);
  } catch (error) {
    failed += 1;
    console.log(`FAIL ${name}: ${error.message}`);
    await context.close();
    return;
  }
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
const looked = [["desktop light", desktop], ["desktop dark", dark], ["phone light", phone], ["phone dark", { ...phone, colorScheme: "dark" }]];

// -- the compliance officer: a name, its evidence, the party, a file; by keyboard
async function screen(page) {
  await page.focus("#screen-name");
  await page.keyboard.type("Аляксандр Лукашэнка");
  await page.waitForSelector("#screen-hits li");
  assert.match(await page.textContent("#screen-hits li"), /Lukashenka/);
  await until(page, () => /Лукашэнка/.test(document.querySelector("#screen-hits .pairs")?.textContent));  // the whole name is asked by then
  assert.match(page.url(), /#screen\?name=/, "the address holds the query");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#screen-party:not([hidden]) h2");
  assert.match(await page.textContent("#screen-party"), /1954/);
  assert.equal(await page.evaluate(() => document.activeElement.id), "screen-party", "focus follows to the party");
  await page.fill("#screen-name", "Belaruskalij JSC");
  await until(page, () => /Belaruskali/.test(document.querySelector("#screen-hits").textContent));
  await page.fill("#screen-threshold", "0.99");
  await until(page, () => /Nobody at 0.99/.test(document.querySelector("#screen-status").textContent));
}

async function file(page) {
  const rows = ["id,name,schema,birth_date", "c1,Belaruskalij JSC,Company,", "c2,Angela Merkel,Person,", 'c3,"Lukashenka, Aliaksandr",Person,1954', "c4,=cmd(),,", "c5,Somebody,Person,someday"];
  for (let i = 0; i < 120; i += 1) rows.push(`x${i},Jane Doe ${i},Person,`);
  await page.waitForSelector("#screen-status:not(:empty)");
  await page.setInputFiles("#file-input", { name: "customers.csv", mimeType: "text/csv", buffer: Buffer.from(rows.join("\r\n")) });
  await until(page, () => /125 of 125 rows, 2 rows with hits/.test(document.querySelector("#file-status").textContent));
  const lines = page.locator("#file-table tbody tr");
  assert.equal(await lines.count(), 3, "two with hits and the row that could not be asked");
  assert.match(await lines.first().textContent(), /c5.*someday/, "what could not be answered comes first");
  await page.fill("#file-filter", "belaruskali");
  assert.equal(await lines.count(), 1);
  await page.fill("#file-filter", "");
  await page.locator("#file-table th button", { hasText: "name" }).focus();
  await page.keyboard.press("Enter");
  assert.match(await lines.first().textContent(), /Belaruskalij/);
  await page.uncheck("#file-only");
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("#file-save")]);
  const saved = readFileSync(await download.path(), "utf8");
  assert.match(saved, /c3,"Lukashenka, Aliaksandr",0\.\d+,/);
  assert.match(saved, /c4,'=cmd\(\)/, "a formula is kept from being one");
}

// -- the compliance officer and the analyst: a deal through the days, its reasons down to the act
async function deal(page) {
  await page.waitForSelector("#deal-verdict .headline.prohibited");
  await page.waitForSelector("#deal-spans svg rect");
  await page.fill("#deal-date", "2021-05-01");
  await page.waitForSelector("#deal-verdict .headline.permitted");
  await page.focus("#deal-on");
  await page.keyboard.press("Enter");
  await until(page, () => document.querySelector("#deal-date").value === "2021-08-09");
  await page.waitForSelector("#deal-verdict .headline.prohibited");
  await page.focus("#deal-slider");
  await page.keyboard.press("ArrowLeft");
  await page.waitForSelector("#deal-verdict .headline.permitted");
  assert.match(page.url(), /on=2021-08-08/);
  await page.fill("#deal-date", "2025-06-24");
  await page.waitForSelector("#deal-verdict .headline.prohibited");
  await page.locator("details.reason summary").first().focus();
  await page.keyboard.press("Enter");
  await page.locator("details.reason[open] dd .link").first().focus();
  await page.keyboard.press("Enter");
  await page.waitForSelector("#sheet[open]");
  assert.match(await page.textContent("#sheet-kind"), /act, as of/);
  await page.keyboard.press("Escape");
  assert.equal(await page.evaluate(() => document.activeElement.classList.contains("link")), true, "focus returns to where it was");
}

async function build(page) {
  await page.waitForSelector("#deal-verdict .headline.prohibited");
  await page.focus("#deal-edit");
  await page.keyboard.press("Enter");
  await page.locator("#build button", { hasText: "Start from nothing" }).click();
  await page.waitForSelector("#deal-verdict .headline.no_nexus, #deal-verdict .headline.permitted");
  for (const [role, party] of [["seller", "Belaruskali"], ["buyer", "<b>Potash</b> & Sons"]]) {
    await page.locator("#build button", { hasText: "Add party" }).click();
    await page.keyboard.type(role);
    await page.keyboard.press("Tab");
    await page.keyboard.type(party);
    await page.keyboard.press("Tab");
  }
  await page.getByLabel("Country of <b>Potash</b> & Sons").fill("us");
  await page.keyboard.press("Tab");
  await page.waitForSelector("#deal-verdict .headline.prohibited");
  assert.match(await page.textContent("#deal-reasons"), /persons: own-/);
  assert.match(page.url(), /own=/, "one's own deal is in the address");
  await page.reload();
  await page.waitForSelector("#deal-verdict .headline.prohibited");
  await page.locator("#deal-verdict a").click();
  await page.waitForSelector("#relief-option svg");
  assert.match(await page.textContent("#relief-option .acts"), /OFAC/);
}

// -- the analyst: the least that would have to change
async function relief(page) {
  await page.waitForSelector("#relief-option svg .node");
  const before = await page.locator("#relief-options input").count();
  await page.locator("#relief-options input").first().focus();
  await page.keyboard.press("ArrowDown");
  await until(page, () => /Set 2/.test(document.querySelector("#relief-option h2").textContent));
  assert.match(page.url(), /option=2/);
  await page.locator("input[name=fixed][value=route]").focus();
  await page.keyboard.press("Space");
  await until(page, (n) => document.querySelectorAll("#relief-options input").length < n, before);
  assert.match(await page.textContent("#relief-sum"), /There is no other/);
  assert.match(await page.textContent("#relief-option .acts"), /unanimity of 27/);
  assert.match(await page.textContent("#relief-option .acts"), /can be undone at once/);
  assert.match(await page.textContent("#relief-alone"), /Still forbidden by/);
  await page.locator("#relief-option svg [role=button]").first().focus();
  await page.keyboard.press("Enter");
  await page.waitForSelector("#sheet[open] .sources li");
  await page.keyboard.press("Escape");
}

// -- the reporter: how it came about, and what was known when
async function history(page) {
  await page.waitForSelector("#case-timeline svg .bar-in_force");
  await page.waitForSelector("#case-ledger svg .freed");
  await page.waitForSelector("#case-claims td");
  assert.match(await page.textContent("#case-claims"), /19 = 1.7 %/);
  assert.match(await page.textContent("#case-claims"), /differs by/);
  await page.fill("#case-date", "2025-06-24");
  await until(page, () => /nothing|eu, uk, us/.test(document.querySelector("#case-granted").textContent));
  const bars = await page.locator("#case-timeline text.soft").first().textContent();
  const ledger = await page.locator("#case-ledger svg [role=button]").count();
  await page.focus("#case-in");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await until(page, (was) => document.querySelector("#case-timeline text.soft").textContent !== was, bars);
  await until(page, (was) => document.querySelectorAll("#case-ledger svg [role=button]").length < was, ledger);
  await page.focus("#case-out");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await page.fill("#case-known", "2022-01-01");
  await until(page, () => /published later are hidden/.test(document.querySelector("#case-hidden").textContent));
  await page.fill("#case-known", "");
  // The answers to the last dates come one by one, and each draws anew what had the focus.
  for (let tries = 0; tries < 20 && !(await page.isVisible("#sheet[open]")); tries += 1) {
    await page.locator("#case-ledger svg [role=button]").last().focus();
    await page.keyboard.press("Enter");
    await page.waitForTimeout(500);
  }
  await page.waitForSelector("#sheet[open] .sources li");
  await page.keyboard.press("Escape");
}

// -- two versions of a list of our own: one party comes, one goes, one is altered, one stays
const published = (day, people) => {
  const file = join(home, `made-up-${day}.json`);
  writeFileSync(file, people.map(([id, properties]) => JSON.stringify({ id, schema: "Person", datasets: ["made_up"], target: true, properties: { topics: ["sanction"], ...properties } })).join("\n") + "\n");
  return (store) => execFileSync(binary, ["update", "--db", store, "--from", file, "--source-id", "made_up", "--published", day], { stdio: "ignore" });
};
const kazlou = { name: ["Aliaksandr Kazlou"], alias: ["Александр Козлов"], birthDate: ["1961"], country: ["by"], programId: ["EXAMPLE"] };
const earlier = published("2026-01-10", [["k1", kazlou], ["k2", { name: ["Piotr Going"], country: ["pl"] }], ["k3", { name: ["Maria Staying"] }]]);
const later = published("2026-03-10", [["k1", { ...kazlou, birthDate: ["1961-04-12"], passportNumber: ["MP1234567"] }], ["k3", { name: ["Maria Staying"] }], ["k4", { name: ["=Coming, Anna"] }]]);

async function changes(page) {
  await until(page, () => /3 parties between 10 January 2026 and|3 parties between 10 Jan 2026 and/.test(document.querySelector("#changes-said").textContent));
  assert.match(await page.textContent("#changes-lists tbody tr"), /made up\s*1\s*1\s*1/);
  assert.equal(await page.locator("#changes-lists svg.course .came").count(), 1);
  const altered = page.locator("#changes-parties li.change", { hasText: "Kazlou" });
  assert.match(await altered.locator("tr", { hasText: "birth date" }).textContent(), /birth date\s*1961\s*1961-04-12/);
  assert.match(await altered.locator("tr", { hasText: "passport" }).textContent(), /–\s*MP1234567/);
  await page.selectOption("#changes-kind", "removed");
  await until(page, () => /^1 party/.test(document.querySelector("#changes-said").textContent));
  assert.match(await page.textContent("#changes-parties"), /− removed\s*Piotr Going/);
  await page.selectOption("#changes-kind", "");
  await until(page, () => /^3 parties/.test(document.querySelector("#changes-said").textContent));
  await page.fill("#changes-text", "mp123");
  await until(page, () => /^1 party/.test(document.querySelector("#changes-said").textContent));
  assert.match(page.url(), /text=mp123/, "what is shown can be linked to");
  await page.fill("#changes-text", "");
  await until(page, () => /^3 parties/.test(document.querySelector("#changes-said").textContent));
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("#changes-save")]);
  const saved = readFileSync(await download.path(), "utf8");
  assert.match(saved, /made_up,made_up:k1,Aliaksandr Kazlou,Person,changed,birthDate,1961,1961-04-12\n/);
  assert.match(saved, /"'=Coming, Anna/, "a formula is kept from being one");
  await page.fill("#changes-to", "2026-02-01");
  await until(page, () => /^Nothing changed/.test(document.querySelector("#changes-said").textContent));
  await page.fill("#changes-to", "2026-03-31");
  await page.locator("#changes-parties a", { hasText: "Kazlou" }).click();
  await page.waitForSelector("#screen-party:not([hidden]) h2");
  assert.match(await page.textContent("#screen-party"), /made_up:k1/);
  await page.goBack();
  await until(page, () => /^3 parties/.test(document.querySelector("#changes-said").textContent));
}

// -- signing in, and two persons over one hit: cleared, confirmed, quiet, reopened when the listing changes, printed
async function withKey(page, key) {
  await page.goto(`${address}/sign-in.html`);
  await until(page, () => document.activeElement.id === "key");
  await page.keyboard.type(key);
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => !/sign-in/.test(url.pathname));
}

async function reviews() {
  const store = join(home, "reviewed.db");
  earlier(store);
  const key = (name) => execFileSync(binary, ["keys", "add", name, "--role", "analyse", "--db", store], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  const [anna, boris] = [key("Anna Reviewer"), key("Boris Second")];
  address = await serve("--db", store);
  const server = running.at(-1);
  const asked = "/#screen?name=Alexander+Kozlov&schema=Person&customer=C-1001";
  // Without a key the page asks for one (which the browser tells the console, too), and takes no wrong one.
  await at("sign-in-asked", desktop, "/#screen", async (page) => {
    await page.waitForSelector("#sign-in[open]");
    await page.keyboard.type("not a key");
    await page.keyboard.press("Enter");
    await until(page, () => /not known/.test(document.querySelector("#sign-in-fault").textContent));
    await page.fill("#sign-in-key", anna);
    await page.keyboard.press("Enter");
    await until(page, () => !document.querySelector("#sign-in").open);
    await page.waitForSelector("#screen-status:not(:empty)");
  }, /status of 401/);
  await at("sign-in", desktop, "/sign-in.html", async (page) => {
    await until(page, () => document.activeElement.id === "key");  // the one field has the focus
    await page.keyboard.type("not a key");
    await page.keyboard.press("Enter");
    await page.waitForURL(/sign-in\.html\?wrong/);
    await until(page, () => document.querySelector("[role=alert]:not([hidden])") !== null);
  });
  await at("review-clear", desktop, "/sign-in.html", async (page) => {
    await withKey(page, anna);
    await page.goto(address + asked);
    await page.waitForSelector("#screen-hits .decide");
    await page.locator("#screen-hits .decide summary").first().click();
    await page.locator("#screen-hits .decide button", { hasText: "False positive" }).first().click();
    await until(page, () => /Say why/.test(document.querySelector(".decide [role=alert]").textContent));
    await page.locator("#screen-hits .decide").first().getByLabel("Reason").fill("Another man: born 1984, a dentist <b>of Lublin</b>");
    await page.locator("#screen-hits .decide button", { hasText: "False positive" }).first().click();
    await until(page, () => /to be confirmed/.test(document.querySelector(".decide").textContent));
    // Whoever decided cannot confirm.
    await page.goto(`${address}/#reviews`);
    await page.locator("#reviews-list summary").first().click();
    await page.locator("#reviews-list button", { hasText: "Confirm" }).click();
    await page.waitForSelector("#fault:not([hidden])");
    assert.match(await page.textContent("#fault"), /another person|second person|same person|who decided/i);
  }, /status of 4\d\d/);
  await at("review-confirm", desktop, "/sign-in.html", async (page) => {
    await withKey(page, boris);
    await page.goto(`${address}/#reviews`);
    await until(page, () => /1 review, 1 of them due/.test(document.querySelector("#reviews-said").textContent));
    await page.locator("#reviews-list summary").first().focus();
    await page.keyboard.press("Enter");
    await page.locator("#reviews-list button", { hasText: "Confirm" }).waitFor();
    assert.equal(await page.locator("#reviews-list b").count(), 0, "a reason is text");
    await page.locator("#reviews-list button", { hasText: "Confirm" }).click();
    await until(page, () => /1 review, 0 of them due/.test(document.querySelector("#reviews-said").textContent));
    await page.goto(address + asked);
    await page.waitForSelector("#screen-hits .decide");
    assert.match(await page.textContent("#screen-hits .decide"), /false positive\s*by Boris Second|false positive\s*by Anna Reviewer/);
    assert.equal(await page.locator("#screen-hits .decide summary").count(), 0, "quiet: there is nothing to decide");
  });
  later(store);
  server.kill("SIGHUP");
  await at("review-reopened", desktop, "/sign-in.html", async (page) => {
    await withKey(page, anna);
    await until(page, async () => (await (await fetch("/v1/changes?from=2026-01-10&to=2026-03-31")).json()).total === 3);
    await page.goto(address + asked);
    await page.waitForSelector("#screen-hits .decide");
    assert.match(await page.textContent("#screen-hits .decide"), /reopened/);
    assert.match(await page.textContent("#screen-hits .decide"), /birthDate|birth date/);
    await page.goto(`${address}/#reviews`);
    await until(page, () => /1 review, 1 of them due/.test(document.querySelector("#reviews-said").textContent));
    await page.locator("#reviews-list summary").first().click();
    const link = page.locator("#reviews-list a", { hasText: "The whole case" });
    const [paper] = await Promise.all([page.context().waitForEvent("page"), link.click()]);
    await paper.waitForLoadState();
    const text = await paper.textContent("body");
    for (const part of [/Alexander Kozlov/, /C-1001/, /Aliaksandr Kazlou/, /Anna Reviewer/, /Boris Second/, /born 1984, a dentist <b>of Lublin<\/b>/, /1961-04-12/, /made_up/, /false positive/i, /reopened/i, /sha256:/]) assert.match(text, part);
    assert.equal(await paper.locator("script, b:has-text('of Lublin')").count(), 0);
    assert.equal(await paper.evaluate(() => getComputedStyle(document.querySelector("th")).textAlign), "left", "its style is let in");
    if (shots) await paper.screenshot({ path: join(shots, "review-printed.png"), fullPage: true });
    await paper.close();
  });
  return { anna, store };
}

// -- each kind of user by keyboard alone: Tab, Shift+Tab, Enter, Space, arrows and typing; what has the focus is seen
const focused = () => {
  const one = document.activeElement;
  const style = getComputedStyle(one);
  const box = one.getBoundingClientRect();
  const name = one.getAttribute("aria-label") || (one.labels?.[0]?.textContent ?? "") || one.textContent || one.value || "";
  return { id: one.id, tag: one.tagName, name: name.trim().replace(/\s+/g, " "), within: one.closest("section, dialog")?.id ?? "", shown: one === document.body || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && box.width > 0 && box.height > 0) };
};
async function tabTo(page, wanted, most = 150, back = false) {
  for (let tries = 0; tries < most; tries += 1) {
    await page.keyboard.press(back ? "Shift+Tab" : "Tab");
    const now = await page.evaluate(focused);
    if (now.tag !== "BODY") assert.equal(now.shown, true, `the focus is seen on ${now.tag} ${now.id} ${now.name}`);
    if (wanted(now)) return now;
  }
  throw new Error(`Tab never comes to ${wanted}`);
}
const toPage = async (page, name) => { await tabTo(page, (one) => one.tag === "A" && one.name === name, 200); await page.keyboard.press("Enter"); };
const known = async (page, id, pattern) => {
  await until(page, ([at, text]) => new RegExp(text).test(document.getElementById(at).textContent), [id, pattern.source]);
  assert.equal(await page.evaluate((at) => { const one = document.getElementById(at).closest("[role=status], [role=alert], [aria-live]"); return one !== null; }, id), true, `${id} is told to whoever cannot see it`);
};

async function officerByKeys(page) {
  // Past the menu first.
  await page.keyboard.press("Tab");
  assert.equal((await page.evaluate(focused)).name, "Skip to content");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "main");
  await tabTo(page, (one) => one.id === "screen-name");
  await page.keyboard.type("Maria Staying");
  await tabTo(page, (one) => one.name.startsWith("Customer number"));
  await page.keyboard.type("C-7");
  await known(page, "screen-status", /1 hit/);
  await tabTo(page, (one) => one.tag === "BUTTON" && one.name === "Maria Staying");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#screen-party:not([hidden]) h2");
  assert.equal(await page.evaluate(() => document.activeElement.id), "screen-party");
  await tabTo(page, (one) => one.tag === "BUTTON" && one.name === "Close");
  await page.keyboard.press("Enter");
  assert.equal((await page.evaluate(focused)).name, "Maria Staying", "closing leads back to the hit");
  await tabTo(page, (one) => one.tag === "SUMMARY" && one.name === "Decide");
  await page.keyboard.press("Enter");
  await tabTo(page, (one) => one.name === "Reason");
  await page.keyboard.type("Another Maria");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Officer One");
  await tabTo(page, (one) => one.name === "False positive");
  await page.keyboard.press("Space");
  await until(page, () => /to be confirmed/.test(document.querySelector(".decide").textContent));
  await tabTo(page, (one) => one.tag === "A" && one.name === "the record");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#reviews-list .review[open] table");
  await tabTo(page, (one) => one.tag === "A" && /whole case, to print/.test(one.name));
  const [paper] = await Promise.all([page.context().waitForEvent("page"), page.keyboard.press("Enter")]);
  await paper.waitForLoadState();
  assert.match(await paper.textContent("body"), /Another Maria/);
  await paper.close();
}

async function analystByKeys(page) {
  await page.waitForSelector("#deal-verdict .headline");
  await tabTo(page, (one) => one.id === "deal-edit");
  await page.keyboard.press("Enter");
  await tabTo(page, (one) => one.name === "Start from nothing");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#deal-verdict .headline.no_nexus, #deal-verdict .headline.permitted");
  for (const [role, party] of [["seller", "Belaruskali"], ["buyer", "Potash & Sons"]]) {
    await tabTo(page, (one) => /Add party/.test(one.name));
    await page.keyboard.press("Space");
    await page.keyboard.type(role);
    await page.keyboard.press("Tab");
    await page.keyboard.type(party);
    await page.keyboard.press("Tab");
  }
  await tabTo(page, (one) => one.name.startsWith("Country of Potash & Sons"));
  await page.keyboard.type("us");
  await page.keyboard.press("Tab");
  await page.waitForSelector("#deal-verdict .headline.prohibited");
  await tabTo(page, (one) => one.id === "deal-slider");
  await page.keyboard.press("Home");
  await page.waitForSelector("#deal-verdict .headline:not(.prohibited)");
  await tabTo(page, (one) => one.id === "deal-on", 20);
  for (let change = 0; change < 4 && !(await page.isVisible("#deal-verdict .headline.prohibited")); change += 1) {
    const day = await page.inputValue("#deal-date");
    await page.keyboard.press("Enter");
    await until(page, (was) => document.querySelector("#deal-date").value !== was, day);
    await page.waitForTimeout(500);
  }
  await page.waitForSelector("#deal-reasons details.reason");
  await tabTo(page, (one) => one.tag === "SUMMARY" && one.within === "page-deal" && !/Every change/.test(one.name));
  await page.keyboard.press("Enter");
  const opener = await tabTo(page, (one) => one.tag === "BUTTON" && one.within === "page-deal");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#sheet[open]");
  for (let i = 0; i < 6; i += 1) {
    await page.keyboard.press("Tab");
    // Beside the dialog only the browser's own bar can have it.
    assert.equal(await page.evaluate(() => document.activeElement === document.body || document.activeElement.closest("#sheet") !== null), true, "the focus stays in the dialog");
  }
  await page.keyboard.press("Escape");
  assert.equal((await page.evaluate(focused)).name, opener.name, "and goes back to what opened it");
  await page.goto(`${address}/#relief`);
  await page.waitForSelector("#relief-option svg");
  await tabTo(page, (one) => one.within === "page-relief" && one.tag === "INPUT" && /decid/.test(one.name));
  await page.keyboard.press("ArrowDown");
  await until(page, () => /Set 2/.test(document.querySelector("#relief-option h2").textContent));
  await tabTo(page, (one) => one.name === "route", 60, true);
  await page.keyboard.press("Space");
  await known(page, "relief-sum", /There is no other/);
}

async function reporterByKeys(page) {
  await toPage(page, "Case");
  await page.waitForSelector("#case-timeline svg .bar-in_force");
  await tabTo(page, (one) => one.id === "case-in");
  await page.keyboard.press("Enter");
  await tabTo(page, (one) => one.id === "case-date", 20, true);
  await tabTo(page, (one) => one.id === "case-known", 20);
  await page.keyboard.type("01012022");
  await known(page, "case-hidden", /published later are hidden/);
  await page.keyboard.press("Delete");
  await until(page, () => document.getElementById("case-hidden").textContent === "");
  await tabTo(page, (one) => one.within === "page-case" && /^G$/i.test(one.tag), 80);
  await page.keyboard.press("Enter");
  await page.waitForSelector("#sheet[open] .sources li");
  await page.keyboard.press("Escape");
  await until(page, () => !document.querySelector("#sheet").open);
  await tabTo(page, (one) => one.id === "case-in", 400, true);
  await tabTo(page, (one) => one.tag === "A" && one.name === "Changes", 40, true);
  await page.keyboard.press("Enter");
  await known(page, "changes-said", /Nothing changed/);
  assert.equal(await page.isVisible("#changes-none"), true, "what to do is said when there is one version only");
}

// Names on a list, in a query, in a file and in an address are text and nothing else.
async function hostile() {
  const bad = "<img src=x onerror=document.title='taken'> Kovalski";
  const list = join(home, "bad.json");
  writeFileSync(list, `${JSON.stringify({ id: "b1", schema: "Person", datasets: ["made_up"], target: true, properties: { name: [bad], alias: ["\"><script>document.title='taken'</script>"], notes: ["</script><svg onload=document.title='taken'>"], topics: ["sanction"] } })}\n`);
  execFileSync(binary, ["update", "--db", join(home, "bad.db"), "--from", list, "--source-id", "made_up"], { stdio: "ignore" });
  address = await serve("--db", join(home, "bad.db"));
  await at("hostile", desktop, `/#screen?${new URLSearchParams({ name: bad })}`, async (page) => {
    await page.waitForSelector("#screen-hits li");
    assert.match(await page.textContent("#screen-hits h2"), /<img src=x/);
    await page.click("#screen-hits h2 button");
    await page.waitForSelector("#screen-party:not([hidden]) h2");
    assert.match(await page.textContent("#screen-party"), /<svg onload/);
    await page.setInputFiles("#file-input", { name: "x.csv", mimeType: "text/csv", buffer: Buffer.from(`id,name\n<script>1</script>,"${bad}"\n`) });
    await page.waitForSelector("#file-table tbody tr");
    assert.equal(await page.locator("main img, main script, main [onerror], main [onload]").count(), 0);
    assert.notEqual(await page.title(), "taken");
    const policy = (await page.request.get(address)).headers()["content-security-policy"];
    assert.doesNotMatch(policy, /unsafe/);
  });
}

async function looks(page) {
  await page.waitForSelector("#deal-verdict .headline");
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await ground();
  await page.focus("#look");
  await page.keyboard.press("Enter");
  assert.notEqual(await ground(), light);
  await page.reload();
  await page.waitForSelector("#deal-verdict .headline");
  assert.notEqual(await ground(), light, "the choice is kept");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "skip", "first comes the way past the menu");
  await page.keyboard.press("Enter");
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.isVisible("#deal-form"), false);
  assert.equal(await page.isVisible("#deal-reasons"), true);
}

try {
  await at("deal", desktop, "/", deal);
  await at("deal-phone", phone, "/#deal", deal);
  await at("deal-dark", dark, "/#deal", deal);
  await at("deal-built", desktop, "/#deal", build);
  await at("screen", desktop, "/#screen", screen);
  await at("screen-phone", phone, "/#screen", screen);
  await at("screen-dark", dark, "/#screen?name=Lukashenka+Aliaksandr&birth_date=1954", async (page) => { await page.waitForSelector("#screen-hits li"); });
  // The row with an impossible date is refused with a 400, which the browser itself tells the console.
  await at("screen-file", desktop, "/#screen", file, /status of 400/);
  await at("relief", desktop, "/#relief", relief);
  await at("relief-phone", phone, "/#relief", relief);
  await at("relief-dark", dark, "/#relief", async (page) => { await page.waitForSelector("#relief-option svg"); });
  await at("case", desktop, "/#case", history);
  await at("case-phone", phone, "/#case", history);
  await at("case-dark", dark, "/#case?as_of=2026-06-30", async (page) => { await page.waitForSelector("#case-claims td"); });
  await at("looks", desktop, "/#deal", looks);
  for (const [name, ready] of [["deal", "#deal-reasons .card"], ["screen?name=Lukashenka+Aliaksandr", "#screen-hits li"], ["relief", "#relief-option svg"], ["case", "#case-claims td"], ["reviews", "#reviews-said:not(:empty)"]]) {
    for (const [how, look] of looked) await accessible(`${name}, ${how}`, look, `/#${name}`, ready);
  }
  // By a year half typed nothing was known: a 404, which the browser itself tells the console.
  await at("reporter-by-keyboard", desktop, "/#screen", reporterByKeys, /status of 404/);
  // A deal half typed is refused with a 400, which the browser itself tells the console.
  await at("analyst-by-keyboard", desktop, "/#deal", analystByKeys, /status of 400/);
  for (const [name, look] of [["changes-bundled", desktop], ["changes-bundled-phone", phone]]) {
    await at(name, look, "/#changes", async (page) => { await until(page, () => /bundled list is loaded/.test(document.querySelector("#changes-none").textContent)); });
  }
  const two = join(home, "two.db");
  earlier(two);
  later(two);
  address = await serve("--db", two);
  await at("changes", desktop, "/#changes?to=2026-03-31", changes);
  await at("changes-phone", phone, "/#changes?to=2026-03-31", changes);
  for (const [name, look] of looked) await accessible(`changes, ${name}`, look, "/#changes?to=2026-03-31", "#changes-parties li.change table");
  await at("officer-by-keyboard", desktop, "/#screen", officerByKeys);
  for (const [name, look] of looked) await accessible(`reviews with one, ${name}`, look, "/#reviews?open=1", "#reviews-list .review[open] table");
  await reviews();
  for (const [name, look] of looked) await accessible(`sign-in, ${name}`, look, "/sign-in.html", "#key");
  await hostile();
} catch (error) {
  failed += 1;
  console.log(`FAIL ${error.message}`);
} finally {
  await browser.close();
  for (const server of running) { server.removeAllListeners("exit"); server.kill("SIGTERM"); }
}
console.log(failed ? `${failed} failed` : "all pages pass");
process.exit(failed ? 1 : 0);
