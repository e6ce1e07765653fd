// A file of customers, screened in pieces, sorted for triage.
import { $, ask, fault, make, plural, save, sourceName } from "/lib.js";

/// RFC 4180, with the line ends of any system. A quote left open is an error that says where it began.
export function readCsv(text) {
  const rows = [];
  let row = [];
  let cell = "";
  let quoted = false;
  let line = 1;
  let began = 0;
  for (let i = 0; i < text.length; i += 1) {
    const c = text[i];
    if (c === "\n") line += 1;
    if (quoted) {
      if (c !== '"') cell += c;
      else if (text[i + 1] === '"') { cell += c; i += 1; } else quoted = false;
    } else if (c === '"' && cell === "") { quoted = true; began = line; }
    else if (c === ",") { row.push(cell); cell = ""; }
    else if (c === "\n" || c === "\r") {
      if (c === "\r" && text[i + 1] === "\n") continue;
      row.push(cell); cell = "";
      if (row.length > 1 || row[0] !== "") rows.push(row);
      row = [];
    } else cell += c;
  }
  if (quoted) throw new Error(`line ${began}: a quote that is never closed`);
  row.push(cell);
  if (row.length > 1 || row[0] !== "") rows.push(row);
  return rows;
}
// A cell that a spreadsheet would take for a formula is kept from being one.
const written = (value) => { const text = String(value ?? ""); const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text; return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe; };
export const writeCsv = (rows) => rows.map((row) => row.map(written).join(",")).join("\r\n") + "\r\n";

const properties = { name: "name", alias: "alias", birth_date: "birthDate", country: "country", id_number: "idNumber", address: "address", gender: "gender" };
const columns = ["score", "id", "name", "hits", "listing", "caption", "source"];
let results = [];
let order = { by: "score", down: true };
let stopped = false;

export function startFile() {
  const drop = $("file-drop");
  $("file-input").addEventListener("change", () => { if ($("file-input").files[0]) run($("file-input").files[0]); });
  for (const kind of ["dragover", "dragleave", "drop"]) drop.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.toggle("over", kind === "dragover"); if (kind === "drop" && event.dataTransfer.files[0]) run(event.dataTransfer.files[0]); });
  $("file-stop").addEventListener("click", () => { stopped = true; });
  $("file-filter").addEventListener("input", showTable);
  $("file-only").addEventListener("change", showTable);
  $("file-save").addEventListener("click", () => save("screened.csv", "text/csv", writeCsv([["id", "name", "score", "hits", "listing_id", "caption", "source"], ...sorted().flatMap((one) => one.hits.length ? one.hits.map((hit) => [one.id, one.name, hit.score, one.hits.length, hit.id, hit.caption, hit.datasets?.[0] ?? ""]) : [[one.id, one.name, one.fault || "", 0, "", "", ""]])])));
}

function queryOf(row, at) {
  const out = { schema: row[at.schema]?.trim() || "Thing", properties: {} };
  for (const [column, property] of Object.entries(properties)) {
    const values = at[column] === undefined ? [] : (row[at[column]] ?? "").split(";").map((one) => one.trim()).filter(Boolean);
    if (values.length) out.properties[property] = values;
  }
  return out;
}

async function run(file) {
  fault(null);
  results = [];
  stopped = false;
  try {
    const [head, ...rows] = readCsv((await file.text()).replace(/^\uFEFF/, ""));
    const at = Object.fromEntries((head ?? []).map((name, i) => [name.trim().toLowerCase(), i]));
    if (at.name === undefined) throw new Error("The file has no column “name”; its first line must name the columns.");
    $("file-work").hidden = false;
    $("file-stop").hidden = false;
    const piece = 50;
    for (let from = 0; from < rows.length && !stopped; from += piece) {
      const part = rows.slice(from, from + piece).map((row, i) => ({ id: row[at.id] || String(from + i + 1), name: (row[at.name] ?? "").trim(), query: queryOf(row, at), hits: [], fault: "" }));
      await screenPart(part.filter((one) => one.name || one.query.properties.idNumber || (one.fault = "no name")));
      results.push(...part);
      $("file-progress").value = results.length / rows.length;
      $("file-status").textContent = `${results.length.toLocaleString("en")} of ${plural(rows.length, "row")}, ${plural(results.filter((one) => one.hits.length).length, "row")} with hits`;
      showTable();
    }
    $("file-stop").hidden = true;
    if (stopped) $("file-status").textContent += "; stopped";
    showTable();
  } catch (error) { fault(error); }
}

// One bad row must not take its piece along: asked again alone, it is told with its reason.
async function screenPart(part) {
  if (!part.length) return;
  try {
    const answer = await ask("/match/default", { limit: 10, threshold: 0.7 }, { queries: Object.fromEntries(part.map((one, i) => [String(i), one.query])) });
    part.forEach((one, i) => {
      const got = answer.responses[String(i)];
      if (got.status !== 200) one.fault = got.detail ?? `status ${got.status}`;
      else one.hits = got.results.filter((hit) => hit.match);
    });
  } catch (error) {
    if (part.length === 1 && error.status && error.status < 500) part[0].fault = error.message;
    else if (error.status && error.status < 500 && error.status !== 401 && error.status !== 429) for (const one of part) await screenPart([one]);
    else throw error;
  }
}

const keyed = { score: (one) => one.fault ? 2 : one.hits[0]?.score ?? 0, id: (one) => one.id, name: (one) => one.name, hits: (one) => one.hits.length, listing: (one) => one.hits[0]?.id ?? "", caption: (one) => one.hits[0]?.caption ?? "", source: (one) => one.hits[0]?.datasets?.[0] ?? "" };
function sorted() {
  const wanted = $("file-filter").value.trim().toLowerCase();
  const of = keyed[order.by];
  return results.filter((one) => (!$("file-only").checked || one.hits.length || one.fault) && (!wanted || `${one.id} ${one.name} ${one.hits.map((hit) => hit.caption + hit.id).join(" ")}`.toLowerCase().includes(wanted)))
    .sort((a, b) => { const [x, y] = [of(a), of(b)]; return (x < y ? -1 : x > y ? 1 : 0) * (order.down ? -1 : 1); });
}

function showTable() {
  const all = sorted();
  const head = columns.map((name) => make("th", { scope: "col", "aria-sort": order.by === name ? (order.down ? "descending" : "ascending") : null }, make("button", { type: "button", onclick: () => { order = { by: name, down: order.by === name ? !order.down : name === "score" || name === "hits" }; showTable(); document.querySelector(`#file-table th:nth-child(${columns.indexOf(name) + 1}) button`).focus(); } }, name, order.by === name ? (order.down ? " ↓" : " ↑") : "")));
  $("file-table").replaceChildren(make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Rows of the file" }, make("table", {}, make("caption", { class: "unseen" }, "Rows of the file, best hit first"), make("thead", {}, make("tr", {}, head)),
    make("tbody", {}, all.slice(0, 500).map((one) => {
      const best = one.hits[0];
      const link = `#screen?${new URLSearchParams({ name: one.name, ...(one.query.schema === "Thing" ? {} : { schema: one.query.schema }), ...(one.query.properties.birthDate ? { birth_date: one.query.properties.birthDate[0] } : {}), ...(best ? { party: best.id } : {}) })}`;
      return make("tr", {}, make("td", { class: "n" }, best ? best.score.toFixed(2) : ""), make("td", {}, one.id), make("td", {}, make("a", { href: link }, one.name)), make("td", { class: "n" }, one.hits.length || ""), make("td", {}, best?.id ?? ""), make("td", { class: one.fault ? "differs" : null }, one.fault || (best?.caption ?? "")), make("td", {}, best ? sourceName(best.datasets?.[0] ?? "") : ""));
    })))), all.length > 500 ? make("p", { class: "quiet" }, `The first 500 of ${all.length.toLocaleString("en")}; the saved file holds all.`) : "");
}
