// What every reader owes for whatever bytes: records with an id, statements with clean text, one of each detail.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "lists/lists.h"
#include "text/text.h"

namespace interdict::lists {

class CheckedSink : public Sink {
 public:
  Result<void> record(Record&& record) override {
    INTERDICT_ASSERT(!record.id.empty() || record.statements.empty());
    INTERDICT_ASSERT(!record.schema.empty());
    for (const Statement& s : record.statements) {
      INTERDICT_ASSERT(!s.value.empty() && text::is_valid_utf8(s.value));
      for (std::size_t i = 0; i < s.details.size(); ++i) {
        INTERDICT_ASSERT(!s.details[i].value.empty() && text::is_valid_utf8(s.details[i].value));
        INTERDICT_ASSERT(i == 0 || s.details[i - 1].detail < s.details[i].detail);
      }
    }
    ++records;
    return {};
  }
  void reject(Rejection&& rejection) override {
    INTERDICT_ASSERT(!rejection.reason.empty());
    ++rejections;
  }

  std::uint64_t records = 0;
  std::uint64_t rejections = 0;
};

/// Gives the input in pieces whose size is its first byte, so that every cut of a token is tried.
template <typename Feed>
Result<void> feed_in_pieces(std::string_view bytes, Feed feed) {
  if (bytes.empty()) return {};
  const std::size_t step = static_cast<unsigned char>(bytes.front()) + std::size_t{1};
  bytes.remove_prefix(1);
  for (; !bytes.empty(); bytes.remove_prefix(std::min(step, bytes.size()))) {
    if (auto fed = feed(bytes.substr(0, step)); !fed) return fed;
  }
  return {};
}

/// An error must say where.
inline void check_error(const Result<void>& result) {
  if (!result) INTERDICT_ASSERT(!result.error().message.empty() && result.error().place.file == "fuzz");
}

}  // namespace interdict::lists
