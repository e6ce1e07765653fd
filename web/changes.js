// What changed on each list between two days: counts, their course over time, and each party field by field.
import { $, DAY, ask, brief, draw, iso, latest, make, plain, plural, remember, soon, sourceName, table, time, today } from "/lib.js";

const page = 30;
let offset = 0;

export async function start() {
  for (const id of ["changes-from", "changes-to", "changes-source", "changes-kind"]) $(id).addEventListener("change", () => now(0));
  $("changes-text").addEventListener("input", soon(200, () => now(0)));
  // A first look begins where something is to be seen: before the last version of a list that has several.
  const { lists } = await ask("/v1/changes", { limit: 0 });
  $("changes-source").replaceChildren(make("option", { value: "" }, "every list"), ...lists.map((one) => make("option", { value: one.source }, sourceName(one.source))));
  $("changes-to").value = today();
  const before = lists.flatMap((one) => one.versions.length > 1 ? [one.versions.at(-2).published.slice(0, 10)] : []).sort().at(-1);
  $("changes-from").value = before ?? iso(Date.now() - 30 * DAY);
}

export function show(state) {
  for (const name of ["from", "to", "source", "kind", "text"]) if (state.has(name)) $(`changes-${name}`).value = state.get(name);
  now(Number(state.get("offset") ?? 0) || 0);
}

const fields = () => Object.fromEntries(["from", "to", "source", "kind", "text"].map((name) => [name, $(`changes-${name}`).value.trim()]));

function now(from) {
  offset = from;
  const asked = fields();
  if (!asked.from || !asked.to) return;
  remember("changes", { ...asked, offset: offset || "" });
  const save = new URLSearchParams(Object.entries({ ...asked, format: "csv" }).filter(([, value]) => value));
  $("changes-save").href = `/v1/changes?${save}`;
  latest("changes", (signal) => ask("/v1/changes", { ...asked, offset, limit: page }, null, signal), (answer) => {
    const held = answer.lists.some((one) => one.versions.length > 1);
    $("changes-none").hidden = held;
    if (!held) {
      $("changes-none").replaceChildren(answer.bundled ? "Only the bundled list is loaded, and it has one version. " : "Each list is loaded in one version only, so there is nothing to compare yet. ",
        "Load the official lists with ", make("code", {}, "interdict update"), "; each later update adds a version, and older files you have kept go in with ", make("code", {}, "interdict update --from FOLDER"), ".");
    }
    $("changes-lists").replaceChildren(counts(answer));
    $("changes-said").textContent = said(answer);
    $("changes-save").hidden = !answer.total;
    $("changes-parties").replaceChildren(...answer.parties.map(party), turn(answer));
  });
}

function said(answer) {
  const days = `between ${brief(answer.from)} and ${brief(answer.to)}`;
  if (!answer.total) return `Nothing ${fields().text || fields().kind ? "of that kind " : ""}changed ${days}.`;
  const shown = answer.parties.length < answer.total ? `, ${offset + 1} to ${offset + answer.parties.length} shown` : "";
  return `${plural(answer.total, "party", "parties")} ${days}${shown}.`;
}

// -- by list: how many, between which versions, and when
function counts(answer) {
  const note = (one) => one.covered === "not_covered" ? `not covered: its first version is of ${brief(one.versions[0]?.published.slice(0, 10))}`
    : one.from.version === one.to.version ? `one version, of ${brief(one.to.published.slice(0, 10))}, answers for both days`
      : `${brief(one.from.published.slice(0, 10))} to ${brief(one.to.published.slice(0, 10))}${one.covered === "since_first" ? "; what was listed before is not known" : ""}`;
  const only = (one) => make("button", { type: "button", class: "link", onclick: () => { $("changes-source").value = one.source; now(0); } }, sourceName(one.source));
  return table("Changes by list", ["list", "added", "changed", "removed", "versions compared", "over time: added above, removed below"],
    answer.lists.map((one) => [only(one), one.added, one.changed, one.removed, note(one), course(one, answer)]));
}

// Each version but the first, up what it added and down what it removed; those between the two days stand out.
function course(list, { from, to, lists }) {
  const rest = list.versions.slice(1);
  if (!rest.length) return make("span", { class: "quiet" }, "one version only");
  // One scale of time for every list, so that they can be read beside each other.
  const days = lists.filter((one) => one.versions.length > 1).flatMap((one) => one.versions.map((version) => time(version.published.slice(0, 10))));
  const first = Math.min(...days);
  const last = Math.max(time(to), ...days, first + DAY);
  const width = 220, middle = 22, tall = 19;
  const x = (at) => 4 + (width - 8) * Math.max(0, Math.min(1, (at - first) / (last - first)));
  const most = Math.max(1, ...rest.flatMap((one) => [one.added, one.removed]));
  const height = (count) => count ? Math.max(1.5, tall * Math.sqrt(count / most)) : 0;
  const words = rest.map((one) => `${brief(one.published.slice(0, 10))}: ${one.added} added, ${one.changed} changed, ${one.removed} removed`);
  return draw("svg", { viewBox: `0 0 ${width} 44`, width, height: 44, class: "course", role: "img", "aria-label": words.slice(-12).join("; ") },
    draw("rect", { x: x(time(from)), y: 0, width: Math.max(1, x(time(to)) - x(time(from))), height: 44, class: "span" }),
    draw("line", { x1: 0, x2: width, y1: middle, y2: middle, class: "gridline" }),
    rest.map((one, i) => {
      const at = x(time(one.published.slice(0, 10)));
      return draw("g", {}, draw("title", {}, words[i]), draw("rect", { x: at - 2, y: middle - height(one.added), width: 4, height: height(one.added), class: "came" }),
        draw("rect", { x: at - 2, y: middle, width: 4, height: height(one.removed), class: "went" }), one.changed ? draw("circle", { cx: at, cy: middle, r: 2.4, class: "altered" }) : "");
    }));
}

// -- party by party
const tones = { added: "prohibited", removed: "permitted", changed: "undetermined" };
const signs = { added: "+", removed: "−", changed: "~" };
const word = (field) => plain(field.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase());

function party(one) {
  const rows = one.fields.map((field) => [word(field.field), ...told(field.before, field.after)]);
  const side = one.change === "added" ? 2 : 1;
  return make("li", { class: "card change" },
    make("h3", {}, make("span", { class: `state ${tones[one.change]}` }, `${signs[one.change]} ${one.change}`), " ", make("a", { href: `#screen?${new URLSearchParams({ name: one.caption, party: one.id })}` }, one.caption),
      make("span", { class: "quiet" }, ` ${sourceName(one.source)} · ${one.schema} · ${one.id.slice(one.source.length + 1)}`)),
    one.change === "changed" ? table(`What changed of ${one.caption}`, ["field", "before", "after"], rows)
      : make("details", {}, make("summary", {}, one.change === "added" ? "What the list says" : "What the list said"), table(`${one.caption} as listed`, ["field", "value"], rows.map((row) => [row[0], row[side]]))));
}

// Of one value beside one other only the middle that differs stands out.
function told(before, after) {
  if (before.length === 1 && after.length === 1) {
    const [was, is] = [before[0].split(" "), after[0].split(" ")];
    let head = 0;
    while (head < Math.min(was.length, is.length) && was[head] === is[head]) head += 1;
    let tail = 0;
    while (tail < Math.min(was.length, is.length) - head && was.at(-1 - tail) === is.at(-1 - tail)) tail += 1;
    if (head + tail > 0) {
      const part = (words, tag) => [words.slice(0, head).join(" "), " ", make(tag, {}, words.slice(head, words.length - tail).join(" ")), " ", words.slice(words.length - tail).join(" ")];
      return [values([part(was, "del")], "was"), values([part(is, "ins")], "is")];
    }
  }
  return [values(before, "was"), values(after, "is")];
}
const values = (list, kind) => list.length ? make("ul", { class: kind }, list.map((value) => make("li", {}, value))) : make("span", { class: "quiet" }, "–");

function turn(answer) {
  const step = (to, text) => make("button", { type: "button", onclick: () => { now(to); $("h-changes-parties").focus(); } }, text);
  const back = offset > 0 ? step(Math.max(0, offset - page), "Earlier ones") : "";
  const on = offset + answer.parties.length < answer.total ? step(offset + page, `Next ${Math.min(page, answer.total - offset - answer.parties.length)}`) : "";
  return back || on ? make("li", { class: "row" }, back, on) : "";
}
