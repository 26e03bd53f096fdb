"""Entering transfers of goods: who sent what to whom, when, on which document."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pydantic import ValidationError

from provenance.core.errors import BadInput, UsageError
from provenance.core.identity import new_uid, reference
from provenance.core.vocabulary import Side
from provenance.domain.sources import source_id
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
from provenance.sources.transfers.statements import raw_of, shipment_of
from provenance.tracing.transfer_entry import store_transfers, without_confidential_names


def log_transfer(workspace: Workspace, request: LogTransfer) -> LogTransferResult:
    """Stores one transfer under its source.

    Raises:
        UsageError: a value cannot be read, or no party or nothing that moved is named.
        NotFound: the component or weapon that it names is not on record; nothing is stored.
    """
    record = stated_record(request.transfer)
    key = request.source
    publisher = request.publisher or key
    source = SourceRecord(key=key, publisher=publisher, title=request.title or key, origin_group=publisher)
    with workspace.writing() as session:
        number = source_id(session, source)
        (uid,) = store_transfers(session, (number, key), [record], actor=workspace.actor)
    shown = without_confidential_names(record)
    row = LoggedTransfer(
        ref=reference("transfer", uid),
        senders=_names(shown, Side.FROM),
        recipients=_names(shown, Side.TO),
        evidence_class=record.evidence_class,
        tlp=record.tlp,
    )
    return LogTransferResult(rows=(row,))


def _names(record: ShipmentRecord, side: Side) -> tuple[str, ...] | None:
    return tuple(party.as_written for party in record.parties if party.side == side) or None


def stated_record(stated: StatedTransfer) -> ShipmentRecord:
    """A stated transfer as the record that imports make of a row.

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
        found = shipment_of(cells, parties)
        raw = raw_of({**cells, **named}, parties)
        return ShipmentRecord.model_validate({**found, "raw": raw, "line": 1, "key": f"logged:{new_uid()}"})
    except ValidationError as error:
        fault = error.errors()[0]
        raise UsageError(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}") from None
    except ValueError as error:
        raise UsageError(str(error)) from None


def _parties(stated: tuple[StatedParty, ...], side: Side) -> list[ShipmentParty]:
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
