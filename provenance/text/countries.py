"""Countries by any of the names that sources use, as ISO 3166-1 alpha-2 codes.

Names come from the ISO list with its translations (pycountry), Ukrainian and Russian ones first, and from the
table of everyday names below. Kosovo has XK, the code that the European Union and banks use for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from provenance.text.folding import fold
from provenance.text.unknown import says_unknown

_KOSOVO = "XK"
_NEAR_NAMES = 3
_NEAR_ENOUGH = 75
_SHORTEST_PART = 4

_DISPLAY_NAMES = {
    "CD": "DR Congo",
    "CG": "Republic of the Congo",
    "FM": "Micronesia",
    "KN": "Saint Kitts and Nevis",
    "PS": "Palestine",
    "RU": "Russia",
    "VA": "Vatican City",
    "VG": "British Virgin Islands",
    "VI": "US Virgin Islands",
    _KOSOVO: "Kosovo",
}

_EVERYDAY_NAMES: dict[str, tuple[str, ...]] = {
    "AE": ("UAE", "Emirates", "ОАЕ", "ОАЭ"),
    "AT": ("Австрія", "Австрия"),
    "BA": ("Bosnia & Herzegovina", "Bosnia"),
    "BE": ("Бельгія", "Бельгия"),
    "BY": (
        "Belorussia", "Білорусь", "Республіка Білорусь", "Беларусь", "Белоруссия", "Белорусь",
        "Республика Беларусь",
    ),
    "CA": ("Канада",),
    "CH": ("Швейцарія", "Швейцария"),
    "CD": (
        "Democratic Republic of the Congo", "Democratic Republic of Congo", "DRC", "DR Congo",
        "Congo (Democratic Republic)", "Congo, Dem. Rep.", "Congo-Kinshasa",
    ),
    "CI": ("Ivory Coast",),
    "CN": ("PRC", "P.R. China", "PR China", "Mainland China", "Китай", "КНР"),
    "CV": ("Cape Verde",),
    "CZ": ("Czech Republic", "Чехія", "Чехия"),
    "DE": ("Federal Republic of Germany", "Deutschland", "Німеччина", "ФРН", "Германия", "ФРГ"),
    "DK": ("Данія", "Дания"),
    "ES": ("Іспанія", "Испания"),
    "FI": ("Фінляндія", "Финляндия"),
    "FR": ("Франція", "Франция"),
    "GB": (
        "UK", "Great Britain", "Britain", "England", "Scotland", "Wales", "Northern Ireland",
        "Велика Британія", "Великобританія", "Сполучене Королівство", "Великобритания", "Англия",
    ),
    "HK": (
        "Hong Kong SAR", "Hongkong", "Hong Kong, China", "China (Hong Kong)", "China, Hong Kong SAR",
        "Hong Kong (China)", "Гонконг", "Китай (Гонконг)", "中国香港",
    ),
    "ID": ("Індонезія", "Индонезия"),
    "IE": ("Republic of Ireland", "Ірландія", "Ирландия"),
    "IL": ("Ізраїль", "Израиль"),
    "IN": ("Індія", "Индия"),
    "IR": ("Іран", "ІРІ", "Иран", "ИРИ"),
    "IT": ("Італія", "Италия"),
    "JP": ("Японія", "Япония"),
    "KP": (
        "DPRK", "D.P.R. Korea", "N. Korea", "Korea, North", "Korea (North)", "КНДР", "Північна Корея",
        "Северная Корея",
    ),
    "KR": (
        "ROK", "S. Korea", "Korea (South)", "Korea, South", "Korea Republic", "Південна Корея",
        "Республіка Корея", "Южная Корея", "Республика Корея",
    ),
    "LA": ("Lao", "Lao PDR"),
    "MK": ("Macedonia",),
    "MM": ("Burma",),
    "MO": ("Macau", "Macao SAR", "Macau SAR"),
    "MY": ("Малайзія", "Малайзия"),
    "NL": ("The Netherlands", "Holland", "Нідерланди", "Нидерланды", "Голландия"),
    "NO": ("Норвегія", "Норвегия"),
    "PH": ("Філіппіни", "Филиппины"),
    "PL": ("Польща", "Польша"),
    "PS": ("Palestinian", "Palestinian Territories", "Occupied Palestinian Territories"),
    "RU": ("Russian Fed.", "Росія", "РФ", "Російська Федерація", "Россия", "Российская Федерация"),
    "SE": ("Швеція", "Швеция"),
    "SG": ("Сінгапур", "Сингапур"),
    "SX": ("Sint Maarten",),
    "SZ": ("Swaziland",),
    "TH": ("Таїланд", "Таиланд"),
    "TR": ("Turkey", "Туреччина", "Турция"),
    "TT": ("Trinidad & Tobago",),
    "TW": (
        "R.O.C.", "Taiwan, China", "Taiwan (China)", "Taiwan, R.O.C.", "Chinese Taipei", "Тайвань",
        "Тайвань (Китай)", "中国台湾",
    ),
    "UA": ("Україна", "Украина"),
    "US": (
        "USA", "U.S.A.", "United States of America", "The United States", "США", "Сполучені Штати",
        "Сполучені Штати Америки", "Соединенные Штаты", "Соединённые Штаты Америки",
    ),
    "VN": ("В'єтнам", "Вьетнам"),
}  # fmt: skip


_DIGIT = re.compile(r"\d")
_WITH_CODE = re.compile(r"([^()]+)\(([^()]+)\)")
_OTHER_LANGUAGES = (
    "zh_CN", "zh_TW", "tr", "de", "fr", "es", "it", "pl", "fa", "ar", "ko", "ja", "be", "kk", "nl", "cs",
)  # fmt: skip
_UNDECIDED = ("Korea", "Корея", "Congo", "Конго", "刚果", "America", "Америка", "Virgin Islands")
"""Names that are more than one country, or less."""


class UnknownCountry(ValueError):
    """A text that names no known country; ``near`` are names that may have been meant."""

    def __init__(self, text: str, near: tuple[str, ...] = ()) -> None:
        hint = f"; did you mean {', '.join(near)}?" if near else ""
        super().__init__(f"no country is called {text!r}{hint}")
        self.text = text
        self.near = near


def country_code(text: str) -> str | None:
    """ISO 3166-1 alpha-2 code of a country given by code (two or three letters) or by name.

    Names count in English, Ukrainian and Russian, long, short and everyday, and in other languages as ISO has
    them, whatever their case and punctuation. None where the text says that the country is not known ("UNK",
    "unknown", "N/A", empty; but NA is Namibia). Raises UnknownCountry for anything else: "Korea" alone is two
    countries, "USA/China" too, and the European Union is none.
    """
    if (code := _code(text)) or says_unknown(text):
        return code
    raise UnknownCountry(text, _near_names(fold(text)))


def names_country(text: str) -> bool:
    """Whether a text is what `country_code` has a code for."""
    return _code(text) is not None


def _code(text: str) -> str | None:
    """The code of a country; None where the text names none that is known."""
    # Codes are never transliterated: Cyrillic "СН" sounds like Senegal and looks like Switzerland.
    if code := _codes_by_iso_code().get(text.strip().replace(".", "").upper()):
        return code
    # No country's name has a digit, and the names of the other languages are many.
    if says_unknown(text) or _DIGIT.search(key := fold(text)):
        return None
    if code := _codes_by_name().get(key) or _codes_in_other_languages().get(key):
        return code
    both = _WITH_CODE.fullmatch(text.strip())
    return _agreed(*both.groups()) if both else None


def country_of_number(digits: str) -> str | None:
    """The code of the country with that three-digit number (ISO 3166-1 numeric); None where there is none."""
    return _codes_by_number().get(digits)


def country_name(code: str) -> str:
    """Short English name of a country by its alpha-2 code, in either case; raises UnknownCountry."""
    name = _names_by_code().get(code.upper())
    if name is None:
        raise UnknownCountry(code)
    return name


def country_codes_and_names() -> list[tuple[str, str]]:
    """Every alpha-2 code with the country's short English name, by name."""
    return sorted(_names_by_code().items(), key=lambda item: item[1])


def _agreed(name: str, other: str) -> str | None:
    """The code of "Germany (DE)": of a country under two names."""
    code = _code(name)
    return code if code == _code(other) else None


@cache
def _codes_in_other_languages() -> dict[str, str]:
    """Names in the languages of the countries that trade in parts; a name of two countries is left out."""
    found: dict[str, set[str]] = {}
    # A name without a translation comes in English from each of them.
    for code, name in dict.fromkeys(_translated_names(_OTHER_LANGUAGES)):
        found.setdefault(fold(name), set()).add(code)
    undecided = {fold(name) for name in _UNDECIDED}
    return {key: codes.pop() for key, codes in found.items() if len(codes) == 1 and key not in undecided}


@cache
def _names_by_code() -> dict[str, str]:
    # Here and below: pycountry takes longer to import than the rest of a short command.
    import pycountry

    names = {land.alpha_2: getattr(land, "common_name", land.name) for land in pycountry.countries}
    return names | _DISPLAY_NAMES


@cache
def _codes_by_iso_code() -> dict[str, str]:
    import pycountry

    three_letters = {land.alpha_3: land.alpha_2 for land in pycountry.countries}
    return three_letters | {code: code for code in _names_by_code()}


@cache
def _codes_by_number() -> dict[str, str]:
    import pycountry

    return {land.numeric: land.alpha_2 for land in pycountry.countries}


@cache
def _codes_by_name() -> dict[str, str]:
    """Every name as a search key; no two countries share one."""
    everyday = [(code, name) for code, names in _EVERYDAY_NAMES.items() for name in names]
    named = [*_names_by_code().items(), *_iso_names(), *_translated_names(), *everyday]
    return {fold(name): code for code, name in named}


def _iso_names() -> Iterator[tuple[str, str]]:
    import pycountry

    for land in pycountry.countries:
        for field in ("name", "common_name", "official_name"):
            if name := getattr(land, field, ""):
                yield land.alpha_2, name
                yield land.alpha_2, _in_reading_order(name)


def _translated_names(languages: Iterable[str] = ("uk", "ru")) -> Iterator[tuple[str, str]]:
    import gettext

    import pycountry

    for language in languages:
        translate = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, [language], fallback=True).gettext
        yield from ((code, translate(name)) for code, name in _iso_names())


def _in_reading_order(name: str) -> str:
    """ "Iran, Islamic Republic of" in natural order: "Islamic Republic of Iran"."""
    head, comma, tail = name.partition(", ")
    return f"{tail} {head}" if comma else name


def _near_names(key: str) -> tuple[str, ...]:
    from rapidfuzz import fuzz, process

    codes = _codes_by_name()
    containing = [name for name in codes if len(key) >= _SHORTEST_PART and key in name]
    alike = process.extract(key, list(codes), scorer=fuzz.ratio, limit=_NEAR_NAMES, score_cutoff=_NEAR_ENOUGH)
    names = dict.fromkeys(country_name(codes[name]) for name in [*containing, *(match[0] for match in alike)])
    return tuple(names)[:_NEAR_NAMES]
