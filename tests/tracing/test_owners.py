"""What ownership shows of firms on a day, out of the tables."""

from __future__ import annotations

from datetime import date

import pytest

from provenance.core.errors import NotFound
from provenance.schema.session import Session
from provenance.tracing.listed_owners import RuleState, fetch_holdings, fetch_listed
from provenance.tracing.owners import OFF, fetch_ownership
from tests.tracing.records import Records

DAY = date(2025, 10, 15)
LISTED = date(2024, 3, 1)


class World:
    """Red Holding, listed since March 2024, owns all of Pink, which owns 60 % of Birch."""

    def __init__(self, session: Session) -> None:
        self.records = Records(session)
        self.birch, self.pink, self.red = map(self.records.firm, ("Birch Ltd", "Pink Ltd", "Red Holding"))
        self.records.stake(self.pink, self.birch, 60)
        self.records.stake(self.red, self.pink, 100)
        self.records.listing("RED HOLDING LLC", "reds", LISTED)


def test_the_stakes_up_to_a_listed_owner(scratch: Session) -> None:
    world = World(scratch)
    found = fetch_ownership(scratch, [world.birch, world.red], DAY)
    (owner,) = found[world.birch].listed_owners
    assert (owner.owner, owner.lists, owner.least_percent, owner.unverified) == (
        "Red Holding", ("reds",), 60, False,
    )  # fmt: skip
    assert [(stake.owner, stake.percent) for stake in owner.stakes] == [
        ("Pink Ltd", 60),
        ("Red Holding", 100),
    ]
    assert found[world.birch].listed_on == ()
    assert (found[world.red].listed_on, found[world.red].listed_owners) == (("reds",), ())


def test_a_name_on_two_lists_is_one_owner(scratch: Session) -> None:
    world = World(scratch)
    world.records.listing("Red Holding", "blues", LISTED)
    (owner,) = fetch_ownership(scratch, [world.birch], DAY)[world.birch].listed_owners
    assert owner.lists == ("blues", "reds")


@pytest.mark.parametrize(
    ("day", "listed"), [(date(2024, 2, 29), False), (LISTED, True), (date(2026, 1, 1), True)]
)
def test_listed_from_the_day_on(scratch: Session, day: date, listed: bool) -> None:
    world = World(scratch)
    assert (world.red in fetch_listed(scratch, day)) is listed


def test_listed_until_the_day_before_its_listing_ended(scratch: Session) -> None:
    records = Records(scratch)
    firm = records.firm("Green Ltd")
    records.listing("Green Ltd", "greens", LISTED, ended=DAY)
    assert firm in fetch_listed(scratch, date(2025, 10, 14))
    assert firm not in fetch_listed(scratch, DAY)


def test_a_stake_counts_while_it_may_have_been_held(scratch: Session) -> None:
    records = Records(scratch)
    owner, owned = records.firm("Owner"), records.firm("Owned")
    records.stake(
        owner, owned, 30, since_earliest=date(2024, 1, 1), since_latest=date(2024, 12, 31),
        until_earliest=date(2025, 1, 1), until_latest=DAY,
    )  # fmt: skip
    held = [bool(fetch_holdings(scratch, day)) for day in (date(2023, 12, 31), date(2024, 1, 1), DAY)]
    assert held == [False, True, False]


def test_announced_stakes_and_product_lines_do_not_count(scratch: Session) -> None:
    records = Records(scratch)
    owner, owned = records.firm("Owner"), records.firm("Owned")
    records.stake(owner, owned, 100, status="announced")
    records.stake(owner, owned, 100, scope="product_line", product_line="memory")
    assert fetch_holdings(scratch, DAY) == []


def test_one_stake_that_is_not_verified_is_marked(scratch: Session) -> None:
    records = Records(scratch)
    birch, red = records.firm("Birch Ltd"), records.firm("Red Holding")
    records.stake(red, birch, None, verification="unverified")
    records.listing("Red Holding", "reds", LISTED)
    (owner,) = fetch_ownership(scratch, [birch], DAY)[birch].listed_owners
    assert (owner.unverified, owner.least_percent, owner.stakes[0].percent) == (True, None, None)


class TestRules:
    def rule(self, world: World) -> None:
        """A 50 percent rule, suspended for October 2025."""
        world.records.rows.add(
            "ownership_rule", key="half", name="Half", least_percent=50, aggregate=True, since=LISTED,
            suspended_from=date(2025, 10, 1), suspended_until=date(2025, 11, 1),
        )  # fmt: skip

    def test_it_treats_the_firm_like_its_owner_on_its_days(self, scratch: Session) -> None:
        world = World(scratch)
        self.rule(world)
        (found,) = fetch_ownership(scratch, [world.birch], DAY)[world.birch].treatments
        assert (found.rule_key, found.percent, found.state) == ("half", 60, RuleState.SUSPENDED)
        (later,) = fetch_ownership(scratch, [world.birch], date(2025, 11, 1))[world.birch].treatments
        assert later.state == RuleState.IN_FORCE

    def test_it_can_be_left_aside_and_one_that_does_not_exist_is_named(self, scratch: Session) -> None:
        world = World(scratch)
        self.rule(world)
        assert fetch_ownership(scratch, [world.birch], DAY, rule=OFF)[world.birch].treatments == ()
        with pytest.raises(NotFound) as raised:
            fetch_ownership(scratch, [world.birch], DAY, rule="quarter")
        assert raised.value.near == ("half",)
