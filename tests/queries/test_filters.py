"""Each filter of `top`: what stays, what was left out, and what could not be judged, by hand."""

from __future__ import annotations

import pytest

from tests.queries.world import World

US_ONCE = ("--min-recoveries", "1")
ANY_ONCE = ("--country", "any", "--min-recoveries", "1")


class TestDates:
    """Recovered, else captured, else used. W4 is undated, W9 is dated 2023 and no closer."""

    def test_since_leaves_out_what_is_older_and_counts_what_is_undated(self, world: World) -> None:
        """W2 (used in January 2024) and W3 (May 2023) remain; W1 and W5 are older."""
        assert world.top("--since", "2023-02-11") == [
            (1, "Altera", 2, 2),
            (1, "Analog Devices", 2, 2),
            (1, "Texas Instruments", 2, 2),
        ]
        left = world.left_out("top", "--since", "2023-02-11")
        assert left["recovered or used outside the period from 2023-02-11 on"] == (10, 2)
        assert left["? without a date of recovery, capture or use"] == (1, 1)
        assert left["? dated too coarsely to place in the period from 2023-02-11 on"] == (2, 1)

    def test_the_day_itself_is_within(self, world: World) -> None:
        left = world.left_out("top", "--since", "2023-02-10")
        assert left["recovered or used outside the period from 2023-02-10 on"] == (3, 1)

    def test_until_takes_the_last_day_of_a_coarse_date(self, world: World) -> None:
        assert world.top("--until", "2023") == [(1, "Analog Devices", 3, 6), (2, "Texas Instruments", 2, 2)]
        left = world.left_out("top", "--until", "2023")
        assert left["recovered or used outside the period up to 2023-12-31"] == (5, 1)
        assert not any("too coarsely" in reason for reason in left)

    def test_a_coarse_date_counts_where_all_of_it_is_within(self, world: World) -> None:
        germans = ("--country", "Germany", "--min-recoveries", "1")
        assert world.top(*germans, "--since", "2023", "--until", "2023") == [
            (1, "Infineon Technologies", 2, 3)
        ]
        assert world.top(*germans, "--since", "2023-03", "--until", "2023") == [
            (1, "Infineon Technologies", 1, 1)
        ]

    def test_a_month_straddling_the_window_cannot_be_judged(self, world: World) -> None:
        left = world.left_out("top", "--since", "2023-05-10", "--until", "2023-05-20")
        # W3's five and a suspect one, and W9's two.
        assert left["? dated too coarsely to place in the period 2023-05-10 to 2023-05-20"] == (8, 2)

    def test_a_window_that_ends_before_it_begins_is_refused(self, world: World) -> None:
        said = world.says("top", "--since", "2024", "--until", "2023")
        assert (said.code, said.out) == (2, "")

    @pytest.mark.parametrize("text", ["yesterday", "2023-13", "02.01.2024"])
    def test_what_is_no_date_is_refused(self, world: World, text: str) -> None:
        said = world.says("top", "--since", text)
        assert (said.code, said.out) == (2, "")
        assert text in said.err


class TestWeapons:
    def test_a_variant_leaves_its_undetermined_family_unjudged(self, world: World) -> None:
        assert world.top("--weapon", "Lancet-3", *US_ONCE) == [
            (1, "Altera", 1, 1),
            (1, "Analog Devices", 1, 1),
            (1, "Texas Instruments", 1, 1),
        ]
        left = world.left_out("top", "--weapon", "Lancet-3")
        assert left["? from a family of weapons whose variant is not determined"] == (1, 1)
        assert left["from other weapons"] == (17, 4)

    def test_a_family_takes_its_variants_in(self, world: World) -> None:
        assert world.top("--weapon", "Ланцет") == [(1, "Analog Devices", 2, 2)]
        assert not any("family" in reason for reason in world.left_out("top", "--weapon", "Ланцет"))

    def test_several_weapons_by_names_in_any_script(self, world: World) -> None:
        assert world.top("--weapon", "Х-101", "--weapon", "X-59", "--country", "any") == [
            (1, "Analog Devices", 2, 4),
            (1, "Infineon Technologies", 2, 3),
            (1, "Texas Instruments", 2, 2),
        ]
        assert (
            world.top("--weapon", "X-101") == world.top("--weapon", "Х-101") == world.top("--weapon", "kh101")
        )

    def test_the_basis_names_the_weapons(self, world: World) -> None:
        settings = world.answer("top", "--weapon", "Ланцет", "--weapon", "Kh-59")["basis"]["filters"]
        assert settings["weapons"] == "Kh-59, variant not determined; Lancet, variant not determined"

    def test_a_weapon_that_is_not_known_gets_near_names(self, world: World) -> None:
        said = world.says("top", "--weapon", "Kh-102")
        assert (said.code, said.out) == (4, "")
        assert "No weapon system is called Kh-102" in said.err
        assert "Kh-101" in said.err

    def test_another_kind_of_equipment_is_counted_when_asked_for(self, world: World) -> None:
        assert world.top("--weapon-kind", "electronic-warfare", *US_ONCE) == [(1, "Texas Instruments", 1, 1)]
        left = world.left_out("top", "--weapon-kind", "electronic_warfare")
        assert left["from weapons of kinds other than electronic warfare"] == (24, 6)

    def test_any_kind_takes_in_units_whose_weapon_is_not_named(self, world: World) -> None:
        assert world.top("--weapon-kind", "any")[:2] == [
            (1, "Analog Devices", 5, 8),
            (1, "Texas Instruments", 5, 5),
        ]

    def test_a_kind_that_does_not_exist_is_refused_with_those_that_do(self, world: World) -> None:
        said = world.says("top", "--weapon-kind", "balloon")
        assert (said.code, said.out) == (2, "")
        assert "missile, drone" in said.err


class TestComponents:
    def test_a_category_that_is_not_stated_cannot_be_judged(self, world: World) -> None:
        assert world.top("--category", "analog", *US_ONCE) == [(1, "Analog Devices", 1, 2)]
        left = world.left_out("top", "--category", "analog")
        assert left["? of unknown category"] == (16, 6)
        assert left["of other categories"] == (5, 3)

    def test_several_categories_add_up(self, world: World) -> None:
        found = world.top("--category", "analog", "--category", "regulator", *US_ONCE)
        assert found == [(1, "Texas Instruments", 2, 2), (2, "Analog Devices", 1, 2)]

    def test_a_tier_of_the_common_high_priority_list(self, world: World) -> None:
        """854233, 854239 and 854231 are tier 1; 853224 is tier 2, 880730 tier 3.B."""
        assert world.top("--chpl-tier", "1", *US_ONCE) == [
            (1, "Analog Devices", 2, 3),
            (1, "Texas Instruments", 2, 2),
        ]
        left = world.left_out("top", "--chpl-tier", "1")
        assert left["? of unknown customs code, and so of unknown CHPL tier"] == (15, 6)
        assert left["not of CHPL tier 1"] == (3, 3)
        assert world.top("--chpl-tier", "2", "--country", "any") == [(1, "Murata Manufacturing", 2, 2)]

    def test_tier_three_is_both_its_halves(self, world: World) -> None:
        assert world.top("--chpl-tier", "3", *ANY_ONCE) == [(1, "Rotorwin", 1, 1)]
        assert world.top("--chpl-tier", "3.B", *ANY_ONCE) == [(1, "Rotorwin", 1, 1)]
        assert world.top("--chpl-tier", "3.b", *ANY_ONCE) == [(1, "Rotorwin", 1, 1)]
        assert world.top("--chpl-tier", "3.A", *ANY_ONCE) == []

    def test_a_tier_that_the_list_does_not_have_is_refused(self, world: World) -> None:
        said = world.says("top", "--chpl-tier", "5")
        assert (said.code, said.out) == (2, "")
        assert "3.A" in said.err

    def test_made_after_a_day_counts_only_what_is_certain(self, world: World) -> None:
        """Certain: weeks 35 of 2022 and 1 of 2023, March 2022. Possible: February 2022."""
        assert world.top("--made-after", "2022-02-24", *US_ONCE) == [
            (1, "Analog Devices", 2, 2),
            (2, "Texas Instruments", 1, 1),
        ]
        left = world.left_out("top", "--made-after", "2022-02-24")
        assert left["made on or before 2022-02-24"] == (7, 5)
        assert left["? that may have been made before or after 2022-02-24"] == (1, 1)
        assert left["? of unknown date of manufacture"] == (12, 6)

    def test_what_was_found_by_a_day_was_made_by_it_even_without_a_date(self, world: World) -> None:
        """W5 was captured in September 2022: its undated capacitor is no candidate for 2023."""
        left = world.left_out("top", "--made-after", "2022-12-31", "--country", "any")
        # Dated: c1 c3 c9 c10 c12 c13 c14 c26 c27; found by then: c4 and c18. c7 is of January 2023.
        assert left["made on or before 2022-12-31"] == (11, 5)
        assert "? that may have been made before or after 2022-12-31" not in left

    def test_a_coarse_day_is_taken_at_its_end(self, world: World) -> None:
        assert world.top("--made-after", "2022", *US_ONCE) == world.top(
            "--made-after", "2022-12-31", *US_ONCE
        )

    def test_credibility_at_least_so_good(self, world: World) -> None:
        assert world.top("--min-credibility", "2", *US_ONCE) == [(1, "Analog Devices", 2, 2)]
        left = world.left_out("top", "--min-credibility", "2")
        assert left["of credibility worse than 2"] == (1, 1)
        assert left["? whose credibility is not assessed or cannot be judged"] == (20, 6)
        assert world.top("--min-credibility", "3", *US_ONCE)[1] == (2, "Texas Instruments", 1, 1)

    @pytest.mark.parametrize("grade", ["0", "6", "A"])
    def test_six_cannot_be_judged_and_is_no_threshold(self, world: World, grade: str) -> None:
        assert world.says("top", "--min-credibility", grade).code == 2

    def test_suspected_counterfeits_count_on_request(self, world: World) -> None:
        assert world.top("--include-suspect")[1] == (2, "Texas Instruments", 3, 4)
        assert "suspected or confirmed to be counterfeit" not in world.left_out("top", "--include-suspect")
        assert world.answer("top", "--include-suspect")["basis"]["filters"]["suspect"] == "counted"


def test_filters_narrow_together(world: World) -> None:
    words = ("--chpl-tier", "1", "--since", "2023-02-11", "--made-after", "2022-02-24", *US_ONCE)
    assert world.top(*words) == [(1, "Analog Devices", 1, 1), (1, "Texas Instruments", 1, 1)]


def test_every_filter_is_named_in_the_basis(world: World) -> None:
    settings = world.answer(
        "top", "--since", "2023", "--until", "2024", "--category", "analog", "--chpl-tier", "1",
        "--made-after", "2020", "--min-credibility", "3", "--min-recoveries", "3",
    )["basis"]["filters"]  # fmt: skip
    assert {name: settings[name] for name in settings if name not in ("by", "country", "country_basis")} == {
        "weapon_kinds": "missile, drone, guided_munition",
        "since": "2023-01-01",
        "until": "2024-12-31",
        "categories": "analog",
        "chpl_tiers": "1",
        "made_after": "2020-12-31",
        "credibility_at_least": "3",
        "suspect": "left out",
        "read_makers": "left out",
        "read_parts": "left out",
        "at_least_recoveries": "3",
    }
