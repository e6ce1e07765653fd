// interdict reviews: the memory of matches (docs/reviews.md).
#include "reviews/reviews.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <functional>
#include <memory>

#include "app/command.h"
#include "app/query.h"
#include "app/world.h"
#include "report/reviews.h"
#include "reviews/mark.h"

namespace interdict::app {
namespace {

using reviews::Book;
using reviews::Decision;

struct ReviewsOptions {
  Common common;
  std::shared_ptr<QueryOptions> party = std::make_shared<QueryOptions>();
  std::int64_t id = 0;
  std::string status;
  std::string customer;
  std::string listing;
  std::string out;
  std::string decision;
  std::string reason;
  std::string by;
  std::string again_on;
  double threshold = screen::Options{}.threshold;
  std::vector<std::string> second_person;
  bool no_second_person = false;
  std::optional<double> score_rise;
  std::optional<int> again_after_days;
};

Result<Book> open_book(const ReviewsOptions& options, Book::Mode mode) {
  return Book::open(reviews_path(options.common), mode);
}

int list_reviews(const ReviewsOptions& options) {
  reviews::Filter filter{.customer = options.customer, .listing = options.listing};
  if (!options.status.empty()) {
    filter.status = reviews::status_named(options.status);
    if (!filter.status) {
      return fail({Fault::bad_usage, fmt::format("'{}' is no status of a review", options.status), {}});
    }
  }
  const auto book = open_book(options, Book::Mode::read);
  if (!book) return fail(book.error());
  const auto found = book->find(filter);
  if (!found) return fail(found.error());
  fmt::print("{}", options.common.json ? report::reviews_json(*found) + "\n" : report::reviews_text(*found));
  return exit_done;
}

Result<report::ReviewCase> case_asked(const ReviewsOptions& options) {
  const auto book = open_book(options, Book::Mode::read);
  if (!book) return book.error();
  return report::review_case(*book, options.id);
}

int show_review(const ReviewsOptions& options) {
  const auto all = case_asked(options);
  if (!all) return fail(all.error());
  fmt::print("{}", options.common.json ? report::review_case_json(*all) + "\n" : report::review_case_text(*all));
  return exit_done;
}

int export_case(const ReviewsOptions& options) {
  const auto all = case_asked(options);
  if (!all) return fail(all.error());
  std::ofstream out(options.out, std::ios::binary);
  out << report::review_html(*all, now());
  if (!out.flush()) return fail({Fault::io, "cannot be written", {options.out, 0, 0, {}}});
  return exit_done;
}

int told(const ReviewsOptions& options, const Result<reviews::Answer>& answer) {
  if (!answer) return fail(answer.error());
  if (answer->refusal != reviews::Refusal::none) {
    return fail({Fault::inconsistent, std::string(reviews::explain(answer->refusal)), {}});
  }
  fmt::print("{}",
             options.common.json ? report::review_json(answer->review) + "\n" : report::reviews_text({answer->review}));
  return exit_done;
}

int decide(const ReviewsOptions& options) {
  const auto decision = reviews::decision_named(options.decision);
  if (!decision || *decision == Decision::none) {
    return fail({Fault::bad_usage, "--decision is false_positive or true_match", {}});
  }
  std::optional<Day> again_on;
  if (!options.again_on.empty()) {
    again_on = parse_day(options.again_on);
    if (!again_on) {
      return fail({Fault::bad_usage, fmt::format("--again-on '{}' is no day (YYYY-MM-DD)", options.again_on), {}});
    }
  }
  const auto query = query_of(options.customer, *options.party);
  if (!query) return fail(query.error());
  const auto world = open_world(options.common);
  if (!world) return fail(world.error());
  const auto hit = reviews::hit_on(world->snapshot, *query, options.listing, options.threshold);
  if (!hit) return fail(hit.error());
  auto content = reviews::content_of(*query, world->snapshot, hit->id);
  if (!content) return fail(content.error());
  auto book = open_book(options, Book::Mode::write);
  if (!book) return fail(book.error());
  const reviews::Seen seen = report::seen_now(*query, *hit, std::move(*content), world->json, world->world.as_of);
  return told(options, book->decide(options.customer, options.listing, seen, *decision, options.reason, again_on,
                                    {options.by, {}}, now()));
}

int confirm(const ReviewsOptions& options) {
  auto book = open_book(options, Book::Mode::write);
  if (!book) return fail(book.error());
  const auto review = book->review(options.id);
  if (!review) return fail(review.error());
  const auto world = open_world(options.common);
  if (!world) return fail(world.error());
  return told(options,
              book->confirm(options.id, options.reason, reviews::listing_facts(world->snapshot, review->listing),
                            {options.by, {}}, now()));
}

using Act = Result<reviews::Answer> (*)(Book& book, const ReviewsOptions& options);

int act(const ReviewsOptions& options, Act does) {
  auto book = open_book(options, Book::Mode::write);
  if (!book) return fail(book.error());
  return told(options, does(*book, options));
}

int policy(const ReviewsOptions& options) {
  const bool sets =
      !options.second_person.empty() || options.no_second_person || options.score_rise || options.again_after_days;
  auto book = open_book(options, sets ? Book::Mode::write : Book::Mode::read);
  if (!book) return fail(book.error());
  auto policy = book->policy();
  if (!policy) return fail(policy.error());
  if (sets) {
    if (options.by.empty() || options.reason.empty()) {
      return fail({Fault::bad_usage, "a change of the policy needs --by and --reason", {}});
    }
    if (options.no_second_person || !options.second_person.empty()) {
      const auto names = [&](const char* decision) {
        return std::find(options.second_person.begin(), options.second_person.end(), decision) !=
               options.second_person.end();
      };
      policy->second_for_false_positive = names("false_positive");
      policy->second_for_true_match = names("true_match");
    }
    policy->score_rise = options.score_rise.value_or(policy->score_rise);
    policy->again_after_days = options.again_after_days.value_or(policy->again_after_days);
    if (auto set = book->set_policy(*policy, options.reason, {options.by, {}}, now()); !set) return fail(set.error());
  }
  fmt::print("{}", options.common.json ? report::policy_json(*policy) + "\n" : report::policy_text(*policy));
  return exit_done;
}

int verify_reviews(const ReviewsOptions& options) {
  const auto book = open_book(options, Book::Mode::read);
  if (!book) return fail(book.error());
  if (auto sound = book->verify(); !sound) return fail(sound.error());
  fmt::print("the record is whole, and replaying it gives what it says\n");
  return exit_done;
}

}  // namespace

void add_reviews(CLI::App& program, int& exit_code) {
  auto options = std::make_shared<ReviewsOptions>();
  CLI::App* verb =
      program.add_subcommand("reviews", "The memory of matches: what was decided on hits, until what changes");
  verb->require_subcommand(1);
  const auto part = [&](const char* name, const char* help, const std::function<int(const ReviewsOptions&)>& does) {
    CLI::App* one = verb->add_subcommand(name, help);
    one->add_option("--db", options->common.db, "The store that the reviews lie beside");
    one->add_flag("--json", options->common.json, "Results as JSON");
    one->callback([options, &exit_code, does] { exit_code = does(*options); });
    return one;
  };
  const auto id = [&](CLI::App* one) {
    one->add_option("id", options->id, "As `reviews list` shows it")->required()->check(CLI::PositiveNumber);
  };
  const auto signed_by = [&](CLI::App* one, bool reasoned) {
    one->add_option("--by", options->by, "Who acts")->required();
    auto* reason = one->add_option("--reason", options->reason, "Why");
    if (reasoned) reason->required();
  };

  CLI::App* lists = part("list", "Reviews, a line each", list_reviews);
  lists->add_option("--status", options->status, "open, pending, false_positive, true_match or reopened");
  lists->add_option("--customer", options->customer, "Only of this customer");
  lists->add_option("--listing", options->listing, "Only of this listing");
  id(part("show", "One review with all that its record holds", show_review));
  CLI::App* exports = part("export", "One review as a page to print and keep", export_case);
  id(exports);
  exports->add_option("--out", options->out, "The HTML file to write")->required();

  CLI::App* decides = part("decide", "Say what a hit of a customer is", decide);
  decides->add_option("customer", options->customer, "The customer's id")->required();
  decides->add_option("listing", options->listing, "The listing's id, such as us_ofac_sdn:9760")->required();
  decides->add_option("--name", options->party->name, "The customer's name, as it is screened");
  add_query_fields(*decides, options->party);
  decides->add_option("--decision", options->decision, "false_positive or true_match")->required();
  decides->add_option("--again-on", options->again_on, "Look again on this day (YYYY-MM-DD)");
  decides->add_option("--threshold", options->threshold, "Lowest score that is a hit")->check(CLI::Range(0.0, 1.0));
  signed_by(decides, true);

  CLI::App* confirms = part("confirm", "The second person agrees with a decision", confirm);
  id(confirms);
  signed_by(confirms, false);
  const auto acts = [&](const char* name, const char* help, Act does) {
    CLI::App* one = part(name, help, [does](const ReviewsOptions& asked) { return act(asked, does); });
    id(one);
    signed_by(one, true);
  };
  acts("reject", "Back to open; who decided may take it back so", [](Book& book, const ReviewsOptions& asked) {
    return book.reject(asked.id, asked.reason, {asked.by, {}}, now());
  });
  acts("comment", "Adds a remark", [](Book& book, const ReviewsOptions& asked) {
    return book.comment(asked.id, asked.reason, {asked.by, {}}, now());
  });
  acts("reopen", "Asks for a decision anew", [](Book& book, const ReviewsOptions& asked) {
    return book.reopen(asked.id, asked.reason, {asked.by, {}}, now());
  });

  CLI::App* policies = part("policy", "What needs a second person, and what reopens; with options, changes it", policy);
  auto* second = policies->add_option("--second-person", options->second_person, "false_positive, true_match");
  second->delimiter(',')->check(CLI::IsMember({"false_positive", "true_match"}));
  policies->add_flag("--no-second-person", options->no_second_person, "One person decides all")->excludes(second);
  policies->add_option("--score-rise", options->score_rise, "Reopen when the score rises by more")
      ->check(CLI::Range(0.0, 1.0));
  policies->add_option("--again-after-days", options->again_after_days, "Reopen after so many days; 0: never")
      ->check(CLI::Range(0, 36500));
  policies->add_option("--by", options->by, "Who changes it");
  policies->add_option("--reason", options->reason, "Why");
  part("verify", "Replays the record and compares", verify_reviews);
}

}  // namespace interdict::app
