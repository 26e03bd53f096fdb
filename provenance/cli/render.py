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

from rich.console import Console
from rich.text import Text

from provenance.cli.speech.language import said
from provenance.cli.views.basis import basis_lines
from provenance.cli.views.tables import Column, Section, hanging, shown_text, sparkline, table
from provenance.core.basis import Basis
from provenance.core.errors import BadInput, UsageError
from provenance.core.vocabulary import OutputFormat
from provenance.text.folding import printable

if TYPE_CHECKING:
    from provenance.services.contracts.base import Result

__all__ = ["Column", "Printer", "Section", "plain", "sparkline"]

ResultT = TypeVar("ResultT", bound="Result")

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_PIPE_WIDTH = 200
_ONE_LINE = 1_000_000
"""Wide enough for any statement of a basis to stay on one line, for programs that read stderr."""


@dataclass(slots=True)
class _Answer:
    """A result ready to print: rows for programs, sections for people, and the basis of both.

    ``schema`` is ``provenance.<command>/<version>``. Extra ``fields`` come before the rows in JSON.
    """

    schema: str
    rows: list[dict[str, Any]]
    sections: list[Section]
    basis: Basis | None = None
    fields: dict[str, Any] = field(default_factory=dict)


def plain(value: Any) -> Any:
    """Any value of an answer as JSON; an empty text is null, the unknown. A blank marking stays blank: it is
    known to be blank.
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


class Printer:
    """Prints answers to the streams, or to a file with its basis beside it.

    ``columns`` are the columns of tables and CSV to print, by header or key, in their order; None is all
    that fit.
    """

    def __init__(
        self,
        format: OutputFormat,
        out: Path | None = None,
        *,
        explain: bool = False,
        columns: Sequence[str] | None = None,
        width: int | None = None,
    ) -> None:
        if columns and format in (OutputFormat.JSON, OutputFormat.JSONL):
            raise UsageError(f"--columns does not apply to --format {format}, which has fixed keys")
        self._format = format
        self._explain = explain
        self._out = out
        self._columns = [_name(column) for column in columns] if columns else None
        self._width = width

    def show(self, result: ResultT, view: Callable[[ResultT], Sequence[Section]]) -> None:
        """Prints a result: for people what the view makes of it, for programs the result itself.

        Raises:
            BadInput: the file cannot be written.
            UsageError: the answer has none of the columns asked for.
        """
        answer = self._answer(result, view)
        if self._out is None:
            self._to_streams(answer)
        else:
            self._to_file(answer, self._out)

    def _answer(self, result: ResultT, view: Callable[[ResultT], Sequence[Section]]) -> _Answer:
        document = result.document()
        fields = {name: document[name] for name in document if name not in ("schema", "basis", "rows")}
        sections = list(view(result)) if self._format is OutputFormat.TABLE else []
        return _Answer(result.schema_id, document["rows"], sections, result.basis, fields)

    def _to_streams(self, answer: _Answer) -> None:
        if self._format is OutputFormat.TABLE:
            console = Console(highlight=False)
            if self._width or not (console.is_terminal or "COLUMNS" in os.environ):
                console = Console(highlight=False, width=self._width or _PIPE_WIDTH)
            self._tables(answer, console)
            return
        text = self._data(answer)
        if sys.stdout.isatty():
            # A file and a pipe get the data unchanged; on a terminal control characters must have no effect.
            text = "\n".join(map(printable, text.split("\n")))
        print(text, end="")
        if answer.basis and self._format in (OutputFormat.CSV, OutputFormat.JSONL):
            error = Console(stderr=True, highlight=False)
            for line in basis_lines(answer.basis, explain=True, width=_ONE_LINE):
                error.print(Text(printable(line)), soft_wrap=True)

    def _to_file(self, answer: _Answer, out: Path) -> None:
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

    def _data(self, answer: _Answer) -> str:
        if self._format is OutputFormat.JSON:
            whole = {"schema": answer.schema, "basis": plain(answer.basis), **plain(answer.fields)}
            return _json({**whole, "rows": plain(answer.rows)})
        if self._format is OutputFormat.JSONL:
            return "".join(json.dumps(plain(row), ensure_ascii=False) + "\n" for row in answer.rows)
        return _csv(plain(answer.rows), self._columns)

    def _tables(self, answer: _Answer, console: Console) -> None:
        sections = _chosen(answer.sections, self._columns) if self._columns else answer.sections
        for place, section in enumerate(sections):
            if section.title and place:
                console.print()
            if section.title:
                console.print(Text(shown_text(said(section.title)), style="bold"), soft_wrap=True)
            if section.columns:
                made, hidden = table(section, console.width, hide=self._columns is None)
                console.print(made)
                if named := [header for header in hidden if header.strip()]:
                    console.print(Text(_hidden(named), style="dim"))
            for line in section.lines:
                for part in hanging(shown_text(said(line)), console.width):
                    console.print(Text(part))
        if answer.basis:
            console.print()
        wide = console.width
        for line in basis_lines(answer.basis, explain=self._explain, width=wide) if answer.basis else ():
            console.print(Text(printable(line), style="dim"), soft_wrap=True)


def _hidden(headers: Sequence[str]) -> str:
    names = ", ".join(headers)
    return said(f"Columns hidden (narrow terminal): {names}. `--columns` or `--format csv` shows them.")


def _name(column: str) -> str:
    """A column's header or key as it is compared: case, spaces and underscores make no difference."""
    return " ".join(column.replace("_", " ").split()).casefold()


def _chosen(sections: Sequence[Section], names: Sequence[str]) -> list[Section]:
    """The sections with the columns asked for; a table that has none of them is left out."""
    headers = [column.header for section in sections for column in section.columns if column.header]
    _refuse_unknown(names, headers)
    found: list[Section] = []
    for section in sections:
        by_name = {
            _name(name): column for column in section.columns for name in (column.title, column.header)
        }
        columns = [by_name[name] for name in names if name in by_name]
        if columns or not section.columns:
            found.append(Section(section.title, section.rows, columns, section.lines))
    return found


def _refuse_unknown(names: Sequence[str], headers: Sequence[str]) -> None:
    known = {_name(name) for header in headers for name in (header, said(header))}
    if known and (unknown := [name for name in names if name not in known]):
        listed = ", ".join(dict.fromkeys(headers))
        raise UsageError(f"--columns: there is no column {', '.join(unknown)}; there are {listed}")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _csv(rows: Sequence[dict[str, Any]], columns: Sequence[str] | None = None) -> str:
    flat = [_flat(row) for row in rows]
    names = list(dict.fromkeys(name for row in flat for name in row))
    if columns:
        _refuse_unknown(columns, names)
        by_name = {_name(name): name for name in names}
        names = [by_name[column] for column in columns if column in by_name]
    lines = [_csv_line(names), *(_csv_line([_harmless(row.get(name)) for name in names]) for row in flat)]
    return "".join(lines)


def _csv_line(cells: Sequence[Any]) -> str:
    # A cell is quoted for the characters that end a line; with "\n" alone a "\r" would be left bare.
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
