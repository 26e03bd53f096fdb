"""Days of a listing that cannot be right: they are put to review and turn nobody off."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from provenance.sources.watchlists.records import ListEntry

_EARLIEST = date(1940, 1, 1)
"""Before the oldest list of parties not to trade with that is known here, the US one of 1941."""

_ANNOUNCED = timedelta(days=366)
"""How long before its beginning a listing may be published."""


def with_plausible_days(entry: ListEntry, as_of: date) -> ListEntry:
    """The entry without days that cannot be right; what was left out is in its review.

    A beginning far from the version's day is unknown, and so is an end before the version's day beside it. An
    end before the beginning makes both unknown: one of them is wrong, and nothing says which.
    """
    first, last = entry.stated_from, entry.stated_to
    faults: list[str] = []
    if first is not None and not _EARLIEST <= first <= as_of + _ANNOUNCED:
        faults.append(f"the listing cannot begin on {first}")
        if last is not None and last <= as_of:
            faults.append(f"its end on {last} is then in doubt too")
            last = None
        first = None
    if first is not None and last is not None and last < first:
        faults.append(f"the listing ends on {last}, before it begins on {first}")
        first = last = None
    if not faults:
        return entry
    text = f"{entry.label}: {'; '.join(faults)}; kept as listed, the days are unknown"
    return replace(entry, stated_from=first, stated_to=last, review=(*entry.review, text))
