"""No column of a table is named by a string outside `schema/`: mypy would not see that there is none.

Values are kept by column (`provenance.schema.row_values`), and rows are made by naming columns as arguments.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from functools import cache

import pytest

from provenance.fields.entries import CELLS
from provenance.schema.base import TableModel
from provenance.schema.everything import metadata
from tests.support.commands import CHECKOUT

PACKAGE = CHECKOUT / "provenance"

BY_NAME = {"update", "insert", "text", "column", "table", "literal_column"}
"""What SQLAlchemy offers to write a statement in which columns are words."""

AROUND = {"__table__", "_mapping", "mappings", "_asdict", "__columns__"}
"""Attributes by which a row or a table gives its columns by name."""


@cache
def tables() -> frozenset[str]:
    """The names of the classes of all tables."""
    return frozenset(_below(TableModel))


def _below(model: type) -> Iterator[str]:
    for each in model.__subclasses__():
        yield each.__name__
        yield from _below(each)


@cache
def distinctive() -> frozenset[str]:
    """Names of columns that are not also ordinary words or fields of entries."""
    columns = {column.name for table in metadata.tables.values() for column in table.columns}
    fields = {field.name for cells in CELLS.values() for field in cells}
    return frozenset(name for name in columns - fields if "_" in name)


def faults(source: str) -> list[str]:
    """Where a module that knows tables names a column by a string."""
    module = ast.parse(source)
    imported = [node for node in ast.walk(module) if isinstance(node, ast.ImportFrom)]
    if not any((node.module or "").startswith("provenance.schema") for node in imported):
        return []
    return [fault for node in ast.walk(module) for fault in _of_node(node)]


def _of_node(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sqlalchemy"):
        yield from (f"{node.lineno}: {each.name}" for each in node.names if each.name in BY_NAME)
    elif isinstance(node, ast.Attribute) and node.attr in AROUND:
        yield f"{node.lineno}: .{node.attr}"
    elif isinstance(node, ast.Subscript) and isinstance(node.value, ast.Attribute) and node.value.attr == "c":
        yield f"{node.lineno}: .c[…]"
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        yield from _of_call(node, node.func.id)
    yield from (f"{node.lineno}: {name}" for name in map(_text, _held(node)) if name in distinctive())
    for made in _held(node):
        if isinstance(made, ast.JoinedStr) and any(map(_pattern(made).fullmatch, sorted(distinctive()))):
            yield f"{node.lineno}: {ast.unparse(made)}"


def _held(node: ast.AST) -> Sequence[ast.expr | None]:
    """The members of a collection, of a mapping its keys."""
    if isinstance(node, ast.DictComp):
        return [node.key]
    if isinstance(node, ast.Dict):
        return node.keys
    return node.elts if isinstance(node, ast.Tuple | ast.List | ast.Set) else []


def _pattern(key: ast.JoinedStr) -> re.Pattern[str]:
    """The strings that it may turn out to be."""
    parts = (re.escape(part.value) if isinstance(part, ast.Constant) else ".+" for part in key.values)
    return re.compile("".join(map(str, parts)))


def _of_call(node: ast.Call, name: str) -> Iterator[str]:
    if name in ("vars", "getattr", "setattr"):
        yield f"{node.lineno}: {name}()"
    if name in tables() | {"noun"} and any(keyword.arg is None for keyword in node.keywords):
        yield f"{node.lineno}: {name}(**…)"


def _text(node: ast.AST | None) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


ALLOWED = {
    # Of two writers of the same part on PostgreSQL, one gives way: its columns are attributes all the same.
    ("domain/batches.py", "insert"),
    # A number in a statement, one for each prefix.
    ("identify/store/catalogue.py", "literal_column"),
    # Lists of a record that is shown, and texts of a record that is logged.
    ("queries/records/handling.py", "getattr()"),
    ("services/transfer_amendments.py", "getattr()"),
    ("tracing/transfer_entry.py", "getattr()"),
    # Fields of a class, one by one.
    ("watchlists/versions.py", "getattr()"),
    # Counts in the basis of an answer.
    ("screening/basis.py", "rows_not_screened"),
    ("screening/basis.py", "rows_with_hits"),
    # A header of the seed's file.
    ("seeding/reference_rows.py", "product_line"),
    # A field of the form for a handover.
    ("services/custody_form.py", "from_holder"),
    # A setting of a screening.
    ("services/screening.py", "as_of"),
    # A field of a party's record.
    ("tracing/transfer_entry.py", "as_written"),
}
"""Strings that are spelled like a column, or write a statement by words, and why they may."""


def test_no_column_is_named_by_a_string() -> None:
    modules = [path for path in sorted(PACKAGE.rglob("*.py")) if path.parts[len(PACKAGE.parts)] != "schema"]
    found = {
        (path.relative_to(PACKAGE).as_posix(), fault.split(": ", 1)[1])
        for path in modules
        for fault in faults(path.read_text(encoding="utf-8"))
    }
    assert found == ALLOWED


KNOWING = "from provenance.schema.recoveries import Component, Unit\n"


@pytest.mark.parametrize(
    "line",
    [
        "from sqlalchemy import select, update",
        "from sqlalchemy.dialects.postgresql import insert",
        "from sqlalchemy import text",
        "Unit(**stated)",
        "noun(uid=uid, **{f'{role}_id': 1})",
        "stated = {'recovery_id': 1}",
        "rows.add_many(Component, 1, {'made_earliest': [None]})",
        "_COPIED = ('description', 'date_code', 'recovery_id')",
        "columns = {f'{role}_id': number for role, number in parties.items()}",
        "_SIDES = {kind: (f'left_{kind.value}_id', f'right_{kind.value}_id') for kind in RecordKind}",
        "vars(row)['recovery_id'] = 1",
        "setattr(row, name, value)",
        "{name: getattr(row, name) for name in names}",
        "Unit.__table__.c.label",
        "table.c[name]",
        "dict(row._mapping)",
        "session.execute(statement).mappings()",
    ],
)
def test_a_string_that_somebody_adds_is_found(line: str) -> None:
    assert faults(KNOWING) == []
    assert faults(KNOWING + line) != []
    assert faults(line) == [], "a module that does not know tables cannot name their columns"


@pytest.mark.parametrize(
    "line",
    [
        "stated = {Unit.serial: '417', Unit.recovery_id: number}",
        "update_rows(session, Unit, {Unit.serial: None}, Unit.id == 3)",
        "Unit(uid=uid, recovery_id=number, label='NAV-2')",
        "entry['border_point']",
        "_CARRIED_OVER = ('weapon', 'from_country', 'border_point')",
        "'''The recovery_id of a unit.'''",
    ],
)
def test_what_mypy_checks_is_left_alone(line: str) -> None:
    assert faults(KNOWING + line) == []
