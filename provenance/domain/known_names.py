"""The names of known firms, weapons and unit types, for one that no record has."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from provenance.domain.weapons import designation_key
from provenance.schema.organizations import Organization, OrganizationName
from provenance.schema.reference import UnitType, UnitTypeAlias, WeaponAlias, WeaponSystem
from provenance.schema.session import Session
from provenance.text.firm_names import name_key
from provenance.text.near_names import NearKeys

SHOWN = 5
"""The most names that are offered."""

_ASIDE = re.compile(r" \([^()]*\)$")


@dataclass(frozen=True, slots=True)
class KnownName:
    """One name of a record: its key, and what the record is called."""

    number: int
    key: str
    title: str


class NearNames:
    """Names of known records, ready to be compared with names that are not."""

    def __init__(self, names: Iterable[KnownName]) -> None:
        self._names = list(names)
        self._keys = NearKeys(name.key for name in self._names)

    def near(self, key: str) -> tuple[str, ...]:
        """What the records with the most similar names are called, best first, at most five."""
        near = [self._names[place] for place in self._keys.near(key)]
        return tuple({name.number: name.title for name in near}.values())[:SHOWN]

    def misspelt(self, key: str) -> str | None:
        """What the record is called of whose name this looks like a misspelling; None where there is none."""
        return min((self._names[place].title for place in self._keys.misspelt(key)), default=None)


def near_firms(session: Session, without: Collection[str] = ()) -> NearNames:
    """The organizations on record, but for some, given by their uids."""
    rows = session.execute(
        select(
            Organization.id, Organization.uid, Organization.label.label("title"), OrganizationName.name_key
        )
        .join(OrganizationName, OrganizationName.organization_id == Organization.id)
        .order_by(Organization.from_seed.desc(), Organization.label, OrganizationName.id)
    )
    return _named([(row.id, row.uid, row.title, row.name_key) for row in rows], without, name_key)


def near_weapons(session: Session, without: Collection[str] = ()) -> NearNames:
    """The weapon systems on record, but for some, given by their uids."""
    return _designated(session, WeaponSystem, WeaponAlias, WeaponAlias.weapon_system_id, without)


def near_unit_types(session: Session, without: Collection[str] = ()) -> NearNames:
    """The unit types on record, but for some, given by their uids."""
    return _designated(session, UnitType, UnitTypeAlias, UnitTypeAlias.unit_type_id, without)


def _designated(
    session: Session,
    noun: type[WeaponSystem] | type[UnitType],
    alias: type[WeaponAlias] | type[UnitTypeAlias],
    owner: InstrumentedAttribute[int],
    without: Collection[str],
) -> NearNames:
    rows = session.execute(
        select(noun.id, noun.uid, noun.designation, alias.alias_key)
        .join(alias, owner == noun.id)
        .order_by(noun.from_seed.desc(), noun.designation, alias.id)
    )
    named = [(row[0], row[1], row[2], row[3]) for row in rows]
    return _named(named, without, designation_key)


def _named(
    rows: Iterable[tuple[int, str, str, str]], without: Collection[str], key_of: Callable[[str], str]
) -> NearNames:
    """Names with what their records are called, in a form by which each is found again."""
    kept = [(number, title, key) for number, uid, title, key in rows if uid not in without]
    keys: dict[int, set[str]] = {}
    for number, _title, key in kept:
        keys.setdefault(number, set()).add(key)

    def called(number: int, title: str) -> str:
        # What a label has in parentheses may only tell its reader more.
        return title if key_of(title) in keys[number] else _ASIDE.sub("", title)

    return NearNames(KnownName(number, key, called(number, title)) for number, title, key in kept)
