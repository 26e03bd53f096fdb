"""Which records are one thing: clusters derived from people's decisions, foreign keys untouched."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from sqlalchemy import Select, select

from provenance.core.vocabulary import SameVerdict
from provenance.domain.record_kinds import RecordKind
from provenance.schema.base import aliased
from provenance.schema.organizations import Organization, OrganizationName
from provenance.schema.recoveries import Component, Recovery
from provenance.schema.session import Session
from provenance.schema.sources import SameAs


def clusters(session: Session, kind: RecordKind) -> dict[int, int]:
    """Each merged record's representative, by row number, for recoveries, components or organizations.

    Records that were never merged are not in it. A statement that two records are not the same does not undo
    a chain of merges; it only keeps the pair from being proposed. The representative does not depend on the
    order in which the statements were made. On a server, only records that the user may see take part.
    """
    rows = session.execute(
        visible_pairs(kind).where(SameAs.verdict == SameVerdict.SAME, SameAs.undone_at.is_(None))
    ).all()
    if not rows:
        return {}
    members = joined((row[0], row[1]) for row in rows)
    ranked = _seeded(session) if kind is RecordKind.ORGANIZATION else frozenset[int]()
    result: dict[int, int] = {}
    for group in members:
        first = min(group, key=lambda member: (member not in ranked, member))
        result.update(dict.fromkeys(group, first))
    return result


@cache
def visible_pairs(kind: RecordKind) -> Select[int, int]:
    """The pairs that were ever spoken of, undone or not, where both records are there to be seen.

    The join begins at the few statements: looking the records up takes as long as there are statements.
    """
    if kind is RecordKind.RECOVERY:
        one, other = aliased(Recovery), aliased(Recovery)
        pairs = (
            select(one.id, other.id)
            .select_from(SameAs)
            .join(one, one.id == SameAs.left_recovery_id)
            .join(other, other.id == SameAs.right_recovery_id)
        )
    elif kind is RecordKind.COMPONENT:
        left, right = aliased(Component), aliased(Component)
        of_left, of_right = aliased(Recovery), aliased(Recovery)
        pairs = (
            select(left.id, right.id)
            .select_from(SameAs)
            .join(left, left.id == SameAs.left_component_id)
            .join(right, right.id == SameAs.right_component_id)
            .join(of_left, of_left.id == left.recovery_id)
            .join(of_right, of_right.id == right.recovery_id)
        )
    else:
        assert kind is RecordKind.ORGANIZATION, f"a {kind} is never merged"
        firm, same = aliased(Organization), aliased(Organization)
        pairs = (
            select(firm.id, same.id)
            .select_from(SameAs)
            .join(firm, firm.id == SameAs.left_organization_id)
            .join(same, same.id == SameAs.right_organization_id)
        )
    return pairs


def joined(pairs: Iterable[tuple[int, int]]) -> list[set[int]]:
    """The groups into which pairs of numbers connect."""
    group_of: dict[int, set[int]] = {}
    for left, right in pairs:
        one, other = group_of.get(left, {left}), group_of.get(right, {right})
        if one is not other:
            one |= other
            group_of.update(dict.fromkeys(one, one))
        group_of.setdefault(left, one)
    return list({id(group): group for group in group_of.values()}.values())


def _seeded(session: Session) -> frozenset[int]:
    return frozenset(session.execute(select(Organization.id).where(Organization.from_seed)).scalars())


def same_named_strangers(session: Session) -> list[tuple[int, int]]:
    """Pairs of a seeded organization and one that an import made of the same name, not yet spoken of."""
    known, stranger = aliased(OrganizationName), aliased(OrganizationName)
    ours, theirs = aliased(Organization), aliased(Organization)
    pairs = session.execute(
        select(ours.id, theirs.id)
        .select_from(known)
        .join(stranger, stranger.name_key == known.name_key)
        .join(ours, ours.id == known.organization_id)
        .join(theirs, theirs.id == stranger.organization_id)
        .where(ours.from_seed, ~theirs.from_seed)
        .distinct()
        .order_by(ours.id, theirs.id)
    ).all()
    spoken = {
        frozenset(row)
        for row in session.execute(
            select(SameAs.left_organization_id, SameAs.right_organization_id).where(
                SameAs.left_organization_id.is_not(None)
            )
        )
    }
    return [(row[0], row[1]) for row in pairs if frozenset((row[0], row[1])) not in spoken]
