"""What a database holds, told so that two of them can be compared; and whether it hangs together."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import numpy as np
from sqlalchemy import Table, select
from sqlmodel import SQLModel

import provenance.schema.everything  # noqa: F401 - fills the metadata
from provenance.domain.audit import GENESIS, entries, entry_hash
from provenance.queries.facts.layout import SHEETS
from provenance.queries.facts.sheets import load
from provenance.queries.facts.upkeep import pack_changes, rebuild
from provenance.schema.engines import reading_engine, writing_engine
from provenance.schema.session import Session
from provenance.schema.sources import Citation
from tests.support.tables import table

Content = dict[str, list[str]]

_OF_THE_RUN = (
    "audit_entry",
    "import_run",
    "fact_change",
    "fact_column",
    "learned_knowledge",
    "installation",
)
"""Tables that tell when and in which steps something came in, or are derived."""


@contextmanager
def reading(address: str) -> Iterator[Session]:
    """A session that looks."""
    engine = reading_engine(address)
    with Session(engine) as session:
        yield session
    engine.dispose()


def content(address: str) -> Content:
    """Every row of every table by its natural identity: no row numbers, no moments, no import runs."""
    with reading(address) as session:
        tables = [known for known in SQLModel.metadata.sorted_tables if known.name not in _OF_THE_RUN]
        names = _identities(session)
        return {
            known.name: sorted(_told(known, row, names) for row in session.execute(select(known)).mappings())
            for known in tables
        }


def _identities(session: Session) -> dict[tuple[str, Any], str]:
    found: dict[tuple[str, Any], str] = {}
    for known in SQLModel.metadata.sorted_tables:
        if "uid" in known.c and "id" in known.c:
            rows = session.execute(select(known.c.id, known.c.uid))
            found.update({(known.name, row.id): row.uid for row in rows})
    for row in session.execute(select(Citation.id, Citation.source_id, Citation.record_key)):
        found["citation", row.id] = f"{found['source', row.source_id]}/{row.record_key}"
    return found


def _told(known: Table, row: Any, names: dict[tuple[str, Any], str]) -> str:
    told: dict[str, Any] = {}
    for column in known.columns:
        value = row[column.name]
        if column.name in ("id", "import_run_id"):
            continue
        if isinstance(value, datetime):
            value = "some moment"
        for key in column.foreign_keys:
            value = names.get((key.column.table.name, value), value)
        told[column.name] = value
    return repr(told)


def difference(one: Content, other: Content) -> Content:
    """Rows that only one of the two holds, by table."""
    return {
        name: sorted(set(one[name]) ^ set(other[name])) for name in one if set(one[name]) != set(other[name])
    }


def rows_of(address: str, name: str) -> list[Any]:
    """All rows of a table, in the order in which they came in."""
    with reading(address) as session:
        return list(session.execute(select(table(name)).order_by(table(name).c.id)).all())


def number_of_rows(address: str) -> dict[str, int]:
    """How many rows each table has, those of the runs too."""
    with reading(address) as session:
        return {
            known.name: len(session.execute(select(known)).all()) for known in SQLModel.metadata.sorted_tables
        }


def assert_chain_holds(address: str) -> None:
    """Every audit entry is sealed with its own hash and names the one before."""
    with reading(address) as session:
        before = GENESIS
        for place, entry in enumerate(entries(session), start=1):
            assert entry.sequence == place
            assert entry.previous_hash == before
            assert entry.hash == entry_hash(entry)
            before = entry.hash


def assert_facts_are_current(address: str) -> None:
    """What counts are made from says the same as the tables do: before it is packed, and once it is."""
    engine = writing_engine(address)
    with Session(engine) as session:
        answered = {name: load(session, sheet, sheet.names()) for name, sheet in SHEETS.items()}
        pack_changes(session)
        packed = {name: load(session, sheet, sheet.names()) for name, sheet in SHEETS.items()}
        rebuild(session)
        for name, sheet in SHEETS.items():
            truth = load(session, sheet, sheet.names())
            for column, said in truth.items():
                for found in (answered[name][column], packed[name][column]):
                    assert np.array_equal(found.whole(), said.whole()), (name, column)
        session.rollback()
    engine.dispose()
