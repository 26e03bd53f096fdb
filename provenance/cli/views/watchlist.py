"""Watchlists for people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, fields

from provenance.cli.render import Column, Section
from provenance.cli.views.cells import cell_sections
from provenance.core.vocabulary.watched import ListingBasis
from provenance.services.contracts.watchlists import (
    EntryRecord,
    ListDiffResult,
    ListedPeriod,
    ListEntryResult,
    ListFormatsResult,
    ListImportResult,
    ListImportRow,
    ListStatusResult,
    RecordFields,
)

_SHOWN_REVIEW = 40


def formats_sections(result: ListFormatsResult) -> list[Section]:
    """The formats, and the list that each is for."""
    columns = [
        Column("format", lambda row: str(row["format"])),
        Column("reads", lambda row: str(row["reads"])),
        Column("list", lambda row: str(row["list"] or "--name LIST")),
    ]
    return [Section("", [row.model_dump() for row in result.rows], columns)]


def import_sections(result: ListImportResult) -> list[Section]:
    """What the import did, and the cells to review."""
    return [section for row in result.rows for section in _import_sections(row)]


def _import_sections(row: ListImportRow) -> Iterator[Section]:
    stored = "To be stored" if row.dry_run else "Stored"
    lines = [
        f"read {row.read:,}, new {row.new:,}, known {row.known:,}, changed {row.changed:,},"
        f" repeated {row.repeated:,}.",
        f"{stored}: {row.parties:,} parties with {row.names:,} names, {row.addresses:,} addresses and"
        f" {row.identifiers:,} numbers.",
    ]
    if row.unchanged:
        lines.append("This version was imported before; nothing was changed.")
    elif row.before and not row.partial:
        lines.append(f"Since the version of {row.before}: {row.listed:,} listed, {row.delisted:,} delisted.")
    lines += [f"Note: {note.removesuffix('.')}." for note in row.notes]
    if row.dry_run:
        lines.append("Dry run: nothing was written.")
    kind = "extract" if row.partial else "version"
    yield Section(f"{row.list}, {kind} of {row.version}", lines=lines)
    yield from cell_sections(row.cells)
    if row.review:
        shown = [f"line {cell.line}: {cell.read}" for cell in row.review[:_SHOWN_REVIEW]]
        more = len(row.review) - len(shown)
        shown += [f"… and {more:,} more: --format json shows all."] if more > 0 else []
        yield Section(f"For review ({len(row.review):,})", lines=shown)


def status_sections(result: ListStatusResult) -> list[Section]:
    """Every list, its newest version and its age."""
    if not result.rows:
        return [
            Section(
                "There are no watchlists.",
                lines=["Import one: provenance watchlist import FORMAT FILE --as-of DATE"],
            )
        ]
    columns = [
        Column("list", lambda row: str(row["list"])),
        Column("title", lambda row: str(row["title"]), yields=2),
        Column("newest", lambda row: str(row["newest"] or "–")),
        Column("days", lambda row: "–" if row["age_days"] is None else f"{row['age_days']:,}", right=True),
        Column("", lambda row: "STALE" if row["stale"] else ""),
        Column("versions", lambda row: f"{row['versions']:,}", right=True, yields=1),
        Column("parties", lambda row: "–" if row["parties"] is None else f"{row['parties']:,}", right=True),
        Column("asks", lambda row: str(row["asks"] or "depends on the entry"), yields=1),
    ]
    return [Section("", [asdict(row) for row in result.rows], columns)]


def diff_sections(result: ListDiffResult) -> list[Section]:
    """The parties that differ, and how many of each kind."""
    columns = [
        Column("change", lambda row: str(row["change"])),
        Column("key", lambda row: str(row["key"])),
        Column("party", lambda row: str(row["party"])),
        Column("what changed", lambda row: str(row["what"] or ""), yields=1),
    ]
    totals = result.totals
    title = (
        f"{result.older} to {result.newer}: listed {totals.listed:,}, delisted {totals.delisted:,},"
        f" changed {totals.changed:,}"
    )
    return [Section(title, [asdict(row) for row in result.rows], columns if result.rows else ())]


def entry_sections(result: ListEntryResult) -> list[Section]:
    """When an entry was listed, then a table per record."""
    columns = [Column("", lambda row: str(row["field"])), Column("", lambda row: str(row["value"]))]
    sections = []
    for entry in result.rows:
        sections.append(Section(f"{entry.list} {entry.key}", lines=list(map(_period, entry.listed))))
        for record in entry.records:
            days = ", ".join(day.isoformat() for day in record.versions)
            rows = [{"field": name, "value": value} for name, value in _fields(record)]
            title = f"In the {'version' if len(record.versions) == 1 else 'versions'} of {days}"
            sections.append(Section(title, rows, columns))
    return sections


def _fields(record: EntryRecord) -> Iterator[tuple[str, str]]:
    for name in ("own_id", *(field.name for field in fields(RecordFields))):
        value = getattr(record, name)
        if value is not None:
            yield name.replace("_", " "), str(value)
    for one in record.names:
        yield f"name ({one.kind})", one.name
    for place in record.addresses:
        yield "address", place.as_written or place.country or "–"
    for number in record.identifiers:
        yield number.scheme or "number", number.as_written


def _period(period: ListedPeriod) -> str:
    if period.from_earliest is None:
        start = f"on or before {period.from_latest} (no earlier version)"
    elif period.from_earliest == period.from_latest:
        start = f"from {period.from_latest} ({_BASIS[period.from_basis]})"
    else:
        start = f"between {period.from_earliest} and {period.from_latest} ({_BASIS[period.from_basis]})"
    if period.to_latest is None or period.to_basis is None:
        return f"Listed {start}; no end seen."
    end = f"between {period.to_earliest} and {period.to_latest}"
    if period.to_earliest == period.to_latest:
        end = f"on {period.to_latest}"
    return f"Listed {start}; no longer listed {end} ({_BASIS[period.to_basis]})."


_BASIS = {
    ListingBasis.STATED: "stated by the list",
    ListingBasis.VERSIONS: "by comparing versions",
}
