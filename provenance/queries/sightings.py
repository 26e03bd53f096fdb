"""First sightings: firms and parts that were not seen before a day, by recovery and by publication; or that
nothing on record named before a moment.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Literal

import numpy as np
from sqlalchemy import select

from provenance.core.basis import Basis
from provenance.core.vocabulary import CountryBasis
from provenance.domain.record_kinds import RecordKind
from provenance.domain.sameness import clusters
from provenance.queries.counts import CountQuestion, Counts, count_components, new_basis, share
from provenance.queries.fact_table import Numbers
from provenance.queries.facts.columns import ComponentFact
from provenance.queries.filters import Selection, selection_filters
from provenance.queries.group_counts import GroupCounts
from provenance.queries.lists.entered import entered_by_hand, entered_by_import
from provenance.queries.names import organization_labels, part_labels
from provenance.queries.timeline import span_text
from provenance.schema.recoveries import Component
from provenance.schema.session import Session

ENTERED_HERE_ONLY = "Entered since then is not new to the world: it may have been published long before."
NEW_HERE_ONLY = "New here is not new to the world: most finds are published late or never."


class Clock(StrEnum):
    """The kind of date by which a sighting is the first."""

    RECOVERY = "recovery"
    PUBLICATION = "publication"
    ENTRY = "entry"


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
    for clock in (Clock.RECOVERY, Clock.PUBLICATION):
        earliest, latest = _dates(counts, clock)
        basis.unknown += share(f"Without a date of {clock}", (earliest == 0) & (latest == 0))
        dated = _Dated(clock, earliest, latest, since.toordinal(), span_text)
        found += _first(session, counts, dated, "firm", counts.attribution.firm)
        found += _first(session, counts, dated, "part", counts.part)
    counts.account(session)
    basis.cautions.insert(0, NEW_HERE_ONLY)
    return Sightings(found, basis)


def fetch_entered(
    session: Session, since: datetime, selection: Selection, country_basis: CountryBasis, *, today: date
) -> Sightings:
    """Firms (on the given basis) and parts that no component named which was entered before a moment."""
    filters = {"country_basis": str(country_basis)} | selection_filters(session, selection)
    told = since.isoformat(sep=" ", timespec="seconds")
    basis = new_basis(session, "new", {**filters, "entered_since": told})
    counts = count_components(
        session, CountQuestion(selection, country_basis), basis, today=today, more_columns=(ComponentFact.ID,)
    )
    entered = _entered(session, counts)
    basis.unknown += share("Without a moment of entry", entered == 0)
    dated = _Dated(Clock.ENTRY, entered, entered, _microseconds(since), _day_text)
    found = _first(session, counts, dated, "firm", counts.attribution.firm)
    found += _first(session, counts, dated, "part", counts.part)
    counts.account(session)
    basis.cautions.insert(0, ENTERED_HERE_ONLY)
    return Sightings(found, basis)


def _microseconds(moment: datetime) -> int:
    """A moment as a number: imports of one day follow each other within seconds."""
    return round(moment.timestamp() * 1_000_000)


def _day_text(earliest: int, latest: int) -> str | None:
    return datetime.fromtimestamp(int(earliest) / 1_000_000, UTC).date().isoformat() if earliest else None


def _entered(session: Session, counts: Counts) -> Numbers:
    """When each component was entered, of those that count as one the first; 0 where it was not recorded."""
    by_uid, by_number = entered_by_hand(session), entered_by_import(session, RecordKind.COMPONENT)
    moments = {number: entered.at for number, entered in by_number.items()}
    uids = session.execute(select(Component.id, Component.uid)) if by_uid else ()
    moments |= {number: by_uid[uid].at for number, uid in uids if uid in by_uid}
    known = {number: _microseconds(moment) for number, moment in moments.items()}
    for member, first in clusters(session, RecordKind.COMPONENT).items():
        # What one of them says was on record since the first was entered; unknown of one is unknown of all.
        mine, theirs = known.get(member, 0), known.get(first, 0)
        known[first] = min(mine, theirs)
    ids = counts.facts.components[ComponentFact.ID].take(counts.rows)
    return np.array([known.get(int(number), 0) for number in ids], dtype=np.int64)


@dataclass(frozen=True, slots=True)
class _Dated:
    """When each component was seen on a clock, 0 where open; since when, and how that is put in words."""

    clock: Clock
    earliest: Numbers
    latest: Numbers
    since: int
    text: Callable[[int, int], str | None]


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
    session: Session, counts: Counts, dated: _Dated, kind: Literal["firm", "part"], group: Numbers
) -> list[Sighting]:
    earliest, latest, since = dated.earliest, dated.latest, dated.since
    known = group != 0
    dated_since = known & (earliest >= since)
    seen_before = np.unique(group[known & (latest != 0) & (latest < since)])
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
                clock=dated.clock,
                kind=kind,
                name=name,
                ref=ref,
                first=_earliest_of(dated, places.take(mine)),
                recoveries=int(groups.recoveries[place]),
                components=len(mine),
                certain=number not in maybe_before,
            )
        )
    return sorted(found, key=lambda item: (item.first or "", -item.recoveries, item.name, item.ref))


def _earliest_of(dated: _Dated, rows: Numbers) -> str | None:
    earliest, latest = dated.earliest.take(rows), dated.latest.take(rows)
    first = int(np.lexsort((latest, earliest))[0])
    return dated.text(earliest[first], latest[first])
