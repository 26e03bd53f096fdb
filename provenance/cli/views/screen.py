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
_SHOWN_UNSCREENED = 10

_COLUMNS = (
    Column("score", lambda hit: f"{hit['score']:.2f}", right=True),
    Column("list", lambda hit: f"{hit['list']} {hit['version']}"),
    Column("key", lambda hit: str(hit["key"])),
    Column("party", lambda hit: str(hit["party"])),
    Column("matched", lambda hit: str(hit["matched"]), yields=2),
    Column("listed", lambda hit: f"{hit['listed_from'] or '?'} – {hit['listed_to'] or ''}", yields=1),
)


def screen_sections(result: ScreenResult, *, everything: bool = False) -> list[Section]:
    """The customers with something to report, best hits first, then those not screened, then how many had no
    hit, and where the run is stored; with ``everything`` all rows and all hits.
    """
    sections = _customer_sections(result.rows, numbered=len(result.rows) > 1, everything=everything)
    lines = []
    empty = sum(not row.is_reported for row in result.rows)
    if empty:
        what = "No new hit" if result.new_since else "No hit"
        unit = "name" if any(row.role for row in result.rows) else "row"
        lines.append(f"{what} for {empty:,} of {many(len(result.rows), unit)}.")
    if result.new_since:
        new = sum(len(row.findings) for row in result.rows)
        lines.append(f"Only what {result.new_since} did not have is shown: {many(new, 'hit')}.")
    if result.run:
        lines.append(f"Stored as {result.run}: provenance screen show {result.run}")
    sections += [*note_sections(result.notes, "--names-from"), *cell_sections(result.cells)]
    return [*sections, Section("", lines=lines)] if lines else sections


def run_sections(result: ScreenRunResult, *, everything: bool = False) -> list[Section]:
    """A stored run: who screened what against what, and the rows that it stored, best hits first."""
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
    return [head, *_customer_sections(result.rows, numbered=True, everything=everything)]


def _customer_sections(
    rows: Sequence[ScreenedCustomer], *, numbered: bool, everything: bool
) -> list[Section]:
    """The rows with something found, best first, as many as a person reads; then those not screened."""
    found = sorted((row for row in rows if row.is_reported and not row.not_screened), key=_order)
    shown = found if everything else found[:_SHOWN_ROWS]
    sections = [part for row in shown for part in _sections_of(row, numbered, everything)]
    if more := len(found) - len(shown):
        sections.append(Section(f"… and {many(more, 'more row')}: --all shows them"))
    return [*sections, *_not_screened([row for row in rows if row.not_screened], numbered, everything)]


def _order(row: ScreenedCustomer) -> tuple[float, bool, int]:
    """Best hits first, then what a number set aside, then the rest, in the order of the file."""
    return -row.best_score, not row.set_aside, row.row


def _title(row: ScreenedCustomer, numbered: bool) -> str:
    name = row.name or "(no name)"
    if not numbered:
        return name
    own_id = f" [{row.id}]" if row.id else ""
    role = f", {row.role}" if row.role else ""
    return f"row {row.row}{own_id}{role}: {name}"


def _not_screened(rows: Sequence[ScreenedCustomer], numbered: bool, everything: bool) -> list[Section]:
    if not rows:
        return []
    shown = rows if everything else rows[:_SHOWN_UNSCREENED]
    lines = [f"{_title(row, numbered)}: {row.not_screened}" for row in shown]
    if more := len(rows) - len(shown):
        lines.append(f"… and {more:,} more: --all shows them.")
    return [Section(f"NOT SCREENED: {many(len(rows), 'row')}. This is not a clearance.", lines=lines)]


def _sections_of(row: ScreenedCustomer, numbered: bool, everything: bool) -> list[Section]:
    title = _title(row, numbered)
    groups = (
        (f"{title} (no date: as of today)" if row.undated else title, row.hits),
        (f"{title}: listed today, not on {row.as_of}", row.listed_since),
        (f"{title}: listed at another time", row.other_times),
        (f"{title}: set aside, another registration number", row.set_aside),
        (f"{title}: of another kind than asked for", row.other_kinds),
        (f"{title}: dismissed by judgement", row.dismissed),
    )
    return [_hits_section(heading, hits, everything) for heading, hits in groups if hits]


def _hits_section(title: str, hits: Sequence[Hit], everything: bool) -> Section:
    chosen = hits if everything else hits[:_SHOWN_HITS]
    shown: list[dict[str, Any]] = [asdict(hit) for hit in chosen]
    lines = [_reason(hit) for hit in chosen]
    if more := len(hits) - len(shown):
        lines.append(f"… and {more:,} more: --all shows them.")
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
