"""The outcome of an import and of reading markings, for people."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from provenance.cli.views.cells import cell_sections, note_sections
from provenance.cli.views.tables import Section, text
from provenance.cli.views.words import many, one_line
from provenance.services.contracts.imports import (
    FormatsListed,
    ImportResult,
    ImportRow,
    MarkingsRead,
    ReadingSummary,
    ReviewReason,
    ReviewRow,
    VanishedRow,
)

SHOWN_REVIEW = 25
SHOWN_NEAR = 2
SHOWN_DISAGREEMENTS = 8
_COUNTS = ("new", "known", "changed", "repeated", "rejected")


def import_view(result: ImportResult) -> list[Section]:
    """The counts, what was made, what was read from markings, and what needs review."""
    return [section for row in result.rows for section in _import(row)]


def _import(row: ImportRow) -> list[Section]:
    parts = " + ".join(f"{name} {getattr(row, name):,}" for name in _COUNTS)
    sections = [Section("", lines=[f"{row.file}: read {row.read:,} = {parts}", _changes(row)])]
    sections += [*note_sections(row.notes, "--map"), *cell_sections(row.cells)]
    if row.readings.read:
        sections.append(_readings(row.readings))
    if row.vanished:
        sections.append(_vanished(row.vanished, row.rejected))
    for reason, items in groupby(row.review, key=lambda item: item.reason):
        sections.append(_review(reason, list(items)))
    return sections


def _changes(row: ImportRow) -> str:
    if not row.new and not row.changed and not row.renewed:
        return "Nothing changed."
    verb = "Would make" if row.dry_run else "Made"
    made = [f"{name.replace('_', ' ')} {count:,}" for name, count in row.made.items()]
    if row.renewed:
        made.append(f"recoveries now linked to another record {row.renewed:,}")
    return f"{verb}: {', '.join(made)}."


def _vanished(records: Sequence[VanishedRow], rejected: int) -> Section:
    """The records that the list does not have any more, and what may have become of them."""
    lines = [one_line(f"{each.ref} {each.title}{_now(each)}") for each in records[:SHOWN_REVIEW]]
    if (more := len(records) - len(lines)) > 0:
        lines.append(f"… and {more:,} more; to list all: --format json")
    if rejected:
        lines.append("Rows that were refused may be among them.")
    return Section(f"No longer in the list, kept on record: {many(len(records), 'record')}", lines=lines)


def _now(record: VanishedRow) -> str:
    return f"; perhaps now {record.near.ref} {record.near.title}" if record.near else ""


def _review(reason: str, items: list[ReviewRow]) -> Section:
    shown = list(map(_item, items[:SHOWN_REVIEW]))
    more = len(items) - len(shown)
    rest = [f"… and {more:,} more; to list all: --format json"] if more else []
    lines = ["; ".join([*shown, *rest]) + "."]
    if reason == ReviewReason.EQUAL_TRANSFERS:
        lines.append("If they are separate deliveries: --separate-equal.")
    return Section(f"To review, {len(items):,}: {reason}", lines=lines)


def _item(item: ReviewRow) -> str:
    """A text, of how many rows, and the known names that it resembles."""
    near = f", near {', '.join(item.near[:SHOWN_NEAR])}" if item.near else ""
    return f"{item.text} ({item.components:,}{near})"


def markings_view(result: MarkingsRead) -> list[Section]:
    """What reading all markings gave."""
    return [_readings(each) for each in result.rows]


def _readings(summary: ReadingSummary) -> Section:
    """What was read, and where it disagrees with the publisher."""
    lines = [
        f"Of {many(summary.read, 'marking')} without a stated part number:"
        f" {many(summary.parts, 'tentative part number')}, {many(summary.makers, 'tentative maker')} where"
        f" none is published. Of these and {many(summary.stated, 'component')} with a stated part number or a"
        f" description alone: {many(summary.dated, 'manufacture date')},"
        f" {many(summary.categories, 'category')}."
    ]
    against = summary.disagreements
    if against:
        lines.append(f"{len(against):,} read as another maker's than published; the published maker stands:")
        lines += [
            f"  {each.record}: {each.marking} is published as {each.published}, reads as {each.read}"
            f" ({each.confidence})"
            for each in against[:SHOWN_DISAGREEMENTS]
        ]
        more = len(against) - SHOWN_DISAGREEMENTS
        if more > 0:
            lines.append(f"  … and {more:,} more. To list all: --format json")
    return Section("Read from markings, tentative", lines=lines)


def formats_view(result: FormatsListed) -> list[Section]:
    """A table of the formats."""
    columns = [
        text("kind", lambda row: row.kind),
        text("format", lambda row: row.format),
        text("reads", lambda row: row.reads),
    ]
    return [Section("", result.rows, columns)]
