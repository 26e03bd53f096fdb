"""The import of one file: batches, checkpoints, and an account of every row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic

from provenance.core.errors import BadInput, UsageError
from provenance.core.vocabulary import ImportStatus
from provenance.domain.audit import last_hash
from provenance.domain.batches import NewRows
from provenance.domain.components import ComponentWriter
from provenance.domain.derivation import forget
from provenance.domain.near_recoveries import near_recoveries
from provenance.domain.organizations import FirmResolver, ResolvedMaker
from provenance.domain.parts import PartWriter, index_stated_parts
from provenance.domain.record_kinds import RecordKind
from provenance.domain.recoveries import RecoveryLoader
from provenance.domain.recovery_renewals import RecoveryRenewer
from provenance.domain.renewals import ComponentRenewer, KnownRecord
from provenance.domain.review import ReviewReason
from provenance.domain.sources import Origin, source_id
from provenance.domain.stated_components import stated_columns
from provenance.domain.weapons import WeaponResolver
from provenance.importing.account import Account
from provenance.importing.corrected import CorrectedRecords
from provenance.importing.imported_records import ImportedRecords
from provenance.importing.matching import RowMatcher, SortedRows
from provenance.importing.oddities import OddStatements
from provenance.importing.own_keys import without_number
from provenance.importing.refusals import refuse_rows
from provenance.importing.runs import RunRecord
from provenance.importing.summary import ImportSummary
from provenance.importing.vanished import Issues
from provenance.schema.chunks import chunks
from provenance.schema.session import Database, Session, checkpoint, hold
from provenance.sources.formats import Format, ReadOptions, Record, batches
from provenance.sources.records import ComponentRecord, RecoveryRecord, Rejected, SourceRecord

BATCH_ROWS = 5_000
CHECKPOINT_BATCHES = 20
"""How many batches are written in one transaction; an interrupted import continues after the last one."""

Progress = Callable[[int], None]

Rest = Iterator[ComponentRecord | Rejected]
"""The rows of a file that have not been read yet."""


@dataclass(frozen=True, slots=True)
class ImportRequest(Generic[Record]):
    """What to import, and how.

    ``keep_good`` takes the rows that can be used even where others are rejected; without it the first
    rejected row stops the import. Without ``read_markings`` components without a stated part number wait
    until their markings are read on request (`read_all`).
    """

    format: Format[Record]
    file: Path
    options: ReadOptions
    dry_run: bool = False
    keep_good: bool = False
    read_markings: bool = True
    separate_equal: bool = False

    def summary(self) -> ImportSummary:
        """An account of this file, with nothing read yet."""
        return ImportSummary(self.file.name, self.format.name, dry_run=self.dry_run, cells=self.options.cells)

    @property
    def goes_on(self) -> bool:
        """Whether rows that cannot be used are only counted: nothing is written, or the user wants it."""
        return self.keep_good or self.dry_run

    @property
    def source(self) -> SourceRecord:
        """The publication that the file comes from.

        Raises:
            UsageError: neither the user nor the format names one.
        """
        source = self.options.source or self.format.source
        if source is None:
            raise UsageError("This format does not say which source a file comes from", code="source")
        return source


class _DryRunOver(Exception):
    """Leaves the transaction of a dry run, so that it is rolled back."""


def run_import(
    database: Database, request: ImportRequest[ComponentRecord], on_progress: Progress = lambda rows: None
) -> ImportSummary:
    """Imports a file and accounts for every row; the same file twice changes nothing.

    Raises:
        BadInput: the file cannot be read, or a row was rejected and ``keep_good`` is off; the database
            is as it was, or at the last checkpoint, from which the same command goes on.
    """
    source = request.source
    summary = request.summary()
    try:
        with database.writing_list() as session:
            _Import(session, database.actor, request, source, summary, on_progress).run()
            if request.dry_run:
                raise _DryRunOver
    except _DryRunOver:
        pass
    return summary


class _Import:
    """The state of one import; lives for one `run_import`."""

    def __init__(
        self,
        session: Session,
        actor: str,
        request: ImportRequest[ComponentRecord],
        source: SourceRecord,
        summary: ImportSummary,
        on_progress: Progress,
    ) -> None:
        self._session = session
        self._actor = actor
        self._request = request
        self._summary = summary
        self._on_progress = on_progress
        self._source_id = source_id(session, source)
        self._lock_source()
        self._run = RunRecord(
            session,
            format=request.format.name,
            file=request.file,
            source_id=self._source_id,
            actor=actor,
        )
        self._source_key = source.key
        self._rows = NewRows(session)
        self._made: Counter[str] = Counter()
        self._renewer = RecoveryRenewer(session, summary.review, actor)
        self._odd = OddStatements(summary.review, session.today)
        self._load_known()
        self._imported = ImportedRecords()
        self._matcher = RowMatcher(
            session,
            self._source_id,
            self._imported,
            summary.review,
            request.file.name,
            lambda: request.options.columns.row_numbers,
        )
        self._account = Account(session, self._source_id)
        self._issues = Issues(session, self._source_id, self._run.id)
        self._kept = 0
        self._unread: list[int] = []
        self._reread: list[int] = []
        self._written: list[str] = []

    def _lock_source(self) -> None:
        """Two imports of records of the same source take turns; they would write the same records."""
        hold(self._session, "records", self._request.source.key)

    def _load_known(self) -> None:
        """Learns which firms and weapons there are; recoveries and parts are looked up as they come."""
        session, rows = self._session, self._rows
        origin = Origin(self._source_id, self._source_key, self._run.id)
        self._corrected = CorrectedRecords(session, self._summary.review)
        self._firms = FirmResolver(session, origin)
        self._weapons = WeaponResolver(session, origin)
        self._recoveries = RecoveryLoader(session, rows, self._weapons, origin)
        self._parts = PartWriter(session, rows, self._source_id)
        self._writer = ComponentWriter(rows, self._parts, origin, session.today, self._firms)
        self._changes = ComponentRenewer(
            session, rows, self._writer, self._recoveries, self._summary.review, self._actor
        )

    def run(self) -> None:
        """The whole file, checkpoint by checkpoint.

        Raises:
            BadInput: as `run_import`; says how many rows are in.
        """
        records = self._request.format.read(self._request.file, self._request.options)
        try:
            for number, batch in enumerate(batches(records, BATCH_ROWS), start=1):
                self._import_batch(batch, records)
                self._on_progress(self._summary.read)
                if number % CHECKPOINT_BATCHES == 0 and not self._request.dry_run:
                    self._seal(ImportStatus.RUNNING)
                    self._commit_checkpoint()
            self._settle_waiting()
        except BadInput as error:
            raise self._with_state(error) from error
        self._renewer.settle(self._weapons, self._source_id, self._run.id)
        self._summary.renewed += self._renewer.renewed
        self._ask_about_recoveries()
        self._summary.vanished = self._issues.vanished_components(
            self._imported.has_component, self._request.options.columns.telling_rows_apart
        )
        self._read_markings()
        self._seal(ImportStatus.DONE)
        self._account.check(self._summary, self._run.id)

    def _ask_about_recoveries(self) -> None:
        """Lists for review which recoveries that this file brought may be others on record."""
        for near in near_recoveries(self._session, self._run.recoveries()):
            text = f"{near.recovery} and {near.others}: {near.agreed}"
            self._summary.review[ReviewReason.MAYBE_SAME_RECOVERY, text] += 1

    def _with_state(self, error: BadInput) -> BadInput:
        """The error, with what has been imported and what to do next."""
        if self._kept:
            state = (
                f"The first {self._kept:,} rows are imported; correct the file and run the command again."
                " It continues from there: nothing is imported twice."
            )
        else:
            state = "Nothing was imported."
        hint = " ".join(filter(None, (error.hint, state)))
        return BadInput(error.reason, file=error.file, line=error.line, hint=hint, code=error.code)

    def _read_markings(self) -> None:
        """Gives tentative part numbers to what this file brought without one, once all of it is known."""
        unfinished = self._run.unfinished()
        if unfinished or self._rows.made["identification"]:
            index_stated_parts(self._session)
        if self._request.read_markings or self._reread:
            self._use_reader(unfinished)

    def _use_reader(self, unfinished: list[int]) -> None:
        # Learning and reading need libraries that nothing else here needs.
        from provenance.domain.readings import Derivation
        from provenance.importing.readings import learned_reader, unread_of

        if not self._request.read_markings:
            for chunk in chunks(self._reread):
                forget(self._session, chunk)
            return
        self._unread += unread_of(self._session, unfinished)
        if self._unread or self._reread:
            derivation = Derivation(self._session, learned_reader(self._session))
            derivation.derive(self._reread)
            again = set(self._reread)
            derivation.derive([each for each in dict.fromkeys(self._unread) if each not in again], new=True)
            self._summary.readings = derivation.summary
            self._made += derivation.made
        self._run.take_over(unfinished)

    def _commit_checkpoint(self) -> None:
        """Keeps what is in so far; what others wrote in between is looked up."""
        own = last_hash(self._session)
        checkpoint(self._session)
        self._lock_source()
        self._kept = self._summary.read
        self._rows.renumber()
        if last_hash(self._session) != own:
            self._made += self._firms.made + self._weapons.made
            self._load_known()
            self._matcher.look_again()
            self._account.begin_again(self._summary.new)

    def _import_batch(self, batch: list[ComponentRecord | Rejected], rest: Rest) -> None:
        refused = [item for item in batch if isinstance(item, Rejected)]
        refuse_rows(self._summary, refused, rest, goes_on=self._request.goes_on)
        records = self._prepared([item for item in batch if not isinstance(item, Rejected)])
        self._summary.read += len(batch)
        self._write(self._matcher.sort(records, self._recoveries), rest)

    def _prepared(self, records: list[ComponentRecord]) -> list[ComponentRecord]:
        """The records of a batch, whose recoveries and parts have been looked up."""
        self._recoveries.prepare(
            (record.recovery for record in records),
            units=any(record.unit is not None for record in records),
        )
        self._parts.prepare(record.mpn for record in records if record.mpn is not None)
        recoveries = [record.recovery for record in records]
        moved = self._recoveries.as_on_record(recoveries)
        if moved is recoveries:
            return records
        return [record._replace(recovery=recovery) for record, recovery in zip(records, moved, strict=True)]

    def _write(self, rows: SortedRows, rest: Rest) -> None:
        """Writes the rows of a batch as they were sorted."""
        refuse_rows(self._summary, rows.refused, rest, goes_on=self._request.goes_on)
        self._summary.repeated += rows.repeated
        self._issues.note(there.run_id for _record, there, _changed in rows.found)
        for record, there, changed in rows.found:
            if self._corrected.leaves(there.component_id, self._recoveries.known(record.recovery.key)):
                self._summary.known += 1
            else:
                self._match(record, there, changed)
        if rows.new:
            self._add(rows.new)
        self._imported.add(
            [without_number(record.key) for record, _there, _changed in rows.found],
            [there.component_id for _record, there, _changed in rows.found],
        )
        self._rows.write()

    def _settle_waiting(self) -> None:
        """Writes the rows that waited for the end of the file."""
        prepared: list[ComponentRecord] = []
        for rows in self._matcher.settle(prepared.extend, BATCH_ROWS):
            # They have had the keys of their recoveries on record since they were read.
            self._prepared(prepared)
            prepared.clear()
            self._write(rows, iter(()))

    def _match(self, record: ComponentRecord, there: KnownRecord, changed: bool) -> None:
        """Takes a row whose record is already loaded."""
        maker = self._maker(record)
        if changed:
            self._changes.apply(record, maker.organization_id, there)
            self._reread.append(there.component_id)
            self._note([there.component_id], [record])
            self._summary.changed += 1
        else:
            self._summary.known += 1
        self._review([record], [maker], changed=changed)

    def _add(self, records: list[ComponentRecord]) -> None:
        """Adds rows of new keys."""
        makers = [self._maker(record) for record in records]
        stated = stated_columns(records)
        places = self._recoveries.placed(stated)
        component_ids = self._writer.add(stated, places, [maker.organization_id for maker in makers])
        self._note(component_ids, records)
        self._corrected.say_added(places.recoveries)
        self._summary.new += len(records)
        self._imported.add([without_number(record.key) for record in records], component_ids)
        self._review(records, makers)

    def _maker(self, record: ComponentRecord) -> ResolvedMaker:
        """The maker whose brand the record states."""
        return self._firms.maker(record.maker) if record.maker else ResolvedMaker(None)

    def _note(self, component_ids: Sequence[int], records: list[ComponentRecord]) -> None:
        self._written += [record.raw for record in records]
        self._unread += [
            component_id
            for component_id, record in zip(component_ids, records, strict=True)
            if record.marking or record.mpn or record.description
        ]

    def _review(
        self, records: list[ComponentRecord], makers: list[ResolvedMaker], *, changed: bool = False
    ) -> None:
        for maker in makers:
            if maker.doubts:
                self._summary.review.update(maker.doubts)
        self._odd.note(records)
        # Rows of one recovery are mostly adjacent and share one record.
        before: RecoveryRecord | None = None
        for record in records:
            recovery = record.recovery
            if recovery is not before:
                doubts, made = self._recoveries.doubts(recovery), self._recoveries.made_from(recovery)
                self._corrected.say(RecordKind.RECOVERY, self._recoveries.known(recovery.key))
                before = recovery
            if doubts:
                self._summary.review.update(doubts)
            if not made:
                self._renewer.note(recovery, self._recoveries.text(recovery.key), changed=changed)

    def _seal(self, status: ImportStatus) -> None:
        """Closes what was written since the last checkpoint: counts and audit."""
        summary = self._summary
        summary.made = self._made + self._rows.made + self._firms.made + self._weapons.made
        summary.introduced |= self._firms.introduced | self._weapons.introduced
        summary.review += self._firms.review
        self._firms.review.clear()
        self._run.seal(status, summary, self._written)
        self._written.clear()
