"""The recovery that a row of a component list describes: what was found, where, when and in what."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from itertools import compress, product

from provenance.core.vocabulary import Extent, RecoveryDateKind, RecoveryKind, SerialKind, WeaponKind
from provenance.fields.recoveries import RECOVERY_FIELDS
from provenance.sources.cells import country, once_a_cell, span, word
from provenance.sources.components.recovery_identity import recovery_identity
from provenance.sources.records import DatedFact, RecoveryRecord, SerialRecord
from provenance.text.column_styles import Style
from provenance.text.part_numbers import is_power_of_ten
from provenance.text.serial_numbers import serial_key
from provenance.text.unknown import says_no_number, says_none
from provenance.text.weapon_cells import WeaponCell, read_weapon_cell

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
_COUNTS = re.compile(r"\d{1,2}")
_AND = re.compile(r"[;\n、，]|,\s|\s(?:and|&|та|і|и)\s")
"""What stands between two serial numbers in one cell; "7701,5" and "1/2" may be one number."""

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
        self._declared = tuple(field in DECLARED for field in fields)
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
        listed = tuple(
            SerialRecord(kind=serial, value=text) for kind, serial in _SERIALS.items() if (text := get(kind))
        )
        if not recovery and not weapon and not listed:
            raise ValueError(f"nothing says what it was found in ({', '.join(FOUND_IN)} are all empty)")
        dates = tuple(self._date(kind, text) for kind in DATES if (text := get(kind)))
        cell = read_weapon_cell(weapon) if weapon else None
        name, numbers = _with_number_of(cell, recovery, listed)
        identity = recovery_identity(name, cell and cell.name, numbers, dates, get("place"))
        former = identity.former_key
        if cell and cell.number:
            # Earlier versions took the number for a part of the weapon's name.
            former = recovery_identity(recovery, weapon, listed, dates, get("place")).key
        extent = Extent.UNSTATED if cell and cell.is_vague else identity.extent
        return RecoveryRecord(
            key=identity.key,
            former_key=former,
            by_number=identity.by_number,
            label=identity.label,
            kind=word(RecoveryKind, "recovery_kind", get("recovery_kind")) or RecoveryKind.BATTLEFIELD,
            extent=word(Extent, "extent", get("extent")) or _extent(numbers) or extent,
            designation=cell and cell.name,
            weapon_names=cell.names if cell else (),
            weapon_kind=word(WeaponKind, "weapon_kind", get("weapon_kind")),
            serials=numbers,
            dates=dates,
            place=get("place"),
            country=country(get("country")),
            more=self._more(cells) if any(self._declared) else (),
        )

    def _more(self, cells: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
        """What the cells of declared fields say, as far as it is known."""
        stated = (
            (name, DECLARED[name].read(cell))
            for name, cell in compress(zip(self._fields, cells, strict=True), self._declared)
            if cell
        )
        return tuple(sorted((name, value) for name, value in stated if value is not None))

    def _dated(self, kind: str, text: str) -> DatedFact:
        dates = span(kind, text, self._styles[kind])
        return DatedFact(
            kind=RecoveryDateKind(kind), earliest=dates.earliest, latest=dates.latest, as_written=text
        )


def _with_number_of(
    cell: WeaponCell | None, name: str | None, numbers: tuple[SerialRecord, ...]
) -> tuple[str | None, tuple[SerialRecord, ...]]:
    """The recovery's name and numbers, with the number that stands beside its weapon.

    A number of one or two digits counts the list's own specimens: it names nothing beyond the list.

    Raises:
        ValueError: the weapon's cell and the column of numbers name different specimens.
    """
    if cell is None or cell.number is None:
        return name, numbers
    if _COUNTS.fullmatch(cell.number) and not numbers:
        counted = SerialRecord(kind=SerialKind.SAMPLE, value=cell.number)
        return (name, (counted,)) if name else (cell.number, ())
    same = [each for each in numbers if each.kind == cell.kind]
    if same and serial_key(same[0].value) != serial_key(cell.number):
        raise ValueError(
            f"the weapon's cell says number {cell.number}, and the column of the {same[0].kind} number"
            f" {same[0].value}"
        )
    return name, numbers if same else (*numbers, SerialRecord(kind=cell.kind, value=cell.number))


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


def _extent(numbers: Sequence[SerialRecord]) -> Extent | None:
    """SEVERAL where one cell names several specimens ("7701, 7702"); they stay one record, as listed."""
    several = (_AND.split(number.value) for number in numbers)
    listed = any(len(parts) > 1 and all(map(_DIGIT.search, parts)) for parts in several)
    return Extent.SEVERAL if listed else None


def _is_stated(field: str, cell: str) -> bool:
    if field in _SERIALS:
        return not (says_no_number(cell) or is_power_of_ten(cell))
    return not says_none(cell)
