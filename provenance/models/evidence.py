"""Evidence: pictures in the content-addressed store, what they show, custody, what a part calls for."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, DateTime, String
from sqlmodel import Field, SQLModel

from provenance.models.base import UID, UtcDateTime, exactly_one_of, in_order, one_of, where_known
from provenance.vocab import ComponentCategory, Tlp, Verification
from provenance.vocab.evidence import (
    AttachmentBasis,
    Need,
    PictureState,
    RecordFact,
    RequirementSubject,
    TakenBasis,
    View,
)

SHA256 = String(64)
_SUBJECTS = (("recovery_id",), ("unit_id",), ("component_id",))


class Photo(SQLModel, table=True):
    """One picture, known by the SHA-256 of its file; the store beside the database keeps the file.

    ``camera_time`` is what the camera's clock said, without a zone unless ``camera_zone_minutes`` tells
    it; ``taken_at`` is that time with ``clock_offset_seconds`` added. ``taken_earliest`` and
    ``taken_latest`` bound the day, both inclusive. ``position_latitude`` and ``position_longitude`` are
    degrees (WGS 84). ``likeness`` is a perceptual hash of 256 bits, NULL for a picture without
    features. ``working_sha256`` is the reduced copy without metadata.
    """

    __tablename__ = "photo"
    __table_args__ = (
        one_of("picture_state", PictureState),
        one_of("taken_basis", TakenBasis),
        one_of("tlp", Tlp),
        in_order("taken_earliest", "taken_latest"),
        CheckConstraint("byte_size > 0", name="byte_size_range"),
        CheckConstraint("position_latitude BETWEEN -90 AND 90", name="position_latitude_range"),
        CheckConstraint("position_longitude BETWEEN -180 AND 180", name="position_longitude_range"),
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(sa_type=UID, unique=True)
    sha256: str = Field(sa_type=SHA256, unique=True)
    byte_size: int = Field(sa_type=BigInteger)
    file_name: str
    file_modified_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    picture_format: str | None = None
    picture_state: str
    state_reason: str | None = None
    width: int | None = None
    height: int | None = None
    camera_make: str | None = None
    camera_model: str | None = None
    camera_serial: str | None = None
    camera_time: datetime | None = Field(default=None, sa_type=DateTime)
    camera_zone_minutes: int | None = None
    clock_offset_seconds: int | None = None
    taken_at: datetime | None = Field(default=None, sa_type=DateTime)
    taken_earliest: date | None = None
    taken_latest: date | None = None
    taken_basis: str | None = None
    position_latitude: float | None = None
    position_longitude: float | None = None
    position_altitude_m: float | None = None
    position_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    likeness: str | None = Field(default=None, sa_type=SHA256)
    label_read: str | None = None
    working_sha256: str | None = Field(default=None, sa_type=SHA256)
    tlp: str | None = None
    note: str | None = None
    taken_in_at: datetime = Field(sa_type=UtcDateTime)
    taken_in_by: str


class PhotoSubject(SQLModel, table=True):
    """A statement that a picture shows a recovery, unit or component, and on what it rests.

    One that was withdrawn stays, with who withdrew it, when and why.
    """

    __tablename__ = "photo_subject"
    __table_args__ = (
        one_of("attachment_basis", AttachmentBasis),
        exactly_one_of("one_subject", *_SUBJECTS),
        where_known("ix_photo_subject_recovery_id", "recovery_id"),
        where_known("ix_photo_subject_unit_id", "unit_id"),
        where_known("ix_photo_subject_component_id", "component_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(sa_type=UID, unique=True)
    photo_id: int = Field(foreign_key="photo.id", index=True)
    recovery_id: int | None = Field(default=None, foreign_key="recovery.id")
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    component_id: int | None = Field(default=None, foreign_key="component.id")
    attachment_basis: str
    reason: str
    attached_at: datetime = Field(sa_type=UtcDateTime)
    attached_by: str
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    withdrawn_by: str | None = None
    withdrawn_reason: str | None = None


class PhotoView(SQLModel, table=True):
    """A side or a thing that a picture shows of its subject."""

    __tablename__ = "photo_view"
    __table_args__ = (one_of("view", View),)

    photo_subject_id: int = Field(foreign_key="photo_subject.id", primary_key=True)
    view: str = Field(primary_key=True)


class CustodyEvent(SQLModel, table=True):
    """One handing over: when (an interval of moments), from whom, to whom, why, under which seal.

    ``from_holder`` and ``to_holder`` are NULL where nobody said. An entry that another one corrects
    stays and is ``superseded_by`` it.
    """

    __tablename__ = "custody_event"
    __table_args__ = (
        one_of("tlp", Tlp),
        in_order("at_earliest", "at_latest"),
        exactly_one_of("one_subject", *_SUBJECTS),
        CheckConstraint("from_holder IS NOT NULL OR to_holder IS NOT NULL", name="some_holder"),
        where_known("ix_custody_event_recovery_id", "recovery_id"),
        where_known("ix_custody_event_unit_id", "unit_id"),
        where_known("ix_custody_event_component_id", "component_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(sa_type=UID, unique=True)
    recovery_id: int | None = Field(default=None, foreign_key="recovery.id")
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    component_id: int | None = Field(default=None, foreign_key="component.id")
    at_earliest: datetime = Field(sa_type=UtcDateTime)
    at_latest: datetime = Field(sa_type=UtcDateTime)
    at_as_written: str
    from_holder: str | None = None
    to_holder: str | None = None
    reason: str | None = None
    seal: str | None = None
    state: str | None = None
    tlp: str | None = None
    note: str | None = None
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    recorded_by: str
    superseded_by: int | None = Field(default=None, foreign_key="custody_event.id")


class EvidenceRequirement(SQLModel, table=True):
    """What the documentation of a kind of record has to show; filled by the seed alone.

    ``category`` is NULL for the general list. ``item`` is a view that pictures show or a fact that the
    record holds.
    """

    __tablename__ = "evidence_requirement"
    __table_args__ = (
        one_of("subject", RequirementSubject),
        one_of("category", ComponentCategory),
        one_of("item", View, RecordFact),
        one_of("need", Need),
        one_of("verification", Verification),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    place: int
    subject: str
    category: str | None = None
    item: str
    need: str
    wording: str
    verification: str
    source_id: int = Field(foreign_key="source.id")
    note: str | None = None
