"""`provenance trace path`, `from` and `to`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from provenance.cli.completion import firms
from provenance.cli.context import FormatOption, MaxTlpOption, OutOption, context_of, printer
from provenance.cli.trace_options import (
    AtOption,
    ClassOption,
    ConfidentialOption,
    KnownByOption,
    LimitOption,
    as_of,
    evidence_classes,
    working,
)
from provenance.core.vocabulary import OutputFormat
from provenance.core.vocabulary.tracing import KnownBy

if TYPE_CHECKING:
    from provenance.cli.render import Answer
    from provenance.tracing.statements import AsOf

FirmArgument = Annotated[
    str, typer.Argument(help="Any of the firm's names, or its reference.", autocompletion=firms)
]
GoodsOption = Annotated[
    bool,
    typer.Option("--same-goods", help="Only roads of one part, lot or item all the way."),
]


def register_trace(trace: typer.Typer) -> None:
    """Hangs the commands on the group."""
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
        typer.Option("--wide", help="Take in transfers of the part family, or of the customs code alone."),
    ] = False,
    at: AtOption = None,
    known_by: KnownByOption = KnownBy.PUBLISHED,
    max_tlp: MaxTlpOption = None,
    show_confidential: ConfidentialOption = False,
    limit: LimitOption = 5,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Show the chain of a component: its hops in order, its gaps, its grade, where it was diverted.

    Example: provenance trace path gur-5273 --wide
    """
    from provenance.cli.trace_answers import path_answer
    from provenance.core.basis import Basis
    from provenance.queries.fingerprint import data_fingerprint
    from provenance.tracing.path import trace as trace_one
    from provenance.tracing.things import things_named

    state = as_of(at, known_by, max_tlp)
    with context_of(context).reading() as session:
        found = [
            trace_one(session, item, state, wide=wide, show_confidential=show_confidential)
            for item in things_named(session, ref)
        ]
        basis = Basis("trace path", "components with a chain on record", data_fingerprint(session))
        basis.filters = {
            "goods": "of the item, its lot or its part number"
            + (", its part family or customs code" if wide else ""),
            **state.settings(),
        }
        printer(format, out).print(path_answer(found, basis, limit))


def from_firm(
    context: typer.Context,
    firm: FirmArgument,
    same_goods: GoodsOption = False,
    class_: ClassOption = None,
    at: AtOption = None,
    known_by: KnownByOption = KnownBy.PUBLISHED,
    max_tlp: MaxTlpOption = None,
    limit: LimitOption = 50,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Walk forward from a firm by date: who may have got goods from it, and which recoveries they reached.

    Example: provenance trace from "Asia Pacific Links" --class any
    """
    answer = _walk(context, firm, True, same_goods, class_, as_of(at, known_by, max_tlp), limit)
    printer(format, out).print(answer)


def to_firm(
    context: typer.Context,
    firm: FirmArgument,
    same_goods: GoodsOption = False,
    class_: ClassOption = None,
    at: AtOption = None,
    known_by: KnownByOption = KnownBy.PUBLISHED,
    max_tlp: MaxTlpOption = None,
    limit: LimitOption = 50,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Walk back from a firm by date: who may have fed it.

    Example: provenance trace to "Special Technology Centre" --class any
    """
    answer = _walk(context, firm, False, same_goods, class_, as_of(at, known_by, max_tlp), limit)
    printer(format, out).print(answer)


def _walk(
    context: typer.Context,
    firm: str,
    forward: bool,
    same_goods: bool,
    classes: list[str] | None,
    state: AsOf,
    limit: int,
) -> Answer:
    from provenance.cli.trace_answers import walk_answer
    from provenance.queries.names import organization_named
    from provenance.tracing.walking import fetch_walk

    with context_of(context).reading() as session:
        number = organization_named(session, firm)
        with working("Reading all transfers and walking them by date…"):
            found = fetch_walk(
                session,
                number,
                forward=forward,
                same_goods=same_goods,
                classes=evidence_classes(classes),
                as_of=state,
            )
        return walk_answer(found, limit)
