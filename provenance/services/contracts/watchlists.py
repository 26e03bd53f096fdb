"""Watchlists: importing a version, what is there, what changed, one entry."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import ClassVar

from provenance.core.vocabulary.watched import Asks
from provenance.services.contracts.base import Contract, Request, Result
from provenance.services.contracts.cells import UnreadCell
from provenance.services.contracts.files import FileLayout
from provenance.text.column_styles import DateOrder
from provenance.watchlists.history import EntryHistory
from provenance.watchlists.history import EntryRecord as EntryRecord
from provenance.watchlists.history import ListedPeriod as ListedPeriod
from provenance.watchlists.status import ListStatus
from provenance.watchlists.versions import Difference
from provenance.watchlists.versions import RecordFields as RecordFields


class ListFormatRow(Contract):
    """A format that can be imported; ``list`` is None where the user names the list."""

    format: str
    reads: str
    list: str | None


class ListFormatsResult(Result):
    """The formats of watchlists that can be imported."""

    schema_id: ClassVar[str] = "provenance.watchlist-formats/1"
    rows: tuple[ListFormatRow, ...]


class ListImportRequest(Request):
    """A file that is a version of a list, as of a day.

    ``name`` is needed for a list of the user's own; ``title`` and ``asks`` describe one. ``partial``: an
    extract, which adds and never delists. ``count`` is how many entries a letter states. ``since``
    is the day on which the listing of entries began that state none. ``mapping`` maps
    headers to fields. ``dates`` says how dates are written where the file does not show it. ``replace`` puts
    the version in the place of another one of its day.
    """

    format: str
    file: Path
    as_of: date
    name: str | None = None
    title: str | None = None
    asks: Asks | None = None
    partial: bool = False
    accept_shrink: bool = False
    since: date | None = None
    count: int | None = None
    mapping: Mapping[str, str] = {}
    layout: FileLayout = FileLayout()
    dates: DateOrder | None = None
    replace: bool = False
    dry_run: bool = False


class ReviewedCell(Contract):
    """A cell that had to be interpreted: its line, and what was read from it."""

    line: int
    read: str


class ListImportRow(Contract):
    """What an import did: read = new + known + changed + repeated.

    ``parties`` with their ``names``, ``addresses`` and ``identifiers`` are what is stored of the version.
    ``listed`` and ``delisted`` compare with the version of ``before``; ``unchanged``: this version was
    imported before. ``columns`` says which field each column was read as, where the headers were mapped;
    ``unread_columns`` and ``cells`` were not read.
    """

    list: str
    version: date
    read: int
    new: int
    known: int
    changed: int
    repeated: int
    listed: int
    delisted: int
    parties: int
    names: int
    addresses: int
    identifiers: int
    before: date | None
    unchanged: bool
    partial: bool
    dry_run: bool
    notes: tuple[str, ...]
    columns: dict[str, str]
    unread_columns: tuple[str, ...]
    cells: tuple[UnreadCell, ...]
    review: tuple[ReviewedCell, ...]


class ListImportResult(Result):
    """What one import did, as its only row."""

    schema_id: ClassVar[str] = "provenance.watchlist-import/1"
    rows: tuple[ListImportRow, ...]


class ListStatusResult(Result):
    """Every list, how old its newest version is, and whether that is stale."""

    schema_id: ClassVar[str] = "provenance.watchlist-status/2"
    rows: tuple[ListStatus, ...]


class VersionChoice(Contract):
    """A list and the day of one of its versions as it is written, None for the newest."""

    list: str
    day: str | None = None


class ListDiffRequest(Request):
    """Two versions to compare."""

    older: VersionChoice
    newer: VersionChoice


class ListDiffTotals(Contract):
    """How many parties were listed, delisted and changed."""

    listed: int
    delisted: int
    changed: int


class ListDiffResult(Result):
    """The parties that differ between two versions."""

    schema_id: ClassVar[str] = "provenance.watchlist-diff/2"
    older: date
    newer: date
    totals: ListDiffTotals
    rows: tuple[Difference, ...]


class ListEntryRequest(Request):
    """An entry by its key, registration number or name, in one list or in all."""

    text: str
    list: str | None = None


class ListEntryResult(Result):
    """One entry with its whole history, as its only row."""

    schema_id: ClassVar[str] = "provenance.watchlist-show/1"
    rows: tuple[EntryHistory, ...]
