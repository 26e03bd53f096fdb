"""`provenance same`."""

from __future__ import annotations

from typing import Annotated

import typer

from provenance.cli.context import FormatOption, OutOption, context_of, printer
from provenance.cli.hints import option_hints
from provenance.core.errors import UsageError
from provenance.core.vocabulary import OutputFormat

_HINTS = {
    "reason": "Add --reason TEXT.",
    "kept_apart": "If they are one nevertheless, undo that statement (same A B --never --undo --reason TEXT),"
    " or add --confirm to record both.",
    "said_same": "If they are two, undo that statement (same A B --undo --reason TEXT), or add --confirm to"
    " record both.",
    "chain": "To see which: provenance same A B --why",
}


def same(
    context: typer.Context,
    left: Annotated[str, typer.Argument(metavar="A", help="A recovery, component or firm, by any handle.")],
    right: Annotated[str | None, typer.Argument(metavar="B", help="Another one of the same kind.")] = None,
    reason: Annotated[
        str | None, typer.Option("--reason", help="Why, for those who read the decision later.")
    ] = None,
    never: Annotated[bool, typer.Option("--never", help="They are two different items.")] = False,
    undo: Annotated[
        bool, typer.Option("--undo", help="Take back what was said of them; with --never, only that.")
    ] = False,
    why: Annotated[bool, typer.Option("--why", help="Show who said so, when and why.")] = False,
    confirm: Annotated[
        bool, typer.Option("--confirm", help="Record it although it contradicts another decision.")
    ] = False,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Record that two records are the same item, or are not: what is the same counts once.

    Nothing is copied, moved or deleted; after --undo everything is as it was before.

    Example: provenance same R-7K3M9-Q2X4H R-2QWER-TY34Z --reason "one wreck, two reports"
    """
    from provenance.cli.views.sameness import decision_sections, why_sections
    from provenance.services import sameness
    from provenance.services.contracts.sameness import SameRequest, SameWhyRequest

    if why and (never or undo or reason or confirm):
        raise UsageError("--why only shows; leave out the options of a decision")
    prints, workspace = printer(format, out), context_of(context).workspace()
    with option_hints(_HINTS):
        if why:
            asked = SameWhyRequest(left=left, right=right)
            prints.show(sameness.explain_same(workspace, asked), why_sections)
            return
        if right is None:
            raise UsageError("Name two records, or add --why for what was said of one.")
        request = SameRequest(
            left=left, right=right, reason=reason or "", never=never, undo=undo, confirmed=confirm
        )
        done = sameness.decide_same(workspace, request)
    prints.show(done, decision_sections)
