// Deals judged per second, and the time to relief, against the number of measures in the case.
//
//   law_bench [--deals N]
//
// The cases are generated: one deal is caught by a fixed number of measures, the rest of the case concerns other goods
// and parties, as in life. Prints one line per size.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <random>

#include <CLI/CLI.hpp>

#include "relief/relief.h"

namespace {

using namespace interdict;
using Clock = std::chrono::steady_clock;

double seconds(Clock::time_point since) { return std::chrono::duration<double>(Clock::now() - since).count(); }

StatusChange in_force() {
  StatusChange out;
  out.on = *parse_day("2020-01-01");
  return out;
}

Condition fact(std::string field, std::string value) {
  Condition out;
  out.kind = Condition::Kind::fact;
  out.field = std::move(field);
  out.values = {std::move(value)};
  return out;
}

/// Half of the measures turn on listings of five parties each, half on goods; every fourth has an exception, every
/// twelfth an exception to that. `caught` of them catch the deals of this program.
Case make_case(int measures, int caught) {
  Case out;
  for (int a = 0; a < 8; ++a) {
    Authority authority;
    authority.id = fmt::format("a{}", a);
    authority.territory = {"us", "de", "gb"};
    OwnershipTest test;
    test.aggregate = true;
    authority.ownership = {test};
    authority.relief = {{"license", "office", "administrative act", 1, "office", "revoking", 0, {}},
                        {"delist", "office", "administrative act", 2, "office", "listing anew", 0, {}},
                        {"lift", "council", "unanimity", 9, "council", "a new act", {}, {}}};
    out.authorities.push_back(authority);
  }
  Annex annex;
  for (int m = 0; m < measures; ++m) {
    Measure measure;
    measure.id = fmt::format("m{}", m);
    measure.authority = fmt::format("a{}", m % 8);
    measure.listed = m % 2 == 0;
    measure.forbids = measure.listed ? "asset_freeze" : "import";
    measure.status = {in_force()};
    const bool hits = m < caught;
    if (measure.listed) {
      measure.relief = {"license", "delist"};
      for (int l = 0; l < 5; ++l) {
        Listing listing;
        listing.id = fmt::format("l{}-{}", m, l);
        listing.party = hits && l == 0 ? fmt::format("p{}", m / 2 % 4) : fmt::format("q{}-{}", m, l);
        listing.measures = {measure.id};
        listing.status = {in_force()};
        out.listings.push_back(listing);
      }
    } else {
      measure.when.parts = {fact("activity", "import"), fact("goods_annex", fmt::format("x{}", m))};
      Annex goods;
      goods.id = fmt::format("x{}", m);
      for (int e = 0; e < 5; ++e) {
        AnnexEntry entry;
        entry.code = hits && e == 0 ? "31042050" : fmt::format("{:02}{:06}", 1 + (m * 5 + e) % 97, m * 10 + e);
        goods.entries.push_back(entry);
      }
      out.annexes.push_back(goods);
    }
    out.measures.push_back(measure);
    if (m % 4 != 0) continue;
    Exception exception;
    exception.id = fmt::format("e{}", m);
    exception.to = {measure.id};
    exception.when.parts = {fact("purpose", "wind_down")};
    out.exceptions.push_back(exception);
    if (m % 12 != 0) continue;
    Exception limit;
    limit.id = fmt::format("f{}", m);
    limit.to = {exception.id};
    limit.effect = Exception::Effect::disapply;
    limit.when.parts = {fact("purpose", "new_business")};
    out.exceptions.push_back(limit);
  }
  return out;
}

Deal make_deal(std::mt19937& random) {
  const auto upto = [&](int limit) { return std::uniform_int_distribution<int>(0, limit)(random); };
  Deal out;
  out.id = "d";
  out.activities = {"import", "purchase"};
  out.purposes = {upto(3) == 0 ? "wind_down" : "trade"};
  out.described = {{"buyer", "Buyer", "us"}, {"bank", "Bank", "de"}, {"owned", "Owned", "by"}};
  out.parties = {{"buyer", "buyer"}, {"seller", fmt::format("p{}", upto(3))}, {"agent", "owned"}};
  out.ownership = {{fmt::format("p{}", upto(3)), "owned", 30, 30}, {fmt::format("p{}", upto(3)), "owned", 25, 25}};
  Goods goods;
  goods.code = upto(1) == 0 ? "31042050" : "84713000";
  goods.origin = "by";
  out.goods = {goods};
  Leg leg;
  leg.mode = "rail";
  leg.territory = {"by", "de"};
  leg.carrier = "bank";
  out.route = {leg};
  out.payments.emplace_back();
  out.payments.back().currency = "USD";
  out.payments.back().payee_bank = "bank";
  return out;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Deals judged per second, and the time to relief"};
  int deals = 20000;
  app.add_option("--deals", deals, "Deals to judge")->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  const law::Dates dates{*parse_day("2025-06-24"), {}};
  std::mt19937 random(1);
  std::vector<Deal> made;
  for (int i = 0; i < 1000; ++i) made.push_back(make_deal(random));

  fmt::print("{:>9} {:>11} {:>12} {:>10} {:>10} {:>10}\n", "measures", "index ms", "deals/s", "p50 us", "p99 us",
             "prohibited");
  for (const int measures : {10, 100, 1000, 10000}) {
    const Case world = make_case(measures, 8);
    const auto indexing = Clock::now();
    const law::CaseIndex index(world);
    const double indexed = seconds(indexing);
    std::vector<double> took;
    int prohibited = 0;
    const auto start = Clock::now();
    for (int i = 0; i < deals; ++i) {
      const auto one = Clock::now();
      prohibited +=
          law::is_lawful(law::judge(made[static_cast<std::size_t>(i) % made.size()], index, dates).verdict) ? 0 : 1;
      took.push_back(seconds(one));
    }
    const double all = seconds(start);
    std::sort(took.begin(), took.end());
    fmt::print("{:>9} {:>11.2f} {:>12.0f} {:>10.1f} {:>10.1f} {:>9.1f}%\n", measures, indexed * 1e3, deals / all,
               took[took.size() / 2] * 1e6, took[took.size() * 99 / 100] * 1e6, 100.0 * prohibited / deals);
  }

  fmt::print("\n{:>9} {:>8} {:>13} {:>13} {:>11} {:>9} {:>11}\n", "measures", "catching", "first ms", "first ten ms",
             "all ms", "sets", "sets tried");
  const auto anything = [](const relief::Effect&) { return true; };
  Deal deal = made.front();
  deal.purposes = {"trade"};
  deal.goods.front().code = "31042050";
  deal.parties = {{"buyer", "buyer"}, {"seller", "p0"}};
  for (const int measures : {10, 100, 1000}) {
    for (const int caught : {4, 8, 16, 40}) {
      if (caught > measures) continue;
      const Case world = make_case(measures, caught);
      const law::CaseIndex index(world);
      const auto timed = [&](std::size_t options) {
        const auto start = Clock::now();
        const auto found = relief::search(deal, index, dates, relief::still_forbidding, anything,
                                          {.options = options, .judged = 500000});
        return std::pair(seconds(start) * 1e3, found);
      };
      const auto first = timed(1);
      const auto ten = timed(10);
      const auto all = timed(0);
      fmt::print("{:>9} {:>8} {:>13.2f} {:>13.2f} {:>11.1f} {:>9} {:>11}{}\n", measures, caught, first.first, ten.first,
                 all.first, all.second.minimal.size(), all.second.judged, all.second.complete ? "" : " (stopped)");
    }
  }
  return 0;
}
