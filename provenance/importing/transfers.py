"""Imports a list of transfers: each row once, each document once, every row accounted for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sqlalchemy import func, select

from provenance.core.errors import NotFound
from provenance.core.vocabulary import ImportStatus
from provenance.domain.audit import add_entry
from provenance.domain.plausibility import odd_future
from provenance.domain.sources import source_id
from provenance.domain.transfers import TransferWriter
from provenance.importing.account import check_account
from provenance.importing.contents import differences, same_content
from provenance.importing.corrected import said_withdrawn
from provenance.importing.refusals import refuse_rows
from provenance.importing.run import BATCH_ROWS, CHECKPOINT_BATCHES, ImportRequest, Progress
from provenance.importing.runs import RunRecord
from provenance.importing.summary import ImportSummary, ReviewReason
from provenance.importing.transfer_records import (
    KnownTransfer,
    called,
    has_no_key,
    known_transfers,
    other_transfers,
)
from provenance.importing.vanished import Issues
from provenance.schema.row_values import by_name, update_rows
from provenance.schema.session import Database, Session, checkpoint, hold
from provenance.schema.sources import Citation
from provenance.schema.transfers import Transfer
from provenance.sources.formats import batches
from provenance.sources.records import Rejected, ShipmentRecord
from provenance.text.partial_dates import DateSpan

_OTHER = "a transfer between other parties, of other goods"


class _DryRunOver(Exception):
    """Leaves the transaction of a dry run, so that it is rolled back."""


def run_transfer_import(
    database: Database, request: ImportRequest[ShipmentRecord], on_progress: Progress = lambda rows: None
) -> ImportSummary:
    """Imports transfers and accounts for every row; the same file twice changes nothing.

    A row that its source changed is a new statement: the old one is withdrawn as of now and stays on record,
    so that paths can be shown as they were known before.

    Raises:
        BadInput: the file cannot be read, or a row was rejected and ``keep_good`` is off; the database
            is as it was, or at the last checkpoint, from which the same command goes on.
    """
    summary = request.summary()
    try:
        with database.writing_list() as session:
            _TransferImport(session, database.actor, request, summary).run(on_progress)
            if request.dry_run:
                raise _DryRunOver
    except _DryRunOver:
        pass
    return summary


def _rejected(record: ShipmentRecord, reason: str) -> Rejected:
    return Rejected(line=record.line, reason=reason, row={"record": record.raw})


def _dated(record: ShipmentRecord) -> tuple[DateSpan, str]:
    return DateSpan(record.earliest, record.latest), str(record.earliest)


class _TransferImport:
    """The state of one import of transfers."""

    def __init__(
        self, session: Session, actor: str, request: ImportRequest[ShipmentRecord], summary: ImportSummary
    ) -> None:
        self._session = session
        self._actor = actor
        self._request = request
        self._summary = summary
        source = request.source
        self._source_id = source_id(session, source)
        self._run = RunRecord(
            session,
            format=request.format.name,
            file=request.file,
            source_id=self._source_id,
            actor=actor,
        )
        self._writer = TransferWriter(session, (self._source_id, source.key), self._run.id)
        hold(session, "records", source.key)
        self._imported: dict[str, tuple[int, int]] = {}
        self._equals: Counter[str] = Counter()
        self._issues = Issues(session, self._source_id, self._run.id)
        self._found: set[int] = set()
        self._written: list[str] = []

    def run(self, on_progress: Progress) -> None:
        """The whole file, checkpoint by checkpoint."""
        records = self._request.format.read(self._request.file, self._request.options)
        for number, batch in enumerate(batches(records, BATCH_ROWS), start=1):
            self._import_batch(batch, records)
            on_progress(self._summary.read)
            if number % CHECKPOINT_BATCHES == 0 and not self._request.dry_run:
                self._seal(ImportStatus.RUNNING)
                checkpoint(self._session)
                hold(self._session, "records", self._request.source.key)
                self._writer.renumber()
        self._summary.vanished = self._issues.vanished_transfers(
            self._found, self._request.options.columns.telling_rows_apart
        )
        self._seal(ImportStatus.DONE)
        self._check()

    def _check(self) -> None:
        """Compares the account with the statements that this import has stored."""
        mine = Citation.import_run_id == self._run.id, Citation.transfer_id.is_not(None)
        stored = self._session.execute(select(func.count(Citation.id)).where(*mine)).scalar_one()
        summary = self._summary
        check_account(summary, {"new": (summary.new, stored - summary.changed)})

    def _import_batch(
        self, batch: list[ShipmentRecord | Rejected], rest: Iterator[ShipmentRecord | Rejected]
    ) -> None:
        summary = self._summary
        fresh: list[ShipmentRecord] = []
        refused: list[Rejected] = []
        for item in batch:
            summary.read += 1
            if isinstance(item, Rejected):
                refused.append(item)
            elif (fault := self._fault(item)) is not None:
                refused.append(fault)
            elif (record := self._sorted_out(item)) is not None:
                fresh.append(record)
        known = known_transfers(self._session, self._source_id, [record.key for record in fresh])
        others = other_transfers(
            self._session,
            [
                (record, there)
                for record in fresh
                if (there := known.get(record.key)) is not None and self._has_changed(record, there)
            ],
        )
        for record in fresh:
            if record.key in others:
                versions = differences(known[record.key].raw, record.raw)
                refused.append(_rejected(record, f"{record.key} is on record for {_OTHER}: {versions}"))
                continue
            try:
                self._import_one(record, known.get(record.key))
            except NotFound as error:
                refused.append(_rejected(record, error.message))
        in_order = sorted(refused, key=lambda item: item.line)
        refuse_rows(self._summary, in_order, rest, goes_on=self._request.goes_on)
        self._writer.flush()

    def _fault(self, record: ShipmentRecord) -> Rejected | None:
        """A row that says something else than an earlier one of its key."""
        first = self._imported.get(record.key)
        if first is None or first[1] == hash(record.raw) or has_no_key(record):
            return None
        return _rejected(record, f"{record.key} stands for another transfer in line {first[0]} of this file")

    def _sorted_out(self, record: ShipmentRecord) -> ShipmentRecord | None:
        """The row, under a key of its own if an equal one without a key came before; None if it is repeated.

        Rows that their list numbers are separate, whatever else they have in common.
        """
        first = self._imported.get(record.key)
        if first is None:
            self._imported[record.key] = record.line, hash(record.raw)
            return record
        if has_no_key(record):
            if self._request.separate_equal or first[1] != hash(record.raw):
                self._equals[record.key] += 1
                return record.model_copy(update={"key": f"{record.key}#{self._equals[record.key] + 1}"})
            text = f"line {record.line}, equal to line {first[0]}: {called(record)}"
            self._summary.review[ReviewReason.EQUAL_TRANSFERS, text] += 1
        self._summary.repeated += 1
        return None

    def _has_changed(self, record: ShipmentRecord, there: KnownTransfer) -> bool:
        """Whether a row says something else than on record; what has no key is known by all that it says."""
        return not has_no_key(record) and not same_content(there.raw, record.raw)

    def _import_one(self, record: ShipmentRecord, there: KnownTransfer | None) -> None:
        summary = self._summary
        if there is not None:
            self._issues.note([there.run_id])
            self._found.add(there.transfer_id)
        for odd in odd_future("date", *_dated(record), self._session.today):
            summary.review[ReviewReason.UNLIKELY, f"line {record.line}: {odd}"] += 1
        if there is None:
            self._writer.add(record)
            summary.new += 1
        elif there.withdrawn and (words := said_withdrawn(self._session, there.uid)) is not None:
            summary.review[ReviewReason.WITHDRAWN, words] += 1
            summary.known += 1
            return
        elif there.withdrawn or self._has_changed(record, there):
            number, uid = self._writer.add(record, there.version + 1)
            self._found.add(number)
            self._withdraw(there, uid)
            summary.changed += 1
        else:
            summary.known += 1
            return
        self._written.append(record.raw)

    def _withdraw(self, there: KnownTransfer, successor: str) -> None:
        if there.withdrawn:
            return
        now = self._session.moment
        update_rows(self._session, Transfer, {Transfer.withdrawn_at: now}, Transfer.id == there.transfer_id)
        add_entry(
            self._session,
            actor=self._actor,
            action="source changed",
            table=Transfer,
            uid=there.uid,
            before=by_name({Transfer.withdrawn_at: None}),
            after={**by_name({Transfer.withdrawn_at: now}), "stated now as": successor},
        )

    def _seal(self, status: ImportStatus) -> None:
        self._summary.made = self._writer.made
        self._summary.introduced |= self._writer.firms.introduced
        self._summary.review += self._writer.firms.review
        self._writer.firms.review.clear()
        self._run.seal(status, self._summary, self._written)
        self._written.clear()
