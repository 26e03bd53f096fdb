"""`provenance trace open`, `request`, `received`, `answer`, `due` and `close`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from provenance.cli.completion import firms
from provenance.cli.context import Context, FormatOption, MaxTlpOption, OutOption, context_of, printer
from provenance.core.vocabulary import OutputFormat
from provenance.core.vocabulary.tracing import ANSWER_DAYS, RequestKind, RequestState, TraceOutcome

if TYPE_CHECKING:
    from provenance.cli.render import Answer
    from provenance.sources.records import ShipmentRecord
    from provenance.tracing.requests import Request

_FINISHED = (RequestState.ANSWERED, RequestState.NO_REPLY, RequestState.CLOSED)

RequestArgument = Annotated[str, typer.Argument(metavar="REQUEST", help="The request's reference, Y-…")]


def register_trace(trace: typer.Typer) -> None:
    """Hangs the commands on the group."""
    trace.command("open")(open_)
    trace.command("request")(request)
    trace.command("received")(received)
    trace.command("answer")(answer)
    trace.command("due")(due)
    trace.command("close")(close)


def open_(
    context: typer.Context,
    component: Annotated[str, typer.Argument(help="The component: its reference or record key.")],
    reason: Annotated[str | None, typer.Option("--reason", help="Why this one is traced.")] = None,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Open the trace of a component; one that is open already is shown.

    Example: provenance trace open gur-5273 --reason "recent date code"
    """
    from provenance.cli.render import Answer, Section
    from provenance.schema.session import writing
    from provenance.tracing.requests import open_trace

    own = context_of(context)
    with writing(own.writing_engine()) as session:
        _number, ref, new = open_trace(
            session, component, actor=own.settings.actor, today=date.today(), reason=reason
        )
    line = f"Opened {ref}." if new else f"{ref} is open already."
    lines = [line, f"Next: provenance trace request {ref} FIRM --letter LETTER.md"]
    row = {"trace": ref, "new": new, "component": component}
    printer(format, out).print(Answer("provenance.trace-open/1", [row], [Section("", lines=lines)]))


def request(
    context: typer.Context,
    of: Annotated[str, typer.Argument(metavar="TRACE", help="The trace's reference, or its component.")],
    firm: Annotated[
        str, typer.Argument(help="The maker or distributor that is asked.", autocompletion=firms)
    ],
    kind: Annotated[
        RequestKind, typer.Option("--kind", help="To ask where it went, or to offer a right of reply.")
    ] = RequestKind.TRACE,
    ask: Annotated[
        str | None, typer.Option("--ask", help="A question of your own, besides the usual.")
    ] = None,
    days: Annotated[
        int, typer.Option("--days", min=1, max=366, help="Days to answer, counted from receipt.")
    ] = ANSWER_DAYS,
    sent: Annotated[str | None, typer.Option("--sent", help="Day it was sent; else it is a draft.")] = None,
    received_: Annotated[
        str | None, typer.Option("--received", help="Day it was received; the clock runs from then.")
    ] = None,
    letter: Annotated[
        list[Path] | None,
        typer.Option("--letter", help="Write the letter to this file, .md or .html; repeatable."),
    ] = None,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Write a request to a maker or distributor, with the markings and context that it needs.

    Example: provenance trace request gur-5273 u-blox --letter request.md --letter request.html
    """
    from provenance.cli.values import day
    from provenance.letters.trace_request import draft_letter
    from provenance.queries.names import organization_named
    from provenance.schema.session import writing
    from provenance.tracing.requests import open_trace, requests, trace_number, write_request

    for path in letter or []:
        _check_suffix(path)
    own, today = context_of(context), date.today()
    with writing(own.writing_engine()) as session:
        number = trace_number(session, of)
        if number is None:
            number = open_trace(session, of, actor=own.settings.actor, today=today)[0]
        written = write_request(
            session, number, organization_named(session, firm),
            actor=own.settings.actor, today=today, kind=kind, asked=ask,
            sent=day("--sent", sent, first=True), received=day("--received", received_, first=True),
            days=days,
        )  # fmt: skip
        (found,) = requests(session, today, numbers=[written])
        text = draft_letter(session, found, ask)
        for path in letter or []:
            _write(path, text.html() if path.suffix.lower() == ".html" else text.markdown())
    if not letter and format is OutputFormat.TABLE and out is None:
        from provenance.cli.render import Answer, Section

        lines = [f"{found.ref} is on record as {found.state}.", "", *text.markdown().splitlines()]
        row = {"request": found.ref, "state": found.state}
        printer(format, out).print(Answer("provenance.trace-request/1", [row], [Section("", lines=lines)]))
        return
    printer(format, out).print(_answer("provenance.trace-request/1", [found], today))


def _check_suffix(path: Path) -> None:
    from provenance.core.errors import UsageError

    if path.suffix.lower() not in (".md", ".html"):
        raise UsageError(f"--letter {path}: a letter is .md or .html")


def _write(path: Path, text: str) -> None:
    from provenance.core.errors import BadInput

    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadInput(f"cannot be written: {error.strerror}", file=str(path)) from None


def received(
    context: typer.Context,
    ref: RequestArgument,
    on: Annotated[str | None, typer.Option("--on", help="Day it was received; else today.")] = None,
    sent: Annotated[
        str | None, typer.Option("--sent", help="Day it was sent, where that is missing.")
    ] = None,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Take note that a request was received: its clock runs from that day.

    Example: provenance trace received Y-00000-00000 --on 2026-03-02
    """
    from provenance.cli.values import day
    from provenance.schema.session import writing
    from provenance.tracing.requests import note_dates, requests

    own, today = context_of(context), date.today()
    with writing(own.writing_engine()) as session:
        number = note_dates(
            session, ref, actor=own.settings.actor, sent=day("--sent", sent, first=True),
            received=day("--on", on, first=True) or today,
        )  # fmt: skip
        found = requests(session, today, numbers=[number])
    printer(format, out).print(_answer("provenance.trace-received/1", found, today))


def answer(
    context: typer.Context,
    ref: RequestArgument,
    outcome: Annotated[TraceOutcome, typer.Argument(help="What came of it; no_reply is a state as well.")],
    on: Annotated[str | None, typer.Option("--on", help="Day of the answer; else today.")] = None,
    said: Annotated[str | None, typer.Option("--said", help="What it said, in short.")] = None,
    sold_to: Annotated[
        list[str] | None,
        typer.Option(
            "--sold-to",
            help="To whom it passed the item: NAME, or NAME|ROLE|COUNTRY|CHANNEL; repeatable.",
            autocompletion=firms,
        ),
    ] = None,
    bought_from: Annotated[
        list[str] | None,
        typer.Option("--bought-from", help="From whom it got the item; likewise.", autocompletion=firms),
    ] = None,
    in_confidence: Annotated[
        list[str] | None,
        typer.Option("--in-confidence", help="One of these names was given in confidence; repeatable."),
    ] = None,
    when: Annotated[
        str | None, typer.Option("--date", help="When the item passed on; may be partial.")
    ] = None,
    quantity: Annotated[str | None, typer.Option("--quantity", help="How many pieces passed on.")] = None,
    document: Annotated[str | None, typer.Option("--document", help="Number of the document shown.")] = None,
    role: Annotated[
        str, typer.Option("--role", help="What the answering firm was on that date: maker, broker…")
    ] = "unknown",
    transfers: Annotated[
        Path | None,
        typer.Option("--transfers", help="A CSV or XLSX list of what it told, read like `import transfers`."),
    ] = None,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Take in what came of a request: full, partial, no records, not ours, counterfeit, refused, no reply.

    The answer adds transfers with itself as their source. Names given in confidence stay out of answers,
    letters and pictures.

    Example: provenance trace answer Y-00000-00000 full --role maker --sold-to "Acme Ltd|broker|DE"
    """
    from provenance.cli.values import day
    from provenance.schema.session import writing
    from provenance.tracing.requests import requests, take_answer

    own, today = context_of(context), date.today()
    hidden = in_confidence or []
    with writing(own.writing_engine()) as session:
        number = _request_number(session, ref)
        (known,) = requests(session, today, numbers=[number])
        told = _told(known, sold_to or [], bought_from or [], hidden, when, quantity, document, role)
        told += _listed(transfers) if transfers else []
        number, uids = take_answer(
            session, ref, outcome, actor=own.settings.actor,
            answered=day("--on", on, first=True) or today, said=said, transfers=told,
        )  # fmt: skip
        found = requests(session, today, numbers=[number])
    printer(format, out).print(_answer("provenance.trace-answer/1", found, today, uids))


def _request_number(session: Any, ref: str) -> int:
    from provenance.tracing.requests import request_number

    return request_number(session, ref)


def _told(
    known: Request,
    sold_to: list[str],
    bought_from: list[str],
    hidden: list[str],
    when: str | None,
    quantity: str | None,
    document: str | None,
    role: str,
) -> list[ShipmentRecord]:
    """The transfers that the options tell of: one from the answering firm, one to it."""
    from provenance.cli.log_transfer import record_of
    from provenance.core.errors import UsageError

    strangers = set(hidden) - {text.split("|")[0].strip() for text in (*sold_to, *bought_from)}
    if strangers:
        raise UsageError(f"--in-confidence {', '.join(sorted(strangers))}: no party is called so")
    own = f"{known.firm}|{role}"
    said = {
        "component": known.component_ref, "date": when, "quantity": quantity, "document": document,
    }  # fmt: skip
    cells = {name: text for name, text in said.items() if text}
    found = []
    if sold_to:
        found.append(record_of(cells, [own], sold_to, [name for name in hidden if _named(name, sold_to)]))
    if bought_from:
        mine = [name for name in hidden if _named(name, bought_from)]
        found.append(record_of({"component": known.component_ref}, bought_from, [own], mine))
    return found


def _named(name: str, texts: list[str]) -> bool:
    return any(text.split("|")[0].strip() == name for text in texts)


def _listed(file: Path) -> list[ShipmentRecord]:
    """The transfers of a list; each row names what moved and who was a party.

    Raises:
        BadInput: a row cannot be used; names file, line and reason.
    """
    from provenance.core.errors import BadInput
    from provenance.sources.formats import ReadOptions
    from provenance.sources.records import Rejected
    from provenance.sources.registry import TRANSFERS

    found = []
    for item in TRANSFERS.named("transfers").read(file, ReadOptions()):
        if isinstance(item, Rejected):
            raise BadInput(item.reason, file=file.name, line=item.line, hint="Nothing was written.")
        found.append(item)
    return found


def due(
    context: typer.Context,
    on: Annotated[str | None, typer.Option("--on", help="As of this day; else today.")] = None,
    all_: Annotated[bool, typer.Option("--all", help="Show the finished ones too.")] = False,
    max_tlp: MaxTlpOption = None,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Show requests and their clocks: what is late, what is due, what was never confirmed as received.

    Example: provenance trace due --on 2026-03-31
    """
    from provenance.cli.values import day
    from provenance.cli.values import max_tlp as read_max_tlp
    from provenance.core.basis import Basis
    from provenance.core.tlp import Handling, ceiling
    from provenance.queries.fingerprint import data_fingerprint
    from provenance.queries.marked_records import effective_marks
    from provenance.tracing.requests import requests

    today, allowed = day("--on", on, first=False) or date.today(), ceiling(read_max_tlp(max_tlp))
    with context_of(context).reading() as session:
        everything = requests(session, today)
        marks = effective_marks(session, "trace_request", [item.number for item in everything])
        basis = Basis("trace due", "requests on record", data_fingerprint(session))
    found = [item for item in everything if all(map(allowed, marks[item.number]))]
    shown = [item for item in found if all_ or item.state not in _FINISHED]
    basis.counted, basis.out_of = {"shown": len(shown)}, {"requests": len(found)}
    basis.handling = Handling.of(mark for item in shown for mark in marks[item.number])
    if hidden := len(everything) - len(found):
        basis.notes.append(f"Left out by --max-tlp: {hidden:,} requests.")
    answer = _answer("provenance.trace-due/1", shown, today)
    answer.basis = basis
    states = {state.value: sum(item.state == state for item in found) for state in RequestState}
    answer.fields["states"] = states
    answer.sections[0].lines = [
        *answer.sections[0].lines,
        f"As of {today}: "
        + ", ".join(f"{name} {number:,}" for name, number in states.items() if number)
        + "."
        if found
        else "No request is on record.",
    ]
    printer(format, out).print(answer)


def close(
    context: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="TRACE", help="The trace's reference, Q-…")],
    reason: Annotated[str, typer.Option("--reason", help="Why nothing more is expected of it.")],
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Close a trace: the clocks of its open requests stop.

    Example: provenance trace close Q-00000-00000 --reason "chain complete"
    """
    from provenance.cli.render import Answer, Section
    from provenance.schema.session import writing
    from provenance.tracing.requests import close_trace

    own: Context = context_of(context)
    with writing(own.writing_engine()) as session:
        found = close_trace(session, ref, actor=own.settings.actor, today=date.today(), reason=reason)
    row = {"trace": found, "closed_on": date.today(), "reason": reason}
    lines = [f"Closed {found}."]
    printer(format, out).print(Answer("provenance.trace-close/1", [row], [Section("", lines=lines)]))


def _answer(schema: str, found: list[Request], today: date, uids: list[str] | None = None) -> Answer:
    from dataclasses import asdict

    from provenance.cli.render import Answer, Column, Section
    from provenance.cli.trace_answers import text
    from provenance.core.identity import reference

    rows = [{name: value for name, value in asdict(item).items() if name != "number"} for item in found]
    columns = [
        text("ref"),
        text("firm"),
        Column("component", lambda row: f"{row['component']} ({row['component_ref']})", yields=2),
        Column("kind", lambda row: row["kind"].replace("_", " "), yields=1),
        text("state"),
        text("received"),
        text("due"),
        Column("", _lateness),
        Column("outcome", lambda row: (row["outcome"] or "–").replace("_", " ")),
    ]
    fields: dict[str, Any] = {"on": today}
    lines = []
    if uids is not None:
        refs = [reference("transfer", uid) for uid in uids]
        fields["transfers"] = refs
        lines = [f"Transfers on record from this answer: {', '.join(refs) or 'none'}."]
    return Answer(schema, rows, [Section("", rows, columns if rows else (), lines)], fields=fields)


def _lateness(row: dict[str, Any]) -> str:
    if row["days_late"]:
        return f"{row['days_late']:,} days late"
    if row["state"] == RequestState.AWAITING_RECEIPT:
        return f"sent {row['days_since_sent']:,} days ago, receipt not confirmed"
    return ""
