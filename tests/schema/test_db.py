"""Transactions and engines: who may write, who waits, and what is left after an error."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func, insert, select, text, update
from sqlalchemy.exc import DatabaseError, IntegrityError, OperationalError

from provenance.core.errors import NoDatabase, UsageError
from provenance.core.vocabulary import ComponentCategory
from provenance.schema import engines
from provenance.schema import rows as db_rows
from provenance.schema import session as sessions
from provenance.schema.audit import ImportRun
from provenance.schema.derived import FactColumn
from provenance.schema.recoveries import Component, Recovery
from provenance.schema.reference import WeaponSystem
from provenance.schema.session import Session
from provenance.schema.sources import Source
from provenance.schema.transfers import Transfer
from tests.support.commands import CHECKOUT
from tests.support.databases import SqliteDatabases, file_of, is_sqlite
from tests.support.rows import Rows


def weapons(engine: Engine) -> int:
    """How many weapons are in, seen from a transaction of its own."""
    with sessions.session_scope(engine) as session:
        return session.execute(select(func.count()).select_from(WeaponSystem)).scalar_one()


class TestSessionScope:
    """One transaction, kept whole or not at all."""

    def test_a_block_that_ends_well_is_kept(self, migrated: str) -> None:
        engine = engines.writing_engine(migrated)
        with sessions.session_scope(engine) as session:
            Rows(session).add("weapon_system")
        assert weapons(engine) == 1

    def test_a_block_that_ends_in_an_error_leaves_nothing(self, migrated: str) -> None:
        engine = engines.writing_engine(migrated)
        with pytest.raises(ZeroDivisionError), sessions.session_scope(engine) as session:
            Rows(session).add("weapon_system")
            1 / 0  # noqa: B018 - an error of any kind
        assert weapons(engine) == 0

    def test_an_interruption_leaves_nothing(self, migrated: str) -> None:
        engine = engines.writing_engine(migrated)
        with pytest.raises(KeyboardInterrupt), sessions.session_scope(engine) as session:
            Rows(session).add("weapon_system")
            raise KeyboardInterrupt
        assert weapons(engine) == 0

    def test_a_row_that_the_schema_refuses_takes_the_others_with_it(self, migrated: str) -> None:
        engine = engines.writing_engine(migrated)
        with pytest.raises(IntegrityError), sessions.session_scope(engine) as session:
            rows = Rows(session)
            rows.add("weapon_system")
            rows.add("weapon_system", kind="slingshot")
        assert weapons(engine) == 0

    def test_what_is_not_committed_is_not_seen_by_others(self, migrated: str) -> None:
        with sessions.session_scope(engines.writing_engine(migrated)) as session:
            Rows(session).add("weapon_system")
            assert weapons(engines.reading_engine(migrated)) == 0
        assert weapons(engines.reading_engine(migrated)) == 1

    def test_a_checkpoint_keeps_what_came_before_an_error(self, migrated: str) -> None:
        engine = engines.writing_engine(migrated)
        with pytest.raises(ZeroDivisionError), sessions.writing(engine) as session:
            rows = Rows(session)
            rows.add("weapon_system")
            sessions.checkpoint(session)
            rows.add("weapon_system")
            1 / 0  # noqa: B018 - an error of any kind
        assert weapons(engine) == 1


class TestWriters:
    """Writers take turns on SQLite; on a server they wait only for what they share."""

    def test_writers_at_once_lose_no_update(self, migrated: str) -> None:
        writers, turns = 4, 5
        pieces = Component.pieces
        with sessions.session_scope(engines.writing_engine(migrated)) as session:
            Rows(session).add("component", pieces=1)

        def count_up(_writer: int) -> None:
            engine = engines.writing_engine(migrated)
            for _turn in range(turns):
                with sessions.writing(engine) as session:
                    seen = session.execute(select(pieces).with_for_update()).scalar_one()
                    session.execute(update(Component).values(pieces=seen + 1))
            engine.dispose()

        with ThreadPoolExecutor(writers) as pool:
            list(pool.map(count_up, range(writers)))
        with sessions.session_scope(engines.reading_engine(migrated)) as session:
            assert session.execute(select(pieces)).scalar_one() == 1 + writers * turns

    def test_on_sqlite_the_second_writer_waits_for_the_first_and_on_a_server_it_does_not(
        self, migrated: str
    ) -> None:
        begun, order = threading.Event(), []

        def second() -> None:
            begun.wait()
            with sessions.writing(engines.writing_engine(migrated)) as session:
                Rows(session).add("weapon_system")
            order.append("second")

        with ThreadPoolExecutor(1) as pool:
            waiting = pool.submit(second)
            with sessions.writing(engines.writing_engine(migrated)) as session:
                Rows(session).add("weapon_system")
                begun.set()
                if is_sqlite(migrated):
                    time.sleep(0.3)
                else:
                    waiting.result()
                order.append("first")
            waiting.result()
        assert order == (["first", "second"] if is_sqlite(migrated) else ["second", "first"])

    def test_who_names_the_same_new_thing_waits(self, migrated: str) -> None:
        begun, order = threading.Event(), []

        def second(key: str) -> None:
            begun.wait()
            with sessions.writing(engines.writing_engine(migrated)) as session:
                sessions.hold(session, "source", key)
                order.append(f"second {key}")

        with ThreadPoolExecutor(2) as pool:
            waiting = [pool.submit(second, key) for key in ("ours", "theirs")]
            with sessions.writing(engines.writing_engine(migrated)) as session:
                sessions.hold(session, "source", "ours")
                begun.set()
                time.sleep(0.3)
                order.append("first")
            for one in waiting:
                one.result()
        assert order.index("first") < order.index("second ours")
        assert is_sqlite(migrated) or order[0] == "second theirs"

    def test_a_reader_does_not_wait_for_a_writer(self, migrated: str) -> None:
        with sessions.writing(engines.writing_engine(migrated)) as session:
            Rows(session).add("weapon_system")
            begun = time.monotonic()
            assert weapons(engines.reading_engine(migrated)) == 0
            assert time.monotonic() - begun < engines.BUSY_TIMEOUT_SECONDS / 2

    def test_who_has_waited_long_enough_is_told_so(
        self, sqlite_databases: SqliteDatabases, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(engines, "BUSY_TIMEOUT_SECONDS", 0.1)
        address = sqlite_databases.empty()
        with sessions.session_scope(engines.writing_engine(address)) as first:
            first.execute(text("SELECT 1"))
            second = engines.writing_engine(address)
            with pytest.raises(NoDatabase, match="has been writing"), sessions.session_scope(second) as late:
                late.execute(text("SELECT 1"))

    def test_numbers_given_by_hand_do_not_collide_with_the_databases_own(self, migrated: str) -> None:
        engine = engines.writing_engine(migrated)
        with sessions.writing(engine) as session:
            rows, numbers = Rows(session), db_rows.RowNumbers(session, Source)
            several, more = list(numbers.take(3)), [numbers.one() for _each in range(6)]
            assert several + more == sorted(set(several + more))
            session.execute(insert(Source), [rows.least("source", id=number) for number in several + more])
        with sessions.writing(engine) as session:
            assert Rows(session).add("source", key="the database's own") > more[-1]

    def test_two_who_number_at_once_get_different_numbers(self, migrated: str) -> None:
        def write_some(writer: int) -> list[int]:
            engine, found = engines.writing_engine(migrated), []
            for turn in range(4):
                with sessions.writing(engine) as session:
                    mine = list(db_rows.RowNumbers(session, WeaponSystem).take(25))
                    rows = Rows(session)
                    for number in mine:
                        rows.add("weapon_system", id=number, designation=f"{writer} {turn} {number}")
                    found += mine
            engine.dispose()
            return found

        with ThreadPoolExecutor(3) as pool:
            numbers = [number for some in pool.map(write_some, range(3)) for number in some]
        assert len(set(numbers)) == len(numbers) == 300


class TestInsertRows:
    """The fast road for many rows writes what the slow one would."""

    DAY = date(2022, 2, 24)
    MOMENT = datetime(2022, 2, 24, 3, 40, tzinfo=timezone(timedelta(hours=2)))

    @pytest.mark.parametrize("size", [0, 1, 2, 400])
    def test_values_of_every_type_come_back(self, scratch: Session, size: int) -> None:
        rows = Rows(scratch)
        recovery = rows.add("recovery")
        written = [
            rows.least(
                "component",
                recovery_id=recovery,
                marking=None if number % 3 == 0 else f"100% 'АВТ' \\ \"x\" ? :y %s {number}\nline 2",
                marking_mixed=number % 2 == 0,
                category=ComponentCategory.FPGA if number % 5 else None,
                made_earliest=self.DAY if number % 4 else None,
                pieces=number + 1 if number % 7 else None,
            )
            for number in range(size)
        ]
        db_rows.insert_rows(scratch, [Component(**row) for row in written])
        columns = [Component.__table__.c[name] for name in (written or [{"uid": ""}])[0]]
        found = [row._asdict() for row in scratch.execute(select(*columns).order_by(Component.id))]
        assert found == written

    def test_a_moment_is_kept_in_utc(self, scratch: Session) -> None:
        rows = Rows(scratch)
        db_rows.insert_rows(scratch, [ImportRun(**rows.least("import_run", started_at=self.MOMENT))])
        found = scratch.execute(select(ImportRun.started_at)).scalar_one()
        assert found == self.MOMENT
        assert found.utcoffset() == timedelta(0)

    def test_bytes_and_fractions_come_back(self, scratch: Session) -> None:
        rows = Rows(scratch)
        packed = bytes(range(256))
        db_rows.insert_rows(scratch, [FactColumn(**rows.least("fact_column", payload=packed))])
        assert scratch.execute(select(FactColumn.payload)).scalar_one() == packed
        db_rows.insert_rows(scratch, [Transfer(**rows.least("transfer", quantity=0.5, value=1e9))])
        assert scratch.execute(select(Transfer.quantity, Transfer.value)).one() == (0.5, 1e9)

    def test_a_row_that_the_schema_refuses_is_refused(self, scratch: Session) -> None:
        rows = Rows(scratch)
        with pytest.raises(IntegrityError):
            db_rows.insert_rows(scratch, [Recovery(**rows.least("recovery", kind="slingshot"))])


class TestReaders:
    """A command that only answers opens the database so that it cannot write."""

    def test_a_reading_session_cannot_write(self, migrated: str) -> None:
        engine = engines.reading_engine(migrated)
        with pytest.raises(DatabaseError, match=r"(?i)read-?only"), sessions.session_scope(engine) as session:
            Rows(session).add("weapon_system")
        assert weapons(engine) == 0

    def test_a_reading_session_cannot_change_the_schema(self, migrated: str) -> None:
        engine = engines.reading_engine(migrated)
        with pytest.raises(DatabaseError, match=r"(?i)read-?only"), sessions.session_scope(engine) as session:
            session.execute(text("DROP TABLE identification"))
        with sessions.session_scope(engine) as session:
            session.execute(text("SELECT count(*) FROM identification")).scalar_one()

    def test_a_database_that_is_not_there_is_not_made_by_asking(
        self, sqlite_databases: SqliteDatabases
    ) -> None:
        address = sqlite_databases.empty()
        with pytest.raises(NoDatabase, match="There is no database") as told:
            engines.reading_engine(address)
        assert "provenance init" in told.value.hint
        assert not file_of(address).exists()

    @pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="no folder is read-only for root")
    def test_reading_works_in_a_read_only_folder(self, one_weapon: str) -> None:
        folder = file_of(one_weapon).parent
        folder.chmod(0o500)
        try:
            assert weapons(engines.reading_engine(one_weapon)) == 1
        finally:
            folder.chmod(0o700)

    def test_where_the_folder_takes_no_files_none_are_made(
        self, one_weapon: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        folder = file_of(one_weapon).parent
        monkeypatch.setattr(engines.os, "access", lambda *_asked: False)
        engine = engines.reading_engine(one_weapon)
        with sessions.session_scope(engine) as session:
            assert session.execute(text("SELECT count(*) FROM weapon_system")).scalar_one() == 1
            assert [path.name for path in folder.iterdir()] == ["only.db"]

    def test_what_a_writer_left_beside_the_file_is_not_overlooked(
        self, one_weapon: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        # With a -wal beside it the main file is not all there is: reading that file alone would be wrong.
        writer = engines.writing_engine(one_weapon)
        with sessions.session_scope(writer) as session:
            Rows(session).add("weapon_system", designation="the second")
        assert file_of(one_weapon).with_name("only.db-wal").stat().st_size > 0
        monkeypatch.setattr(engines.os, "access", lambda *_asked: False)
        assert weapons(engines.reading_engine(one_weapon)) == 2
        writer.dispose()

    def test_a_process_that_ends_leaves_no_log_beside_the_file(self, one_weapon: str) -> None:
        # Nobody disposes of the engine, and nothing collects it: without the log's rows a copy is not whole.
        script = (
            "import gc, sys; from sqlalchemy import text\n"
            "from provenance.schema import engines; from provenance.schema.session import session_scope\n"
            "engine = engines.writing_engine(sys.argv[1])\n"
            "with session_scope(engine) as session: session.execute(text('DELETE FROM weapon_system'))\n"
            # Whoever only reads and closes last cannot fold the log: of nine, one would stand last by chance.
            "readers = [engines.reading_engine(sys.argv[1]) for _ in range(8)]\n"
            "for one in readers:\n"
            "    with session_scope(one) as session: session.execute(text('SELECT count(*) FROM unit'))\n"
            "gc.freeze()\n"
        )
        subprocess.run(
            [sys.executable, "-c", script, one_weapon],
            check=True,
            env=os.environ | {"PYTHONPATH": str(CHECKOUT)},
        )
        assert [path.name for path in file_of(one_weapon).parent.iterdir()] == ["only.db"]
        assert weapons(engines.reading_engine(one_weapon)) == 0

    @pytest.fixture
    def one_weapon(self, sqlite_databases: SqliteDatabases, tmp_path: Path) -> str:
        """An SQLite database with one weapon, alone in its folder."""
        from provenance.schema import migrations as schema

        address = f"sqlite:///{tmp_path / 'only.db'}"
        engine = engines.writing_engine(address)
        schema.upgrade(engine)
        with sessions.session_scope(engine) as session:
            Rows(session).add("weapon_system")
        engine.dispose()
        return address


class TestRemembered:
    """What a connection that only reads keeps in memory is gone as soon as anybody has written."""

    @staticmethod
    def count(engine: Engine) -> int:
        """The weapons, counted anew only where nothing is remembered."""
        with sessions.session_scope(engine) as session:
            statement = select(func.count()).select_from(WeaponSystem)
            return sessions.remembered(session, "weapons", lambda: session.execute(statement).scalar_one())

    def test_what_another_writes_is_seen(self, migrated: str) -> None:
        reader, writer = engines.reading_engine(migrated), engines.writing_engine(migrated)
        for expected in range(3):
            assert self.count(reader) == self.count(reader) == expected
            with sessions.writing(writer) as session:
                Rows(session).add("weapon_system", designation=f"number {expected}")
        reader.dispose()
        writer.dispose()

    def test_it_is_found_once_while_nobody_writes(self, migrated: str) -> None:
        reader = engines.reading_engine(migrated)
        found: list[str] = []
        for _time in range(2):
            with sessions.session_scope(reader) as session:
                sessions.remembered(session, "one", lambda: found.append("looked"))
                sessions.remembered(session, "other", lambda: found.append("looked"))
        # A server does not say whether anybody wrote: there nothing is remembered.
        assert len(found) == (2 if is_sqlite(migrated) else 4)
        reader.dispose()

    def test_who_may_write_remembers_nothing(self, migrated: str) -> None:
        engine = engines.writing_engine(migrated)
        with sessions.writing(engine) as session:
            statement = select(func.count()).select_from(WeaponSystem)
            for expected in range(2):
                assert (
                    sessions.remembered(session, "weapons", lambda: session.execute(statement).scalar_one())
                    == expected
                )
                Rows(session).add("weapon_system", designation=f"number {expected}")
        engine.dispose()


class TestSqlite:
    """What the built-in database is told when it is opened."""

    def pragma(self, session: Session, name: str) -> Any:
        """The value in force."""
        return session.execute(text(f"PRAGMA {name}")).scalar_one()

    def test_a_writer_is_safe_and_patient(self, sqlite_databases: SqliteDatabases) -> None:
        with sessions.session_scope(engines.writing_engine(sqlite_databases.empty())) as session:
            assert self.pragma(session, "journal_mode") == "wal"
            assert self.pragma(session, "synchronous") == 2  # FULL
            assert self.pragma(session, "foreign_keys") == 1
            assert self.pragma(session, "busy_timeout") == engines.BUSY_TIMEOUT_SECONDS * 1000

    def test_a_reader_only_asks_and_is_patient(self, sqlite_databases: SqliteDatabases) -> None:
        address = sqlite_databases.empty()
        with sessions.session_scope(engines.writing_engine(address)) as session:
            for name in engines.OWN_TABLES:
                session.execute(text(f"CREATE TABLE {name} (a)"))
        with sessions.session_scope(engines.reading_engine(address)) as session:
            assert self.pragma(session, "query_only") == 1
            assert self.pragma(session, "foreign_keys") == 1
            assert self.pragma(session, "busy_timeout") == engines.BUSY_TIMEOUT_SECONDS * 1000

    def test_a_writing_transaction_takes_the_lock_when_it_begins(
        self, sqlite_databases: SqliteDatabases
    ) -> None:
        address = sqlite_databases.empty()
        other = sqlite3.connect(file_of(address), timeout=0, isolation_level=None)
        with sessions.session_scope(engines.writing_engine(address)) as session:
            session.execute(text("SELECT 1"))
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("BEGIN IMMEDIATE")
        other.execute("BEGIN IMMEDIATE")
        other.close()

    def test_a_new_file_that_somebody_else_is_filling_is_waited_for(
        self, sqlite_databases: SqliteDatabases
    ) -> None:
        # A file that is not in WAL mode yet and has a writer: SQLite refuses the switch without waiting.
        address = sqlite_databases.empty()
        other = sqlite3.connect(file_of(address), isolation_level=None, check_same_thread=False)
        for name in ("counted", *engines.OWN_TABLES):
            other.execute(f"CREATE TABLE {name} (number)")
        other.execute("BEGIN IMMEDIATE")
        other.execute("INSERT INTO counted VALUES (1)")
        done = threading.Timer(0.3, lambda: other.execute("COMMIT"))
        done.start()
        with sessions.session_scope(engines.writing_engine(address)) as session:
            assert self.pragma(session, "journal_mode") == "wal"
            assert session.execute(text("SELECT number FROM counted")).scalars().all() == [1]
        done.join()
        other.close()

    def test_a_file_name_is_no_address(self, tmp_path: Path) -> None:
        odd = tmp_path / "100% Kh-101?mode=rwc#1 файл.db"
        sqlite3.connect(odd).close()
        odd.write_bytes(b"")
        with sessions.session_scope(engines.reading_engine(f"sqlite:///{odd}")) as session:
            assert session.execute(text("SELECT 1")).scalar_one() == 1
        assert [path.name for path in tmp_path.iterdir()] == [odd.name]


class TestAddresses:
    """What may stand after --db."""

    @pytest.mark.parametrize(
        "address", ["mysql://host/name", "no address at all ://", "sqlite:///:memory:", "sqlite://"]
    )
    def test_an_address_of_something_else_is_refused(self, address: str) -> None:
        with pytest.raises(UsageError):
            engines.writing_engine(address)
        with pytest.raises(UsageError):
            engines.reading_engine(address)

    @pytest.mark.parametrize("open_engine", [engines.writing_engine, engines.reading_engine])
    def test_a_folder_is_no_database(self, open_engine: Callable[[str], Engine], tmp_path: Path) -> None:
        with pytest.raises(NoDatabase, match="is a folder"):
            open_engine(f"sqlite:///{tmp_path}")

    def test_a_file_that_is_no_database_is_named_and_left_alone(self, tmp_path: Path) -> None:
        letter = tmp_path / "letter.txt"
        letter.write_text("Dear Sir or Madam, " * 100)
        for engine in (
            engines.writing_engine(f"sqlite:///{letter}"),
            engines.reading_engine(f"sqlite:///{letter}"),
        ):
            with (
                pytest.raises(NoDatabase, match=r"letter\.txt is not a database"),
                sessions.session_scope(engine) as session,
            ):
                session.execute(text("SELECT 1"))
        assert letter.read_text().startswith("Dear Sir")

    def test_a_server_that_does_not_answer_is_no_database(self) -> None:
        pytest.importorskip("psycopg")
        engine = engines.reading_engine("postgresql+psycopg://tester:secret@127.0.0.1:1/none")
        with (
            pytest.raises(NoDatabase, match="does not open") as told,
            sessions.session_scope(engine) as session,
        ):
            session.execute(text("SELECT 1"))
        assert "secret" not in told.value.message

    def test_a_fault_in_a_statement_is_not_blamed_on_the_database(self, migrated: str) -> None:
        engine = engines.reading_engine(migrated)
        expected = OperationalError if is_sqlite(migrated) else DatabaseError
        with pytest.raises(expected, match="no_such_table"), sessions.session_scope(engine) as session:
            session.execute(text("SELECT * FROM no_such_table"))


def test_who_asks_a_file_loads_nothing_of_postgresql(migrated: str) -> None:
    if not is_sqlite(migrated):
        pytest.skip("it is asked here")
    script = (
        "import sys; import provenance.schema.everything\n"
        "from provenance.schema import engines; from provenance.schema.session import session_scope\n"
        "from provenance.queries.facts.layout import COMPONENTS\n"
        "from provenance.queries.facts.sheets import load\n"
        "with session_scope(engines.reading_engine(sys.argv[1])) as session:\n"
        "    load(session, COMPONENTS, ['id'])\n"
        "print([name for name in sys.modules if 'postgresql' in name or 'psycopg' in name])\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", script, migrated],
        check=True,
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(CHECKOUT)},
    )
    assert said.stdout.strip() == "[]"
