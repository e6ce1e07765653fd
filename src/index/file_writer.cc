#include "index/file_writer.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <bit>
#include <cerrno>
#include <cstring>
#include <utility>

#include "index/checksum.h"
#include "index/mapped.h"

namespace interdict::index {

FileWriter::FileWriter(const std::filesystem::path& path)
    : path_(path),
      beside_(fmt::format("{}.{}.new", path.string(), ::getpid())),
      // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg)
      file_(::open(beside_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644)) {
  if (file_ < 0) fail("create");
  write(std::string(sizeof(Header), '\0'));
}

FileWriter::~FileWriter() {
  if (file_ >= 0) ::close(file_);
  if (!is_in_place_) ::unlink(beside_.c_str());
}

void FileWriter::section(Section which, std::string_view content) {
  INTERDICT_ASSERT(static_cast<std::size_t>(which) == next_);
  const std::uint64_t start = (size_ + section_alignment - 1) / section_alignment * section_alignment;
  write(std::string(start - size_, '\0'));
  header_.sections.at(next_++) = {start, content.size()};
  write(content);
}

Result<void> FileWriter::finish() {
  INTERDICT_ASSERT(next_ == section_count);
  header_.file_magic = magic;
  header_.version = format_version;
  header_.sections_here = section_count;
  header_.file_size = size_;
  write_header();
  if (!failed_) {
    // The sum covers the header's first fields too, and is itself one of the last to be written.
    const auto written = Mapping::of(beside_);
    if (!written) return written.error();
    header_.checksum = xxh64(written->bytes().subspan(checksum_from));
  }
  write_header();
  if (!failed_ && ::fsync(file_) != 0) fail("write");
  if (file_ >= 0 && ::close(std::exchange(file_, -1)) != 0) fail("write");
  if (!failed_ && ::rename(beside_.c_str(), path_.c_str()) != 0) fail("put in place");
  if (failed_) return *failed_;
  is_in_place_ = true;
  return {};
}

void FileWriter::fail(const char* what) {
  if (failed_) return;
  failed_ =
      Error{Fault::io, fmt::format("cannot {} the index: {}", what, std::strerror(errno)), {path_.string(), 0, 0, {}}};
}

void FileWriter::write(std::string_view bytes) {
  size_ += bytes.size();
  while (!failed_ && !bytes.empty()) {
    const ssize_t written = ::write(file_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return fail("write");
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

void FileWriter::write_header() {
  // As bytes: a sanitised GCC 12 takes the header's address for its first member's, and warns of reading past it.
  const auto bytes = std::bit_cast<std::array<char, sizeof(Header)>>(header_);
  if (!failed_ && ::pwrite(file_, bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
    fail("write");
  }
}

}  // namespace interdict::index
