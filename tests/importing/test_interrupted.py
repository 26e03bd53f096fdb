"""Imports that are killed on the way, and imports that come at the same time."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from provenance.schema.session import Session
from tests.importing import driver
from tests.importing.scrape import IMPORT, write_scrape
from tests.importing.state import (
    assert_chain_holds,
    assert_facts_are_current,
    content,
    difference,
    rows_of,
)
from tests.sources.lists import Row, gur_row
from tests.support.commands import CHECKOUT, Outcome
from tests.support.databases import Databases, Level

Run = Callable[..., Outcome]

_MAKERS = ("Analog Devices", "Texas Instruments", "Quuxtronics", "Murata Suppliers JSC CHIP AND SALSA")


def rows_between(first: int, last: int) -> list[Row]:
    """Rows of many entries; every fourth has a transfer, every fourth a firm that nobody knows."""
    return [
        gur_row(
            number,
            f"Chip MX{number}",
            f"{_MAKERS[number % 4]} {number}" if number % 4 == 2 else _MAKERS[number % 4],
            "UNK",
            f"Missile Kh-101 №77017{number % 40:08}",
        )
        for number in range(first, last)
    ]


def start(address: str, file: Path, batch: int = 5, batches: int = 1) -> subprocess.Popen[str]:
    """Begins an import in a process of its own."""
    assert driver.__file__
    command = [sys.executable, driver.__file__, address, str(file), str(batch), str(batches)]
    environment = os.environ | {"PYTHONPATH": str(CHECKOUT)}
    return subprocess.Popen(
        command, text=True, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def test_an_import_killed_at_random_moments_and_run_again_ends_like_one_left_alone(
    databases: Databases, run: Run, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    file = write_scrape(tmp_path, rows_between(0, 100))
    undisturbed, killed = databases.filled(Level.REFERENCE), databases.filled(Level.REFERENCE)
    assert "new 100 " in run(undisturbed, *IMPORT, file).out
    seed = random.randrange(1 << 32)
    record_property("seed", seed)
    moments = random.Random(seed)
    for _attempt in range(2):
        process = start(killed, file)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(moments.uniform(0.02, 0.4))
        process.kill()
        process.communicate(timeout=60)
        kept = len(rows_of(killed, "component"))
        assert kept % 5 == 0, f"half a batch is in (seed {seed})"
        assert_chain_holds(killed)
        assert_facts_are_current(killed)
    out, err = start(killed, file).communicate(timeout=120)
    new, known = map(int, out.splitlines()[-1].split())
    assert new + known == 100, err
    assert difference(content(undisturbed), content(killed)) == {}, f"seed {seed}"
    assert_chain_holds(killed)
    assert_facts_are_current(killed)
    databases.discard(undisturbed)
    databases.discard(killed)


def test_markings_that_an_interrupted_import_did_not_read_are_read_when_it_is_run_again(
    sqlite_databases: Databases, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write_scrape(tmp_path)
    undisturbed, interrupted = (sqlite_databases.filled(Level.REFERENCE) for _each in range(2))
    run(undisturbed, "import", "gur-components", file)
    monkeypatch.setattr("provenance.importing.run.BATCH_ROWS", 5)
    monkeypatch.setattr("provenance.importing.run.CHECKPOINT_BATCHES", 1)

    def stop_after(session: Session) -> None:
        session.commit()
        raise KeyboardInterrupt

    with monkeypatch.context() as stopping:
        stopping.setattr("provenance.importing.run.checkpoint", stop_after)
        assert run(interrupted, "import", "gur-components", file).code == 130
    assert len(rows_of(interrupted, "component")) == 5
    run(interrupted, "import", "gur-components", file)
    assert difference(content(undisturbed), content(interrupted)) == {}
    sqlite_databases.discard(undisturbed)
    sqlite_databases.discard(interrupted)


def test_a_killed_import_leaves_no_database_locked(ready: str, run: Run, tmp_path: Path) -> None:
    process = start(ready, write_scrape(tmp_path, rows_between(0, 400)), batch=400)
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(0.1)
    process.kill()
    process.communicate(timeout=60)
    assert run(ready, *IMPORT, write_scrape(tmp_path, rows_between(0, 3))).code == 0


def test_two_imports_at_once_lose_nothing(ready: str, tmp_path: Path) -> None:
    one = write_scrape(tmp_path, rows_between(0, 120), "one.csv")
    other = write_scrape(tmp_path, rows_between(80, 200), "other.csv")
    processes = [start(ready, file, batch=10) for file in (one, other)]
    told = [process.communicate(timeout=120) for process in processes]
    assert [process.returncode for process in processes] == [0, 0], told
    counts = [[int(figure) for figure in out.splitlines()[-1].split()] for out, _err in told]
    assert sum(new for new, _known in counts) == 200
    assert sum(known for _new, known in counts) == 40
    assert len({row.record_key for row in rows_of(ready, "citation") if row.component_id}) == 200
    assert len(rows_of(ready, "component")) == 200
    assert len(rows_of(ready, "recovery")) == 40
    assert_chain_holds(ready)
    assert_facts_are_current(ready)


def test_an_import_that_comes_between_two_checkpoints_of_another_is_met_with_open_eyes(
    ready: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both bring the same weapons, firms and recoveries, which neither database nor import knew before."""
    entry = "Missile Vympel-77 №4711"
    rows = [gur_row(number, f"MX{number}", f"Quux {number % 3}", "UNK", entry) for number in range(40)]
    one, other = write_scrape(tmp_path, rows[:20], "one.csv"), write_scrape(tmp_path, rows[10:], "other.csv")
    between: list[Outcome] = []

    def let_another_in(session: Session) -> None:
        session.commit()
        if not between:
            between.append(Outcome(0, "", ""))
            between.append(run(ready, *IMPORT, other))
        session.connection()

    monkeypatch.setattr("provenance.importing.run.BATCH_ROWS", 5)
    monkeypatch.setattr("provenance.importing.run.CHECKPOINT_BATCHES", 1)
    monkeypatch.setattr("provenance.importing.run.checkpoint", let_another_in)
    done = run(ready, *IMPORT, one)
    assert (done.code, between[1].code) == (0, 0), done.err
    assert "read 30 = new 30 + known 0" in between[1].out
    assert "read 20 = new 10 + known 10" in done.out
    assert len(rows_of(ready, "component")) == 40
    assert len(rows_of(ready, "recovery")) == 1
    assert [row.label for row in rows_of(ready, "organization") if not row.from_seed] == [
        "Quux 0",
        "Quux 1",
        "Quux 2",
    ]
    assert len([row for row in rows_of(ready, "weapon_system") if not row.from_seed]) == 1
    assert_chain_holds(ready)
    assert_facts_are_current(ready)


@pytest.mark.parametrize("batch", [1, 7, 1000])
def test_the_size_of_batches_makes_no_difference(
    sqlite_databases: Databases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, batch: int, run: Run
) -> None:
    file = write_scrape(tmp_path, rows_between(0, 30))
    plain, other = sqlite_databases.filled(Level.REFERENCE), sqlite_databases.filled(Level.REFERENCE)
    run(plain, *IMPORT, file)
    monkeypatch.setattr("provenance.importing.run.BATCH_ROWS", batch)
    monkeypatch.setattr("provenance.importing.run.CHECKPOINT_BATCHES", 1)
    run(other, *IMPORT, file)
    assert difference(content(plain), content(other)) == {}
    sqlite_databases.discard(plain)
    sqlite_databases.discard(other)
