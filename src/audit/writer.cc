#include "audit/writer.h"

#include <fmt/format.h>

#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "audit/file.h"
#include "store/digest.h"

namespace interdict::audit {
namespace {

using store::Database;
using store::Writing;

constexpr std::size_t waiting_limit = std::size_t{256} << 20U;  // bytes

struct Waiting {
  Answered what;
  std::function<void(const Result<std::int64_t>&)> then;
};

std::size_t bytes_of(const Answered& what) { return what.answer.size() + what.body.size() + what.target.size() + 512; }

/// The last record, if it is what the trail says of its own end.
Result<Head> sound_end(const Database& database) {
  const store::Snapshot one_state(database);  // others may be writing
  if (!one_state.status()) return one_state.status().error();
  auto end = last_record(database);
  if (!end) return end;
  const auto said = written_head(database);
  if (!said) return said.error();
  if (!(*end == *said)) {
    return Error{Fault::inconsistent,
                 fmt::format("the trail ends at record {}, but was written up to record {}: `interdict audit verify` "
                             "says more; move it away to begin another",
                             end->number, said->number),
                 {database.path(), 0, 0, {}}};
  }
  return end;
}

}  // namespace

struct Writer::Impl {
  explicit Impl(Database opened) : database(std::move(opened)) {}

  Database database;  // of the writing thread alone
  std::string last_world;
  std::string last_world_name;
  std::thread thread;

  mutable std::mutex guard;  // of what follows
  std::condition_variable changed;
  std::vector<Waiting> waiting;
  std::size_t waiting_bytes = 0;
  Head head;  // what this writer has seen committed
  bool ending = false;

  /// The name of a world whose text is kept.
  Result<std::string> world_name(const std::string& world) {
    if (world != last_world || last_world_name.empty()) {
      const std::string name = store::digest_name(store::sha256(world));
      if (auto done = insert_text(database, name, world); !done) return done.error();
      last_world = world;
      last_world_name = name;
    }
    return last_world_name;
  }

  /// All of `batch` or nothing of it; gives the number of its first record.
  Result<std::int64_t> write(std::vector<Waiting>& batch) {
    Writing writing(database);
    if (!writing.status()) return writing.status().error();
    auto end = last_record(database);
    if (!end) return end.error();
    const Head before = written();
    if (before.number != 0 && !(*end == before)) {
      store::Query query(database, "SELECT 1 FROM record WHERE number = ?1 AND hash = ?2");
      query.bind(1, before.number).bind_blob(2, before.hash);
      const bool there = query.next();
      if (auto status = query.status(); !status) return status.error();
      if (!there) {
        return Error{Fault::inconsistent,
                     fmt::format("record {} is no longer what was written: the trail was tampered with", before.number),
                     {database.path(), 0, 0, {}}};
      }
    }
    const std::int64_t first = end->number + 1;
    for (const Waiting& one : batch) {
      auto world = world_name(one.what.world);
      if (!world) return world.error();
      Answered what = one.what;
      what.world = std::move(*world);
      if (auto done = insert(database, next_record(*end, std::move(what))); !done) return done.error();
    }
    if (auto done = write_head(database, *end); !done) return done.error();
    if (auto done = writing.commit(); !done) return done.error();
    const std::lock_guard lock(guard);
    head = *end;
    return first;
  }

  Head written() const {
    const std::lock_guard lock(guard);
    return head;
  }

  void work() {
    for (;;) {
      std::vector<Waiting> batch;
      {
        std::unique_lock lock(guard);
        changed.wait(lock, [&] { return ending || !waiting.empty(); });
        if (waiting.empty()) return;
        batch.swap(waiting);
        waiting_bytes = 0;
      }
      auto first = write(batch);
      if (!first) last_world_name.clear();  // its text may have been rolled back
      for (std::size_t i = 0; i < batch.size(); ++i) {
        batch[i].then(first ? Result<std::int64_t>(*first + static_cast<std::int64_t>(i)) : first);
      }
    }
  }
};

Writer::Writer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {
  impl_->thread = std::thread([this] { impl_->work(); });
}

Result<std::unique_ptr<Writer>> Writer::open(const std::filesystem::path& path) {
  auto database = open_file(path, true);
  if (!database) return std::move(database).error();
  auto impl = std::make_unique<Impl>(std::move(*database));
  const auto end = sound_end(impl->database);
  if (!end) return end.error();
  impl->head = *end;
  return std::unique_ptr<Writer>(new Writer(std::move(impl)));
}

Writer::~Writer() {
  {
    const std::lock_guard lock(impl_->guard);
    impl_->ending = true;
  }
  impl_->changed.notify_all();
  impl_->thread.join();
}

void Writer::keep(Answered answered, std::function<void(const Result<std::int64_t>&)> then) {
  const std::size_t bytes = bytes_of(answered);
  {
    const std::lock_guard lock(impl_->guard);
    if (impl_->waiting_bytes == 0 || impl_->waiting_bytes + bytes <= waiting_limit) {
      impl_->waiting_bytes += bytes;
      impl_->waiting.push_back({std::move(answered), std::move(then)});
      impl_->changed.notify_one();
      return;
    }
  }
  then(Error{Fault::limit, "the disk does not keep up with the trail", {}});
}

Result<void> Writer::hold(std::string_view text) {
  auto database = open_file(impl_->database.path(), false);
  if (!database) return std::move(database).error();
  return insert_text(*database, store::digest_name(store::sha256(text)), text);
}

Head Writer::head() const { return impl_->written(); }

}  // namespace interdict::audit
