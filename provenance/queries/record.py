"""One record with everything that supports it, by reference, record key or name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Select, select

from provenance.core.errors import Ambiguous, NotFound
from provenance.core.identity import reference
from provenance.core.vocabulary import Tlp
from provenance.queries.names import near_names, organization_named, row_of_reference, weapons_named
from provenance.queries.record_common import Record, uid_of
from provenance.queries.record_evidence import custody_record, photo_record
from provenance.queries.record_field import host_unit_record
from provenance.queries.record_found import component_record, recovery_record, transfer_record
from provenance.queries.record_handling import handle
from provenance.queries.record_reference import (
    organization_record,
    part_record,
    source_record,
    unit_record,
    weapon_record,
)
from provenance.queries.record_tracing import document_record, request_record, trace_record
from provenance.queries.record_watched import judgement_record, run_record, version_record
from provenance.schema.reference import UnitTypeAlias
from provenance.schema.session import Session
from provenance.schema.sources import Citation, Source
from provenance.text.folding import fold_marking


def fetch_record(session: Session, text: str, *, max_tlp: Tlp | None = None) -> Record:
    """The record of that reference, source's record key or name; a source goes by its own key.

    It says how strictly it is to be handled. With ``max_tlp`` components of a recovery that are marked more
    strictly are left out, and said to be.

    Raises:
        NotFound: there is none, or it is marked more strictly than ``max_tlp``.
        Ambiguous: several answer to it.
    """
    name, number = locate(session, text, max_tlp=max_tlp)
    record = _BUILDERS[name](session, number)
    handle(session, record, (name, number), max_tlp)
    return record


def locate(session: Session, text: str, *, max_tlp: Tlp | None = None) -> tuple[str, int]:
    """The table and row number of the record of that reference, source's record key or name.

    Where there is none, names up to ``max_tlp`` are offered in its place.

    Raises:
        NotFound: there is none.
        Ambiguous: several answer to it.
    """
    if found := row_of_reference(session, text):
        return found
    if found := _by_record_key(session, text):
        return found
    for kind, look_up in _NAMED:
        try:
            return kind, look_up(session, text)
        except Ambiguous:
            raise
        except NotFound:
            continue
    raise NotFound(
        f"Nothing has the reference, record key or name {text}",
        near=near_names(session, text, max_tlp=max_tlp),
        hint="Look for a piece of it: provenance find TEXT",
    )


def _one_weapon(session: Session, text: str) -> int:
    return weapons_named(session, [text])[0]


def _one_unit(session: Session, text: str) -> int:
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


_NAMED: tuple[tuple[str, Callable[[Session, str], int]], ...] = (
    ("weapon_system", _one_weapon),
    ("organization", organization_named),
    ("unit_type", _one_unit),
    ("source", _one_source),
)


def _by_record_key(session: Session, key: str) -> tuple[str, int] | None:
    rows = session.execute(
        select(Citation, Source.key.label("source_key"))
        .join(Source, Source.id == Citation.source_id)
        .where(Citation.record_key == key)
        .order_by(Source.key, Citation.id)
    ).all()
    if len(rows) > 1:
        candidates = [f"{reference(*uid_of(session, *_target(row)))} ({row.source_key})" for row in rows]
        raise Ambiguous(f"{len(rows)} sources have a record {key}", candidates=candidates)
    return _target(rows[0]) if rows else None


def _target(row: Any) -> tuple[str, int]:
    for name in ("component", "recovery", "transfer", "organization"):
        if (number := getattr(row, f"{name}_id")) is not None:
            return name, number
    raise AssertionError("a citation supports exactly one thing")


_BUILDERS: dict[str, Callable[[Session, int], Record]] = {
    "document": document_record,
    "trace": trace_record,
    "trace_request": request_record,
    "component": component_record,
    "custody_event": custody_record,
    "organization": organization_record,
    "part": part_record,
    "photo": photo_record,
    "recovery": recovery_record,
    "source": source_record,
    "transfer": transfer_record,
    "unit": host_unit_record,
    "unit_type": unit_record,
    "weapon_system": weapon_record,
    "judgement": judgement_record,
    "screening_run": run_record,
    "watchlist_version": version_record,
}
