"""`provenance trace graph`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from provenance.cli.completion import firms
from provenance.cli.context import ExplainOption, FormatOption, printer
from provenance.cli.notes import tell
from provenance.cli.option_groups import grouped
from provenance.cli.trace.options import (
    Scope,
    Traced,
    working,
)
from provenance.core.vocabulary import OutputFormat

if TYPE_CHECKING:
    from provenance.services.contracts.tracing import GraphFormat

_ENDINGS = ".svg, .dot, .graphml, .gexf or .html"


def register_trace(trace: typer.Typer) -> None:
    """Adds the command to the group."""
    trace.command("graph")(grouped(graph))


def graph(
    context: typer.Context,
    ref: Annotated[
        str | None,
        typer.Argument(help="Only this component or recovery; defaults to all paths into recoveries."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", help=f"File to write ({_ENDINGS}); without it, a tree is printed."),
    ] = None,
    around: Annotated[
        str | None,
        typer.Option(
            "--around", help="Draw everything before and after this firm instead.", autocompletion=firms
        ),
    ] = None,
    max_nodes: Annotated[
        int,
        typer.Option(
            "--max-nodes", min=10, help="Above this number, parties are grouped by role and country."
        ),
    ] = 200,
    *,
    scope: Scope,
    known: Traced,
    explain: ExplainOption = False,
    format: FormatOption = OutputFormat.TABLE,
) -> None:
    """Draw supply paths from maker to weapon: width by quantity, dashes if not documented, gaps as gaps.

    Names given in confidence are never drawn. The basis is written to FILE.basis.json.

    Example: provenance trace graph --weapon Orlan-10 --out orlan.svg
    """
    from provenance.cli.trace.files import write_with_basis
    from provenance.cli.views.trace_graph import graph_view
    from provenance.services.contracts.tracing import GraphRequest
    from provenance.services.tracing import graph as build_graph

    drawn = replace(scope, class_=scope.class_ or ["any"])
    request = drawn.request(
        GraphRequest,
        known,
        ref=ref,
        around=around,
        max_nodes=max_nodes,
        file_format=_file_format(out),
    )
    with working("Reading all transfers and following their paths…"):
        found = build_graph(known.workspace(context), request)
    if out is None:
        printer(format, None, explain).show(found, graph_view)
        return
    write_with_basis(out, found.content or "", found)
    tell(f"{out}: {len(found.nodes):,} nodes, {len(found.rows):,} edges.")


def _file_format(out: Path | None) -> GraphFormat | None:
    """The kind of file that a name's ending asks for.

    Raises:
        UsageError: no graph is written to such a file.
    """
    from provenance.core.errors import UsageError
    from provenance.services.contracts.tracing import GraphFormat

    if out is None:
        return None
    try:
        return GraphFormat(out.suffix.lower().removeprefix("."))
    except ValueError:
        raise UsageError(f"--out {out}: a graph is written as {_ENDINGS}") from None
