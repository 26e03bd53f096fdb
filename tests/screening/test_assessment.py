"""From candidates to hits: numbers decide, countries and addresses shift, days and lists select."""

from __future__ import annotations

from datetime import date

import pytest

from provenance.core.errors import NotFound
from provenance.screening.assessment import OTHER_COUNTRY, SAME_COUNTRY
from provenance.screening.hits import ScreenedCustomer
from provenance.sources.customers import Customer, Identifier
from tests.support.imported_lists import Lists

OBSIDIAN = {
    "id": "A1", "name": "Obsidian Helix LLC", "aliases": "Helix Commodities", "country": "LV",
    "address": "Room 1318-19, 610 Cedar Road, Riga", "identifiers": "INN 7709998887; BRN 4711",
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


class TestNumbers:
    def test_an_equal_number_scores_1_whatever_the_name(self, ours: Lists) -> None:
        (hit,) = ours.screen(Customer(1, "Quartz Inn", identifiers=(Identifier("7709998887"),))).hits
        assert (hit.key, hit.score, hit.matched) == ("A1", 1.0, "7709998887")

    def test_a_short_number_counts_only_under_the_same_scheme(self, ours: Lists) -> None:
        for scheme, found in (("BRN", ["A1"]), (None, []), ("INN", [])):
            customer = Customer(1, "Quartz Inn", identifiers=(Identifier("4711", scheme),))
            assert [hit.key for hit in ours.screen(customer).hits] == found, scheme

    def test_another_number_of_the_scheme_sets_a_similar_name_aside(self, ours: Lists) -> None:
        customer = Customer(1, "Obsidian Helix", identifiers=(Identifier("7701112223", "INN"),))
        assert keys(ours.screen(customer)) == ([], ["A1"], [])

    def test_another_number_of_an_unknown_scheme_says_nothing(self, ours: Lists) -> None:
        customer = Customer(1, "Obsidian Helix", identifiers=(Identifier("7701112223"),))
        assert keys(ours.screen(customer)) == (["A1"], [], [])

    def test_an_equal_number_outweighs_a_different_one(self, ours: Lists) -> None:
        numbers = (Identifier("7709998887", "INN"), Identifier("9999", "BRN"))
        assert keys(ours.screen(Customer(1, "Quartz Inn", identifiers=numbers))) == (["A1"], [], [])


class TestCountriesAndAddresses:
    def score(self, lists: Lists, country: str | None) -> float:
        (hit,) = lists.screen(Customer(1, "Marble Reefs", country=country)).hits
        return hit.score

    def test_a_country_shifts_the_score_by_a_known_amount(self, ours: Lists) -> None:
        base = self.score(ours, None)
        assert self.score(ours, "JP") == pytest.approx(base + OTHER_COUNTRY, abs=1e-4)
        assert self.score(ours, "DE") == pytest.approx(min(0.99, base + SAME_COUNTRY), abs=1e-4)

    def test_another_country_hides_no_hit(self, ours: Lists) -> None:
        base = self.score(ours, None)
        (hit,) = ours.screen(Customer(1, "Marble Reefs", country="JP"), threshold=base - 0.01).hits
        assert hit.score < base - 0.01

    def test_a_name_and_an_address_together_are_more_than_the_name(self, ours: Lists) -> None:
        address = ("Rm 1318-20, 610 Cedar Rd., Riga",)
        name = ours.screen(Customer(1, "Obsidian Helix")).hits[0]
        both = ours.screen(Customer(1, "Obsidian Helix", addresses=address)).hits[0]
        place = ours.screen(Customer(1, "Quartz Inn", addresses=address)).hits[0]
        assert both.score == min(0.99, round(max(name.score, place.score) + SAME_COUNTRY, 4))
        assert "name:" in both.reason
        assert "address:" in both.reason

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
        (hit,) = ours.screen(customer, threshold=0.3).hits
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
