"""What two versions differ in, counted by hand with ties; versions and entries found by name."""

from __future__ import annotations

from datetime import date

import pytest

from provenance.core.errors import Ambiguous, NotFound
from provenance.watchlists.history import fetch_history, find_party
from provenance.watchlists.status import list_ages, list_statuses, unknown_to_lists
from provenance.watchlists.versions import differences, find_version
from tests.support.imported_lists import Lists

JAN, FEB = "2024-01-01", "2024-02-01"
REEF = {"id": "A2", "name": "Marble Reef GmbH", "country": "DE"}
BAY = {"id": "A3", "name": "Zircon Bay", "address": "5 Quarry Lane, Riga", "identifiers": "INN 7709998887"}


class TestDifferences:
    def between(self, lists: Lists) -> list[tuple[str, str, str | None]]:
        older, newer = (find_version(lists.session, "ours", day) for day in (JAN, FEB))
        return [(one.change, one.key, one.what) for one in differences(lists.session, older, newer)]

    def test_listed_then_delisted_then_changed_each_by_name(self, lists: Lists) -> None:
        lists.add(JAN, REEF, BAY, {"id": "A9", "name": "quartz"}, {"id": "A8", "name": "Quartz"})
        lists.add(FEB, BAY | {"aliases": "Bay"}, {"id": "B2", "name": "Helix"}, {"id": "B1", "name": "Helix"})
        assert self.between(lists) == [
            ("listed", "B1", None),
            ("listed", "B2", None),
            ("delisted", "A2", None),
            ("delisted", "A8", None),
            ("delisted", "A9", None),
            ("changed", "A3", "+name Bay"),
        ]

    def test_each_field_that_changed_is_named(self, lists: Lists) -> None:
        lists.add(JAN, BAY)
        lists.add(
            FEB,
            BAY | {"name": "Zircon Bays", "address": "7 Quarry Lane, Riga", "identifiers": "INN 7701112223"},
        )
        ((_change, _key, what),) = self.between(lists)
        assert what == (
            "label; +name Zircon Bays; -name Zircon Bay; +address 7 Quarry Lane, Riga;"
            " -address 5 Quarry Lane, Riga; +identifier 7701112223; -identifier 7709998887"
        )

    def test_versions_that_say_the_same_do_not_differ(self, lists: Lists) -> None:
        lists.add(JAN, REEF, BAY)
        lists.add(FEB, BAY, REEF)
        assert self.between(lists) == []

    @pytest.mark.parametrize(
        ("key", "day", "near"), [("nope", None, "ours"), ("ours", "2024-03-01", "ours@2024-01-01")]
    )
    def test_a_version_that_is_not_there(self, lists: Lists, key: str, day: str | None, near: str) -> None:
        lists.add(JAN, REEF)
        with pytest.raises(NotFound) as refused:
            find_version(lists.session, key, day)
        assert near in refused.value.near

    def test_an_extract_is_not_a_version_to_compare(self, lists: Lists) -> None:
        lists.add(JAN, REEF, partial=True)
        with pytest.raises(NotFound, match="no full version"):
            find_version(lists.session, "ours", None)


class TestEntries:
    @pytest.mark.parametrize("text", ["A3", "7709998887", "zircon bay", "ircon"])
    def test_found_by_key_number_name_and_part_of_a_name(self, lists: Lists, text: str) -> None:
        lists.add(JAN, REEF, BAY)
        assert fetch_history(lists.session, find_party(lists.session, text, None)).key == "A3"

    def test_of_several_each_is_named(self, lists: Lists) -> None:
        lists.add(JAN, REEF, {"id": "A4", "name": "Marble Bay"})
        lists.add(JAN, REEF, name="theirs")
        with pytest.raises(Ambiguous) as refused:
            find_party(lists.session, "Marble", None)
        assert refused.value.near == (
            "ours A2 (Marble Reef GmbH)", "ours A4 (Marble Bay)", "theirs A2 (Marble Reef GmbH)",
        )  # fmt: skip
        assert fetch_history(lists.session, find_party(lists.session, "A2", "theirs")).list == "theirs"


class TestStatus:
    def test_stale_and_extracts_are_said(self, lists: Lists) -> None:
        lists.add("2024-06-11", REEF)
        lists.add("2024-01-01", REEF, name="theirs", partial=True)
        found = list_statuses(lists.session, date(2024, 6, 12))
        assert [(one.list, one.stale, one.partial_only, one.parties) for one in found] == [
            ("ours", False, False, 1), ("theirs", True, True, 1),
        ]  # fmt: skip
        assert list_ages(found) == "ours 2024-06-11 (1 day old), theirs 2024-01-01 (163 days old)"
        assert unknown_to_lists(found) == [
            "STALE: theirs; parties listed since then are missing.",
            "EXTRACTS ONLY: theirs; the rest is missing.",
        ]
        assert unknown_to_lists(found[:1]) == []

    def test_on_its_last_day_a_version_is_not_stale(self, lists: Lists) -> None:
        lists.add("2024-03-14", REEF)
        stale = [list_statuses(lists.session, day)[0].stale for day in (date(2024, 6, 12), date(2024, 6, 13))]
        assert stale == [False, True]
