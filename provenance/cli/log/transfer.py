"""`provenance log transfer`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from provenance.cli.completion import firms, weapons
from provenance.cli.context import FormatOption, OutOption, context_of, printer
from provenance.cli.hints import NEW_NAMES, ODD, option_hints
from provenance.cli.log.options import (
    ConfirmOddOption,
    GuidedOption,
    LanguageOption,
    NewMakerOption,
    NewPartyOption,
    new_names,
)
from provenance.cli.notes import show_notes
from provenance.cli.trace.parties import PARTY_FORM
from provenance.core.vocabulary import EvidenceClass, OutputFormat
from provenance.core.vocabulary.tracing import DocumentKind

if TYPE_CHECKING:
    from provenance.cli.forms.transfer_form import TransferForm
    from provenance.core.vocabulary.field import NewName
    from provenance.services.contracts.transfers import StatedTransfer
    from provenance.services.workspace import Workspace

_CALLED = {"part": "mpn", "unit": "quantity_unit", "hs": "hs6", "class": "evidence_class"}
"""What the statement calls otherwise than the options do."""

_NOT_CELLS = ("from", "to", "source", "tlp")


def register_log(log: typer.Typer) -> None:
    """Adds the command to the group."""
    log.command("transfer")(transfer)


def transfer(
    context: typer.Context,
    from_: Annotated[
        list[str] | None,
        typer.Option("--from", help=f"Sender: {PARTY_FORM}. Omit if unknown.", autocompletion=firms),
    ] = None,
    to: Annotated[
        list[str] | None,
        typer.Option("--to", help=f"Recipient: {PARTY_FORM}. Omit if unknown.", autocompletion=firms),
    ] = None,
    in_confidence: Annotated[
        list[str] | None,
        typer.Option("--in-confidence", help="One of these names was given in confidence; repeatable."),
    ] = None,
    component: Annotated[
        str | None, typer.Option("--component", help="The item itself: its reference or record key.")
    ] = None,
    lot: Annotated[str | None, typer.Option("--lot", help="The lot transferred.")] = None,
    part: Annotated[str | None, typer.Option("--part", help="The part number transferred.")] = None,
    maker: Annotated[str | None, typer.Option("--maker", help="The maker of the part number.")] = None,
    family: Annotated[
        str | None, typer.Option("--family", help="Part family, if nothing more precise is known.")
    ] = None,
    weapon: Annotated[
        str | None,
        typer.Option(
            "--weapon", help="The weapon that it was for, according to the source.", autocompletion=weapons
        ),
    ] = None,
    goods: Annotated[str | None, typer.Option("--goods", help="The goods in the source's words.")] = None,
    hs: Annotated[str | None, typer.Option("--hs", help="Customs code, six digits or more.")] = None,
    quantity: Annotated[str | None, typer.Option("--quantity", help="Quantity.")] = None,
    unit: Annotated[str | None, typer.Option("--unit", help="Unit of the quantity: pcs, kg…")] = None,
    value: Annotated[str | None, typer.Option("--value", help="Value.")] = None,
    currency: Annotated[str | None, typer.Option("--currency", help="Currency: USD, CNY…")] = None,
    date: Annotated[
        str | None,
        typer.Option("--date", help="2022-08-26, 2022-08, 2022, 2020-10..2022-02; omit if unknown."),
    ] = None,
    origin: Annotated[str | None, typer.Option("--origin", help="Country of origin.")] = None,
    transit: Annotated[
        list[str] | None, typer.Option("--transit", help="A country in transit, in order; repeatable.")
    ] = None,
    destination: Annotated[str | None, typer.Option("--destination", help="Country of destination.")] = None,
    document: Annotated[
        str | None,
        typer.Option("--document", help="Document number; a document that lists many parts counts once."),
    ] = None,
    document_kind: Annotated[
        DocumentKind | None, typer.Option("--document-kind", help="Kind of document.")
    ] = None,
    document_date: Annotated[
        str | None, typer.Option("--document-date", help="Date of the document.")
    ] = None,
    evidence_class: Annotated[
        EvidenceClass | None,
        typer.Option("--class", help="Evidence class; defaults to the class implied by the goods stated."),
    ] = None,
    source: Annotated[
        str | None, typer.Option("--source", help="Key of the source: a known one, or a new one.")
    ] = None,
    publisher: Annotated[str | None, typer.Option("--publisher", help="Publisher of a new source.")] = None,
    title: Annotated[str | None, typer.Option("--title", help="Title of a new source.")] = None,
    published: Annotated[
        str | None, typer.Option("--published", help="When the source published it.")
    ] = None,
    credibility: Annotated[
        int | None, typer.Option("--credibility", min=1, max=6, help="Admiralty credibility, 1 to 6.")
    ] = None,
    tlp: Annotated[str | None, typer.Option("--tlp", help="CLEAR, GREEN, AMBER, AMBER+STRICT, RED.")] = None,
    note: Annotated[str | None, typer.Option("--note", help="Anything else.")] = None,
    new_maker: NewMakerOption = False,
    new_party: NewPartyOption = False,
    confirm_odd: ConfirmOddOption = False,
    guided: GuidedOption = False,
    language: LanguageOption = None,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Log a transfer of goods: who sent what to whom, when, on which document.

    On a terminal, or with --guided, a form asks for what is missing. A party whose name no record has is
    created, unverified, and said to be new.

    Example: provenance log transfer --from "Acme Ltd|broker|HK" --to "OOO Vostok" --part LM358 --source ours
    """
    from provenance.cli.forms.form import form_wanted
    from provenance.cli.views.log_transfer import logged_view
    from provenance.services.contracts.transfers import LogTransfer
    from provenance.services.transfers import log_transfer

    cells: dict[str, str | None] = {
        "component": component, "part": part, "lot": lot, "goods": goods, "hs": hs, "quantity": quantity,
        "unit": unit, "date": date, "document": document, "document_kind": document_kind,
        "class": evidence_class, "source": source, "tlp": tlp, "note": note,
    }  # fmt: skip
    workspace = context_of(context).workspace()
    new, form = new_names(maker=new_maker, party=new_party), None
    moved = any((component, lot, part, family, hs, goods, weapon))
    if form_wanted(guided, incomplete=not ((from_ or to) and moved and source)):
        form, answers = _asked(workspace, _given(from_, to, cells), language, new)
        cells = dict(answers)
        from_, to = _several(answers.get("from")), _several(answers.get("to"))
        new, confirm_odd = form.new, confirm_odd or form.confirms_future(answers)
    stated = _stated(
        (from_, to, in_confidence),
        **{_CALLED.get(name, name): text for name, text in cells.items() if name not in _NOT_CELLS},
        maker=maker, part_family=family, weapon=weapon, value=value, currency=currency, origin=origin,
        transit=tuple(transit or ()), destination=destination, document_date=document_date,
        credibility=credibility, published=published, tlp=cells.get("tlp"),
    )  # fmt: skip
    request = LogTransfer(
        transfer=stated,
        source=_source(cells),
        publisher=publisher,
        title=title,
        new=new,
        accept_odd=confirm_odd,
    )
    with option_hints(NEW_NAMES | ODD):
        result = log_transfer(workspace, request)
    if form is not None:
        form.finished()
    show_notes(result.notes)
    printer(format, out).show(result, logged_view)


def _asked(
    workspace: Workspace, given: Mapping[str, str], language: str | None, new: frozenset[NewName]
) -> tuple[TransferForm, dict[str, str]]:
    """The form for a transfer, and its answers."""
    from provenance.cli.forms.transfer_form import TransferForm
    from provenance.services.transfer_form import TransferDraft

    form = TransferForm(TransferDraft(workspace), language, new)
    return form, form.ask(given)


def _source(cells: Mapping[str, str | None]) -> str:
    """The key of the source.

    Raises:
        UsageError: there is none.
    """
    from provenance.core.errors import UsageError

    if not (source := cells.get("source")):
        raise UsageError("A transfer needs its source", hint="Add --source KEY, or --guided to be asked.")
    return source


def _given(
    senders: list[str] | None, recipients: list[str] | None, cells: Mapping[str, str | None]
) -> dict[str, str]:
    """What the options give, as fields of the form."""
    sides = {"from": ";".join(senders or ()), "to": ";".join(recipients or ())}
    return {name: str(text) for name, text in {**sides, **cells}.items() if text}


def _stated(
    parties: tuple[list[str] | None, list[str] | None, list[str] | None], *, tlp: str | None, **cells: Any
) -> StatedTransfer:
    """The transfer that the options state; an empty text counts as not given.

    Raises:
        UsageError: a party or the mark cannot be read.
    """
    from provenance.cli.trace.parties import both_sides
    from provenance.core.errors import UsageError
    from provenance.core.tlp import read_mark
    from provenance.services.contracts.transfers import StatedTransfer

    senders, recipients = both_sides(*parties)
    try:
        mark = read_mark(tlp)
    except ValueError as error:
        raise UsageError(str(error)) from None
    known = {name: value for name, value in cells.items() if value not in (None, "")}
    return StatedTransfer(senders=senders, recipients=recipients, tlp=mark, **known)


def _several(text: str | None) -> list[str]:
    return [part.strip() for part in (text or "").split(";") if part.strip()]
