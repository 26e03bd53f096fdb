"""`provenance review`."""

from __future__ import annotations

from typing import Annotated

import typer

from provenance.cli.context import (
    ExplainOption,
    FormatOption,
    MaxTlpOption,
    OutOption,
    context_of,
    printer,
)
from provenance.cli.values import max_tlp as read_max_tlp
from provenance.core.vocabulary import OutputFormat


def review(
    context: typer.Context,
    kind: Annotated[
        list[str] | None,
        typer.Option(
            "--kind",
            help="contradiction, disagreement, doubt, duplicate, odd, reading, new_firm or new_weapon."
            " Repeatable.",
        ),
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=0, help="Maximum of each kind (0 = all).")] = 5,
    max_tlp: MaxTlpOption = None,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
    explain: ExplainOption = False,
) -> None:
    """List open questions: where sources disagree, what the program doubts, reads or finds odd, new names.

    Example: provenance review --kind disagreement
    """
    from provenance.cli.views.open_questions import question_sections
    from provenance.services import open_questions
    from provenance.services.contracts.open_questions import ReviewRequest, question_kinds

    workspace = context_of(context).workspace(clearance=read_max_tlp(max_tlp))
    request = ReviewRequest(kinds=question_kinds(kind or ()), limit=limit)
    printer(format, out, explain).show(open_questions.review(workspace, request), question_sections)
