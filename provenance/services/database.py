"""Upkeep of the database: create or upgrade it, show its state, check it."""

from __future__ import annotations

from provenance.domain.audit import chain_faults
from provenance.queries.facts.comparison import differences
from provenance.queries.facts.layout import SHEETS
from provenance.queries.facts.sheets import changes_of, stale_segments
from provenance.queries.facts.upkeep import rebuild
from provenance.schema.engines import make_folder, reading_engine, sqlite_path, writing_engine
from provenance.schema.integrity import (
    file_faults,
    reference_faults,
    rows_of_tables,
    schema_faults,
    size_in_bytes,
    trigger_faults,
)
from provenance.schema.migrations import current_revision, newest_file_revision
from provenance.schema.privileges import is_limited
from provenance.schema.session import Database, Session, session_scope
from provenance.screening.index_store import refresh_index
from provenance.seeding.initialise import initialise
from provenance.services.contracts.database import (
    CheckRequest,
    CheckResult,
    CheckRow,
    InitRequest,
    InitResult,
    SheetStatus,
    StatusResult,
    TableRows,
)
from provenance.services.workspace import Workspace


def init(workspace: Workspace, request: InitRequest) -> InitResult:
    """Creates or upgrades the database and loads the reference data; safe to repeat and to run twice at once.

    Raises:
        NoDatabase: the database is newer than the program, or its folder cannot be made.
    """
    path = sqlite_path(workspace.database)
    if path is not None:
        make_folder(path.parent)
    database = Database(writing_engine(workspace.database), workspace.actor, workspace.clock)
    done = initialise(database, sample=request.sample)
    with database.writing() as session:
        refresh_index(session)
    return InitResult(
        database=None if path is None else str(path),
        revision=done.revision,
        revision_before=done.revision_before,
        schema_changed=done.revision_before != done.revision,
        reference_rows=done.reference_rows,
        sample_components=None if done.sample is None else done.sample.new + done.sample.changed,
    )


def status(workspace: Workspace) -> StatusResult:
    """The state of a database of any revision.

    Raises:
        NoDatabase: there is none.
    """
    path = sqlite_path(workspace.database)
    with session_scope(reading_engine(workspace.database), clock=workspace.clock) as session:
        revision, newest = current_revision(session.connection()), newest_file_revision()
        return StatusResult(
            database=None if path is None else str(path),
            revision=revision,
            program_revision=newest,
            size_bytes=size_in_bytes(session),
            limited=is_limited(session) if revision == newest else False,
            facts=_facts(session) if revision == newest else (),
            rows=tuple(TableRows(table=name, rows=count) for name, count in rows_of_tables(session).items()),
        )


def _facts(session: Session) -> tuple[SheetStatus, ...]:
    return tuple(
        SheetStatus(
            sheet=name, segments=len(changes_of(session, name)), stale=len(stale_segments(session, name))
        )
        for name in SHEETS
    )


def check(workspace: Workspace, request: CheckRequest) -> CheckResult:
    """Checks the file, references, schema, triggers and audit chain, and recounts the packed facts.

    Raises:
        NoDatabase: none, or one that needs `provenance init`.
    """
    if request.rebuild:
        with workspace.writing() as session:
            rebuild(session)
    with workspace.reading() as session:
        connection = session.connection()
        on_sqlite, limited = connection.dialect.name == "sqlite", is_limited(session)
        found = {
            "file": file_faults(connection) if on_sqlite else None,
            "references": reference_faults(connection) if on_sqlite else None,
            "schema": schema_faults(connection),
            "triggers": trigger_faults(connection),
            "facts": None if limited else differences(session),
            "audit chain": chain_faults(session),
        }
    rows = tuple(
        CheckRow(check=name, faults=None if faults is None else tuple(faults))
        for name, faults in found.items()
    )
    return CheckResult(sound=not any(row.faults for row in rows), rebuilt=request.rebuild, rows=rows)
