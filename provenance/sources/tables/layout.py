"""How a file is laid out: its kind, sheet, encoding and delimiter, where its header is and what stands above.

Settled once for each state of a file, and used for every reading of its rows.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain, islice, takewhile
from pathlib import Path

from provenance.core.errors import BadInput, UsageError
from provenance.sources.tables.delimited import delimited_blocks, in_blocks
from provenance.sources.tables.dialects import COMMAS, LINES_LOOKED_AT, Dialect, dialect_of
from provenance.sources.tables.documents import document_rows
from provenance.sources.tables.encodings import UTF_8, encoding_of
from provenance.sources.tables.file_kinds import FileKind, begins_as_json, file_kind, refusal
from provenance.sources.tables.header_search import ROWS_LOOKED_AT, Header, find_header
from provenance.sources.tables.marks import RawRow, plain_rows
from provenance.sources.tables.old_workbooks import open_old_workbook
from provenance.sources.tables.opendocument import open_opendocument
from provenance.sources.tables.options import TableOptions
from provenance.sources.tables.sheets import Opener, SheetName, Spreadsheet
from provenance.sources.tables.text import Unfinished, strict_lines, text_lines
from provenance.sources.tables.workbooks import open_workbook

SPREADSHEETS: dict[FileKind, Opener] = {
    FileKind.XLSX: open_workbook,
    FileKind.ODS: open_opendocument,
    FileKind.XLS: open_old_workbook,
}
LAYOUT = "layout"
"""The code of errors that another sheet, header row or encoding may resolve."""

READABLE = (FileKind.TEXT, *SPREADSHEETS)

_SPREADSHEET_NAMES = {".xlsx": FileKind.XLSX, ".xlsm": FileKind.XLSX}
_NO_HEADER = Header((), 1, 1, ())
_SHOWN = 3
_LONGEST_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Layout:
    """What is settled about a file; ``notes`` say what a user should know of it."""

    kind: FileKind
    header: Header
    sheet: str = ""
    codec: str = UTF_8
    dialect: Dialect = COMMAS
    notes: tuple[str, ...] = ()

    def rows(self, file: Path, *, strict: bool) -> Generator[RawRow, None, None]:
        """Every row of the file, whatever it is.

        Raises:
            BadInput: the file cannot be read to its end.
        """
        if opener := SPREADSHEETS.get(self.kind):
            with opener(file) as spreadsheet:
                yield from spreadsheet.rows(self.sheet)
        elif self.kind is FileKind.DOCX:
            yield from (RawRow(line, cells) for line, cells in document_rows(file))
        else:
            yield from chain.from_iterable(self._text_blocks(file, strict))

    def blocks(self, file: Path, *, strict: bool) -> Iterator[list[RawRow]]:
        """As `rows`, many at a time."""
        if self.kind is FileKind.TEXT:
            yield from self._text_blocks(file, strict)
            return
        with closing(self.rows(file, strict=strict)) as rows:
            yield from in_blocks(rows)

    def _text_blocks(self, file: Path, strict: bool) -> Iterator[list[RawRow]]:
        lines = strict_lines(file, self.codec) if strict else text_lines(file, self.codec)
        stated = self.dialect.stated
        for block in delimited_blocks(lines, file, self.dialect.delimiter):
            yield plain_rows(block[1:] if stated else block)
            stated = False


def layout_of(file: Path, options: TableOptions) -> Layout:
    """The layout of a file.

    Raises:
        BadInput: no such file, empty, of a kind or encoding that cannot be read, or without a header where
            the user says that it is.
        UsageError: there is no such sheet.
    """
    if not file.is_file():
        raise BadInput("there is no such file", file=str(file))
    state = file.stat()
    return _settled(file, options, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=16)
def _settled(file: Path, options: TableOptions, _changed: int, _size: int) -> Layout:
    kind = checked_kind(file, options.kind)
    _check_options(file, kind, options)
    if kind in SPREADSHEETS:
        layout = _of_spreadsheet(file, kind, options)
    elif kind is FileKind.DOCX:
        layout = _with_header(Layout(kind, _NO_HEADER), file, options)
    else:
        layout = _of_text(file, options)
    return replace(layout, notes=(*layout.notes, *_said_of(layout.header)))


def checked_kind(file: Path, wanted: FileKind | None) -> FileKind:
    """The kind of the file, if it can be read.

    Raises:
        BadInput: it is not of the required kind, or not what its name says.
    """
    kind = file_kind(file)
    called = _SPREADSHEET_NAMES.get(file.suffix.lower())
    if wanted is None and kind is FileKind.TEXT and called:
        raise refusal(file, kind, called)
    readable = READABLE if wanted is None else tuple(SPREADSHEETS) if wanted is FileKind.XLSX else (wanted,)
    if kind not in readable:
        raise refusal(file, kind, wanted)
    return kind


def _check_options(file: Path, kind: FileKind, options: TableOptions) -> None:
    """Refuses what is stated about a kind of file that does not have it."""
    if options.sheet is not None and kind not in SPREADSHEETS:
        raise UsageError(f"{file.name} is {kind}, which has no sheets")
    if options.encoding is not None and kind is not FileKind.TEXT:
        raise UsageError(f"{file.name} is {kind}, which has no encoding to choose")


def _of_text(file: Path, options: TableOptions) -> Layout:
    codec, notes = options.encoding, []
    if codec is None:
        encoding = encoding_of(file, options.knows) if options.guess_encoding else None
        codec = encoding.codec if encoding else UTF_8
        if encoding and encoding.guessed:
            notes.append(f"Encoding: {encoding.guessed}")
    lines = list(islice(text_lines(file, codec), LINES_LOOKED_AT))
    if begins_as_json("".join(lines[:3])):
        raise refusal(file, FileKind.JSON)
    dialect = dialect_of(lines, options.knows)
    return _with_header(
        Layout(FileKind.TEXT, _NO_HEADER, codec=codec, dialect=dialect, notes=tuple(notes)), file, options
    )


def _with_header(layout: Layout, file: Path, options: TableOptions) -> Layout:
    with closing(layout.rows(file, strict=options.strict)) as rows:
        return replace(layout, header=_header_of(rows, file, options))


def _header_of(rows: Iterator[RawRow], file: Path, options: TableOptions, sheet: str = "") -> Header:
    stated = options.header_row
    if stated is not None:
        first = list(takewhile(lambda row: row.line <= stated, rows))[-1:] + list(islice(rows, 1))
    else:
        first = list(islice(filter(_has_content, _whole(rows)), ROWS_LOOKED_AT))
    found = find_header(first, options.knows, stated)
    if found is not None:
        return found
    where = f" of the sheet {sheet}" if sheet else ""
    if stated is not None:
        raise BadInput(
            f"row {stated}{where} is empty or missing: it cannot be the header",
            file=file.name,
            line=stated,
            code=LAYOUT,
        )
    raise BadInput(f"the file is empty{where}: a header line is needed", file=file.name, line=1)


def _whole(rows: Iterator[RawRow]) -> Iterator[RawRow]:
    """The rows before the one in which a cut file ends: whoever reads the rows says that it does."""
    empty = True
    try:
        for row in rows:
            empty = False
            yield row
    except Unfinished:
        if empty:
            raise


def _has_content(row: RawRow) -> bool:
    return any(cell.strip() for cell in row.cells)


def _of_spreadsheet(file: Path, kind: FileKind, options: TableOptions) -> Layout:
    with SPREADSHEETS[kind](file) as spreadsheet:
        name = _sheet(file, spreadsheet, options)
        with closing(spreadsheet.rows(name.title)) as rows:
            header = _header_of(rows, file, options, name.title)
        notes = _unread_sheets(spreadsheet, name)
    return Layout(kind, header, sheet=name.title, notes=tuple(notes))


def _sheet(file: Path, spreadsheet: Spreadsheet, options: TableOptions) -> SheetName:
    """The sheet to read: the one that the user names, or the first one whose header is known.

    Raises:
        BadInput: no sheet has data.
        UsageError: there is no such sheet.
    """
    names = spreadsheet.names
    listed = ", ".join(name.title + (" (hidden)" if name.hidden else "") for name in names) or "none"
    if options.sheet is not None:
        wanted = options.sheet.strip().casefold()
        for name in names:
            if name.title == options.sheet or name.title.strip().casefold() == wanted:
                return name
        raise UsageError(
            f"{file.name} has no sheet {options.sheet!r}", hint=f"Its sheets: {listed}.", code=LAYOUT
        )
    filled = [name for name in names if _has_data(spreadsheet, name)]
    shown = [name for name in filled if not name.hidden]
    if not shown:
        hidden = ", ".join(name.title for name in filled)
        raise BadInput(
            "the workbook has no visible sheet with data: the file is empty",
            file=file.name,
            line=1,
            hint=f"Hidden sheets with data: {hidden}." if hidden else "",
            code=LAYOUT,
        )
    known = (name for name in shown if _known_headers(spreadsheet, name, options) > 1)
    return next(known, shown[0])


def _has_data(spreadsheet: Spreadsheet, name: SheetName) -> bool:
    with closing(spreadsheet.rows(name.title)) as rows:
        return any(map(_has_content, rows))


def _known_headers(spreadsheet: Spreadsheet, name: SheetName, options: TableOptions) -> int:
    with closing(spreadsheet.rows(name.title)) as rows:
        header = find_header(list(islice(filter(_has_content, rows), ROWS_LOOKED_AT)), options.knows)
    return header.known if header else 0


def _unread_sheets(spreadsheet: Spreadsheet, read: SheetName) -> list[str]:
    others = [name for name in spreadsheet.names if name != read and _has_data(spreadsheet, name)]
    if not others:
        return []
    listed = ", ".join(name.title + (" (hidden)" if name.hidden else "") for name in others)
    what = "1 other sheet with data was" if len(others) == 1 else f"{len(others)} other sheets with data were"
    return [f"Only the sheet {read.title} was read; {what} not read: {listed}"]


def _said_of(header: Header) -> list[str]:
    notes = []
    if header.above:
        shown = [text[:_LONGEST_SHOWN] for text in header.above[:_SHOWN]]
        more = f" and {len(header.above) - _SHOWN} more" if len(header.above) > _SHOWN else ""
        notes.append(f"The header is row {header.line}; above it, not read: {'; '.join(shown)}{more}")
    if len(header.rows) > 1:
        notes.append(f"The header has {len(header.rows)} rows, from row {header.line}.")
    if header.numbered:
        notes.append(f"Row {header.last_line} numbers the columns and is not read.")
    return notes
