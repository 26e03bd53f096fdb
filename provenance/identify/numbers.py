"""The part number of a candidate: which stretch of the marking it is, and how it reads in full.

Makers leave out the prefix of their numbers on small packages: LVC14A is SN74LVC14A. Source: the makers'
symbolization tables and data sheets as the editors remember them, unverified. What can be several parts of
one maker stays as printed (TI's HC245 is SN74HC245 or CD74HC245).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from provenance.identify.catalogue import PartMatch
from provenance.identify.clues import RuleHit
from provenance.identify.features import MarkingFeatures
from provenance.identify.grounds import is_part_like_code
from provenance.identify.rules import TRACE_CATEGORIES, RuleMatch
from provenance.text.folding import fold, fold_marking
from provenance.text.markings import PartText, Reading, Token, TokenKind, as_meant
from provenance.text.part_numbers import split_part_number
from provenance.text.partial_dates import UNKNOWN, DateSpan

_O_AMONG_DIGITS = re.compile(r"(?<=\d)O(?=\d)")
_PACKAGE_LETTERS = re.compile(
    r"[A-Z]{1,2}(?:R|RM|RU|RN|RW|CP|ST|SV|BC|SW|RT|RJ|KS|N|Q)Z?|[A-Z]{1,2}[A-Z]\d|\d{2}[A-Z]{2}"
)
"""Package and temperature letters as several makers print them on a line of their own."""
_LOGOS = frozenset(
    ("IOR", "CHN", "CHINA", "KOR", "KOREA", "MAR", "MLT", "MYS", "MAL", "PHL", "PHI", "SGP", "TWN")
)
"""Logos and countries of origin in letters that look like package letters."""
_SETTLING_FITS = frozenset({"exact", "misread", "shortened"})
"""Fits that determine which part it is; a base part or a prefix may be that of parts not in the catalogue."""
_LOGIC = "LVCH?|LVCC|LVTH?|ALVCH?|ALVTH?|AHCT?|ABTH?|AUP|AUC|AVCH?|CBTLV|CBTD?|BCT|GTLP?"
_NXP_LOGIC = "LVC|LVTH?|ALVC|ALVT|AHCT?|ABT|AUP|AVC|HCT?|CBTLV|CBT|LV"
_SHORTENED = tuple(
    (makers, re.compile(printed), full)
    for makers, printed, full in (
        (("texas-instruments",), rf"(?=({_LOGIC})\d)", "SN74"),
        (("texas-instruments",), r"LC(?=\d{2,3}A$)", "SN74LVC"),
        (("texas-instruments",), r"M(?=430[A-Z])|(?=430[FG]\d)", "MSP"),
        (("texas-instruments",), r"(?=PS\d{3})", "T"),
        (("texas-instruments",), r"VP(?=23[0-5])", "SN65HVD"),
        (("texas-instruments",), r"(?=(65|75)(HVD|LBC|LVDS)\d)", "SN"),
        (("texas-instruments",), r"(?=F28\d{2,3})", "TMS320"),
        (("texas-instruments",), r"(?=320(F|C|VC|LF|DM)\d)", "TMS"),
        (("nxp", "nexperia"), rf"(?=({_NXP_LOGIC})\d)", "74"),
        (("analog-devices",), r"(?=XL\d{3})", "AD"),
        (("stmicroelectronics",), r"(?=32[FLGHW]\d)", "STM"),
        (("microchip",), r"(?=1[0268]L?[FC]\d)", "PIC"),
        (("microchip",), r"(?=3[03](FJ?|EP)\d)", "DSPIC"),
        (("international-rectifier", "infineon"), r"(?=(F[RUBPZS]?|L[RUZ]|L)\d{3,4})", "IR"),
    )
)


class NamedPart(NamedTuple):
    """The part of a maker that a marking names: the number in full and as printed, both empty where none is.

    ``match`` is the catalogue's part, ``hit`` the family that the number belongs to; ``remarks`` say what was
    changed between the printed number and the full one.
    """

    mpn: str
    printed: str
    match: PartMatch | None
    hit: RuleHit | None
    remarks: tuple[str, ...] = ()


def named_part(maker: str, marking: MarkingFeatures, match: PartMatch | None) -> NamedPart:
    """The part of a maker that a marking names, by its rules and the catalogue's best match of the maker.

    Where neither knows the number, it is the code that stands next to the maker's name.
    """
    reading, hits = marking.reading, marking.hits
    numbers = [hit for hit in hits if _names_number(hit)]
    hit = _part_hit(maker, numbers) or _split_hit(maker, hits, reading)
    if match and match.fit != "base":
        return NamedPart(match.entry.mpn, match.part.number, match, hit)
    number = match.part.number if match else _number_read(hit, marking)
    if not number and (beside := _beside_name(maker, marking)):
        return NamedPart(beside, beside, None, None)
    meant = _meant(hit, number) if hit else number
    mpn = full_number(hit.match.rule.key, meant) if hit else number
    remarks = []
    if meant != number:
        remarks.append(f"{number} read as {meant}")
    if mpn != meant:
        remarks.append(f"{meant} is {mpn} without its prefix")
    return NamedPart(mpn, number, match, hit, tuple(remarks))


def best_match(maker: str, matches: tuple[PartMatch, ...]) -> PartMatch | None:
    """The catalogue's best match of a maker, a near miss left out; ``matches`` are the best first."""
    return next((match for match in matches if match.entry.maker == maker and match.fit != "near"), None)


def introduction(own: PartMatch | None, matches: tuple[PartMatch, ...]) -> DateSpan:
    """When the part of a match was introduced; no other part of its maker may fit as well."""
    if own is None or own.fit not in _SETTLING_FITS or own.entry.introduced.is_unknown:
        return UNKNOWN
    equals = [
        match for match in matches if match.entry.maker == own.entry.maker and match.strength >= own.strength
    ]
    return own.entry.introduced if len(equals) == 1 else UNKNOWN


def full_number(family: str, number: str) -> str:
    """The number in full; unchanged where nothing was left out, or where that would be ambiguous.

    ``family`` is the key of the marking rule that the number belongs to: it begins with the maker's own key.
    """
    for printed, full in _left_out_by(family):
        if match := printed.match(number):
            return full + number[match.end() :]
    return number


@lru_cache(maxsize=4096)
def _left_out_by(family: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """The prefix that the maker of a family leaves out, and how such numbers are printed."""
    return tuple(
        (printed, full)
        for makers, printed, full in _SHORTENED
        if family.startswith(tuple(f"{maker}-" for maker in makers))
    )


def _names_number(hit: RuleHit) -> bool:
    """Whether the stretch may be a part number: not a family's name or a trace, and with some digit."""
    rule = hit.match.rule
    if hit.is_name or rule.category in TRACE_CATEGORIES or rule.is_code:
        return False
    return not hit.part.key.isalpha()


def _part_hit(maker: str, numbers: Sequence[RuleHit]) -> RuleHit | None:
    """The family of this maker that best shows which stretch is the part number; the first among equals."""
    own = [hit for hit in numbers if maker in (hit.match.rule.maker, hit.match.rule.later_owner_line)]
    return max(own, key=lambda hit: (hit.is_first, hit.match.length, len(hit.part.key)), default=None)


def _split_hit(maker: str, hits: tuple[RuleHit, ...], reading: Reading) -> RuleHit | None:
    """A family named by letters alone, with the digits that follow them: "ATMEGA 2560"."""
    for hit in hits:
        letters = hit.part.key
        if (
            hit.match.rule.is_code
            or not letters.isalpha()
            or maker != hit.match.rule.maker
            or hit.match.length != len(letters)
        ):
            continue
        for part in reading.parts:
            # Two digits at least: Spartan 6 is a family, not a part.
            numbered = part.key[len(letters) : len(letters) + 2]
            joined = part.joined_after == len(letters) and part.key.startswith(letters)
            if joined and len(numbered) == 2 and numbered.isdigit():
                return hit._replace(part=part)
    return None


def _beside_name(maker: str, marking: MarkingFeatures) -> str:
    """The code right behind a maker's whole name ("Walbro WB-37"); empty where there is none."""
    tokens = marking.reading.tokens
    texts = [fold(token.text) for token in tokens]
    for name in marking.names:
        words = name.name.split()
        for place in range(len(tokens) - len(words)):
            code = tokens[place + len(words)]
            if name.maker != maker or not name.whole or texts[place : place + len(words)] != words:
                continue
            if code.kind is TokenKind.CODE and is_part_like_code(PartText(code.key, code.text)):
                return PartText(code.key, code.text).number
    return ""


def _number_read(hit: RuleHit | None, marking: MarkingFeatures) -> str:
    """The part number as read: the family's stretch, with the package letters that follow it directly.

    A logo or a maker's name that follows it is no package.
    """
    if hit is None:
        return ""
    reading = marking.reading
    number = hit.part.number
    if hit.part.joined_after or split_part_number(number).suffix:
        return number
    tokens = reading.tokens
    place = next((place for place, token in enumerate(tokens) if token.key == hit.part.key), len(tokens))
    following = tokens[place + 1 : place + 2]
    if not following or not _PACKAGE_LETTERS.fullmatch(following[0].key) or _is_logo(following[0], marking):
        return number
    return PartText("", f"{number} {following[0].text}", len(number)).number


def _is_logo(token: Token, marking: MarkingFeatures) -> bool:
    traces = (hit.part.key for hit in marking.hits if hit.match.rule.category in TRACE_CATEGORIES)
    names = (fold_marking(word) for name in marking.names for word in name.name.split())
    return token.key in _LOGOS or token.key in traces or token.key in names


def category_of(maker: str, named: NamedPart, marking: MarkingFeatures) -> str:
    """The category of a maker's part: of its families that the number belongs to, as described where one is.

    Otherwise the narrowest one decides, the one whose numbers begin alike for longest: TMS320 are signal
    processors, whatever else begins with a T.
    """
    if named.hit is None:
        return ""
    own = [
        hit.match
        for hit in marking.hits
        if hit.part.key == named.hit.part.key
        and _names_number(hit)
        and maker in (hit.match.rule.maker, hit.match.rule.later_owner_line)
    ] or [named.hit.match]
    best = max(own, key=lambda match: _narrowness(match, marking.described))
    return best.rule.category


def printed_since(maker: str, named: NamedPart, marking: MarkingFeatures) -> date | None:
    """The first day on which a maker may have printed a number of these families; None if unknown."""
    if named.hit is None:
        return None
    rules = [hit.match.rule for hit in marking.hits if hit.part.key == named.hit.part.key]
    return max([rule.since for rule in rules if rule.maker == maker and rule.since], default=None)


def _narrowness(match: RuleMatch, described: str) -> tuple[bool, int, int, int]:
    prefixes = match.rule.prefixes or ("",)
    return match.rule.category == described, min(map(len, prefixes)), -len(prefixes), match.length


def _meant(hit: RuleHit, number: str) -> str:
    """The number with misreadings corrected: an O between digits, and what prevents the match with its
    family."""
    key = fold_marking(number)
    corrected = as_meant(key) if hit.is_corrected else _O_AMONG_DIGITS.sub("0", key)
    return corrected if corrected != key else number
