"""How strictly the components that an answer looks at are to be handled (TLP)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from provenance.core.tlp import Handling, strictest
from provenance.core.vocabulary import Tlp
from provenance.queries.marked import any_marks
from provenance.queries.marked_records import effective_marks
from provenance.schema.base import aliased
from provenance.schema.recoveries import Component, Recovery
from provenance.schema.session import Session
from provenance.schema.sources import Citation, Source
from provenance.tracing.recovered_components import recovered_conditions


def component_mark(session: Session, members: Sequence[int]) -> str | None:
    """The mark of the records of one component, with those of their recoveries and sources; None is none."""
    marks = [mark for found in effective_marks(session, "component", members).values() for mark in found]
    return None if all(mark is None for mark in marks) else strictest(marks)


def handling_of_components(session: Session, weapons: Sequence[int], highest: Tlp | None) -> Handling | None:
    """The handling of an answer that looks at all components recovered from weapons up to a mark."""
    conditions = recovered_conditions(weapons, highest)
    total = select(func.count()).select_from(Component).join(Recovery, Recovery.id == Component.recovery_id)
    bare = total.where(*conditions, Component.tlp.is_(None), Recovery.tlp.is_(None))
    unmarked: int = session.execute(bare).scalar_one()
    marks: list[str | None] = [None] if unmarked else []
    if any_marks(session):
        own = select(func.coalesce(Component.tlp, Recovery.tlp), Recovery.tlp).join_from(Component, Recovery)
        marks += [mark for row in session.execute(own.where(*conditions).distinct()) for mark in row if mark]
        # Names of their own: the conditions ask for citations and sources too.
        record, source = aliased(Citation), aliased(Source)
        reported = (
            select(record.tlp, source.tlp)
            .join_from(record, source, source.id == record.source_id)
            .join(Component, Component.id == record.component_id)
            .join(Recovery, Recovery.id == Component.recovery_id)
            .where(*conditions, record.tlp.is_not(None) | source.tlp.is_not(None))
        )
        marks += [mark for row in session.execute(reported.distinct()) for mark in row if mark]
    return Handling(strictest(marks), unmarked) if marks else None


def together(*parts: Handling | None) -> Handling | None:
    """The handling of an answer from several kinds of records; None for one without records."""
    known = [part for part in parts if part is not None]
    if not known:
        return None
    return Handling(strictest(part.tlp for part in known), sum(part.unmarked for part in known))
