"""First sightings: firms and parts that were not seen before a day, by recovery and by publication."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

import numpy as np
from sqlmodel import Session

from provenance.queries.basis import Basis
from provenance.queries.filters import Selection, seen_bounds
from provenance.queries.ground import Mask, Numbers
from provenance.queries.names import organization_labels, part_labels
from provenance.queries.tally import span_text
from provenance.queries.top import ANY, Counted, TopQuestion, count_components
from provenance.vocab import CountryBasis

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
    counted = count_components(session, question, today=today, more_columns=("published",))
    answer = counted.sieve.basis
    answer.question = "new"
    answer.settings |= {"since": since.isoformat()}
    answer.counted = {
        "components": int(np.count_nonzero(counted.sieve.mask)),
        "recoveries": counted.ground.distinct_recoveries(counted.sieve.mask),
    }
    found: list[Sighting] = []
    for clock in Clock:
        earliest, latest = _dates(counted, clock)
        undated = counted.sieve.mask & (earliest == 0) & (latest == 0)
        count = int(np.count_nonzero(undated))
        if count:
            answer.notes.append(f"{count:,} components have no date of {clock}: they are seen, but not when.")
        for kind, group in (("firm", counted.standing.firm), ("part", counted.part)):
            found += _first(session, counted, clock, kind, group, (earliest, latest), since)
    answer.notes.append(NEW_TO_US)
    return SightingsAnswer(found, answer)


def _dates(counted: Counted, clock: Clock) -> tuple[Numbers, Numbers]:
    if clock is Clock.PUBLICATION:
        published = counted.ground.components["published"]
        return published, published
    earliest, latest = seen_bounds(counted.ground)
    return earliest[counted.ground.at], latest[counted.ground.at]


def _first(
    session: Session,
    counted: Counted,
    clock: Clock,
    kind: str,
    group: Numbers,
    dates: tuple[Numbers, Numbers],
    since: date,
) -> list[Sighting]:
    mask = counted.sieve.mask & (group != 0)
    earliest, latest = dates
    day = since.toordinal()
    seen_before = np.unique(group[mask & (latest != 0) & (latest < day)])
    dated_since = mask & (earliest >= day)
    maybe_before = np.unique(group[mask & ~dated_since])
    fresh = [
        number for number in np.unique(group[dated_since]).tolist() if number not in set(seen_before.tolist())
    ]
    doubtful = set(maybe_before.tolist())
    labels = (organization_labels if kind == "firm" else part_labels)(session, fresh)
    found = [
        _sighting(
            counted,
            clock,
            kind,
            labels[number],
            dated_since & (group == number),
            dates,
            number not in doubtful,
        )
        for number in fresh
    ]
    return sorted(found, key=lambda item: (item.first, -item.recoveries, item.name))


def _sighting(
    counted: Counted,
    clock: Clock,
    kind: str,
    label: tuple[str, str],
    mine: Mask,
    dates: tuple[Numbers, Numbers],
    certain: bool,
) -> Sighting:
    rows = np.flatnonzero(mine)
    earliest, latest = dates[0][rows], dates[1][rows]
    first = int(np.lexsort((latest, earliest))[0])
    return Sighting(
        clock=clock,
        kind=kind,
        name=label[0],
        ref=label[1],
        first=span_text(earliest[first], latest[first]),
        recoveries=counted.ground.distinct_recoveries(mine),
        components=len(rows),
        certain=certain,
    )
