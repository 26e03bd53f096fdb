"""What: weapon systems, unit types, parts, customs codes, date-code formats, control dates."""

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from provenance.models.base import COUNTRY, PART_KEY, UID, in_order, one_of, one_of_each
from provenance.vocab import (
    ComponentCategory,
    DateReading,
    Language,
    TraceCategory,
    UnitKind,
    Verification,
    WeaponKind,
)


class WeaponSystem(SQLModel, table=True):
    """A model of weapon or equipment; design and build country are kept apart.

    ``variant_of_id`` is the family or the undetermined model that this one is a variant of.
    """

    __tablename__ = "weapon_system"
    __table_args__ = (one_of("kind", WeaponKind), one_of("verification", Verification))

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(sa_type=UID, unique=True)
    designation: str = Field(index=True)
    kind: str | None = None
    variant_of_id: int | None = Field(default=None, foreign_key="weapon_system.id", index=True)
    design_country: str | None = None
    build_country: str | None = None
    producer: str | None = None
    nato_name: str | None = None
    verification: str
    from_seed: bool = False
    source_id: int = Field(foreign_key="source.id")
    further_sources: str | None = None
    note: str | None = None


class WeaponAlias(SQLModel, table=True):
    """A name of a weapon system in any script; spellings of one key are all of one weapon."""

    __tablename__ = "weapon_alias"
    __table_args__ = (
        UniqueConstraint("weapon_system_id", "alias"),
        one_of("language", Language),
        one_of("verification", Verification),
    )

    id: int | None = Field(default=None, primary_key=True)
    weapon_system_id: int = Field(foreign_key="weapon_system.id", index=True)
    alias: str
    alias_key: str = Field(index=True)
    folded: str
    language: str
    verification: str
    from_seed: bool = False
    source_id: int = Field(foreign_key="source.id")
    note: str | None = None


class UnitType(SQLModel, table=True):
    """A unit that several weapons share, such as an antenna or an on-board computer."""

    __tablename__ = "unit_type"
    __table_args__ = (one_of("kind", UnitKind), one_of("verification", Verification))

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(sa_type=UID, unique=True)
    designation: str = Field(index=True)
    kind: str | None = None
    verification: str
    from_seed: bool = False
    source_id: int = Field(foreign_key="source.id")
    further_sources: str | None = None
    note: str | None = None


class UnitTypeAlias(SQLModel, table=True):
    """A name of a unit type in any script; spellings of one key are all of one unit type."""

    __tablename__ = "unit_type_alias"
    __table_args__ = (
        UniqueConstraint("unit_type_id", "alias"),
        one_of("language", Language),
        one_of("verification", Verification),
    )

    id: int | None = Field(default=None, primary_key=True)
    unit_type_id: int = Field(foreign_key="unit_type.id", index=True)
    alias: str
    alias_key: str = Field(index=True)
    folded: str
    language: str
    verification: str
    from_seed: bool = False
    source_id: int = Field(foreign_key="source.id")
    note: str | None = None


class Part(SQLModel, table=True):
    """A part number as one maker sells it; several makers may sell the same number.

    ``eccn`` is NULL where nobody has stated it, which is not EAR99; ``eccn_as_of`` is the day for which
    ``eccn_source`` states it. ``introduced_earliest`` and ``introduced_latest`` are the days between which
    the maker first sold it; ``top_codes`` are the marks of its small packages, as written, parted by
    semicolons.
    """

    __tablename__ = "part"
    __table_args__ = (
        UniqueConstraint("mpn_key", "organization_id"),
        one_of_each("category", ComponentCategory),
        in_order("introduced_earliest", "introduced_latest"),
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(sa_type=UID, unique=True)
    organization_id: int | None = Field(default=None, foreign_key="organization.id")
    mpn: str
    mpn_key: str
    folded: str
    description: str | None = None
    category: str | None = None
    hs6: str | None = Field(default=None, max_length=6)
    eccn: str | None = None
    eccn_source: str | None = None
    eccn_as_of: date | None = None
    introduced_earliest: date | None = None
    introduced_latest: date | None = None
    top_codes: str | None = None
    source_id: int = Field(foreign_key="source.id")
    note: str | None = None


class PartKey(SQLModel, table=True):
    """A key under which a marking finds a part: of its number, see `provenance.text.part_numbers.index_keys`,
    or of a top code, see `provenance.text.part_numbers.top_code_key`.

    Keys compare by their bytes on both databases, so that a prefix is a range.
    """

    __tablename__ = "part_key"
    __table_args__ = {"sqlite_with_rowid": False}

    key: str = Field(sa_type=PART_KEY, primary_key=True)
    part_id: int = Field(foreign_key="part.id", primary_key=True, index=True)


class MarkingRule(SQLModel, table=True):
    """A family of markings: what begins so is this maker's, and since a sale of the line a later owner's.

    ``category`` is a component category, or ``trace`` or ``logo`` for what is no part number.
    """

    __tablename__ = "marking_rule"
    __table_args__ = (
        one_of("category", ComponentCategory, TraceCategory),
        one_of("verification", Verification),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    organization_id: int = Field(foreign_key="organization.id", index=True)
    later_owner_id: int | None = Field(default=None, foreign_key="organization.id")
    prefix_pattern: str
    family: str
    category: str
    verification: str
    source_id: int = Field(foreign_key="source.id")
    note: str | None = None


class CategoryHs(SQLModel, table=True):
    """The customs code that goods of a category commonly fall under, where there is one."""

    __tablename__ = "category_hs"
    __table_args__ = (one_of("category", ComponentCategory), one_of("verification", Verification))

    category: str = Field(primary_key=True)
    hs6: str = Field(max_length=6)
    verification: str
    source_id: int = Field(foreign_key="source.id")
    note: str | None = None


class HsCode(SQLModel, table=True):
    """A six-digit customs code of the Common High Priority List with its tier."""

    __tablename__ = "hs_code"

    hs6: str = Field(primary_key=True, max_length=6)
    tier: str
    description: str
    source_id: int = Field(foreign_key="source.id")


class DateCodeFormat(SQLModel, table=True):
    """How a maker, or everybody, writes the date of manufacture on a part."""

    __tablename__ = "date_code_format"
    __table_args__ = (one_of("reading", DateReading), one_of("verification", Verification))

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    organization_id: int | None = Field(default=None, foreign_key="organization.id", index=True)
    name: str
    pattern: str
    reading: str
    example: str
    trap: str | None = None
    verification: str
    source_id: int = Field(foreign_key="source.id")
    note: str | None = None


class ControlDate(SQLModel, table=True):
    """The day from which an export control held, and what it controlled."""

    __tablename__ = "control_date"
    __table_args__ = (one_of("verification", Verification),)

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    date: date
    jurisdiction: str
    measure: str
    controlled: str
    hs_headings: str | None = None
    verification: str
    source_id: int = Field(foreign_key="source.id")
    note: str | None = None


class CoalitionMember(SQLModel, table=True):
    """A member of the coalition that coordinates export controls on Russia and Belarus."""

    __tablename__ = "coalition_member"
    __table_args__ = (one_of("verification", Verification),)

    country: str = Field(primary_key=True, sa_type=COUNTRY)
    since_earliest: date | None = None
    since_latest: date | None = None
    verification: str
    source_id: int = Field(foreign_key="source.id")
    note: str | None = None
