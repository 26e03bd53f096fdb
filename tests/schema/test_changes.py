"""The change counter: whatever any program writes in a watched table is counted, on both databases."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy import Connection, delete, func, inspect, select, text, update

from provenance.schema import changes
from provenance.schema import migrations as schema
from provenance.schema.derived import SEGMENT_BITS, FactChange
from provenance.schema.engines import writing_engine
from provenance.schema.everything import metadata
from provenance.schema.recoveries import Component, MakerAttribution, Recovery
from provenance.schema.reference import WeaponSystem
from provenance.schema.rows import insert_cells, insert_rows
from provenance.schema.session import Session, session_scope
from provenance.schema.sources import Citation
from provenance.schema.transfers import Transfer
from tests.support.databases import Level, PostgresDatabases, SqliteDatabases
from tests.support.rows import Rows
from tests.support.tables import table

Counted = dict[tuple[str, int], int]


def counted(session: Session) -> Counted:
    """How many changes each segment of each sheet has seen."""
    rows = session.execute(
        select(FactChange.sheet, FactChange.segment, func.sum(FactChange.changes)).group_by(
            FactChange.sheet, FactChange.segment
        )
    )
    return {(row[0], row[1]): int(row[2]) for row in rows}


def more(before: Counted, after: Counted) -> Counted:
    """What was counted in between."""
    return {key: count - before.get(key, 0) for key, count in after.items() if count != before.get(key, 0)}


class TestCounting:
    """Each row inserted or deleted counts once, each row updated twice: as it was and as it is."""

    @pytest.mark.parametrize("name", [*changes.SHEET_OF, *changes.REFERENCE_TABLES])
    def test_of_every_watched_table(self, scratch: Session, name: str) -> None:
        rows, target = Rows(scratch), table(name)
        sheet, key = changes.SHEET_OF.get(name, (changes.REFERENCE, None))
        before = counted(scratch)
        # The key alone is written, so that what it refers to is there before.
        values = rows.least(name)
        behind = counted(scratch)
        scratch.execute(target.insert().values(values))
        segment = int(values.get(key, 1)) >> SEGMENT_BITS if key else 0
        assert more(behind, counted(scratch)) == {(sheet, segment): 1}
        column = next(iter(target.primary_key.columns))
        number = scratch.execute(select(func.max(column))).scalar_one()
        behind = counted(scratch)
        scratch.execute(update(target).where(column == number).values({column.name: number}))
        assert more(behind, counted(scratch)) == {(sheet, segment): 2}
        scratch.execute(delete(target).where(column == number))
        assert more(behind, counted(scratch)) == {(sheet, segment): 3}
        assert sum(counted(scratch).values()) > sum(before.values())

    def test_a_statement_that_moves_is_counted_where_it_was_and_where_it_is(self, scratch: Session) -> None:
        rows = Rows(scratch)
        near, far = rows.add("component"), rows.add("component", id=5 << SEGMENT_BITS)
        said = rows.add("maker_attribution", component_id=near)
        before = counted(scratch)
        moved = update(MakerAttribution).where(MakerAttribution.id == said)
        scratch.execute(moved.values(component_id=far))
        assert more(before, counted(scratch)) == {("component", 0): 1, ("component", 5): 1}

    def test_a_citation_of_something_else_is_none_of_a_component(self, scratch: Session) -> None:
        rows = Rows(scratch)
        recovery = rows.add("recovery")
        source = rows.add("source")
        before = counted(scratch)
        rows.add("citation", source_id=source, component_id=None, recovery_id=recovery)
        scratch.execute(update(Citation).values(credibility=2))
        assert more(before, counted(scratch)) == {}

    def test_an_update_of_nothing_is_none(self, scratch: Session) -> None:
        before = counted(scratch)
        scratch.execute(update(WeaponSystem).values(kind=None))
        assert counted(scratch) == before

    def test_what_is_undone_was_never_counted(self, scratch: Session) -> None:
        before = counted(scratch)
        with scratch.begin_nested() as savepoint:
            Rows(scratch).add("component")
            savepoint.rollback()
        assert counted(scratch) == before

    @pytest.mark.parametrize("clause", ["REPLACE", "IGNORE"])
    def test_how_conflicts_are_settled_makes_no_difference(
        self, sqlite_databases: SqliteDatabases, clause: str
    ) -> None:
        # SQLite lets the outer statement's conflict clause decide within triggers.
        engine = writing_engine(sqlite_databases.filled(Level.SCHEMA))
        with session_scope(engine) as session:
            rows = Rows(session)
            number = rows.add("recovery")
            before = counted(session)
            again = f"INSERT OR {clause} INTO recovery SELECT * FROM recovery WHERE id = :number"
            session.execute(text(again), {"number": number})
            session.execute(text("UPDATE OR REPLACE recovery SET note = 'seen'"))
            # The row that goes, the row that comes, and that row as it was and as it is.
            expected = {"REPLACE": 4, "IGNORE": 3}[clause]
            assert more(before, counted(session)) == {("recovery", 0): expected}
        engine.dispose()

    def test_a_row_that_is_replaced_is_counted_where_it_was(self, sqlite_databases: SqliteDatabases) -> None:
        engine = writing_engine(sqlite_databases.filled(Level.SCHEMA))
        with session_scope(engine) as session:
            rows = Rows(session)
            near, far = rows.add("component"), rows.add("component", id=5 << SEGMENT_BITS)
            said = rows.add("maker_attribution", component_id=near)
            before = counted(session)
            moved = (
                "INSERT OR REPLACE INTO maker_attribution (uid, component_id, as_written, status, basis)"
                " SELECT uid, :far, as_written, status, basis FROM maker_attribution WHERE id = :said"
            )
            session.execute(text(moved), {"far": far, "said": said})
            assert more(before, counted(session)) == {("component", 0): 1, ("component", 5): 1}
        engine.dispose()

    def test_truncation_counts_for_all_there_was(self, postgres_databases: PostgresDatabases) -> None:
        address = postgres_databases.filled(Level.SCHEMA)
        engine = writing_engine(address)
        with session_scope(engine) as session:
            rows = Rows(session)
            rows.add("transfer")
            rows.add("transfer", id=3 << SEGMENT_BITS)
            before = counted(session)
            session.execute(text("TRUNCATE transfer CASCADE"))
            grown = more(before, counted(session))
            assert {("transfer", 0), ("transfer", 3)} <= set(grown)
        engine.dispose()
        postgres_databases.discard(address)

    def test_many_rows_written_at_once_count_as_many_written_one_by_one(self, scratch: Session) -> None:
        rows = Rows(scratch)
        recovery = rows.add("recovery")
        start = (1 << SEGMENT_BITS) - 300
        written = [rows.least("component", id=start + place, recovery_id=recovery) for place in range(600)]
        before = counted(scratch)
        insert_rows(scratch, Component, written)
        assert more(before, counted(scratch)) == {("component", 0): 300, ("component", 1): 300}
        assert changes.missing(scratch.connection()) == []
        said = rows.least("weapon_system")
        before = counted(scratch)
        names = [f"weapon {place}" for place in range(600)]
        columns = {
            "uid": [f"uid {place}" for place in range(600)],
            "designation": names,
            **{name: [said[name]] * 600 for name in said if name not in ("uid", "designation")},
        }
        insert_cells(scratch, WeaponSystem, list(columns), list(columns.values()))
        assert more(before, counted(scratch)) == {(changes.REFERENCE, 0): 600}

    def test_many_rows_that_are_of_no_sheet(self, scratch: Session) -> None:
        rows = Rows(scratch)
        recovery, source = rows.add("recovery"), rows.add("source")
        cited = {"source_id": source, "component_id": None, "recovery_id": recovery}
        written = [rows.least("citation", record_key=f"R{place}", **cited) for place in range(600)]
        before = counted(scratch)
        insert_rows(scratch, Citation, written)
        assert more(before, counted(scratch)) == {}
        assert changes.missing(scratch.connection()) == []

    def test_a_few_rows_are_known_one_by_one(self, scratch: Session) -> None:
        rows = Rows(scratch)
        numbers = [rows.add("transfer") for _each in range(70)]
        few = select(FactChange.row_id).where(FactChange.sheet == "transfer", FactChange.writer != 0)
        assert set(scratch.execute(few).scalars()) == set(numbers)
        scratch.execute(delete(FactChange))
        scratch.execute(update(Transfer).where(Transfer.id.in_(numbers[:5])).values(lot="L1"))
        assert set(scratch.execute(few).scalars()) == set(numbers[:5])


def triggers_of(connection: Connection) -> list[str]:
    """The triggers that should be there and are not."""
    return changes.missing(connection)


class TestTriggers:
    """They are there after every migration."""

    def test_after_an_upgrade_from_every_older_revision(self, sampled: str) -> None:
        engine = writing_engine(sampled)
        for older in reversed(schema.file_revisions()[:-1]):
            schema.downgrade(engine, older)
            schema.upgrade(engine)
            with engine.connect() as connection:
                assert triggers_of(connection) == [], older
        engine.dispose()

    def test_all_are_taken_away_with_the_counter(self, migrated: str) -> None:
        engine = writing_engine(migrated)
        schema.downgrade(engine, "0009")
        with session_scope(engine) as session:
            Rows(session).add("weapon_system", designation="of old")
        schema.upgrade(engine)
        engine.dispose()

    def test_after_a_migration_that_makes_a_table_anew(
        self, migrated: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        revision = later(tmp_path, monkeypatch)
        engine = writing_engine(migrated)
        assert schema.upgrade(engine)
        with engine.connect() as connection:
            assert schema.current_revision(connection) == revision
            assert "colour" in {column["name"] for column in inspect(connection).get_columns("recovery")}
            assert triggers_of(connection) == []
        engine.dispose()

    def test_one_that_is_gone_or_was_changed_is_named_and_made_again(self, migrated: str) -> None:
        engine = writing_engine(migrated)
        sqlite = engine.dialect.name == "sqlite"
        name = "fact_change_component_update" if sqlite else "fact_change_update ON component"
        with session_scope(engine) as session:
            session.execute(text(f"DROP TRIGGER {name}"))
            assert len(triggers_of(session.connection())) == 1
        schema.upgrade(engine)
        with engine.connect() as connection:
            assert triggers_of(connection) == []
        if not sqlite:
            with session_scope(engine) as session:
                session.execute(text("ALTER TABLE component DISABLE TRIGGER fact_change_insert"))
                assert len(triggers_of(session.connection())) == 1
        engine.dispose()

    def test_every_watched_table_is_one(self) -> None:
        assert set(changes.watched()) <= set(metadata.tables)
        for name, (sheet, key) in changes.SHEET_OF.items():
            assert key in table(name).c
            assert sheet in changes.SHEET_OF


def test_what_an_old_database_holds_is_counted_when_the_counter_comes(sampled: str) -> None:
    engine = writing_engine(sampled)
    schema.downgrade(engine, "0009")
    schema.upgrade(engine)
    with session_scope(engine) as session:
        recoveries = session.execute(select(func.count()).select_from(Recovery)).scalar_one()
        assert counted(session)["recovery", 0] == recoveries
    engine.dispose()


LATER = """
revision = "{revision}"
down_revision = {down!r}
branch_labels = depends_on = None

import sqlalchemy as sa
from alembic import op

def upgrade():
    with op.batch_alter_table("recovery") as batch:
        batch.add_column(sa.Column("colour", sa.String(), nullable=True))
        batch.create_check_constraint("ck_recovery_colour", "colour <> ''")

def downgrade():
    raise NotImplementedError
"""


def later(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """This program with one migration more, which makes a watched table anew; says its revision."""
    head = schema.newest_file_revision()
    revision = f"{int(head) + 1:04}"
    copy = folder / "migrations"
    shutil.copytree(schema.migrations_path(), copy)
    (copy / "versions" / f"{revision}_colour.py").write_text(LATER.format(revision=revision, down=head))
    monkeypatch.setattr(schema, "migrations_path", lambda: copy)
    return revision
