"""The four bases of nationality: the same finds, other firms, other countries."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from provenance.domain.ownership import Genealogy, Step
from provenance.queries.attribution import OwnershipPeriods
from tests.queries.world import World

ANY = ("--country", "any", "--min-recoveries", "1")


def countries(world: World, *words: str) -> dict[str, str | None]:
    return {row["firm"]: row["country"] for row in world.answer("top", *words)["rows"]}


def test_an_unverified_link_counts_for_the_parts_of_its_own_time() -> None:
    """The link to the first owner is not verified, today's is: today's says nothing about 1990."""
    brand, first, second = 1, 2, 3
    steps = {
        brand: (
            Step(first, (date(1987, 1, 1),) * 2, (date(1997, 1, 1),) * 2, verified=False),
            Step(second, (date(2016, 9, 19),) * 2, (None, None), verified=True),
        )
    }
    labels = {brand: "Brand", first: "First", second: "Second"}
    genealogy = Genealogy(labels, dict.fromkeys(labels, "operating"), steps, {}, date(2026, 1, 1))
    brands, firms, unverified = OwnershipPeriods(np.array([brand]), genealogy).lines
    assert list(zip(brands.tolist(), firms.tolist(), unverified.tolist(), strict=True))[-4:] == [
        (brand, brand, False),
        (brand, first, True),
        (brand, brand, False),
        (brand, second, False),
    ]


def test_by_brand_each_name_answers_for_itself_where_it_had_its_own_seat(world: World) -> None:
    found = countries(world, *ANY, "--basis", "brand")
    assert (
        found["International Rectifier"]
        == found["Cypress Semiconductor"]
        == found["Maxim Integrated"]
        == "US"
    )
    assert (found["Infineon Technologies"], found["Quuxtronics"]) == ("DE", None)


def test_by_owner_now_international_rectifier_and_cypress_are_german(world: World) -> None:
    assert world.top("--country", "Germany") == [(1, "Infineon Technologies", 3, 4)]
    assert world.top("--country", "ФРН") == world.top("--country", "DEU")
    assert "International Rectifier" not in countries(world, *ANY)


def test_by_owner_at_manufacture_a_part_counts_for_who_owned_the_brand_then(world: World) -> None:
    """Maxim was its own until August 2021, International Rectifier until 2015; Altera was once Intel's."""
    assert world.top(*ANY, "--basis", "owner-at-manufacture") == [
        # Its own four; Maxim's of March 2022; Linear's of 2018.
        (1, "Analog Devices", 4, 6),
        (2, "Texas Instruments", 3, 3),
        (3, "Murata Manufacturing", 2, 2),
        (3, "Quuxtronics", 2, 2),
        (5, "Altera", 1, 1),
        (5, "Infineon Technologies", 1, 1),
        (5, "Intel", 1, 1),
        (5, "International Rectifier", 1, 1),
        (5, "Maxim Integrated", 1, 1),
        (5, "Rotorwin", 1, 1),
    ]


def test_a_part_that_may_be_of_before_or_after_a_sale_is_not_guessed_at(world: World) -> None:
    """Undated: Maxim's of W4, Cypress's of W3, and Infineon's of W9, which was Siemens' once."""
    left = world.left_out("top", *ANY, "--basis", "owner-at-manufacture")
    reason = "? whose owner at manufacture is unknown (undated, or the owner changed within the date)"
    assert left[reason] == (3, 3)


def test_domicile_goes_by_the_legal_seat_and_never_by_a_source_s_label(world: World) -> None:
    found = countries(world, *ANY, "--basis", "domicile")
    assert found["Analog Devices"] == "US"
    assert found["Rotorwin"] is None
    assert world.top("--basis", "domicile", "--country", "unknown", "--min-recoveries", "1") == [
        (1, "Quuxtronics", 2, 2),
        (2, "Rotorwin", 1, 1),
    ]


@pytest.mark.parametrize("basis", ["brand", "owner-now", "owner-at-manufacture"])
def test_a_source_s_label_is_used_where_nothing_better_is_known_and_counted_as_such(
    world: World, basis: str
) -> None:
    words = ("--country", "China", "--min-recoveries", "1", "--basis", basis)
    assert world.top(*words) == [(1, "Rotorwin", 1, 1)]
    found = world.answer("top", *words)
    assert "Country only as published by the source: the only component." in found["basis"]["cautions"]
    assert [(row["country"], row["country_from_label"]) for row in found["rows"]] == [("CN", True)]
    assert "published as CN" in world.says("top", *words).out


def test_unknown_is_a_country_to_ask_for_and_never_counted_as_another(world: World) -> None:
    assert world.top("--country", "unknown") == [(1, "Quuxtronics", 2, 2)]
    assert world.left_out("top", "--country", "unknown")["of a known country"] == (20, 6)
    for country in ("US", "Germany", "JP"):
        assert world.left_out("top", "--country", country)["? of firms of unknown country"] == (2, 2)


def test_the_answer_names_its_basis(world: World) -> None:
    said = world.says("top", "--basis", "domicile")
    assert "(basis: domicile)" in said.out
    assert "Filters: US firms by legal seat of the current owner;" in said.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--country", "Atlantis"), "no country is called 'Atlantis'"),
        (("--country", "Korea"), "no country is called 'Korea'; did you mean"),
        (("--basis", "owner"), "--basis"),
    ],
)
def test_a_country_or_basis_that_does_not_exist_is_refused(
    world: World, words: tuple[str, ...], said: str
) -> None:
    answer = world.says("top", *words)
    assert answer.code == 2
    assert said in answer.err
