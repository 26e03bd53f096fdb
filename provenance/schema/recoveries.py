"""Found: recoveries, the units and components in them, and statements of their maker and part."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from provenance.core.vocabulary import (
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
from provenance.schema.base import (
    COUNTRY,
    UID,
    Mapped,
    TableModel,
    UtcDateTime,
    in_order,
    one_current,
    one_of_each,
    where_known,
)


class Recovery(TableModel, table=True):
    """What was examined: a specimen, or as much as the source lets us say.

    ``weapon_system_id`` is the weapon, or the one that a unit was taken from; ``unit_type_id`` the unit where
    only a unit was examined. ``label`` is the source's own name for it. ``withdrawn_at`` is when its author
    withdrew it.
    """

    __tablename__ = "recovery"
    __table_args__ = (
        one_of_each("kind", RecoveryKind),
        one_of_each("extent", Extent),
        one_of_each("tlp", Tlp),
        where_known("ix_recovery_tlp", "tlp"),
    )

    id: Mapped[int] = Field(default=None, primary_key=True)
    uid: Mapped[str] = Field(sa_type=UID, unique=True)
    kind: Mapped[str]
    extent: Mapped[str]
    label: Mapped[str]
    folded: Mapped[str]
    weapon_system_id: Mapped[int | None] = Field(default=None, foreign_key="weapon_system.id", index=True)
    unit_type_id: Mapped[int | None] = Field(default=None, foreign_key="unit_type.id", index=True)
    variant: Mapped[str | None] = Field(default=None)
    place: Mapped[str | None] = Field(default=None)
    country: Mapped[str | None] = Field(default=None, sa_type=COUNTRY)
    tlp: Mapped[str | None] = Field(default=None)
    note: Mapped[str | None] = Field(default=None)
    withdrawn_at: Mapped[datetime | None] = Field(default=None, sa_type=UtcDateTime)


class RecoverySerial(TableModel, table=True):
    """A number on the specimen itself: serial, tail, chassis, or the examiner's sample number."""

    __tablename__ = "recovery_serial"
    __table_args__ = (UniqueConstraint("recovery_id", "kind", "value"), one_of_each("kind", SerialKind))

    id: Mapped[int] = Field(default=None, primary_key=True)
    recovery_id: Mapped[int] = Field(foreign_key="recovery.id")
    kind: Mapped[str]
    value: Mapped[str]
    value_key: Mapped[str] = Field(index=True)


class RecoveryDate(TableModel, table=True):
    """A dated event of a recovery, as an interval, and in the source's words."""

    __tablename__ = "recovery_date"
    __table_args__ = (
        UniqueConstraint("recovery_id", "kind", "as_written"),
        one_of_each("kind", RecoveryDateKind),
        in_order("earliest", "latest"),
        CheckConstraint("earliest IS NOT NULL OR latest IS NOT NULL", name="some_date"),
    )

    id: Mapped[int] = Field(default=None, primary_key=True)
    recovery_id: Mapped[int] = Field(foreign_key="recovery.id")
    kind: Mapped[str]
    earliest: Mapped[date | None] = Field(default=None)
    latest: Mapped[date | None] = Field(default=None)
    as_written: Mapped[str]
    source_id: Mapped[int] = Field(foreign_key="source.id")


class Unit(TableModel, table=True):
    """A sub-assembly inside a recovery, such as the board a chip sat on.

    ``withdrawn_at`` is when it was withdrawn with the components on it.
    """

    __tablename__ = "unit"
    __table_args__ = (UniqueConstraint("recovery_id", "label"),)

    id: Mapped[int] = Field(default=None, primary_key=True)
    uid: Mapped[str] = Field(sa_type=UID, unique=True)
    recovery_id: Mapped[int] = Field(foreign_key="recovery.id")
    unit_type_id: Mapped[int | None] = Field(default=None, foreign_key="unit_type.id", index=True)
    label: Mapped[str]
    serial: Mapped[str | None] = Field(default=None)
    note: Mapped[str | None] = Field(default=None)
    withdrawn_at: Mapped[datetime | None] = Field(default=None, sa_type=UtcDateTime)


class Component(TableModel, table=True):
    """One physical item, or ``pieces`` identical ones, inside a recovery.

    ``marking`` is as written, lines separated by newlines; ``marking_mixed`` says that the source keeps
    description, marking, lot and date code in one text. ``pieces`` is NULL where they were not counted.
    ``made_earliest`` and ``made_latest`` bound the manufacture date, both inclusive; where it is one of
    several intervals, ``made_possible`` has them as partial dates ("2013-11; 2023-11"); ``made_basis``
    says what they were read from. ``component_serial`` is the item's own number as written (of a camera, an
    engine, the IMEI of a modem), ``serial_key`` its identity (`provenance.text.item_serials`).
    ``laboratory`` is who examined it; ``withdrawn_at`` is when its author
    withdrew it; since then it is not counted.
    """

    __tablename__ = "component"
    __table_args__ = (
        one_of_each("marking_state", MarkingState),
        one_of_each("category", ComponentCategory),
        one_of_each("authenticity", Authenticity),
        one_of_each("tlp", Tlp),
        in_order("made_earliest", "made_latest"),
        CheckConstraint("pieces >= 1", name="pieces_range"),
        where_known("ix_component_search_key", "search_key"),
        where_known("ix_component_serial_key", "serial_key"),
        where_known("ix_component_tlp", "tlp"),
        where_known("ix_component_withdrawn_at", "withdrawn_at"),
    )

    id: Mapped[int] = Field(default=None, primary_key=True)
    uid: Mapped[str] = Field(sa_type=UID, unique=True)
    recovery_id: Mapped[int] = Field(foreign_key="recovery.id", index=True)
    unit_id: Mapped[int | None] = Field(default=None, foreign_key="unit.id")
    description: Mapped[str | None] = Field(default=None)
    marking: Mapped[str | None] = Field(default=None)
    marking_mixed: Mapped[bool] = Field(default=False)
    marking_state: Mapped[str | None] = Field(default=None)
    search_key: Mapped[str | None] = Field(default=None)
    component_serial: Mapped[str | None] = Field(default=None)
    serial_key: Mapped[str | None] = Field(default=None)
    date_code: Mapped[str | None] = Field(default=None)
    lot: Mapped[str | None] = Field(default=None)
    made_earliest: Mapped[date | None] = Field(default=None)
    made_latest: Mapped[date | None] = Field(default=None)
    made_possible: Mapped[str | None] = Field(default=None)
    made_basis: Mapped[str | None] = Field(default=None)
    pieces: Mapped[int | None] = Field(default=None)
    category: Mapped[str | None] = Field(default=None)
    category_basis: Mapped[str | None] = Field(default=None)
    hs6: Mapped[str | None] = Field(default=None)
    hs6_basis: Mapped[str | None] = Field(default=None)
    condition: Mapped[str | None] = Field(default=None)
    authenticity: Mapped[str | None] = Field(default=None)
    authenticity_basis: Mapped[str | None] = Field(default=None)
    laboratory: Mapped[str | None] = Field(default=None)
    tlp: Mapped[str | None] = Field(default=None)
    note: Mapped[str | None] = Field(default=None)
    withdrawn_at: Mapped[datetime | None] = Field(default=None, sa_type=UtcDateTime)


class MakerAttribution(TableModel, table=True):
    """A statement of whose brand is on a component.

    At most one statement by a source or a person is current (not superseded), and beside it at most one
    tentative reading by the program, which is counted separately and replaces neither.

    ``organization_id`` is NULL where the source says that the maker is not identified;
    ``country_stated`` is the source's own label, which may be all that is known. ``said_by`` is the person
    whose assessment it is, NULL where a source or the program says it.
    """

    __tablename__ = "maker_attribution"
    __table_args__ = (
        one_of_each("status", StatementStatus),
        one_current("uq_maker_attribution_standing", "status <> 'tentative'"),
        one_current("uq_maker_attribution_guess", "status = 'tentative'"),
    )

    id: Mapped[int] = Field(default=None, primary_key=True)
    uid: Mapped[str] = Field(sa_type=UID, unique=True)
    component_id: Mapped[int] = Field(foreign_key="component.id", index=True)
    organization_id: Mapped[int | None] = Field(default=None, foreign_key="organization.id")
    as_written: Mapped[str]
    country_stated: Mapped[str | None] = Field(default=None, sa_type=COUNTRY)
    status: Mapped[str]
    basis: Mapped[str]
    said_by: Mapped[str | None] = Field(default=None)
    citation_id: Mapped[int | None] = Field(default=None, foreign_key="citation.id")
    superseded_by: Mapped[int | None] = Field(default=None, foreign_key="maker_attribution.id")


class Identification(TableModel, table=True):
    """A statement of which part a component is; current ones as in `MakerAttribution`.

    ``score`` is 0 to 1 and only a program's; a published or confirmed statement has none. ``said_by`` is
    as in `MakerAttribution`, ``method`` its basis.
    """

    __tablename__ = "identification"
    __table_args__ = (
        one_of_each("status", StatementStatus),
        CheckConstraint("score BETWEEN 0 AND 1", name="score_range"),
        one_current("uq_identification_standing", "status <> 'tentative'"),
        one_current("uq_identification_guess", "status = 'tentative'"),
    )

    id: Mapped[int] = Field(default=None, primary_key=True)
    uid: Mapped[str] = Field(sa_type=UID, unique=True)
    component_id: Mapped[int] = Field(foreign_key="component.id", index=True)
    part_id: Mapped[int] = Field(foreign_key="part.id", index=True)
    as_written: Mapped[str]
    status: Mapped[str]
    method: Mapped[str]
    score: Mapped[float | None] = Field(default=None)
    said_by: Mapped[str | None] = Field(default=None)
    citation_id: Mapped[int | None] = Field(default=None, foreign_key="citation.id")
    superseded_by: Mapped[int | None] = Field(default=None, foreign_key="identification.id")
