"""Reading markings as a job: what an import left unread, or everything again."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import and_, exists, or_, select

from provenance.core.vocabulary import StatementStatus
from provenance.domain.audit import add_entry, installation_uid
from provenance.domain.derivation import ReadingSummary
from provenance.domain.readings import Derivation
from provenance.identify.store.knowledge import identifier, known_pairs, learn, learned_from
from provenance.importing.marking_reader import MarkingReader
from provenance.schema.audit import Installation
from provenance.schema.recoveries import Component, Identification, MakerAttribution
from provenance.schema.session import Database, Session
from provenance.schema.sources import Citation

_LEARN_AGAIN = 1.05
"""Learns again once there are this many times the pairs that were learned from."""


def learned_reader(session: Session) -> MarkingReader:
    """A reader that has learned from the current records, if that is worth the time."""
    learned, _marked = learned_from(session)
    if len(known_pairs(session)) > (learned or 0) * _LEARN_AGAIN:
        learn(session)
    return MarkingReader(identifier(session))


def unread_of(session: Session, run_ids: Sequence[int]) -> list[int]:
    """The components of some imports that carry an unidentified marking, or lack their kind."""
    known = or_(
        exists().where(Identification.component_id == Component.id, Identification.superseded_by.is_(None)),
        exists().where(
            MakerAttribution.component_id == Component.id,
            MakerAttribution.superseded_by.is_(None),
            MakerAttribution.status == StatementStatus.TENTATIVE,
        ),
    )
    by_source = exists().where(
        Identification.component_id == Component.id,
        Identification.superseded_by.is_(None),
        Identification.status != StatementStatus.TENTATIVE,
    )
    marked, described = Component.marking.is_not(None), Component.description.is_not(None)
    lacks_kind = and_(Component.category.is_(None), or_(by_source, and_(~marked, described)))
    found = session.execute(
        select(Component.id)
        .join(Citation, Citation.component_id == Component.id)
        .where(Citation.import_run_id.in_(run_ids), or_(and_(marked, ~known), lacks_kind))
        .order_by(Component.id)
    )
    return list(found.scalars()) if run_ids else []


def read_all(database: Database) -> ReadingSummary:
    """Learns from everything on record and reads the markings of every component again. Readings that have
    changed are superseded; what a source or a person states is not changed.
    """
    with database.writing_list() as session:
        ids = session.execute(
            select(Component.id).where(Component.withdrawn_at.is_(None)).order_by(Component.id)
        ).scalars()
        unread = list(ids)
        learn(session)
        summary = Derivation(session, MarkingReader(identifier(session))).derive(unread)
        add_entry(
            session,
            actor=database.actor,
            action="read markings",
            table=Installation,
            uid=installation_uid(session),
            after={
                "read": summary.read,
                "parts": summary.parts,
                "makers": summary.makers,
                "dated": summary.dated,
            },
        )
    return summary
