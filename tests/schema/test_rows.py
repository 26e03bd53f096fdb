"""Rows to be written: instances of their tables, which know their columns."""

from __future__ import annotations

import tomllib

import pytest
from sqlalchemy import select

from provenance.schema import everything
from provenance.schema.base import TableModel, values_of
from provenance.schema.recoveries import Unit
from provenance.schema.rows import insert_row, insert_rows
from provenance.schema.session import Session
from tests.support.commands import CHECKOUT
from tests.support.rows import Rows


def test_a_row_holds_what_it_was_given() -> None:
    row = Unit(uid="u-1", recovery_id=1, label="Board 7")
    assert (row.label, values_of(row)) == ("Board 7", {"uid": "u-1", "recovery_id": 1, "label": "Board 7"})


def test_a_column_that_the_table_does_not_have_is_refused() -> None:
    with pytest.raises(TypeError, match="Unit has no column seriall"):
        Unit(uid="u-1", recovery_id=1, label="Board 7", **{"seriall": "0952"})


def test_what_a_row_was_not_given_is_not_read_as_something_else() -> None:
    with pytest.raises(AttributeError, match="was not given serial"):
        _ = Unit(uid="u-1", recovery_id=1, label="Board 7").serial


def test_every_column_is_an_attribute_of_its_class_and_hides_no_other() -> None:
    classes = [each for each in vars(everything).values() if isinstance(each, type)]
    assert len(classes) == len(everything.metadata.tables)
    for each in classes:
        for name, column in each.__table__.columns.items():
            assert getattr(each, name) is column
            assert not hasattr(TableModel, name), f"{each.__name__}.{name}"


def test_rows_are_stored_as_given(scratch: Session) -> None:
    recovery = Rows(scratch).add("recovery")
    first = insert_row(scratch, Unit(uid="u-1", recovery_id=recovery, label="Board 7", serial="0952"))
    insert_rows(scratch, [Unit(uid="u-2", recovery_id=recovery, label=name) for name in ("Board 8",)])
    stored = scratch.execute(select(Unit.id, Unit.label, Unit.serial).order_by(Unit.id)).all()
    assert [tuple(row) for row in stored] == [(first, "Board 7", "0952"), (first + 1, "Board 8", None)]


def test_mypy_is_told_to_look_at_the_columns_of_rows() -> None:
    settings = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    assert "pydantic.mypy" in settings["mypy"]["plugins"]
    assert settings["pydantic-mypy"]["init_forbid_extra"] is True
