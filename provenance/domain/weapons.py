"""Resolves published names of weapons and units to weapon systems and unit types."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from provenance.core.errors import NotFound
from provenance.core.identity import natural_uid
from provenance.core.vocabulary import Extent, Language, Verification
from provenance.domain.plausibility import FirstKnown
from provenance.domain.record_kinds import RecordKind
from provenance.domain.references import row_of_reference
from provenance.domain.review import Doubt, Introduced, ReviewReason
from provenance.schema.reference import UnitType, UnitTypeAlias, WeaponAlias, WeaponSystem
from provenance.schema.row_values import Values, row_of, table_name
from provenance.schema.rows import insert_row
from provenance.schema.session import Session, hold_new
from provenance.schema.sources import Source
from provenance.text.doubts import is_doubted
from provenance.text.folding import fold, fold_marking, search_text
from provenance.text.maker_words import not_a_weapon
from provenance.text.near_names import KnownNames, Name, near_names
from provenance.text.partial_dates import DateSpan
from provenance.text.weapon_cells import SeveralWeapons, several_weapons

if TYPE_CHECKING:
    from provenance.domain.sources import Origin
    from provenance.sources.records import RecoveryRecord

_NEAR_NAMES = 5


def designation_key(name: str) -> str:
    """What makes two spellings of a designation the same: letters and digits, as they look."""
    return fold_marking(name)


@dataclass(frozen=True, slots=True)
class ResolvedWeapon:
    """The weapon and the unit type of a recovery; both None where the source names neither."""

    weapon_system_id: int | None
    unit_type_id: int | None
    extent: Extent
    doubts: tuple[Doubt, ...] = ()


def extent_of(stated: Extent, weapon_system_id: int | None, unit_type_id: int | None) -> Extent:
    """How much a recovery stands for: a unit, whatever is stated, where only a unit is known of it."""
    return Extent.UNIT if unit_type_id is not None and weapon_system_id is None else stated


class WeaponNames:
    """Finds weapon systems and unit types by alias."""

    def __init__(self, session: Session) -> None:
        self._session = session
        weapons = session.execute(select(WeaponAlias.alias_key, WeaponAlias.weapon_system_id))
        units = session.execute(select(UnitTypeAlias.alias_key, UnitTypeAlias.unit_type_id))
        self._weapons: dict[str, int] = {row.alias_key: row.weapon_system_id for row in weapons}
        self._units: dict[str, int] = {row.alias_key: row.unit_type_id for row in units}

    def known(self, record: RecoveryRecord) -> ResolvedWeapon | None:
        """The weapon and the unit that a published recovery names, if either is known.

        A name that is known as a unit type and not as a weapon makes the recovery one of a unit,
        whatever the entry's wording; the host stays unknown unless it is named. A unit that is only
        described ("navigation system of…") stays in the recovery's label.
        """
        if record.designation is not None and is_doubted(record.designation):
            return None
        unit = self._known(self._units, record.unit_names)
        weapon = self._known(self._weapons, record.weapon_names) if record.host_named else None
        if weapon is None and unit is None:
            unit = self._known(self._units, record.weapon_names)
        if weapon is None and unit is None and record.host_named:
            weapon = self._one_of_several(record.designation)
        if weapon is None and unit is None:
            return None
        return ResolvedWeapon(weapon, unit, extent_of(record.extent, weapon, unit))

    def lists_several(self, designation: str) -> bool:
        """Whether a text that is not a known name lists weapons, one of them known or set apart by lines."""
        listed = several_weapons(designation)
        return listed is not None and (listed.surely or bool(self._among(listed)))

    def _one_of_several(self, designation: str | None) -> int | None:
        """The weapon of a text that gives several of its names: "Shahed-136 / Geran-2"."""
        listed = several_weapons(designation) if designation else None
        known = self._among(listed) if listed else []
        return known[0] if listed and len(known) == len(listed.names) and len(set(known)) == 1 else None

    def _among(self, listed: SeveralWeapons) -> list[int]:
        keys = map(designation_key, listed.names)
        return [found for key in keys if (found := self._weapons.get(key)) is not None]

    @staticmethod
    def _known(aliases: dict[str, int], names: tuple[str, ...]) -> int | None:
        return next(
            (found for name in names if (found := aliases.get(designation_key(name))) is not None), None
        )


_Alias = type[WeaponAlias] | type[UnitTypeAlias]
_Seedable = type[WeaponSystem] | type[UnitType] | _Alias


class WeaponResolver(WeaponNames):
    """Finds weapon systems and unit types by alias, and makes unverified ones of new names."""

    def __init__(self, session: Session, origin: Origin) -> None:
        super().__init__(session)
        self._source_id = origin.source_id
        self._source_key = origin.source_key
        self.made: Counter[str] = Counter()
        self.introduced: dict[Doubt, Introduced] = {}

    def resolve(self, record: RecoveryRecord) -> ResolvedWeapon:
        """The weapon and the unit that a published recovery names, created where neither is known."""
        return self.known(record) or self._make(record)

    def _make(self, record: RecoveryRecord) -> ResolvedWeapon:
        weapon = unit = None
        extent = record.extent
        doubts: list[Doubt] = []
        if record.unit_designation is not None:
            unit = self._make_unit(record.unit_designation, record.unit_kind)
            doubts.append((ReviewReason.NEW_WEAPON, record.unit_designation))
        if record.designation is not None and (record.host_named or unit is None):
            if is_doubted(record.designation):
                doubts.append((ReviewReason.DOUBTED, record.designation))
            elif self.lists_several(record.designation):
                doubts.append((ReviewReason.SEVERAL_WEAPONS, record.designation))
                extent = Extent.UNSTATED if extent is Extent.MODEL else extent
            elif not_a_weapon(record.designation) is None:
                weapon = self._make_weapon(record)
                doubts.append((ReviewReason.NEW_WEAPON, record.designation))
            else:
                doubts.append((ReviewReason.NOT_A_WEAPON, record.designation))
        return ResolvedWeapon(weapon, unit, extent_of(extent, weapon, unit), tuple(doubts))

    def _make_weapon(self, record: RecoveryRecord) -> int:
        assert record.designation is not None
        created = self._created_by_others(
            WeaponAlias, WeaponAlias.weapon_system_id, self._weapons, record.designation
        )
        if created is not None:
            return created
        weapon = self._insert(WeaponSystem, record.designation, record.weapon_kind)
        self._weapons[designation_key(record.designation)] = weapon
        of: Values = {WeaponAlias.weapon_system_id: weapon}
        self._insert_alias(WeaponAlias, record.designation, of)
        return weapon

    def _make_unit(self, designation: str, kind: str | None) -> int:
        created = self._created_by_others(UnitTypeAlias, UnitTypeAlias.unit_type_id, self._units, designation)
        if created is not None:
            return created
        unit = self._insert(UnitType, designation, kind)
        self._units[designation_key(designation)] = unit
        of: Values = {UnitTypeAlias.unit_type_id: unit}
        self._insert_alias(UnitTypeAlias, designation, of)
        return unit

    def _created_by_others(
        self,
        alias: _Alias,
        target: Any,
        aliases: dict[str, int],
        designation: str,
    ) -> int | None:
        """What other writers have created under these names since the start: a new name makes one record
        only."""
        key = designation_key(designation)
        hold_new(self._session, table_name(alias), key)
        created: int | None = self._session.execute(
            select(target).where(alias.alias_key == key).order_by(alias.id).limit(1)
        ).scalar()
        if created is not None:
            aliases[key] = created
        return created

    def _insert(self, noun: type[WeaponSystem] | type[UnitType], designation: str, kind: str | None) -> int:
        name = table_name(noun)
        self.made[name] += 1
        uid = natural_uid(name, self._source_key, designation_key(designation))
        self.introduced[ReviewReason.NEW_WEAPON, designation] = Introduced(name, uid)
        values: Values = {noun.uid: uid, noun.designation: designation, noun.kind: kind}
        return insert_row(self._session, row_of(noun, {**values, **self._unverified(noun)}))

    def _unverified(self, noun: _Seedable) -> Values:
        return {
            noun.from_seed: False,
            noun.verification: Verification.UNVERIFIED,
            noun.source_id: self._source_id,
        }

    def _insert_alias(self, noun: _Alias, alias: str, of: Values) -> None:
        """Writes a name of a new weapon or type of unit, ``of`` being which."""
        values: Values = {
            noun.alias: alias,
            noun.alias_key: designation_key(alias),
            noun.folded: search_text(alias),
            noun.language: Language.UND,
        }
        insert_row(self._session, row_of(noun, {**values, **of, **self._unverified(noun)}))


def weapons_named(session: Session, texts: Sequence[str]) -> tuple[int, ...]:
    """The weapon systems with these names or references.

    Raises:
        NotFound: no weapon system has one of them; similar names are offered.
    """
    found: list[int] = []
    for text in texts:
        referred = row_of_reference(session, text)
        if referred and referred[0] is RecordKind.WEAPON_SYSTEM:
            found.append(referred[1])
            continue
        number = session.execute(
            select(WeaponAlias.weapon_system_id).where(WeaponAlias.alias_key == fold_marking(text))
        ).scalar()
        if number is None:
            raise NotFound(f"No weapon system is called {text}", near=_near_weapons(session, text))
        found.append(number)
    return tuple(found)


def first_known(session: Session, text: str) -> FirstKnown | None:
    """When the weapon of that name or reference was first known; None where no source says so, or there is
    no such weapon.
    """
    try:
        referred = row_of_reference(session, text)
    except NotFound:
        return None
    named = select(WeaponAlias.weapon_system_id).where(WeaponAlias.alias_key == fold_marking(text))
    mine = WeaponSystem.id == referred[1] if referred else WeaponSystem.id.in_(named)
    if referred is not None and referred[0] is not RecordKind.WEAPON_SYSTEM:
        return None
    return next(iter(first_known_of(session, mine).values()), None)


def first_known_of(session: Session, condition: Any = None) -> dict[int, FirstKnown]:
    """When weapons were first known, by row number, as far as sources say so."""
    statement = (
        select(
            WeaponSystem.id,
            WeaponSystem.designation,
            WeaponSystem.first_known_earliest,
            WeaponSystem.first_known_latest,
            Source.publisher,
        )
        .join(Source, Source.id == WeaponSystem.first_known_source_id)
        .where(WeaponSystem.first_known_earliest.is_not(None))
        .order_by(WeaponSystem.id)
    )
    if condition is not None:
        statement = statement.where(condition)
    return {
        row.id: FirstKnown(
            row.designation, DateSpan(row.first_known_earliest, row.first_known_latest), row.publisher
        )
        for row in session.execute(statement)
    }


def _near_weapons(session: Session, text: str) -> list[str]:
    rows = session.execute(
        select(WeaponAlias.alias, WeaponAlias.folded).order_by(WeaponAlias.alias, WeaponAlias.id)
    ).all()
    known = [(row.alias, row.folded) for row in rows]
    found = near_names(Name(text, fold(text)), KnownNames(known), limit=_NEAR_NAMES)
    return list(dict.fromkeys(rows[place].alias for place in found))
