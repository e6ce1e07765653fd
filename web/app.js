// The pages: every value from the server is put in as text, never as markup.
const $ = (id) => document.getElementById(id);
const first = new Date("2021-01-01T00:00:00Z");
const day = (n) => new Date(first.getTime() + n * 864e5).toISOString().slice(0, 10);
const days = (iso) => Math.round((new Date(iso + "T00:00:00Z") - first) / 864e5);

function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== null) node.setAttribute(name, value);
  for (const child of children.flat()) if (child !== null && child !== "") node.append(child);
  return node;
}

async function ask(path, parameters = {}, body = null) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    for (const one of Array.isArray(value) ? value : [value]) if (one) query.append(name, one);
  }
  const answer = await fetch(`${path}?${query}`, body === null ? {} : { method: "POST", body });
  const text = await answer.text();
  if (!answer.ok) throw new Error(JSON.parse(text).detail ?? answer.statusText);
  return answer.headers.get("content-type").includes("svg") ? new DOMParser().parseFromString(text, "image/svg+xml").documentElement
                                                            : JSON.parse(text);
}

function fault(error) {
  $("fault").hidden = !error;
  $("fault").textContent = error ? String(error.message ?? error) : "";
}

// Only the latest of several questions under way may answer.
const latest = new Map();
async function only(name, question, show) {
  const turn = (latest.get(name) ?? 0) + 1;
  latest.set(name, turn);
  try {
    const answer = await question();
    if (latest.get(name) === turn) { fault(null); show(answer); }
  } catch (error) {
    if (latest.get(name) === turn) fault(error);
  }
}

const verdict = (word, text = word) => make("span", { class: `verdict ${word}` }, text.replaceAll("_", " "));
const list = (pairs) => make("dl", {}, pairs.filter(([, value]) => value && value.length).flatMap(([label, value]) =>
  [make("dt", {}, label), make("dd", {}, Array.isArray(value) ? value.join("; ") : value)]));

// -- screen
function hit(one) {
  const name = one.evidence.find((e) => e.kind === "name");
  const rest = one.evidence.filter((e) => e.kind !== "name");
  return make("li", { class: "card" },
    make("div", { class: "row" }, make("span", { class: "score" }, one.score.toFixed(2)), make("strong", {}, one.caption),
      make("span", { class: "quiet" }, `${one.schema} · ${one.id}`)),
    list([["matched on", one.matched_name !== one.caption ? one.matched_name : ""], ["programmes", one.programmes], ["standing", one.standing ?? ""]]),
    name ? make("div", { class: "pairs" }, (name.pairs ?? []).map((p) =>
      make("span", { class: "pair" }, make("b", {}, p.query), " = ", make("b", {}, p.listed), ` ${p.how}, ${p.similarity.toFixed(2)}`)),
      (name.listed_left ?? []).length ? make("span", { class: "quiet" }, `only on the list: ${name.listed_left.map((left) => left.part).join(" ")}`) : "",
      (name.query_left ?? []).length ? make("span", { class: "quiet" }, `only in the query: ${name.query_left.map((left) => left.part).join(" ")}`) : "") : "",
    rest.length ? list(rest.map((e) => [e.kind.replaceAll("_", " "), `${e.effect >= 0 ? "+" : ""}${e.effect.toFixed(2)} ${e.query ?? ""}${e.listed ? " / " + e.listed : ""}${e.note ? " (" + e.note + ")" : ""}`])) : "",
    make("p", {}, make("a", { href: `/entities/${encodeURIComponent(one.id)}` }, "all that the list says")));
}

function screenNow() {
  const asked = Object.fromEntries(new FormData($("screen-form")));
  if (!asked.name && !asked.id_number) {
    $("screen-hits").replaceChildren();
    $("screen-status").textContent = "Type a name in any script, or an identifier.";
    return;
  }
  only("screen", () => ask("/v1/screen", asked), (answer) => {
    $("screen-status").textContent = answer.hits.length ? `${answer.hits.length} at ${answer.threshold} or above` : `Nobody at ${answer.threshold} or above.`;
    $("screen-hits").replaceChildren(...answer.hits.map(hit));
  });
}

// -- deal
function reason(r) {
  const applied = r.exceptions.filter((e) => e.applies !== "no");
  const considered = r.exceptions.filter((e) => e.applies === "no");
  return make("details", { class: "reason" },
    make("summary", {}, verdict(r.verdict), " ", r.title, r.party ? ` — ${r.party} (${r.role})` : ""),
    list([["act", `${r.act_title ?? r.act}${r.article ? ", " + r.article : ""}`], ["since", `${r.since} (${r.status.replaceAll("_", " ")})`],
      ["grounds", r.grounds], ["nexus", r.nexus],
      ["goods", r.goods.map((g) => `${g.code} in ${g.annex}${g.since ? " since " + g.since : ""}`)],
      ["through", r.path.map((p) => `${p.owner} ${p.by === "control" ? "controls" : "owns " + [...new Set(p.percent)].join(" to ") + " % of"} ${p.owned}`)],
      ["under", applied.map((e) => `${e.title}${e.text_seen ? "" : " (its text was not seen)"}`)],
      ["considered", considered.map((e) => `${e.title}: ${e.why}`)], ["open", r.unknown], ["confidence", r.confidence === "high" ? "" : r.confidence],
      ["measure", r.measure]]));
}

function showVerdict(answer) {
  const none = answer.by_authority.filter((a) => a.verdict === "no_nexus").map((a) => a.authority + (a.out_of_reach.length ? ` (${a.out_of_reach[0].measure} would catch it)` : ""));
  $("deal-verdict").replaceChildren(
    make("p", { class: "big" }, verdict(answer.verdict)), make("p", {}, answer.title, make("span", { class: "quiet" }, `, as of ${answer.world.as_of}`)),
    ...answer.by_authority.filter((a) => a.verdict !== "no_nexus").map((a) => make("div", { class: "card" },
      make("h3", {}, a.authority, " ", verdict(a.verdict), a.apart ? make("span", { class: "quiet" }, " apart from the verdict") : "",
        a.confidence !== "high" && a.reasons.length ? make("span", { class: "quiet" }, ` ${a.confidence} confidence`) : ""),
      a.reasons.map(reason),
      a.pending.map((p) => make("p", { class: "quiet" }, `pending: ${p.title}, ${p.status} since ${p.since}${p.by.length ? " by " + p.by.join(", ") : ""}`)),
      a.conditions.map((c) => make("p", {}, `on condition: ${c}`)))),
    none.length ? make("p", { class: "quiet" }, `no nexus: ${none.join(", ")}`) : "");
}

function checkNow() {
  const asked = { deal: $("deal-select").value, as_of: $("deal-date").value };
  $("deal-slider").value = days(asked.as_of);
  $("deal-day").textContent = asked.as_of;
  only("check", () => ask("/v1/check", asked), showVerdict);
}

function spansNow() {
  only("spans", () => ask("/v1/check", { deal: $("deal-select").value, from: day(0), to: day(2006), format: "svg" }), (svg) => $("deal-spans").replaceChildren(svg));
}

// -- relief
function action(a, seen) {
  const forms = [a, ...a.or];
  const known = seen.has(a.measure + a.party + a.target);
  seen.add(a.measure + a.party + a.target);
  const what = a.changes_deal ? a.title : `${a.party ? a.party + " under " : ""}${a.measure}`;
  return make("div", { class: `step ${a.changes_deal ? "deal" : a.difficulty > 5 ? "hard" : ""}` },
    make("strong", {}, `${a.authority ? a.authority + ": " : ""}${forms.map((f) => f.act.replaceAll("_", " ")).join(" or ")}`), make("div", {}, what),
    make("div", { class: "quiet" }, a.changes_deal ? "the parties' own decision" : `decides: ${[...new Set(forms.map((f) => f.decided_by))].join(" or ")} (${a.rule})`),
    known && !a.changes_deal ? "" : make("details", {}, make("summary", {}, "what stands in the way, and the way back"),
      list([["grounds", a.grounds], ["obstacles", a.obstacles.map((o) => `${o.who}${o.on ? " (" + o.on + ")" : ""}: ${o.what}`)],
        ...forms.filter((f) => f.reinstatement.how).map((f) => [`${f.act}: undone by`, `${f.reinstatement.by}: ${f.reinstatement.how}${f.reinstatement.precedents.map((p) => `; ${p.title}${p.days ? ", undone after " + p.days + " days" : ""}`).join("")}`]),
        ["mind", a.circumvention]])));
}

function showRelief(answer) {
  const seen = new Set();
  const option = (o, i) => make("div", { class: "card" },
    make("h3", {}, `${i + 1}. ${o.deciders} deciding ${o.deciders === 1 ? "body" : "bodies"}, ${o.actions.length} acts; then `, verdict(o.verdict)),
    o.changes_deal ? make("p", { class: "quiet" }, "Changes the deal and not the law alone: it shows how far the measures reach and is no relief.") : "",
    make("div", { class: "flow" }, o.actions.map((a) => action(a, seen))), o.conditions.map((c) => make("p", {}, `on condition: ${c}`)));
  $("relief-answer").replaceChildren(
    make("p", { class: "big" }, verdict(answer.verdict)),
    answer.options.length ? make("div", { class: "options" }, answer.options.map(option)) : make("p", {}, "Nothing has to change, or nothing that the case knows would do."),
    make("p", { class: "quiet" }, `${answer.complete ? "Complete: no other smallest set exists" : "There are more"} (${answer.minimal_sets} sets, ${answer.sets_tried} tried).`),
    make("h3", {}, "What each can do alone"),
    make("div", { class: "options" }, Object.entries(answer.unilateral).map(([id, own]) => make("div", { class: "card" }, make("h3", {}, id),
      own.own.length ? make("div", { class: "flow" }, own.own[0].actions.map((a) => action(a, new Set()))) : make("p", {}, "No act of its own that the case knows would do."),
      make("p", {}, own.still_forbid.length ? `Still forbidden by ${own.still_forbid.join(", ")}.` : own.own.length ? "That suffices." : ""),
      own.suffices.length && own.still_forbid.length ? make("p", { class: "quiet" }, `Suffices if the deal goes ${own.suffices[0].actions.filter((a) => a.changes_deal).map((a) => a.title).join("; ")}.`) : ""))));
}

function reliefNow() {
  const form = new FormData($("relief-form"));
  only("relief", () => ask("/v1/relief", { deal: form.get("deal"), as_of: form.get("as_of"), fixed: form.getAll("fixed") }), showRelief);
}

// -- case
function table(head, rows) {
  return make("div", { class: "scroll", tabindex: "0" }, make("table", {}, make("thead", {}, make("tr", {}, head.map((h) => make("th", { scope: "col" }, h)))),
    make("tbody", {}, rows.map((r) => make("tr", {}, r.map((c) => make("td", { class: typeof c === "number" ? "n" : null }, String(c ?? ""))))))));
}

function caseNow() {
  const asked = { as_of: $("case-date").value, known_at: $("case-known").value };
  only("timeline", () => ask("/v1/timeline.svg", { ...asked, from: "2020-01-01" }), (svg) => $("case-timeline").replaceChildren(svg));
  only("ledger-svg", () => ask("/v1/ledger", { ...asked, format: "svg" }), (svg) => $("case-ledger").replaceChildren(svg));
  only("ledger", () => ask("/v1/ledger", asked), (answer) => {
    $("case-claims").replaceChildren(make("h3", {}, "Claims beside what was counted"), table(["on", "who", "says", "claimed", "counted", "sources"],
      answer.claims.map((c) => [c.on, c.speaker, c.says, c.claimed_percent ? `${c.claimed_percent} % of ${c.base} = ${c.claimed}` : c.claimed,
        c.computed === null ? "" : c.computed_percent ? `${c.computed} = ${c.computed_percent.toFixed(1)} %` : c.computed, c.sources.join("; ")])));
    $("case-granted").replaceChildren(make("h3", {}, "Asked and granted"), table(["asked", "party", "by", "said to be lifted", "licensed", "delisted", "nothing from"],
      answer.demands.flatMap((d) => (d.steps.length ? d.steps : [{}]).map((s, i) => [i ? "" : d.title, s.party, s.authority, s.announced, s.licensed, s.delisted, i ? "" : d.nothing_from.join(", ")]))));
  });
  only("trail", () => ask("/v1/history", asked), (answer) => $("case-trail").replaceChildren(make("details", {}, make("summary", {}, make("strong", {}, `The whole trail: ${answer.trail.length} entries, newest first`)),
    table(["on", "kind", "by", "what", "sources"], [...answer.trail].reverse().map((t) => [t.on, t.kind, t.authority, t.what + (t.published ? ` (published ${t.published})` : ""), t.sources.join("; ")])))));
}

// -- pages
const pages = { screen: screenNow, deal: () => { spansNow(); checkNow(); }, relief: reliefNow, case: caseNow };

function go() {
  const [name, ...rest] = (location.hash.slice(1) || "deal").split("/");
  const page = pages[name] ? name : "deal";
  for (const id of Object.keys(pages)) $(`page-${id}`).hidden = id !== page;
  for (const link of document.querySelectorAll("nav a")) {
    if (link.hash === `#${page}`) link.setAttribute("aria-current", "page"); else link.removeAttribute("aria-current");
  }
  if (page === "screen" && rest.length) $("screen-name").value = decodeURIComponent(rest.join("/"));
  document.title = `${document.querySelector(`#page-${page} h2`).textContent} · interdict`;
  fault(null);
  pages[page]();
}

async function start() {
  const info = await ask("/v1/case");
  for (const id of ["deal-select", "relief-select"]) {
    $(id).append(...info.deals.map((d) => make("option", { value: d.id }, d.title)));
    $(id).value = info.deals.some((d) => d.id === "potash-klaipeda") ? "potash-klaipeda" : info.deals[0]?.id;
  }
  const dated = info.deals.find((d) => d.id === $("deal-select").value)?.date ?? new Date().toISOString().slice(0, 10);
  $("deal-date").value = $("relief-date").value = dated;
  $("case-date").value = day(2006);
  $("world").textContent = `${info.title}. ${info.bundled ? "The bundled list answers; no official list is loaded." : "Lists: " + info.lists.sources.map((s) => `${s.source} ${(s.published ?? "").slice(0, 10)}`).join(", ")} ${info.lists.program}`;
  let typing;
  $("screen-form").addEventListener("input", () => { clearTimeout(typing); typing = setTimeout(screenNow, 120); });
  $("screen-form").addEventListener("submit", (event) => { event.preventDefault(); screenNow(); });
  $("deal-form").addEventListener("submit", (event) => event.preventDefault());
  $("deal-select").addEventListener("change", () => { spansNow(); checkNow(); });
  $("deal-date").addEventListener("change", checkNow);
  $("deal-slider").addEventListener("input", () => { $("deal-date").value = day(Number($("deal-slider").value)); checkNow(); });
  $("deal-own-check").addEventListener("click", () => only("check", () => ask("/v1/check", { as_of: "" }, $("deal-own").value), showVerdict));
  $("relief-form").addEventListener("change", reliefNow);
  $("relief-form").addEventListener("submit", (event) => event.preventDefault());
  $("case-form").addEventListener("change", caseNow);
  window.addEventListener("hashchange", () => { go(); $("main").focus(); });
  go();
}
start().catch(fault);
