"""`provenance import` and `provenance formats`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from provenance.cli.context import FormatOption, OutOption, context_of, printer
from provenance.cli.intake import check_writable, progress, write_rejected
from provenance.cli.option_hints import option_hints
from provenance.core.vocabulary import OutputFormat

if TYPE_CHECKING:
    from provenance.cli.render import Answer, Section
    from provenance.importing.summary import ImportSummary, ReadingSummary, ReviewReason
    from provenance.sources.formats import Format, ReadOptions
    from provenance.sources.records import SourceRecord

_HINTS = {"unknown_columns": "Name columns with --map 'HEADER=field'."}

SHOWN_REVIEW = 25
SHOWN_DISAGREEMENTS = 8


def _known_formats() -> list[str]:
    from provenance.sources.registry import IMPORTED

    return [name for known in IMPORTED for name in known.names]


def register(app: typer.Typer) -> None:
    """Adds this group's commands."""
    app.command("import")(import_file)
    app.command("formats")(formats)


def formats(format: FormatOption = OutputFormat.TABLE, out: OutOption = None) -> None:
    """List every format that the program reads: lists to import, customers to screen, watchlists.

    Example: provenance formats
    """
    from provenance.cli.render import Answer, Column, Section
    from provenance.sources.registry import every_format

    rows = [{"kind": known.kind, "format": known.name, "reads": known.title} for known in every_format()]
    columns = [
        Column("kind", lambda row: str(row["kind"])),
        Column("format", lambda row: str(row["format"])),
        Column("reads", lambda row: str(row["reads"])),
    ]
    printer(format, out).print(Answer("provenance.sources/1", rows, [Section("", rows, columns)]))


def import_file(
    context: typer.Context,
    source_format: Annotated[
        str,
        typer.Argument(metavar="FORMAT", help="See `provenance formats`.", autocompletion=_known_formats),
    ],
    file: Annotated[Path, typer.Argument(help="The file to import.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show the same summary and write nothing.")
    ] = False,
    rejected: Annotated[
        Path | None,
        typer.Option(
            "--rejected", help="Import the good rows and write the others, with reasons, to this CSV."
        ),
    ] = None,
    read: Annotated[
        bool,
        typer.Option(
            "--read/--no-read",
            help="Read markings, dates and kinds; else later: provenance read-markings.",
        ),
    ] = True,
    source: Annotated[
        str | None, typer.Option("--source", help="Short key of the publication that the file comes from.")
    ] = None,
    publisher: Annotated[str | None, typer.Option("--publisher", help="Who published it.")] = None,
    title: Annotated[str | None, typer.Option("--title", help="What it is called.")] = None,
    source_address: Annotated[str | None, typer.Option("--source-address", help="Where it is found.")] = None,
    origin_group: Annotated[
        str | None,
        typer.Option(
            "--origin-group", help="Sources that rest on the same wrecks share one; else the publisher."
        ),
    ] = None,
    map_: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            help="HEADER=FIELD, for components, parts, transfers; HEADER=- leaves a column out. Repeatable.",
        ),
    ] = None,
    mapping: Annotated[Path | None, typer.Option("--mapping", help="Use a mapping saved before.")] = None,
    save_mapping: Annotated[
        Path | None, typer.Option("--save-mapping", help="Save the mapping in force to this file.")
    ] = None,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Import a published list; the same file twice changes nothing.

    read = new + known + changed + repeated + rejected.

    Example: provenance import gur-components components.csv --dry-run
    """
    from provenance.core.errors import BadInput
    from provenance.importing.catalogue import run_catalogue_import
    from provenance.importing.run import ImportRequest, run_import
    from provenance.importing.transfers import run_transfer_import
    from provenance.sources.formats import ReadOptions
    from provenance.sources.registry import COMPONENTS, IMPORTED, PARTS, TRANSFERS, kind_of

    chosen = kind_of(source_format, IMPORTED).named(source_format)
    record = _source(source, publisher, title, source_address, origin_group)
    fields = _mapping(chosen, file, mapping, map_ or [], save_mapping)
    options: ReadOptions = ReadOptions(source=record, mapping=fields)
    if rejected is not None and not dry_run:
        check_writable(rejected)
    own = context_of(context)
    terms = (file, options, own.settings.actor, dry_run, rejected is not None, read)
    with option_hints(_HINTS), progress(file.name) as on_progress:
        engine = own.writing_engine()
        if source_format in TRANSFERS:
            request = ImportRequest(TRANSFERS.named(source_format), *terms)
            summary = run_transfer_import(engine, request, on_progress)
        elif source_format in PARTS:
            summary = run_catalogue_import(
                engine, ImportRequest(PARTS.named(source_format), *terms), on_progress
            )
        else:
            summary = run_import(engine, ImportRequest(COMPONENTS.named(source_format), *terms), on_progress)
    if rejected is not None and not dry_run:
        write_rejected(rejected, summary.rejections)
    printer(format, out).print(_answer(summary))
    if summary.rejected:
        first = summary.rejections[0]
        where = f"; they are in {rejected}" if rejected and not dry_run else ""
        raise BadInput(
            first.reason,
            file=file.name,
            line=first.line,
            hint=f"{summary.rejected:,} rows cannot be used{where}.",
        )


def _source(
    key: str | None, publisher: str | None, title: str | None, address: str | None, origin_group: str | None
) -> SourceRecord | None:
    from provenance.core.errors import UsageError
    from provenance.sources.records import SourceRecord

    if key is None:
        if publisher or title:
            raise UsageError("A source needs its key", hint="Add --source KEY.")
        return None
    return SourceRecord(
        key=key,
        publisher=publisher or key,
        title=title or key,
        address=address,
        origin_group=origin_group or publisher or key,
    )


def _mapping(
    chosen: Format[Any], file: Path, saved: Path | None, pairs: list[str], keep: Path | None
) -> dict[str, str]:
    from provenance.core.errors import UsageError
    from provenance.sources.mapping import load_mapping, parse_overrides, save_mapping, settle_mapping
    from provenance.sources.tables import read_header

    known = chosen.fields
    if not known:
        if saved or pairs or keep:
            raise UsageError(
                f"The columns of {chosen.name} are settled", hint="Mapping is for components and parts"
            )
        return {}
    header = read_header(file)
    fields = settle_mapping(
        header, load_mapping(saved, known) if saved else {}, parse_overrides(pairs, known), known
    )
    typer.echo("Columns: " + ", ".join(f"{name} = {field}" for name, field in fields.items()), err=True)
    left = [name for name in header if name not in fields]
    if left:
        typer.echo(f"Kept in the raw text only: {', '.join(left)}", err=True)
    if keep:
        save_mapping(keep, header, fields)
    return fields


def _answer(summary: ImportSummary) -> Answer:
    from provenance.cli.render import Answer, Section
    from provenance.importing.summary import ReviewReason

    counts = {
        name: getattr(summary, name) for name in ("read", "new", "known", "changed", "repeated", "rejected")
    }
    made = {name: count for name, count in summary.made.items() if count}
    review = [
        {"reason": reason.value, "text": text, "components": count}
        for (reason, text), count in sorted(
            summary.review.items(), key=lambda item: (item[0][0].value, -item[1], item[0][1])
        )
    ]
    row: dict[str, Any] = {
        "file": summary.file,
        "format": summary.format,
        "dry_run": summary.dry_run,
        **counts,
        "renewed": summary.renewed,
        "made": made,
        "readings": asdict(summary.readings),
        "review": review,
    }
    lines = [
        f"{summary.file}: read {counts['read']:,} = "
        + " + ".join(
            f"{name} {counts[name]:,}" for name in ("new", "known", "changed", "repeated", "rejected")
        ),
        _changes(summary, made),
    ]
    sections = [Section("", lines=lines)]
    if summary.readings.read:
        sections.append(readings_section(summary.readings))
    for reason in ReviewReason:
        mine = [item for item in review if item["reason"] == reason.value]
        if mine:
            sections.append(_review_section(reason, mine))
    return Answer("provenance.import/1", [row], sections)


def readings_section(readings: ReadingSummary) -> Section:
    """What reading markings gave, and where it disagrees with the publisher."""
    from provenance.cli.render import Section

    lines = [
        f"Of {readings.read:,} markings without a stated part number: {readings.parts:,} tentative part"
        f" numbers, {readings.makers:,} tentative makers where none is published. Of these and"
        f" {readings.stated:,} components with a stated part number or a description alone:"
        f" {readings.dated:,} dates of manufacture, {readings.categories:,} categories."
    ]
    against = readings.disagreements
    if against:
        lines.append(f"{len(against):,} read as another maker's than the published one, which stands:")
        lines += [
            f"  {each.record}: {each.marking} is published as {each.published}, reads as {each.read}"
            f" ({each.confidence})"
            for each in against[:SHOWN_DISAGREEMENTS]
        ]
        more = len(against) - SHOWN_DISAGREEMENTS
        if more > 0:
            lines.append(f"  … and {more:,} more: --format json lists all.")
    return Section("Read from markings, tentative", lines=lines)


def _review_section(reason: ReviewReason, items: list[dict[str, Any]]) -> Section:
    from provenance.cli.render import Section

    shown = [f"{item['text']} ({item['components']:,})" for item in items[:SHOWN_REVIEW]]
    more = (
        [f"… and {len(items) - len(shown):,} more: --format json lists all"]
        if len(items) > len(shown)
        else []
    )
    return Section(f"To review, {len(items):,}: {reason.value}", lines=["; ".join([*shown, *more]) + "."])


def _changes(summary: ImportSummary, made: dict[str, int]) -> str:
    if not summary.new and not summary.changed and not summary.renewed:
        return "Nothing changed."
    verb = "Would make" if summary.dry_run else "Made"
    told = [f"{name.replace('_', ' ')} {count:,}" for name, count in sorted(made.items())]
    if summary.renewed:
        told.append(f"recoveries with another record now {summary.renewed:,}")
    return f"{verb}: {', '.join(told)}."
