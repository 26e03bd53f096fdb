"""Cells that name several parts, makers or pieces: "TPS5430DDA, LM2596S", "2x TPS5430DDA".

A cell is taken apart only where each piece of it can stand alone as a part number. A comma may belong to a
number (Nexperia's "BAT54H,115"), and so may a slash ("PIC18F43K20-I/PT", "LM2596S-5.0/NOPB").
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from provenance.text.maker_strings import split_names

_PIECES_WORD = r"(?:pcs?|pieces?|ea|units?|шт(?:ук[аи]?)?|од|个|片|只|件|枚)\.?"
_TIMES = "[x×хХX*]"
_BEFORE = re.compile(rf"(\d{{1,4}})\s*(?:×\s*|{_TIMES}\s+|{_PIECES_WORD}\s+)(?=\S)", re.IGNORECASE)
_AFTER = re.compile(
    rf"(?P<number>.*\S)(?:\s*×\s*|\s*\*\s*|\s+{_TIMES}\s*|\s*\(\s*{_TIMES}\s*|\s*[,(\[–—-]?\s*\b(?=\d+\s*{_PIECES_WORD}))"
    rf"(?P<pieces>\d{{1,4}})\s*(?:{_PIECES_WORD})?\s*[)\]]?|(?P<named>.*\S)\s+(?P<times>\d{{1,4}})\s?[xх×]",
    re.IGNORECASE | re.DOTALL,
)
_LIST = re.compile(
    r"\s*[\n\r;；、]\s*|\s*[,，]\s+|\s*，\s*|\s+(?:and|і|та|и)\s+|\s+[+&]\s+|\s+/\s+", re.IGNORECASE
)
_CHOICE = re.compile(r"\s+(?:or|або|чи|или)\s+|\s*或\s*", re.IGNORECASE)
_TIGHT = re.compile(r"[,/]")
_NUMBER = re.compile(r"(?=.*\d)(?=.*[A-Za-z])[A-Za-z0-9][\w.+#()/,-]{3,}")
_REEL = re.compile(r"\d{3}")
"""A packing code of three digits after a comma: it belongs to the number before it."""

_PACKAGE = re.compile(
    r"(?:(?:[a-z]{0,2}[qlstmu]?)?(?:qfn|qfp|bga|sop|soic|dip|lcc|son|sot|tssop|msop|dfn|lga|csp)|to|sot|sod|do|sc)"
    r"-?\d{1,4}(?:-\d+)?",
    re.IGNORECASE,
)
_SHORTEST_TIGHT = 5
"""No suffix after a slash or comma ("2N7002/S711") has as many letters and digits of both sorts."""

_BETWEEN_MAKERS = re.compile(r"[\n\r;；、/]")
_OWN_SLASH = re.compile(r"^(?:m/a-?com\b|s/n\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class StatedPart:
    """One part of a cell: its number, the maker beside it, and how many pieces the cell states."""

    number: str
    maker: str = ""
    pieces: int | None = None


class Undecided(ValueError):
    """A cell that names several things, and not plainly which is which."""


def may_hold_several(number: str) -> bool:
    """Whether a cell of a part number can state more than one number; most cells cannot."""
    return not number.isalnum() and (
        _BEFORE.match(number) is not None
        or _AFTER.fullmatch(number) is not None
        or _LIST.search(number) is not None
        or _CHOICE.search(number) is not None
        or _TIGHT.search(number) is not None
    )


def stated_parts(number: str, maker: str = "") -> list[StatedPart]:
    """The parts that the cells of a row state, in order; a single one as it is written.

    Raises:
        Undecided: there are several, and what they are is not plain: alternatives ("or"), numbers among other
            words, or as many makers as do not fit.
    """
    if not may_hold_several(number):
        return [StatedPart(number, maker)]
    if _CHOICE.search(number):
        raise Undecided("names alternatives; which of them it is, is not stated")
    pieces = _split(number)
    counted = [_counted(piece) for piece in pieces]
    if len(counted) == 1:
        return [StatedPart(counted[0][0], maker, counted[0][1])]
    makers = _makers(maker, len(counted))
    if " / " in number and len(set(makers)) < len(counted):
        raise Undecided("names several part numbers, which may be alternatives")
    return [StatedPart(text, own, count) for (text, count), own in zip(counted, makers, strict=True)]


def several_makers(maker: str) -> list[str]:
    """The firms of a cell, if it lists several: by lines, semicolons, or slashes between spaces."""
    # Most cells have none of these characters.
    if not _BETWEEN_MAKERS.search(maker) or _OWN_SLASH.match(maker):
        return [maker]
    listed = [name for name in re.split(r"\s*[\n\r;；、]\s*|\s+/\s+", maker) if name.strip()]
    return listed if len(listed) > 1 else [maker]


def _split(number: str) -> list[str]:
    pieces = [piece for piece in _LIST.split(number) if piece]
    # "BAT54H, 115" is one number with its packing code; "TPS5430DDA, 2 pcs" one with its pieces.
    joined: list[str] = []
    for piece in pieces:
        if joined and (_REEL.fullmatch(piece) or re.fullmatch(rf"\d{{1,4}}\s*{_PIECES_WORD}", piece, re.I)):
            joined[-1] = f"{joined[-1]}, {piece}" if not _REEL.fullmatch(piece) else f"{joined[-1]},{piece}"
        else:
            joined.append(piece)
    if len(joined) == 1:
        tight = joined[0] if _REEL.fullmatch(pieces[-1]) else number
        return _split_tight(tight)
    if all(_is_number(_counted(piece)[0]) for piece in joined):
        if " / " in number and len(set(map(_base, joined))) == 1:
            raise Undecided("names several spellings of one part")
        return joined
    raise Undecided("names several things, not all of them part numbers")


def _split_tight(number: str) -> list[str]:
    """A number with commas or slashes and no space: several only if each piece can be one."""
    pieces = _TIGHT.split(number)
    if len(pieces) == 1 or not all(len(piece) >= _SHORTEST_TIGHT and _is_number(piece) for piece in pieces):
        return [number]
    if "/" in number:
        raise Undecided("names several part numbers, which may be alternatives")
    return pieces


def _counted(piece: str) -> tuple[str, int | None]:
    """A number without the pieces stated before or after it."""
    if (match := _BEFORE.match(piece)) and _has_letters(rest := piece[match.end() :].strip()):
        return rest, int(match[1])
    if (match := _AFTER.fullmatch(piece)) and _has_letters(number := match["number"] or match["named"]):
        return number.strip(" ,([–—-"), int(match["pieces"] or match["times"])
    return piece.strip(), None


def _has_letters(text: str) -> bool:
    return any(map(str.isalpha, text))


def _is_number(text: str) -> bool:
    return _NUMBER.fullmatch(text) is not None and _PACKAGE.fullmatch(text) is None


def _base(number: str) -> str:
    match = re.match(r"[A-Za-z]*\d+", number)
    return match.group().casefold() if match else number.casefold()


def _makers(maker: str, count: int) -> list[str]:
    """A maker for each of several parts: the one that is named, or as many as there are parts."""
    listed = several_makers(maker)
    if len(listed) == 1 and len(names := split_names(maker)) == count:
        listed = names
    if len(listed) == 1:
        return [maker] * count
    if len(listed) != count:
        raise Undecided(f"names {count} parts beside {len(listed)} makers")
    return listed
