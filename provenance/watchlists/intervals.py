"""When a party was listed: between versions, or on the days that the list itself states. Pure.

A full version says who is on the list and, by silence, who is not; a partial one only who is. Nothing here
depends on the order in which versions were imported.
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
class Sighting:
    """A party in a version: the version's place in their order, and the days that its record states."""

    place: int
    stated_from: date | None = None
    stated_to: date | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """One stretch of being listed: in which days it began, and which were the first day without it.

    ``began_earliest`` None: before the first version, nobody knows when. ``ended_latest`` None with
    ``ended_earliest`` None: no end has been seen.
    """

    began_earliest: date | None
    began_latest: date
    began_basis: ListingBasis
    ended_earliest: date | None
    ended_latest: date | None
    ended_basis: ListingBasis | None

    def on(self, day: date) -> ListedOn:
        """Whether the party was listed on a day, as far as this stretch tells."""
        if day < (self.began_earliest or date.min):
            return ListedOn.NOT_YET
        if self.ended_latest is not None and day >= self.ended_latest:
            return ListedOn.NO_LONGER
        certain = day >= self.began_latest and (self.ended_earliest is None or day < self.ended_earliest)
        return ListedOn.LISTED if certain else ListedOn.POSSIBLY


def listings(versions: Sequence[VersionDay], sightings: Sequence[Sighting]) -> list[Listing]:
    """The stretches of one party; ``versions`` in order of day, ``sightings`` in order of place."""
    runs: list[list[Sighting]] = []
    for sighting in sightings:
        if runs and not _missed(versions, runs[-1][-1].place, sighting.place):
            runs[-1].append(sighting)
        else:
            runs.append([sighting])
    found: list[Listing] = []
    for run in runs:
        found.append(_listing(versions, run, found[-1] if found else None))
    return found


def _missed(versions: Sequence[VersionDay], before: int, after: int) -> bool:
    """Whether a full version between two sightings is silent about the party."""
    return any(not versions[place].partial for place in range(before + 1, after))


def _listing(versions: Sequence[VersionDay], run: Sequence[Sighting], earlier: Listing | None) -> Listing:
    first, last = run[0], run[-1]
    absent_before = _neighbour(versions, range(first.place - 1, -1, -1))
    absent_after = _neighbour(versions, range(last.place + 1, len(versions)))
    stated = next((one.stated_from for one in run if one.stated_from), None)
    began = (absent_before and absent_before + _DAY, versions[first.place].day, ListingBasis.VERSIONS)
    # A party that was taken off and put back carries its first day still; then the versions tell better.
    if stated and (earlier is None or earlier.ended_latest is None or stated > earlier.ended_latest):
        began = (stated, stated, ListingBasis.STATED)
    until = next((one.stated_to for one in reversed(run) if one.stated_to), None)
    if absent_after is not None and (until is None or absent_after <= until):
        ended = (versions[last.place].day + _DAY, absent_after, ListingBasis.VERSIONS)
        if ended[0] > ended[1]:
            ended = (absent_after, absent_after, ListingBasis.VERSIONS)
        return Listing(*began, *ended)
    if until is not None:
        # Listed through its last day.
        end = max(until + _DAY, began[1])
        return Listing(*began, end, end, ListingBasis.STATED)
    return Listing(*began, None, None, None)


def _neighbour(versions: Sequence[VersionDay], places: range) -> date | None:
    """The day of the nearest full version among these places."""
    return next((versions[place].day for place in places if not versions[place].partial), None)


_STRENGTH = (ListedOn.LISTED, ListedOn.POSSIBLY, ListedOn.NOT_YET, ListedOn.NO_LONGER)


def listed_on(stretches: Sequence[Listing], day: date) -> ListedOn:
    """Whether a party was listed on a day: the most that one of its stretches tells.

    Between two stretches it is no longer listed; before the first not yet.
    """
    told = [stretch.on(day) for stretch in stretches]
    for answer in _STRENGTH[:2]:
        if answer in told:
            return answer
    return ListedOn.NO_LONGER if ListedOn.NO_LONGER in told else ListedOn.NOT_YET
