"""`provenance init`: a new file, an older one, and one that is another program's."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from provenance.schema import migrations
from provenance.schema.engines import writing_engine
from tests.support.commands import run


def address_of(path: Path) -> str:
    """The address of an SQLite file."""
    return f"sqlite:///{path}"


def test_a_new_and_an_upgraded_database_are_said_to_be_what_they_are(tmp_path: Path) -> None:
    older, new = (address_of(tmp_path / name) for name in ("older.db", "new.db"))
    migrations.upgrade(writing_engine(older), "0010")
    newest = migrations.newest_file_revision()
    assert f"schema {newest} (upgraded from 0010)" in run(older, "init").err
    assert f"schema {newest} (new)" in run(new, "init").err
    assert f"schema {newest}\n" in run(new, "init").err


@pytest.mark.parametrize("words", [("init",), ("top",), ("log", "recovery", "--weapon", "Kh-101")])
def test_a_file_of_another_program_is_refused_and_stays_as_it_is(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    path = tmp_path / "places.sqlite"
    with sqlite3.connect(path) as connection:
        for name in ("moz_bookmarks", "moz_places", "moz_hosts", "moz_keywords", "moz_origins"):
            connection.execute(f"CREATE TABLE {name} (id INTEGER PRIMARY KEY)")
    connection.close()
    before = path.read_bytes()
    said = run(address_of(path), *words)
    assert said.code == 5
    assert (
        "places.sqlite is a database of another program (its tables: moz_bookmarks, moz_hosts,"
        " moz_keywords, moz_origins and 1 more). Nothing was changed" in said.err
    )
    assert "--db" in said.err
    assert path.read_bytes() == before
    assert sorted(each.name for each in tmp_path.iterdir()) == ["places.sqlite"]


def test_a_database_of_another_program_that_uses_alembic_too_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
        connection.execute("INSERT INTO alembic_version VALUES ('0011')")
        connection.execute("CREATE TABLE component (id INTEGER PRIMARY KEY)")
    connection.close()
    assert "is a database of another program (its tables: component)." in run(address_of(path), "init").err


def test_a_file_that_cannot_be_made_has_one_hint(tmp_path: Path) -> None:
    said = run(address_of(Path("/proc/x.db")), "init")
    assert said.code == 5
    assert said.err.splitlines() == [
        "provenance: /proc/x.db does not open: unable to open database file",
        "  Check the address or path given with --db or in PROVENANCE_DB.",
    ]
