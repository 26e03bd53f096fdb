"""How strictly transfers are to be handled (TLP).

A transfer without a mark is AMBER; a mark of one of its sources, or of its record there, makes it stricter,
never milder.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Select, func, select

from provenance.core.tlp import Handling, ceiling, strictest, strictness
from provenance.core.vocabulary import Tlp
from provenance.schema.session import Session
from provenance.schema.sources import Citation, Source
from provenance.schema.transfers import Transfer


def mark_of(own: str | None, others: Iterable[str | None]) -> str | None:
    """The mark in effect: a transfer's own or a stricter one of its sources; None is no mark (AMBER)."""
    stricter = [mark for mark in others if mark is not None and strictness(mark) > strictness(own)]
    return max(stricter, key=strictness, default=own)


def _marks(*columns: Any) -> Select[Any]:
    """A transfer's own mark, its record's and its source's, one row for each record."""
    return (
        select(*columns, Transfer.tlp.label("own"), Citation.tlp.label("record"), Source.tlp.label("source"))
        .select_from(Transfer)
        .outerjoin(Citation, Citation.transfer_id == Transfer.id)
        .outerjoin(Source, Source.id == Citation.source_id)
    )


def handling_of(session: Session, classes: Sequence[str], highest: Tlp | None) -> Handling | None:
    """The handling of an answer that looks at all transfers of some classes up to a mark."""
    allowed = ceiling(highest)
    kinds = session.execute(_marks().where(Transfer.evidence_class.in_(classes)).distinct()).all()
    marks = [mark_of(row.own, (row.record, row.source)) for row in kinds]
    kept = [mark for mark in marks if allowed(mark)]
    if not kept:
        return None
    bare = select(func.count()).where(Transfer.tlp.is_(None), Transfer.evidence_class.in_(classes))
    unmarked: int = session.execute(bare).scalar_one() if allowed(None) else 0
    return Handling(strictest(kept), unmarked)


def too_strict(session: Session, highest: Tlp | None) -> frozenset[int]:
    """The transfers that are marked more strictly than an answer may be, by row number."""
    if highest is None:
        return frozenset()
    allowed = ceiling(highest)
    rows = session.execute(_marks(Transfer.id))
    return frozenset(row.id for row in rows if not allowed(mark_of(row.own, (row.record, row.source))))
