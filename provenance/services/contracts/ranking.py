"""Rankings, and the evidence for a figure: requests and results."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import ClassVar

from pydantic import Field

from provenance.core.vocabulary import CountryBasis
from provenance.queries.control_days import ControlDay as ControlDay
from provenance.queries.evidence import CitedSource as CitedSource
from provenance.queries.evidence import CountedElsewhere
from provenance.queries.evidence import EvidenceComponent as EvidenceComponent
from provenance.queries.evidence import EvidenceRecovery as EvidenceRecovery
from provenance.queries.group_counts import Figures
from provenance.queries.ranking import BrandLine, RankedGroup
from provenance.queries.ranking import GroupBy as GroupBy
from provenance.services.contracts.base import Contract, Request, Result
from provenance.services.contracts.count_filters import CountFilters


class TopRequest(Request):
    """What to rank; ``country`` is a code, ``any`` or ``unknown``, ``limit`` the most lines, 0 for all."""

    filters: CountFilters = CountFilters()
    basis: CountryBasis = CountryBasis.OWNER_NOW
    country: str = "US"
    by: GroupBy = GroupBy.FIRM
    min_recoveries: int = Field(default=2, ge=1)
    brands: bool = False
    limit: int = Field(default=20, ge=0)


class EvidenceRequest(Request):
    """The firm, by any of its names, whose figure in a ranking is to be supported."""

    firm: str
    filters: CountFilters = CountFilters()
    basis: CountryBasis = CountryBasis.OWNER_NOW


@dataclass(frozen=True)
class _Rank:
    """The rank; equal counts share one."""

    rank: int


@dataclass(frozen=True)
class _Firm(_Rank):
    firm: str
    firm_ref: str
    country: str | None
    country_from_label: bool


@dataclass(frozen=True)
class _Part(_Rank):
    part: str
    part_ref: str
    maker: str | None
    country: str | None
    country_from_label: bool


@dataclass(frozen=True)
class _Weapon(_Rank):
    weapon: str
    weapon_ref: str


@dataclass(frozen=True)
class _Country(_Rank):
    country: str
    country_name: str


# Fields of the last base come first: the rank and the name before the figures.
@dataclass(frozen=True)
class FirmRow(Figures, _Firm):
    """A ranked firm; ``country_from_label``: its country is only what the source publishes.

    ``brands`` is null where they were not asked for.
    """

    brands: tuple[BrandLine, ...] | None


@dataclass(frozen=True)
class PartRow(Figures, _Part):
    """A ranked part; ``maker`` is null where it is not stated."""

    brands: tuple[BrandLine, ...] | None


@dataclass(frozen=True)
class WeaponRow(Figures, _Weapon):
    """A ranked weapon system."""

    brands: tuple[BrandLine, ...] | None


@dataclass(frozen=True)
class CountryRow(Figures, _Country):
    """A ranked country."""

    brands: tuple[BrandLine, ...] | None


TopRow = FirmRow | PartRow | WeaponRow | CountryRow


class ReadingsWouldCount(Contract):
    """What a ranking that found nothing would find, if it counted what the program reads from markings.

    ``groups`` are its firms, parts, weapons or countries, ``qualifying`` those in enough recoveries.
    """

    groups: int
    qualifying: int
    components: int
    recoveries: int


class TopResult(Result):
    """Firms, parts, weapons or countries, ranked by the distinct recoveries in which parts were found.

    ``with_readings`` is stated where nothing was found and tentative readings were left out. ``control_days``
    are the days that ``made_after`` asked of what was counted, by who builds the weapon.
    """

    schema_id: ClassVar[str] = "provenance.top/2"
    by: GroupBy
    country: str
    country_basis: CountryBasis
    rows: tuple[TopRow, ...] = ()
    with_readings: ReadingsWouldCount | None = None
    control_days: tuple[ControlDay, ...] = ()


def top_row(group: RankedGroup, by: GroupBy) -> TopRow:
    """A line of a ranking as its result has it."""
    figures = {field.name: getattr(group.figures, field.name) for field in fields(Figures)}
    rest = {"rank": group.rank, "brands": group.brands, **figures}
    if by is GroupBy.COUNTRY:
        return CountryRow(country=group.ref, country_name=group.name, **rest)
    if by is GroupBy.WEAPON:
        return WeaponRow(weapon=group.name, weapon_ref=group.ref, **rest)
    rest |= {"country": group.country, "country_from_label": group.country_from_label}
    if by is GroupBy.PART:
        return PartRow(part=group.name, part_ref=group.ref, maker=group.maker, **rest)
    return FirmRow(firm=group.name, firm_ref=group.ref, **rest)


class EvidenceResult(Result):
    """Every recovery and component behind a firm's figure, with its sources."""

    schema_id: ClassVar[str] = "provenance.top-evidence/2"
    firm: str
    firm_ref: str
    counted_elsewhere: tuple[CountedElsewhere, ...]
    rows: tuple[EvidenceRecovery, ...] = ()
