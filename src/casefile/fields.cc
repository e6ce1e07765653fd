#include "casefile/fields.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>

namespace interdict::casefile {
namespace {

constexpr std::size_t max_errors = 100;

std::size_t edits(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), 0U);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, substituted});
    }
  }
  return row[b.size()];
}

/// ISO 3166-1 alpha-2, all that are assigned, and Kosovo's user-assigned one.
constexpr std::string_view country_codes =
    "ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bl bm bn bo bq br bs bt bv bw by bz ca "
    "cc "
    "cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg eh er es et fi fj fk fm fo fr ga gb "
    "gd "
    "ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg "
    "kh "
    "ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mf mg mh mk ml mm mn mo mp mq mr ms mt mu mv "
    "mw "
    "mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb "
    "sc "
    "sd se sg sh si sj sk sl sm sn so sr ss st sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug um us "
    "uy "
    "uz va vc ve vg vi vn vu wf ws xk ye yt za zm zw";

std::string lower(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return text;
}

bool is_country(std::string_view text) {
  return text.size() == 2 && text.find(' ') == std::string_view::npos &&
         country_codes.find(text) != std::string_view::npos;
}

std::string no_country(const std::string& value) {
  std::string_view hint;
  if (lower(value) == "uk") hint = ", did you mean 'gb'?";
  if (lower(value) == "el") hint = ", did you mean 'gr'?";
  if (lower(value) == "eu") hint = "; the Union is an authority, its members are countries";
  return fmt::format("'{}' is no country of ISO 3166-1{}", value, hint);
}

}  // namespace

void Errors::add(const Place& place, std::string message, Fault fault) {
  if (all_.size() < max_errors) all_.push_back({fault, std::move(message), place});
}

std::string suggestion(std::string_view word, const std::vector<std::string>& known) {
  std::string_view best;
  std::size_t least = std::max<std::size_t>(word.size() < 4 ? 1 : 2, word.size() / 3) + 1;  // a swap is two edits
  if (word.size() > 40) return "";
  for (const std::string& candidate : known) {
    const std::size_t distance = edits(word, candidate);
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best.empty() ? "" : fmt::format(", did you mean '{}'?", best);
}

Fields::Fields(const Tree& tree, Errors& errors) : tree_(tree), errors_(errors) {
  INTERDICT_ASSERT(tree.kind == Tree::Kind::map);
}

const Tree* Fields::peek(std::string_view key) const {
  for (const Field& field : tree_.fields) {
    if (field.key == key) return &field.value;
  }
  return nullptr;
}

const Tree* Fields::child(std::string_view key) {
  asked_.emplace_back(key);
  return peek(key);
}

const Tree* Fields::list_of(std::string_view key) {
  const Tree* value = child(key);
  if (value == nullptr) return nullptr;
  if (value->kind != Tree::Kind::list) {
    errors_.add(value->place, fmt::format("'{}' must be a list", key));
    return nullptr;
  }
  return value;
}

std::string Fields::text(std::string_view key) {
  const Tree* value = child(key);
  if (value == nullptr) return "";
  if (value->kind != Tree::Kind::scalar || value->text.empty()) {
    errors_.add(value->place, fmt::format("'{}' must be text", key));
    return "";
  }
  return value->text;
}

std::string Fields::required(std::string_view key) {
  if (!has(key)) {
    std::string_view instead;  // one error for a misspelt key, not two
    for (const Field& field : tree_.fields) {
      if (!suggestion(field.key, {std::string(key)}).empty()) instead = field.key;
    }
    errors_.add(place(), instead.empty() ? fmt::format("'{}' is missing", key)
                                         : fmt::format("'{}' is missing, but there is '{}'", key, instead));
  }
  return text(key);
}

std::string Fields::id() {
  std::string value = required("id");
  for (const char c : value) {
    if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' && c != '_' && c != '.') {
      errors_.add(peek("id")->place, fmt::format("'{}' is no id: lower-case letters, digits and - _ . only", value));
      break;
    }
  }
  return value;
}

std::string Fields::word(std::string_view key, const std::vector<std::string>& allowed, std::string_view otherwise) {
  if (!has(key)) {
    asked_.emplace_back(key);
    if (otherwise.empty()) errors_.add(place(), fmt::format("'{}' is missing", key));
    return std::string(otherwise);
  }
  std::string value = text(key);
  if (std::find(allowed.begin(), allowed.end(), value) == allowed.end()) {
    errors_.add(peek(key)->place, fmt::format("'{}' is no {}{}", value, key, suggestion(value, allowed)));
    return std::string(otherwise);
  }
  return value;
}

std::vector<std::string> Fields::words(std::string_view key, const std::vector<std::string>* allowed) {
  const Tree* value = child(key);
  std::vector<std::string> out;
  if (value == nullptr) return out;
  const auto take = [&](const Tree& item) {
    if (item.kind != Tree::Kind::scalar || item.text.empty()) {
      errors_.add(item.place, fmt::format("'{}' must be text or a list of texts", key));
    } else if (allowed != nullptr && std::find(allowed->begin(), allowed->end(), item.text) == allowed->end()) {
      errors_.add(item.place, fmt::format("'{}' is not known here{}", item.text, suggestion(item.text, *allowed)));
    } else {
      out.push_back(item.text);
    }
  };
  if (value->kind == Tree::Kind::list) {
    for (const Tree& item : value->items) take(item);
  } else {
    take(*value);
  }
  return out;
}

std::optional<Day> Fields::day(std::string_view key) {
  const Tree* value = child(key);
  if (value == nullptr) return std::nullopt;
  const auto found = parse_day(value->text);
  if (!found) errors_.add(value->place, fmt::format("'{}' must be a day like 2021-06-24, not '{}'", key, value->text));
  return found;
}

std::optional<PartialDate> Fields::partial(std::string_view key) {
  const Tree* value = child(key);
  if (value == nullptr) return std::nullopt;
  const auto found = PartialDate::parse(value->text);
  if (!found) {
    errors_.add(value->place,
                fmt::format("'{}' must be a date (2021, 2021-06 or 2021-06-24), not '{}'", key, value->text));
  }
  return found;
}

bool Fields::flag(std::string_view key, bool otherwise) {
  return word(key, {"true", "false"}, otherwise ? "true" : "false") == "true";
}

std::optional<double> Fields::number(std::string_view key) {
  const Tree* value = child(key);
  if (value == nullptr) return std::nullopt;
  double out = 0;
  const char* end = value->text.data() + value->text.size();
  const auto [stop, fault] = std::from_chars(value->text.data(), end, out);
  if (fault != std::errc{} || stop != end || !std::isfinite(out)) {
    errors_.add(value->place, fmt::format("'{}' must be a number, not '{}'", key, value->text));
    return std::nullopt;
  }
  return out;
}

std::optional<int> Fields::whole(std::string_view key) {
  const Tree* value = child(key);
  if (value == nullptr) return std::nullopt;
  int out = 0;
  const char* end = value->text.data() + value->text.size();
  const auto [stop, fault] = std::from_chars(value->text.data(), end, out);
  if (fault != std::errc{} || stop != end) {
    errors_.add(value->place, fmt::format("'{}' must be a whole number, not '{}'", key, value->text));
    return std::nullopt;
  }
  return out;
}

Window Fields::window() {
  Window window{day("from"), day("until")};
  if (window.from && window.until && *window.until <= *window.from) {
    errors_.add(peek("until")->place, "'until' must be after 'from' (it is the first day no longer covered)",
                Fault::inconsistent);
  }
  return window;
}

std::string Fields::code(std::string_view key) {
  const Tree* value = child(key);
  if (value == nullptr) return "";
  std::string digits;
  bool clean = true;
  for (const char c : value->text) {
    if (c >= '0' && c <= '9') {
      digits += c;
    } else if (c != ' ') {
      clean = false;
    }
  }
  if (!clean || digits.size() < 2 || digits.size() > 10 || digits.size() % 2 != 0) {
    errors_.add(value->place, fmt::format("'{}' is no goods code: 2, 4, 6, 8 or 10 digits", value->text));
    return "";
  }
  return digits;
}

std::string Fields::country(std::string_view key) {
  const std::string value = text(key);
  if (value.empty()) return "";
  std::string code = lower(value);
  if (!is_country(code)) errors_.add(peek(key)->place, no_country(value));
  return code;
}

std::vector<std::string> Fields::countries(std::string_view key) {
  std::vector<std::string> values = words(key);
  for (std::string& value : values) {
    std::string code = lower(value);
    if (!is_country(code)) errors_.add(peek(key)->place, no_country(value));
    value = std::move(code);
  }
  return values;
}

std::string Fields::currency(std::string_view key) {
  std::string value = text(key);
  const bool sound =
      value.size() == 3 && std::all_of(value.begin(), value.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  if (!value.empty() && !sound) {
    errors_.add(peek(key)->place, fmt::format("'{}' is no currency: three capital letters (ISO 4217)", value));
  }
  return value;
}

Provenance Fields::provenance(const Provenance* parent) {
  Provenance out;
  if (parent != nullptr) out = *parent;
  out.place = place();
  if (has("source") || parent == nullptr) {
    if (!has("source")) errors_.add(place(), "'source' is missing: every fact says where it comes from");
    out.sources = words("source");
  } else {
    asked_.emplace_back("source");
  }
  static const std::vector<std::string> levels = {"low", "medium", "high"};
  if (has("confidence") || parent == nullptr) {
    const std::string level = word("confidence", levels, "");
    out.confidence = level == "low" ? Confidence::low : level == "medium" ? Confidence::medium : Confidence::high;
  } else {
    asked_.emplace_back("confidence");
  }
  out.note = text("note");
  return out;
}

void Fields::done() {
  for (const Field& field : tree_.fields) {
    if (std::find(asked_.begin(), asked_.end(), field.key) == asked_.end()) {
      errors_.add(field.place, fmt::format("unknown key '{}'{}", field.key, suggestion(field.key, asked_)));
    }
  }
}

}  // namespace interdict::casefile
