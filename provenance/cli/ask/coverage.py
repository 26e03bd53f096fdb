"""`provenance coverage`."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from provenance.cli.ask.options import (
    CategoryOption,
    CredibilityOption,
    ListLimitOption,
    Readings,
    SinceOption,
    SuspectOption,
    TierOption,
    UntilOption,
    WeaponKindOption,
    WeaponOption,
    filters,
)
from provenance.cli.context import Clearance, Display
from provenance.core.vocabulary import CountryBasis


def coverage(
    context: typer.Context,
    basis: Annotated[
        CountryBasis, typer.Option("--basis", help="The firm for which a brand counts.")
    ] = CountryBasis.BRAND,
    weapon_kind: WeaponKindOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    weapon: WeaponOption = None,
    category: CategoryOption = None,
    chpl_tier: TierOption = None,
    min_recoveries: Annotated[
        int,
        typer.Option("--min-recoveries", min=1, help="A row for each weapon of at least so many."),
    ] = 5,
    min_credibility: CredibilityOption = None,
    include_suspect: SuspectOption = False,
    limit: ListLimitOption = 20,
    *,
    readings: Readings,
    clearance: Clearance,
    display: Display,
) -> None:
    """Estimate what has not been seen yet: firms and parts, in all weapons and by weapon.

    Example: provenance coverage --weapon Kh-101
    """
    from provenance.cli.views.coverage import coverage_sections
    from provenance.services import coverage as service
    from provenance.services.contracts.coverage import CoverageRequest

    chosen = filters(
        weapon_kind=weapon_kind,
        since=since,
        until=until,
        weapon=weapon,
        category=category,
        chpl_tier=chpl_tier,
        min_credibility=min_credibility,
        include_suspect=include_suspect,
        readings=readings,
    )
    request = CoverageRequest(filters=chosen, basis=basis, min_recoveries=min_recoveries)
    found = service.unseen(clearance.workspace(context), request)
    display.show(found, partial(coverage_sections, limit=limit))
