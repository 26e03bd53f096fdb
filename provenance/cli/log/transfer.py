"""`provenance log transfer`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from provenance.cli.completion import firms, weapons
from provenance.cli.context import FormatOption, OutOption, context_of, printer
from provenance.cli.hints import NEW_NAMES, ODD, option_hints
from provenance.cli.log.options import ConfirmOddOption, NewMakerOption, NewPartyOption, new_names
from provenance.cli.notes import show_notes
from provenance.cli.trace.parties import PARTY_FORM
from provenance.core.vocabulary import EvidenceClass, OutputFormat
from provenance.core.vocabulary.tracing import DocumentKind

if TYPE_CHECKING:
    from provenance.services.contracts.transfers import StatedTransfer


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
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Log a transfer of goods: who sent what to whom, when, on which document.

    A party whose name no record has is created, unverified, and said to be new.

    Example: provenance log transfer --from "Acme Ltd|broker|HK" --to "OOO Vostok" --part LM358 --source ours
    """
    from provenance.cli.views.log_transfer import logged_view
    from provenance.core.errors import UsageError
    from provenance.services.contracts.transfers import LogTransfer
    from provenance.services.transfers import log_transfer

    if from_ is None and to is None:
        from_ = _several(_asked("Sender (NAME|ROLE|COUNTRY, several separated by ;, empty if unknown)"))
        to = _several(_asked("Recipient (same form)"))
    if not any((component, lot, part, family, hs, goods, weapon)):
        part, goods = _asked("Part number (empty if unknown)"), _asked("The goods in the source's words")
    source = source or _asked("Key of the source")
    if source is None:
        raise UsageError("A transfer needs its source", hint="Add --source KEY.")
    stated = _stated(
        (from_, to, in_confidence),
        component=component, lot=lot, mpn=part, maker=maker, part_family=family, weapon=weapon, goods=goods,
        hs6=hs, quantity=quantity, quantity_unit=unit, value=value, currency=currency, date=date,
        origin=origin, transit=tuple(transit or ()), destination=destination, document=document,
        document_kind=document_kind, document_date=document_date, evidence_class=evidence_class,
        credibility=credibility, published=published, tlp=tlp, note=note,
    )  # fmt: skip
    request = LogTransfer(
        transfer=stated,
        source=source,
        publisher=publisher,
        title=title,
        new=new_names(maker=new_maker, party=new_party),
        accept_odd=confirm_odd,
    )
    with option_hints(NEW_NAMES | ODD):
        result = log_transfer(context_of(context).workspace(), request)
    show_notes(result.notes)
    printer(format, out).show(result, logged_view)


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


def _asked(question: str) -> str | None:
    """What a person on a terminal answers; None for an empty answer, and in a pipe."""
    import sys

    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return None
    return str(typer.prompt(question, default="", show_default=False)).strip() or None


def _several(text: str | None) -> list[str]:
    return [part.strip() for part in (text or "").split(";") if part.strip()]
