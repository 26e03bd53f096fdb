"""`provenance log components`: fast mode, one component a line."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from provenance.cli.context import context_of
from provenance.cli.file_options import EncodingOption
from provenance.cli.forms.language import mark
from provenance.cli.log.options import LanguageOption
from provenance.core.errors import BadInput
from provenance.core.vocabulary import OutputFormat

if TYPE_CHECKING:
    from provenance.cli.forms.language import Translation
    from provenance.services.component_lines import ComponentLines
    from provenance.services.contracts.entries import LineRow

HELP = mark(
    "One component per line: unit | marking | pieces | note. A tab or ; also separates; a line without"
    ' separators is a marking; // separates the lines of a marking; " repeats the unit above.'
    " Commands: undo, end, help."
)
LOGGING = mark("Logging components of {title}.")
COUNTED = mark("{logged} logged, {known} already logged, {undone} withdrawn, {bad} not understood.")
KNOWN = mark("already logged")
UNDONE = mark("withdrawn")
NOTHING_TO_UNDO = mark("There is nothing to undo.")
BAD_LINE = mark("Not logged: {reason}")
AGAIN = mark("Some lines were logged by an earlier run. If they are different components, add --batch NAME.")

_Bad = list[tuple[int, str]]


def register_log(log: typer.Typer) -> None:
    """Adds the command to the group."""
    log.command("components")(components)


def components(
    context: typer.Context,
    recovery: Annotated[str, typer.Option("--recovery", help="Reference of the recovery they were in.")],
    file: Annotated[
        Path | None, typer.Option("--file", help="Read the lines from this file instead of stdin.")
    ] = None,
    batch: Annotated[
        str,
        typer.Option(
            "--batch", help="Name of this list; the same line in another list is another component."
        ),
    ] = "",
    encoding: EncodingOption = None,
    language: LanguageOption = None,
    format: Annotated[
        OutputFormat, typer.Option("--format", help="table: one line each; jsonl: one object a line.")
    ] = OutputFormat.TABLE,
) -> None:
    """Log components as fast as they can be typed: unit | marking | pieces | note, each saved at once.

    The word undo withdraws the last one. Lines from a file or pipe can be given again after an interruption:
    a line that was logged is recognised and not logged twice.

    Example: provenance log components --recovery R-7K3M9-Q2X4H --file board2.txt
    """
    from provenance.cli.forms.language import translation
    from provenance.cli.forms.prompt import is_terminal
    from provenance.services.component_lines import ComponentLines
    from provenance.services.contracts.entries import LinesRequest

    typed = file is None and is_terminal()
    translate = translation(language)
    request = LinesRequest(recovery=recovery, batch=None if typed else batch)
    log = ComponentLines(context_of(context).workspace(), request)
    typer.echo(_printable(translate(LOGGING, title=log.title)), err=True)
    bad: _Bad = []
    if typed:
        _log_typed(log, translate, format)
    else:
        _log_lines(log, translate, format, _lines(file, encoding), bad)
    _show_counts(log, translate)
    if bad:
        _refuse(bad, file)


def _show_counts(log: ComponentLines, translate: Translation) -> None:
    from provenance.services.contracts.entries import Fate

    logged, known, undone = map(log.count, (Fate.LOGGED, Fate.KNOWN, Fate.UNDONE))
    typer.echo(translate(COUNTED, logged=logged, known=known, undone=undone, bad=log.rejected), err=True)
    if known:
        typer.echo(translate(AGAIN), err=True)


def _log_typed(log: ComponentLines, translate: Translation, format: OutputFormat) -> None:
    from provenance.cli.forms.prompt import prompt_here
    from provenance.fields.lines import command

    prompt = prompt_here()
    prompt.show(translate(HELP))
    while True:
        try:
            text = prompt.ask("> ")
        except typer.Abort:
            return
        if command(text) == "end":
            return
        if command(text) == "help":
            prompt.show(translate(HELP))
        elif reason := _log(log, text, translate, format):
            prompt.show(_printable(translate(BAD_LINE, reason=reason)))


def _log_lines(
    log: ComponentLines, translate: Translation, format: OutputFormat, lines: Iterator[str], bad: _Bad
) -> None:
    from provenance.fields.lines import command

    for number, text in enumerate(lines, start=1):
        if command(text) == "end":
            break
        if reason := _log(log, text, translate, format):
            bad.append((number, reason))


def _lines(file: Path | None, encoding: str | None) -> Iterator[str]:
    if file is None:
        sys.stdin.reconfigure(encoding="utf-8-sig")  # type: ignore[union-attr]  # a real stdin can be reconfigured
        yield from sys.stdin
        return
    from provenance.cli.views.cells import show_layout_notes
    from provenance.services.line_files import lines_of

    read = lines_of(file, encoding)
    show_layout_notes(read.notes)
    yield from read.lines


_BY_ITSELF = "; if it is correct: provenance log component … --confirm-odd"
"""What to do with an unlikely line, which this command does not take."""


def _log(log: ComponentLines, text: str, translate: Translation, format: OutputFormat) -> str:
    """Logs one line and prints the outcome; the reason where it could not be used."""
    from provenance.fields.lines import is_blank

    if is_blank(text):
        return ""
    try:
        result = log.log(text)
    except BadInput as error:
        return f"{error.message}{_BY_ITSELF}" if error.code == "odd" else error.message
    for row, shown in zip(result.rows, result.document()["rows"], strict=True):
        typer.echo(
            _line(row, translate) if format is OutputFormat.TABLE else json.dumps(shown, ensure_ascii=False)
        )
    return ""


def _line(row: LineRow, translate: Translation) -> str:
    from provenance.services.contracts.entries import Fate

    if row.fate is Fate.NOTHING_TO_UNDO:
        return translate(NOTHING_TO_UNDO)
    fate = {Fate.KNOWN: translate(KNOWN), Fate.UNDONE: translate(UNDONE)}.get(row.fate, "")
    marking = (row.marking or "–").replace("\n", " / ")
    cells = [row.component_ref or "", row.unit or "", marking, row.best or "", fate, row.note or ""]
    return _printable("  ".join(cell for cell in cells if cell))


def _printable(text: str) -> str:
    from provenance.text.folding import printable

    return printable(text)


def _refuse(bad: _Bad, file: Path | None) -> None:
    (line, reason), *more = bad
    hint = [f"line {number}: {text}" for number, text in more]
    hint.append("The other lines are logged. Correct these and give the whole file again.")
    raise BadInput(reason, file=file.name if file else "stdin", line=line, hint="\n".join(hint))
