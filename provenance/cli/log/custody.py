"""`provenance log custody`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from provenance.cli.context import ExplainOption, FormatOption, OutOption, context_of, printer
from provenance.cli.evidence.options import tlp_mark
from provenance.cli.hints import FUTURE, option_hints
from provenance.cli.log.options import GuidedOption, LanguageOption, NoteOption, TlpOption, YesOption
from provenance.cli.notes import tell
from provenance.core.errors import UsageError
from provenance.core.vocabulary import OutputFormat

if TYPE_CHECKING:
    from provenance.services.contracts.custody import HandoverRequest


def register_log(log: typer.Typer) -> None:
    """Adds the command to the group."""
    log.command("custody")(log_custody)


def log_custody(
    context: typer.Context,
    ref: Annotated[
        str | None, typer.Argument(metavar="REF", help="The recovery, unit or component handed over.")
    ] = None,
    at: Annotated[
        str | None,
        typer.Option("--at", help="When: 2024-05-03, '2024-05-03 14:20', '2024-05-03 14:20+03:00'."),
    ] = None,
    from_holder: Annotated[str | None, typer.Option("--from", help="Who handed it over, if known.")] = None,
    to_holder: Annotated[str | None, typer.Option("--to", help="Who received it, if known.")] = None,
    reason: Annotated[str | None, typer.Option("--reason", help="Why.")] = None,
    seal: Annotated[str | None, typer.Option("--seal", help="Number of the seal on it now.")] = None,
    state: Annotated[str | None, typer.Option("--state", help="Its condition.")] = None,
    tlp: TlpOption = None,
    note: NoteOption = None,
    corrects: Annotated[
        str | None,
        typer.Option("--corrects", help="The entry (K-…) that this one replaces; that one stays on record."),
    ] = None,
    yes: YesOption = False,
    guided: GuidedOption = False,
    language: LanguageOption = None,
    explain: ExplainOption = False,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Log a handover, and show the custody log so far.

    A time without an offset from UTC is in this computer's time zone.

    Example: provenance log custody R-7K3M9-Q2X4H --at 2024-05-03 --from "Engineer squad" --to Laboratory
    """
    from provenance.cli.forms.custody_form import CustodyForm
    from provenance.cli.forms.form import form_wanted
    from provenance.cli.views.custody import custody_view
    from provenance.services.custody import log_handover
    from provenance.services.custody_form import HandoverDraft

    workspace = context_of(context).workspace()
    options = {
        "subject": ref,
        "at": at,
        "from_holder": from_holder,
        "to_holder": to_holder,
        "reason": reason,
        "seal": seal,
        "state": state,
        "tlp": tlp,
    }
    texts = {name: text for name, text in options.items() if text is not None}
    form = None
    if form_wanted(guided, incomplete=not (ref and at)):
        form = CustodyForm(HandoverDraft(workspace), language)
        texts = form.ask(texts)
        yes = yes or form.confirms_future(texts)
    with option_hints(FUTURE):
        result = log_handover(workspace, _request(texts, note, corrects, yes))
    if form is not None:
        form.finished()
    tell(f"Logged: {result.logged}")
    printer(format, out, explain).show(result, custody_view)


def _request(
    texts: Mapping[str, str], note: str | None, corrects: str | None, accept_future: bool
) -> HandoverRequest:
    from provenance.services.contracts.custody import HandoverRequest, parse_moment

    if "subject" not in texts or "at" not in texts:
        raise UsageError(
            "The item and the time of the handover are needed.",
            hint="Give REF and --at, or --guided to be asked.",
        )
    try:
        moment = parse_moment(texts["at"])
    except ValueError as error:
        raise UsageError(f"--at: {error}") from None
    words = {name: texts.get(name, "").strip() or None for name in ("reason", "seal", "state")}
    return HandoverRequest(
        ref=texts["subject"],
        at=moment,
        from_holder=texts.get("from_holder", "").strip() or None,
        to_holder=texts.get("to_holder", "").strip() or None,
        tlp=tlp_mark(texts.get("tlp")),
        note=note,
        corrects=corrects,
        accept_future=accept_future,
        **words,
    )
