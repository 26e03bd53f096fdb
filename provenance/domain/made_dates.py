"""When a component was made, as text: one interval, or the several of which one is meant."""

from __future__ import annotations

from typing import Any

from provenance.text.partial_dates import DateSpan, format_span, several_in


def made_text(row: Any) -> str | None:
    """The date of manufacture of a component's row; None where it is unknown.

    Intervals that a date code may mean are named each ("2013-11 or 2023-11"): their bounds alone would allow
    every year between them.
    """
    several = several_in(row.made_possible)
    return " or ".join(several) or format_span(DateSpan(row.made_earliest, row.made_latest)) or None
