"""What differs between two recoveries or units: which parts went, which came, in which place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from provenance.domain.record_kinds import RecordKind
from provenance.queries.leads.holders import Feature, Holder, Holders


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """What differs in one place of two holders: in the same unit, of one kind. ``swapped`` is true where
    exactly one part went and one came, which may have replaced it.
    """

    unit: str | None
    category: str | None
    gone: tuple[str, ...]
    come: tuple[str, ...]
    swapped: bool


def changes_between(holders: Holders, before: Holder, now: Holder) -> tuple[ChangeRow, ...]:
    """What went and what came, by unit and kind of component; what neither names is no change."""
    former, latter = _places(holders, before), _places(holders, now)
    found, names = [], _unit_names(holders, (before, now))
    for place in sorted(former.keys() | latter.keys()):
        then, today = former.get(place, {}), latter.get(place, {})
        gone = {key: name for key, name in then.items() if key not in today}
        come = {key: name for key, name in today.items() if key not in then}
        if gone or come:
            found.append(
                ChangeRow(
                    unit=names.get(place[0]),
                    category=place[1] or None,
                    gone=tuple(sorted(gone.values())),
                    come=tuple(sorted(come.values())),
                    swapped=bool(place[1]) and len(gone) == len(come) == 1,
                )
            )
    return tuple(found)


def _unit_names(holders: Holders, of: Iterable[Holder]) -> dict[str, str]:
    """What the units of some holders are called, by the key they are compared by."""
    found: dict[str, str] = {}
    for holder in of:
        for find in holders.finds[holder]:
            key, label = holders.unit_of(find)
            if label is not None:
                found.setdefault(key, label)
    return found


def _places(holders: Holders, holder: Holder) -> dict[tuple[str, str], dict[Feature, str]]:
    """The goods in each place of a holder, with their makers' names."""
    found: dict[tuple[str, str], dict[Feature, str]] = defaultdict(dict)
    for find in holders.finds[holder]:
        if (goods := find.goods) is None:
            continue
        maker, kind, key = goods
        unit = "" if holder[0] is RecordKind.UNIT else holders.unit_of(find)[0]
        name = find.mpn or " ".join((find.marking_written or "").split())
        made_by = holders.makers.get(maker)
        found[unit, find.category or ""][kind, maker, key] = f"{made_by} {name}" if made_by else name
    return found
