"""Imports of ownership, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.cli.views.firms import moved_sections
from provenance.cli.views.tables import Section, number, text
from provenance.cli.views.words import many

if TYPE_CHECKING:
    from provenance.services.contracts.firm_imports import FirmImportResult

_SHOWN = 20


def import_view(result: FirmImportResult) -> list[Section]:
    """The counts, what was left out, what was matched by name, what was rejected, which figures moved."""
    (row,) = result.rows
    counts = ", ".join(
        f"{getattr(row, name):,} {name}" for name in ("new", "known", "changed", "repeated", "rejected")
    )
    dry = "Dry run, nothing was written. " if row.dry_run else ""
    lines = [f"{dry}{row.file}: {row.read:,} read = {counts}."]
    lines += [f"Made: {name}" for name in row.made[:_SHOWN]]
    if len(row.made) > _SHOWN:
        lines.append(f"… {many(len(row.made), 'firm')} made in all; --format json names them.")
    if row.matched_by_name:
        lines.append("Firms that were found by name alone; check them:")
        lines += [f"  {each}" for each in row.matched_by_name]
    sections = [Section("", lines=lines)]
    if row.left_out:
        columns = [number("records", lambda each: each.records), text("why", lambda each: each.reason)]
        sections.append(Section("Left out", row.left_out, columns))
    if row.rejections:
        columns = [number("line", lambda each: each.line), text("why", lambda each: each.reason)]
        sections.append(Section("Rejected", row.rejections[:_SHOWN], columns))
    return sections if row.dry_run else [*sections, *moved_sections(result)]
