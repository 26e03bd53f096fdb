"""Moved: transfers of goods, the parties on either side of them, the documents they rest on."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from provenance.models.base import COUNTRY, UID, UtcDateTime, in_order, one_of, where_known
from provenance.vocab import EvidenceClass, PartyRole, Side, Tlp
from provenance.vocab.tracing import Channel, DocumentKind


class Document(SQLModel, table=True):
    """A paper that transfers rest on: one document however many parts it lists and whoever cites it.

    ``reference_key`` is its number without case and punctuation, NULL where it has none; ``origin_group``
    is whose it is: documents of one group may go back to one hand.
    """

    __tablename__ = "document"
    __table_args__ = (
        UniqueConstraint("origin_group", "kind", "reference_key"),
        one_of("kind", DocumentKind),
        one_of("tlp", Tlp),
        in_order("issued_earliest", "issued_latest"),
        where_known("ix_document_reference_key", "reference_key"),
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(sa_type=UID, unique=True)
    kind: str | None = None
    reference: str | None = None
    reference_key: str | None = None
    title: str
    origin_group: str
    issued_earliest: date | None = None
    issued_latest: date | None = None
    source_id: int = Field(foreign_key="source.id", index=True)
    tlp: str | None = None
    note: str | None = None


class Transfer(SQLModel, table=True):
    """Goods passing from some parties to others, as far as a source says; never a finding of wrong.

    ``quantity`` is in ``quantity_unit``; ``value`` in ``currency`` (ISO 4217). What moved is named as
    closely as the source allows: a component, a lot, a part, a part family, a customs code, or only
    words. ``weapon_system_id`` is the weapon that the source says the goods were for. ``entered_at`` is
    when the statement came into this database, NULL where its import run says so; ``withdrawn_at`` when
    the source was found no longer to state it.
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
        where_known("ix_transfer_lot", "lot"),
        where_known("ix_transfer_part_family", "part_family"),
        where_known("ix_transfer_document_id", "document_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(sa_type=UID, unique=True)
    component_id: int | None = Field(default=None, foreign_key="component.id")
    lot: str | None = None
    part_id: int | None = Field(default=None, foreign_key="part.id")
    part_family: str | None = None
    weapon_system_id: int | None = Field(default=None, foreign_key="weapon_system.id")
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
    document_id: int | None = Field(default=None, foreign_key="document.id")
    evidence_class: str
    entered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    tlp: str | None = None
    note: str | None = None


class TransferTransit(SQLModel, table=True):
    """A country that goods passed on their way, in order."""

    __tablename__ = "transfer_transit"
    __table_args__ = (UniqueConstraint("transfer_id", "position"),)

    id: int | None = Field(default=None, primary_key=True)
    transfer_id: int = Field(foreign_key="transfer.id")
    position: int
    country: str = Field(sa_type=COUNTRY)


class TransferParty(SQLModel, table=True):
    """A party to a transfer with what it was on that date; a side with no party on record is unknown.

    ``confidential`` marks a name given in confidence: it stays out of answers, letters and pictures.
    """

    __tablename__ = "transfer_party"
    __table_args__ = (
        UniqueConstraint("transfer_id", "side", "as_written"),
        one_of("side", Side),
        one_of("role", PartyRole),
        one_of("channel", Channel),
    )

    id: int | None = Field(default=None, primary_key=True)
    transfer_id: int = Field(foreign_key="transfer.id")
    organization_id: int | None = Field(default=None, foreign_key="organization.id", index=True)
    side: str
    role: str
    channel: str | None = None
    country: str | None = Field(default=None, sa_type=COUNTRY)
    place: str | None = None
    as_written: str
    confidential: bool = False
