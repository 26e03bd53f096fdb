"""Evidence: photos in the content-addressed store, what they show, custody, documentation requirements."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, DateTime, String
from sqlmodel import Field

from provenance.core.vocabulary import ComponentCategory, Tlp, Verification
from provenance.core.vocabulary.evidence import (
    AttachmentBasis,
    EvidenceKind,
    Need,
    PhotoState,
    RecordFact,
    RequirementSubject,
    TakenBasis,
    View,
)
from provenance.schema.base import (
    UID,
    Mapped,
    TableModel,
    UtcDateTime,
    exactly_one_of,
    in_order,
    one_of,
    where_known,
)

SHA256 = String(64)
_SUBJECTS = (("recovery_id",), ("unit_id",), ("component_id",))


class Photo(TableModel, table=True):
    """One photo or other file of evidence, identified by the SHA-256 of its file, which is in the evidence
    store. ``evidence_kind`` is what it is.

    ``pages`` are those of a document, ``duration_seconds`` the length of a recording; NULL where unknown.
    ``camera_time`` is what the camera's clock said, without a zone unless ``camera_zone_minutes`` states
    it; ``taken_at`` is that time with ``clock_offset_seconds`` added. ``taken_earliest`` and
    ``taken_latest`` bound the day, both inclusive. ``position_latitude`` and ``position_longitude`` are
    degrees (WGS 84). ``likeness`` is a perceptual hash of 256 bits, NULL for a photo without
    features. ``working_sha256`` is the reduced copy without metadata.
    """

    __tablename__ = "photo"
    __table_args__ = (
        one_of("evidence_kind", EvidenceKind),
        CheckConstraint("pages >= 1", name="pages_range"),
        CheckConstraint("duration_seconds >= 0", name="duration_seconds_range"),
        one_of("picture_state", PhotoState),
        one_of("taken_basis", TakenBasis),
        one_of("tlp", Tlp),
        in_order("taken_earliest", "taken_latest"),
        CheckConstraint("byte_size > 0", name="byte_size_range"),
        CheckConstraint("position_latitude BETWEEN -90 AND 90", name="position_latitude_range"),
        CheckConstraint("position_longitude BETWEEN -180 AND 180", name="position_longitude_range"),
    )

    id: Mapped[int] = Field(default=None, primary_key=True)
    uid: Mapped[str] = Field(sa_type=UID, unique=True)
    sha256: Mapped[str] = Field(sa_type=SHA256, unique=True)
    byte_size: Mapped[int] = Field(sa_type=BigInteger)
    file_name: Mapped[str]
    file_modified_at: Mapped[datetime | None] = Field(default=None, sa_type=UtcDateTime)
    evidence_kind: Mapped[str] = Field(
        default=EvidenceKind.PHOTO, sa_column_kwargs={"server_default": EvidenceKind.PHOTO.value}
    )
    pages: Mapped[int | None] = Field(default=None)
    duration_seconds: Mapped[float | None] = Field(default=None)
    picture_format: Mapped[str | None] = Field(default=None)
    picture_state: Mapped[str]
    state_reason: Mapped[str | None] = Field(default=None)
    width: Mapped[int | None] = Field(default=None)
    height: Mapped[int | None] = Field(default=None)
    camera_make: Mapped[str | None] = Field(default=None)
    camera_model: Mapped[str | None] = Field(default=None)
    camera_serial: Mapped[str | None] = Field(default=None)
    camera_time: Mapped[datetime | None] = Field(default=None, sa_type=DateTime)
    camera_zone_minutes: Mapped[int | None] = Field(default=None)
    clock_offset_seconds: Mapped[int | None] = Field(default=None)
    taken_at: Mapped[datetime | None] = Field(default=None, sa_type=DateTime)
    taken_earliest: Mapped[date | None] = Field(default=None)
    taken_latest: Mapped[date | None] = Field(default=None)
    taken_basis: Mapped[str | None] = Field(default=None)
    position_latitude: Mapped[float | None] = Field(default=None)
    position_longitude: Mapped[float | None] = Field(default=None)
    position_altitude_m: Mapped[float | None] = Field(default=None)
    position_at: Mapped[datetime | None] = Field(default=None, sa_type=UtcDateTime)
    likeness: Mapped[str | None] = Field(default=None, sa_type=SHA256)
    label_read: Mapped[str | None] = Field(default=None)
    working_sha256: Mapped[str | None] = Field(default=None, sa_type=SHA256)
    tlp: Mapped[str | None] = Field(default=None)
    note: Mapped[str | None] = Field(default=None)
    taken_in_at: Mapped[datetime] = Field(sa_type=UtcDateTime)
    taken_in_by: Mapped[str]


class PhotoSubject(TableModel, table=True):
    """A statement that a photo shows a recovery, unit or component, with its basis.

    A withdrawn one stays, with who withdrew it, when and why.
    """

    __tablename__ = "photo_subject"
    __table_args__ = (
        one_of("attachment_basis", AttachmentBasis),
        exactly_one_of("one_subject", *_SUBJECTS),
        where_known("ix_photo_subject_recovery_id", "recovery_id"),
        where_known("ix_photo_subject_unit_id", "unit_id"),
        where_known("ix_photo_subject_component_id", "component_id"),
    )

    id: Mapped[int] = Field(default=None, primary_key=True)
    uid: Mapped[str] = Field(sa_type=UID, unique=True)
    photo_id: Mapped[int] = Field(foreign_key="photo.id", index=True)
    recovery_id: Mapped[int | None] = Field(default=None, foreign_key="recovery.id")
    unit_id: Mapped[int | None] = Field(default=None, foreign_key="unit.id")
    component_id: Mapped[int | None] = Field(default=None, foreign_key="component.id")
    attachment_basis: Mapped[str]
    reason: Mapped[str]
    attached_at: Mapped[datetime] = Field(sa_type=UtcDateTime)
    attached_by: Mapped[str]
    withdrawn_at: Mapped[datetime | None] = Field(default=None, sa_type=UtcDateTime)
    withdrawn_by: Mapped[str | None] = Field(default=None)
    withdrawn_reason: Mapped[str | None] = Field(default=None)


class PhotoView(TableModel, table=True):
    """A view of its subject that a photo shows."""

    __tablename__ = "photo_view"
    __table_args__ = (one_of("view", View),)

    photo_subject_id: Mapped[int] = Field(foreign_key="photo_subject.id", primary_key=True)
    view: Mapped[str] = Field(primary_key=True)


class CustodyEvent(TableModel, table=True):
    """One handover: when (an interval of moments), from whom, to whom, why, under which seal.

    ``from_holder`` and ``to_holder`` are NULL where unknown. An entry that another one corrects stays and is
    ``superseded_by`` it.
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

    id: Mapped[int] = Field(default=None, primary_key=True)
    uid: Mapped[str] = Field(sa_type=UID, unique=True)
    recovery_id: Mapped[int | None] = Field(default=None, foreign_key="recovery.id")
    unit_id: Mapped[int | None] = Field(default=None, foreign_key="unit.id")
    component_id: Mapped[int | None] = Field(default=None, foreign_key="component.id")
    at_earliest: Mapped[datetime] = Field(sa_type=UtcDateTime)
    at_latest: Mapped[datetime] = Field(sa_type=UtcDateTime)
    at_as_written: Mapped[str]
    from_holder: Mapped[str | None] = Field(default=None)
    to_holder: Mapped[str | None] = Field(default=None)
    reason: Mapped[str | None] = Field(default=None)
    seal: Mapped[str | None] = Field(default=None)
    state: Mapped[str | None] = Field(default=None)
    tlp: Mapped[str | None] = Field(default=None)
    note: Mapped[str | None] = Field(default=None)
    recorded_at: Mapped[datetime] = Field(sa_type=UtcDateTime)
    recorded_by: Mapped[str]
    superseded_by: Mapped[int | None] = Field(default=None, foreign_key="custody_event.id")


class EvidenceRequirement(TableModel, table=True):
    """What the documentation of a kind of record must show; loaded from the seed.

    ``category`` is NULL for the general list. ``item`` is a view that photos show or a fact of the record.
    """

    __tablename__ = "evidence_requirement"
    __table_args__ = (
        one_of("subject", RequirementSubject),
        one_of("category", ComponentCategory),
        one_of("item", View, RecordFact),
        one_of("need", Need),
        one_of("verification", Verification),
    )

    id: Mapped[int] = Field(default=None, primary_key=True)
    key: Mapped[str] = Field(unique=True)
    place: Mapped[int]
    subject: Mapped[str]
    category: Mapped[str | None] = Field(default=None)
    item: Mapped[str]
    need: Mapped[str]
    wording: Mapped[str]
    verification: Mapped[str]
    source_id: Mapped[int] = Field(foreign_key="source.id")
    note: Mapped[str | None] = Field(default=None)
