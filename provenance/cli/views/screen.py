"""Screenings for people: a section per customer with something to report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from provenance.cli.render import Column, Section
from provenance.cli.views.cells import cell_sections, note_sections
from provenance.cli.views.words import many
from provenance.services.contracts.screening import Hit, ScreenedCustomer, ScreenResult, ScreenRunResult

_SHOWN_HITS = 5
_SHOWN_ROWS = 50

_COLUMNS = (
    Column("score", lambda hit: f"{hit['score']:.2f}", right=True),
    Column("list", lambda hit: f"{hit['list']} {hit['version']}"),
    Column("key", lambda hit: str(hit["key"])),
    Column("party", lambda hit: str(hit["party"])),
    Column("matched", lambda hit: str(hit["matched"]), yields=2),
    Column("listed", lambda hit: f"{hit['listed_from'] or '?'} – {hit['listed_to'] or ''}", yields=1),
)


def screen_sections(result: ScreenResult) -> list[Section]:
    """The customers with something to report, then how many had no hit, and where the run is stored."""
    sections = _customer_sections(result.rows, numbered=len(result.rows) > 1)
    lines = []
    empty = sum(not row.is_reported for row in result.rows)
    if empty:
        what = "No new hit" if result.new_since else "No hit"
        lines.append(f"{what} for {empty:,} of {many(len(result.rows), 'row')}.")
    if result.new_since:
        new = sum(len(row.hits) for row in result.rows)
        lines.append(f"Only what {result.new_since} did not have is shown: {many(new, 'hit')}.")
    if result.run:
        lines.append(f"Stored as {result.run}: provenance screen show {result.run}")
    sections += [*note_sections(result.notes, "--names-from"), *cell_sections(result.cells)]
    return [*sections, Section("", lines=lines)] if lines else sections


def run_sections(result: ScreenRunResult) -> list[Section]:
    """A stored run: who screened what against what, and the rows that it stored."""
    run = result.run
    settings = "; ".join(f"{name.replace('_', ' ')} {value}" for name, value in run.settings.items())
    lines = [
        f"By {run.actor} at {run.at:%Y-%m-%d %H:%M} UTC with provenance {run.program_version}: {settings}.",
        f"Against {', '.join(run.versions) or 'no list'}.",
        f"{many(run.rows_screened, 'row')} screened, {run.rows_not_screened:,} not screened;"
        f" {many(run.hits, 'hit')} in {many(run.rows_with_hits, 'row')}.",
        f"SHA-256 of the result {run.result_sha256[:12]}, of the input {run.input_sha256[:12]}.",
    ]
    if run.file_name and run.file_sha256:
        lines.append(f"File {run.file_name}, SHA-256 {run.file_sha256}.")
    head = Section(f"Screening run {run.ref} ({run.kind})", lines=lines)
    return [head, *_customer_sections(result.rows, numbered=True)]


def _customer_sections(rows: Sequence[ScreenedCustomer], *, numbered: bool) -> list[Section]:
    reported = [row for row in rows if row.is_reported]
    sections = [part for row in reported[:_SHOWN_ROWS] for part in _sections_of(row, numbered)]
    more = len(reported) - _SHOWN_ROWS
    if more > 0:
        sections.append(Section(f"… and {many(more, 'more row')}: --format csv --out FILE writes all"))
    return sections


def _sections_of(row: ScreenedCustomer, numbered: bool) -> list[Section]:
    own_id = f" [{row.id}]" if row.id else ""
    name = row.name or "(no name)"
    title = f"row {row.row}{own_id}: {name}" if numbered else name
    if row.not_screened:
        return [Section(title, lines=[f"NOT SCREENED: {row.not_screened}. This is not a clearance."])]
    groups = (
        (title, row.hits),
        (f"{title}: listed at another time", row.other_times),
        (f"{title}: set aside, another registration number", row.set_aside),
        (f"{title}: dismissed by judgement", row.dismissed),
    )
    return [_hits_section(heading, hits) for heading, hits in groups if hits]


def _hits_section(title: str, hits: Sequence[Hit]) -> Section:
    shown: list[dict[str, Any]] = [asdict(hit) for hit in hits[:_SHOWN_HITS]]
    lines = [_reason(hit) for hit in hits[:_SHOWN_HITS]]
    more = len(hits) - len(shown)
    if more > 0:
        lines.append(f"… and {more:,} more: --format json shows all.")
    return Section(title, shown, _COLUMNS, lines)


def _reason(hit: Hit) -> str:
    asks = f"The list asks: {hit.asks}" if hit.asks else "What the list asks is not known"
    words = f"{hit.key}: {hit.reason}. {asks.rstrip('.')}."
    judgement = hit.judgement
    if judgement is None:
        return words
    reopened = f" Reopened: {judgement.reopened}." if judgement.reopened else ""
    return (
        f"{words} Judged {judgement.verdict} by {judgement.actor} on {judgement.at[:10]}:"
        f" {judgement.reason}.{reopened}"
    )
