"""Fast mode: a line a component, nothing lost, nothing doubled, the last one taken back."""

from __future__ import annotations

import os
import random
import re
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.importing.state import (
    assert_chain_holds,
    assert_facts_are_current,
    content,
    rows_of,
)
from tests.support.commands import start
from tests.support.databases import Databases, Level, SqliteDatabases, file_of, is_sqlite
from tests.support.field_log import ACTOR, BOARD, recovery, say, standing

PROCESSES = 8
LINES_EACH = int(os.environ.get("PROVENANCE_FIELD_LINES", "100"))
"""With 500 it is the figure that is promised for one SQLite file, in half a minute on two quiet cores."""
LINES_ON_A_SERVER = min(LINES_EACH, 40)

_MARKINGS = ("TMS320C6416TGLZ", "AD7606BSTZ // #2135", "MAX3232ECD", "XC7Z020", "нечитабельне", "LT1086CM")


def lines(name: str, count: int) -> str:
    """So many lines of a board, each with a note of its own."""
    return "".join(
        f"U{number % 4} | {_MARKINGS[number % 6]} | {number % 3 + 1} | {name} {number}\n"
        for number in range(count)
    )


def log(address: str, ref: str, text: str, *words: str) -> str:
    """What fast mode echoes."""
    done = say(address, "log", "components", "--recovery", ref, *words, stdin=text)
    assert done.code == 0, done.err
    return done.out


def test_each_line_is_a_component_with_its_reference_and_best_candidate(ready: str) -> None:
    said = log(ready, recovery(ready), BOARD).splitlines()
    assert [line[:2] for line in said] == ["C-"] * 4
    assert "Texas Instruments TMS320C6416TGLZ" in said[0]
    rows = rows_of(ready, "component")
    assert [(row.marking, row.marking_state, row.pieces, row.note) for row in rows] == [
        ("TMS320C6416TGLZ", "present", 1, "near the edge"),
        ("MAX3232ECD\n2231", "present", 2, None),
        (None, "none", None, "ground off"),
        ("STM32F407VGT6", "present", None, None),
    ]
    assert [row.label for row in rows_of(ready, "unit")] == ["U1", "U2"]
    # What the program reads is tentative, on nobody's word, and enters no count by itself.
    assert {(row.status, row.said_by) for row in standing(ready, "identification")} == {("tentative", None)}
    top = say(ready, "top", "--country", "any", "--min-recoveries", "1", "--format", "json")
    assert top.rows == []
    guessed = say(ready, "top", "--include-tentative", "--min-recoveries", "1", "--format", "json").rows
    assert "Texas Instruments" in {row["firm"] for row in guessed}
    assert_chain_holds(ready)
    assert_facts_are_current(ready)


def test_undo_takes_the_last_one_back_and_the_one_before(fresh: str) -> None:
    said = log(fresh, recovery(fresh), "LT1086\nAD7606\nundo\nскасувати\nundo\nMAX232\n")
    assert "There is nothing to undo" in said
    taken = [(row.marking, row.withdrawn_at is not None) for row in rows_of(fresh, "component")]
    assert taken == [("LT1086", True), ("AD7606", True), ("MAX232", False)]
    assert_facts_are_current(fresh)


def test_the_same_lines_again_change_nothing_and_two_equal_lines_are_two_components(fresh: str) -> None:
    ref, text = recovery(fresh), "U1 | LT1086 | 1\nU1 | LT1086 | 1\nAD7606\nundo\n"
    log(fresh, ref, text)
    before = content(fresh), len(rows_of(fresh, "audit_entry"))
    again = log(fresh, ref, text)
    assert again.count("already logged") == 3
    assert (content(fresh), len(rows_of(fresh, "audit_entry"))) == before
    assert len(rows_of(fresh, "component")) == 3
    log(fresh, ref, text, "--batch", "second board")
    assert len(rows_of(fresh, "component")) == 6


def test_a_bad_line_is_named_and_the_others_are_logged(fresh: str, tmp_path: Path) -> None:
    file = tmp_path / "board.txt"
    file.write_text("LT1086\nU1 | AD7606 | 0\nMAX232\nU2\t\t2\tno marking read\n", encoding="utf-8")
    done = say(fresh, "log", "components", "--recovery", recovery(fresh), "--file", file)
    assert done.code == 3
    assert "board.txt:2: pieces" in done.err
    assert [row.marking for row in rows_of(fresh, "component")] == ["LT1086", "MAX232", None]


def test_a_file_that_is_not_utf_8_is_read_by_a_guess_that_is_said(fresh: str, tmp_path: Path) -> None:
    file = tmp_path / "board.txt"
    file.write_bytes("плата управління | LT1086\n".encode("cp1251"))
    done = say(fresh, "log", "components", "--recovery", recovery(fresh), "--file", file)
    assert (done.code, "read as Windows-1251, which is a guess" in done.err) == (0, True)
    assert [row.label for row in rows_of(fresh, "unit")] == ["плата управління"]


def test_a_file_in_another_encoding_than_stated_is_refused(fresh: str, tmp_path: Path) -> None:
    file = tmp_path / "board.txt"
    file.write_bytes("плата | LT1086\n".encode("cp1251"))
    words = ("log", "components", "--recovery", recovery(fresh), "--file", file, "--encoding", "utf-8")
    done = say(fresh, *words)
    assert (done.code, "UTF-8" in done.err) == (3, True)


def test_one_object_a_line(fresh: str) -> None:
    done = say(
        fresh, "log", "components", "--recovery", recovery(fresh), "--format", "jsonl", stdin="LT1086\n"
    )
    (row,) = done.lines
    assert (row["fate"], row["marking"], row["unit"], row["pieces"]) == ("logged", "LT1086", None, None)


def test_eight_hands_at_one_file_lose_nothing(
    ready: str, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    ref, count = recovery(ready), LINES_EACH if is_sqlite(ready) else LINES_ON_A_SERVER
    began = time.monotonic()
    processes = []
    for number in range(PROCESSES):
        file = tmp_path / f"{number}.txt"
        file.write_text(lines(f"hand {number},", count), encoding="utf-8")
        processes.append(start(ready, *ACTOR, "log", "components", "--recovery", ref, "--file", file))
    told = [process.communicate(timeout=300) for process in processes]
    record_property("seconds", round(time.monotonic() - began, 1))
    assert [process.returncode for process in processes] == [0] * PROCESSES, told
    notes = sorted(row.note for row in rows_of(ready, "component"))
    assert notes == sorted(f"hand {one}, {each}" for one in range(PROCESSES) for each in range(count))
    assert len(rows_of(ready, "unit")) == 4
    assert_chain_holds(ready)
    assert_facts_are_current(ready)


@pytest.fixture
def two(sqlite_databases: SqliteDatabases) -> tuple[Databases, str, str]:
    """Two databases that hold the same: one to be disturbed."""
    first, second = sqlite_databases.filled(Level.REFERENCE), sqlite_databases.empty()
    recovery(first)
    with sqlite3.connect(file_of(first)) as whole, sqlite3.connect(file_of(second)) as copy:
        whole.backup(copy)
    return sqlite_databases, first, second


def test_killed_at_random_moments_and_given_again_it_ends_like_one_left_alone(
    two: tuple[Databases, str, str], tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    _databases, undisturbed, killed = two
    ref = say(undisturbed, "find", "Kh-101", "--format", "json")
    ref_text = next(row["ref"] for row in ref.rows if row["kind"] == "recovery")
    file = tmp_path / "board.txt"
    file.write_text(lines("board", 40) + "undo\n" + lines("more", 20), encoding="utf-8")
    words = ["log", "components", "--recovery", ref_text, "--file", file]
    assert say(undisturbed, *words).code == 0
    seed = random.randrange(1 << 32)
    record_property("seed", seed)
    moments = random.Random(seed)
    for _attempt in range(4):
        process = start(killed, *ACTOR, *words)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(moments.uniform(0.0, 0.3))
        process.kill()
        process.communicate(timeout=60)
        assert_chain_holds(killed)
        assert_facts_are_current(killed)
    again = start(killed, *ACTOR, *words)
    _out, err = again.communicate(timeout=120)
    assert again.returncode == 0, err
    assert told(killed) == told(undisturbed), f"seed {seed}"
    assert_chain_holds(killed)
    assert_facts_are_current(killed)


def told(address: str) -> dict[str, list[str]]:
    """What a database holds, but for the identities of statements, which are new with every writing."""
    found = content(address)
    for name in ("maker_attribution", "identification"):
        told_without = (
            re.sub(r"'(uid|superseded_by)': '[^']*'", r"'\1': 'some'", row) for row in found[name]
        )
        found[name] = sorted(told_without)
    return found
