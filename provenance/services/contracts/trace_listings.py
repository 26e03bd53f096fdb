"""Trade and listing of firms: request and result."""

from __future__ import annotations

from typing import ClassVar

from provenance.core.basis import Basis
from provenance.services.contracts.base import Result
from provenance.services.contracts.tracing import ClassesRequest
from provenance.tracing.listing_survey import FirmAfterwards as FirmAfterwards
from provenance.tracing.listing_survey import ListedTrade as ListedTrade
from provenance.tracing.listing_survey import WentOn as WentOn


class ListingsRequest(ClassesRequest):
    """Which firms and lists: ``firm`` any of its names or its reference, ``watchlists`` keys; none is all."""

    firm: str | None = None
    watchlists: tuple[str, ...] = ()


class ListingsResult(Result):
    """Firms with trade on record whose name is on a list, a row for each list, the longest lag first."""

    schema_id: ClassVar[str] = "provenance.trace-listings/1"
    basis: Basis
    rows: tuple[ListedTrade, ...]
