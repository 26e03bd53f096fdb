"""The records that formats yield, validated before they reach the database."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Annotated, Any, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter

from provenance.core.vocabulary import (
    Authenticity,
    ComponentCategory,
    EvidenceClass,
    Extent,
    MarkingState,
    PartyRole,
    RecoveryDateKind,
    RecoveryKind,
    SerialKind,
    Side,
    Tlp,
    UnitKind,
    WeaponKind,
)
from provenance.core.vocabulary.tracing import Channel, DocumentKind
from provenance.text.registration_numbers import RegistrationNumber

OWN_KEY = "own:"
"""Begins the keys that the program makes for records whose list has none."""

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
ECCN = r"EAR99|[0-9][A-E][0-9]{3}([.][a-z0-9.]+)?"
"""How an export control classification number is written."""

Hs6 = Annotated[str, StringConstraints(pattern=r"^\d{6}$")]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", revalidate_instances="never")


class SerialRecord(_Record):
    """A number on the specimen, as written."""

    kind: SerialKind
    value: Text


class DatedFact(_Record):
    """A dated event of a recovery; both ends inclusive, None is open."""

    kind: RecoveryDateKind
    earliest: date | None
    latest: date | None
    as_written: Text


class RecoveryRecord(_Record):
    """One recovery as a source publishes it.

    ``weapon_names`` and ``unit_names`` are names to try against the known ones, best first;
    ``designation`` is what to call the weapon if none is known; ``more`` are fields that
    `provenance.fields.recoveries` declares and this class has no attribute for, those that are known. Not
    part of the record are ``former_key``, the key that an earlier version of the program gave, and
    ``by_number``: the key is weapon and number.
    """

    key: Text
    label: Text
    former_key: str | None = Field(default=None, exclude=True)
    by_number: bool = Field(default=False, exclude=True)
    kind: RecoveryKind = RecoveryKind.BATTLEFIELD
    extent: Extent = Extent.UNSTATED
    designation: str | None = None
    weapon_names: tuple[str, ...] = ()
    weapon_kind: WeaponKind | None = None
    unit_designation: str | None = None
    unit_names: tuple[str, ...] = ()
    unit_kind: UnitKind | None = None
    host_named: bool = True
    variant: str | None = None
    serials: tuple[SerialRecord, ...] = ()
    dates: tuple[DatedFact, ...] = ()
    place: str | None = None
    country: Country | None = None
    more: tuple[tuple[str, str], ...] = ()


class PartyRecord(_Record):
    """A party that a source names in a transfer."""

    side: Side
    role: PartyRole
    as_written: Text


class TransferRecord(_Record):
    """A transfer that a source names next to a component; a side without a party is unknown."""

    evidence_class: EvidenceClass
    parties: tuple[PartyRecord, ...] = Field(min_length=1)


class MakerRecord(_Record):
    """A published maker cell: the brand, and the parentheses after it."""

    as_written: Text
    brand: str | None
    parentheses: tuple[str, ...] = ()


class ComponentRecord(NamedTuple):
    """One component as a source publishes it; every None is "not stated".

    ``key`` is the source's own for it, empty where the source has none; the import then makes one of what
    does not change (`provenance.importing.own_keys`). ``designator`` is its position on a circuit board as
    drawings name it. ``more`` are fields that `provenance.fields.components` declares and this class has no
    attribute for.

    Lists have a great many of them, so that this is a tuple: quickly made, and a thousand of them are turned
    into columns at once. Making one checks nothing; `checked_component` does.
    """

    line: int
    key: str
    raw: str
    recovery: RecoveryRecord
    unit: str | None = None
    designator: str | None = None
    address: str | None = None
    description: str | None = None
    marking: str | None = None
    marking_mixed: bool = False
    marking_state: MarkingState | None = None
    maker: MakerRecord | None = None
    country_stated: Country | None = None
    mpn: str | None = None
    date_code: str | None = None
    lot: str | None = None
    made_earliest: date | None = None
    made_latest: date | None = None
    made_from_code: bool = False
    pieces: Annotated[int, Field(ge=1)] | None = None
    category: ComponentCategory | None = None
    hs6: Hs6 | None = None
    condition: str | None = None
    authenticity: Authenticity | None = None
    credibility: Annotated[int, Field(ge=1, le=6)] | None = None
    published_earliest: date | None = None
    published_latest: date | None = None
    retrieved: date | None = None
    note: str | None = None
    transfer: TransferRecord | None = None
    more: Mapping[str, Any] | None = None


def checked_component(fields: Mapping[str, Any]) -> ComponentRecord:
    """The record with these fields.

    Raises:
        ValidationError: a field holds what it cannot.
    """
    return _component_check().validate_python(fields)


@cache
def _component_check() -> TypeAdapter[ComponentRecord]:
    return TypeAdapter(ComponentRecord)


class PartRecord(_Record):
    """A part number of a maker's catalogue; every None is "not stated" (which for an ECCN is not EAR99)."""

    line: int
    raw: str
    mpn: Text
    maker: MakerRecord
    description: str | None = None
    category: ComponentCategory | None = None
    hs6: Hs6 | None = None
    eccn: Annotated[str, StringConstraints(pattern=f"^({ECCN})$")] | None = None
    eccn_source: str | None = None
    eccn_as_of: date | None = None
    introduced_earliest: date | None = None
    introduced_latest: date | None = None
    top_codes: tuple[Text, ...] = ()


class ShipmentParty(_Record):
    """A party to a transfer with its role on that date; ``confidential`` marks a name given in confidence.

    ``numbers`` are its registration numbers, none where it is not plain whose they are.
    """

    side: Side
    role: PartyRole = PartyRole.UNKNOWN
    channel: Channel | None = None
    country: Country | None = None
    place: str | None = None
    as_written: Text
    confidential: bool = False
    numbers: tuple[RegistrationNumber, ...] = ()


class DocumentRecord(_Record):
    """The document that a transfer rests on; without a reference it is identified by its title.
    ``origin_group`` is None where it is the publisher's own.
    """

    kind: DocumentKind | None = None
    reference: str | None = None
    title: Text
    origin_group: str | None = None
    issued_earliest: date | None = None
    issued_latest: date | None = None


class ShipmentRecord(_Record):
    """One transfer as a source states it; a side without a party is unknown, every None is "not stated".

    ``component`` is a reference or a source's record key, ``transit`` the countries passed in order;
    ``quantity`` is in ``quantity_unit``, ``value`` in ``currency`` (ISO 4217). ``words_may_decide`` says that
    the row states no evidence class, so that a part number in the words of ``goods`` may raise it.
    """

    line: int
    key: Text
    raw: str
    evidence_class: EvidenceClass
    parties: tuple[ShipmentParty, ...] = ()
    component: str | None = None
    lot: str | None = None
    mpn: str | None = None
    maker: str | None = None
    part_family: str | None = None
    weapon: str | None = None
    goods: str | None = None
    hs6: Hs6 | None = None
    quantity: Annotated[float, Field(ge=0)] | None = None
    quantity_unit: str | None = None
    value: Annotated[float, Field(ge=0)] | None = None
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] | None = None
    earliest: date | None = None
    latest: date | None = None
    origin_country: Country | None = None
    transit: tuple[Country, ...] = ()
    destination_country: Country | None = None
    document: DocumentRecord | None = None
    address: str | None = None
    credibility: Annotated[int, Field(ge=1, le=6)] | None = None
    published_earliest: date | None = None
    published_latest: date | None = None
    retrieved: date | None = None
    tlp: Tlp | None = None
    note: str | None = None
    words_may_decide: bool = False

    def with_quantity(self, quantity: float, unit: str) -> ShipmentRecord:
        """The record with a quantity that it had not."""
        return self._with(quantity=quantity, quantity_unit=unit)

    def of_part(self, mpn: str, maker: str | None) -> ShipmentRecord:
        """The record as a trade record of one part, which its words name."""
        return self._with(mpn=mpn, maker=maker, evidence_class=EvidenceClass.TRADE_RECORD_SAME_PART)

    def _with(self, **values: Any) -> ShipmentRecord:
        return self.model_copy(update=values)


class Rejected(_Record):
    """A row that cannot be used, with the reason and the row as in the file."""

    line: int
    reason: Text
    row: dict[str, str]


class SourceRecord(_Record):
    """The publication that a file comes from."""

    key: Text
    publisher: Text
    title: Text
    address: str | None = None
    origin_group: Text
