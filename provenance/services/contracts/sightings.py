"""First sightings: request and result."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from provenance.core.vocabulary import CountryBasis
from provenance.queries.sightings import Sighting
from provenance.services.contracts.base import Request, Result
from provenance.services.contracts.count_filters import CountFilters


class NewRequest(Request):
    """The day since which firms and parts were first seen; or since which (``entered_since``), or since which
    import (``since_import``: ``last``, a file's name, a uid), what was entered names them for the first time.
    Exactly one of the three.
    """

    since: date | None = None
    entered_since: date | None = None
    since_import: str | None = None
    filters: CountFilters = CountFilters()
    basis: CountryBasis = CountryBasis.BRAND


class NewResult(Result):
    """Firms and parts first seen since a day, by recovery and by publication separately; or, with the clock
    ``entry``, first entered since a moment. ``since_import`` is the import that began then.
    """

    schema_id: ClassVar[str] = "provenance.new/2"
    since: date | None
    entered_since: datetime | None
    since_import: str | None
    rows: tuple[Sighting, ...] = ()
