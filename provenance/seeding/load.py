"""Loads the reference data: sources, firms, weapons, codes; again where the files have changed.

Rows with an identity of their own (sources, organizations, weapons, unit types) are updated in place;
statements about them that came from the seed are replaced, those from elsewhere stay.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import delete, select, update

from provenance.core.identity import natural_uid
from provenance.core.vocabulary import (
    DateReading,
    Language,
    NameKind,
    OrganizationKind,
    OwnershipScope,
    OwnershipStatus,
    Reliability,
    SeatKind,
    Tlp,
    UnitKind,
    Verification,
    WeaponKind,
)
from provenance.domain.weapons import designation_key
from provenance.identify.rules import PREFIX_SEPARATOR
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
from provenance.schema.rows import insert_row, insert_rows
from provenance.schema.session import Session
from provenance.schema.sources import Source
from provenance.schema.traces import OwnershipRule
from provenance.seeding.files import SeedFile, SeedRow
from provenance.seeding.requirements import requirement
from provenance.seeding.rules import ownership_rule
from provenance.text.firm_names import name_key
from provenance.text.folding import script_of, search_text

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


Keyed = type[Organization] | type[WeaponSystem] | type[UnitType]
Aliases = type[WeaponAlias] | type[UnitTypeAlias]
Seeded = type[OrganizationName] | type[OrganizationSeat] | type[Ownership] | Aliases


@dataclass
class Keys:
    """Row numbers by seed key, one kind of record each."""

    source: dict[str, int] = field(default_factory=dict)
    organization: dict[str, int] = field(default_factory=dict)
    weapon_system: dict[str, int] = field(default_factory=dict)
    unit_type: dict[str, int] = field(default_factory=dict)

    def of(self, kind: str, row: SeedRow, column: str) -> int:
        """The row number that a cell's key names."""
        key = row[column]
        try:
            number: int = getattr(self, kind)[key]
        except KeyError:
            raise row.complaint(f"{column}: there is no {kind} with key {key}") from None
        return number


def load_reference(session: Session) -> int:
    """Loads every reference file; returns how many rows they have.

    Raises:
        BadInput: a seed file is broken; names file, line and reason.
    """
    files = {name: SeedFile(name) for name in REFERENCE_FILES}
    keys = Keys()
    for row in files["source.csv"].rows:
        keys.source[row["key"]] = _upsert_source(session, row)
    for row in files["organization.csv"].rows:
        keys.organization[row["key"]] = _upsert(session, Organization, row, _organization(row, keys))
    for noun, aliases, known in (
        (WeaponSystem, WeaponAlias, keys.weapon_system),
        (UnitType, UnitTypeAlias, keys.unit_type),
    ):
        by_name = _made_by_imports(session, noun, aliases, files[f"{_name_of(aliases)}.csv"])
        for row in files[f"{_name_of(noun)}.csv"].rows:
            values = _weapon(row, keys) if noun is WeaponSystem else _designated(row, keys, UnitKind)
            known[row["key"]] = _upsert(session, noun, row, values, by_name)
    _say_variants(session, files["weapon_system.csv"], keys)
    _replace(session, OrganizationName, [_name(row, keys) for row in files["organization_name.csv"].rows])
    _replace(session, OrganizationSeat, [_seat(row, keys) for row in files["organization_seat.csv"].rows])
    _replace(session, Ownership, [_ownership(row, keys) for row in files["ownership.csv"].rows])
    for noun, aliases in ((WeaponSystem, WeaponAlias), (UnitType, UnitTypeAlias)):
        rows = [_alias(row, keys, _name_of(noun)) for row in files[f"{_name_of(aliases)}.csv"].rows]
        _give_way(session, aliases, [row["alias_key"] for row in rows])
        _replace(session, aliases, rows)
    _replace_whole(session, HsCode, [_hs_code(row, keys) for row in files["hs_code.csv"].rows])
    _replace_whole(session, MarkingRule, [_rule(row, keys) for row in files["marking_rule.csv"].rows])
    _replace_whole(session, CategoryHs, [_category_hs(row, keys) for row in files["category_hs.csv"].rows])
    _replace_whole(
        session, DateCodeFormat, [_date_code(row, keys) for row in files["date_code_format.csv"].rows]
    )
    _replace_whole(session, ControlDate, [_control(row, keys) for row in files["control_date.csv"].rows])
    _replace_whole(
        session, CoalitionMember, [_member(row, keys) for row in files["coalition_member.csv"].rows]
    )
    _replace_whole(
        session,
        EvidenceRequirement,
        [
            requirement(row, keys.of("source", row, "source"))
            for row in files["evidence_requirement.csv"].rows
        ],
    )
    rules = files["ownership_rule.csv"].rows
    _replace_whole(
        session, OwnershipRule, [ownership_rule(row, keys.of("source", row, "source")) for row in rules]
    )
    return sum(len(file.rows) for file in files.values())


def _upsert_source(session: Session, row: SeedRow) -> int:
    published = row.span("published")
    values: dict[str, Any] = {
        **{name: row.get(name) for name in ("publisher", "title", "address", "origin_group", "note")},
        "tlp": row.member("tlp", Tlp),
        "published_earliest": published.earliest,
        "published_latest": published.latest,
    }
    known = session.execute(select(Source.id, Source.reliability).where(Source.key == row["key"])).first()
    if known is None:
        uid = natural_uid("source", row["key"])
        values |= {"uid": uid, "key": row["key"], "reliability": row.member("reliability", Reliability)}
        return insert_row(session, Source(**values))
    # What a user has assessed is not overwritten by a seed that leaves it open.
    values["reliability"] = known.reliability or row.member("reliability", Reliability)
    session.execute(update(Source).where(Source.id == known.id).values(values))
    return int(known.id)


def _upsert(
    session: Session, noun: Keyed, row: SeedRow, values: dict[str, Any], by_name: dict[str, int] | None = None
) -> int:
    uid = natural_uid(_name_of(noun), row["key"])
    known: int | None = session.execute(select(noun.id).where(noun.uid == uid)).scalar()
    if known is None and by_name is not None:
        # An import created this weapon before the seed had it: that row becomes the seed's.
        known = by_name.get(row["key"])
    values = {**values, "uid": uid}
    if known is None:
        return insert_row(session, noun(**values))
    session.execute(update(noun).where(noun.id == known).values(values))
    return known


def _say_variants(session: Session, file: SeedFile, keys: Keys) -> None:
    for row in file.rows:
        family = keys.of("weapon_system", row, "variant_of") if row.get("variant_of") else None
        number = keys.weapon_system[row["key"]]
        session.execute(update(WeaponSystem).where(WeaponSystem.id == number).values(variant_of_id=family))


def _made_by_imports(session: Session, noun: Keyed, aliases: Aliases, file: SeedFile) -> dict[str, int]:
    """The rows that imports made under any alias of a seed key, by that key."""
    target = WeaponAlias.weapon_system_id if aliases is WeaponAlias else UnitTypeAlias.unit_type_id
    rows = session.execute(select(aliases.alias_key, target).where(~aliases.from_seed)).all()
    made = {row[0]: row[1] for row in rows}
    named = ((row[_name_of(noun)], made.get(designation_key(row["alias"]))) for row in file.rows)
    return {key: number for key, number in named if number is not None} if made else {}


def _give_way(session: Session, aliases: Aliases, alias_keys: Sequence[str]) -> None:
    """Removes aliases of imports that conflict with the seed: a name means one weapon."""
    session.execute(delete(aliases).where(~aliases.from_seed, aliases.alias_key.in_(alias_keys)))


def _replace(session: Session, noun: Seeded, rows: list[dict[str, Any]]) -> None:
    session.execute(delete(noun).where(noun.from_seed))
    if noun is OrganizationName:
        rows = _without_known_names(session, rows)
    insert_rows(session, [noun(**row) for row in rows])


def _without_known_names(session: Session, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    known = {
        tuple(row)
        for row in session.execute(
            select(OrganizationName.organization_id, OrganizationName.name, OrganizationName.kind)
        )
    }
    return [row for row in rows if (row["organization_id"], row["name"], row["kind"]) not in known]


def _replace_whole(session: Session, noun: type[TableModel], rows: list[dict[str, Any]]) -> None:
    """Replaces a table that only the seed fills."""
    session.execute(delete(noun))
    insert_rows(session, [noun(**row) for row in rows])


def _name_of(noun: type[TableModel]) -> str:
    """The name of a table, which its seed file and the columns that refer to it have."""
    return noun.__table__.name


def _further(row: SeedRow, keys: Keys) -> str | None:
    for key in row.values("further_sources"):
        if key not in keys.source:
            raise row.complaint(f"further_sources: there is no source with key {key}")
    return ";".join(row.values("further_sources")) or None


def _stated(row: SeedRow, keys: Keys) -> dict[str, Any]:
    return {
        "verification": row.read("verification", Verification),
        "source_id": keys.of("source", row, "source"),
        "note": row.get("note"),
    }


def _between(row: SeedRow) -> dict[str, Any]:
    since, until = row.span("since"), row.span("until")
    return {
        "since_earliest": since.earliest,
        "since_latest": since.latest,
        "until_earliest": until.earliest,
        "until_latest": until.latest,
    }


def _organization(row: SeedRow, keys: Keys) -> dict[str, Any]:
    return {
        "label": row["label"],
        "kind": row.read("kind", OrganizationKind),
        "from_seed": True,
        "further_sources": _further(row, keys),
        **_stated(row, keys),
    }


def _name(row: SeedRow, keys: Keys) -> dict[str, Any]:
    return {
        "organization_id": keys.of("organization", row, "organization"),
        "name": row["name"],
        "kind": row.read("kind", NameKind),
        "name_key": name_key(row["name"]),
        "folded": search_text(row["name"]),
        "script": script_of(row["name"]),
        "from_seed": True,
        **_between(row),
        **_stated(row, keys),
    }


def _seat(row: SeedRow, keys: Keys) -> dict[str, Any]:
    return {
        "organization_id": keys.of("organization", row, "organization"),
        "kind": row.read("kind", SeatKind),
        "country": row["country"],
        "from_seed": True,
        **_between(row),
        **_stated(row, keys),
    }


def _ownership(row: SeedRow, keys: Keys) -> dict[str, Any]:
    identity = [
        row.get(name) or "" for name in ("owned", "owner", "scope", "product_line", "since", "status")
    ]
    return {
        "uid": natural_uid("ownership", *identity),
        "owned_id": keys.of("organization", row, "owned"),
        "owner_id": keys.of("organization", row, "owner"),
        "scope": row.read("scope", OwnershipScope),
        "product_line": row.get("product_line"),
        "share_percent": row.read("share_percent", float) if row.get("share_percent") else None,
        "status": row.read("status", OwnershipStatus),
        "from_seed": True,
        "further_sources": _further(row, keys),
        **_between(row),
        **_stated(row, keys),
    }


def _designated(row: SeedRow, keys: Keys, kinds: type[StrEnum]) -> dict[str, Any]:
    return {
        "designation": row["designation"],
        "kind": row.member("kind", kinds),
        "from_seed": True,
        "further_sources": _further(row, keys),
        **_stated(row, keys),
    }


def _weapon(row: SeedRow, keys: Keys) -> dict[str, Any]:
    about = ("design_country", "build_country", "producer", "nato_name")
    return {**_designated(row, keys, WeaponKind), **{name: row.get(name) for name in about}}


def _alias(row: SeedRow, keys: Keys, kind: str) -> dict[str, Any]:
    return {
        f"{kind}_id": keys.of(kind, row, kind),
        "alias": row["alias"],
        "alias_key": designation_key(row["alias"]),
        "folded": search_text(row["alias"]),
        "language": row.read("language", Language),
        "from_seed": True,
        **_stated(row, keys),
    }


def _hs_code(row: SeedRow, keys: Keys) -> dict[str, Any]:
    source_id = keys.of("source", row, "source")
    return {**{name: row[name] for name in ("hs6", "tier", "description")}, "source_id": source_id}


def _date_code(row: SeedRow, keys: Keys) -> dict[str, Any]:
    return {
        **{name: row[name] for name in ("key", "name", "pattern", "example")},
        "reading": row.read("reading", DateReading),
        "organization_id": keys.of("organization", row, "organization") if row.get("organization") else None,
        "trap": row.get("trap"),
        **_stated(row, keys),
    }


def _rule(row: SeedRow, keys: Keys) -> dict[str, Any]:
    later = keys.of("organization", row, "later_owner_line") if row.get("later_owner_line") else None
    return {
        **{name: row[name] for name in ("key", "prefix_pattern", "family", "category")},
        "organization_id": keys.of("organization", row, "maker"),
        "later_owner_id": later,
        "prefix": PREFIX_SEPARATOR.join(row.values("prefix")),
        **_stated(row, keys),
    }


def _category_hs(row: SeedRow, keys: Keys) -> dict[str, Any]:
    return {"category": row["category"], "hs6": row["hs6"], **_stated(row, keys)}


def _control(row: SeedRow, keys: Keys) -> dict[str, Any]:
    day = row.span("date")
    if day.earliest is None or day.earliest != day.latest:
        raise row.complaint("date must be a day")
    return {
        **{name: row[name] for name in ("key", "jurisdiction", "measure", "controlled")},
        "date": day.earliest,
        "hs_headings": row.get("hs_headings"),
        **_stated(row, keys),
    }


def _member(row: SeedRow, keys: Keys) -> dict[str, Any]:
    since = row.span("since")
    return {
        "country": row["country"],
        "since_earliest": since.earliest,
        "since_latest": since.latest,
        **_stated(row, keys),
    }
