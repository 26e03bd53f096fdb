"""Requests and results of imports of ownership."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from provenance.core.vocabulary import OwnershipFormat
from provenance.queries.moved_figures import MovedFigure
from provenance.services.contracts.base import Contract, Request, Result
from provenance.services.contracts.imports import SourceStatement
from provenance.services.contracts.rejections import RejectedRow


class FirmImportRequest(Request):
    """A file that states who owns whom, and the source that it is.

    ``names`` are the LEI records (LEI-CDF) with the names behind GLEIF's relationships. ``everything`` makes
    firms that are not on record; without it only firms on record are read.
    """

    file: Path
    format: OwnershipFormat
    source: SourceStatement
    names: Path | None = None
    everything: bool = False
    dry_run: bool = False


class LeftOutRow(Contract):
    """Records that state no owner of a firm on record, and why."""

    reason: str
    records: int


class FirmImportRow(Contract):
    """What became of a file: ``read`` = new + known + changed + repeated + rejected. ``left_out`` are the
    other records of the file, by reason.

    ``matched_by_name`` are firms on record to which a LEI was given by name alone, unverified; ``made`` the
    names of firms that were made.
    """

    file: str
    format: str
    dry_run: bool
    read: int
    new: int
    known: int
    changed: int
    repeated: int
    rejected: int
    left_out: tuple[LeftOutRow, ...] = ()
    matched_by_name: tuple[str, ...] = ()
    made: tuple[str, ...] = ()
    rejections: tuple[RejectedRow, ...] = ()


class FirmImportResult(Result):
    """An import of ownership, and which figures of `top` moved by it (none on a dry run)."""

    schema_id: ClassVar[str] = "provenance.firm-import/1"
    counted_on: tuple[str, ...] = ()
    moved: tuple[MovedFigure, ...] = ()
    rows: tuple[FirmImportRow, ...] = ()
