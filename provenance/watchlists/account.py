"""What an import of a list says it did, compared with what the database holds of the version at its end."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import func, select

from provenance.core.errors import IntegrityFailure
from provenance.schema.base import TableModel
from provenance.schema.session import Session
from provenance.schema.watchlists import ListedAddress, ListedIdentifier, ListedName, ListedPresence
from provenance.sources.formats import ColumnAccount
from provenance.sources.tables import CellProblems
from provenance.sources.watchlists.records import ListEntry


@dataclass(slots=True)
class ListSummary:
    """What an import did: read = new + known + changed + repeated.

    ``listed`` and ``delisted`` compare with the version before it; ``unchanged``: the version was imported
    before. ``names``, ``addresses`` and ``identifiers`` are those of its parties, which are counted when they
    are stored. ``review`` holds cells that had to be interpreted, each with its line; ``cells`` those that
    hold no value of their column.
    """

    watchlist: str
    as_of: date
    read: int = 0
    new: int = 0
    known: int = 0
    changed: int = 0
    repeated: int = 0
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
    _report(summary, _imbalance(summary))


def check_stored(session: Session, version: int, summary: ListSummary) -> None:
    """Compares the parties of a version, their names, addresses and identifiers with what is stored.

    Raises:
        IntegrityFailure: they differ; nothing of the transaction may be kept.
    """
    of_version = select(ListedPresence.record_id).where(ListedPresence.version_id == version)
    stored = session.execute(select(func.count()).select_from(of_version.subquery())).scalar_one()
    counts = [("parties", summary.new + summary.known + summary.changed, stored)]
    counts += [
        ("names", summary.names, _count(session, ListedName, version)),
        ("addresses", summary.addresses, _count(session, ListedAddress, version)),
        ("identifiers", summary.identifiers, _count(session, ListedIdentifier, version)),
    ]
    faults = [f"{name} {read:,}, but {there:,} are stored" for name, read, there in counts if read != there]
    _report(summary, [*faults, *_imbalance(summary)])


def _count(session: Session, noun: type[TableModel], version: int) -> int:
    record = noun.__table__.c.record_id
    rows = (
        select(func.count())
        .select_from(noun.__table__)
        .join(ListedPresence, ListedPresence.record_id == record)
        .where(ListedPresence.version_id == version)
    )
    return int(session.execute(rows).scalar_one())


def _imbalance(summary: ListSummary) -> list[str]:
    counted = summary.new + summary.known + summary.changed + summary.repeated
    return [] if summary.read == counted else [f"read {summary.read:,}, but {counted:,} are accounted for"]


def _report(summary: ListSummary, faults: list[str]) -> None:
    if faults:
        raise IntegrityFailure(
            f"{summary.watchlist}: the account of the import does not add up: {'; '.join(faults)}.",
            hint="Nothing was imported. This is a fault of the program; report it.",
        )
