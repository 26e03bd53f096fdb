"""Requests and results of entering transfers of goods."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from provenance.core.vocabulary import EvidenceClass, PartyRole, Tlp
from provenance.core.vocabulary.field import NewName
from provenance.core.vocabulary.tracing import Channel, DocumentKind
from provenance.services.contracts.base import Contract, Request, Result


class StatedParty(Contract):
    """A party to a transfer with what it was on that date; ``country`` is a code (ISO 3166)."""

    name: str
    role: PartyRole = PartyRole.UNKNOWN
    country: str | None = None
    channel: Channel | None = None
    confidential: bool = False


class StatedTransfer(Contract):
    """A transfer as a source states it.

    Texts are as written, read by the same rules as the cells of an imported list: dates may be partial
    (``2022-08``, ``2020-10..2022-02``), countries in any language. A side without parties is unknown.
    Without ``evidence_class`` it follows from what the transfer names.
    """

    senders: tuple[StatedParty, ...] = ()
    recipients: tuple[StatedParty, ...] = ()
    component: str | None = None
    lot: str | None = None
    mpn: str | None = None
    maker: str | None = None
    part_family: str | None = None
    weapon: str | None = None
    goods: str | None = None
    hs6: str | None = None
    quantity: str | None = None
    quantity_unit: str | None = None
    value: str | None = None
    currency: str | None = None
    date: str | None = None
    origin: str | None = None
    transit: tuple[str, ...] = ()
    destination: str | None = None
    document: str | None = None
    document_kind: DocumentKind | None = None
    document_date: str | None = None
    evidence_class: EvidenceClass | None = None
    credibility: int | None = Field(default=None, ge=1, le=6)
    published: str | None = None
    tlp: Tlp | None = None
    note: str | None = None


class LogTransfer(Request):
    """A transfer to store under a source: a known one by its key, or a new one.

    ``publisher`` and ``title`` are used for a new source only; without them its key is used. ``new`` are the
    kinds of names that are meant to be new; ``accept_odd`` takes a date in the future as it is.
    """

    transfer: StatedTransfer
    source: str = Field(min_length=1)
    publisher: str | None = None
    title: str | None = None
    new: frozenset[NewName] = frozenset()
    accept_odd: bool = False


class LoggedTransfer(Contract):
    """A transfer that was stored; None is an unknown side, names given in confidence are hidden."""

    ref: str
    senders: tuple[str, ...] | None
    recipients: tuple[str, ...] | None
    evidence_class: EvidenceClass
    tlp: Tlp | None


class LogTransferResult(Result):
    """The transfer that was stored; ``notes`` say which parties are new, and which name no firm."""

    schema_id: ClassVar[str] = "provenance.log-transfer/2"
    rows: tuple[LoggedTransfer, ...]
    notes: tuple[str, ...] = ()
