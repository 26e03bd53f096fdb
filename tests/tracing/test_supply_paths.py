"""Supply paths of one component out of the tables: gaps, grades, diversion, and what stays unknown."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from provenance.core.vocabulary.tracing import Dated
from provenance.schema.session import Session
from provenance.tracing.statements import AsOf
from provenance.tracing.strongest_paths import PointKind
from provenance.tracing.supply_paths import (
    ComponentTrace,
    GapKind,
    PointOfDiversion,
    StepKind,
    SupplyPath,
    trace_component,
)
from provenance.tracing.traced_components import traced_component
from tests.tracing.records import Records

JAN, FEB, MAR = (date(2021, month, 1) for month in (1, 2, 3))


class World:
    """A chip of North Semi in a wreck of June 2023, and firms to send it about."""

    def __init__(self, session: Session, **component: object) -> None:
        self.session, self.records = session, Records(session)
        self.maker = self.records.firm("North Semi")
        self.part = self.records.part("NORTH-1", self.maker)
        self.alder, self.birch, self.cedar = map(self.records.firm, ("Alder AG", "Birch Ltd", "OOO Cedar"))
        recovery = self.records.recovery("Kh-101 W1", recovered=date(2023, 6, 1))
        stated = {"part": self.part, "maker": self.maker, **component}
        self.component = self.records.component(recovery, **stated)  # type: ignore[arg-type]  # values of any column

    def sale(
        self, sender: int | str | None, recipient: int | str | None, on: date | None, **values: object
    ) -> int:
        """A transfer of the part."""
        return self.records.transfer(sender, recipient, on=on, part_id=self.part, **values)

    def trace(self) -> ComponentTrace:
        """What is on record of the chip."""
        return trace_component(self.session, traced_component(self.session, self.component), AsOf())

    def path(self) -> SupplyPath:
        """The only path."""
        (path,) = self.trace().paths
        return path


def steps(path: SupplyPath) -> list[tuple[StepKind, str | None, str | None]]:
    return [(step.kind, step.sender, step.recipient) for step in path.steps]


def test_from_its_maker_to_the_weapon(scratch: Session) -> None:
    world = World(scratch)
    world.sale(world.maker, world.alder, JAN)
    world.sale(world.alder, world.birch, FEB)
    assert steps(world.path()) == [
        (StepKind.TRANSFER, "North Semi", "Alder AG"), (StepKind.TRANSFER, "Alder AG", "Birch Ltd"),
        (StepKind.GAP, "Birch Ltd", "Kh-101 W1"),
    ]  # fmt: skip
    assert (world.path().date_order, world.path().gaps) == (Dated.CERTAIN, 1)


def test_what_does_not_begin_with_the_maker_begins_with_a_gap(scratch: Session) -> None:
    world = World(scratch)
    world.sale(world.alder, world.birch, FEB)
    first, *_rest = world.path().steps
    assert (first.gap, first.sender, first.sender_role, first.recipient) == (
        GapKind.FROM_MAKER, "North Semi", "maker", "Alder AG",
    )  # fmt: skip


def test_a_maker_that_is_not_identified_stays_unknown(scratch: Session) -> None:
    world = World(scratch, maker=None)
    world.sale(world.alder, world.birch, FEB)
    first, *_rest = world.path().steps
    assert (first.gap, first.sender, first.sender_ref, first.sender_role) == (
        GapKind.FROM_MAKER, None, None, None,
    )  # fmt: skip


def test_an_unknown_recipient_is_one_and_not_left_out(scratch: Session) -> None:
    world = World(scratch)
    world.sale(world.maker, None, JAN)
    assert steps(world.path()) == [
        (StepKind.TRANSFER, "North Semi", None), (StepKind.GAP, None, "Kh-101 W1"),
    ]  # fmt: skip


def test_without_a_transfer_there_is_no_path(scratch: Session) -> None:
    world = World(scratch)
    found = world.trace()
    assert (found.paths, found.transfers, found.transfers_on_no_path) == ((), 0, 0)


def test_goods_passed_to_oneself_make_no_path(scratch: Session) -> None:
    world = World(scratch)
    world.sale(world.alder, world.alder, JAN)
    found = world.trace()
    assert (found.paths, found.transfers, found.transfers_on_no_path) == ((), 1, 1)


def test_the_grade_is_that_of_the_weakest_step_on_each_axis(scratch: Session) -> None:
    world = World(scratch)
    first, second = world.sale(world.maker, world.alder, JAN), world.sale(world.alder, world.birch, FEB)
    world.records.cite(first, world.records.source(reliability="A"), credibility=4)
    world.records.cite(second, world.records.source(reliability="C"), credibility=1)
    path = world.path()
    assert (path.weakest_reliability, path.weakest_credibility) == ("C", 4)
    assert (path.weakest_class, path.documented) == ("trade_record_same_part", True)


def test_one_step_that_is_not_assessed_or_not_documented_decides(scratch: Session) -> None:
    world = World(scratch)
    first = world.sale(world.maker, world.alder, JAN)
    world.records.cite(first, world.records.source(reliability="A"), credibility=1)
    world.sale(world.alder, world.birch, FEB, evidence_class="allegation")
    path = world.path()
    assert (path.weakest_reliability, path.weakest_credibility) == (None, None)
    assert (path.weakest_class, path.documented) == ("allegation", False)


def test_two_transfers_between_the_same_two_are_one_step(scratch: Session) -> None:
    world = World(scratch)
    for day in (JAN, FEB):
        world.sale(world.maker, world.alder, day)
    (step, _gap) = world.path().steps
    assert len(step.transfers) == 2
    assert step.earliest in (JAN, FEB)


def test_countries_in_the_order_in_which_the_goods_passed_them(scratch: Session) -> None:
    world = World(scratch)
    number = world.records.transfer(None, None, on=JAN, part_id=world.part, destination_country="RU")
    world.records.party(number, "from", world.maker, country="CH", role="maker")
    world.records.party(number, "to", world.alder)
    for position, country in enumerate(("DE", "AE", "DE"), start=1):
        world.records.rows.add("transfer_transit", transfer_id=number, position=position, country=country)
    assert world.path().steps[0].countries == ("CH", "DE", "AE", "RU")


class TestDiversion:
    def diversion(self, scratch: Session, *channels: str | None, **component: object) -> PointOfDiversion:
        """The point of diversion where the maker sold to Alder, Alder to Birch and Birch to Cedar."""
        world = World(scratch, **component)
        parties = (world.maker, world.alder, world.birch, world.cedar)
        known = dict(zip(parties[1:], channels, strict=False))
        for month, (sender, recipient) in enumerate(pairwise(parties), start=1):
            number = world.records.transfer(None, None, on=date(2021, month, 1), part_id=world.part)
            world.records.party(number, "from", sender, channel=known.get(sender))
            world.records.party(number, "to", recipient, channel=known.get(recipient))
        return world.path().diversion

    def test_the_last_authorised_holder_before_one_outside(self, scratch: Session) -> None:
        found = self.diversion(scratch, "authorised", "independent", "independent")
        assert (found.kind, found.last_authorised, found.first_outside) == (
            PointKind.LAST_AUTHORISED_HOLDER, "Alder AG", "Birch Ltd",
        )  # fmt: skip

    def test_a_range_where_a_channel_between_is_unknown(self, scratch: Session) -> None:
        found = self.diversion(scratch, "authorised", None, "independent")
        assert (found.kind, found.last_authorised, found.first_outside) == (
            PointKind.RANGE, "Alder AG", "OOO Cedar",
        )  # fmt: skip

    def test_an_open_range_where_nobody_outside_is_known(self, scratch: Session) -> None:
        found = self.diversion(scratch, "authorised", "authorised", "authorised")
        assert (found.kind, found.last_authorised, found.first_outside) == (
            PointKind.RANGE, "OOO Cedar", None,
        )  # fmt: skip

    @pytest.mark.parametrize(
        ("authenticity", "kind"), [("no_signs", PointKind.RANGE), ("counterfeit", PointKind.UNKNOWN)]
    )
    def test_a_counterfeit_never_was_in_the_makers_network(
        self, scratch: Session, authenticity: str, kind: PointKind
    ) -> None:
        world = World(scratch, authenticity=authenticity)
        number = world.sale(None, None, JAN)
        world.records.party(number, "from", world.alder, channel="independent")
        world.records.party(number, "to", world.birch, channel="independent")
        # How it came from the maker to Alder is a gap, so that the point is a range at best.
        assert world.path().diversion.kind == kind
