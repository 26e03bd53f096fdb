"""The road that every entry of `provenance log` takes: flags, form, doubts, one transaction, a reference."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from provenance.cli.context import Context, printer
from provenance.core.vocabulary import OutputFormat, Tlp

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from provenance.cli.asking.form import Form
    from provenance.cli.asking.guide import Guide
    from provenance.cli.render import Answer
    from provenance.domain.journal import Author, Entry, Logged
    from provenance.fields.entries import Kind
    from provenance.importing.marking_reader import MarkingDesk
    from provenance.schema.session import Session

YesOption = Annotated[
    bool, typer.Option("--yes", help="A date in the future is right as it is; ask no such question.")
]
GuidedOption = Annotated[
    bool, typer.Option("--guided", help="Ask for what the flags leave open, on a terminal or line by line.")
]
LanguageOption = Annotated[
    str | None, typer.Option("--language", help="Language of the form: en or uk; else that of LANG.")
]
TlpOption = Annotated[
    str | None,
    typer.Option("--tlp", help=f"Traffic Light Protocol 2.0: {', '.join(Tlp)}. No mark counts as AMBER."),
]
CredibilityOption = Annotated[
    str | None,
    typer.Option("--credibility", help="Admiralty credibility, 1 to 6. Left out: not assessed."),
]
NoteOption = Annotated[str | None, typer.Option("--note", help="Anything else.")]
PlaceOption = Annotated[
    str | None, typer.Option("--place", help="A name, 49.9935, 36.2304, 49°59'36\"N 36°13'49\"E, or MGRS.")
]
PositionOption = Annotated[str | None, typer.Option("--position", help="A position beside a place's name.")]
PrecisionOption = Annotated[
    str | None, typer.Option("--precision", help="How far off the position may be, in metres.")
]
CountryOption = Annotated[str | None, typer.Option("--country", help="Country of the place.")]
LabelOption = Annotated[str | None, typer.Option("--label", help="What to call it; else made of the rest.")]

Write = Callable[["Session", "Author", "Entry"], "Logged"]


@dataclass(frozen=True, slots=True)
class Manner:
    """How a command was asked to go about it."""

    guided: bool
    language: str | None
    yes: bool
    format: OutputFormat
    out: Path | None


class EntryDesk:
    """Takes one entry of a kind from words to a reference."""

    def __init__(self, context: Context, kind: Kind, manner: Manner) -> None:
        from provenance.schema.engines import reading_engine

        self._kind = kind
        self._manner = manner
        self._actor = context.settings.actor
        self._engine = context.writing_engine()
        self.reading: Engine = reading_engine(context.settings.database)
        self.asked = False
        self._form: Form | None = None

    def texts(self, given: Mapping[str, str | None], *, lacking: bool) -> dict[str, str]:
        """The cells as given, and as answered where the form is called for."""
        from provenance.cli.asking.asker import on_a_terminal

        said = {name: text for name, text in given.items() if text is not None}
        if not (self._manner.guided or (lacking and on_a_terminal())):
            self._refuse_silence(said)
            return said
        self.asked = True
        return self._guide(said).ask(self._kind, said)

    def _refuse_silence(self, said: Mapping[str, str]) -> None:
        """A command without a word is a slip in a script: its record would count and say nothing."""
        from provenance.core.errors import UsageError
        from provenance.fields.entries import Kind

        if self._kind in (Kind.RECOVERY, Kind.SEIZURE) and not said.keys() - {"kind", "extent"}:
            raise UsageError(
                f"Nothing is said of this {self._kind}",
                hint="Give what is known, if only a --label or a --note; or --guided to be asked.",
            )

    def _guide(self, said: Mapping[str, str]) -> Guide:
        from provenance.cli.asking.defaults import form_for
        from provenance.cli.asking.guide import Guide

        self._form = form_for(self.reading, self._actor, self._kind, self._manner.language, said)
        return Guide(self._form, self.reading, self._marking_desk())

    def _marking_desk(self) -> MarkingDesk | None:
        from provenance.fields.entries import Kind
        from provenance.importing.marking_reader import MarkingDesk

        return MarkingDesk(self.reading) if self._kind is Kind.COMPONENT else None

    def entry(self, texts: Mapping[str, str]) -> Entry:
        """The entry, read and free of doubts.

        Raises:
            BadInput: a cell cannot be read, or a date in the future was not meant.
        """
        from provenance.core.errors import BadInput
        from provenance.domain.journal import entry_of, future_dates
        from provenance.fields.entries import Faults

        try:
            entry = entry_of(self._kind, texts)
        except Faults as faults:
            first, *more = (f"{name}: {reason}" for name, reason in faults.faults.items())
            raise BadInput(first, hint="\n".join([*more, *self._hints(faults.faults)])) from None
        doubts = [] if self._manner.yes else future_dates(entry, date.today())
        if doubts and not (self._form and all(self._form.confirm_future(*doubt) for doubt in doubts)):
            dates = ", ".join(f"{name} {text}" for name, text in doubts)
            raise BadInput(f"{dates}: lies in the future", hint="If it is right as it is, add --yes.")
        return entry

    def _hints(self, faults: Mapping[str, str]) -> list[str]:
        needed = [f"--{name.replace('_', '-')}" for name, reason in faults.items() if "needed" in reason]
        return [f"Give {', '.join(needed)}, or --guided to be asked."] if needed else []

    def write(self, entry: Entry, write: Write) -> Logged:
        """Writes the entry in one transaction."""
        from provenance.domain.journal import author_of
        from provenance.schema.session import writing

        with writing(self._engine) as session:
            return write(session, author_of(session, self._actor), entry)

    def announce(self, logged: Logged, **more: Any) -> None:
        """Prints the reference, and on stderr what could not be settled."""
        from provenance.text.folding import printable

        for note in logged.notes:
            typer.echo(f"Note: {printable(note)}", err=True)
        printer(self._manner.format, self._manner.out).print(_answer(self._kind, logged, more))


def log_entry(
    context: Context, kind: Kind, given: Mapping[str, str | None], manner: Manner, write: Write
) -> None:
    """The whole road for a kind that needs nothing special."""
    desk = EntryDesk(context, kind, manner)
    texts = desk.texts(given, lacking=is_lacking(kind, given))
    desk.announce(desk.write(desk.entry(texts), write))


def given_cells(context: typer.Context, kind: Kind) -> dict[str, str | None]:
    """The options of a command that are cells of an entry, by name, as they were typed."""
    from provenance.fields.entries import CELLS

    return {cell.name: context.params[cell.name] for cell in CELLS[kind] if cell.name in context.params}


def is_lacking(kind: Kind, given: Mapping[str, str | None]) -> bool:
    """Whether flags alone make no entry: nothing is said at all, or what is required is missing."""
    from provenance.fields.entries import CELLS

    said = {name for name, text in given.items() if text is not None}
    required = {cell.name for cell in CELLS[kind] if cell.required}
    return not said - {"kind", "extent", *required} if kind != "unit" else not required <= said


def _answer(kind: Kind, logged: Logged, more: Mapping[str, Any]) -> Answer:
    from provenance.cli.render import Answer, Section

    row = {
        "kind": str(kind),
        "ref": logged.ref,
        "title": logged.title,
        "known": logged.known,
        "notes": list(logged.notes),
        **more,
    }
    known = "  (known before)" if logged.known else ""
    return Answer("provenance.log/1", [row], [Section("", lines=[f"{logged.ref}  {logged.title}{known}"])])
