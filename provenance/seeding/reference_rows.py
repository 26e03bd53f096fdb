"""What the rows of the seed's files say, by the columns of their tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from provenance.core.identity import natural_uid
from provenance.core.vocabulary import (
    DateReading,
    Language,
    NameKind,
    OrganizationKind,
    OwnershipScope,
    OwnershipStatus,
    SeatKind,
    Tlp,
    UnitKind,
    Verification,
    WeaponKind,
)
from provenance.domain.weapons import designation_key
from provenance.identify.rules import PREFIX_SEPARATOR
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
from provenance.schema.row_values import Values
from provenance.schema.sources import Source
from provenance.schema.traces import OwnershipRule
from provenance.seeding.files import SeedRow
from provenance.text.countries import country_code
from provenance.text.firm_names import name_key
from provenance.text.folding import script_of, search_text

Designated = type[WeaponSystem] | type[UnitType]
_Verified = (
    Designated
    | type[Organization]
    | type[OrganizationName]
    | type[OrganizationSeat]
    | type[Ownership]
    | type[WeaponAlias]
    | type[UnitTypeAlias]
    | type[MarkingRule]
    | type[CategoryHs]
    | type[DateCodeFormat]
    | type[ControlDate]
    | type[CoalitionMember]
    | type[EvidenceRequirement]
    | type[OwnershipRule]
)
_Lasting = type[OrganizationName] | type[OrganizationSeat] | type[Ownership]


class KnownKeys(dict[str, int]):
    """Row numbers by seed key, of one kind of record."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind


@dataclass
class Keys:
    """Row numbers by seed key, one kind of record each."""

    source: KnownKeys = field(default_factory=lambda: KnownKeys("source"))
    organization: KnownKeys = field(default_factory=lambda: KnownKeys("organization"))
    weapon_system: KnownKeys = field(default_factory=lambda: KnownKeys("weapon_system"))
    unit_type: KnownKeys = field(default_factory=lambda: KnownKeys("unit_type"))


def key_of(known: KnownKeys, row: SeedRow, header: str) -> int:
    """The row number that a cell's key names, among those that are known.

    Raises:
        BadInput: there is no record of that key.
    """
    key = row[header]
    if key not in known:
        raise row.complaint(f"{header}: there is no {known.kind} with key {key}")
    return known[key]


def source_values(row: SeedRow) -> Values:
    """A source, but for its key and how reliable it is."""
    published = row.span("published")
    return {
        Source.publisher: row.get("publisher"),
        Source.title: row.get("title"),
        Source.address: row.get("address"),
        Source.origin_group: row.get("origin_group"),
        Source.note: row.get("note"),
        Source.tlp: row.member("tlp", Tlp),
        Source.published_earliest: published.earliest,
        Source.published_latest: published.latest,
    }


def _further(row: SeedRow, keys: Keys) -> str | None:
    further = row.values("further_sources")
    for key in further:
        if key not in keys.source:
            raise row.complaint(f"further_sources: there is no source with key {key}")
    return ";".join(further) or None


def verified(noun: _Verified, row: SeedRow, keys: Keys) -> Values:
    """What every statement of the seed has: its source, and whether it was verified."""
    return {
        noun.verification: row.read("verification", Verification),
        noun.source_id: key_of(keys.source, row, "source"),
        noun.note: row.get("note"),
    }


def _between(noun: _Lasting, row: SeedRow) -> Values:
    since, until = row.span("since"), row.span("until")
    return {
        noun.since_earliest: since.earliest,
        noun.since_latest: since.latest,
        noun.until_earliest: until.earliest,
        noun.until_latest: until.latest,
    }


def organization(row: SeedRow, keys: Keys) -> Values:
    """A firm."""
    return {
        Organization.label: row["label"],
        Organization.kind: row.read("kind", OrganizationKind),
        Organization.from_seed: True,
        Organization.further_sources: _further(row, keys),
        **verified(Organization, row, keys),
    }


def name(row: SeedRow, keys: Keys) -> Values:
    """A name of a firm."""
    return {
        OrganizationName.organization_id: key_of(keys.organization, row, "organization"),
        OrganizationName.name: row["name"],
        OrganizationName.kind: row.read("kind", NameKind),
        OrganizationName.name_key: name_key(row["name"]),
        OrganizationName.folded: search_text(row["name"]),
        OrganizationName.script: script_of(row["name"]),
        OrganizationName.from_seed: True,
        **_between(OrganizationName, row),
        **verified(OrganizationName, row, keys),
    }


def seat(row: SeedRow, keys: Keys) -> Values:
    """A seat of a firm."""
    return {
        OrganizationSeat.organization_id: key_of(keys.organization, row, "organization"),
        OrganizationSeat.kind: row.read("kind", SeatKind),
        OrganizationSeat.country: row["country"],
        OrganizationSeat.from_seed: True,
        **_between(OrganizationSeat, row),
        **verified(OrganizationSeat, row, keys),
    }


def ownership(row: SeedRow, keys: Keys) -> Values:
    """A link between an owner and what it owns."""
    identity = [
        row.get(header) or "" for header in ("owned", "owner", "scope", "product_line", "since", "status")
    ]
    percent = row.read("share_percent", float) if row.get("share_percent") else None
    return {
        Ownership.uid: natural_uid("ownership", *identity),
        Ownership.owned_id: key_of(keys.organization, row, "owned"),
        Ownership.owner_id: key_of(keys.organization, row, "owner"),
        Ownership.scope: row.read("scope", OwnershipScope),
        Ownership.product_line: row.get("product_line"),
        Ownership.share_percent: percent,
        Ownership.status: row.read("status", OwnershipStatus),
        Ownership.from_seed: True,
        Ownership.further_sources: _further(row, keys),
        **_between(Ownership, row),
        **verified(Ownership, row, keys),
    }


def _designated(noun: Designated, row: SeedRow, keys: Keys, kinds: type[StrEnum]) -> Values:
    return {
        noun.designation: row["designation"],
        noun.kind: row.member("kind", kinds),
        noun.from_seed: True,
        noun.further_sources: _further(row, keys),
        **verified(noun, row, keys),
    }


def weapon(row: SeedRow, keys: Keys) -> Values:
    """A weapon, but for the family that it is a variant of."""
    return {
        **_designated(WeaponSystem, row, keys, WeaponKind),
        WeaponSystem.design_country: row.get("design_country"),
        WeaponSystem.build_country: row.get("build_country"),
        WeaponSystem.producer: row.get("producer"),
        WeaponSystem.nato_name: row.get("nato_name"),
    }


def unit_type(row: SeedRow, keys: Keys) -> Values:
    """A type of unit."""
    return _designated(UnitType, row, keys, UnitKind)


def weapon_alias(row: SeedRow, keys: Keys) -> Values:
    """A name of a weapon."""
    number = key_of(keys.weapon_system, row, "weapon_system")
    return {WeaponAlias.weapon_system_id: number, **_alias(WeaponAlias, row, keys)}


def unit_type_alias(row: SeedRow, keys: Keys) -> Values:
    """A name of a type of unit."""
    number = key_of(keys.unit_type, row, "unit_type")
    return {UnitTypeAlias.unit_type_id: number, **_alias(UnitTypeAlias, row, keys)}


def _alias(noun: type[WeaponAlias] | type[UnitTypeAlias], row: SeedRow, keys: Keys) -> Values:
    return {
        noun.alias: row["alias"],
        noun.alias_key: designation_key(row["alias"]),
        noun.folded: search_text(row["alias"]),
        noun.language: row.read("language", Language),
        noun.from_seed: True,
        **verified(noun, row, keys),
    }


def hs_code(row: SeedRow, keys: Keys) -> Values:
    """A customs code and its tier."""
    return {
        HsCode.hs6: row["hs6"],
        HsCode.tier: row["tier"],
        HsCode.description: row["description"],
        HsCode.source_id: key_of(keys.source, row, "source"),
    }


def date_code(row: SeedRow, keys: Keys) -> Values:
    """A maker's way of writing dates; of all makers where it names none."""
    maker = key_of(keys.organization, row, "organization") if row.get("organization") else None
    return {
        DateCodeFormat.key: row["key"],
        DateCodeFormat.name: row["name"],
        DateCodeFormat.pattern: row["pattern"],
        DateCodeFormat.example: row["example"],
        DateCodeFormat.reading: row.read("reading", DateReading),
        DateCodeFormat.organization_id: maker,
        DateCodeFormat.trap: row.get("trap"),
        **verified(DateCodeFormat, row, keys),
    }


def marking_rule(row: SeedRow, keys: Keys) -> Values:
    """A rule by which a marking names its maker."""
    later = key_of(keys.organization, row, "later_owner_line") if row.get("later_owner_line") else None
    return {
        MarkingRule.key: row["key"],
        MarkingRule.prefix_pattern: row["prefix_pattern"],
        MarkingRule.family: row["family"],
        MarkingRule.category: row["category"],
        MarkingRule.organization_id: key_of(keys.organization, row, "maker"),
        MarkingRule.later_owner_id: later,
        MarkingRule.prefix: PREFIX_SEPARATOR.join(row.values("prefix")),
        MarkingRule.since: row.span("since").earliest,
        **verified(MarkingRule, row, keys),
    }


def category_hs(row: SeedRow, keys: Keys) -> Values:
    """The customs code of a category of components."""
    return {
        CategoryHs.category: row["category"],
        CategoryHs.hs6: row["hs6"],
        **verified(CategoryHs, row, keys),
    }


def control_date(row: SeedRow, keys: Keys) -> Values:
    """The day from which something was controlled."""
    day = row.span("date")
    if day.earliest is None or day.earliest != day.latest:
        raise row.complaint("date must be a day")
    return {
        ControlDate.key: row["key"],
        ControlDate.jurisdiction: row["jurisdiction"],
        ControlDate.measure: row["measure"],
        ControlDate.controlled: row["controlled"],
        ControlDate.date: day.earliest,
        ControlDate.hs_headings: row.get("hs_headings"),
        ControlDate.binds: _countries(row, "binds"),
        ControlDate.broad_for: _countries(row, "broad_for"),
        **verified(ControlDate, row, keys),
    }


def _countries(row: SeedRow, column: str) -> str | None:
    """Countries by their codes, separated by semicolons."""
    codes = row.values(column)
    for code in codes:
        if country_code(code) != code:
            raise row.complaint(f"{column}: {code} is no country's code")
    return ";".join(codes) or None


def coalition_member(row: SeedRow, keys: Keys) -> Values:
    """A country that controls exports together with others, and since when."""
    since = row.span("since")
    return {
        CoalitionMember.country: row["country"],
        CoalitionMember.since_earliest: since.earliest,
        CoalitionMember.since_latest: since.latest,
        **verified(CoalitionMember, row, keys),
    }
