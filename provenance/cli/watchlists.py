"""`provenance watchlist`: import, status, diff, show, formats."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from provenance.cli.context import FormatOption, OutOption, context_of, printer
from provenance.cli.values import day
from provenance.core.vocabulary import OutputFormat
from provenance.core.vocabulary.watched import Asks

if TYPE_CHECKING:
    from provenance.cli.render import Answer
    from provenance.watchlists.importing import ListSummary, Progress

_SHOWN_REVIEW = 40
_COUNTS = ("read", "new", "known", "changed", "repeated", "listed", "delisted", "parties")

group = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


def register(app: typer.Typer) -> None:
    """Adds this group's commands."""
    app.add_typer(
        group,
        name="watchlist",
        help="Lists of parties to watch for, by version.\n\nExample: provenance watchlist status",
    )


def _known_formats() -> list[str]:
    from provenance.sources.registry import WATCHLISTS

    return [known.name for known in WATCHLISTS.formats]


@group.command("formats")
def formats(format: FormatOption = OutputFormat.TABLE, out: OutOption = None) -> None:
    """List the formats that `provenance watchlist import` reads.

    Example: provenance watchlist formats
    """
    from provenance.cli.render import Answer, Column, Section
    from provenance.sources.registry import WATCHLISTS

    rows = [{"format": one.name, "reads": one.title, "list": one.watchlist} for one in WATCHLISTS.formats]
    columns = [
        Column("format", lambda row: str(row["format"])),
        Column("reads", lambda row: str(row["reads"])),
        Column("list", lambda row: str(row["list"] or "--name LIST")),
    ]
    printer(format, out).print(Answer("provenance.watchlist-formats/1", rows, [Section("", rows, columns)]))


@group.command("import")
def import_version(
    context: typer.Context,
    list_format: Annotated[
        str,
        typer.Argument(
            metavar="FORMAT", help="See `provenance watchlist formats`.", autocompletion=_known_formats
        ),
    ],
    file: Annotated[Path, typer.Argument(help="The file to import.")],
    as_of: Annotated[str, typer.Option("--as-of", help="The day of this version: 2024-06-12.")],
    name: Annotated[
        str | None,
        typer.Option("--name", help="Which list this is a version of; needed for a list of your own."),
    ] = None,
    title: Annotated[str | None, typer.Option("--title", help="What a list of your own is called.")] = None,
    asks: Annotated[
        Asks | None,
        typer.Option("--asks", help="What a list of your own asks of whoever deals with a party."),
    ] = None,
    partial: Annotated[
        bool, typer.Option("--partial", help="The file is an extract: it adds and never delists.")
    ] = False,
    accept_shrink: Annotated[
        bool, typer.Option("--accept-shrink", help="Take a version that lacks more than a fifth of the last.")
    ] = False,
    count: Annotated[
        int | None, typer.Option("--count", min=1, help="How many entries the letter says there are.")
    ] = None,
    map_: Annotated[
        list[str] | None,
        typer.Option("--map", help="HEADER=FIELD, for csv, xlsx and docx; HEADER=- leaves a column out."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show the same summary and write nothing.")
    ] = False,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Import a version of a list; the same version again changes nothing, the order does not matter.

    read = new + known + changed + repeated. A file that is cut never becomes a version.

    Example: provenance watchlist import csv ours.csv --name ours --as-of 2024-06-12
    """
    from provenance.screening.keeping import pack
    from provenance.sources.registry import WATCHLISTS
    from provenance.watchlists.importing import ListRequest, import_list

    own = context_of(context)
    as_of_day = day("--as-of", as_of, first=True)
    assert as_of_day is not None
    if day("--as-of", as_of, first=False) != as_of_day:
        from provenance.core.errors import UsageError

        raise UsageError(f"--as-of {as_of}: a version has one day, such as 2024-06-12")
    request = ListRequest(
        format=WATCHLISTS.named(list_format),
        file=file,
        as_of=as_of_day,
        actor=own.settings.actor,
        watchlist=name,
        title=title,
        asks=asks,
        partial=partial,
        accept_shrink=accept_shrink,
        expected=count,
        mapping=_mapping(map_ or []),
        dry_run=dry_run,
    )
    with progress(f"{file.name}: entries") as on_progress:
        summary = import_list(own.writing_engine(), request, on_progress, pack)
    printer(format, out).print(_import_answer(summary))


def _mapping(pairs: list[str]) -> dict[str, str]:
    from provenance.core.errors import UsageError

    mapping = {}
    for pair in pairs:
        header, equals, field = pair.rpartition("=")
        if not equals or not header:
            raise UsageError(f"--map {pair} is not of the form HEADER=FIELD")
        mapping[header.strip()] = field.strip()
    return mapping


@contextmanager
def progress(what: str) -> Iterator[Progress]:
    """Counts on stderr where that is a terminal, else silence."""
    if not sys.stderr.isatty():
        yield lambda _count: None
        return
    from rich.console import Console

    console = Console(stderr=True)
    with console.status(what) as status:
        yield lambda count: status.update(f"{what} {count:,}")


def _import_answer(summary: ListSummary) -> Answer:
    from provenance.cli.render import Answer, Section

    row: dict[str, Any] = {
        "list": summary.watchlist,
        "version": summary.as_of,
        **{name: getattr(summary, name) for name in _COUNTS},
        "before": summary.before,
        "unchanged": summary.unchanged,
        "partial": summary.partial,
        "dry_run": summary.dry_run,
        "notes": summary.notes,
        "review": [{"line": line, "read": text} for line, text in summary.review],
    }
    counts = ", ".join(f"{name} {getattr(summary, name):,}" for name in _COUNTS[:5])
    lines = [f"{counts}."]
    if summary.unchanged:
        lines.append("This version is here already; nothing was changed.")
    elif summary.before and not summary.partial:
        lines.append(
            f"Against the version of {summary.before}:"
            f" {summary.listed:,} listed, {summary.delisted:,} delisted."
        )
    lines += [f"Note: {note}." for note in summary.notes]
    if summary.dry_run:
        lines.append("Dry run: nothing was written.")
    kind = "extract" if summary.partial else "version"
    sections = [Section(f"{summary.watchlist}, {kind} of {summary.as_of}", lines=lines)]
    if summary.review:
        shown = [f"line {line}: {text}" for line, text in summary.review[:_SHOWN_REVIEW]]
        more = len(summary.review) - len(shown)
        shown += [f"… and {more:,} more: --format json shows all."] if more > 0 else []
        sections.append(Section(f"For review ({len(summary.review):,})", lines=shown))
    return Answer("provenance.watchlist-import/1", [row], sections)


@group.command("status")
def status(context: typer.Context, format: FormatOption = OutputFormat.TABLE, out: OutOption = None) -> None:
    """Say which lists are here, how old their newest versions are, and which of them are stale.

    Example: provenance watchlist status
    """
    from provenance.cli.render import Answer, Column, Section
    from provenance.watchlists.answers import staleness, statuses

    with context_of(context).reading() as session:
        found = statuses(session, date.today())
    rows = [asdict(one) for one in found]
    columns = [
        Column("list", lambda row: str(row["list"])),
        Column("title", lambda row: str(row["title"]), yields=2),
        Column("newest", lambda row: str(row["newest"] or "–")),
        Column("days", lambda row: "–" if row["age_days"] is None else f"{row['age_days']:,}", right=True),
        Column("", lambda row: "STALE" if row["stale"] else ""),
        Column("versions", lambda row: f"{row['versions']:,}", right=True, yields=1),
        Column("parties", lambda row: f"{row['parties']:,}", right=True),
        Column("asks", lambda row: str(row["asks"] or "not said of the whole"), yields=1),
    ]
    sections = [Section("", rows, columns), Section("", lines=staleness(found))]
    printer(format, out).print(Answer("provenance.watchlist-status/1", rows, sections))


@group.command("diff")
def diff(
    context: typer.Context,
    older: Annotated[str, typer.Argument(metavar="A", help="LIST@DATE, such as ofac-sdn@2019-01-01.")],
    newer: Annotated[str, typer.Argument(metavar="B", help="LIST@DATE; LIST alone is its newest version.")],
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Say who was listed, delisted or changed between two versions.

    Example: provenance watchlist diff ofac-sdn@2019-01-01 ofac-sdn@2022-02-17
    """
    from provenance.cli.render import Answer, Column, Section
    from provenance.watchlists.answers import difference, find_version, parse_version

    with context_of(context).reading() as session:
        before, after = (find_version(session, *parse_version(text)) for text in (older, newer))
        found = difference(session, before, after)
    rows = [asdict(one) for one in found]
    columns = [
        Column("change", lambda row: str(row["change"])),
        Column("key", lambda row: str(row["key"])),
        Column("party", lambda row: str(row["party"])),
        Column("in", lambda row: str(row["what"] or ""), yields=1),
    ]
    counts = {name: sum(one.change == name for one in found) for name in ("listed", "delisted", "changed")}
    total = ", ".join(f"{name} {count:,}" for name, count in counts.items())
    title = f"{before.as_of} to {after.as_of}: {total}"
    answer = Answer(
        "provenance.watchlist-diff/1", rows, [Section(title, rows, columns)], fields={"totals": counts}
    )
    printer(format, out).print(answer)


@group.command("show")
def show(
    context: typer.Context,
    entry: Annotated[list[str], typer.Argument(help="An entry's key, number or name.")],
    name: Annotated[str | None, typer.Option("--list", help="Only in this list.")] = None,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Show one entry: when it was listed, and what each version said of it.

    Example: provenance watchlist show 306 --list ofac-sdn
    """
    from provenance.watchlists.answers import find_party, party_history

    with context_of(context).reading() as session:
        history = party_history(session, find_party(session, " ".join(entry), name))
    printer(format, out).print(_entry_answer(history))


def _entry_answer(history: dict[str, Any]) -> Answer:
    from provenance.cli.render import Answer, Column, Section

    columns = [Column("", lambda row: str(row["said"])), Column("", lambda row: str(row["value"]))]
    stretches = [_stretch_words(stretch) for stretch in history["listed"]]
    sections = [Section(f"{history['list']} {history['key']}", lines=stretches)]
    for record in history["records"]:
        rows = [
            {"said": name.replace("_", " "), "value": value}
            for name, value in record.items()
            if value is not None and name not in ("names", "addresses", "identifiers", "versions")
        ]
        rows += [{"said": f"name ({one['kind']})", "value": one["name"]} for one in record["names"]]
        rows += [
            {"said": "address", "value": one["as_written"] or one["country"]} for one in record["addresses"]
        ]
        rows += [
            {"said": one["scheme"] or "number", "value": one["as_written"]} for one in record["identifiers"]
        ]
        sections.append(Section(f"In the versions of {', '.join(record['versions'])}", rows, columns))
    return Answer("provenance.watchlist-show/1", [history], sections)


def _stretch_words(stretch: dict[str, Any]) -> str:
    began, ended = stretch["from_latest"], stretch["to_latest"]
    start = f"between {stretch['from_earliest'] or 'an unknown day'} and {began}"
    if stretch["from_earliest"] == began:
        start = f"from {began}"
    if ended is None:
        return f"Listed {start} ({stretch['from_basis']}); not seen to end."
    end = (
        f"on {ended}" if stretch["to_earliest"] == ended else f"between {stretch['to_earliest']} and {ended}"
    )
    return f"Listed {start} ({stretch['from_basis']}); no longer {end} ({stretch['to_basis']})."
