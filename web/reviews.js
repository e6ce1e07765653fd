// The memory of matches: what was decided of a customer's hits, by whom, and what has reopened.
import { $, ask, brief, facts, fault, latest, make, plain, plural, remember, soon, sourceName, table } from "/lib.js";

const words = { new: "new", open: "open", pending: "to be confirmed", false_positive: "false positive", true_match: "true match", reopened: "reopened" };
const tones = { pending: "undetermined", reopened: "prohibited", true_match: "prohibited", false_positive: "permitted", open: "undetermined", new: "undetermined" };
export const statusMark = (status) => make("span", { class: `state ${tones[status] ?? ""}` }, words[status] ?? plain(status));

export async function start() {
  $("reviews-status").addEventListener("change", now);
  $("reviews-customer").addEventListener("input", soon(200, now));
  try { $("reviews-me").value = localStorage.getItem("reviewer") ?? ""; } catch { /* a browser that keeps nothing */ }
  $("reviews-me").addEventListener("change", () => { try { localStorage.setItem("reviewer", $("reviews-me").value.trim()); } catch { /* the same */ } });
}
export function show(state) {
  $("reviews-status").value = state.get("status") ?? "";
  $("reviews-customer").value = state.get("customer") ?? "";
  now(state.get("open"));
}

function now(open) {
  const asked = { status: $("reviews-status").value, customer: $("reviews-customer").value.trim() };
  remember("reviews", { ...asked, open: typeof open === "string" ? open : "" });
  latest("reviews", async (signal) => {
    try { return await ask("/v1/reviews", asked, null, signal); } catch (error) { if (error.status === 404) return null; throw error; }
  }, (answer) => {
    if (!answer) { $("reviews-said").textContent = "This server keeps no reviews: it needs a store of its own (interdict update) to keep them beside."; $("reviews-list").replaceChildren(); return; }
    const due = answer.reviews.filter((one) => !one.quiet);
    $("reviews-said").textContent = answer.reviews.length ? `${plural(answer.reviews.length, "review")}, ${due.length} of them due.` : "No review yet. On the page Screen, give the customer's number and decide a hit.";
    const rank = { reopened: 0, pending: 1, open: 2 };
    $("reviews-list").replaceChildren(...[...answer.reviews].sort((a, b) => (rank[a.status] ?? 3) - (rank[b.status] ?? 3) || b.id - a.id).map((one) => card(one, String(one.id) === open)));
  });
}

const person = (by) => typeof by === "string" ? by : by?.name ?? "";
function card(one, open) {
  const body = make("div");
  const node = make("details", { class: "card review", open, ontoggle: () => { if (node.open && !body.hasChildNodes()) whole(one.id, body); } },
    make("summary", {}, statusMark(one.status), " ", make("strong", {}, one.customer_name || one.customer), make("span", { class: "quiet" }, ` customer ${one.customer} · `), one.caption, make("span", { class: "quiet" }, ` ${sourceName(one.listing.split(":")[0])} · ${one.score.toFixed(2)} · since ${brief((one.since ?? "").slice(0, 10))} by ${person(one.by)}`)), body);
  return node;
}

async function whole(id, place) {
  try {
    const one = await ask(`/v1/reviews/${id}`);
    const reason = make("input", { required: true });
    const act = (kind, needed) => async () => {
      if (needed && !reason.value.trim()) { reason.focus(); fault("Say why."); return; }
      try {
        await ask(`/v1/reviews/${id}/${kind}`, {}, { reason: reason.value.trim(), ...($("reviews-me").value.trim() ? { reviewer: $("reviews-me").value.trim() } : {}) });
        fault(null);
        now(String(id));
      } catch (error) { fault(error); }
    };
    const acts = one.status === "pending" ? [["confirm", "Confirm", false], ["reject", "Reject", true]] : ["false_positive", "true_match"].includes(one.status) ? [["reopen", "Reopen", true]] : [];
    place.replaceChildren(facts([["decided", one.decision ? `${words[one.decision.is]}: ${one.decision.reason}` : ""], ["by", one.decision ? `${person(one.decision.by)}, ${brief((one.decision.at ?? "").slice(0, 10))}` : ""], ["confirmed by", one.decision?.confirmed_by ? `${person(one.decision.confirmed_by)}, ${brief((one.decision.confirmed_at ?? "").slice(0, 10))}` : ""],
      ["look again", one.decision?.again_on ? brief(one.decision.again_on) : ""], ["reopened because", (one.why ?? []).map(plain)], ["what changed", (one.changes ?? []).map((c) => `${c.of}, ${plain(c.field)} ${c.change}: ${c.value}`)], ["listing", one.listing]]),
      table("The record", ["at", "what", "by", "said"], one.events.map((e) => [(e.at ?? "").replace("T", " ").slice(0, 16), `${plain(e.kind)}${e.decision ? `: ${words[e.decision] ?? ""}` : ""}`, person(e.by), [e.reason, ...(e.why ?? []).map(plain)].filter(Boolean).join("; ")])),
      make("div", { class: "row" }, make("label", { class: "grow" }, "Reason", reason), acts.map(([kind, label, needed]) => make("button", { type: "button", onclick: act(kind, needed) }, label)), make("button", { type: "button", onclick: act("comment", true) }, "Comment"),
        make("a", { href: `/v1/reviews/${id}/export`, target: "_blank", rel: "noopener" }, "The whole case, to print")));
  } catch (error) { fault(error); }
}

/// Under a hit of a screened customer: what the memory says, and a form to decide it.
export function decideForm(hit, query, threshold, again) {
  const review = hit.review;
  const reason = make("input", {});
  const me = make("input", { value: (() => { try { return localStorage.getItem("reviewer") ?? ""; } catch { return ""; } })(), autocomplete: "name" });
  const said = make("p", { role: "alert", class: "differs" });
  const decide = (decision) => async () => {
    if (!reason.value.trim()) { said.textContent = "Say why."; reason.focus(); return; }
    try {
      try { localStorage.setItem("reviewer", me.value.trim()); } catch { /* a browser that keeps nothing */ }
      await ask("/v1/reviews", {}, { query, listing: hit.id, decision, reason: reason.value.trim(), seen: review.content, threshold, ...(me.value.trim() ? { reviewer: me.value.trim() } : {}) });
      again();
    } catch (error) { said.textContent = error.message; }
  };
  return make("div", { class: "decide" }, make("p", {}, statusMark(review.status), review.by ? ` by ${person(review.by)}${review.since ? `, ${brief(review.since.slice(0, 10))}` : ""}` : "", (review.why ?? []).length ? `: ${review.why.map(plain).join(", ")}` : "", review.id ? [" ", make("a", { href: `#reviews?open=${review.id}` }, "the record")] : ""),
    (review.changes ?? []).map((c) => make("p", { class: "quiet" }, `${c.of}: ${plain(c.field)} ${c.change}: ${c.value}`)),
    ["new", "open", "reopened"].includes(review.status) ? make("details", {}, make("summary", {}, "Decide"), make("div", { class: "row" }, make("label", { class: "grow" }, "Reason", reason), make("label", {}, "Your name", me),
      make("button", { type: "button", onclick: decide("false_positive") }, "False positive"), make("button", { type: "button", onclick: decide("true_match") }, "True match")), said) : "");
}
