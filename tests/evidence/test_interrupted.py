"""A program killed in the middle of a card: the same command again brings the same end."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from provenance.schema.audit import AuditEntry
from provenance.schema.engines import reading_engine
from provenance.schema.session import session_scope
from tests.evidence.photographs import take
from tests.support.commands import CHECKOUT, program, run, start
from tests.support.databases import Databases, Level
from tests.support.tables import table

PICTURES = 14
KILLS = 5
MOMENTS = {"taken_in_at", "attached_at", "at", "hash", "previous_hash", "before", "after", "installation_uid"}
"""Columns that tell when, or hang on when."""


@pytest.fixture(scope="module")
def card(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A card with labels of the sample's first component and recovery on it, and pictures without."""
    folder = tmp_path_factory.mktemp("card")
    for number in range(PICTURES):
        label = {0: "C-4C73T-9FW2Z", 6: "R-TMRTN-7CDCX"}.get(number)
        take(folder / f"IMG_{number:04}.jpg", number, f"2024:05:03 10:{number:02}:00", label=label)
    return folder


@dataclass
class Left:
    """What a command leaves: rows without their moments, and the store's files."""

    rows: dict[str, list[dict[str, Any]]]
    files: dict[str, int]


def left(address: str, store: Path) -> Left:
    """What is there now."""
    with session_scope(reading_engine(address)) as session:
        found = {
            name: session.execute(select(table(name)).order_by(*table(name).primary_key)).all()
            for name in ("photo", "photo_subject", "photo_view")
        }
        # A counter of PostgreSQL skips the numbers of what was never kept: rows go by their uid.
        uids = {f"{name}_id": {row.id: row.uid for row in found[name]} for name in ("photo", "photo_subject")}
        rows = {name: [_lasting(row._asdict(), uids) for row in there] for name, there in found.items()}
        told = session.execute(select(AuditEntry.action, AuditEntry.record_uid).order_by(AuditEntry.id))
        rows["audit_entry"] = [row._asdict() for row in told if "photo" in row.action]
    files = {
        path.relative_to(store).as_posix(): path.stat().st_size for path in store.rglob("*") if path.is_file()
    }
    return Left(rows, files)


def _lasting(row: dict[str, Any], uids: dict[str, dict[int, str]]) -> dict[str, Any]:
    """A row without its number and its moments, what it refers to in evidence by uid."""
    return {
        key: uids[key][value] if key in uids else value
        for key, value in row.items()
        if key not in MOMENTS and key != "id"
    }


@pytest.fixture
def undisturbed(databases: Databases, card: Path, tmp_path: Path) -> Iterator[Left]:
    """What a run leaves that nobody disturbs."""
    address = databases.filled(Level.SAMPLE)
    done = program(address, "log", "photos", card, "--store", tmp_path / "calm")
    assert done.code == 0, done.err
    yield left(address, tmp_path / "calm")
    databases.discard(address)


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL here")
def test_killed_at_random_moments(
    databases: Databases, card: Path, tmp_path: Path, undisturbed: Left
) -> None:
    expected = undisturbed
    assert len(expected.rows["photo"]) == PICTURES
    assert len(expected.rows["photo_subject"]) > 8
    rolled = random.Random(20240503)
    reached: set[int] = set()
    for number in range(KILLS):
        address, store = databases.filled(Level.SAMPLE), tmp_path / f"store {number}"
        for _ in range(2):
            process = start(address, "log", "photos", card, "--store", store)
            wait_for_files(store, rolled.randrange(1, PICTURES), process)
            time.sleep(rolled.uniform(0, 0.05))
            process.send_signal(signal.SIGKILL)
            process.communicate()
            halfway = left(address, store)
            reached.add(len(halfway.rows["photo"]))
            digests = {row["sha256"] for row in halfway.rows["photo"]}
            # Whatever a row speaks of is there, whole.
            assert {f"originals/{each[:2]}/{each}" for each in digests} <= halfway.files.keys()
            for path, size in halfway.files.items():
                if not path.startswith("incoming/"):
                    assert expected.files[path] == size
        again = run(address, "log", "photos", card, "--store", store)
        assert again.code == 0, again.err
        assert run(address, "evidence", "verify", "--store", store).code == 0
        found = left(address, store)
        assert found.files == expected.files
        for name in ("photo", "photo_subject", "photo_view"):
            assert found.rows[name] == expected.rows[name], name
        assert sorted(map(str, found.rows["audit_entry"])) == sorted(map(str, expected.rows["audit_entry"]))
        assert run(address, "log", "photos", card, "--store", store).code == 0
        assert left(address, store) == found
        databases.discard(address)
    # Else nothing was disturbed.
    assert len([count for count in reached if 0 < count < PICTURES]) > 1


def wait_for_files(store: Path, count: int, process: subprocess.Popen[str]) -> None:
    """Waits until the store has so many originals, or until the program is done."""
    while process.poll() is None and len(list((store / "originals").glob("*/*"))) < count:
        time.sleep(0.002)


def test_two_at_once_lose_nothing_and_take_nothing_twice(
    databases: Databases, card: Path, tmp_path: Path, undisturbed: Left
) -> None:
    expected = undisturbed
    address, store = databases.filled(Level.SAMPLE), tmp_path / "shared"
    both = [start(address, "log", "photos", card, "--store", store) for _ in range(2)]
    for process in both:
        _out, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
    found = left(address, store)
    assert found.files == expected.files
    assert {row["sha256"] for row in found.rows["photo"]} == {row["sha256"] for row in expected.rows["photo"]}
    assert len(found.rows["photo"]) == PICTURES
    assert len(found.rows["photo_subject"]) == len(expected.rows["photo_subject"])
    databases.discard(address)


def test_a_store_that_cannot_be_written_to_is_said_and_nothing_is_half_written(
    databases: Databases, card: Path, tmp_path: Path
) -> None:
    address = databases.filled(Level.SAMPLE)
    (tmp_path / "taken").write_text("a file stands where the store should be")
    done = run(address, "log", "photos", card, "--store", tmp_path / "taken")
    assert (done.code, done.out) == (1, "")
    assert "cannot be written to" in done.err and "--store" in done.err
    assert left(address, tmp_path / "taken").rows["photo"] == []
    databases.discard(address)


@pytest.fixture
def on_a_disk(
    databases: Databases, card: Path, tmp_path: Path
) -> Iterator[Callable[[str], tuple[str, subprocess.CompletedProcess[str]]]]:
    """Takes the card in with its store on a disk that is mounted with these options."""
    address, disk = databases.filled(Level.SAMPLE), tmp_path / "disk"
    disk.mkdir()
    words = f"exec {sys.executable} -m provenance --db '{address}' log photos '{card}' --store '{disk}/store'"

    def taken(options: str) -> tuple[str, subprocess.CompletedProcess[str]]:
        done = subprocess.run(
            ["unshare", "--mount", "sh", "-c", f"mount -t tmpfs -o {options} none '{disk}' && {words}"],
            capture_output=True,
            text=True,
            env=os.environ | {"PYTHONPATH": str(CHECKOUT)},
            check=False,
        )
        if re.search(r"^(?:mount|unshare):", done.stderr, re.MULTILINE):
            pytest.skip("this machine lets nobody mount a small disk")
        assert (done.returncode, done.stdout) == (1, "")
        assert "Traceback" not in done.stderr
        return address, done

    yield taken
    databases.discard(address)


@pytest.mark.skipif(shutil.which("unshare") is None, reason="needs a mount of its own")
class TestTheDisk:
    def test_full_is_said_and_what_is_in_stays(self, on_a_disk: Any, card: Path, tmp_path: Path) -> None:
        """A disk of 300 kB is full after some pictures; with room again the same command goes on."""
        address, done = on_a_disk("size=300k")
        assert "No space left on device" in done.stderr and "Free some space" in done.stderr
        assert 0 < len(left(address, tmp_path / "none").rows["photo"]) < PICTURES
        assert run(address, "log", "photos", card, "--store", tmp_path / "roomy").code == 0
        assert run(address, "evidence", "verify", "--store", tmp_path / "roomy").code == 0
        assert len(left(address, tmp_path / "roomy").rows["photo"]) == PICTURES

    def test_read_only_is_said_and_nothing_is_written(self, on_a_disk: Any, tmp_path: Path) -> None:
        address, done = on_a_disk("ro")
        assert "Read-only file system" in done.stderr and "--store" in done.stderr
        assert left(address, tmp_path / "none").rows["photo"] == []
