"""Anything by a piece of any of its names: markings, part numbers, firms, weapons, serials, in any script."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlmodel import Session

from provenance.errors import UsageError
from provenance.identity import reference
from provenance.models.tables import table
from provenance.queries.handling import strictest
from provenance.queries.marked import may_show_component, may_show_recovery, reported_marks
from provenance.text.folding import fold, fold_marking
from provenance.vocab import Tlp

DEFAULT_LIMIT = 20


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that carries the text; ``matched`` is the name or marking in which it stands."""

    kind: str
    ref: str
    name: str
    matched: str
    detail: str


@dataclass(frozen=True, slots=True)
class Hits:
    """Hits of one kind, best first, and how many there are in all.

    ``left_out`` is how many more there are that are marked too strictly, ``tlp`` the strictest mark of
    those shown, None of a kind that carries no marks.
    """

    kind: str
    total: int
    hits: tuple[Hit, ...]
    left_out: int = 0
    tlp: Tlp | None = None


def fetch_hits(
    session: Session, text: str, *, limit: int = DEFAULT_LIMIT, max_tlp: Tlp | None = None
) -> list[Hits]:
    """Records that carry a text as a substring of any of their names; ``limit`` per kind, 0 for all.

    With ``max_tlp`` recoveries and components that are marked more strictly are left out and counted.

    Raises:
        UsageError: the text has no letter and no digit.
    """
    keys = list(dict.fromkeys(key for key in (fold(text), fold_marking(text).lower()) if key))
    if not keys:
        raise UsageError("There is no letter and no digit in that text")
    finders: tuple[Callable[[Session, list[str], int], Hits], ...] = (_firms, _weapons, _units, _parts)
    marked: tuple[Callable[[Session, list[str], int, Tlp | None], Hits], ...] = (_recoveries, _components)
    found = [find(session, keys, limit) for find in finders]
    found += [find(session, keys, limit, max_tlp) for find in marked]
    return [hits for hits in found if hits.total or hits.left_out]


def _carries(column: ColumnElement[Any], keys: Sequence[str]) -> ColumnElement[bool]:
    # The keys are letters and digits only, so that no wildcard can stand in them.
    return or_(*(column.like(f"%{key}%") for key in keys))


def _closeness(column: ColumnElement[Any]) -> tuple[ColumnElement[Any], ...]:
    return (func.length(column), column)


def _found(
    session: Session, statement: Select[Any], order: Sequence[Any], limit: int
) -> tuple[int, Sequence[Any]]:
    """How many rows there are and the first of them, one a record."""
    total: int = session.execute(select(func.count()).select_from(statement.subquery())).scalar_one()
    ordered = statement.order_by(*order)
    return total, session.execute(ordered.limit(limit) if limit else ordered).all() if total else []


def _firms(session: Session, keys: list[str], limit: int) -> Hits:
    name, firm = table("organization_name"), table("organization")
    best = (
        select(name.c.organization_id, func.min(name.c.name).label("matched"))
        .where(_carries(name.c.folded, keys))
        .group_by(name.c.organization_id)
        .subquery()
    )
    statement = select(firm.c.uid, firm.c.label, firm.c.verification, best.c.matched).join(
        best, best.c.organization_id == firm.c.id
    )
    total, rows = _found(session, statement, (*_closeness(firm.c.label), firm.c.id), limit)
    return Hits(
        "firm", total, tuple(_hit("firm", "organization", row, row.label, row.verification) for row in rows)
    )


def _weapons(session: Session, keys: list[str], limit: int) -> Hits:
    return _designated(session, keys, limit, "weapon", "weapon_system", "weapon_alias")


def _units(session: Session, keys: list[str], limit: int) -> Hits:
    return _designated(session, keys, limit, "unit", "unit_type", "unit_type_alias")


def _designated(session: Session, keys: list[str], limit: int, kind: str, name: str, aliases: str) -> Hits:
    alias, thing = table(aliases), table(name)
    best = (
        select(alias.c[f"{name}_id"], func.min(alias.c.alias).label("matched"))
        .where(_carries(alias.c.folded, keys))
        .group_by(alias.c[f"{name}_id"])
        .subquery()
    )
    statement = select(thing.c.uid, thing.c.designation, thing.c.kind, best.c.matched).join(
        best, best.c[f"{name}_id"] == thing.c.id
    )
    total, rows = _found(session, statement, (*_closeness(thing.c.designation), thing.c.id), limit)
    hits = tuple(
        _hit(kind, name, row, row.designation, (row.kind or "kind not stated").replace("_", " "))
        for row in rows
    )
    return Hits(kind, total, hits)


def _parts(session: Session, keys: list[str], limit: int) -> Hits:
    part, firm = table("part"), table("organization")
    statement = (
        select(part.c.uid, part.c.mpn, part.c.mpn.label("matched"), firm.c.label)
        .outerjoin(firm, firm.c.id == part.c.organization_id)
        .where(_carries(part.c.folded, keys))
    )
    total, rows = _found(session, statement, (*_closeness(part.c.mpn), part.c.id), limit)
    hits = tuple(_hit("part", "part", row, row.mpn, row.label or "maker not stated") for row in rows)
    return Hits("part", total, hits)


def _recoveries(session: Session, keys: list[str], limit: int, max_tlp: Tlp | None) -> Hits:
    recovery, serial = table("recovery"), table("recovery_serial")
    numbered = select(serial.c.recovery_id).where(_carries(func.lower(serial.c.value_key), keys))
    statement = select(
        recovery.c.id,
        recovery.c.uid,
        recovery.c.label,
        recovery.c.label.label("matched"),
        recovery.c.extent,
        recovery.c.tlp,
    ).where(
        or_(_carries(recovery.c.folded, keys), recovery.c.id.in_(numbered)), recovery.c.withdrawn_at.is_(None)
    )
    order = (*_closeness(recovery.c.label), recovery.c.id)
    everything, _rows = _found(session, statement, order, 1)
    if (shown := may_show_recovery(max_tlp)) is not None:
        statement = statement.where(shown)
    total, rows = _found(session, statement, order, limit)
    hits = tuple(_hit("recovery", "recovery", row, row.label, row.extent) for row in rows)
    marks = [row.tlp for row in rows] + reported_marks(session, "recovery", [row.id for row in rows])
    tlp = strictest(marks) if rows else None
    return Hits("recovery", total, hits, everything - total, tlp)


def _components(session: Session, keys: list[str], limit: int, max_tlp: Tlp | None) -> Hits:
    component, recovery = table("component"), table("recovery")
    carries = and_(_carries(component.c.search_key, keys), component.c.withdrawn_at.is_(None))
    everything: int = session.execute(select(func.count()).select_from(component).where(carries)).scalar_one()
    total = everything
    if (shown := may_show_component(max_tlp)) is not None:
        carries = and_(carries, shown)
        joined = component.join(recovery, recovery.c.id == component.c.recovery_id)
        total = session.execute(select(func.count()).select_from(joined).where(carries)).scalar_one()
    statement = (
        select(
            component.c.id,
            component.c.uid,
            func.coalesce(component.c.marking, component.c.description, "").label("matched"),
            recovery.c.label,
            component.c.tlp,
            recovery.c.tlp.label("recovery_tlp"),
        )
        .join(recovery, recovery.c.id == component.c.recovery_id)
        .where(carries)
        .order_by(*_closeness(component.c.search_key), component.c.id)
    )
    rows = session.execute(statement.limit(limit) if limit else statement).all() if total else []
    hits = tuple(
        _hit("component", "component", row, row.matched or "no marking published", row.label) for row in rows
    )
    marks = [mark for row in rows for mark in (row.tlp or row.recovery_tlp, row.recovery_tlp)]
    marks += reported_marks(session, "component", [row.id for row in rows])
    return Hits("component", total, hits, everything - total, strictest(marks) if marks else None)


def _hit(kind: str, name: str, row: Any, shown: str, detail: str) -> Hit:
    return Hit(kind, reference(name, row.uid), shown, row.matched, detail)
