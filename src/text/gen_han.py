#!/usr/bin/env python3
"""Writes han.inc and han_simplified.inc: what Han characters read as, and the simplified forms of traditional ones.

Run by hand (`python3 src/text/gen_han.py`, needs PyICU); the results are committed, so that names fold alike whatever ICU a
machine has, and without the 100 ms that ICU takes to read its ten thousand rules. The source is Unicode's CLDR, as ICU has
it: the transforms Han-Latin (Mandarin, the reading most used) and Traditional-Simplified.
"""

import pathlib

import icu

HERE = pathlib.Path(__file__).parent
FIRST, LAST = 0x3400, 0x9FFF  # text/han.cc has a place for each
PER_LINE = 50


def write(name, lines):
    head = f"// Written by gen_han.py from the CLDR of ICU {icu.ICU_VERSION}. Do not edit.\n"
    (HERE / name).write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


def main():
    latin = icu.Transliterator.createInstance("Any-Latin; NFD; [:M:] Remove; Latin-ASCII; Lower")
    simplify = icu.Transliterator.createInstance("Traditional-Simplified")
    readings = {}
    pairs = []
    for code in range(FIRST, LAST + 1):
        character = chr(code)
        if icu.Script.getScript(character).getName() != "Han":
            continue
        read = latin.transliterate(character)
        plain = "".join(c for c in read if "a" <= c <= "z")
        if plain:
            readings.setdefault(plain, []).append(character)
        simplified = simplify.transliterate(character)
        if simplified != character and len(simplified) == 1 and FIRST <= ord(simplified) <= LAST:
            pairs.append(character + simplified)
    write("han.inc", [f'{{"{plain}", U"{"".join(of)}"}},' for plain, of in sorted(readings.items())])
    write(
        "han_simplified.inc",
        [f'U"{"".join(pairs[at : at + PER_LINE])}"' for at in range(0, len(pairs), PER_LINE)],
    )


if __name__ == "__main__":
    main()
