"""The recoveries of a list: each is found or made once, known by its source's key or by weapon and number."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import select

from provenance.core.identity import natural_uid
from provenance.domain.batches import NewRows
from provenance.domain.consolidation import recovery_text
from provenance.domain.recovery_rows import Cited, RecoveryWriter, main_number, search_key
from provenance.domain.review import Doubt
from provenance.domain.sources import Origin
from provenance.domain.stated_components import Places, StatedComponents
from provenance.domain.units import UnitWriter
from provenance.domain.weapons import ResolvedWeapon, WeaponResolver
from provenance.schema.recoveries import Recovery, RecoverySerial
from provenance.schema.session import Session
from provenance.schema.sources import Citation
from provenance.sources.records import RecoveryRecord
from provenance.text.serial_numbers import serial_key

Doubts = tuple[Doubt, ...]

_Weapon = tuple[int | None, int | None]
"""The row numbers of a weapon and of a type of unit."""

_Rival = tuple[_Weapon | RecoveryRecord, str]
"""What a recovery of the same number was found in, on record or in the file, and its key."""


def _ids_of(weapon: ResolvedWeapon) -> _Weapon:
    return weapon.weapon_system_id, weapon.unit_type_id


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
        had = select(Citation.id).where(
            Citation.source_id == origin.source_id,
            Citation.recovery_id.is_not(None),
            Citation.import_run_id.is_distinct_from(origin.run_id),
        )
        self._has_former = session.execute(had.limit(1)).first() is not None

    def prepare(self, records: Iterable[RecoveryRecord], *, units: bool) -> None:
        """Looks up the recoveries of a batch, some thousands at most, and on request their units.

        What was collected before is written already: it is forgotten here and found there.
        """
        named = {record.key: record for record in records}
        # Only what was on record before this import has a key of an earlier version.
        former = {record.former_key for record in named.values()} - {None} if self._has_former else set()
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
        new: dict[str, RecoveryRecord] = {}
        for record in records:
            if record.key not in known:
                new.setdefault(record.key, record)
        if new:
            self._add(list(new.values()))
        return [known[record.key] for record in records]

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

    def _add(self, records: Sequence[RecoveryRecord]) -> None:
        weapons = [self._weapon(record) for record in records]
        texts = [recovery_text(record) for record in records]
        keys = [record.key for record in records]
        uids = [self.uid(key) for key in keys]
        numbers = self._writer.add_many(uids, records, weapons, list(map(Cited, texts)))
        self._known |= zip(keys, numbers, strict=True)
        self._made_from |= zip(keys, records, strict=True)
        self._texts |= zip(keys, texts, strict=True)
