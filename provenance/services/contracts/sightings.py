"""First sightings: request and result."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from provenance.core.vocabulary import CountryBasis
from provenance.queries.evidence import CitedSource as CitedSource
from provenance.queries.evidence import EvidenceRecovery as EvidenceRecovery
from provenance.queries.exposure_parts import PartExposure as PartExposure
from provenance.queries.group_counts import Figures as Figures
from provenance.queries.ranking import GroupBy as GroupBy
from provenance.queries.sightings import Sighting
from provenance.queries.transfers import PartyLine as PartyLine
from provenance.queries.transfers import TransferLine as TransferLine
from provenance.services.contracts.base import Request, Result
from provenance.services.contracts.count_filters import CountFilters


class NewRequest(Request):
    """The day since which firms and parts were first seen."""

    since: date
    filters: CountFilters = CountFilters()
    basis: CountryBasis = CountryBasis.BRAND


class NewResult(Result):
    """Firms and parts first seen since a day, by recovery and by publication separately."""

    schema_id: ClassVar[str] = "provenance.new/2"
    since: date
    rows: tuple[Sighting, ...] = ()
