"""Components as tracing sees them, and the transfers that may concern them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from provenance.core.errors import NotFound
from provenance.core.identity import reference
from provenance.schema.organizations import Organization
from provenance.schema.recoveries import Recovery
from provenance.schema.session import Session
from provenance.tracing.ledger import load_ledger
from provenance.tracing.recovered_components import load_recovered
from provenance.tracing.statements import AsOf
from provenance.tracing.traced_components import (
    TracedComponent,
    traced_component,
    traced_components_named,
    transfers_of,
)
from tests.tracing.records import Records

FOUND = date(2023, 2, 10)


def concerning(session: Session, item: TracedComponent, *, wide: bool = False) -> set[int]:
    return set(transfers_of(session, item, wide=wide))


class TestComponents:
    def test_what_is_stated_and_what_is_tentative(self, scratch: Session) -> None:
        records = Records(scratch)
        maker = records.firm("North Semi")
        part = records.part("NORTH-1", maker)
        stated = traced_component(
            scratch, records.component(records.recovery(), part=part, maker=maker, marking="N 1")
        )
        assert (stated.label, stated.maker, stated.mpns, stated.tentative) == (
            "N 1", "North Semi", ("NORTH-1",), (),
        )  # fmt: skip
        guessed = traced_component(
            scratch, records.component(records.recovery(), part=part, maker=maker, status="tentative")
        )
        assert (guessed.maker, guessed.mpns, guessed.parts) == (None, (), ())
        assert guessed.tentative == ("North Semi", "NORTH-1")

    def test_a_part_that_was_only_read_counts_on_request_where_none_is_stated(self, scratch: Session) -> None:
        records = Records(scratch)
        maker = records.firm("North Semi")
        part, other = records.part("NORTH-1", maker), records.part("NORTH-2", maker)
        read = records.component(records.recovery(), part=part, status="tentative")
        both = records.component(records.recovery(), part=part, status="tentative")
        records.rows.add("identification", component_id=both, part_id=other, status="confirmed")
        sold = records.transfer("Alder AG", "OOO Cedar", part_id=part)
        found = traced_component(scratch, read, read_parts=True)
        assert (found.mpns, found.part_read, found.maker, concerning(scratch, found)) == (
            ("NORTH-1",), True, None, {sold},
        )  # fmt: skip
        assert concerning(scratch, traced_component(scratch, read)) == set()
        stated = traced_component(scratch, both, read_parts=True)
        assert (stated.mpns, stated.part_read) == (("NORTH-2",), False)
        ledger = load_ledger(scratch, AsOf())
        assert load_recovered(scratch, ledger).part.tolist() == [0, ledger.parts[other]]
        recovered = load_recovered(scratch, ledger, read_parts=True)
        assert recovered.part.tolist() == [ledger.parts[part], ledger.parts[other]]

    def test_records_of_the_same_component_are_one(self, scratch: Session) -> None:
        records = Records(scratch)
        part = records.part("NORTH-1")
        recovery = records.recovery()
        one, other = records.component(recovery), records.component(recovery, part=part)
        records.same("component", one, other)
        found = traced_component(scratch, one)
        assert (found.members, found.mpns) == ((one, other), ("NORTH-1",))

    def test_a_recovery_names_its_components_once_and_none_withdrawn(self, scratch: Session) -> None:
        records = Records(scratch)
        recovery = records.recovery()
        one, other = records.component(recovery), records.component(recovery)
        records.same("component", one, other)
        single = records.component(recovery)
        records.component(recovery, withdrawn_at=datetime(2024, 1, 1, tzinfo=UTC))
        uid = scratch.execute(select(Recovery.uid)).scalar_one()
        found = traced_components_named(scratch, reference("recovery", uid))
        assert [item.members for item in found] == [(one, other), (single,)]

    def test_a_firm_has_no_path(self, scratch: Session) -> None:
        Records(scratch).firm("Alder AG")
        uid = scratch.execute(select(Organization.uid)).scalar_one()
        with pytest.raises(NotFound, match="leads to a component or a recovery"):
            traced_components_named(scratch, reference("organization", uid))

    def test_in_transit_until_the_first_date_after_which_it_was_not(self, scratch: Session) -> None:
        records = Records(scratch)
        recovery = records.recovery(recovered=FOUND)
        records.rows.add(
            "recovery_date",
            recovery_id=recovery,
            kind="used",
            earliest=date(2023, 2, 1),
            latest=date(2023, 2, 5),
        )
        records.rows.add("recovery_date", recovery_id=recovery, kind="produced", earliest=date(2020, 1, 1))
        item = traced_component(scratch, records.component(recovery))
        assert item.in_transit_until == date(2023, 2, 5)

    def test_without_such_a_date_until_it_was_published(self, scratch: Session) -> None:
        records = Records(scratch)
        number = records.component(records.recovery())
        assert traced_component(scratch, number).in_transit_until is None
        source = records.source(published_latest=date(2024, 1, 1))
        for key, retrieved in (("a", date(2023, 1, 1)), ("b", None)):
            records.rows.add(
                "citation", component_id=number, source_id=source, record_key=key, retrieved=retrieved
            )
        assert traced_component(scratch, number).in_transit_until == date(2024, 1, 1)

    @pytest.mark.parametrize(
        ("authenticity", "suspect"), [(None, False), ("no_signs", False), ("suspect", True)]
    )
    def test_a_suspected_counterfeit(self, scratch: Session, authenticity: str | None, suspect: bool) -> None:
        records = Records(scratch)
        number = records.component(records.recovery(), authenticity=authenticity)
        assert traced_component(scratch, number).suspect is suspect


class TestTransfers:
    def test_of_the_item_its_lot_and_its_part_number(self, scratch: Session) -> None:
        records = Records(scratch)
        part, other_part = records.part("NORTH-1"), records.part("SOUTH-9")
        recovery = records.recovery()
        component, other = records.component(recovery, part=part, lot="L7"), records.component(recovery)
        wanted = {
            records.transfer("A", "B", component_id=component),
            records.transfer("A", "B", part_id=part),
            records.transfer("A", "B", lot="L7"),
            records.transfer("A", "B", lot="L7", part_id=part),
        }
        for values in (
            {"component_id": other, "part_id": part},
            {"lot": "L7", "part_id": other_part},
            {"part_id": other_part},
            {"hs6": "854231"},
        ):
            records.transfer("A", "B", **values)
        assert concerning(scratch, traced_component(scratch, component)) == wanted

    def test_wide_adds_the_part_family_and_the_customs_code_alone(self, scratch: Session) -> None:
        records = Records(scratch)
        part = records.part("STM32F103")
        component = records.component(records.recovery(), part=part, hs6="854231")
        family = records.transfer("A", "B", part_family="STM32")
        code = records.transfer("A", "B", hs6="854231")
        records.transfer("A", "B", hs6="854231", part_id=records.part("SOUTH-9"))
        records.transfer("A", "B", part_family="LM358")
        item = traced_component(scratch, component)
        assert concerning(scratch, item) == set()
        assert concerning(scratch, item, wide=True) == {family, code}

    def test_a_part_number_without_a_maker_fits_one_maker_and_not_two(self, scratch: Session) -> None:
        records = Records(scratch)
        north, south = records.firm("North Semi"), records.firm("South Semi")
        mine, bare = records.part("NE555", north), records.part("NE555")
        transfer = records.transfer("A", "B", part_id=bare)
        component = records.component(records.recovery(), part=mine)
        assert concerning(scratch, traced_component(scratch, component)) == {transfer}
        records.part("NE555", south)
        assert concerning(scratch, traced_component(scratch, component)) == set()
