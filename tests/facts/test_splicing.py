"""A row at a time, the packed facts say the same as the tables."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, update

from provenance.core.vocabulary import Authenticity, ComponentCategory
from provenance.facts.layout import SHEETS
from provenance.facts.sheets import is_current, load, rebuild
from provenance.facts.splicing import refresh_rows
from provenance.schema.derived import FactColumn
from provenance.schema.recoveries import Component
from provenance.schema.session import Session
from tests.support.rows import Rows

VALUES = st.fixed_dictionaries(
    {
        "category": st.sampled_from([None, *map(str, ComponentCategory)]),
        "authenticity": st.sampled_from([None, *map(str, Authenticity)]),
        "pieces": st.none() | st.integers(1, 100_000),
        "made_latest": st.none() | st.dates(date(1990, 1, 1), date(2025, 12, 31)),
    }
)


def packed(session: Session, name: str) -> dict[str, Any]:
    """Every column of a sheet as it is packed; it is no use to look at what was read past it."""
    assert is_current(session, name)
    return {name: column.whole() for name, column in load(session, name, SHEETS[name].names()).items()}


def assert_as_rebuilt(session: Session) -> None:
    """What was spliced is what packing everything anew gives."""
    spliced = {name: packed(session, name) for name in SHEETS}
    rebuild(session)
    for name in SHEETS:
        for column, values in packed(session, name).items():
            assert np.array_equal(spliced[name][column], values), (name, column)


@given(st.lists(st.tuples(VALUES, VALUES), min_size=1, max_size=6))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_rows_put_in_and_changed_one_by_one(scratch: Session, components: list[Any]) -> None:
    with scratch.begin_nested() as kept:
        rows = Rows(scratch)
        scratch.execute(delete(FactColumn))
        recovery = rows.add("recovery")
        refresh_rows(scratch, "recovery", [recovery])
        numbers = []
        for first, _then in components:
            number = rows.add("component", recovery_id=recovery, **first)
            numbers.append(number)
            rows.add("citation", component_id=number, credibility=2)
            refresh_rows(scratch, "component", [number])
        assert_as_rebuilt(scratch)
        for number, (_first, then) in zip(numbers, components, strict=True):
            scratch.execute(update(Component).where(Component.id == number).values(then))
            refresh_rows(scratch, "component", [number])
        assert_as_rebuilt(scratch)
        kept.rollback()


def test_a_row_between_two_others_and_a_segment_that_is_not_there(scratch: Session) -> None:
    rows = Rows(scratch)
    recovery = rows.add("recovery")
    for number in (1_000_001, 1_000_005, 1_000_003):
        rows.add("component", id=number, recovery_id=recovery, pieces=number % 10)
        refresh_rows(scratch, "component", [number])
    refresh_rows(scratch, "recovery", [recovery])
    assert packed(scratch, "component")["pieces"].tolist()[-3:] == [1, 3, 5]
    assert_as_rebuilt(scratch)


@pytest.mark.parametrize("count", [3, 70])
def test_few_rows_or_many_make_no_difference(scratch: Session, count: int) -> None:
    rows = Rows(scratch)
    recovery = rows.add("recovery")
    numbers = [rows.add("component", recovery_id=recovery) for _each in range(count)]
    refresh_rows(scratch, "recovery", [recovery])
    refresh_rows(scratch, "component", numbers)
    assert_as_rebuilt(scratch)
