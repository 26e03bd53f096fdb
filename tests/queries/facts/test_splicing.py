"""Rows put into packed columns one by one: the facts say the same as if all had been packed again."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, update

from provenance.core.vocabulary import Authenticity, ComponentCategory
from provenance.queries.facts import upkeep
from provenance.queries.facts.layout import SHEETS
from provenance.queries.facts.sheets import is_current, load, read_segment
from provenance.queries.facts.upkeep import pack_changes, rebuild
from provenance.schema.recoveries import Component
from provenance.schema.session import Session
from provenance.schema.sources import Citation
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
    found = load(session, SHEETS[name], SHEETS[name].names())
    return {column: numbers.whole() for column, numbers in found.items()}


def assert_as_rebuilt(session: Session) -> None:
    """What was spliced is what packing everything anew gives."""
    spliced = {name: packed(session, name) for name in SHEETS}
    rebuild(session)
    for name in SHEETS:
        for column, values in packed(session, name).items():
            assert np.array_equal(spliced[name][column], values), (name, column)


@pytest.fixture
def spliced(scratch: Session, monkeypatch: pytest.MonkeyPatch) -> Session:
    """A session on a packed database, in which no segment is read as a whole any more."""
    rows = Rows(scratch)
    for _each in range(3):
        number = rows.add("component")
        rows.add("recovery_date", recovery_id=rows.add("recovery"))
        rows.add("transfer_party", transfer_id=rows.add("transfer", component_id=number))
    pack_changes(scratch)

    def refuse(*_asked: Any) -> Any:
        raise AssertionError("a whole segment was read")

    monkeypatch.setattr(upkeep, "read_segment", refuse)
    return scratch


@given(st.lists(st.tuples(VALUES, VALUES), min_size=1, max_size=6), st.data())
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_rows_put_in_changed_and_taken_out(spliced: Session, components: list[Any], data: Any) -> None:
    with spliced.begin_nested() as kept, pytest.MonkeyPatch.context() as whole:
        rows = Rows(spliced)
        recovery, numbers = rows.add("recovery"), []
        for first, _then in components:
            numbers.append(number := rows.add("component", recovery_id=recovery, **first))
            rows.add("citation", component_id=number, credibility=2)
            pack_changes(spliced)
        for number, (_first, then) in zip(numbers, components, strict=True):
            spliced.execute(update(Component).where(Component.id == number).values(then))
        pack_changes(spliced)
        for number in data.draw(st.lists(st.sampled_from(numbers), unique=True)):
            spliced.execute(delete(Citation).where(Citation.component_id == number))
            spliced.execute(delete(Component).where(Component.id == number))
        pack_changes(spliced)
        whole.setattr(upkeep, "read_segment", read_segment)
        assert_as_rebuilt(spliced)
        kept.rollback()


def test_a_row_between_two_others_and_a_segment_that_is_not_there(scratch: Session) -> None:
    rows = Rows(scratch)
    recovery = rows.add("recovery")
    for number in (1_000_001, 1_000_005, 1_000_003):
        rows.add("component", id=number, recovery_id=recovery, pieces=number % 10)
        pack_changes(scratch)
    assert packed(scratch, "component")["pieces"].tolist()[-3:] == [1, 3, 5]
    assert_as_rebuilt(scratch)


@pytest.mark.parametrize("count", [3, 70])
def test_few_rows_or_many_make_no_difference(scratch: Session, count: int) -> None:
    rows = Rows(scratch)
    recovery = rows.add("recovery")
    pack_changes(scratch)
    for _each in range(count):
        rows.add("component", recovery_id=recovery)
    pack_changes(scratch)
    assert_as_rebuilt(scratch)
