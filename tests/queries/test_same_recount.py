"""After any decisions, some of them undone, the program's counts are those of a recount by hand."""

from __future__ import annotations

import random
from collections import defaultdict
from itertools import combinations
from typing import Any

import pytest
from sqlalchemy import text

from provenance.schema.engines import reading_engine
from tests.queries.recount import FLYING, SUSPECT, Counts, Recount
from tests.queries.world import ROWS, World

WRECKS = sorted({f"recovery:{row['recovery']}" for row in ROWS})
CHIPS = sorted(row["id"] for row in ROWS)


class ClusterRecount(Recount):
    """The tables counted row by row, records that are the same as one."""

    def __init__(self, connection: Any) -> None:
        super().__init__(connection)
        rows = connection.execute(text("SELECT * FROM same_as WHERE verdict = 'same' AND undone_at IS NULL"))
        self.same: dict[str, list[set[int]]] = {"recovery": [], "component": []}
        for row in rows.mappings():
            for kind, groups in self.same.items():
                if (pair := {row[f"left_{kind}_id"], row[f"right_{kind}_id"]}) != {None}:
                    joined = set.union(pair, *(group for group in groups if group & pair))
                    groups[:] = [group for group in groups if not group & pair] + [joined]

    def group_of(self, kind: str, number: int) -> list[int]:
        """All records that are the same as one, by row number."""
        return sorted(next((group for group in self.same[kind] if number in group), {number}))

    def counts(self, by: str) -> Counts:
        """Recoveries and components of each firm, or weapon."""
        found: dict[str, list[int]] = defaultdict(list)
        rows = {row["id"]: row for row in self.all_components}
        for number in rows:
            members = self.group_of("component", number)
            if number != members[0]:
                continue
            wrecks = self.group_of("recovery", rows[number]["recovery_id"])
            weapons = [self.recovery[wreck]["weapon_system_id"] for wreck in wrecks]
            name, kind = self.weapon.get(next(filter(None, weapons), None), (None, None))
            makers = [self.group(rows[member], "firm") for member in members]
            maker = next(filter(None, makers), None)
            if (
                kind in FLYING
                and (by == "weapon" or maker is not None)
                and self.recovery[wrecks[0]]["kind"] == "battlefield"
                and not any(rows[member]["authenticity"] in SUSPECT for member in members)
            ):
                found[str(maker if by == "firm" else name)].append(wrecks[0])
        return {name: (len(set(wrecks)), len(wrecks)) for name, wrecks in found.items()}


def recounted(world: World, by: str) -> Counts:
    """What a recount by hand finds."""
    engine = reading_engine(world.address)
    with engine.connect() as connection:
        found = ClusterRecount(connection).counts(by)
    engine.dispose()
    return found


def counted(world: World, by: str) -> Counts:
    """What the program counts."""
    words = ("--by", by, "--basis", "brand", "--country", "any", "--min-recoveries", "1", "--format", "json")
    said = world.says("top", *words)
    assert said.code == 0, said.err
    return {row[by]: (row["recoveries"], row["components"]) for row in said.json["rows"]}


@pytest.mark.parametrize("seed", range(5))
def test_counts_are_those_of_a_recount_over_clusters(own_world: World, seed: int) -> None:
    chance = random.Random(seed)
    pairs = chance.sample(list(combinations(WRECKS, 2)), 4) + chance.sample(list(combinations(CHIPS, 2)), 8)
    chance.shuffle(pairs)
    for left, right in pairs:
        never = ("--never",) if chance.random() < 0.2 else ()
        said = own_world.says("same", left, right, "--reason", "by chance", "--confirm", *never)
        assert said.code == 0, said.err
        assert counted(own_world, "firm") == recounted(own_world, "firm")
    assert counted(own_world, "weapon") == recounted(own_world, "weapon")
    for left, right in chance.sample(pairs, 6):
        assert own_world.says("same", right, left, "--undo", "--reason", "by chance").code == 0
        assert counted(own_world, "firm") == recounted(own_world, "firm")
    assert counted(own_world, "weapon") == recounted(own_world, "weapon")
