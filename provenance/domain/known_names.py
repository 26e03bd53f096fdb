"""The names of known firms, weapons and unit types, for one that no record has."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from provenance.domain.weapons import designation_key
from provenance.schema.organizations import Organization, OrganizationName
from provenance.schema.reference import UnitType, UnitTypeAlias, WeaponAlias, WeaponSystem
from provenance.schema.session import Session
from provenance.text.firm_names import name_key
from provenance.text.near_names import KnownNames, Name, misspelt_key, near_names

SHOWN = 5
"""The most names that are offered."""

_ASIDE = re.compile(r" \([^()]*\)$")


@dataclass(frozen=True, slots=True)
class KnownName:
    """One name of a record, as written and as its key, and what the record is called."""

    number: int
    text: str
    key: str
    title: str


class NearNames:
    """Names of known records, ready to be compared with names that are not."""

    def __init__(self, names: Iterable[KnownName], key_of: Callable[[str], str]) -> None:
        self._names = list(names)
        self._key_of = key_of
        self._known = KnownNames((name.text, name.key) for name in self._names)

    def near(self, name: str) -> tuple[str, ...]:
        """What the records with the most similar names are called, best first, at most five."""
        places = near_names(Name(name, self._key_of(name)), self._known, limit=len(self._names))
        near = [self._names[place] for place in places]
        return tuple({name.number: name.title for name in near}.values())[:SHOWN]

    def misspelt(self, name: str) -> str | None:
        """What the record is called of whose name this looks like a misspelling; None where there is none."""
        places = misspelt_key(self._key_of(name), self._known.keys)
        return min((self._names[place].title for place in places), default=None)


def near_firms(session: Session, without: Collection[str] = ()) -> NearNames:
    """The organizations on record, but for some, given by their uids."""
    rows = session.execute(
        select(
            Organization.id,
            Organization.uid,
            Organization.label.label("title"),
            OrganizationName.name,
            OrganizationName.name_key,
        )
        .join(OrganizationName, OrganizationName.organization_id == Organization.id)
        .order_by(Organization.from_seed.desc(), Organization.label, OrganizationName.id)
    )
    named = [(row.uid, KnownName(row.id, row.name, row.name_key, row.title)) for row in rows]
    return _named(named, without, name_key)


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
        select(noun.id, noun.uid, noun.designation, alias.alias, alias.alias_key)
        .join(alias, owner == noun.id)
        .order_by(noun.from_seed.desc(), noun.designation, alias.id)
    )
    named = [(row.uid, KnownName(row.id, row.alias, row.alias_key, row.designation)) for row in rows]
    return _named(named, without, designation_key)


def _named(
    rows: Iterable[tuple[str, KnownName]], without: Collection[str], key_of: Callable[[str], str]
) -> NearNames:
    """Names with what their records are called, in a form by which each is found again."""
    kept = [name for uid, name in rows if uid not in without]
    keys: dict[int, set[str]] = {}
    for name in kept:
        keys.setdefault(name.number, set()).add(name.key)

    def called(name: KnownName) -> str:
        # What a label has in parentheses may only tell its reader more.
        found = key_of(name.title) in keys[name.number]
        return name.title if found else _ASIDE.sub("", name.title)

    return NearNames((replace(name, title=called(name)) for name in kept), key_of)
