"""A file read by another process: the same rows, the same complaints, and nobody left behind."""

from __future__ import annotations

import multiprocessing
import pickle
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from provenance.errors import BadInput, ProvenanceError
from provenance.formats import ahead
from provenance.formats.ahead import reading_ahead
from provenance.formats.base import Format, ReadOptions
from provenance.formats.registry import format_named
from provenance.records import ComponentRecord, Rejected
from tests.formats.lists import GUR_HEADER, Row, gur_row, write_list
from tests.importing.state import content, difference
from tests.support.commands import Outcome
from tests.support.databases import Databases, Level

GUR: Format[ComponentRecord] = format_named("gur-components")
MANY = 11_000
"""More rows than are sent at once, twice over."""


@pytest.fixture(autouse=True)
def _every_file_is_worth_a_process(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(ahead, "WORTH_A_PROCESS", 0)
    monkeypatch.setattr(ahead, "_cores", lambda: 2)
    yield
    assert not multiprocessing.active_children(), "a reader is left behind"


def rows(count: int) -> list[Row]:
    """Rows of which one in a hundred has a category that is none."""
    return [
        gur_row(
            number,
            f"Мікросхема AD{number} #2213",
            "Murata Suppliers JSC CHIP AND SALSA" if number % 7 == 0 else "Analog Devices (ADI)",
            "US",
            f"Missile Kh-101 №77017{number % 300:08} (used on 02.01.2024)",
            category="sausage" if number % 100 == 99 else "analog",
        )
        for number in range(count)
    ]


def write_rows(folder: Path, count: int) -> Path:
    return write_list(folder / "list.csv", rows(count), GUR_HEADER)


def test_rows_come_as_they_would_here_and_in_the_same_order(tmp_path: Path) -> None:
    file = write_rows(tmp_path, MANY)
    with reading_ahead(GUR, file, ReadOptions()) as read:
        assert multiprocessing.active_children(), "nothing reads ahead"
        found = list(read)
    assert found == list(GUR.read(file, ReadOptions()))
    assert sum(isinstance(row, Rejected) for row in found) == MANY // 100


def test_records_of_one_recovery_still_share_its_record(tmp_path: Path) -> None:
    file = write_list(tmp_path / "list.csv", rows(2), GUR_HEADER)
    one, other = GUR.read(file, ReadOptions())
    assert isinstance(one, ComponentRecord)
    again, same = pickle.loads(pickle.dumps((one, one.recovery)))
    assert again == one and again.recovery is same
    assert again != other
    with pytest.raises(ValueError, match="frozen"):
        again.key = "another"


def test_a_file_that_breaks_off_gives_its_good_rows_and_then_the_same_complaint(tmp_path: Path) -> None:
    file = write_rows(tmp_path, MANY)
    whole = file.read_bytes()
    lines = whole.splitlines(keepends=True)
    file.write_bytes(b"".join([*lines[:6_001], "Жовтень;\n".encode("cp1251"), *lines[6_001:]]))
    taken = 0
    with pytest.raises(BadInput) as there, reading_ahead(GUR, file, ReadOptions()) as read:
        for _row in read:
            taken += 1
    with pytest.raises(BadInput) as here:
        list(GUR.read(file, ReadOptions()))
    assert (there.value.message, there.value.hint) == (here.value.message, here.value.hint)
    assert there.value.line == 6_002
    assert 5_000 < taken <= 6_000


def test_a_file_of_the_wrong_columns_is_refused_as_here(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("a,b\n1,2\n", encoding="utf-8")
    with (
        pytest.raises(BadInput, match="missing column") as refused,
        reading_ahead(GUR, file, ReadOptions()) as read,
    ):
        list(read)
    assert (refused.value.file, refused.value.line) == ("list.csv", 1)


def test_a_reader_that_is_killed_ends_the_import_with_a_word_on_what_to_do(tmp_path: Path) -> None:
    file = write_rows(tmp_path, 3 * MANY)
    with (
        pytest.raises(ProvenanceError, match="ended before the file did") as error,
        reading_ahead(GUR, file, ReadOptions()) as read,
    ):
        next(read)
        (reader,) = multiprocessing.active_children()
        reader.kill()
        list(read)
    assert "again" in error.value.hint


def test_who_has_seen_enough_stops_the_reader(tmp_path: Path) -> None:
    with reading_ahead(GUR, write_rows(tmp_path, MANY), ReadOptions()) as read:
        next(read)
    assert not multiprocessing.active_children()


@pytest.mark.parametrize("reason", ["small", "one core", "missing"])
def test_a_small_file_or_a_lone_processor_is_read_here(
    reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write_rows(tmp_path, 3)
    if reason == "small":
        monkeypatch.setattr(ahead, "WORTH_A_PROCESS", 1_000_000)
    if reason == "one core":
        monkeypatch.setattr(ahead, "_cores", lambda: 1)
    if reason == "missing":
        file.unlink()
    with reading_ahead(GUR, file, ReadOptions()) as read:
        assert not multiprocessing.active_children()
        if reason == "missing":
            with pytest.raises(BadInput, match="no such file"):
                list(read)
        else:
            assert list(read) == list(GUR.read(file, ReadOptions()))


def test_an_import_leaves_the_same_database_whoever_reads_the_file(
    sqlite_databases: Databases,
    run: Callable[..., Outcome],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = write_rows(tmp_path, 350)
    ahead_of, here = (sqlite_databases.filled(Level.REFERENCE) for _each in range(2))
    told = [run(ahead_of, "import", "gur-components", "--no-read", "--rejected", tmp_path / "no.csv", file)]
    monkeypatch.setattr(ahead, "WORTH_A_PROCESS", 1_000_000_000)
    told.append(run(here, "import", "gur-components", "--no-read", "--rejected", tmp_path / "no.csv", file))
    assert "read 350 = new 347 + known 0 + changed 0 + repeated 0 + rejected 3" in told[0].out
    assert (told[0].out, told[0].err, told[0].code) == (told[1].out, told[1].err, told[1].code)
    assert difference(content(ahead_of), content(here)) == {}
    for address in (ahead_of, here):
        sqlite_databases.discard(address)
