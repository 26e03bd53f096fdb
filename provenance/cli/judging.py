"""`provenance judge`: what somebody holds of a hit, kept and applied to the next run."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from provenance.cli.context import FormatOption, MaxTlpOption, OutOption, context_of, printer
from provenance.cli.values import max_tlp as read_max_tlp
from provenance.core.vocabulary import OutputFormat, Tlp
from provenance.core.vocabulary.watched import Verdict

if TYPE_CHECKING:
    from provenance.cli.render import Answer
    from provenance.core.tlp import Handling
    from provenance.screening.judging import Decision, Standing

group = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

RunArgument = Annotated[str, typer.Argument(metavar="RUN", help="The screening run: N-…, or last.")]
TlpOption = Annotated[
    Tlp | None,
    typer.Option("--tlp", help="How strictly the judgement is to be handled; none counts as AMBER."),
]


def register(app: typer.Typer) -> None:
    """Adds this group's commands."""
    app.add_typer(
        group,
        name="judge",
        help="Judgements on hits: remembered, applied to the next run, open again when something changes."
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
        typer.Argument(help="positive: it is the customer; negative: it is another; unsure: open still."),
    ],
    why: Annotated[str, typer.Option("--why", help="The reason, for whoever reads it later.")],
    watchlist: Annotated[
        str | None, typer.Option("--list", help="The list, where two have such a key.")
    ] = None,
    tlp: TlpOption = None,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Judge one hit of a kept run.

    A negative one is dismissed from later runs until the entry or the customer changes. Nothing is deleted:
    the next judgement of the same customer and party supersedes this one.

    Example: provenance judge hit last 4 18782 negative --why "another firm: the INN differs"
    """
    from provenance.screening.judging import Decision
    from provenance.screening.worklist import hit_of, rows_found, said

    own = context_of(context)
    decided = said(verdict, why)
    with own.reading() as session:
        number, rows = rows_found(session, run)
    of_row, found = hit_of(rows, row.strip(), key.strip(), watchlist)
    printer(format, out).print(_take(context, [Decision(number, of_row, found, *decided)], tlp))


@group.command("worklist")
def worklist(
    context: typer.Context,
    run: RunArgument,
    out: Annotated[Path, typer.Option("--out", help="The .xlsx file to write.")],
    everything: Annotated[
        bool, typer.Option("--all", help="Hits that are settled already too, dismissed ones among them.")
    ] = False,
) -> None:
    """Write the hits of a run that nobody has settled as a table to fill in: verdict and why.

    Example: provenance judge worklist last --out to-judge.xlsx
    """
    from provenance.screening.runs import find_run, rows_of_run
    from provenance.screening.worklist import write_worklist

    with context_of(context).reading() as session:
        number, kept = find_run(session, run)
        rows = rows_of_run(session, number)
    count = write_worklist(out, kept.ref, rows, everything=everything)
    typer.echo(
        f"Written: {out}, {count:,} hits of {kept.ref}. When it is filled in: provenance judge file {out}",
        err=True,
    )


@group.command("file")
def file_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A worklist that is filled in, XLSX or CSV.")],
    tlp: TlpOption = None,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Take a worklist back: all of its verdicts or, where one cannot be used, none.

    Rows without a verdict stay open; the same file twice changes nothing.

    Example: provenance judge file to-judge.xlsx
    """
    from provenance.screening.worklist import read_worklist

    with context_of(context).reading() as session:
        decisions = read_worklist(session, file)
    printer(format, out).print(_take(context, decisions, tlp))


@group.command("list")
def list_(
    context: typer.Context,
    verdict: Annotated[Verdict | None, typer.Option("--verdict", help="Only these.")] = None,
    customer: Annotated[
        str | None, typer.Option("--customer", help="Only customers with this in their name or id.")
    ] = None,
    max_tlp: MaxTlpOption = None,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """List the judgements that stand: who held what of which customer and party, when and why.

    Example: provenance judge list --verdict positive
    """
    from provenance.core.tlp import Handling, ceiling
    from provenance.queries.fingerprint import data_fingerprint
    from provenance.screening.judging import standing

    allowed = ceiling(read_max_tlp(max_tlp))
    with context_of(context).reading() as session:
        found, data = list(standing(session).values()), data_fingerprint(session)
    wanted = (customer or "").casefold()
    fitting = [
        one
        for one in found
        if verdict in (None, one.judged.verdict)
        and wanted in f"{one.customer_id or ''}\n{one.customer_name}".casefold()
    ]
    shown = [one for one in fitting if allowed(one.tlp)]
    handling = Handling.of(one.tlp for one in shown)
    printer(format, out).print(_listed(shown, len(fitting) - len(shown), handling, data))


def _take(context: typer.Context, decisions: list[Decision], tlp: Tlp | None) -> Answer:
    from provenance.cli.render import Answer, Section
    from provenance.schema.session import writing
    from provenance.screening.judging import decide

    own = context_of(context)
    with writing(own.writing_engine()) as session:
        refs, known = decide(session, decisions, actor=own.settings.actor, tlp=tlp)
    rows = [
        {
            "ref": ref,
            "customer": decision.row["name"],
            "list": decision.hit["list"],
            "key": decision.hit["key"],
            "party": decision.hit["party"],
            "verdict": str(decision.verdict),
            "why": decision.reason,
        }
        for ref, decision in zip(refs, decisions, strict=True)
    ]
    lines = [
        f"{row['ref']}  {row['verdict']}: {row['customer']} and {row['party']} ({row['list']})"
        for row in rows
    ]
    lines.append(f"{len(refs) - known:,} judgements kept, {known:,} known before.")
    counts = {"kept": len(refs) - known, "known": known}
    return Answer("provenance.judge/1", rows, [Section("", lines=lines)], fields=counts)


def _listed(shown: list[Standing], hidden: int, handling: Handling | None, data: str) -> Answer:
    from provenance.cli.render import Answer, Column, Section
    from provenance.core.basis import Basis
    from provenance.screening.asking import NOTHING_DECIDED

    rows = [
        {
            **asdict(one.judged),
            "customer_id": one.customer_id,
            "customer": one.customer_name,
            "list": one.pair[1],
            "key": one.entry_key,
            "party": one.party,
            "tlp": one.tlp,
        }
        for one in shown
    ]
    for row in rows:
        del row["reopened"]
    columns = [
        Column("ref", lambda row: str(row["ref"])),
        Column("verdict", lambda row: str(row["verdict"])),
        Column("customer", lambda row: str(row["customer"])),
        Column("party", lambda row: f"{row['party']} ({row['list']} {row['key']})"),
        Column("by", lambda row: str(row["actor"]), yields=2),
        Column("on", lambda row: str(row["at"])[:10], yields=1),
        Column("why", lambda row: str(row["reason"]), yields=3),
    ]
    title = "Judgements that stand" if rows else "No judgement stands."
    basis = Basis("judge list", "standing judgements", data)
    basis.counted = {"judgements": len(rows)}
    basis.handling = handling
    if hidden:
        basis.notes.append(f"Left out by --max-tlp: {hidden:,} judgements.")
    basis.notes.append(
        "Whether one is open again shows when the customer is screened: it goes by what the entry says then."
    )
    basis.notes.append(NOTHING_DECIDED)
    return Answer("provenance.judge-list/1", rows, [Section(title, rows, columns if rows else ())], basis)
