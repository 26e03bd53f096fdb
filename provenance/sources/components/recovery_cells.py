"""The recovery that a row of a component list describes: what was found, where, when and in what."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from itertools import product

from provenance.core.vocabulary import Extent, RecoveryDateKind, RecoveryKind, SerialKind, WeaponKind
from provenance.fields.recoveries import RECOVERY_FIELDS
from provenance.sources.cells import country, once_a_cell, span, word
from provenance.sources.components.recovery_identity import recovery_identity
from provenance.sources.records import DatedFact, RecoveryRecord, SerialRecord
from provenance.text.column_styles import Style
from provenance.text.part_numbers import is_power_of_ten
from provenance.text.unknown import says_no_number, says_none

FOUND_IN = ("recovery", "weapon", "serial", "tail")
"""The fields that say what a component was found in."""

_SERIALS = {str(kind): kind for kind in (SerialKind.SERIAL, SerialKind.TAIL)}
DATES = ("recovered", "used", "captured")
DECLARED = {
    field.name: field
    for field in RECOVERY_FIELDS
    if field.column and field.headers and field.name not in RecoveryRecord.model_fields
}
"""Declared fields that a list may have, see `provenance.fields.recoveries`."""

OF_THE_RECOVERY = (
    "recovery", "weapon", "weapon_kind", "recovery_kind", "extent", "place", "country", *_SERIALS, *DATES,
    *DECLARED,
)  # fmt: skip
_LIST_BEGINS = "["
_DIGIT = re.compile(r"\d")
_AND = re.compile(r"[;\n、，]|,\s|\s(?:and|&|та|і|и)\s")
"""What stands between two serial numbers in one cell; "7701,5" and "1/2" may be one number."""

_KIND = re.compile(r"(?<=\w)[-_ ]+(?:uav|drone|missile|cruise[-_ ]missile)$", re.IGNORECASE)
VOCABULARIES: dict[str, type[StrEnum]] = {
    "weapon_kind": WeaponKind,
    "recovery_kind": RecoveryKind,
    "extent": Extent,
}


class RecoveryCells:
    """Reads the recoveries that the cells of some of `OF_THE_RECOVERY` describe, the `DATES` in these styles.

    What depends on the same cells is worked out once: a list may have as many recoveries as rows.
    """

    def __init__(self, fields: Sequence[str], styles: Mapping[str, Style]) -> None:
        self._fields = tuple(fields)
        self._styles = styles
        self._recovery = once_a_cell(self._read)
        self._date = once_a_cell(self._dated)

    def recoveries(self, cells: tuple[str, ...]) -> tuple[RecoveryRecord, ...]:
        """The recoveries of a row: several where a cell is a list."""
        if _LIST_BEGINS not in "".join(cells):
            return (self._recovery(cells),)
        lists = [
            _listed(cell) if field in FOUND_IN else [cell]
            for field, cell in zip(self._fields, cells, strict=True)
        ]
        return tuple(map(self._recovery, product(*lists)))

    def _read(self, cells: tuple[str, ...]) -> RecoveryRecord:
        """The recovery that cells describe; empty ones and words for the unknown state nothing."""
        stated = zip(self._fields, cells, strict=True)
        get = {field: cell for field, cell in stated if cell and _is_stated(field, cell)}.get
        recovery, weapon = get("recovery"), get("weapon")
        numbers = tuple(
            SerialRecord(kind=serial, value=text) for kind, serial in _SERIALS.items() if (text := get(kind))
        )
        if not recovery and not weapon and not numbers:
            raise ValueError(f"nothing says what it was found in ({', '.join(FOUND_IN)} are all empty)")
        dates = tuple(self._date(kind, text) for kind in DATES if (text := get(kind)))
        identity = recovery_identity(recovery, weapon, numbers, dates, get("place"))
        return RecoveryRecord(
            key=identity.key,
            former_key=identity.former_key,
            by_number=identity.by_number,
            label=identity.label,
            kind=word(RecoveryKind, "recovery_kind", get("recovery_kind")) or RecoveryKind.BATTLEFIELD,
            extent=word(Extent, "extent", get("extent")) or _extent(numbers) or identity.extent,
            designation=weapon,
            weapon_names=_weapon_names(weapon) if weapon else (),
            weapon_kind=word(WeaponKind, "weapon_kind", get("weapon_kind")),
            serials=numbers,
            dates=dates,
            place=get("place"),
            country=country(get("country")),
            more=self._more(cells),
        )

    def _more(self, cells: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
        """What the cells of declared fields say, as far as it is known."""
        stated = (
            (name, DECLARED[name].read(cell))
            for name, cell in zip(self._fields, cells, strict=True)
            if cell and name in DECLARED
        )
        return tuple(sorted((name, value) for name, value in stated if value is not None))

    def _dated(self, kind: str, text: str) -> DatedFact:
        dates = span(kind, text, self._styles[kind])
        return DatedFact(
            kind=RecoveryDateKind(kind), earliest=dates.earliest, latest=dates.latest, as_written=text
        )


def _listed(cell: str) -> list[str]:
    """The texts of a JSON array, as exports of databases have them: ``["geran-2-uav", "geran-4-uav"]``."""
    if cell[:1] == _LIST_BEGINS and cell[-1:] == "]":
        try:
            found = json.loads(cell)
        except json.JSONDecodeError:
            return [cell]
        if found and all(isinstance(each, str) and each.strip() for each in found):
            return [each.strip() for each in found]
    return [cell]


@once_a_cell
def _weapon_names(weapon: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((weapon, _without_kind(weapon))))


def _extent(numbers: Sequence[SerialRecord]) -> Extent | None:
    """SEVERAL where one cell names several specimens ("7701, 7702"); they stay one record, as listed."""
    several = (_AND.split(number.value) for number in numbers)
    listed = any(len(parts) > 1 and all(map(_DIGIT.search, parts)) for parts in several)
    return Extent.SEVERAL if listed else None


def _without_kind(weapon: str) -> str:
    """The name without the kind of weapon after it, as keys of databases have it: "geran-2-uav"."""
    return _KIND.sub("", weapon)


def _is_stated(field: str, cell: str) -> bool:
    if field in _SERIALS:
        return not (says_no_number(cell) or is_power_of_ten(cell))
    return not says_none(cell)
