#include "lists/input.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <system_error>

namespace interdict::lists {
namespace {

struct Close {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, Close>;

Error cannot(const char* what, const std::filesystem::path& path, int code) {
  return {code == ENOENT ? Fault::not_found : Fault::io,
          fmt::format("cannot {} the file: {}", what, std::generic_category().message(code)),
          {path.string(), 0, 0, {}}};
}

Result<File> open(const std::filesystem::path& path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) return cannot("read", path, EISDIR);
  File file(std::fopen(path.c_str(), "rb"));
  if (!file) return cannot("open", path, errno);
  std::setvbuf(file.get(), nullptr, _IONBF, 0);
  return file;
}

bool digits(std::string_view text, std::size_t at, std::size_t count) {
  if (at + count > text.size()) return false;
  for (std::size_t i = at; i < at + count; ++i) {
    if (text[i] < '0' || text[i] > '9') return false;
  }
  return true;
}

}  // namespace

Sha256::Sha256() : context_(EVP_MD_CTX_new()) {
  INTERDICT_ASSERT(context_ != nullptr && EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) == 1);
}

Sha256::~Sha256() = default;

void Sha256::Free::operator()(evp_md_ctx_st* context) const { EVP_MD_CTX_free(context); }

void Sha256::add(std::string_view bytes) {
  INTERDICT_ASSERT(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1);
}

std::string Sha256::finish() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  INTERDICT_ASSERT(EVP_DigestFinal_ex(context_.get(), digest.data(), &size) == 1);
  std::string hex;
  for (unsigned i = 0; i < size; ++i) hex += fmt::format("{:02x}", digest[i]);
  return hex;
}

Result<std::string> read_file(const std::filesystem::path& path, Progress& progress,
                              const std::function<Result<void>(std::string_view)>& take) {
  auto file = open(path);
  if (!file) return std::move(file).error();
  Sha256 sha;
  std::string chunk(chunk_bytes, '\0');
  for (;;) {
    const std::size_t size = std::fread(chunk.data(), 1, chunk.size(), file->get());
    if (size == 0) break;
    const std::string_view bytes = std::string_view(chunk).substr(0, size);
    sha.add(bytes);
    if (auto taken = take(bytes); !taken) return std::move(taken).error();
    progress.add(size);
  }
  if (std::ferror(file->get()) != 0) return cannot("read", path, errno);
  return sha.finish();
}

Result<std::string> read_head(const std::filesystem::path& path, std::size_t bytes) {
  auto file = open(path);
  if (!file) return std::move(file).error();
  std::string head(bytes, '\0');
  head.resize(std::fread(head.data(), 1, head.size(), file->get()));
  if (std::ferror(file->get()) != 0) return cannot("read", path, errno);
  return head;
}

std::uint64_t total_bytes(const std::vector<std::filesystem::path>& files) {
  std::uint64_t total = 0;
  for (const auto& file : files) {
    std::error_code error;
    const auto size = std::filesystem::file_size(file, error);
    if (!error) total += size;
  }
  return total;
}

std::optional<Instant> instant_in(std::string_view name) {
  for (std::size_t at = 0; at + 10 <= name.size(); ++at) {
    if (at > 0 && digits(name, at - 1, 1)) continue;
    const auto day = parse_day(name.substr(at, 10));
    if (!day || digits(name, at + 10, 1)) continue;
    std::string_view rest = name.substr(at + 10);
    Instant when = *day;
    if (rest.starts_with('T') && digits(rest, 1, 4)) {
      const int hour = (rest[1] - '0') * 10 + (rest[2] - '0');
      const int minute = (rest[3] - '0') * 10 + (rest[4] - '0');
      if (hour < 24 && minute < 60) when += std::chrono::hours(hour) + std::chrono::minutes(minute);
    }
    return when;
  }
  return std::nullopt;
}

std::optional<Instant> instant_in_name(const std::filesystem::path& path) {
  if (const auto own = instant_in(path.filename().string())) return own;
  std::error_code error;
  return instant_in(std::filesystem::absolute(path, error).parent_path().filename().string());
}

}  // namespace interdict::lists
