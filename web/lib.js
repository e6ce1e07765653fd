// What every page uses. Every value from the server is put in as text, never as markup.
export const $ = (id) => document.getElementById(id);

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  for (const child of children.flat(3)) if (child !== null && child !== undefined && child !== "" && child !== false) node.append(child);
  return node;
}
export const make = (tag, attributes = {}, ...children) => fill(document.createElement(tag), attributes, children);
export const draw = (tag, attributes = {}, ...children) => fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);

// -- asking
export class Refusal extends Error {
  constructor(status, detail, code) { super(detail); this.status = status; this.code = code; }
}
let signIn = null;  // what to do when the server wants a key
export const onSignIn = (how) => { signIn = how; };

export async function ask(path, parameters = {}, body = null, signal = undefined, method = body === null ? "GET" : "POST") {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    for (const one of Array.isArray(value) ? value : [value]) if (one !== "" && one !== null && one !== undefined) query.append(name, one);
  }
  const text = query.toString();
  const options = { signal, method };
  if (body !== null) {
    options.body = typeof body === "string" ? body : JSON.stringify(body);
    options.headers = { "Content-Type": "application/json" };
  }
  const answer = await fetch(text ? `${path}?${text}` : path, options);
  const got = await answer.text();
  if (!answer.ok) {
    let told = {};
    try { told = JSON.parse(got); } catch { /* not ours: told by its status */ }
    if (answer.status === 401 && signIn) signIn();
    throw new Refusal(answer.status, told.detail ?? `the server answered ${answer.status}`, told.code);
  }
  return got ? JSON.parse(got) : null;
}

export function fault(error) {
  $("fault").hidden = !error;
  $("fault").textContent = !error ? "" : error instanceof TypeError ? "The server does not answer. Is it running?" : String(error.message ?? error);
}

// Of several questions of one kind under way only the latest may answer; the others are given up.
const underway = new Map();
export async function latest(kind, question, show) {
  underway.get(kind)?.abort();
  const control = new AbortController();
  underway.set(kind, control);
  try {
    const answer = await question(control.signal);
    if (underway.get(kind) !== control) return;
    fault(null);
    await show(answer);
  } catch (error) {
    if (error.name !== "AbortError" && underway.get(kind) === control) fault(error);
  }
}
export function soon(wait, act) {
  let timer;
  return (...rest) => { clearTimeout(timer); timer = setTimeout(() => act(...rest), wait); };
}

// -- where we are: the page and its state are in the address, so that every view can be linked to
export const here = () => {
  const [page, query = ""] = location.hash.slice(1).split("?");
  return { page, state: new URLSearchParams(query) };
};
export function remember(page, state) {
  const query = new URLSearchParams(Object.entries(state).filter(([, value]) => value !== "" && value !== null && value !== undefined && value !== false).flatMap(
    ([name, value]) => (Array.isArray(value) ? value : [value]).map((one) => [name, one])));
  const text = query.toString();
  history.replaceState(null, "", `#${page}${text ? "?" + text : ""}`);
}

// -- days
export const DAY = 864e5;
export const time = (iso) => Date.parse(`${iso}${["", "-01-01", "-01", ""][Math.min(3, iso.split("-").length) % 4]}T00:00:00Z`);
export const iso = (at) => new Date(at).toISOString().slice(0, 10);
const long = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const middle = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const months = new Intl.DateTimeFormat("en-GB", { month: "short", year: "numeric", timeZone: "UTC" });
export const spoken = (text, form = long) => !text ? "" : text.length === 4 ? text : text.length === 7 ? months.format(time(text)) : form.format(time(text));
export const brief = (text) => spoken(text, middle);
export const today = () => iso(Date.now());

// -- words
export const plain = (word) => String(word ?? "").replaceAll("_", " ");
export const verdict = (word, text = plain(word)) => make("span", { class: `verdict ${word}` }, text);
export const plural = (n, one, many = one + "s") => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
export const both = (words) => new Intl.ListFormat("en", { type: "conjunction" }).format(words);
const sources = { us_ofac_sdn: "OFAC SDN", us_ofac_cons: "OFAC consolidated", eu_fsf: "EU", gb_fcdo_sanctions: "UK", gb_hmt_sanctions: "UK (old OFSI)",
  un_sc_sanctions: "UN Security Council", ca_dfatd_sema_sanctions: "Canada", ch_seco_sanctions: "Switzerland" };
export const sourceName = (id) => sources[id] ?? plain(id);

export const facts = (pairs) => make("dl", { class: "facts" }, pairs.filter(([, value]) => value instanceof Node || (value && value.length)).map(([label, value]) =>
  [make("dt", {}, label), make("dd", {}, !Array.isArray(value) ? value : value.length === 1 ? value[0] : many(value))]));
// A long list shows its beginning; the rest is a click away.
function many(values) {
  const items = (some) => make("ul", {}, some.map((one) => make("li", {}, one)));
  return values.length <= 8 ? items(values) : [items(values.slice(0, 6)), make("details", {}, make("summary", {}, `${values.length - 6} more`), items(values.slice(6)))];
}

export function table(caption, head, rows) {
  return make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
    make("table", {}, make("caption", { class: "unseen" }, caption), make("thead", {}, make("tr", {}, head.map((h) => make("th", { scope: "col" }, h)))),
      make("tbody", {}, rows.map((row) => make("tr", {}, row.map((cell) => make("td", { class: typeof cell === "number" ? "n" : null },
        cell instanceof Node ? cell : Array.isArray(cell) ? cell : String(cell ?? ""))))))));
}

// -- one thing of the case, opened: what it is, as it stood on the day, and where that is from
export const opens = (id, dates, ...label) => make("button", { type: "button", class: "link", onclick: () => explain(id, dates) }, ...label);
export async function explain(id, dates = {}) {
  const sheet = $("sheet");
  try {
    const told = await ask("/v1/explain", { id, ...dates });
    $("sheet-kind").textContent = `${plain(told.kind)}, as of ${brief(told.world.as_of)}`;
    $("sheet-title").textContent = told.title;
    $("sheet-body").replaceChildren(facts(told.facts.map((fact) => [fact.label, fact.values.map(plain)])), told.note ? make("p", {}, told.note) : "",
      make("h3", {}, "Sources"), make("ul", { class: "sources" }, told.sources.map((one) => make("li", {}, one))),
      make("p", { class: "quiet" }, `${told.confidence} confidence · ${told.id}`));
    if (!sheet.open) sheet.showModal();
    sheet.scrollTop = 0;
  } catch (error) { fault(error); }
}

export function save(name, type, text) {
  const link = make("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
