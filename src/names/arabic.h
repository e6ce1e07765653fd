// Arabic names in their many spellings: articles, servants of God, fathers, the faith. Private to the names room.
#pragma once

#include <vector>

#include "names/written.h"

namespace interdict::names {

/// What Arabic letters write without a space, and Muhammad before another name in Latin ones (Mohammadreza).
[[nodiscard]] std::vector<Written> split_compounds(std::vector<Written> words);
/// "Abdelhamid" is "Abdel Hamid" as often: the servant of, apart from whose. Abdullah is one name.
[[nodiscard]] std::vector<Written> split_servant(std::vector<Written> words);
/// "abd al-rahman" is written "abdul rahman" as often.
[[nodiscard]] std::vector<Written> join_servant(std::vector<Written> words);
/// "Ash-Shabab" is "al-Shabab": before some letters the Arabic article is spoken as they are.
[[nodiscard]] std::vector<Written> restore_articles(std::vector<Written> words);
/// "nur al-din", "nur ud din", "nur eddine" are written "nureddin" as often: the Arabic "of the faith" is one word with
/// what it says. So is "father of" with the names that mostly follow it (Abu al-Fadl, Abolfazl), and what is written in
/// Arabic letters before "Allah" (Najib Allah, Najibullah); and Dhu al-Qadr is Zulqadr.
[[nodiscard]] std::vector<Written> join_epithets(std::vector<Written> words);

}  // namespace interdict::names
