"""Who: makers, distributors, consignees, agencies; their names, seats and owners over time."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from provenance.core.vocabulary import (
    Control,
    NameKind,
    OrganizationKind,
    OwnershipScope,
    OwnershipStatus,
    SeatKind,
    Verification,
)
from provenance.schema.base import COUNTRY, UID, Mapped, TableModel, in_order, one_of


class Organization(TableModel, table=True):
    """A firm, fund or agency; a brand that once had its own headquarters is one too."""

    __tablename__ = "organization"
    __table_args__ = (one_of("kind", OrganizationKind), one_of("verification", Verification))

    id: Mapped[int] = Field(default=None, primary_key=True)
    uid: Mapped[str] = Field(sa_type=UID, unique=True)
    label: Mapped[str] = Field(index=True)
    kind: Mapped[str]
    verification: Mapped[str]
    from_seed: Mapped[bool] = Field(default=False)
    source_id: Mapped[int] = Field(foreign_key="source.id")
    further_sources: Mapped[str | None] = Field(default=None)
    note: Mapped[str | None] = Field(default=None)


class OrganizationName(TableModel, table=True):
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

    id: Mapped[int] = Field(default=None, primary_key=True)
    organization_id: Mapped[int] = Field(foreign_key="organization.id", index=True)
    name: Mapped[str]
    kind: Mapped[str]
    name_key: Mapped[str] = Field(index=True)
    folded: Mapped[str]
    script: Mapped[str]
    since_earliest: Mapped[date | None] = Field(default=None)
    since_latest: Mapped[date | None] = Field(default=None)
    until_earliest: Mapped[date | None] = Field(default=None)
    until_latest: Mapped[date | None] = Field(default=None)
    verification: Mapped[str]
    from_seed: Mapped[bool] = Field(default=False)
    source_id: Mapped[int] = Field(foreign_key="source.id")
    note: Mapped[str | None] = Field(default=None)


class OrganizationIdentifier(TableModel, table=True):
    """A number that identifies an organization, in its scheme (LEI, CAGE, INN, BRN…)."""

    __tablename__ = "organization_identifier"
    __table_args__ = (
        UniqueConstraint("scheme", "value", "organization_id"),
        one_of("verification", Verification),
    )

    id: Mapped[int] = Field(default=None, primary_key=True)
    organization_id: Mapped[int] = Field(foreign_key="organization.id", index=True)
    scheme: Mapped[str]
    value: Mapped[str]
    verification: Mapped[str] = Field(
        default=Verification.UNVERIFIED, sa_column_kwargs={"server_default": Verification.UNVERIFIED.value}
    )
    source_id: Mapped[int] = Field(foreign_key="source.id")
    note: Mapped[str | None] = Field(default=None)


class OrganizationAddress(TableModel, table=True):
    """An address as a source writes it."""

    __tablename__ = "organization_address"
    __table_args__ = (
        UniqueConstraint("organization_id", "as_written"),
        in_order("since_earliest", "since_latest"),
        in_order("until_earliest", "until_latest"),
    )

    id: Mapped[int] = Field(default=None, primary_key=True)
    organization_id: Mapped[int] = Field(foreign_key="organization.id", index=True)
    as_written: Mapped[str]
    country: Mapped[str | None] = Field(default=None, sa_type=COUNTRY)
    since_earliest: Mapped[date | None] = Field(default=None)
    since_latest: Mapped[date | None] = Field(default=None)
    until_earliest: Mapped[date | None] = Field(default=None)
    until_latest: Mapped[date | None] = Field(default=None)
    source_id: Mapped[int] = Field(foreign_key="source.id")
    note: Mapped[str | None] = Field(default=None)


class OrganizationSeat(TableModel, table=True):
    """Where an organization is run from, or registered, and when."""

    __tablename__ = "organization_seat"
    __table_args__ = (
        one_of("kind", SeatKind),
        one_of("verification", Verification),
        in_order("since_earliest", "since_latest"),
        in_order("until_earliest", "until_latest"),
    )

    id: Mapped[int] = Field(default=None, primary_key=True)
    organization_id: Mapped[int] = Field(foreign_key="organization.id", index=True)
    kind: Mapped[str]
    country: Mapped[str] = Field(sa_type=COUNTRY)
    since_earliest: Mapped[date | None] = Field(default=None)
    since_latest: Mapped[date | None] = Field(default=None)
    until_earliest: Mapped[date | None] = Field(default=None)
    until_latest: Mapped[date | None] = Field(default=None)
    verification: Mapped[str]
    from_seed: Mapped[bool] = Field(default=False)
    source_id: Mapped[int] = Field(foreign_key="source.id")
    note: Mapped[str | None] = Field(default=None)


class Ownership(TableModel, table=True):
    """One step of who owned what when: a whole firm or a product line of it.

    Dates are intervals, because a source may know only the quarter of a closing. ``share_percent``
    is 0 to 100, NULL where the source does not say. ``control`` is what the owner has; what is only legal
    control (`Control.LEGAL`) never attributes a brand to an owner.
    """

    __tablename__ = "ownership"
    __table_args__ = (
        one_of("scope", OwnershipScope),
        one_of("status", OwnershipStatus),
        one_of("control", Control),
        one_of("verification", Verification),
        in_order("since_earliest", "since_latest"),
        in_order("until_earliest", "until_latest"),
        CheckConstraint("owned_id <> owner_id", name="not_of_itself"),
        CheckConstraint("share_percent BETWEEN 0 AND 100", name="share_percent_range"),
        CheckConstraint("(scope = 'product_line') = (product_line IS NOT NULL)", name="product_line_named"),
        Index("ix_ownership_owned_id_owner_id", "owned_id", "owner_id"),
    )

    id: Mapped[int] = Field(default=None, primary_key=True)
    uid: Mapped[str] = Field(sa_type=UID, unique=True)
    owned_id: Mapped[int] = Field(foreign_key="organization.id")
    owner_id: Mapped[int] = Field(foreign_key="organization.id", index=True)
    scope: Mapped[str]
    product_line: Mapped[str | None] = Field(default=None)
    share_percent: Mapped[float | None] = Field(default=None)
    control: Mapped[str | None] = Field(default=None)
    since_earliest: Mapped[date | None] = Field(default=None)
    since_latest: Mapped[date | None] = Field(default=None)
    until_earliest: Mapped[date | None] = Field(default=None)
    until_latest: Mapped[date | None] = Field(default=None)
    status: Mapped[str]
    verification: Mapped[str]
    from_seed: Mapped[bool] = Field(default=False)
    source_id: Mapped[int] = Field(foreign_key="source.id")
    further_sources: Mapped[str | None] = Field(default=None)
    note: Mapped[str | None] = Field(default=None)
