"""What a user says about a file that is a version of a list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from provenance.sources.column_styles import StatedStyle
from provenance.sources.tables import TableOptions
from provenance.sources.watchlists.base import ListFormat


@dataclass(frozen=True, slots=True)
class ListImport:
    """Which file is a version of which list, and how to import it.

    ``expected`` is the count that a letter states. ``asks`` and ``title`` are for a list of the user's own.
    ``since`` is the day on which the listing of entries began that state none. ``style`` says how dates are
    written where the file does not show it. ``replace`` puts the version in the place of another one of its
    day. ``content`` is the file inside, where ``file`` is an archive.
    """

    format: ListFormat
    file: Path
    as_of: date
    watchlist: str | None = None
    title: str | None = None
    asks: str | None = None
    partial: bool = False
    accept_shrink: bool = False
    expected: int | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    table: TableOptions = field(default_factory=TableOptions)
    dry_run: bool = False
    tlp: str | None = None
    since: date | None = None
    style: StatedStyle = field(default_factory=StatedStyle)
    replace: bool = False
    content: Path | None = None

    @property
    def readable(self) -> Path:
        """The file to read: the one inside, of an archive."""
        return self.content or self.file
