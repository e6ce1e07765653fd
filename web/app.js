// Which page is shown, light or dark, and signing in where the server asks for it.
import { $, ask, fault, here, make, onSignIn, sourceName, spoken } from "/lib.js";

const pages = ["screen", "deal", "relief", "case", "changes", "reviews"];
const loaded = new Map();
let info = null;

async function show(moved) {
  const { page, state } = here();
  const name = pages.includes(page) ? page : "deal";
  for (const id of pages) $(`page-${id}`).hidden = id !== name;
  for (const link of document.querySelectorAll("#nav a")) {
    if (link.hash === `#${name}`) link.setAttribute("aria-current", "page"); else link.removeAttribute("aria-current");
  }
  document.title = `${document.querySelector(`#page-${name} h1`).textContent} · interdict`;
  fault(null);
  if (moved) { scrollTo(0, 0); $("main").focus({ preventScroll: true }); }
  try {
    info ??= await ask("/v1/case");
    tellWorld();
    if (!loaded.has(name)) {
      const module = await import(`/${name}.js`);
      loaded.set(name, module);
      await module.start(info);
    }
    loaded.get(name).show(state);
  } catch (error) { fault(error); }
}

function tellWorld() {
  for (const kicker of document.querySelectorAll(".of-case")) kicker.textContent = info.title;
  $("world").replaceChildren(info.bundled ? "The bundled list answers; no official list is loaded. "
    : make("details", {}, make("summary", {}, `${info.lists.sources.length} lists loaded`),
      make("ul", {}, info.lists.sources.map((one) => make("li", {}, `${sourceName(one.source)}: ${spoken((one.published ?? "").slice(0, 10))}`)))),
    make("span", {}, `${info.title} · ${info.lists.program}`));
}

// -- light and dark: as the system has it, until chosen
function look(chosen) {
  if (chosen) document.documentElement.dataset.look = chosen; else delete document.documentElement.dataset.look;
  const dark = chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  $("look").setAttribute("aria-pressed", String(dark));
}
const kept = () => { try { return localStorage.getItem("look"); } catch { return null; } };
look(kept());
$("look").addEventListener("click", () => {
  const next = $("look").getAttribute("aria-pressed") === "true" ? "light" : "dark";
  look(next);
  try { localStorage.setItem("look", next); } catch { /* a browser that keeps nothing */ }
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => look(kept()));

// -- signing in
onSignIn(() => { if (!$("sign-in").open) $("sign-in").showModal(); });
$("sign-in-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    // The server answers a form, for browsers without scripts, by sending them on; where to says whether it went well.
    const answer = await fetch("/session", { method: "POST", body: new URLSearchParams({ key: $("sign-in-key").value }) });
    if (answer.url.endsWith("?wrong")) throw new Error("That key is not known here.");
    if (!answer.ok) throw new Error(`The server answered ${answer.status}.`);
    $("sign-in-key").value = "";
    $("sign-in-fault").textContent = "";
    $("sign-in").close();
    show(false);
  } catch (error) { $("sign-in-fault").textContent = error.message; }
});
$("sheet-close").addEventListener("click", () => $("sheet").close());
$("sheet").addEventListener("click", (event) => { if (event.target === $("sheet")) $("sheet").close(); });
for (const form of document.querySelectorAll("form")) form.addEventListener("submit", (event) => event.preventDefault());

// The address names the page, so the way past the menu must not change it.
document.querySelector(".skip").addEventListener("click", (event) => { event.preventDefault(); $("main").focus(); });

addEventListener("hashchange", () => show(true));
show(false);
