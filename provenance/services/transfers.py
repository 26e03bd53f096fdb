"""Entering transfers of goods: who sent what to whom, when, on which document."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from provenance.core.errors import BadInput, UsageError
from provenance.core.identity import new_uid, reference
from provenance.core.vocabulary import PartyRole, Side
from provenance.core.vocabulary.members import member
from provenance.core.vocabulary.tracing import Channel
from provenance.domain.amendments.standing import refuse_withdrawn
from provenance.domain.handles import called_one_of
from provenance.domain.record_kinds import RecordKind
from provenance.domain.sources import source_id
from provenance.schema.session import Session
from provenance.services.contracts.transfers import (
    LoggedTransfer,
    LogTransfer,
    LogTransferResult,
    StatedParty,
    StatedTransfer,
)
from provenance.services.workspace import Workspace
from provenance.sources.formats import ReadOptions
from provenance.sources.records import Rejected, ShipmentParty, ShipmentRecord, SourceRecord
from provenance.sources.registry import TRANSFERS
from provenance.sources.transfers.statements import WRITTEN, raw_of, shipment_of
from provenance.text.column_styles import Written
from provenance.text.countries import country_code
from provenance.text.unknown import says_unknown
from provenance.text.validation import faults_in_words
from provenance.text.written_dates import day_from_today
from provenance.tracing.transfer_entry import store_transfers, without_confidential_names


def log_transfer(workspace: Workspace, request: LogTransfer) -> LogTransferResult:
    """Stores one transfer under its source.

    Raises:
        UsageError: a value cannot be read, or no party or nothing that moved is named.
        NotFound: the component, weapon or maker that it names is not on record, or a party's name looks
            like a known one misspelt; nothing is stored.
        BadInput: what stands for a maker is not one, or the transfer is dated in the future, or its
            component was withdrawn.
    """
    record = stated_record(request.transfer, workspace.today)
    with workspace.writing() as session:
        return store_stated(session, request, record, actor=workspace.actor)


def store_stated(
    session: Session, request: LogTransfer, record: ShipmentRecord, *, actor: str
) -> LogTransferResult:
    """Stores one transfer under its source, in a transaction that is open; ``record`` is as it was read.

    Raises:
        NotFound: as `log_transfer` says.
        BadInput: as `log_transfer` says.
    """
    key = request.source
    publisher = request.publisher or key
    source = SourceRecord(key=key, publisher=publisher, title=request.title or key, origin_group=publisher)
    number = source_id(session, source)
    if not request.accept_odd:
        refuse_unlikely(record, session.today)
    if record.component:
        component = called_one_of(session, record.component, RecordKind.COMPONENT)
        refuse_withdrawn(session, RecordKind.COMPONENT, component)
    stored = store_transfers(session, (number, key), [record], actor=actor, new=request.new)
    shown = without_confidential_names(record)
    row = LoggedTransfer(
        ref=reference("transfer", stored.uids[0]),
        senders=_names(shown, Side.FROM),
        recipients=_names(shown, Side.TO),
        evidence_class=record.evidence_class,
        tlp=record.tlp,
    )
    return LogTransferResult(rows=(row,), notes=stored.notes)


def refuse_unlikely(record: ShipmentRecord, today: date) -> None:
    """Refuses a transfer that is dated in the future.

    Raises:
        BadInput: it is (code ``odd``).
    """
    if record.earliest is not None and record.earliest > today:
        raise BadInput(f"date {record.earliest} is in the future", code="odd")


def _names(record: ShipmentRecord, side: Side) -> tuple[str, ...] | None:
    return tuple(party.as_written for party in record.parties if party.side == side) or None


def _with_days(cells: Mapping[str, str], today: date) -> dict[str, str]:
    """The cells with the day in place of a word for it ("yesterday", "вчора")."""
    dates = {name for name, written in WRITTEN.items() if written is Written.DATE}
    days = {name: day_from_today(text, today) for name, text in cells.items() if name in dates}
    return {**cells, **{name: day.isoformat() for name, day in days.items() if day}}


def stated_record(stated: StatedTransfer, today: date | None = None) -> ShipmentRecord:
    """A stated transfer as the record that imports make of a row.

    With ``today``, words for a day ("yesterday") are read as well.

    Raises:
        UsageError: a value cannot be read, or no party or nothing that moved is named.
    """
    parties = (*_parties(stated.senders, Side.FROM), *_parties(stated.recipients, Side.TO))
    cells = {
        name: str(value)
        for name, value in stated.model_dump(exclude={"senders", "recipients", "transit"}).items()
        if value is not None
    }
    cells |= {"transit": ";".join(stated.transit)} if stated.transit else {}
    named = {
        side.value: "; ".join(party.as_written for party in parties if party.side == side) for side in Side
    }
    try:
        found = shipment_of(_with_days(cells, today) if today else cells, parties)
        raw = raw_of({**cells, **named}, parties)
        return ShipmentRecord.model_validate({**found, "raw": raw, "line": 1, "key": f"logged:{new_uid()}"})
    except ValidationError as error:
        raise UsageError(faults_in_words(error.errors())) from None
    except ValueError as error:
        raise UsageError(str(error)) from None


def _parties(stated: tuple[StatedParty, ...], side: Side) -> list[ShipmentParty]:
    """The parties of a side; a word for the unknown is not one."""
    return [
        ShipmentParty(
            side=side,
            role=party.role,
            country=party.country,
            channel=party.channel,
            as_written=party.name,
            confidential=party.confidential,
        )
        for party in stated
        if not says_unknown(party.name)
    ]


def stated_in_file(file: Path, *, today: date) -> list[ShipmentRecord]:
    """The transfers of a CSV or XLSX list, all of them or none.

    Raises:
        BadInput: a row cannot be used; names file, line and reason.
    """
    found = []
    options = ReadOptions(today)
    for item in TRANSFERS.named("transfers").read(file, options):
        if isinstance(item, Rejected):
            raise BadInput(item.reason, file=file.name, line=item.line, hint="Nothing was stored.")
        found.append(item)
    for cell in options.cells:
        raise BadInput(
            f"{cell.column}: {cell.problem}", file=file.name, line=cell.line, hint="Nothing was stored."
        )
    return found


def party_of(text: str, hidden: set[str] | frozenset[str] = frozenset()) -> StatedParty:
    """A party as typed; everything but the name may be left out.

    Raises:
        UsageError: one of its parts cannot be read.
    """
    parts = [part.strip() or None for part in text.split("|")]
    name, role, place, channel, *more = [*parts, None, None, None][: max(4, len(parts))]
    if name is None or any(more):
        raise UsageError(f"{text!r} does not have the form NAME|ROLE|COUNTRY|CHANNEL")
    try:
        return StatedParty(
            name=name,
            role=member(PartyRole, "role", role) or PartyRole.UNKNOWN,
            country=None if place is None else country_code(place),
            channel=member(Channel, "channel", channel),
            confidential=name in hidden,
        )
    except ValueError as error:
        raise UsageError(f"{text!r}: {error}") from None
