#include "app/replay.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>

#include "app/site.h"
#include "names/names.h"
#include "reviews/reviews.h"
#include "serve/past.h"

namespace interdict::app {
namespace {

using audit::Answered;

Replayed impossible(std::string why) { return {Replayed::Outcome::impossible, std::move(why), {}}; }

/// What of a text to show around the byte where it parts from another.
std::string around(const std::string& text, std::size_t at) {
  constexpr std::size_t before = 40;
  constexpr std::size_t shown = 100;
  const std::size_t from = at < before ? 0 : at - before;
  std::string out = from < text.size() ? text.substr(from, shown) : std::string();
  std::ranges::replace(out, '\n', ' ');
  return out;
}

Replayed compared(const Answered& was, const serve::Response& now) {
  if (was.status != now.status) {
    return {Replayed::Outcome::differs, fmt::format("the status was {} and is {}", was.status, now.status), now.body};
  }
  if (was.type != now.type) {
    return {Replayed::Outcome::differs, fmt::format("the type was {} and is {}", was.type, now.type), now.body};
  }
  if (was.answer == now.body) return {};
  const auto parted = std::ranges::mismatch(was.answer, now.body);
  const auto at = static_cast<std::size_t>(parted.in1 - was.answer.begin());
  return {Replayed::Outcome::differs,
          fmt::format("from byte {} on (of {}, now {})\n- {}\n+ {}", at, was.answer.size(), now.body.size(),
                      around(was.answer, at), around(now.body, at)),
          now.body};
}

}  // namespace

const char* outcome_name(Replayed::Outcome outcome) {
  switch (outcome) {
    case Replayed::Outcome::identical:
      return "identical";
    case Replayed::Outcome::differs:
      return "differs";
    case Replayed::Outcome::impossible:
      return "impossible";
  }
  INTERDICT_ASSERT(false);
}

Result<void> Replayer::make_world(const std::string& name) {
  auto world = trail_->text(name);
  if (!world) return std::move(world).error();
  simdjson::dom::parser parser;
  simdjson::dom::element json;
  std::string_view program;
  std::string_view tables;
  std::string_view of_case;
  if (parser.parse(*world).get(json) != simdjson::SUCCESS || json["program"].get(program) != simdjson::SUCCESS ||
      json["tables"].get(tables) != simdjson::SUCCESS || json["case"].get(of_case) != simdjson::SUCCESS) {
    return Error{Fault::bad_input, "what the trail says of the world cannot be read", {}};
  }
  if (program != "interdict " INTERDICT_VERSION) {
    return Error{Fault::unsupported,
                 fmt::format("{} answered it, and this is interdict " INTERDICT_VERSION
                             ": replay it with the program that answered",
                             program),
                 {}};
  }
  if (tables != names::table_version()) {
    return Error{Fault::unsupported,
                 fmt::format("the tables of names were {}, those of this program are {}: replay it with the program "
                             "that answered",
                             tables, names::table_version()),
                 {}};
  }
  const auto bundle = trail_->text(std::string(of_case));
  if (!bundle) return bundle.error();
  auto made = make_site_again(*world, *bundle, common_);
  if (!made) return std::move(made).error();
  service_ = std::make_unique<serve::Service>(made->site);
  // Whichever day was asked for, the record names the site that answered.
  service_->past =
      std::make_shared<serve::Past>([site = made->site](Day, std::optional<Day>) -> serve::Past::Made { return site; });
  sequence_.reset();
  return {};
}

Result<void> Replayer::open_reviews(std::int64_t sequence) {
  if (sequence_ == sequence) return {};
  auto book = reviews::Book::open_as_of(reviews_path(common_), sequence);
  if (!book) return std::move(book).error();
  service_->remember(std::make_shared<reviews::Book>(std::move(*book)));
  sequence_ = sequence;
  return {};
}

Replayed Replayer::replay(const audit::Record& record) {
  if (!record.content) return impossible("what was asked and answered is pruned");
  const Answered& was = record.content->what;
  if (!was.replayable) {
    return impossible(fmt::format("'{}' is an event: it did or saw what cannot be asked again", was.operation));
  }
  if (hash_of(*record.content) != record.content_hash) return impossible("the record was edited: `audit verify`");
  if (was.world != world_) {
    world_ = was.world;
    service_.reset();
    failed_.reset();
    if (auto made = make_world(was.world); !made) failed_ = made.error();
  }
  if (failed_) return impossible(failed_->to_string());
  if (was.reviews) {
    if (auto opened = open_reviews(*was.reviews); !opened) return impossible(opened.error().to_string());
  }
  return compared(was, service_->answer(serve::request_of(was)));
}

}  // namespace interdict::app
