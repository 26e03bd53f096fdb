"""What an import says it did, compared with what the database holds at its end."""

from __future__ import annotations

from sqlalchemy import ColumnElement, func, select

from provenance.domain.accounts import refuse_imbalance
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
        renewed = self._session.execute(
            changed.where(CitationVersion.import_run_id == run_id, *self._cited)
        ).scalar_one()
        added = self._count(*self._cited) - self._before
        check_account(summary, {"new": (summary.new, added), "changed": (summary.changed, renewed)})

    def _count(self, *conditions: ColumnElement[bool]) -> int:
        count: int = self._session.execute(select(func.count(Citation.id)).where(*conditions)).scalar_one()
        return count


def check_account(summary: ImportSummary, stored: dict[str, tuple[int, int]]) -> None:
    """Compares what an import counted with what is stored, in pairs, and its rows with those that were read.

    Raises:
        IntegrityFailure: they differ.
    """
    refuse_imbalance(summary.file, summary, stored, kept="Nothing is kept since the last checkpoint.")
