"""Seizures, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.cli.views.tables import Section, number, text

if TYPE_CHECKING:
    from provenance.services.contracts.seizures import RouteRow, SeizureRow, SeizuresResult


def seizure_sections(found: SeizuresResult) -> list[Section]:
    """Seizures by route, then one by one."""
    if not found.rows:
        return [Section("Seizures", lines=["Nothing on record matches."])]
    by_route = [
        text("direction", lambda row: row.movement),
        text("route", _route),
        text("HS", lambda row: row.hs6),
        number("seizures", lambda row: row.seizures),
        number("components", lambda row: row.components),
    ]
    each = [
        text("ref", lambda row: row.ref),
        text("seized", lambda row: row.seized),
        text("direction", lambda row: row.movement),
        text("route", _route),
        text("border point", lambda row: row.border_point, yields=4),
        text("goods", lambda row: row.goods),
        text("HS", lambda row: row.hs),
        text("consignor", lambda row: row.consignor, yields=1),
        text("consignee", lambda row: row.consignee, yields=1),
        text("authority", lambda row: row.authority, yields=3),
        number("components", lambda row: row.components, yields=5),
    ]
    return [
        Section("Seizures by direction, route and goods", found.routes, by_route),
        Section("Seizures", found.rows, each),
    ]


def _route(row: RouteRow | SeizureRow) -> str:
    return f"{row.from_country or '?'} → {row.to_country or '?'}"
