"""The lists that the program knows: what they are called, what they ask, when they are stale.

The table is ``seed/watchlist.csv``; a row with a section says it of that part of a list.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache

from provenance.core.vocabulary.watched import Asks
from provenance.text.firm_names import legal_forms_path

STALE_AFTER_DAYS = 90
"""For a list of one's own, of which nobody has said how often it changes."""


@dataclass(frozen=True, slots=True)
class KnownList:
    """What is known of a list or of a section of one; ``asks`` is None where it depends on the section."""

    title: str
    publisher: str | None = None
    address: str | None = None
    asks: Asks | None = None
    asks_text: str | None = None
    stale_after_days: int = STALE_AFTER_DAYS


@cache
def known_lists() -> dict[tuple[str, str], KnownList]:
    """What is known, by key and section; the section is empty for the list as a whole."""
    path = legal_forms_path().with_name("watchlist.csv")
    with path.open(encoding="utf-8", newline="") as stream:
        return {
            (row["key"], row["section"]): KnownList(
                title=row["title"],
                publisher=row["publisher"] or None,
                address=row["address"] or None,
                asks=Asks(row["asks"]) if row["asks"] else None,
                asks_text=row["asks_text"] or None,
                stale_after_days=int(row["stale_after_days"]),
            )
            for row in csv.DictReader(stream)
        }


def what_it_asks(key: str, section: str | None) -> KnownList | None:
    """What is known of a section of a list, else of the list as a whole; None for a list of one's own."""
    known = known_lists()
    return known.get((key, section or "")) or known.get((key, ""))
