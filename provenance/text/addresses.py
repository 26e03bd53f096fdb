"""Addresses parsed: the building, and the unit in it.

An office tower has a thousand firms, and two entries of a list may differ only as Room 1318-19 and Room
1318-20: the building says where, only the unit says who.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from provenance.text.address_parts import KINDS, PART, with_chinese_parts, with_plain_parts
from provenance.text.countries import UnknownCountry, country_code
from provenance.text.folding import fold, nfkc, script_of
from provenance.text.generic_words import packaged_words
from provenance.text.name_words import MOST_WORDS, NameWords, Word

_CACHED = 1 << 14

_NUMBER = r"[a-z]{0,3}\d+(?:[a-z]{1,2}\d+)?[a-z]?"
_UNIT = re.compile(
    r"(?<![a-z])(?:rooms?|rms?|units?|flats?|suites?|ste|offices?|apartments?|apt|shops?|workshops?"
    r"|studio|ofisi?|of|"
    r"kvartira|kv|pomeshchenie|pomeshcheniye|pomeshch|pom|komnata|komn|kom|kabinet|daire|prim|kimn)"
    r"\b\.?\s*(?:nos?\b|number|#)?[.:#]?\s*"
    rf"(?P<units>{_NUMBER}(?:\s*(?:[-–&/]|and)\s*{_NUMBER})*)"
)
_FLOOR = re.compile(
    r"(?<![a-z])(?:floor|fl|level|etazh|et|kat|poverkh)\b[.:]?\s*(?P<after>\d{1,3})\b"
    r"|\b(?P<before>\d{1,3})\s*(?:st|nd|rd|th)?\s*"
    r"(?:/\s*f(?:loor|l)?\b|[ -]?f(?:loor|lr|l)?\b(?!\w)|[ -]?etazh\b)"
)
_BOX = re.compile(
    r"\b(?:p\.?\s*o\.?\s*b(?:ox)?\b\.?|post\s*(?:office\s*)?box)\s*(?:no\.?)?\s*[:#]?\s*(\d+)"
    r"|\b(?:abonentskii iashchik|a/ia)\s*(\d+)"
)
_RANGE = re.compile(rf"({_NUMBER})\s*[-–]\s*({_NUMBER})")
_WORD = re.compile(r"[a-z]*\d+[a-z]?(?:[-/]\d+[a-z]?)*|[a-z']+")
_PARTED = re.compile(r"^([a-z]*)(\d+)([a-z]?)$")
_LONGEST_RANGE = 60
_LONGEST_COUNTRY = 5

_SPELLINGS = {
    "street": "street st str straat strasse ulitsa ul vulytsia vul sokak sok sk jie calle rue",
    "road": "road rd lu shosse shose highway hwy",
    "avenue": "avenue ave av prospekt prosp pr prospect caddesi cad cd dadao bulvar boulevard blvd",
    "building": "building bldg bld blg build house dom d bud budynok bina dasha zdanie stroenie korpus korp k"
    " edificio apartmani",
    "lane": "lane pereulok per provulok prov",
    "center": "centre center ctr tsentr merkezi",
    "tower": "tower twr",
    "plaza": "plaza plz",
    "industrial": "industrial ind indl",
    "district": "district dist qu raion rayon mahallesi mah mh",
    "city": "city g gorod m misto shi town",
    "region": "oblast obl region province sheng state krai respublika republic",
    "": "no nos number the of and in at po by warehouse whse",
}
_ALIKE = {word: alike for alike, words in _SPELLINGS.items() for word in words.split()}
_KINDS = frozenset(_SPELLINGS) - {""}
_NAMES = ("own", "place")
_EMIRATES = frozenset({"abudhabi", "sharjah", "ajman", "fujairah", "rak", "umm", "quwain"})
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_POSTAL_CODE = re.compile(r"\d{5,6}")
"""What is left out where another number names the house."""


class UnitMatch(StrEnum):
    """The relation of the units of two addresses in one building."""

    SAME = "same"
    OVERLAPS = "overlaps"
    OTHER = "other"
    UNSTATED = "unstated"


@dataclass(frozen=True, slots=True)
class AddressParts:
    """An address as words of its building and as units in it.

    ``numbers`` are the house numbers and the like; ``units`` are rooms, flats, shops; ``floors`` and
    ``boxes`` as they are called. ``parts`` are buildings of one number: (kind, name) of a block, a corpus, a
    cluster. ``words`` serve the same search as words of a name.
    """

    words: NameWords
    numbers: frozenset[str]
    units: frozenset[str]
    floors: frozenset[str]
    boxes: frozenset[str]
    parts: frozenset[tuple[str, str]] = frozenset()

    @property
    def locates(self) -> bool:
        """Whether it states more than a city: a name, and a number, a unit or a part of a building."""
        named = any(word.kind == "own" for word in self.words.words)
        return named and bool(self.numbers or self.units or self.parts)

    @property
    def supports(self) -> bool:
        """Whether it can speak for a party beside a name: a building, or a post box with a place."""
        return self.locates or (bool(self.boxes) and any(word.kind in _NAMES for word in self.words.words))


@lru_cache(maxsize=_CACHED)
def read_address(text: str) -> AddressParts:
    """An address parsed; its country is left out of its words."""
    written = with_chinese_parts(nfkc(text))
    is_cyrillic = script_of(written) in ("cyrillic", "mixed") and _CYRILLIC.search(written) is not None
    latin = with_plain_parts(_latin(_without_country(written)), is_cyrillic=is_cyrillic)
    boxes = frozenset(filter(None, (part for match in _BOX.findall(latin) for part in match)))
    latin = _BOX.sub(" ", latin)
    units = frozenset(unit for match in _UNIT.finditer(latin) for unit in _units(match["units"]))
    latin = _UNIT.sub(" ", latin)
    floors = frozenset(match["after"] or match["before"] for match in _FLOOR.finditer(latin))
    latin = _FLOOR.sub(" ", latin)
    parts = frozenset(
        (KINDS.get(match["kind"], match["kind"]), match["name"]) for match in PART.finditer(latin)
    )
    latin = PART.sub(" ", latin)
    words = [word for found in _WORD.findall(latin) if (word := _word(found)) is not None]
    numbers = {word.text for word in words if word.kind == "number"}
    if not numbers:
        # "ul. Lesnaya, building 24": the only number there is is that of the house.
        numbers = {name for kind, name in parts if kind == "block" and name.isdigit()}
        parts -= {("block", number) for number in numbers}
        words += [Word(number, "number") for number in sorted(numbers)]
    codes = {number for number in numbers if _POSTAL_CODE.fullmatch(number)}
    if codes != numbers:
        numbers -= codes
        words = [word for word in words if word.text not in codes]
    words += [Word(f"box{box}", "number") for box in sorted(boxes)]
    telling = [word for word in words if word.kind != "form"] or words
    distinct = tuple(dict.fromkeys(telling))[:MOST_WORDS]
    return AddressParts(NameWords(distinct, False), frozenset(numbers), units, floors, boxes, parts)


def _word(found: str) -> Word | None:
    """A word of an address with its kind; cities have one name in all languages."""
    if any(map(str.isdigit, found)):
        return Word(found.replace("'", ""), "number")
    text = _ALIKE.get(found, fold(found))
    if not text or text in _KINDS:
        return Word(text, "form") if text else None
    meaning = packaged_words().words.get(text)
    if meaning is not None and meaning.kind == "place" and len(meaning.concept) == 1:
        return Word(meaning.concept[0], "place")
    return Word(text, "place" if text in _EMIRATES else "own")


def parts_differ(left: AddressParts, right: AddressParts) -> bool:
    """Whether both name a part of one kind and not the same: block A and block B, corpus 1 and corpus 2.

    A letter on one side and a number on the other may be two ways to call one.
    """
    for kind in {kind for kind, _name in left.parts} & {kind for kind, _name in right.parts}:
        mine, theirs = ({name for its, name in side.parts if its == kind} for side in (left, right))
        alike = {name[0].isdigit() for name in mine} & {name[0].isdigit() for name in theirs}
        if alike and not mine & theirs:
            return True
    return False


def unit_match(left: AddressParts, right: AddressParts) -> UnitMatch:
    """How the units relate, given that the building is the same.

    Rooms decide where both state them, otherwise floors: different floors are different units, but the same
    floor is not yet the same unit.
    """
    if left.boxes and right.boxes and not (left.units and right.units):
        return UnitMatch.SAME if left.boxes & right.boxes else UnitMatch.OTHER
    if left.floors and right.floors and not left.floors & right.floors:
        return UnitMatch.OTHER
    if left.units and right.units:
        if left.units == right.units:
            # Flat 62 of corpus 2 may be another one than flat 62 of a house whose corpus is not stated.
            return UnitMatch.SAME if bool(left.parts) == bool(right.parts) else UnitMatch.UNSTATED
        return UnitMatch.OVERLAPS if left.units & right.units else UnitMatch.OTHER
    return UnitMatch.UNSTATED


def numbers_meet(left: AddressParts, right: AddressParts) -> bool:
    """Whether a number of the buildings is the same, or one of them has none."""
    if left.boxes & right.boxes:
        return True
    return not left.numbers or not right.numbers or bool(left.numbers & right.numbers)


def _without_country(text: str) -> str:
    """The text without a country as its first or last part."""
    pieces = [piece for piece in text.split(",") if piece.strip()]
    for place in (-1, 0):
        if len(pieces) > 1 and _is_country(pieces[place]):
            pieces.pop(place)
    return ", ".join(pieces)


@lru_cache(maxsize=_CACHED)
def _is_country(text: str) -> bool:
    if any(map(str.isdigit, text)) or len(text.split()) > _LONGEST_COUNTRY:
        return False
    try:
        return bool(text.strip(" .")) and country_code(text.strip(" .")) is not None
    except UnknownCountry:
        return False


def _latin(text: str) -> str:
    """The text in small Latin letters; digits, hyphens, slashes and commas stay, so that numbers do."""
    return re.sub(r"[^\W\d_]+", lambda match: fold(match.group()) or " ", text.casefold())


def _units(text: str) -> list[str]:
    """The units that "1318-19", "B1-B3" or "5 & 6" names, one by one."""
    found: list[str] = []
    for piece in re.split(r"\s*(?:&|/|and)\s*", text):
        match = _RANGE.fullmatch(piece.strip())
        found += _between(match[1], match[2]) if match else [piece.strip()]
    return [unit for unit in found if unit]


def _between(first: str, last: str) -> list[str]:
    """Every unit of a range; a short second number takes its first digits from the first: 1318-19."""
    start, end = _PARTED.match(first), _PARTED.match(last)
    if not start or not end or start[3] or end[3]:
        return [first, last]
    digits = end[2] if len(end[2]) >= len(start[2]) else start[2][: -len(end[2])] + end[2]
    low, high = int(start[2]), int(digits)
    if not low <= high <= low + _LONGEST_RANGE or (end[1] and end[1] != start[1]):
        return [first, last]
    return [f"{start[1]}{number}" for number in range(low, high + 1)]
