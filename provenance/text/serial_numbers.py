"""Numbers and names of specimens: which spellings are one, and what only numbers rows or positions; pure."""

from __future__ import annotations

import re
from functools import lru_cache

from provenance.text.doubts import is_doubted
from provenance.text.folding import fold_marking, nfkc, without_invisible

_SEPARATORS = re.compile(r"[\s\-_.,/\\:#*()'\"\u2010-\u2015\u2212]+")
_BAR_CODE = re.compile(r"\*[^*]+\*")
"""A number as a bar code of the kind Code 39 prints it, between two asterisks."""

_BETWEEN_DIGITS = re.compile(rf"(?<=[0-9])({_SEPARATORS.pattern})(?=[0-9])")
_WORDS_FOR_NUMBER = re.compile(
    r"^(?:(?:no|nr|n°|s\s*/?\s*n|ser(?:ial)?|number|зав(?:одской|одський)?|сер(?:ийный|ійний)?|номер"
    r"|编号|序列号)[\s.:#]+)+(?=.)",
    re.IGNORECASE,
)
"""Words before a number that say that it is one; they end with a space or a sign ("SN74" is a number)."""
_KEPT = {".": ".", ",": ".", "/": "/", "\\": "/"}
_ORDINAL_DIGITS = 6
_ORDINAL = re.compile(
    r"(?:row|item|line|pos|position|поз|позиція|позиция|рядок|строка|n|no|nr|№|#)?[\s.:#№-]*"
    rf"\d{{1,{_ORDINAL_DIGITS}}}\s*[.):]?",
    re.IGNORECASE,
)
_CLASSES = (
    "A AR AT B BQ BT C CB CN CR D DA DD DL DS E F FB FL FU G GB H HG HL IC J JP K KV L LED LL LS M MK MOD MP"
    " N P PS Q R RN RT RV S SA SB SF SW T TB TC TP U UZ V VD VR VT X XA XP XS XT XTAL XW Y Z ZD ZQ"
)
"""Class letters of parts on drawings, by IEEE 315 and GOST 2.710, but of cables (W)."""
_DESIGNATOR = re.compile(rf"(?:{'|'.join(_CLASSES.split())})\s?\d{{1,4}}[A-Z]?")


@lru_cache(maxsize=65536)
def serial_key(text: str) -> str:
    """The identity of a number on a specimen: spellings with one key are one number, all others are not.

    Case, look-alike letters, invisible characters, kinds of hyphens, a word such as "No." before it, and what
    stands beside a letter make no difference: "M-101", "m 101", "М‑101" and "№ M101" are one. What stands
    between two digits does: "10-1" is not 101, and 1.5 is not 15. So does a doubt: "7701?" may be another
    specimen than 7701, and in "77**" two characters cannot be read. Empty without letters and digits.
    """
    if text.isascii() and text.isalnum():
        return text.upper()
    key = undoubted_key(text)
    return f"{key}{_doubt(text)}" if key else ""


def _doubt(text: str) -> str:
    """What is added to a key for what is doubtful or cannot be read; mostly nothing."""
    doubted = "?" if is_doubted(text) or "?" in text else ""
    if "*" not in text or _BAR_CODE.fullmatch(text.strip()):
        return doubted
    compact = (sign if sign == "*" else "." for sign in text if sign == "*" or sign.isalnum())
    return f"{doubted}{''.join(compact)}"


@lru_cache(maxsize=65536)
def undoubted_key(text: str) -> str:
    """As `serial_key`, as if nothing were doubted: two numbers that share it may be one."""
    if text.isascii() and text.isalnum():
        return text.upper()
    plain = without_invisible(nfkc(text.replace("№", "No. "))).strip()
    plain = _WORDS_FOR_NUMBER.sub("", plain)
    if plain.isascii():
        parts = list(map(fold_marking, _BETWEEN_DIGITS.split(plain)))
        parts[1::2] = map(_kept, _BETWEEN_DIGITS.findall(plain))
        return "".join(parts)
    found: list[str] = []
    place = 0
    for match in _SEPARATORS.finditer(plain):
        found.append(fold_marking(plain[place : match.start()]))
        place = match.end()
        if _between_digits(plain, match.start(), place):
            found.append(_kept(match.group()))
    found.append(fold_marking(plain[place:]))
    return "".join(found)


def _kept(signs: str) -> str:
    return next((_KEPT[sign] for sign in signs if sign in _KEPT), "-")


def _between_digits(text: str, start: int, end: int) -> bool:
    return start > 0 and end < len(text) and text[start - 1].isdigit() and text[end].isdigit()


def plainest(*spellings: str) -> str:
    """Of several spellings of one number or name the one to show: the same whatever their order.

    The one with the fewest characters outside ASCII, then the fewest spaces, then the first in order.
    """
    return min(spellings, key=lambda text: (sum(not char.isascii() for char in text), text.count(" "), text))


def is_ordinal(text: str) -> bool:
    """Whether a text is nothing but a small number, as rows of a list have it: "3", "№ 3", "Item 3", "3."."""
    if text.isascii() and text.isdigit():
        return len(text) <= _ORDINAL_DIGITS
    return _ORDINAL.fullmatch(without_invisible(nfkc(text)).strip()) is not None


def is_designator(text: str) -> bool:
    """Whether a text is a position on a circuit board, as drawings name it: U1, R12, VT 3, DD1A."""
    plain = without_invisible(nfkc(text)).strip().upper()
    return _DESIGNATOR.fullmatch(plain if plain.isascii() else fold_marking(plain)) is not None
