"""What is hardly true of an entry that a person logs, before it is written."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from provenance.core.errors import BadInput, NotFound
from provenance.core.messages import Message
from provenance.core.vocabulary import RecoveryDateKind, RecoveryKind
from provenance.domain.journal import Entry
from provenance.domain.names import recovery_called
from provenance.domain.plausibility import (
    Dated,
    odd_before_first_known,
    odd_making,
    odd_order,
    odd_pieces,
    odd_position,
    odd_retrieval,
    odd_serial,
)
from provenance.domain.recovery_entries import dates_of
from provenance.domain.weapons import first_known
from provenance.fields.entries import Kind
from provenance.fields.places import Position
from provenance.schema.recoveries import Recovery, RecoveryDate
from provenance.schema.session import Session
from provenance.text.date_code_field import read_date_code
from provenance.text.partial_dates import DateSpan


def oddities(session: Session, entry: Entry) -> list[Message]:
    """What an entry says that contradicts itself, or the record that it belongs to.

    Dates in the future are asked about by themselves (`future_dates`). Whether a weapon existed yet is asked
    where a source states since when it is known.
    """
    if entry.kind in (Kind.RECOVERY, Kind.SEIZURE):
        dates = [Dated(kind, span, entry.texts[name].strip()) for name, kind, span in dates_of(entry)]
        return [*odd_order(dates), *_existence(session, entry, dates), *_position(entry)]
    if entry.kind is Kind.COMPONENT:
        return _component(session, entry)
    if entry.kind is Kind.CITATION and entry["published"] and entry["retrieved"]:
        words = entry.texts["published"].strip(), entry.texts["retrieved"].strip()
        return odd_retrieval(entry["published"], entry["retrieved"], words)
    return []


def _existence(session: Session, entry: Entry, dates: Sequence[Dated]) -> list[Message]:
    """A date before the weapon that it names was first known."""
    if entry["weapon"] is None:
        return []
    known = first_known(session, entry["weapon"])
    return [] if known is None else odd_before_first_known(known, dates)


def _position(entry: Entry) -> list[Message]:
    position = entry["place"] if isinstance(entry["place"], Position) else entry["position"]
    if position is None or entry["country"] is None:
        return []
    return odd_position(position, entry["country"])


def _component(session: Session, entry: Entry) -> list[Message]:
    try:
        recovery_id = recovery_called(session, entry["recovery"])
    except (NotFound, BadInput):
        return []  # A wrong recovery is reported when the entry is logged.
    found = odd_serial(entry["component_serial"]) if entry["component_serial"] else []
    if entry["pieces"] is not None:
        kind = session.execute(select(Recovery.kind).where(Recovery.id == recovery_id)).scalar_one()
        found += odd_pieces(entry["pieces"], RecoveryKind(kind))
    for name, made in _made(session, entry):
        found += odd_making(made, entry.texts[name].strip(), _recorded_dates(session, recovery_id))
    return found


def _made(session: Session, entry: Entry) -> list[tuple[str, DateSpan]]:
    """When it was made, as stated or as its date code says."""
    if entry["made"] is not None:
        return [("made", entry["made"])]
    if entry["date_code"] is None:
        return []
    span = read_date_code(entry["date_code"], today=session.today)
    return [] if span is None else [("date_code", span)]


def _recorded_dates(session: Session, recovery_id: int) -> list[Dated]:
    rows = session.execute(
        select(RecoveryDate.kind, RecoveryDate.earliest, RecoveryDate.latest, RecoveryDate.as_written)
        .where(RecoveryDate.recovery_id == recovery_id)
        .order_by(RecoveryDate.id)
    )
    return [
        Dated(RecoveryDateKind(row.kind), DateSpan(row.earliest, row.latest), row.as_written) for row in rows
    ]
