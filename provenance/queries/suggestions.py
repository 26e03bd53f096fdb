"""What a form offers at a half-typed answer: names and references out of the database."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import Select, or_, select

from provenance.core.identity import REFERENCE_LETTERS, reference
from provenance.schema.evidence import CustodyEvent
from provenance.schema.recoveries import Recovery, Unit
from provenance.schema.session import Session
from provenance.schema.sources import Source
from provenance.schema.tables import table
from provenance.text.countries import country_codes_and_names
from provenance.text.folding import fold

_OFFERED = 50
_NAMED = {
    "weapon": ("weapon_alias", "alias"),
    "firm": ("organization_name", "name"),
    "unit_type": ("unit_type_alias", "alias"),
}


@dataclass(frozen=True, slots=True)
class Suggested:
    """A text to put in, and what to show beside it."""

    text: str
    shown: str


def fetch_suggestions(
    session: Session, what: str, begun: str, recovery_id: int | None = None
) -> list[Suggested]:
    """Answers that begin as typed.

    ``what`` is one of weapon, firm, unit_type, place, source, country, recovery, unit, thing, holder.
    Units are those of one recovery. Recoveries come newest first, by reference or a piece of their label;
    a thing is a recovery, unit or component; a holder has had custody of something.
    """
    if what in _NAMED:
        name, column = _NAMED[what]
        named = table(name)
        begins = named.c.folded.like(f"{fold(begun)}%")
        return _texts(session, select(named.c[column]).where(begins).order_by(named.c[column]))
    if what == "place":
        place = Recovery.place
        return _texts(session, select(place).where(place.istartswith(begun, autoescape=True)).order_by(place))
    if what == "source":
        key = Source.key
        return _texts(session, select(key).where(key.istartswith(begun, autoescape=True)).order_by(key))
    if what == "unit":
        mine = Unit.recovery_id == recovery_id, Unit.label.istartswith(begun, autoescape=True)
        return _texts(session, select(Unit.label).where(*mine).order_by(Unit.label))
    if what == "holder":
        return _holders(session, begun)
    if what == "recovery":
        return _recoveries(session, begun)
    if what == "thing":
        return [
            *_recoveries(session, begun),
            *_inside(session, "unit", "label", begun),
            *_inside(session, "component", "marking", begun),
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
    named = [(reference("recovery", row.uid), row.label) for row in rows]
    kept = [(ref, label) for ref, label in named if not by_reference or ref.startswith(begun.strip().upper())]
    return [Suggested(ref, f"{ref}  {label}") for ref, label in kept[:_OFFERED]]


def _holders(session: Session, begun: str) -> list[Suggested]:
    found: list[Suggested] = []
    for name in (CustodyEvent.from_holder, CustodyEvent.to_holder):
        mine = name.is_not(None), name.istartswith(begun, autoescape=True)
        found += _texts(session, select(name).where(*mine).order_by(name))
    return sorted(set(found), key=lambda each: each.text)


def _inside(session: Session, name: str, column: str, begun: str) -> list[Suggested]:
    """Units or components, newest first, by reference or by how their label or marking begins."""
    record = table(name)
    letter = REFERENCE_LETTERS[name]
    by_reference = begun.strip().upper().startswith(f"{letter}-")
    label = record.c[column]
    statement = select(record.c.uid, label).order_by(record.c.id.desc())
    if "withdrawn_at" in record.c:
        statement = statement.where(record.c.withdrawn_at.is_(None))
    if not by_reference:
        statement = statement.where(label.istartswith(begun.strip(), autoescape=True)).limit(_OFFERED)
    rows = session.execute(statement)
    named = ((reference(name, row[0]), " ".join((row[1] or "").split())) for row in rows)
    kept = (each for each in named if not by_reference or each[0].startswith(begun.strip().upper()))
    return [Suggested(ref, f"{ref}  {text}") for ref, text in islice(kept, _OFFERED)]


def _countries(begun: str) -> list[Suggested]:
    wanted = fold(begun)
    return [
        Suggested(code, f"{code}  {name}")
        for code, name in country_codes_and_names()
        if code.casefold().startswith(begun.casefold()) or fold(name).startswith(wanted)
    ][:_OFFERED]
