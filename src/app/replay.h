// Answers of the audit trail, given again: the world made as it was, the handler asked the same, byte by byte.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "app/command.h"
#include "audit/trail.h"
#include "serve/serve.h"

namespace interdict::app {

struct Replayed {
  enum class Outcome : std::uint8_t {
    identical,
    differs,
    impossible,  // it cannot be asked again
  };
  Outcome outcome = Outcome::identical;
  std::string why;    // for people, where it is not identical
  std::string again;  // the answer now, where it differs
};
[[nodiscard]] const char* outcome_name(Replayed::Outcome outcome);

/// Keeps the last world it made: records of one world are best replayed together.
class Replayer {
 public:
  /// `common` names the store; reviews are read beside it.
  Replayer(const audit::Trail& trail, Common common) : trail_(&trail), common_(std::move(common)) {}
  [[nodiscard]] Replayed replay(const audit::Record& record);

 private:
  Result<void> make_world(const std::string& name);
  Result<void> open_reviews(std::int64_t sequence);

  const audit::Trail* trail_;
  Common common_;
  std::string world_;            // the name of what was made last
  std::optional<Error> failed_;  // why it could not be
  std::unique_ptr<serve::Service> service_;
  std::optional<std::int64_t> sequence_;  // of the reviews that the service has
};

}  // namespace interdict::app
