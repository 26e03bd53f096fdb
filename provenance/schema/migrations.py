"""Finds and runs the migrations; the only module that uses Alembic."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, inspect, text

from provenance.core.errors import NoDatabase
from provenance.schema.engines import is_sqlite, opening

_INIT_LOCK = 0x70726F77


def migrations_path() -> Path:
    """The folder of the migrations: inside the installed package, or beside it in a checkout."""
    packaged = Path(__file__).parents[1] / "_migrations"
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / "migrations"


def _config(connection: Connection | None = None) -> Any:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", migrations_path().as_posix().replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def head_revision() -> str:
    """The one newest revision that this program knows."""
    from alembic.script import ScriptDirectory

    head = ScriptDirectory.from_config(_config()).get_current_head()
    assert head is not None
    return head


def _known_revisions() -> set[str]:
    from alembic.script import ScriptDirectory

    return {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}


def current_revision(connection: Connection) -> str | None:
    """The revision that a database is at; None where it was never initialised."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found


def check_ready(connection: Connection) -> None:
    """Lets only a database of exactly this program's schema through.

    Raises:
        NoDatabase: never initialised, older or newer than the program.
    """
    found = current_revision(connection)
    # The head's name is read off the file names, so that answering a question does not load Alembic.
    head = newest_file_revision()
    if found == head:
        return
    if found is None:
        raise NoDatabase("The database is empty", hint="Run: provenance init")
    if found not in file_revisions():
        raise NoDatabase(
            f"The database (revision {found}) is newer than this program", hint="Upgrade provenance first."
        )
    raise NoDatabase(
        f"The database is at revision {found}, the program at {head}", hint="Run: provenance init"
    )


def file_revisions() -> list[str]:
    """Revision names in order, as the migrations' file names state them (``0001_…py`` is 0001)."""
    return sorted(path.name.split("_", 1)[0] for path in (migrations_path() / "versions").glob("[0-9]*_*.py"))


def newest_file_revision() -> str:
    """The last of `file_revisions`; a test holds it equal to Alembic's head."""
    return file_revisions()[-1]


@dataclass(frozen=True, slots=True)
class Upgrade:
    """The revisions of a database before and after; ``before`` is None of a new one."""

    before: str | None
    after: str | None

    @property
    def changed(self) -> bool:
        """Whether the schema is another one now."""
        return self.before != self.after


def upgrade(engine: Engine, revision: str = "head") -> Upgrade:
    """Upgrades the schema to a revision. Safe to repeat and to run twice at once.

    Raises:
        NoDatabase: the database is newer than the program, or holds what a migration cannot take along.
    """
    from alembic import command
    from alembic.util import CommandError

    with _migrating(engine) as connection:
        before = current_revision(connection)
        if before is not None and before not in _known_revisions():
            raise NoDatabase(
                f"The database (revision {before}) is newer than this program",
                hint="Upgrade provenance first; nothing was changed.",
            )
        try:
            command.upgrade(_config(connection), revision)
        except CommandError as error:
            raise NoDatabase(f"The database cannot be upgraded: {error}") from error
        return Upgrade(before, current_revision(connection))


def downgrade(engine: Engine, revision: str) -> None:
    """Takes the schema back to an older revision (``base`` is before the first); for tests and rescue."""
    from alembic import command

    with _migrating(engine) as connection:
        command.downgrade(_config(connection), revision)


@contextmanager
def _migrating(engine: Engine) -> Iterator[Connection]:
    """One transaction in which no other process migrates; references are checked at its end."""
    try:
        with opening(engine), engine.connect() as connection:
            if is_sqlite(engine):
                # Recreating a parent table with foreign keys on would delete its children.
                connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]  # a live connection has its driver's
            with connection.begin():
                if not is_sqlite(engine):
                    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _INIT_LOCK})
                yield connection
                _check_foreign_keys(connection)
    finally:
        # A connection that does not check references must not be reused.
        engine.dispose()


def differences(connection: Connection) -> list[Any]:
    """What the models and the migrated database disagree on; empty where ``alembic check`` is clean."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from provenance.schema.base import complete_indices
    from provenance.schema.everything import metadata

    complete_indices()
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, metadata))


def _check_foreign_keys(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise NoDatabase(f"A migration broke references in {broken[0][0]}; nothing was changed")
