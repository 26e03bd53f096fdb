"""Requests and results of assessments of a record, and of withdrawals."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from pydantic import Field

from provenance.core.vocabulary.field import Aspect, NewName
from provenance.identify.calibration import Confidence
from provenance.services.contracts.base import Contract, Request, Result
from provenance.services.contracts.files import FileLayout


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


class BeliefFileRequest(Request):
    """A table of assessments by reference, or a worklist of readings that was filled in, XLSX or CSV.

    ``new`` are the kinds of names that are meant to be new.
    """

    file: Path
    new: frozenset[NewName] = frozenset()
    layout: FileLayout = FileLayout()


class BeliefsLogged(Result):
    """What a table of assessments changed, of how many ``records``; ``known`` ones said so already.

    ``read`` are the lines in which something was filled in.
    """

    schema_id: ClassVar[str] = "provenance.log-beliefs/1"
    file: str
    read: int
    records: int
    known: int
    notes: tuple[str, ...] = ()
    rows: tuple[AssessmentRow, ...] = ()


class ReadingsRequest(Request):
    """A worklist of what the program reads from markings: to which file, of which groups.

    ``at_least`` is how many components a group has, ``confidence`` that of its reading (None: any), ``limit``
    the most groups, 0 for all.
    """

    file: Path
    at_least: int = Field(default=1, ge=1)
    confidence: Confidence | None = None
    limit: int = Field(default=0, ge=0)


class ReadingsWritten(Result):
    """The worklist that was written: its groups and their components; ``left_out`` are further groups."""

    schema_id: ClassVar[str] = "provenance.log-readings/1"
    file: str
    groups: int
    components: int
    left_out: int


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
