"""`provenance trace open`, `request`, `received`, `answer`, `due` and `close`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from provenance.cli.completion import firms
from provenance.cli.context import (
    Clearance,
    ColumnsOption,
    Display,
    FormatOption,
    OutOption,
    context_of,
    printer,
)
from provenance.cli.hints import NEW_NAMES, option_hints
from provenance.cli.log.options import NewPartyOption, new_names
from provenance.cli.notes import show_notes
from provenance.cli.option_groups import grouped
from provenance.cli.trace.parties import PARTY_FORM
from provenance.core.vocabulary import OutputFormat, PartyRole
from provenance.core.vocabulary.tracing import ANSWER_DAYS, RequestKind, TraceOutcome

RequestArgument = Annotated[str, typer.Argument(metavar="REQUEST", help="The request's reference, Y-…")]


def register_trace(trace: typer.Typer) -> None:
    """Adds the commands to the group."""
    trace.command("open")(open_)
    trace.command("request")(request)
    trace.command("received")(received)
    trace.command("answer")(answer)
    trace.command("due")(grouped(due))
    trace.command("close")(close)


def open_(
    context: typer.Context,
    component: Annotated[str, typer.Argument(help="The component: its reference or record key.")],
    reason: Annotated[str | None, typer.Option("--reason", help="Why this one is traced.")] = None,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Open the trace of a component, or show the one that is open already.

    Example: provenance trace open gur-5273 --reason "recent date code"
    """
    from provenance.cli.views.trace_requests import open_view
    from provenance.services.contracts.trace_requests import OpenTrace
    from provenance.services.trace_requests import open_trace

    found = open_trace(context_of(context).workspace(), OpenTrace(component=component, reason=reason))
    printer(format, out).show(found, open_view)


def request(
    context: typer.Context,
    of: Annotated[str, typer.Argument(metavar="TRACE", help="The trace's reference, or its component.")],
    firm: Annotated[str, typer.Argument(help="The maker or distributor to ask.", autocompletion=firms)],
    kind: Annotated[
        RequestKind, typer.Option("--kind", help="Ask where the item went, or offer a right of reply.")
    ] = RequestKind.TRACE,
    ask: Annotated[
        str | None, typer.Option("--ask", help="A question of your own, besides the standard ones.")
    ] = None,
    days: Annotated[
        int, typer.Option("--days", min=1, max=366, help="Days to answer, counted from receipt.")
    ] = ANSWER_DAYS,
    sent: Annotated[
        str | None, typer.Option("--sent", help="Day it was sent; without it the request is a draft.")
    ] = None,
    received_: Annotated[
        str | None, typer.Option("--received", help="Day it was received; the time to answer runs from then.")
    ] = None,
    letter: Annotated[
        list[Path] | None,
        typer.Option("--letter", help="Write the letter to this file, .md or .html; repeatable."),
    ] = None,
    columns: ColumnsOption = None,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Write a request to a maker or distributor, with the markings and context they need.

    Example: provenance trace request gur-5273 u-blox --letter request.md --letter request.html
    """
    from provenance.cli.trace.files import write_text
    from provenance.cli.values import day
    from provenance.cli.views.trace_requests import request_view
    from provenance.services.contracts.trace_requests import WriteTraceRequest
    from provenance.services.trace_requests import write_request

    for file in letter or []:
        _check_ending(file)
    wanted = WriteTraceRequest(
        trace=of,
        firm=firm,
        kind=kind,
        question=ask,
        days=days,
        sent=day("--sent", sent, first=True),
        received=day("--received", received_, first=True),
    )
    found = write_request(context_of(context).workspace(), wanted)
    for file in letter or []:
        text = found.letter.html if file.suffix.lower() == ".html" else found.letter.markdown
        write_text(file, text)
    printer(format, out, columns=columns).show(
        found, lambda result: request_view(result, with_letter=not letter and not out)
    )


def _check_ending(file: Path) -> None:
    from provenance.core.errors import UsageError

    if file.suffix.lower() not in (".md", ".html"):
        raise UsageError(f"--letter {file}: a letter is written as .md or .html")


def received(
    context: typer.Context,
    ref: RequestArgument,
    on: Annotated[str | None, typer.Option("--on", help="Day of receipt; defaults to today.")] = None,
    sent: Annotated[str | None, typer.Option("--sent", help="Day it was sent, if not recorded yet.")] = None,
    columns: ColumnsOption = None,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Record that a request was received: its time to answer runs from that day.

    Example: provenance trace received Y-00000-00000 --on 2026-03-02
    """
    from provenance.cli.values import day
    from provenance.cli.views.trace_requests import status_view
    from provenance.services.contracts.trace_requests import NoteReceipt
    from provenance.services.trace_requests import note_receipt

    wanted = NoteReceipt(ref=ref, on=day("--on", on, first=True), sent=day("--sent", sent, first=True))
    printer(format, out, columns=columns).show(
        note_receipt(context_of(context).workspace(), wanted), status_view
    )


def answer(
    context: typer.Context,
    ref: RequestArgument,
    outcome: Annotated[
        TraceOutcome, typer.Argument(help="The outcome; no_reply also ends the time to answer.")
    ],
    on: Annotated[str | None, typer.Option("--on", help="Day of the answer; defaults to today.")] = None,
    said: Annotated[str | None, typer.Option("--said", help="What the answer says, in short.")] = None,
    sold_to: Annotated[
        list[str] | None,
        typer.Option("--sold-to", help=f"Who bought the item: {PARTY_FORM}.", autocompletion=firms),
    ] = None,
    bought_from: Annotated[
        list[str] | None,
        typer.Option("--bought-from", help="Who sold the item to the firm; same form.", autocompletion=firms),
    ] = None,
    in_confidence: Annotated[
        list[str] | None,
        typer.Option("--in-confidence", help="One of these names was given in confidence; repeatable."),
    ] = None,
    when: Annotated[
        str | None, typer.Option("--date", help="Date of the sale; may be partial (2022-08).")
    ] = None,
    quantity: Annotated[str | None, typer.Option("--quantity", help="How many pieces were sold.")] = None,
    document: Annotated[str | None, typer.Option("--document", help="Number of the document shown.")] = None,
    role: Annotated[
        PartyRole, typer.Option("--role", help="What the answering firm was on that date.")
    ] = PartyRole.UNKNOWN,
    transfers: Annotated[
        Path | None,
        typer.Option("--transfers", help="A CSV or XLSX list of transfers, read like `import transfers`."),
    ] = None,
    new_party: NewPartyOption = False,
    columns: ColumnsOption = None,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Record the outcome of a request: full, partial, no records, not ours, counterfeit, refused, no reply.

    The answer adds transfers with itself as their source. Names given in confidence stay out of answers,
    letters and graphs.

    Example: provenance trace answer Y-00000-00000 full --role maker --sold-to "Acme Ltd|broker|DE"
    """
    from provenance.cli.trace.parties import both_sides
    from provenance.cli.values import day
    from provenance.cli.views.trace_requests import answer_view
    from provenance.services.contracts.trace_requests import RecordAnswer
    from provenance.services.trace_requests import record_answer

    buyers, sellers = both_sides(sold_to, bought_from, in_confidence)
    wanted = RecordAnswer(
        ref=ref,
        outcome=outcome,
        on=day("--on", on, first=True),
        said=said,
        sold_to=buyers,
        bought_from=sellers,
        moved=when,
        quantity=quantity,
        document=document,
        role=role,
        transfers_file=transfers,
        new=new_names(party=new_party),
    )
    with option_hints(NEW_NAMES):
        result = record_answer(context_of(context).workspace(), wanted)
    show_notes(result.notes)
    printer(format, out, columns=columns).show(result, answer_view)


def due(
    context: typer.Context,
    on: Annotated[str | None, typer.Option("--on", help="As of this day; defaults to today.")] = None,
    all_: Annotated[bool, typer.Option("--all", help="Also show finished requests.")] = False,
    *,
    clearance: Clearance,
    display: Display,
) -> None:
    """Show requests and their deadlines: overdue, running, and not confirmed as received.

    Example: provenance trace due --on 2026-03-31
    """
    from provenance.cli.values import day
    from provenance.cli.views.trace_requests import due_view
    from provenance.services.contracts.trace_requests import RequestsDue
    from provenance.services.trace_requests import requests_due

    wanted = RequestsDue(on=day("--on", on, first=False), finished=all_)
    display.show(requests_due(clearance.workspace(context), wanted), due_view)


def close(
    context: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="TRACE", help="The trace's reference, Q-…")],
    reason: Annotated[str, typer.Option("--reason", help="Why no further answer is expected.")],
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Close a trace: the deadlines of its open requests no longer run.

    Example: provenance trace close Q-00000-00000 --reason "path complete"
    """
    from provenance.cli.views.trace_requests import close_view
    from provenance.services.contracts.trace_requests import CloseTrace
    from provenance.services.trace_requests import close_trace

    found = close_trace(context_of(context).workspace(), CloseTrace(trace=ref, reason=reason))
    printer(format, out).show(found, close_view)
