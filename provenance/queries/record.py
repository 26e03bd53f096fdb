"""One record with everything that supports it, by reference, record key or name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Select, select

from provenance.core.errors import Ambiguous, NotFound
from provenance.core.tlp import ceiling
from provenance.core.vocabulary import Tlp
from provenance.domain.handles import by_handle, only_one
from provenance.domain.record_kinds import RecordKind
from provenance.queries.marked_records import effective_marks
from provenance.queries.names import near_names, organization_named, row_of_reference, weapons_named
from provenance.queries.records.common import Built, RecordBase, ref_of
from provenance.queries.records.evidence import custody_record, photo_record
from provenance.queries.records.firms import firm_record
from provenance.queries.records.found import component_record, recovery_record, unit_record
from provenance.queries.records.handling import handled
from provenance.queries.records.movement import (
    document_record,
    request_record,
    trace_record,
    transfer_record,
)
from provenance.queries.records.reference import (
    part_record,
    source_record,
    unit_type_record,
    weapon_record,
)
from provenance.queries.records.watched import judgement_record, run_record, version_record
from provenance.schema.recoveries import Recovery
from provenance.schema.reference import UnitTypeAlias
from provenance.schema.session import Session
from provenance.schema.sources import Citation, Source
from provenance.text.folding import fold_marking


def fetch_record(session: Session, text: str, *, clearance: Tlp | None = None) -> RecordBase:
    """The record with that reference, source's record key or name; a source is named by its own key.

    It says how strictly it is to be handled; rows about records marked more strictly than the clearance are
    left out and counted.

    Raises:
        NotFound: there is none.
        Ambiguous: several have it.
        Withheld: it is marked more strictly than the clearance.
    """
    kind, number = _located(session, text, clearance)
    return handled(session, _BUILDERS[kind](session, number), kind, number, clearance)


def locate(session: Session, text: str, *, max_tlp: Tlp | None = None) -> tuple[str, int]:
    """The kind and row number of the record with that reference, source's record key or name.

    Where there is none, similar names are offered, as far as ``max_tlp`` allows.

    Raises:
        NotFound: there is none.
        Ambiguous: several have it.
    """
    return _located(session, text, max_tlp)


def _located(session: Session, text: str, clearance: Tlp | None) -> tuple[RecordKind, int]:
    if found := row_of_reference(session, text):
        return found
    if _by_record_key(session, text) and (known := _handled(session, text, clearance)):
        return known
    near: list[str] = []
    for kind, look_up in _NAMED:
        try:
            return kind, look_up(session, text)
        except Ambiguous:
            raise
        except NotFound as error:
            # A weapon's name may be known from a record that may not be shown.
            near += error.near if kind is RecordKind.WEAPON_SYSTEM and clearance is None else ()
    if found := _handled(session, text, clearance) or _labelled(session, text, clearance):
        return found
    raise NotFound(
        f"Nothing has the reference, record key, number or name {text}",
        near=[*near, *near_names(session, text, clearance=clearance)],
        hint="Search for part of it: provenance find TEXT",
    )


def _handled(session: Session, text: str, clearance: Tlp | None) -> tuple[RecordKind, int] | None:
    return only_one(session, text, _shown(session, by_handle(session, text), clearance))


def _shown(
    session: Session, found: list[tuple[RecordKind, int]], clearance: Tlp | None
) -> list[tuple[RecordKind, int]]:
    """Of several records those that may be named; where none may, the first, which is then withheld."""
    if clearance is None or len(found) < 2:
        return found
    allowed = ceiling(clearance)
    kept = [each for each in found if all(map(allowed, effective_marks(session, *_one(each))[each[1]]))]
    return kept or found[:1]


def _one(record: tuple[RecordKind, int]) -> tuple[RecordKind, list[int]]:
    return record[0], [record[1]]


def _labelled(session: Session, text: str, clearance: Tlp | None) -> tuple[RecordKind, int] | None:
    labelled = select(Recovery.id).where(Recovery.label == text.strip()).order_by(Recovery.id)
    found = [(RecordKind.RECOVERY, number) for number in session.execute(labelled).scalars()]
    return only_one(session, text, _shown(session, found, clearance))


def _one_weapon(session: Session, text: str) -> int:
    return weapons_named(session, [text])[0]


def _one_unit_type(session: Session, text: str) -> int:
    return _first(
        session, select(UnitTypeAlias.unit_type_id).where(UnitTypeAlias.alias_key == fold_marking(text)), text
    )


def _one_source(session: Session, text: str) -> int:
    return _first(session, select(Source.id).where(Source.key == text), text)


def _first(session: Session, statement: Select[Any], text: str) -> int:
    found: int | None = session.execute(statement).scalar()
    if found is None:
        raise NotFound(f"Nothing is called {text}")
    return found


_NAMED: tuple[tuple[RecordKind, Callable[[Session, str], int]], ...] = (
    (RecordKind.WEAPON_SYSTEM, _one_weapon),
    (RecordKind.ORGANIZATION, organization_named),
    (RecordKind.UNIT_TYPE, _one_unit_type),
    (RecordKind.SOURCE, _one_source),
)


def _by_record_key(session: Session, key: str) -> tuple[RecordKind, int] | None:
    rows = session.execute(
        select(Citation, Source.key.label("source_key"))
        .join(Source, Source.id == Citation.source_id)
        .where(Citation.record_key == key)
        .order_by(Source.key, Citation.id)
    ).all()
    if len(rows) > 1:
        candidates = [f"{ref_of(session, *_supported(row))} ({row.source_key})" for row in rows]
        raise Ambiguous(f"{len(rows)} sources have a record {key}", candidates=candidates)
    return _supported(rows[0]) if rows else None


def _supported(row: Any) -> tuple[RecordKind, int]:
    """The one record that a citation supports."""
    keys = (
        (RecordKind.COMPONENT, row.component_id),
        (RecordKind.RECOVERY, row.recovery_id),
        (RecordKind.TRANSFER, row.transfer_id),
        (RecordKind.ORGANIZATION, row.organization_id),
    )
    return next((kind, number) for kind, number in keys if number is not None)


_BUILDERS: dict[RecordKind, Callable[[Session, int], Built]] = {
    RecordKind.COMPONENT: component_record,
    RecordKind.CUSTODY_EVENT: custody_record,
    RecordKind.DOCUMENT: document_record,
    RecordKind.JUDGEMENT: judgement_record,
    RecordKind.ORGANIZATION: firm_record,
    RecordKind.PART: part_record,
    RecordKind.PHOTO: photo_record,
    RecordKind.RECOVERY: recovery_record,
    RecordKind.SCREENING_RUN: run_record,
    RecordKind.SOURCE: source_record,
    RecordKind.TRACE: trace_record,
    RecordKind.TRACE_REQUEST: request_record,
    RecordKind.TRANSFER: transfer_record,
    RecordKind.UNIT: unit_record,
    RecordKind.UNIT_TYPE: unit_type_record,
    RecordKind.WATCHLIST_VERSION: version_record,
    RecordKind.WEAPON_SYSTEM: weapon_record,
}
