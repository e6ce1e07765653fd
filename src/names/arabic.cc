#include "names/arabic.h"

#include <algorithm>
#include <array>

#include "text/text.h"

namespace interdict::names {

// Most names have nothing of all this: what cannot apply gives the words back as they came.

namespace {

std::size_t letters_in(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80; }));
}

bool starts_with_any(std::string_view text, std::initializer_list<std::string_view> all) {
  return std::ranges::any_of(all, [&](std::string_view one) { return text.starts_with(one); });
}

/// Where the second part of a word in Arabic letters begins, in bytes; 0 for none.
std::size_t second_in_arabic(std::string_view text) {
  static constexpr std::string_view muhammad = "محمد";
  static constexpr std::string_view article = "ال";
  if (text.starts_with(muhammad)) {
    const std::string_view rest = text.substr(muhammad.size());
    return letters_in(rest) > 2 && !starts_with_any(rest, {"ی", "ي", "و", "زا", "پور", "نژ", "نج", "ان"})
               ? muhammad.size()
               : 0;
  }
  // The article in the middle: Bashar al-Asad in one word.
  for (std::size_t at = text.find(article, 1); at != std::string_view::npos; at = text.find(article, at + 1)) {
    const std::string_view rest = text.substr(at + article.size());
    const std::string_view before = text.substr(0, at);
    if (letters_in(rest) < 3 || starts_with_any(rest, {"و", "ي", "ی", "ه", "ة"})) continue;
    if (letters_in(before) > 2 && !before.ends_with("عبد") && !before.starts_with(article)) return at;
  }
  return 0;
}

/// The same of a word in any letters.
std::size_t second_part(const Written& word) {
  static constexpr std::array muhammads =
      std::to_array<std::string_view>({"mohammad", "mohammed", "muhammad", "mohamad", "mohamed"});
  if (!text::is_ascii(word.text)) return text::script(word.text) == "Arab" ? second_in_arabic(word.text) : 0;
  const auto* const first =
      std::ranges::find_if(muhammads, [&](std::string_view m) { return word.form.starts_with(m); });
  if (first == muhammads.end() || word.text.size() != word.form.size()) return 0;
  const std::string_view rest = std::string_view(word.form).substr(first->size());
  return rest.size() > 2 && !starts_with_any(rest, {"i", "y", "z", "ov", "ou", "p", "n", "s"}) ? first->size() : 0;
}

}  // namespace

std::vector<Written> split_compounds(std::vector<Written> words) {
  if (std::ranges::all_of(words, [](const Written& word) { return second_part(word) == 0; })) return words;
  std::vector<Written> out;
  for (Written& word : words) {
    const std::size_t at = second_part(word);
    if (at == 0) {
      out.push_back(std::move(word));
      continue;
    }
    for (const std::string& part : {word.text.substr(0, at), word.text.substr(at)}) {
      // The article is a word of its own.
      const std::string folded = text::fold(part);
      for (const std::string_view form : words_of(folded)) {
        out.push_back({.text = part, .form = std::string(form), .aside = word.aside});
      }
    }
  }
  return out;
}

std::vector<Written> split_servant(std::vector<Written> words) {
  if (std::ranges::none_of(words, [](const Written& word) { return word.form.starts_with("abd"); })) return words;
  static constexpr std::array prefixes =
      std::to_array<std::string_view>({"abdal", "abdel", "abdol", "abdoul", "abdul", "abder", "abdur", "abdar", "abdes",
                                       "abdus", "abdas", "abden", "abdun", "abdan", "abdez", "abduz"});
  std::vector<Written> out;
  for (Written& word : words) {
    const auto* const prefix = std::ranges::find_if(prefixes, [&](std::string_view p) {
      if (!word.form.starts_with(p) || word.form.size() < p.size() + 3) return false;
      const std::string_view rest = std::string_view(word.form).substr(p.size());
      // What the article became before a sun letter stands before that letter only.
      return p.back() == 'l' ? !rest.starts_with("la") || rest.starts_with("lat") : rest.front() == p.back();
    });
    if (prefix == prefixes.end()) {
      out.push_back(std::move(word));
      continue;
    }
    const std::size_t at = word.text.size() == word.form.size() ? prefix->size() : 0;
    out.push_back({word.text.substr(0, at), "abdul"});
    out.push_back({word.text.substr(at), word.form.substr(prefix->size())});
  }
  return out;
}

std::vector<Written> join_servant(std::vector<Written> words) {
  if (std::ranges::find(words, "abd", &Written::form) == words.end()) return words;
  static constexpr std::array articles = std::to_array<std::string_view>({"al", "el", "ul", "ar", "as", "ur", "er"});
  std::vector<Written> out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i + 2 < words.size() && words[i].form == "abd" &&
        std::ranges::find(articles, words[i + 1].form) != articles.end()) {
      out.push_back({words[i].text + " " + words[i + 1].text, "abdul"});
      ++i;
    } else {
      out.push_back(std::move(words[i]));
    }
  }
  return out;
}

std::vector<Written> restore_articles(std::vector<Written> words) {
  static constexpr std::array spoken = std::to_array<std::string_view>(
      {"ad", "adh", "an", "ar", "as", "ash", "at", "ath", "az", "ech", "ed", "en", "er", "es", "ez"});
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    Written& word = words[i];
    if (std::ranges::find(spoken, word.form) != spoken.end() && words[i + 1].form.size() > 3 &&
        words[i + 1].form.starts_with(std::string_view(word.form).substr(1))) {
      word.form = "al";
    }
  }
  return words;
}

std::vector<Written> join_epithets(std::vector<Written> words) {
  static constexpr std::array articles =
      std::to_array<std::string_view>({"ad", "al", "ed", "el", "ud", "ul", "od", "ol"});
  static constexpr std::array faiths = std::to_array<std::string_view>({"deen", "din", "dine", "dyn"});
  static constexpr std::array joined_faiths = std::to_array<std::string_view>(
      {"addin", "aldeen", "aldin", "eddeen", "eddin", "eddine", "eldeen", "eldin", "eldine", "uddeen", "uddin"});
  static constexpr std::array owners = std::to_array<std::string_view>({"dhou", "dhu", "zo", "zou", "zu"});
  static constexpr std::array owners_of = std::to_array<std::string_view>({"dhoul", "dhul", "zol", "zoul", "zul"});
  static constexpr std::array fathers = std::to_array<std::string_view>({"abo", "abou", "abu"});
  static constexpr std::array children = std::to_array<std::string_view>(
      {"fadl", "fazel", "fazl", "fedl", "fezl", "hasan", "hassan", "hesn", "kasem", "qasem", "qasim", "qasm"});
  static constexpr std::array endings =
      std::to_array<std::string_view>({"addin", "aldeen", "aldin", "eddeen", "eddin", "eddine", "edine", "eldeen",
                                       "eldin", "eldine", "oddin", "oldin", "uddeen", "udin"});
  // Each ends in a word of faith, "ullah" among them, or begins with the father's.
  const auto may_begin_or_end = [](const Written& word) {
    const std::string_view form = word.form;
    return form.starts_with("dh") || form.starts_with("z") || form.ends_with("in") || form.ends_with("ine") ||
           form.ends_with("een") || form.ends_with("dyn") || form == "ullah" || form.starts_with("ab");
  };
  if (std::ranges::none_of(words, may_begin_or_end)) return words;
  std::vector<Written> out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto is = [&](std::size_t at, const auto& among) {
      return at < words.size() && std::ranges::find(among, words[at].form) != among.end();
    };
    const auto join = [&](std::size_t count, std::string form) {
      out.push_back({.text = text_of(words, i, count), .form = std::move(form)});
      i += count - 1;
    };
    const std::string& form = words[i].form;
    const bool arabic = text::script(words[i].text) == "Arab";
    if (form.size() > (arabic ? 1 : 2) && is(i + 1, articles) && is(i + 2, faiths)) {
      join(3, form + "uddin");
    } else if (form.size() > 2 && is(i + 1, joined_faiths)) {
      join(2, form + "uddin");
    } else if (is(i, owners) && is(i + 1, articles) && i + 2 < words.size()) {
      join(3, "zul" + words[i + 2].form);
    } else if (is(i, owners_of) && i + 1 < words.size() && words[i + 1].form.size() > 2) {
      join(2, "zul" + words[i + 1].form);
    } else if (arabic && form.size() > 6 && form.starts_with("zwal")) {
      join(1, "zul" + form.substr(4));
    } else if (arabic && form.size() > 7 && form.starts_with("abwal")) {
      join(1, "abul" + form.substr(5));
    } else if (is(i, fathers) && is(i + 1, articles) && is(i + 2, children)) {
      join(3, "abul" + words[i + 2].form);
    } else if (arabic && form.size() > 2 && i + 1 < words.size() && words[i + 1].form == "ullah") {
      join(2, form + "ullah");
    } else if (const auto* const ending = std::ranges::find_if(
                   endings,
                   [&](std::string_view e) { return form.size() > e.size() + (arabic ? 1 : 2) && form.ends_with(e); });
               ending != endings.end()) {
      join(1, form.substr(0, form.size() - ending->size()) + "uddin");
    } else {
      out.push_back(std::move(words[i]));
    }
  }
  return out;
}

}  // namespace interdict::names
