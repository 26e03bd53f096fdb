"""The change counter: whatever any program writes in a watched table is counted, on both databases."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy import Connection, delete, func, inspect, select, text, update

from provenance.schema import changes, watched
from provenance.schema import migrations as schema
from provenance.schema.derived import SEGMENT_BITS, FactChange
from provenance.schema.engines import writing_engine
from provenance.schema.everything import metadata
from provenance.schema.recoveries import Component, MakerAttribution, Recovery
from provenance.schema.reference import WeaponSystem
from provenance.schema.rows import insert_columns, insert_rows
from provenance.schema.session import Session, session_scope
from provenance.schema.sources import Citation
from provenance.schema.transfers import Transfer
from tests.support.databases import Level, PostgresDatabases, SqliteDatabases
from tests.support.rows import Rows
from tests.support.tables import table

SHEETS = {sheet for sheet, _key in watched.SHEET_OF.values()}

Counted = dict[tuple[str, int], int]


def counted(session: Session) -> Counted:
    """How many changes each segment of each sheet has seen."""
    rows = session.execute(
        select(FactChange.sheet, FactChange.segment, func.sum(FactChange.changes)).group_by(
            FactChange.sheet, FactChange.segment
        )
    )
    return {(row[0], row[1]): int(row[2]) for row in rows}


def grown(before: Counted, after: Counted) -> Counted:
    """What was counted in between."""
    return {key: count - before.get(key, 0) for key, count in after.items() if count != before.get(key, 0)}


def more(before: Counted, after: Counted) -> Counted:
    """What was counted in between for the fact sheets."""
    return {key: count for key, count in grown(before, after).items() if key[0] in SHEETS}


def contents(before: Counted, after: Counted, name: str) -> int:
    """How many changes of a table's contents were counted in between."""
    return sum(count for key, count in grown(before, after).items() if key[0] == watched.contents_of(name))


class TestCounting:
    """Each row inserted or deleted counts once, each row updated twice: as it was and as it is."""

    @pytest.mark.parametrize("name", sorted(watched.KEY_OF))
    def test_of_every_watched_table(self, scratch: Session, name: str) -> None:
        rows, target = Rows(scratch), table(name)
        sheet, key = watched.SHEET_OF.get(name, (None, None))
        own = (watched.contents_of(name), 0)

        def times(count: int) -> Counted:
            return {own: count} | ({(sheet, segment): count} if sheet else {})

        before = counted(scratch)
        # The key alone is written, so that what it refers to is there before.
        values = rows.least(name)
        behind = counted(scratch)
        scratch.execute(target.insert().values(values))
        segment = int(values.get(key, 1)) >> SEGMENT_BITS if key else 0
        assert grown(behind, counted(scratch)) == times(1)
        column = next(iter(target.primary_key.columns))
        number = scratch.execute(select(func.max(column))).scalar_one()
        behind = counted(scratch)
        scratch.execute(update(target).where(column == number).values({column.name: number}))
        assert grown(behind, counted(scratch)) == times(2)
        scratch.execute(delete(target).where(column == number))
        assert grown(behind, counted(scratch)) == times(3)
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
        assert contents(before, counted(scratch), "citation") == 3

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

    @pytest.mark.parametrize("statement", ["INSERT OR REPLACE", "UPDATE OR REPLACE"])
    @pytest.mark.parametrize("name", ["citation", "recovery_date", "transfer_party", "identification"])
    def test_a_row_that_another_one_displaces_is_counted_where_it_was(
        self, sqlite_databases: SqliteDatabases, name: str, statement: str
    ) -> None:
        engine, target = writing_engine(sqlite_databases.filled(Level.SCHEMA)), table(name)
        key = next(key for key in watched.unique_keys(target) if key.columns not in (("id",), ("uid",)))
        with session_scope(engine) as session:
            rows = Rows(session)
            first = rows.add(name)
            second = rows.add(name, id=7 << SEGMENT_BITS)
            before, gone = counted(session), session.execute(select(target).where(target.c.id == first)).one()
            if statement.startswith("UPDATE"):
                alike = ", ".join(f"{column} = :{column}" for column in key.columns)
                done = f"UPDATE OR REPLACE {name} SET {alike} WHERE id = {second}"
            else:
                others = [column.name for column in target.columns if column.name not in ("id", *key.columns)]
                listed = ", ".join([*key.columns, *others])
                alike = ", ".join([*(f":{column}" for column in key.columns), *others])
                done = (
                    f"INSERT OR REPLACE INTO {name} (id, {listed})"
                    f" SELECT 9, {alike} FROM {name} WHERE id = {second}"
                )
                if "uid" in target.c:
                    done = done.replace(", uid,", ", 'another',", 2).replace(", 'another',", ", uid,", 1)
            session.execute(text(done), {column: getattr(gone, column) for column in key.columns})
            numbers = session.execute(select(target.c.id).order_by(target.c.id)).scalars().all()
            assert first not in numbers
            assert grown(before, counted(session))[watched.contents_of(name), first >> SEGMENT_BITS] >= 1
            sheet, column = watched.SHEET_OF[name]
            assert more(before, counted(session))[sheet, getattr(gone, column) >> SEGMENT_BITS] >= 1
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
        insert_rows(scratch, [Component(**row) for row in written])
        assert more(before, counted(scratch)) == {("component", 0): 300, ("component", 1): 300}
        assert changes.missing(scratch.connection()) == []
        said = rows.least("weapon_system")
        before = counted(scratch)
        names = [f"weapon {place}" for place in range(600)]
        columns = {
            **{WeaponSystem.__table__.c[name]: [value] * 600 for name, value in said.items()},
            WeaponSystem.uid: [f"uid {place}" for place in range(600)],
            WeaponSystem.designation: names,
        }
        insert_columns(scratch, WeaponSystem, columns)
        assert contents(before, counted(scratch), "weapon_system") == 600

    def test_many_rows_that_are_of_no_sheet(self, scratch: Session) -> None:
        rows = Rows(scratch)
        recovery, source = rows.add("recovery"), rows.add("source")
        cited = {"source_id": source, "component_id": None, "recovery_id": recovery}
        written = [rows.least("citation", record_key=f"R{place}", **cited) for place in range(600)]
        before = counted(scratch)
        insert_rows(scratch, [Citation(**row) for row in written])
        assert more(before, counted(scratch)) == {}
        assert contents(before, counted(scratch), "citation") == 600
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
        assert schema.upgrade(engine).changed
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

    def test_every_table_is_watched_or_said_not_to_be(self) -> None:
        assert set(metadata.tables) == {*watched.KEY_OF, *watched.UNWATCHED} - {"alembic_version"}
        for name, (sheet, key) in watched.SHEET_OF.items():
            assert key in table(name).c
            assert sheet in watched.SHEET_OF
        for name, own in watched.KEY_OF.items():
            assert own is None or own in table(name).c

    def test_every_key_by_which_sqlite_replaces_a_row_is_known(
        self, sqlite_databases: SqliteDatabases
    ) -> None:
        engine = writing_engine(sqlite_databases.filled(Level.SCHEMA))
        with engine.connect() as connection:
            for name in watched.KEY_OF:
                there = {
                    tuple(row[2] for row in connection.exec_driver_sql(f"PRAGMA index_info('{index[1]}')"))
                    for index in connection.exec_driver_sql(f"PRAGMA index_list('{name}')").all()
                    if index[2]
                }
                known = {key.columns for key in watched.unique_keys(table(name))}
                assert there <= known, name
        engine.dispose()


def test_what_an_old_database_holds_is_counted_when_the_counter_comes(sampled: str) -> None:
    engine = writing_engine(sampled)
    schema.downgrade(engine, "0009")
    schema.upgrade(engine)
    with session_scope(engine) as session:
        recoveries = session.execute(select(func.count()).select_from(Recovery)).scalar_one()
        assert counted(session)["recovery", 0] == recoveries
        assert counted(session)["contents of recovery", 0] == recoveries
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
