"""Customs codes of the Harmonized System, as declarations and lists write them."""

from __future__ import annotations

import re
from functools import lru_cache

_WORD = re.compile(
    r"^(?:hs|htsus|hts|cn|taric|тн\s*вэд(?:\s*еаэс)?|уктзед|укт\s*зед|海关编码)(?:\s*code)?\s*[:№#-]?\s*",
    re.I,
)
_AS_A_NUMBER = re.compile(r"(\d{6,13})\.0+")
_SCIENTIFIC = re.compile(r"\d+(?:[.,]\d+)?e[+-]?\d+", re.IGNORECASE)
_LONGEST = 13


@lru_cache(maxsize=16384)
def read_hs(text: str) -> str:
    """The digits of one customs code of six digits or more, with national digits where they are given.

    Points, spaces and hyphens between the digits do not matter, nor does "HS" before them.

    Raises:
        ValueError: it is not such a code: a heading of four digits, several codes, a rounded number.
    """
    plain = _WORD.sub("", " ".join(text.split()))
    if match := _AS_A_NUMBER.fullmatch(plain):
        plain = match[1]
    if _SCIENTIFIC.fullmatch(plain):
        raise ValueError(f"{text.strip()!r} is a customs code that a spreadsheet has rounded")
    digits = re.sub(r"[\s.\-]", "", plain)
    if re.search(r"\d\s*[,;/&]\s*\d", plain):
        raise ValueError(f"{text.strip()!r} is several customs codes")
    if not re.fullmatch(rf"\d{{6,{_LONGEST}}}", digits, re.ASCII) or digits.startswith("00"):
        raise ValueError(f"{text.strip()!r} is not a customs code: give six digits or more")
    return digits
