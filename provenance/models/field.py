"""Logged: positions, seizures, and what somebody holds of a record; superseded, never overwritten."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from provenance.models.base import COUNTRY, UID, UtcDateTime, exactly_one_of, one_of, where_known
from provenance.vocab.field import Aspect, CounterfeitKind, Movement


def _one_standing(target: str) -> Index:
    """A unique index: of one record and aspect, one assessment stands."""
    condition = text(f"superseded_by IS NULL AND {target} IS NOT NULL")
    name = f"ix_assessment_{target}_aspect"
    return Index(name, target, "aspect", unique=True, sqlite_where=condition, postgresql_where=condition)


class RecoveryPosition(SQLModel, table=True):
    """Where a recovery lay, in WGS 84 degrees; at most one statement of it stands.

    ``precision_m`` is how far off it may be, in metres, NULL where nobody said; ``as_written`` is the
    position as it was given (decimal, degrees and minutes, MGRS).
    """

    __tablename__ = "recovery_position"
    __table_args__ = (
        CheckConstraint("latitude BETWEEN -90 AND 90", name="latitude_range"),
        CheckConstraint("longitude BETWEEN -180 AND 180", name="longitude_range"),
        CheckConstraint("precision_m > 0", name="precision_m_range"),
    )

    id: int | None = Field(default=None, primary_key=True)
    recovery_id: int = Field(foreign_key="recovery.id", index=True)
    latitude: float
    longitude: float
    precision_m: float | None = None
    as_written: str
    source_id: int = Field(foreign_key="source.id")
    superseded_by: int | None = Field(default=None, foreign_key="recovery_position.id")


class Seizure(SQLModel, table=True):
    """Goods stopped on their way: what makes a recovery a seizure.

    ``authority_id``, ``consignor_id`` and ``consignee_id`` are organizations, NULL where the name is
    unknown or several firms share it; the name as written is kept beside. ``declared_hs`` is the customs
    code as declared, of any length, ``hs6`` its first six digits.
    """

    __tablename__ = "seizure"
    __table_args__ = (
        one_of("movement", Movement),
        where_known("ix_seizure_consignor_id", "consignor_id"),
        where_known("ix_seizure_consignee_id", "consignee_id"),
    )

    recovery_id: int = Field(foreign_key="recovery.id", primary_key=True)
    authority_id: int | None = Field(default=None, foreign_key="organization.id")
    authority_as_written: str | None = None
    border_point: str | None = None
    movement: str | None = None
    from_country: str | None = Field(default=None, sa_type=COUNTRY)
    to_country: str | None = Field(default=None, sa_type=COUNTRY)
    consignor_id: int | None = Field(default=None, foreign_key="organization.id")
    consignor_as_written: str | None = None
    consignee_id: int | None = Field(default=None, foreign_key="organization.id")
    consignee_as_written: str | None = None
    declared_goods: str | None = None
    declared_hs: str | None = None
    hs6: str | None = Field(default=None, max_length=6)


class Assessment(SQLModel, table=True):
    """What somebody holds of one aspect of a record, on which basis; at most one an aspect stands.

    ``value`` is in the aspect's own vocabulary, NULL for "not assessed", which somebody may go back to.
    ``said_by`` is whose judgement it is (a laboratory, an analyst), ``actor`` who wrote it down.
    """

    __tablename__ = "assessment"
    __table_args__ = (
        one_of("aspect", Aspect),
        one_of("counterfeit_kind", CounterfeitKind),
        exactly_one_of("one_subject", ("recovery_id",), ("component_id",), ("citation_id",), ("source_id",)),
        _one_standing("recovery_id"),
        _one_standing("component_id"),
        _one_standing("citation_id"),
        _one_standing("source_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(sa_type=UID, unique=True)
    recovery_id: int | None = Field(default=None, foreign_key="recovery.id")
    component_id: int | None = Field(default=None, foreign_key="component.id")
    citation_id: int | None = Field(default=None, foreign_key="citation.id")
    source_id: int | None = Field(default=None, foreign_key="source.id")
    aspect: str
    value: str | None = None
    counterfeit_kind: str | None = None
    said_by: str
    basis: str
    actor: str
    said_at: datetime = Field(sa_type=UtcDateTime)
    superseded_by: int | None = Field(default=None, foreign_key="assessment.id")
