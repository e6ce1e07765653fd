// The deal a page speaks of: one of the case's own, by its id, or one's own, carried whole in the address.
import { ask, make } from "/lib.js";

export function fillDeals(select, deals, chosen, own) {
  select.replaceChildren(...deals.map((deal) => make("option", { value: deal.id }, deal.title)));
  if (own) select.append(make("option", { value: "" }, `Your own: ${own.title}`));
  select.value = own ? "" : chosen;
}
export const example = (deals) => deals.find((deal) => deal.alternatives > 1)?.id ?? deals[0]?.id ?? "";
export function ownOf(state) {
  try { return state.get("own") ? JSON.parse(state.get("own")) : null; } catch { return null; }
}
/// Asks `path` of the deal, whichever it is.
export const askOf = (path, deal, own, parameters, signal) => own ? ask(path, parameters, own, signal) : ask(path, { deal, ...parameters }, null, signal);
