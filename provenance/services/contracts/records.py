"""Requests and results about single records: one record, search, and suggestions for a half-typed answer."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from provenance.core.vocabulary import Tlp
from provenance.queries.records.common import Named as Named
from provenance.queries.records.common import RecordBase as RecordBase
from provenance.queries.records.common import SourceName as SourceName
from provenance.queries.records.contents import ComponentLine as ComponentLine
from provenance.queries.records.evidence import CustodyRecord, PhotoRecord
from provenance.queries.records.firms import FirmRecord
from provenance.queries.records.found import ComponentRecord, RecoveryRecord, UnitRecord
from provenance.queries.records.found import Position as Position
from provenance.queries.records.movement import DocumentRecord, RequestRecord, TraceRecord, TransferRecord
from provenance.queries.records.reference import (
    PartRecord,
    SourceRecord,
    UnitTypeRecord,
    WeaponRecord,
)
from provenance.queries.records.seizures import SeizureFacts as SeizureFacts
from provenance.queries.records.seizures import SeizureParty as SeizureParty
from provenance.queries.records.watched import JudgementRecord, RunRecord, VersionRecord
from provenance.queries.search import Hit as Hit
from provenance.services.contracts.base import Request, Result

AnyRecord = Annotated[
    ComponentRecord
    | CustodyRecord
    | DocumentRecord
    | FirmRecord
    | JudgementRecord
    | PartRecord
    | PhotoRecord
    | RecoveryRecord
    | RequestRecord
    | RunRecord
    | SourceRecord
    | TraceRecord
    | TransferRecord
    | UnitRecord
    | UnitTypeRecord
    | VersionRecord
    | WeaponRecord,
    Field(discriminator="kind"),
]


class ShowRequest(Request):
    """A reference, a source's record key or a name."""

    text: str


class ShowResult(Result):
    """One record with everything that supports it, by its kind."""

    schema_id: ClassVar[str] = "provenance.show/2"
    rows: tuple[AnyRecord, ...] = ()


class FindRequest(Request):
    """Part of a marking, part number, firm, weapon or serial number; ``limit`` hits a kind, 0 for all."""

    text: str
    limit: int = Field(default=20, ge=0)


class FindResult(Result):
    """Records that contain a text in any of their names.

    ``totals`` are the hits of each kind, ``left_out_by_tlp`` how many more are marked too strictly, ``tlp``
    the strictest mark of the rows, null where they can carry none.
    """

    schema_id: ClassVar[str] = "provenance.find/2"
    totals: dict[str, int]
    tlp: Tlp | None
    left_out_by_tlp: dict[str, int]
    rows: tuple[Hit, ...] = ()
