"""The known firms, weapons and unit types whose names resemble one that no record has."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import select

from provenance.domain.weapons import designation_key
from provenance.schema.organizations import Organization, OrganizationName
from provenance.schema.reference import UnitType, UnitTypeAlias, WeaponAlias, WeaponSystem
from provenance.schema.session import Session
from provenance.text.firm_names import name_key

SHOWN = 5
_LIKE = 76
"""The least similarity of two keys, 0 to 100 (RapidFuzz's ratio): a wrong character in a name of five or
more, or two in one of nine, stay above it; names that have only a trade in common mostly stay below."""

_SHORTEST_BEGINNING = 4
_BEGINNING = 85
"""The similarity of a name that begins another: "Texas" is near "Texas Instruments"."""

_SHORTEST_MISSPELT, _LONG = 5, 9
"""From these lengths of a key on, one or two characters that differ are taken for a typing error."""


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
        self._keys = [name.key for name in self._names]
        self._in_order = sorted((key, place) for place, key in enumerate(self._keys))

    def near(self, key: str) -> tuple[str, ...]:
        """What the records with the most similar names are called, best first, at most five."""
        from rapidfuzz import fuzz, process

        alike = process.extract(key, self._keys, scorer=fuzz.ratio, score_cutoff=_LIKE, limit=4 * SHOWN)
        scores = {place: score for _key, score, place in alike}
        for place in self._sharing_a_beginning(key):
            scores[place] = max(scores.get(place, 0), _BEGINNING)
        best = sorted(scores, key=lambda place: (-scores[place], self._keys[place], place))
        titles = {self._names[place].number: self._names[place].title for place in best}
        return tuple(titles.values())[:SHOWN]

    def _sharing_a_beginning(self, key: str) -> Iterator[int]:
        """The places of the names that begin with a key, and of those that it begins with."""
        if len(key) < _SHORTEST_BEGINNING:
            return
        # In order, the names that begin alike stand together: an import compares many new names with all.
        for shorter in range(_SHORTEST_BEGINNING, len(key)):
            yield from self._beginning(key[:shorter], whole=True)
        yield from self._beginning(key, whole=False)

    def _beginning(self, key: str, *, whole: bool) -> Iterator[int]:
        """The places of the names that begin with a key, or are the ``whole`` of it."""
        for order in range(bisect_left(self._in_order, (key, -1)), len(self._in_order)):
            known, place = self._in_order[order]
            if not (known == key if whole else known.startswith(key)):
                return
            yield place

    def misspelt(self, key: str) -> str | None:
        """What the record is called of whose name this looks like a misspelling; None where there is none.

        Figures are no typing errors: Plant 12 is not Plant 21.
        """
        from rapidfuzz.distance import OSA

        if len(key) < _SHORTEST_MISSPELT:
            return None
        allowed = 2 if len(key) >= _LONG else 1
        figures = _figures(key)
        near = [
            (OSA.distance(key, name.key, score_cutoff=allowed), name.title)
            for name in self._names
            if abs(len(name.key) - len(key)) <= allowed and _figures(name.key) == figures
        ]
        distance, title = min(near, default=(allowed + 1, ""))
        return title if distance <= allowed else None


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
    rows = session.execute(
        select(
            WeaponSystem.id, WeaponSystem.uid, WeaponSystem.designation.label("title"), WeaponAlias.alias_key
        )
        .join(WeaponAlias, WeaponAlias.weapon_system_id == WeaponSystem.id)
        .order_by(WeaponSystem.from_seed.desc(), WeaponSystem.designation, WeaponAlias.id)
    )
    return _named([(row.id, row.uid, row.title, row.alias_key) for row in rows], without, designation_key)


def near_unit_types(session: Session, without: Collection[str] = ()) -> NearNames:
    """The unit types on record, but for some, given by their uids."""
    rows = session.execute(
        select(UnitType.id, UnitType.uid, UnitType.designation.label("title"), UnitTypeAlias.alias_key)
        .join(UnitTypeAlias, UnitTypeAlias.unit_type_id == UnitType.id)
        .order_by(UnitType.from_seed.desc(), UnitType.designation, UnitTypeAlias.id)
    )
    return _named([(row.id, row.uid, row.title, row.alias_key) for row in rows], without, designation_key)


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


def _figures(key: str) -> str:
    return "".join(filter(str.isdigit, key))
