"""`provenance log template` and `log file`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from provenance.cli.context import FormatOption, OutOption, context_of, printer
from provenance.cli.log_entry import YesOption
from provenance.core.vocabulary import OutputFormat

if TYPE_CHECKING:
    from provenance.cli.render import Answer
    from provenance.importing.templates import FileSummary

_SHOWN = 20


def _templates() -> list[str]:
    from provenance.fields.templates import PLURALS

    return list(PLURALS)


def register_log(log: typer.Typer) -> None:
    """Hangs the commands on the group."""
    log.command("template")(template)
    log.command("file")(file_)


def template(
    kind: Annotated[
        str,
        typer.Argument(
            help="recoveries, seizures, units, components or citations.", autocompletion=_templates
        ),
    ],
    out: Annotated[Path, typer.Option("--out", help="The file to write: .csv, or .xlsx with drop-downs.")],
) -> None:
    """Write an empty table to fill in without the program; `provenance log file` takes it back.

    Example: provenance log template components --out components.xlsx
    """
    from provenance.fields.templates import kind_called, write_template

    write_template(kind_called(kind), out)
    typer.echo(f"Written: {out}. When it is filled in: provenance log file {out}", err=True)


def file_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A filled-in template, CSV or XLSX.")],
    kind: Annotated[
        str | None,
        typer.Option("--kind", help="What its rows are, where no column of row ids tells it."),
    ] = None,
    rejected: Annotated[
        Path | None,
        typer.Option("--rejected", help="Log the good rows and write the others, with reasons, to this CSV."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the same and write nothing.")] = False,
    yes: YesOption = False,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Log a filled-in template; the same file twice changes nothing. read = new + known + rejected.

    A row is known by its row id, else by what it says. A recovery may be named by its row id in the
    recoveries table, once that is logged.

    Example: provenance log file components.xlsx --rejected mend.csv
    """
    from provenance.cli.intake import check_writable, progress, write_rejected
    from provenance.core.errors import BadInput
    from provenance.fields.templates import kind_called
    from provenance.importing.templates import FileRequest, log_file, numbered
    from provenance.schema.engines import reading_engine

    own = context_of(context)
    if rejected is not None and not dry_run:
        check_writable(rejected)
    request = FileRequest(
        file,
        own.settings.actor,
        kind_called(kind) if kind else None,
        keep_good=rejected is not None,
        dry_run=dry_run,
        future=yes,
    )
    with progress(file.name) as on_progress:
        engine, reading = own.writing_engine(), reading_engine(own.settings.database)
        summary = log_file(engine, reading, request, on_progress)
    kept = not summary.rejected or rejected is not None
    if rejected is not None and not dry_run:
        write_rejected(rejected, summary.rejections)
    if kept or dry_run:
        printer(format, out).print(_answer(summary, dry_run))
    if summary.rejected:
        _first, *more = numbered(summary.rejections)
        where = f"They are in {rejected}." if rejected and not dry_run else "Nothing was logged."
        tail = f"{summary.rejected:,} of {summary.read:,} rows cannot be used. {where}"
        raise BadInput(
            summary.rejections[0].reason,
            file=file.name,
            line=summary.rejections[0].line,
            hint="\n".join([*more[:_SHOWN], tail]),
        )


def _answer(summary: FileSummary, dry_run: bool) -> Answer:
    from provenance.cli.render import Answer, Section

    row = {
        "file": summary.file,
        "kind": summary.kind,
        "dry_run": dry_run,
        "read": summary.read,
        "new": summary.new,
        "known": summary.known,
        "rejected": summary.rejected,
        "logged": [{"line": line, "ref": ref, "title": title} for line, ref, title in summary.refs],
        "notes": summary.notes,
    }
    verb = "would be logged" if dry_run else "logged"
    lines = [
        f"{summary.file}: read {summary.read:,} = new {summary.new:,} + known {summary.known:,}"
        f" + rejected {summary.rejected:,}"
    ]
    lines += [f"  line {line}: {ref}  {title}" for line, ref, title in summary.refs[:_SHOWN]]
    more = len(summary.refs) - _SHOWN
    lines += [f"  … and {more:,} more {verb}: --format json lists all."] if more > 0 else []
    lines += summary.notes
    return Answer("provenance.log-file/1", [row], [Section("", lines=lines)])
