#include "app/load.h"

#include <utility>

#include "app/progress.h"

namespace interdict::app {
namespace {

class LoadSink : public lists::Sink {
 public:
  explicit LoadSink(store::Load& load) : load_(load) {}
  Result<void> record(Record&& record) override { return load_.add(record); }
  void reject(Rejection&& rejection) override { rejections.push_back(std::move(rejection)); }

  std::vector<Rejection> rejections;

 private:
  store::Load& load_;
};

Result<Loaded> load_set(store::Store& store, const lists::FileSet& set, const LoadOptions& options) {
  auto load = store.begin(set.source);
  if (!load) return std::move(load).error();
  LoadSink sink(*load);
  Progress progress("Loading " + set.source);
  lists::ReadOptions read_options;
  read_options.source = options.source;
  if (options.show_progress) {
    read_options.progress = [&](std::uint64_t done, std::uint64_t total) { progress.show(done, total); };
  }
  auto summary = lists::read(set, read_options, sink);
  if (!summary) return std::move(summary).error();
  VersionInfo info = std::move(summary->version);
  if (!info.published && options.published) {
    info.published = options.published;
    info.published_by = PublishedBy::user;
  }
  auto report = load->commit(info, sink.rejections, now());
  if (!report) return std::move(report).error();
  return Loaded{set, std::move(*report), std::move(sink.rejections)};
}

}  // namespace

Result<LoadOutcome> load_files(store::Store& store, std::span<const std::filesystem::path> paths,
                               const LoadOptions& options) {
  auto recognised = lists::recognise(paths);
  if (!recognised) return std::move(recognised).error();
  LoadOutcome outcome;
  outcome.skipped = std::move(recognised->skipped);
  for (lists::FileSet& set : recognised->sets) {
    if (!options.source.empty()) set.source = options.source;
    auto loaded = load_set(store, set, options);
    if (loaded) {
      outcome.loaded.push_back(std::move(*loaded));
    } else {
      outcome.failed.push_back(std::move(loaded).error());
    }
  }
  return outcome;
}

}  // namespace interdict::app
