"""When a party was listed, counted by hand; and laws that hold for any history."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from provenance.core.vocabulary.watched import ListedOn, ListingBasis
from provenance.watchlists.intervals import Listing, Presence, VersionDay, listed_on, listings

JAN, FEB, MAR, APR = (date(2024, month, 1) for month in (1, 2, 3, 4))
FULL = [VersionDay(day, False) for day in (JAN, FEB, MAR, APR)]
DAY = timedelta(days=1)


def seen(*places: int, since: date | None = None, until: date | None = None) -> list[Presence]:
    return [Presence(place, since, until) for place in places]


class TestBetweenVersions:
    def test_from_the_first_version_on_nobody_knows_since_when(self) -> None:
        (stretch,) = listings(FULL, seen(0, 1, 2, 3))
        assert (stretch.began_earliest, stretch.began_latest) == (None, JAN)
        assert (stretch.ended_earliest, stretch.ended_latest, stretch.ended_basis) == (None, None, None)

    def test_listed_between_two_versions_and_gone_between_two_others(self) -> None:
        (stretch,) = listings(FULL, seen(1, 2))
        assert (stretch.began_earliest, stretch.began_latest) == (JAN + DAY, FEB)
        assert (stretch.ended_earliest, stretch.ended_latest) == (MAR + DAY, APR)
        assert stretch.began_basis == stretch.ended_basis == ListingBasis.VERSIONS

    def test_taken_off_and_put_back_is_twice(self) -> None:
        first, second = listings(FULL, seen(0, 2, 3))
        assert first.ended_latest == FEB
        assert (second.began_earliest, second.began_latest) == (FEB + DAY, MAR)

    def test_a_partial_version_that_is_silent_ends_nothing(self) -> None:
        versions = [VersionDay(JAN, False), VersionDay(FEB, True), VersionDay(MAR, False)]
        assert len(listings(versions, seen(0, 2))) == 1
        assert listings(versions, seen(0, 2))[0].ended_latest is None


class TestStatedDays:
    def test_a_stated_day_is_believed_before_versions(self) -> None:
        (stretch,) = listings(FULL, seen(2, 3, since=date(2020, 5, 6)))
        assert (stretch.began_earliest, stretch.began_latest) == (date(2020, 5, 6), date(2020, 5, 6))
        assert stretch.began_basis == ListingBasis.STATED

    def test_an_order_runs_through_its_last_day(self) -> None:
        (stretch,) = listings(FULL, seen(0, 1, 2, 3, until=date(2024, 6, 30)))
        assert listed_on([stretch], date(2024, 6, 30)) == ListedOn.LISTED
        assert listed_on([stretch], date(2024, 7, 1)) == ListedOn.NO_LONGER

    def test_whoever_leaves_before_the_last_day_left_between_versions(self) -> None:
        (stretch,) = listings(FULL, seen(0, 1, until=date(2030, 1, 1)))
        assert (stretch.ended_earliest, stretch.ended_latest) == (FEB + DAY, MAR)

    def test_put_back_with_its_first_day_the_versions_tell_better(self) -> None:
        _first, second = listings(FULL, seen(0, 2, since=date(2020, 5, 6)))
        assert second.began_earliest == FEB + DAY


class TestOnADay:
    STRETCH = Listing(JAN + DAY, FEB, ListingBasis.VERSIONS, MAR + DAY, APR, ListingBasis.VERSIONS)

    def test_each_answer(self) -> None:
        answers = {day: self.STRETCH.on(day) for day in (JAN, JAN + DAY, FEB, MAR, APR, APR + DAY)}
        assert list(answers.values()) == [
            ListedOn.NOT_YET, ListedOn.POSSIBLY, ListedOn.LISTED, ListedOn.LISTED, ListedOn.NO_LONGER,
            ListedOn.NO_LONGER,
        ]  # fmt: skip


@given(st.lists(st.booleans(), min_size=1, max_size=12), st.data())
def test_on_the_day_of_a_full_version_the_answer_is_what_it_says(
    present: list[bool], data: st.DataObject
) -> None:
    gaps = data.draw(st.lists(st.integers(1, 40), min_size=len(present), max_size=len(present)))
    days, day = [], date(2020, 1, 1)
    for gap in gaps:
        day += timedelta(days=gap)
        days.append(day)
    versions = [VersionDay(one, False) for one in days]
    stretches = listings(versions, seen(*(place for place, here in enumerate(present) if here)))
    for one, here in zip(days, present, strict=True):
        told = listed_on(stretches, one)
        assert told == ListedOn.LISTED if here else told in (ListedOn.NOT_YET, ListedOn.NO_LONGER)


HISTORY = st.lists(st.tuples(st.integers(1, 40), st.booleans(), st.booleans()), min_size=1, max_size=12)
"""Versions: days since the one before, whether partial, whether the party is in it."""


def dated(history: list[tuple[int, bool, bool]]) -> list[VersionDay]:
    day, found = date(2020, 1, 1), []
    for gap, partial, _here in history:
        day += timedelta(days=gap)
        found.append(VersionDay(day, partial))
    return found


@given(HISTORY)
def test_in_any_version_that_has_the_party_it_is_listed_that_day(
    history: list[tuple[int, bool, bool]],
) -> None:
    versions = dated(history)
    places = [place for place, (_gap, _partial, here) in enumerate(history) if here]
    periods = listings(versions, seen(*places))
    for place in places:
        assert listed_on(periods, versions[place].day) == ListedOn.LISTED


@given(HISTORY)
def test_periods_follow_each_other_and_partial_versions_alone_end_none(
    history: list[tuple[int, bool, bool]],
) -> None:
    versions = dated(history)
    periods = listings(versions, seen(*(place for place, (*_rest, here) in enumerate(history) if here)))
    for before, after in itertools.pairwise(periods):
        assert before.ended_latest is not None
        assert before.ended_latest < after.began_latest
    if all(version.partial for version in versions):
        assert len(periods) <= 1
        assert all(period.ended_latest is None for period in periods)
