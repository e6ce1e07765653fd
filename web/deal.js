// The verdict on a deal, authority by authority, and how it changes from day to day.
import { $, DAY, ask, brief, both, draw, facts, iso, latest, make, opens, plain, plural, remember, soon, spoken, table, time, today, verdict } from "/lib.js";
import { askOf, example, fillDeals, ownOf } from "/subject.js";
import { openBuilder } from "/build.js";

const words = ["prohibited", "undetermined", "authorised", "permitted", "no_nexus"];
let info;
let deal = "";
let own = null;
let first = 0;
let last = 1;
let spans = [];   // one per authority: {authority, parts: [{from, until, is}]}
let changes = [];

const nameOf = (id) => info.authorities.find((one) => one.id === id)?.name ?? id;
const partyName = (id) => info.parties.find((one) => one.id === id)?.name ?? own?.described?.find((one) => one.id === id)?.name ?? plain(id);
const asked = () => ({ as_of: $("deal-date").value, known_at: $("deal-known").value });

export async function start(given) {
  info = given;
  $("deal-select").addEventListener("change", () => choose($("deal-select").value, null, ""));
  $("deal-date").addEventListener("change", () => checkNow());
  $("deal-known").addEventListener("change", () => { spansNow(); checkNow(); });
  $("deal-slider").addEventListener("input", () => { $("deal-date").value = iso(first + Number($("deal-slider").value) * DAY); checkNow(); });
  $("deal-back").addEventListener("click", () => jump(-1));
  $("deal-on").addEventListener("click", () => jump(1));
  $("deal-edit").addEventListener("click", edit);
  new ResizeObserver(soon(60, drawSpans)).observe($("deal-spans"));
}

export function show(state) {
  if (state.get("known")) $("deal-known").value = state.get("known");
  const given = ownOf(state);
  choose(state.get("deal") || (given ? "" : example(info.deals)), given, state.get("on") ?? "");
}

function choose(id, given, on) {
  deal = id;
  own = given;
  fillDeals($("deal-select"), info.deals, deal, own);
  if (!given && !$("build").hidden) { $("build").hidden = true; $("deal-edit").setAttribute("aria-expanded", "false"); }
  $("deal-date").value = on || own?.date || info.deals.find((one) => one.id === id)?.date || today();
  spansNow();
  checkNow();
}

async function edit() {
  const open = $("build").hidden;
  $("build").hidden = !open;
  $("deal-edit").setAttribute("aria-expanded", String(open));
  if (!open) return;
  const draft = own ?? await ask(`/v1/deals/${encodeURIComponent(deal)}`);
  openBuilder($("build"), info, draft, soon(250, (changed) => {
    own = changed;
    fillDeals($("deal-select"), info.deals, "", own);
    spansNow();
    checkNow();
  }));
}

// -- the days
function spansNow() {
  const day = time($("deal-date").value);
  const from = `${new Date(day).getUTCFullYear() - 5}-01-01`;
  const to = iso(Math.max(Date.now(), day + 365 * DAY));
  latest("spans", (signal) => askOf("/v1/check", deal, own, { known_at: $("deal-known").value, from, to }, signal), (answer) => {
    first = time(from);
    last = time(to);
    changes = answer[0].changes;
    const known = new Map();
    for (const one of changes) {
      if (!known.has(one.authority)) known.set(one.authority, []);
      const parts = known.get(one.authority);
      if (parts.length) parts.at(-1).until = time(one.on);
      parts.push({ from: time(one.on), until: last + DAY, is: one.to, sure: one.confidence });
    }
    spans = [...known].map(([authority, parts]) => ({ authority, parts })).filter((one) => one.parts.some((part) => part.is !== "no_nexus"));
    changes = changes.filter((one) => one.on !== from);
    $("deal-slider").max = Math.round((last - first) / DAY);
    drawSpans();
    $("deal-changes").replaceChildren(table("Changes of the verdict", ["on", "authority", "from", "to", "why"], changes.map((one) => [
      make("button", { type: "button", class: "link", onclick: () => { $("deal-date").value = one.on; checkNow(); } }, one.on), nameOf(one.authority), verdict(one.from), verdict(one.to), one.why])));
  });
}

function drawSpans() {
  const width = $("deal-spans").clientWidth;
  if (!width || !spans.length) return;
  const left = width < 500 ? 58 : 105;
  const x = (at) => left + (at - first) / (last + DAY - first) * (width - left - 8);
  const row = 24;
  const top = 20;
  const height = top + spans.length * row + 10;
  const picture = draw("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": `The verdict of ${plural(spans.length, "authority", "authorities")} from ${brief(iso(first))} to ${brief(iso(last))}; every change is told in words below.` });
  for (let year = new Date(first).getUTCFullYear(); time(`${year}-01-01`) < last; year += 1) {
    const at = x(time(`${year}-01-01`));
    picture.append(draw("line", { x1: at, x2: at, y1: top - 4, y2: height - 8, class: "gridline" }), draw("text", { x: at + 4, y: 12, class: "soft" }, width < 500 ? `’${year % 100}` : String(year)));
  }
  spans.forEach((one, i) => {
    const y = top + i * row;
    picture.append(draw("text", { x: 0, y: y + 15, class: "bold" }, draw("title", {}, nameOf(one.authority)), one.authority.toUpperCase()));
    for (const part of one.parts) {
      const wide = x(part.until) - x(part.from);
      picture.append(draw("rect", { x: x(part.from), y: y + 2, width: Math.max(1, wide), height: row - 6, class: `f-${part.is}` }, draw("title", {}, `${nameOf(one.authority)}: ${plain(part.is)} from ${iso(part.from)}`)));
      if (wide > 84) picture.append(draw("text", { x: x(part.from) + 6, y: y + 15.5, class: `on-${part.is}` }, plain(part.is)));
    }
  });
  for (const one of new Set(changes.map((change) => change.on))) {
    const at = x(time(one));
    picture.append(draw("path", { d: `M${at - 4} ${height} h8 l-4 -7 z`, class: "tick" }));
  }
  picture.append(draw("line", { id: "deal-now", y1: top - 6, y2: height - 6, class: "nowline", "stroke-width": 2 }));
  $("deal-spans").replaceChildren(picture);
  const slider = $("deal-slider").parentElement;
  slider.style.setProperty("margin-left", `${left - 8}px`);
  document.querySelector("#deal-days .row").style.setProperty("margin-left", `${left}px`);
  mark();
}

function mark() {
  const on = time($("deal-date").value);
  $("deal-slider").value = Math.round((on - first) / DAY);
  $("deal-slider").setAttribute("aria-valuetext", spoken($("deal-date").value));
  $("deal-day").textContent = spoken($("deal-date").value);
  const line = $("deal-now");
  if (!line) return;
  const width = $("deal-spans").clientWidth;
  const left = width < 500 ? 58 : 105;
  const at = left + Math.min(1, Math.max(0, (on - first) / (last + DAY - first))) * (width - left - 8);
  line.setAttribute("x1", at);
  line.setAttribute("x2", at);
}

function jump(way) {
  const now = $("deal-date").value;
  const days = [...new Set(changes.map((one) => one.on))].sort();
  const next = way > 0 ? days.find((one) => one > now) : days.findLast((one) => one < now);
  if (next) { $("deal-date").value = next; checkNow(); }
}

// -- the verdict
function checkNow() {
  if (!$("deal-date").value) return;
  mark();
  remember("deal", { deal, own: own ? JSON.stringify(own) : "", on: $("deal-date").value, known: $("deal-known").value });
  latest("check", (signal) => askOf("/v1/check", deal, own, asked(), signal), showVerdict);
}

function sentence(answer) {
  const of = (word) => answer.by_authority.filter((one) => one.verdict === word && !one.apart).map((one) => nameOf(one.authority).split(" (")[0]);
  if (answer.verdict === "no_nexus") return "No authority of the case has anything to do with it.";
  const who = both(of(answer.verdict));
  const count = answer.by_authority.filter((one) => !one.apart).flatMap((one) => one.reasons).filter((one) => one.verdict === answer.verdict).length;
  if (answer.verdict === "prohibited") return `by ${who}, for ${plural(count, "reason")}`;
  if (answer.verdict === "undetermined") return `in ${who}: facts are missing`;
  return `in ${who}`;
}

function showVerdict(answer) {
  const relief = own ? `#relief?${new URLSearchParams({ own: JSON.stringify(own), on: answer.world.as_of })}` : `#relief?${new URLSearchParams({ deal, on: answer.world.as_of })}`;
  $("deal-verdict").replaceChildren(make("div", { class: `headline ${answer.verdict}` }, verdict(answer.verdict),
    make("p", {}, sentence(answer), make("span", { class: "quiet" }, ` on ${spoken(answer.world.as_of)}${answer.world.known_at ? `, as known on ${spoken(answer.world.known_at)}` : ""}`))),
    answer.conditions.map((one) => make("p", { class: "note" }, `On condition: ${one}`)),
    answer.lawful || answer.verdict === "no_nexus" ? "" : make("p", {}, make("a", { href: relief }, "What would have to change?")));
  const order = [...answer.by_authority].filter((one) => one.verdict !== "no_nexus").sort((a, b) => a.apart - b.apart || words.indexOf(a.verdict) - words.indexOf(b.verdict));
  const opened = new Set([...document.querySelectorAll("#deal-reasons details[open]")].map((one) => one.dataset.key));
  const none = answer.by_authority.filter((one) => one.verdict === "no_nexus");
  $("deal-reasons").replaceChildren(...order.map((one) => authority(one, opened)),
    none.length ? make("div", { class: "card wide" }, make("h2", {}, "Without a nexus"), facts(none.map((one) => [nameOf(one.authority).split(" (")[0],
      one.out_of_reach.length ? `would catch it: ${one.out_of_reach.map((r) => r.title).filter((title, i, all) => all.indexOf(title) === i).join("; ")}` : "nothing that would catch it"]))) : "");
}

function authority(one, opened) {
  const dates = asked();
  return make("article", { class: "card authority", "aria-label": nameOf(one.authority) },
    make("h2", {}, opens(one.authority, dates, nameOf(one.authority)), verdict(one.verdict)),
    one.apart ? make("p", { class: "quiet" }, "Export control: answered apart from the verdict on sanctions.") : "",
    one.confidence !== "high" && one.reasons.length ? make("p", { class: "quiet" }, `${one.confidence} confidence`) : "",
    one.reasons.length ? "" : make("p", { class: "quiet" }, "Nothing it has in force that day forbids this deal."),
    one.reasons.map((r) => reason(r, opened, dates)),
    one.pending.map((p) => make("p", { class: "note" }, `Pending: ${p.title}, ${plain(p.status)} since ${brief(p.since)}${p.by.length ? " by " + p.by.join(", ") : ""}`)),
    one.conditions.map((c) => make("p", { class: "note" }, `On condition: ${c}`)));
}

function reason(r, opened, dates) {
  const applied = r.exceptions.filter((e) => e.applies !== "no");
  const considered = r.exceptions.filter((e) => e.applies === "no");
  const key = `${r.measure} ${r.party ?? ""}`;
  const node = make("details", { class: "reason", open: opened.has(key) },
    make("summary", {}, verdict(r.verdict), " ", r.title, r.party ? make("span", { class: "who" }, ` · ${partyName(r.party)}, ${plain(r.role)}`) : ""),
    facts([["act", opens(r.act, dates, r.act_title ?? r.act)], ["article", r.article], ["binds since", `${brief(r.since)} (${plain(r.status)})`],
      ["grounds", r.grounds.map(plain)], ["nexus", r.nexus],
      ["goods", r.goods.map((g) => `${g.code} in ${g.annex}${g.since ? " since " + brief(g.since) : ""}`)],
      ["through", r.path.map((p) => `${partyName(p.owner)} ${p.by === "control" ? "controls" : "owns " + [...new Set(p.percent)].join(" to ") + " % of"} ${partyName(p.owned)}`)],
      ["under", applied.map((e) => [opens(e.id, dates, e.title), e.text_seen ? "" : " (its text was not seen)"]).map((parts) => make("span", {}, parts))],
      ["not met", considered.map((e) => make("span", {}, opens(e.id, dates, e.title), `: ${plain(e.why)}`))], ["open", r.unknown],
      ["confidence", r.confidence === "high" ? "" : r.confidence], ["measure", opens(r.measure, dates, r.measure)],
      ["listed party", r.party && !own?.described?.some((d) => d.id === r.party) ? opens(r.party, dates, partyName(r.party)) : ""]]));
  node.dataset.key = key;
  return node;
}
