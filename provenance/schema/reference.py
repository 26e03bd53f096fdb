"""What: weapon systems, unit types, parts, customs codes, date-code formats, control dates."""

from datetime import date
from typing import ClassVar

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from provenance.core.vocabulary import (
    ComponentCategory,
    DateReading,
    Language,
    TraceCategory,
    UnitKind,
    Verification,
    WeaponKind,
)
from provenance.schema.base import COUNTRY, PART_KEY, UID, Mapped, TableModel, in_order, one_of, one_of_each


class WeaponSystem(TableModel, table=True):
    """A model of weapon or equipment; design and build country are kept apart.

    ``variant_of_id`` is the family or the undetermined model that this one is a variant of.
    ``first_known_earliest`` and ``first_known_latest`` are the days between which it was first seen, shown
    or used, as ``first_known_source_id`` states it; NULL where no source does.
    """

    __tablename__ = "weapon_system"
    __table_args__ = (
        one_of("kind", WeaponKind),
        one_of("verification", Verification),
        in_order("first_known_earliest", "first_known_latest"),
    )

    id: Mapped[int] = Field(default=None, primary_key=True)
    uid: Mapped[str] = Field(sa_type=UID, unique=True)
    designation: Mapped[str] = Field(index=True)
    kind: Mapped[str | None] = Field(default=None)
    variant_of_id: Mapped[int | None] = Field(default=None, foreign_key="weapon_system.id", index=True)
    design_country: Mapped[str | None] = Field(default=None)
    build_country: Mapped[str | None] = Field(default=None)
    producer: Mapped[str | None] = Field(default=None)
    nato_name: Mapped[str | None] = Field(default=None)
    first_known_earliest: Mapped[date | None] = Field(default=None)
    first_known_latest: Mapped[date | None] = Field(default=None)
    first_known_source_id: Mapped[int | None] = Field(default=None, foreign_key="source.id")
    verification: Mapped[str]
    from_seed: Mapped[bool] = Field(default=False)
    source_id: Mapped[int] = Field(foreign_key="source.id")
    further_sources: Mapped[str | None] = Field(default=None)
    note: Mapped[str | None] = Field(default=None)


class WeaponAlias(TableModel, table=True):
    """A name of a weapon system in any script; spellings of one key are all of one weapon."""

    __tablename__ = "weapon_alias"
    __table_args__ = (
        UniqueConstraint("weapon_system_id", "alias"),
        one_of("language", Language),
        one_of("verification", Verification),
    )

    id: Mapped[int] = Field(default=None, primary_key=True)
    weapon_system_id: Mapped[int] = Field(foreign_key="weapon_system.id", index=True)
    alias: Mapped[str]
    alias_key: Mapped[str] = Field(index=True)
    folded: Mapped[str]
    language: Mapped[str]
    verification: Mapped[str]
    from_seed: Mapped[bool] = Field(default=False)
    source_id: Mapped[int] = Field(foreign_key="source.id")
    note: Mapped[str | None] = Field(default=None)


class UnitType(TableModel, table=True):
    """A unit that several weapons share, such as an antenna or an on-board computer."""

    __tablename__ = "unit_type"
    __table_args__ = (one_of("kind", UnitKind), one_of("verification", Verification))

    id: Mapped[int] = Field(default=None, primary_key=True)
    uid: Mapped[str] = Field(sa_type=UID, unique=True)
    designation: Mapped[str] = Field(index=True)
    kind: Mapped[str | None] = Field(default=None)
    verification: Mapped[str]
    from_seed: Mapped[bool] = Field(default=False)
    source_id: Mapped[int] = Field(foreign_key="source.id")
    further_sources: Mapped[str | None] = Field(default=None)
    note: Mapped[str | None] = Field(default=None)


class UnitTypeAlias(TableModel, table=True):
    """A name of a unit type in any script; spellings of one key are all of one unit type."""

    __tablename__ = "unit_type_alias"
    __table_args__ = (
        UniqueConstraint("unit_type_id", "alias"),
        one_of("language", Language),
        one_of("verification", Verification),
    )

    id: Mapped[int] = Field(default=None, primary_key=True)
    unit_type_id: Mapped[int] = Field(foreign_key="unit_type.id", index=True)
    alias: Mapped[str]
    alias_key: Mapped[str] = Field(index=True)
    folded: Mapped[str]
    language: Mapped[str]
    verification: Mapped[str]
    from_seed: Mapped[bool] = Field(default=False)
    source_id: Mapped[int] = Field(foreign_key="source.id")
    note: Mapped[str | None] = Field(default=None)


class Part(TableModel, table=True):
    """A part number as one maker sells it; several makers may sell the same number.

    ``eccn`` is NULL where it is not stated, which is not EAR99; ``eccn_as_of`` is the day for which
    ``eccn_source`` states it. ``introduced_earliest`` and ``introduced_latest`` are the days between which
    the maker first sold it; ``top_codes`` are the marks of its small packages, as written, separated by
    semicolons.
    """

    __tablename__ = "part"
    __table_args__ = (
        UniqueConstraint("mpn_key", "organization_id"),
        one_of_each("category", ComponentCategory),
        in_order("introduced_earliest", "introduced_latest"),
    )

    id: Mapped[int] = Field(default=None, primary_key=True)
    uid: Mapped[str] = Field(sa_type=UID, unique=True)
    organization_id: Mapped[int | None] = Field(default=None, foreign_key="organization.id")
    mpn: Mapped[str]
    mpn_key: Mapped[str]
    folded: Mapped[str]
    description: Mapped[str | None] = Field(default=None)
    category: Mapped[str | None] = Field(default=None)
    hs6: Mapped[str | None] = Field(default=None, max_length=6)
    eccn: Mapped[str | None] = Field(default=None)
    eccn_source: Mapped[str | None] = Field(default=None)
    eccn_as_of: Mapped[date | None] = Field(default=None)
    introduced_earliest: Mapped[date | None] = Field(default=None)
    introduced_latest: Mapped[date | None] = Field(default=None)
    top_codes: Mapped[str | None] = Field(default=None)
    source_id: Mapped[int] = Field(foreign_key="source.id")
    note: Mapped[str | None] = Field(default=None)


class PartKey(TableModel, table=True):
    """A key under which a marking finds a part: of its number, see `provenance.text.part_numbers.index_keys`,
    or of a top code, see `provenance.text.part_numbers.top_code_key`.

    Keys compare by their bytes on both databases, so that a prefix is a range.
    """

    __tablename__ = "part_key"
    __table_args__: ClassVar[dict[str, bool]] = {"sqlite_with_rowid": False}

    key: Mapped[str] = Field(sa_type=PART_KEY, primary_key=True)
    part_id: Mapped[int] = Field(foreign_key="part.id", primary_key=True, index=True)


class MarkingRule(TableModel, table=True):
    """A family of markings: numbers that match belong to this maker, or to the line's later owner.

    Every text that ``prefix_pattern`` matches begins with one of the prefixes in ``prefix``, which are
    separated by semicolons; a rule without any is tried on every marking. ``category`` is a component
    category, or ``trace`` or ``logo`` for what is not a part number. The maker printed none of the family
    before ``since``: it did not exist yet, or the family did not.
    """

    __tablename__ = "marking_rule"
    __table_args__ = (
        one_of("category", ComponentCategory, TraceCategory),
        one_of("verification", Verification),
    )

    id: Mapped[int] = Field(default=None, primary_key=True)
    key: Mapped[str] = Field(unique=True)
    organization_id: Mapped[int] = Field(foreign_key="organization.id", index=True)
    later_owner_id: Mapped[int | None] = Field(default=None, foreign_key="organization.id")
    prefix_pattern: Mapped[str]
    prefix: Mapped[str] = Field(default="", sa_column_kwargs={"server_default": ""})
    family: Mapped[str]
    category: Mapped[str]
    since: Mapped[date | None] = Field(default=None)
    verification: Mapped[str]
    source_id: Mapped[int] = Field(foreign_key="source.id")
    note: Mapped[str | None] = Field(default=None)


class CategoryHs(TableModel, table=True):
    """The customs code that goods of a category commonly fall under, where there is one."""

    __tablename__ = "category_hs"
    __table_args__ = (one_of("category", ComponentCategory), one_of("verification", Verification))

    category: Mapped[str] = Field(primary_key=True)
    hs6: Mapped[str] = Field(max_length=6)
    verification: Mapped[str]
    source_id: Mapped[int] = Field(foreign_key="source.id")
    note: Mapped[str | None] = Field(default=None)


class HsCode(TableModel, table=True):
    """A six-digit customs code of the Common High Priority List with its tier."""

    __tablename__ = "hs_code"

    hs6: Mapped[str] = Field(primary_key=True, max_length=6)
    tier: Mapped[str]
    description: Mapped[str]
    source_id: Mapped[int] = Field(foreign_key="source.id")


class DateCodeFormat(TableModel, table=True):
    """How one maker, or any maker, writes the date of manufacture on a part."""

    __tablename__ = "date_code_format"
    __table_args__ = (one_of("reading", DateReading), one_of("verification", Verification))

    id: Mapped[int] = Field(default=None, primary_key=True)
    key: Mapped[str] = Field(unique=True)
    organization_id: Mapped[int | None] = Field(default=None, foreign_key="organization.id", index=True)
    name: Mapped[str]
    pattern: Mapped[str]
    reading: Mapped[str]
    example: Mapped[str]
    trap: Mapped[str | None] = Field(default=None)
    verification: Mapped[str]
    source_id: Mapped[int] = Field(foreign_key="source.id")
    note: Mapped[str | None] = Field(default=None)


class ControlDate(TableModel, table=True):
    """The day from which an export control was in force, what it controlled, and whose trade it bound.

    ``binds`` are the countries that it keeps goods from, separated by semicolons, ``broad_for`` those of them
    for which broad controls began with it; NULL where nothing is stated.
    """

    __tablename__ = "control_date"
    __table_args__ = (one_of("verification", Verification),)

    id: Mapped[int] = Field(default=None, primary_key=True)
    key: Mapped[str] = Field(unique=True)
    date: Mapped[date]
    jurisdiction: Mapped[str]
    measure: Mapped[str]
    controlled: Mapped[str]
    hs_headings: Mapped[str | None] = Field(default=None)
    binds: Mapped[str | None] = Field(default=None)
    broad_for: Mapped[str | None] = Field(default=None)
    verification: Mapped[str]
    source_id: Mapped[int] = Field(foreign_key="source.id")
    note: Mapped[str | None] = Field(default=None)


class CoalitionMember(TableModel, table=True):
    """A member of the coalition that coordinates export controls on Russia and Belarus."""

    __tablename__ = "coalition_member"
    __table_args__ = (one_of("verification", Verification),)

    country: Mapped[str] = Field(primary_key=True, sa_type=COUNTRY)
    since_earliest: Mapped[date | None] = Field(default=None)
    since_latest: Mapped[date | None] = Field(default=None)
    verification: Mapped[str]
    source_id: Mapped[int] = Field(foreign_key="source.id")
    note: Mapped[str | None] = Field(default=None)
