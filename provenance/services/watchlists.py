"""Watchlists: import a version, list versions and their age, compare versions, show an entry."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from provenance.core.basis import Basis
from provenance.core.errors import BadInput, UsageError
from provenance.core.progress import Progress
from provenance.screening.index_store import store_index
from provenance.screening.runs import data_version
from provenance.services.contracts.cells import unread_cells
from provenance.services.contracts.watchlists import (
    ListDiffRequest,
    ListDiffResult,
    ListDiffTotals,
    ListEntryRequest,
    ListEntryResult,
    ListFormatRow,
    ListFormatsResult,
    ListImportRequest,
    ListImportResult,
    ListImportRow,
    ListStatusResult,
    ReviewedCell,
)
from provenance.services.workspace import Workspace
from provenance.sources.column_styles import StatedStyle
from provenance.sources.kinds import SourceKind
from provenance.sources.recognition import formats_like
from provenance.sources.registry import WATCHLISTS
from provenance.sources.watchlists.archives import unpacked
from provenance.sources.watchlists.base import ListFormat
from provenance.watchlists.account import ListSummary
from provenance.watchlists.history import fetch_history, find_party
from provenance.watchlists.importer import ListImport, import_list
from provenance.watchlists.status import list_statuses, unknown_to_lists
from provenance.watchlists.versions import Change, differences, find_version


def formats() -> ListFormatsResult:
    """The formats that can be imported."""
    rows = (ListFormatRow(format=one.name, reads=one.title, list=one.watchlist) for one in WATCHLISTS.formats)
    return ListFormatsResult(rows=tuple(rows))


def import_version(
    workspace: Workspace, request: ListImportRequest, on_progress: Progress = lambda _count: None
) -> ListImportResult:
    """Imports a version of a list and indexes it for screening, or does neither.

    Raises:
        UsageError: there is no such format, no list is named, or the day is impossible or taken.
        BadInput: the file cannot be read whole, or is too different from the version before.
    """
    job = ListImport(
        format=_format_of(request),
        file=request.file,
        as_of=request.as_of,
        watchlist=request.name,
        title=request.title,
        asks=request.asks,
        partial=request.partial,
        accept_shrink=request.accept_shrink,
        since=request.since,
        expected=request.count,
        mapping=request.mapping,
        table=request.layout.options(),
        style=StatedStyle(request.dates),
        replace=request.replace,
        dry_run=request.dry_run,
    )
    return ListImportResult(rows=(_import_row(import_list(workspace.job(), job, on_progress, store_index)),))


def _format_of(request: ListImportRequest) -> ListFormat:
    """The format of that name.

    Raises:
        UsageError: there is none; says which format the file looks like.
    """
    try:
        return WATCHLISTS.named(request.format)
    except UsageError as error:
        like = ", ".join(_formats_like(request.file))
        looks = f"The file looks like {like}. " if like else ""
        raise UsageError(error.message, hint=f"{looks}{error.hint}") from None


def _formats_like(file: Path) -> list[str]:
    """The list formats that a file looks like, or the one in an archive; empty if it cannot be read."""
    try:
        with unpacked(file, lambda sample: any(known.sniff(sample) for known in WATCHLISTS.formats)) as found:
            return [known.name for known in formats_like(found) if known.kind is SourceKind.WATCHLISTS]
    except BadInput:
        return []


def _import_row(summary: ListSummary) -> ListImportRow:
    return ListImportRow(
        list=summary.watchlist,
        version=summary.as_of,
        read=summary.read,
        new=summary.new,
        known=summary.known,
        changed=summary.changed,
        repeated=summary.repeated,
        listed=summary.listed,
        delisted=summary.delisted,
        parties=summary.parties,
        names=summary.names,
        addresses=summary.addresses,
        identifiers=summary.identifiers,
        before=summary.before,
        unchanged=summary.unchanged,
        partial=summary.partial,
        dry_run=summary.dry_run,
        notes=tuple(summary.notes),
        columns=summary.columns.read,
        unread_columns=summary.columns.unread,
        cells=unread_cells(summary.cells),
        review=tuple(ReviewedCell(line=line, read=text) for line, text in summary.review),
    )


def status(workspace: Workspace) -> ListStatusResult:
    """Every list in the database and how old its newest version is."""
    with workspace.reading() as session:
        found = list_statuses(session, session.today)
        data = data_version(session)
    basis = Basis(
        question="watchlist status",
        unit="lists by their newest version",
        data=data,
        counted={"lists": len(found), "stale": sum(one.stale for one in found)},
        unknown=unknown_to_lists(found),
    )
    return ListStatusResult(basis=basis, rows=tuple(found))


def diff(workspace: Workspace, request: ListDiffRequest) -> ListDiffResult:
    """The parties that were listed, delisted or changed between two full versions.

    Raises:
        NotFound: there is no such list or version.
    """
    with workspace.reading() as session:
        older = find_version(session, request.older.list, request.older.day)
        newer = find_version(session, request.newer.list, request.newer.day)
        found = differences(session, older, newer)
    counts = Counter(one.change for one in found)
    totals = ListDiffTotals(
        listed=counts[Change.LISTED], delisted=counts[Change.DELISTED], changed=counts[Change.CHANGED]
    )
    return ListDiffResult(older=older.as_of, newer=newer.as_of, totals=totals, rows=tuple(found))


def show_entry(workspace: Workspace, request: ListEntryRequest) -> ListEntryResult:
    """One entry: when it was listed, and what each version said of it.

    Raises:
        NotFound: no list has such an entry.
        Ambiguous: several entries match; names them.
    """
    with workspace.reading() as session:
        entry = fetch_history(session, find_party(session, request.text, request.list))
    return ListEntryResult(rows=(entry,))
