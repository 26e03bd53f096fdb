"""Days of a listing that cannot be right turn nobody off."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.sources.customers import Customer
from provenance.sources.watchlists.records import ListEntry, NameText
from provenance.watchlists.plausible_days import with_plausible_days
from tests.support.imported_lists import Lists

AS_OF = date(2025, 4, 7)


def entry(first: str | None, last: str | None) -> ListEntry:
    days = [date.fromisoformat(text) if text else None for text in (first, last)]
    return ListEntry(line=1, names=(NameText("Obsidian"),), stated_from=days[0], stated_to=days[1])


@pytest.mark.parametrize(
    ("first", "last", "kept"),
    [
        ("2023-05-10", "2033-05-10", ("2023-05-10", "2033-05-10")),
        ("2023-05-10", "2024-05-10", ("2023-05-10", "2024-05-10")),
        ("2025-06-01", None, ("2025-06-01", None)),
        (None, "2020-01-01", (None, "2020-01-01")),
        ("3035-04-07", "2035-04-07", (None, "2035-04-07")),
        ("3035-04-07", "2015-04-07", (None, None)),
        ("0203-05-10", "2033-05-10", (None, "2033-05-10")),
        ("2023-05-10", "2003-05-10", (None, None)),
    ],
)
def test_days_that_cannot_be_right_are_unknown(
    first: str | None, last: str | None, kept: tuple[str | None, str | None]
) -> None:
    found = with_plausible_days(entry(first, last), AS_OF)
    assert (
        found.stated_from and found.stated_from.isoformat(),
        found.stated_to and found.stated_to.isoformat(),
    ) == kept
    assert bool(found.review) == ((first, last) != kept)


DAYS = st.none() | st.dates(date(1, 1, 1), date(9000, 1, 1))


@given(first=DAYS, last=DAYS)
def test_a_wrong_day_never_ends_a_listing(first: date | None, last: date | None) -> None:
    stated = ListEntry(line=1, names=(NameText("Obsidian"),), stated_from=first, stated_to=last)
    found = with_plausible_days(stated, AS_OF)
    assert found.stated_to in (None, last) and found.stated_from in (None, first)
    if found.stated_from and found.stated_to:
        assert found.stated_from <= found.stated_to
    if found.review and found.stated_to:
        assert found.stated_to > AS_OF


def test_an_entry_with_a_typing_error_in_its_dates_stays_listed(lists: Lists) -> None:
    lists.add(
        "2024-06-01",
        {"id": "1", "name": "Obsidian Helix", "since": "2023-05-10", "until": "2003-05-10"},
        {"id": "2", "name": "Zircon Bay", "since": "3035-05-10"},
        {"id": "3", "name": "Marble Reef", "since": "2023-05-10", "until": "2023-12-31"},
    )
    names = ("Obsidian Helix", "Zircon Bay", "Marble Reef")
    found = [lists.screen(Customer(1, name, day=date(2024, 6, 5))) for name in names]
    assert [bool(answer.hits) for answer in found] == [True, True, False]
