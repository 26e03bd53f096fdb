"""`db backup` and `db restore`: all of it comes back, or nothing does, and what was changed is refused."""

from __future__ import annotations

import random
import shutil
import signal
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import bagit
import pytest

from tests.evidence.photographs import take
from tests.support.commands import program, run, start
from tests.support.databases import Databases, Level, file_of, is_sqlite

CHIP = "C-4C73T-9FW2Z"
"""A component of the sample."""


@pytest.fixture
def hangar(databases: Databases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a database with the sample and two photos, whose store lies in a folder of its own."""
    monkeypatch.setenv("PROVENANCE_STORE", str(tmp_path / "store"))
    address = databases.filled(Level.SAMPLE)
    for seed in (1, 2):
        done = run(address, "log", "photo", take(tmp_path / f"{seed}.jpg", seed), "--component", CHIP)
        assert done.code == 0, done.err
    yield address
    databases.discard(address)


@pytest.fixture
def place(databases: Databases) -> Iterator[str]:
    """The address of a place for a database, without one."""
    address = databases.empty()
    yield address
    databases.discard(address)


def data_of(address: str) -> str:
    """The fingerprint of all that a database holds."""
    found: str = run(address, "top", "--format", "json").json["basis"]["data"]
    return found


def backed_up(address: str, file: Path, *words: str) -> Path:
    """A backup."""
    done = run(address, "db", "backup", file, *words)
    assert done.code == 0, done.err
    return file


class TestRoundTrip:
    def test_database_and_photos_come_back(
        self, hangar: str, place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = backed_up(hangar, tmp_path / "all.zip")
        monkeypatch.setenv("PROVENANCE_STORE", str(tmp_path / "elsewhere"))
        done = run(place, "db", "restore", file, "--format", "json")
        assert done.code == 0, done.err
        assert (done.json["evidence_files"], done.json["absent"], done.json["faults"]) == (4, [], [])
        assert data_of(place) == data_of(hangar)
        assert run(place, "evidence", "verify").code == 0
        assert run(place, "db", "check").code == 0
        assert run(place, "show", CHIP).out == run(hangar, "show", CHIP).out

    def test_whoever_knows_bagit_can_check_it(self, hangar: str, tmp_path: Path) -> None:
        file = backed_up(hangar, tmp_path / "all.zip")
        with zipfile.ZipFile(file) as archive:
            archive.extractall(tmp_path / "unpacked")
        (folder,) = (tmp_path / "unpacked").iterdir()
        assert bagit.Bag(str(folder)).validate()

    def test_only_its_owner_can_read_the_file(self, hangar: str, tmp_path: Path) -> None:
        file = backed_up(hangar, tmp_path / "all.zip")
        assert file.stat().st_mode & 0o077 == 0
        assert [path.name for path in tmp_path.glob(".*")] == []

    def test_nothing_is_written_over(self, hangar: str, place: str, tmp_path: Path) -> None:
        file = backed_up(hangar, tmp_path / "all.zip")
        before = file.read_bytes()
        again = run(hangar, "db", "backup", file)
        assert (again.code, "Choose another name" in again.err) == (1, True)
        assert file.read_bytes() == before
        onto = run(hangar, "db", "restore", file)
        assert onto.code == 1
        assert "Nothing is restored over it" in onto.err


class TestWhileOthersWrite:
    def test_it_is_one_state_of_the_data(
        self, databases: Databases, place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Somebody logs one recovery after another; the copy has the first so many, and nothing torn."""
        monkeypatch.setenv("PROVENANCE_STORE", str(tmp_path / "store"))
        address = databases.filled(Level.REFERENCE)
        stop, begun = threading.Event(), threading.Event()

        def logging() -> None:
            number = 0
            while not stop.is_set():
                number += 1
                done = program(address, "log", "recovery", "--weapon", "Kh-101", "--serial", f"77{number:03}")
                assert done.code == 0, done.err
                begun.set()

        writer = threading.Thread(target=logging)
        writer.start()
        try:
            assert begun.wait(60)
            file = backed_up(address, tmp_path / "busy.zip")
        finally:
            stop.set()
            writer.join()
        assert run(place, "db", "restore", file).code == 0
        assert run(place, "db", "check").code == 0
        kept = {row["label"] for row in run(place, "list", "recoveries", "--format", "json").json["rows"]}
        logged = {row["label"] for row in run(address, "list", "recoveries", "--format", "json").json["rows"]}
        assert kept
        assert kept <= logged
        databases.discard(address)


@pytest.fixture
def laptop(sqlite_databases: Databases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A database on SQLite with two photos."""
    monkeypatch.setenv("PROVENANCE_STORE", str(tmp_path / "store"))
    address = sqlite_databases.filled(Level.SAMPLE)
    for seed in (1, 2):
        assert (
            run(address, "log", "photo", take(tmp_path / f"{seed}.jpg", seed), "--component", CHIP).code == 0
        )
    yield address
    sqlite_databases.discard(address)


class TestDamage:
    def test_a_changed_byte_is_found_or_changes_nothing(self, laptop: str, tmp_path: Path) -> None:
        """Single bytes: what a ZIP file says twice or does not need may differ, what it holds may not."""
        whole = backed_up(laptop, tmp_path / "all.zip").read_bytes()
        chance, data = random.Random(17), data_of(laptop)
        refused = 0
        for number in range(30):
            changed = bytearray(whole)
            changed[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
            file, target = tmp_path / f"{number}.zip", tmp_path / f"{number}.db"
            file.write_bytes(changed)
            done = run(f"sqlite:///{target}", "db", "restore", file)
            if done.code == 0:
                assert data_of(f"sqlite:///{target}") == data
            else:
                refused += 1
                assert done.code in (3, 7), done.err
                assert not target.exists()
            file.unlink()
        assert refused > 20

    @pytest.mark.parametrize("share", [0.0, 0.01, 0.5, 0.99])
    def test_a_backup_that_was_cut_short_is_refused(self, laptop: str, tmp_path: Path, share: float) -> None:
        whole = backed_up(laptop, tmp_path / "all.zip").read_bytes()
        file, target = tmp_path / "cut.zip", tmp_path / "new.db"
        file.write_bytes(whole[: int(len(whole) * share)])
        done = run(f"sqlite:///{target}", "db", "restore", file)
        assert done.code == 3
        assert "cut short" in done.err
        assert not target.exists()

    def test_a_file_that_was_added_is_refused(self, laptop: str, tmp_path: Path) -> None:
        file = backed_up(laptop, tmp_path / "all.zip")
        with zipfile.ZipFile(file, "a") as archive:
            archive.writestr("provenance-backup/data/store/originals/aa/stray", b"stray")
        done = run(f"sqlite:///{tmp_path / 'new.db'}", "db", "restore", file)
        assert done.code == 7
        assert "was added" in done.err

    def test_a_photo_that_the_store_lacks_is_named_and_the_rest_is_kept(
        self, laptop: str, tmp_path: Path
    ) -> None:
        gone = next((tmp_path / "store" / "originals").glob("??/*"))
        gone.unlink()
        file, target = tmp_path / "all.zip", f"sqlite:///{tmp_path / 'new.db'}"
        done = run(laptop, "db", "backup", file)
        assert done.code == 7
        assert gone.name in done.err
        assert run(target, "db", "restore", file).code == 0
        assert data_of(target) == data_of(laptop)

    def test_a_killed_backup_leaves_no_file_of_its_name(self, laptop: str, tmp_path: Path) -> None:
        for delay in (0.3, 0.7, 1.0):
            file = tmp_path / f"{delay}.zip"
            process = start(laptop, "db", "backup", file)
            time.sleep(delay)
            process.send_signal(signal.SIGKILL)
            process.wait()
            if file.exists():
                assert run(f"sqlite:///{tmp_path / f'{delay}.db'}", "db", "restore", file).code == 0
        for left in file_of(laptop).parent.glob(".provenance-*"):
            shutil.rmtree(left)


class TestEncryption:
    def test_only_the_key_opens_it(self, laptop: str, tmp_path: Path) -> None:
        made = run(laptop, "db", "key", tmp_path / "own.key", "--format", "json")
        assert (tmp_path / "own.key").stat().st_mode & 0o077 == 0
        file = backed_up(laptop, tmp_path / "sealed.age", "--encrypt", made.json["public_key"])
        assert b"SQLite format 3" not in file.read_bytes()
        target = f"sqlite:///{tmp_path / 'new.db'}"
        closed = run(target, "db", "restore", file)
        assert (closed.code, "--key FILE" in closed.err) == (2, True)
        run(laptop, "db", "key", tmp_path / "other.key")
        wrong = run(target, "db", "restore", file, "--key", tmp_path / "other.key")
        assert wrong.code == 3
        assert run(target, "db", "restore", file, "--key", tmp_path / "own.key").code == 0
        assert data_of(target) == data_of(laptop)

    def test_only_the_passphrase_opens_it(
        self, laptop: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PROVENANCE_PASSPHRASE", "correct horse battery staple")
        file = backed_up(laptop, tmp_path / "sealed.age", "--passphrase")
        target = f"sqlite:///{tmp_path / 'new.db'}"
        monkeypatch.setenv("PROVENANCE_PASSPHRASE", "wrong horse")
        assert run(target, "db", "restore", file, "--passphrase").code == 3
        monkeypatch.setenv("PROVENANCE_PASSPHRASE", "correct horse battery staple")
        assert run(target, "db", "restore", file, "--passphrase").code == 0
        assert data_of(target) == data_of(laptop)

    def test_a_word_that_is_no_key_is_refused_before_anything_is_written(
        self, laptop: str, tmp_path: Path
    ) -> None:
        done = run(laptop, "db", "backup", tmp_path / "sealed.age", "--encrypt", "my-key")
        assert done.code == 2
        assert list(tmp_path.glob("*.age")) == []


def test_a_backup_of_the_other_kind_of_database_is_refused(
    hangar: str, tmp_path: Path, postgres_databases: Databases
) -> None:
    file = backed_up(hangar, tmp_path / "all.zip")
    target = postgres_databases.empty() if is_sqlite(hangar) else f"sqlite:///{tmp_path / 'new.db'}"
    done = run(target, "db", "restore", file)
    assert done.code == 3
    assert "it is a backup of" in done.err
