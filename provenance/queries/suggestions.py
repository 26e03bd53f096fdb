"""Suggestions for a half-typed answer: names and references from the database."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from provenance.core.identity import REFERENCE_LETTERS, reference
from provenance.domain.record_kinds import RecordKind
from provenance.schema.evidence import CustodyEvent
from provenance.schema.organizations import OrganizationName
from provenance.schema.recoveries import Component, Recovery, Unit
from provenance.schema.reference import UnitTypeAlias, WeaponAlias
from provenance.schema.session import Session
from provenance.schema.sources import Source
from provenance.text.countries import country_codes_and_names
from provenance.text.folding import fold

_OFFERED = 50
"""The most suggestions at a time: more than a screen of a terminal shows."""

_NAMED: dict[str, tuple[InstrumentedAttribute[str], InstrumentedAttribute[str]]] = {
    "weapon": (WeaponAlias.alias, WeaponAlias.folded),
    "firm": (OrganizationName.name, OrganizationName.folded),
    "unit_type": (UnitTypeAlias.alias, UnitTypeAlias.folded),
}
"""Names, and the folded keys that they are searched by."""


@dataclass(frozen=True, slots=True)
class Suggested:
    """A text to insert, and what to show for it in the list."""

    text: str
    shown: str


def fetch_suggestions(
    session: Session, what: str, begun: str, recovery_id: int | None = None
) -> list[Suggested]:
    """Answers that begin as typed.

    ``what`` is one of weapon, firm, unit_type, place, source, country, recovery, unit, item, holder.
    Units are those of one recovery. Recoveries are found by reference or by part of their label, newest
    first; an item is a recovery, unit or component; a holder has had custody of something.
    """
    if what in _NAMED:
        name, key = _NAMED[what]
        return _texts(session, select(name).where(key.like(f"{fold(begun)}%")).order_by(name))
    if what == "place":
        place = Recovery.place
        stands = Recovery.withdrawn_at.is_(None)
        return _texts(
            session, select(place).where(stands, place.istartswith(begun, autoescape=True)).order_by(place)
        )
    if what == "source":
        key = Source.key
        return _texts(session, select(key).where(key.istartswith(begun, autoescape=True)).order_by(key))
    if what == "unit":
        mine = (
            Unit.recovery_id == recovery_id,
            Unit.label.istartswith(begun, autoescape=True),
            Unit.withdrawn_at.is_(None),
        )
        return _texts(session, select(Unit.label).where(*mine).order_by(Unit.label))
    if what == "holder":
        return _holders(session, begun)
    if what == "recovery":
        return _recoveries(session, begun)
    if what == "item":
        return [
            *_recoveries(session, begun),
            *_units(session, begun),
            *_components(session, begun),
        ][:_OFFERED]
    return _countries(begun) if what == "country" else []


def _texts(session: Session, statement: Select[Any]) -> list[Suggested]:
    found = session.execute(statement.distinct().limit(_OFFERED)).scalars()
    return [Suggested(text, text) for text in found if text]


def _recoveries(session: Session, begun: str) -> list[Suggested]:
    statement = select(Recovery.uid, Recovery.label).where(Recovery.withdrawn_at.is_(None))
    by_reference = begun.strip().upper().startswith("R-")
    if begun.strip() and not by_reference:
        statement = statement.where(
            or_(Recovery.folded.like(f"%{fold(begun)}%"), Recovery.label.icontains(begun, autoescape=True))
        )
    newest = statement.order_by(Recovery.id.desc())
    rows = session.execute(newest if by_reference else newest.limit(_OFFERED)).all()
    named = [(reference(RecordKind.RECOVERY, row.uid), row.label) for row in rows]
    kept = [(ref, label) for ref, label in named if not by_reference or ref.startswith(begun.strip().upper())]
    return [Suggested(ref, f"{ref}  {label}") for ref, label in kept[:_OFFERED]]


def _holders(session: Session, begun: str) -> list[Suggested]:
    """Holders by entries that stand: not corrected ones, and of nothing that is withdrawn."""
    found: list[Suggested] = []
    for name in (CustodyEvent.from_holder, CustodyEvent.to_holder):
        mine = name.is_not(None), name.istartswith(begun, autoescape=True), _entry_stands()
        found += _texts(session, select(name).where(*mine).order_by(name))
    return sorted(set(found), key=lambda each: each.text)


def _entry_stands() -> ColumnElement[bool]:
    """Whether a custody entry is current, and its subject and that subject's recovery are not withdrawn."""
    withdrawn = select(Recovery.id).where(Recovery.withdrawn_at.is_not(None))
    units = select(Unit.id).where(or_(Unit.withdrawn_at.is_not(None), Unit.recovery_id.in_(withdrawn)))
    components = select(Component.id).where(
        or_(Component.withdrawn_at.is_not(None), Component.recovery_id.in_(withdrawn))
    )
    return and_(
        CustodyEvent.superseded_by.is_(None),
        or_(CustodyEvent.recovery_id.is_(None), CustodyEvent.recovery_id.not_in(withdrawn)),
        or_(CustodyEvent.unit_id.is_(None), CustodyEvent.unit_id.not_in(units)),
        or_(CustodyEvent.component_id.is_(None), CustodyEvent.component_id.not_in(components)),
    )


def _units(session: Session, begun: str) -> list[Suggested]:
    """Units, newest first, by reference or by how their label begins."""
    current = (
        select(Unit.uid, Unit.label)
        .join(Recovery, Recovery.id == Unit.recovery_id)
        .where(Unit.withdrawn_at.is_(None), Recovery.withdrawn_at.is_(None))
    )
    statement = current.order_by(Unit.id.desc())
    return _begins(session, RecordKind.UNIT, statement, Unit.label, begun)


def _components(session: Session, begun: str) -> list[Suggested]:
    """Components, newest first, by reference or by how their marking begins."""
    current = (
        select(Component.uid, Component.marking)
        .join(Recovery, Recovery.id == Component.recovery_id)
        .where(Component.withdrawn_at.is_(None), Recovery.withdrawn_at.is_(None))
    )
    statement = current.order_by(Component.id.desc())
    return _begins(session, RecordKind.COMPONENT, statement, Component.marking, begun)


def _begins(
    session: Session,
    kind: RecordKind,
    statement: Select[*tuple[Any, ...]],
    label: InstrumentedAttribute[Any],
    begun: str,
) -> list[Suggested]:
    """Records by the beginning of their reference or of their label; the statement gives uid and label."""
    by_reference = begun.strip().upper().startswith(f"{REFERENCE_LETTERS[kind]}-")
    if not by_reference:
        statement = statement.where(label.istartswith(begun.strip(), autoescape=True)).limit(_OFFERED)
    rows = session.execute(statement)
    named = ((reference(kind, row[0]), " ".join((row[1] or "").split())) for row in rows)
    kept = (each for each in named if not by_reference or each[0].startswith(begun.strip().upper()))
    return [Suggested(ref, f"{ref}  {text}") for ref, text in islice(kept, _OFFERED)]


def _countries(begun: str) -> list[Suggested]:
    wanted = fold(begun)
    return [
        Suggested(code, f"{code}  {name}")
        for code, name in country_codes_and_names()
        if code.casefold().startswith(begun.casefold()) or fold(name).startswith(wanted)
    ][:_OFFERED]
