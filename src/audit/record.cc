#include "audit/record.h"

#include <fmt/format.h>

#include <charconv>
#include <initializer_list>

#include "store/digest.h"

namespace interdict::audit {
namespace {

std::string digest(std::initializer_list<std::string_view> texts) {
  store::Digest out;
  for (const std::string_view text : texts) {
    std::string length(8, '\0');
    for (std::size_t i = 0; i < 8; ++i) length[i] = static_cast<char>((text.size() >> (56 - 8 * i)) & 0xffU);
    out.add(length);
    out.add(text);
  }
  return out.finish();
}

std::optional<unsigned> digit(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a' + 10);
  return std::nullopt;
}

}  // namespace

std::string hash_of(const Content& content) {
  const Answered& what = content.what;
  return digest({content.nonce, what.request_id, what.key, what.caller, what.role, what.operation,
                 what.replayable ? "1" : "0", what.method, what.target, what.origin, what.body, what.world,
                 what.reviews ? std::to_string(*what.reviews) : "", std::to_string(what.status), what.type,
                 what.answer});
}

std::string chained(const std::string& previous, Instant at, const std::string& content_hash) {
  return digest({"interdict audit 1", previous, std::to_string(at.time_since_epoch().count()), content_hash});
}

std::string to_string(const Head& head) { return fmt::format("{}:{}", head.number, hex(head.hash)); }

std::optional<Head> parse_head(std::string_view text) {
  Head out;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), out.number);
  if (fault != std::errc() || out.number < 0) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  if (text.size() != 65 || text.front() != ':') return std::nullopt;
  for (std::size_t i = 0; i < 32; ++i) {
    const auto high = digit(text[1 + 2 * i]);
    const auto low = digit(text[2 + 2 * i]);
    if (!high || !low) return std::nullopt;
    out.hash[i] = static_cast<char>(*high * 16 + *low);
  }
  return out;
}

std::string hex(std::string_view raw) {
  std::string out;
  for (const char byte : raw) out += fmt::format("{:02x}", static_cast<unsigned char>(byte));
  return out;
}

}  // namespace interdict::audit
