"""Requests and results of screening."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import ClassVar, Literal

from provenance.core.vocabulary.watched import PartyKind, ScreeningKind
from provenance.screening.hits import Hit as Hit
from provenance.screening.hits import ScreenedCustomer as ScreenedCustomer
from provenance.screening.hits import ScreeningTotals
from provenance.screening.runs import StoredRun
from provenance.services.contracts.base import Contract, Request, Result
from provenance.services.contracts.cells import UnreadCell
from provenance.services.contracts.files import FileLayout
from provenance.text.column_styles import DateOrder


class CustomerColumns(Contract):
    """Which columns of a customer file hold what; None, or no name, leaves it to the header."""

    name: tuple[str, ...] = ()
    id: str | None = None
    date: str | None = None
    address: str | None = None
    country: str | None = None
    identifiers: str | None = None


class ScreenRequest(Request):
    """Who is screened, against which lists, as of which day.

    ``names``, ``addresses``, ``country`` and ``identifiers`` belong to the kind ``names``, ``file`` and
    ``columns`` to ``file``, and so does ``dates``, the order of its dates where it does not show it; the
    other kinds screen the database's own records. ``as_of`` applies to rows without a day of their own.
    ``known_chains`` adds the firms on known supply chains to the lists, ``only`` keeps to entities or to
    persons. ``threshold`` is 0 to 1, None for the default. ``new_since`` is the reference of an earlier
    run, or ``last``.
    """

    kind: ScreeningKind
    names: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    country: str | None = None
    identifiers: tuple[str, ...] = ()
    file: Path | None = None
    layout: FileLayout = FileLayout()
    columns: CustomerColumns = CustomerColumns()
    dates: DateOrder | None = None
    as_of: date | None = None
    lists: tuple[str, ...] = ()
    known_chains: bool = False
    only: Literal[PartyKind.ENTITY, PartyKind.PERSON] | None = None
    threshold: float | None = None
    new_since: str | None = None
    save: bool = True


class ScreenResult(Result):
    """The hits of each customer, in the order of the customers.

    ``run`` is the reference of the stored run, None where it was not stored. With ``new_since`` the rows
    have only hits that the earlier run did not have; ``totals`` always count all. ``columns`` says what each
    column of a file was read as; ``unread_columns`` and ``cells`` were not read; ``notes`` are of how the
    file was read.
    """

    schema_id: ClassVar[str] = "provenance.screen/3"
    run: str | None
    new_since: str | None
    columns: dict[str, str]
    unread_columns: tuple[str, ...]
    notes: tuple[str, ...]
    cells: tuple[UnreadCell, ...]
    totals: ScreeningTotals
    rows: tuple[ScreenedCustomer, ...]

    @property
    def has_hits(self) -> bool:
        """Whether any row shown has a hit on its day, or a party listed since."""
        return any(row.findings for row in self.rows)


class ScreenRunRequest(Request):
    """A stored run by its reference, or ``last``."""

    run: str


class ScreenRunResult(Result):
    """A stored run, and those of its rows that have something to report."""

    schema_id: ClassVar[str] = "provenance.screen-run/3"
    run: StoredRun
    rows: tuple[ScreenedCustomer, ...]
