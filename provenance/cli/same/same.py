"""`provenance same`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from provenance.cli.context import FormatOption, OutOption, context_of, printer
from provenance.cli.file_options import (
    LAYOUT_HINTS,
    LayoutOptions,
)
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
_FILE_HINTS = {
    "kept_apart": "If they are one nevertheless, undo that statement first, or add --confirm to record both.",
    "said_same": "If they are two, undo that statement first, or add --confirm to record both.",
}


def same(
    context: typer.Context,
    left: Annotated[
        str | None, typer.Argument(metavar="A", help="A recovery, component or firm, by any handle.")
    ] = None,
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
    from_: Annotated[
        Path | None, typer.Option("--from", help="A worklist of `duplicates` that was filled in.")
    ] = None,
    *,
    written: LayoutOptions,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Record that two records are the same item, or are not: what is the same counts once.

    Nothing is copied, moved or deleted; after --undo everything is as it was before.

    Example: provenance same R-7K3M9-Q2X4H R-2QWER-TY34Z --reason "one wreck, two reports"
    """
    from provenance.cli.views.sameness import decision_sections, why_sections
    from provenance.services import sameness
    from provenance.services.contracts.sameness import SameFileRequest, SameRequest, SameWhyRequest

    decides = bool(never or undo or reason or confirm)
    prints, workspace = printer(format, out), context_of(context).workspace()
    if from_ is not None:
        if left is not None or why or never or undo or reason:
            raise UsageError("--from FILE decides by the file alone; leave out the other options")
        layout = written.layout
        with option_hints({**_FILE_HINTS, **LAYOUT_HINTS}):
            asked_of = SameFileRequest(file=from_, confirmed=confirm, layout=layout)
            prints.show(sameness.decide_file(workspace, asked_of), decision_sections)
        return
    if left is None or (right is None and not why):
        raise UsageError("Name two records, or one with --why, or a worklist with --from FILE.")
    if why:
        if decides:
            raise UsageError("--why only shows; leave out the options of a decision")
        prints.show(sameness.explain_same(workspace, SameWhyRequest(left=left, right=right)), why_sections)
        return
    request = SameRequest(
        left=left, right=right or "", reason=reason or "", never=never, undo=undo, confirmed=confirm
    )
    with option_hints(_HINTS):
        prints.show(sameness.decide_same(workspace, request), decision_sections)
