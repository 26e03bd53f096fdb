"""`coverage`: what has been seen once, and what that says of what nobody has seen."""

from __future__ import annotations

from typing import Any

from tests.queries.world import World


def rows(world: World, *words: str) -> dict[tuple[str, str | None], Any]:
    """The rows of an answer by kind and weapon."""
    return {(row["kind"], row["weapon"]): row for row in world.answer("coverage", *words)["rows"]}


def test_firms_by_hand(world: World) -> None:
    """Linear, Cypress, Infineon and Rotorwin were in one recovery each; International Rectifier, Murata,
    Quuxtronics and Altera in two; Analog, TI and Maxim in three. W2, W3, W5 and W9 each brought one that no
    other has. Not seen: 5/6 of 4·3/(2·(4+1))."""
    found = rows(world)["firm", None]
    assert (found["recoveries"], found["seen"], found["seen_once"], found["seen_twice"]) == (6, 11, 4, 4)
    assert found["unseen"] == 1.0
    assert found["chance_new"] == 0.667
    assert found["new_in_next"] == 0.67


def test_parts_by_hand(world: World) -> None:
    """Seven parts were in one recovery, seven in two; each of the six recoveries brought one of the
    seven. Not seen: 5/6 of 7·6/(2·(7+1))."""
    found = rows(world)["part", None]
    assert (found["recoveries"], found["seen"], found["seen_once"], found["seen_twice"]) == (6, 14, 7, 7)
    assert found["unseen"] == 2.2
    assert found["chance_new"] == 1


def test_a_weapon_with_too_few_recoveries_has_no_row_and_is_counted(world: World) -> None:
    """Kh-101 has two, and one each have Lancet-3, Lancet, Geran-2 and Kh-59: none has five."""
    answer = world.answer("coverage")
    assert {row["weapon"] for row in answer["rows"]} == {None}
    assert answer["weapons_left_out"] == 5
    assert "Weapons with too few recoveries for a row: 5." in world.says("coverage").out


def test_a_weapon_of_two_recoveries_says_what_was_seen_and_no_more(world: World) -> None:
    """In Kh-101s: Analog and TI in both, Maxim, Murata, Quuxtronics, IR, Rotorwin and Altera in one."""
    found = rows(world, "--min-recoveries", "2")["firm", "Kh-101"]
    assert (found["recoveries"], found["seen"], found["seen_once"], found["seen_twice"]) == (2, 8, 6, 2)
    assert found["unseen"] is None
    assert found["chance_new"] is None
    said = world.says("coverage", "--min-recoveries", "2").out
    assert "too few to say" in said


def test_it_says_what_it_takes_for_granted(world: World) -> None:
    basis = world.answer("coverage")["basis"]
    assert "Firm unknown: 1 of 23 components." in basis["unknown"]
    assert "Part number unknown: 2 of 23 components." in basis["unknown"]
    cautions = " ".join(basis["cautions"])
    assert "drawn as those on record were" in cautions
    assert "the least to expect" in cautions


def test_on_the_owners_basis_brands_are_one_firm(world: World) -> None:
    """Linear and Maxim are Analog's, International Rectifier and Cypress Infineon's: seven firms are left."""
    found = rows(world, "--basis", "owner-now")["firm", None]
    assert found["seen"] == 7


def test_nothing_known_is_said_not_estimated(world: World) -> None:
    said = world.says("coverage", "--weapon", "Kh-59", "--category", "engine")
    assert said.code == 0
    assert "No firm is known of what was counted." in said.out
