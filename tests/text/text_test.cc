#include "text/text.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace interdict::text {
namespace {

int textbook_distance(std::string_view left, std::string_view right) {
  std::vector<std::vector<int>> d(left.size() + 1, std::vector<int>(right.size() + 1));
  for (std::size_t i = 0; i <= left.size(); ++i) {
    for (std::size_t j = 0; j <= right.size(); ++j) {
      if (i == 0 || j == 0) {
        d[i][j] = static_cast<int>(i + j);
        continue;
      }
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1)});
    }
  }
  return d[left.size()][right.size()];
}

TEST(EditDistance, AgreesWithTheTextbookTable) {
  std::mt19937 random(7);  // NOLINT(cert-msc32-c,cert-msc51-cpp): the same strings every run
  for (int round = 0; round < 20000; ++round) {
    const auto any = [&](std::size_t most) {
      std::string s(random() % (most + 1), 'a');
      for (char& c : s) c = static_cast<char>('a' + random() % 3);
      return s;
    };
    const std::size_t most = round % 10 == 0 ? 150 : 12;
    const std::string left = any(most);
    const std::string right = any(most);
    const int limit = static_cast<int>(random() % 8);
    ASSERT_EQ(edit_distance(left, right, limit), std::min(textbook_distance(left, right), limit + 1))
        << left << " " << right << " " << limit;
  }
}

TEST(Lookalikes, AreBroughtToTheAlphabetOfTheirWord) {
  EXPECT_EQ(without_lookalikes("Реtеr Нарре"), "Peter Happe") << "Cyrillic letters that hide a Latin name";
  EXPECT_EQ(without_lookalikes("Cпутник"), "Спутник") << "a Latin C";
  EXPECT_EQ(without_lookalikes("Общество c ограниченной"), "Общество с ограниченной");
  EXPECT_EQ(without_lookalikes("ОАО Gazprom"), "ОАО Gazprom") << "a word of one alphabet is what it is";
  EXPECT_EQ(without_lookalikes("Αlρha"), "Αlρha") << "no two letters: rho is not among them";
  EXPECT_EQ(without_lookalikes("Νikos"), "Nikos") << "a Greek capital";
  EXPECT_EQ(without_lookalikes("Müller"), "Müller");
}

TEST(Utf8, FindsTheFirstMalformedByte) {
  EXPECT_EQ(first_invalid_utf8("plain ascii, longer than a word"), std::nullopt);
  EXPECT_EQ(first_invalid_utf8("Лукашенко 金 😀"), std::nullopt);
  EXPECT_EQ(first_invalid_utf8("abc\xff"), 3U);
  EXPECT_EQ(first_invalid_utf8("\xc0\xaf"), 0U) << "overlong";
  EXPECT_EQ(first_invalid_utf8("a\xed\xa0\x80"), 1U) << "surrogate";
  EXPECT_EQ(first_invalid_utf8("\xf4\x90\x80\x80"), 0U) << "past the last code point";
  EXPECT_EQ(first_invalid_utf8("12345678\xe2\x82"), 8U) << "cut short";
}

TEST(Clean, KeepsSpellingAndDropsWhatCannotBeSeen) {
  EXPECT_EQ(clean("Already clean"), "Already clean");
  EXPECT_EQ(clean("  two \t\r\n words\x01 "), "two words");
  EXPECT_EQ(clean("a\u00a0\u200bb\ufeff"), "a b");
  EXPECT_EQ(clean("e\u0301"), "\u00e9");
  EXPECT_EQ(clean(""), "");
  EXPECT_EQ(clean(" \t "), "");
}

TEST(Fold, WritesAnyScriptInPlainLatin) {
  EXPECT_EQ(fold("O'Brien-Smith,  Ltd."), "obrien smith ltd");
  EXPECT_EQ(fold("Łukasz ŻÓŁĆ Øre Müller"), "lukasz zolc ore muller");
  EXPECT_EQ(fold("Александр Лукашенко"), "aleksandr lukashenko");
  EXPECT_EQ(fold("Уладзімір"), "uladzimir");
  EXPECT_EQ(fold("محمد الأسد"), "mehmd al asd");
  EXPECT_EQ(fold("김정은"), "kim jong un");
  EXPECT_EQ(fold("习近平"), "xi jin ping");
  EXPECT_EQ(fold("Παπαδόπουλος"), "papadopoulos");
  EXPECT_EQ(fold("რუსთაველი"), "rustaveli");
  EXPECT_EQ(fold("٣٤"), "34");
  EXPECT_EQ(fold("...—"), "");
}

TEST(Han, ATraditionalCharacterIsItsSimplifiedOne) {
  EXPECT_EQ(fold("國強"), "guo qiang");
  EXPECT_EQ(fold("佐々木"), "zuo zuo mu") << "the sign for the same once more";
  EXPECT_EQ(syllable_of("國"), syllable_of("国"));
  EXPECT_EQ(syllable_of("国"), U'国');
  EXPECT_NE(syllable_of("国"), syllable_of("果")) << "alike in sound only";
  EXPECT_FALSE(fold("𠀋").empty()) << "a rare one, of which no table tells";
}

TEST(Fold, IsStableOnItsOwnResult) {
  for (const std::string_view name : {"Аляксандр", "حسین موسوی", "ทักษิณ", "बनर्जी", "Ὀδυσσεύς", "三菱商事株式会社"}) {
    EXPECT_EQ(fold(fold(name)), fold(name)) << name;
  }
}

TEST(WordsSignature, IsOfTheWordsAndNotOfTheirOrder) {
  EXPECT_EQ(words_signature("Zoë, ADAMS-Clark"), words_signature("adams clark zoe"));
  EXPECT_NE(words_signature("Zoe Adams"), words_signature("Zoe Zoe Adams"));
  EXPECT_NE(words_signature("ab c"), words_signature("a bc"));
  EXPECT_NE(words_signature("Зоя"), words_signature("Zoya"));
}

TEST(Script, IsTheOneMostLettersAreIn) {
  EXPECT_EQ(script("Minsk"), "Latn");
  EXPECT_EQ(script("ОАО Belaz Минск"), "Cyrl");
  EXPECT_EQ(script("محمد"), "Arab");
  EXPECT_EQ(script("金正恩"), "Hani");
  EXPECT_EQ(script("12-34"), "");
}

TEST(Country, IsFoundByCodeAndByAnySpelling) {
  const std::vector<std::pair<std::string_view, std::string_view>> cases = {
      {"BY", "by"},
      {"blr", "by"},
      {"Belarus / Bélarus", "by"},
      {"Belarusian", "by"},
      {"Беларусь", "by"},
      {"Korea, North", "kp"},
      {"DPRK", "kp"},
      {"Burma", "mm"},
      {"USSR", "su"},
      {"Türkiye", "tr"},
      {"no", "no"},
      {"Иран", "ir"},
      {"Iran (Islamic Republic of)", "ir"},
      {"Pakistan (previous address)", "pk"},
      {"the Netherlands", "nl"},
      {"Côte d'Ivoire", "ci"},
      {"Lebanese citizenship", "lb"},
      {"日本", "jp"},
      {"Myanmar (Burma) / Myanmar (Birmanie)", "mm"}};
  for (const auto& [spelling, code] : cases) EXPECT_EQ(country_code(spelling), code) << spelling;
  for (const std::string_view unknown :
       {"", "Atlantis", "-0-", "UNKNOWN", "(1) Pakistan (2) Afghanistan", "Mali / Niger"}) {
    EXPECT_EQ(country_code(unknown), std::nullopt) << unknown;
  }
  EXPECT_EQ(country_name("by"), "Belarus");
  EXPECT_EQ(country_name("zz"), "");
}

TEST(Language, IsFoundByCodeAndByName) {
  EXPECT_EQ(language_code("ru"), "rus");
  EXPECT_EQ(language_code("fre"), "fra");
  EXPECT_EQ(language_code("Arabic"), "ara");
  EXPECT_EQ(language_code("Klingonish"), std::nullopt);
}

}  // namespace
}  // namespace interdict::text
