"""`provenance identify`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from provenance.cli.context import FormatOption, OutOption, context_of, printer
from provenance.cli.file_options import EncodingOption
from provenance.cli.values import day
from provenance.core.vocabulary import OutputFormat

if TYPE_CHECKING:
    from provenance.cli.progress import Progress


def identify(
    context: typer.Context,
    text: Annotated[
        list[str] | None,
        typer.Argument(help="The marking; all words are one marking. Without words, you are asked for it."),
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option("--file", help="A list, one marking per line, with | between its lines; - is stdin."),
    ] = None,
    made_by: Annotated[
        str | None,
        typer.Option("--made-by", help="A date by which the part was made, such as that of its recovery."),
    ] = None,
    encoding: EncodingOption = None,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Identify a marking: maker, part and date of manufacture, each with the reason.

    A shell reads # as a comment: quote the marking, or type it when asked.

    Example: provenance identify 'ADM3202 ARNZ #2135'
    """
    from provenance.cli.collector import collector_paused
    from provenance.cli.views.identification import identification_view
    from provenance.services import identification
    from provenance.services.contracts.identification import IdentifyRequest

    latest = day("--made-by", made_by, first=False)
    with collector_paused():
        request = IdentifyRequest(markings=tuple(_markings(text, file, encoding)), made_by=latest)
        with _counted(text, file) as on_progress:
            result = identification.identify(context_of(context).workspace(), request, on_progress)
        printer(format, out).show(result, identification_view)


def _counted(words: list[str] | None, file: Path | None) -> AbstractContextManager[Progress]:
    """A count of the markings of a list that are answered; for a single marking nothing is shown."""
    from provenance.cli.progress import progress

    if file is not None and str(file) != "-":
        return progress(file.name)
    if words or sys.stdin.isatty():
        return nullcontext(lambda _rows: None)
    return progress("standard input")


def _markings(words: list[str] | None, file: Path | None, encoding: str | None) -> Iterator[str]:
    from provenance.core.errors import UsageError

    if words and file:
        raise UsageError("Give either a marking or --file, not both")
    if words:
        yield " ".join(words)
    elif file is not None and str(file) != "-":
        yield from _lines_of(file, encoding)
    elif file is None and sys.stdin.isatty():
        yield typer.prompt("Marking")
    else:
        yield from _decoded(sys.stdin.buffer, "standard input")


def _lines_of(file: Path, encoding: str | None) -> Iterator[str]:
    from provenance.cli.views.cells import show_layout_notes
    from provenance.services.line_files import lines_of

    read = lines_of(file, encoding)
    show_layout_notes(read.notes)
    return (line.rstrip("\r\n") for line in read.lines)


def _decoded(stream: BinaryIO, name: str) -> Iterator[str]:
    """The lines of a stream; only a line end ends one, not the control characters that a marking may hold."""
    from provenance.core.errors import BadInput

    for number, line in enumerate(stream, start=1):
        try:
            yield line.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
        except UnicodeDecodeError:
            hint = "Save the list as UTF-8 and try again."
            raise BadInput("not UTF-8", file=name, line=number, hint=hint) from None
