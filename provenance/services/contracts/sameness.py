"""Requests and results of statements that two records are the same item, or are not."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import ClassVar

from provenance.core.vocabulary import SameVerdict
from provenance.services.contracts.base import Contract, Request, Result
from provenance.services.contracts.files import FileLayout


class SameOutcome(StrEnum):
    """The outcome of a decision."""

    RECORDED = "recorded"
    KNOWN = "known"
    UNDONE = "undone"


class SameRequest(Request):
    """A decision about two records, each by reference, source's key, number, label or name.

    ``never`` says that they are different items; ``undo`` takes back what was said. ``confirmed`` records a
    decision that contradicts another one.
    """

    left: str
    right: str
    reason: str = ""
    never: bool = False
    undo: bool = False
    confirmed: bool = False


class SameFileRequest(Request):
    """A worklist of possible duplicates that was filled in, XLSX or CSV."""

    file: Path
    confirmed: bool = False
    layout: FileLayout = FileLayout()


class SameWhyRequest(Request):
    """Why a record counts as one with another; ``right`` None asks for all that was said of it."""

    left: str
    right: str | None = None


class DecidedRecord(Contract):
    """One of the two records of a decision; ``title`` is null for a component without a marking.

    ``withdrawn`` says that it was withdrawn and does not count.
    """

    ref: str
    title: str | None
    withdrawn: bool


class StatementRow(Contract):
    """Who said of two records that they are the same or are not, when and why; moments are in UTC.

    ``undone_at`` is null while it stands. ``overruled`` says that the two count as one although they are
    recorded as different: other statements make them the same.
    """

    kind: str
    left: DecidedRecord
    right: DecidedRecord
    verdict: SameVerdict
    by: str
    at: str
    reason: str
    undone_at: str | None
    undone_by: str | None
    undone_reason: str | None
    overruled: bool


class SameRow(Contract):
    """A decision and what became of it; ``counts_as_one`` are the references that now count as one record
    with the first of the two, itself among them.
    """

    outcome: SameOutcome
    statement: StatementRow
    counts_as_one: tuple[str, ...]


class ContradictionRow(Contract):
    """Two records that are recorded as different and count as one, because of other statements."""

    never: StatementRow
    by: tuple[StatementRow, ...]


class SameResult(Result):
    """The decisions, and the statements "different" that are overruled about the records concerned.

    ``notes`` say what else to know, such as that two components are in recoveries that are not the same.
    """

    schema_id: ClassVar[str] = "provenance.same/1"
    notes: tuple[str, ...] = ()
    contradictions: tuple[ContradictionRow, ...] = ()
    rows: tuple[SameRow, ...] = ()


class SameWhyResult(Result):
    """Why records count as one. ``same`` is null where only one record was asked about.

    ``rows`` are the statements that make them one; where none do, or where one record was asked about, they
    are everything that was ever said, undone statements too.
    """

    schema_id: ClassVar[str] = "provenance.same-why/1"
    left: DecidedRecord
    right: DecidedRecord | None
    same: bool | None
    contradictions: tuple[ContradictionRow, ...] = ()
    rows: tuple[StatementRow, ...] = ()
