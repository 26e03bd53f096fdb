"""The only printer: answers as table, JSON, JSON lines or CSV, each with its basis."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, is_dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from provenance.cli.views.basis import basis_lines
from provenance.core.basis import Basis
from provenance.core.errors import BadInput
from provenance.core.vocabulary import OutputFormat
from provenance.text.folding import printable

if TYPE_CHECKING:
    from provenance.services.contracts.base import Result

ResultT = TypeVar("ResultT", bound="Result")

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_GAP = 2
_REFERENCE = len("C-7K3M9-Q2X4H")
_PIPE_WIDTH = 200
_SPARKS = "▁▂▃▄▅▆▇█"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table for people: header, what to show of a row, and on which side.

    Where the window is too narrow for all, the columns with the highest ``yields`` give way first;
    one with 0 never does.
    """

    header: str
    show: Callable[[dict[str, Any]], str]
    right: bool = False
    yields: int = 0


@dataclass(slots=True)
class Section:
    """A part of an answer for people: a title and either a table of rows or lines of text."""

    title: str
    rows: Sequence[dict[str, Any]] = ()
    columns: Sequence[Column] = ()
    lines: Sequence[str] = ()


@dataclass(slots=True)
class Answer:
    """What a command answers: rows for programs, sections for people, and the basis of both.

    ``schema`` is ``provenance.<command>/<version>``. Extra ``fields`` stand beside the rows in JSON.
    """

    schema: str
    rows: list[dict[str, Any]]
    sections: list[Section]
    basis: Basis | None = None
    fields: dict[str, Any] = field(default_factory=dict)


def plain(value: Any) -> Any:
    """Anything an answer holds as JSON knows it; an empty text is null, the unknown.

    A blank marking stays blank: nothing is unknown about it.
    """
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, dict):
        return {str(name): part if name == "marking" else plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    if isinstance(value, date | datetime):
        return value.isoformat()
    return None if value == "" else value


def sparkline(counts: Sequence[int]) -> str:
    """Counts as a line of blocks, the tallest being the greatest; nothing where there is nothing."""
    highest = max(counts, default=0)
    if not highest:
        return ""
    return "".join(" " if not count else _SPARKS[(count * len(_SPARKS) - 1) // highest] for count in counts)


class Printer:
    """Prints answers to the streams, or to a file with its basis beside it."""

    def __init__(
        self,
        format: OutputFormat,
        out: Path | None = None,
        *,
        explain: bool = False,
        width: int | None = None,
    ) -> None:
        self._format = format
        self._explain = explain
        self._out = out
        self._width = width

    def print(self, answer: Answer) -> None:
        """Prints one answer.

        Raises:
            BadInput: the file cannot be written.
        """
        if self._out is None:
            self._to_streams(answer)
        else:
            self._to_file(answer, self._out)

    def show(self, result: ResultT, view: Callable[[ResultT], Sequence[Section]]) -> None:
        """Prints a result: for people what the view makes of it, for programs the result itself.

        Raises:
            BadInput: the file cannot be written.
        """
        document = result.document()
        fields = {name: document[name] for name in document if name not in ("schema", "basis", "rows")}
        sections = list(view(result)) if self._format is OutputFormat.TABLE else []
        self.print(Answer(result.schema_id, document["rows"], sections, result.basis, fields))

    def _to_streams(self, answer: Answer) -> None:
        if self._format is OutputFormat.TABLE:
            console = Console(highlight=False)
            if self._width or not (console.is_terminal or "COLUMNS" in os.environ):
                console = Console(highlight=False, width=self._width or _PIPE_WIDTH)
            self._tables(answer, console)
            return
        text = self._data(answer)
        if sys.stdout.isatty():
            # A file and a pipe get the data as they are; before somebody's eyes nothing of them may act.
            text = "\n".join(map(printable, text.split("\n")))
        print(text, end="")
        if answer.basis and self._format in (OutputFormat.CSV, OutputFormat.JSONL):
            error = Console(stderr=True, highlight=False)
            for line in basis_lines(answer.basis, explain=True):
                error.print(Text(printable(line)), soft_wrap=True)

    def _to_file(self, answer: Answer, out: Path) -> None:
        if self._format is OutputFormat.TABLE:
            stream = io.StringIO()
            self._tables(answer, Console(file=stream, width=self._width or _PIPE_WIDTH, highlight=False))
            text = stream.getvalue()
        else:
            text = self._data(answer)
        try:
            out.write_text(text, encoding="utf-8", newline="")
            if answer.basis:
                beside = out.with_name(out.name + ".basis.json")
                beside.write_text(
                    _json({"schema": answer.schema, "basis": plain(answer.basis)}), encoding="utf-8"
                )
        except OSError as error:
            raise BadInput(f"cannot be written: {error.strerror}", file=str(out)) from None

    def _data(self, answer: Answer) -> str:
        if self._format is OutputFormat.JSON:
            whole = {"schema": answer.schema, "basis": plain(answer.basis), **plain(answer.fields)}
            return _json({**whole, "rows": plain(answer.rows)})
        if self._format is OutputFormat.JSONL:
            return "".join(json.dumps(plain(row), ensure_ascii=False) + "\n" for row in answer.rows)
        return _csv(plain(answer.rows))

    def _tables(self, answer: Answer, console: Console) -> None:
        for place, section in enumerate(answer.sections):
            if section.title and place:
                console.print()
            if section.title:
                console.print(Text(printable(section.title), style="bold"), soft_wrap=True)
            if section.columns:
                table, hidden = _table(section, console.width)
                console.print(table)
                if named := [header for header in hidden if header.strip()]:
                    console.print(Text(f"Columns hidden (narrow terminal): {', '.join(named)}.", style="dim"))
            for line in section.lines:
                console.print(Text(printable(line)))
        if answer.basis:
            console.print()
        for line in basis_lines(answer.basis, explain=self._explain) if answer.basis else ():
            console.print(Text(line, style="dim"))


def _table(section: Section, width: int) -> tuple[Table, list[str]]:
    """The section's rows in the columns that fit, and the headers of those that do not."""
    cells = {id(column): [printable(column.show(row)) for row in section.rows] for column in section.columns}
    widths = {
        id(column): max(map(cell_len, (column.header, *cells[id(column)]))) + _GAP
        for column in section.columns
    }
    shown = list(section.columns)
    hidden: list[str] = []
    for column in sorted(section.columns, key=lambda column: -column.yields):
        if column.yields and sum(widths[id(kept)] for kept in shown) > width + _GAP:
            shown.remove(column)
            hidden.append(column.header)
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, _GAP, 0, 0))
    fitting = _fitting_widths([[column.header, *cells[id(column)]] for column in shown], width)
    for column, room in zip(shown, fitting, strict=True):
        table.add_column(
            Text(column.header), justify="right" if column.right else "left", overflow="fold", width=room
        )
    for place in range(len(section.rows)):
        table.add_row(*(Text(cells[id(column)][place]) for column in shown))
    return table, hidden[::-1]


def _fitting_widths(columns: Sequence[Sequence[str]], width: int) -> list[int]:
    """How wide each column of texts may be in a window, the widest giving way first.

    Texts are broken between words while that is enough; then within words longer than a reference, such as
    addresses; within others only where nothing else is left.
    """
    room = width - _GAP * len(columns)
    widths = [max(map(cell_len, texts)) for texts in columns]
    words = [max(cell_len(word) for text in texts for word in [*text.split(), ""]) for texts in columns]
    tight = [word if word <= _REFERENCE else _REFERENCE // 2 for word in words]
    for least in (words, tight, [1] * len(columns)):
        while sum(widths) > room and (
            able := [place for place, wide in enumerate(widths) if wide > least[place]]
        ):
            widths[max(able, key=lambda place: widths[place])] -= 1
    return widths


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _csv(rows: Sequence[dict[str, Any]]) -> str:
    flat = [_flat(row) for row in rows]
    names = list(dict.fromkeys(name for row in flat for name in row))
    lines = [_csv_line(names), *(_csv_line([_harmless(row.get(name)) for name in names]) for row in flat)]
    return "".join(lines)


def _csv_line(cells: Sequence[Any]) -> str:
    # A cell is put in quotes for the signs that end a line; with "\n" alone a "\r" would go bare and part it.
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\r\n").writerow(cells)
    return stream.getvalue().removesuffix("\r\n") + "\n"


def _flat(row: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, dict):
            flat.update(_flat(value, f"{prefix}{name}."))
        elif isinstance(value, list):
            flat[prefix + name] = json.dumps(value, ensure_ascii=False) if value else None
        else:
            flat[prefix + name] = value
    return flat


def _harmless(value: Any) -> Any:
    # A spreadsheet takes a cell that begins like this for a formula; an apostrophe makes it text.
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return "'" + value
    return value
