"""Whatever is done to the tables by plain SQL, every counting question is answered from what is there."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import text

from provenance.queries.facts.layout import SHEETS
from provenance.queries.facts.sheets import load
from provenance.queries.facts.upkeep import pack_changes
from provenance.schema.engines import reading_engine, writing_engine
from provenance.schema.session import session_scope
from provenance.text.firm_names import name_key
from tests.queries.edits import Editor, World
from tests.queries.recount import SINCE, Recount
from tests.support.commands import Outcome
from tests.support.databases import Databases, Level
from tests.support.rows import Rows

Run = Callable[..., Outcome]

FIRMS = ("Acorn", "Beech", "Cedar")
EDITS = 7


@pytest.fixture
def edited(databases: Databases) -> Iterator[World]:
    """Three firms, four parts, three weapons, six recoveries with twelve components, and a transfer."""
    address = databases.filled(Level.SCHEMA)
    world, engine = World(address), writing_engine(address)
    with session_scope(engine) as session:
        rows = Rows(session)
        rows.add("installation", id=1)
        world.source = rows.add("source")
        world.firms = [rows.add("organization", label=name) for name in FIRMS]
        for name, firm in zip(FIRMS, world.firms, strict=True):
            rows.add("organization_name", name=name, organization_id=firm, name_key=name_key(name))
        world.parts = [
            rows.add("part", mpn=f"P{place}", mpn_key=f"P{place}", organization_id=world.firms[place % 3])
            for place in range(4)
        ]
        world.weapons = [
            rows.add("weapon_system", designation=f"Weapon {kind}", kind=kind)
            for kind in ("missile", "drone", "vehicle")
        ]
        for place in range(6):
            weapon = world.weapons[place % 3]
            world.recoveries.append(rows.add("recovery", kind="battlefield", weapon_system_id=weapon))
        for place in range(12):
            number = rows.add("component", recovery_id=world.recoveries[place % 6], authenticity=None)
            world.components.append(number)
            rows.add("citation", component_id=number, source_id=world.source, published_latest=None)
            rows.add(
                "maker_attribution",
                component_id=number,
                organization_id=world.firms[place % 3],
                status="published",
                country_stated=("US", "CN", None)[place % 3],
            )
            rows.add(
                "identification", component_id=number, part_id=world.parts[place % 4], status="published"
            )
        transfer = rows.add("transfer", component_id=world.components[0])
        rows.add("transfer_party", transfer_id=transfer, organization_id=world.firms[0])
        pack_changes(session)
    yield world
    engine.dispose()
    databases.discard(address)


def assert_answers(world: World, truth: Recount, run: Run) -> None:
    """Every counting question says what the tables hold."""

    def ask(*words: str) -> Any:
        said = run(world.address, *words, "--format", "json")
        assert said.code == 0, said.err
        return said.json

    everything = ("--country", "any", "--basis", "brand", "--min-recoveries", "1", "--limit", "0")
    for by in ("firm", "part", "weapon", "country"):
        answer = ask("top", "--by", by, *everything)
        wanted = truth.top(by)
        key = "code" if by == "country" and answer["rows"] and "code" in answer["rows"][0] else by
        said = {named(row, key, by): (row["recoveries"], row["components"]) for row in answer["rows"]}
        assert said == wanted, by
        assert answer["basis"]["out_of"]["components"] == len(truth.all_components)
        if by == "firm":
            for row in answer["rows"]:
                name = row["firm"]
                assert tuple(row["made_after"].values()) == truth.made_after(name), name
                held = tuple(row["made_after_recoveries"].values())
                assert held == truth.recoveries_made_after(name), name
                assert sum(held) == row["recoveries"], name
                newest = row["newest_made_certain"], row["newest_made_possible"]
                assert newest == truth.newest(name), name
    for name in FIRMS:
        figures = ask("exposure", name)["figures"]
        said_of_it = (figures["recoveries"], figures["components"]) if figures else None
        assert said_of_it == truth.exposure(name)
    rows = ask("new", "--since", SINCE.isoformat(), "--basis", "brand")["rows"]
    assert {
        (row["kind"], row["name"].split(" (")[0], row["recoveries"], row["components"])
        for row in rows
        if row["clock"] == "publication"
    } == truth.new()


def named(row: Any, key: str, by: str) -> str:
    """A group's name as it is counted here: a country by its code, a part without its maker."""
    return str(row["ref"] if by == "country" and "ref" in row else row[key]).split(" (")[0]


@pytest.mark.parametrize("seed", [1, 2])
def test_every_answer_is_of_what_is_there(edited: World, run: Run, seed: int) -> None:
    dice, engine = random.Random(seed), writing_engine(edited.address)
    done: list[str] = []
    for _edit in range(EDITS):
        with engine.begin() as connection:
            editor = Editor(edited, connection, dice)
            done += [editor.edit() for _each in range(dice.choice([1, 1, 3]))]
        with engine.begin() as connection:
            truth = Recount(connection)
        assert_answers(edited, truth, run)
        with session_scope(engine) as session:
            read = {name: load(session, sheet, sheet.names()) for name, sheet in SHEETS.items()}
            if dice.random() < 0.6:
                # As the next writer does.
                pack_changes(session)
            for name, sheet in SHEETS.items():
                packed = load(session, sheet, sheet.names())
                for column in sheet.names():
                    assert packed[column].whole().tolist() == read[name][column].whole().tolist(), done
    engine.dispose()


def test_an_edit_is_seen_by_a_reader_that_has_asked_before(edited: World) -> None:
    reader, writer = reading_engine(edited.address), writing_engine(edited.address)
    for expected in ([1] * 6, [2] * 6, [1] * 6):
        kind = "battlefield" if expected[0] == 1 else "seizure"
        with writer.begin() as connection:
            connection.execute(text("UPDATE recovery SET kind = :kind"), {"kind": kind})
        for _again in range(2):
            with session_scope(reader) as session:
                assert load(session, SHEETS["recovery"], ["kind"])["kind"].whole().tolist() == expected
    reader.dispose()
    writer.dispose()
