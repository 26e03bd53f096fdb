"""`provenance trace graph`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from provenance.cli.completion import firms
from provenance.cli.context import MaxTlpOption, context_of
from provenance.cli.trace_options import (
    AtOption,
    ClassOption,
    FirmOption,
    KnownByOption,
    WeaponOption,
    as_of,
    scope_of,
    working,
)
from provenance.core.vocabulary.tracing import KnownBy

if TYPE_CHECKING:
    from provenance.core.basis import Basis
    from provenance.tracing.picture import Picture

_ENDINGS = ".svg, .dot, .graphml, .gexf or .html"


def register_trace(trace: typer.Typer) -> None:
    """Hangs the command on the group."""
    trace.command("graph")(graph)


def graph(
    context: typer.Context,
    ref: Annotated[
        str | None, typer.Argument(help="A component or recovery alone; else all roads into recoveries.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help=f"Draw into this file: {_ENDINGS}; else a tree is shown.")
    ] = None,
    around: Annotated[
        str | None,
        typer.Option("--around", help="Everything before and after this firm instead.", autocompletion=firms),
    ] = None,
    firm: FirmOption = None,
    weapon: WeaponOption = None,
    class_: ClassOption = None,
    max_nodes: Annotated[
        int, typer.Option("--max-nodes", min=10, help="Put holders together by country above so many.")
    ] = 200,
    at: AtOption = None,
    known_by: KnownByOption = KnownBy.PUBLISHED,
    max_tlp: MaxTlpOption = None,
) -> None:
    """Draw chains from maker to weapon: width by quantity, dashes where not documented, gaps as gaps.

    Names given in confidence are never drawn. The basis goes into FILE.basis.json.

    Example: provenance trace graph --weapon Orlan-10 --out orlan.svg
    """
    from provenance.core.errors import UsageError
    from provenance.tracing.graph_files import WRITERS
    from provenance.tracing.picture import summarised

    if out is not None and out.suffix.lower() not in WRITERS:
        raise UsageError(f"--out {out}: a picture is {_ENDINGS}")
    classes = class_ or ["any"]
    state = as_of(at, known_by, max_tlp)
    with context_of(context).reading() as session:
        scope = scope_of(session, weapon=weapon, firm=firm, classes=classes, state=state)
        with working("Reading all transfers and following their roads…"):
            picture, basis = _drawn(session, scope, ref, around, weapon, firm)
    picture = summarised(picture, max_nodes)
    if out is None:
        _show(picture, basis)
        return
    _write(out, WRITERS[out.suffix.lower()](picture), basis)
    typer.echo(f"{out}: {len(picture.nodes):,} nodes, {len(picture.edges):,} lines.", err=True)


def _drawn(
    session: Any, scope: Any, ref: str | None, around: str | None, weapon: list[str] | None, firm: str | None
) -> tuple[Picture, Basis]:
    from provenance.core.basis import Basis
    from provenance.core.errors import UsageError
    from provenance.queries.fingerprint import data_fingerprint
    from provenance.queries.names import organization_labels, organization_named
    from provenance.tracing.drawing import draw_around, draw_roads
    from provenance.tracing.marks import handling_of
    from provenance.tracing.things import things_named

    if ref and around:
        raise UsageError("A picture is of a component, or around a firm: give one of both")
    basis = Basis("trace graph", "recoveries with a road on record", data_fingerprint(session))
    basis.filters = {"classes": ", ".join(scope.classes), **scope.as_of.settings()}
    basis.handling = handling_of(session, scope.classes, scope.as_of.max_tlp)
    if around:
        number = organization_named(session, around)
        label = organization_labels(session, [number])[number][0]
        picture = draw_around(session, scope, number, title=f"Transfers before and after {label}")
        basis.unit = "holders"
        basis.counted = {"components": 0, "recoveries": 0}
        basis.filters["around"] = label
    else:
        things = things_named(session, ref) if ref else []
        title = f"Roads into {ref}" if ref else "Roads into recoveries"
        title += f" of {', '.join(weapon)}" if weapon else ""
        title += f" of components of {firm}" if firm else ""
        members = [member for thing in things for member in thing.members]
        picture, found = draw_roads(session, scope, title=title, components=members)
        basis.counted = {"components": found.components_with_road, "recoveries": found.with_road}
        basis.out_of = {"components": len(found.finds.component), "recoveries": found.finds.recoveries}
        picture.notes.append(
            f"{found.with_road:,} of {found.finds.recoveries:,} recoveries have a road on record"
            " by these classes."
        )
    basis.filters["nodes"] = f"{len(picture.nodes):,}"
    basis.notes += picture.notes
    if basis.handling:
        picture.notes.append(f"TLP:{basis.handling.tlp}")
    return picture, basis


def _write(out: Path, text: str, basis: Basis) -> None:
    import json

    from provenance.cli.render import plain
    from provenance.core.errors import BadInput

    beside = out.with_name(out.name + ".basis.json")
    whole = {"schema": "provenance.trace-graph/1", "basis": plain(basis)}
    try:
        out.write_text(text, encoding="utf-8")
        beside.write_text(json.dumps(whole, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise BadInput(f"cannot be written: {error.strerror}", file=str(out)) from None


def _show(picture: Picture, basis: Basis) -> None:
    from provenance.cli.context import printer
    from provenance.cli.render import Answer, Section
    from provenance.cli.trace_trees import picture_lines
    from provenance.core.vocabulary import OutputFormat

    lines = picture_lines(picture) or ["No road is on record."]
    printer(OutputFormat.TABLE, None).print(
        Answer("provenance.trace-graph/1", [], [Section(picture.title, lines=lines)], basis)
    )
