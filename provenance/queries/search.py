"""Anything by a piece of any of its names: markings, part numbers, firms, weapons, serials, in any script."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    Subquery,
    Table,
    and_,
    case,
    func,
    or_,
    select,
)

from provenance.core.errors import UsageError
from provenance.core.identity import reference
from provenance.core.tlp import strictest
from provenance.core.vocabulary import Tlp
from provenance.queries.marked import may_show_component, may_show_recovery, reported_marks
from provenance.queries.marked_records import may_show_name
from provenance.schema.organizations import Organization, OrganizationName
from provenance.schema.recoveries import Component, Recovery, RecoverySerial
from provenance.schema.reference import Part
from provenance.schema.session import Session
from provenance.schema.tables import table
from provenance.text.folding import fold, fold_marking

DEFAULT_LIMIT = 20
_YERU_IN_TWO = re.compile("[Ьь][ІіIi]")


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


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for: the text as written, and the keys under which it may stand."""

    text: str
    keys: list[str]


def fetch_hits(
    session: Session, text: str, *, limit: int = DEFAULT_LIMIT, max_tlp: Tlp | None = None
) -> list[Hits]:
    """Records that carry a text as a substring of any of their names; ``limit`` per kind, 0 for all.

    With ``max_tlp`` recoveries and components that are marked more strictly, and names that nothing milder
    bears, are left out and counted.

    Raises:
        UsageError: the text has no letter and no digit.
    """
    asked = Asked(text.strip(), _keys(text))
    if not asked.keys:
        raise UsageError("There is no letter and no digit in that text")
    finders: tuple[Callable[[Session, Asked, int, Tlp | None], Hits], ...] = (
        _firms,
        _weapons,
        _units,
        _parts,
        _recoveries,
        _components,
    )
    found = [find(session, asked, limit, max_tlp) for find in finders]
    return [hits for hits in found if hits.total or hits.left_out]


def _keys(text: str) -> list[str]:
    """The keys under which a text may stand: as it sounds and as it looks, in each spelling.

    Tail numbers of Geran drones begin with Ы, which publishers also write as the two letters ЬІ.
    """
    spellings = (text, text.replace("Ы", "ЬІ").replace("ы", "ьі"), _YERU_IN_TWO.sub("Ы", text))
    keys = (key for spelled in spellings for key in (fold(spelled), fold_marking(spelled).lower()))
    return list(dict.fromkeys(filter(None, keys)))


def _carries(column: SQLColumnExpression[Any], keys: Sequence[str]) -> ColumnElement[bool]:
    # The keys are letters and digits only, so that no wildcard can stand in them.
    return or_(*(column.like(f"%{key}%") for key in keys))


def _closeness(column: SQLColumnExpression[Any]) -> tuple[SQLColumnExpression[Any], ...]:
    return (func.length(column), column)


def _found(
    session: Session, statement: Select[*tuple[Any, ...]], order: Sequence[Any], limit: int
) -> tuple[int, Sequence[Any]]:
    """How many rows there are and the first of them, one a record."""
    total: int = session.execute(select(func.count()).select_from(statement.subquery())).scalar_one()
    ordered = statement.order_by(*order)
    return total, session.execute(ordered.limit(limit) if limit else ordered).all() if total else []


def _best_names(
    names: Table, owner: SQLColumnExpression[Any], name: SQLColumnExpression[Any], asked: Asked
) -> Subquery:
    """The names that carry a key, of each owner the best at ``place`` 1; ``part`` is 0 of a whole name.

    Whoever looks for "TI" means the firm of that name, not the many with "ti" inside; and a name in the
    letters of the question stands before one that only sounds alike.
    """
    part = case((names.c.folded.in_(asked.keys), 0), else_=1)
    # LIKE heeds case on PostgreSQL and not on SQLite.
    alike = case((func.replace(name, asked.text, "") == name, 1), else_=0)
    order = (part, alike, func.length(name), name, names.c.id)
    place = func.row_number().over(partition_by=owner, order_by=order)
    return (
        select(owner.label("owner"), name.label("matched"), part.label("part"), place.label("place"))
        .where(_carries(names.c.folded, asked.keys))
        .subquery()
    )


def _named(
    session: Session,
    name: str,
    statement: Select[*tuple[Any, ...]],
    order: Sequence[Any],
    limit: int,
    max_tlp: Tlp | None,
) -> tuple[int, Sequence[Any], int]:
    """As `_found`, without the names that nothing bears which may be shown, and how many those are."""
    if (shown := may_show_name(name, max_tlp)) is None:
        return *_found(session, statement, order, limit), 0
    everything, _rows = _found(session, statement, order, 1)
    total, rows = _found(session, statement.where(shown), order, limit)
    return total, rows, everything - total


def _firms(session: Session, asked: Asked, limit: int, max_tlp: Tlp | None) -> Hits:
    best = _best_names(
        OrganizationName.__table__, OrganizationName.organization_id, OrganizationName.name, asked
    )
    statement = (
        select(Organization.uid, Organization.label, Organization.verification, best.c.matched)
        .join(best, best.c.owner == Organization.id)
        .where(best.c.place == 1)
    )
    order = (best.c.part, *_closeness(Organization.label), Organization.id)
    total, rows, left = _named(session, "organization", statement, order, limit, max_tlp)
    hits = tuple(_hit("firm", "organization", row, row.label, row.verification) for row in rows)
    return Hits("firm", total, hits, left)


def _weapons(session: Session, asked: Asked, limit: int, max_tlp: Tlp | None) -> Hits:
    return _designated(session, asked, limit, max_tlp, "weapon_system")


def _units(session: Session, asked: Asked, limit: int, max_tlp: Tlp | None) -> Hits:
    return _designated(session, asked, limit, max_tlp, "unit_type")


_DESIGNATED = {"weapon_system": ("weapon", "weapon_alias"), "unit_type": ("unit", "unit_type_alias")}


def _designated(session: Session, asked: Asked, limit: int, max_tlp: Tlp | None, name: str) -> Hits:
    kind, aliases = _DESIGNATED[name]
    alias, thing = table(aliases), table(name)
    best = _best_names(alias, alias.c[f"{name}_id"], alias.c.alias, asked)
    statement = (
        select(thing.c.uid, thing.c.designation, thing.c.kind, best.c.matched)
        .join(best, best.c.owner == thing.c.id)
        .where(best.c.place == 1)
    )
    order = (best.c.part, *_closeness(thing.c.designation), thing.c.id)
    total, rows, left = _named(session, name, statement, order, limit, max_tlp)
    hits = tuple(
        _hit(kind, name, row, row.designation, (row.kind or "kind not stated").replace("_", " "))
        for row in rows
    )
    return Hits(kind, total, hits, left)


def _parts(session: Session, asked: Asked, limit: int, max_tlp: Tlp | None) -> Hits:
    statement = (
        select(Part.uid, Part.mpn, Part.mpn.label("matched"), Organization.label)
        .outerjoin(Organization, Organization.id == Part.organization_id)
        .where(_carries(Part.folded, asked.keys))
    )
    order = (*_closeness(Part.mpn), Part.id)
    total, rows, left = _named(session, "part", statement, order, limit, max_tlp)
    hits = tuple(_hit("part", "part", row, row.mpn, row.label or "maker not stated") for row in rows)
    return Hits("part", total, hits, left)


def _recoveries(session: Session, asked: Asked, limit: int, max_tlp: Tlp | None) -> Hits:
    numbered = select(RecoverySerial.recovery_id).where(
        _carries(func.lower(RecoverySerial.value_key), asked.keys)
    )
    statement = select(
        Recovery.id,
        Recovery.uid,
        Recovery.label,
        Recovery.label.label("matched"),
        Recovery.extent,
        Recovery.tlp,
    ).where(
        or_(_carries(Recovery.folded, asked.keys), Recovery.id.in_(numbered)),
        Recovery.withdrawn_at.is_(None),
    )
    order = (*_closeness(Recovery.label), Recovery.id)
    everything, _rows = _found(session, statement, order, 1)
    if (shown := may_show_recovery(max_tlp)) is not None:
        statement = statement.where(shown)
    total, rows = _found(session, statement, order, limit)
    hits = tuple(_hit("recovery", "recovery", row, row.label, row.extent) for row in rows)
    marks = [row.tlp for row in rows] + reported_marks(session, "recovery", [row.id for row in rows])
    tlp = strictest(marks) if rows else None
    return Hits("recovery", total, hits, everything - total, tlp)


def _components(session: Session, asked: Asked, limit: int, max_tlp: Tlp | None) -> Hits:
    carries = and_(_carries(Component.search_key, asked.keys), Component.withdrawn_at.is_(None))
    everything: int = session.execute(select(func.count()).select_from(Component).where(carries)).scalar_one()
    total = everything
    if (shown := may_show_component(max_tlp)) is not None:
        carries = and_(carries, shown)
        joined = select(func.count()).join_from(Component, Recovery, Recovery.id == Component.recovery_id)
        total = session.execute(joined.where(carries)).scalar_one()
    statement = (
        select(
            Component.id,
            Component.uid,
            func.coalesce(Component.marking, Component.description, "").label("matched"),
            Recovery.label,
            Component.tlp,
            Recovery.tlp.label("recovery_tlp"),
        )
        .join(Recovery, Recovery.id == Component.recovery_id)
        .where(carries)
        .order_by(*_closeness(Component.search_key), Component.id)
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
