"""Requests and results about records that may be one, reported twice."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import ClassVar

from pydantic import Field

from provenance.core.errors import UsageError
from provenance.core.vocabulary import SameVerdict
from provenance.duplicates.proposals import SignKind
from provenance.services.contracts.base import Contract, Request, Result


class DuplicateNoun(StrEnum):
    """What may have been reported twice; parties are firms that are a party to a transfer or a seizure."""

    RECOVERIES = "recoveries"
    COMPONENTS = "components"
    ORGANIZATIONS = "organizations"
    PARTIES = "parties"


def duplicate_noun(text: str) -> DuplicateNoun:
    """The noun of that name.

    Raises:
        UsageError: there is none.
    """
    try:
        return DuplicateNoun(text.strip().casefold())
    except ValueError:
        raise UsageError(f"{text!r} is not one of {', '.join(DuplicateNoun)}") from None


class DuplicatesRequest(Request):
    """Which records to compare; ``everything`` adds the pairs that are decided. At most ``limit`` pairs, 0
    for all.
    """

    noun: DuplicateNoun = DuplicateNoun.RECOVERIES
    everything: bool = False
    limit: int = Field(default=20, ge=0)


class DuplicateWorklistRequest(Request):
    """The pairs to be written to an .xlsx file, to be filled in."""

    noun: DuplicateNoun
    file: Path
    everything: bool = False


class SignRow(Contract):
    """One thing that speaks for two records being one (``weight`` above 0) or against it (below)."""

    kind: SignKind
    weight: int
    text: str


class DuplicateRow(Contract):
    """Two records that may be one; ``score`` is the sum of the signs' weights: an order, no probability.

    ``verdict`` is null where nobody has decided. Titles are null where a record has none.
    """

    kind: str
    left_ref: str
    left: str | None
    right_ref: str
    right: str | None
    score: int
    verdict: SameVerdict | None
    signs: tuple[SignRow, ...]


class DuplicatesResult(Result):
    """Pairs that may be one, best first; ``total`` is how many there are, ``rows`` the first of them."""

    schema_id: ClassVar[str] = "provenance.duplicates/1"
    noun: DuplicateNoun
    total: int
    rows: tuple[DuplicateRow, ...]


class DuplicateWorklistResult(Result):
    """The worklist that was written, and how many pairs are on it."""

    schema_id: ClassVar[str] = "provenance.duplicates-worklist/1"
    file: str
    pairs: int
