"""The outcome of logging a filled-in template, for people."""

from __future__ import annotations

from provenance.cli.views.tables import Section
from provenance.cli.views.words import one_line
from provenance.services.contracts.entries import FileLogged, FileRow

_SHOWN = 20


def file_view(result: FileLogged) -> list[Section]:
    """The counts, the first records, and what could not be resolved."""
    return [Section("", lines=_lines(row)) for row in result.rows]


def _lines(row: FileRow) -> list[str]:
    verb = "would be logged" if row.dry_run else "logged"
    counts = {"new": row.new, "known": row.known, "amended": row.amended, "rejected": row.rejected}
    told = " + ".join(f"{name} {count:,}" for name, count in counts.items() if count or name != "amended")
    lines = [f"{row.file}: read {row.read:,} = {told}"]
    lines += [f"  line {each.line}: {each.ref}  {one_line(each.title)}" for each in row.logged[:_SHOWN]]
    more = len(row.logged) - _SHOWN
    lines += [f"  … and {more:,} more {verb}. To list all: --format json"] if more > 0 else []
    return [*lines, *row.notes]
