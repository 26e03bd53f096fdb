"""Lists of what is on record: request and result."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from pydantic import Field

from provenance.queries.lists.evidence import ListedHandover, ListedPhoto, ListedSource
from provenance.queries.lists.found import ListedComponent, ListedRecovery, ListedUnit
from provenance.queries.lists.imports import ListedImport
from provenance.queries.lists.moved import ListedDocument, ListedLetter, ListedTrace, ListedTransfer
from provenance.queries.lists.names import ListedFirm, ListedPart, ListedUnitType, ListedWeapon
from provenance.queries.lists.nouns import Listed as Listed
from provenance.services.contracts.base import Request, Result

AnyListed = (
    ListedRecovery
    | ListedUnit
    | ListedComponent
    | ListedFirm
    | ListedWeapon
    | ListedUnitType
    | ListedPart
    | ListedTransfer
    | ListedDocument
    | ListedTrace
    | ListedLetter
    | ListedPhoto
    | ListedHandover
    | ListedSource
    | ListedImport
)


class ListRequest(Request):
    """What to list: conditions such as ``maker=Texas`` (all must be met), fields to sort by, the most rows
    (0: all). ``entered_by`` is the name that the audit trail has.
    """

    noun: str
    where: tuple[str, ...] = ()
    sort: str | None = None
    limit: int = Field(default=50, ge=0)
    entered_since: date | None = None
    entered_by: str | None = None
    withdrawn: bool = False


class ListResult(Result):
    """The records of one noun that fit; ``total`` is how many, ``rows`` those that are shown. ``left_out``
    counts what was left out whatever the conditions say: ``withdrawn``, ``too_strict`` (its mark).
    ``columns`` are those of a table for people, in order.
    """

    schema_id: ClassVar[str] = "provenance.list/1"
    noun: str
    total: int
    left_out: dict[str, int]
    columns: tuple[str, ...]
    rows: tuple[AnyListed, ...] = ()
