"""Resolves published recoveries to recovery rows: each once, identified by the source's own key."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select

from provenance.core.identity import natural_uid
from provenance.domain.batches import Columns, NewRows
from provenance.domain.consolidation import recovery_text
from provenance.domain.review import Doubt
from provenance.domain.sources import Origin
from provenance.domain.weapons import WeaponResolver
from provenance.schema.recoveries import Recovery, RecoveryDate, RecoverySerial, Unit
from provenance.schema.session import Session
from provenance.schema.sources import Citation
from provenance.sources.records import DatedFact, RecoveryRecord, SerialRecord
from provenance.text.folding import fold_marking, search_text

Doubts = tuple[Doubt, ...]


def recovery_columns(record: RecoveryRecord, weapons: WeaponResolver) -> tuple[dict[str, Any], Doubts]:
    """A recovery's own columns as its record states them, and what could not be resolved about its weapon."""
    resolved = weapons.resolve(record)
    columns = {
        "kind": record.kind,
        "extent": resolved.extent,
        "label": record.label,
        "folded": search_text(record.label),
        "weapon_system_id": resolved.weapon_system_id,
        "unit_type_id": resolved.unit_type_id,
        "variant": record.variant,
        "place": record.place,
        "country": record.country,
    }
    return columns, resolved.doubts


def serial_row(recovery_id: int, serial: SerialRecord) -> dict[str, Any]:
    """The row of a number on a recovery."""
    return {
        "recovery_id": recovery_id,
        "kind": serial.kind,
        "value": serial.value,
        "value_key": fold_marking(serial.value),
    }


def date_row(recovery_id: int, fact: DatedFact, source_id: int) -> dict[str, Any]:
    """The row of a dated fact of a recovery."""
    return {
        "recovery_id": recovery_id,
        "kind": fact.kind,
        "earliest": fact.earliest,
        "latest": fact.latest,
        "as_written": fact.as_written,
        "source_id": source_id,
    }


class RecoveryLoader:
    """Finds or makes the recovery of each record, with its serials, dates, units and citation.

    What the database holds is looked up a batch at a time (`prepare`), so that memory does not grow with it.
    """

    def __init__(self, session: Session, rows: NewRows, weapons: WeaponResolver, origin: Origin) -> None:
        self._session = session
        self._rows = rows
        self._weapons = weapons
        self._source_id, self._source_key = origin.source_id, origin.source_key
        self._run_id = origin.run_id
        self._known: dict[str, int] = {}
        self._texts: dict[str, str] = {}
        self._made_from: dict[str, RecoveryRecord] = {}
        self._units: dict[tuple[int, str], int] = {}
        self._doubtful: dict[str, Doubts] = {}

    def prepare(self, records: Iterable[RecoveryRecord], *, units: bool) -> None:
        """Looks up the recoveries of a batch, some thousands at most, and on request their units.

        What was collected before is written already: it is forgotten here and found there.
        """
        keys = {record.key for record in records}
        found = self._session.execute(
            select(Citation.record_key, Citation.recovery_id, Citation.raw_text).where(
                Citation.source_id == self._source_id,
                Citation.record_key.in_(keys),
                Citation.recovery_id.is_not(None),
            )
        ).all()
        self._known = {row.record_key: row.recovery_id for row in found}
        self._texts = {row.record_key: row.raw_text for row in found}
        self._made_from = {}
        self._units = {}
        if units:
            named = select(Unit.recovery_id, Unit.label, Unit.id).where(
                Unit.recovery_id.in_(self._known.values())
            )
            self._units = {(row.recovery_id, row.label): row.id for row in self._session.execute(named)}

    def numbers(self, records: Iterable[RecoveryRecord]) -> list[int]:
        """The row numbers of published recoveries."""
        known = self._known
        return [known.get(record.key) or self._add(record) for record in records]

    def placed(self, stated: Columns) -> Columns:
        """Where components were found, of columns with their recoveries' records and units' labels."""
        numbers = self.numbers(stated["recovery"])
        units = self.units(numbers, stated["recovery"], stated["unit"])
        return {"recovery_id": numbers, "unit_id": units}

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
        said = zip(numbers, records, labels, strict=True)
        return [self._unit(number, record.key, label) if label else None for number, record, label in said]

    def _unit(self, recovery_id: int, recovery_key: str, label: str) -> int:
        known = self._units.get((recovery_id, label))
        if known is None:
            uid = natural_uid("unit", self._source_key, recovery_key, label)
            known = self._rows.add(Unit, uid=uid, recovery_id=recovery_id, label=label)
            self._units[recovery_id, label] = known
        return known

    def _add(self, record: RecoveryRecord) -> int:
        columns, doubts = recovery_columns(record, self._weapons)
        if doubts:
            # On the first call the resolver created what it did not know; on the next it finds it; the doubt
            # remains.
            self._doubtful.setdefault(record.key, doubts)
        uid = natural_uid("recovery", self._source_key, record.key)
        recovery_id = self._rows.add(Recovery, uid=uid, **columns)
        self._known[record.key] = recovery_id
        self._made_from[record.key] = record
        self._texts[record.key] = text = recovery_text(record)
        for serial in dict.fromkeys(record.serials):
            self._rows.add(RecoverySerial, **serial_row(recovery_id, serial))
        for fact in dict.fromkeys(record.dates):
            self._rows.add(RecoveryDate, **date_row(recovery_id, fact, self._source_id))
        self._cite(recovery_id, record.key, text)
        return recovery_id

    def _cite(self, recovery_id: int, key: str, text: str) -> None:
        self._rows.add(
            Citation,
            source_id=self._source_id,
            record_key=key,
            recovery_id=recovery_id,
            component_id=None,
            transfer_id=None,
            address=None,
            raw_text=text,
            published_earliest=None,
            published_latest=None,
            retrieved=None,
            credibility=None,
            import_run_id=self._run_id,
        )
