"""The database itself: create or upgrade it, show its state, check it."""

from __future__ import annotations

from typing import ClassVar

from provenance.services.contracts.base import Contract, Request, Result


class InitRequest(Request):
    """Create or upgrade the database; ``sample`` loads the curated sample too."""

    sample: bool = False


class InitResult(Result):
    """The outcome; ``reference_rows`` and ``sample_components`` are null where nothing was loaded.

    ``database`` is the path of the file, null for a server; ``revision_before`` is null where it is new.
    """

    schema_id: ClassVar[str] = "provenance.init/1"
    database: str | None
    revision: str
    revision_before: str | None
    schema_changed: bool
    reference_rows: int | None
    sample_components: int | None


class TableRows(Contract):
    """How many rows a table has."""

    table: str
    rows: int


class SheetStatus(Contract):
    """The packed facts of one kind of record: ``stale`` of their ``segments`` are read from the tables."""

    sheet: str
    segments: int
    stale: int


class StatusResult(Result):
    """The state of the database; ``facts`` are empty where the schema is older than the program.

    ``database`` is the path of the file, null for a server; ``revision`` is null where it was never
    initialised; ``limited`` says that row-level security may hide rows.
    """

    schema_id: ClassVar[str] = "provenance.db-status/1"
    database: str | None
    revision: str | None
    program_revision: str
    size_bytes: int
    limited: bool
    facts: tuple[SheetStatus, ...]
    rows: tuple[TableRows, ...]


class CheckRequest(Request):
    """Check everything; ``rebuild`` packs the facts again from the tables first."""

    rebuild: bool = False


class CheckRow(Contract):
    """One check and the faults that it found; null where it could not be made here."""

    check: str
    faults: tuple[str, ...] | None


class CheckResult(Result):
    """All checks; ``sound`` says that none found a fault, ``rebuilt`` that the facts were packed again."""

    schema_id: ClassVar[str] = "provenance.db-check/1"
    sound: bool
    rebuilt: bool
    rows: tuple[CheckRow, ...]
