"""`init`, `db status` and `db check`: what a database is, and whether it is sound."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from sqlalchemy import delete, select, text, update

from provenance.queries.facts.packing import pack
from provenance.schema import migrations
from provenance.schema.audit import AuditEntry
from provenance.schema.derived import FactColumn
from provenance.schema.engines import writing_engine
from provenance.schema.session import session_scope
from provenance.services import database
from provenance.services.contracts.database import CheckRequest, CheckResult, InitRequest
from provenance.services.workspace import Workspace
from tests.support.commands import Outcome
from tests.support.databases import SqliteDatabases, file_of, is_sqlite

Run = Callable[..., Outcome]


def workspace(address: str) -> Workspace:
    """Somebody's desk."""
    return Workspace(address, "tester")


def checked(address: str, *, rebuild: bool = False) -> dict[str, tuple[str, ...] | None]:
    """The faults that each check finds."""
    result: CheckResult = database.check(workspace(address), CheckRequest(rebuild=rebuild))
    assert result.sound == (not any(row.faults for row in result.rows))
    return {row.check: row.faults for row in result.rows}


class TestInit:
    """It makes the database, and changes nothing the second time."""

    def test_a_new_one_and_again(self, database_address: str) -> None:
        first = database.init(workspace(database_address), InitRequest(sample=True))
        assert (first.schema_changed, first.sample_components) == (True, 362)
        assert first.reference_rows is not None and first.reference_rows > 1000
        again = database.init(workspace(database_address), InitRequest(sample=True))
        assert (again.schema_changed, again.reference_rows, again.sample_components) == (False, None, 0)
        assert again.revision == migrations.newest_file_revision()
        without = database.init(workspace(database_address), InitRequest())
        assert without.sample_components is None

    def test_it_packs_what_is_stale(self, sampled: str) -> None:
        engine = writing_engine(sampled)
        with session_scope(engine) as session:
            session.execute(text("UPDATE component SET pieces = 7"))
        engine.dispose()
        stale = {one.sheet: one.stale for one in database.status(workspace(sampled)).facts}
        assert stale == {"component": 1, "recovery": 0, "transfer": 0, "transfer_party": 0}
        database.init(workspace(sampled), InitRequest())
        assert not any(one.stale for one in database.status(workspace(sampled)).facts)

    @pytest.fixture
    def database_address(self, sqlite_databases: SqliteDatabases) -> str:
        """A file that is not there yet."""
        return sqlite_databases.empty()


class TestStatus:
    """What there is, of any revision."""

    def test_of_the_sample(self, sampled: str) -> None:
        found = database.status(workspace(sampled))
        assert found.revision == found.program_revision == migrations.newest_file_revision()
        assert {one.table: one.rows for one in found.rows}["recovery"] == 14
        assert found.size_bytes > 100_000
        assert not found.limited
        if is_sqlite(sampled):
            assert found.database == str(file_of(sampled))
            assert found.size_bytes == file_of(sampled).stat().st_size
        else:
            assert found.database is None

    def test_of_an_older_one(self, sampled: str) -> None:
        engine = writing_engine(sampled)
        migrations.downgrade(engine, "0009")
        engine.dispose()
        found = database.status(workspace(sampled))
        assert (found.revision, found.facts) == ("0009", ())
        assert "fact_change" not in {one.table for one in found.rows}


class TestCheck:
    """Each fault is found by its check and named."""

    def test_the_sample_is_sound(self, sampled: str) -> None:
        only_files = (
            {"file": (), "references": ()} if is_sqlite(sampled) else {"file": None, "references": None}
        )
        others: dict[str, tuple[str, ...]] = {"schema": (), "triggers": (), "facts": (), "audit chain": ()}
        assert checked(sampled) == only_files | others

    def test_packed_facts_that_say_something_else(self, sampled: str, run: Run) -> None:
        self.spoil(sampled)
        assert checked(sampled)["facts"] == ("recovery, rows 0 to 65,535: kind",)
        said = run(sampled, "db", "check")
        assert said.code == 7
        assert "recovery, rows 0 to 65,535: kind" in said.out
        assert "db check --rebuild" in said.err
        assert checked(sampled, rebuild=True)["facts"] == ()
        assert run(sampled, "db", "check").code == 0

    @staticmethod
    def spoil(address: str) -> None:
        """Packs another kind than the tables have, as a fault of the program or of a disk might."""
        engine = writing_engine(address)
        with session_scope(engine) as session:
            kind = FactColumn.sheet == "recovery", FactColumn.column_name == "kind"
            session.execute(update(FactColumn).where(*kind).values(payload=pack(np.full(14, 2))))
        engine.dispose()

    def test_stale_facts_are_no_fault(self, sampled: str) -> None:
        engine = writing_engine(sampled)
        with session_scope(engine) as session:
            session.execute(text("UPDATE recovery SET kind = 'seizure'"))
        engine.dispose()
        assert checked(sampled)["facts"] == ()

    def test_a_trigger_that_is_gone(self, sampled: str) -> None:
        engine = writing_engine(sampled)
        name = "fact_change_recovery_update" if is_sqlite(sampled) else "fact_change_update ON recovery"
        with session_scope(engine) as session:
            session.execute(text(f"DROP TRIGGER {name}"))
        engine.dispose()
        assert len(checked(sampled)["triggers"] or ()) == 1
        database.init(workspace(sampled), InitRequest())
        assert checked(sampled)["triggers"] == ()

    def test_a_table_that_differs(self, sampled: str) -> None:
        engine = writing_engine(sampled)
        with session_scope(engine) as session:
            session.execute(text("ALTER TABLE source ADD COLUMN colour VARCHAR"))
        engine.dispose()
        (fault,) = checked(sampled)["schema"] or ()
        assert "colour" in fault

    def test_an_audit_entry_that_was_changed_and_one_that_is_gone(self, sampled: str) -> None:
        engine = writing_engine(sampled)
        with session_scope(engine) as session:
            session.execute(update(AuditEntry).where(AuditEntry.sequence == 2).values(actor="somebody else"))
            session.execute(delete(AuditEntry).where(AuditEntry.sequence == 3))
            assert session.execute(select(AuditEntry.id).where(AuditEntry.sequence == 4)).all()
        engine.dispose()
        faults = checked(sampled)["audit chain"] or ()
        assert [fault.split(" of ")[0] for fault in faults] == ["entry 2", "entry 4"]
        assert "was changed after it was sealed" in faults[0]
        assert "does not follow entry 2" in faults[1]

    def test_a_reference_to_nothing(self, sqlite_sampled: str) -> None:
        engine = writing_engine(sqlite_sampled)
        with engine.connect() as connection:
            connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]  # a live connection has its driver's
            with connection.begin():
                connection.execute(text("DELETE FROM recovery WHERE id = 1"))
        engine.dispose()
        faults = checked(sqlite_sampled)["references"] or ()
        assert any("refers to a row of recovery" in fault for fault in faults)

    @pytest.fixture
    def sqlite_sampled(self, sampled: str) -> str:
        """The sample in a file."""
        if not is_sqlite(sampled):
            pytest.skip("a server lets nobody delete what is referred to")
        return sampled


def test_what_is_printed(sampled: str, run: Run) -> None:
    told = run(sampled, "db", "status")
    assert told.code == 0
    assert "Packed facts, component: current" in told.out
    assert run(sampled, "db", "check").out.splitlines()[-1] == "audit chain: sound"
    assert run(sampled, "db", "check", "--format", "json").json["sound"] is True
