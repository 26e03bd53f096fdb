"""A small database whose row numbers are known, and edits of it by plain SQL."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, text


@dataclass
class World:
    """A small database of which the row numbers are known."""

    address: str
    firms: list[int] = field(default_factory=list)
    parts: list[int] = field(default_factory=list)
    weapons: list[int] = field(default_factory=list)
    recoveries: list[int] = field(default_factory=list)
    components: list[int] = field(default_factory=list)
    source: int = 0


def day(dice: random.Random) -> str | None:
    """Some day, or none."""
    return dice.choice([None, str(date(2019, 1, 1) + timedelta(days=dice.randrange(2500)))])


class Editor:
    """Edits as somebody with a database client makes them."""

    def __init__(self, world: World, connection: Connection, dice: random.Random) -> None:
        self._world = world
        self._connection = connection
        self._dice = dice

    def edit(self) -> str:
        """Makes one edit and says which."""
        edits = [name for name in dir(self) if name.startswith("do_")]
        name = self._dice.choice(edits)
        getattr(self, name)()
        return name

    def _do(self, statement: str, **values: Any) -> None:
        self._connection.execute(text(statement), values)

    def _ids(self, table: str) -> list[int]:
        return list(self._connection.execute(text(f"SELECT id FROM {table} ORDER BY id")).scalars())

    def _any(self, table: str) -> int:
        return self._dice.choice(self._ids(table) or [0])

    def _new(self, table: str, **values: Any) -> None:
        columns = {**values, "id": max(self._ids(table), default=0) + self._dice.choice([1, 1, 70_000])}
        if columns["id"] > 10_000_000:
            columns["id"] = max(self._ids(table)) + 1
        names = ", ".join(columns)
        self._do(f"INSERT INTO {table} ({names}) VALUES (:{', :'.join(columns)})", **columns)

    def do_all_recoveries_of_a_kind(self) -> None:
        """Many at once."""
        kind = self._dice.choice(["battlefield", "battlefield", "seizure"])
        self._do(
            "UPDATE recovery SET kind = :kind WHERE id % 2 = :rest", kind=kind, rest=self._dice.randrange(2)
        )

    def do_another_weapon(self) -> None:
        """One recovery is of another weapon, or of an unknown one."""
        weapon = self._dice.choice([*self._world.weapons, None])
        number = self._any("recovery")
        self._do("UPDATE recovery SET weapon_system_id = :to WHERE id = :number", to=weapon, number=number)

    def do_another_kind_of_weapon(self) -> None:
        """A weapon turns out to be a drone, or of no known kind."""
        kind = self._dice.choice(["missile", "drone", "vehicle", None])
        weapon = self._dice.choice(self._world.weapons)
        self._do("UPDATE weapon_system SET kind = :kind WHERE id = :weapon", kind=kind, weapon=weapon)

    def do_new_component(self) -> None:
        """A component comes, in another segment now and then."""
        self._new(
            "component",
            uid=f"component {self._dice.random()}",
            recovery_id=self._any("recovery"),
            made_earliest=None,
            marking_mixed=False,
        )

    def do_component_moves(self) -> None:
        """A component belongs to another recovery."""
        to, number = self._any("recovery"), self._any("component")
        self._do("UPDATE component SET recovery_id = :to WHERE id = :number", to=to, number=number)

    def do_component_goes(self) -> None:
        """A component is deleted with all that is said of it."""
        number = self._any("component")
        self._do("DELETE FROM transfer_party WHERE transfer_id IN"
                 " (SELECT id FROM transfer WHERE component_id = :number)", number=number)  # fmt: skip
        for table in ("transfer", "maker_attribution", "identification", "citation"):
            self._do(f"DELETE FROM {table} WHERE component_id = :number", number=number)
        self._do("DELETE FROM component WHERE id = :number", number=number)

    def do_component_is_suspect(self) -> None:
        """A mark of authenticity comes or goes."""
        mark = self._dice.choice([None, "suspect", "no_signs"])
        number = self._any("component")
        self._do("UPDATE component SET authenticity = :mark WHERE id = :number", mark=mark, number=number)

    def do_component_is_withdrawn(self) -> None:
        """Taken back, and put there again."""
        moment = self._dice.choice([None, "2024-01-01 00:00:00"])
        value = "NULL" if moment is None else f"'{moment}'"
        self._do(
            f"UPDATE component SET withdrawn_at = {value} WHERE id = :number", number=self._any("component")
        )

    def do_component_is_dated(self) -> None:
        """A date of manufacture."""
        days = sorted(filter(None, (day(self._dice), day(self._dice))))
        first, last = (days[0], days[-1]) if days else (None, None)
        self._do(
            "UPDATE component SET made_earliest = :first, made_latest = :last WHERE id = :number",
            first=first, last=last, number=self._any("component"),
        )  # fmt: skip

    def do_maker_changes(self) -> None:
        """Another maker, or none, or another label of a country."""
        self._do(
            "UPDATE maker_attribution SET organization_id = :firm, country_stated = :country"
            " WHERE id = :number",
            firm=self._dice.choice([*self._world.firms, None]),
            country=self._dice.choice(["US", "CN", None]),
            number=self._any("maker_attribution"),
        )

    def do_maker_is_superseded(self) -> None:
        """A statement no longer stands."""
        self._do("UPDATE maker_attribution SET superseded_by = id WHERE id = :number",
                 number=self._any("maker_attribution"))  # fmt: skip

    def do_maker_becomes_a_guess(self) -> None:
        """What was published is only tentative."""
        self._do("UPDATE maker_attribution SET status = 'tentative' WHERE id = :number",
                 number=self._any("maker_attribution"))  # fmt: skip

    def do_part_moves(self) -> None:
        """A statement is of another component that has none."""
        free = self._connection.execute(
            text("SELECT id FROM component WHERE id NOT IN (SELECT component_id FROM identification)")
        ).scalars().all()  # fmt: skip
        if free and self._ids("identification"):
            self._do("UPDATE identification SET component_id = :to WHERE id = :number",
                     to=self._dice.choice(list(free)), number=self._any("identification"))  # fmt: skip

    def do_part_goes(self) -> None:
        """A statement is deleted."""
        self._do("DELETE FROM identification WHERE id = :number", number=self._any("identification"))

    def do_publication(self) -> None:
        """A citation says when."""
        self._do("UPDATE citation SET published_earliest = :day, published_latest = :day WHERE id = :number",
                 day=day(self._dice), number=self._any("citation"))  # fmt: skip

    def do_citation_goes(self) -> None:
        """Nobody reports it any more."""
        number = self._any("citation")
        for table in ("maker_attribution", "identification"):
            self._do(f"UPDATE {table} SET citation_id = NULL WHERE citation_id = :number", number=number)
        self._do("DELETE FROM citation WHERE id = :number", number=number)

    def do_date_comes(self) -> None:
        """Something happened to a recovery."""
        first = day(self._dice) or "2023-05-01"
        self._new(
            "recovery_date", recovery_id=self._any("recovery"), earliest=first, latest=first,
            kind=self._dice.choice(["recovered", "used", "captured", "produced"]),
            as_written=str(self._dice.random()), source_id=self._world.source,
        )  # fmt: skip

    def do_dates_change(self) -> None:
        """All dates are of another kind, or gone."""
        self._do(self._dice.choice(["UPDATE recovery_date SET kind = 'used'", "DELETE FROM recovery_date"]))

    def do_transfers(self) -> None:
        """Transfers and their parties."""
        self._do("UPDATE transfer SET earliest = :day, latest = :day", day=day(self._dice))
        self._do("UPDATE transfer_party SET confidential = NOT confidential")
