"""What is recorded as the same is counted as if it had been one record from the start.

The small world is published twice, each publication with a part of what is known of each record: a cell
stands in the first, in the second, or in both. Once people have said what is the same, every answer is that
of the whole world; once they have taken it back, it is what it was before.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.queries.world import KEYED, ROWS, SOURCE, World
from tests.sources.lists import Row, write_list
from tests.support.commands import run
from tests.support.databases import Level, SqliteDatabases

OF_THE_RECOVERY = (("weapon",), ("recovered",), ("used",), ("captured",))
OF_THE_COMPONENT = (
    ("maker", "mpn", "maker_country", "marking"),
    ("date_code", "made"),
    ("pieces",),
    ("category",),
    ("hs6",),
    ("authenticity",),
    ("credibility",),
    ("published",),
)
"""Cells that make one statement stay together: a part number is its maker's."""

TWICE = ("W1", "W2", "W3", "W5", "W7", "W9")
QUESTIONS = (
    *(("top", "--by", by, "--min-recoveries", "1") for by in ("firm", "part", "weapon", "country")),
    ("top", "--basis", "brand", "--country", "any", "--min-recoveries", "1", "--include-suspect"),
    ("top", "--basis", "owner-at-manufacture", "--country", "any", "--min-recoveries", "1"),
    ("top", "--country", "any", "--since", "2023-01-01", "--min-recoveries", "1"),
    ("top", "--country", "any", "--min-credibility", "2", "--min-recoveries", "1"),
    ("top", "--country", "any", "--made-after", "2020-01-01", "--min-recoveries", "1"),
    ("top", "--country", "any", "--chpl-tier", "1", "--min-recoveries", "1"),
    *(("exposure", firm) for firm in ("Analog Devices", "Texas Instruments", "Quuxtronics", "Murata")),
    ("new", "--since", "2023-06-01"),
    ("seizures",),
)


def told_twice(seed: int) -> tuple[list[Row], list[Row]]:
    """The rows of the world in two publications, each of which leaves something out."""
    chance = random.Random(seed)
    first, second = [dict(row) for row in ROWS], []
    left_out: dict[str, tuple[set[str], set[str]]] = {}
    for row in first:
        if (wreck := row["recovery"]) not in TWICE:
            continue
        if wreck not in left_out:
            left_out[wreck] = missing(chance, OF_THE_RECOVERY)
        other = row | {"id": f"x-{row['id']}", "recovery": f"X{wreck[1:]}", "serial": "", "tail": ""}
        ours, theirs = (
            a | b for a, b in zip(left_out[wreck], missing(chance, OF_THE_COMPONENT), strict=True)
        )
        row |= dict.fromkeys(ours, "")
        second.append(other | dict.fromkeys(theirs, ""))
    return first, second


def missing(chance: random.Random, statements: tuple[tuple[str, ...], ...]) -> tuple[set[str], set[str]]:
    """Which cells the first and the second publication leave out; never both."""
    ours: set[str] = set()
    theirs: set[str] = set()
    for cells in statements:
        chance.choice((ours, theirs, set[str]())).update(cells)
    return ours, theirs


def published(folder: Path, name: str, rows: Iterable[Row]) -> Path:
    """A list in which every row says at least that there was an item."""
    told = [row | {"description": "item"} for row in rows]
    return write_list(folder / name, told, list(told[0]))


def answers(world: World) -> dict[tuple[str, ...], Any]:
    """What each question is answered, but for references, which depend on who reported a record first."""
    found = {}
    for words in QUESTIONS:
        said = world.says(*words, "--format", "json")
        assert said.code == 0, said.err
        found[words] = without_refs(said.json)
    return found


def without_refs(value: Any) -> Any:
    """An answer without references, sources and the account of how it was counted."""
    if isinstance(value, dict):
        return {
            key: without_refs(each)
            for key, each in value.items()
            if not key.endswith("ref") and key not in ("basis", "sources", "label")
        }
    return [without_refs(each) for each in value] if isinstance(value, list) else value


@pytest.fixture(scope="module")
def whole(sqlite_databases: SqliteDatabases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The answers in the world in which everything is one record."""
    address = sqlite_databases.filled(Level.REFERENCE)
    file = published(tmp_path_factory.mktemp("whole"), "whole.csv", ROWS)
    assert run(address, "import", "components", file, *SOURCE).code == 0
    yield answers(World(address))
    sqlite_databases.discard(address)


@pytest.mark.parametrize("seed", range(4))
def test_two_halves_that_are_the_same_count_as_the_whole_and_undone_as_before(
    sqlite_databases: SqliteDatabases, tmp_path: Path, whole: Any, seed: int
) -> None:
    first, second = told_twice(seed)
    world = World(sqlite_databases.filled(Level.REFERENCE))
    lists = ((first, SOURCE), (second, (*KEYED, "--no-read", "--source", "other-notes")))
    for number, (rows, words) in enumerate(lists):
        file = published(tmp_path, f"{number}.csv", rows)
        done = world.says("import", "components", str(file), *words)
        assert done.code == 0, done.err
    apart = answers(world)
    assert apart != whole
    pairs = [(f"recovery:{wreck}", f"recovery:X{wreck[1:]}") for wreck in TWICE]
    pairs += [(row["id"].removeprefix("x-"), row["id"]) for row in second]
    random.Random(seed).shuffle(pairs)
    for left, right in pairs:
        said = world.says("same", left, right, "--reason", "one wreck, told twice")
        assert said.code == 0, said.err
    found = answers(world)
    assert {words: found[words] for words in QUESTIONS} == whole
    for left, right in pairs[::2] + pairs[1::2]:
        undone = world.says("same", right, left, "--undo", "--reason", "to see")
        assert undone.code == 0, undone.err
    assert answers(world) == apart
    sqlite_databases.discard(world.address)
