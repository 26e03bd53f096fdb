"""First sightings: firms and parts that were not seen before a day, by recovery and by publication."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

import numpy as np

from provenance.core.basis import NO_WRONGDOING, Basis
from provenance.core.vocabulary import CountryBasis
from provenance.queries.counting import ANY, Counted, TopQuestion, count_components
from provenance.queries.filters import Selection
from provenance.queries.ground import Numbers
from provenance.queries.names import organization_labels, part_labels
from provenance.queries.seen import span_text
from provenance.queries.sifting import handling
from provenance.queries.tally import Tally
from provenance.schema.session import Session

NEW_TO_US = "New here is not new to the world: most finds are published late or never."


class Clock(StrEnum):
    """By which date a sighting is first."""

    RECOVERY = "recovery"
    PUBLICATION = "publication"


@dataclass(frozen=True, slots=True)
class Sighting:
    """A firm or part first seen since the day asked about.

    ``first`` is partial ISO text; ``certain`` is false where other components of it are undated, or
    dated too coarsely, so that it may have been seen before.
    """

    clock: Clock
    kind: str
    name: str
    ref: str
    first: str
    recoveries: int
    components: int
    certain: bool


@dataclass(frozen=True, slots=True)
class SightingsAnswer:
    """First sightings, firms before parts, and how they were counted."""

    sightings: list[Sighting]
    basis: Basis


def fetch_sightings(
    session: Session, since: date, selection: Selection, basis: CountryBasis, *, today: date
) -> SightingsAnswer:
    """Firms (on the given basis) and parts whose first sighting is not before ``since``."""
    question = TopQuestion(
        selection=replace(selection, since=None, until=None), basis=basis, country=ANY, min_recoveries=1
    )
    counted = count_components(
        session, question, today=today, more_columns=("published_earliest", "published_latest")
    )
    answer = counted.sieve.basis
    answer.question = "new"
    answer.filters |= {"since": since.isoformat()}
    answer.counted = {
        "components": len(counted.rows),
        "recoveries": counted.ground.distinct_recoveries(counted.rows),
    }
    answer.handling = handling(session, counted.sieve)
    found: list[Sighting] = []
    for clock in Clock:
        earliest, latest = _dates(counted, clock)
        if count := int(np.count_nonzero((earliest == 0) & (latest == 0))):
            answer.notes.append(f"{count:,} components have no date of {clock}: they are seen, but not when.")
        for kind, group in (("firm", counted.standing.firm), ("part", counted.part)):
            found += _first(session, counted, clock, kind, group, (earliest, latest), since)
    answer.notes += [NEW_TO_US, *([NO_WRONGDOING] if found else [])]
    return SightingsAnswer(found, answer)


def _dates(counted: Counted, clock: Clock) -> tuple[Numbers, Numbers]:
    """The first and last day on which each component may have been seen; 0 where open."""
    ground, rows = counted.ground, counted.rows
    if clock is Clock.PUBLICATION:
        columns = ground.components
        return columns["published_earliest"].take(rows), columns["published_latest"].take(rows)
    recoveries = ground.at.take(rows)
    return ground.seen.earliest.take(recoveries), ground.seen.latest.take(recoveries)


def _first(
    session: Session,
    counted: Counted,
    clock: Clock,
    kind: str,
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
    tally = Tally(counted.ground, counted.rows.take(places), group.take(places))
    labels = (organization_labels if kind == "firm" else part_labels)(session, tally.groups.tolist())
    found: list[Sighting] = []
    members = tally.members(range(len(tally.groups)))
    for place, mine in enumerate(members.cut(members.order)):
        number = int(tally.groups[place])
        name, ref = labels[number]
        found.append(
            Sighting(
                clock=clock,
                kind=kind,
                name=name,
                ref=ref,
                first=_earliest_of(*(days.take(places.take(mine)) for days in dates)),
                recoveries=int(tally.recoveries[place]),
                components=len(mine),
                certain=number not in maybe_before,
            )
        )
    return sorted(found, key=lambda item: (item.first, -item.recoveries, item.name))


def _earliest_of(earliest: Numbers, latest: Numbers) -> str:
    first = int(np.lexsort((latest, earliest))[0])
    return span_text(earliest[first], latest[first])
