#!/usr/bin/env python3
"""Writes country_codes.inc and language_codes.inc from Debian's iso-codes and the spellings below.

Run by hand when iso-codes moves (`python3 src/text/gen_codes.py`); the results are committed, so a build needs neither
Python nor iso-codes. A key is: casefolded, canonically decomposed, marks dropped, every run of other characters than
letters and digits one space. text/codes.cc computes the same key.
"""

import gettext
import json
import pathlib
import unicodedata

ISO = pathlib.Path("/usr/share/iso-codes/json")
HERE = pathlib.Path(__file__).parent

# Official languages of the EU and of the places that sanctions lists write about.
LANGUAGES = """bg cs da de el es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv ru be uk ar fa zh_CN zh_TW ko ja he
tr sr ka hy kk vi th hi nb az mk sq bs""".split()

# Spellings found on lists, short forms, historic states, demonyms and parts of states that lists name in their stead.
# A historic state without one successor keeps its own code (su, yu, cs, dd, an).
SPELLINGS = """
af: afghan, afgan, afganistan, islamic republic of afghanistan, islamic emirate of afghanistan
al: albanian
dz: algerian
ad: andorran
ao: angolan
ag: antigua, antiguan
ar: argentine, argentinian, argentinean
am: armenian
au: australian
at: austrian
az: azerbaijani, azeri, azerbaidjan
bs: the bahamas, bahamian, bahamas the
bh: bahraini
bd: bangladeshi
bb: barbadian
by: belarusian, belarussian, byelorussia, byelorussian, belorussia, belorussian, byelorussian ssr, belarus ssr,
    bielorussia, belorusskaya ssr, republic of belarus, belarusan, byelarus, белорусская сср, белоруссия
be: belgian
bz: belizean
bj: beninese, dahomey
bt: bhutanese
bo: bolivian
ba: bosnia, bosnian, bosnia herzegovina, bosina herzegovina, bosnia and hercegovina, bosnia and herzegowina,
    bosnia hercegovina, herzegovina, republika srpska
bw: botswanan, motswana
br: brazilian, brasil
bn: bruneian, brunei
bg: bulgarian
bf: burkinabe, upper volta, burkina
bi: burundian
kh: cambodian, kampuchea
cm: cameroonian
ca: canadian
cv: cape verdean, cape verde
ky: cayman, caymans
cf: central african, car, republique centrafricaine
td: chadian
cl: chilean
cn: chinese, prc, people s republic of china, peoples republic of china, mainland china, p r china, pr china
co: colombian
km: comorian, comoros islands, union of the comoros
cg: congo republic of, republic of the congo, congo republic, congo brazzaville, people s republic of congo,
    congo people s republic of, republic of congo, congo republic of the, congo
cd: congolese, drc, democratic republic of the congo, dr congo, congo drc, congo democratic republic of, congo democratic republic,
    congo democratic republic of the, democratic republic of congo, congo kinshasa, zaire, zairian, democratic republic of the,
    congo democratic republic of was zaire, congo the democratic republic of the
cr: costa rican
ci: ivorian, ivory coast, cote d ivoire, cote divoire
hr: croatian
cu: cuban
cy: cypriot
cz: czech, czech republic, the czech republic, czechia
dk: danish
dj: djiboutian
dm: dominica
do: dominican, dominican republic the
ec: ecuadorian, ecuadorean
eg: egyptian
sv: salvadoran, salvadorian
gq: equatorial guinean
er: eritrean
ee: estonian
et: ethiopian, abyssinia
sz: swaziland, swazi, eswatini
fj: fijian
fi: finnish
fr: french
ga: gabonese
gm: gambian, the gambia, gambia the
ge: georgian, georgian ssr, republic of georgia, south ossetia, abkhazia
de: german, west germany, frg, federal republic of germany
gh: ghanaian
gr: greek, hellenic republic
gd: grenadian
gt: guatemalan
gn: guinean
gw: bissau guinean, guinea bissau
gy: guyanese
ht: haitian
hn: honduran
hk: hong kong, hongkong, china hong kong special administrative region, hong kong sar, hong kong china, hong kong s a r
hu: hungarian
is: icelandic
in: indian
id: indonesian
ir: iran, iranian, persia, i r iran, islamic republic of iran, iran islamic republic of
iq: iraqi
ie: irish, eire, republic of ireland
im: isle of man, man isle of, manx
il: israeli
it: italian
jm: jamaican
jp: japanese
jo: jordanian, hashemite kingdom of jordan
kz: kazakh, kazakhstani, kazakstan, kazakh ssr, kazakh soviet socialist republic
ke: kenyan
kp: north korea, korea north, north korean, dprk, d p r k, democratic people s republic of korea,
    democratic peoples republic of korea, korea democratic people s republic of, korea dpr, dpr korea
kr: south korea, korea south, south korean, republic of korea, korea republic of, korea, korean, rok
xk: kosovo, kosovan, kosovar, republic of kosovo
kw: kuwaiti
kg: kyrgyz, kirghiz, kirgiz, kirghizia, kyrgyz republic, kirghiz ssr, kyrgyzstani
la: laos, laotian, lao, lao pdr
lv: latvian
lb: lebanese
ls: basotho
lr: liberian
ly: libyan, libyan arab jamahiriya, state of libya, great socialist people s libyan arab jamahiriya
li: liechtensteiner
lt: lithuanian
lu: luxembourger, luxembourgish
mo: macau, macao, macanese, china macao special administrative region
mg: malagasy, madagascan
mw: malawian
my: malaysian
mv: maldivian, maldives republic of
ml: malian
mt: maltese
mh: marshallese, republic of the marshall islands
mr: mauritanian
mu: mauritian
mx: mexican, mejico
fm: micronesia, micronesian, federated states of micronesia
md: moldovan, moldavia, moldova, moldavian, moldovan ssr, republic of moldova, now republic of moldova, transnistria
mc: monegasque
mn: mongolian
me: montenegrin
ma: moroccan
mz: mozambican
mm: burma, burmese, birmania, birmanie, republic of the union of myanmar, myanmar burma, union of myanmar
na: namibian
nr: nauruan
np: nepalese, nepali
nl: dutch, the netherlands, holland, kingdom of the netherlands
nz: new zealander
ni: nicaraguan
ne: nigerien
ng: nigerian
mk: macedonia, macedonian, north macedonia, fyrom, former yugoslav republic of macedonia, north macedonia the republic of,
    macedonia the former yugoslav republic of, fyr macedonia
no: norwegian
om: omani, sultanate of oman
pk: pakistani
pw: palauan
ps: palestine, palestinian, palestinian territories, palestinian territory, occupied palestinian territories,
    occupied palestinian territory, state of palestine, palestinian territory occupied, gaza, gaza strip, west bank,
    palestinian authority, palestine state of, region gaza, region west bank, west bank palestinian authority,
    gaza palestinian authority
pa: panamanian
pg: papua new guinean
py: paraguayan
pe: peruvian
ph: filipino, filipina, philippine, the philippines, phillipines, philipines
pl: polish
pt: portuguese
qa: qatari, qatarian
ro: romanian, rumania, roumania
ru: russian, russia, russian federation, the russian federation, rsfsr, russian sfsr, rossiya, russian soviet federative socialist republic,
    рсфср, рф, чечня
rw: rwandan, rwandese, ruanda
kn: st kitts and nevis, saint kitts, st kitts, nevis
lc: st lucia, saint lucian
vc: st vincent and the grenadines, st vincent, saint vincent
ws: western samoa, samoan
sm: sammarinese
st: sao tome
sa: saudi, saudi arabian, ksa, kingdom of saudi arabia
sn: senegalese
rs: serbian, republic of serbia
cs: serbia and montenegro, state union of serbia and montenegro
sc: seychellois
sl: sierra leonean
sg: singaporean, singapore republic of
sk: slovak, slovak republic
si: slovenian, slovene
sb: solomon islander
so: somali, somalian, somaliland
za: south african, rsa
ss: south sudanese, republic of south sudan
es: spanish
lk: sri lankan, ceylon
sd: sudanese, the sudan
sr: surinamese
se: swedish
ch: swiss
sy: syria, syrian, syrian arab republic
tw: taiwan, taiwanese, chinese taipei, taiwan province of china, republic of china, taiwan roc, taiwan republic of china
tj: tajik, tadjikistan, tajik ssr, tadzhikistan
tz: tanzania, tanzanian, united republic of tanzania
th: thai
tl: east timor, timorese, timor leste
tg: togolese
to: tongan
tt: trinidad, trinidadian, trinidad and tobago, trinadad and tobago, tobago
tn: tunisian
tr: turkish, turkey, turkiye, republic of turkey, republic of turkiye
tm: turkmen, turkmenia, turkmen ssr
ug: ugandan
ua: ukrainian, ukranian, ukraine, the ukraine, ukrainian ssr, ukranian ssr, ukrainian ussr, crimea, region crimea,
    republic of crimea, autonomous republic of crimea, sevastopol, donetsk people s republic, luhansk people s republic
ae: emirati, uae, u a e, emirates, united arab emirates the, dubai, abu dhabi
gb: british, uk, u k, great britain, britain, england, scotland, wales, northern ireland, english, scottish, welsh,
    united kingdom of great britain and northern ireland
us: american, usa, u s a, u s, united states, united states of america, the united states, us citizen
uy: uruguayan
uz: uzbek, uzbekistani, uzbek ssr
vu: vanuatuan, new hebrides
va: vatican, vatican city, holy see
ve: venezuela, venezuelan, bolivarian republic of venezuela
vn: vietnam, vietnamese, viet nam
vg: british virgin islands, bvi, virgin islands british, virgin islands uk
vi: us virgin islands, virgin islands us, usvi
ye: yemeni, yemen arab republic, republic of yemen, people s democratic republic of yemen, south yemen
zm: zambian
zw: zimbabwean, rhodesia
eh: western sahara, sahrawi
pm: saint pierre and miquelon
re: reunion
cw: curacao
je: jersey
gg: guernsey
gi: gibraltarian
bm: bermudian
su: ussr, u s s r, soviet union, soviet, union of soviet socialist republics, former ussr, former soviet union, ссср, советский союз
yu: yugoslavia, yugoslav, yugoslavian, ex yugoslavia, former yugoslavia, federal republic of yugoslavia, sfr yugoslavia, sfry
dd: east germany, gdr, german democratic republic
cs: czechoslovakia
an: netherlands antilles
eu: european union
"""

# ISO 639-2 holds bibliographic codes and English names with alternatives; these are what lists write besides.
LANGUAGE_SPELLINGS = {
    "farsi": "fas", "dari": "prs", "greek": "ell", "mandarin": "cmn", "cantonese": "yue", "burmese": "mya",
    "simplified chinese": "zho", "traditional chinese": "zho", "chinese simplified": "zho", "chinese traditional": "zho",
    "moldovan": "ron", "belorussian": "bel", "byelorussian": "bel", "belarussian": "bel", "kirghiz": "kir",
    "azeri": "aze", "serbo croatian": "hbs", "hangul": "kor", "cyrillic": "", "sorani": "ckb", "pashtu": "pus",
}


def key(text):
    decomposed = unicodedata.normalize("NFD", unicodedata.normalize("NFD", text).casefold())
    kept = "".join(c if unicodedata.category(c)[0] in "LN" else " "
                   for c in decomposed if unicodedata.category(c) not in ("Mn", "Cf"))
    return " ".join(kept.split())


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def write(path, what, rows, names):
    lines = [f"// Written by gen_codes.py: {what}. Do not edit."]
    lines += [f"{{{quoted(k)}, {quoted(v)}}}," for k, v in sorted(rows.items(), key=lambda r: r[0].encode())]
    (HERE / path).write_text("\n".join(lines) + "\n", encoding="utf-8")
    if names is not None:
        lines = [f"// Written by gen_codes.py: English short names. Do not edit."]
        lines += [f"{{{quoted(k)}, {quoted(v)}}}," for k, v in sorted(names.items())]
        (HERE / path.replace("codes", "names")).write_text("\n".join(lines) + "\n", encoding="utf-8")


def countries():
    keys, names = {}, {}

    def add(text, code, override=False):
        k = key(text)
        if k and (override or k not in keys):
            keys[k] = code

    for entry in json.loads((ISO / "iso_3166-1.json").read_text())["3166-1"]:
        code = entry["alpha_2"].lower()
        names[code] = entry.get("common_name", entry["name"])
        add(code, code, True)
        add(entry["alpha_3"], code, True)
        for field in ("name", "common_name", "official_name"):
            if field in entry:
                add(entry[field], code)
    names |= {"su": "Soviet Union", "yu": "Yugoslavia", "cs": "Serbia and Montenegro", "dd": "East Germany",
              "an": "Netherlands Antilles", "xk": "Kosovo", "eu": "European Union"}
    # Where the short name is a bureaucratic inversion, the name people use.
    names |= {"ir": "Iran", "sy": "Syria", "ru": "Russia", "kp": "North Korea", "kr": "South Korea", "ve": "Venezuela",
              "tz": "Tanzania", "la": "Laos", "vn": "Vietnam", "bo": "Bolivia", "md": "Moldova", "ps": "Palestine",
              "cd": "DR Congo", "cg": "Congo", "tw": "Taiwan", "bn": "Brunei", "fm": "Micronesia",
              "vg": "British Virgin Islands", "tr": "Türkiye", "fk": "Falkland Islands", "va": "Vatican City"}
    for code in ("su", "yu", "cs", "dd", "an", "xk", "eu"):
        add(code, code)
    for code, name in names.items():
        add(name, code)
    for line in SPELLINGS.strip().replace(",\n", ",").split("\n"):
        code, spellings = line.split(":", 1)
        for spelling in spellings.split(","):
            k = key(spelling)
            if k and len(k) > 2 or k in ("uk",):
                keys[k] = code.strip()
    for language in LANGUAGES:
        catalogue = gettext.translation("iso_3166-1", "/usr/share/locale", languages=[language], fallback=True)
        for entry in json.loads((ISO / "iso_3166-1.json").read_text())["3166-1"]:
            for field in ("name", "common_name", "official_name"):
                if field in entry:
                    add(catalogue.gettext(entry[field]), entry["alpha_2"].lower())
    write("country_codes.inc", "country names and codes to ISO 3166-1 alpha-2", keys, names)


def languages():
    keys = {}
    for entry in json.loads((ISO / "iso_639-2.json").read_text())["639-2"]:
        code = entry["alpha_3"]
        for field in ("alpha_2", "alpha_3", "bibliographic"):
            if field in entry:
                keys[key(entry[field])] = code
        for name in entry["name"].replace("(", ";").replace(")", ";").replace(",", ";").split(";"):
            if key(name) and not key(name).split()[0].isdigit():
                keys.setdefault(key(name), code)
    for name, code in LANGUAGE_SPELLINGS.items():
        if code:
            keys[key(name)] = code
    keys |= {"prs": "prs", "cmn": "cmn", "yue": "yue", "hbs": "hbs", "ckb": "ckb"}
    write("language_codes.inc", "language names and codes to ISO 639-3", keys, None)


countries()
languages()
