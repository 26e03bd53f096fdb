"""Periods of statements about firms: what a new one leaves unsaid is kept of the one that it replaces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from provenance.domain.registry.forms import NAME, OWNED, SEAT, Content, Lasting, bounds
from provenance.schema.organizations import OrganizationName, OrganizationSeat, Ownership
from provenance.text.partial_dates import UNKNOWN, DateSpan

LASTING: Mapping[str, Lasting] = {
    NAME.name: OrganizationName,
    SEAT.name: OrganizationSeat,
    OWNED.name: Ownership,
}
"""The tables of the forms of statements that hold from and until a day."""


@dataclass(frozen=True, slots=True)
class Period:
    """From and to when something was so; None is not said, an open interval is said to be unknown."""

    since: DateSpan | None = None
    until: DateSpan | None = None


UNSAID = Period()
"""A period of which nothing is said."""


def days(noun: Lasting, since: DateSpan, until: DateSpan) -> Content:
    """The columns of a period as a content holds them."""
    ends = since.earliest, since.latest, until.earliest, until.latest
    return {
        column: None if day is None else day.isoformat()
        for column, day in zip(bounds(noun), ends, strict=True)
    }


def spans(noun: Lasting, content: Content) -> tuple[DateSpan, DateSpan]:
    """From and until when a statement held."""
    ends = [
        None if content[column] is None else date.fromisoformat(content[column]) for column in bounds(noun)
    ]
    return DateSpan(ends[0], ends[1]), DateSpan(ends[2], ends[3])


def overlaps(noun: Lasting, content: Content, period: Period) -> bool:
    """Whether a statement on record and a new one may be about the same time."""
    begun, ended = spans(noun, content)
    since, until = period.since or UNKNOWN, period.until or UNKNOWN
    starts_after = since.earliest is not None and ended.latest is not None and since.earliest >= ended.latest
    ends_before = until.latest is not None and begun.earliest is not None and until.latest <= begun.earliest
    return not (starts_after or ends_before)


def restated(noun: Lasting, period: Period, replaced: Sequence[Content]) -> Content:
    """The columns of a period, with what it leaves unsaid from the one statement that it replaces, if any."""
    since, until = spans(noun, replaced[0]) if len(replaced) == 1 else (UNKNOWN, UNKNOWN)
    return days(
        noun,
        since if period.since is None else period.since,
        until if period.until is None else period.until,
    )
