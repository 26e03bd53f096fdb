"""Updates of recoveries about which a file says more, or something else, than is on record.

The rows of one recovery complement each other. If the file has every row that the database has of a recovery,
the rows together are its record; otherwise what the file does not state stays as it was. The old text and the
old values are kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import and_, delete, func, select

from provenance.domain.amendments.kept import kept_dates, kept_numbers, kept_of_recovery
from provenance.domain.amendments.log import AmendedField, amended_fields, amendments_of
from provenance.domain.audit import add_entry
from provenance.domain.consolidation import (
    Contradictions,
    complete,
    prefer,
    read_recovery,
    recovery_text,
    renew,
    together,
)
from provenance.domain.recovery_rows import date_row, known_serials, recovery_values, serial_row
from provenance.domain.review import Doubt, ReviewReason
from provenance.domain.weapons import WeaponResolver
from provenance.schema.recoveries import Component, Recovery, RecoveryDate, RecoverySerial
from provenance.schema.row_values import Values, by_name, changes, update_rows, values_in, without
from provenance.schema.rows import insert_row
from provenance.schema.session import Session
from provenance.schema.sources import Citation, CitationVersion
from provenance.sources.records import RecoveryRecord

_TEXTS_AT_ONCE = 10_000
_EMPTY = RecoveryRecord(key="-", label="-")


@dataclass(slots=True)
class _Difference:
    """What rows of this file say of a recovery differently from what is on record."""

    record: RecoveryRecord
    rows: int = 0
    changed: RecoveryRecord | None = None
    against: Contradictions = field(default_factory=dict)


class RecoveryRenewer:
    """Collects what a file's rows say about recoveries, and updates the recoveries at the end of the file."""

    def __init__(self, session: Session, review: Counter[Doubt], actor: str) -> None:
        self._session = session
        self._review = review
        self.renewed = 0
        self._actor = actor
        self._differences: dict[str, _Difference] = {}
        self._texts: dict[int, tuple[str, RecoveryRecord]] = {}
        self._same: tuple[RecoveryRecord | None, str | None] = (None, None)

    def note(self, record: RecoveryRecord, on_record: str | None, *, changed: bool) -> None:
        """Notes what one row says, given the text on record of its recovery."""
        # Rows of one recovery are mostly adjacent and share one record.
        if record is self._same[0] and on_record is self._same[1]:
            return
        difference = self._differences.get(record.key)
        if self._text(record) == on_record:
            if difference is None:
                self._same = record, on_record
            else:
                self._add(difference, record, changed)
            return
        if difference is None:
            difference = self._differences[record.key] = _Difference(record)
        self._add(difference, record, changed)

    def _text(self, record: RecoveryRecord) -> str:
        known = self._texts.get(id(record))
        if known is None:
            if len(self._texts) >= _TEXTS_AT_ONCE:
                self._texts.clear()
            # The record is kept beside its text, so that its memory address is not reused meanwhile.
            known = self._texts[id(record)] = recovery_text(record), record
        return known[0]

    def _add(self, difference: _Difference, record: RecoveryRecord, changed: bool) -> None:
        difference.rows += 1
        difference.record, against = complete(difference.record, record)
        difference.against = together(difference.against, against)
        if changed:
            difference.changed = complete(difference.changed, record)[0] if difference.changed else record

    def settle(self, weapons: WeaponResolver, source_id: int, run_id: int) -> None:
        """Renews the recoveries whose record is another now."""
        for key, difference in self._differences.items():
            cited = self._session.execute(
                select(Citation).where(Citation.source_id == source_id, Citation.record_key == key)
            ).first()
            if cited is None:
                # An earlier version read another key from these rows: their recovery stands under that one.
                continue
            record = self._record(difference, cited, source_id)
            if recovery_text(record) != cited.raw_text:
                renewal = _Renewal(self._session, cited, record, source_id, run_id)
                for doubt in renewal.carry_out(weapons, self._actor):
                    self._review[doubt] += 1
                self.renewed += renewal.of_old
        self._differences.clear()

    def _record(self, difference: _Difference, cited: Any, source_id: int) -> RecoveryRecord:
        """What holds now; contradictions are listed for review."""
        stored = read_recovery(cited.raw_text)
        against, record = difference.against, difference.record
        if stored is not None and difference.rows == self._rows_of(cited.recovery_id, source_id):
            record = prefer(record, stored, against)
        elif stored is not None:
            base = renew(stored, difference.changed) if difference.changed else stored
            record, more = complete(base, difference.record)
            against = together(against, more)
        for name, values in against.items():
            for value in values:
                doubt = ReviewReason.RECOVERY_DIFFERS, f"{cited.record_key}, {name}: {value}"
                self._review[doubt] += 1
        return record

    def _rows_of(self, recovery_id: int, source_id: int) -> int:
        """How many of a source's records are of components in a recovery."""
        count: int = self._session.execute(
            select(func.count())
            .select_from(Citation)
            .join(Component, Component.id == Citation.component_id)
            .where(Citation.source_id == source_id, Component.recovery_id == recovery_id)
        ).scalar_one()
        return count


class _Renewal:
    """Updates one recovery to its record; the old text is kept."""

    def __init__(
        self, session: Session, cited: Any, record: RecoveryRecord, source_id: int, run_id: int
    ) -> None:
        self._session = session
        self._cited = cited
        self._id: int = cited.recovery_id
        self._record = record
        self._old = read_recovery(cited.raw_text) or _EMPTY
        self._source_id = source_id
        self._run_id = run_id
        self._amended: Mapping[str, AmendedField] = {}
        self.of_old: bool = cited.import_run_id != run_id

    def carry_out(self, weapons: WeaponResolver, actor: str) -> tuple[tuple[ReviewReason, str], ...]:
        """Writes it; returns what could not be resolved about the weapon."""
        before = self._session.execute(select(Recovery).where(Recovery.id == self._id)).one()
        weapon = weapons.resolve(self._record)
        self._amended = amended_fields(amendments_of(self._session, before.uid))
        values = without(recovery_values(self._record, weapon), kept_of_recovery(self._amended))
        update_rows(self._session, Recovery, values, Recovery.id == self._id)
        self._renew_serials()
        self._renew_dates()
        text = recovery_text(self._record)
        if self.of_old:
            self._keep_version()
            self._seal(before, values, text, actor)
        now: Values = {Citation.raw_text: text, Citation.import_run_id: self._run_id}
        update_rows(self._session, Citation, now, Citation.id == self._cited.id)
        return weapon.doubts

    def _seal(self, before: Any, values: Values, text: str, actor: str) -> None:
        changed = changes(before, values)
        add_entry(
            self._session,
            actor=actor,
            action="source changed",
            table=Recovery,
            uid=before.uid,
            before={"raw": self._cited.raw_text, **by_name(values_in(before, changed))},
            after={"raw": text, **by_name(changed)},
        )

    def _keep_version(self) -> None:
        insert_row(
            self._session,
            CitationVersion(
                citation_id=self._cited.id,
                raw_text=self._cited.raw_text,
                retrieved=self._cited.retrieved,
                replaced_at=self._session.moment,
                import_run_id=self._run_id,
            ),
        )

    def _renew_serials(self) -> None:
        """Removes serials that the record no longer states; those entered by others stay."""
        kept = kept_numbers(self._amended)
        for gone in set(self._old.serials) - set(self._record.serials):
            if gone.kind in kept:
                continue
            self._session.execute(
                delete(RecoverySerial).where(
                    RecoverySerial.recovery_id == self._id,
                    RecoverySerial.kind == gone.kind,
                    RecoverySerial.value == gone.value,
                )
            )
        stated = select(RecoverySerial.kind, RecoverySerial.value).where(
            RecoverySerial.recovery_id == self._id
        )
        there = {tuple(row) for row in self._session.execute(stated)}
        for new in known_serials(self._record):
            if new.kind not in kept and (new.kind, new.value) not in there:
                insert_row(self._session, serial_row(self._id, new))

    def _renew_dates(self) -> None:
        kept = kept_dates(self._amended)
        for gone in set(self._old.dates) - set(self._record.dates):
            if gone.kind in kept:
                continue
            self._session.execute(
                delete(RecoveryDate).where(
                    and_(RecoveryDate.recovery_id == self._id, RecoveryDate.source_id == self._source_id),
                    RecoveryDate.kind == gone.kind,
                    RecoveryDate.as_written == gone.as_written,
                )
            )
        stated = select(RecoveryDate.kind, RecoveryDate.as_written).where(
            RecoveryDate.recovery_id == self._id
        )
        there = {tuple(row) for row in self._session.execute(stated)}
        for new in dict.fromkeys(self._record.dates):
            if new.kind not in kept and (new.kind, new.as_written) not in there:
                insert_row(self._session, date_row(self._id, new, self._source_id))
