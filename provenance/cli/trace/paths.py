"""`provenance trace path`, `from` and `to`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from provenance.cli.context import Display
from provenance.cli.option_groups import grouped
from provenance.cli.trace.options import (
    ClassOption,
    ConfidentialOption,
    FirmArgument,
    LimitOption,
    Traced,
    evidence_classes,
    working,
)

if TYPE_CHECKING:
    from provenance.services.contracts.tracing import ReachRequest

GoodsOption = Annotated[
    bool, typer.Option("--same-goods", help="Only paths on which the part, lot or item stays the same.")
]
_FOLLOWING = "Reading all transfers and following them by date…"


@dataclass(frozen=True, kw_only=True)
class Reach:
    """From which firm goods are followed, and how."""

    firm: FirmArgument
    same_goods: GoodsOption = False
    class_: ClassOption = None

    def request(self, known: Traced) -> ReachRequest:
        """A request, as far as the transfers were known.

        Raises:
            UsageError: there is no such evidence class, or not a date.
        """
        from provenance.services.contracts.tracing import ReachRequest

        return ReachRequest(
            firm=self.firm,
            same_goods=self.same_goods,
            evidence_classes=evidence_classes(self.class_),
            known_on=known.on,
            known_by=known.known_by,
            include_read_parts=known.include_read_parts,
        )


def register_trace(trace: typer.Typer) -> None:
    """Adds the commands to the group."""
    trace.command("path")(grouped(path))
    trace.command("from")(grouped(from_firm))
    trace.command("to")(grouped(to_firm))


def path(
    context: typer.Context,
    ref: Annotated[
        str, typer.Argument(help="A component or recovery: its reference, or a component's record key.")
    ],
    wide: Annotated[
        bool,
        typer.Option("--wide", help="Include transfers known by part family or customs code alone."),
    ] = False,
    *,
    known: Traced,
    show_confidential: ConfidentialOption = False,
    limit: LimitOption = 5,
    display: Display,
) -> None:
    """Show the supply paths of a component: steps in order, gaps, grades, point of diversion.

    Example: provenance trace path gur-5273 --wide
    """
    from provenance.cli.views.trace_paths import path_view
    from provenance.services.contracts.tracing import PathRequest
    from provenance.services.tracing import supply_paths

    request = PathRequest(
        ref=ref,
        wide=wide,
        show_confidential=show_confidential,
        known_on=known.on,
        known_by=known.known_by,
        include_read_parts=known.include_read_parts,
    )
    found = supply_paths(known.workspace(context), request)
    display.show(found, lambda result: path_view(result, limit))


def from_firm(
    context: typer.Context, reach: Reach, known: Traced, limit: LimitOption = 50, *, display: Display
) -> None:
    """Follow goods forward from a firm by date: who may have received them, and in which recoveries.

    Example: provenance trace from "Asia Pacific Links" --class any
    """
    from provenance.cli.views.trace_reach import downstream_view
    from provenance.services.tracing import downstream

    with working(_FOLLOWING):
        found = downstream(known.workspace(context), reach.request(known))
    display.show(found, lambda result: downstream_view(result, limit))


def to_firm(
    context: typer.Context, reach: Reach, known: Traced, limit: LimitOption = 50, *, display: Display
) -> None:
    """Follow goods backward from a firm by date: who may have supplied it.

    Example: provenance trace to "Special Technology Centre" --class any
    """
    from provenance.cli.views.trace_reach import upstream_view
    from provenance.services.tracing import upstream

    with working(_FOLLOWING):
        found = upstream(known.workspace(context), reach.request(known))
    display.show(found, lambda result: upstream_view(result, limit))
