"""Circles of ownership: no firm controls itself, directly or by way of others, at any one time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from provenance.core.errors import BadInput
from provenance.core.vocabulary import OwnershipScope, OwnershipStatus
from provenance.domain.ownership import CONTROLLING_PERCENT
from provenance.domain.record_kinds import RecordKind
from provenance.domain.sameness import clusters
from provenance.schema.organizations import Organization, Ownership
from provenance.schema.session import Session
from provenance.text.partial_dates import DateSpan

CIRCLE = "circle"
"""Code of the refusal of firms that would own each other."""


@dataclass(frozen=True, slots=True)
class Period:
    """The days on which an ownership certainly stood: from ``first`` up to the day before ``end``.

    What is not known is left out, so that only what cannot be true at once is a circle.
    """

    first: date = date.min
    end: date = date.max

    @property
    def is_empty(self) -> bool:
        """Whether there is no such day."""
        return self.first >= self.end

    def within(self, other: Period) -> Period:
        """The days of both."""
        return Period(max(self.first, other.first), min(self.end, other.end))


@dataclass(frozen=True, slots=True)
class Control:
    """A controlling stake in a whole firm, by row numbers, and when it stood."""

    owner: int
    owned: int
    period: Period


def certain_period(
    since: tuple[date | None, date | None], until: tuple[date | None, date | None], today: date
) -> Period:
    """The days on which an ownership stood whatever the unknown dates are."""
    first = since[1] if since[1] is not None else today
    ended = until != (None, None)
    end = (until[0] or date.min) if ended else date.max
    return Period(first, end)


def certain(since: DateSpan, until: DateSpan, today: date) -> Period:
    """The days on which a stated ownership stands whatever the unknown dates are."""
    return certain_period((since.earliest, since.latest), (until.earliest, until.latest), today)


def controls(
    session: Session, merged: Mapping[int, int], today: date, owners: Collection[int] | None = None
) -> list[Control]:
    """The controlling stakes on record, merged firms as one; ``owners`` are those of some owners only."""
    statement = select(
        Ownership.owner_id,
        Ownership.owned_id,
        Ownership.since_earliest,
        Ownership.since_latest,
        Ownership.until_earliest,
        Ownership.until_latest,
    ).where(
        Ownership.scope == OwnershipScope.ALL,
        Ownership.status == OwnershipStatus.COMPLETED,
        Ownership.share_percent.is_(None) | (Ownership.share_percent > CONTROLLING_PERCENT),
    )
    if owners is not None:
        statement = statement.where(Ownership.owner_id.in_(sorted(owners)))
    found = []
    for owner, owned, *days in session.execute(statement):
        one, other = merged.get(owner, owner), merged.get(owned, owned)
        period = certain_period((days[0], days[1]), (days[2], days[3]), today)
        if one != other and not period.is_empty:
            found.append(Control(one, other, period))
    return found


def circle_closed_by(session: Session, new: Control, merged: Mapping[int, int]) -> tuple[int, ...]:
    """`circle` with what is on record: only the firms below the owned one are looked up."""

    def below(firm: int) -> Sequence[Control]:
        members = [number for number, first in merged.items() if first == firm]
        return controls(session, merged, session.today, members or [firm])

    return circle(below, new)


def circle(below: Callable[[int], Sequence[Control]], new: Control) -> tuple[int, ...]:
    """The firms of a circle that a stake would close, from its owned firm up to its owner; empty if none.

    There is one where the stakes on it stand on one day; ``below`` gives the stakes that a firm has.
    """
    waiting: list[tuple[int, Period, tuple[int, ...]]] = [(new.owned, new.period, (new.owned,))]
    while waiting:
        firm, period, way = waiting.pop()
        for stake in below(firm):
            both = period.within(stake.period)
            if both.is_empty or stake.owned in way:
                continue
            if stake.owned == new.owner:
                return (*way, stake.owned)
            waiting.append((stake.owned, both, (*way, stake.owned)))
    return ()


def circles(stakes: Iterable[Control]) -> set[frozenset[int]]:
    """The groups of firms that own each other in a circle."""
    known: dict[int, list[Control]] = defaultdict(list)
    for stake in stakes:
        known[stake.owner].append(stake)
    each = [stake for of_owner in known.values() for stake in of_owner]
    return {frozenset(found) for stake in each if (found := circle(lambda firm: known.get(firm, ()), stake))}


def standing_circles(session: Session) -> set[frozenset[int]]:
    """The groups of firms that own each other in a circle as the record stands."""
    return circles(controls(session, clusters(session, RecordKind.ORGANIZATION), session.today))


def refuse_circle_by_merging(session: Session, left: int, right: int) -> None:
    """Refuses to make two firms one where firms would then own each other in a circle.

    Of two firms of which one owns the other, nothing is said: one firm does not own itself.

    Raises:
        BadInput: they would; names them.
    """
    merged, today = clusters(session, RecordKind.ORGANIZATION), session.today
    one, other = merged.get(left, left), merged.get(right, right)
    before = circles(controls(session, merged, today))
    joined = {**merged, **{number: one for number, first in merged.items() if first == other}, other: one}
    if new := circles(controls(session, joined, today)) - before:
        raise refused_circle(session, sorted(min(new, key=sorted)))


def refused_circle(session: Session, firms: Sequence[int]) -> BadInput:
    """The refusal of what would make these firms own each other in a circle."""
    labels = firm_labels(session, firms)
    named = ", ".join(dict.fromkeys(labels[each] for each in firms))
    return BadInput(f"Firms would own each other in a circle on one day: {named}", code=CIRCLE)


def firm_labels(session: Session, numbers: Iterable[int]) -> dict[int, str]:
    """What firms are called, by row number."""
    rows = session.execute(
        select(Organization.id, Organization.label).where(Organization.id.in_(set(numbers)))
    )
    return {row.id: row.label for row in rows}
