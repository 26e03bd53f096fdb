"""`provenance trace path`, `from` and `to`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from provenance.cli.context import (
    ColumnsOption,
    ExplainOption,
    FormatOption,
    MaxTlpOption,
    OutOption,
    printer,
)
from provenance.cli.trace.options import (
    AtOption,
    ClassOption,
    ConfidentialOption,
    FirmArgument,
    KnownByOption,
    LimitOption,
    evidence_classes,
    known_on,
    working,
    workspace_of,
)
from provenance.core.vocabulary import OutputFormat
from provenance.core.vocabulary.tracing import KnownBy

if TYPE_CHECKING:
    from provenance.services.contracts.tracing import ReachRequest

GoodsOption = Annotated[
    bool, typer.Option("--same-goods", help="Only paths on which the part, lot or item stays the same.")
]


def register_trace(trace: typer.Typer) -> None:
    """Adds the commands to the group."""
    trace.command("path")(path)
    trace.command("from")(from_firm)
    trace.command("to")(to_firm)


def path(
    context: typer.Context,
    ref: Annotated[
        str, typer.Argument(help="A component or recovery: its reference, or a component's record key.")
    ],
    wide: Annotated[
        bool,
        typer.Option("--wide", help="Include transfers known by part family or customs code alone."),
    ] = False,
    at: AtOption = None,
    known_by: KnownByOption = KnownBy.PUBLISHED,
    max_tlp: MaxTlpOption = None,
    show_confidential: ConfidentialOption = False,
    limit: LimitOption = 5,
    explain: ExplainOption = False,
    columns: ColumnsOption = None,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
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
        known_on=known_on(at),
        known_by=known_by,
    )
    found = supply_paths(workspace_of(context, max_tlp), request)
    printer(format, out, explain, columns).show(found, lambda result: path_view(result, limit))


def from_firm(
    context: typer.Context,
    firm: FirmArgument,
    same_goods: GoodsOption = False,
    class_: ClassOption = None,
    at: AtOption = None,
    known_by: KnownByOption = KnownBy.PUBLISHED,
    max_tlp: MaxTlpOption = None,
    limit: LimitOption = 50,
    explain: ExplainOption = False,
    columns: ColumnsOption = None,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Follow goods forward from a firm by date: who may have received them, and in which recoveries.

    Example: provenance trace from "Asia Pacific Links" --class any
    """
    from provenance.cli.views.trace_reach import downstream_view
    from provenance.services.tracing import downstream

    request = _request(firm, same_goods, class_, at, known_by)
    with working("Reading all transfers and following them by date…"):
        found = downstream(workspace_of(context, max_tlp), request)
    printer(format, out, explain, columns).show(found, lambda result: downstream_view(result, limit))


def to_firm(
    context: typer.Context,
    firm: FirmArgument,
    same_goods: GoodsOption = False,
    class_: ClassOption = None,
    at: AtOption = None,
    known_by: KnownByOption = KnownBy.PUBLISHED,
    max_tlp: MaxTlpOption = None,
    limit: LimitOption = 50,
    explain: ExplainOption = False,
    columns: ColumnsOption = None,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Follow goods backward from a firm by date: who may have supplied it.

    Example: provenance trace to "Special Technology Centre" --class any
    """
    from provenance.cli.views.trace_reach import upstream_view
    from provenance.services.tracing import upstream

    request = _request(firm, same_goods, class_, at, known_by)
    with working("Reading all transfers and following them by date…"):
        found = upstream(workspace_of(context, max_tlp), request)
    printer(format, out, explain, columns).show(found, lambda result: upstream_view(result, limit))


def _request(
    firm: str, same_goods: bool, classes: list[str] | None, at: str | None, known_by: KnownBy
) -> ReachRequest:
    from provenance.services.contracts.tracing import ReachRequest

    return ReachRequest(
        firm=firm,
        same_goods=same_goods,
        evidence_classes=evidence_classes(classes),
        known_on=known_on(at),
        known_by=known_by,
    )
