"""When a party was listed: between two versions, or on the days that the list states. Pure.

A full version shows who is on the list and who is not; a partial one only who is. Nothing here depends on
the order in which versions were imported.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from provenance.core.vocabulary.watched import ListedOn, ListingBasis

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class VersionDay:
    """A version's day and whether it is partial; of two versions of one day the full one comes first."""

    day: date
    partial: bool


@dataclass(frozen=True, slots=True)
class Presence:
    """A party in a version: the version's position in their order, and the days that its record states."""

    place: int
    stated_from: date | None = None
    stated_to: date | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """One period on a list: the days between which it began, and those between which it had ended.

    ``ended_…`` is the first day without the listing. ``began_earliest`` None: before the first version, day
    unknown. ``ended_earliest`` and ``ended_latest`` None: no end has been seen.
    """

    began_earliest: date | None
    began_latest: date
    began_basis: ListingBasis
    ended_earliest: date | None
    ended_latest: date | None
    ended_basis: ListingBasis | None

    def on(self, day: date) -> ListedOn:
        """Whether the party was listed on a day, by this period alone."""
        if day < (self.began_earliest or date.min):
            return ListedOn.NOT_YET
        if self.ended_latest is not None and day >= self.ended_latest:
            return ListedOn.NO_LONGER
        certain = day >= self.began_latest and (self.ended_earliest is None or day < self.ended_earliest)
        return ListedOn.LISTED if certain else ListedOn.POSSIBLY


def listings(versions: Sequence[VersionDay], presences: Sequence[Presence]) -> list[Listing]:
    """The periods of one party; ``versions`` in order of day, ``presences`` in order of position."""
    runs: list[list[Presence]] = []
    for presence in presences:
        if runs and not _missed(versions, runs[-1][-1].place, presence.place):
            runs[-1].append(presence)
        else:
            runs.append([presence])
    found: list[Listing] = []
    for run in runs:
        found.append(_listing(versions, run, found[-1] if found else None))
    return found


def _missed(versions: Sequence[VersionDay], before: int, after: int) -> bool:
    """Whether a full version between two presences lacks the party."""
    return any(not versions[place].partial for place in range(before + 1, after))


def _listing(versions: Sequence[VersionDay], run: Sequence[Presence], earlier: Listing | None) -> Listing:
    first, last = run[0], run[-1]
    absent_before = _neighbour(versions, range(first.place - 1, -1, -1))
    absent_after = _neighbour(versions, range(last.place + 1, len(versions)))
    stated = next((one.stated_from for one in run if one.stated_from), None)
    began = (absent_before and absent_before + _DAY, versions[first.place].day, ListingBasis.VERSIONS)
    # A party that was relisted often keeps its first date; the versions are then the better source.
    if stated and (earlier is None or earlier.ended_latest is None or stated > earlier.ended_latest):
        began = (stated, stated, ListingBasis.STATED)
    until = next((one.stated_to for one in reversed(run) if one.stated_to), None)
    if absent_after is not None and (until is None or absent_after <= until):
        ended = (versions[last.place].day + _DAY, absent_after, ListingBasis.VERSIONS)
        if ended[0] > ended[1]:
            ended = (absent_after, absent_after, ListingBasis.VERSIONS)
        return Listing(*began, *ended)
    if until is not None:
        # The last day stated is a day on the list.
        end = max(until + _DAY, began[1])
        return Listing(*began, end, end, ListingBasis.STATED)
    return Listing(*began, None, None, None)


def _neighbour(versions: Sequence[VersionDay], places: range) -> date | None:
    """The day of the nearest full version among these positions."""
    return next((versions[place].day for place in places if not versions[place].partial), None)


def listed_on(periods: Sequence[Listing], day: date) -> ListedOn:
    """Whether a party was listed on a day: the strongest answer that one of its periods gives.

    Between two periods it is no longer listed; before the first it is not yet listed.
    """
    answers = {period.on(day) for period in periods}
    strongest = (ListedOn.LISTED, ListedOn.POSSIBLY, ListedOn.NO_LONGER)
    return next((answer for answer in strongest if answer in answers), ListedOn.NOT_YET)
