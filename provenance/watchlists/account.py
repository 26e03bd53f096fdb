"""What an import of a list says it did, compared with what the database holds of the version at its end."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import func, select

from provenance.domain.accounts import RowCounts, refuse_imbalance
from provenance.schema.base import table_of
from provenance.schema.session import Session
from provenance.schema.watchlists import ListedAddress, ListedIdentifier, ListedName, ListedPresence
from provenance.sources.formats import ColumnAccount
from provenance.sources.tables import CellProblems
from provenance.sources.watchlists.records import ListEntry

_KEPT = "Nothing was imported."


@dataclass(slots=True)
class ListSummary(RowCounts):
    """What became of a list's entries, none of which is rejected.

    ``listed`` and ``delisted`` compare with the version before it; ``unchanged``: the version was imported
    before. ``names``, ``addresses`` and ``identifiers`` are those of its parties, which are counted when they
    are stored. ``review`` holds cells that had to be interpreted, each with its line; ``cells`` those that
    hold no value of their column.
    """

    watchlist: str
    as_of: date
    listed: int = 0
    delisted: int = 0
    parties: int = 0
    names: int = 0
    addresses: int = 0
    identifiers: int = 0
    before: date | None = None
    unchanged: bool = False
    partial: bool = False
    dry_run: bool = False
    notes: list[str] = field(default_factory=list)
    review: list[tuple[int, str]] = field(default_factory=list)
    columns: ColumnAccount = field(default_factory=ColumnAccount)
    cells: CellProblems = field(default_factory=CellProblems)


def count_contents(summary: ListSummary, entries: Collection[ListEntry]) -> None:
    """Counts the parties of a version and what they are found by."""
    summary.parties = len(entries)
    summary.names = sum(len(entry.names) for entry in entries)
    summary.addresses = sum(len(entry.addresses) for entry in entries)
    summary.identifiers = sum(len(entry.identifiers) for entry in entries)


def check_balance(summary: ListSummary) -> None:
    """Compares the sum of the counts with the entries that were read.

    Raises:
        IntegrityFailure: they differ.
    """
    refuse_imbalance(summary.watchlist, summary, {}, kept=_KEPT)


def check_stored(session: Session, version: int, summary: ListSummary) -> None:
    """Compares the parties of a version, their names, addresses and identifiers with what is stored.

    Raises:
        IntegrityFailure: they differ; nothing of the transaction may be kept.
    """
    counted = {
        "parties": (summary.new + summary.known + summary.changed, None),
        "names": (summary.names, ListedName.record_id),
        "addresses": (summary.addresses, ListedAddress.record_id),
        "identifiers": (summary.identifiers, ListedIdentifier.record_id),
    }
    stored = {
        what: (count, _count(session, version, of_record)) for what, (count, of_record) in counted.items()
    }
    refuse_imbalance(summary.watchlist, summary, stored, kept=_KEPT)


def _count(session: Session, version: int, of_record: Any | None) -> int:
    """How many rows of a table refer to the records of a version, or how many records it has."""
    rows = select(func.count()).select_from(ListedPresence).where(ListedPresence.version_id == version)
    if of_record is not None:
        rows = rows.join(table_of(of_record), of_record == ListedPresence.record_id)
    return int(session.execute(rows).scalar_one())
