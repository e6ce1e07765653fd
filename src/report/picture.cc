// Pictures as SVG 1.1: a timeline of measures, the ledger of people, a calendar of verdicts. The colours are those of
// Okabe and Ito, which most colour-blind readers can tell apart; shape or pattern says the same a second time.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <map>

#include "report/bars.h"
#include "report/history.h"
#include "report/law.h"
#include "report/svg.h"

namespace interdict::report {
namespace {

/// At most `limit` code points, with an ellipsis where something was cut.
std::string shortened(std::string_view text, std::size_t limit) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0U) == 0x80U) continue;
    if (++count > limit) return std::string(text.substr(0, i)) + "…";
  }
  return std::string(text);
}

/// Roughly how wide a text runs, in pixels; a little too wide rather than too narrow.
double width_of(std::string_view text, double size) {
  std::size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0U) == 0x80U ? 0 : 1;
  return static_cast<double>(count) * size * 0.56;
}

/// "Sources: A; B; C; and 14 more, ...", each once, the most cited first, as many as fit: for the foot of a picture.
std::string sources_of(const std::vector<const Provenance*>& facts, double width) {
  std::map<std::string, std::size_t> cited;
  for (const Provenance* fact : facts) {
    for (const std::string& source : fact->sources) ++cited[source];
  }
  std::vector<std::pair<std::string, std::size_t>> names(cited.begin(), cited.end());
  std::stable_sort(names.begin(), names.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  const auto rest = [&](std::size_t shown) {
    return shown == names.size() ? std::string(".")
                                 : fmt::format("; and {} more, with each entry of the case.", names.size() - shown);
  };
  std::string out = "Sources: ";
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string more = (i == 0 ? "" : "; ") + names[i].first;
    if (i > 0 && width_of(out + more + rest(i + 1), 12) > width) return out + rest(i);
    out += more;
  }
  return names.empty() ? std::string() : out + ".";
}

class Picture {
 public:
  Picture(double width, Day from, Day until, double left) : width_(width), from_(from), until_(until), left_(left) {}

  [[nodiscard]] double x(Day day) const {
    const double share = static_cast<double>((day - from_).count()) / static_cast<double>((until_ - from_).count());
    return left_ + std::clamp(share, 0.0, 1.0) * (width_ - left_ - right_margin);
  }
  [[nodiscard]] double left() const { return left_; }
  [[nodiscard]] double right() const { return width_ - right_margin; }

  template <typename... Args>
  void add(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(body_), format, std::forward<Args>(args)...);
    body_ += '\n';
  }
  void text(double at_x, double at_y, std::string_view value, std::string_view style = "",
            std::string_view anchor = "start") {
    add(R"(<text x="{:.1f}" y="{:.1f}" text-anchor="{}" class="{}">{}</text>)", at_x, at_y, anchor, style,
        escape(value));
  }
  /// Beneath all else, whenever it is called.
  void years(double top, double bottom) {
    std::string drawn;
    std::swap(drawn, body_);
    draw_years(top, bottom);
    body_ += drawn;
  }
  [[nodiscard]] std::string finish(double height, std::string_view title, std::string_view subtitle) const {
    std::string out = fmt::format(
        R"svg(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0:.0f} {1:.0f}" width="{0:.0f}" height="{1:.0f}" role="img" font-family="'Source Sans 3','Segoe UI','Helvetica Neue',Arial,sans-serif">
<title>{2}</title>
<style>
svg text {{ font-size: 12px; fill: #1c1c1c; }}
svg .title {{ font-size: 22px; font-weight: 600; }}
svg .subtitle {{ font-size: 14px; fill: #444; }}
svg .group {{ font-size: 14px; font-weight: 600; }}
svg .row {{ font-size: 12.5px; fill: #222; }}
svg .year {{ font-size: 12.5px; fill: #555; }}
svg .small {{ font-size: 12px; fill: #444; }}
svg .on {{ font-size: 10.5px; }}
svg .grid {{ stroke: #e4e4e4; stroke-width: 1; }}
svg .rule {{ stroke: #bbb; stroke-width: 1; }}
</style>
<defs>
<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="#fff"/><rect width="2.2" height="6" fill="#999"/></pattern>
</defs>
<rect width="{0:.0f}" height="{1:.0f}" fill="#fff"/>
)svg",
        width_, height, escape(title));
    out += fmt::format(
        "<text x=\"24\" y=\"36\" class=\"title\">{}</text>\n<text x=\"24\" y=\"56\" class=\"subtitle\">{}</text>\n",
        escape(title), escape(subtitle));
    return out + body_ + "</svg>\n";
  }

 private:
  void draw_years(double top, double bottom) {
    const auto first = static_cast<int>(std::chrono::year_month_day(from_).year());
    const auto last = static_cast<int>(std::chrono::year_month_day(until_).year());
    for (int year = first; year <= last; ++year) {
      const Day start = std::chrono::sys_days(std::chrono::year(year) / 1 / 1);
      const Day end = std::chrono::sys_days(std::chrono::year(year + 1) / 1 / 1);
      if (start >= from_ && start <= until_) {
        add(R"(<line x1="{0:.1f}" x2="{0:.1f}" y1="{1:.1f}" y2="{2:.1f}" class="grid"/>)", x(start), top, bottom);
      }
      const double middle = (x(std::max(start, from_)) + x(std::min(end, until_))) / 2;
      if (x(std::min(end, until_)) - x(std::max(start, from_)) > 26)
        text(middle, top - 6, std::to_string(year), "year", "middle");
    }
  }

  static constexpr double right_margin = 28;
  double width_;
  Day from_;
  Day until_;
  double left_;
  std::string body_;
};

constexpr std::array<std::string_view, 7> hues = {"#0072B2", "#D55E00", "#009E73", "#CC79A7",
                                                  "#56B4E9", "#7A5195", "#8C6D31"};

std::string_view verdict_colour(law::Verdict verdict) {
  switch (verdict) {
    case law::Verdict::no_nexus:
      return "#e3e3e3";
    case law::Verdict::permitted:
      return "#8fcfb4";
    case law::Verdict::authorised:
      return "#0072B2";
    case law::Verdict::undetermined:
      return "#F0C64A";
    case law::Verdict::prohibited:
      break;
  }
  return "#B8400A";
}

// -- the timeline -----------------------------------------------------------------------------------------------------

void draw_bar(Picture& picture, Bar bar, Day from, Day until, double y, std::string_view hue) {
  const double x = picture.x(from);
  const double width = std::max(1.0, picture.x(until) - x);
  switch (bar) {
    case Bar::none:
      return;
    case Bar::pending:
      picture.add(
          R"(<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="11" fill="none" stroke="{}" stroke-dasharray="3 2"/>)",
          x, y, width, hue);
      return;
    case Bar::binding:
      picture.add(R"(<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="11" fill="{}"/>)", x, y, width, hue);
      return;
    case Bar::suspended:
      picture.add(R"(<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="11" fill="{}" fill-opacity="0.22"/>)", x, y,
                  width, hue);
      return;
    case Bar::unknown:
      picture.add(
          R"svg(<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="11" fill="url(#hatch)" stroke="{}" stroke-width="0.6"/>)svg",
          x, y, width, hue);
      return;
  }
}

class Timeline {
 public:
  Timeline(const law::CaseIndex& world, const law::Dates& dates, Day from, Day until,
           const std::vector<std::string>& about)
      : world_(world), dates_(dates), from_(from), until_(until), about_(about), picture_(1400, from, until, 440) {}

  std::string draw() {
    legend(78);
    double y = 156;
    const double top = y;
    y = events(y);
    y = claims(y) + 14;
    std::size_t hue = 0;
    for (const Authority& authority : world_.value().authorities) {
      const std::vector<BarRow> rows = bar_rows(authority, world_, dates_, from_, until_, about_);
      if (rows.empty()) continue;
      y += 20;
      picture_.text(24, y, authority.name, "group");
      picture_.add(R"(<line x1="24" x2="{:.1f}" y1="{:.1f}" y2="{:.1f}" class="rule"/>)", picture_.right(), y + 5,
                   y + 5);
      y += 10;
      for (const BarRow& row : rows) {
        draw_row(row, y, hues[hue % hues.size()]);
        y += 17;
      }
      ++hue;
    }
    picture_.years(top - 14, y + 6);
    if (dates_.as_of > from_ && dates_.as_of < until_) {
      const double x = picture_.x(dates_.as_of);
      picture_.add(
          R"(<line x1="{0:.1f}" x2="{0:.1f}" y1="{1:.1f}" y2="{2:.1f}" stroke="#1c1c1c" stroke-dasharray="2 3"/>)", x,
          top - 14, y + 6);
      picture_.text(x, y + 18, to_string(dates_.as_of), "small", "end");
    }
    std::vector<const Provenance*> acts;
    for (const Act& act : world_.value().acts) acts.push_back(&act.provenance);
    picture_.text(24, y + 34,
                  "Drawn from the case's dated acts, listings and licences; what is announced changes no bar until an "
                  "act does.",
                  "small");
    picture_.text(24, y + 52, sources_of(acts, picture_.right() - 24), "small");
    return picture_.finish(y + 68, world_.value().title,
                           fmt::format("What was ordered, suspended, licensed and lifted, {} to {}", to_string(from_),
                                       to_string(until_ - std::chrono::days{1})));
  }

 private:
  void draw_row(const BarRow& row, double y, std::string_view hue) {
    picture_.add("<g><title>{}</title>", escape(row.label));
    picture_.text(24, y + 10, shortened(row.label, 66), "row");
    for (const BarSpan& span : row.bars) draw_bar(picture_, span.bar, span.from, span.until, y, hue);
    for (const Exception* exception : row.licences) {
      const Day begin = std::max(exception->window.from.value_or(from_), from_);
      const Day end = std::min(exception->window.until.value_or(until_), until_);
      const bool wind_down = exception->kind == "wind_down" || !exception->when.parts.empty();
      picture_.add(R"(<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="5" fill="{}"><title>{}</title></rect>)",
                   picture_.x(begin), y + 3, std::max(1.5, picture_.x(end) - picture_.x(begin)),
                   wind_down ? "#F0E442" : "#ffffff", escape(exception->title));
    }
    picture_.add("</g>");
  }

  double events(double y) {
    picture_.text(24, y + 18, "People released at once (by area)", "row");
    picture_.text(24, y + 58, "Visits, announcements, arrests", "row");
    double last_label = -100;
    for (const Event& event : world_.value().events) {
      const Day day = event.on.first_day();
      if (day < from_ || day >= until_ || day > dates_.as_of) continue;
      const double x = picture_.x(day);
      const std::string hint = escape(fmt::format("{}: {}", event.on.to_string(), event.title));
      if (event.kind == "release" && event.count) {
        const double r = 1.6 + std::sqrt(static_cast<double>(*event.count)) * 1.05;
        picture_.add(
            R"(<circle cx="{:.1f}" cy="{:.1f}" r="{:.1f}" fill="{}" fill-opacity="0.65" stroke="#fff" stroke-width="0.6"><title>{}</title></circle>)",
            x, y + 16, r, event.broker.empty() ? "#777777" : "#009E73", hint);
        if (*event.count >= 50 && x - last_label > 28) {
          picture_.text(x, y - 6, std::to_string(*event.count), "small", "middle");
          last_label = x;
        }
      } else if (event.kind == "visit") {
        picture_.add(R"(<path d="M{0:.1f} {1:.1f} l5 9 h-10 z" fill="#0072B2"><title>{2}</title></path>)", x, y + 48,
                     hint);
      } else if (event.kind == "announcement") {
        picture_.add(
            R"(<path d="M{0:.1f} {1:.1f} l5 5 l-5 5 l-5 -5 z" fill="none" stroke="#A0468A" stroke-width="1.8"><title>{2}</title></path>)",
            x, y + 48, hint);
      } else if (event.kind == "arrest") {
        picture_.add(
            R"(<path d="M{0:.1f} {1:.1f} l8 8 m0 -8 l-8 8" stroke="#D55E00" stroke-width="2"><title>{2}</title></path>)",
            x - 4, y + 50, hint);
      }
    }
    return y + 70;
  }

  double claims(double y) {
    picture_.text(24, y + 10, "Claims and statements", "row");
    for (const Claim& claim : world_.value().claims) {
      const Day day = claim.on.first_day();
      if (day < from_ || day >= until_ || day > dates_.as_of) continue;
      picture_.add(R"(<rect x="{:.1f}" y="{:.1f}" width="6" height="6" fill="{}"><title>{}</title></rect>)",
                   picture_.x(day) - 3, y + 3,
                   claim.stance == "opposes"    ? "#D55E00"
                   : claim.stance == "supports" ? "#009E73"
                                                : "#999999",
                   escape(fmt::format("{} {}: {}", claim.on.to_string(), claim.speaker, claim.says)));
    }
    return y + 14;
  }

  void legend(double y) {
    double x = 24;
    const auto item = [&](std::string_view mark, std::string_view label) {
      const double width = 30 + width_of(label, 12) + 22;
      if (x + width > picture_.right()) {
        x = 24;
        y += 20;
      }
      picture_.add(R"svg(<g transform="translate({:.1f} {:.1f})">{}</g>)svg", x, y, mark);
      picture_.text(x + 30, y + 10, label, "small");
      x += width;
    };
    item(R"(<rect width="24" height="11" fill="#555"/>)", "in force");
    item(R"(<rect width="24" height="11" fill="#555" fill-opacity="0.22"/>)", "suspended");
    item(R"(<rect width="24" height="11" fill="none" stroke="#555" stroke-dasharray="3 2"/>)",
         "proposed, blocked or not yet applied");
    item(R"svg(<rect width="24" height="11" fill="url(#hatch)" stroke="#555" stroke-width="0.6"/>)svg",
         "renewal not known");
    item(R"(<rect width="24" height="11" fill="#555"/><rect y="3" width="24" height="5" fill="#fff"/>)", "licensed");
    item(R"(<rect width="24" height="11" fill="#555"/><rect y="3" width="24" height="5" fill="#F0E442"/>)",
         "winding down or limited use only");
    item(R"(<circle cx="12" cy="6" r="6" fill="#009E73" fill-opacity="0.65"/>)", "people released through mediation");
    item(R"(<circle cx="12" cy="6" r="6" fill="#777" fill-opacity="0.65"/>)", "released without");
    item(R"(<path d="M12 1 l5 9 h-10 z" fill="#0072B2"/>)", "visit");
    item(R"(<path d="M12 1 l5 5 l-5 5 l-5 -5 z" fill="none" stroke="#A0468A" stroke-width="1.8"/>)", "announcement");
    item(R"(<path d="M8 2 l8 8 m0 -8 l-8 8" stroke="#D55E00" stroke-width="2"/>)", "arrests");
    item(R"(<rect x="9" y="3" width="6" height="6" fill="#D55E00"/>)", "claim that opposes relief");
    item(R"(<rect x="9" y="3" width="6" height="6" fill="#777"/>)", "other claim");
  }

  const law::CaseIndex& world_;
  const law::Dates& dates_;
  Day from_;
  Day until_;
  const std::vector<std::string>& about_;
  Picture picture_;
};

}  // namespace

std::string timeline_svg(const law::CaseIndex& world, const law::Dates& dates, Day from, Day until,
                         const std::vector<std::string>& about) {
  return Timeline(world, dates, from, until, about).draw();
}

namespace {

/// Counts as points, each with its value and whose count it is; labels are moved apart where they would meet.
template <typename Y>
void draw_counts(Picture& picture, const std::vector<const Figure*>& counts, Day from, Day until, const Y& y) {
  struct Box {
    double left, right, at;
  };
  std::vector<Box> taken;
  for (const Figure* figure : counts) {
    const Day day = figure->on.first_day();
    if (day < from || day > until) continue;
    picture.add(R"(<circle cx="{:.1f}" cy="{:.1f}" r="4.5" fill="#1c1c1c"><title>{}</title></circle>)", picture.x(day),
                y(figure->value),
                escape(fmt::format("{}: {:g}, {}", figure->on.to_string(), figure->value, figure->by)));
    const double x = picture.x(day);
    taken.push_back({x - 6, x + 6, y(figure->value)});
  }
  for (const Figure* figure : counts) {
    const Day day = figure->on.first_day();
    if (day < from || day > until) continue;
    const std::string label = figure->by.empty() ? fmt::format("{:g}", figure->value)
                                                 : fmt::format("{:g}, {}", figure->value, shortened(figure->by, 26));
    const double x = picture.x(day);
    const double width = width_of(label, 12);
    Box best{};
    bool right = true;
    bool found = false;
    for (const double shift : {0.0, -15.0, 15.0, -30.0, 30.0, -45.0, 45.0}) {
      for (const bool to_right : {true, false}) {
        if (found) break;
        Box box{to_right ? x + 9 : x - 9 - width, to_right ? x + 9 + width : x - 9, y(figure->value) + shift};
        if (box.right > picture.right() + 20 || box.left < picture.left()) continue;
        found = std::none_of(taken.begin(), taken.end(), [&](const Box& other) {
          return box.left < other.right && other.left < box.right && std::abs(box.at - other.at) < 13;
        });
        if (found) {
          best = box;
          right = to_right;
        }
      }
    }
    if (!found) continue;  // the point stays, and its title
    taken.push_back(best);
    picture.text(right ? best.left : best.right, best.at + 4, label, "small", right ? "start" : "end");
  }
}

}  // namespace

std::string ledger_svg(const law::Ledger& ledger, const law::CaseIndex& world, const law::Dates& dates) {
  std::optional<Day> first;
  double greatest = 10;
  for (const auto& line : ledger.lines) {
    first = std::min(first.value_or(line.event->on.first_day()), line.event->on.first_day());
    greatest = std::max(greatest, static_cast<double>(line.freed));
  }
  std::vector<const Figure*> counts;
  for (const Figure* figure : ledger.figures) {
    if (figure->metric != "political_prisoners") continue;
    counts.push_back(figure);
    if (!first || figure->on.first_day() >= *first) greatest = std::max(greatest, figure->value);
  }
  const Day from = first.value_or(dates.as_of - std::chrono::days{365}) - std::chrono::days{20};
  Day last = from + std::chrono::days{60};
  for (const auto& line : ledger.lines) last = std::max(last, line.event->on.first_day());
  for (const Figure* figure : counts) last = std::max(last, figure->on.first_day());
  const Day until = std::min(dates.as_of, last) + std::chrono::days{45};
  Picture picture(1100, from, until, 84);
  const double top = 140;
  const double bottom = 560;
  const double step = greatest > 1000 ? 250 : greatest > 300 ? 100 : greatest > 60 ? 20 : 5;
  const double ceiling = std::ceil(greatest / step) * step;
  const auto y = [&](double value) { return bottom - value / ceiling * (bottom - top); };
  for (double value = 0; value <= ceiling + 0.5; value += step) {
    picture.add(R"(<line x1="{:.1f}" x2="{:.1f}" y1="{:.1f}" y2="{:.1f}" class="grid"/>)", picture.left(),
                picture.right(), y(value), y(value));
    picture.text(picture.left() - 8, y(value) + 4, fmt::format("{:g}", value), "year", "end");
  }
  picture.years(top, bottom);
  const auto steps = [&](auto value_of, std::string_view colour, std::string_view dash) {
    std::string path = fmt::format("M{:.1f} {:.1f}", picture.left(), y(0));
    double value = 0;
    for (const auto& line : ledger.lines) {
      const auto next = value_of(line);
      if (!next) continue;
      value = *next;
      path += fmt::format(" H{:.1f} V{:.1f}", picture.x(line.event->on.first_day()), y(value));
    }
    path += fmt::format(" H{:.1f}", picture.x(until - std::chrono::days{15}));
    picture.add(R"(<path d="{}" fill="none" stroke="{}" stroke-width="2.4" stroke-dasharray="{}"/>)", path, colour,
                dash);
    return value;
  };
  const double freed = steps(
      [](const law::LedgerLine& line) -> std::optional<double> {
        return line.event->kind == "release" ? std::optional<double>(line.freed) : std::nullopt;
      },
      "#009E73", "none");
  std::string broker;  // the one that mediated most
  std::map<std::string, int> by_broker;
  for (const auto& line : ledger.lines) {
    if (line.freed_by_broker > 0) by_broker[line.event->broker] = line.freed_by_broker;
  }
  for (const auto& [name, count] : by_broker) {
    if (broker.empty() || count > by_broker[broker]) broker = name;
  }
  const double mediated = steps(
      [&](const law::LedgerLine& line) -> std::optional<double> {
        return line.freed_by_broker > 0 && line.event->broker == broker ? std::optional<double>(line.freed_by_broker)
                                                                        : std::nullopt;
      },
      "#0072B2", "9 3");
  const double arrested = steps(
      [](const law::LedgerLine& line) -> std::optional<double> {
        return line.event->kind == "arrest" ? std::optional<double>(line.arrested) : std::nullopt;
      },
      "#D55E00", "3 3");
  draw_counts(picture, counts, from, until, y);
  const Authority* mediator = world.authority(broker);
  std::string by = mediator == nullptr ? broker : mediator->name;
  by = by.substr(0, by.find(" ("));
  double at = 24;
  double row = 82;
  const auto key = [&](std::string_view colour, const std::string& label, bool point, std::string_view dash) {
    const double width = 25 + width_of(label, 12.5) + 18;
    if (at + width > picture.right()) {
      at = 24;
      row += 20;
    }
    if (point) {
      picture.add(R"(<circle cx="{:.1f}" cy="{:.1f}" r="4.5" fill="{}"/>)", at + 9, row, colour);
    } else {
      picture.add(
          R"(<line x1="{:.1f}" x2="{:.1f}" y1="{:.1f}" y2="{:.1f}" stroke="{}" stroke-width="3.4" stroke-dasharray="{}"/>)",
          at, at + 18, row, row, colour, dash);
    }
    picture.text(at + 25, row + 4, label, "row");
    at += width;
  };
  key("#1c1c1c", "political prisoners, as counted by those named", true, "none");
  key("#009E73", fmt::format("released so far: {:g}", freed), false, "none");
  if (!broker.empty()) key("#0072B2", fmt::format("of those, mediated by {}: {:g}", by, mediated), false, "9 3");
  key("#D55E00", fmt::format("newly arrested, as far as the case knows: {:g}", arrested), false, "3 3");
  std::vector<const Provenance*> facts;
  for (const Figure* figure : counts) facts.push_back(&figure->provenance);
  for (const auto& line : ledger.lines) facts.push_back(&line.event->provenance);
  picture.text(24, bottom + 34,
               "Releases are those of the case that give a number; they use different bases (pardoned, freed, "
               "exchanged), kept with each entry.",
               "small");
  picture.text(24, bottom + 52, sources_of(facts, picture.right() - 24), "small");
  return picture.finish(bottom + 68, "Released, and still held",
                        fmt::format("{}, {}", world.value().title, dates_text(dates)));
}

std::string spans_svg(const std::vector<DealSpans>& deals, const law::CaseIndex& world) {
  Day from{};
  Day until{};
  for (const auto& deal : deals) {
    if (deal.spans.empty()) continue;
    if (from == Day{}) from = deal.spans.front().from;
    until = std::max(until, deal.spans.back().until);
  }
  if (until <= from) until = from + std::chrono::days{1};
  Picture picture(1200, from, until, 250);
  double y = 128;
  const double top = y;
  for (const auto& deal : deals) {
    y += 16;
    picture.text(24, y, deal.title.empty() ? deal.deal : shortened(deal.title, 130), "group");
    y += 20;
    for (std::size_t a = 0; !deal.spans.empty() && a < deal.spans.front().judgment.by_authority.size(); ++a) {
      // An authority none of whose rules ever bore on the deal says nothing.
      const bool silent = std::all_of(deal.spans.begin(), deal.spans.end(), [&](const law::VerdictSpan& span) {
        return span.judgment.by_authority[a].reasons.empty();
      });
      const auto& first = deal.spans.front().judgment.by_authority[a];
      if (silent || first.apart) continue;
      const Authority* authority = world.authority(first.authority);
      std::string name = authority == nullptr ? first.authority : authority->name;
      picture.text(236, y + 1, name.substr(0, name.find(" (")), "row", "end");
      Day since = deal.spans.front().from;
      for (std::size_t i = 0; i < deal.spans.size(); ++i) {
        const auto& verdict = deal.spans[i].judgment.by_authority[a];
        if (i + 1 < deal.spans.size() && deal.spans[i + 1].judgment.by_authority[a].verdict == verdict.verdict)
          continue;
        const double left = picture.x(since);
        const double width = std::max(1.2, picture.x(deal.spans[i].until) - left);
        picture.add(
            R"(<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="13" fill="{}"><title>{} {} {} to {}</title></rect>)",
            left, y - 9, width, verdict_colour(verdict.verdict), escape(verdict.authority),
            law::to_string(verdict.verdict), to_string(since), to_string(deal.spans[i].until - std::chrono::days{1}));
        if (since != deal.spans.front().from && width > 70) {
          picture.add(R"(<text x="{:.1f}" y="{:.1f}" class="on" style="fill:{}">{}</text>)", left + 4, y + 1.5,
                      verdict.verdict == law::Verdict::prohibited || verdict.verdict == law::Verdict::authorised
                          ? "#fff"
                          : "#1c1c1c",
                      to_string(since));
        }
        since = deal.spans[i].until;
      }
      y += 18;
    }
    y += 6;
  }
  picture.years(top - 8, y);
  double x = 24;
  for (const law::Verdict verdict : {law::Verdict::prohibited, law::Verdict::undetermined, law::Verdict::authorised,
                                     law::Verdict::permitted, law::Verdict::no_nexus}) {
    picture.add(R"(<rect x="{:.1f}" y="76" width="22" height="12" fill="{}"/>)", x, verdict_colour(verdict));
    std::string name(law::to_string(verdict));
    std::replace(name.begin(), name.end(), '_', ' ');
    picture.text(x + 28, 86, name, "small");
    x += 28 + width_of(name, 12) + 26;
  }
  std::vector<const Provenance*> acts;
  for (const Act& act : world.value().acts) acts.push_back(&act.provenance);
  picture.text(24, y + 26, "A day in a bar is the first of its verdict. Export control, answered apart, is not shown.",
               "small");
  picture.text(24, y + 44, sources_of(acts, picture.right() - 24), "small");
  return picture.finish(y + 60, "Lawful or not, day by day",
                        fmt::format("{}, by each authority whose rules bore on the deal", world.value().title));
}

}  // namespace interdict::report
