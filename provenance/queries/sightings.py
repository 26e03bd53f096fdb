"""First sightings: firms and parts that were not seen before a day, by recovery and by publication."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

import numpy as np

from provenance.core.basis import Basis
from provenance.core.vocabulary import CountryBasis
from provenance.queries.counts import CountQuestion, Counts, count_components, new_basis, share
from provenance.queries.fact_table import Numbers
from provenance.queries.facts.columns import ComponentFact
from provenance.queries.filters import Selection, selection_filters
from provenance.queries.group_counts import GroupCounts
from provenance.queries.names import organization_labels, part_labels
from provenance.queries.timeline import span_text
from provenance.schema.session import Session

NEW_HERE_ONLY = "New here is not new to the world: most finds are published late or never."


class Clock(StrEnum):
    """The kind of date by which a sighting is the first."""

    RECOVERY = "recovery"
    PUBLICATION = "publication"


@dataclass(frozen=True, slots=True)
class Sighting:
    """A firm or part first seen since the day asked about.

    ``first`` is partial ISO text; ``certain`` is false where other components of it are undated, or dated
    too coarsely, so that it may have been seen before.
    """

    clock: Clock
    kind: Literal["firm", "part"]
    name: str
    ref: str
    first: str | None
    recoveries: int
    components: int
    certain: bool


@dataclass(frozen=True, slots=True)
class Sightings:
    """First sightings, firms before parts, and how they were counted."""

    rows: list[Sighting]
    basis: Basis


def fetch_sightings(
    session: Session, since: date, selection: Selection, country_basis: CountryBasis, *, today: date
) -> Sightings:
    """Firms (on the given basis) and parts that were first seen on ``since`` or later."""
    filters = {"country_basis": str(country_basis)} | selection_filters(session, selection)
    basis = new_basis(session, "new", {**filters, "first_seen_since": since.isoformat()})
    counts = count_components(
        session,
        CountQuestion(selection, country_basis),
        basis,
        today=today,
        more_columns=(ComponentFact.PUBLISHED_EARLIEST, ComponentFact.PUBLISHED_LATEST),
    )
    found: list[Sighting] = []
    for clock in Clock:
        earliest, latest = _dates(counts, clock)
        basis.unknown += share(f"Without a date of {clock}", (earliest == 0) & (latest == 0))
        found += _first(session, counts, clock, "firm", counts.attribution.firm, (earliest, latest), since)
        found += _first(session, counts, clock, "part", counts.part, (earliest, latest), since)
    counts.account(session)
    basis.cautions.insert(0, NEW_HERE_ONLY)
    return Sightings(found, basis)


def _dates(counts: Counts, clock: Clock) -> tuple[Numbers, Numbers]:
    """The first and last possible day of each component's sighting; 0 where open."""
    facts, rows = counts.facts, counts.rows
    if clock is Clock.PUBLICATION:
        columns = facts.components
        return columns[ComponentFact.PUBLISHED_EARLIEST].take(rows), columns[
            ComponentFact.PUBLISHED_LATEST
        ].take(rows)
    recoveries = facts.at.take(rows)
    return facts.timeline.earliest.take(recoveries), facts.timeline.latest.take(recoveries)


def _first(
    session: Session,
    counts: Counts,
    clock: Clock,
    kind: Literal["firm", "part"],
    group: Numbers,
    dates: tuple[Numbers, Numbers],
    since: date,
) -> list[Sighting]:
    earliest, latest = dates
    day = since.toordinal()
    known = group != 0
    dated_since = known & (earliest >= day)
    seen_before = np.unique(group[known & (latest != 0) & (latest < day)])
    maybe_before = set(np.unique(group[known & ~dated_since]).tolist())
    places = np.flatnonzero(dated_since & ~np.isin(group, seen_before))
    groups = GroupCounts(counts.facts, counts.rows.take(places), group.take(places))
    labels = (organization_labels if kind == "firm" else part_labels)(session, groups.groups.tolist())
    found: list[Sighting] = []
    members = groups.members(range(len(groups.groups)))
    for place, mine in enumerate(members.cut(members.order)):
        number = int(groups.groups[place])
        name, ref = labels[number]
        found.append(
            Sighting(
                clock=clock,
                kind=kind,
                name=name,
                ref=ref,
                first=_earliest_of(*(days.take(places.take(mine)) for days in dates)),
                recoveries=int(groups.recoveries[place]),
                components=len(mine),
                certain=number not in maybe_before,
            )
        )
    return sorted(found, key=lambda item: (item.first or "", -item.recoveries, item.name, item.ref))


def _earliest_of(earliest: Numbers, latest: Numbers) -> str | None:
    first = int(np.lexsort((latest, earliest))[0])
    return span_text(earliest[first], latest[first])
