"""What the labels of records say: the reference, the weapon, the unit, the marking.

A label names its item for whoever finds the bag: a component with the weapon and the unit that it came from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from provenance.core.vocabulary.evidence import RequirementSubject
from provenance.evidence.labels import Label
from provenance.evidence.subjects import Subject, SubjectKey, subjects
from provenance.schema.recoveries import Component, Recovery, Unit
from provenance.schema.reference import UnitType, WeaponSystem
from provenance.schema.session import Session

_MOST_NUMBERS = 500
"""Row numbers in one statement, well below what every SQLite takes (999)."""


def with_contents(session: Session, named: Sequence[Subject]) -> list[Subject]:
    """The records with everything in them that stands, each once: a recovery, then what is on no unit, then
    each unit with what is on it.
    """
    keys: dict[SubjectKey, None] = {}
    for each in named:
        keys[each.table, each.id] = None
        keys.update(dict.fromkeys(_contents(session, each)))
    found = subjects(session, keys)
    return [found[key] for key in keys]


def _contents(session: Session, about: Subject) -> list[SubjectKey]:
    if about.table is RequirementSubject.COMPONENT:
        return []
    if about.table is RequirementSubject.UNIT:
        return _components(session, Component.unit_id == about.id)
    keys = _components(session, Component.recovery_id == about.id, Component.unit_id.is_(None))
    standing = select(Unit.id).where(Unit.recovery_id == about.id, Unit.withdrawn_at.is_(None))
    for number in session.execute(standing.order_by(Unit.label, Unit.id)).scalars():
        keys.append((RequirementSubject.UNIT, number))
        keys += _components(session, Component.unit_id == number)
    return keys


def _components(session: Session, *mine: Any) -> list[SubjectKey]:
    found = select(Component.id).where(*mine, Component.withdrawn_at.is_(None)).order_by(Component.id)
    return [(RequirementSubject.COMPONENT, number) for number in session.execute(found).scalars()]


def labels_of(session: Session, about: Sequence[Subject]) -> dict[SubjectKey, Label]:
    """The label of each record. What is unknown, such as the unit of a component, is left out."""
    recoveries = _recoveries(session, {each.recovery_id for each in about})
    units = _units(session, about)
    return {
        (each.table, each.id): Label(
            each.ref,
            # A label is handed on like a file, so it states how its record is to be handled.
            f"{each.table} · TLP:{each.tlp}",
            each.title,
            tuple(line for line in _context(each, recoveries, units) if line and line != each.title),
        )
        for each in about
    }


def _context(about: Subject, recoveries: Mapping[int, str], units: Mapping[SubjectKey, str]) -> list[str]:
    weapon = recoveries[about.recovery_id]
    return [weapon, units.get((about.table, about.id), "")]


def _recoveries(session: Session, numbers: Iterable[int]) -> dict[int, str]:
    """Each recovery by its weapon and its own name, the weapon once where the name begins with it."""
    found: dict[int, str] = {}
    for chunk in _chunks(numbers):
        rows = session.execute(
            select(Recovery.id, Recovery.label, WeaponSystem.designation)
            .outerjoin(WeaponSystem, WeaponSystem.id == Recovery.weapon_system_id)
            .where(Recovery.id.in_(chunk))
        )
        for number, label, weapon in rows:
            found[number] = label if weapon is None or weapon in label else f"{weapon}, {label}"
    return found


def _units(session: Session, about: Sequence[Subject]) -> dict[SubjectKey, str]:
    """The unit that a component is on, and the type of a unit, by record; none where it is unknown."""
    found: dict[SubjectKey, str] = {}
    for chunk in _chunks(each.id for each in about if each.table is RequirementSubject.COMPONENT):
        on_units = (
            select(Component.id, Unit.label, UnitType.designation)
            .join(Unit, Unit.id == Component.unit_id)
            .outerjoin(UnitType, UnitType.id == Unit.unit_type_id)
            .where(Component.id.in_(chunk))
        )
        for number, label, type_ in session.execute(on_units):
            found[RequirementSubject.COMPONENT, number] = _unit(label, type_)
    for chunk in _chunks(each.id for each in about if each.table is RequirementSubject.UNIT):
        types = select(Unit.id, UnitType.designation).join(UnitType, UnitType.id == Unit.unit_type_id)
        for number, type_ in session.execute(types.where(Unit.id.in_(chunk))):
            found[RequirementSubject.UNIT, number] = type_
    return found


def _unit(label: str, type_: str | None) -> str:
    return label if type_ is None or type_ in label else f"{label} ({type_})"


def _chunks(numbers: Iterable[int]) -> list[list[int]]:
    ordered = sorted(set(numbers))
    return [ordered[start : start + _MOST_NUMBERS] for start in range(0, len(ordered), _MOST_NUMBERS)]
