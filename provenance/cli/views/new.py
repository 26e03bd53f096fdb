"""First sightings, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.cli.views.exposure import more_lines
from provenance.cli.views.tables import Section, number, text

if TYPE_CHECKING:
    from provenance.services.contracts.sightings import NewResult


def new_sections(found: NewResult, *, limit: int) -> list[Section]:
    """First sightings by recovery and by publication, or first entries; at most ``limit`` rows of each, 0 for
    all.
    """
    if found.entered_since is not None:
        return [_section(found, "entry", limit)]
    return [_section(found, clock, limit) for clock in ("recovery", "publication")]


def _section(found: NewResult, clock: str, limit: int) -> Section:
    rows = [row for row in found.rows if row.clock == clock]
    title = f"First seen by date of {clock}"
    if found.entered_since is not None:
        told = found.since_import or found.entered_since.date().isoformat()
        title = f"First entered since {told}"
    if not rows:
        return Section(title, lines=["None that can be dated."])
    columns = [
        text("first", lambda row: row.first),
        text("kind", lambda row: row.kind),
        text("name", lambda row: row.name),
        text("ref", lambda row: row.ref, yields=1),
        number("recoveries", lambda row: row.recoveries),
        number("components", lambda row: row.components, yields=2),
        text("seen before", lambda row: "not on record" if row.certain else "possibly, undated"),
    ]
    return Section(title, rows[: limit or None], columns, more_lines(len(rows), limit))
