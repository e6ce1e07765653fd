// Hits as you type, each with what it rests on; the party behind a hit; a file screened whole.
import { $, ask, brief, facts, latest, make, plain, plural, remember, soon, sourceName, table } from "/lib.js";
import { startFile } from "/file.js";
import { decideForm } from "/reviews.js";

let info;
let chosen = "";
const percent = (value) => value.toFixed(2);

export async function start(given) {
  info = given;
  $("screen-form").addEventListener("input", soon(140, now));
  $("screen-form").addEventListener("submit", now);
  $("screen-threshold").addEventListener("input", () => { $("screen-threshold-at").textContent = percent(Number($("screen-threshold").value)); });
  $("screen-hits").addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const all = [...document.querySelectorAll("#screen-hits .hit h2 button")];
    const at = all.indexOf(document.activeElement);
    if (!step || at < 0) return;
    event.preventDefault();
    all[Math.max(0, Math.min(all.length - 1, at + step))].focus();
  });
  $("screen-name").addEventListener("keydown", (event) => {
    const one = document.querySelector("#screen-hits .hit h2 button");
    if (event.key === "ArrowDown" && one) { event.preventDefault(); one.focus(); }
  });
  startFile();
}

export function show(state) {
  for (const [name, value] of state) if ($("screen-form").elements[name]) $("screen-form").elements[name].value = value;
  $("screen-threshold-at").textContent = percent(Number($("screen-threshold").value));
  chosen = state.get("party") ?? "";
  now();
  if (chosen) openParty(chosen);
}

const fields = () => Object.fromEntries([...new FormData($("screen-form"))].map(([name, value]) => [name, String(value).trim()]));
const keep = () => { const asked = fields(); remember("screen", { ...asked, threshold: asked.threshold === "0.7" ? "" : asked.threshold, party: chosen }); };

function now() {
  const asked = fields();
  keep();
  if (!asked.name && !asked.id_number) {
    latest("screen", async () => null, () => {});
    $("screen-hits").replaceChildren();
    $("screen-status").textContent = info.bundled ? "Try Аляксандр Лукашэнка, Belaruskalij JSC, or the aircraft EW-001PA." : "Type a name in any script, or an identifier.";
    return;
  }
  const { customer, ...rest } = asked;
  const path = customer ? `/v1/customers/${encodeURIComponent(customer)}/screen` : "/v1/screen";
  latest("screen", (signal) => ask(path, { ...rest, limit: 25 }, null, signal), (answer) => {
    const old = answer.world.sources.filter((one) => one.coverage === "not_covered").map((one) => sourceName(one.source));
    $("screen-status").textContent = `${answer.hits.length ? plural(answer.hits.length, "hit") : "Nobody"} at ${percent(answer.threshold)} or above${answer.hits.length === 25 ? ", the first 25 shown" : ""}.${old.length ? ` Not covered: ${old.join(", ")}.` : ""}`;
    $("screen-hits").replaceChildren(...answer.hits.map((one) => hit(one, answer)));
  });
}

function pairs(name) {
  const most = Math.max(0.01, ...(name.pairs ?? []).map((p) => p.weight));
  const meter = (share) => { const bar = make("i"); bar.style.setProperty("width", `${Math.round(share * 100)}%`); return make("span", { class: "meter", "aria-hidden": "true" }, bar); };
  const word = (one) => one.part ?? one;
  const row = (cells, how) => make("tr", {}, cells.map((cell) => make("td", {}, cell)), make("td", { class: "quiet" }, how));
  const alone = (list, listed) => (list ?? []).map((one) => row([listed ? "–" : make("b", {}, word(one)), listed ? make("b", {}, word(one)) : "–", "", one.weight === undefined ? "" : [meter(Math.min(1, one.weight / most)), percent(one.weight)]],
    `${listed ? "only on the list" : "only asked"}${one.pool ? `, ${plain(one.pool)}` : ""}`));
  const notes = (name.factors ?? []).length ? name.factors.map((one) => `${one.what}: × ${one.value.toFixed(2)}`) : name.notes ?? [];
  return [make("table", { class: "pairs" }, make("thead", {}, make("tr", {}, ["asked", "listed", "alike", "weight", "how"].map((h) => make("th", { scope: "col" }, h)))),
    make("tbody", {}, (name.pairs ?? []).map((p) => row([make("b", {}, p.query), make("b", {}, p.listed), [meter(p.similarity), percent(p.similarity)], [meter(p.weight / most), percent(p.weight)]], plain(p.how))),
      alone(name.listed_left, true), alone(name.query_left, false))), notes.length ? make("p", { class: "quiet" }, notes.join("; ")) : ""];
}

function hit(one, answer) {
  const name = one.evidence.find((e) => e.kind === "name");
  const rest = one.evidence.filter((e) => e.kind !== "name");
  const node = make("li", { class: `card hit ${one.id === chosen ? "chosen" : ""}` }, make("span", { class: "score", "aria-label": `score ${percent(one.score)}` }, percent(one.score)),
    make("h2", {}, make("button", { type: "button", class: "link", onclick: () => { chosen = one.id; keep(); for (const other of document.querySelectorAll(".hit")) other.classList.toggle("chosen", other === node); openParty(one.id, true); } }, one.caption)),
    make("p", { class: "quiet" }, [sourceName(one.source), one.schema, one.programmes.join(", "), one.standing ? plain(one.standing) : ""].filter(Boolean).join(" · ")),
    one.matched_name && one.matched_name !== one.caption ? make("p", {}, "matched on ", make("strong", {}, one.matched_name)) : "",
    name ? make("div", {}, pairs(name)) : "",
    rest.length ? facts(rest.map((e) => [plain(e.kind), `${typeof e.effect === "number" ? `${e.effect < 0 ? "−" : "+"}${Math.abs(e.effect).toFixed(2)}  ` : ""}${[e.query, e.listed].filter(Boolean).join(" beside ")}${e.note ? ` (${e.note})` : ""}`])) : "", one.review ? decideForm(one, answer.query, answer.threshold, now) : "");
  return node;
}

// -- the party
const labels = { name: "names", alias: "also known as", weakAlias: "weak aliases", birthDate: "born", birthPlace: "born in", nationality: "nationality", citizenship: "citizenship", country: "country", address: "addresses", programId: "programmes",
  passportNumber: "passport", idNumber: "identifiers", registrationNumber: "registration", imoNumber: "IMO number", position: "positions", notes: "the list says", gender: "gender", topics: "" };

async function openParty(id, focus = false) {
  await latest("party", async (signal) => {
    const party = await ask(`/entities/${encodeURIComponent(id)}`, {}, null, signal);
    const [near, adjacent] = await Promise.all([
      ask("/v1/screen", { name: party.properties.name?.[0] ?? party.caption, schema: party.schema, birth_date: party.properties.birthDate?.[0] ?? "", threshold: 0.85, limit: 20 }, null, signal),
      ask(`/entities/${encodeURIComponent(id)}/adjacent`, {}, null, signal)]);
    const joined = info.parties.find((one) => one.listing_ids.includes(id));
    const trail = joined ? await ask("/v1/history", { id: joined.id }, null, signal).catch(() => null) : null;
    return { party, near: near.hits.filter((one) => one.id !== id), adjacent, joined, trail };
  }, ({ party, near, adjacent, joined, trail }) => {
    const known = Object.keys(labels).filter((key) => labels[key] && party.properties[key]);
    const other = Object.keys(party.properties).filter((key) => !(key in labels));
    const asserted = new Set(joined?.listing_ids ?? []);
    const go = (one, text) => make("button", { type: "button", class: "link", onclick: () => { chosen = one; keep(); openParty(one, true); } }, text);
    const related = Object.entries(adjacent.adjacent).flatMap(([kind, list]) => (list.results ?? []).map((one) => [plain(kind), one.id ? go(one.id, one.caption) : one.caption]));
    const dated = [party.first_seen ? `first listed ${brief(party.first_seen.slice(0, 10))}` : "", party.last_change ? `last changed ${brief(party.last_change.slice(0, 10))}` : "", party.last_seen ? `last seen ${brief(party.last_seen.slice(0, 10))}` : ""].filter(Boolean);
    $("screen-party").replaceChildren(make("div", { class: "card" }, make("p", { class: "kicker" }, `${party.datasets.map(sourceName).join(", ")} · ${party.schema} · ${party.id}`), make("h2", {}, party.caption),
      facts([...known.map((key) => [labels[key], party.properties[key].map(String)]), ...other.map((key) => [plain(key.replace(/([A-Z])/g, " $1").toLowerCase()), party.properties[key].map((one) => typeof one === "object" ? one.caption ?? one.id : String(one))]), ...related, ["record", dated.join(", ")]]),
      make("h3", {}, "Listed elsewhere"),
      near.length || asserted.size > 1 ? make("ul", {}, [...asserted].filter((one) => one !== party.id && !near.some((hit) => hit.id === one)).map((one) => make("li", {}, go(one, one), make("span", { class: "quiet" }, " the case says it is the same"))),
        near.map((one) => make("li", {}, go(one.id, one.caption), make("span", { class: "quiet" }, ` ${sourceName(one.source)}, ${asserted.has(one.id) ? "the case says it is the same" : `perhaps the same: ${percent(one.score)} by name`}`)))) : make("p", { class: "quiet" }, "Nobody alike on the other lists."),
      make("p", { class: "quiet" }, "What is called perhaps the same is a suggestion by name and date; nothing is merged."),
      trail ? [make("h3", {}, `Its history in the case`), table("History", ["on", "what"], [...trail.trail].reverse().map((t) => [t.on, plain(t.what)]))] : "",
      make("p", {}, make("button", { type: "button", onclick: () => { $("screen-party").hidden = true; chosen = ""; keep(); document.querySelector(".hits-and-party").classList.remove("open"); document.querySelector(".hit.chosen button")?.focus(); } }, "Close"))));
    $("screen-party").hidden = false;
    document.querySelector(".hits-and-party").classList.add("open");
    if (focus) $("screen-party").focus({ preventScroll: matchMedia("(min-width: 66rem)").matches });
  });
}
