"""Requests and results of importing published lists and reading markings."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from provenance.importing.summary import ReadingSummary as ReadingSummary
from provenance.importing.summary import ReviewReason as ReviewReason
from provenance.services.contracts.base import Contract, Request, Result
from provenance.services.contracts.cells import UnreadCell
from provenance.services.contracts.files import FileLayout
from provenance.services.contracts.rejections import RejectedRow
from provenance.sources.kinds import SourceKind
from provenance.text.column_styles import DateOrder, DecimalMark


class SourceStatement(Contract):
    """The publication that a file comes from.

    Publisher and title default to the key, the origin group to the publisher, then to the key.
    """

    key: str
    publisher: str | None = None
    title: str | None = None
    address: str | None = None
    origin_group: str | None = None


class ColumnMapping(Contract):
    """How columns become fields: a saved mapping, overrides ``HEADER=FIELD``, where to save the result."""

    saved: Path | None = None
    overrides: tuple[str, ...] = ()
    save_to: Path | None = None

    @property
    def is_given(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.saved or self.overrides or self.save_to)


class ImportRequest(Request):
    """A list to import.

    ``dates`` and ``decimal`` say how dates and numbers are written where the columns do not show it.
    ``rejected`` is the CSV for rows that cannot be used; ``read_markings`` reads dates, categories and
    tentative part numbers from markings. ``separate_equal`` takes equal rows of transfers without keys for as
    many deliveries.
    """

    format: str
    file: Path
    source: SourceStatement | None = None
    mapping: ColumnMapping = ColumnMapping()
    dates: DateOrder | None = None
    decimal: DecimalMark | None = None
    dry_run: bool = False
    rejected: Path | None = None
    read_markings: bool = True
    separate_equal: bool = False
    layout: FileLayout = FileLayout()


class ReviewRow(Contract):
    """A text that the import could not resolve, why, and how many components it concerns.

    ``ref`` is the record that was made of a new name, or would be, None where none is; ``near`` are the known
    names that it resembles, None where it was not compared.
    """

    reason: str
    text: str
    components: int
    ref: str | None
    near: tuple[str, ...] | None


class NearRow(Contract):
    """A new record that may be the correction of one that is no longer in its list."""

    ref: str
    title: str


class VanishedRow(Contract):
    """A record of an earlier issue of the list that this file does not have; it stays on record.

    ``near`` is the new record that resembles it, None where none does.
    """

    ref: str
    title: str
    near: NearRow | None


class ImportRow(Contract):
    """The outcome of an import: ``read = new + known + changed + repeated + rejected``.

    ``made`` counts new records by kind; ``renewed`` are known recoveries that have another record now;
    ``columns`` says which field each column was read as, ``record_keys`` how records are known again where
    no column is their key. ``unread_columns`` are kept in the raw text only, and so are ``cells`` that hold
    no value of their column; ``notes`` say what else there is to know of how the file was read.
    ``vanished`` are the records of earlier issues of the list that are not in this one.
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
    renewed: int
    made: dict[str, int]
    columns: dict[str, str]
    unread_columns: tuple[str, ...]
    record_keys: str | None
    notes: tuple[str, ...]
    cells: tuple[UnreadCell, ...]
    readings: ReadingSummary
    review: tuple[ReviewRow, ...]
    rejections: tuple[RejectedRow, ...]
    vanished: tuple[VanishedRow, ...]


class ImportResult(Result):
    """The outcome of importing one file."""

    schema_id: ClassVar[str] = "provenance.import/2"
    rows: tuple[ImportRow, ...] = ()


class FormatRow(Contract):
    """A format that the program reads, and what it contains; ``imported`` if `provenance import` takes it."""

    kind: SourceKind
    imported: bool
    format: str
    reads: str


class FormatsListed(Result):
    """Every format that the program reads, by kind of file."""

    schema_id: ClassVar[str] = "provenance.formats/2"
    rows: tuple[FormatRow, ...] = ()


class MarkingsRead(Result):
    """What reading the markings of all components gave."""

    schema_id: ClassVar[str] = "provenance.read-markings/1"
    rows: tuple[ReadingSummary, ...] = ()
