"""Lists of names that records use: firms, weapons, types of units, parts. They carry no marks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from provenance.core.vocabulary import SeatKind, StatementStatus, Tlp
from provenance.domain.record_kinds import RecordKind, tables
from provenance.queries.lists.nouns import COUNT, SPAN, TEXT, WORD, Listed, Loaded, Noun, own
from provenance.queries.lists.statements import (
    components_shown,
    counts,
    firm_names,
    recoveries_shown,
    transfers_shown,
)
from provenance.queries.marked_names import may_show_name
from provenance.queries.records.common import span
from provenance.schema.organizations import OrganizationName, OrganizationSeat
from provenance.schema.recoveries import Identification, MakerAttribution, Recovery, Unit
from provenance.schema.reference import UnitTypeAlias, WeaponAlias
from provenance.schema.session import Session
from provenance.schema.transfers import TransferParty

_STANDING_MAKER = (
    MakerAttribution.superseded_by.is_(None),
    MakerAttribution.status != StatementStatus.TENTATIVE,
)
_STANDING_PART = (Identification.superseded_by.is_(None), Identification.status != StatementStatus.TENTATIVE)


def _rows(session: Session, kind: RecordKind, clearance: Tlp | None) -> Iterator[Any]:
    """Every record of a kind of name, but those that only records use which may not be shown."""
    table: Any = tables()[kind]
    statement = select(table).order_by(table.id)
    if (shown := may_show_name(kind, clearance)) is not None:
        statement = statement.where(shown)
    yield from session.execute(statement)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedFirm(Listed):
    """A firm. ``country`` is that of its headquarters today, as far as on record; ``components`` those of
    which somebody states that it is the maker, ``transfers`` those that name it, but not in confidence.
    """

    name: str = field(metadata=TEXT)
    kind: str = field(metadata=WORD)
    country: str | None = field(metadata=WORD)
    names: int = field(metadata=COUNT)
    components: int = field(metadata=COUNT)
    transfers: int = field(metadata=COUNT)
    verification: str = field(metadata=WORD)


def _firms(session: Session, clearance: Tlp | None) -> Iterator[Loaded]:
    seats = session.execute(
        select(OrganizationSeat.organization_id, OrganizationSeat.country)
        .where(
            OrganizationSeat.kind == SeatKind.HEADQUARTERS,
            OrganizationSeat.until_latest.is_(None),
            OrganizationSeat.until_earliest.is_(None),
        )
        .order_by(OrganizationSeat.id)
    )
    countries = {row[0]: row[1] for row in seats}
    names = counts(session, OrganizationName.organization_id)
    inside = MakerAttribution.component_id.in_(components_shown(clearance))
    components = counts(session, MakerAttribution.organization_id, *_STANDING_MAKER, inside)
    moved = TransferParty.transfer_id.in_(transfers_shown(clearance))
    transfers = counts(session, TransferParty.organization_id, ~TransferParty.confidential, moved)
    for row in _rows(session, RecordKind.ORGANIZATION, clearance):
        values = own(
            name=row.label,
            kind=row.kind,
            country=countries.get(row.id),
            names=names.get(row.id, 0),
            components=components.get(row.id, 0),
            transfers=transfers.get(row.id, 0),
            verification=row.verification,
        )
        yield Loaded(row.id, row.uid, None, values)


FIRMS = Noun(
    "firms",
    RecordKind.ORGANIZATION,
    ListedFirm,
    _firms,
    "ref name kind country components transfers names verification",
    "name",
    is_marked=False,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedWeapon(Listed):
    """A weapon system, with how many recoveries of it stand."""

    name: str = field(metadata=TEXT)
    kind: str | None = field(metadata=WORD)
    variant_of: str | None = field(metadata=TEXT)
    design_country: str | None = field(metadata=WORD)
    names: int = field(metadata=COUNT)
    recoveries: int = field(metadata=COUNT)
    verification: str = field(metadata=WORD)


def _weapons(session: Session, clearance: Tlp | None) -> Iterator[Loaded]:
    names = counts(session, WeaponAlias.weapon_system_id)
    recoveries = counts(session, Recovery.weapon_system_id, Recovery.id.in_(recoveries_shown(clearance)))
    rows = list(_rows(session, RecordKind.WEAPON_SYSTEM, clearance))
    called = {row.id: row.designation for row in rows}
    for row in rows:
        values = own(
            name=row.designation,
            kind=row.kind,
            variant_of=called.get(row.variant_of_id),
            design_country=row.design_country,
            names=names.get(row.id, 0),
            recoveries=recoveries.get(row.id, 0),
            verification=row.verification,
        )
        yield Loaded(row.id, row.uid, None, values)


WEAPONS = Noun(
    "weapons",
    RecordKind.WEAPON_SYSTEM,
    ListedWeapon,
    _weapons,
    "ref name kind design_country recoveries variant_of names verification",
    "name",
    is_marked=False,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedUnitType(Listed):
    """A type of unit that weapons share; ``recoveries`` are of such a unit alone, ``units`` inside others."""

    name: str = field(metadata=TEXT)
    kind: str | None = field(metadata=WORD)
    names: int = field(metadata=COUNT)
    recoveries: int = field(metadata=COUNT)
    units: int = field(metadata=COUNT)
    verification: str = field(metadata=WORD)


def _unit_types(session: Session, clearance: Tlp | None) -> Iterator[Loaded]:
    names = counts(session, UnitTypeAlias.unit_type_id)
    recoveries = counts(session, Recovery.unit_type_id, Recovery.id.in_(recoveries_shown(clearance)))
    inside = Unit.recovery_id.in_(recoveries_shown(clearance))
    units = counts(session, Unit.unit_type_id, Unit.withdrawn_at.is_(None), inside)
    for row in _rows(session, RecordKind.UNIT_TYPE, clearance):
        values = own(
            name=row.designation,
            kind=row.kind,
            names=names.get(row.id, 0),
            recoveries=recoveries.get(row.id, 0),
            units=units.get(row.id, 0),
            verification=row.verification,
        )
        yield Loaded(row.id, row.uid, None, values)


UNIT_TYPES = Noun(
    "unit-types",
    RecordKind.UNIT_TYPE,
    ListedUnitType,
    _unit_types,
    "ref name kind recoveries units names verification",
    "name",
    is_marked=False,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPart(Listed):
    """A part number; ``components`` are those of which a source or person states it, ``read`` those of which
    only the program does.
    """

    mpn: str = field(metadata=TEXT)
    maker: str | None = field(metadata=TEXT)
    description: str | None = field(metadata=TEXT)
    category: str | None = field(metadata=WORD)
    introduced: str | None = field(metadata=SPAN)
    components: int = field(metadata=COUNT)
    read: int = field(metadata=COUNT)


def _parts(session: Session, clearance: Tlp | None) -> Iterator[Loaded]:
    firms = firm_names(session)
    inside = Identification.component_id.in_(components_shown(clearance))
    components = counts(session, Identification.part_id, *_STANDING_PART, inside)
    tentative = (
        Identification.superseded_by.is_(None),
        Identification.status == StatementStatus.TENTATIVE,
        inside,
    )
    read = counts(session, Identification.part_id, *tentative)
    for row in _rows(session, RecordKind.PART, clearance):
        values = own(
            mpn=row.mpn,
            maker=firms.get(row.organization_id),
            description=row.description,
            category=row.category,
            introduced=span(row.introduced_earliest, row.introduced_latest),
            components=components.get(row.id, 0),
            read=read.get(row.id, 0),
        )
        yield Loaded(row.id, row.uid, None, values)


PARTS = Noun(
    "parts",
    RecordKind.PART,
    ListedPart,
    _parts,
    "ref mpn maker category components read description",
    "mpn maker",
    is_marked=False,
)
