"""`provenance identify`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

import typer

from provenance.cli.context import FormatOption, OutOption, context_of, printer
from provenance.cli.values import day
from provenance.core.vocabulary import OutputFormat

if TYPE_CHECKING:
    from provenance.cli.intake import Progress
    from provenance.cli.render import Answer, Section
    from provenance.queries.identification import Identified, KnowledgeState


def register(app: typer.Typer) -> None:
    """Adds this group's commands."""
    app.command("identify")(identify)
    app.command("read-markings")(read_markings)


def identify(
    context: typer.Context,
    text: Annotated[
        list[str] | None,
        typer.Argument(help="The marking; all words are one marking. Without words it asks."),
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--file", help="One marking a line, | between its lines; - is stdin.")
    ] = None,
    made_by: Annotated[
        str | None,
        typer.Option("--made-by", help="A day by which the part was made, such as that of its recovery."),
    ] = None,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Say what a marking is: maker, part, date of manufacture, each with its reason.

    A shell takes # for a comment: quote the marking, or type it when asked.

    Example: provenance identify 'ADM3202 ARNZ #2135'
    """
    from provenance.cli.collector import collector_paused
    from provenance.queries.identification import fetch_identified, fetch_knowledge_state

    latest = day("--made-by", made_by, first=False)
    found = []
    with context_of(context).reading() as session, collector_paused(), _counted(text, file) as on_progress:
        for each in fetch_identified(session, _markings(text, file), latest=latest):
            found.append(each)
            on_progress(len(found))
        state = fetch_knowledge_state(session)
    printer(format, out).print(_answer(found, state))


def read_markings(
    context: typer.Context, format: FormatOption = OutputFormat.TABLE, out: OutOption = None
) -> None:
    """Read the markings of all components anew, as an import does.

    Who made a component and what it is are read where no source states a part number, its date, kind and
    customs code wherever none is stated. Worth doing when the parts catalogue or the lists have grown.
    Earlier readings are taken back and stay on record; published and confirmed statements are not touched.

    Example: provenance read-markings
    """
    from provenance.cli.imports import readings_section
    from provenance.cli.render import Answer
    from provenance.importing.readings import read_all

    summary = read_all(context_of(context).workspace().job())
    answer = Answer("provenance.read-markings/1", [asdict(summary)], [readings_section(summary)])
    printer(format, out).print(answer)


def _counted(words: list[str] | None, file: Path | None) -> AbstractContextManager[Progress]:
    """A count of the markings of a list that are answered; of one marking nothing is shown."""
    from provenance.cli.intake import progress

    if file is not None and str(file) != "-":
        return progress(file.name)
    if words or sys.stdin.isatty():
        return nullcontext(lambda _rows: None)
    return progress("standard input")


def _markings(words: list[str] | None, file: Path | None) -> Iterator[str]:
    from provenance.core.errors import UsageError

    if words and file:
        raise UsageError("Give a marking or a --file, not both")
    if words:
        yield " ".join(words)
    elif file is not None and str(file) != "-":
        yield from _lines_of(file)
    elif file is None and sys.stdin.isatty():
        yield typer.prompt("Marking")
    else:
        yield from _decoded(sys.stdin.buffer, "standard input")


def _lines_of(file: Path) -> Iterator[str]:
    from provenance.core.errors import BadInput

    try:
        with file.open("rb") as stream:
            yield from _decoded(stream, file.name)
    except OSError as error:
        raise BadInput(f"cannot be read: {error.strerror}", file=str(file)) from None


def _decoded(stream: BinaryIO, name: str) -> Iterator[str]:
    """The lines of a stream; only a line end ends one, not the control characters that a marking may hold."""
    from provenance.core.errors import BadInput

    for number, line in enumerate(stream, start=1):
        try:
            yield line.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
        except UnicodeDecodeError:
            hint = "Save the list as UTF-8 and try again."
            raise BadInput("not UTF-8", file=name, line=number, hint=hint) from None


def _answer(found: list[Identified], state: KnowledgeState) -> Answer:
    from provenance.cli.render import Answer, Section

    rows = [_row(each) for each in found]
    sections = [section for row in rows for section in _sections(row)]
    learned = (
        "Goes by marking rules from the editors' memory, unverified, the parts catalogue, and"
        f" {state.learned_pairs:,} markings of known makers in this database."
    )
    lines = ["", learned, "A reading is a candidate, never a finding."]
    if state.marked_components and not state.is_learned:
        lines.append(
            "This version of the program has not learned from them yet: provenance read-markings does."
        )
    sections.append(Section("", lines=lines))
    return Answer("provenance.identify/1", rows, sections, fields={"knowledge": asdict(state)})


def _row(each: Identified) -> dict[str, Any]:
    row = asdict(each)
    row["dates"] = [{"from": reading.pop("from_"), **reading} for reading in row["dates"]]
    return row


def _sections(row: dict[str, Any]) -> list[Section]:
    from provenance.cli.render import Column, Section

    if not row["candidates"] and not row["dates"]:
        return [Section(row["marking"] or "(blank)", lines=["Nothing is known of this marking."])]
    columns = [
        Column(
            "maker", lambda each: f"{each['maker']} ({each['owner']})" if each["owner"] else each["maker"]
        ),
        Column("part number", lambda each: str(each["mpn"] or "–")),
        Column("base part", lambda each: str(each["base_part"] or "–"), yields=2),
        Column("confidence", lambda each: str(each["confidence"])),
        Column("score", lambda each: f"{each['score']:.2f}", right=True),
    ]
    lines = [f"{each['maker']}: {each['reason']}.{_suffix_words(each)}" for each in row["candidates"]]
    lines += [f"Made {reading['from']} to {reading['to']}: {reading['reason']}." for reading in row["dates"]]
    if row["lot"]:
        lines.append(f"Lot {row['lot']}.")
    candidates = row["candidates"]
    return [Section(row["marking"], candidates, columns if candidates else (), lines)]


def _suffix_words(candidate: dict[str, Any]) -> str:
    """What of a suffix can be read, for people; nothing where it cannot."""
    said = [f"{name} {candidate[name]}" for name in ("package", "temperature", "reel") if candidate[name]]
    return f" Suffix {candidate['suffix']}: {', '.join(said)}." if said else ""
