"""Cells that name a weapon, with its number, its kind or other weapons beside it; pure."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from provenance.core.vocabulary import SerialKind
from provenance.text.entry_facts import read_aside, take_number_in_groups

_OF_THE_SPECIMEN = (
    r"(?:(?P<tail>борт(?:ов\w+)?|tail|side|board|hull|airframe)|зав(?:одск\w*|одськ\w*)?|сер(?:и[йн]\w*|і[йн]\w*)?"
    r"|factory|manufacturer'?s|serial)\.?\s*"
)
_CALLED = r"(?:№|#|(?<!\w)(?:no|nr|num|number|номер|ном|s/n|sn)(?!\w)\.?|(?<=serial)(?=[\s:]))[\s:]*"
_VALUE = r"(?(tail)(?:(?-i:[A-ZА-ЯІЇЄҐ]{1,3})\s)?)(?=[\w./-]*\d)\w+(?:[./-]\w+)*"
"""A number; a drone's series letters may stand before it: "tail number ЫЫ 748"."""
_NUMBERED = re.compile(
    rf"(?P<name>\S.*?)(?:[\s,;:(\[–—-]+(?:{_OF_THE_SPECIMEN})?|(?=[№#])){_CALLED}(?P<value>{_VALUE})(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
"""A weapon, a word or a sign that calls what follows a number, and the number."""
_OF_A_MODEL = re.compile(
    r"\b(?:type|model|index|version|variant|mark|batch|lot|series|code|тип|модель|індекс|индекс|серия|серія)$",
    re.IGNORECASE,
)
_CLOSING = " )].,;"
_ASIDE = re.compile(r"\s*\(([^()]*)\)")
_CODE_AFTER_ASIDE = re.compile(r"(?<=\))\s+[A-ZА-ЯІЇЄҐ]{1,3}-?\d{2,}$")
"""A code on one specimen or one batch, after both names of a model: "Shahed-136 (GERAN-2) MS001"."""

_KINDS = (
    r"(?:uav|uas|ucav|drone|missile|cruise[-_ ]missile|ballistic[-_ ]missile|loitering[-_ ]munition"
    r"|бпла|дрон|безпілотник|беспилотник|ракета|крилата[ _]ракета|крылатая[ _]ракета|балістична[ _]ракета"
    r"|баллистическая[ _]ракета|баражуючий[ _]боєприпас|барражирующий[ _]боеприпас)"
)
_KIND = re.compile(rf"^{_KINDS}[-_ ]+(?=\S)|(?<=\w)[-_ ]+{_KINDS}$", re.IGNORECASE)

_ROWS = re.compile(r"\s*[;\n|、；]\s*")
"""What stands between items that are surely several."""
_LIST = re.compile(
    r"\s*[;\n|、；，/+]\s*|\s*,\s+|\s+[-–—]\s+|\s+(?:&|and|or|та|і|й|або|и|или)\s+", re.IGNORECASE
)


class WeaponCell(NamedTuple):
    """A weapon and the number of the specimen that stands in its cell, None where none does, with its kind.

    ``names`` are those to look up, the cell itself first. ``is_vague`` if it speaks of numbers that are not
    plain.
    """

    name: str
    names: tuple[str, ...]
    is_vague: bool = False
    number: str | None = None
    kind: SerialKind = SerialKind.SERIAL


@lru_cache(maxsize=4096)
def read_weapon_cell(text: str) -> WeaponCell:
    """The weapon and the number of "Kh-101 No. 7701", "Х-101 (зав. № 7701)"; or the cell as it is.

    Only what a word or a sign calls a number is one, and only at the end of the cell: what follows would be
    lost. "Kh-69 (No. 9504 and 9505)" names a weapon and no plain number.
    """
    found = _NUMBERED.fullmatch(text.strip())
    if found is None or _OF_A_MODEL.search(found["name"]) or _LIST.search(found["name"]):
        return _without_a_word_for_number(text)
    name = found["name"].strip()
    if found["rest"].strip(_CLOSING):
        return WeaponCell(text, _spellings(text, name), is_vague=True)
    kind = SerialKind.TAIL if found["tail"] else SerialKind.SERIAL
    return WeaponCell(name, _spellings(text, name), number=found["value"], kind=kind)


def _without_a_word_for_number(text: str) -> WeaponCell:
    """A cell in which nothing is called a number: names to look up, without what surely belongs to none.

    Only a place, a date or a code beside a name is left out; any other word may name another thing
    ("Iskander-K (launcher)").
    """
    name, groups = take_number_in_groups(text.strip())
    if groups and any(map(str.isalpha, name)):
        return WeaponCell(name, _spellings(text, name), number=groups)
    shorter = _CODE_AFTER_ASIDE.sub("", text.strip())
    return WeaponCell(text, _spellings(text, shorter, _without_circumstances(shorter)))


def _without_circumstances(text: str) -> str:
    """The text without parentheses that only say when or where: "9M727 (Chernihiv, 19.08.2023)"."""
    return _ASIDE.sub(lambda match: "" if _says_when_or_where(match[1]) else match.group(), text).strip()


def _says_when_or_where(text: str) -> bool:
    aside = read_aside(text, day_first=True)
    return bool(aside.place or aside.dates) and not (aside.names or aside.variant or aside.serials)


def _spellings(*names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for name in names for each in (name, without_kind(name))))


def without_kind(weapon: str) -> str:
    """A weapon's name without the kind beside it: "geran-2-uav", "БПЛА Орлан-10"."""
    return _KIND.sub("", weapon.strip())


class SeveralWeapons(NamedTuple):
    """The names in a cell that may be several; ``surely``: by signs that stand in no name."""

    names: tuple[str, ...]
    surely: bool


@lru_cache(maxsize=4096)
def several_weapons(text: str) -> SeveralWeapons | None:
    """What a cell lists, each without number and kind; None where it lists nothing.

    A slash or a comma may stand in one name: whether those beside it are weapons, only a catalogue can say.
    """
    text = _without_circumstances(text)
    pieces = [piece for piece in _LIST.split(text) if piece and any(map(str.isalnum, piece))]
    if len(pieces) < 2:
        return None
    rows = [piece for piece in _ROWS.split(text) if any(map(str.isalnum, piece))]
    names = (without_kind(read_weapon_cell(piece.strip()).name) for piece in pieces)
    return SeveralWeapons(tuple(dict.fromkeys(names)), len(rows) > 1)
