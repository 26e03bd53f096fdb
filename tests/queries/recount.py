"""A small database counted row by row from its tables, by nothing that the program counts with."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from sqlalchemy import Connection, text

FLYING = ("missile", "drone", "guided_munition")
SUSPECT = ("suspect", "counterfeit", "denied_by_maker")
CONTROL_DAY = date(2022, 2, 24)
SINCE = date(2021, 1, 1)

Counts = dict[str, tuple[int, int]]


class Recount:
    """The tables, counted row by row."""

    def __init__(self, connection: Connection) -> None:
        def rows(table: str) -> list[Any]:
            return list(connection.execute(text(f"SELECT * FROM {table} ORDER BY id")).mappings())

        self.firm = {row["id"]: row["label"] for row in rows("organization")}
        self.part = {row["id"]: row["mpn"] for row in rows("part")}
        self.weapon = {row["id"]: (row["designation"], row["kind"]) for row in rows("weapon_system")}
        self.recovery = {row["id"]: row for row in rows("recovery")}
        self.dates, self.makers, self.parts, self.citations = (
            defaultdict(list), defaultdict(list), defaultdict(list), defaultdict(list)
        )  # fmt: skip
        for row in rows("recovery_date"):
            self.dates[row["recovery_id"]].append(row)
        for table, found in (("maker_attribution", self.makers), ("identification", self.parts)):
            for row in rows(table):
                if row["superseded_by"] is None and row["status"] != "tentative":
                    found[row["component_id"]].append(row)
        for row in rows("citation"):
            self.citations[row["component_id"]].append(row)
        self.all_components = rows("component")

    def counted(self, *, flying: bool = True) -> list[Any]:
        """The components that a question is about by default."""
        return [
            row
            for row in self.all_components
            if row["withdrawn_at"] is None
            and row["authenticity"] not in SUSPECT
            and self.recovery[row["recovery_id"]]["kind"] == "battlefield"
            and (not flying or self.weapon_of(row)[1] in FLYING)
        ]

    def weapon_of(self, row: Any) -> tuple[str | None, str | None]:
        """A component's weapon and its kind."""
        found: tuple[str | None, str | None] = self.weapon.get(
            self.recovery[row["recovery_id"]]["weapon_system_id"], (None, None)
        )
        return found

    def group(self, row: Any, by: str) -> str | None:
        """What a component counts for; a part counts only where its maker is identified."""
        if by == "weapon":
            return self.weapon_of(row)[0]
        if by == "part":
            said = self.parts[row["id"]]
            if not said or self.group(row, "firm") is None:
                return None
            return self.part[said[0]["part_id"]]
        said = self.makers[row["id"]]
        if by == "country":
            return said[0]["country_stated"] if said else None
        return self.firm.get(said[0]["organization_id"]) if said else None

    def top(self, by: str) -> Counts:
        """Recoveries and components of each group."""
        found: dict[str, list[Any]] = defaultdict(list)
        for row in self.counted():
            if (name := self.group(row, by)) is not None:
                found[name].append(row)
        return {name: (len({row["recovery_id"] for row in some}), len(some)) for name, some in found.items()}

    def made_after(self, name: str) -> tuple[int, int, int, int]:
        """A firm's components by whether they were made after the control day."""
        classes = [self._made(row) for row in self.counted() if self.group(row, "firm") == name]
        certain, possible, before, unknown = (classes.count(number) for number in range(4))
        return certain, possible, before, unknown

    def recoveries_made_after(self, name: str) -> tuple[int, int, int, int]:
        """The recoveries of a firm's components: a later one there, maybe, none, or unknown."""
        held: dict[Any, set[int]] = defaultdict(set)
        for row in self.counted():
            if self.group(row, "firm") == name:
                held[row["recovery_id"]].add(self._made(row))
        told = [next(number for number in (0, 1, 3, 2) if number in some) for some in held.values()]
        certain, possible, before, unknown = (told.count(number) for number in range(4))
        return certain, possible, before, unknown

    def newest(self, name: str) -> tuple[str | None, str | None]:
        """The first and last day on which a firm's newest dated component may have been made."""
        spans = [self._between(row) for row in self.counted() if self.group(row, "firm") == name]
        dated = [(first, last) for first, last, known in spans if known]
        first = max((first for first, _last in dated if first), default=None)
        last = max((last for _first, last in dated), default=date.max)
        return first and first.isoformat(), None if last == date.max else last.isoformat()

    def _made(self, row: Any) -> int:
        first, bound, dated = self._between(row)
        if first and first > CONTROL_DAY:
            return 0
        if bound <= CONTROL_DAY:
            return 2
        return 1 if dated else 3

    def _between(self, row: Any) -> tuple[date | None, date, bool]:
        """The first and last possible day of manufacture, and whether anything but the recovery tells."""
        first, last = as_day(row["made_earliest"]), as_day(row["made_latest"])
        found = [last] if last else []
        for kind in ("recovered", "captured", "used", "produced"):
            days = [as_day(each["latest"]) for each in self.dates[row["recovery_id"]] if each["kind"] == kind]
            found += [max(known)] if (known := list(filter(None, days))) else []
        reports = [
            as_day(each["published_latest"] or each["retrieved"]) for each in self.citations[row["id"]]
        ]
        found += [min(known)] if (known := list(filter(None, reports))) else []
        bound = min(found, default=date.max)
        if first and bound < first:
            bound = last or date.max
        return first, bound, bool(first or last)

    def exposure(self, name: str) -> tuple[int, int] | None:
        """Recoveries and components of a firm, in whatever weapon."""
        mine = [row for row in self.counted(flying=False) if self.group(row, "firm") == name]
        return (len({row["recovery_id"] for row in mine}), len(mine)) if mine else None

    def new(self) -> set[tuple[str, str, int, int]]:
        """What was first published since a day: kind, name, recoveries, components."""
        found = set()
        for by in ("firm", "part"):
            groups: dict[str, list[Any]] = defaultdict(list)
            for row in self.counted():
                if (name := self.group(row, by)) is not None:
                    groups[name].append(row)
            for name, rows in groups.items():
                if any(last and last < SINCE for row in rows if (last := self._published(row)[1])):
                    continue
                mine = [row for row in rows if (first := self._published(row)[0]) and first >= SINCE]
                if mine:
                    found.add((by, name, len({row["recovery_id"] for row in mine}), len(mine)))
        return found

    def _published(self, row: Any) -> tuple[date | None, date | None]:
        said = self.citations[row["id"]]
        first, last = (
            min(filter(None, (as_day(each[column]) for each in said)), default=None)
            for column in ("published_earliest", "published_latest")
        )
        return first, last


def as_day(value: Any) -> date | None:
    """A day as either database gives it."""
    return date.fromisoformat(value) if isinstance(value, str) else value
