"""How addresses of several countries write what is less than a house number: blocks, wings, flats, floors.

All functions take and return an address in small Latin letters, or as written for Chinese; what stands in
them is written in one way ("block a", "korpus 2", "floor 3", "daire 5") for `addresses` to read.
"""

from __future__ import annotations

import re
from collections.abc import Callable

Replacement = str | Callable[[re.Match[str]], str]

_CHINESE_NUMERAL = "一二三四五六七八九十"
_DIRECTIONS = {"北": "north", "南": "south", "东": "east", "東": "east", "西": "west"}
_HAN_OR_END = r"(?=$|[\s,，;；(（])"

_CHINESE: tuple[tuple[re.Pattern[str], Replacement], ...] = (
    (re.compile(r"([A-Za-z]|\d{1,2})\s*(?:座|栋|棟|幢|号楼|號樓)"), r" block \1 "),
    (
        re.compile(f"([{_CHINESE_NUMERAL}])\\s*(?:座|栋|棟|幢|号楼|號樓)"),
        lambda match: f" block {_CHINESE_NUMERAL.index(match[1]) + 1} ",
    ),
    (re.compile(r"([A-Za-z]?\d+(?:\s*[-~至]\s*\d+)?)\s*(?:室|房|单元|單元|户|戶)"), r" room \1 "),
    (re.compile(rf"(\d+)\s*(?:楼|樓|层|層)\s*(\d{{2,5}}){_HAN_OR_END}"), r" floor \1 room \2 "),
    (re.compile(r"(\d+)\s*(?:楼|樓|层|層)"), r" floor \1 "),
    (re.compile(r"(\d+)\s*(?:号|號)"), r" \1 "),
    (re.compile(r"([北南东東西])(?=[路街]|大道)"), lambda match: f" {_DIRECTIONS[match[1]]} "),
    (re.compile(r"大道"), " avenue "),
    (re.compile(r"(?:[路街]|大街)"), " road "),
    (re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:[市省县縣镇鎮]|区(?!间)|區)"), " "),
    (re.compile(r"(?:大厦|大廈|大楼|大樓)"), " building "),
    (re.compile(r"(?:广场|廣場)"), " plaza "),
    (re.compile(r"(?:工业园|工业区|工業區|科技园|产业园)"), " industrial park "),
)

_TURKISH = re.compile(
    r"\b(?:caddesi|cad|cd|sokak|sokagi|sok|sk|mahallesi|mah|mh|bulvari|blv|blok|daire|apt|apartmani"
    r"|merkezi|sanayi|sitesi)\b"
)
_TURKISH_WAYS: tuple[tuple[re.Pattern[str], Replacement], ...] = (
    (re.compile(r"(?<![a-z])k\b\s*[.:]\s*(\d{1,2})\b"), r" floor \1 "),
    (re.compile(r"\b(\d{1,2})\s*\.\s*kat\b"), r" floor \1 "),
    (re.compile(r"(?<![a-z])d\b\s*[.:]\s*(?=\d)"), " daire "),
    (re.compile(r"(\bno\b\s*[.:]?\s*\d+[a-z]?)\s*/\s*(\d+)\b"), r"\1 daire \2 "),
)
_FLAT_BY_LETTER = re.compile(r"(\bno\b[.:]?\s*\d+[a-z]?)\s*[,/]?\s*d\b[.:]?\s*(?=\d)")
"""A Turkish flat as people write it, "No:12 D.5": a letter that is a house in Russian addresses."""

_SLAVIC = re.compile(
    r"\b(?:ul|ulitsa|vul|vulytsia|prospekt|pr|prosp|pereulok|per|provulok|shosse|nab|naberezhnaya|bulvar"
    r"|oblast|obl|d|dom|bud|g|gorod|korp|korpus|stroenie|pr-t|pr-kt)\b"
)
_SLAVIC_WAYS: tuple[tuple[re.Pattern[str], Replacement], ...] = (
    (re.compile(r"\b(?:korpus|korp|kor)\b\s*[.:№]?\s*(\d+[a-z]?|[a-z]\b)"), r" korpus \1 "),
    (re.compile(r"(?<=\d)\s*,?\s*\bk\b\s*\.?\s*(\d+[a-z]?)\b"), r" korpus \1 "),
    (re.compile(r"\b(?:stroenie|stroyenie|stroieniie|budova)\b\s*[.:№]?\s*(\d+[a-z]?)"), r" stroenie \1 "),
    (re.compile(r"(?<=[\da-z])\s*,?\s*(?<![a-z])str\b\s*\.?\s*(\d+[a-z]?)\b"), r" stroenie \1 "),
    (re.compile(r"(\d[a-z]?)\s*,?\s*(?:litera|liter|lit)\b\s*\.?\s*([a-z])\b"), r"\1\2 "),
    (re.compile(r"\b(\d+[a-z]?)\s*k\s*(\d+)\b"), r" \1 korpus \2 "),
    (re.compile(r"\b(\d+[a-z]?)\s*s\s*(\d+)\b"), r" \1 stroenie \2 "),
)

_ZONES = tuple(
    (re.compile(pattern), f" {zone} ")
    for pattern, zone in (
        (r"\bjumeirah?\s+lakes?\s+towers?\b", "jlt"),
        (r"\bdubai\s+multi\s+commodit(?:y|ies)\s+cent(?:re|er)\b", "dmcc"),
        (r"\bj[ae]bel\s+ali\s+free\s*zone(?:\s+authority)?\b|\bjafz\b", "jafza"),
        (r"\bdubai\s+airport\s+free\s*zone(?:\s+authority)?\b|\bdafz\b", "dafza"),
        (r"\bsharjah\s+airport\s+international\s+free\s*zone\b|\bsaif\s+zone\b", "saif"),
        (r"\bhamriyah?\s+free\s*zone(?:\s+authority)?\b", "hfza"),
        (r"\bras\s+al\s+khaimah?\s+economic\s+zone\b", "rakez"),
        (r"\bdubai\s+international\s+financial\s+cent(?:re|er)\b", "difc"),
        (r"\bdubai\s+silicon\s+oasis\b", "dso"),
        (r"\bras\s+al\s+khaimah?\b", "rak"),
        (r"\babu\s+dhabi\b", "abudhabi"),
    )
)
"""Free zones and emirates of the United Arab Emirates, by the abbreviations that firms write."""

_FREE_ZONE_UNIT = re.compile(r"\b(fz[a-z]{0,2}\d+)\s*[-/ ]?\s*([a-z]{2}\d+)\b")
_LETTER_BLOCK = re.compile(r"\b([a-z]|\d{1,2})\s*-?\s*blo(?:k|ck)\b(?!\s*(?!no\b)[a-z\d]{1,2}\b)")
_STREET_IN_ONE = re.compile(r"\b([a-z]{4,})(?:strasse|strase|str)\b\.?")
PART = re.compile(
    r"\b(?P<kind>block|blok|blk|bldg|building|tower|twr|wing|cluster|phase|korpus|stroenie)\b\s*[.:]?\s*"
    r"(?:nos?\b\.?\s*:?\s*)?(?P<name>\d{1,3}[a-z]?|[a-z]\d{0,2})(?![a-z\d-])"
)
"""A part of what a house number names, and what it is called."""

KINDS = {"blok": "block", "blk": "block", "bldg": "block", "building": "block", "tower": "block",
         "twr": "block", "wing": "block"}  # fmt: skip
"""One word for what one side calls a tower and the other a block."""


def with_chinese_parts(text: str) -> str:
    """A Chinese address with its parts by their English words, in its own order; other text as it is."""
    for pattern, plain in _CHINESE:
        text = pattern.sub(plain, text)
    return text


def with_plain_parts(text: str, *, is_cyrillic: bool) -> str:
    """An address in small Latin letters with what Slavic, Turkish and Emirati ones abbreviate written out.

    ``is_cyrillic`` says that it was written in Cyrillic letters: 24к2 is a building, 24k2 may be anything.
    """
    for pattern, zone in _ZONES:
        text = pattern.sub(zone, text)
    text = _FREE_ZONE_UNIT.sub(r" room \1\2 ", text)
    text = _STREET_IN_ONE.sub(r"\1 str ", text)
    if is_cyrillic or _SLAVIC.search(text):
        ways = _SLAVIC_WAYS if is_cyrillic else _SLAVIC_WAYS[:5]
        for pattern, plain in ways:
            text = pattern.sub(plain, text)
    if _TURKISH.search(text):
        for pattern, plain in _TURKISH_WAYS:
            text = pattern.sub(plain, text)
    text = _LETTER_BLOCK.sub(r" block \1 ", text)
    return _FLAT_BY_LETTER.sub(r"\1 daire ", text)
