"""What is on record about one firm: request and result."""

from __future__ import annotations

from typing import ClassVar

from provenance.queries.control_days import ControlDay as ControlDay
from provenance.queries.exposure import BrandExposure, LookedFor
from provenance.queries.exposure import FirmTransferLine as FirmTransferLine
from provenance.queries.exposure_parts import PartExposure as PartExposure
from provenance.queries.exposure_parts import SourceExposure, WeaponExposure
from provenance.queries.firm_history import NameLine, OwnershipLine
from provenance.queries.firm_transfers import FoundBy as FoundBy
from provenance.queries.group_counts import Figures as Figures
from provenance.queries.transfers import PartyLine as PartyLine
from provenance.queries.transfers import TransferLine as TransferLine
from provenance.services.contracts.base import Request, Result
from provenance.services.contracts.count_filters import CountFilters


class ExposureRequest(Request):
    """The firm, by any of its names, and which components to count."""

    firm: str
    filters: CountFilters = CountFilters(weapon_kinds=())


class ExposureResult(Result):
    """What is on record about a firm; the rows are its parts. ``figures`` is null where none was found."""

    schema_id: ClassVar[str] = "provenance.exposure/2"
    firm: str
    firm_ref: str
    owner_now: str | None
    figures: Figures | None
    control_days: tuple[ControlDay, ...] = ()
    names: tuple[NameLine, ...]
    ownership: tuple[OwnershipLine, ...]
    brands: tuple[BrandExposure, ...]
    weapons: tuple[WeaponExposure, ...]
    transfers: tuple[FirmTransferLine, ...]
    looked_for: LookedFor
    sources: tuple[SourceExposure, ...]
    rows: tuple[PartExposure, ...] = ()
