"""From candidates to hits: numbers decide, countries and addresses shift, days and lists select."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from provenance.core.errors import NotFound
from provenance.screening.assessment import OTHER_COUNTRY, SAME_COUNTRY
from provenance.screening.calibration import HIGHEST, likeness_for, probability
from provenance.screening.hits import ScreenedCustomer
from provenance.screening.matcher import GENERAL_WORD
from provenance.sources.customers import Customer
from provenance.text.registration_numbers import read_numbers
from tests.support.imported_lists import Lists

OBSIDIAN = {
    "id": "A1", "name": "Obsidian Helix LLC", "aliases": "Helix Commodities", "country": "LV",
    "address": "Room 1318-19, 610 Cedar Road, Riga", "identifiers": "INN 7709998889; BRN 55667788",
}  # fmt: skip
REEF = {"id": "A2", "name": "Marble Reef GmbH", "country": "DE"}


def keys(row: ScreenedCustomer) -> tuple[list[str], list[str], list[str]]:
    return (
        [hit.key for hit in row.hits],
        [hit.key for hit in row.set_aside],
        [hit.key for hit in row.other_times],
    )


@pytest.fixture
def ours(lists: Lists) -> Lists:
    """One list in one version."""
    lists.add("2024-01-01", OBSIDIAN, REEF)
    return lists


HELIX, OTHER, MISTYPED = "INN 7709998889", "INN 7705034202", "INN 7709998888"
"""Obsidian Helix's tax number; another firm's, whose check digits hold; and one whose check digits do not."""


def numbered(name: str, *numbers: str, **more: Any) -> Customer:
    """A customer with numbers as a user writes them."""
    read = [read_numbers(text) for text in numbers]
    return Customer(
        1,
        name,
        identifiers=tuple(number for one in read for number in one.numbers),
        no_numbers=tuple(text for one in read for text in one.unread),
        **more,
    )


class TestNumbers:
    @pytest.mark.parametrize(
        "number", [HELIX, "ИНН: 7709998889", "INN 7709998889/770901001", "Tax ID 7709998889 (Russia)",
                   "BRN 55667788-000-01-23-4", "br 55667788"],
    )  # fmt: skip
    def test_an_equal_number_of_the_scheme_scores_1_whatever_the_name(self, ours: Lists, number: str) -> None:
        (hit,) = ours.screen(numbered("Quartz Inn", number)).hits
        assert (hit.key, hit.score) == ("A1", 1.0)
        assert "(decisive)" in hit.reason

    def test_equal_digits_without_a_scheme_are_a_hit_that_says_so(self, ours: Lists) -> None:
        (hit,) = ours.screen(numbered("Quartz Inn", "7709998889")).hits
        assert (hit.key, hit.score, hit.matched) == ("A1", 1.0, "7709998889")
        assert "of no stated scheme" in hit.reason

    def test_equal_digits_of_another_scheme_are_a_hit_that_says_so(self, ours: Lists) -> None:
        (hit,) = ours.screen(numbered("Quartz Inn", "OKPO 55667788")).hits
        assert (hit.key, hit.score) == ("A1", 0.8)
        assert "issued in RU, the entry's in HK" in hit.reason

    def test_a_short_number_counts_only_under_the_same_scheme(self, lists: Lists) -> None:
        lists.add("2024-01-01", {"id": "A1", "name": "Obsidian Helix", "identifiers": "CR 4711"})
        for number, found in (("CR 4711", ["A1"]), ("4711", []), ("INN 4711", [])):
            assert [hit.key for hit in lists.screen(numbered("Quartz Inn", number)).hits] == found, number

    def test_another_valid_number_of_the_scheme_sets_a_similar_name_aside(self, ours: Lists) -> None:
        row = ours.screen(numbered("Obsidian Helix", OTHER))
        assert keys(row) == ([], ["A1"], [])
        assert "INN differs (7705034202; the entry has 7709998889; check digits hold)" in (
            row.set_aside[0].reason
        )

    @pytest.mark.parametrize(
        ("number", "why"),
        [
            (MISTYPED, "its check digit does not hold"),
            ("INN n/a 0", "was not taken as a number"),
            ("INN 0000000000", "a placeholder of zeros"),
            ("INN 1234567890", "a placeholder of digits in order"),
            ("INN 7.70E+09", "a spreadsheet shortened it"),
            ("none", "was not taken as a number"),
            ("7705034202", "could not be compared"),
            ("OGRN 1027700132195", "could not be compared"),
            ("LEI 5299007NTWCC3U23WM81", "could not be compared"),
            ("BRN 99887766", "it has no check digit"),
        ],
    )
    def test_no_other_number_hides_a_hit(self, ours: Lists, number: str, why: str) -> None:
        row = ours.screen(numbered("Obsidian Helix", number))
        assert keys(row) == (["A1"], [], [])
        assert why in row.hits[0].reason

    def test_a_mistyped_number_of_the_entry_hides_nothing(self, lists: Lists) -> None:
        lists.add("2024-01-01", {"id": "A1", "name": "Obsidian Helix", "identifiers": MISTYPED})
        row = lists.screen(numbered("Obsidian Helix", OTHER))
        assert keys(row) == (["A1"], [], [])
        assert "the check digit of the entry's number does not hold" in row.hits[0].reason

    def test_an_equal_number_outweighs_a_different_one(self, ours: Lists) -> None:
        customer = numbered("Quartz Inn", OTHER, "BRN 55667788")
        assert keys(ours.screen(customer)) == (["A1"], [], [])

    def test_a_party_with_two_numbers_is_another_only_if_both_differ(self, lists: Lists) -> None:
        both = {"id": "A1", "name": "Obsidian Helix", "identifiers": f"{HELIX}; INN 7704730655"}
        lists.add("2024-01-01", both)
        assert keys(lists.screen(numbered("Obsidian Helix", "INN 7704730655"))) == (["A1"], [], [])
        assert keys(lists.screen(numbered("Obsidian Helix", OTHER))) == ([], ["A1"], [])

    def test_an_address_is_a_hit_whoever_is_registered_there(self, ours: Lists) -> None:
        there = ("Rm 1318-20, 610 Cedar Rd., Riga",)
        row = ours.screen(numbered("Obsidian Helix", OTHER, addresses=there))
        assert keys(row) == (["A1"], [], [])
        assert "the address is a hit all the same" in row.hits[0].reason

    def test_a_vessel_is_found_by_its_own_number_and_another_one_is_told_from_it(self, lists: Lists) -> None:
        lists.add(
            "2024-01-01", {"id": "V", "name": "PETREL STAR", "identifiers": "IMO 9074729; MMSI 636012345"}
        )
        for own in ("IMO 9074729", "IMO9074729", "9074729", "Vessel Registration Identification IMO 9074729"):
            assert lists.screen(numbered("PETREL STAR", own)).hits[0].score == 1.0, own
        assert keys(lists.screen(numbered("PETREL STAR", "IMO 9187629"))) == ([], ["V"], [])
        assert keys(lists.screen(numbered("PETREL STAR", "IMO 9187628"))) == (["V"], [], [])
        assert keys(lists.screen(numbered("PETREL STAR", "MMSI 273451870"))) == (["V"], [], [])


class TestCountriesAndAddresses:
    def score(self, lists: Lists, country: str | None) -> float:
        (hit,) = lists.screen(Customer(1, "Marble Reefs", country=country)).hits
        return hit.score

    def test_a_country_shifts_the_likeness_by_a_known_amount(self, ours: Lists) -> None:
        likeness = likeness_for(self.score(ours, None))
        assert self.score(ours, "JP") == pytest.approx(probability(likeness + OTHER_COUNTRY), abs=2e-3)
        assert self.score(ours, "DE") == pytest.approx(probability(likeness + SAME_COUNTRY), abs=2e-3)
        assert self.score(ours, "JP") < self.score(ours, None) < self.score(ours, "DE")

    def test_beside_a_better_entry_of_the_list_a_hit_stays_with_a_lower_score(self, lists: Lists) -> None:
        sister = {"id": "A3", "name": "Obsidian Helix Nordex LLC"}
        lists.add("2024-01-01", sister)
        (alone,) = lists.screen(Customer(1, "Obsidian Helix")).hits
        lists.add("2024-02-01", sister, OBSIDIAN)
        better, beside = lists.screen(Customer(1, "Obsidian Helix")).hits
        assert (better.key, beside.key) == ("A1", "A3")
        assert beside.score < alone.score < better.score

    def test_a_better_entry_that_is_no_longer_listed_takes_nothing_from_another(self, lists: Lists) -> None:
        sister = {"id": "A3", "name": "Obsidian Helix Nordex LLC"}
        lists.add("2024-01-01", sister, OBSIDIAN)
        before = lists.screen(Customer(1, "Obsidian Helix")).hits[1]
        lists.add("2024-02-01", sister)
        (after,) = lists.screen(Customer(1, "Obsidian Helix")).hits
        assert (before.key, after.key) == ("A3", "A3")
        assert after.score > before.score

    def test_another_country_hides_no_hit(self, ours: Lists) -> None:
        base = self.score(ours, None)
        (hit,) = ours.screen(Customer(1, "Marble Reefs", country="JP"), threshold=base - 1e-4).hits
        assert hit.score < base

    def test_a_name_and_an_address_together_are_more_than_the_name(self, ours: Lists) -> None:
        address = ("Rm 1318-20, 610 Cedar Rd., Riga",)
        name = ours.screen(Customer(1, "Obsidian Helix")).hits[0]
        both = ours.screen(Customer(1, "Obsidian Helix", addresses=address)).hits[0]
        place = ours.screen(Customer(1, "Quartz Inn", addresses=address)).hits[0]
        assert max(name.score, place.score) < both.score <= HIGHEST
        assert "name:" in both.reason
        assert "address:" in both.reason

    def test_a_party_with_two_rooms_of_a_building_is_found_in_both(self, lists: Lists) -> None:
        rooms = ("Room 5, 610 Cedar Road, Riga", "Room 9, 610 Cedar Road, Riga")
        lists.add("2024-01-01", {"id": "A1", "name": "Obsidian Helix", "address": "; ".join(rooms)})
        for room in rooms:
            assert [hit.score for hit in lists.screen(Customer(1, "", addresses=(room,))).hits] == [1.0], room

    def test_a_name_of_one_general_word_is_found_only_as_a_whole(self, lists: Lists) -> None:
        lists.add("2024-01-01", {"id": "A1", "name": "JSC Energiya"})
        for name in ("JSC Energiya", "Energiya JSC", "ENERGIYA, JSC"):
            (hit,) = lists.screen(Customer(1, name)).hits
            assert (hit.key, hit.score) == ("A1", round(probability(GENERAL_WORD), 4)), name
            assert "as a whole, which is one general word" in hit.reason
        for name in ("Energiya", "Energy JSC", "Energiya LLC", "JSC Energiya Trading"):
            assert lists.screen(Customer(1, name)).hits == (), name

    def test_another_unit_of_the_tower_is_mentioned_and_is_not_a_hit(self, ours: Lists) -> None:
        address = ("Rm 1105, 610 Cedar Rd., Riga",)
        assert ours.screen(Customer(1, "Quartz Inn", addresses=address)).hits == ()
        (hit,) = ours.screen(Customer(1, "Obsidian Helix", addresses=address)).hits
        assert "another unit of the same building" in hit.reason


class TestDays:
    @pytest.fixture
    def versions(self, ours: Lists) -> Lists:
        """Obsidian leaves between January and March."""
        ours.add("2024-03-01", REEF)
        return ours

    @pytest.mark.parametrize(
        ("day", "found"),
        [
            (date(2023, 12, 31), (["A1"], [], [])),
            (date(2024, 1, 1), (["A1"], [], [])),
            (date(2024, 2, 1), (["A1"], [], [])),
            (date(2024, 3, 1), ([], [], ["A1"])),
            (None, ([], [], ["A1"])),
        ],
    )
    def test_as_of_a_day(
        self, versions: Lists, day: date | None, found: tuple[list[str], list[str], list[str]]
    ) -> None:
        assert keys(versions.screen(Customer(1, "Obsidian Helix", day=day))) == found

    def test_the_version_cited_is_the_newest_up_to_the_day_that_has_the_record(self, versions: Lists) -> None:
        (hit,) = versions.screen(Customer(1, "Marble Reef", day=date(2024, 2, 1))).hits
        assert hit.version == "2024-01-01"
        (hit,) = versions.screen(Customer(1, "Marble Reef")).hits
        assert hit.version == "2024-03-01"

    def test_between_two_versions_the_listing_is_possible(self, versions: Lists) -> None:
        (hit,) = versions.screen(Customer(1, "Obsidian Helix", day=date(2024, 2, 1))).hits
        assert "possibly listed on 2024-02-01" in hit.reason
        assert (hit.listed_from, hit.listed_to) == ("..2024-01-01", "2024-01-01..2024-02-29")


class TestLists:
    def test_two_lists_with_one_name_are_two_hits_in_order(self, ours: Lists) -> None:
        ours.add("2024-01-01", {"id": "Z", "name": "Marble Reef GmbH", "country": "DE"}, name="theirs")
        hits = ours.screen(Customer(1, "Marble Reef")).hits
        assert [(hit.list, hit.key) for hit in hits] == [("ours", "A2"), ("theirs", "Z")]
        only = ours.screen(Customer(1, "Marble Reef"), only=("theirs",))
        assert [hit.list for hit in only.hits] == ["theirs"]

    def test_a_list_that_is_not_there_is_named_with_those_that_are(self, ours: Lists) -> None:
        with pytest.raises(NotFound) as refused:
            ours.screen(Customer(1, "Marble Reef"), only=("nope",))
        assert refused.value.near == ("ours", "known-chains")

    def test_without_any_list_nothing_is_answered(self, lists: Lists) -> None:
        with pytest.raises(NotFound):
            lists.screen(Customer(1, "Marble Reef"))

    def test_a_party_with_two_similar_names_is_one_hit_by_the_better(self, lists: Lists) -> None:
        lists.add(
            "2024-01-01", {"id": "A", "name": "Marble Reef Nord", "aliases": "Marble Reef; Marble Reefs"}
        )
        (hit,) = lists.screen(Customer(1, "Marble Reef")).hits
        assert hit.matched == "Marble Reef"

    def test_the_threshold_is_the_lowest_score_of_a_hit(self, ours: Lists) -> None:
        customer = Customer(1, "Obsidian Helix Nord")
        (hit,) = ours.screen(customer, threshold=0.2).hits
        assert [one.key for one in ours.screen(customer, threshold=hit.score - 0.001).hits] == ["A1"]
        assert ours.screen(customer, threshold=hit.score + 0.01).hits == ()


def test_a_row_that_cannot_be_screened_keeps_its_place(ours: Lists) -> None:
    rows = ours.screening(Customer(4, "LLC"), Customer(5, "Marble Reef"), Customer(6, "")).answers
    assert [(row.row, row.name, len(row.hits), row.not_screened is None) for row in rows] == [
        (4, "LLC", 0, False), (5, "Marble Reef", 1, True), (6, None, 0, False),
    ]  # fmt: skip


def test_the_same_customers_in_another_order_get_the_same_hits(ours: Lists) -> None:
    customers = [Customer(1, "Marble Reef"), Customer(2, "Obsidian Helix"), Customer(3, "Quartz Inn")]
    forwards = {row.name: row.hits for row in ours.screening(*customers).answers}
    assert forwards == {row.name: row.hits for row in ours.screening(*customers[::-1]).answers}
