// Several names in one text: "Pegas (f.k.a. Lana)". Queries and lists both hold such text.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "names/names.h"

namespace interdict::names {

/// The names that a text gives, the one it begins with first: split where it says that what follows is another name of
/// the same party (a.k.a., alias, formerly, d/b/a, "(ex "). What stands behind the closing bracket belongs to the
/// first. Last the text itself, which is all where it has no such words or one name only. Case and order are kept.
[[nodiscard]] std::vector<std::string> names_in(std::string_view text);

/// The names that a text of a list gives. An organisation's that holds the name of another body (IRGC Navy, National
/// Iranian Oil Company International Affairs) is given once more, the body in full with its short name behind it in
/// brackets, so that it is found by either: Islamic Revolutionary Guard Corps (IRGC) Navy. Of a query this would make
/// evidence of what it does not say.
[[nodiscard]] std::vector<std::string> listed_names_in(std::string_view text, Kind kind);
/// That name of an organisation; nothing where no part of the text is such a body. The bodies are learnt from the
/// lists, each from a party that bears both names.
[[nodiscard]] std::optional<std::string> with_short_name(std::string_view text);

/// The greatest score of a name that the one text gives against one that the other gives, as screening takes it; 0 for
/// none.
[[nodiscard]] double score_texts(std::string_view query, std::string_view listed, Kind kind);
/// The comparison of the two names that give it.
[[nodiscard]] Comparison compare_texts(std::string_view query, std::string_view listed, Kind kind);

}  // namespace interdict::names
