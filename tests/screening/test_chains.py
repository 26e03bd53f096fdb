"""Firms on known chains: who is one, by which names, and how many recoveries they lead to."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from provenance.schema.session import Session
from provenance.screening.chains import KNOWN_CHAINS, KnownChains, firms_on_chains
from provenance.screening.hits import Hit, ScreeningTerms
from provenance.sources.customers import Customer
from tests.support.rows import Rows

CEDAR = "Cedar Parts Ltd"
ASKED = ScreeningTerms(known_chains=True)


class World:
    """Transfers of components, each from a party."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.rows = Rows(session)

    def transfer(
        self, as_written: str = CEDAR, *, recovery: int | None = None, withdrawn: bool = False, **party: Any
    ) -> None:
        component = self.rows.add("component", recovery_id=recovery or self.rows.add("recovery"))
        moved = self.rows.add(
            "transfer",
            component_id=component,
            earliest=date(2022, 5, 6),
            withdrawn_at=datetime(2024, 1, 1, tzinfo=UTC) if withdrawn else None,
        )
        given = {"side": "from", "role": "supplier", "as_written": as_written, "organization_id": None}
        self.rows.add("transfer_party", transfer_id=moved, **given | party)

    def hits(self, name: str, terms: ScreeningTerms = ASKED, *, firm: str | None = None) -> list[Hit]:
        (found,) = KnownChains(self.session).hits([Customer(1, name, firm=firm)], terms)
        return found


@pytest.fixture
def world(scratch: Session) -> World:
    """Nothing at first."""
    return World(scratch)


def test_no_transfers_no_firms(world: World) -> None:
    assert len(KnownChains(world.session)) == firms_on_chains(world.session) == 0
    assert world.hits("Cedar Parts") == []


def test_recoveries_and_transfers_counted_by_hand(world: World) -> None:
    shared = world.rows.add("recovery")
    for recovery in (shared, shared, None):
        world.transfer(recovery=recovery)
    assert len(KnownChains(world.session)) == firms_on_chains(world.session) == 1
    (hit,) = world.hits("CEDAR PARTS CO., LIMITED")
    assert "on the supply path of 2 recoveries, as supplier in 3 transfers on record" in hit.reason
    assert (hit.list, hit.listed_from, hit.key) == (KNOWN_CHAINS, "2022-05-06", f"as written: {CEDAR}")


def test_recoveries_that_are_the_same_count_once(world: World) -> None:
    recoveries = [world.rows.add("recovery") for _time in range(2)]
    for recovery in recoveries:
        world.transfer(recovery=recovery)
    world.rows.add(
        "same_as",
        left_recovery_id=recoveries[0],
        right_recovery_id=recoveries[1],
        left_organization_id=None,
        right_organization_id=None,
        verdict="same",
    )
    assert "on the supply path of 1 recovery, as supplier in 2 transfers" in world.hits(CEDAR)[0].reason


@pytest.mark.parametrize(
    "left_out",
    [{"role": "maker"}, {"confidential": True}, {"withdrawn": True}],
    ids=lambda one: next(iter(one)),
)
def test_who_is_left_out(world: World, left_out: dict[str, Any]) -> None:
    world.transfer(**left_out)
    assert world.hits(CEDAR) == []


def test_an_organization_is_found_by_its_other_names_and_once(world: World) -> None:
    firm = world.rows.add("organization", label="Cedar Parts Limited")
    world.rows.add("organization_name", organization_id=firm, name="Zircon Bay Handels GmbH")
    world.transfer(organization_id=firm)
    world.transfer("CEDAR PARTS", organization_id=firm, role="importer", side="to")
    assert len(KnownChains(world.session)) == firms_on_chains(world.session) == 1
    (hit,) = world.hits("Zircon Bay")
    assert (hit.party, "as importer, supplier in 2 transfers" in hit.reason) == ("Cedar Parts Limited", True)


def test_only_when_asked(world: World) -> None:
    world.transfer()
    assert len(world.hits(CEDAR)) == 1
    assert len(world.hits(CEDAR, ScreeningTerms(lists=(KNOWN_CHAINS,)))) == 1
    assert len(world.hits(CEDAR, ScreeningTerms(lists=("ours",), known_chains=True))) == 1
    assert world.hits(CEDAR, ScreeningTerms()) == []
    assert world.hits(CEDAR, ScreeningTerms(lists=("ours",))) == []


def test_a_firm_is_never_a_hit_on_itself(world: World) -> None:
    world.transfer()
    (itself,) = world.hits(CEDAR)
    assert world.hits(CEDAR, firm=itself.key) == []
    assert len(world.hits(CEDAR, firm="as written: Cedar Parts Holding")) == 1


def test_an_authorised_distributor_is_called_one(world: World) -> None:
    world.transfer(role="authorised_distributor")
    assert "; an authorised distributor; on the supply path of 1 recovery" in world.hits(CEDAR)[0].reason
    world.transfer(role="broker")
    assert "an authorised distributor;" not in world.hits(CEDAR)[0].reason


def test_a_firm_that_appears_in_another_transfer_has_another_digest(world: World) -> None:
    world.transfer()
    before = world.hits(CEDAR)[0].entry_digest
    assert world.hits(CEDAR)[0].entry_digest == before
    world.transfer()
    assert world.hits(CEDAR)[0].entry_digest != before
