// interdict audit: what the server answered, and that nobody has changed the record of it.
#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

#include <map>
#include <memory>
#include <vector>

#include "app/command.h"
#include "app/replay.h"
#include "app/server_files.h"
#include "audit/trail.h"
#include "report/json.h"

namespace interdict::app {
namespace {

using audit::Trail;

struct AuditOptions {
  Common common;
  std::string file;
  std::string known;  // --head
  std::string since;
  std::string until;
  std::string before;
  audit::Filter filter;
  std::int64_t number = 0;
  std::vector<std::int64_t> numbers;
  bool all = false;
};

Result<Trail> open_trail(const AuditOptions& options) {
  return Trail::open(options.file.empty() ? audit_path(options.common) : std::filesystem::path(options.file));
}

int head(const AuditOptions& options) {
  auto trail = open_trail(options);
  if (!trail) return fail(trail.error());
  const auto end = trail->head();
  if (!end) return fail(end.error());
  if (options.common.json) {
    report::Json json;
    json.begin_object();
    json.key("number");
    json.integer(end->number);
    json.field("hash", audit::hex(end->hash));
    json.end_object();
    fmt::print("{}\n", json.str());
  } else {
    fmt::print("{}\n", audit::to_string(*end));
  }
  return exit_done;
}

int verify_trail(const AuditOptions& options) {
  std::optional<audit::Head> known;
  if (!options.known.empty()) {
    known = audit::parse_head(options.known);
    if (!known) {
      return fail({Fault::bad_usage, fmt::format("--head '{}' is not what `audit head` prints", options.known), {}});
    }
  }
  auto trail = open_trail(options);
  if (!trail) return fail(trail.error());
  const auto verified = trail->verify(known);
  if (!verified) return fail(verified.error());
  if (options.common.json) {
    report::Json json;
    json.begin_object();
    json.key("sound");
    json.boolean(!verified->flaw);
    if (verified->flaw) {
      json.key("record");
      json.integer(verified->flaw->number);
      json.field("flaw", audit::to_string(verified->flaw->kind));
      json.field("detail", verified->flaw->detail);
    } else {
      json.key("records");
      json.integer(verified->head.number);
      json.key("pruned");
      json.integer(verified->pruned);
      json.field("head", audit::to_string(verified->head));
    }
    json.end_object();
    fmt::print("{}\n", json.str());
  } else if (verified->flaw) {
    fmt::print("record {}: {}: {}\n", verified->flaw->number, audit::to_string(verified->flaw->kind),
               verified->flaw->detail);
  } else {
    fmt::print("{} records, {} of them pruned: sound\nhead {}\n", verified->head.number, verified->pruned,
               audit::to_string(verified->head));
  }
  return verified->flaw ? exit_failed : exit_done;
}

void put(report::Json& json, const audit::Record& record, bool whole) {
  json.begin_object();
  json.key("number");
  json.integer(record.number);
  json.field("at", to_string(record.at));
  json.field("hash", audit::hex(record.hash));
  json.key("pruned");
  json.boolean(!record.content);
  if (record.content) {
    const audit::Answered& what = record.content->what;
    json.field("request_id", what.request_id);
    json.field("key", what.key);
    json.field("caller", what.caller);
    json.field("role", what.role);
    json.field("operation", what.operation);
    json.key("replayable");
    json.boolean(what.replayable);
    json.field("method", what.method);
    json.field("target", what.target);
    json.key("status");
    json.integer(what.status);
    json.field("world", what.world);
    if (whole) {
      json.field("origin", what.origin);
      json.field("body", what.body);
      json.field("reviews", what.reviews);
      json.field("type", what.type);
      json.field("answer", what.answer);
      json.field("nonce", audit::hex(record.content->nonce));
      json.field("content", audit::hex(record.content_hash));
      json.field("previous", audit::hex(record.previous));
    }
  }
  json.end_object();
}

/// Nothing for an option that was not given.
Result<std::optional<Instant>> moment(std::string_view option, const std::string& text) {
  if (text.empty()) return std::optional<Instant>();
  const auto at = parse_instant(text);
  if (!at) {
    return Error{Fault::bad_usage,
                 fmt::format("{} '{}' is no day or time (YYYY-MM-DD or YYYY-MM-DDTHH:MM:SSZ)", option, text),
                 {}};
  }
  return at;
}

int list_records(AuditOptions options) {
  auto since = moment("--since", options.since);
  if (!since) return fail(since.error());
  auto until = moment("--until", options.until);
  if (!until) return fail(until.error());
  options.filter.since = *since;
  options.filter.until = *until;
  auto trail = open_trail(options);
  if (!trail) return fail(trail.error());
  auto done = trail->each(options.filter, [&](const audit::Record& record) {
    if (options.common.json) {
      report::Json json;
      put(json, record, false);
      fmt::print("{}\n", json.str());
    } else if (!record.content) {
      fmt::print("{:>6}  {}  pruned\n", record.number, to_string(record.at));
    } else {
      const audit::Answered& what = record.content->what;
      fmt::print("{:>6}  {}  {:<12}  {:<14}  {}  {} {}\n", record.number, to_string(record.at),
                 what.caller.empty() ? what.key : what.caller, what.operation, what.status, what.method, what.target);
    }
    return true;
  });
  return done ? exit_done : fail(done.error());
}

int show_record(const AuditOptions& options) {
  auto trail = open_trail(options);
  if (!trail) return fail(trail.error());
  const auto record = trail->record(options.number);
  if (!record) return fail(record.error());
  if (options.common.json) {
    report::Json json;
    put(json, *record, true);
    fmt::print("{}\n", json.str());
    return exit_done;
  }
  const auto line = [](std::string_view name, std::string_view value) {
    if (!value.empty()) fmt::print("{:<11} {}\n", name, value);
  };
  line("record", std::to_string(record->number));
  line("at", to_string(record->at));
  if (!record->content) {
    line("content", "pruned");
  } else {
    const audit::Answered& what = record->content->what;
    line("caller", what.caller);
    line("key", what.key);
    line("role", what.role);
    line("request id", what.request_id);
    line("operation", what.operation);
    line("replay", what.replayable ? "yes" : "no: an event");
    line("asked", what.method + " " + what.target);
    line("body", what.body);
    line("named as", what.origin);
    if (!what.world.empty()) {
      const auto world = trail->text(what.world);
      line("world", world ? *world : world.error().to_string());
    }
    if (what.reviews) line("reviews", fmt::format("up to event {}", *what.reviews));
    line("status", std::to_string(what.status));
    line("type", what.type);
    line("answer", what.answer);
  }
  line("previous", audit::hex(record->previous));
  line("hash", audit::hex(record->hash));
  return exit_done;
}

/// How many of each outcome, told as they come.
class ReplayReport {
 public:
  ReplayReport(bool json, bool all) : json_(json), all_(all) {}

  void tell(std::int64_t number, const Replayed& replayed) {
    ++counts_[replayed.outcome];
    const bool identical = replayed.outcome == Replayed::Outcome::identical;
    if (json_) {
      report::Json json;
      json.begin_object();
      json.key("record");
      json.integer(number);
      json.field("outcome", outcome_name(replayed.outcome));
      if (!identical) json.field("why", replayed.why);
      if (replayed.outcome == Replayed::Outcome::differs) json.field("answer", replayed.again);
      json.end_object();
      fmt::print("{}\n", json.str());
    } else if (identical && !all_) {
      fmt::print("record {}: identical\n", number);
    } else if (!identical) {
      fmt::print("record {}: {}: {}\n", number, outcome_name(replayed.outcome), replayed.why);
    }
  }

  int finish() {
    const auto of = [&](Replayed::Outcome outcome) { return counts_[outcome]; };
    if (all_ && !json_) {
      fmt::print("{} identical, {} differ, {} cannot be replayed\n", of(Replayed::Outcome::identical),
                 of(Replayed::Outcome::differs), of(Replayed::Outcome::impossible));
    }
    return of(Replayed::Outcome::differs) + of(Replayed::Outcome::impossible) == 0 ? exit_done : exit_failed;
  }

 private:
  bool json_;
  bool all_;
  std::map<Replayed::Outcome, std::size_t> counts_;
};

int replay(const AuditOptions& options) {
  if (options.all != options.numbers.empty()) {
    return fail({Fault::bad_usage, "name the records to replay, or say --all", {}});
  }
  auto trail = open_trail(options);
  if (!trail) return fail(trail.error());
  Replayer replayer(*trail, options.common);
  ReplayReport report(options.common.json, options.all);
  if (!options.all) {
    for (const std::int64_t number : options.numbers) {
      const auto record = trail->record(number);
      if (!record) return fail(record.error());
      report.tell(number, replayer.replay(*record));
    }
    return report.finish();
  }
  // World by world, so that each is made once.
  std::map<std::string, std::vector<std::int64_t>> by_world;
  auto done = trail->each({.replayable = true}, [&](const audit::Record& record) {
    if (record.content) by_world[record.content->what.world].push_back(record.number);
    return true;
  });
  if (!done) return fail(done.error());
  for (const auto& [world, numbers] : by_world) {
    for (const std::int64_t number : numbers) {
      const auto record = trail->record(number);
      if (!record) return fail(record.error());
      report.tell(number, replayer.replay(*record));
    }
  }
  return report.finish();
}

/// The user whose program this is, for the record of a prune.
std::string user_name() {
  const passwd* entry = getpwuid(geteuid());
  return entry != nullptr ? entry->pw_name : fmt::format("user {}", geteuid());
}

int prune(const AuditOptions& options) {
  const auto before = moment("--before", options.before);
  if (!before) return fail(before.error());
  if (!*before) return fail({Fault::bad_usage, "--before names no day or time", {}});
  auto trail = open_trail(options);
  if (!trail) return fail(trail.error());
  const auto pruned = trail->prune(**before, user_name(), now());
  if (!pruned) return fail(pruned.error());
  fmt::print("{} records pruned\n", *pruned);
  return exit_done;
}

}  // namespace

void add_audit(CLI::App& program, int& exit_code) {
  auto options = std::make_shared<AuditOptions>();
  CLI::App* verb = program.add_subcommand("audit", "What the server answered: list, verify, replay, prune");
  verb->require_subcommand(1);
  const auto add = [&](const char* name, const char* what, auto act, bool json = true) {
    CLI::App* one = verb->add_subcommand(name, what);
    one->add_option("--db", options->common.db, "The store that the trail lies beside");
    one->add_option("--audit", options->file, "The trail (default: the store's path and .audit)");
    if (json) one->add_flag("--json", options->common.json, "Results as JSON");
    one->callback([options, &exit_code, act] { exit_code = act(*options); });
    return one;
  };
  add("head", "Where the trail ends, as NUMBER:HASH: keep it elsewhere", head);
  add("verify", "Rereads the whole trail; names the first record that is not what was written", verify_trail)
      ->add_option("--head", options->known, "What `audit head` printed earlier: finds a trail cut short or made anew");
  CLI::App* lists = add("list", "Records, the newest last", list_records);
  lists->add_option("--since", options->since, "From this day or time (UTC)");
  lists->add_option("--until", options->until, "Before this day or time (UTC)");
  lists->add_option("--caller", options->filter.caller, "Of this caller, or of the key with this id");
  lists->add_option("--operation", options->filter.operation, "As the OpenAPI document names them: match, screen, ...");
  options->filter.limit = 50;
  lists->add_option("--limit", options->filter.limit, "The newest so many; 0: all")->capture_default_str();
  add("show", "One record, whole", show_record)
      ->add_option("id", options->number, "As the X-Audit-Record of an answer")
      ->required();
  CLI::App* replays = add("replay", "Asks again, of the world as it was, and compares byte by byte", replay);
  replays->add_option("id", options->numbers, "Records");
  replays->add_flag("--all", options->all, "Every record that can be replayed");
  add("prune", "Removes what old records say; their hashes stay, so that the rest is verified as before", prune, false)
      ->add_option("--before", options->before, "Older than this day or time (UTC)")
      ->required();
}

}  // namespace interdict::app
