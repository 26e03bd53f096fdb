"""Which records are one thing: clusters derived from what people said, foreign keys untouched."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from provenance.core.vocabulary import SameVerdict
from provenance.schema.organizations import Organization, OrganizationName
from provenance.schema.recoveries import Component, Recovery
from provenance.schema.session import Session
from provenance.schema.sources import SameAs

_THERE: dict[str, Select[int]] = {
    "recovery": select(Recovery.id),
    "component": select(Component.id).join(Recovery, Recovery.id == Component.recovery_id),
    "organization": select(Organization.id),
}
"""The records that there are: on a server, of those only what the user may see."""


def clusters(session: Session, kind: str) -> dict[int, int]:
    """Each merged record's representative, for ``recovery``, ``component`` or ``organization``.

    Records that nobody merged are not in it. Pairs that somebody holds never to be the same do not
    undo a chain of merges; they only keep the two from being proposed. The representative does not
    depend on the order in which the statements were made.
    """
    left, right = SameAs.__table__.c[f"left_{kind}_id"], SameAs.__table__.c[f"right_{kind}_id"]
    rows = session.execute(
        select(left, right).where(
            left.in_(_THERE[kind]),
            right.in_(_THERE[kind]),
            SameAs.verdict == SameVerdict.SAME,
            SameAs.undone_at.is_(None),
        )
    ).all()
    if not rows:
        return {}
    members = joined((row[0], row[1]) for row in rows)
    ranked = _seeded(session) if kind == "organization" else frozenset[int]()
    result: dict[int, int] = {}
    for group in members:
        first = min(group, key=lambda member: (member not in ranked, member))
        result.update(dict.fromkeys(group, first))
    return result


def joined(pairs: Iterable[tuple[int, int]]) -> list[set[int]]:
    """The groups that pairs of numbers hang together in."""
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
