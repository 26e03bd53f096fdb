"""Requests and results about seizures."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from pydantic import Field

from provenance.core.vocabulary.field import Movement
from provenance.queries.seizures import RouteRow as RouteRow
from provenance.queries.seizures import SeizureRow as SeizureRow
from provenance.services.contracts.base import Request, Result


class SeizuresRequest(Request):
    """Which seizures; None means all.

    ``goods`` is part of the declared goods, ``hs`` the first digits of the customs code, ``firm`` a name or
    reference of the consignor or consignee.
    """

    movement: Movement | None = None
    from_country: str | None = None
    to_country: str | None = None
    goods: str | None = None
    hs: str | None = Field(default=None, pattern=r"^\d{2,12}$")
    firm: str | None = None
    since: date | None = None
    until: date | None = None


class SeizuresResult(Result):
    """Seizures by direction, route and goods."""

    schema_id: ClassVar[str] = "provenance.seizures/2"
    routes: tuple[RouteRow, ...]
    rows: tuple[SeizureRow, ...] = ()
