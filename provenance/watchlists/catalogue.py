"""The lists that the program knows: their titles, what they ask, when a version is stale.

The data is ``seed/watchlist.csv``; a row with a section applies to that part of a list.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from provenance.core.seed import seed_rows
from provenance.core.vocabulary.watched import Asks

STALE_AFTER_DAYS = 90
"""For a list of the user's own: how often it changes is unknown."""


@dataclass(frozen=True, slots=True)
class KnownList:
    """What is known about a list or a section of it; ``asks`` is None where it depends on the section."""

    title: str
    publisher: str | None = None
    address: str | None = None
    asks: Asks | None = None
    asks_text: str | None = None
    stale_after_days: int = STALE_AFTER_DAYS


@cache
def known_lists() -> dict[tuple[str, str], KnownList]:
    """Every known list, by key and section; the section is empty for the list as a whole."""
    return {
        (row["key"], row["section"]): KnownList(
            title=row["title"],
            publisher=row["publisher"] or None,
            address=row["address"] or None,
            asks=Asks(row["asks"]) if row["asks"] else None,
            asks_text=row["asks_text"] or None,
            stale_after_days=int(row["stale_after_days"]),
        )
        for row in seed_rows("watchlist.csv")
    }


def known_list(key: str, section: str | None) -> KnownList | None:
    """A section of a list, or the list where the section is not in the table; None for a user's own list."""
    known = known_lists()
    return known.get((key, section or "")) or known.get((key, ""))
