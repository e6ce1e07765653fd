// A review as one page to print and keep. Every value is escaped and set apart in its own direction (<bdi>), so that no
// name, whatever it holds, can be more than text.
#include <fmt/format.h>
#include <simdjson.h>

#include <iterator>

#include "report/reviews.h"
#include "report/reviews_parts.h"

namespace interdict::report {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;

constexpr std::string_view style = R"css(
:root { color-scheme: light; }
body { font: 11pt/1.45 system-ui, "Segoe UI", "Noto Sans", sans-serif; color: #111; background: #fff; max-width: 52rem;
  margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; margin: 0 0 .2rem; } h2 { font-size: 1.1rem; margin: 1.6rem 0 .4rem; border-bottom: 1px solid #999; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: .2rem .6rem .2rem 0;
  border-bottom: 1px solid #ddd; font-weight: normal; } thead th { border-bottom: 1px solid #777; color: #444; }
tbody th { width: 11rem; color: #444; } .status { font-weight: 600; } .number { text-align: right; white-space: nowrap; }
.hash { font: 9pt ui-monospace, monospace; } footer { margin-top: 2rem; color: #444; font-size: 9.5pt; }
.signatures td { height: 3.2rem; width: 33%; vertical-align: bottom; color: #444; }
@media print { body { margin: 0; max-width: none; font-size: 9.5pt; } h2 { break-after: avoid; } tr { break-inside: avoid; }
  thead { display: table-header-group; } }
@page { margin: 18mm; }
)css";

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string value(std::string_view text) { return fmt::format("<bdi>{}</bdi>", escaped(text)); }

class Page {
 public:
  void raw(std::string_view html) { out_ += html; }
  void heading(std::string_view text) { format("<h2>{}</h2>\n", escaped(text)); }
  void begin_table(std::initializer_list<std::string_view> columns = {}) {
    out_ += "<table>";
    if (columns.size() != 0) {
      out_ += "<thead><tr>";
      for (const std::string_view column : columns) format("<th scope=\"col\">{}</th>", escaped(column));
      out_ += "</tr></thead>";
    }
    out_ += "<tbody>\n";
  }
  void end_table() { out_ += "</tbody></table>\n"; }
  /// A label and what it is of; nothing for an empty value.
  void row(std::string_view label, std::string_view text) {
    if (!text.empty()) format("<tr><th scope=\"row\">{}</th><td>{}</td></tr>\n", escaped(label), value(text));
  }
  void cells(std::initializer_list<std::string_view> texts) {
    out_ += "<tr>";
    for (const std::string_view text : texts) format("<td>{}</td>", value(text));
    out_ += "</tr>\n";
  }
  template <typename... Args>
  void format(fmt::format_string<Args...> form, Args&&... args) {
    fmt::format_to(std::back_inserter(out_), form, std::forward<Args>(args)...);
  }
  [[nodiscard]] std::string str() && { return std::move(out_); }

 private:
  std::string out_;
};

// What was kept is our own JSON; where it is not (a damaged file), the part is left empty rather than the page refused.

std::string text_of(const element& json) {
  std::string_view text;
  if (json.get(text) == simdjson::SUCCESS) return std::string(text);
  // What a name has left over, or what was reckoned with it, is told by its name.
  for (const char* name : {"part", "what"}) {
    if (json.at_key(name).get(text) == simdjson::SUCCESS) return std::string(text);
  }
  return json.is_null() ? std::string() : simdjson::minify(json);
}

std::string text_at(const element& json, std::string_view name) {
  element found;
  return json.at_key(name).get(found) == simdjson::SUCCESS ? text_of(found) : std::string();
}

std::string number_at(const element& json, std::string_view name) {
  double number = 0;
  if (json.at_key(name).get(number) != simdjson::SUCCESS) return "";
  return fmt::format("{:.2f}", shown(number));
}

std::string signed_at(const element& json, std::string_view name) {
  double number = 0;
  return json.at_key(name).get(number) == simdjson::SUCCESS ? fmt::format("{:+.2f}", number) : "";
}

std::string list_at(const element& json, std::string_view name, std::string_view separator = "; ") {
  std::string out;
  array list;
  if (json.at_key(name).get(list) != simdjson::SUCCESS) return out;
  for (const element one : list) {
    if (!out.empty()) out += separator;
    out += text_of(one);
  }
  return out;
}

void put_facts(Page& page, const reviews::Facts& facts) {
  page.begin_table();
  for (const reviews::Fact& fact : facts) page.row(fact.field, fact.value);
  page.end_table();
}

void put_name_evidence(Page& page, const element& evidence) {
  page.format("<p>Name score <span class=\"status\">{}</span>: {} against {}</p>\n", number_at(evidence, "score"),
              value(text_at(evidence, "query")), value(text_at(evidence, "listed")));
  array pairs;
  if (evidence.at_key("pairs").get(pairs) == simdjson::SUCCESS) {
    page.begin_table({"Of the customer", "On the list", "How", "Similarity", "Weight"});
    for (const element pair : pairs) {
      page.format(
          "<tr><td>{}</td><td>{}</td><td>{}</td><td class=\"number\">{}</td><td class=\"number\">{}</td></tr>\n",
          value(text_at(pair, "query")), value(text_at(pair, "listed")), value(text_at(pair, "how")),
          number_at(pair, "similarity"), number_at(pair, "weight"));
    }
    page.end_table();
  }
  page.begin_table();
  page.row("Only of the customer", list_at(evidence, "query_left"));
  page.row("Only on the list", list_at(evidence, "listed_left"));
  page.row("Costs", list_at(evidence, "costs"));
  page.row("Factors", list_at(evidence, "factors"));
  page.row("Noted", list_at(evidence, "notes"));
  page.end_table();
}

void put_evidence(Page& page, const element& hit) {
  array all;
  if (hit.at_key("evidence").get(all) != simdjson::SUCCESS) return;
  bool any_other = false;
  for (const element evidence : all) {
    if (text_at(evidence, "kind") == "name") {
      put_name_evidence(page, evidence);
    } else {
      any_other = true;
    }
  }
  if (!any_other) return;
  page.begin_table({"Evidence", "Of the customer", "On the list", "What it says", "Effect"});
  for (const element evidence : all) {
    const std::string kind = text_at(evidence, "kind");
    if (kind == "name") continue;
    page.format("<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td class=\"number\">{}</td></tr>\n",
                escaped(words(kind)), value(text_at(evidence, "query")), value(text_at(evidence, "listed")),
                value(text_at(evidence, "note")), signed_at(evidence, "effect"));
  }
  page.end_table();
}

void put_world(Page& page, const element& world) {
  page.begin_table();
  page.row("As of", text_at(world, "as_of"));
  page.row("Known at", text_at(world, "known_at"));
  page.row("Program", text_at(world, "program"));
  page.row("Matching tables", text_at(world, "tables"));
  page.end_table();
  array sources;
  if (world.at_key("sources").get(sources) != simdjson::SUCCESS) return;
  page.begin_table({"List", "Published", "Coverage", "Version"});
  for (const element source : sources) {
    page.format("<tr><td>{}</td><td>{}</td><td>{}</td><td class=\"hash\">{}</td></tr>\n",
                value(text_at(source, "source")), value(text_at(source, "published")),
                escaped(words(text_at(source, "coverage"))), value(text_at(source, "version")));
  }
  page.end_table();
}

void put_seen(Page& page, const reviews::Seen& seen) {
  simdjson::dom::parser parser;
  element hit;
  if (parser.parse(seen.hit).get(hit) == simdjson::SUCCESS) {
    page.heading("The listing");
    page.begin_table();
    page.row("Listing", text_at(hit, "id"));
    page.row("Name", text_at(hit, "caption"));
    page.row("Matched on", text_at(hit, "matched_name"));
    page.row("Programmes", list_at(hit, "programmes"));
    page.row("Standing", words(text_at(hit, "standing")));
    page.row("Score", number_at(hit, "score"));
    page.end_table();
    page.heading("Evidence");
    put_evidence(page, hit);
  }
  page.heading("What the decision rests on, of the customer");
  put_facts(page, seen.content.customer);
  page.heading("What the decision rests on, of the listing");
  put_facts(page, seen.content.listing);
  page.format("<p>Content <span class=\"hash\">{}</span></p>\n", escaped(seen.content.hash));
  simdjson::dom::parser world_parser;
  element world;
  if (world_parser.parse(seen.world).get(world) == simdjson::SUCCESS) {
    page.heading("The world it was screened in");
    put_world(page, world);
  }
}

void put_decision(Page& page, const reviews::Review& review) {
  page.heading("Decision");
  if (review.decision == reviews::Decision::none) {
    page.raw("<p>None yet.</p>\n");
    return;
  }
  page.begin_table();
  page.row("Decided", words(reviews::to_string(review.decision)));
  page.row("Reason", review.reason);
  page.row("By", review.decided_by.name);
  page.row("Key", review.decided_by.key);
  page.row("At", to_string(review.decided_at));
  if (review.confirmed_by) {
    page.row("Confirmed by", review.confirmed_by->name);
    page.row("Key of who confirmed", review.confirmed_by->key);
  }
  if (review.confirmed_at) page.row("Confirmed at", to_string(*review.confirmed_at));
  if (review.again_on) page.row("Look again on", to_string(*review.again_on));
  page.end_table();
}

void put_changes(Page& page, const ReviewCase& all) {
  if (all.review.why.empty()) return;
  page.heading("Why it reopened");
  page.format("<p>{}</p>\n", escaped(words(all.review.why)));
  if (all.changes.empty()) return;
  page.begin_table({"Of the", "Change", "Field", "Value"});
  for (const reviews::Difference& one : all.changes) {
    page.cells(
        {one.of_listing ? "listing" : "customer", one.added ? "added" : "removed", one.fact.field, one.fact.value});
  }
  page.end_table();
}

void put_events(Page& page, const std::vector<reviews::Event>& events) {
  page.heading("Who did what, and when");
  page.begin_table({"No.", "When (UTC)", "Who", "Key", "Act", "Text"});
  for (const reviews::Event& event : events) {
    std::string act(reviews::to_string(event.kind));
    if (event.decision != reviews::Decision::none) act += ": " + words(reviews::to_string(event.decision));
    page.cells({std::to_string(event.sequence), to_string(event.at), event.by.name, event.by.key, act,
                event.reason.empty() ? words(event.why) : event.reason});
  }
  page.end_table();
}

}  // namespace

std::string review_html(const ReviewCase& all, Instant made) {
  const reviews::Review& review = all.review;
  Page page;
  page.raw("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n");
  page.raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n");
  page.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
  page.format("<title>Review {}: {} and {}</title>\n<style>{}</style></head><body><main>\n", review.id,
              escaped(review.customer), escaped(review.listing), style);
  page.format("<h1>Review {}</h1>\n<p>{} (customer {}) and {} ({})</p>\n", review.id, value(review.customer_name),
              value(review.customer), value(review.caption), value(review.listing));
  page.format("<p>Status <span class=\"status\">{}</span> since {} by {}</p>\n",
              escaped(words(reviews::to_string(review.status))), to_string(review.since), value(review.by.name));
  put_decision(page, review);
  put_changes(page, all);
  put_seen(page, all.decided_on ? *all.decided_on : all.seen);
  put_events(page, all.events);
  page.raw(
      "<h2>Signatures</h2>\n<table class=\"signatures\"><tbody><tr><td>Name</td><td>Date</td><td>Signature</td></tr>");
  page.raw("<tr><td>Name</td><td>Date</td><td>Signature</td></tr></tbody></table>\n</main>\n");
  page.format("<footer>Made by interdict at {} from events up to number {}.</footer>\n</body></html>\n",
              to_string(made), review.last_event);
  return std::move(page).str();
}

}  // namespace interdict::report
