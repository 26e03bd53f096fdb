"""Published names of weapons and units to weapon systems and unit types."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import select

from provenance.core.identity import natural_uid
from provenance.core.vocabulary import Extent, Language, Verification
from provenance.importing.summary import ReviewReason
from provenance.schema.rows import insert_row
from provenance.schema.session import Session, hold
from provenance.schema.tables import table
from provenance.sources.records import RecoveryRecord
from provenance.text.folding import fold_marking, search_text


def designation_key(name: str) -> str:
    """What makes two spellings of a designation the same: letters and digits, as they look."""
    return fold_marking(name)


@dataclass(frozen=True, slots=True)
class ResolvedWeapon:
    """What a recovery is of; both None where the source names neither."""

    weapon_system_id: int | None
    unit_type_id: int | None
    extent: Extent
    doubts: tuple[tuple[ReviewReason, str], ...] = ()


class WeaponNames:
    """Finds weapon systems and unit types by alias."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._weapons = self._aliases("weapon_alias", "weapon_system_id")
        self._units = self._aliases("unit_type_alias", "unit_type_id")

    def _aliases(self, name: str, target: str) -> dict[str, int]:
        alias = table(name)
        return {row[0]: row[1] for row in self._session.execute(select(alias.c.alias_key, alias.c[target]))}

    def known(self, record: RecoveryRecord) -> ResolvedWeapon | None:
        """The weapon and the unit that a published recovery names, if either is known.

        A name that is known as a unit type and not as a weapon makes the recovery one of a unit,
        whatever the entry's wording; the host stays unknown unless it is named. A unit that is only
        described ("navigation system of…") stays in the recovery's label.
        """
        unit = self._known(self._units, record.unit_names)
        weapon = self._known(self._weapons, record.weapon_names) if record.host_named else None
        if weapon is None and unit is None:
            unit = self._known(self._units, record.weapon_names)
        if weapon is None and unit is None:
            return None
        extent = Extent.UNIT if unit is not None and weapon is None else record.extent
        return ResolvedWeapon(weapon, unit, extent)

    @staticmethod
    def _known(aliases: dict[str, int], names: tuple[str, ...]) -> int | None:
        return next(
            (found for name in names if (found := aliases.get(designation_key(name))) is not None), None
        )


class WeaponResolver(WeaponNames):
    """Finds weapon systems and unit types by alias, and makes unverified ones of new names."""

    def __init__(self, session: Session, source_id: int, source_key: str) -> None:
        super().__init__(session)
        self._source_id = source_id
        self._source_key = source_key
        self.made: Counter[str] = Counter()

    def resolve(self, record: RecoveryRecord) -> ResolvedWeapon:
        """The weapon and the unit that a published recovery names, made where neither is known."""
        return self.known(record) or self._make(record)

    def _make(self, record: RecoveryRecord) -> ResolvedWeapon:
        weapon = unit = None
        doubts: list[tuple[ReviewReason, str]] = []
        if record.unit_designation is not None:
            unit = self._make_unit(record.unit_designation, record.unit_kind)
            doubts.append((ReviewReason.NEW_WEAPON, record.unit_designation))
        if record.designation is not None and (record.host_named or unit is None):
            weapon = self._make_weapon(record)
            doubts.append((ReviewReason.NEW_WEAPON, record.designation))
        return ResolvedWeapon(weapon, unit, record.extent, tuple(doubts))

    def _make_weapon(self, record: RecoveryRecord) -> int:
        assert record.designation is not None
        met = self._met("weapon_alias", "weapon_system_id", self._weapons, record.designation)
        if met is not None:
            return met
        weapon = self._insert("weapon_system", record.designation, record.weapon_kind)
        self._name("weapon_alias", "weapon_system_id", self._weapons, weapon, record.designation)
        return weapon

    def _make_unit(self, designation: str, kind: str | None) -> int:
        met = self._met("unit_type_alias", "unit_type_id", self._units, designation)
        if met is not None:
            return met
        unit = self._insert("unit_type", designation, kind)
        self._name("unit_type_alias", "unit_type_id", self._units, unit, designation)
        return unit

    def _met(self, name: str, target: str, aliases: dict[str, int], designation: str) -> int | None:
        """What others named so since this began: a name that is new to both is to make one record only."""
        alias, key = table(name), designation_key(designation)
        hold(self._session, name, key)
        met: int | None = self._session.execute(
            select(alias.c[target]).where(alias.c.alias_key == key).order_by(alias.c.id).limit(1)
        ).scalar()
        if met is not None:
            aliases[key] = met
        return met

    def _insert(self, name: str, designation: str, kind: str | None) -> int:
        self.made[name] += 1
        values = {
            "uid": natural_uid(name, self._source_key, designation_key(designation)),
            "designation": designation,
            "kind": kind,
            "from_seed": False,
            "verification": Verification.UNVERIFIED,
            "source_id": self._source_id,
        }
        return insert_row(self._session, table(name), values)

    def _name(self, name: str, target: str, aliases: dict[str, int], target_id: int, alias: str) -> None:
        key = designation_key(alias)
        aliases[key] = target_id
        values = {
            target: target_id,
            "alias": alias,
            "alias_key": key,
            "folded": search_text(alias),
            "language": Language.UND,
            "from_seed": False,
            "verification": Verification.UNVERIFIED,
            "source_id": self._source_id,
        }
        insert_row(self._session, table(name), values)
