"""Requests and results of logging entries: recoveries, seizures, units, components, citations."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from provenance.core.vocabulary.field import NewName
from provenance.fields.entries import Kind
from provenance.importing.lines import Fate as Fate
from provenance.services.contracts.base import Contract, Request, Result
from provenance.services.contracts.cells import UnreadCell
from provenance.services.contracts.files import FileLayout
from provenance.services.contracts.rejections import RejectedRow
from provenance.text.column_styles import DateOrder, DecimalMark


class EntryRequest(Request):
    """One entry to log: its fields as typed, by name.

    ``candidate`` is the number, from 1, of a candidate for the marking, which gives maker and part number;
    ``new`` are the kinds of names that are meant to be new; ``accept_future`` takes dates in the future as
    they are, ``accept_odd`` everything else that is hardly true.
    """

    kind: Kind
    texts: dict[str, str]
    candidate: int | None = None
    new: frozenset[NewName] = frozenset()
    accept_future: bool = False
    accept_odd: bool = False


class CandidateRow(Contract):
    """A maker and part number that a marking may stand for."""

    maker: str
    maker_ref: str
    mpn: str | None
    confidence: str
    score: float
    reason: str

    @property
    def title(self) -> str:
        """Maker, part number and confidence."""
        part = f" {self.mpn}" if self.mpn else ""
        return f"{self.maker}{part} ({self.confidence})"


class MayBe(Contract):
    """A known record that a logged one may be the same as; ``name`` has the reference too."""

    ref: str
    name: str


class EntryRow(Contract):
    """A logged record; ``known`` if it had been logged before, ``notes`` are what could not be resolved.

    ``may_be`` are the records that it may be the same as, for a person to decide.
    """

    kind: Kind
    ref: str
    title: str
    known: bool
    notes: tuple[str, ...] = ()
    candidates: tuple[CandidateRow, ...] = ()
    may_be: tuple[MayBe, ...] = ()


class EntryResult(Result):
    """The record that was logged."""

    schema_id: ClassVar[str] = "provenance.log/2"
    rows: tuple[EntryRow, ...] = ()


class LinesRequest(Request):
    """Components of one recovery to log line by line.

    ``batch`` distinguishes equal lines of different lists; None for lines that a person types, which are
    never repetitions.
    """

    recovery: str
    batch: str | None = None


class LineRow(Contract):
    """A line and its outcome; ``best`` is the best candidate for the marking.

    ``note`` says that what was logged before has been amended or withdrawn since.
    """

    fate: Fate
    component_ref: str | None
    marking: str | None
    unit: str | None
    pieces: int | None
    best: str | None
    confidence: str | None
    note: str | None


class LinesLogged(Result):
    """The outcome of each line."""

    schema_id: ClassVar[str] = "provenance.log-components/1"
    rows: tuple[LineRow, ...] = ()


class TemplateRequest(Request):
    """An empty table to write; ``kind`` is recoveries, seizures, units, components or citations."""

    kind: str
    out: Path


class TemplateWritten(Result):
    """The table that was written."""

    schema_id: ClassVar[str] = "provenance.log-template/1"
    file: str
    kind: Kind


class FileRequest(Request):
    """A filled-in template to log.

    ``kind`` None is the kind that the file's header says. ``rejected`` is the CSV for rows that cannot be
    used: with it the others are logged, without it one such row keeps the whole file out. ``new``,
    ``accept_future`` and ``accept_odd`` are as in `EntryRequest`, for every row; ``amend`` is the reason for
    which rows that changed under their row id amend what is on record, None to refuse them. ``dates`` and
    ``decimal`` say how dates and numbers are written where the columns do not show it.
    """

    file: Path
    kind: str | None = None
    rejected: Path | None = None
    dry_run: bool = False
    new: frozenset[NewName] = frozenset()
    accept_future: bool = False
    accept_odd: bool = False
    amend: str | None = None
    layout: FileLayout = FileLayout()
    dates: DateOrder | None = None
    decimal: DecimalMark | None = None


class LoggedRow(Contract):
    """A row of a file and the record it became."""

    line: int
    ref: str
    title: str


class FileRow(Contract):
    """The outcome of a file: ``read = new + known + amended + rejected``; ``saved`` if good rows are kept.

    ``changed`` counts the rows that were rejected because their row id was logged with other content,
    ``future`` counts the rows that were rejected for a date in the future, ``odd`` those for something else
    that is hardly true, and ``new_names``, by kind, those for a name that no record has; ``cells`` hold no
    value, and their rows are among the rejections.
    """

    file: str
    kind: Kind
    dry_run: bool
    saved: bool
    read: int
    new: int
    known: int
    amended: int
    rejected: int
    changed: int
    future: int
    odd: int
    new_names: dict[str, int]
    logged: tuple[LoggedRow, ...]
    rejections: tuple[RejectedRow, ...]
    notes: tuple[str, ...]
    cells: tuple[UnreadCell, ...]


class FileLogged(Result):
    """The outcome of logging a file."""

    schema_id: ClassVar[str] = "provenance.log-file/2"
    rows: tuple[FileRow, ...] = ()
