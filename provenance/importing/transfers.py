"""Imports a list of transfers: each row once, each document once, every row accounted for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import func, select

from provenance.core.errors import BadInput, NotFound
from provenance.core.vocabulary import ImportStatus
from provenance.domain.audit import add_entry
from provenance.domain.plausibility import odd_future
from provenance.domain.sources import source_id
from provenance.domain.transfers import TransferWriter
from provenance.importing.account import check_account
from provenance.importing.contents import same_content
from provenance.importing.run import BATCH_ROWS, CHECKPOINT_BATCHES, ROWS_REJECTED, ImportRequest, Progress
from provenance.importing.runs import SHOWN_REJECTIONS, RunRecord
from provenance.importing.summary import ImportSummary, ReviewReason
from provenance.schema.row_values import by_name, update_rows
from provenance.schema.session import Database, Session, checkpoint, hold
from provenance.schema.sources import Citation
from provenance.schema.transfers import Transfer
from provenance.sources.formats import batches
from provenance.sources.records import Rejected, ShipmentRecord
from provenance.text.partial_dates import DateSpan

_CHUNK = 5_000


class _DryRunOver(Exception):
    """Leaves the transaction of a dry run, so that it is rolled back."""


@dataclass(frozen=True, slots=True)
class _Known:
    """The newest statement of a record key."""

    transfer_id: int
    uid: str
    raw: str
    version: int
    withdrawn: bool


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
            elif self._is_first(item):
                fresh.append(item)
        known = self._known([record.key for record in fresh])
        for record in fresh:
            try:
                self._import_one(record, known.get(record.key))
            except NotFound as error:
                refused.append(Rejected(line=record.line, reason=error.message, row={"record": record.raw}))
        self._refuse(sorted(refused, key=lambda item: item.line), rest)
        self._writer.flush()

    def _fault(self, record: ShipmentRecord) -> Rejected | None:
        """A row that says something else than an earlier one of its key."""
        first = self._imported.get(record.key)
        if first is None or first[1] == hash(record.raw):
            return None
        reason = f"{record.key} stands for another transfer in line {first[0]} of this file"
        return Rejected(line=record.line, reason=reason, row={"record": record.raw})

    def _is_first(self, record: ShipmentRecord) -> bool:
        if record.key not in self._imported:
            self._imported[record.key] = record.line, hash(record.raw)
            return True
        self._summary.repeated += 1
        return False

    def _import_one(self, record: ShipmentRecord, there: _Known | None) -> None:
        summary = self._summary
        for odd in odd_future("date", *_dated(record), self._session.today):
            summary.review[ReviewReason.UNLIKELY, f"line {record.line}: {odd}"] += 1
        if there is None:
            self._writer.add(record)
            summary.new += 1
        elif same_content(there.raw, record.raw) and not there.withdrawn:
            summary.known += 1
            return
        else:
            _number, uid = self._writer.add(record, there.version + 1)
            self._withdraw(there, uid)
            summary.changed += 1
        self._written.append(record.raw)

    def _withdraw(self, there: _Known, successor: str) -> None:
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

    def _known(self, keys: list[str]) -> dict[str, _Known]:
        """The newest statement of each record key of this source."""
        found: dict[str, _Known] = {}
        for start in range(0, len(keys), _CHUNK):
            found |= self._statements(keys[start : start + _CHUNK], 1)
        # A statement that was withdrawn may have been stated again, under its key and a number.
        for key, there in list(found.items()):
            while there.withdrawn:
                version = there.version + 1
                later = self._statements([f"{key}~{version}"], version)
                if not later:
                    break
                there = found[key] = later[f"{key}~{version}"]
        return found

    def _statements(self, keys: list[str], version: int) -> dict[str, _Known]:
        rows = self._session.execute(
            select(
                Transfer.id,
                Transfer.uid,
                Transfer.withdrawn_at,
                Citation.record_key,
                Citation.raw_text,
            )
            .join(Transfer, Transfer.id == Citation.transfer_id)
            .where(Citation.source_id == self._source_id, Citation.record_key.in_(keys))
        )
        return {
            row.record_key: _Known(row.id, row.uid, row.raw_text, version, row.withdrawn_at is not None)
            for row in rows
        }

    def _refuse(self, refused: list[Rejected], rest: Iterator[ShipmentRecord | Rejected]) -> None:
        if not refused:
            return
        if self._request.keep_good or self._request.dry_run:
            self._summary.rejected += len(refused)
            self._summary.rejections += refused
            return
        refused += [item for item in rest if isinstance(item, Rejected)]
        lines = [f"line {item.line}: {item.reason}" for item in refused[1:SHOWN_REJECTIONS]]
        more = f"{len(refused):,} rows cannot be used."
        raise BadInput(
            refused[0].reason,
            file=self._request.file.name,
            line=refused[0].line,
            hint="\n".join([*lines, more]),
            code=ROWS_REJECTED,
        )

    def _seal(self, status: ImportStatus) -> None:
        self._summary.made = self._writer.made
        self._summary.introduced |= self._writer.firms.introduced
        self._summary.review += self._writer.firms.review
        self._writer.firms.review.clear()
        self._run.seal(status, self._summary, self._written)
        self._written.clear()
