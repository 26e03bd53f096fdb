"""`provenance log components`: fast mode, one component a line."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from provenance.cli.asking.speech import mark
from provenance.cli.context import Context, context_of
from provenance.cli.log_entry import LanguageOption
from provenance.core.vocabulary import OutputFormat

if TYPE_CHECKING:
    from provenance.cli.asking.asker import Asker
    from provenance.cli.asking.speech import Speech
    from provenance.importing.lines import FastLog, Taken

HELP = mark(
    "One component a line: unit | marking | pieces | note. A tab or ; works too; a line without them is a"
    ' marking; // parts the lines of a marking; " is the unit above. Words: undo, end, help.'
)
LOGGING = mark("Logging components of {title}.")
COUNTED = mark("{logged} logged, {known} known before, {undone} taken back, {bad} not understood.")
KNOWN = mark("known before")
UNDONE = mark("taken back")
NOTHING_TO_UNDO = mark("There is nothing to take back.")
BAD_LINE = mark("Not logged: {reason}")
AGAIN = mark("Lines known before were logged by an earlier run. If they are other pieces, add --batch NAME.")


def register_log(log: typer.Typer) -> None:
    """Hangs the command on the group."""
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
            "--batch", help="Name of these lines; the same lines of another batch are other components."
        ),
    ] = "",
    language: LanguageOption = None,
    format: Annotated[
        OutputFormat, typer.Option("--format", help="table: a line each; jsonl: one object a line.")
    ] = OutputFormat.TABLE,
) -> None:
    """Log components as fast as they can be typed: unit | marking | pieces | note, each saved at once.

    The word undo takes the last one back. Lines out of a file or pipe can be given again: what is logged
    already is known by what it says, so that a run that broke off is finished by running it again.

    Example: provenance log components --recovery R-7K3M9-Q2X4H --file board2.txt
    """
    from provenance.cli.asking.asker import on_a_terminal
    from provenance.cli.asking.speech import speech

    typed = file is None and on_a_terminal()
    say = speech(language)
    fast = _fast_log(context_of(context), recovery, None if typed else batch)
    typer.echo(_shown(say(LOGGING, title=fast.title)), err=True)
    bad: list[tuple[int, str]] = []
    counts = _typed(fast, say, format) if typed else _piped(fast, say, format, file, bad)
    numbers = {name: counts[name] for name in ("logged", "known", "undone")}
    typer.echo(say(COUNTED, **numbers, bad=counts["bad"]), err=True)
    if counts["known"]:
        typer.echo(say(AGAIN), err=True)
    if bad:
        _refuse(bad, file)


def _fast_log(own: Context, recovery: str, batch: str | None) -> FastLog:
    from provenance.importing.lines import FastLog
    from provenance.schema.engines import reading_engine

    return FastLog(
        own.writing_engine(),
        reading_engine(own.settings.database),
        actor=own.settings.actor,
        recovery=recovery,
        batch=batch,
    )


def _typed(fast: FastLog, say: Speech, format: OutputFormat) -> Counter[str]:
    from provenance.cli.asking.asker import asker
    from provenance.fields.lines import command

    counts: Counter[str] = Counter()
    asked: Asker = asker()
    asked.tell(say(HELP))
    while True:
        try:
            text = asked.ask("> ")
        except typer.Abort:
            return counts
        if command(text) == "end":
            return counts
        if command(text) == "help":
            asked.tell(say(HELP))
        elif reason := _take(fast, text, say, format, counts):
            asked.tell(_shown(say(BAD_LINE, reason=reason)))


def _piped(
    fast: FastLog, say: Speech, format: OutputFormat, file: Path | None, bad: list[tuple[int, str]]
) -> Counter[str]:
    from provenance.fields.lines import command

    counts: Counter[str] = Counter()
    for number, text in enumerate(_lines(file), start=1):
        if command(text) == "end":
            break
        if reason := _take(fast, text, say, format, counts):
            bad.append((number, reason))
    return counts


def _lines(file: Path | None) -> Iterator[str]:
    from provenance.core.errors import BadInput

    if file is None:
        sys.stdin.reconfigure(encoding="utf-8-sig")  # type: ignore[union-attr]  # a real stdin can be told
        yield from sys.stdin
        return
    try:
        with file.open(encoding="utf-8-sig") as stream:
            yield from stream
    except OSError as error:
        raise BadInput(f"cannot be read: {error.strerror}", file=str(file)) from None
    except UnicodeDecodeError:
        raise BadInput("not UTF-8", file=file.name, hint="Save the file as UTF-8 and try again.") from None


def _take(fast: FastLog, text: str, say: Speech, format: OutputFormat, counts: Counter[str]) -> str:
    """Takes one line and echoes it; the reason where it could not be taken."""
    from provenance.core.errors import BadInput
    from provenance.fields.entries import Faults
    from provenance.fields.lines import is_blank

    if is_blank(text):
        return ""
    try:
        taken = fast.take(text)
    except (Faults, BadInput) as error:
        counts["bad"] += 1
        return error.message if isinstance(error, BadInput) else str(error)
    counts[taken.fate.name.lower()] += 1
    typer.echo(json.dumps(_row(taken), ensure_ascii=False) if format != "table" else _line(taken, say))
    return ""


def _row(taken: Taken) -> dict[str, object]:
    return asdict(taken) | {"fate": str(taken.fate)}


def _line(taken: Taken, say: Speech) -> str:
    from provenance.importing.lines import Fate

    if taken.fate is Fate.NOTHING_TO_UNDO:
        return say(NOTHING_TO_UNDO)
    fate = {Fate.KNOWN: say(KNOWN), Fate.UNDONE: say(UNDONE)}.get(taken.fate, "")
    cells = [taken.component_ref or "", taken.unit or "", taken.marking or "–", taken.best or "", fate]
    return _shown("  ".join(cell for cell in cells if cell))


def _shown(text: str) -> str:
    from provenance.text.folding import printable

    return printable(text)


def _refuse(bad: list[tuple[int, str]], file: Path | None) -> None:
    from provenance.core.errors import BadInput

    (line, reason), *more = bad
    hint = [f"line {number}: {text}" for number, text in more]
    hint.append("The other lines are logged; mend these and give the whole again.")
    raise BadInput(reason, file=file.name if file else "stdin", line=line, hint="\n".join(hint))
