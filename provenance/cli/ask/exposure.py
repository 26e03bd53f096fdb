"""`provenance exposure`."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from provenance.cli.ask.options import (
    ListLimitOption,
    Readings,
    SinceOption,
    SuspectOption,
    UntilOption,
    WeaponOption,
    filters,
)
from provenance.cli.completion import firms
from provenance.cli.context import Clearance, Display
from provenance.core.vocabulary import WeaponKind


def exposure(
    context: typer.Context,
    firm: Annotated[
        str,
        typer.Argument(
            help="Any of the firm's names, current or former, or its reference.", autocompletion=firms
        ),
    ],
    weapon_kind: Annotated[
        list[str] | None,
        typer.Option("--weapon-kind", help=f"{', '.join(WeaponKind)}; repeatable. Defaults to any."),
    ] = None,
    since: SinceOption = None,
    until: UntilOption = None,
    weapon: WeaponOption = None,
    include_suspect: SuspectOption = False,
    limit: ListLimitOption = 20,
    *,
    readings: Readings,
    clearance: Clearance,
    display: Display,
) -> None:
    """Show one firm: its brands by date, its parts, where and when they were found, transfers.

    Presence of a part is not evidence of wrongdoing by its maker; an empty result is not a clearance.

    Example: provenance exposure "Maxim Integrated"
    """
    from provenance.cli.views.exposure import exposure_sections
    from provenance.services import exposure as exposure_service
    from provenance.services.contracts.exposure import ExposureRequest

    chosen = filters(
        weapon_kind=weapon_kind or ["any"],
        since=since,
        until=until,
        weapon=weapon,
        include_suspect=include_suspect,
        readings=readings,
    )
    workspace = clearance.workspace(context)
    found = exposure_service.exposure(workspace, ExposureRequest(firm=firm, filters=chosen))
    display.show(found, partial(exposure_sections, limit=limit))
