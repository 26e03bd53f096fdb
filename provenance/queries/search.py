"""Search: records by part of any of their names, markings, part numbers or serial numbers, in any script."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    Subquery,
    and_,
    case,
    func,
    or_,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute

from provenance.core.errors import UsageError
from provenance.core.identity import reference
from provenance.core.tlp import ceiling, strictest
from provenance.core.vocabulary import Tlp
from provenance.domain.record_kinds import RecordKind
from provenance.domain.same_statements import COMPARABLE
from provenance.queries.marked import may_show_component, may_show_recovery, reported_marks
from provenance.queries.marked_names import may_show_name
from provenance.queries.same_hits import SameRecords
from provenance.schema.organizations import Organization, OrganizationName
from provenance.schema.recoveries import Component, Recovery, RecoverySerial
from provenance.schema.reference import Part, UnitType, UnitTypeAlias, WeaponAlias, WeaponSystem
from provenance.schema.session import Session
from provenance.schema.watchlists import ListedName, ListedParty, ListedRecord, Watchlist
from provenance.text.folding import fold, fold_marking

DEFAULT_LIMIT = 20
_YERU_AS_TWO_LETTERS = re.compile("[Ьь][ІіIi]")

HitKind = Literal["firm", "weapon", "unit_type", "part", "recovery", "component", "listed_party"]


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that matches; ``matched`` is the name or marking that contains the text.

    ``name`` is None for a component without a published marking. ``detail`` is a firm's verification, a
    weapon's or unit type's kind, a part's maker, a recovery's extent, a component's recovery, a listed
    party's list; None: unknown. ``ref`` of a listed party is what its list calls it by.
    ``withdrawn`` says that the record, or the recovery that it is in, was withdrawn and is not counted.
    ``same_as`` are the records that count as one with it; of those that match, the best is the hit.
    """

    kind: HitKind
    ref: str
    name: str | None
    matched: str | None
    detail: str | None
    withdrawn: bool = False
    same_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hits:
    """Hits of one kind, best first, and how many there are in all.

    ``left_out`` is how many more there are that are marked too strictly, ``tlp`` the strictest mark of
    those shown, None of a kind that carries no marks.
    """

    kind: HitKind
    total: int
    hits: tuple[Hit, ...]
    left_out: int = 0
    tlp: Tlp | None = None


@dataclass(frozen=True, slots=True)
class _Query:
    """What is searched for: the text as written, its search keys, the most hits a kind, the clearance."""

    text: str
    keys: list[str]
    limit: int
    clearance: Tlp | None


def fetch_hits(
    session: Session, text: str, *, limit: int = DEFAULT_LIMIT, clearance: Tlp | None = None
) -> list[Hits]:
    """Records that contain a text in any of their names; at most ``limit`` of each kind, 0 for all.

    With a clearance, recoveries and components that are marked more strictly, and names that only stricter
    records use, are left out and counted.

    Raises:
        UsageError: the text has no letter and no digit.
    """
    query = _Query(text.strip(), _keys(text), limit, clearance)
    if not query.keys:
        raise UsageError("The text has no letter and no digit")
    finders: tuple[Callable[[Session, _Query], Hits], ...] = (
        _firms,
        _weapons,
        _unit_types,
        _parts,
        _recoveries,
        _components,
        _listed_parties,
    )
    found = [find(session, query) for find in finders]
    return [hits for hits in found if hits.total or hits.left_out]


def _keys(text: str) -> list[str]:
    """The search keys of a text: as it sounds and as it looks, in each spelling.

    Tail numbers of Geran drones begin with Ы, which publishers also write as the two letters ЬІ.
    """
    spellings = (text, text.replace("Ы", "ЬІ").replace("ы", "ьі"), _YERU_AS_TWO_LETTERS.sub("Ы", text))
    keys = (key for spelled in spellings for key in (fold(spelled), fold_marking(spelled).lower()))
    return list(dict.fromkeys(filter(None, keys)))


def _contains(column: SQLColumnExpression[Any], keys: Sequence[str]) -> ColumnElement[bool]:
    # The keys have only letters and digits, so that they cannot contain a wildcard.
    return or_(*(column.like(f"%{key}%") for key in keys))


def _closeness(column: SQLColumnExpression[Any]) -> tuple[SQLColumnExpression[Any], ...]:
    return (func.length(column), column)


def _found(
    session: Session, statement: Select[*tuple[Any, ...]], order: Sequence[Any], limit: int
) -> tuple[int, Sequence[Any]]:
    """How many rows there are, one per record, and the first of them."""
    total: int = session.execute(select(func.count()).select_from(statement.subquery())).scalar_one()
    ordered = statement.order_by(*order)
    return total, session.execute(ordered.limit(limit) if limit else ordered).all() if total else []


def _best_names(
    owner: InstrumentedAttribute[int],
    name: InstrumentedAttribute[str],
    key: InstrumentedAttribute[str],
    number: InstrumentedAttribute[int],
    query: _Query,
) -> Subquery:
    """The names that match, of each owner the best one at ``place`` 1; ``part`` is 0 of a whole name.

    A search for "TI" is for the firm of that name before the many names that contain "ti"; and a name in
    the script of the query comes before one that only sounds alike.
    """
    part = case((key.in_(query.keys), 0), else_=1)
    # LIKE is case-sensitive on PostgreSQL and not on SQLite.
    alike = case((func.replace(name, query.text, "") == name, 1), else_=0)
    order = (part, alike, func.length(name), name, number)
    place = func.row_number().over(partition_by=owner, order_by=order)
    return (
        select(owner.label("owner"), name.label("matched"), part.label("part"), place.label("place"))
        .where(_contains(key, query.keys))
        .subquery()
    )


def _named(
    session: Session,
    kind: RecordKind,
    statement: Select[*tuple[Any, ...]],
    order: Sequence[Any],
    query: _Query,
    same: SameRecords | None = None,
) -> tuple[int, Sequence[Any], int]:
    """As `_found`, without names that only stricter records use, and how many of those there are."""

    def once(of: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
        return of if same is None else of.where(same.once(of, order)[0])

    if (shown := may_show_name(kind, query.clearance)) is None:
        return *_found(session, once(statement), order, query.limit), 0
    everything, _rows = _found(session, once(statement), order, 1)
    total, rows = _found(session, once(statement.where(shown)), order, query.limit)
    return total, rows, everything - total


def _firms(session: Session, query: _Query) -> Hits:
    best = _best_names(
        OrganizationName.organization_id,
        OrganizationName.name,
        OrganizationName.folded,
        OrganizationName.id,
        query,
    )
    firm = (Organization.id, Organization.uid, Organization.label, Organization.verification)
    return _by_name(session, "firm", RecordKind.ORGANIZATION, firm, best, query)


def _weapons(session: Session, query: _Query) -> Hits:
    best = _best_names(
        WeaponAlias.weapon_system_id, WeaponAlias.alias, WeaponAlias.folded, WeaponAlias.id, query
    )
    weapon = (WeaponSystem.id, WeaponSystem.uid, WeaponSystem.designation, WeaponSystem.kind)
    return _by_name(session, "weapon", RecordKind.WEAPON_SYSTEM, weapon, best, query)


def _unit_types(session: Session, query: _Query) -> Hits:
    best = _best_names(
        UnitTypeAlias.unit_type_id, UnitTypeAlias.alias, UnitTypeAlias.folded, UnitTypeAlias.id, query
    )
    unit = (UnitType.id, UnitType.uid, UnitType.designation, UnitType.kind)
    return _by_name(session, "unit_type", RecordKind.UNIT_TYPE, unit, best, query)


_Found = tuple[
    InstrumentedAttribute[int],
    InstrumentedAttribute[str],
    InstrumentedAttribute[str],
    InstrumentedAttribute[Any],
]
"""What is read of a record that is found by its names: number, uid, label, detail."""


def _by_name(
    session: Session, kind: HitKind, of: RecordKind, record: _Found, best: Subquery, query: _Query
) -> Hits:
    """The records whose best name matches; those that have it as a whole name come first."""
    same = SameRecords(session, of) if of in COMPARABLE else None
    number, uid, label, detail = record
    statement = (
        select(uid, label, best.c.matched, detail).join(best, best.c.owner == number).where(best.c.place == 1)
    )
    order = (best.c.part, *_closeness(label), number)
    total, rows, left = _named(session, of, statement, order, query, same)
    return Hits(kind, total, _hits(kind, of, rows, same), left)


def _parts(session: Session, query: _Query) -> Hits:
    statement = (
        select(Part.uid, Part.mpn, Part.mpn.label("matched"), Organization.label)
        .outerjoin(Organization, Organization.id == Part.organization_id)
        .where(_contains(Part.folded, query.keys))
    )
    order = (*_closeness(Part.mpn), Part.id)
    total, rows, left = _named(session, RecordKind.PART, statement, order, query)
    return Hits("part", total, _hits("part", RecordKind.PART, rows), left)


def _recoveries(session: Session, query: _Query) -> Hits:
    numbered = select(RecoverySerial.recovery_id).where(
        _contains(func.lower(RecoverySerial.value_key), query.keys)
    )
    statement = select(
        Recovery.uid,
        Recovery.label,
        Recovery.label.label("matched"),
        Recovery.extent,
        Recovery.withdrawn_at.is_not(None).label("withdrawn"),
        Recovery.id,
        Recovery.tlp,
    ).where(or_(_contains(Recovery.folded, query.keys), Recovery.id.in_(numbered)))
    order = (Recovery.withdrawn_at.is_not(None), *_closeness(Recovery.label), Recovery.id)
    same = SameRecords(session, RecordKind.RECOVERY)
    everything, _rows = _found(session, statement.where(same.once(statement, order)[0]), order, 1)
    if (shown := may_show_recovery(query.clearance)) is not None:
        statement = statement.where(shown)
    statement = statement.where(same.once(statement, order)[0])
    total, rows = _found(session, statement, order, query.limit)
    marks = [row.tlp for row in rows]
    marks += reported_marks(session, RecordKind.RECOVERY, [row.id for row in rows])
    tlp = strictest(marks) if rows else None
    return Hits(
        "recovery", total, _hits("recovery", RecordKind.RECOVERY, rows, same), everything - total, tlp
    )


def _components(session: Session, query: _Query) -> Hits:
    matching = _contains(Component.search_key, query.keys)
    everything: int = session.execute(
        select(func.count()).select_from(Component).where(matching)
    ).scalar_one()
    withdrawn = or_(Component.withdrawn_at.is_not(None), Recovery.withdrawn_at.is_not(None))
    order = (withdrawn, *_closeness(Component.search_key), Component.id)
    same = SameRecords(session, RecordKind.COMPONENT)
    inside = select(Component.id).join(Recovery, Recovery.id == Component.recovery_id)
    once, repeats = same.once(inside.where(matching), order)
    everything -= repeats
    total = everything
    if (shown := may_show_component(query.clearance)) is not None:
        matching = and_(matching, shown)
        once, _repeats = same.once(inside.where(matching), order)
        joined = select(func.count()).join_from(Component, Recovery, Recovery.id == Component.recovery_id)
        total = session.execute(joined.where(matching, once)).scalar_one()
    name = func.coalesce(Component.marking, Component.description)
    numbered = _contains(func.lower(Component.serial_key), query.keys)
    statement = (
        select(
            Component.uid,
            name.label("name"),
            case((numbered, Component.component_serial), else_=name).label("matched"),
            Recovery.label,
            withdrawn.label("withdrawn"),
            Component.id,
            Component.tlp,
            Recovery.tlp.label("recovery_tlp"),
        )
        .join(Recovery, Recovery.id == Component.recovery_id)
        .where(matching, once)
        .order_by(*order)
    )
    rows = session.execute(statement.limit(query.limit) if query.limit else statement).all() if total else []
    marks = [mark for row in rows for mark in (row.tlp or row.recovery_tlp, row.recovery_tlp)]
    marks += reported_marks(session, RecordKind.COMPONENT, [row.id for row in rows])
    tlp = strictest(marks) if marks else None
    return Hits(
        "component", total, _hits("component", RecordKind.COMPONENT, rows, same), everything - total, tlp
    )


def _listed_parties(session: Session, query: _Query) -> Hits:
    """Parties of watchlists, in any version: each by the name that matches best."""
    matching = (
        select(ListedRecord.party_id, ListedName.record_id, ListedName.name, ListedName.id, ListedName.folded)
        .join(ListedRecord, ListedRecord.id == ListedName.record_id)
        .where(_contains(ListedName.folded, query.keys))
        .subquery()
    )
    part = case((matching.c.folded.in_(query.keys), 0), else_=1)
    order = (part, func.length(matching.c.name), matching.c.name, matching.c.id)
    place = func.row_number().over(partition_by=matching.c.party_id, order_by=order)
    best = select(matching, part.label("part"), place.label("place")).subquery()
    statement = (
        select(
            func.coalesce(ListedRecord.own_id, ListedParty.key).label("key"),
            ListedRecord.label,
            best.c.name.label("matched"),
            Watchlist.key.label("watchlist"),
            Watchlist.tlp,
        )
        .join(best, best.c.record_id == ListedRecord.id)
        .join(ListedParty, ListedParty.id == ListedRecord.party_id)
        .join(Watchlist, Watchlist.id == ListedParty.watchlist_id)
        .where(best.c.place == 1)
    )
    ranked = (best.c.part, *_closeness(ListedRecord.label), ListedParty.id)
    everything, _rows = _found(session, statement, ranked, 1)
    if query.clearance is not None:
        may_show = ceiling(query.clearance)
        marks = session.execute(select(Watchlist.tlp).distinct()).scalars()
        hidden = [mark for mark in marks if not may_show(mark)]
        unmarked = [] if may_show(None) else [Watchlist.tlp.is_not(None)]
        statement = statement.where(
            or_(Watchlist.tlp.is_(None), Watchlist.tlp.not_in([mark for mark in hidden if mark])), *unmarked
        )
    total, rows = _found(session, statement, ranked, query.limit)
    hits = tuple(Hit("listed_party", row.key, row.label, row.matched, row.watchlist) for row in rows)
    tlp = strictest(row.tlp for row in rows) if rows else None
    return Hits("listed_party", total, hits, everything - total, tlp)


def _hits(
    kind: HitKind, of: RecordKind, rows: Sequence[Any], same: SameRecords | None = None
) -> tuple[Hit, ...]:
    """Hits from rows of uid, name, matched name, detail and, of what can be withdrawn, whether it is."""
    others = same.others([row[0] for row in rows]) if same is not None else {}
    return tuple(
        Hit(
            kind,
            reference(of, row[0]),
            row[1] or None,
            row[2] or None,
            row[3],
            withdrawn=of in _WITHDRAWABLE and bool(row[4]),
            same_as=others.get(row[0], ()),
        )
        for row in rows
    )


_WITHDRAWABLE = (RecordKind.RECOVERY, RecordKind.COMPONENT)
"""The kinds of hits that can be withdrawn: they are found, and said to be."""
