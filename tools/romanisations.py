#!/usr/bin/env python3
"""One name in the spellings of many languages: how many pairs of spellings reach the threshold.

    tools/list_names.py DATA > names.tsv
    tools/romanisations.py names.tsv [--scores build/release/name_scores] [--show 20]

The lists' own Cyrillic names of people are spelt by the rules of twelve systems (BGN/PCGN, the passports' ICAO 9303, and what
German, French, Polish, Czech, Swedish, Dutch, Spanish, Hungarian, Estonian and Lithuanian newspapers write; marks left
out, as lists do), and every two spellings of a name, and each with the name itself, are compared. Chinese names are put together
from common syllables, in pinyin and Wade-Giles; so are names that differ in one syllable, which should not match.
The rules are approximate: what is measured is how well systems meet, not each system.
"""
import argparse
import collections
import itertools
import random
import re
import subprocess

THRESHOLD = 0.70
VOWELS = "аеёиоуыэюя"
PLAIN = dict(zip("абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
                 ["a", "b", "v", "g", "d", "e", "jo", "z", "z", "i", "j", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f",
                  "ch", "c", "c", "s", "sc", "", "y", "", "e", "ju", "ja"]))


class System:
    """Letters, and a rule that may write one otherwise by what stands before and after it."""

    def __init__(self, letters, rule=lambda c, before, after: None):
        self.letters = {**PLAIN, **letters}
        self.rule = rule

    def word(self, word):
        word, out = word.lower(), ""
        for i, c in enumerate(word):
            before, after = word[i - 1] if i else "", word[i + 1] if i + 1 < len(word) else ""
            written = self.rule(c, before, after)
            out += self.letters.get(c, c) if written is None else written
        return out.capitalize()

    def name(self, name):
        return " ".join("-".join(self.word(part) for part in word.split("-")) for word in name.split())


def starts_soft(before):
    return not before or before in VOWELS + "ъь"


def with_je(je, after_i=None, more=lambda c, before, after: None):
    """Е is `je` at the start and after vowels; й after и or ы is `after_i`."""
    def rule(c, before, after):
        if c == "е" and starts_soft(before):
            return je
        if c == "й" and before and before in "иы" and after_i is not None:
            return after_i
        return more(c, before, after)
    return rule


def german(c, before, after):
    if c == "с":
        return "ss" if before and after and before in VOWELS and after in VOWELS else "s"
    return "o" if c == "ё" and before and before in "жчшщ" else None


def french(c, before, after):
    if c == "г" and after and after in "еиэы":
        return "gu"
    if c == "с" and before and after and before in VOWELS and after in VOWELS:
        return "ss"
    return "ne" if c == "н" and not after and before == "и" else None


def polish(c, before, after):
    soft = before and before in "бвгдзкмнпрстфх"
    vowel = {"е": "e", "я": "a", "ю": "u", "ё": "o"}.get(c)
    if vowel is None or starts_soft(before):
        return "y" if c == "и" and before and before in "жшц" else "je" if c == "е" else None
    if before == "л" or before in "жшчщц":
        return vowel
    return ("i" if soft else "j") + vowel


def spanish(c, before, after):
    return "gu" if c == "г" and after and after in "еи" else None


ENGLISH = {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch"}
SYSTEMS = {
    "BGN/PCGN": System({**ENGLISH, "й": "y", "ё": "yo", "ю": "yu", "я": "ya"}, with_je("ye")),
    "passport": System({**ENGLISH, "й": "i", "ё": "e", "ъ": "ie", "ю": "iu", "я": "ia"}),
    "German": System({"в": "w", "ж": "sch", "з": "s", "й": "i", "ц": "z", "ч": "tsch", "ш": "sch", "щ": "schtsch"},
                     with_je("je", "", german)),
    "French": System({"ё": "io", "ж": "j", "й": "i", "у": "ou", "х": "kh", "ц": "ts", "ч": "tch", "ш": "ch", "щ": "chtch",
                      "ю": "iou", "я": "ia"}, with_je("ie", "", french)),
    "Polish": System({"в": "w", "ч": "cz", "ш": "sz", "щ": "szcz"}, polish),
    "Czech": System({}, with_je("je")),
    "Swedish": System({"ж": "zj", "ц": "ts", "ч": "tj", "ш": "sj", "щ": "sjtj"}, with_je("je", "")),
    "Dutch": System({"ж": "zj", "у": "oe", "ц": "ts", "ч": "tsj", "ш": "sj", "щ": "sjtsj", "ю": "joe"}, with_je("je", "")),
    "Spanish": System({"ё": "io", "ж": "zh", "й": "i", "х": "j", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sch", "ю": "iu",
                       "я": "ia"}, with_je("ye", "", spanish)),
    "Hungarian": System({"ж": "zs", "с": "sz", "х": "h", "ч": "cs", "щ": "scs", "ы": "i"}, with_je("je")),
    "Estonian": System({"й": "i", "х": "hh", "ц": "ts", "ч": "ts", "щ": "sts", "ы": "o"}, with_je("je")),
    "Lithuanian": System({"ё": "io", "ю": "iu", "я": "ia"}),
}

FAMILY = ("li wang zhang liu chen yang zhao huang zhou wu xu sun hu zhu gao lin he guo ma luo liang song zheng xie han tang feng yu "
          "dong xiao cheng cao yuan deng xue fu shen zeng peng lu su jiang cai jia ding wei ye yan pan du dai xia zhong tian ren fan "
          "fang shi yao tan liao zou xiong jin hao kong bai cui kang mao qiu qin gu hou shao meng long wan duan lei qian").split()
GIVEN = ("ming guo jian wei hua jun jie qiang hong xin zhi yong bin feng tao lei yan fang ping xiao yu xue qing zhong cheng xiang hui "
         "bo chun de guang hai jia jing kai li lan mei ning peng rong shan tian wen xia yi yuan zhen zheng zi ze ru shu si sheng dong "
         "chao gang cai").split()


def wade_giles(syllable):
    initial, final = re.match(r"(zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]?)(.*)", syllable).groups()
    if initial == "y":
        return {"yi": "i", "you": "yu", "yan": "yen", "ye": "yeh", "yue": "yueh", "yong": "yung"}.get(syllable, syllable)
    written = {"b": "p", "d": "t", "g": "k", "j": "ch", "q": "ch", "x": "hs", "zh": "ch", "r": "j", "z": "ts", "c": "ts"}.get(
        initial, initial)
    if final == "i" and initial in ("z", "c", "s"):
        return "szu" if initial == "s" else "tzu"
    if final == "i" and initial in ("zh", "ch", "sh", "r"):
        return written + "ih"
    if final == "uo" and initial not in ("g", "k", "h", "sh") or final == "e" and initial in ("g", "k", "h"):
        return written + "o"
    if final == "ui" and initial in ("g", "k"):
        return written + "uei"
    return written + {"ian": "ien", "ie": "ieh", "ue": "ueh", "iong": "iung", "ong": "ung", "er": "erh"}.get(final, final)


def cyrillic_pairs(path, count, chance):
    names = set()
    for line in open(path, encoding="utf-8"):
        _, _, kind, _, name = line.rstrip("\n").split("\t")
        if kind == "person" and re.fullmatch(r"[А-Яа-яЁё -]+", name) and 2 <= len(name.split()) <= 3:
            names.add(name)
    names = sorted(names)
    chance.shuffle(names)
    for name in names[:count]:
        spellings = {system: rules.name(name) for system, rules in SYSTEMS.items()}
        spellings["Cyrillic"] = name
        for (a, left), (b, right) in itertools.combinations(spellings.items(), 2):
            if left != right:
                yield (a, b), left, right


def chinese_pairs(count, chance):
    for _ in range(count):
        family, (a, b) = chance.choice(FAMILY), chance.sample(GIVEN, 2)
        wade = f"{wade_giles(family)} {wade_giles(a)}-{wade_giles(b)}".title()
        yield ("pinyin to Wade-Giles",), f"{family} {a}{b}".title(), wade
        other = chance.choice(GIVEN)
        if wade_giles(other) != wade_giles(b):
            yield ("another syllable",), f"{family} {a}{other}".title(), wade
        other = chance.choice(FAMILY)
        if wade_giles(other) != wade_giles(family):
            yield ("another family name",), f"{other} {a}{b}".title(), wade


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", help="what tools/list_names.py writes")
    parser.add_argument("--scores", default="build/release/name_scores")
    parser.add_argument("--count", type=int, default=600, help="Cyrillic names")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="N pairs that are missed")
    options = parser.parse_args()
    chance = random.Random(5)
    for pairs in (list(cyrillic_pairs(options.names, options.count, chance)), list(chinese_pairs(2000, chance))):
        lines = "".join(f"person\t{left}\t{right}\n" for _, left, right in pairs)
        scores = subprocess.run([options.scores], input=lines, capture_output=True, text=True, check=True).stdout.split()
        hits = [float(score) >= THRESHOLD for score in scores]
        met, asked = collections.Counter(), collections.Counter()
        for (systems, _, _), hit in zip(pairs, hits, strict=True):
            for system in (*systems, "all") if len(systems) > 1 else systems:
                asked[system] += 1
                met[system] += hit
        for system, count in asked.items():
            print(f"{system:22} {count:7}  {met[system] / count:.3f}")
        missed = [pair for pair, hit in zip(pairs, hits, strict=True) if not hit and "another" not in pair[0][0]]
        for systems, left, right in chance.sample(missed, min(options.show, len(missed))):
            print("   ", " / ".join(systems), left, "|", right, sep="  ")


if __name__ == "__main__":
    main()
