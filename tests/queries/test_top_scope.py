"""What a ranking cannot place, the shares of countries, and two dates compared; counted by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.queries.world import World, row, write_world

COUNTRIES = ("top", "--by", "country", "--min-recoveries", "1")


class TestShares:
    def test_both_denominators(self, world: World) -> None:
        """23 components in 6 recoveries; of two by Quuxtronics and one of no maker it is unknown."""
        found = world.answer(*COUNTRIES)
        assert found["totals"] == {
            "components": 23,
            "recoveries": 6,
            "components_known": 20,
            "recoveries_known": 6,
        }
        assert {line["country"]: line["shares"] for line in found["rows"]}["US"] == {
            "components_of_all": 0.5652,
            "components_of_known": 0.65,
            "recoveries_of_all": 0.8333,
            "recoveries_of_known": 0.8333,
        }

    @pytest.mark.parametrize("basis", ["brand", "owner-now", "domicile"])
    def test_components_add_up_and_recoveries_overlap(self, world: World, basis: str) -> None:
        found = world.answer(*COUNTRIES, "--basis", basis)
        shares = [line["shares"] for line in found["rows"]]
        assert sum(each["components_of_known"] for each in shares) == pytest.approx(1, abs=0.001)
        known = found["totals"]["components_known"] / found["totals"]["components"]
        assert sum(each["components_of_all"] for each in shares) == pytest.approx(known, abs=0.001)
        for line in found["rows"]:
            assert line["shares"]["recoveries_of_known"] == pytest.approx(
                line["recoveries"] / found["totals"]["recoveries_known"], abs=0.0001
            )

    def test_people_see_both_and_are_told_of_the_overlap(self, world: World) -> None:
        said = " ".join(world.says(*COUNTRIES).out.split())
        assert "56.5% (65.0%)" in said
        assert "Shares of recoveries overlap" in said

    def test_only_countries_have_shares(self, world: World) -> None:
        found = world.answer("top")
        assert found["totals"] is None
        assert "shares" not in found["rows"][0]


class TestWhatIsUnknown:
    def test_a_ranking_of_the_known_is_one(self, world: World) -> None:
        found = world.answer("top", "--country", "any")
        assert found["is_ranking"] is True
        assert (found["unplaced"]["components"], found["unplaced"]["out_of"]) == (1, 23)
        assert "is unknown" not in world.says("top", "--country", "any").out.split("Counted:")[0]

    def test_much_unknown_stands_above_it_with_what_would_change_it(self, world: World) -> None:
        """Three of no known owner at manufacture, one of no maker."""
        words = ("top", "--country", "any", "--basis", "owner-at-manufacture")
        found = world.answer(*words)
        assert found["is_ranking"] is True
        assert (found["unplaced"]["components"], found["unplaced"]["out_of"]) == (4, 23)
        said = " ".join(world.says(*words).out.split())
        assert said.startswith("Much of this is unknown The order may change: of 4 of 23 components")
        assert "--basis owner-now or brand" in said

    def test_an_option_that_was_given_is_not_offered_again(self, own_world: World, tmp_path: Path) -> None:
        """Twenty chips of known makers whose part numbers neither the list nor a marking tells."""
        rows = tuple(row(f"h{place}", "W1", "Texas Instruments", "") for place in range(20))
        more = write_world(tmp_path, rows, "h.csv")
        assert own_world.says("import", "components", "--no-read", str(more), "--source", "notes").code == 0
        asked = own_world.says("top", "--by", "part", "--country", "any").out.split("Counted:")[0]
        assert "--include-read-parts" in asked
        given = own_world.says("top", "--by", "part", "--country", "any", "--include-read-parts").out
        assert "unknown" in given.split("Counted:")[0]
        assert "--include-read-parts" not in given.split("Counted:")[0]
        assert "provenance log belief" in given.split("Counted:")[0]

    def test_where_most_is_unknown_it_is_no_ranking(self, own_world: World, tmp_path: Path) -> None:
        """Twenty undated parts of Maxim, which was bought in 2021: nobody knows by whom each was made."""
        rows = tuple(row(f"h{place}", "W1", "Maxim Integrated", f"MAX{place}") for place in range(20))
        more = write_world(tmp_path, rows, "h.csv")
        imported = own_world.says("import", "components", "--no-read", str(more), "--source", "field-notes")
        assert imported.code == 0
        words = ("top", "--country", "any", "--basis", "owner-at-manufacture")
        found = own_world.says(*words, "--format", "json").json
        assert found["is_ranking"] is False
        assert (found["unplaced"]["components"], found["unplaced"]["out_of"]) == (24, 43)
        said = own_world.says(*words).out
        assert said.startswith("Most of this is unknown\nNot a ranking: of 24 of 43 components")
        assert "Firms, as far as known, makers of any country" in said
        assert "\n#" not in said
        assert own_world.says("top", "--country", "any", "--format", "json").json["is_ranking"] is True


class TestTwoDates:
    def test_what_moved(self, world: World) -> None:
        """Up to the end of 2022 only W5 was found: Analog Devices' and Linear's chip, and Murata's."""
        found = world.answer("top", "--country", "any", "--min-recoveries", "1", "--compare-until", "2022-12")
        compared = found["compared"]
        assert compared["earlier"] == "2022-12-31"
        moved = {line["name"]: self._figures(line) for line in compared["rows"]}
        assert moved["Analog Devices"] == ((1, 1, 2), (1, 4, 7))
        assert moved["Murata Manufacturing"] == ((1, 1, 1), (4, 2, 2))
        assert moved["Texas Instruments"] == (None, (2, 3, 3))
        # In W2, W3 and W9, which is of 2023 as a whole.
        assert moved["Infineon Technologies"] == (None, (2, 3, 4))

    @staticmethod
    def _figures(line: Any) -> tuple[tuple[int, int, int] | None, tuple[int, int, int]]:
        def of(side: Any) -> tuple[int, int, int]:
            return side["rank"], side["recoveries"], side["components"]

        return line["before"] and of(line["before"]), of(line["after"])

    @pytest.mark.parametrize("by", ["firm", "part", "weapon", "country"])
    def test_each_side_is_what_the_question_says_up_to_that_day(self, world: World, by: str) -> None:
        words = ("top", "--by", by, "--country", "any", "--min-recoveries", "1", "--limit", "0")
        compared = world.answer(*words, "--until", "2024-01-02", "--compare-until", "2023-05-31")["compared"]
        for day, side in (("2023-05-31", "before"), ("2024-01-02", "after")):
            alone = world.answer(*words, "--until", day)["rows"]
            key = "country_name" if by == "country" else by
            assert {each[key]: (each["rank"], each["recoveries"], each["components"]) for each in alone} == {
                each["name"]: (each[side]["rank"], each[side]["recoveries"], each[side]["components"])
                for each in compared["rows"]
                if each[side]
            }

    def test_people_see_both_days_and_what_is_in_neither(self, world: World) -> None:
        words = (*COUNTRIES, "--until", "2024-06", "--compare-until", "2022-12")
        said = " ".join(world.says(*words).out.split())
        assert "Up to 2022-12-31, and up to 2024-06-30" in said
        # Murata's; the United States and Germany were in more since then.
        assert "Japan 1 → 3 1 → 2 1 1 → 2 1" in said
        assert "without a date of recovery, capture or use" in said

    @pytest.mark.parametrize(
        ("words", "reason"),
        [
            (("--until", "2022-12", "--compare-until", "2022-12"), "2022-12-31 is not before 2022-12-31"),
            (("--since", "2023", "--compare-until", "2022-12"), "is before 2023-01-01"),
            (("--compare-until", "soon"), "--compare-until"),
        ],
    )
    def test_days_that_cannot_be_compared_are_refused(
        self, world: World, words: tuple[str, ...], reason: str
    ) -> None:
        said = world.says("top", *words)
        assert (said.code, said.out) == (2, "")
        assert reason in said.err
