"""What identification knows in this database: seeded rules, makers' names, learned pairs."""

from __future__ import annotations

from sqlalchemy import delete, func, select

from provenance.core.vocabulary import StatementStatus
from provenance.domain.record_kinds import RecordKind
from provenance.domain.sameness import clusters
from provenance.identify.identifier import Identifier
from provenance.identify.knowledge import Knowledge, is_current_form, knowledge_from_bytes, knowledge_to_bytes
from provenance.identify.names import MakerNames
from provenance.identify.rules import MarkingRule, RuleBook, split_prefixes
from provenance.identify.sightings import Pair
from provenance.identify.store.catalogue import SqlCatalogue
from provenance.identify.training import learn_knowledge
from provenance.schema import reference as tables
from provenance.schema.derived import LearnedKnowledge
from provenance.schema.organizations import OrganizationName
from provenance.schema.recoveries import Component, MakerAttribution
from provenance.schema.rows import insert_row
from provenance.schema.session import Session
from provenance.text.date_codes import DateCodeFormat, formats_of


def identifier(session: Session) -> Identifier:
    """An identifier that knows what this database has learned so far, and its catalogue."""
    formats = load_date_formats(session)
    return Identifier(load_knowledge(session), SqlCatalogue(session), formats, today=session.today)


def load_date_formats(session: Session) -> list[DateCodeFormat]:
    """The makers' ways of writing dates as this database has them, with makers as row numbers."""
    rows = session.execute(select(tables.DateCodeFormat).order_by(tables.DateCodeFormat.id))
    return list(
        formats_of(
            {
                "key": row.key,
                "organization": str(row.organization_id or ""),
                "pattern": row.pattern,
                "name": row.name,
                "reading": row.reading,
            }
            for row in rows
        )
    )


def load_knowledge(session: Session) -> Knowledge:
    """The stored knowledge; rules and names alone where nothing was learned."""
    rules, names = load_rules(session), load_names(session)
    stored = session.execute(select(LearnedKnowledge.payload)).scalar()
    if stored is not None:
        try:
            return knowledge_from_bytes(stored, rules, names)
        except ValueError:
            # Stored by another version of the program; the next import learns again.
            pass
    return Knowledge(rules, names)


def load_rules(session: Session) -> RuleBook:
    """The marking rules, with makers as row numbers."""
    return RuleBook(
        MarkingRule(
            row.key,
            str(row.organization_id),
            row.prefix_pattern,
            row.family,
            row.category,
            str(row.later_owner_id) if row.later_owner_id else "",
            split_prefixes(row.prefix),
            row.since,
        )
        for row in session.execute(select(tables.MarkingRule).order_by(tables.MarkingRule.id))
    )


def load_names(session: Session) -> MakerNames:
    """The makers' names as a marking may have them, merged firms under one number."""
    merged = clusters(session, RecordKind.ORGANIZATION)
    rows = session.execute(
        select(OrganizationName.organization_id, OrganizationName.name).order_by(OrganizationName.id)
    )
    return MakerNames((str(merged.get(row.organization_id, row.organization_id)), row.name) for row in rows)


def known_pairs(session: Session) -> list[Pair]:
    """Markings whose maker was published or confirmed, each with the recovery it comes from."""
    firms, recoveries = clusters(session, RecordKind.ORGANIZATION), clusters(session, RecordKind.RECOVERY)
    rows = session.execute(
        select(Component.marking, MakerAttribution.organization_id, Component.recovery_id)
        .join(MakerAttribution, MakerAttribution.component_id == Component.id)
        .where(
            Component.marking.is_not(None),
            MakerAttribution.organization_id.is_not(None),
            MakerAttribution.superseded_by.is_(None),
            MakerAttribution.status != StatementStatus.TENTATIVE,
        )
        .order_by(Component.id, MakerAttribution.id)
    )
    pairs = (
        Pair(
            row.marking,
            str(firms.get(row.organization_id, row.organization_id)),
            str(recoveries.get(row.recovery_id, row.recovery_id)),
        )
        for row in rows
    )
    # Two records of one wreck, or of one firm, are one sighting.
    return list(dict.fromkeys(pairs))


def learn(session: Session) -> Knowledge:
    """Learns from the database's own pairs and stores it; some seconds for some thousand pairs."""
    pairs = known_pairs(session)
    knowledge = learn_knowledge(pairs, load_rules(session), load_names(session))
    session.execute(delete(LearnedKnowledge))
    stored = LearnedKnowledge(
        id=1, learned_at=session.moment, pairs=len(pairs), payload=knowledge_to_bytes(knowledge)
    )
    insert_row(session, stored)
    return knowledge


def learned_from(session: Session) -> tuple[int | None, int]:
    """How many pairs were learned from, and how many components carry a marking now.

    None where nothing was learned, or only by another version of the program, in a form of its own.
    """
    found = session.execute(select(LearnedKnowledge.pairs, LearnedKnowledge.payload)).first()
    learned = found.pairs if found is not None and is_current_form(found.payload) else None
    marked = session.execute(
        select(func.count()).select_from(Component).where(Component.marking.is_not(None))
    ).scalar_one()
    return learned, marked
