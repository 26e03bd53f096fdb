"""Recoveries with their numbers, dates and citation: one way to write them, whoever reports them.

`RecoveryWriter` writes; `RecoveryLoader` finds or writes the recoveries of a list, each once, known by the
source's own key. What only an entry states (a position, a seizure) is written by functions of this module.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from provenance.core.identity import natural_uid
from provenance.core.vocabulary import SerialKind, Tlp
from provenance.domain.batches import NewRows
from provenance.domain.consolidation import one_spelling_each, recovery_text
from provenance.domain.declared_fields import declared_columns
from provenance.domain.review import Doubt
from provenance.domain.sources import Origin
from provenance.domain.stated_components import Places, StatedComponents
from provenance.domain.units import UnitWriter
from provenance.domain.weapons import ResolvedWeapon, WeaponResolver
from provenance.fields import values
from provenance.fields.places import Position
from provenance.fields.recoveries import ASSESSED, RECOVERY_FIELDS
from provenance.schema.assessments import RecoveryPosition
from provenance.schema.recoveries import Recovery, RecoveryDate, RecoverySerial
from provenance.schema.row_values import NOTHING, Values, row_of
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

Doubts = tuple[Doubt, ...]

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
    more = dict(record.more)
    return {
        Recovery.kind: record.kind,
        Recovery.extent: weapon.extent,
        Recovery.label: record.label,
        Recovery.folded: search_text(record.label),
        Recovery.weapon_system_id: weapon.weapon_system_id,
        Recovery.unit_type_id: weapon.unit_type_id,
        Recovery.variant: record.variant,
        Recovery.place: None if position_of(record) else record.place,
        Recovery.country: record.country,
        **{column: more.get(name) for name, column in DECLARED.items()},
    }


def position_of(record: RecoveryRecord) -> Position | None:
    """The position that a record's place is; None where it is a name, or a position that cannot be."""
    try:
        found = values.place(record.place or "")
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


_Weapon = tuple[int | None, int | None]
"""The row numbers of a weapon and of a type of unit."""

_Rival = tuple[_Weapon | RecoveryRecord, str]
"""What a recovery of the same number was found in, on record or in the file, and its key."""


def _ids_of(weapon: ResolvedWeapon) -> _Weapon:
    return weapon.weapon_system_id, weapon.unit_type_id


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
        values: Values = {Recovery.uid: uid, **recovery_values(record, weapon), **own}
        recovery_id = self._rows.add(row_of(Recovery, values))
        for serial in known_serials(record):
            self._rows.add(serial_row(recovery_id, serial))
        for fact in dict.fromkeys(record.dates):
            self._rows.add(date_row(recovery_id, fact, self._origin.source_id))
        if position := position_of(record):
            self._rows.add(position_row(recovery_id, position, self._origin.source_id))
        self._cite(recovery_id, record.key, cited)
        return recovery_id

    def _cite(self, recovery_id: int, key: str, cited: Cited) -> None:
        self._rows.add(
            Citation(
                source_id=self._origin.source_id,
                record_key=key,
                recovery_id=recovery_id,
                component_id=None,
                transfer_id=None,
                address=None,
                raw_text=cited.raw_text,
                published_earliest=None,
                published_latest=None,
                retrieved=cited.retrieved,
                credibility=cited.credibility,
                tlp=cited.tlp,
                import_run_id=self._origin.run_id,
            )
        )


class RecoveryLoader:
    """Finds or makes the recovery of each record, with its serials, dates, units and citation.

    A record is that of a recovery on record if it has its key, or its weapon and its number: a number is
    compared by `provenance.text.serial_numbers.serial_key`, a weapon by what its names resolve to. What the
    database holds is looked up a batch at a time (`prepare`), so that memory does not grow with it.
    """

    def __init__(self, session: Session, rows: NewRows, weapons: WeaponResolver, origin: Origin) -> None:
        self._session = session
        self._writer = RecoveryWriter(rows, origin)
        self._units = UnitWriter(session, rows)
        self._weapons = weapons
        self._source_id, self._source_key = origin.source_id, origin.source_key
        self._known: dict[str, int] = {}
        self._uids: dict[str, str] = {}
        self._texts: dict[str, str] = {}
        self._made_from: dict[str, RecoveryRecord] = {}
        self._doubtful: dict[str, Doubts] = {}
        self._stands_for: dict[str, str] = {}

    def prepare(self, records: Iterable[RecoveryRecord], *, units: bool) -> None:
        """Looks up the recoveries of a batch, some thousands at most, and on request their units.

        What was collected before is written already: it is forgotten here and found there.
        """
        named = {record.key: record for record in records}
        former = {record.former_key for record in named.values()} - {None}
        found = self._session.execute(
            select(Citation.record_key, Citation.recovery_id, Citation.raw_text, Recovery.uid)
            .join(Recovery, Recovery.id == Citation.recovery_id)
            .where(Citation.source_id == self._source_id, Citation.record_key.in_({*named, *former}))
        ).all()
        self._known = {row.record_key: row.recovery_id for row in found}
        self._uids = {row.record_key: row.uid for row in found}
        self._texts = {row.record_key: row.raw_text for row in found}
        self._made_from = {}
        self._stands_for = {
            key: record.former_key
            for key, record in named.items()
            if key not in self._known and record.former_key in self._known
        }
        self._match_numbers(
            [record for key, record in named.items() if key not in {*self._known, *self._stands_for}]
        )
        self._units.prepare(self._known.values() if units else ())

    def _match_numbers(self, records: Sequence[RecoveryRecord]) -> None:
        """Finds the keys under which records with a number are on record, or come earlier in this batch."""
        numbers = {
            record.key: (serial.kind, serial_key(serial.value))
            for record in records
            if record.by_number and (serial := main_number(record))
        }
        if not numbers:
            return
        rivals = self._numbered({serial.value for record in records for serial in record.serials})
        for record in records:
            if record.key in numbers:
                self._match_number(record, rivals.setdefault(numbers[record.key], []))

    def _match_number(self, record: RecoveryRecord, rivals: list[_Rival]) -> None:
        """Gives a record the key of that rival of the same number that has its weapon, or makes it one."""
        if rivals:
            weapon = _ids_of(self._weapon(record))
            for other, key in rivals:
                theirs = _ids_of(self._weapon(other)) if isinstance(other, RecoveryRecord) else other
                # What is not known of both is not the same.
                if weapon == theirs != (None, None):
                    self._stands_for[record.key] = key
                    return
        rivals.append((record, record.key))

    def _numbered(self, values: Collection[str]) -> dict[tuple[str, str], list[_Rival]]:
        """The source's recoveries with some numbers, by number."""
        rows = self._session.execute(
            select(
                RecoverySerial.kind,
                RecoverySerial.value,
                Recovery.id,
                Recovery.uid,
                Recovery.weapon_system_id,
                Recovery.unit_type_id,
                Citation.record_key,
                Citation.raw_text,
            )
            .join(Recovery, Recovery.id == RecoverySerial.recovery_id)
            .join(Citation, Citation.recovery_id == Recovery.id)
            .where(
                Citation.source_id == self._source_id,
                Recovery.withdrawn_at.is_(None),
                RecoverySerial.value_key.in_(set(map(search_key, values))),
            )
            .order_by(Recovery.id)
        ).all()
        found: dict[tuple[str, str], list[_Rival]] = {}
        for row in rows:
            rival = (row.weapon_system_id, row.unit_type_id), row.record_key
            found.setdefault((row.kind, serial_key(row.value)), []).append(rival)
            self._known.setdefault(row.record_key, row.id)
            self._uids.setdefault(row.record_key, row.uid)
            self._texts.setdefault(row.record_key, row.raw_text)
        return found

    def as_on_record(self, records: Sequence[RecoveryRecord]) -> Sequence[RecoveryRecord]:
        """The records of this batch with the keys under which their recoveries are on record."""
        if not self._stands_for:
            return records
        moved: dict[int, RecoveryRecord] = {}
        for record in records:
            if record.key in self._stands_for and id(record) not in moved:
                moved[id(record)] = record.model_copy(update={"key": self._stands_for[record.key]})
        return [moved.get(id(record), record) for record in records]

    def uid(self, key: str) -> str:
        """The uid of the recovery with a key, whether it is on record or not."""
        found = self._uids.get(key)
        if found is None:
            found = self._uids[key] = natural_uid("recovery", self._source_key, key)
        return found

    def known(self, key: str) -> int | None:
        """The row number of the recovery with a key, if it is on record."""
        return self._known.get(key)

    def numbers(self, records: Iterable[RecoveryRecord]) -> list[int]:
        """The row numbers of published recoveries."""
        known = self._known
        return [known.get(record.key) or self._add(record) for record in records]

    def placed(self, stated: StatedComponents) -> Places:
        """Where components were found, as their records state it."""
        numbers = self.numbers(stated.recovery)
        return Places(numbers, self.units(numbers, stated.recovery, stated.unit))

    def text(self, key: str) -> str | None:
        """The text of a recovery's citation in this batch; None where it is not imported yet."""
        return self._texts.get(key)

    def made_from(self, record: RecoveryRecord) -> bool:
        """Whether this very record made a recovery of this batch, so that there is nothing to compare."""
        return self._made_from.get(record.key) is record

    def doubts(self, record: RecoveryRecord) -> Doubts:
        """What could not be resolved about it."""
        return self._doubtful.get(record.key, ())

    def units(
        self, numbers: Sequence[int], records: Sequence[RecoveryRecord], labels: Sequence[str | None]
    ) -> list[int | None]:
        """The row numbers of named units, each in the recovery of this number and record."""
        if not any(labels):
            return [None] * len(labels)
        named = zip(numbers, records, labels, strict=True)
        return [self._unit(number, record.key, label) if label else None for number, record, label in named]

    def _unit(self, recovery_id: int, recovery_key: str, label: str) -> int:
        known = self._units.known(recovery_id, label)
        if known is not None:
            return known
        return self._units.add(natural_uid("unit", self._source_key, recovery_key, label), recovery_id, label)

    def _weapon(self, record: RecoveryRecord) -> ResolvedWeapon:
        """The weapon of a record; what is in doubt about it is noted."""
        weapon = self._weapons.resolve(record)
        if weapon.doubts:
            # Asked first, the resolver made what it did not know; asked again, it knows; the doubt remains.
            self._doubtful.setdefault(record.key, weapon.doubts)
        return weapon

    def _add(self, record: RecoveryRecord) -> int:
        weapon = self._weapon(record)
        text = recovery_text(record)
        recovery_id = self._writer.add(self.uid(record.key), record, weapon, Cited(text))
        self._known[record.key] = recovery_id
        self._made_from[record.key] = record
        self._texts[record.key] = text
        return recovery_id
