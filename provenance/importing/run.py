"""Imports one file: batches, checkpoints, one account for every row."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Generic

from sqlalchemy import Engine
from sqlmodel import Session

from provenance.audit.chain import last_hash
from provenance.db import checkpoint, writing
from provenance.errors import BadInput, UsageError
from provenance.facts.sheets import refresh
from provenance.formats.base import Format, ReadOptions, Record
from provenance.importing.changes import ChangeLoader, has_records, known_records
from provenance.importing.components import ComponentLoader, PartBook
from provenance.importing.firms import FirmResolver
from provenance.importing.readings import MarkingReader
from provenance.importing.recoveries import RecoveryLoader
from provenance.importing.rows import NewRows
from provenance.importing.runs import SHOWN_REJECTIONS, RunRecord, batches
from provenance.importing.sources import source_id
from provenance.importing.summary import ImportSummary, ReviewReason
from provenance.importing.weapons import WeaponResolver
from provenance.parts.keys import index_stated_parts
from provenance.records import ComponentRecord, Rejected, SourceRecord
from provenance.vocab import ImportStatus

BATCH_ROWS = 5_000
CHECKPOINT_BATCHES = 20
"""So many batches are written in one transaction; an import that stops goes on from the last one."""

_OBJECTS_BETWEEN_COLLECTIONS = 500_000

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class ImportRequest(Generic[Record]):
    """What to import, and how.

    ``keep_good`` takes the rows that can be used even where others are rejected; without it the first
    rejected row stops the import. Without ``read_markings`` components without a stated part number wait
    until somebody asks for their markings to be read (`read_all`).
    """

    format: Format[Record]
    file: Path
    options: ReadOptions
    actor: str
    dry_run: bool = False
    keep_good: bool = False
    read_markings: bool = True

    @property
    def source(self) -> SourceRecord:
        """The publication that the file comes from.

        Raises:
            UsageError: neither the user nor the format names one.
        """
        source = self.options.source or self.format.source
        if source is None:
            raise UsageError(
                "This format does not say which source a file comes from",
                hint="Name it: --source KEY --publisher NAME --title TITLE",
            )
        return source


class _DryRunOver(Exception):
    """Carries the work of a dry run out of its transaction, so that it is rolled back."""


def run_import(
    engine: Engine, request: ImportRequest[ComponentRecord], on_progress: Progress = lambda rows: None
) -> ImportSummary:
    """Imports a file and accounts for every row; the same file twice changes nothing.

    Raises:
        BadInput: the file cannot be read, or a row was rejected and ``keep_good`` is off; the database
            is as it was, or at the last checkpoint, from which the same command goes on.
    """
    source = request.source
    summary = ImportSummary(request.file.name, request.format.name, dry_run=request.dry_run)
    try:
        with _collecting_rarely(), writing(engine) as session:
            _Import(session, request, source, summary, on_progress).run()
            if request.dry_run:
                raise _DryRunOver
    except _DryRunOver:
        pass
    assert summary.balanced()
    return summary


@contextmanager
def _collecting_rarely() -> Iterator[None]:
    """Lets the garbage collector look for circles seldom: an import makes millions of objects and none."""
    usual = gc.get_threshold()
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


class _Import:
    """The state of one import; lives for one `run_import`."""

    def __init__(
        self,
        session: Session,
        request: ImportRequest[ComponentRecord],
        source: SourceRecord,
        summary: ImportSummary,
        on_progress: Progress,
    ) -> None:
        self._session = session
        self._request = request
        self._summary = summary
        self._on_progress = on_progress
        self._source_id = source_id(session, source)
        self._run = RunRecord(
            session,
            format=request.format.name,
            file=request.file,
            source_id=self._source_id,
            actor=request.actor,
        )
        self._origin = (self._source_id, source.key)
        self._rows = NewRows(session)
        self._made: Counter[str] = Counter()
        self._look_round()
        self._first_seen: dict[str, int] = {}
        self._touched: list[int] = []
        self._unread: list[int] = []
        self._reread: list[int] = []
        self._written: list[str] = []

    def _look_round(self) -> None:
        """Learns which firms, weapons, recoveries and parts there are."""
        session, rows, run_id, origin = self._session, self._rows, self._run.id, self._origin
        self._firms = FirmResolver(session, *origin)
        self._weapons = WeaponResolver(session, *origin)
        self._recoveries = RecoveryLoader(session, rows, self._weapons, origin, run_id)
        parts = PartBook(session, rows, self._source_id)
        self._loader = ComponentLoader(rows, self._firms, self._recoveries, parts, origin, run_id)
        self._changes = ChangeLoader(session, rows, self._loader, self._request.actor, run_id)
        self._seen_before = has_records(session, self._source_id)

    def run(self) -> None:
        """The whole file, checkpoint by checkpoint."""
        records = self._request.format.read(self._request.file, self._request.options)
        for number, batch in enumerate(batches(records, BATCH_ROWS), start=1):
            self._refuse_rejections(batch, records)
            self._take(batch)
            self._on_progress(self._summary.read)
            if number % CHECKPOINT_BATCHES == 0 and not self._request.dry_run:
                self._seal(ImportStatus.RUNNING)
                self._let_others_write()
        self._read_markings()
        self._seal(ImportStatus.DONE)

    def _read_markings(self) -> None:
        """Gives tentative part numbers to what this file brought without one, once all of it is known."""
        index_stated_parts(self._session)
        reader = MarkingReader(self._session, date.today())
        reader.retire(self._reread)
        if self._request.read_markings:
            self._summary.readings = reader.read(self._unread)
        self._made += reader.made
        self._touched += self._unread + self._reread

    def _let_others_write(self) -> None:
        """Keeps what is in so far; whoever wrote in between is met with open eyes."""
        own = last_hash(self._session)
        checkpoint(self._session)
        self._rows.number_anew()
        if last_hash(self._session) != own:
            self._made += self._firms.made + self._weapons.made
            self._look_round()

    def _refuse_rejections(
        self, batch: list[ComponentRecord | Rejected], rest: Iterator[ComponentRecord | Rejected]
    ) -> None:
        """Stops at a batch with unusable rows, having looked through the rest of the file for more."""
        if self._request.keep_good or self._request.dry_run:
            return
        rejected = [item for item in batch if isinstance(item, Rejected)]
        if not rejected:
            return
        rejected += [item for item in rest if isinstance(item, Rejected)]
        lines = [f"line {item.line}: {item.reason}" for item in rejected[1:SHOWN_REJECTIONS]]
        kept = self._summary.read // (BATCH_ROWS * CHECKPOINT_BATCHES) * BATCH_ROWS * CHECKPOINT_BATCHES
        state = (
            f"The first {kept:,} rows are in; mend the file and run the command again."
            if kept
            else "Nothing was imported. Mend the file, or take the good rows with --rejected FILE."
        )
        more = f"{len(rejected):,} rows cannot be used. {state}"
        raise BadInput(
            rejected[0].reason,
            file=self._request.file.name,
            line=rejected[0].line,
            hint="\n".join([*lines, more]),
        )

    def _take(self, batch: list[ComponentRecord | Rejected]) -> None:
        summary = self._summary
        fresh = [record for item in batch if (record := self._first_of_its_key(item)) is not None]
        keys = [record.key for record in fresh] if self._seen_before else []
        known = known_records(self._session, self._source_id, keys) if keys else {}
        for record in fresh:
            self._note_doubts(record)
            there = known.get(record.key)
            if there is not None and there.raw_text == record.raw:
                summary.known += 1
                continue
            if there is None:
                self._touched.append(self._loader.add(record))
                summary.new += 1
            else:
                self._changes.apply(record, there)
                self._touched.append(there.component_id)
                self._reread.append(there.component_id)
                summary.changed += 1
            if record.marking and not record.mpn:
                self._unread.append(self._touched[-1])
            self._written.append(record.raw)
        self._rows.write()

    def _first_of_its_key(self, item: ComponentRecord | Rejected) -> ComponentRecord | None:
        summary = self._summary
        summary.read += 1
        if isinstance(item, Rejected):
            summary.rejected += 1
            summary.rejections.append(item)
            return None
        fingerprint = hash(item.raw)
        first = self._first_seen.setdefault(item.key, fingerprint)
        if len(self._first_seen) + summary.repeated + summary.rejected == summary.read:
            return item
        summary.repeated += 1
        if first != fingerprint:
            summary.review[ReviewReason.REPEAT_DIFFERS, item.key] += 1
        return None

    def _note_doubts(self, record: ComponentRecord) -> None:
        for doubt in self._loader.resolved_maker(record).doubts + self._recoveries.doubts(record.recovery):
            self._summary.review[doubt] += 1

    def _seal(self, status: ImportStatus) -> None:
        """Closes what was written since the last checkpoint: counts, facts, counters, audit."""
        summary = self._summary
        self._rows.settle()
        refresh(self._session, "recovery", self._recoveries.touched)
        refresh(self._session, "component", self._touched)
        summary.made = self._made + self._rows.made + self._firms.made + self._weapons.made
        self._run.seal(status, summary, self._written)
        self._recoveries.touched.clear()
        self._touched.clear()
        self._written.clear()
