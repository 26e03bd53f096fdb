"""The state of the database for people."""

from __future__ import annotations

from provenance.cli.render import Column, Section
from provenance.cli.views.words import many
from provenance.services.contracts.database import CheckResult, InitResult, StatusResult

_SHOWN = 20
"""The most faults of a check that are printed; JSON has all."""


def init_lines(result: InitResult) -> list[str]:
    """What `init` did, one line each."""
    where = result.database or "the PostgreSQL server"
    lines = [f"Database: {where}, schema {result.revision}{_change(result)}"]
    if result.reference_rows is None:
        lines.append("Reference data: already loaded")
    else:
        lines.append(f"Reference data: {many(result.reference_rows, 'row')} loaded")
    if result.sample_components is not None:
        loaded = f"{many(result.sample_components, 'component')} loaded"
        lines.append(f"Sample: {loaded if result.sample_components else 'already loaded'}")
    return lines


def _change(result: InitResult) -> str:
    """What happened to the schema, in brackets; empty where nothing did."""
    if not result.schema_changed:
        return ""
    return f" (upgraded from {result.revision_before})" if result.revision_before else " (new)"


def status_sections(result: StatusResult) -> list[Section]:
    """Revision and size, packed facts, rows of each table that has any."""
    where = result.database or "PostgreSQL server"
    lines = [
        f"Schema: {result.revision or 'none'} (this program: {result.program_revision})",
        f"Size: {result.size_bytes / 1e6:,.1f} MB",
    ]
    if result.revision != result.program_revision:
        lines.append("Run: provenance init")
    for sheet in result.facts:
        stale = f"{sheet.stale:,} of {many(sheet.segments, 'segment')} stale" if sheet.stale else "current"
        lines.append(f"Packed facts, {sheet.sheet.replace('_', ' ')}: {stale}")
    if result.limited:
        lines.append("Row-level security limits this user: answers are counted from the visible rows.")
    columns = [
        Column("table", lambda row: str(row["table"])),
        Column("rows", lambda row: f"{row['rows']:,}", right=True),
    ]
    rows = [row.model_dump() for row in result.rows if row.rows]
    return [Section(where, lines=lines), *([Section("Rows", rows, columns)] if rows else [])]


def check_sections(result: CheckResult) -> list[Section]:
    """Each check in a line, its faults below it."""
    lines = ["Packed facts were rebuilt from the tables."] if result.rebuilt else []
    for row in result.rows:
        if row.faults is None:
            lines.append(f"{row.check}: not checked here")
            continue
        lines.append(f"{row.check}: {many(len(row.faults), 'fault') if row.faults else 'sound'}")
        lines += [f"  {fault}" for fault in row.faults[:_SHOWN]]
        if len(row.faults) > _SHOWN:
            lines.append(f"  and {len(row.faults) - _SHOWN:,} more (--format json)")
    return [Section("", lines=lines)]
