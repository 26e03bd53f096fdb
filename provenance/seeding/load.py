"""Loads the reference data: sources, firms, weapons, codes; again where the files have changed.

Rows with an identity of their own (sources, organizations, weapons, unit types) are updated in place;
statements about them that came from the seed are replaced, those from elsewhere stay.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import delete, select

from provenance.core.identity import natural_uid
from provenance.core.vocabulary import Reliability
from provenance.domain.registry.log import every_change
from provenance.domain.registry.settle import settle_all
from provenance.domain.weapons import designation_key
from provenance.schema.base import TableModel
from provenance.schema.evidence import EvidenceRequirement
from provenance.schema.organizations import Organization, OrganizationName, OrganizationSeat, Ownership
from provenance.schema.reference import (
    CategoryHs,
    CoalitionMember,
    ControlDate,
    DateCodeFormat,
    HsCode,
    MarkingRule,
    UnitType,
    UnitTypeAlias,
    WeaponAlias,
    WeaponSystem,
)
from provenance.schema.row_values import Values, row_of, table_name, update_rows
from provenance.schema.rows import insert_row, insert_rows
from provenance.schema.session import Session
from provenance.schema.sources import Source
from provenance.schema.traces import OwnershipRule
from provenance.seeding import reference_rows
from provenance.seeding.files import SeedFile, SeedRow
from provenance.seeding.reference_rows import Designated, Keys, key_of, source_values
from provenance.seeding.requirements import requirement
from provenance.seeding.rules import ownership_rule

REFERENCE_FILES = (
    "source.csv",
    "organization.csv",
    "organization_name.csv",
    "organization_seat.csv",
    "ownership.csv",
    "weapon_system.csv",
    "weapon_alias.csv",
    "unit_type.csv",
    "unit_type_alias.csv",
    "hs_code.csv",
    "marking_rule.csv",
    "category_hs.csv",
    "date_code_format.csv",
    "control_date.csv",
    "coalition_member.csv",
    "evidence_requirement.csv",
    "ownership_rule.csv",
)


Keyed = Designated | type[Organization]
Aliases = type[WeaponAlias] | type[UnitTypeAlias]
Seeded = type[OrganizationName] | type[OrganizationSeat] | type[Ownership] | Aliases
Reader = Callable[[SeedRow, Keys], Values]

_ALIASES: tuple[tuple[Aliases, Reader], ...] = (
    (WeaponAlias, reference_rows.weapon_alias),
    (UnitTypeAlias, reference_rows.unit_type_alias),
)

_OWN_TABLES: tuple[tuple[type[TableModel], Reader], ...] = (
    (HsCode, reference_rows.hs_code),
    (MarkingRule, reference_rows.marking_rule),
    (CategoryHs, reference_rows.category_hs),
    (DateCodeFormat, reference_rows.date_code),
    (ControlDate, reference_rows.control_date),
    (CoalitionMember, reference_rows.coalition_member),
    (EvidenceRequirement, requirement),
    (OwnershipRule, ownership_rule),
)
"""Tables that only the seed fills."""


def load_reference(session: Session) -> int:
    """Loads every reference file; returns how many rows they have.

    Raises:
        BadInput: a seed file is broken; names file, line and reason.
    """
    files = {name: SeedFile(name) for name in REFERENCE_FILES}
    keys = Keys()

    def read(noun: type[TableModel], reader: Reader) -> list[Values]:
        return [reader(row, keys) for row in files[f"{table_name(noun)}.csv"].rows]

    for row in files["source.csv"].rows:
        keys.source[row["key"]] = _upsert_source(session, row)
    for row in files["organization.csv"].rows:
        firm = reference_rows.organization(row, keys)
        keys.organization[row["key"]] = _upsert(session, Organization, row, firm)
    _load_designated(session, files, WeaponSystem, keys)
    _load_designated(session, files, UnitType, keys)
    _say_variants(session, files["weapon_system.csv"], keys)
    _replace(session, OrganizationName, read(OrganizationName, reference_rows.name))
    _replace(session, OrganizationSeat, read(OrganizationSeat, reference_rows.seat))
    _replace(session, Ownership, read(Ownership, reference_rows.ownership))
    for aliases, reader in _ALIASES:
        rows = read(aliases, reader)
        _give_way(session, aliases, [row[aliases.alias_key] for row in rows])
        _replace(session, aliases, rows)
    settle_all(session)
    for noun, reader in _OWN_TABLES:
        session.execute(delete(noun))
        insert_rows(session, [row_of(noun, row) for row in read(noun, reader)])
    return sum(len(file.rows) for file in files.values())


def _load_designated(session: Session, files: Mapping[str, SeedFile], noun: Designated, keys: Keys) -> None:
    """Loads weapons or types of units."""
    is_weapon = noun is WeaponSystem
    known = keys.weapon_system if is_weapon else keys.unit_type
    reader = reference_rows.weapon if is_weapon else reference_rows.unit_type
    aliases: Aliases = WeaponAlias if is_weapon else UnitTypeAlias
    by_name = _made_by_imports(session, noun, aliases, files[f"{table_name(aliases)}.csv"])
    for row in files[f"{table_name(noun)}.csv"].rows:
        known[row["key"]] = _upsert(session, noun, row, reader(row, keys), by_name)


def _upsert_source(session: Session, row: SeedRow) -> int:
    values = source_values(row)
    reliability = row.member("reliability", Reliability)
    known = session.execute(select(Source.id, Source.reliability).where(Source.key == row["key"])).first()
    if known is None:
        identity: Values = {Source.uid: natural_uid("source", row["key"]), Source.key: row["key"]}
        new: Values = {**values, **identity, Source.reliability: reliability}
        return insert_row(session, row_of(Source, new))
    # What a user has assessed is not overwritten by a seed that leaves it open.
    values[Source.reliability] = known.reliability or reliability
    update_rows(session, Source, values, Source.id == known.id)
    return int(known.id)


def _upsert(
    session: Session, noun: Keyed, row: SeedRow, values: Values, by_name: Mapping[str, int] | None = None
) -> int:
    uid = natural_uid(table_name(noun), row["key"])
    known: int | None = session.execute(select(noun.id).where(noun.uid == uid)).scalar()
    if known is None and by_name is not None:
        # An import created this weapon before the seed had it: that row becomes the seed's.
        known = by_name.get(row["key"])
    values = {**values, noun.uid: uid}
    if known is None:
        return insert_row(session, row_of(noun, values))
    update_rows(session, noun, values, noun.id == known)
    return known


def _say_variants(session: Session, file: SeedFile, keys: Keys) -> None:
    for row in file.rows:
        family = key_of(keys.weapon_system, row, "variant_of") if row.get("variant_of") else None
        number = keys.weapon_system[row["key"]]
        update_rows(session, WeaponSystem, {WeaponSystem.variant_of_id: family}, WeaponSystem.id == number)


def _made_by_imports(session: Session, noun: Designated, aliases: Aliases, file: SeedFile) -> dict[str, int]:
    """The rows that imports made under any alias of a seed key, by that key."""
    target = WeaponAlias.weapon_system_id if aliases is WeaponAlias else UnitTypeAlias.unit_type_id
    # What a person has stated something about stays the record that it is.
    stated = {change.record_uid for change in every_change(session)}
    rows = [
        (row[0], row[1])
        for row in session.execute(
            select(aliases.alias_key, target, noun.uid)
            .join(noun, noun.id == target)
            .where(~aliases.from_seed, ~noun.from_seed)
        )
        if row[2] not in stated
    ]
    made = {row[0]: row[1] for row in rows}
    named = ((row[table_name(noun)], made.get(designation_key(row["alias"]))) for row in file.rows)
    return {key: number for key, number in named if number is not None} if made else {}


def _give_way(session: Session, aliases: Aliases, alias_keys: Sequence[str]) -> None:
    """Removes aliases of imports that conflict with the seed: a name means one weapon."""
    session.execute(delete(aliases).where(~aliases.from_seed, aliases.alias_key.in_(alias_keys)))


def _replace(session: Session, noun: Seeded, rows: list[Values]) -> None:
    session.execute(delete(noun).where(noun.from_seed))
    if noun is OrganizationName:
        rows = _without_known_names(session, rows)
    insert_rows(session, [row_of(noun, row) for row in rows])


def _without_known_names(session: Session, rows: list[Values]) -> list[Values]:
    identity = (OrganizationName.organization_id, OrganizationName.name, OrganizationName.kind)
    known = {tuple(row) for row in session.execute(select(*identity))}
    return [row for row in rows if tuple(row[column] for column in identity) not in known]
