"""Ownership: the way up to listed owners, and rules with their days."""

from __future__ import annotations

from datetime import date

import pytest

from provenance.schema.session import Session
from provenance.tracing.listed_owners import (
    Holding,
    Rule,
    RuleState,
    fetch_rules,
    paths_to_listed_owners,
    treated_as_listed,
)

RULE = Rule("half", "half", 50, True, None, None, None, None, "unverified", None)
LISTED = {9: ("list",), 8: ("list",)}


def holds(owner: int, owned: int, percent: float | None) -> Holding:
    return Holding(owner, owned, percent, True)


def test_the_path_up_has_its_smallest_stake() -> None:
    stakes = [holds(2, 1, 80), holds(9, 2, 30), holds(3, 1, 20)]
    (path,) = paths_to_listed_owners(1, stakes, LISTED)
    assert (path.listed, [step.owner for step in path.holdings], path.least_percent) == (9, [2, 9], 30)


def test_a_stake_that_is_not_stated_leaves_the_smallest_unknown() -> None:
    (path,) = paths_to_listed_owners(1, [holds(9, 1, None)], LISTED)
    assert path.least_percent is None


def test_owners_in_a_cycle_do_no_harm() -> None:
    stakes = [holds(2, 1, 60), holds(1, 2, 60), holds(9, 2, 60)]
    assert [path.listed for path in paths_to_listed_owners(1, stakes, LISTED)] == [9]
    assert treated_as_listed(stakes, LISTED, RULE) == {2: 100.0, 1: 60}


def test_stakes_of_several_listed_owners_add_up() -> None:
    stakes = [holds(9, 1, 25), holds(8, 1, 25)]
    assert treated_as_listed(stakes, LISTED, RULE) == {1: 50}
    alone = Rule("alone", "alone", 50, False, None, None, None, None, "unverified", None)
    assert treated_as_listed(stakes, LISTED, alone) == {}


def test_a_firm_treated_so_counts_as_an_owner_in_turn_and_half_of_a_half_does_not() -> None:
    stakes = [holds(9, 1, 50), holds(1, 2, 50), holds(2, 3, 49)]
    assert treated_as_listed(stakes, LISTED, RULE) == {1: 50, 2: 50}


def test_a_stake_that_is_not_stated_adds_nothing() -> None:
    assert treated_as_listed([holds(9, 1, None), holds(8, 1, 49)], LISTED, RULE) == {}


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2025, 9, 28), RuleState.NOT_YET),
        (date(2025, 9, 29), RuleState.IN_FORCE),
        (date(2025, 11, 9), RuleState.IN_FORCE),
        (date(2025, 11, 10), RuleState.SUSPENDED),
        (date(2026, 11, 9), RuleState.SUSPENDED),
        (date(2026, 11, 10), RuleState.NOT_KNOWN),
    ],
)
def test_the_affiliates_rule_by_day(reference: Session, day: date, state: RuleState) -> None:
    rule = next(rule for rule in fetch_rules(reference) if rule.key == "us-bis-affiliates")
    assert rule.state(day) == state
    assert rule.verification == "partly"
