"""Spoken references to records, and records by them."""

from __future__ import annotations

from sqlalchemy import select

from provenance.core.errors import NotFound
from provenance.core.identity import matches_reference, read_reference, reference_suffix
from provenance.schema.evidence import CustodyEvent, Photo
from provenance.schema.organizations import Organization
from provenance.schema.recoveries import Component, Recovery, Unit
from provenance.schema.reference import Part, UnitType, WeaponSystem
from provenance.schema.session import Session
from provenance.schema.sources import Source
from provenance.schema.traces import Trace, TraceRequest
from provenance.schema.transfers import Document, Transfer
from provenance.schema.watchlists import Judgement, ScreeningRun, WatchlistVersion

Referable = (
    type[Component]
    | type[CustodyEvent]
    | type[Document]
    | type[Judgement]
    | type[Organization]
    | type[Part]
    | type[Photo]
    | type[Recovery]
    | type[ScreeningRun]
    | type[Source]
    | type[Trace]
    | type[TraceRequest]
    | type[Transfer]
    | type[Unit]
    | type[UnitType]
    | type[WatchlistVersion]
    | type[WeaponSystem]
)
_REFERABLE: tuple[Referable, ...] = (
    Component,
    CustodyEvent,
    Document,
    Judgement,
    Organization,
    Part,
    Photo,
    Recovery,
    ScreeningRun,
    Source,
    Trace,
    TraceRequest,
    Transfer,
    Unit,
    UnitType,
    WatchlistVersion,
    WeaponSystem,
)
RECORDS: dict[str, Referable] = {record.__table__.name: record for record in _REFERABLE}
"""What a spoken reference may refer to, by the name that `read_reference` gives."""


def row_of_reference(session: Session, text: str) -> tuple[str, int] | None:
    """The table and row number behind a spoken reference; None where the text is not one.

    Raises:
        NotFound: it is one, but with a slip in it, or no record has it.
    """
    try:
        found = read_reference(text)
    except ValueError as error:
        raise NotFound(str(error)) from None
    if found is None:
        return None
    name, number = found
    record = RECORDS[name]
    rows = session.execute(
        select(record.id, record.uid).where(record.uid.like(f"%{reference_suffix(number)}"))
    ).all()
    matching = [row.id for row in rows if matches_reference(row.uid, number)]
    if not matching:
        raise NotFound(f"No record has the reference {text}")
    return name, matching[0]


def uid_of(session: Session, name: str, number: int) -> str:
    """The identity of a record, by the name of its table and its row number."""
    record = RECORDS[name]
    uid: str = session.execute(select(record.uid).where(record.id == number)).scalar_one()
    return uid
