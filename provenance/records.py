"""What a format yields: validated before anything of it reaches the database."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from provenance.vocab import (
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
    UnitKind,
    WeaponKind,
)

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Hs6 = Annotated[str, StringConstraints(pattern=r"^\d{6}$")]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", revalidate_instances="never")


class SerialRecord(_Record):
    """A number on the specimen, as written."""

    kind: SerialKind
    value: Text


class DatedFact(_Record):
    """Something that happened to the recovered thing; both ends inclusive, None is open."""

    kind: RecoveryDateKind
    earliest: date | None
    latest: date | None
    as_written: Text


class RecoveryRecord(_Record):
    """One recovery as a source publishes it.

    ``weapon_names`` and ``unit_names`` are names to try against the known ones, best first;
    ``designation`` is what to call the weapon if none is known.
    """

    key: Text
    label: Text
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
    """A published maker cell: the brand, and what stood in parentheses after it."""

    as_written: Text
    brand: str | None
    parentheses: tuple[str, ...] = ()


class ComponentRecord(_Record):
    """One component as a source publishes it; every None is "the source does not say"."""

    line: int
    key: Text
    raw: str
    recovery: RecoveryRecord
    unit: str | None = None
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


class PartRecord(_Record):
    """A part number of a maker's catalogue; every None is "the list does not say" (an ECCN least of all)."""

    line: int
    raw: str
    mpn: Text
    maker: MakerRecord
    description: str | None = None
    category: ComponentCategory | None = None
    hs6: Hs6 | None = None
    eccn: (
        Annotated[str, StringConstraints(pattern=r"^(EAR99|[0-9][A-E][0-9]{3}([.][a-z0-9.]+)?)$")] | None
    ) = None
    eccn_source: str | None = None
    eccn_as_of: date | None = None


class Rejected(_Record):
    """A row that cannot be used, with the reason and the row as it stood in the file."""

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
