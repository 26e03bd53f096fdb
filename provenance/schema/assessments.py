"""Logged: positions, seizures and assessments of records; superseded, never overwritten."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from provenance.core.vocabulary.field import Aspect, CounterfeitKind, Movement
from provenance.schema.base import (
    COUNTRY,
    UID,
    Mapped,
    TableModel,
    UtcDateTime,
    exactly_one_of,
    one_of,
    partial_index,
    where_known,
)


def _one_current(target: str) -> Index:
    """A unique index: each record has at most one current assessment of an aspect."""
    condition = f"superseded_by IS NULL AND {target} IS NOT NULL"
    return partial_index(f"ix_assessment_{target}_aspect", target, "aspect", unique=True, where=condition)


class RecoveryPosition(TableModel, table=True):
    """Where a recovery was found, in WGS 84 degrees; at most one statement of it is current.

    ``precision_m`` is how far off it may be, in metres, NULL where it is not stated; ``as_written`` is the
    position as it was given (decimal, degrees and minutes, MGRS).
    """

    __tablename__ = "recovery_position"
    __table_args__ = (
        CheckConstraint("latitude BETWEEN -90 AND 90", name="latitude_range"),
        CheckConstraint("longitude BETWEEN -180 AND 180", name="longitude_range"),
        CheckConstraint("precision_m > 0", name="precision_m_range"),
    )

    id: Mapped[int] = Field(default=None, primary_key=True)
    recovery_id: Mapped[int] = Field(foreign_key="recovery.id", index=True)
    latitude: Mapped[float]
    longitude: Mapped[float]
    precision_m: Mapped[float | None] = Field(default=None)
    as_written: Mapped[str]
    source_id: Mapped[int] = Field(foreign_key="source.id")
    superseded_by: Mapped[int | None] = Field(default=None, foreign_key="recovery_position.id")


class Seizure(TableModel, table=True):
    """Goods seized in transit: what makes a recovery a seizure.

    ``authority_id``, ``consignor_id`` and ``consignee_id`` are organizations, NULL where the name is
    unknown or several firms share it; the name as written is also kept. ``declared_hs`` is the customs
    code as declared, of any length, ``hs6`` its first six digits.
    """

    __tablename__ = "seizure"
    __table_args__ = (
        one_of("movement", Movement),
        where_known("ix_seizure_consignor_id", "consignor_id"),
        where_known("ix_seizure_consignee_id", "consignee_id"),
    )

    recovery_id: Mapped[int] = Field(foreign_key="recovery.id", primary_key=True)
    authority_id: Mapped[int | None] = Field(default=None, foreign_key="organization.id")
    authority_as_written: Mapped[str | None] = Field(default=None)
    border_point: Mapped[str | None] = Field(default=None)
    movement: Mapped[str | None] = Field(default=None)
    from_country: Mapped[str | None] = Field(default=None, sa_type=COUNTRY)
    to_country: Mapped[str | None] = Field(default=None, sa_type=COUNTRY)
    consignor_id: Mapped[int | None] = Field(default=None, foreign_key="organization.id")
    consignor_as_written: Mapped[str | None] = Field(default=None)
    consignee_id: Mapped[int | None] = Field(default=None, foreign_key="organization.id")
    consignee_as_written: Mapped[str | None] = Field(default=None)
    declared_goods: Mapped[str | None] = Field(default=None)
    declared_hs: Mapped[str | None] = Field(default=None)
    hs6: Mapped[str | None] = Field(default=None, max_length=6)


class Assessment(TableModel, table=True):
    """An assessment of one aspect of a record, with its basis; at most one per aspect is current.

    ``value`` is in the aspect's own vocabulary, NULL for "not assessed", to which an assessment can be reset.
    ``said_by`` is whose judgement it is (a laboratory, an analyst), ``actor`` who logged it.
    """

    __tablename__ = "assessment"
    __table_args__ = (
        one_of("aspect", Aspect),
        one_of("counterfeit_kind", CounterfeitKind),
        exactly_one_of("one_subject", ("recovery_id",), ("component_id",), ("citation_id",), ("source_id",)),
        _one_current("recovery_id"),
        _one_current("component_id"),
        _one_current("citation_id"),
        _one_current("source_id"),
    )

    id: Mapped[int] = Field(default=None, primary_key=True)
    uid: Mapped[str] = Field(sa_type=UID, unique=True)
    recovery_id: Mapped[int | None] = Field(default=None, foreign_key="recovery.id")
    component_id: Mapped[int | None] = Field(default=None, foreign_key="component.id")
    citation_id: Mapped[int | None] = Field(default=None, foreign_key="citation.id")
    source_id: Mapped[int | None] = Field(default=None, foreign_key="source.id")
    aspect: Mapped[str]
    value: Mapped[str | None] = Field(default=None)
    counterfeit_kind: Mapped[str | None] = Field(default=None)
    said_by: Mapped[str]
    basis: Mapped[str]
    actor: Mapped[str]
    said_at: Mapped[datetime] = Field(sa_type=UtcDateTime)
    superseded_by: Mapped[int | None] = Field(default=None, foreign_key="assessment.id")
