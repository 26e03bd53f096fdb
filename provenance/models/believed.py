"""Believed because: sources, the records in them, and statements that two records are one thing."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from provenance.models.base import (
    UID,
    UtcDateTime,
    exactly_one_of,
    in_order,
    one_of,
    one_of_each,
    where_known,
)
from provenance.vocab import Reliability, SameVerdict, Tlp


class Source(SQLModel, table=True):
    """A publication or register; those of one ``origin_group`` may rest on the same wreck.

    ``reliability`` is the Admiralty letter, NULL where nobody has assessed it.
    """

    __tablename__ = "source"
    __table_args__ = (
        one_of("reliability", Reliability),
        one_of("tlp", Tlp),
        in_order("published_earliest", "published_latest"),
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(sa_type=UID, unique=True)
    key: str = Field(unique=True)
    publisher: str
    title: str
    address: str | None = None
    published_earliest: date | None = None
    published_latest: date | None = None
    origin_group: str
    reliability: str | None = None
    tlp: str | None = None
    note: str | None = None


class Citation(SQLModel, table=True):
    """One record of a source and the one thing it supports, with its text as found.

    ``credibility`` is the Admiralty figure, NULL where nobody has assessed it. Exactly one of the
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

    id: int | None = Field(default=None, primary_key=True)
    source_id: int = Field(foreign_key="source.id")
    record_key: str
    recovery_id: int | None = Field(default=None, foreign_key="recovery.id")
    component_id: int | None = Field(default=None, foreign_key="component.id")
    transfer_id: int | None = Field(default=None, foreign_key="transfer.id")
    organization_id: int | None = Field(default=None, foreign_key="organization.id")
    address: str | None = None
    raw_text: str
    published_earliest: date | None = None
    published_latest: date | None = None
    retrieved: date | None = None
    credibility: int | None = None
    tlp: str | None = None
    import_run_id: int | None = Field(default=None, foreign_key="import_run.id")


class CitationVersion(SQLModel, table=True):
    """What a citation's record said before its source changed it."""

    __tablename__ = "citation_version"

    id: int | None = Field(default=None, primary_key=True)
    citation_id: int = Field(foreign_key="citation.id", index=True)
    raw_text: str
    retrieved: date | None = None
    replaced_at: datetime = Field(sa_type=UtcDateTime)
    import_run_id: int | None = Field(default=None, foreign_key="import_run.id")


class SameAs(SQLModel, table=True):
    """Somebody's statement that two records are one thing, or never are; undone, not deleted."""

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

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(sa_type=UID, unique=True)
    left_recovery_id: int | None = Field(default=None, foreign_key="recovery.id")
    right_recovery_id: int | None = Field(default=None, foreign_key="recovery.id")
    left_component_id: int | None = Field(default=None, foreign_key="component.id")
    right_component_id: int | None = Field(default=None, foreign_key="component.id")
    left_organization_id: int | None = Field(default=None, foreign_key="organization.id")
    right_organization_id: int | None = Field(default=None, foreign_key="organization.id")
    verdict: str
    actor: str
    decided_at: datetime = Field(sa_type=UtcDateTime)
    reason: str
    undone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    undone_by: str | None = None
    undone_reason: str | None = None
