"""Lists of the imports that were made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import select

from provenance.core.vocabulary import Tlp
from provenance.domain.record_kinds import RecordKind
from provenance.queries.lists.nouns import COUNT, TEXT, WORD, Listed, Loaded, Noun, own
from provenance.queries.marked_records import effective_marks
from provenance.schema.audit import ImportRun
from provenance.schema.session import Session
from provenance.schema.sources import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedImport(Listed):
    """An import; ``ref`` is its uid, ``began`` its first moment in UTC, the counts are rows of its file."""

    file: str = field(metadata=TEXT)
    format: str = field(metadata=WORD)
    source: str = field(metadata=TEXT)
    status: str = field(metadata=WORD)
    began: str = field(metadata=TEXT)
    read: int = field(metadata=COUNT)
    new: int = field(metadata=COUNT)
    known: int = field(metadata=COUNT)
    changed: int = field(metadata=COUNT)
    repeated: int = field(metadata=COUNT)
    rejected: int = field(metadata=COUNT)


def _imports(session: Session, clearance: Tlp | None) -> Iterator[Loaded]:
    rows = session.execute(
        select(ImportRun, Source.key).join(Source, Source.id == ImportRun.source_id).order_by(ImportRun.id)
    )
    for row in rows:
        values = own(
            file=row.file_name,
            format=row.format,
            source=row.key,
            status=row.status,
            began=f"{row.started_at:%Y-%m-%d %H:%M:%S}",
            read=row.rows_read,
            new=row.rows_new,
            known=row.rows_known,
            changed=row.rows_changed,
            repeated=row.rows_repeated,
            rejected=row.rows_rejected,
            entered_on=row.started_at.date(),
            entered_by=row.actor,
        )
        yield Loaded(row.id, row.uid, None, values)


def _marks(session: Session, numbers: list[int]) -> dict[int, list[str | None]]:
    """An import is as strict as the source that it is of."""
    rows = session.execute(select(ImportRun.id, ImportRun.source_id).where(ImportRun.id.in_(numbers)))
    source_of = {row[0]: row[1] for row in rows}
    marks = effective_marks(session, RecordKind.SOURCE, sorted(set(source_of.values())))
    return {number: marks[source] for number, source in source_of.items()}


IMPORTS = Noun(
    "imports",
    None,
    ListedImport,
    _imports,
    "began file source new changed known rejected entered_by",
    "began",
    marks=_marks,
)
