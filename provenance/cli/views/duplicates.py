"""Pairs that may be one, for people: the two records, then what speaks for it and against it."""

from __future__ import annotations

from provenance.cli.views.tables import Section
from provenance.services.contracts.duplicates import DuplicateRow, DuplicatesResult


def duplicate_sections(result: DuplicatesResult) -> list[Section]:
    """A section for each pair, with the command that decides."""
    if not result.rows:
        return [Section(f"No {result.noun} that may be one are left to decide.")]
    sections = [
        Section(f"{number}. {_pair(row)}", lines=_signs(row))
        for number, row in enumerate(result.rows, start=1)
    ]
    lines = [
        'Decide: provenance same REF REF --reason TEXT, or with --never. "+" speaks for it, "-" against.'
    ]
    if result.total > len(result.rows):
        lines.insert(0, f"… and {result.total - len(result.rows):,} more: --limit 0 shows all.")
    return [*sections, Section("", lines=lines)]


def _pair(row: DuplicateRow) -> str:
    names = (f"{title} ({ref})" if title else ref for title, ref in _records(row))
    decided = f" [decided: {row.verdict}]" if row.verdict else ""
    return f"{' and '.join(names)}{decided}"


def _records(row: DuplicateRow) -> tuple[tuple[str | None, str], tuple[str | None, str]]:
    return (row.left, row.left_ref), (row.right, row.right_ref)


def _signs(row: DuplicateRow) -> list[str]:
    return [f"  {'+' if sign.weight > 0 else '-'}{abs(sign.weight)} {sign.text}" for sign in row.signs]
