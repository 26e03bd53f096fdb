"""The row of the publication that a file comes from."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from provenance.core.identity import natural_uid
from provenance.schema.rows import insert_row
from provenance.schema.session import Session, hold
from provenance.schema.sources import Source
from provenance.sources.records import SourceRecord

READING = SourceRecord(
    key="provenance-reading",
    publisher="provenance",
    title="Part numbers that the program read from markings, tentative",
    origin_group="provenance-reading",
)
"""The source of parts that no source states."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where records come from: a source by row number and key, and the import that brought them, if any."""

    source_id: int
    source_key: str
    run_id: int | None = None


def source_id(session: Session, record: SourceRecord) -> int:
    """The source of that key, made created where it is new; a known one is left as it is."""
    known = _known(session, record.key)
    if known is None:
        # Two who name a new source at the same time mean the same one.
        hold(session, "source", record.key)
        known = _known(session, record.key)
    if known is not None:
        return known
    row = Source(
        uid=natural_uid("source", record.key),
        key=record.key,
        publisher=record.publisher,
        title=record.title,
        address=record.address,
        origin_group=record.origin_group,
    )
    return insert_row(session, row)


def _known(session: Session, key: str) -> int | None:
    found: int | None = session.execute(select(Source.id).where(Source.key == key)).scalar()
    return found
