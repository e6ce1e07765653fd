#include "app/world.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>

#include "app/bundled.h"
#include "app/progress.h"
#include "names/names.h"
#include "report/json.h"

namespace interdict::app {
namespace fs = std::filesystem;
namespace {

std::string sha256_hex(std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  INTERDICT_ASSERT(EVP_Digest(text.data(), text.size(), digest.data(), &length, EVP_sha256(), nullptr) == 1);
  std::string out;
  for (unsigned i = 0; i < length; ++i) out += fmt::format("{:02x}", digest.at(i));
  return out;
}

std::string world_json(const World& world, const std::vector<store::SourceCoverage>& coverage) {
  report::Json json;
  json.begin_object();
  json.field("as_of", to_string(world.as_of));
  json.field("known_at", world.known_at);
  json.field("program", "interdict " INTERDICT_VERSION);
  json.field("tables", names::table_version());
  json.key("sources");
  json.begin_array();
  for (const store::SourceCoverage& source : coverage) {
    json.begin_object();
    json.field("source", source.source);
    json.field("coverage", is_stale(source, world)                          ? "last_known"
                           : source.coverage == store::Coverage::last_known ? store::to_string(store::Coverage::covered)
                                                                            : store::to_string(source.coverage));
    if (source.version) {
      json.field("version", source.version->info.hash);
      json.field("published", to_string(source.version->published));
      json.field("published_by", to_string(source.version->info.published_by));
      for (std::size_t part = 0; part < part_count; ++part) {
        // Only parts carried over from an older version are worth a word.
        if (source.supplied.at(part) && *source.supplied.at(part) != source.version->published) {
          json.field(fmt::format("{}_last_supplied", to_string(static_cast<Part>(part))),
                     to_string(*source.supplied.at(part)));
        }
      }
    }
    if (source.next) json.field("next_published", to_string(source.next->published));
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json.str();
}

// Worlds with the same content share one snapshot: it depends on the versions that answer and, inside a gap, on the
// day, because a party's own listing date may settle on which side of it the day lies.
std::string snapshot_key(const World& world, const std::vector<store::SourceCoverage>& coverage) {
  std::string text = fmt::format("1|{}|", names::table_version());
  for (const store::SourceCoverage& source : coverage) {
    text += source.source;
    if (source.version) {
      text += source.version->info.hash;
      for (const auto& supplied : source.supplied) text += supplied ? to_string(*supplied) : "-";
    }
    if (source.next) text += source.next->info.hash + to_string(world.as_of);
    text += '|';
  }
  return sha256_hex(text).substr(0, 32);
}

Result<void> compile(const store::Store& store, const World& world, const std::vector<store::SourceCoverage>& coverage,
                     const fs::path& path) {
  index::Builder builder;
  Progress progress("Compiling the search index");
  std::uint64_t total = 0;
  for (const store::SourceCoverage& source : coverage) total += source.version ? source.version->entries : 0;
  std::uint64_t done = 0;
  for (const store::SourceCoverage& source : coverage) {
    if (!source.version && !source.next) continue;
    auto visited = store.each(source.source, world, [&](const store::Listed& listed) -> Result<void> {
      // Staleness is no property of a snapshot: it grows with the day asked about, and is added to each answer.
      builder.add(listed.party, standing_note(listed.standing, source.source, {}, world));
      progress.show(++done, total);
      return {};
    });
    if (!visited) return visited;
  }
  return builder.write(path);
}

// Old snapshots are derived and cheap to remake; keep the few used last.
void prune_snapshots(const fs::path& folder, const fs::path& keep) {
  constexpr std::size_t kept = 16;
  std::error_code ignored;
  std::vector<std::pair<fs::file_time_type, fs::path>> files;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    if (entry.path().extension() == ".idx" && entry.path() != keep) {
      files.emplace_back(fs::last_write_time(entry.path(), ignored), entry.path());
    }
  }
  if (files.size() < kept) return;
  std::sort(files.begin(), files.end());
  for (std::size_t i = 0; i + kept <= files.size(); ++i) fs::remove(files[i].second, ignored);
}

}  // namespace

Result<OpenStore> open_store(const Common& common) {
  const fs::path path = database_path(common);
  std::error_code ignored;
  if (fs::exists(path, ignored)) {
    auto opened = store::Store::open(path, store::Store::Mode::read);
    if (!opened) return std::move(opened).error();
    const auto versions = opened->versions();
    if (!versions) return versions.error();
    if (!versions->empty()) return OpenStore{std::move(*opened), path, false};
  } else if (!common.db.empty()) {
    return Error{
        Fault::not_found, "no store there yet; `interdict update --from FILES` makes one", {path.string(), 0, 0, {}}};
  }
  return open_bundled(common);
}

Result<OpenStore> open_bundled(const Common& common) {
  const fs::path folder = database_path(common).parent_path();
  auto bundled = open_bundled_store(folder);
  if (!bundled) return std::move(bundled).error();
  return OpenStore{std::move(*bundled), bundled_store_path(folder), true};
}

Result<OpenWorld> open_world(const Common& common) {
  auto world = world_asked(common);
  if (!world) return std::move(world).error();
  auto opened = open_store(common);
  if (!opened) return std::move(opened).error();
  return open_world(std::move(*opened), *world);
}

Result<OpenWorld> open_world(OpenStore opened, const World& world) {
  auto coverage = opened.store.coverage(world);
  if (!coverage) return std::move(coverage).error();

  const fs::path folder = opened.path.string() + ".index";
  const fs::path file = folder / (snapshot_key(world, *coverage) + ".idx");
  auto snapshot = index::Snapshot::open(file);
  if (!snapshot) {  // absent, or left by another version of the program: both mean compiling anew
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) return Error{Fault::io, "cannot make the index folder: " + error.message(), {folder.string(), 0, 0, {}}};
    if (auto compiled = compile(opened.store, world, *coverage, file); !compiled) return std::move(compiled).error();
    prune_snapshots(folder, file);
    snapshot = index::Snapshot::open(file);
    if (!snapshot) return std::move(snapshot).error();
  }
  std::string json = world_json(world, *coverage);
  const bool bundled = opened.bundled;
  return OpenWorld{world, std::move(*coverage), std::move(*snapshot), std::move(json), std::move(opened), bundled};
}

bool is_stale(const store::SourceCoverage& coverage, const World& world) {
  return coverage.coverage == store::Coverage::last_known && coverage.version &&
         world.as_of > std::chrono::floor<std::chrono::days>(coverage.version->published) + freshness_limit;
}

std::string coverage_text(const OpenWorld& world) {
  std::string out;
  const std::string day = to_string(world.world.as_of);
  if (world.bundled) {
    out += "note: the bundled Belarus case answers, no official list is loaded (interdict update --help)\n";
  }
  for (const store::SourceCoverage& source : world.coverage) {
    const auto date = [](const std::optional<store::Version>& version) {
      return to_string(std::chrono::floor<std::chrono::days>(version->published));
    };
    if (source.coverage == store::Coverage::not_covered) {
      out += fmt::format("{}: not covered on {}{}\n", source.source, day,
                         source.next ? ", its first version is of " + date(source.next) : std::string{});
    } else if (source.coverage == store::Coverage::in_gap && source.version && source.next) {
      out += fmt::format(
          "{}: {} lies between the versions of {} and {}; what changed between them may have come on either side\n",
          source.source, day, date(source.version), date(source.next));
    } else if (!world.bundled && is_stale(source, world.world)) {
      out +=
          fmt::format("{}: last known on {}; load a newer version for {}\n", source.source, date(source.version), day);
    }
  }
  return out;
}

std::string standing_note(store::Standing standing, std::string_view source,
                          const std::vector<store::SourceCoverage>& coverage, const World& world) {
  if (standing == store::Standing::listed) return {};
  if (standing != store::Standing::last_known) return store::to_string(standing);
  for (const store::SourceCoverage& held : coverage) {
    if (held.source == source && is_stale(held, world)) return store::to_string(standing);
  }
  return {};
}

void mark_stale(const OpenWorld& world, std::vector<screen::Hit>& hits) {
  if (world.bundled) return;
  for (screen::Hit& hit : hits) {
    if (hit.standing.empty()) {
      hit.standing = standing_note(store::Standing::last_known, hit.source, world.coverage, world.world);
    }
  }
}

}  // namespace interdict::app
