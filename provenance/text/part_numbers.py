"""Part numbers: their identity, base part, suffix, and the keys under which a catalogue finds them.

Two spellings are one part number where `part_key` agrees. All other keys leave out every character that is
not a letter or a digit: they are for searching, and what is found by them may be several parts.

A marking seldom carries the whole orderable number: it lacks the reel suffix, a small package lacks the
maker's prefix, and people read 0 as O. So a catalogue keeps several keys for each part, and a marking is
looked up by the same keys. All keys are made of `fold_marking` letters and digits, so an SQL index serves
them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from provenance.text.folding import fold_marking, nfkc, without_invisible
from provenance.text.markings import confusion_key

KEY_LENGTH = 24
"""Longest key, in characters; a longer number is found by its prefix."""
_TOP_CODE_SIGN = "."
"""Begins the key of a top code: no part number's key has it, so that the two are never confused."""

_FAMILY_BASES = re.compile(
    r"STM32[A-Z]{1,2}\d{2,3}|STM8[A-Z]{1,2}\d{2,3}|XC\d?[A-Z]{0,3}\d{1,4}[A-Z]{0,3}(?=\d?[A-Z]{2,3}\d{2,4}|$)"
    r"|XC\d{1,2}[A-Z]{1,3}\d{1,5}[A-Z]{0,2}|EP\d[A-Z]{1,3}\d{1,3}|10M\d{2}|(?:MSP|M)430[A-Z]{1,2}\d{3,4}"
    r"|TM[SXP]320[A-Z]{1,3}\d{2,5}|S29[A-Z]{2}\d{3}[A-Z]|S25F[LS]\d{3}[A-Z]|MT\d{2}[A-Z]{1,4}\d+[MG]\d+"
    r"|SN\d{2}[A-Z]{1,5}\d{2,6}[A-Z]?|74[A-Z]{1,5}\d{2,6}|PIC\d{2}[A-Z]{1,2}\d{2,4}"
    r"|DSPIC\d{2}[A-Z]{1,2}\d{2,4}[A-Z]{2}\d{3}"
    r"|AT(?:MEGA|TINY)\d{1,4}[A-Z]{0,2}|ATXMEGA\d{2,3}[A-Z]\d|AT\d{2}[A-Z]{1,3}\d{2,4}|ADSP(?:BF|TS|CM|SC)?\d{3,5}"
    r"|C8051[FT]\d{3}"
    r"|IS\d{2}[A-Z]{2,4}\d{4,6}|CY\d{1,2}[A-Z]\d{3,6}|K\d[A-Z]\d[A-Z0-9]{5}|W25Q\d{2,3}|M25P[EX]?\d{2,3}"
    r"|M29[FW]\d{3}"
    r"|MK\d{2}[A-Z]{2}\d+|DS90[A-Z]{1,2}\d{2,4}|SN65[A-Z]{2,5}\d{2,4}|JS28F\d{3}|PC28F\d{3}"
)
_GOES_ON = re.compile(r"[A-Z]{1,3}\d{3}")
_BEHIND_DASH = re.compile(r"(?<=\w{4})[-/].*")
_PLAIN_BASE = re.compile(r"[A-Z]{0,7}\d{2,}|[A-Z]{1,7}\d")
_OMITTED_PREFIXES = (
    "SN74", "SN65", "SN75", "SN54", "SN", "MSP", "TMS320", "TMS", "ADSP", "ADUM", "AD", "MAX", "XC", "DSPIC",
    "PIC", "IRF", "IR", "PE", "TPS", "T", "MC74", "MC", "CY7C", "CY", "C8051", "MT", "STM", "S29", "S25", "S",
    "W", "AT", "A", "LTC", "LT", "M", "SI", "UCC", "UC", "IDT", "R", "EP", "74",
)  # fmt: skip
_SHORTEST_WITHOUT_PREFIX = 4
_OMITTED = re.compile(rf"(?:{'|'.join(_OMITTED_PREFIXES)})(?=.{{{_SHORTEST_WITHOUT_PREFIX}}})(?=.*[0-9])")
"""A prefix after which enough is left, digits among it; the first of them where several begin a number."""


_BETWEEN_WORDS = re.compile(r"[\u2010-\u2015\u2212_\s]+")
_TELLING = re.compile(r"(?<=\d)[.,](?=\d)|(?<!\d)\.(?=\d)|(?<=\d)[-/](?=\d)|\+")
"""Characters that tell part numbers apart: what separates digits, a decimal point, and the plus sign."""
_POWER_OF_TEN = re.compile(r"[+-]?\d+(?:[.,]\d+E[+-]?|E[+-])\d{1,3}", re.IGNORECASE)


class PartNumber(NamedTuple):
    """A part number, split: ``orderable`` is its whole key, ``base`` the device, ``suffix`` the rest.

    The suffix holds speed, temperature, package and reel letters; it is empty where none was printed.
    """

    orderable: str
    base: str
    suffix: str


class Spelling(NamedTuple):
    """A number's key and base part, and the confusion keys of both."""

    key: str
    base: str
    confused: str
    confused_base: str


def part_key(mpn: str) -> str:
    """The identity of a part number: two spellings with one key are one part, all others are not.

    Case, look-alike letters, invisible characters, spaces and the punctuation between letters make no
    difference ("ADM3202ARNZ-REEL7" is ADM3202ARNZREEL7). What stands between two digits does, as do a decimal
    point and a plus sign: SMBJ5.0A is 5 V and SMBJ50A is 50 V, "2.5/25" is not 2525, "LM2576-5" is not
    LM25765, and MAX3232ECD+T (free of lead, on a reel) is not MAX3232ECD-T. A decimal comma is a point.
    Without those characters a key is `fold_marking`'s. Empty for a text without letters and digits.
    """
    if mpn.isalnum() and mpn.isascii():
        return mpn.upper()
    text = mpn if mpn.isascii() else without_invisible(nfkc(mpn))
    text = _BETWEEN_WORDS.sub("-", text.strip())
    pieces = _TELLING.split(text)
    if len(pieces) == 1:
        return fold_marking(text)
    signs = [sign.replace(",", ".") for sign in _TELLING.findall(text)]
    folded = list(map(fold_marking, pieces))
    return "".join(chain.from_iterable(zip(folded, [*signs, ""], strict=True))) if any(folded) else ""


def decimal_points(mpn: str) -> frozenset[int]:
    """Before which characters of its `fold_marking` key a number has a decimal point."""
    if "." not in mpn and "," not in mpn:
        return frozenset()
    found, place = set(), 0
    for char in part_key(mpn):
        if char == ".":
            found.add(place)
        place += char.isalnum()
    return frozenset(found)


def is_power_of_ten(text: str) -> bool:
    """Whether a spreadsheet has turned a number into 3.15264E+12, whose last digits are lost.

    Such a text identifies nothing: two of them may come from different numbers.
    """
    return _POWER_OF_TEN.fullmatch(text.strip()) is not None


@lru_cache(maxsize=4096)
def spelling(number: str) -> Spelling:
    """How a number is written and how it may be misread."""
    key = fold_marking(number)
    base = _base_of(key)
    confused = confusion_key(key)
    # A base part is where its number begins.
    return Spelling(key, base, confused, confused[: len(base)])


@lru_cache(maxsize=2048)
def split_part_number(text: str) -> PartNumber:
    """Base part and suffix of a part number by the families' own grammar, else letters and first digits.

    "STM32F405RGT6" is STM32F405 and RGT6, "ADM3202ARNZ-REEL7" is ADM3202 and ARNZREEL7. What comes after a
    dash is not part of a family's device ("PIC16F877-20I/P"). A text without digits is all base.
    """
    key = fold_marking(text)
    base = ""
    if "-" in text or "/" in text:
        before = _FAMILY_BASES.match(fold_marking(_BEHIND_DASH.sub("", text)))
        base = before.group() if before else ""
    base = base or _base_of(key)
    return PartNumber(key, base, key[len(base) :])


def _base_of(key: str) -> str:
    match = _FAMILY_BASES.match(key) or _PLAIN_BASE.match(key)
    return match.group() if match else key


def index_keys(mpn: str) -> tuple[str, ...]:
    """The keys under which a catalogue keeps a part: whole number, base part, both without an omitted prefix.

    All are confusion keys, distinct, at most `KEY_LENGTH` long, the whole number first. Empty for a text
    without letters and digits. Rules: makers leave out their prefix on small packages (LVC14A is
    SN74LVC14A, M430F5328 is MSP430F5328).
    """
    part = split_part_number(mpn)
    if not part.orderable:
        return ()
    whole = (part.orderable, part.base) if _is_device(part.suffix) else (part.orderable,)
    keys = [*whole, *(shortened for each in whole for shortened in _without_prefix(each))]
    return tuple(dict.fromkeys(confusion_key(key)[:KEY_LENGTH] for key in keys))


def top_code_key(code: str) -> str:
    """The key under which a catalogue keeps a top code, the mark of a package too small for a part number.

    Empty where the code has no letter and no digit, or more than fit into a key. No letter is taken for a
    digit: codes are so short that nearly every misreading is another code.
    """
    key = fold_marking(code)
    return f"{_TOP_CODE_SIGN}{key}" if 0 < len(key) < KEY_LENGTH else ""


def split_top_codes(text: str | None) -> tuple[str, ...]:
    """The top codes of a text that separates them by semicolons, as written; empty pieces do not count."""
    return tuple(code for piece in (text or "").split(";") if (code := piece.strip()))


def join_top_codes(codes: Iterable[str]) -> str | None:
    """Top codes as `split_top_codes` reads them; None where there are none."""
    return "; ".join(codes) or None


@lru_cache(maxsize=2048)
def lookup_keys(key: str) -> tuple[str, ...]:
    """The keys by which a marking's stretch is looked up: itself and its base part, as confusion keys."""
    _key, base_part, confused, confused_base = spelling(key)
    whole = confused[:KEY_LENGTH]
    suffix = key[len(base_part) :]
    if not suffix or len(base_part) < _SHORTEST_WITHOUT_PREFIX or not _is_device(suffix):
        return (whole,)
    base = confused_base[:KEY_LENGTH]
    return (whole,) if base == whole else (whole, base)


def _is_device(suffix: str) -> bool:
    """Whether a base part names one device; where the number continues in digits, it names a whole range."""
    return not _GOES_ON.match(suffix)


def _without_prefix(key: str) -> tuple[str, ...]:
    if key.startswith("MSP430"):
        return (f"M{key[3:]}", key[3:])
    omitted = _OMITTED.match(key)
    return (key[omitted.end() :],) if omitted else ()
