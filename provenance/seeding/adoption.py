"""Recoveries whose weapon has been added to the reference data since they were imported."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, or_, select

from provenance.domain.audit import add_entry
from provenance.domain.consolidation import read_recovery
from provenance.domain.weapons import WeaponNames
from provenance.schema.recoveries import Recovery
from provenance.schema.reference import UnitType, UnitTypeAlias, WeaponAlias, WeaponSystem
from provenance.schema.references import is_referred_to
from provenance.schema.row_values import Values, table_name, update_rows
from provenance.schema.session import Session
from provenance.schema.sources import Citation

Noun = type[WeaponSystem] | type[UnitType]

_NOUNS: tuple[Noun, ...] = (WeaponSystem, UnitType)
_ALIASES = (WeaponAlias, UnitTypeAlias)


def adopt_recoveries(session: Session, actor: str) -> list[int]:
    """Assigns recoveries of unknown or makeshift weapons to the weapon that they name, if it is known now.

    A makeshift weapon is one that an import made of an unknown name. It is removed when nothing refers to it
    any more. Returns the recoveries that were changed.
    """
    _remove_mistaken_names(session)
    names = WeaponNames(session)
    changed: list[int] = []
    for row in _unsettled(session):
        record = read_recovery(row.raw_text)
        found = names.known(record) if record else None
        if found is None:
            continue
        before: dict[Noun, int | None] = {WeaponSystem: row.weapon_system_id, UnitType: row.unit_type_id}
        after: dict[Noun, int | None] = {WeaponSystem: found.weapon_system_id, UnitType: found.unit_type_id}
        if before == after:
            continue
        settled: Values = {
            Recovery.weapon_system_id: found.weapon_system_id,
            Recovery.unit_type_id: found.unit_type_id,
            Recovery.extent: found.extent,
        }
        update_rows(session, Recovery, settled, Recovery.id == row.id)
        add_entry(
            session,
            actor=actor,
            action="weapon known now",
            table=Recovery,
            uid=row.uid,
            before=_named(session, before),
            after=_named(session, after),
        )
        changed.append(row.id)
    for noun in _NOUNS:
        _remove_nameless(session, noun, actor)
    return changed


def _remove_mistaken_names(session: Session) -> None:
    """Removes the names under which imports took a unit for a weapon, or a weapon for a unit."""
    for mine, other in (_ALIASES, _ALIASES[::-1]):
        theirs = select(other.alias_key).where(other.from_seed)
        session.execute(delete(mine).where(~mine.from_seed, mine.alias_key.in_(theirs)))


def _unsettled(session: Session) -> list[Any]:
    """Recoveries of no weapon, or not one of the reference data, with their sources' records."""
    return list(
        session.execute(
            select(
                Recovery.id,
                Recovery.uid,
                Recovery.weapon_system_id,
                Recovery.unit_type_id,
                Citation.raw_text,
            )
            .join(Citation, Citation.recovery_id == Recovery.id)
            .outerjoin(WeaponSystem, WeaponSystem.id == Recovery.weapon_system_id)
            .outerjoin(UnitType, UnitType.id == Recovery.unit_type_id)
            .where(or_(WeaponSystem.id.is_(None), ~WeaponSystem.from_seed, ~UnitType.from_seed))
            .order_by(Recovery.id)
        )
    )


def _named(session: Session, numbers: dict[Noun, int | None]) -> dict[str, str | None]:
    """The designations behind row numbers, by the names of their tables."""
    return {
        table_name(noun): session.execute(select(noun.designation).where(noun.id == number)).scalar()
        for noun, number in numbers.items()
    }


def _remove_nameless(session: Session, noun: Noun, actor: str) -> None:
    """Removes what an import made and neither a name nor a record needs any more."""
    nameless = session.execute(
        select(noun.id, noun.uid, noun.designation).where(~noun.from_seed, ~is_referred_to(noun))
    ).all()
    for row in nameless:
        session.execute(delete(noun).where(noun.id == row.id))
        add_entry(
            session,
            actor=actor,
            action="name known otherwise now",
            table=noun,
            uid=row.uid,
            before={"designation": row.designation},
        )
