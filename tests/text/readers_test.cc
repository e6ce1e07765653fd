#include "text/readers.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "text/text.h"

namespace interdict::text {
namespace {

struct Reading {
  std::string_view name;
  std::string_view latin;
};

void expect(const std::vector<Reading>& readings) {
  for (const auto& [name, latin] : readings) EXPECT_EQ(fold(name), latin) << name;
}

TEST(Indic, AnIsSpokenWhereNoOtherVowelIsWritten) {
  expect({{"राजेन्द्र प्रसाद", "rajendra prasad"},
          {"अमित शाह", "amit shah"},
          {"मनमोहन सिंह", "manmohan singh"},
          {"जवाहरलाल", "javaharlal"},
          {"आनंद", "anand"},
          {"ज्ञानेन्द्र", "gyanendra"},
          {"फ़ारूक़", "faruq"},
          {"ਮਨਮੋਹਨ ਸਿੰਘ", "manmohan singh"},
          {"રાજેન્દ્ર", "rajendra"},
          {"রাজেন্দ্র", "rajendra"},
          {"আনোয়ার", "anwar"},
          {"বিশ্বাস", "bishwas"},
          {"ନବୀନ", "nabin"}});
}

TEST(Indic, SouthernScriptsWriteEveryVowel) {
  expect({{"చంద్రబాబు నాయుడు", "chandrababu nayudu"},
          {"రావు", "rao"},
          {"ಸಿದ್ದರಾಮಯ್ಯ", "siddaramayya"},
          {"വിജയൻ", "vijayan"},
          {"ചാണ്ടി", "chandi"},
          {"முருகன்", "murugan"},
          {"பிரபாகரன்", "pirabagaran"},
          {"சுந்தர் பிச்சை", "sunthar pichai"},
          {"මහින්ද රාජපක්ෂ", "mahinda rajapaksha"},
          {"වික්‍රමසිංහ", "wikramasingha"}});
}

TEST(Thai, VowelsThatNobodyWritesAreSpoken) {
  expect({{"สมชาย", "somchai"},
          {"สวัสดิ์", "sawat"},
          {"ประวิตร วงษ์สุวรรณ", "prawit wongsuwan"},
          {"ชวน", "chuan"},
          {"ธนาธร", "thanathorn"},
          {"เศรษฐา", "srettha"},
          {"บริษัท จำกัด", "borisat chamkat"}});
}

TEST(Lao, IsSpeltAsInLaos) { expect({{"ທອງລຸນ ສີສຸລິດ", "thongloun sisoulith"}, {"ພັນຄຳ", "phankham"}, {"ໜູຮັກ", "nouhak"}}); }

TEST(Burmese, EverySyllableIsAWord) {
  expect({{"မင်းအောင်လှိုင်", "min aung hlaing"},
          {"စိုးဝင်း", "soe win"},
          {"ခင်ညွန့်", "khin nyunt"},
          {"ကျော်ဆွေ", "kyaw swe"},
          {"သန်းရွှေ", "than shwe"},
          {"ကုမ္ပဏီ", "company"}});
}

TEST(Khmer, AConsonantTellsHowItsVowelSounds) {
  expect({{"ហ៊ុន សែន", "hun sen"}, {"ជា ស៊ីម", "chea sim"}, {"ស សុខា", "sar sokha"}, {"កែវ", "keo"}});
}

TEST(Ethiopic, AConsonantOfTheSixthOrderMayHaveNoVowel) {
  expect({{"ዐቢይ አህመድ", "abiy ahmed"},
          {"ብርሃኑ", "birhanu"},
          {"ደብረጽዮን", "debretsion"},
          {"ኃይለማርያም ደሳለኝ", "hailemariam desalegn"},
          {"ወልደ", "wolde"}});
}

TEST(Kana, AForeignWordHasNoVowelWhereJapaneseHelpsItself) {
  expect({{"さとう ゆうこ", "sato yuko"},
          {"なんば", "namba"},
          {"はっとり", "hattori"},
          {"スズキ", "suzuki"},
          {"ヴィクトル", "viktor"},
          {"ドナルド", "donard"},
          {"スターリン", "starin"}});
}

TEST(Readers, GiveLatinLettersForAnyRun) {
  std::mt19937 random(11);  // NOLINT(cert-msc32-c,cert-msc51-cpp): the same runs every time
  struct Script {
    char32_t first;
    char32_t count;
    std::string (*read)(std::u32string_view run);
  };
  for (const auto& [first, count, read] :
       {Script{0x900, 0x500, read_indic}, Script{0xe00, 0x80, read_thai}, Script{0xe80, 0x80, read_lao},
        Script{0x1000, 0xa0, read_burmese}, Script{0x1780, 0x80, read_khmer}, Script{0x1200, 0x1a0, read_ethiopic},
        Script{0x3040, 0xc0, read_kana}}) {
    EXPECT_EQ(read(U""), "");
    for (int round = 0; round < 20000; ++round) {
      std::u32string run(random() % 12 + 1, U' ');
      for (char32_t& c : run) {
        const bool is_of_script = random() % 16 != 0;
        c = is_of_script ? first + static_cast<char32_t>(random() % count) : static_cast<char32_t>(random() % 0x3100);
      }
      const std::string latin = read(run);
      ASSERT_EQ(latin.find_first_not_of("abcdefghijklmnopqrstuvwxyz "), std::string::npos) << latin;
    }
  }
}

}  // namespace
}  // namespace interdict::text
