"""`provenance judge`: verdicts on hits, stored and applied to the next run."""

from __future__ import annotations

from pathlib import Path
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
from provenance.cli.file_options import (
    LAYOUT_HINTS,
    LayoutOptions,
)
from provenance.cli.hints import option_hints
from provenance.cli.notes import tell
from provenance.cli.option_groups import grouped
from provenance.cli.values import max_tlp as read_max_tlp
from provenance.core.vocabulary import OutputFormat, Tlp
from provenance.core.vocabulary.watched import Verdict

group = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

RunArgument = Annotated[str, typer.Argument(metavar="RUN", help="The screening run: N-…, or last.")]
TlpOption = Annotated[
    Tlp | None,
    typer.Option("--tlp", help="How strictly to handle the judgement; without a mark it counts as AMBER."),
]

_HINTS = {
    "several_lists": "Name the list: --list LIST",
    "several_roles": "Say whose hit it is: --role COLUMN",
}


def register(app: typer.Typer) -> None:
    """Adds this group's commands."""
    app.add_typer(
        group,
        name="judge",
        help="Judge hits: a verdict holds in later runs until the entry or the customer changes."
        "\n\nExample: provenance judge list",
    )


@group.command("hit")
def hit(
    context: typer.Context,
    run: RunArgument,
    row: Annotated[str, typer.Argument(metavar="ROW", help="The row's number in that run.")],
    key: Annotated[str, typer.Argument(metavar="KEY", help="The list's own key of the hit.")],
    verdict: Annotated[
        Verdict,
        typer.Argument(help="positive: the same party; negative: another party; unsure: still open."),
    ],
    reason: Annotated[
        str, typer.Option("--reason", "--why", help="Why, for those who read the judgement later.")
    ],
    watchlist: Annotated[
        str | None, typer.Option("--list", help="The list, where two have such a key.")
    ] = None,
    role: Annotated[
        str | None,
        typer.Option("--role", help="The column of the name, where several names of the row have the hit."),
    ] = None,
    tlp: TlpOption = None,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Judge one hit of a stored run.

    A negative verdict dismisses the hit from later runs until the entry or the customer changes. Nothing is
    deleted: the next judgement of the same customer and party supersedes this one.

    Example: provenance judge hit last 4 18782 negative --reason "another firm: the INN differs"
    """
    from provenance.cli.views.judge import judged_sections
    from provenance.services import judgements
    from provenance.services.contracts.judgements import JudgeHitRequest

    request = JudgeHitRequest(
        run=run,
        row=row.strip(),
        key=key.strip(),
        verdict=verdict,
        reason=reason,
        list=watchlist,
        role=role,
        tlp=tlp,
    )
    with option_hints(_HINTS):
        result = judgements.judge_hit(context_of(context).workspace(), request)
    printer(format, out).show(result, judged_sections)


@group.command("worklist")
def worklist(
    context: typer.Context,
    run: RunArgument,
    out: Annotated[Path, typer.Option("--out", help="The .xlsx file to write.")],
    everything: Annotated[bool, typer.Option("--all", help="Include settled and dismissed hits.")] = False,
) -> None:
    """Write the open hits of a run as a table with columns for verdict and reason (why).

    Example: provenance judge worklist last --out to-judge.xlsx
    """
    from provenance.cli.views.words import many
    from provenance.services import judgements
    from provenance.services.contracts.judgements import WorklistRequest

    request = WorklistRequest(run=run, file=out, everything=everything)
    done = judgements.worklist(context_of(context).workspace(), request)
    tell(f"{out}: {many(done.hits, 'hit')} of {done.run}. Once filled in: provenance judge file {out}")


@group.command("file")
@grouped
def file_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A worklist that was filled in, XLSX or CSV.")],
    tlp: TlpOption = None,
    *,
    written: LayoutOptions,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Save the verdicts of a worklist: all of them or, if one cannot be used, none.

    Rows without a verdict stay open; the same file again changes nothing.

    Example: provenance judge file to-judge.xlsx
    """
    from provenance.cli.views.cells import show_layout_notes
    from provenance.cli.views.judge import judged_sections
    from provenance.services import judgements
    from provenance.services.contracts.judgements import JudgeFileRequest

    request = JudgeFileRequest(file=file, tlp=tlp, layout=written.layout)
    with option_hints(LAYOUT_HINTS):
        result = judgements.judge_file(context_of(context).workspace(), request)
    show_layout_notes(result.notes)
    printer(format, out).show(result, judged_sections)


@group.command("list")
def list_(
    context: typer.Context,
    verdict: Annotated[Verdict | None, typer.Option("--verdict", help="Only with this verdict.")] = None,
    customer: Annotated[
        str | None, typer.Option("--customer", help="Only customers with this text in their name or id.")
    ] = None,
    max_tlp: MaxTlpOption = None,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
    explain: ExplainOption = False,
) -> None:
    """List the current judgements: who judged which customer and party, when and why.

    Example: provenance judge list --verdict positive
    """
    from provenance.cli.views.judge import list_sections
    from provenance.services import judgements
    from provenance.services.contracts.judgements import JudgementListRequest

    workspace = context_of(context).workspace(clearance=read_max_tlp(max_tlp))
    request = JudgementListRequest(verdict=verdict, customer=customer)
    printer(format, out, explain).show(judgements.list_judgements(workspace, request), list_sections)
