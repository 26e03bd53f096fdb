"""Requests and results about firms: what is stated of them, what follows from it, lists and trees."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from pydantic import Field

from provenance.core.vocabulary import (
    Control,
    NameKind,
    OrganizationKind,
    OwnershipStatus,
    SeatKind,
    Verification,
)
from provenance.queries.firm_list import FirmLine as FirmLine
from provenance.queries.firm_list import NewFirm as NewFirm
from provenance.queries.firm_tree import Side as Side
from provenance.queries.firm_tree import TreeLine as TreeLine
from provenance.queries.moved_figures import FirmCount as FirmCount
from provenance.queries.moved_figures import MovedFigure as MovedFigure
from provenance.services.contracts.base import Contract, Request, Result


class StatedTerms(Contract):
    """On which source and why something is stated; ``source`` is a key, a reference, ``own``, an address, or
    publisher and title. It may be None where a statement is withdrawn.
    """

    source: str | None = None
    reason: str = ""
    verification: Verification = Verification.UNVERIFIED


class StatedPeriod(Contract):
    """From and to when, as partial dates; null is not said, and ``unknown`` says that it is not known."""

    since: str | None = None
    until: str | None = None


class AddFirmRequest(Request):
    """A new firm; ``confirmed`` makes it although its name resembles known ones."""

    name: str
    kind: OrganizationKind = OrganizationKind.UNKNOWN
    country: str | None = None
    terms: StatedTerms
    confirmed: bool = False


class RenameFirmRequest(Request):
    """What a firm is called now, and since when."""

    firm: str
    name: str
    kind: NameKind = NameKind.LEGAL
    since: str | None = None
    terms: StatedTerms
    shared: bool = False


class FirmAliasRequest(Request):
    """Another name of a firm, or one to withdraw."""

    firm: str
    name: str
    kind: NameKind = NameKind.ALIAS
    period: StatedPeriod = StatedPeriod()
    terms: StatedTerms
    shared: bool = False
    remove: bool = False


class FirmSeatRequest(Request):
    """A seat of a firm, or one to withdraw; ``country`` is a name or code."""

    firm: str
    kind: SeatKind
    country: str
    period: StatedPeriod = StatedPeriod()
    terms: StatedTerms
    remove: bool = False


class FirmNumberRequest(Request):
    """A registration number of a firm, or one to withdraw; ``unfit`` keeps one whose form is wrong."""

    firm: str
    scheme: str
    value: str
    terms: StatedTerms
    unfit: bool = False
    remove: bool = False


class OwnershipRequest(Request):
    """Who owns a firm or a product line of it, or an ownership to withdraw.

    ``percent`` is 0 to 100; of what is null, the statement that this one replaces is kept.
    """

    owner: str
    owned: str
    percent: float | None = Field(default=None, ge=0, le=100)
    product_line: str | None = None
    control: Control | None = None
    status: OwnershipStatus = OwnershipStatus.COMPLETED
    period: StatedPeriod = StatedPeriod()
    terms: StatedTerms
    note: str | None = None
    remove: bool = False


class FirmKindRequest(Request):
    """What a firm is, such as operating or a fund; or that it was checked (``kind`` None)."""

    firm: str
    kind: OrganizationKind | None = None
    terms: StatedTerms


class MergeFirmsRequest(Request):
    """Two records that are one firm; as `SameRequest`."""

    left: str
    right: str
    reason: str = ""
    undo: bool = False
    confirmed: bool = False


class RemoveFirmRequest(Request):
    """A firm that nothing uses, to be removed."""

    firm: str
    reason: str = ""


class UndoFirmRequest(Request):
    """A change of a firm to undo: the last one that stands, or the one with that number in its history."""

    firm: str
    number: int | None = Field(default=None, ge=1)
    reason: str = ""


class StatementChange(Contract):
    """One statement or field before and after, in words; null is not stated."""

    what: str
    before: str | None
    after: str | None


class FirmChangeResult(Result):
    """What was changed of a firm, and which figures of `top` moved by it.

    ``change`` is its number among the changes of the firm, null where everything was on record already.
    ``counted_on`` are the bases on which the figures were counted, firms of all countries, with the filters
    that `top` has where none are given.
    """

    schema_id: ClassVar[str] = "provenance.firm-change/1"
    firm: str
    firm_ref: str
    action: str
    change: int | None
    reason: str
    notes: tuple[str, ...] = ()
    counted_on: tuple[str, ...] = ()
    moved: tuple[MovedFigure, ...] = ()
    rows: tuple[StatementChange, ...] = ()


class FirmListRequest(Request):
    """Which firms to list; ``limit`` is the most, 0 for all."""

    text: str | None = None
    kind: OrganizationKind | None = None
    country: str | None = None
    unverified: bool = False
    limit: int = Field(default=50, ge=0)


class FirmListResult(Result):
    """Firms by name; ``total`` are those that pass the filters, ``left_out`` those marked too strictly."""

    schema_id: ClassVar[str] = "provenance.firm-list/1"
    total: int
    left_out: int = 0
    rows: tuple[FirmLine, ...] = ()


class FirmReviewResult(Result):
    """Firms that were made of names and never checked, those that most records use first."""

    schema_id: ClassVar[str] = "provenance.firm-review/1"
    total: int
    left_out: int = 0
    rows: tuple[NewFirm, ...] = ()


class FirmTreeRequest(Request):
    """A firm, and the day on which to draw its owners and what it owns; None is today."""

    firm: str
    at: date | None = None


class FirmTreeResult(Result):
    """Owners of a firm, topmost first, the firm, and firms that it owned on a day.

    ``top_owner`` is the topmost operating owner for which counts count it on that day; null where it is not
    known.
    """

    schema_id: ClassVar[str] = "provenance.firm-tree/1"
    firm: str
    firm_ref: str
    at: date
    top_owner: str | None
    top_owner_unverified: bool
    rows: tuple[TreeLine, ...] = ()
