"""The kinds of records that have a spoken reference, and the table of each."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import Any, cast

from sqlalchemy.orm import InstrumentedAttribute

from provenance.schema.base import TableModel


class RecordKind(StrEnum):
    """A kind of record, by the name under which `provenance.core.identity` knows its reference letter."""

    COMPONENT = "component"
    CUSTODY_EVENT = "custody_event"
    DOCUMENT = "document"
    JUDGEMENT = "judgement"
    ORGANIZATION = "organization"
    PART = "part"
    PHOTO = "photo"
    RECOVERY = "recovery"
    SCREENING_RUN = "screening_run"
    SOURCE = "source"
    TRACE = "trace"
    TRACE_REQUEST = "trace_request"
    TRANSFER = "transfer"
    UNIT = "unit"
    UNIT_TYPE = "unit_type"
    WATCHLIST_VERSION = "watchlist_version"
    WEAPON_SYSTEM = "weapon_system"


@cache
def tables() -> dict[RecordKind, type[TableModel]]:
    """The table of each kind.

    Their classes are loaded when first asked for: most questions need few of them, and building a class takes
    longer than answering.
    """
    from provenance.schema.evidence import CustodyEvent, Photo
    from provenance.schema.organizations import Organization
    from provenance.schema.recoveries import Component, Recovery, Unit
    from provenance.schema.reference import Part, UnitType, WeaponSystem
    from provenance.schema.sources import Source
    from provenance.schema.traces import Trace, TraceRequest
    from provenance.schema.transfers import Document, Transfer
    from provenance.schema.watchlists import Judgement, ScreeningRun, WatchlistVersion

    return {
        RecordKind.COMPONENT: Component,
        RecordKind.CUSTODY_EVENT: CustodyEvent,
        RecordKind.DOCUMENT: Document,
        RecordKind.JUDGEMENT: Judgement,
        RecordKind.ORGANIZATION: Organization,
        RecordKind.PART: Part,
        RecordKind.PHOTO: Photo,
        RecordKind.RECOVERY: Recovery,
        RecordKind.SCREENING_RUN: ScreeningRun,
        RecordKind.SOURCE: Source,
        RecordKind.TRACE: Trace,
        RecordKind.TRACE_REQUEST: TraceRequest,
        RecordKind.TRANSFER: Transfer,
        RecordKind.UNIT: Unit,
        RecordKind.UNIT_TYPE: UnitType,
        RecordKind.WATCHLIST_VERSION: WatchlistVersion,
        RecordKind.WEAPON_SYSTEM: WeaponSystem,
    }


def id_column(kind: RecordKind) -> InstrumentedAttribute[int]:
    """The row number of records of a kind."""
    return cast("InstrumentedAttribute[int]", cast(Any, tables()[kind]).id)


def uid_column(kind: RecordKind) -> InstrumentedAttribute[str]:
    """The uid of records of a kind, which their reference is made of."""
    return cast("InstrumentedAttribute[str]", cast(Any, tables()[kind]).uid)
