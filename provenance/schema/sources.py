"""Sources, the records in them, and statements that two records are the same item."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from provenance.core.vocabulary import Reliability, SameVerdict, Tlp
from provenance.schema.base import (
    UID,
    Mapped,
    TableModel,
    UtcDateTime,
    exactly_one_of,
    in_order,
    one_of,
    one_of_each,
    where_known,
)


class Source(TableModel, table=True):
    """A publication or register; those of one ``origin_group`` may rest on the same wreck.

    ``reliability`` is the Admiralty letter, NULL where it is not assessed.
    """

    __tablename__ = "source"
    __table_args__ = (
        one_of("reliability", Reliability),
        one_of("tlp", Tlp),
        in_order("published_earliest", "published_latest"),
    )

    id: Mapped[int] = Field(default=None, primary_key=True)
    uid: Mapped[str] = Field(sa_type=UID, unique=True)
    key: Mapped[str] = Field(unique=True)
    publisher: Mapped[str]
    title: Mapped[str]
    address: Mapped[str | None] = Field(default=None)
    published_earliest: Mapped[date | None] = Field(default=None)
    published_latest: Mapped[date | None] = Field(default=None)
    origin_group: Mapped[str]
    reliability: Mapped[str | None] = Field(default=None)
    tlp: Mapped[str | None] = Field(default=None)
    note: Mapped[str | None] = Field(default=None)


class Citation(TableModel, table=True):
    """A record of a source and the one row that it supports, with its text as found.

    ``credibility`` is the Admiralty figure, NULL where it is not assessed. Exactly one of the
    typed keys is set.
    """

    __tablename__ = "citation"
    __table_args__ = (
        UniqueConstraint("source_id", "record_key"),
        exactly_one_of(
            "one_target", ("recovery_id",), ("component_id",), ("transfer_id",), ("organization_id",)
        ),
        CheckConstraint("credibility BETWEEN 1 AND 6", name="credibility_range"),
        one_of_each("tlp", Tlp),
        in_order("published_earliest", "published_latest"),
        where_known("ix_citation_recovery_id", "recovery_id"),
        where_known("ix_citation_component_id", "component_id"),
        where_known("ix_citation_transfer_id", "transfer_id"),
        where_known("ix_citation_organization_id", "organization_id"),
        where_known("ix_citation_tlp", "tlp"),
    )

    id: Mapped[int] = Field(default=None, primary_key=True)
    source_id: Mapped[int] = Field(foreign_key="source.id")
    record_key: Mapped[str]
    recovery_id: Mapped[int | None] = Field(default=None, foreign_key="recovery.id")
    component_id: Mapped[int | None] = Field(default=None, foreign_key="component.id")
    transfer_id: Mapped[int | None] = Field(default=None, foreign_key="transfer.id")
    organization_id: Mapped[int | None] = Field(default=None, foreign_key="organization.id")
    address: Mapped[str | None] = Field(default=None)
    raw_text: Mapped[str]
    published_earliest: Mapped[date | None] = Field(default=None)
    published_latest: Mapped[date | None] = Field(default=None)
    retrieved: Mapped[date | None] = Field(default=None)
    credibility: Mapped[int | None] = Field(default=None)
    tlp: Mapped[str | None] = Field(default=None)
    import_run_id: Mapped[int | None] = Field(default=None, foreign_key="import_run.id")


class CitationVersion(TableModel, table=True):
    """What a citation's record said before its source changed it."""

    __tablename__ = "citation_version"

    id: Mapped[int] = Field(default=None, primary_key=True)
    citation_id: Mapped[int] = Field(foreign_key="citation.id", index=True)
    raw_text: Mapped[str]
    retrieved: Mapped[date | None] = Field(default=None)
    replaced_at: Mapped[datetime] = Field(sa_type=UtcDateTime)
    import_run_id: Mapped[int | None] = Field(default=None, foreign_key="import_run.id")


class SameAs(TableModel, table=True):
    """A person's statement that two records are the same item, or are not; revoked, never deleted."""

    __tablename__ = "same_as"
    __table_args__ = (
        one_of("verdict", SameVerdict),
        exactly_one_of(
            "one_pair",
            ("left_recovery_id", "right_recovery_id"),
            ("left_component_id", "right_component_id"),
            ("left_organization_id", "right_organization_id"),
        ),
        *(
            CheckConstraint(f"left_{kind}_id <> right_{kind}_id", name=f"two_{name}")
            for kind, name in (
                ("recovery", "recoveries"),
                ("component", "components"),
                ("organization", "organizations"),
            )
        ),
        where_known("ix_same_as_left_recovery_id", "left_recovery_id"),
        where_known("ix_same_as_left_component_id", "left_component_id"),
        where_known("ix_same_as_left_organization_id", "left_organization_id"),
    )

    id: Mapped[int] = Field(default=None, primary_key=True)
    uid: Mapped[str] = Field(sa_type=UID, unique=True)
    left_recovery_id: Mapped[int | None] = Field(default=None, foreign_key="recovery.id")
    right_recovery_id: Mapped[int | None] = Field(default=None, foreign_key="recovery.id")
    left_component_id: Mapped[int | None] = Field(default=None, foreign_key="component.id")
    right_component_id: Mapped[int | None] = Field(default=None, foreign_key="component.id")
    left_organization_id: Mapped[int | None] = Field(default=None, foreign_key="organization.id")
    right_organization_id: Mapped[int | None] = Field(default=None, foreign_key="organization.id")
    verdict: Mapped[str]
    actor: Mapped[str]
    decided_at: Mapped[datetime] = Field(sa_type=UtcDateTime)
    reason: Mapped[str]
    undone_at: Mapped[datetime | None] = Field(default=None, sa_type=UtcDateTime)
    undone_by: Mapped[str | None] = Field(default=None)
    undone_reason: Mapped[str | None] = Field(default=None)
