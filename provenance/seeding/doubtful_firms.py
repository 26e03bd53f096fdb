"""Firms that imports made of words which the reference data has since come to doubt."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, delete, or_, select

from provenance.core.vocabulary import NameKind, StatementStatus
from provenance.domain.audit import add_entry
from provenance.schema.audit import AuditEntry
from provenance.schema.base import TableModel
from provenance.schema.organizations import Organization, OrganizationName
from provenance.schema.recoveries import MakerAttribution
from provenance.schema.references import is_referred_to
from provenance.schema.row_values import table_name, update_rows
from provenance.schema.session import Session
from provenance.text.ambiguous_names import ambiguity_of
from provenance.text.maker_words import not_a_firm

_OWN: tuple[type[TableModel], ...] = (OrganizationName, MakerAttribution)


def release_doubtful_firms(session: Session, actor: str) -> list[int]:
    """Leaves the maker of components unknown where an import made a firm of words that name none, or several.

    What the source wrote stays, so that a reading of the marking is all that speaks for a maker. Released is
    only what an import alone has stated: a firm about which anybody has entered something, or that something
    else refers to, is kept with all its components. Returns the components that were changed.
    """
    changed: list[int] = []
    for firm in _doubtful(session):
        standing = session.execute(
            select(MakerAttribution.id, MakerAttribution.component_id).where(
                MakerAttribution.organization_id == firm.id
            )
        ).all()
        update_rows(
            session,
            MakerAttribution,
            {MakerAttribution.organization_id: None},
            MakerAttribution.organization_id == firm.id,
        )
        session.execute(delete(OrganizationName).where(OrganizationName.organization_id == firm.id))
        session.execute(delete(Organization).where(Organization.id == firm.id, ~is_referred_to(Organization)))
        add_entry(
            session,
            actor=actor,
            action="name of no one firm",
            table=Organization,
            uid=firm.uid,
            before={"label": firm.label, "components": len(standing)},
            after={"reason": ambiguity_of(firm.label) or not_a_firm(firm.label)},
        )
        changed.extend(row.component_id for row in standing)
    return changed


def _doubtful(session: Session) -> list[Any]:
    """Firms known by one doubted name only, which imports made and nobody has touched."""
    made = session.execute(
        select(Organization.id, Organization.uid, Organization.label)
        .where(~Organization.from_seed, ~_entered_by_a_person(), ~_known_otherwise())
        .order_by(Organization.id)
    )
    return [row for row in made if ambiguity_of(row.label) or not_a_firm(row.label)]


def _entered_by_a_person() -> ColumnElement[bool]:
    """Whether the trail tells of the firm itself; of what an import makes, it tells the batch only."""
    return (
        select(AuditEntry.id)
        .where(AuditEntry.record_table == table_name(Organization), AuditEntry.record_uid == Organization.uid)
        .exists()
    )


def _known_otherwise() -> ColumnElement[bool]:
    """Whether anything refers to it but the makers of components, and the name that it came with."""
    another_name = (
        select(OrganizationName.id)
        .where(
            OrganizationName.organization_id == Organization.id,
            or_(OrganizationName.name != Organization.label, OrganizationName.kind != NameKind.BRAND),
        )
        .exists()
    )
    a_persons_word = (
        select(MakerAttribution.id)
        .where(
            MakerAttribution.organization_id == Organization.id,
            or_(
                MakerAttribution.status == StatementStatus.CONFIRMED,
                MakerAttribution.said_by.is_not(None),
                MakerAttribution.citation_id.is_(None),
            ),
        )
        .exists()
    )
    return or_(is_referred_to(Organization, beside=_OWN), another_name, a_persons_word)
