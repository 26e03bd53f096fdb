"""What an import says it did, compared with what the database holds at its end."""

from __future__ import annotations

from sqlalchemy import ColumnElement, func, select

from provenance.core.errors import IntegrityFailure
from provenance.importing.summary import ImportSummary
from provenance.schema.session import Session
from provenance.schema.sources import Citation, CitationVersion


class Account:
    """Counts a source's records of components before and after an import."""

    def __init__(self, session: Session, source_id: int) -> None:
        self._session = session
        self._cited = Citation.source_id == source_id, Citation.component_id.is_not(None)
        self._before = self._count(*self._cited)

    def begin_again(self, new: int) -> None:
        """Takes into account what another import has stored meanwhile; ``new`` rows are this one's so far."""
        self._before = self._count(*self._cited) - new

    def check(self, summary: ImportSummary, run_id: int) -> None:
        """Compares new and changed rows with what is stored, and all rows with what was read.

        Raises:
            IntegrityFailure: they differ; nothing of the current transaction may be kept.
        """
        changed = select(func.count(CitationVersion.citation_id.distinct())).join(
            Citation, Citation.id == CitationVersion.citation_id
        )
        stored = {
            "new": self._count(*self._cited) - self._before,
            "changed": self._session.execute(
                changed.where(CitationVersion.import_run_id == run_id, *self._cited)
            ).scalar_one(),
        }
        check_account(summary, stored)

    def _count(self, *conditions: ColumnElement[bool]) -> int:
        count: int = self._session.execute(select(func.count(Citation.id)).where(*conditions)).scalar_one()
        return count


def check_account(summary: ImportSummary, stored: dict[str, int]) -> None:
    """Compares the counts of an import with what is stored, and their sum with the rows that were read.

    Raises:
        IntegrityFailure: they differ.
    """
    faults = [
        f"{name} {getattr(summary, name):,}, but {count:,} are stored"
        for name, count in stored.items()
        if getattr(summary, name) != count
    ]
    if not summary.balanced():
        faults.append(f"read {summary.read:,}, which is not the sum of its rows")
    if faults:
        raise IntegrityFailure(
            f"{summary.file}: the account of the import does not add up: {'; '.join(faults)}.",
            hint="Nothing is kept since the last checkpoint. This is a fault of the program; report it.",
        )
