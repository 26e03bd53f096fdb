"""`provenance log transfer`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from provenance.cli.completion import firms, weapons
from provenance.cli.context import FormatOption, OutOption, context_of, printer
from provenance.core.vocabulary import EvidenceClass, OutputFormat, PartyRole
from provenance.core.vocabulary.tracing import Channel, DocumentKind

if TYPE_CHECKING:
    from provenance.core.vocabulary import Side
    from provenance.sources.records import ShipmentParty, ShipmentRecord

_PARTY_HELP = "NAME, or NAME|ROLE|COUNTRY|CHANNEL as it was on that date; repeatable. Left out: unknown."


def register_log(log: typer.Typer) -> None:
    """Hangs the command on the group."""
    log.command("transfer")(transfer)


def transfer(
    context: typer.Context,
    from_: Annotated[
        list[str] | None,
        typer.Option("--from", help=f"Who passed it on: {_PARTY_HELP}", autocompletion=firms),
    ] = None,
    to: Annotated[
        list[str] | None, typer.Option("--to", help=f"Who took it: {_PARTY_HELP}", autocompletion=firms)
    ] = None,
    in_confidence: Annotated[
        list[str] | None,
        typer.Option("--in-confidence", help="One of these names was given in confidence; repeatable."),
    ] = None,
    component: Annotated[
        str | None, typer.Option("--component", help="This very item: its reference or record key.")
    ] = None,
    lot: Annotated[str | None, typer.Option("--lot", help="The lot that moved.")] = None,
    part: Annotated[str | None, typer.Option("--part", help="The part number that moved.")] = None,
    maker: Annotated[str | None, typer.Option("--maker", help="Whose part number it is.")] = None,
    family: Annotated[str | None, typer.Option("--family", help="Only a part family is known.")] = None,
    weapon: Annotated[
        str | None,
        typer.Option("--weapon", help="The weapon that the source says it was for.", autocompletion=weapons),
    ] = None,
    goods: Annotated[str | None, typer.Option("--goods", help="The goods in the source's words.")] = None,
    hs: Annotated[str | None, typer.Option("--hs", help="Customs code, six digits or more.")] = None,
    quantity: Annotated[str | None, typer.Option("--quantity", help="How many.")] = None,
    unit: Annotated[str | None, typer.Option("--unit", help="Of what: pcs, kg…")] = None,
    value: Annotated[str | None, typer.Option("--value", help="Worth how much.")] = None,
    currency: Annotated[str | None, typer.Option("--currency", help="Three letters: USD, CNY…")] = None,
    date: Annotated[
        str | None, typer.Option("--date", help="2022-08-26, 2022-08, 2022, 2020-10..2022-02; else unknown.")
    ] = None,
    origin: Annotated[str | None, typer.Option("--origin", help="Country of origin.")] = None,
    transit: Annotated[
        list[str] | None, typer.Option("--transit", help="A country passed, in order; repeatable.")
    ] = None,
    destination: Annotated[str | None, typer.Option("--destination", help="Country of destination.")] = None,
    document: Annotated[
        str | None,
        typer.Option("--document", help="Number of the document; one that covers many parts stays one."),
    ] = None,
    document_kind: Annotated[
        DocumentKind | None, typer.Option("--document-kind", help="What kind of document.")
    ] = None,
    document_date: Annotated[str | None, typer.Option("--document-date", help="Its date.")] = None,
    evidence_class: Annotated[
        EvidenceClass | None,
        typer.Option("--class", help="What the statement rests on; else told from what moved."),
    ] = None,
    source: Annotated[
        str | None, typer.Option("--source", help="Key of the source: a known one, or a new one.")
    ] = None,
    publisher: Annotated[str | None, typer.Option("--publisher", help="Who published a new source.")] = None,
    title: Annotated[str | None, typer.Option("--title", help="What a new source is called.")] = None,
    published: Annotated[str | None, typer.Option("--published", help="When the source said so.")] = None,
    credibility: Annotated[
        int | None, typer.Option("--credibility", min=1, max=6, help="Admiralty credibility, 1 to 6.")
    ] = None,
    tlp: Annotated[str | None, typer.Option("--tlp", help="CLEAR, GREEN, AMBER, AMBER+STRICT, RED.")] = None,
    note: Annotated[str | None, typer.Option("--note", help="Anything else.")] = None,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Log a transfer of goods: who to whom, what, when, on which document.

    Example: provenance log transfer --from "Acme Ltd|broker|HK" --to "OOO Vostok" --part LM358 --source ours
    """
    from provenance.core.errors import UsageError
    from provenance.domain.sources import source_id
    from provenance.schema.session import writing
    from provenance.sources.records import SourceRecord
    from provenance.tracing.logging import log_transfers

    if from_ is None and to is None:
        from_ = _several(_asked("From whom (NAME|ROLE|COUNTRY, several parted by ;, empty if not known)"))
        to = _several(_asked("To whom (likewise)"))
    if not any((component, lot, part, family, hs, goods, weapon)):
        part, goods = _asked("Part number (empty if not known)"), _asked("The goods in the source's words")
    source = source or _asked("Key of the source")
    if source is None:
        raise UsageError("A transfer needs its source", hint="Add --source KEY.")
    said = {
        "component": component, "lot": lot, "mpn": part, "maker": maker, "part_family": family,
        "weapon": weapon, "goods": goods, "hs6": hs, "quantity": quantity, "quantity_unit": unit,
        "value": value, "currency": currency, "date": date, "origin": origin,
        "transit": ";".join(transit or []), "destination": destination, "document": document,
        "document_kind": document_kind, "document_date": document_date, "evidence_class": evidence_class,
        "credibility": str(credibility) if credibility else None, "published": published, "tlp": tlp,
        "note": note,
    }  # fmt: skip
    record = record_of({name: text for name, text in said.items() if text}, from_, to, in_confidence)
    own = context_of(context)
    with writing(own.writing_engine()) as session:
        known = SourceRecord(
            key=source, publisher=publisher or source, title=title or source, origin_group=publisher or source
        )
        key = (source_id(session, known), source)
        (uid,) = log_transfers(session, key, [record], actor=own.settings.actor)
    printer(format, out).print(_answer(record, uid))


def _asked(question: str) -> str | None:
    """What a person on a terminal answers; None for an empty answer, and in a pipe."""
    import sys

    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return None
    return str(typer.prompt(question, default="", show_default=False)).strip() or None


def _several(text: str | None) -> list[str]:
    return [part.strip() for part in (text or "").split(";") if part.strip()]


def record_of(
    said: dict[str, str], from_: list[str] | None, to: list[str] | None, hidden: list[str] | None
) -> ShipmentRecord:
    """One transfer out of typed fields and parties.

    Raises:
        UsageError: a field or a party cannot be read, or a name in confidence is no party's.
    """
    from provenance.core.errors import UsageError
    from provenance.core.identity import new_uid
    from provenance.core.vocabulary import Side
    from provenance.sources.records import ShipmentRecord
    from provenance.sources.transfers import raw_of, shipment_of

    parties = [*_parties(from_, Side.FROM, hidden), *_parties(to, Side.TO, hidden)]
    strangers = set(hidden or []) - {party.as_written for party in parties}
    if strangers:
        raise UsageError(f"--in-confidence {', '.join(sorted(strangers))}: no party is called so")
    named = {
        side.value: "; ".join(party.as_written for party in parties if party.side == side) for side in Side
    }
    try:
        found = shipment_of(said, tuple(parties))
        raw = raw_of({**said, **named}, tuple(parties))
        return ShipmentRecord.model_validate({**found, "raw": raw, "line": 1, "key": f"logged:{new_uid()}"})
    except ValueError as error:
        raise UsageError(_first_reason(error)) from None


def _first_reason(error: ValueError) -> str:
    from pydantic import ValidationError

    if isinstance(error, ValidationError):
        fault = error.errors()[0]
        return f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}"
    return str(error)


def _parties(texts: list[str] | None, side: Side, hidden: list[str] | None) -> list[ShipmentParty]:
    return [party_of(text, side, hidden or []) for text in texts or []]


def party_of(text: str, side: Side, hidden: list[str]) -> ShipmentParty:
    """A party as typed: NAME|ROLE|COUNTRY|CHANNEL, all but the name open.

    Raises:
        UsageError: one of the parts cannot be read.
    """
    from provenance.core.errors import UsageError
    from provenance.sources.cells import country, member
    from provenance.sources.records import ShipmentParty

    parts = [part.strip() or None for part in text.split("|")]
    name, role, place, channel, *more = [*parts, None, None, None][: max(4, len(parts))]
    if name is None or any(more):
        raise UsageError(f"{text!r} is not of the form NAME|ROLE|COUNTRY|CHANNEL")
    try:
        return ShipmentParty(
            side=side,
            role=member(PartyRole, "role", role) or PartyRole.UNKNOWN,
            country=country(place),
            channel=member(Channel, "channel", channel),
            as_written=name,
            confidential=name in hidden,
        )
    except ValueError as error:
        raise UsageError(f"{text!r}: {error}") from None


def _answer(record: ShipmentRecord, uid: str) -> Any:
    from provenance.cli.render import Answer, Section
    from provenance.core.identity import reference
    from provenance.tracing.logging import without_confidential_names

    ref = reference("transfer", uid)
    shown = without_confidential_names(record)
    sides = {
        side: "; ".join(party.as_written for party in shown.parties if party.side == side) or "unknown"
        for side in ("from", "to")
    }
    lines = [f"Logged {ref}: from {sides['from']} to {sides['to']}, as {record.evidence_class}."]
    row = {"ref": ref, **sides, "evidence_class": record.evidence_class, "tlp": record.tlp}
    return Answer("provenance.log-transfer/1", [row], [Section("", lines=lines)])
