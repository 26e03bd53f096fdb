"""Moved: transfers of goods and the parties on either side of them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from provenance.models.base import COUNTRY, UID, UtcDateTime, in_order, one_of, where_known
from provenance.vocab import EvidenceClass, PartyRole, Side, Tlp


class Transfer(SQLModel, table=True):
    """Goods passing from some parties to others, as far as a source says; never a finding of wrong.

    ``quantity`` is in ``quantity_unit``; ``value`` in ``currency`` (ISO 4217). What moved is named as
    closely as the source allows: a component, a part, or only words. ``withdrawn_at`` is when the source
    was found no longer to say so.
    """

    __tablename__ = "transfer"
    __table_args__ = (
        one_of("evidence_class", EvidenceClass),
        one_of("tlp", Tlp),
        in_order("earliest", "latest"),
        CheckConstraint("quantity >= 0", name="quantity_range"),
        CheckConstraint("value >= 0", name="value_range"),
        where_known("ix_transfer_component_id", "component_id"),
        where_known("ix_transfer_part_id", "part_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(sa_type=UID, unique=True)
    component_id: int | None = Field(default=None, foreign_key="component.id")
    part_id: int | None = Field(default=None, foreign_key="part.id")
    goods_as_written: str | None = None
    hs6: str | None = None
    quantity: float | None = None
    quantity_unit: str | None = None
    value: float | None = None
    currency: str | None = Field(default=None, max_length=3)
    earliest: date | None = None
    latest: date | None = None
    origin_country: str | None = Field(default=None, sa_type=COUNTRY)
    destination_country: str | None = Field(default=None, sa_type=COUNTRY)
    document_kind: str | None = None
    document_reference: str | None = None
    evidence_class: str
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    tlp: str | None = None
    note: str | None = None


class TransferParty(SQLModel, table=True):
    """A party to a transfer; a side with no party on record is unknown."""

    __tablename__ = "transfer_party"
    __table_args__ = (
        UniqueConstraint("transfer_id", "side", "as_written"),
        one_of("side", Side),
        one_of("role", PartyRole),
    )

    id: int | None = Field(default=None, primary_key=True)
    transfer_id: int = Field(foreign_key="transfer.id")
    organization_id: int | None = Field(default=None, foreign_key="organization.id", index=True)
    side: str
    role: str
    channel: str | None = None
    country: str | None = Field(default=None, sa_type=COUNTRY)
    as_written: str
    confidential: bool = False
