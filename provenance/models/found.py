"""Found: recoveries, the units and components in them, and who says which maker and part it is."""

from datetime import date

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from provenance.models.base import COUNTRY, UID, in_order, one_of, where_known
from provenance.vocab import (
    Authenticity,
    ComponentCategory,
    Extent,
    MarkingState,
    RecoveryDateKind,
    RecoveryKind,
    SerialKind,
    StatementStatus,
    Tlp,
)


class Recovery(SQLModel, table=True):
    """What was examined: a specimen, or as much as the source lets us say.

    ``weapon_system_id`` is the weapon, or the one a unit came out of; ``unit_type_id`` the unit where
    only a unit was examined. ``label`` is the source's own name for it.
    """

    __tablename__ = "recovery"
    __table_args__ = (one_of("kind", RecoveryKind), one_of("extent", Extent), one_of("tlp", Tlp))

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(sa_type=UID, unique=True)
    kind: str
    extent: str
    label: str
    folded: str
    weapon_system_id: int | None = Field(default=None, foreign_key="weapon_system.id", index=True)
    unit_type_id: int | None = Field(default=None, foreign_key="unit_type.id", index=True)
    variant: str | None = None
    place: str | None = None
    country: str | None = Field(default=None, sa_type=COUNTRY)
    tlp: str | None = None
    note: str | None = None


class RecoverySerial(SQLModel, table=True):
    """A number on the specimen itself: serial, tail, chassis, or the examiner's sample number."""

    __tablename__ = "recovery_serial"
    __table_args__ = (UniqueConstraint("recovery_id", "kind", "value"), one_of("kind", SerialKind))

    id: int | None = Field(default=None, primary_key=True)
    recovery_id: int = Field(foreign_key="recovery.id")
    kind: str
    value: str
    value_key: str = Field(index=True)


class RecoveryDate(SQLModel, table=True):
    """Something that happened to the recovered thing, when (an interval), as the source words it."""

    __tablename__ = "recovery_date"
    __table_args__ = (
        UniqueConstraint("recovery_id", "kind", "as_written"),
        one_of("kind", RecoveryDateKind),
        in_order("earliest", "latest"),
        CheckConstraint("earliest IS NOT NULL OR latest IS NOT NULL", name="some_date"),
    )

    id: int | None = Field(default=None, primary_key=True)
    recovery_id: int = Field(foreign_key="recovery.id")
    kind: str
    earliest: date | None = None
    latest: date | None = None
    as_written: str
    source_id: int = Field(foreign_key="source.id")


class Unit(SQLModel, table=True):
    """A sub-assembly inside a recovery, such as the board a chip sat on."""

    __tablename__ = "unit"
    __table_args__ = (UniqueConstraint("recovery_id", "label"),)

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(sa_type=UID, unique=True)
    recovery_id: int = Field(foreign_key="recovery.id")
    unit_type_id: int | None = Field(default=None, foreign_key="unit_type.id", index=True)
    label: str
    serial: str | None = None
    note: str | None = None


class Component(SQLModel, table=True):
    """One physical item, or ``pieces`` identical ones, inside a recovery.

    ``marking`` is as written, lines parted by newlines; ``marking_mixed`` says that the source keeps
    description, marking, lot and date code in one text. ``pieces`` is NULL where nobody counted.
    ``made_earliest`` and ``made_latest`` bound the manufacture date, both inclusive; ``made_basis``
    says what they were read from.
    """

    __tablename__ = "component"
    __table_args__ = (
        one_of("marking_state", MarkingState),
        one_of("category", ComponentCategory),
        one_of("authenticity", Authenticity),
        one_of("tlp", Tlp),
        in_order("made_earliest", "made_latest"),
        CheckConstraint("pieces >= 1", name="pieces_range"),
        where_known("ix_component_search_key", "search_key"),
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(sa_type=UID, unique=True)
    recovery_id: int = Field(foreign_key="recovery.id", index=True)
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    description: str | None = None
    marking: str | None = None
    marking_mixed: bool = False
    marking_state: str | None = None
    search_key: str | None = None
    date_code: str | None = None
    lot: str | None = None
    made_earliest: date | None = None
    made_latest: date | None = None
    made_basis: str | None = None
    pieces: int | None = None
    category: str | None = None
    category_basis: str | None = None
    hs6: str | None = None
    hs6_basis: str | None = None
    condition: str | None = None
    authenticity: str | None = None
    authenticity_basis: str | None = None
    tlp: str | None = None
    note: str | None = None


class MakerAttribution(SQLModel, table=True):
    """A statement of whose brand is on a component; at most one stands (is not superseded).

    ``organization_id`` is NULL where the source says that the maker is not identified;
    ``country_stated`` is the source's own label, which may be all that is known.
    """

    __tablename__ = "maker_attribution"
    __table_args__ = (
        one_of("status", StatementStatus),
        where_known("ix_maker_attribution_organization_id", "organization_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(sa_type=UID, unique=True)
    component_id: int = Field(foreign_key="component.id", index=True)
    organization_id: int | None = Field(default=None, foreign_key="organization.id")
    as_written: str
    country_stated: str | None = Field(default=None, sa_type=COUNTRY)
    status: str
    basis: str
    citation_id: int | None = Field(default=None, foreign_key="citation.id")
    superseded_by: int | None = Field(default=None, foreign_key="maker_attribution.id")


class Identification(SQLModel, table=True):
    """A statement of which part a component is; at most one stands (is not superseded).

    ``score`` is 0 to 1 and only a program's; a published or confirmed statement has none.
    """

    __tablename__ = "identification"
    __table_args__ = (
        one_of("status", StatementStatus),
        CheckConstraint("score BETWEEN 0 AND 1", name="score_range"),
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(sa_type=UID, unique=True)
    component_id: int = Field(foreign_key="component.id", index=True)
    part_id: int = Field(foreign_key="part.id", index=True)
    as_written: str
    status: str
    method: str
    score: float | None = None
    citation_id: int | None = Field(default=None, foreign_key="citation.id")
    superseded_by: int | None = Field(default=None, foreign_key="identification.id")
