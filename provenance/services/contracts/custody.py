"""Requests and results about custody, checklists and labels."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from pydantic import Field

from provenance.core.vocabulary import Tlp
from provenance.evidence.checklist import CheckedItem as CheckedItem
from provenance.evidence.custody import LinkKind, Moment
from provenance.evidence.custody import parse_moment as parse_moment
from provenance.evidence.labels import A4_SHEET
from provenance.evidence.labels import LabelSize as LabelSize
from provenance.evidence.labels import parse_label_size as parse_label_size
from provenance.services.contracts.base import Contract, Request, Result


class HandoverRequest(Request):
    """One handover to log: of which record, when, from whom, to whom.

    ``corrects`` is the reference of the entry that this one replaces; ``accept_future`` takes a moment in the
    future as it is.
    """

    ref: str
    at: Moment
    from_holder: str | None = None
    to_holder: str | None = None
    reason: str | None = None
    seal: str | None = None
    state: str | None = None
    tlp: Tlp | None = None
    note: str | None = None
    corrects: str | None = None
    accept_future: bool = False


class CustodyRequest(Request):
    """The custody log of a recovery, unit or component."""

    ref: str


class CustodyRow(Contract):
    """An entry of the log, or a gap, an overlap or a question about the entries ``between`` which it stands.

    ``corrects`` are the references of the entries that this one replaces.
    """

    kind: LinkKind
    at: str
    ref: str | None
    from_holder: str | None
    to_holder: str | None
    reason: str | None
    seal: str | None
    state: str | None
    tlp: str | None
    finding: str | None
    note: str | None
    recorded_by: str | None
    corrects: tuple[str, ...] = ()
    between: tuple[str, ...] = ()


class CustodyResult(Result):
    """The custody log of ``subject``; ``logged`` is the reference of an entry that was just written."""

    schema_id: ClassVar[str] = "provenance.custody/2"
    subject: str
    subject_ref: str
    logged: str | None = None
    rows: tuple[CustodyRow, ...] = ()


class ChecklistRequest(Request):
    """The checklist of a recovery, unit or component."""

    ref: str


class ChecklistResult(Result):
    """What the documentation of ``subject`` must show and what is there; ``missing`` required items."""

    schema_id: ClassVar[str] = "provenance.checklist/2"
    subject: str
    subject_ref: str
    subject_kind: str
    missing: int
    rows: tuple[CheckedItem, ...] = ()


class LabelRequest(Request):
    """Labels to print: of which records, to which file, in which size, how many of each.

    A recovery or unit stands for everything in it too, unless ``only_named``.
    """

    refs: tuple[str, ...]
    out: Path
    size: LabelSize = A4_SHEET
    copies: int = Field(1, ge=1, le=500)
    only_named: bool = False


class LabelRow(Contract):
    """One record that has a label; ``context`` are the weapon and the unit that the label names."""

    ref: str
    kind: str
    title: str
    context: tuple[str, ...]
    tlp: Tlp


class LabelsPrinted(Result):
    """The labels of a file: ``labels`` in all, on one row for each record."""

    schema_id: ClassVar[str] = "provenance.label/1"
    file: str
    labels: int
    rows: tuple[LabelRow, ...] = ()
