"""The fingerprint of the data: the same for the same contents, another for any other contents."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, text

from provenance.queries.facts.comparison import differences
from provenance.queries.facts.contents import segments
from provenance.queries.facts.upkeep import pack_changes, rebuild
from provenance.queries.fingerprint import data_fingerprint
from provenance.schema.engines import reading_engine, writing_engine
from provenance.schema.rows import insert_rows
from provenance.schema.session import Session, remembered, session_scope
from provenance.schema.sources import Citation
from tests.queries.edits import Editor, World
from tests.support.commands import Outcome
from tests.support.databases import Databases, Level
from tests.support.lists import component, take_in
from tests.support.rows import Rows
from tests.support.tables import table

Run = Callable[..., Outcome]

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


def test_two_new_databases_with_the_sample_have_the_same(databases: Databases, run: Run) -> None:
    said = []
    for _installation in range(2):
        address = databases.empty()
        assert run(address, "init", "--sample").code == 0
        said.append(fingerprint(address))
        databases.discard(address)
    assert said[0] == said[1]


def test_a_list_that_brings_nothing_new_changes_nothing(databases: Databases) -> None:
    again = loaded(databases, LISTS[0], LISTS[0], LISTS[1], LISTS[0])
    assert fingerprint(again) == fingerprint(loaded(databases, *LISTS))


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


PAIRS = [
    ("UPDATE component SET marking = 'A' WHERE id = 1", "UPDATE component SET marking = 'B' WHERE id = 1"),
    ("UPDATE recovery SET note = 'seen' WHERE id = 1", "UPDATE recovery SET note = 'seen' WHERE id = 2"),
    ("UPDATE citation SET raw_text = 'A' WHERE id = 7", "UPDATE citation SET raw_text = 'a' WHERE id = 7"),
    ("UPDATE organization SET label = 'A' WHERE id = 7", "UPDATE organization SET label = 'B' WHERE id = 7"),
    ("DELETE FROM organization_seat WHERE id = 7", "DELETE FROM organization_seat WHERE id = 8"),
    ("UPDATE hs_code SET tier = '1'", "UPDATE hs_code SET tier = '2'"),
]  # fmt: skip


@pytest.mark.parametrize("pair", PAIRS)
def test_two_copies_that_were_changed_differently_differ_however_often_they_were_changed(
    databases: Databases, pair: tuple[str, str]
) -> None:
    said = []
    for edit in (*pair, pair[0]):
        address = databases.filled(Level.SAMPLE)
        engine = writing_engine(address)
        with engine.begin() as connection:
            assert connection.execute(text(edit)).rowcount
        said.append(fingerprint(address))
        with session_scope(engine) as session:
            pack_changes(session)
        assert fingerprint(address) == said[-1]
        engine.dispose()
        databases.discard(address)
    assert said[0] == said[2] != said[1]


@pytest.fixture
def world(databases: Databases) -> Iterator[World]:
    """A dozen components of six recoveries, and what is said of them."""
    address = databases.filled(Level.SCHEMA)
    made, engine = World(address), writing_engine(address)
    with session_scope(engine) as session:
        rows = Rows(session)
        made.source = rows.add("source")
        made.firms = [rows.add("organization") for _each in range(3)]
        made.weapons = [rows.add("weapon_system") for _each in range(2)]
        made.recoveries = [rows.add("recovery") for _each in range(6)]
        parts = [rows.add("part") for _each in range(3)]
        for place in range(12):
            number = rows.add("component", recovery_id=made.recoveries[place % 6])
            rows.add("citation", component_id=number, source_id=made.source)
            rows.add("maker_attribution", component_id=number, organization_id=made.firms[place % 3])
            if place % 2:
                rows.add("identification", component_id=number, part_id=parts[place % 3])
        transfer = rows.add("transfer", component_id=number)
        rows.add("transfer_party", transfer_id=transfer, organization_id=made.firms[0])
        pack_changes(session)
    yield made
    engine.dispose()
    databases.discard(address)


def held(connection: Connection) -> str:
    """Everything that the world's tables hold."""
    names = ("weapon_system", "recovery", "recovery_date", "component", "citation", "maker_attribution")
    return repr([
        connection.execute(table(name).select().order_by(table(name).c.id)).all()
        for name in (*names, "identification", "transfer", "transfer_party")
    ])  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
def test_random_edits_have_another_fingerprint_exactly_where_they_left_other_contents(
    world: World, seed: int
) -> None:
    dice, engine = random.Random(seed), writing_engine(world.address)
    known: dict[str, str] = {}
    with engine.connect() as connection:
        for _step in range(12):
            start = connection.begin_nested()
            with Session(connection) as session:  # type: ignore[arg-type]  # a connection serves as its engine
                before = held(connection), data_fingerprint(session)
            Editor(world, connection, dice).edit()
            with Session(connection) as session:  # type: ignore[arg-type]  # as above
                after = held(connection), data_fingerprint(session)
            for contents, said in (before, after):
                assert known.setdefault(contents, said) == said
            if dice.random() < 0.3:
                start.rollback()
    assert len(set(known.values())) == len(known) > 3
    engine.dispose()


def test_undoing_an_edit_gives_the_former_one(sampled: str) -> None:
    engine, before = writing_engine(sampled), fingerprint(sampled)
    done = (
        "UPDATE recovery SET note = 'seen' WHERE id = 3",
        "UPDATE component SET withdrawn_at = '2024-05-01 10:00:00' WHERE id = 3",
    )
    for edit in done:
        with engine.begin() as connection:
            connection.execute(text(edit))
        assert fingerprint(sampled) != before
        with session_scope(engine) as session:
            pack_changes(session)
    for edit in done:
        with engine.begin() as connection:
            connection.execute(text(edit.split("=")[0] + "= NULL WHERE id = 3"))
    assert fingerprint(sampled) == before
    with session_scope(engine) as session:
        rebuild(session)
    assert fingerprint(sampled) == before
    engine.dispose()


def test_rows_written_together_and_one_by_one_are_the_same_contents(databases: Databases) -> None:
    said = []
    for together in (True, False):
        address = databases.filled(Level.SCHEMA)
        engine = writing_engine(address)
        with session_scope(engine) as session:
            rows = Rows(session)
            recovery, source = (rows.add(name, id=1, **NAMED[name]) for name in ("recovery", "source"))
            cited = {"source_id": source, "component_id": None, "recovery_id": recovery, "raw_text": "ї\n"}
            written = [
                {
                    **rows.least("citation", **cited),
                    "id": number,
                    "record_key": f"R{number}",
                    "credibility": 3,
                }
                for number in range(100, 1400)
            ]
            for some in [written] if together else [[row] for row in written]:
                insert_rows(session, [Citation(**row) for row in some])
            pack_changes(session)
            assert all(segment.is_current for segment in segments(session))
            assert differences(session) == []
        said.append(fingerprint(address))
        engine.dispose()
        databases.discard(address)
    assert said[0] == said[1]


NAMED: dict[str, dict[str, str]] = {
    "recovery": {"uid": "R", "label": "R", "folded": "r"},
    "source": {"uid": "S", "key": "S", "publisher": "S", "title": "S", "origin_group": "S"},
}


def test_what_was_changed_behind_the_counter_is_found_by_the_check(sampled: str) -> None:
    engine = writing_engine(sampled)
    trigger = (
        "DROP TRIGGER fact_change_component_update"
        if engine.dialect.name == "sqlite"
        else "ALTER TABLE component DISABLE TRIGGER USER"
    )
    with engine.begin() as connection:
        connection.execute(text(trigger))
        connection.execute(text("UPDATE component SET lot = 'L7' WHERE id = 300"))
    with session_scope(engine) as session:
        assert differences(session) == ["contents of component, rows 256 to 511"]
    engine.dispose()
