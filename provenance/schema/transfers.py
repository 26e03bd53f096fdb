"""Moved: transfers of goods, the parties on either side of them, the documents they rest on."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from provenance.core.vocabulary import EvidenceClass, PartyRole, Side, Tlp
from provenance.core.vocabulary.tracing import Channel, DocumentKind
from provenance.schema.base import (
    COUNTRY,
    UID,
    Mapped,
    TableModel,
    UtcDateTime,
    in_order,
    one_of,
    where_known,
)


class Document(TableModel, table=True):
    """A document that transfers rest on: one, however many parts it lists and however many sources cite it.

    ``reference_key`` is its number without case and punctuation, NULL where it has none; ``origin_group`` is
    whose it is: documents of one group may have one author.
    """

    __tablename__ = "document"
    __table_args__ = (
        UniqueConstraint("origin_group", "kind", "reference_key"),
        one_of("kind", DocumentKind),
        one_of("tlp", Tlp),
        in_order("issued_earliest", "issued_latest"),
        where_known("ix_document_reference_key", "reference_key"),
    )

    id: Mapped[int] = Field(default=None, primary_key=True)
    uid: Mapped[str] = Field(sa_type=UID, unique=True)
    kind: Mapped[str | None] = Field(default=None)
    reference: Mapped[str | None] = Field(default=None)
    reference_key: Mapped[str | None] = Field(default=None)
    title: Mapped[str]
    origin_group: Mapped[str]
    issued_earliest: Mapped[date | None] = Field(default=None)
    issued_latest: Mapped[date | None] = Field(default=None)
    source_id: Mapped[int] = Field(foreign_key="source.id", index=True)
    tlp: Mapped[str | None] = Field(default=None)
    note: Mapped[str | None] = Field(default=None)


class Transfer(TableModel, table=True):
    """Goods passing from some parties to others, as far as a source says; never a finding of wrongdoing.

    ``quantity`` is in ``quantity_unit``; ``value`` in ``currency`` (ISO 4217). The goods are named as
    precisely as the source allows: a component, a lot, a part, a part family, a customs code, or only words.
    ``weapon_system_id`` is the weapon that the source says the goods were for. ``entered_at`` is when the
    statement came into this database, NULL where its import run says so; ``withdrawn_at`` when its source
    turned out not to state it any more.
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

    id: Mapped[int] = Field(default=None, primary_key=True)
    uid: Mapped[str] = Field(sa_type=UID, unique=True)
    component_id: Mapped[int | None] = Field(default=None, foreign_key="component.id")
    lot: Mapped[str | None] = Field(default=None)
    part_id: Mapped[int | None] = Field(default=None, foreign_key="part.id")
    part_family: Mapped[str | None] = Field(default=None)
    weapon_system_id: Mapped[int | None] = Field(default=None, foreign_key="weapon_system.id")
    goods_as_written: Mapped[str | None] = Field(default=None)
    hs6: Mapped[str | None] = Field(default=None)
    quantity: Mapped[float | None] = Field(default=None)
    quantity_unit: Mapped[str | None] = Field(default=None)
    value: Mapped[float | None] = Field(default=None)
    currency: Mapped[str | None] = Field(default=None, max_length=3)
    earliest: Mapped[date | None] = Field(default=None)
    latest: Mapped[date | None] = Field(default=None)
    origin_country: Mapped[str | None] = Field(default=None, sa_type=COUNTRY)
    destination_country: Mapped[str | None] = Field(default=None, sa_type=COUNTRY)
    document_id: Mapped[int | None] = Field(default=None, foreign_key="document.id")
    evidence_class: Mapped[str]
    entered_at: Mapped[datetime | None] = Field(default=None, sa_type=UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = Field(default=None, sa_type=UtcDateTime)
    tlp: Mapped[str | None] = Field(default=None)
    note: Mapped[str | None] = Field(default=None)


class TransferTransit(TableModel, table=True):
    """A country that goods passed in transit, in order."""

    __tablename__ = "transfer_transit"
    __table_args__ = (UniqueConstraint("transfer_id", "position"),)

    id: Mapped[int] = Field(default=None, primary_key=True)
    transfer_id: Mapped[int] = Field(foreign_key="transfer.id")
    position: Mapped[int]
    country: Mapped[str] = Field(sa_type=COUNTRY)


class TransferParty(TableModel, table=True):
    """A party to a transfer with what it was on that date; a side with no party on record is unknown.

    ``confidential`` marks a name given in confidence: it stays out of answers, letters and graphs.
    """

    __tablename__ = "transfer_party"
    __table_args__ = (
        UniqueConstraint("transfer_id", "side", "as_written"),
        one_of("side", Side),
        one_of("role", PartyRole),
        one_of("channel", Channel),
    )

    id: Mapped[int] = Field(default=None, primary_key=True)
    transfer_id: Mapped[int] = Field(foreign_key="transfer.id")
    organization_id: Mapped[int | None] = Field(default=None, foreign_key="organization.id", index=True)
    side: Mapped[str]
    role: Mapped[str]
    channel: Mapped[str | None] = Field(default=None)
    country: Mapped[str | None] = Field(default=None, sa_type=COUNTRY)
    place: Mapped[str | None] = Field(default=None)
    as_written: Mapped[str]
    confidential: Mapped[bool] = Field(default=False)
