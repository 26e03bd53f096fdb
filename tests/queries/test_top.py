"""`top` over the small world: who keeps turning up, counted by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from provenance.queries.ranking import TopQuestion, fetch_top
from provenance.schema.engines import reading_engine
from provenance.schema.session import session_scope
from tests.queries.world import World, row, write_world

ALWAYS = {
    "from seizures and interceptions": (1, 1),
    "from units whose weapon the source does not name": (1, 1),
    "from weapons of kinds other than missile, drone, guided munition": (1, 1),
    "suspected or confirmed to be counterfeit": (1, 1),
}
"""What is left out unless asked for: W7; W8; W6; and of W3 the suspect TMS320."""

NOBODY = {"? whose maker is not identified": (1, 1)}


def test_american_firms_by_their_owner_today(world: World) -> None:
    """Maxim's three and Linear's one are Analog Devices' own today."""
    assert world.top() == [
        (1, "Analog Devices", 5, 8),
        (2, "Texas Instruments", 3, 3),
        (3, "Altera", 2, 2),
    ]


def test_what_was_counted_out_of_what_and_what_was_left_out(world: World) -> None:
    basis = world.answer("top")["basis"]
    assert basis["out_of"] == {"components": 27, "recoveries": 9}
    assert (basis["counted"]["components"], basis["counted"]["recoveries"]) == (13, 5)
    assert basis["filters"]["country_basis"] == "owner-now"
    assert world.left_out("top") == ALWAYS | NOBODY | {
        "? of firms of unknown country": (2, 2),
        "of firms of countries other than US": (7, 5),
    }
    assert basis["unknown"] == [
        "Part number not stated: 1 of 13 components.",
        "Date of manufacture unknown: 4 of 13 components.",
        "Undated: 1 of 5 recoveries.",
    ]
    assert basis["cautions"] == [
        "Presence of a part is not evidence of wrongdoing by its maker.",
        "Authenticity not assessed: all 13 components.",
    ]


def test_every_figure_of_a_firm(world: World) -> None:
    row = world.answer("top")["rows"][0]
    del row["firm_ref"]
    assert row == {
        "rank": 1,
        "firm": "Analog Devices",
        "country": "US",
        "country_from_label": False,
        "recoveries": 5,
        # W4 names no specimen.
        "specimens": 4,
        # Kh-101, Lancet-3, Lancet of unknown variant, Geran-2.
        "weapon_systems": 4,
        # AD8572, AD7606, MAX232, MAX3485, LT1086; the fourth of its own brand has no part number.
        "parts": 5,
        "components": 8,
        "pieces": 8,
        "first_seen": "2022-09-15",
        "last_seen": "2024-01-02",
        # All but W4.
        "dated_recoveries": 4,
        "newest_made": "2022-08-29..2022-09-04",
        "newest_made_certain": "2022-08-29",
        "newest_made_possible": "2022-09-04",
        # Certain: week 35 of 2022 and March 2022. Possible: February 2022. Before: 2019, 2020, 2018.
        "made_after": {"certain": 2, "possible": 1, "before": 3, "unknown": 2},
        # Certain: W2 and W3. Possible: W5, beside one of 2018. W1 has an undated one, W4 nothing else.
        "made_after_recoveries": {"certain": 2, "possible": 1, "before": 0, "unknown": 2},
        "trend": [
            {"quarter": "2022-Q3", "recoveries": 1},
            {"quarter": "2023-Q1", "recoveries": 1},
            {"quarter": "2023-Q2", "recoveries": 1},
            {"quarter": "2024-Q1", "recoveries": 1},
        ],
        "undated_recoveries": 1,
        "parts_unknown": 1,
        "unverified_links": 0,
        "brands": None,
    }


def test_part_numbers_that_nobody_stated_are_unknown_and_not_none(world: World) -> None:
    """Of the two American parts in the Geran-2 one has a part number, Linear's."""
    words = ("top", "--weapon", "Geran-2", "--basis", "brand", "--min-recoveries", "1")
    rows = {row["firm"]: (row["parts"], row["parts_unknown"]) for row in world.answer(*words)["rows"]}
    assert rows == {"Analog Devices": (0, 1), "Linear Technology": (1, 0)}
    header, *lines = world.says(*words).out.splitlines()[1:4]
    place = header.index("part numbers") + len("part numbers") - 1
    assert {line[place] for line in lines} == {"–", "1"}
    assert "Part number not stated: 1 of 2 components." in world.answer(*words)["basis"]["unknown"]


def test_undated_is_told_from_dated_too_coarsely_for_a_quarter(world: World) -> None:
    """W4 never says when, W9 says 2023."""
    unknown = world.answer("top", "--country", "any")["basis"]["unknown"]
    assert unknown[-2:] == [
        "Undated: 1 of 6 recoveries.",
        "Dated too coarsely for a quarter: 1 of 6 recoveries.",
    ]


def test_people_are_told_how_many_there_are_beyond_those_shown(world: World) -> None:
    said = world.says("top", "--basis", "brand", "--country", "any", "--limit", "1").out
    assert "Firms: 11, 7 in 2+ recoveries, 1 shown." in " ".join(said.split())


def test_pieces_count_identical_items_that_one_row_stands_for(world: World) -> None:
    row = world.answer("top")["rows"][1]
    assert (row["firm"], row["components"], row["pieces"]) == ("Texas Instruments", 3, 5)


def test_ties_share_a_rank_and_stand_in_order_of_components_then_name(world: World) -> None:
    assert world.top("--basis", "brand", "--country", "any") == [
        (1, "Analog Devices", 3, 4),
        (1, "Maxim Integrated", 3, 3),
        (1, "Texas Instruments", 3, 3),
        (4, "Altera", 2, 2),
        (4, "International Rectifier", 2, 2),
        (4, "Murata Manufacturing", 2, 2),
        (4, "Quuxtronics", 2, 2),
    ]


def test_once_is_not_keeps_turning_up_unless_asked(world: World) -> None:
    once = world.top("--basis", "brand", "--country", "any", "--min-recoveries", "1")[7:]
    assert once == [
        (8, "Cypress Semiconductor", 1, 1),
        (8, "Infineon Technologies", 1, 1),
        (8, "Linear Technology", 1, 1),
        (8, "Rotorwin", 1, 1),
    ]
    assert world.top("--min-recoveries", "4") == [(1, "Analog Devices", 5, 8)]


def test_a_limit_cuts_lines_and_never_ranks_or_figures(world: World) -> None:
    everything = world.top("--limit", "0", "--min-recoveries", "1")
    assert world.top("--limit", "1") == everything[:1]
    assert world.top("--limit", "2", "--min-recoveries", "1") == everything[:2]
    basis = world.answer("top", "--limit", "1")["basis"]["counted"]
    assert (basis["shown"], basis["qualifying"]) == (1, 3)


def test_nothing_found_is_no_clearance(world: World) -> None:
    said = world.says("top", "--country", "Sweden")
    assert said.code == 0
    assert "Nothing matches." in said.out
    assert "An empty result is not a clearance" in said.out
    assert "not evidence of wrongdoing" not in said.out


def test_seizures_never_count_whatever_is_asked(world: World) -> None:
    for words in (("--weapon-kind", "any"), ("--by", "part"), ("--weapon", "Kh-101"), ("--by", "weapon")):
        assert world.left_out("top", *words)["from seizures and interceptions"] == (1, 1)


class TestBrandsUnderAFirm:
    def test_each_brand_has_its_own_figures(self, world: World) -> None:
        row = world.answer("top", "--brands")["rows"][0]
        brands = [(line["brand"], line["recoveries"], line["components"]) for line in row["brands"]]
        assert brands == [("Analog Devices", 3, 4), ("Maxim Integrated", 3, 3), ("Linear Technology", 1, 1)]

    def test_people_see_them_too(self, world: World) -> None:
        assert "Analog Devices: brands" in world.says("top", "--brands").out


class TestWhatIsRanked:
    def test_parts_with_their_makers(self, world: World) -> None:
        rows = world.top("--by", "part")
        assert rows == [
            (1, "AD8572", 2, 2),
            (1, "EP4CE6", 2, 2),
            (1, "LM1117", 2, 2),
            (1, "MAX232", 2, 2),
        ]
        makers = [row["maker"] for row in world.answer("top", "--by", "part")["rows"]]
        assert makers == ["Analog Devices", "Altera", "Texas Instruments", "Maxim Integrated"]
        stated = "? whose part number is not stated"
        assert world.left_out("top", "--by", "part")[stated] == (1, 1)
        guessed = world.left_out("top", "--by", "part", "--include-tentative")
        assert guessed["? whose part number is neither stated nor read from the marking"] == (1, 1)

    def test_weapons(self, world: World) -> None:
        assert world.top("--by", "weapon", "--min-recoveries", "1") == [
            (1, "Kh-101", 2, 7),
            (2, "Lancet-3", 1, 3),
            (2, "Geran-2", 1, 2),
            (2, "Lancet, variant not determined", 1, 1),
        ]

    def test_weapons_of_any_country_count_parts_that_nobody_has_identified(self, world: World) -> None:
        rows = world.top("--by", "weapon", "--min-recoveries", "1", "--country", "any")
        assert rows[0] == (1, "Kh-101", 2, 12)

    def test_countries_on_the_chosen_basis(self, world: World) -> None:
        rows = world.answer("top", "--by", "country", "--min-recoveries", "1")["rows"]
        assert [(row["rank"], row["country"], row["recoveries"], row["components"]) for row in rows] == [
            (1, "US", 5, 13),
            (2, "DE", 3, 4),
            (3, "JP", 2, 2),
            (4, "CN", 1, 1),
        ]
        assert rows[0]["country_name"] == "United States"
        brand = world.answer("top", "--by", "country", "--min-recoveries", "1", "--basis", "brand")["rows"]
        # W9's MOSFET too is of a brand that was American.
        assert [(row["country"], row["recoveries"], row["components"]) for row in brand][:2] == [
            ("US", 6, 16),
            ("JP", 2, 2),
        ]

    @pytest.mark.parametrize(
        ("by", "several"),
        [("firm", "firms"), ("part", "parts"), ("weapon", "weapons"), ("country", "countries")],
    )
    def test_the_basis_counts_them_in_plain_words(self, world: World, by: str, several: str) -> None:
        assert world.answer("top", "--by", by)["basis"]["counted"][several] > 0

    def test_a_ranking_of_countries_is_not_of_one_country_and_says_so(self, world: World) -> None:
        settings = world.answer("top", "--by", "country")["basis"]["filters"]
        assert settings["country"] == "any"

    def test_something_else_is_refused(self, world: World) -> None:
        said = world.says("top", "--by", "colour")
        assert (said.code, said.out) == (2, "")
        assert "firm, part, weapon, country" in said.err


class TestEvidence:
    def test_every_recovery_and_component_behind_the_figure(self, world: World) -> None:
        found = world.answer("top", "--evidence", "Analog Devices")
        assert found["firm"] == "Analog Devices"
        recoveries = {row["recovery"]: row for row in found["rows"]}
        behind = {
            name: sorted(item["sources"][0]["record_key"] for item in row["components"])
            for name, row in recoveries.items()
        }
        assert behind == {
            "Kh-101 W1": ["c1", "c2", "c9"],
            "Х-101 W2": ["c3"],
            "Lancet-3 W3": ["c10"],
            "Ланцет W4": ["c11"],
            "Герань-2 W5": ["c12", "c4"],
        }

    def test_it_is_as_much_as_the_line_counts(self, world: World) -> None:
        for words in ((), ("--weapon-kind", "any"), ("--basis", "owner-at-manufacture")):
            for _rank, firm, recoveries, components in world.top(*words):
                found = world.answer("top", *words, "--evidence", firm)
                assert len(found["rows"]) == recoveries
                assert sum(len(row["components"]) for row in found["rows"]) == components

    def test_each_component_names_its_brand_its_source_and_its_grades(self, world: World) -> None:
        first = world.answer("top", "--evidence", "Texas Instruments")["rows"][0]["components"][0]
        (source,) = first["sources"]
        assert (first["brand"], first["part"], first["pieces"]) == ("Texas Instruments", "LM1117", 3)
        assert (source["source"], source["record_key"], source["reliability"], source["credibility"]) == (
            "field-notes",
            "c5",
            None,
            3,
        )

    def test_a_brand_whose_parts_count_for_its_owner_is_told_so(self, world: World) -> None:
        """None would read as if nothing of Maxim's had been found."""
        found = world.answer("top", "--evidence", "Maxim")
        assert found["rows"] == []
        (elsewhere,) = found["counted_elsewhere"]
        assert (elsewhere["firm"], elsewhere["components"]) == ("Analog Devices", 3)
        assert found["basis"]["cautions"][0] == (
            "3 components of this brand count for Analog Devices on the basis owner-now."
        )
        assert any("not a clearance" in caution for caution in found["basis"]["cautions"])
        said = world.says("top", "--evidence", "Maxim").out
        assert '3 components of this brand count for Analog Devices: --evidence "Analog Devices"' in said
        own = world.answer("top", "--evidence", "Analog Devices")
        assert own["counted_elsewhere"] == []

    def test_its_basis_names_the_firm_and_no_filter_of_a_ranking(self, world: World) -> None:
        filters = world.answer("top", "--evidence", "Maxim")["basis"]["filters"]
        assert filters["firm"] == "Maxim Integrated"
        assert not {"by", "country", "at_least_recoveries"} & filters.keys()

    def test_a_firm_that_is_not_found_gets_near_names(self, world: World) -> None:
        said = world.says("top", "--evidence", "Analog Devises")
        assert said.code == 4
        assert "Did you mean: Analog Devices" in said.err


def test_a_program_that_goes_on_asking_sees_what_was_imported_meanwhile(
    own_world: World, tmp_path: Path
) -> None:
    def asked() -> list[tuple[str, int]]:
        with session_scope(engine) as session:
            answer = fetch_top(session, TopQuestion(), today=date.today())
        return [(line.name, line.figures.recoveries) for line in answer.rows]

    engine = reading_engine(own_world.address)
    before = asked()
    assert asked() == before == [("Analog Devices", 5), ("Texas Instruments", 3), ("Altera", 2)]
    more = write_world(
        tmp_path, (row("d1", "W5", "Altera", "EP4CE6"), row("d2", "W4", "Altera", "EP4CE6")), "d.csv"
    )
    assert own_world.says("import", "components", "--no-read", str(more), "--source", "field-notes").code == 0
    assert asked() == [("Analog Devices", 5), ("Altera", 4), ("Texas Instruments", 3)]
    engine.dispose()


@pytest.mark.parametrize("words", [(), ("--weapon-kind", "any"), ("--by", "part"), ("--since", "2023")])
def test_both_backends_and_both_times_give_the_same_answer(world: World, words: tuple[str, ...]) -> None:
    assert world.answer("top", *words) == world.answer("top", *words)


def test_the_newest_is_not_the_interval_of_any_one_component(own_world: World, tmp_path: Path) -> None:
    """The last bound of one component is later than that of the one whose first bound is the latest."""
    made = (("e1", "1979-07..2019-07"), ("e2", "1975..2022-06"), ("e3", "1978-03"))
    rows = tuple(row(key, "W1", "Traco Power", "TEN", made=when) for key, when in made)
    more = write_world(tmp_path, rows, "e.csv")
    assert own_world.says("import", "components", "--no-read", str(more), "--source", "field-notes").code == 0
    figures = own_world.says("exposure", "Traco Power", "--format", "json").json["figures"]
    assert figures["newest_made"] == "1979-07..2022-06"
    assert (figures["newest_made_certain"], figures["newest_made_possible"]) == ("1979-07-01", "2022-06-30")
    assert figures["made_after"] == {"certain": 0, "possible": 1, "before": 2, "unknown": 0}
    assert figures["made_after_recoveries"] == {"certain": 0, "possible": 1, "before": 0, "unknown": 0}
    said = own_world.says("exposure", "Traco Power").out
    assert "made on or after 1979-07-01, possibly as late as 2022-06-30" in said
    assert "Recoveries with a component made after 2022-02-24: certainly 0, possibly 1" in said


def test_people_see_both_units_of_made_after_by_name(world: World) -> None:
    said = " ".join(world.says("top").out.split())
    assert "components made after 2022-02-24 (recoveries)" in said
    assert "2 (2), possibly 1 (1)" in said


def test_first_seen_by_a_lower_bound_only_says_so_and_of_how_many(own_world: World, tmp_path: Path) -> None:
    """One of the three recoveries is dated, and only "from" a day."""
    rows = [row(f"f{place}", "W4", "Traco Power", f"T{place}") for place in range(3)]
    for place, each in enumerate(rows):
        each |= {"recovery": f"F{place}", "serial": f"{place}01"}
    rows[0]["used"] = "from 2022-03"
    more = write_world(tmp_path, tuple(rows), "f.csv")
    assert own_world.says("import", "components", "--no-read", str(more), "--source", "field-notes").code == 0
    said = own_world.says("exposure", "Traco Power").out
    assert "First seen not before 2022-03, last seen 2022-03 or later: 1 of 3 recoveries have a date" in said
    ranked = " ".join(own_world.says("top", "--country", "CH").out.split())
    assert "not before 2022-03 2022-03 or later 1 of 3" in ranked
