"""Photos that show two records, or look nearly the same: no such pair is missed."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from provenance.duplicates.photos import like_pairs
from provenance.evidence.likeness import BITS, NEARLY_THE_SAME, distance
from tests.evidence.photographs import take
from tests.support.databases import Level, SqliteDatabases
from tests.support.field_log import recovery, say


@given(
    base=st.integers(0, (1 << BITS) - 1),
    flips=st.lists(st.sets(st.integers(0, BITS - 1), max_size=NEARLY_THE_SAME + 4), max_size=6),
)
def test_every_pair_that_looks_the_same_is_found(base: int, flips: list[set[int]]) -> None:
    looks = {
        number: f"{base ^ sum(1 << bit for bit in bits):064x}" for number, bits in enumerate(flips, start=1)
    }
    near = [
        (one, other, distance(looks[one], looks[other]))
        for one, other in combinations(sorted(looks), 2)
        if distance(looks[one], looks[other]) <= NEARLY_THE_SAME
    ]
    assert list(like_pairs(looks)) == near


def test_recoveries_that_a_photo_or_two_alike_show_are_proposed(
    sqlite_databases: SqliteDatabases, tmp_path: Path
) -> None:
    address = sqlite_databases.filled(Level.REFERENCE)
    wrecks = [recovery(address, "--tail", f"M-10{number}", "--place", f"P{number}") for number in range(3)]
    first, other = take(tmp_path / "board.jpg", 1), tmp_path / "small.jpg"
    Image.open(first).resize((400, 300)).save(other, quality=60)
    for file, wreck in ((first, wrecks[0]), (other, wrecks[1])):
        done = say(address, "log", "photo", file, "--recovery", wreck, "--store", tmp_path / "store")
        assert done.code == 0, done.err
    # Other tail numbers and another place speak against it: a photo alone outweighs neither.
    assert say(address, "duplicates", "--format", "json").json["rows"] == []
    more = recovery(address, "--place", "P0")
    assert say(address, "log", "photo", other, "--recovery", more, "--store", tmp_path / "store").code == 0
    rows = say(address, "duplicates", "--format", "json").json["rows"]
    told = {
        frozenset((row["left_ref"], row["right_ref"])): [
            sign["weight"] for sign in row["signs"] if sign["kind"] == "photo"
        ]
        for row in rows
    }
    assert told[frozenset((wrecks[0], more))] == [5]
    assert told[frozenset((wrecks[1], more))] == [8]
    sqlite_databases.discard(address)
