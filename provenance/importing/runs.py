"""The record of an import."""

from __future__ import annotations

import hashlib
from pathlib import Path

from sqlalchemy import select

from provenance import __version__
from provenance.core.errors import BadInput
from provenance.core.identity import new_uid
from provenance.core.vocabulary import ImportStatus
from provenance.domain.audit import add_entry, rows_digest
from provenance.importing.summary import ImportSummary
from provenance.schema.audit import ImportRun
from provenance.schema.row_values import Values, update_rows
from provenance.schema.rows import insert_row
from provenance.schema.session import Session
from provenance.schema.sources import Citation


class RunRecord:
    """One import's row, opened before its first row is written and closed after its last."""

    def __init__(self, session: Session, *, format: str, file: Path, source_id: int, actor: str) -> None:
        self._session = session
        self._actor = actor
        self._uid = new_uid()
        self._file_sha256 = sha256_of(file)
        self._source_id = source_id
        row = ImportRun(
            uid=self._uid,
            format=format,
            file_name=file.name,
            file_sha256=self._file_sha256,
            source_id=source_id,
            actor=actor,
            program_version=__version__,
            started_at=session.moment,
            status=ImportStatus.RUNNING,
            rows_read=0,
            rows_new=0,
            rows_known=0,
            rows_changed=0,
            rows_repeated=0,
            rows_rejected=0,
        )
        self.id = insert_row(session, row)

    def unfinished(self) -> list[int]:
        """Earlier, interrupted imports of the same file, which this one continues."""
        found = self._session.execute(
            select(ImportRun.id).where(
                ImportRun.source_id == self._source_id,
                ImportRun.file_sha256 == self._file_sha256,
                ImportRun.status == ImportStatus.RUNNING,
                ImportRun.id != self.id,
            )
        )
        return list(found.scalars())

    def recoveries(self) -> list[int]:
        """The recoveries that this import and those that it continues brought or renewed."""
        found = self._session.execute(
            select(Citation.recovery_id)
            .where(
                Citation.import_run_id.in_([self.id, *self.unfinished()]), Citation.recovery_id.is_not(None)
            )
            .order_by(Citation.recovery_id)
        )
        return [number for number in found.scalars() if number is not None]

    def take_over(self, run_ids: list[int]) -> None:
        """Marks interrupted imports as stopped: the rest of their rows has been imported."""
        stopped: Values = {ImportRun.status: ImportStatus.STOPPED}
        update_rows(self._session, ImportRun, stopped, ImportRun.id.in_(run_ids))

    def seal(self, status: ImportStatus, summary: ImportSummary, written: list[str]) -> None:
        """Records the counts so far, and seals the rows written since into the audit chain."""
        now: Values = {
            ImportRun.status: status,
            ImportRun.finished_at: self._session.moment if status == ImportStatus.DONE else None,
            ImportRun.rows_read: summary.read,
            ImportRun.rows_new: summary.new,
            ImportRun.rows_known: summary.known,
            ImportRun.rows_changed: summary.changed,
            ImportRun.rows_repeated: summary.repeated,
            ImportRun.rows_rejected: summary.rejected,
        }
        update_rows(self._session, ImportRun, now, ImportRun.uid == self._uid)
        if written:
            add_entry(
                self._session,
                actor=self._actor,
                action="import",
                table=ImportRun,
                uid=self._uid,
                after={"file": summary.file, **summary.counts(), "digest": rows_digest(written)},
            )


def sha256_of(file: Path) -> str:
    """The digest of a file.

    Raises:
        BadInput: the file does not exist.
    """
    if not file.is_file():
        raise BadInput("there is no such file", file=str(file))
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
