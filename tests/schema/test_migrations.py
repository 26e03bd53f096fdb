"""Migrations: one line of them, both ways, with data in the database, and nothing half done."""

from __future__ import annotations

import ast
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, func, inspect, select, text
from sqlalchemy.exc import IntegrityError

from provenance.core.errors import NoDatabase
from provenance.domain.parts import add_keys, add_top_codes
from provenance.schema import migrations as schema
from provenance.schema.base import complete_indices
from provenance.schema.engines import reading_engine, writing_engine
from provenance.schema.everything import metadata
from provenance.schema.recoveries import Component
from provenance.schema.reference import Part, PartKey
from provenance.schema.session import Session, session_scope
from tests.support.commands import Outcome
from tests.support.databases import Level, fill
from tests.support.rows import Rows
from tests.support.tables import table

Run = Callable[..., Outcome]

FROM_THE_FUTURE = "9999"

DERIVED = {"fact_column", "fact_change"}
"""What is made from the other tables, so that a migration may drop it."""


def counts(address: str) -> dict[str, int]:
    """How many rows each table holds."""
    engine = writing_engine(address)
    with session_scope(engine) as session:
        found = {
            name: session.execute(select(func.count()).select_from(table(name))).scalar_one()
            for name in metadata.tables
        }
    engine.dispose()
    return found


def tables(engine: Engine) -> set[str]:
    """The names of all tables that are there, Alembic's own among them."""
    with engine.connect() as connection:
        return set(inspect(connection).get_table_names())


class TestScripts:
    """The migration scripts themselves."""

    def test_there_is_one_head(self) -> None:
        from alembic.script import ScriptDirectory

        assert len(ScriptDirectory.from_config(schema._config()).get_heads()) == 1

    def test_the_file_names_tell_the_head_and_the_order(self) -> None:
        from alembic.script import ScriptDirectory

        assert schema.newest_file_revision() == schema.head_revision()
        walked = ScriptDirectory.from_config(schema._config()).walk_revisions()
        assert schema.file_revisions() == [script.revision for script in walked][::-1]

    def test_scripts_never_import_the_program(self) -> None:
        # A migration tells how a database was changed once; the models go on changing after it.
        for script in (schema.migrations_path() / "versions").glob("*.py"):
            for node in ast.walk(ast.parse(script.read_text(encoding="utf-8"))):
                imported = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                if isinstance(node, ast.ImportFrom):
                    imported = [node.module or ""]
                assert not [name for name in imported if name.split(".")[0] in ("provenance", "sqlmodel")]


class TestSameAsTheModels:
    """A migrated database and the models say the same."""

    def test_alembic_finds_no_difference(self, scratch: Session) -> None:
        assert schema.differences(scratch.connection()) == []

    def test_a_difference_would_be_found(self, scratch: Session) -> None:
        scratch.execute(text("ALTER TABLE source ADD COLUMN colour VARCHAR"))
        assert len(schema.differences(scratch.connection())) == 1

    def test_every_check_is_there(self, scratch: Session) -> None:
        # Alembic compares no CHECKs: a new member of a vocabulary needs a migration all the same.
        connection = scratch.connection()
        for name in metadata.tables:
            assert checks_there(connection, name) == checks_wanted(connection, name)

    def test_every_partial_index_leaves_out_what_it_should(self, scratch: Session) -> None:
        # Nor does it compare the conditions of indices.
        complete_indices()
        dialect = scratch.connection().dialect.name
        option = f"{dialect}_where"
        for name, found in metadata.tables.items():
            there = {
                index["name"]: _bare(str(index["dialect_options"][option]))
                for index in inspect(scratch.connection()).get_indexes(name)
                if index.get("dialect_options", {}).get(option) is not None
            }
            wanted = {
                index.name: _bare(str(index.dialect_options[dialect]["where"]))
                for index in found.indexes
                if index.dialect_options[dialect]["where"] is not None
            }
            assert there == wanted


def fences(connection: Connection) -> dict[str, tuple[set[str], set[str], set[str]]]:
    """The CHECKs, foreign keys and indices of every table."""
    there = inspect(connection)
    return {
        name: (
            set(checks_there(connection, name)),
            {str(key["name"]) for key in there.get_foreign_keys(name)},
            {str(index["name"]) for index in there.get_indexes(name)},
        )
        for name in metadata.tables
    }


def checks_there(connection: Connection, name: str) -> dict[str, str]:
    """A table's CHECKs as the database tells them; only their names where it rewrites them."""
    exact = connection.dialect.name == "sqlite"
    found = inspect(connection).get_check_constraints(name)
    return {str(check["name"]): _bare(check["sqltext"]) if exact else "" for check in found}


def checks_wanted(connection: Connection, name: str) -> dict[str, str]:
    """A table's CHECKs as the models tell them."""
    from sqlalchemy import CheckConstraint

    exact = connection.dialect.name == "sqlite"
    return {
        str(check.name): _bare(str(check.sqltext)) if exact else ""
        for check in table(name).constraints
        if isinstance(check, CheckConstraint)
    }


def _bare(condition: str) -> str:
    """A condition without what only the databases put in: parentheses and PostgreSQL's casts."""
    return " ".join(re.sub(r"[()]|::\w+", "", condition or "").split())


class TestUpAndDown:
    """Upgrade, downgrade and upgrade again."""

    def test_down_to_nothing_and_up_again_with_data_in_it(self, sampled: str) -> None:
        before = counts(sampled)
        assert before["component"] > 0
        engine = writing_engine(sampled)
        schema.downgrade(engine, "base")
        assert tables(engine) == {"alembic_version"}
        assert schema.upgrade(engine).changed
        assert tables(engine) == {*metadata.tables, "alembic_version"}
        fill(sampled, Level.SAMPLE)
        assert counts(sampled) == before

    def test_a_step_down_and_up_again_keeps_the_older_rows(self, sampled: str) -> None:
        before = counts(sampled)
        engine = writing_engine(sampled)
        for older in reversed(schema.file_revisions()[:-1]):
            schema.downgrade(engine, older)
            with engine.connect() as connection:
                kept = set(inspect(connection).get_table_names()) & set(before) - DERIVED
            schema.upgrade(engine)
            after = counts(sampled)
            assert {name: after[name] for name in kept} == {name: before[name] for name in kept}

    def test_a_step_down_and_up_again_loses_no_check_and_no_index(self, sampled: str) -> None:
        # SQLite changes a column by making the table anew, and what is not named is left behind.
        engine = writing_engine(sampled)
        with engine.connect() as connection:
            before = fences(connection)
        for older in reversed(schema.file_revisions()[:-1]):
            schema.downgrade(engine, older)
            schema.upgrade(engine)
            with engine.connect() as connection:
                assert fences(connection) == before
                assert schema.differences(connection) == []

    def test_an_upgrade_that_has_nothing_to_do_says_so(self, migrated: str) -> None:
        assert not schema.upgrade(writing_engine(migrated)).changed

    def test_references_are_checked_again_after_a_migration(self, database: str) -> None:
        engine = writing_engine(database)
        schema.upgrade(engine)
        with session_scope(engine) as session, pytest.raises(Exception, match=r"(?i)foreign key"):
            Rows(session).add("component", recovery_id=404)


BROKEN_HALFWAY = """
revision = "{revision}"
down_revision = {down!r}
branch_labels = depends_on = None

import sqlalchemy as sa
from alembic import op

def upgrade():
    op.create_table("half_done", sa.Column("id", sa.Integer(), primary_key=True))
    op.execute("INSERT INTO half_done (id) VALUES (1)")
    op.execute("INSERT INTO not_there (id) VALUES (1)")

def downgrade():
    op.drop_table("half_done")
"""


class TestFailingMigration:
    """A migration that fails leaves the database as it was."""

    @pytest.fixture
    def broken(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
        """This program with one migration more, which breaks halfway; says its revision."""
        head = schema.newest_file_revision()
        revision = f"{int(head) + 1:04}"
        copy = tmp_path / "migrations"
        shutil.copytree(schema.migrations_path(), copy)
        script = BROKEN_HALFWAY.format(revision=revision, down=head)
        (copy / "versions" / f"{revision}_broken.py").write_text(script)
        monkeypatch.setattr(schema, "migrations_path", lambda: copy)
        return revision

    def test_of_an_initialised_database(self, migrated: str, broken: str) -> None:
        engine = writing_engine(migrated)
        before = tables(engine)
        with pytest.raises(Exception, match="not_there"):
            schema.upgrade(engine)
        assert tables(engine) == before
        with engine.connect() as connection:
            assert schema.current_revision(connection) == schema.file_revisions()[-2]

    def test_of_a_new_database(self, database: str, broken: str) -> None:
        engine = writing_engine(database)
        with pytest.raises(Exception, match="not_there"):
            schema.upgrade(engine)
        assert tables(engine) == set()

    def test_it_does_not_leave_references_unchecked(self, migrated: str, broken: str) -> None:
        engine = writing_engine(migrated)
        with pytest.raises(Exception, match="not_there"):
            schema.upgrade(engine)
        with session_scope(engine) as session, pytest.raises(Exception, match=r"(?i)foreign key"):
            Rows(session).add("component", recovery_id=404)

    def test_an_older_database_is_sent_to_init(self, migrated: str, broken: str, run: Run) -> None:
        asked = run(migrated, "top")
        assert asked.code == 5
        assert f"the program at {broken}" in asked.err
        assert "provenance init" in asked.err


class TestOneStandingStatement:
    """What the schema itself does not let happen."""

    @pytest.mark.parametrize("name", ["maker_attribution", "identification"])
    def test_a_word_and_a_guess_may_stand_side_by_side_but_no_two_of_a_kind(
        self, scratch: Session, name: str
    ) -> None:
        rows = Rows(scratch)
        component = rows.add("component")
        rows.add(name, component_id=component, status="published")
        guess = rows.add(name, component_id=component, status="tentative")
        for status in ("published", "confirmed", "tentative"):
            with pytest.raises(IntegrityError), scratch.begin_nested():
                rows.add(name, component_id=component, status=status)
        for _again in range(2):
            rows.add(name, component_id=component, status="published", superseded_by=guess)

    @pytest.mark.parametrize("kind", ["recovery", "component", "organization"])
    def test_nothing_is_the_same_as_itself(self, scratch: Session, kind: str) -> None:
        rows = Rows(scratch)
        one, sides = rows.add(kind), ("left_organization_id", "right_organization_id")
        values = dict.fromkeys(sides) | {f"left_{kind}_id": one, f"right_{kind}_id": one}
        with pytest.raises(IntegrityError), scratch.begin_nested():
            rows.add("same_as", **values)

    def test_a_database_is_one_installation(self, scratch: Session) -> None:
        Rows(scratch).add("installation", id=1)
        with pytest.raises(IntegrityError), scratch.begin_nested():
            Rows(scratch).add("installation", id=2)

    def test_two_standing_statements_of_old_are_named_and_nothing_is_changed(
        self, migrated: str, run: Run
    ) -> None:
        engine = writing_engine(migrated)
        with session_scope(engine) as session:
            rows = Rows(session)
            component = rows.add("component")
            rows.add("maker_attribution", component_id=component, status="published")
            uid = session.execute(select(Component.uid)).scalar_one()
        schema.downgrade(engine, "0002")
        with session_scope(engine) as session:
            session.execute(
                text(
                    "INSERT INTO maker_attribution (id, uid, component_id, as_written, status, basis)"
                    " SELECT id + 1, 'another', component_id, as_written, status, basis"
                    " FROM maker_attribution"
                )
            )
        told = run(migrated, "init")
        assert told.code == 5
        assert f"more than one standing maker_attribution: {uid}. Set superseded_by" in told.err
        assert "nothing was changed" in told.err
        with engine.connect() as connection:
            assert schema.current_revision(connection) == "0002"


class TestIntroducedAndTopCodes:
    """Parts of a database that knew neither introductions nor top codes."""

    def test_old_parts_have_neither_and_a_step_down_leaves_no_key_of_a_code(self, migrated: str) -> None:
        engine = writing_engine(migrated)
        schema.downgrade(engine, "0008")
        with session_scope(engine) as session:
            rows = Rows(session)
            source, maker = rows.add("source"), rows.add("organization")
            session.execute(
                text(
                    "INSERT INTO part (id, uid, organization_id, mpn, mpn_key, folded, eccn, source_id)"
                    " VALUES (1, 'old', :maker, 'BAV99', 'BAV99', 'bav99', 'EAR99', :source)"
                ),
                {"maker": maker, "source": source},
            )
            add_keys(session, [(1, "BAV99")])
            number_keys = len(session.execute(select(PartKey)).all())
        schema.upgrade(engine)
        with session_scope(engine) as session:
            old = session.execute(select(Part)).one()
            assert (old.mpn, old.eccn) == ("BAV99", "EAR99")
            assert (old.introduced_earliest, old.introduced_latest, old.top_codes) == (None, None, None)
            days = {"introduced_earliest": date(2015, 1, 1), "introduced_latest": date(2015, 12, 31)}
            session.execute(Part.__table__.update().values(top_codes="A7W; A7", **days))
            add_top_codes(session, [(1, ("A7W", "A7"))])
            with pytest.raises(IntegrityError), session.begin_nested():
                session.execute(Part.__table__.update().values(introduced_latest=date(2014, 1, 1)))
        schema.downgrade(engine, "0008")
        schema.upgrade(engine)
        with session_scope(engine) as session:
            again = session.execute(select(Part)).one()
            assert (again.mpn, again.introduced_earliest, again.top_codes) == ("BAV99", None, None)
            assert len(session.execute(select(PartKey)).all()) == number_keys


class TestReadiness:
    """A command works on a database of exactly this program's schema, or says what to do."""

    def test_a_ready_one_is_let_through(self, scratch: Session) -> None:
        schema.check_ready(scratch.connection())

    def test_an_empty_one_is_sent_to_init(self, database: str) -> None:
        engine = writing_engine(database)
        with engine.connect() as connection, pytest.raises(NoDatabase) as told:
            schema.check_ready(connection)
        assert "provenance init" in told.value.hint

    @pytest.mark.parametrize("words", [["init"], ["init", "--sample"], ["top"], ["find", "Kh-101"]])
    def test_a_newer_one_is_refused_and_unchanged(self, migrated: str, run: Run, words: list[str]) -> None:
        with session_scope(writing_engine(migrated)) as session:
            session.execute(text(f"UPDATE alembic_version SET version_num = '{FROM_THE_FUTURE}'"))
        before = everything(migrated)
        asked = run(migrated, *words)
        assert asked.code == 5
        assert FROM_THE_FUTURE in asked.err
        assert "newer than this program" in asked.err
        assert asked.out == ""
        assert everything(migrated) == before


def everything(address: str) -> dict[str, list[Any]]:
    """Every row of every table."""
    engine = reading_engine(address)
    with engine.connect() as connection:
        found = {
            name: [tuple(row) for row in connection.execute(text(f'SELECT * FROM "{name}" ORDER BY 1'))]
            for name in inspect(connection).get_table_names()
        }
    engine.dispose()
    return found
