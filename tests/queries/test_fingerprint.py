"""The fingerprint of the data: the same for the same lists in the same order, another after any change."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import text

from provenance.queries.fingerprint import data_fingerprint
from provenance.schema.engines import reading_engine, writing_engine
from provenance.schema.session import remembered, session_scope
from tests.support.databases import Databases, Level
from tests.support.lists import component, take_in

LISTS: tuple[tuple[str, list[Any]], ...] = (
    ("Bench", [component("1", "Acorn", mpn="AB12"), component("2", "Beech")]),
    ("Desk", [component("3", "Acorn"), component("4", "Cedar", mpn="CD34")]),
)


def fingerprint(address: str) -> str:
    """As an answer would print it."""
    engine = reading_engine(address)
    with session_scope(engine) as session:
        found = data_fingerprint(session)
    engine.dispose()
    return found


def loaded(databases: Databases, *lists: tuple[str, list[Any]]) -> str:
    """A new installation that imported these lists."""
    address = databases.filled(Level.REFERENCE)
    engine = writing_engine(address)
    for publisher, records in lists:
        take_in(engine, *records, publisher=publisher)
    engine.dispose()
    return address


def test_two_installations_with_the_same_lists_in_the_same_order_have_the_same(databases: Databases) -> None:
    one, other, turned = loaded(databases, *LISTS), loaded(databases, *LISTS), loaded(databases, *LISTS[::-1])
    assert fingerprint(one) == fingerprint(other)
    assert fingerprint(one) != fingerprint(loaded(databases, LISTS[0]))
    assert fingerprint(turned) == fingerprint(turned)


EDITS = [
    "UPDATE recovery SET kind = 'seizure'",
    "UPDATE weapon_system SET kind = 'drone'",
    "UPDATE ownership SET verification = 'unverified'",
    "UPDATE organization_seat SET country = 'SE'",
    "DELETE FROM organization_seat",
    "UPDATE source SET tlp = 'RED'",
    "UPDATE hs_code SET tier = '1'",
    "UPDATE identification SET superseded_by = id",
]


@pytest.mark.parametrize("edit", EDITS)
def test_any_change_by_any_program_makes_it_another_and_nothing_remembered_outlives_it(
    sampled: str, edit: str
) -> None:
    reader, writer = reading_engine(sampled), writing_engine(sampled)
    found: list[str] = []

    def look() -> str:
        with session_scope(reader) as session:
            remembered(session, "looked", lambda: found.append("anew"))
            return data_fingerprint(session)

    before = look()
    assert look() == before
    looks = len(found)
    with writer.begin() as connection:
        connection.execute(text(edit))
    assert look() != before
    assert len(found) == looks + 1
    reader.dispose()
    writer.dispose()
