"""Leads between recoveries: requests and results."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from provenance.queries.leads.changes import ChangeRow as ChangeRow
from provenance.queries.leads.lots import BatchMember as BatchMember
from provenance.queries.leads.lots import BatchRow as BatchRow
from provenance.queries.leads.similar import SharedGoods as SharedGoods
from provenance.queries.leads.similar import SimilarRow as SimilarRow
from provenance.services.contracts.base import Request, Result


class LotsRequest(Request):
    """Lots and date codes in at least so many recoveries; ``firm`` is a maker's name or reference, ``limit``
    0 for all. ``include_read_parts`` also uses part numbers that only the program reads.
    """

    firm: str | None = None
    min_recoveries: int = Field(default=2, ge=2)
    limit: int = Field(default=20, ge=0)
    include_read_parts: bool = False


class LotsResult(Result):
    """Lots and date codes in several recoveries, the rarest first; ``total`` is how many there are."""

    schema_id: ClassVar[str] = "provenance.lots/1"
    total: int
    rows: tuple[BatchRow, ...] = ()


class SimilarRequest(Request):
    """A recovery or unit, by any handle. ``against`` is another one to compare it with part by part;
    ``swapped`` chooses the most similar one of its kind that is certainly dated earlier.
    """

    text: str
    against: str | None = None
    swapped: bool = False
    limit: int = Field(default=10, ge=0)
    include_read_parts: bool = False


class SimilarResult(Result):
    """Recoveries or units that share rare parts with one, the most similar first; ``total`` is how many share
    anything. ``compared_with`` is the one that ``changes`` are since, None where none was asked for or there
    is none earlier.
    """

    schema_id: ClassVar[str] = "provenance.similar/1"
    ref: str
    label: str
    total: int
    compared_with: str | None
    changes: tuple[ChangeRow, ...]
    rows: tuple[SimilarRow, ...] = ()
