"""The forms of a Slavic word that names of firms and bodies have it in, for organisations_slavic.txt and tools/learn_names.py.

    word     as it stands
    word=    a noun in the singular: nominative, genitive
    word==   a noun in the singular and plural
    word*    an adjective: all genders, plural, their genitives;  word*+  and what it is in compounds (строительно)
Behind that may stand m or f, the gender of a Russian noun in -ь, and the language where it is not Russian: u Ukrainian, b Belarusian,
g Bulgarian.
"""

import re

HARD_SIGNED = "гкхжчшщ"  # after these и is written for ы
VOWELS = "аеёиоуыэюяіїє"


def russian_adjective(word):
    stem, ending = word[:-2], word[-2:]
    if ending == "ий":
        endings = {True: "ий яя ее ие его ей их", False: "ий ая ое ие ого ой их"}[stem[-1] == "н"]
        if stem[-1] in "жчшщ":
            endings = "ий ая ее ие его ей их"
    elif ending == "ый":
        endings = "ый ая ое ые ого ой ых"
    else:
        vowel = "и" if stem[-1] in HARD_SIGNED else "ы"
        endings = f"ой ая ое {vowel}е ого {vowel}х"
    return [stem + ending for ending in endings.split()]


def ukrainian_adjective(word):
    soft = word.endswith("ій")
    endings = "ій я є ього ьої і іх ьо" if soft else "ий а е ого ої і их о"
    return [word[:-2] + ending for ending in endings.split()]


def belarusian_adjective(word):
    stem, ending = word[:-1], word[-1]
    if ending == "ы":
        endings = "ы ая ае ага ай ыя ых"
    else:
        endings = "і ая ае ага ай ія іх" if stem[-1] in "кгх" else "і яя яе яга яй ія іх"
    return [stem + ending for ending in endings.split()]


def bulgarian_adjective(word):
    if word.endswith("ки"):
        return [word[:-1] + ending for ending in "и ият ия а ата о ото ите".split()]
    stem = word[:-2] + "н" if word.endswith("ен") else word
    return [word] + [stem + ending for ending in "ият ия а ата о ото и ите".split()]


def russian_noun(word, plural, gender):
    stem = word[:-1]
    plural_ending = lambda stem: "и" if stem[-1] in HARD_SIGNED else "ы"
    if word.endswith(("ие", "ия")):
        return [word, stem + ("я" if word.endswith("ие") else "и")] + [stem + "й"] * plural
    if word.endswith("ье"):
        return [word, stem + "я"]
    if word.endswith("о"):
        return [word, stem + "а"] + [stem] * (plural and (word.endswith("ство") or word[-3] in VOWELS))
    if word.endswith("а"):
        return [word, stem + plural_ending(stem)] + [stem] * (plural and stem[-2] in VOWELS)
    if word.endswith("я"):
        return [word, stem + "и"]
    if word.endswith("ь") and gender == "f":
        return [word, stem + "и"] + [stem + "ей"] * plural
    if word.endswith("ь"):
        return [word, stem + "я"] + [stem + "и", stem + "ей"] * plural
    if word.endswith("й"):
        return [word, stem + "я"] + [stem + "и", stem + "ев"] * plural
    return [word, word + "а"] + [word + plural_ending(word), word + ("ей" if word[-1] in "жчшщ" else "ов")] * plural


def ukrainian_noun(word, plural, gender):
    stem = word[:-1]
    if word.endswith(("ння", "ття", "лля", "ззя")):
        return [word] + [word[:-2]] * (plural and word.endswith("ння"))
    if word.endswith("ія"):
        return [word, stem + "ї"] + [stem + "й"] * plural
    if word.endswith("о"):
        return [word, stem + "а"] + [stem] * (plural and word.endswith("ство"))
    if word.endswith("а"):
        return [word, stem + "и"] + [stem] * (plural and word[-3] in VOWELS)
    if word.endswith("я"):
        return [word, stem + "і"]
    if word.endswith("ь") and gender == "f":
        return [word, stem + "і"]
    if word.endswith("ь"):
        return [word, stem + "я"] + [stem + "і", stem + "ів"] * plural
    if word.endswith("й"):
        return [word, stem + "я", stem + "ю"]
    return [word, word + "у", word + "а"] + [word + "и", word + "ів"] * plural


def belarusian_noun(word, plural, gender):
    stem = word[:-1]
    vowel = "і" if stem[-1] in "кгх" else "ы"
    if word.endswith(("нне", "тэ", "цце", "лле")):
        return [word, stem + "я"] + [word[:-2] + "яў"] * (plural and word.endswith("нне"))
    if word.endswith(("ыя", "ія")):
        return [word, stem + "і"] + [stem + "й"] * plural
    if word.endswith("ства"):
        return [word] + [stem + "ы", stem + "аў"] * plural
    if word.endswith("а"):
        return [word, stem + vowel]
    if word.endswith("я") or (word.endswith("ь") and gender == "f"):
        return [word, stem + "і"]
    if word.endswith(("ь", "й")):
        return [word, stem + "я"]
    return [word, word + "а", word + "у"] + [word + ("і" if word[-1] in "кгх" else "ы"), word + "аў"] * plural


def bulgarian_noun(word, plural, gender):
    if word.endswith(("а", "я")):
        return [word, word + "та"] + [word[:-1] + "и"] * plural
    if word.endswith(("о", "е")):
        return [word, word + "то"] + [word[:-1] + ("я" if word.endswith("ие") else "а")] * plural
    return [word, word + "ът", word + "а"] + [word + "и"] * plural


ADJECTIVE = {"": russian_adjective, "u": ukrainian_adjective, "b": belarusian_adjective, "g": bulgarian_adjective}
NOUN = {"": russian_noun, "u": ukrainian_noun, "b": belarusian_noun, "g": bulgarian_noun}


def forms(entry):
    """["буровой", "буровая", …] of "буровой*"."""
    said = re.fullmatch(r"([^*=]+)(\*\+?|==?)([mf]?)([ubg]?)", entry)
    if not said:
        return [entry]
    word, kind, gender, language = said.groups()
    if kind[0] == "*":
        return ADJECTIVE[language](word) + [word[:-2] + "о"] * (kind == "*+")
    return NOUN[language](word, kind == "==", gender)
