"""What rows hold by column: written, changed and compared without the names of columns."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from provenance.schema import row_values
from provenance.schema.recoveries import Component, Unit
from provenance.schema.row_values import (
    Values,
    by_name,
    changes,
    row_of,
    select_rows,
    set_value,
    update_each,
    update_rows,
    values_in,
    with_values,
)
from provenance.schema.rows import insert_columns, insert_row
from provenance.schema.session import Session
from tests.support.rows import Rows


def units(session: Session, count: int) -> list[int]:
    """New units of one recovery."""
    recovery = Rows(session).add("recovery")
    return [
        insert_row(session, Unit(uid=f"u-{place}", recovery_id=recovery, label=f"Board {place}"))
        for place in range(count)
    ]


def stored(session: Session) -> dict[int, tuple[Any, ...]]:
    rows = session.execute(select(Unit.id, Unit.label, Unit.serial, Unit.note))
    return {number: tuple(values) for number, *values in rows}


def test_only_the_rows_that_are_meant_are_changed(scratch: Session) -> None:
    first, second, third = units(scratch, 3)
    update_rows(scratch, Unit, {Unit.serial: "0952", Unit.note: Unit.label}, Unit.id > first, Unit.id < third)
    assert stored(scratch) == {
        first: ("Board 0", None, None),
        second: ("Board 1", "0952", "Board 1"),
        third: ("Board 2", None, None),
    }


def test_a_column_of_another_table_is_refused(scratch: Session) -> None:
    (number,) = units(scratch, 1)
    mistaken: Values = {Component.note: "burnt"}
    for attempt in (
        lambda: update_rows(scratch, Unit, mistaken, Unit.id == number),
        lambda: update_each(scratch, Unit, {number: mistaken}),
        lambda: row_of(Unit, mistaken),
        lambda: with_values(Unit(uid="u", recovery_id=1, label="L"), mistaken),
        lambda: set_value(Unit(uid="u", recovery_id=1, label="L"), Component.note, "burnt"),
        lambda: insert_columns(scratch, Unit, {Component.note: ["burnt"]}),
    ):
        with pytest.raises(TypeError, match=r"Unit has no column component\.note"):
            attempt()
    assert stored(scratch) == {number: ("Board 0", None, None)}


def test_a_name_is_not_a_column(scratch: Session) -> None:
    (number,) = units(scratch, 1)
    by_word: Any = {"note": "burnt"}
    with pytest.raises(TypeError, match="Unit has no column note"):
        update_rows(scratch, Unit, by_word, Unit.id == number)


text = st.one_of(st.none(), st.text("aж'\"\\%", max_size=3))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(text, text), min_size=1, max_size=4))
def test_many_rows_at_once_are_changed_as_one_by_one(
    scratch: Session, cells: list[tuple[str | None, str | None]]
) -> None:
    with scratch.begin_nested() as savepoint:
        numbers = units(scratch, len(cells))
        values: dict[int, Values] = {
            number: {Unit.serial: serial, Unit.note: note}
            for number, (serial, note) in zip(numbers, cells, strict=True)
        }
        for number, each in values.items():
            update_rows(scratch, Unit, each, Unit.id == number)
        one_by_one = stored(scratch)
        update_rows(scratch, Unit, {Unit.serial: "other", Unit.note: "other"})
        update_each(scratch, Unit, values)
        assert stored(scratch) == one_by_one
        savepoint.rollback()


def test_what_changes_and_what_was_there(scratch: Session) -> None:
    (number,) = units(scratch, 1)
    before = scratch.execute(select_rows(Unit).where(Unit.id == number)).one()
    stated: Values = {Unit.label: "Board 0", Unit.serial: "0952", Unit.note: None}
    changed = changes(before, stated)
    assert by_name(changed) == {"serial": "0952"}
    assert by_name(values_in(before, changed)) == {"serial": None}


def test_a_row_of_values_is_the_row_of_its_arguments() -> None:
    values: Values = {Unit.uid: "u", Unit.recovery_id: 1, Unit.label: "L", Unit.serial: None}
    assert vars(row_of(Unit, values)) == vars(Unit(uid="u", recovery_id=1, label="L", serial=None))
    assert row_values.given(row_of(Unit, values)) == values
