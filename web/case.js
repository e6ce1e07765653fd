// How it came about: orders and events over time, people freed and held, claims beside what was counted.
import { $, DAY, ask, brief, draw, explain, iso, latest, make, opens, plain, plural, remember, soon, spoken, table, time, today } from "/lib.js";

let info;
let data = null;
let book = null;
const dates = () => ({ as_of: $("case-date").value, known_at: $("case-known").value });

export async function start(given) {
  info = given;
  for (const id of ["case-date", "case-known"]) $(id).addEventListener("change", now);
  for (const id of ["case-from", "case-to"]) $(id).addEventListener("change", zoomed);
  const zoom = (factor, shift) => () => {
    const [from, to] = [time($("case-from").value), time($("case-to").value)];
    const half = Math.max(15 * DAY, Math.min(15 * 365 * DAY, (to - from) / 2 * factor));
    const middle = (from + to) / 2 + shift * (to - from);
    $("case-from").value = iso(middle - half);
    $("case-to").value = iso(middle + half);
    zoomed();
  };
  $("case-in").addEventListener("click", zoom(0.5, 0));
  $("case-out").addEventListener("click", zoom(2, 0));
  $("case-earlier").addEventListener("click", zoom(1, -0.3));
  $("case-later").addEventListener("click", zoom(1, 0.3));
  $("case-timeline").addEventListener("keydown", (event) => {
    if (event.target !== $("case-timeline")) return;
    const act = { "+": "case-in", "-": "case-out" }[event.key];
    if (act) { event.preventDefault(); $(act).click(); }
  });
  const mark = (node, text) => make("span", {}, draw("svg", { viewBox: "0 0 22 12", "aria-hidden": "true", class: "h0" }, node), text);
  const bar = (kind) => draw("rect", { y: 1, x: 1, width: 20, height: 10, class: `bar-${kind}` });
  $("case-legend").replaceChildren(mark(bar("in_force"), "in force"), mark(bar("suspended"), "suspended"), mark(bar("pending"), "proposed or blocked"), mark(bar("renewal_unknown"), "renewal not known"),
    mark([bar("in_force"), draw("rect", { x: 1, y: 4, width: 20, height: 4, class: "licence" })], "licensed"), mark([bar("in_force"), draw("rect", { x: 1, y: 4, width: 20, height: 4, class: "wind" })], "winding down only"),
    mark(draw("circle", { cx: 11, cy: 6, r: 5, class: "d-freed" }), "freed, mediated"), mark(draw("circle", { cx: 11, cy: 6, r: 5, class: "d-plain" }), "freed"), mark(draw("path", { d: "M11 1l5 9h-10z", class: "d-visit" }), "visit"),
    mark(draw("path", { d: "M11 1l5 5l-5 5l-5-5z", class: "d-said" }), "announced"), mark(draw("path", { d: "M7 2l8 8m0-8l-8 8", class: "d-arrest" }), "arrested"));
  new ResizeObserver(soon(60, () => { drawTimeline(); drawLedger(); })).observe($("page-case"));
}

export function show(state) {
  $("case-date").value = state.get("as_of") || today();
  $("case-known").value = state.get("known_at") || "";
  $("case-to").value = state.get("to") || $("case-date").value;
  $("case-from").value = state.get("from") || `${Number($("case-to").value.slice(0, 4)) - 6}-01-01`;
  now();
}

const keep = () => remember("case", { as_of: $("case-date").value, known_at: $("case-known").value, from: $("case-from").value, to: $("case-to").value });
const span = () => ({ from: $("case-from").value, to: $("case-to").value < $("case-from").value ? "" : $("case-to").value });

function zoomed() {
  keep();
  latest("timeline", (signal) => ask("/v1/timeline", { ...dates(), ...span() }, null, signal), (answer) => { data = answer; drawTimeline(); });
  drawLedger();
}

function now() {
  if (!$("case-date").value) return;
  zoomed();
  latest("ledger", (signal) => ask("/v1/ledger", dates(), null, signal), showLedger);
  latest("trail", async (signal) => {
    const trail = await ask("/v1/history", dates(), null, signal);
    const all = $("case-known").value ? await ask("/v1/history", { as_of: $("case-date").value }, null, signal) : trail;
    return { trail: trail.trail, hidden: all.trail.length - trail.trail.length };
  }, ({ trail, hidden }) => {
    $("case-hidden").textContent = $("case-known").value ? `As known on ${spoken($("case-known").value)}: ${hidden ? `${plural(hidden, "entry", "entries")} of the trail published later ${hidden === 1 ? "is" : "are"} hidden` : "nothing was published later"}.` : "";
    $("case-trail").replaceChildren(make("details", {}, make("summary", {}, make("strong", {}, `The whole trail: ${plural(trail.length, "entry", "entries")}, newest first`)),
      table("The trail", ["on", "kind", "by", "what", "sources"], [...trail].reverse().map((t) => [t.on, t.kind, t.authority, [opens(t.id, dates(), plain(t.what)), t.published ? ` (published ${brief(t.published)})` : ""], t.sources.join("; ")]))));
  });
}

const pressed = (label, act) => ({ role: "button", tabindex: "0", "aria-label": label, onclick: act, onkeydown: (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); act(); } } });

function axis(picture, x, first, last, top, bottom) {
  const years = (last - first) / DAY / 365;
  const step = years > 2 ? 12 : years > 0.8 ? 3 : 1;
  for (let at = new Date(first), month = at.getUTCFullYear() * 12; ; month += step) {
    const day = Date.UTC(Math.floor(month / 12), month % 12, 1);
    if (day > last) break;
    if (day < first) continue;
    picture.append(draw("line", { x1: x(day), x2: x(day), y1: top, y2: bottom, class: "gridline" }), draw("text", { x: x(day) + 3, y: top - 4 + 12, class: "soft" }, step === 12 ? String(new Date(day).getUTCFullYear()) : brief(iso(day).slice(0, 7))));
  }
}

function rowLabel(row, y, most) {
  const short = (text, room) => text.length > room ? text.slice(0, room - 1) + "…" : text;
  const party = row.party_name ? short(row.party_name, 30) : "";
  return draw("text", { x: 0, y }, party ? draw("tspan", {}, party + "  ") : "", draw("tspan", { class: party ? "soft" : "" }, short(row.title, most - party.length)));
}

function drawTimeline() {
  if (!data || $("page-case").hidden) return;
  // Where there is no room for names beside the bars they stand above them.
  const narrow = matchMedia("(max-width: 40rem)").matches;
  const width = narrow ? Math.max(320, $("case-timeline").clientWidth) : Math.max(930, $("case-timeline").clientWidth);
  const left = narrow ? 8 : 330;
  const lanes = narrow ? { freed: 50, said: 86, claims: 120, top: 130 } : { freed: 38, said: 64, claims: 86, top: 100 };
  const [tall, drop] = narrow ? [33, 14] : [18, 0];
  const first = time(data.from);
  const last = time(data.until);
  const x = (at) => left + Math.max(0, Math.min(1, (at - first) / (last - first))) * (width - left - 12);
  const rows = data.authorities.reduce((sum, one) => sum + one.rows.length, 0);
  const height = lanes.top + rows * tall + data.authorities.length * 30 + 10;
  const picture = draw("svg", { viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": `${plural(rows, "order")} of ${plural(data.authorities.length, "authority", "authorities")}, ${brief(data.from)} to ${brief(data.until)}` },
    draw("defs", {}, draw("pattern", { id: "hatch", width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, draw("rect", { width: 2.2, height: 6, class: "d-plain" }))));
  axis(picture, x, first, last, 8, height - 8);
  const label = (y, text, kind = "") => picture.append(draw("text", { x: 0, y, class: kind }, text));
  label(narrow ? 34 : 42, "People freed (area: how many)"); label(narrow ? 74 : 68, "Visits, announcements, arrests"); label(narrow ? 108 : 90, "Claims and statements");
  for (const event of data.events) {
    const at = time(event.on);
    if (at < first || at >= last) continue;
    const attributes = pressed(`${event.on}: ${event.title}`, () => explain(event.id, dates()));
    const hint = draw("title", {}, `${event.on}: ${event.title}`);
    if (event.kind === "release" && event.count) picture.append(draw("g", attributes, hint, draw("circle", { cx: x(at), cy: lanes.freed, r: 1.8 + Math.sqrt(event.count) * 0.95, class: event.broker ? "d-freed" : "d-plain", opacity: 0.8 })));
    else if (event.kind === "visit") picture.append(draw("g", attributes, hint, draw("path", { d: `M${x(at)} ${lanes.said - 5}l5 9h-10z`, class: "d-visit" })));
    else if (event.kind === "announcement") picture.append(draw("g", attributes, hint, draw("path", { d: `M${x(at)} ${lanes.said - 5}l5 5l-5 5l-5-5z`, class: "d-said" })));
    else if (event.kind === "arrest") picture.append(draw("g", attributes, hint, draw("path", { d: `M${x(at) - 4} ${lanes.said - 4}l8 8m0-8l-8 8`, class: "d-arrest" })));
  }
  for (const claim of data.claims) {
    const at = time(claim.on);
    if (at >= first && at < last) picture.append(draw("g", pressed(`${claim.on} ${claim.speaker}: ${claim.says}`, () => explain(claim.id, dates())), draw("title", {}, `${claim.on} ${claim.speaker}: ${claim.says}`),
      draw("rect", { x: x(at) - 3, y: lanes.claims - 3, width: 6, height: 6, class: claim.stance === "opposes" ? "f-prohibited" : claim.stance === "supports" ? "d-freed" : "d-plain" })));
  }
  let y = lanes.top;
  data.authorities.forEach((authority, hue) => {
    picture.append(draw("line", { x1: 0, x2: width, y1: y + 24, y2: y + 24, class: "gridline" }), draw("g", pressed(authority.name, () => explain(authority.id, dates())), draw("text", { x: 0, y: y + 18, class: "bold" }, authority.name)));
    y += 30;
    for (const row of authority.rows) {
      const text = row.party_name ? `${row.party_name}: ${row.title}` : row.title;
      const group = draw("g", { ...pressed(text, () => explain(row.measure, dates())), class: `h${hue % 7}` }, draw("title", {}, text), rowLabel(row, y + 11, narrow ? Math.floor(width / 6.4) : 51));
      for (const bar of row.bars) group.append(draw("rect", { x: x(time(bar.from)), y: y + 1 + drop, width: Math.max(1.5, x(time(bar.until)) - x(time(bar.from))), height: 12, class: `bar-${bar.is}` }, draw("title", {}, `${text}: ${plain(bar.is)}, ${bar.from} to ${bar.until}`)));
      for (const licence of row.licences) {
        const from = x(licence.from ? time(licence.from) : first);
        group.append(draw("rect", { x: from, y: y + 4.5 + drop, width: Math.max(1.5, x(licence.until ? time(licence.until) : last) - from), height: 5, class: licence.kind === "wind_down" ? "wind" : "licence" }, draw("title", {}, licence.title)));
      }
      picture.append(group);
      y += tall;
    }
  });
  const today = time($("case-date").value);
  if (today > first && today < last - DAY) picture.append(draw("line", { x1: x(today), x2: x(today), y1: 12, y2: height - 8, class: "nowline", "stroke-dasharray": "2 3" }));
  // A redraw must not take the focus from whoever stands inside.
  const held = $("case-timeline").contains(document.activeElement) ? document.activeElement.getAttribute("aria-label") : null;
  $("case-timeline").replaceChildren(picture);
  if (held) [...picture.querySelectorAll("[aria-label]")].find((one) => one.getAttribute("aria-label") === held)?.focus();
}

function showLedger(answer) {
  book = answer;
  drawLedger();
  const difference = (c) => {
    if (c.computed === null) return "no figure to set beside it";
    const off = Math.abs(c.difference);
    return off < 1 ? make("span", { class: "agrees" }, "agrees") : make("span", { class: "differs" }, `differs by ${off.toLocaleString("en", { maximumFractionDigits: 1 })}`);
  };
  $("case-claims").replaceChildren(make("h2", {}, "Claims beside what was counted"), table("Claims beside what was counted", ["on", "who", "says", "claimed", "counted", "", "sources"],
    answer.claims.map((c) => [brief(c.on), c.speaker, [opens(c.id, dates(), c.says)], c.claimed_percent ? `${c.claimed_percent} % of ${c.base} = ${c.claimed}` : c.claimed,
      c.computed === null ? "" : c.computed_percent ? `${c.computed} = ${c.computed_percent.toFixed(1)} %` : c.computed, [difference(c)], c.sources.join("; ")])));
  $("case-granted").replaceChildren(make("h2", {}, "Asked and granted"), table("Asked and granted", ["asked", "party", "by", "said to be lifted", "licensed", "delisted", "nothing from"],
    answer.demands.flatMap((d) => (d.steps.length ? d.steps : [{}]).map((s, i) => [i ? "" : d.title, info.parties.find((p) => p.id === s.party)?.name ?? s.party, s.authority, brief(s.announced), brief(s.licensed), brief(s.delisted), i ? "" : d.nothing_from.join(", ")]))));
}

function drawLedger() {
  if (!book || $("page-case").hidden) return;
  const held = book.figures.filter((f) => f.metric === "political_prisoners");
  const points = [...book.ledger.map((l) => time(l.on)), ...held.map((f) => time(f.on))];
  if (!book.ledger.length) { $("case-ledger").replaceChildren(make("p", { class: "quiet" }, "Nobody was released or arrested by then, as far as the case knows.")); return; }
  // The same span as the timeline's, as far as there is something in it.
  const first = Math.max(time(book.ledger[0].on) - 30 * DAY, time($("case-from").value));
  const last = Math.min(Math.max(...points) + 30 * DAY, time($("case-to").value) + DAY);
  if (!(last - first > 7 * DAY)) { $("case-ledger").replaceChildren(make("p", { class: "quiet" }, `Nobody was released or arrested between ${brief($("case-from").value)} and ${brief($("case-to").value)}, as far as the case knows.`), ledgerTable()); return; }
  const within = (one) => time(one.on) >= first && time(one.on) < last;
  const width = Math.max(660, $("case-ledger").clientWidth);
  const height = 330;
  const shown = held.filter(within);
  const most = Math.max(...book.ledger.filter((l) => time(l.on) < last).map((l) => l.freed), ...shown.map((f) => f.value), 10) * 1.06;
  const x = (at) => 40 + (at - first) / (last - first) * (width - 260);
  const y = (value) => height - 24 - value / most * (height - 60);
  const picture = draw("svg", { viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": `People freed: ${book.ledger.at(-1).freed}; newly arrested: ${book.ledger.at(-1).arrested}` });
  axis(picture, x, first, last, 8, height - 24);
  const step = most > 1000 ? 250 : most > 300 ? 100 : most > 60 ? 20 : 5;
  for (let value = 0; value < most; value += step) picture.append(draw("line", { x1: 40, x2: width - 220, y1: y(value), y2: y(value), class: "gridline" }), draw("text", { x: 34, y: y(value) + 4, "text-anchor": "end", class: "soft" }, String(value)));
  const line = (kind, of, title) => {
    const before = book.ledger.filter((entry) => time(entry.on) < first).reduce((was, entry) => of(entry, was), 0);
    let path = `M${x(first)} ${y(before)}`;
    let value = before;
    for (const entry of book.ledger.filter(within)) { const next = of(entry, value); if (next !== value) { path += `H${x(time(entry.on))}V${y(next)}`; value = next; } }
    picture.append(draw("path", { d: `${path}H${x(last)}`, class: kind }));
    return { y: y(value), text: `${title}: ${value}` };
  };
  const brokers = [...new Set(book.ledger.map((l) => l.broker).filter(Boolean))].map((id) => [id, book.ledger.filter((l) => l.broker === id).at(-1).freed_by_broker]).sort((a, b) => b[1] - a[1]);
  const labels = [line("freed", (l) => l.freed, "freed so far"), line("arrested", (l) => l.arrested, "newly arrested")];
  if (brokers.length) labels.push(line("brokered", (l, v) => l.broker === brokers[0][0] ? l.freed_by_broker : v, `mediated by ${info.authorities.find((one) => one.id === brokers[0][0])?.name.split(" (")[0] ?? brokers[0][0]}`));
  labels.sort((a, b) => a.y - b.y).forEach((one, i, all) => { if (i && one.y < all[i - 1].y + 15) one.y = all[i - 1].y + 15; });
  if (labels.at(-1).y > height - 20) labels.reverse().forEach((one, i, all) => { one.y = Math.min(one.y, i ? all[i - 1].y - 15 : height - 22); });
  for (const one of labels) picture.append(draw("text", { x: x(last) + 6, y: one.y + 4 }, one.text));
  for (const entry of book.ledger.filter(within)) picture.append(draw("g", pressed(`${entry.on}: ${entry.title}`, () => explain(entry.id, dates())), draw("title", {}, `${entry.on}: ${entry.title}. ${entry.sources.join("; ")}`),
    draw("circle", { cx: x(time(entry.on)), cy: y(entry.kind === "arrest" ? entry.arrested : entry.freed), r: 4.5, class: entry.kind === "arrest" ? "f-prohibited" : "d-freed" })));
  let before = -99;
  for (const f of [...shown].sort((a, b) => time(a.on) - time(b.on))) {
    const at = x(time(f.on));
    picture.append(draw("circle", { cx: at, cy: y(f.value), r: 4, class: "d-held" }, draw("title", {}, `${f.on}: ${f.value} ${f.unit}, ${f.by}. ${f.sources.join("; ")}`)));
    if (at - before > 34) { picture.append(draw("text", { x: at, y: y(f.value) - 8, "text-anchor": "middle" }, f.value.toLocaleString("en"))); before = at; }
  }
  if (shown.length) picture.append(draw("text", { x: x(last) + 6, y: y(shown.at(-1).value) + 4, class: "bold" }, "held, by several counts"));
  $("case-ledger").replaceChildren(picture, ledgerTable());
}

const ledgerTable = () => make("details", {}, make("summary", {}, "The ledger as a table"), table("Releases and arrests", ["on", "what", "how many", "freed so far", "arrested so far", "sources"],
  book.ledger.map((l) => [brief(l.on), [opens(l.id, dates(), l.title)], l.count, l.freed, l.arrested, l.sources.join("; ")])));
