"""Requests and results of corrections: amended fields, moves, restorations, a record's history."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from provenance.core.vocabulary.field import NewName
from provenance.queries.history import HistoryAction as HistoryAction
from provenance.queries.history import HistoryEvent as HistoryEvent
from provenance.services.contracts.base import Contract, Request, Result


class AmendRequest(Request):
    """Fields of one record to amend, as typed; a blank text empties a field.

    ``new``, ``accept_future`` and ``accept_odd`` are as in `EntryRequest`.
    """

    ref: str
    texts: dict[str, str]
    reason: str
    new: frozenset[NewName] = frozenset()
    accept_future: bool = False
    accept_odd: bool = False


class AmendRow(Contract):
    """One field that says something else now; null is not known."""

    ref: str
    kind: str
    field: str
    before: str | None
    after: str | None


class AmendResult(Result):
    """What was amended; no rows where the record said all of it already. ``notes`` are for a person to look
    at.
    """

    schema_id: ClassVar[str] = "provenance.amend/1"
    ref: str
    kind: str
    title: str
    reason: str
    notes: tuple[str, ...] = ()
    rows: tuple[AmendRow, ...] = ()


class MoveRequest(Request):
    """A component or unit that was in another recovery; ``unit`` None keeps the label of a component's unit,
    a blank one puts it on none.
    """

    ref: str
    to: str
    reason: str
    unit: str | None = None
    accept_odd: bool = False


class MoveResult(AmendResult):
    """What was moved, and from where to where."""

    schema_id: ClassVar[str] = "provenance.move/1"


class RestorationRequest(Request):
    """A withdrawn record to restore, and why."""

    ref: str
    reason: str


class RestorationRow(Contract):
    """What was restored, with the ``components`` that had been withdrawn with it.

    ``is_new`` is false of a record that was not withdrawn.
    """

    ref: str
    kind: str
    is_new: bool
    components: int
    reason: str


class RestorationResult(Result):
    """The outcome of a restoration."""

    schema_id: ClassVar[str] = "provenance.restore/1"
    rows: tuple[RestorationRow, ...] = ()


class HistoryRequest(Request):
    """A reference, a source's record key or a name."""

    text: str


class HistoryResult(Result):
    """What was done with one record, the newest last.

    ``left_out`` counts what concerns photos and custody entries that are marked too strictly to be shown.
    """

    schema_id: ClassVar[str] = "provenance.history/1"
    ref: str
    kind: str
    title: str | None
    left_out: int = Field(0, ge=0)
    rows: tuple[HistoryEvent, ...] = ()
