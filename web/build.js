// A deal, step by step. What is left empty is not stated; nothing is assumed for it.
import { make, plain } from "/lib.js";

const steps = {
  Parties: [["parties", "Party", [["role", "Role", "role"], ["party", "Party", "party"]]]],
  Goods: [["goods", "Goods", [["code", "HS or CN code"], ["origin", "Origin", "country"], ["from", "Consigned from", "country"], ["quantity", "Quantity"], ["end_use", "End use"]]]],
  Route: [["route", "Leg", [["from", "From"], ["to", "To"], ["mode", "Mode", "mode"], ["territory", "Countries passed", "list"], ["carrier", "Carrier", "party"], ["flag", "Flag", "country"], ["insurer", "Insurer", "party"]]]],
  Payment: [["payments", "Payment", [["currency", "Currency"], ["payer_bank", "Payer’s bank", "party"], ["payee_bank", "Payee’s bank", "party"], ["clearing", "Cleared through", "parties"], ["messaging", "Message carried by", "party"]]]],
  Ownership: [["ownership", "Share", [["owner", "Owner", "party"], ["owned", "Owned", "party"], ["at_least", "At least %"], ["at_most", "At most %"]]]],
};
const choices = { role: ["seller", "buyer", "customer", "bank", "carrier", "insurer", "vessel", "aircraft", "consignee", "operator"], mode: ["rail", "sea", "air", "road", "pipeline"] };
const words = (text) => text.split(/[,;]/).map((one) => one.trim()).filter(Boolean);
let count = 0;

export function openBuilder(place, info, given, changed) {
  const draft = structuredClone(given);
  const known = new Map(info.parties.map((one) => [one.id, one.name]));
  const described = new Map((draft.described ?? []).map((one) => [one.id, one]));
  const shown = (id) => known.get(id) ?? described.get(id)?.name ?? id ?? "";
  const idOf = (text) => {
    const name = text.trim();
    if (!name) return "";
    for (const [id, one] of known) if (id === name || one.toLowerCase() === name.toLowerCase()) return id;
    for (const [id, one] of described) if (id === name || one.name.toLowerCase() === name.toLowerCase()) return id;
    const id = `own-${(count += 1)}`;
    described.set(id, { id, name });
    return id;
  };
  // Only parties that the deal speaks of go along; the server would ask what the others are for.
  const tell = () => {
    const used = new Set();
    const see = (value) => { if (Array.isArray(value)) value.forEach(see); else if (value && typeof value === "object") Object.values(value).forEach(see); else used.add(value); };
    see([draft.parties, draft.route, draft.payments, draft.ownership, draft.control, draft.alternatives]);
    const out = structuredClone(draft);
    out.described = [...described.values()].filter((one) => used.has(one.id));
    if (!out.described.length) delete out.described;
    for (const [key] of Object.values(steps).flat()) {
      out[key] = (out[key] ?? []).filter((entry) => Object.values(entry).some((value) => value.length));
      if (!out[key].length) delete out[key];
    }
    changed(out);
    unknown();
  };
  const input = (object, name, label, kind) => {
    const value = object[name];
    const set = (text) => {
      const next = kind === "party" ? idOf(text) : kind === "parties" ? words(text).map(idOf) : kind === "list" ? words(text).map((one) => one.toLowerCase()) : kind === "country" ? text.trim().toLowerCase() : text.trim();
      if (next.length) object[name] = next; else delete object[name];
      tell();
    };
    const text = kind === "party" ? shown(value) : kind === "parties" ? (value ?? []).map(shown).join(", ") : Array.isArray(value) ? value.join(", ") : value ?? "";
    if (choices[kind] && kind === "mode") {
      const select = make("select", { onchange: (event) => set(event.target.value) }, ["", ...choices.mode].map((one) => make("option", { value: one }, one || "–")));
      select.value = text;
      return make("label", {}, label, select);
    }
    return make("label", {}, label, make("input", { value: text, list: kind === "party" ? "known-parties" : kind === "role" ? "known-roles" : null, spellcheck: "false", autocomplete: "off", type: kind === "day" ? "date" : null,
      onchange: (event) => set(event.target.value) }));
  };
  const entries = ([key, title, fields]) => {
    draft[key] ??= [];
    const list = make("div");
    const again = () => list.replaceChildren(...draft[key].map((entry, i) => make("div", { class: "entry", role: "group", "aria-label": `${title} ${i + 1}` }, fields.map(([name, label, kind]) => input(entry, name, label, kind)),
      make("button", { type: "button", "aria-label": `Remove ${title.toLowerCase()} ${i + 1}`, onclick: () => { draft[key].splice(i, 1); again(); tell(); adding.focus(); } }, "Remove"))));
    const adding = make("button", { type: "button", onclick: () => { draft[key].push({}); again(); list.lastChild.querySelector("input, select").focus(); } }, `Add ${title.toLowerCase()}`);
    again();
    return [list, make("p", {}, adding)];
  };
  const strangers = make("div");
  const unknown = () => {
    const shownNow = [...strangers.querySelectorAll("[data-id]")].map((one) => one.dataset.id).join();
    if (shownNow === [...described.keys()].join()) return;
    strangers.replaceChildren(described.size ? make("h3", {}, "Parties the case does not know") : "", ...[...described.values()].map((one) => {
      const entry = make("div", { class: "entry" }, make("span", {}, one.name), input(one, "country", `Country of ${one.name}`, "country"));
      entry.dataset.id = one.id;
      return entry;
    }));
  };
  unknown();
  const panels = new Map(Object.keys(steps).map((name) => [name, make("div", { role: "tabpanel", "aria-label": name }, steps[name].map(entries), name === "Parties" ? strangers : "")]));
  panels.set("Kind and dates", make("div", { role: "tabpanel", "aria-label": "Kind and dates" }, make("div", { class: "entry" },
    input(draft, "title", "Title"), input(draft, "activities", "Activities", "list"), input(draft, "purposes", "Purposes", "list"), input(draft, "services", "Services", "list")),
    make("div", { class: "entry" }, input(draft, "date", "Day asked", "day"), input(draft, "contract_date", "Contract of", "day"), input(draft, "performance_date", "Performed on", "day"))));
  const names = [...panels.keys()];
  const tabs = names.map((name, i) => make("button", { type: "button", role: "tab", onclick: () => turn(i), onkeydown: (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) { const to = (i + step + names.length) % names.length; turn(to); tabs[to].focus(); }
  } }, `${i + 1}. ${name}`));
  const turn = (to) => {
    tabs.forEach((tab, i) => { tab.setAttribute("aria-selected", String(i === to)); tab.tabIndex = i === to ? 0 : -1; });
    [...panels.values()].forEach((panel, i) => { panel.hidden = i !== to; });
  };
  place.replaceChildren(make("div", { class: "steps", role: "tablist", "aria-label": "Steps" }, tabs), ...panels.values(),
    make("div", { class: "row" }, make("button", { type: "button", onclick: () => { for (const key of Object.keys(draft)) if (!["id", "date"].includes(key)) delete draft[key]; draft.id = "own"; draft.title = "A deal of my own"; draft.activities = ["sale"]; openBuilder(place, info, draft, changed); changed(draft); } }, "Start from nothing"),
      make("span", { class: "quiet" }, "An empty field is a fact not stated. Every change is judged at once.")),
    make("datalist", { id: "known-parties" }, [...known].map(([, name]) => make("option", { value: name }))),
    make("datalist", { id: "known-roles" }, choices.role.map((one) => make("option", { value: one }, plain(one)))));
  turn(0);
}
