"""Recoveries with their numbers, dates and citation: one way to write them, whoever reports them.

`RecoveryWriter` writes what every report may state; functions write what only an entry states (a position).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from provenance.core.vocabulary import SerialKind, Tlp
from provenance.domain.batches import NewRows
from provenance.domain.consolidation import one_spelling_each
from provenance.domain.declared_fields import declared_columns
from provenance.domain.sources import Origin
from provenance.domain.weapons import ResolvedWeapon
from provenance.fields import values
from provenance.fields.places import Position
from provenance.fields.recoveries import ASSESSED, RECOVERY_FIELDS
from provenance.schema.assessments import RecoveryPosition
from provenance.schema.recoveries import Recovery, RecoveryDate, RecoverySerial
from provenance.schema.row_values import NOTHING, Columns, Values, cells_of
from provenance.schema.rows import insert_row
from provenance.schema.session import Session
from provenance.schema.sources import Citation
from provenance.sources.records import DatedFact, RecoveryRecord, SerialRecord
from provenance.text.folding import fold_marking, search_text
from provenance.text.part_numbers import is_power_of_ten
from provenance.text.serial_numbers import serial_key
from provenance.text.unknown import says_no_number

DECLARED = declared_columns(
    RECOVERY_FIELDS, Recovery, but={*RecoveryRecord.model_fields, *(field.name for field in ASSESSED)}
)
"""Columns that declared fields fill, by the fields' names; a record has their values in ``more``."""

_KINDS = list(SerialKind)


@dataclass(frozen=True, slots=True)
class Cited:
    """What the citation of a recovery keeps: the record's text, and how the source assesses it."""

    raw_text: str
    retrieved: date | None = None
    credibility: int | None = None
    tlp: Tlp | None = None


def recovery_values(record: RecoveryRecord, weapon: ResolvedWeapon) -> Values:
    """A recovery's own columns as its record states them."""
    return cells_of(recovery_columns([record], [weapon]), 0)


def recovery_columns(records: Sequence[RecoveryRecord], weapons: Sequence[ResolvedWeapon]) -> Columns:
    """As `recovery_values`, of many."""
    more = [dict(record.more) for record in records]
    return {
        Recovery.kind: [record.kind for record in records],
        Recovery.extent: [weapon.extent for weapon in weapons],
        Recovery.label: [record.label for record in records],
        Recovery.folded: [search_text(record.label) for record in records],
        Recovery.weapon_system_id: [weapon.weapon_system_id for weapon in weapons],
        Recovery.unit_type_id: [weapon.unit_type_id for weapon in weapons],
        Recovery.variant: [record.variant for record in records],
        Recovery.place: [None if position_of(record) else record.place for record in records],
        Recovery.country: [record.country for record in records],
        **{column: [each.get(name) for each in more] for name, column in DECLARED.items()},
    }


def position_of(record: RecoveryRecord) -> Position | None:
    """The position that a record's place is; None where it is a name, or a position that cannot be."""
    if not record.place:
        return None
    try:
        found = values.place(record.place)
    except ValueError:
        return None
    return found if isinstance(found, Position) else None


def known_serials(record: RecoveryRecord) -> list[SerialRecord]:
    """The numbers of a record, each once however it is spelled; the plainest spelling stands for all.

    Neither a word for "none" or "not known" is a number, nor what a spreadsheet left of one (3.15264E+12).
    """
    return [
        serial
        for serial in one_spelling_each(record.serials)
        if not (says_no_number(serial.value) or is_power_of_ten(serial.value))
    ]


def search_key(number: str) -> str:
    """The key by which a number is found: its letters and digits, without a word that says it is a number."""
    return fold_marking(serial_key(number)) or fold_marking(number)


def main_number(record: RecoveryRecord) -> SerialRecord | None:
    """The number by which a recovery is known: of the first kind of number that it has."""
    numbers = known_serials(record)
    return min(numbers, key=lambda serial: _KINDS.index(serial.kind)) if numbers else None


def serial_row(recovery_id: int, serial: SerialRecord) -> RecoverySerial:
    """The row of a number on a recovery."""
    return RecoverySerial(
        recovery_id=recovery_id,
        kind=serial.kind,
        value=serial.value,
        value_key=search_key(serial.value),
    )


def date_row(recovery_id: int, fact: DatedFact, source_id: int) -> RecoveryDate:
    """The row of a dated fact of a recovery."""
    return RecoveryDate(
        recovery_id=recovery_id,
        kind=fact.kind,
        earliest=fact.earliest,
        latest=fact.latest,
        as_written=fact.as_written,
        source_id=source_id,
    )


def add_position(
    session: Session, source_id: int, recovery_id: int, position: Position, precision_m: float | None
) -> None:
    """Writes where a recovery lay; ``precision_m`` is stated beside the position and goes before its own."""
    row = position_row(recovery_id, position, source_id, precision_m)
    insert_row(session, row)


def position_row(
    recovery_id: int, position: Position, source_id: int, precision_m: float | None = None
) -> RecoveryPosition:
    """The row of a recovery's position."""
    return RecoveryPosition(
        recovery_id=recovery_id,
        latitude=position.latitude,
        longitude=position.longitude,
        precision_m=precision_m or position.precision_m,
        as_written=position.as_written,
        source_id=source_id,
    )


class RecoveryWriter:
    """Writes the recoveries of one origin: collects rows, which the caller writes."""

    def __init__(self, rows: NewRows, origin: Origin) -> None:
        self._rows = rows
        self._origin = origin

    def add(
        self,
        uid: str,
        record: RecoveryRecord,
        weapon: ResolvedWeapon,
        cited: Cited,
        *,
        own: Mapping[Any, Any] = NOTHING,
    ) -> int:
        """Collects a new recovery with its numbers, dates and citation; says its row number.

        ``own`` are values of the recovery that a record does not have, such as a note.
        """
        return self.add_many([uid], [record], [weapon], [cited], {name: [own[name]] for name in own})[0]

    def add_many(
        self,
        uids: Sequence[str],
        records: Sequence[RecoveryRecord],
        weapons: Sequence[ResolvedWeapon],
        cited: Sequence[Cited],
        own: Mapping[Any, Sequence[Any]] = NOTHING,
    ) -> Sequence[int]:
        """As `add`, of many: a list may have as many recoveries as rows."""
        columns: Columns = {Recovery.uid: uids, **recovery_columns(records, weapons), **own}
        numbers = self._rows.add_many(Recovery, len(uids), columns)
        self._add_numbers(numbers, records)
        self._add_dates(numbers, records)
        for number, record in zip(numbers, records, strict=True):
            if position := position_of(record):
                self._rows.add(position_row(number, position, self._origin.source_id))
        self._cite(numbers, [record.key for record in records], cited)
        return numbers

    def _add_numbers(self, numbers: Sequence[int], records: Sequence[RecoveryRecord]) -> None:
        found = [
            (number, serial)
            for number, record in zip(numbers, records, strict=True)
            for serial in known_serials(record)
        ]
        columns: Columns = {
            RecoverySerial.recovery_id: [number for number, _serial in found],
            RecoverySerial.kind: [serial.kind for _number, serial in found],
            RecoverySerial.value: [serial.value for _number, serial in found],
            RecoverySerial.value_key: [search_key(serial.value) for _number, serial in found],
        }
        self._rows.add_many(RecoverySerial, len(found), columns)

    def _add_dates(self, numbers: Sequence[int], records: Sequence[RecoveryRecord]) -> None:
        found = [
            (number, fact)
            for number, record in zip(numbers, records, strict=True)
            for fact in dict.fromkeys(record.dates)
        ]
        columns: Columns = {
            RecoveryDate.recovery_id: [number for number, _fact in found],
            RecoveryDate.kind: [fact.kind for _number, fact in found],
            RecoveryDate.earliest: [fact.earliest for _number, fact in found],
            RecoveryDate.latest: [fact.latest for _number, fact in found],
            RecoveryDate.as_written: [fact.as_written for _number, fact in found],
            RecoveryDate.source_id: [self._origin.source_id] * len(found),
        }
        self._rows.add_many(RecoveryDate, len(found), columns)

    def _cite(self, numbers: Sequence[int], keys: Sequence[str], cited: Sequence[Cited]) -> None:
        columns: Columns = {
            Citation.source_id: [self._origin.source_id] * len(keys),
            Citation.record_key: keys,
            Citation.recovery_id: numbers,
            Citation.raw_text: [each.raw_text for each in cited],
            Citation.retrieved: [each.retrieved for each in cited],
            Citation.credibility: [each.credibility for each in cited],
            Citation.tlp: [each.tlp for each in cited],
            Citation.import_run_id: [self._origin.run_id] * len(keys),
        }
        self._rows.add_many(Citation, len(keys), columns)
