"""Cells that name a weapon, with its number, its kind or other weapons beside it; pure."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from provenance.core.vocabulary import SerialKind

_OF_THE_SPECIMEN = (
    r"(?:(?P<tail>борт(?:ов\w+)?|tail|side|board|hull|airframe)|зав(?:одск\w*|одськ\w*)?|сер(?:и[йн]\w*|і[йн]\w*)?"
    r"|factory|manufacturer'?s|serial)\.?\s*"
)
_CALLED = r"(?:№|#|(?<!\w)(?:no|nr|num|number|номер|ном|s/n|sn)(?!\w)\.?|(?<=serial)(?=[\s:]))[\s:]*"
_VALUE = r"(?=[\w./-]*\d)\w+(?:[./-]\w+)*"
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
        return WeaponCell(text, _spellings(text))
    name = found["name"].strip()
    if found["rest"].strip(_CLOSING):
        return WeaponCell(text, _spellings(text, name), is_vague=True)
    kind = SerialKind.TAIL if found["tail"] else SerialKind.SERIAL
    return WeaponCell(name, _spellings(text, name), number=found["value"], kind=kind)


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
    pieces = [piece for piece in _LIST.split(text) if piece and any(map(str.isalnum, piece))]
    if len(pieces) < 2:
        return None
    rows = [piece for piece in _ROWS.split(text) if any(map(str.isalnum, piece))]
    names = (without_kind(read_weapon_cell(piece.strip()).name) for piece in pieces)
    return SeveralWeapons(tuple(dict.fromkeys(names)), len(rows) > 1)
