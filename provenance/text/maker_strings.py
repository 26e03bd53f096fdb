"""A published maker cell parsed: brand, what is in its parenthesis, and distributors that ran into it.

Lists of components print several facts in one cell: "Spansion (Cypress Semiconductor, Infineon
Technologies)" is a brand with its later owners, and in "Murata Suppliers JSC CHIP AND DIP" the next field of
the publisher's page has spilled into the cell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from provenance.text.doubts import is_doubted
from provenance.text.firm_names import packaged_forms
from provenance.text.maker_words import is_place
from provenance.text.unknown import says_no_number

ChainHeading = Literal["suppliers", "importers", "foreign_suppliers", "involved"]

_HEADINGS: dict[str, ChainHeading] = {
    "Suppliers": "suppliers",
    "Importers": "importers",
    "Foreign suppliers": "foreign_suppliers",
    "Involved companies": "involved",
}
# A field's label in the middle of a cell, spelled exactly so; a space on either side.
_HEADING = re.compile(r"(?<=\s)(Foreign suppliers|Involved companies|Suppliers|Importers)(?=\s)")
_SEPARATOR = re.compile(r"[,;，；、]")
_OWNER_DASH = re.compile(r"\s+[-–—]\s+")
_PLACE_AT_END = re.compile(r"\s*\([^()]*\)\s*$")
_AWAITS_LIMITED = re.compile(r"\b(co|company|corp|corporation|pte|pty|pvt)\.?$", re.IGNORECASE)
_LIMITED = re.compile(r"(ltd|limited|inc|incorporated)\b", re.IGNORECASE)
_BEFORE_PLACE = re.compile(r"(?P<brand>.*\w[^,]*?)\s*(?:,|\s[-–—])\s*(?P<place>[^\W\d][^,]*)")
_LOGO = re.compile(r"^(?:logo(?: of)?|логотип|лого)\b[\s:]+|[\s,(]+(?:logo|логотип|лого)\)?$", re.IGNORECASE)
_OPENING, _CLOSING = "(（", ")）"


@dataclass(frozen=True, slots=True)
class ChainMention:
    """Firms that a publisher names under one heading beside a component, as written.

    ``involved`` is the publisher's "Involved companies", which says nothing about a role.
    """

    heading: ChainHeading
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MakerReading:
    """What a maker cell says.

    ``brand`` is None where the source says that the maker is not known, otherwise as written. ``parentheses``
    are the strings of a parenthesis at the end of the brand, in order: later owners, aliases or a place;
    which of these they are, the cell does not say. ``chain`` holds the fields that ran into the cell.
    """

    brand: str | None
    parentheses: tuple[str, ...] = ()
    chain: tuple[ChainMention, ...] = ()


def read_maker(text: str) -> MakerReading:
    """Parses a maker cell; runs of spaces become one, everything else stays as written.

    A heading counts only inside a cell and before a list of firms in capitals, which is how these fields
    are published: "Global Suppliers LLC", "Importers Union" and "Foreign Suppliers Ltd" are names.
    A parenthesis counts only at the end of the brand: "Allystar Technology (Shenzhen) Co., Ltd." is a name.
    A country behind the brand counts as one, and a firm's logo as its name.
    """
    cell, chain = _part_chain(" ".join(text.split()))
    if is_doubted(cell):
        # Without its parenthesis "TI (?)" would be certain.
        return MakerReading(cell, (), chain)
    cell, place = _part_place(_LOGO.sub("", cell) or cell)
    brand, inside = _part_parenthesis(cell)
    aliases = tuple(name for part in _OWNER_DASH.split(inside) for name in split_names(part))
    return MakerReading(None if says_no_number(brand) else brand, (*aliases, *place), chain)


def without_place(party: str) -> str:
    """A party's name without a country behind its legal form: "Sample Trading LLC, Hong Kong"."""
    bare, place = _part_place(party)
    last = bare.replace(",", " ").split()[-1:]
    return bare if place and packaged_forms().is_only_forms(" ".join(last)) else party


def _part_place(cell: str) -> tuple[str, tuple[str, ...]]:
    """The brand, and the country after the last comma or dash ("Texas Instruments, USA"), if one is there."""
    found = _BEFORE_PLACE.fullmatch(cell)
    return (found["brand"], (found["place"],)) if found and is_place(found["place"]) else (cell, ())


def split_names(text: str) -> list[str]:
    """The firms of a list separated by commas or semicolons, as written and in order.

    A comma before a legal form belongs to the name ("CO., LTD", ", LLC", ", JSC"), and so does one inside
    a parenthesis. "AND" and "&" separate nothing: JSC CHIP AND DIP is one firm.
    """
    names: list[str] = []
    for piece in filter(None, map(str.strip, _split_outside_parentheses(text))):
        if names and _continues(names[-1], piece):
            names[-1] = f"{names[-1]}, {piece}"
        else:
            names.append(piece)
    return names


def _part_chain(cell: str) -> tuple[str, tuple[ChainMention, ...]]:
    """The text before the first heading, and the lists under each."""
    found = list(_HEADING.finditer(cell))
    bounds = [*(heading.start() for heading in found), len(cell)]
    sections = [
        (start, _HEADINGS[heading.group()], split_names(cell[heading.end() : end]))
        for heading, (start, end) in zip(found, pairwise(bounds), strict=True)
    ]
    while sections and not _is_published_list(sections[0][2]):
        del sections[0]
    if not sections:
        return cell, ()
    chain = tuple(ChainMention(heading, tuple(names)) for _, heading, names in sections if names)
    return cell[: sections[0][0]].rstrip(), chain


def _is_published_list(names: list[str]) -> bool:
    return bool(names) and all(map(_is_firm_in_capitals, names))


def _is_firm_in_capitals(name: str) -> bool:
    """Whether a name, its legal forms aside, is present and has no small letter ("HI-LINK Co., Ltd")."""
    forms = packaged_forms()
    words = [word for word in name.split() if not forms.is_only_forms(word)]
    return any(map(str.isupper, words)) and all(word == word.upper() for word in words)


def _part_parenthesis(cell: str) -> tuple[str, str]:
    """The brand, and the inside of the parenthesis that closes the cell, if one does."""
    if not cell.endswith(tuple(_CLOSING)):
        return cell, ""
    depth = 0
    for position in range(len(cell) - 1, 0, -1):
        depth += (cell[position] in _CLOSING) - (cell[position] in _OPENING)
        if depth == 0:
            return cell[:position].rstrip(), cell[position + 1 : -1]
    return cell, ""


def _split_outside_parentheses(text: str) -> list[str]:
    pieces, depth, start = [], 0, 0
    for position, char in enumerate(text):
        if char in _OPENING:
            depth += 1
        elif char in _CLOSING:
            depth = max(0, depth - 1)
        elif depth == 0 and _SEPARATOR.match(char):
            pieces.append(text[start:position])
            start = position + 1
    return [*pieces, text[start:]]


def _continues(name: str, piece: str) -> bool:
    """Whether what follows a comma is the rest of the name before it."""
    if packaged_forms().is_only_forms(_PLACE_AT_END.sub("", piece)):
        return True
    return bool(_AWAITS_LIMITED.search(name) and _LIMITED.match(piece))
