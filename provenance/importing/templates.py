"""Logs filled-in templates: read like forms; bad rows are named; the same file twice changes nothing. A row
is identified by its row id, or without one by its content and how often the same row came before it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from sqlalchemy import Engine, select

from provenance.core.errors import BadInput, IntegrityFailure, NotFound, UsageError
from provenance.core.identity import natural_uid, reference
from provenance.core.vocabulary.field import NewName
from provenance.domain.amendments.amend import Terms, amend
from provenance.domain.citations import log_citation
from provenance.domain.component_entries import log_component
from provenance.domain.derivation import Reader
from provenance.domain.journal import Author, Entry, Logged, author_of, entry_of, future_dates
from provenance.domain.plausible_entries import oddities
from provenance.domain.record_kinds import RecordKind, uid_column
from provenance.domain.recovery_entries import log_recovery, log_seizure
from provenance.domain.units import log_unit
from provenance.fields.entries import CELLS, Faults, Kind, written
from provenance.fields.templates import row_column
from provenance.importing.logged_rows import LoggedRow, logged_row
from provenance.importing.marking_reader import MarkingDesk
from provenance.schema.session import Database, Session
from provenance.sources.column_styles import StatedStyle
from provenance.sources.formats import row_fault
from provenance.sources.headers import header_keys
from provenance.sources.records import Rejected
from provenance.sources.survey import settle_styles
from provenance.sources.tables import CellProblems, Table, TableOptions, TableRow, open_table, read_header
from provenance.sources.uses import use_of
from provenance.text.column_styles import Style

Progress = Callable[[int], None]

_REFERRING = {
    "recovery": (RecordKind.RECOVERY,),
    "ref": (RecordKind.RECOVERY, RecordKind.COMPONENT),
}
"""Cells that may name a row of another table by its row id."""

_NEW = "new_"
"""How the code of an error begins that is about a name that no record has."""

_NEAR_SHOWN = 3

_OF_REJECTED = {"line", "reason"}
"""Columns of a file of rejected rows before the template's own, so that it can be corrected and logged."""


@dataclass(slots=True)
class FileSummary:
    """The outcome of a file's rows: ``read = new + known + amended + rejected``."""

    file: str
    kind: str
    read: int = 0
    new: int = 0
    known: int = 0
    rejected: int = 0
    amended: int = 0
    changed: int = 0
    """Rows rejected because their row id was logged with other content, which could be amended."""
    future: int = 0
    """Rows rejected for a date in the future, which may nevertheless be correct."""
    odd: int = 0
    """Rows rejected for something else that is hardly true."""
    new_names: Counter[str] = field(default_factory=Counter)
    """Rows rejected for a name that no record has, by the code of the error."""
    refs: list[tuple[int, str, str]] = field(default_factory=list)
    """Line, reference and title of every row that was logged."""
    rejections: list[Rejected] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    cells: CellProblems = field(default_factory=CellProblems)


@dataclass(frozen=True, slots=True)
class FileRequest:
    """What to log, as which kind (None: as the header says), and how.

    ``keep_good`` logs the rows that can be used where others are rejected; ``future`` takes dates in the
    future as they are, ``odd`` what is hardly true; ``new`` are the kinds of names that are meant to be new;
    ``amend`` is the reason for which rows that have changed under their row id amend what is on record, None
    to refuse them; ``table`` says where the table is, ``style`` how dates and numbers are written where the
    columns do not show it.
    """

    file: Path
    kind: Kind | None = None
    keep_good: bool = False
    dry_run: bool = False
    future: bool = False
    odd: bool = False
    amend: str | None = None
    new: frozenset[NewName] = frozenset()
    table: TableOptions = field(default_factory=TableOptions)
    style: StatedStyle = field(default_factory=StatedStyle)


class _NothingKept(Exception):
    """Leaves the transaction of a dry run, or of a file with bad rows."""


def log_file(
    database: Database, reading: Engine, request: FileRequest, on_progress: Progress = lambda rows: None
) -> FileSummary:
    """Logs a filled-in template in one transaction; without ``keep_good`` a bad row rejects the whole file.

    Raises:
        BadInput: the file cannot be read, has no column of any template, or a date or number in it has two
            readings (codes ``dates`` and ``decimal``).
        UsageError: the header does not tell the kind, and none is given.
    """
    options = replace(request.table, known=_known_headers())
    header = read_header(request.file, options)
    kind = request.kind or kind_of(request.file, header)
    _check_header(kind, request.file, header)
    summary = FileSummary(request.file.name, str(kind), notes=options.notes, cells=options.problems)
    try:
        with database.writing_list() as session:
            table = open_table(request.file, options)
            table.uses = {name: use_of(name) for name in table.header}
            author = author_of(session, database.actor, request.new)
            _Rows(session, author, request, summary, reading).take(kind, table, on_progress)
            if request.dry_run or (summary.rejected and not request.keep_good):
                raise _NothingKept
    except _NothingKept:
        pass
    return summary


def _known_headers() -> frozenset[str]:
    """The headers of all templates, by which a template's header is found."""
    names = (name for kind in Kind for name in (row_column(kind), *(cell.name for cell in CELLS[kind])))
    return header_keys((*names, *_OF_REJECTED))


def kind_of(file: Path, header: Sequence[str]) -> Kind:
    """The kind of a filled-in template, by the column of its row ids.

    Raises:
        UsageError: it has no such column.
    """
    for kind in Kind:
        if row_column(kind) in header:
            return kind
    raise UsageError(
        f"{file.name} does not state the kind of its rows: it has no column"
        f" {', '.join(map(row_column, Kind))}",
        code="kind",
    )


def _check_header(kind: Kind, file: Path, header: Sequence[str]) -> None:
    known = {row_column(kind), *(cell.name for cell in CELLS[kind])}
    strangers = [name for name in header if name and name not in known | _OF_REJECTED]
    if strangers:
        raise BadInput(
            f"a {kind} has no {', '.join(strangers)}",
            file=file.name,
            line=1,
            hint=f"Columns: {', '.join(sorted(known))}. Rename or remove what is not one of them.",
        )


class _Rows:
    """Logs the rows of one file within its transaction."""

    def __init__(
        self,
        session: Session,
        author: Author,
        request: FileRequest,
        summary: FileSummary,
        reading: Engine,
    ) -> None:
        self._session = session
        self._author = author
        self._request = request
        self._summary = summary
        self._reading = reading
        self._desk: MarkingDesk | None = None
        self._repeats: Counter[str] = Counter()
        self._logged: list[tuple[RecordKind, str]] = []
        self._styles: Mapping[str, Style] = {}

    def take(self, kind: Kind, table: Table, on_progress: Progress) -> None:
        """Logs every row of the file by itself: a bad one leaves nothing behind."""
        columns = {name: what for name, what in written(kind).items() if name in table.header}
        self._styles = settle_styles(table, columns, self._request.style)
        for row in table.rows():
            self._summary.read += 1
            try:
                if fault := row_fault(row, len(table.header)):
                    raise BadInput(fault)
                if problems := table.problems.of_line(row.line):
                    raise BadInput("; ".join(f"{each.column}: {each.problem}" for each in problems))
                with self._session.begin_nested():
                    self._row(kind, row)
            except (Faults, BadInput, NotFound, UsageError) as error:
                reason = str(error) if isinstance(error, Faults) else _reason(error)
                if isinstance(error, NotFound) and error.code.startswith(_NEW):
                    self._summary.new_names[error.code.removeprefix(_NEW)] += 1
                self._summary.rejected += 1
                self._summary.rejections.append(Rejected(line=row.line, reason=reason, row=dict(row.written)))
            on_progress(self._summary.read)
        self._check()

    def _check(self) -> None:
        """Compares the account with the records that are stored.

        Raises:
            IntegrityFailure: they differ.
        """
        summary = self._summary
        stored = sum(self._is_there(record, uid) for record, uid in self._logged)
        told = summary.new + summary.known + summary.amended + summary.rejected
        if stored != len(self._logged) or summary.read != told:
            raise IntegrityFailure(
                f"{summary.file}: the account does not add up: read {summary.read:,} and accounted for"
                f" {told:,}; logged {len(self._logged):,} and stored {stored:,}."
            )

    def _row(self, kind: Kind, row: TableRow) -> None:
        cells = {
            name: text.strip()
            for name, text in row.cells.items()
            if name and name not in _OF_REJECTED and text.strip()
        }
        own = cells.pop(row_column(kind), "")
        if not cells:
            raise BadInput("the row has nothing but its id")
        uid = self._uid(kind, own, cells)
        if kind is not Kind.CITATION:
            there = logged_row(self._session, self._record(kind), uid, self._referred(cells))
            if there is not None:
                self._take_known(row.line, own, there)
                return
        entry = entry_of(kind, self._referred(cells), self._styles)
        if not self._request.future and (doubts := future_dates(entry, self._session.today)):
            dates = ", ".join(f"{name} {text}" for name, text in doubts)
            self._summary.future += 1
            raise BadInput(f"{dates} is in the future")
        if not self._request.odd and (odd := oddities(self._session, entry)):
            self._summary.odd += 1
            raise BadInput("; ".join(map(str, odd)))
        logged = self._write(kind, entry, uid)
        self._summary.notes += [f"line {row.line}: {note}" for note in logged.notes]
        if logged.known:
            self._summary.known += 1
        else:
            if kind is not Kind.CITATION:
                self._logged.append((self._record(kind), uid))
            self._summary.new += 1
            self._summary.refs.append((row.line, logged.ref, logged.title))

    def _uid(self, kind: Kind, own: str, cells: Mapping[str, str]) -> str:
        name, log = self._table_name(kind), self._author.source_key
        if own:
            return natural_uid(name, "row", log, own)
        content = json.dumps(cells, ensure_ascii=False, sort_keys=True)
        self._repeats[content] += 1
        return natural_uid(name, "content", log, content, str(self._repeats[content]))

    def _table_name(self, kind: Kind) -> str:
        return "citation" if kind is Kind.CITATION else self._record(kind)

    @staticmethod
    def _record(kind: Kind) -> RecordKind:
        """The kind of record that an entry of a kind makes."""
        return RecordKind.RECOVERY if kind is Kind.SEIZURE else RecordKind(kind)

    def _is_there(self, record: RecordKind, uid: str) -> bool:
        column = uid_column(record)
        return self._session.execute(select(column).where(column == uid)).first() is not None

    def _take_known(self, line: int, own: str, there: LoggedRow) -> None:
        """Takes a row that is on record: as it was, or changed, which amends the record on request.

        Raises:
            BadInput: it is changed, and nobody asked to amend what is on record.
        """
        if there.changes and self._request.amend is None:
            changed = ", ".join(f"{name}={text}" for name, text in there.changes.items())
            self._summary.changed += 1
            raise BadInput(f"row id {own} was logged before with other content, as {there.ref}: {changed}")
        self._summary.notes += [f"line {line}: {note}" for note in there.notes]
        if there.changes and self._amend(line, there):
            self._summary.amended += 1
        else:
            self._summary.known += 1

    def _amend(self, line: int, there: LoggedRow) -> bool:
        """Amends the record of a changed row; whether that changed anything."""
        request = self._request
        terms = Terms(request.amend or "", request.future, request.odd, self._styles)
        target = there.record, there.number
        done = amend(
            self._session,
            self._author,
            target,
            there.changes,
            terms,
            reader=lambda: self._reader(self._session),
        )
        self._summary.notes += [f"line {line}: {note}" for note in done.notes]
        if done.changes:
            self._summary.refs.append((line, there.ref, done.title))
        return bool(done.changes)

    def _reader(self, session: Session) -> Reader:
        """What reads markings in this transaction; loaded when it is first needed."""
        if self._desk is None:
            self._desk = MarkingDesk(self._reading)
        return self._desk.reader(session)

    def _referred(self, cells: Mapping[str, str]) -> dict[str, str]:
        """The cells with row ids of other tables turned into references."""
        found = dict(cells)
        for name, records in _REFERRING.items():
            for record in records if name in found else ():
                uid = natural_uid(record, "row", self._author.source_key, found[name])
                if self._is_there(record, uid):
                    found[name] = reference(record, uid)
                    break
        return found

    def _write(self, kind: Kind, entry: Entry, uid: str) -> Logged:
        session, author = self._session, self._author
        if kind is Kind.RECOVERY:
            return log_recovery(session, author, entry, uid=uid)
        if kind is Kind.SEIZURE:
            return log_seizure(session, author, entry, uid=uid)
        if kind is Kind.UNIT:
            return log_unit(session, author, entry, uid=uid)
        if kind is Kind.COMPONENT:
            return log_component(session, author, entry, uid=uid, reader=self._reader(session))
        return log_citation(session, author, entry)


def _reason(error: BadInput | NotFound | UsageError) -> str:
    """What is wrong with a row, with the names that may have been meant."""
    near = error.near[:_NEAR_SHOWN] if isinstance(error, NotFound) else ()
    return f"{error.message} (near: {'; '.join(near)})" if near else error.message


def numbered(rejections: list[Rejected]) -> Iterator[str]:
    """Rejections as lines that name line and reason."""
    return (f"line {item.line}: {item.reason}" for item in rejections)
