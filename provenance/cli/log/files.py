"""`provenance log template` and `log file`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from provenance.cli.context import FormatOption, OutOption, context_of, printer
from provenance.cli.file_options import (
    LAYOUT_HINTS,
    STYLE_HINTS,
    WrittenOptions,
)
from provenance.cli.hints import FUTURE, NEW_NAMES, ODD, option_hints
from provenance.cli.log.options import (
    ConfirmOddOption,
    NewMakerOption,
    NewPartyOption,
    NewUnitTypeOption,
    NewWeaponOption,
    YesOption,
    new_names,
)
from provenance.cli.notes import tell
from provenance.cli.option_groups import grouped
from provenance.core.errors import BadInput
from provenance.core.vocabulary import OutputFormat

if TYPE_CHECKING:
    from provenance.services.contracts.entries import FileRow

_SHOWN = 20
_STATE_KIND = "State it: --kind components. A template has it: provenance log template components --out FILE"
_AMEND = "To amend what is on record by rows that have changed, add --amend REASON."
_HINTS = LAYOUT_HINTS | STYLE_HINTS | {"kind": _STATE_KIND}


def _templates() -> list[str]:
    from provenance.fields.templates import PLURALS

    return list(PLURALS)


def register_log(log: typer.Typer) -> None:
    """Adds the commands to the group."""
    log.command("template")(template)
    log.command("file")(grouped(file_))


def template(
    kind: Annotated[
        str,
        typer.Argument(
            help="recoveries, seizures, units, components or citations.", autocompletion=_templates
        ),
    ],
    out: Annotated[Path, typer.Option("--out", help="The file to write: .csv, or .xlsx with drop-downs.")],
) -> None:
    """Write an empty table to fill in without the program; `provenance log file` reads it.

    Example: provenance log template components --out components.xlsx
    """
    from provenance.services.contracts.entries import TemplateRequest
    from provenance.services.entry_files import write_empty_template

    write_empty_template(TemplateRequest(kind=kind, out=out))
    tell(f"Written: {out}. To log it when it is filled in: provenance log file {out}")


def file_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A filled-in template, CSV or XLSX.")],
    kind: Annotated[
        str | None,
        typer.Option("--kind", help="Kind of record in its rows, if it has no row id column."),
    ] = None,
    rejected: Annotated[
        Path | None,
        typer.Option("--rejected", help="Log the good rows and write the others, with reasons, to this CSV."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the outcome, but write nothing.")] = False,
    new_weapon: NewWeaponOption = False,
    new_unit_type: NewUnitTypeOption = False,
    new_maker: NewMakerOption = False,
    new_party: NewPartyOption = False,
    confirm_odd: ConfirmOddOption = False,
    yes: YesOption = False,
    amend: Annotated[
        str | None,
        typer.Option(
            "--amend",
            metavar="REASON",
            help="Amend, for this reason, what was logged under the row id of a row that has changed.",
        ),
    ] = None,
    *,
    written: WrittenOptions,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Log a filled-in template; the same file twice changes nothing.

    read = new + known + amended + rejected.

    A row is recognised by its row id, or without one by its content. A component may name its recovery by the
    row id in the recoveries table, once that table is logged.

    Example: provenance log file components.xlsx --rejected rejected.csv
    """
    from provenance.cli.progress import progress
    from provenance.cli.views.entry_files import file_view
    from provenance.services.contracts.entries import FileRequest
    from provenance.services.entry_files import log_file

    request = FileRequest(
        file=file,
        kind=kind,
        rejected=rejected,
        dry_run=dry_run,
        new=new_names(weapon=new_weapon, unit_type=new_unit_type, maker=new_maker, party=new_party),
        accept_future=yes or confirm_odd,
        accept_odd=confirm_odd,
        amend=amend,
        layout=written.layout,
        dates=written.dates,
        decimal=written.decimal,
    )
    with option_hints(_HINTS), progress(file.name) as on_progress:
        result = log_file(context_of(context).workspace(), request, on_progress)
    (row,) = result.rows
    if row.saved or dry_run:
        printer(format, out).show(result, file_view)
    if row.rejected:
        _refuse(row, rejected if not dry_run else None)


def _remedies(row: FileRow) -> list[str]:
    """Which options log rows that were refused though they may be right."""
    future = FUTURE.values() if row.future else ()
    odd = ODD.values() if row.odd else ()
    changed = [_AMEND] if row.changed else []
    return [*changed, *future, *odd, *(NEW_NAMES[f"new_{what}"] for what in row.new_names)]


def _refuse(row: FileRow, rejected: Path | None) -> None:
    first, *more = row.rejections
    where = f"They are in {rejected}." if rejected else "Nothing was logged."
    lines = [f"line {each.line}: {each.reason}" for each in more[:_SHOWN]]
    tail = f"{row.rejected:,} of {row.read:,} rows cannot be used. {where}"
    hints = [*lines, *_remedies(row), tail]
    raise BadInput(first.reason, file=row.file, line=first.line, hint="\n".join(hints))
