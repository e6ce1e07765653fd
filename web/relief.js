// The least that would have to change: each minimal set as a picture (deal, acts, deciders, obstacles) and in words.
import { $, brief, both, draw, explain, facts, latest, make, opens, plain, plural, remember, spoken, today, verdict } from "/lib.js";
import { askOf, example, fillDeals, ownOf } from "/subject.js";

let info;
let deal = "";
let own = null;
let picked = 0;
const nameOf = (id) => info.authorities.find((one) => one.id === id)?.name.split(" (")[0] ?? id;
const partyName = (id) => info.parties.find((one) => one.id === id)?.name ?? own?.described?.find((one) => one.id === id)?.name ?? plain(id);

export async function start(given) {
  info = given;
  $("relief-select").addEventListener("change", () => { deal = $("relief-select").value; own = null; picked = 0; $("relief-date").value = info.deals.find((one) => one.id === deal)?.date ?? today(); now(); });
  $("relief-date").addEventListener("change", () => { picked = 0; now(); });
  for (const box of document.querySelectorAll("#relief-form input[type=checkbox]")) box.addEventListener("change", () => { picked = 0; now(); });
}

export function show(state) {
  own = ownOf(state);
  deal = own ? "" : state.get("deal") || example(info.deals);
  picked = Number(state.get("option") ?? 1) - 1;
  fillDeals($("relief-select"), info.deals, deal, own);
  $("relief-date").value = state.get("on") || own?.date || info.deals.find((one) => one.id === deal)?.date || today();
  for (const box of document.querySelectorAll("#relief-form input[type=checkbox]")) box.checked = state.getAll("fixed").includes(box.value);
  now();
}

const fixed = () => new FormData($("relief-form")).getAll("fixed");
const keep = () => remember("relief", { deal, own: own ? JSON.stringify(own) : "", on: $("relief-date").value, fixed: fixed(), option: picked ? picked + 1 : "" });

function now() {
  if (!$("relief-date").value) return;
  keep();
  latest("relief", (signal) => askOf("/v1/relief", deal, own, { as_of: $("relief-date").value, fixed: fixed() }, signal), showRelief);
}

const dates = () => ({ as_of: $("relief-date").value });
const bodies = (action) => [...new Set([action, ...action.or].map((form) => form.decided_by))];
const verbs = (action) => [action, ...action.or].map((form) => plain(form.act)).join(" or ");
const what = (action) => action.changes_deal ? action.title : action.party ? `${partyName(action.party)}: ${action.title}` : action.title;
const tone = (action) => action.changes_deal ? "own" : action.difficulty > 5 ? "hard" : "easy";

function showRelief(answer) {
  const law = answer.options.filter((one) => !one.changes_deal);
  $("relief-sum").replaceChildren("On ", spoken(answer.world.as_of), " the deal is ", verdict(answer.verdict), ". ",
    !answer.options.length ? (answer.verdict === "permitted" || answer.verdict === "authorised" || answer.verdict === "no_nexus" ? "Nothing has to change." : "Nothing that the case knows would free it.")
      : `${plural(answer.options.length, "smallest set")} of changes would free it, ${law.length} by the law alone. ${answer.complete ? "There is no other." : "There are more."}`);
  picked = Math.max(0, Math.min(picked, answer.options.length - 1));
  $("relief-options").replaceChildren(answer.options.length ? make("fieldset", { class: "options" }, make("legend", { class: "unseen" }, "Which set to show"), answer.options.map((option, i) =>
    make("label", { class: "card option" }, make("input", { type: "radio", name: "option", value: i, checked: i === picked, onchange: () => { picked = i; keep(); showOption(answer); } }),
      make("strong", {}, `${plural(option.deciders, "deciding body", "deciding bodies")}, ${plural(option.actions.length, "act")}`),
      both([...new Set(option.actions.filter((a) => !a.changes_deal).map((a) => nameOf(a.authority)))]) || "no authority",
      option.changes_deal ? make("span", { class: "quiet" }, `; ${option.actions.filter((a) => a.changes_deal).map((a) => plain(a.act)).join(", ")}`) : "", make("br"), "then ", verdict(option.verdict)))) : "");
  showOption(answer);
  $("relief-alone").replaceChildren(Object.keys(answer.unilateral).length ? make("h2", {}, "What each can do alone") : "", make("div", { class: "alone" }, Object.entries(answer.unilateral).map(([id, one]) => make("div", { class: "card" },
    make("h3", {}, nameOf(id)), one.own.length ? make("ul", {}, one.own[0].actions.map((a) => make("li", {}, make("strong", {}, verbs(a)), ` ${what(a)}`))) : make("p", {}, "No act of its own that the case knows would do."),
    make("p", {}, one.still_forbid.length ? `Still forbidden by ${both(one.still_forbid.map(nameOf))}.` : one.own.length ? "That suffices." : ""),
    one.suffices.length && one.still_forbid.length ? make("p", { class: "quiet" }, `It suffices if the deal itself goes ${one.suffices[0].actions.filter((a) => a.changes_deal).map((a) => a.title).join("; ")}.`) : ""))));
}

function showOption(answer) {
  const option = answer.options[picked];
  if (!option) { $("relief-option").replaceChildren(); return; }
  const seen = new Set();
  $("relief-option").replaceChildren(make("h2", {}, `Set ${picked + 1}: ${both([...new Set(option.actions.map((a) => a.changes_deal ? "the parties" : nameOf(a.authority)))])}`),
    option.changes_deal ? make("p", { class: "note" }, "This changes the deal and not the law alone. It shows how far the measures reach; it is no relief, and stepping around a measure may itself be forbidden.") : "",
    make("div", { class: "diagram scroll", tabindex: "0", role: "region", "aria-label": "The set as a picture; the same follows in words" }, diagram(option)),
    inWords(option),
    option.conditions.map((c) => make("p", { class: "note" }, `On condition: ${c}`)),
    option.restores.length ? make("details", {}, make("summary", {}, `What it would free: ${plural(option.restores.length, "figure")} of the case`), make("ul", {}, option.restores.filter((f) => !seen.has(JSON.stringify(f)) && seen.add(JSON.stringify(f))).map((f) =>
      make("li", {}, `${plain(f.metric)}: ${f.value.toLocaleString("en", { maximumFractionDigits: 1 })} ${f.unit} (${f.on})${f.basis ? ", " + f.basis : ""} `, make("span", { class: "quiet" }, f.sources.join("; ")))))) : "");
}

function back(form) {
  const r = form.reinstatement;
  if (!r.how) return null;
  return make("li", {}, `${plain(form.act)}: `, make("strong", { class: "days" }, r.days === null ? "time not known" : r.days === 0 ? "can be undone at once" : `at the least ${plural(r.days, "day")}`), `, by ${r.by}: ${r.how}.`,
    r.precedents.map((p) => make("div", { class: "quiet" }, `Before: ${p.title}${p.days ? `, undone after ${plural(p.days, "day")}` : ""}`)));
}

// The same obstacle or way back stands behind several acts of one body: it is told once.
function once(nodes) {
  const seen = new Set();
  return nodes.filter((one) => one && !seen.has(one.textContent) && seen.add(one.textContent));
}
const lines = (nodes) => once(nodes).length ? make("ul", {}, once(nodes)) : "";

function inWords(option) {
  const by = new Map();
  for (const action of option.actions) {
    const key = action.changes_deal ? "The parties to the deal" : `${nameOf(action.authority)}: ${bodies(action).join(" or ")}`;
    by.set(key, [...(by.get(key) ?? []), action]);
  }
  return make("ol", { class: "acts" }, [...by].map(([who, actions]) => make("li", { class: tone(actions[0]) }, make("h3", {}, who),
    make("p", { class: "quiet" }, [...new Set(actions.map((a) => a.rule))].join("; ")),
    make("ul", {}, actions.map((a) => make("li", {}, make("strong", {}, verbs(a)), " ", a.measure ? opens(a.measure, dates(), what(a)) : what(a)))),
    facts([["what stands in the way", lines(actions.flatMap((a) => a.obstacles.map((o) => make("li", {}, `${o.who}${o.on ? ` (${brief(o.on)})` : ""}: ${o.what} `, make("span", { class: "quiet" }, o.sources.join("; "))))))],
      ["how it comes back", lines(actions.flatMap((a) => [a, ...a.or].map(back)))],
      ["grounds", [...new Set(actions.flatMap((a) => a.grounds.map(plain)))].join("; ")], ["mind", [...new Set(actions.flatMap((a) => a.circumvention))]]]))));
}

// -- the picture
function wrap(text, wide, most) {
  const lines = [""];
  for (const word of text.split(/\s+/)) {
    if (lines.at(-1) && (lines.at(-1) + " " + word).length > wide) lines.push("");
    lines[lines.length - 1] += (lines.at(-1) ? " " : "") + word;
  }
  return lines.length > most ? [...lines.slice(0, most - 1), lines[most - 1] + " …"] : lines;
}

function node(x, y, width, lines, kind, open = null) {
  const height = lines.length * 15 + 12;
  return draw("g", open ? { role: "button", tabindex: "0", onclick: open, onkeydown: (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); open(); } }, "aria-label": lines.join(" ") } : {},
    draw("rect", { x, y, width, height, rx: 3, class: `node ${kind}` }), lines.map((line, i) => draw("text", { x: x + 9, y: y + 18 + i * 15, class: i === 0 ? "bold" : "" }, line)));
}
const edge = (x1, y1, x2, y2, kind = "") => draw("path", { class: `edge ${kind}`, d: `M${x1} ${y1} C${(x1 + x2) / 2} ${y1} ${(x1 + x2) / 2} ${y2} ${x2} ${y2}` });

// Places a column's boxes as near to what they hang on as their heights allow.
function stack(items, gap) {
  let y = 34;
  for (const item of [...items].sort((a, b) => a.want - b.want)) {
    item.height = item.lines.length * 15 + 12;
    item.y = Math.max(y, item.want - item.height / 2);
    y = item.y + item.height + gap;
    item.mid = item.y + item.height / 2;
  }
  return y;
}

function diagram(option) {
  const acts = [...option.actions].sort((a, b) => bodies(a)[0].localeCompare(bodies(b)[0])).map((action, i) => ({ action, want: 34 + i * 62, lines: [verbs(action), ...wrap(what(action), 42, 2)] }));
  let height = stack(acts, 12);
  const deciders = new Map();
  for (const one of acts) for (const body of bodies(one.action)) {
    const key = `${one.action.authority} ${body}`;
    if (!deciders.has(key)) deciders.set(key, { of: [], lines: [...wrap(one.action.changes_deal ? "The parties" : body, 27, 2), ...wrap(one.action.changes_deal ? "their own decision" : one.action.rule, 30, 2)], tone: tone(one.action), authority: one.action.authority });
    deciders.get(key).of.push(one);
  }
  for (const one of deciders.values()) one.want = one.of.reduce((sum, at) => sum + at.mid, 0) / one.of.length;
  height = Math.max(height, stack([...deciders.values()], 12));
  const obstacles = new Map();
  for (const one of deciders.values()) for (const o of one.of.flatMap((at) => at.action.obstacles)) {
    const key = `${o.who} ${o.what}`;
    if (!obstacles.has(key)) obstacles.set(key, { of: new Set(), lines: [...wrap(o.who.split(",")[0], 34, 1), ...wrap(o.what, 38, 2)] });
    obstacles.get(key).of.add(one);
  }
  for (const one of obstacles.values()) one.want = [...one.of].reduce((sum, at) => sum + at.mid, 0) / one.of.size;
  height = Math.max(height, stack([...obstacles.values()], 10));
  const middle = (acts[0].mid + acts.at(-1).mid) / 2;
  const columns = [8, 150, 480, 730];
  const picture = draw("svg", { viewBox: `0 0 1000 ${height + 4}`, role: "group", "aria-label": `${plural(acts.length, "act")} of ${plural(deciders.size, "decider")}, against ${plural(obstacles.size, "obstacle")}` });
  ["the deal", "what must change", "who decides", obstacles.size ? "what stands in the way" : "nothing known in the way"].forEach((text, i) => picture.append(draw("text", { x: columns[i], y: 18, class: "soft" }, text)));
  for (const one of acts) picture.append(edge(112, middle, columns[1], one.mid));
  for (const one of deciders.values()) for (const at of one.of) picture.append(edge(columns[1] + 290, at.mid, columns[2], one.mid));
  for (const one of obstacles.values()) for (const at of one.of) picture.append(edge(columns[2] + 210, at.mid, columns[3], one.mid, "block"));
  picture.append(node(columns[0], middle - 22, 104, ["The deal", `then ${plain(option.verdict)}`], "deal"));
  for (const one of acts) picture.append(node(columns[1], one.y, 290, one.lines, tone(one.action), one.action.measure ? () => explain(one.action.measure, dates()) : null));
  for (const one of deciders.values()) picture.append(node(columns[2], one.y, 210, one.lines, one.tone, one.authority ? () => explain(one.authority, dates()) : null));
  for (const one of obstacles.values()) picture.append(node(columns[3], one.y, 262, one.lines, ""));
  return picture;
}
