"""The key that identifies an entry in every version: the list's own number, or a key made from its name.

Entries without a number that share section and name are numbered by the date that the list states and by
their addresses, so that one added later leaves the keys of the others unchanged.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from provenance.sources.watchlists.records import ListEntry
from provenance.text.folding import fold


def entries_by_key(entries: Iterable[ListEntry]) -> tuple[dict[str, ListEntry], int, list[str]]:
    """Entries by key, how many repeat another, and the numbers that two different entries have.

    Such a number identifies none of them: they are identified as if they had none, and all of them count.
    """
    found: dict[str, ListEntry] = {}
    unnumbered: defaultdict[tuple[str, str], list[ListEntry]] = defaultdict(list)
    numbered: defaultdict[str, list[ListEntry]] = defaultdict(list)
    repeated, disputed = 0, []
    for entry in entries:
        if entry.identity is None:
            unnumbered[entry.section or "", _name(entry)].append(entry)
        else:
            numbered[entry.identity].append(entry)
    for number, group in numbered.items():
        distinct = {entry.digest(): entry for entry in group}
        if len(distinct) == 1:
            repeated += len(group) - 1
            found[number] = group[-1]
            continue
        disputed.append(number)
        for entry in group:
            unnumbered[entry.section or "", _name(entry)].append(entry)
    for group in unnumbered.values():
        distinct = {entry.digest(): entry for entry in group}
        repeated += len(group) - len(distinct)
        for ordinal, entry in enumerate(_in_order(list(distinct.values())), start=1):
            found[own_key(entry, ordinal)] = entry
    return found, repeated, disputed


def _name(entry: ListEntry) -> str:
    return fold(entry.label) or entry.label


def _in_order(entries: Sequence[ListEntry]) -> list[ListEntry]:
    def order(entry: ListEntry) -> tuple[date, list[str], str]:
        return (
            entry.stated_from or date.min,
            sorted(place.text for place in entry.addresses),
            entry.digest(),
        )

    return sorted(entries, key=order)


def own_key(entry: ListEntry, ordinal: int) -> str:
    """A key made from section and name; ``ordinal`` tells entries apart that share both."""
    identity = "\x1f".join((entry.section or "", _name(entry), str(ordinal)))
    return "own-" + hashlib.sha256(identity.encode()).hexdigest()[:16]
