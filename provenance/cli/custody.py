"""`provenance log custody` and `provenance custody`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from provenance.cli.context import Context, FormatOption, MaxTlpOption, OutOption, context_of, printer
from provenance.cli.evidence_form import ask_about_custody, form_if_asked
from provenance.cli.evidence_options import member
from provenance.cli.log_entry import GuidedOption, LanguageOption, NoteOption, TlpOption, YesOption
from provenance.cli.values import max_tlp as read_max_tlp
from provenance.core.errors import BadInput, UsageError
from provenance.core.vocabulary import OutputFormat, Tlp

if TYPE_CHECKING:
    from provenance.cli.asking.form import Form
    from provenance.evidence.custody import HandingOver, Moment
    from provenance.schema.session import Session


def register_log(log: typer.Typer) -> None:
    """Hangs this module's command on `provenance log`."""
    log.command("custody")(log_custody)


def register(app: typer.Typer) -> None:
    """Adds this group's commands."""
    app.command("custody")(custody)


def log_custody(
    context: typer.Context,
    ref: Annotated[
        str | None, typer.Argument(metavar="REF", help="The recovery, unit or component handed over.")
    ] = None,
    at: Annotated[
        str | None,
        typer.Option("--at", help="When: 2024-05-03, '2024-05-03 14:20', '2024-05-03 14:20+03:00'."),
    ] = None,
    giver: Annotated[str | None, typer.Option("--from", help="Who handed it over, where known.")] = None,
    taker: Annotated[str | None, typer.Option("--to", help="Who took it, where known.")] = None,
    reason: Annotated[str | None, typer.Option("--reason", help="Why.")] = None,
    seal: Annotated[str | None, typer.Option("--seal", help="Number of the seal that is on it now.")] = None,
    state: Annotated[str | None, typer.Option("--state", help="In which state it was.")] = None,
    tlp: TlpOption = None,
    note: NoteOption = None,
    corrects: Annotated[
        str | None,
        typer.Option("--corrects", help="The entry (K-…) in whose place this one stands; that one is kept."),
    ] = None,
    yes: YesOption = False,
    guided: GuidedOption = False,
    language: LanguageOption = None,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Log that something was handed over, and show its custody so far.

    A time without an offset from UTC is of this computer's time zone.

    Example: provenance log custody R-7K3M9-Q2X4H --at 2024-05-03 --from "Engineer squad" --to Laboratory
    """
    from provenance.core.identity import reference
    from provenance.evidence import custody as chain
    from provenance.evidence.subjects import subject_named
    from provenance.schema.session import writing

    own = context_of(context)
    given = {
        "subject": ref,
        "at": at,
        "giver": giver,
        "taker": taker,
        "reason": reason,
        "seal": seal,
        "state": state,
        "tlp": tlp,
    }
    form = form_if_asked(own, guided, lacking=not (ref and at), language=language)
    said = ask_about_custody(form, own, given) if form is not None else given
    if not said["subject"] or not said["at"]:
        raise UsageError(
            "What was handed over, and when?", hint="Give REF and --at, or --guided to be asked."
        )
    entry = _entry(said, member("--tlp", Tlp, said["tlp"]), note)
    _refuse_future(entry.at, yes, form)
    with writing(own.writing_engine()) as session:
        subject = subject_named(session, said["subject"])
        corrected = _entry_row(session, corrects) if corrects else None
        uid = chain.log_custody(session, subject, entry, actor=own.settings.actor, corrects=corrected)
    typer.echo(f"Logged: {reference('custody_event', uid)}", err=True)
    _show(own, said["subject"], format, out)


def custody(
    context: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="REF", help="A recovery, unit or component.")],
    max_tlp: MaxTlpOption = None,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Show who has had a thing, in order, with a row for each gap and overlap.

    Example: provenance custody R-7K3M9-Q2X4H
    """
    _show(context_of(context), ref, format, out, read_max_tlp(max_tlp))


def _show(own: Context, ref: str, format: OutputFormat, out: Path | None, highest: Tlp | None = None) -> None:
    from provenance.cli.evidence_answers import custody_answer
    from provenance.evidence.custody import chain, standing_entries
    from provenance.evidence.subjects import subject, subject_named

    with own.reading() as session:
        about = subject_named(session, ref, highest=highest)
        links = chain(standing_entries(session, about))
        host = 0
        if about.table != "recovery":
            host = len(standing_entries(session, subject(session, "recovery", about.recovery_id)))
        printer(format, out).print(custody_answer(session, about, links, host, highest))


def _entry(said: dict[str, str | None], tlp: Tlp | None, note: str | None) -> HandingOver:
    from provenance.evidence.custody import HandingOver, parse_moment

    try:
        moment = parse_moment(said["at"] or "")
    except ValueError as error:
        raise UsageError(f"--at: {error}") from None
    words = {
        name: (said[name] or "").strip() or None for name in ("giver", "taker", "reason", "seal", "state")
    }
    return HandingOver(moment, **words, tlp=tlp, note=note)


def _refuse_future(moment: Moment, yes: bool, form: Form | None) -> None:
    from datetime import UTC, datetime

    if yes or moment.earliest <= datetime.now(UTC):
        return
    doubt = f"{moment.as_written} is still to come"
    if form is None or not form.confirm_future("at", moment.as_written):
        raise BadInput(doubt, hint="If it is right as it is, add --yes.")


def _entry_row(session: Session, text: str) -> Any:
    from sqlalchemy import select

    from provenance.queries.record import locate

    name, number = locate(session, text)
    if name != "custody_event":
        raise UsageError(f"--corrects {text}: an entry of custody begins with K")
    from provenance.schema.evidence import CustodyEvent

    return session.execute(select(CustodyEvent).where(CustodyEvent.id == number)).one()
