"""Published recoveries to recovery rows: each once, known by the source's own key."""

from __future__ import annotations

import json

from sqlalchemy import select
from sqlmodel import Session

from provenance.identity import natural_uid
from provenance.importing.rows import NewRows
from provenance.importing.summary import ReviewReason
from provenance.importing.weapons import WeaponResolver
from provenance.models.tables import table
from provenance.records import RecoveryRecord
from provenance.text.folding import fold_marking, search_text

Doubts = tuple[tuple[ReviewReason, str], ...]


class RecoveryLoader:
    """Finds or makes the recovery of each record, with its serials, dates, units and citation."""

    def __init__(
        self, session: Session, rows: NewRows, weapons: WeaponResolver, source: tuple[int, str], run_id: int
    ) -> None:
        self._session = session
        self._rows = rows
        self._weapons = weapons
        self._source_id, self._source_key = source
        self._run_id = run_id
        self._known = self._load_known()
        self._units = self._load_units()
        self._doubts: dict[str, Doubts] = {}
        self.touched: set[int] = set()

    def _load_known(self) -> dict[str, int]:
        citation = table("citation")
        return {
            row.record_key: row.recovery_id
            for row in self._session.execute(
                select(citation.c.record_key, citation.c.recovery_id).where(
                    citation.c.source_id == self._source_id, citation.c.recovery_id.is_not(None)
                )
            )
        }

    def _load_units(self) -> dict[tuple[int, str], int]:
        unit = table("unit")
        found = self._session.execute(select(unit.c.recovery_id, unit.c.label, unit.c.id))
        return {(row.recovery_id, row.label): row.id for row in found}

    def recovery(self, record: RecoveryRecord) -> int:
        """The row number of a published recovery."""
        known = self._known.get(record.key)
        return known if known is not None else self._add(record)

    def doubts(self, record: RecoveryRecord) -> Doubts:
        """What could not be settled about it."""
        found = self._doubts.get(record.key)
        if found is None:
            found = self._doubts[record.key] = self._weapons.resolve(record).doubts
        return found

    def unit(self, recovery_id: int, recovery_key: str, label: str | None) -> int | None:
        """The row number of a named unit in a recovery, of which both number and source's key are given."""
        if label is None:
            return None
        known = self._units.get((recovery_id, label))
        if known is None:
            uid = natural_uid("unit", self._source_key, recovery_key, label)
            known = self._rows.add("unit", uid=uid, recovery_id=recovery_id, label=label)
            self._units[recovery_id, label] = known
        return known

    def _add(self, record: RecoveryRecord) -> int:
        resolved = self._weapons.resolve(record)
        # Asked first, the resolver made what it did not know; asked again, it knows, and the doubt remains.
        self._doubts.setdefault(record.key, resolved.doubts)
        recovery_id = self._rows.add(
            "recovery",
            uid=natural_uid("recovery", self._source_key, record.key),
            kind=record.kind,
            extent=resolved.extent,
            label=record.label,
            folded=search_text(record.label),
            weapon_system_id=resolved.weapon_system_id,
            unit_type_id=resolved.unit_type_id,
            variant=record.variant,
            place=record.place,
            country=record.country,
        )
        self._known[record.key] = recovery_id
        self.touched.add(recovery_id)
        self._add_details(recovery_id, record)
        return recovery_id

    def _add_details(self, recovery_id: int, record: RecoveryRecord) -> None:
        for serial in dict.fromkeys(record.serials):
            self._rows.add(
                "recovery_serial",
                recovery_id=recovery_id,
                kind=serial.kind,
                value=serial.value,
                value_key=fold_marking(serial.value),
            )
        for fact in dict.fromkeys(record.dates):
            self._rows.add(
                "recovery_date",
                recovery_id=recovery_id,
                kind=fact.kind,
                earliest=fact.earliest,
                latest=fact.latest,
                as_written=fact.as_written,
                source_id=self._source_id,
            )
        self._rows.add(
            "citation",
            source_id=self._source_id,
            record_key=record.key,
            recovery_id=recovery_id,
            component_id=None,
            transfer_id=None,
            address=None,
            raw_text=json.dumps({"label": record.label}, ensure_ascii=False),
            published_earliest=None,
            published_latest=None,
            retrieved=None,
            credibility=None,
            import_run_id=self._run_id,
        )
