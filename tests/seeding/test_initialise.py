"""`provenance init`: creates, upgrades, repeats, and does not mind company."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select

from provenance.schema.engines import writing_engine
from provenance.schema.session import session_scope
from provenance.schema.sources import Citation
from provenance.seeding.files import SeedFile
from provenance.seeding.sample import SAMPLE_FILES
from tests.support import commands
from tests.support.commands import Outcome
from tests.support.databases import file_of, is_sqlite
from tests.support.tables import table

Run = Callable[..., Outcome]


def size(address: str, name: str) -> int:
    """How many rows a table has."""
    engine = writing_engine(address)
    with session_scope(engine) as session:
        found = session.execute(select(func.count()).select_from(table(name))).scalar_one()
    engine.dispose()
    return found


def sizes(address: str) -> dict[str, int]:
    """How many rows every table has that an init fills."""
    names = (
        "installation",
        "source",
        "organization",
        "ownership",
        "weapon_alias",
        "component",
        "audit_entry",
    )
    return {name: size(address, name) for name in names}


class TestOnce:
    """A first run."""

    def test_of_an_empty_database_says_what_it_did(self, database: str, run: Run) -> None:
        made = run(database, "init", "--sample")
        published = len(SeedFile(SAMPLE_FILES[1]).rows)
        assert (made.code, made.out) == (0, "")
        assert "(new)" in made.err
        assert f"{published:,} components" in made.err
        assert size(database, "component") == published
        assert size(database, "recovery") == len(SeedFile(SAMPLE_FILES[0]).rows)
        assert size(database, "installation") == 1

    def test_makes_the_folder(self, tmp_path: Path, run: Run) -> None:
        file = tmp_path / "not" / "there yet" / "field notes.db"
        assert run(str(file), "init").code == 0
        assert run(str(file), "top").code == 0

    def test_every_component_of_the_sample_has_its_address_and_its_source(self, sampled: str) -> None:
        engine = writing_engine(sampled)
        with session_scope(engine) as session:
            rows = session.execute(
                select(Citation.component_id, Citation.address).where(Citation.component_id.is_not(None))
            ).all()
        assert len({row.component_id for row in rows}) == size(sampled, "component")
        assert [row for row in rows if not row.address.startswith("https://")] == []


class TestAgain:
    """A run on what is there already."""

    def test_changes_nothing_and_says_so(self, sampled: str, run: Run) -> None:
        before = sizes(sampled)
        again = run(sampled, "init", "--sample")
        assert again.code == 0
        assert "(new)" not in again.err
        assert again.err.count("already loaded") == 2
        assert sizes(sampled) == before

    def test_the_sample_comes_later_where_it_was_not_asked_for(self, ready: str, run: Run) -> None:
        assert size(ready, "component") == 0
        assert run(ready, "init", "--sample").code == 0
        assert size(ready, "component") == len(SeedFile(SAMPLE_FILES[1]).rows)


class TestAtOnce:
    """Several people, or services, that start together."""

    def test_one_does_the_work_and_all_succeed(self, database: str) -> None:
        running = [commands.start(database, "init") for _ in range(4)]
        told = [process.communicate(timeout=240) for process in running]
        assert [process.returncode for process in running] == [0, 0, 0, 0], told
        messages = [message for _out, message in told]
        assert sum("(new)" in message for message in messages) == 1, messages
        assert sum("already loaded" in message for message in messages) == 3, messages
        assert size(database, "installation") == 1
        assert size(database, "organization") == len(SeedFile("organization.csv").rows)
        assert size(database, "audit_entry") == 1


class TestRefusals:
    """What is no place for a database."""

    @pytest.mark.parametrize("words", [["init"], ["top"], ["import", "components", "list.csv"]])
    def test_a_file_that_is_something_else_stays_what_it_is(
        self, tmp_path: Path, run: Run, words: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        (tmp_path / "list.csv").write_text("weapon,marking\nKh-101,AB123\n")
        letter = tmp_path / "letter.txt"
        letter.write_text("Dear Sir or Madam, " * 100)
        told = run(str(letter), *words)
        assert told.code == 5
        assert "letter.txt is not a database" in told.err
        assert letter.read_text() == "Dear Sir or Madam, " * 100

    def test_a_folder_that_cannot_be_made(self, tmp_path: Path, run: Run) -> None:
        (tmp_path / "file").write_text("in the way")
        told = run(str(tmp_path / "file" / "field.db"), "init")
        assert told.code == 5
        assert "cannot be created" in told.err

    def test_questions_to_a_database_that_is_not_there_make_none(self, database: str, run: Run) -> None:
        told = run(database, "top")
        assert told.code == 5
        assert "provenance init" in told.err
        if is_sqlite(database):
            assert not file_of(database).exists()

    def test_a_server_that_does_not_answer(self, run: Run) -> None:
        pytest.importorskip("psycopg")
        for words in (["init"], ["top"]):
            told = run("postgresql://tester:secret@127.0.0.1:1/none", *words)
            assert told.code == 5
            assert "does not open" in told.err
            assert "secret" not in told.err
