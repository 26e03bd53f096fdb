"""First sightings: request and result."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from provenance.core.vocabulary import CountryBasis
from provenance.queries.sightings import Sighting
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
