"""The recoveries and units that finds are in, merged records once, and what these are called."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import select

from provenance.core.identity import reference
from provenance.domain.record_kinds import RecordKind
from provenance.domain.sameness import clusters
from provenance.queries.leads.finds import Find, Finds
from provenance.queries.lists.found import recovery_dates
from provenance.schema.recoveries import Recovery, Unit
from provenance.schema.session import Session
from provenance.text.folding import fold
from provenance.text.partial_dates import parse_partial_date

Holder = tuple[RecordKind, int]
Feature = tuple[str, int, str]
"""Kind (part, marking, lot), maker, key."""


class Holders:
    """The finds of each recovery and unit, merged records once, and what these are called."""

    def __init__(self, session: Session, loaded: Finds) -> None:
        self.makers = loaded.makers
        self._wrecks = clusters(session, RecordKind.RECOVERY)
        self._recoveries = {row.id: row for row in session.execute(select(Recovery))}
        self._units = {row.id: row for row in session.execute(select(Unit))}
        self._dates = recovery_dates(session)
        self.finds: dict[Holder, list[Find]] = defaultdict(list)
        # Of records that count as one, the first may be marked too strictly to be named.
        self._named_by: dict[int, int] = {}
        for find in loaded.finds:
            self._named_by[find.recovery] = min(
                find.named_by, self._named_by.get(find.recovery, find.named_by)
            )
            self.finds[RecordKind.RECOVERY, find.recovery].append(find)
            if find.unit is not None:
                self.finds[RecordKind.UNIT, find.unit].append(find)
        self.features = {holder: _features(finds) for holder, finds in self.finds.items()}

    def first(self, holder: Holder) -> Holder:
        """The record that stands for all that count as one with it."""
        kind, number = holder
        return (kind, self._wrecks.get(number, number)) if kind is RecordKind.RECOVERY else holder

    def of_kind(self, kind: RecordKind) -> list[Holder]:
        """All holders of a kind that have something to compare, in the order in which they were recorded."""
        return sorted(holder for holder, features in self.features.items() if holder[0] is kind and features)

    def recovery(self, holder: Holder) -> int:
        """The recovery that it is, or is in."""
        kind, number = holder
        if kind is RecordKind.RECOVERY:
            return number
        inside: int = self._units[number].recovery_id
        return self._wrecks.get(inside, inside)

    def may_compare(self, one: Holder, other: Holder) -> bool:
        """Whether they are not of one wreck."""
        return self.recovery(one) != self.recovery(other)

    def ref(self, holder: Holder) -> str:
        """The spoken reference."""
        return reference(holder[0], self._row(holder).uid)

    def recovery_ref(self, holder: Holder) -> str:
        """The spoken reference of its recovery."""
        return self.ref((RecordKind.RECOVERY, self.recovery(holder)))

    def label(self, holder: Holder) -> str:
        """What it is called; a unit with its recovery."""
        label: str = self._row(holder).label
        if holder[0] is RecordKind.RECOVERY:
            return label
        return f"{label} in {self._row((RecordKind.RECOVERY, self.recovery(holder))).label}"

    def type_of(self, holder: Holder) -> tuple[str, Any]:
        """Weapon or type of unit, by which an earlier one is chosen; of a unit without a type its label."""
        row = self._row(holder)
        if row.unit_type_id is not None:
            return ("unit type", row.unit_type_id)
        if holder[0] is RecordKind.UNIT:
            return ("unit", fold(row.label))
        return ("weapon", row.weapon_system_id)

    def unit_of(self, find: Find) -> tuple[str, str | None]:
        """The place of a find in its recovery, as it is compared, and as it is called."""
        row = self._units.get(find.unit or 0)
        if row is None:
            return "", None
        key = f"type {row.unit_type_id}" if row.unit_type_id is not None else fold(row.label)
        return key, row.label

    def dated(self, holder: Holder) -> str | None:
        """When its recovery was recovered, captured or used."""
        number = self.recovery(holder)
        return self._dates.get(self._named_by.get(number, number))

    def earlier(self, one: Holder, other: Holder) -> bool | None:
        """Whether the other is certainly earlier; None where their dates do not tell."""
        mine, theirs = _bounds(self.dated(one)), _bounds(self.dated(other))
        if theirs[1] < mine[0]:
            return True
        return False if mine[1] < theirs[0] else None

    def _row(self, holder: Holder) -> Any:
        kind, number = holder
        if kind is RecordKind.UNIT:
            return self._units[number]
        return self._recoveries[self._named_by.get(number, number)]


def _bounds(dated: str | None) -> tuple[date, date]:
    span = parse_partial_date(dated) if dated else None
    first = span.earliest if span else None
    last = span.latest if span else None
    return first or date.min, last or date.max


def _features(finds: Iterable[Find]) -> dict[Feature, str]:
    """What a holder can share with others, and how each is called: goods and lots."""
    found: dict[Feature, str] = {}
    for find in finds:
        if (goods := find.goods) is not None:
            maker, kind, key = goods
            found.setdefault((kind, maker, key), find.mpn or " ".join((find.marking_written or "").split()))
        if find.lot and find.maker:
            found.setdefault(("lot", find.maker, find.lot), find.lot_written or "")
    return found
