"""What identification knows in this database: seeded rules, makers' names, learned pairs."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import delete, func, insert, select

from provenance.core.vocabulary import StatementStatus
from provenance.domain.sameness import clusters
from provenance.identify.evidence import Pair
from provenance.identify.identifier import Identifier
from provenance.identify.keeping import is_of_this_form, knowledge_from_bytes, knowledge_to_bytes
from provenance.identify.names import MakerNames
from provenance.identify.rules import MarkingRule, RuleBook
from provenance.identify.training import Knowledge, learn_knowledge
from provenance.parts.catalogue import SqlCatalogue
from provenance.schema.session import Session
from provenance.schema.tables import table
from provenance.text.date_codes import DateCodeFormat, formats_of


def identifier(session: Session) -> Identifier:
    """An identifier that knows what this database has learned so far, and its catalogue."""
    return Identifier(load_knowledge(session), SqlCatalogue(session), load_date_formats(session))


def load_date_formats(session: Session) -> list[DateCodeFormat]:
    """The makers' ways of writing dates as this database has them, with makers as row numbers."""
    form = table("date_code_format")
    rows = session.execute(select(form).order_by(form.c.id)).mappings()
    return list(formats_of({**row, "organization": str(row["organization_id"] or "")} for row in rows))


def load_knowledge(session: Session) -> Knowledge:
    """What was learned and kept; rules and names alone where nothing was."""
    rules, names = load_rules(session), load_names(session)
    kept = session.execute(select(table("learned_knowledge").c.payload)).scalar()
    if kept is not None:
        try:
            return knowledge_from_bytes(kept, rules, names)
        except ValueError:
            # Kept by another version of the program; the next import learns anew.
            pass
    return Knowledge(rules, names)


def load_rules(session: Session) -> RuleBook:
    """The marking rules, with makers as row numbers."""
    rule = table("marking_rule")
    return RuleBook(
        MarkingRule(
            row.key,
            str(row.organization_id),
            row.prefix_pattern,
            row.family,
            row.category,
            str(row.later_owner_id) if row.later_owner_id else "",
        )
        for row in session.execute(select(rule).order_by(rule.c.id))
    )


def load_names(session: Session) -> MakerNames:
    """The makers' names as they may stand in a marking, merged firms under one number."""
    name = table("organization_name")
    merged = clusters(session, "organization")
    rows = session.execute(select(name.c.organization_id, name.c.name).order_by(name.c.id))
    return MakerNames((str(merged.get(row.organization_id, row.organization_id)), row.name) for row in rows)


def known_pairs(session: Session) -> list[Pair]:
    """Markings whose maker somebody published or confirmed, each with the recovery it comes from."""
    component, said = table("component"), table("maker_attribution")
    firms, recoveries = clusters(session, "organization"), clusters(session, "recovery")
    rows = session.execute(
        select(component.c.marking, said.c.organization_id, component.c.recovery_id)
        .join(said, said.c.component_id == component.c.id)
        .where(
            component.c.marking.is_not(None),
            said.c.organization_id.is_not(None),
            said.c.superseded_by.is_(None),
            said.c.status != StatementStatus.TENTATIVE,
        )
        .distinct()
    )
    return [
        Pair(
            row.marking,
            str(firms.get(row.organization_id, row.organization_id)),
            str(recoveries.get(row.recovery_id, row.recovery_id)),
        )
        for row in rows
    ]


def learn(session: Session) -> Knowledge:
    """Learns from the database's own pairs and keeps it; some seconds for some thousand pairs."""
    pairs = known_pairs(session)
    knowledge = learn_knowledge(pairs, load_rules(session), load_names(session))
    kept = table("learned_knowledge")
    session.execute(delete(kept))
    session.execute(
        insert(kept).values(
            id=1, learned_at=datetime.now(UTC), pairs=len(pairs), payload=knowledge_to_bytes(knowledge)
        )
    )
    return knowledge


def learned_from(session: Session) -> tuple[int | None, int]:
    """How many pairs were learned from, and how many components carry a marking now.

    None where nothing was learned, or only by another version of the program, in a form of its own.
    """
    kept, component = table("learned_knowledge"), table("component")
    found = session.execute(select(kept.c.pairs, kept.c.payload)).first()
    learned = found.pairs if found is not None and is_of_this_form(found.payload) else None
    marked = session.execute(
        select(func.count()).select_from(component).where(component.c.marking.is_not(None))
    ).scalar_one()
    return learned, marked
