"""Who: makers, distributors, consignees, agencies; their names, seats and owners over time."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from provenance.models.base import COUNTRY, UID, in_order, one_of
from provenance.vocab import (
    NameKind,
    OrganizationKind,
    OwnershipScope,
    OwnershipStatus,
    SeatKind,
    Verification,
)


class Organization(SQLModel, table=True):
    """A firm, fund or agency; a brand that once had its own headquarters is one too."""

    __tablename__ = "organization"
    __table_args__ = (one_of("kind", OrganizationKind), one_of("verification", Verification))

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(sa_type=UID, unique=True)
    label: str = Field(index=True)
    kind: str
    verification: str
    from_seed: bool = False
    source_id: int = Field(foreign_key="source.id")
    further_sources: str | None = None
    note: str | None = None


class OrganizationName(SQLModel, table=True):
    """A name of an organization and when it was its name.

    ``name_key`` is what makes two spellings the same name; ``folded`` serves search by substring.
    """

    __tablename__ = "organization_name"
    __table_args__ = (
        UniqueConstraint("organization_id", "name", "kind"),
        one_of("kind", NameKind),
        one_of("verification", Verification),
        in_order("since_earliest", "since_latest"),
        in_order("until_earliest", "until_latest"),
    )

    id: int | None = Field(default=None, primary_key=True)
    organization_id: int = Field(foreign_key="organization.id", index=True)
    name: str
    kind: str
    name_key: str = Field(index=True)
    folded: str
    script: str
    since_earliest: date | None = None
    since_latest: date | None = None
    until_earliest: date | None = None
    until_latest: date | None = None
    verification: str
    from_seed: bool = False
    source_id: int = Field(foreign_key="source.id")
    note: str | None = None


class OrganizationIdentifier(SQLModel, table=True):
    """A number that singles an organization out, in its scheme (LEI, CAGE, INN, BRN…)."""

    __tablename__ = "organization_identifier"
    __table_args__ = (UniqueConstraint("scheme", "value", "organization_id"),)

    id: int | None = Field(default=None, primary_key=True)
    organization_id: int = Field(foreign_key="organization.id", index=True)
    scheme: str
    value: str
    source_id: int = Field(foreign_key="source.id")
    note: str | None = None


class OrganizationAddress(SQLModel, table=True):
    """An address as a source writes it."""

    __tablename__ = "organization_address"
    __table_args__ = (
        UniqueConstraint("organization_id", "as_written"),
        in_order("since_earliest", "since_latest"),
        in_order("until_earliest", "until_latest"),
    )

    id: int | None = Field(default=None, primary_key=True)
    organization_id: int = Field(foreign_key="organization.id", index=True)
    as_written: str
    country: str | None = Field(default=None, sa_type=COUNTRY)
    since_earliest: date | None = None
    since_latest: date | None = None
    until_earliest: date | None = None
    until_latest: date | None = None
    source_id: int = Field(foreign_key="source.id")
    note: str | None = None


class OrganizationSeat(SQLModel, table=True):
    """Where an organization is run from, or registered, and when."""

    __tablename__ = "organization_seat"
    __table_args__ = (
        one_of("kind", SeatKind),
        one_of("verification", Verification),
        in_order("since_earliest", "since_latest"),
        in_order("until_earliest", "until_latest"),
    )

    id: int | None = Field(default=None, primary_key=True)
    organization_id: int = Field(foreign_key="organization.id", index=True)
    kind: str
    country: str = Field(sa_type=COUNTRY)
    since_earliest: date | None = None
    since_latest: date | None = None
    until_earliest: date | None = None
    until_latest: date | None = None
    verification: str
    from_seed: bool = False
    source_id: int = Field(foreign_key="source.id")
    note: str | None = None


class Ownership(SQLModel, table=True):
    """One step of who owned what when: a whole firm or a product line of it.

    Dates are intervals, because a source may know only the quarter of a closing. ``share_percent``
    is 0 to 100, NULL where the source does not say.
    """

    __tablename__ = "ownership"
    __table_args__ = (
        one_of("scope", OwnershipScope),
        one_of("status", OwnershipStatus),
        one_of("verification", Verification),
        in_order("since_earliest", "since_latest"),
        in_order("until_earliest", "until_latest"),
        CheckConstraint("owned_id <> owner_id", name="not_of_itself"),
        CheckConstraint("share_percent BETWEEN 0 AND 100", name="share_percent_range"),
        CheckConstraint("(scope = 'product_line') = (product_line IS NOT NULL)", name="product_line_named"),
        Index("ix_ownership_owned_id_owner_id", "owned_id", "owner_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(sa_type=UID, unique=True)
    owned_id: int = Field(foreign_key="organization.id")
    owner_id: int = Field(foreign_key="organization.id", index=True)
    scope: str
    product_line: str | None = None
    share_percent: float | None = None
    since_earliest: date | None = None
    since_latest: date | None = None
    until_earliest: date | None = None
    until_latest: date | None = None
    status: str
    verification: str
    from_seed: bool = False
    source_id: int = Field(foreign_key="source.id")
    further_sources: str | None = None
    note: str | None = None
