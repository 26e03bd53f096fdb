"""Requests and results of assessments of a record, and of withdrawals."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from provenance.core.vocabulary.field import Aspect, NewName
from provenance.services.contracts.base import Contract, Request, Result


class AssessmentRequest(Request):
    """An assessment of a component, recovery or source, as typed.

    ``aspects`` are texts by aspect, ``not_assessed`` to withdraw one. ``said_by`` None is the actor;
    ``source`` names the source whose record is assessed where several report the same item; ``candidate`` is
    the number, from 1, of a candidate for a component's marking, which gives maker and part number.
    ``new`` are the kinds of names that are meant to be new.
    """

    ref: str
    basis: str | None = None
    said_by: str | None = None
    aspects: dict[Aspect, str] = Field(default_factory=dict)
    counterfeit_kind: str | None = None
    identification: str | None = None
    maker: str | None = None
    mpn: str | None = None
    candidate: int | None = None
    source: str | None = None
    new: frozenset[NewName] = frozenset()


class AssessmentRow(Contract):
    """One aspect that is assessed differently now; None is not assessed, or unidentified."""

    ref: str
    aspect: str
    before: str | None
    after: str | None
    said_by: str
    basis: str


class AssessmentResult(Result):
    """What changed; ``notes`` are what could not be resolved."""

    schema_id: ClassVar[str] = "provenance.log-belief/2"
    ref: str
    notes: tuple[str, ...] = ()
    rows: tuple[AssessmentRow, ...] = ()


class WithdrawalRequest(Request):
    """A record to withdraw, and why; ``although_reported`` withdraws what a publication reports too."""

    ref: str
    reason: str
    although_reported: bool = False


class WithdrawalRow(Contract):
    """What was withdrawn: a record of a kind, with the ``components`` that stood until now.

    ``is_new`` is false of a record that had been withdrawn before.
    """

    ref: str
    kind: str
    is_new: bool
    components: int
    reason: str


class WithdrawalResult(Result):
    """The outcome of a withdrawal."""

    schema_id: ClassVar[str] = "provenance.log-withdraw/1"
    rows: tuple[WithdrawalRow, ...] = ()
