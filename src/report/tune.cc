#include "report/tune.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>

#include "report/json.h"
#include "report/svg.h"

namespace interdict::report {
namespace {

double per_thousand(std::uint64_t count, std::uint64_t customers) {
  return customers == 0 ? 0 : 1000 * static_cast<double>(count) / static_cast<double>(customers);
}

void write_estimate(Json& json, const char* name, const screen::Estimate& estimate) {
  const auto number = [&](double value) {
    if (std::isnan(value)) {
      json.null();
    } else {
      json.number(value);
    }
  };
  json.key(name);
  json.begin_object();
  json.key("value");
  number(estimate.value);
  json.key("low");
  number(estimate.low);
  json.key("high");
  number(estimate.high);
  json.end_object();
}

std::string shown(const screen::Estimate& estimate) {
  if (std::isnan(estimate.value)) return fmt::format("{:^19}", "-");
  return fmt::format("{:.3f} ({:.3f}-{:.3f})", estimate.value, estimate.low, estimate.high);
}

bool is_in_table(std::size_t i) { return i % 5 == 0; }

// The picture ---------------------------------------------------------------------------------------------------------

constexpr double width = 960;
constexpr double left = 64;
constexpr double right = width - 150;  // room for what the curves are called
constexpr double top = 104;
constexpr double bottom = 404;
constexpr double alerts_top = 452;
constexpr double alerts_bottom = 602;

struct Curve {
  const char* name;
  const char* colour;  // of Okabe and Ito
  const char* dash;
  screen::Estimate screen::SweepPoint::* of;
};
constexpr std::array<Curve, 3> curves = {{{"precision", "#0072B2", "7 3", &screen::SweepPoint::precision},
                                          {"recall", "#D55E00", "2 3", &screen::SweepPoint::recall},
                                          {"F1", "#009E73", "none", &screen::SweepPoint::f1}}};

class Chart {
 public:
  explicit Chart(const Tuning& tuning) : tuning_(tuning) {}

  std::string draw() {
    axis();
    for (const Curve& curve : curves) band(curve);
    for (const Curve& curve : curves) line(curve);
    names();
    best();
    const bool has_alerts = tuning_.alerts && tuning_.alerts->customers > 0;
    if (has_alerts) alerts();
    return finish(has_alerts ? alerts_bottom + 52 : bottom + 52);
  }

 private:
  template <typename... Args>
  void add(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(body_), format, std::forward<Args>(args)...);
    body_ += '\n';
  }
  [[nodiscard]] double x(double threshold) const {
    const double from = tuning_.points.front().threshold;
    const double span = std::max(tuning_.points.back().threshold - from, 1e-9);
    return left + (right - left) * (threshold - from) / span;
  }
  static double y(double share) { return bottom - (bottom - top) * std::clamp(share, 0.0, 1.0); }

  void axis() {
    for (int tenth = 0; tenth <= 10; tenth += 2) {
      const double at = y(tenth / 10.0);
      add(R"(<line x1="{:.1f}" x2="{:.1f}" y1="{:.1f}" y2="{:.1f}" class="grid"/>)", left, right, at, at);
      add(R"(<text x="{:.1f}" y="{:.1f}" text-anchor="end" class="tick">{:.1f}</text>)", left - 8, at + 4,
          tenth / 10.0);
    }
    thresholds(bottom);
  }

  void thresholds(double below) {
    for (std::size_t i = 0; i < tuning_.points.size(); i += 5) {
      const double at = x(tuning_.points[i].threshold);
      add(R"(<line x1="{0:.1f}" x2="{0:.1f}" y1="{1:.1f}" y2="{2:.1f}" class="rule"/>)", at, below, below + 5);
      add(R"(<text x="{:.1f}" y="{:.1f}" text-anchor="middle" class="tick">{:.2f}</text>)", at, below + 19,
          tuning_.points[i].threshold);
    }
  }

  /// From the first point that has something to say to the last.
  template <typename Visit>
  void each_known(const Curve& curve, const Visit& visit) const {
    for (const screen::SweepPoint& point : tuning_.points) {
      const screen::Estimate& estimate = point.*curve.of;
      if (!std::isnan(estimate.value) && !std::isnan(estimate.low)) visit(x(point.threshold), estimate);
    }
  }

  void band(const Curve& curve) {
    std::string there;
    std::string back;
    each_known(curve, [&](double at, const screen::Estimate& estimate) {
      there += fmt::format("{:.1f},{:.1f} ", at, y(estimate.high));
      back = fmt::format("{:.1f},{:.1f} ", at, y(estimate.low)) + back;
    });
    add(R"(<polygon points="{}{}" fill="{}" fill-opacity="0.13"/>)", there, back, curve.colour);
  }

  void line(const Curve& curve) {
    std::string points;
    each_known(curve, [&](double at, const screen::Estimate& estimate) {
      points += fmt::format("{:.1f},{:.1f} ", at, y(estimate.value));
    });
    add(R"(<polyline points="{}" fill="none" stroke="{}" stroke-width="2.2" stroke-dasharray="{}"/>)", points,
        curve.colour, curve.dash);
  }

  /// Beside the ends of the curves, pushed apart where they would lie upon each other.
  void names() {
    std::vector<std::pair<double, const Curve*>> ends;
    for (const Curve& curve : curves) {
      double last = bottom;
      each_known(curve, [&](double, const screen::Estimate& estimate) { last = y(estimate.value); });
      ends.emplace_back(last, &curve);
    }
    std::ranges::sort(ends);
    double free = top - 20;
    for (auto& [at, curve] : ends) {
      at = std::max(at, free + 17);
      free = at;
      add(R"(<line x1="{0:.1f}" x2="{1:.1f}" y1="{2:.1f}" y2="{2:.1f}" stroke="{3}" stroke-width="2.2" stroke-dasharray="{4}"/>)",
          right + 10, right + 36, at, curve->colour, curve->dash);
      add(R"(<text x="{:.1f}" y="{:.1f}" class="name" style="fill:{}">{}</text>)", right + 42, at + 4, curve->colour,
          curve->name);
    }
  }

  void best() {
    const screen::SweepPoint& point = screen::best_f1(tuning_.points);
    if (std::isnan(point.f1.value)) return;
    const double at = x(point.threshold);
    const bool is_right = at > (left + right) / 2;
    add(R"(<line x1="{0:.1f}" x2="{0:.1f}" y1="{1:.1f}" y2="{2:.1f}" stroke="#1c1c1c" stroke-dasharray="1 3"/>)", at,
        top, tuning_.alerts ? alerts_bottom : bottom);
    add(R"(<circle cx="{:.1f}" cy="{:.1f}" r="4.5" fill="#009E73"/>)", at, y(point.f1.value));
    add(R"(<text x="{:.1f}" y="{:.1f}" text-anchor="{}" class="note">best F1 {:.3f} at {:.2f}</text>)",
        at + (is_right ? -8 : 8), bottom - 12, is_right ? "end" : "start", point.f1.value, point.threshold);
  }

  void alerts() {
    const Alerts& alerts = *tuning_.alerts;
    std::uint64_t most = 1;
    for (const std::uint64_t count : alerts.alerted) most = std::max(most, count);
    const double ceiling = nice(per_thousand(most, alerts.customers));
    const auto height = [&](std::uint64_t count) {
      return (alerts_bottom - alerts_top) * per_thousand(count, alerts.customers) / ceiling;
    };
    add(R"(<text x="{:.1f}" y="{:.1f}" class="group">Customers alerted, of 1,000</text>)", left, alerts_top - 12);
    for (int part = 0; part <= 2; ++part) {
      const double at = alerts_bottom - (alerts_bottom - alerts_top) * part / 2.0;
      add(R"(<line x1="{:.1f}" x2="{:.1f}" y1="{:.1f}" y2="{:.1f}" class="grid"/>)", left, right, at, at);
      add(R"(<text x="{:.1f}" y="{:.1f}" text-anchor="end" class="tick">{:.4g}</text>)", left - 8, at + 4,
          ceiling * part / 2.0);
    }
    const double step = (right - left) / static_cast<double>(std::max<std::size_t>(tuning_.points.size() - 1, 1));
    for (std::size_t i = 0; i < tuning_.points.size(); ++i) {
      const double tall = height(alerts.alerted[i]);
      add(R"(<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" fill="#7A5195" fill-opacity="{}"><title>at {:.2f}: {} of {} customers, {} hits</title></rect>)",
          x(tuning_.points[i].threshold) - step * 0.38, alerts_bottom - tall, step * 0.76, tall,
          is_in_table(i) ? "0.95" : "0.55", tuning_.points[i].threshold, alerts.alerted[i], alerts.customers,
          alerts.hits[i]);
    }
    thresholds(alerts_bottom);
  }

  /// The next of 1, 2, 3, 5 times a power of ten.
  static double nice(double value) {
    const double power = std::pow(10, std::floor(std::log10(std::max(value, 1e-6))));
    for (const double factor : {1.0, 2.0, 3.0, 5.0}) {
      if (value <= factor * power) return factor * power;
    }
    return 10 * power;
  }

  [[nodiscard]] std::string finish(double height) const {
    const std::string title = "What a threshold costs";
    std::string subtitle = fmt::format("{}: {} pairs, {} of them one party; bands are 95 % bootstrap intervals",
                                       tuning_.title, tuning_.pairs, tuning_.matches);
    if (tuning_.alerts) subtitle += fmt::format("; alerts from {} customers", tuning_.alerts->customers);
    return fmt::format(
               R"svg(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0:.0f} {1:.0f}" width="{0:.0f}" height="{1:.0f}" role="img" font-family="'Source Sans 3','Segoe UI','Helvetica Neue',Arial,sans-serif">
<title>{2}</title>
<style>
svg text {{ font-size: 12px; fill: #1c1c1c; }}
svg .title {{ font-size: 22px; font-weight: 600; }}
svg .subtitle {{ font-size: 13px; fill: #555; }}
svg .group {{ font-size: 13px; font-weight: 600; }}
svg .tick {{ font-size: 11.5px; fill: #666; }}
svg .name {{ font-size: 13px; font-weight: 600; }}
svg .note {{ font-size: 12px; fill: #1c1c1c; }}
svg .grid {{ stroke: #e4e4e4; stroke-width: 1; }}
svg .rule {{ stroke: #999; stroke-width: 1; }}
</style>
<rect width="{0:.0f}" height="{1:.0f}" fill="#fff"/>
<text x="24" y="36" class="title">{2}</text>
<text x="24" y="58" class="subtitle">{3}</text>
)svg",
               width, height, escape(title), escape(subtitle)) +
           body_ +
           fmt::format(
               "<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\" class=\"tick\">threshold</text>\n</svg>\n",
               (left + right) / 2, height - 12);
  }

  const Tuning& tuning_;
  std::string body_;
};

}  // namespace

std::string tuning_json(const Tuning& tuning) {
  Json json;
  const auto count = [&](const char* name, std::uint64_t value) {
    json.key(name);
    json.integer(static_cast<std::int64_t>(value));
  };
  const auto number = [&](const char* name, double value) {
    json.key(name);
    json.number(value);
  };
  json.begin_object();
  json.field("labelled", tuning.title);
  count("pairs", tuning.pairs);
  count("matches", tuning.matches);
  if (tuning.alerts) count("customers", tuning.alerts->customers);
  number("best_f1_at", screen::best_f1(tuning.points).threshold);
  json.key("thresholds");
  json.begin_array();
  for (std::size_t i = 0; i < tuning.points.size(); ++i) {
    const screen::SweepPoint& point = tuning.points[i];
    json.begin_object();
    number("threshold", point.threshold);
    count("hits", point.hits);
    count("true_hits", point.true_hits);
    write_estimate(json, "precision", point.precision);
    write_estimate(json, "recall", point.recall);
    write_estimate(json, "f1", point.f1);
    if (tuning.alerts) {
      count("customers_alerted", tuning.alerts->alerted[i]);
      count("customer_hits", tuning.alerts->hits[i]);
      number("alerted_per_1000", per_thousand(tuning.alerts->alerted[i], tuning.alerts->customers));
    }
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json.str();
}

std::string tuning_text(const Tuning& tuning) {
  std::string out =
      fmt::format("{} pairs, {} of them one party; in brackets 95 % intervals\n\n", tuning.pairs, tuning.matches);
  out += fmt::format("{:>9}  {:<19}  {:<19}  {}\n", "threshold", "precision", "recall",
                     tuning.alerts ? "F1                   alerted per 1,000    hits" : "F1");
  const screen::SweepPoint& best = screen::best_f1(tuning.points);
  for (std::size_t i = 0; i < tuning.points.size(); ++i) {
    const screen::SweepPoint& point = tuning.points[i];
    if (!is_in_table(i) && &point != &best) continue;
    out += fmt::format("{:>9.2f}  {}  {}  {}", point.threshold, shown(point.precision), shown(point.recall),
                       shown(point.f1));
    if (tuning.alerts) {
      out += fmt::format("  {:>17.1f}  {:>6}", per_thousand(tuning.alerts->alerted[i], tuning.alerts->customers),
                         tuning.alerts->hits[i]);
    }
    out += &point == &best ? "  best F1\n" : "\n";
  }
  return out;
}

std::string tuning_svg(const Tuning& tuning) { return Chart(tuning).draw(); }

}  // namespace interdict::report
