#include "app/table.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <deque>
#include <utility>

#include "lists/csv_stream.h"
#include "report/report.h"
#include "text/text.h"

namespace interdict::app {
namespace fs = std::filesystem;
namespace {

std::string suggestion(const std::string& wrong, const std::vector<std::string>& known) {
  const auto folded = [](const std::string& name) {
    std::string out;
    for (char c : name) {
      if (c != '_' && c != '-' && c != ' ') out += static_cast<char>(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    }
    return out;
  };
  for (const std::string& name : known) {
    if (text::edit_distance(folded(wrong), folded(name), 2) <= 2) return fmt::format(", did you mean '{}'?", name);
  }
  return fmt::format(" (known: {})", fmt::join(known, ", "));
}

}  // namespace

// The CSV stream pushes rows; a table is pulled. Rows of the chunk read last wait in between.
struct TableReader::Impl {
  struct Row {
    std::vector<std::string> fields;
    std::uint64_t line = 0;
  };

  explicit Impl(const fs::path& path)
      : file(path.string()),
        stream(path, std::ios::binary),
        csv(file, ',', [this](auto row, std::uint64_t at) -> Result<void> {
          waiting.push_back({{row.begin(), row.end()}, at});
          return {};
        }) {}

  [[nodiscard]] Error error(std::string message) const {
    return {Fault::bad_usage, std::move(message), {file, line, 0, {}}};
  }

  // False at the end.
  Result<bool> read_row() {
    while (waiting.empty() && !ended) {
      std::array<char, 65536> chunk;
      stream.read(chunk.data(), chunk.size());
      if (stream.bad()) return Error{Fault::io, "cannot be read", {file, line, 0, {}}};
      ended = stream.eof();
      const std::string_view bytes(chunk.data(), static_cast<std::size_t>(stream.gcount()));
      auto taken = csv.feed(bytes);
      if (taken && ended) taken = csv.finish();
      if (!taken) return std::move(taken).error();
    }
    if (waiting.empty()) return false;
    fields = std::move(waiting.front().fields);
    line = waiting.front().line;
    waiting.pop_front();
    for (const std::string& value : fields) {
      if (!text::is_valid_utf8(value)) return error("not valid UTF-8");
    }
    return true;
  }

  std::string file;
  std::ifstream stream;
  std::deque<Row> waiting;
  lists::CsvStream csv;
  bool ended = false;
  std::uint64_t line = 0;  // of the row last read
  std::vector<std::string> header;
  std::vector<std::string> fields;
};

TableReader::TableReader(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
TableReader::TableReader(TableReader&&) noexcept = default;
TableReader::~TableReader() = default;

Result<TableReader> TableReader::open(const fs::path& path, const std::vector<std::string>& required, Others others,
                                      const std::vector<std::string>& optional) {
  auto impl = std::make_unique<Impl>(path);
  if (!impl->stream) return Error{Fault::io, "cannot be opened", {impl->file, 0, 0, {}}};
  auto header = impl->read_row();
  if (!header) return std::move(header).error();
  if (!*header) return impl->error("empty, not even a header row");
  impl->header = impl->fields;
  std::vector<std::string> known = required;
  known.insert(known.end(), optional.begin(), optional.end());
  for (const std::string& column : impl->header) {
    if (std::count(impl->header.begin(), impl->header.end(), column) > 1)
      return impl->error(fmt::format("column '{}' is doubled", column));
    const bool is_known = std::find(known.begin(), known.end(), column) != known.end();
    if (!is_known && others == Others::refused)
      return impl->error(fmt::format("unknown column '{}'{}", column, suggestion(column, known)));
  }
  for (const std::string& column : required) {
    if (std::find(impl->header.begin(), impl->header.end(), column) == impl->header.end()) {
      return impl->error(fmt::format("column '{}' is missing", column));
    }
  }
  return TableReader(std::move(impl));
}

const std::vector<std::string>& TableReader::header() const { return impl_->header; }

Result<bool> TableReader::next() {
  auto row = impl_->read_row();
  if (!row || !*row) return row;
  if (impl_->fields.size() != impl_->header.size()) {
    return impl_->error(fmt::format("{} fields, the header has {}", impl_->fields.size(), impl_->header.size()));
  }
  return true;
}

const std::vector<std::string>& TableReader::fields() const { return impl_->fields; }

std::string_view TableReader::field(std::string_view column) const {
  for (std::size_t i = 0; i < impl_->header.size(); ++i) {
    if (impl_->header[i] == column) return impl_->fields[i];
  }
  return {};
}

Place TableReader::place() const { return {impl_->file, impl_->line, 0, {}}; }

TableWriter::TableWriter(TableWriter&& other) noexcept
    : path_(std::move(other.path_)), making_(std::exchange(other.making_, {})), stream_(std::move(other.stream_)) {}

TableWriter::~TableWriter() {
  if (making_.empty()) return;
  stream_.close();
  std::error_code ignored;
  fs::remove(making_, ignored);
}

Result<TableWriter> TableWriter::open(const fs::path& path) {
  TableWriter out;
  out.path_ = path;
  out.making_ = path.string() + fmt::format(".{}", getpid());
  out.stream_.open(out.making_, std::ios::binary | std::ios::trunc);
  if (!out.stream_) return Error{Fault::io, "cannot be written", {path.string(), 0, 0, {}}};
  return out;
}

void TableWriter::row(const std::vector<std::string>& fields) {
  for (std::size_t i = 0; i < fields.size(); ++i) stream_ << (i == 0 ? "" : ",") << report::csv_field(fields[i]);
  stream_ << '\n';
}

void TableWriter::text(std::string_view raw) { stream_ << raw; }

Result<void> TableWriter::finish() {
  stream_.close();
  std::error_code error;
  if (stream_.fail()) return Error{Fault::io, "cannot be written, is the disk full?", {path_.string(), 0, 0, {}}};
  fs::rename(making_, path_, error);
  if (error) return Error{Fault::io, error.message(), {path_.string(), 0, 0, {}}};
  making_.clear();
  return {};
}

}  // namespace interdict::app
