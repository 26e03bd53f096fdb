"""Lists on the desk: written as people have them, imported by the real command, looked up in the tables."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
from sqlalchemy import select

from provenance.schema.organizations import Organization
from provenance.schema.recoveries import (
    Component,
    Identification,
    MakerAttribution,
    Recovery,
    RecoveryDate,
    RecoverySerial,
)
from provenance.schema.reference import Part, WeaponSystem
from provenance.schema.session import Session
from provenance.schema.transfers import Transfer
from tests.importing.state import reading
from tests.support.commands import Outcome, run

Rows = Sequence[Sequence[object]]


class Wreck(NamedTuple):
    """A stored recovery."""

    weapon: str | None
    serials: tuple[str, ...]
    dates: tuple[tuple[str, date | None, date | None], ...]
    place: str | None


class Item(NamedTuple):
    """A stored component: in its own words, and what was made of them."""

    wreck: Wreck
    marking: str | None
    makers: tuple[str | None, ...]
    parts: tuple[str, ...]
    pieces: int | None
    date_code: str | None
    made: tuple[date | None, date | None]
    category: str | None
    country: str | None

    @property
    def part(self) -> str | None:
        """Its only part number; None where there is none."""
        assert len(self.parts) < 2, self.parts
        return self.parts[0] if self.parts else None

    @property
    def maker(self) -> str | None:
        """Its only maker; None where there is none."""
        assert len(self.makers) < 2, self.makers
        return self.makers[0] if self.makers else None


class Flow(NamedTuple):
    """A stored transfer."""

    quantity: float | None
    unit: str | None
    value: float | None
    currency: str | None
    day: date | None
    hs6: str | None


@dataclass(frozen=True)
class Answer:
    """What the command answered."""

    outcome: Outcome

    @property
    def code(self) -> int:
        """The exit code."""
        return self.outcome.code

    @property
    def row(self) -> dict[str, Any]:
        """The account of the import."""
        assert self.outcome.out, self.outcome.err
        found: dict[str, Any] = self.outcome.rows[0]
        return found

    @property
    def accounted(self) -> dict[str, int]:
        """read, and what became of it, without what is nought."""
        counts = ("read", "new", "known", "changed", "repeated", "rejected")
        return {name: self.row[name] for name in counts if self.row[name]}

    @property
    def cells(self) -> set[tuple[int, str]]:
        """Line and column of each cell that was not read."""
        return {(cell["line"], cell["column"]) for cell in self.row["cells"]}

    @property
    def told(self) -> str:
        """Everything that the command printed."""
        return self.outcome.out + self.outcome.err


class Desk:
    """A database and a folder with lists."""

    def __init__(self, address: str, folder: Path) -> None:
        self.address = address
        self._folder = folder

    def file(self, content: Rows | str | bytes, name: str = "list.csv") -> Path:
        """A file of this content; rows become a CSV, or a workbook where the name says so."""
        file = self._folder / name
        if isinstance(content, bytes):
            file.write_bytes(content)
        elif isinstance(content, str):
            file.write_bytes(content.encode())
        elif file.suffix == ".xlsx":
            save(file, content)
        else:
            file.write_bytes(csv_text(content).encode())
        return file

    def take(
        self,
        content: Rows | str | bytes | Path,
        *options: str,
        kind: str = "components",
        read_markings: bool = False,
    ) -> Answer:
        """Imports a list of one source."""
        file = content if isinstance(content, Path) else self.file(content)
        words = ("import", kind, file, "--source", "desk", "--format", "json", *options)
        if kind == "components" and not read_markings:
            words = (*words, "--no-read")
        return Answer(run(self.address, *words))

    def run(self, *words: str | Path) -> Outcome:
        """Another command."""
        return run(self.address, *words)

    def items(self) -> list[Item]:
        """Every component, in the order in which they came in."""
        with reading(self.address) as session:
            wrecks = _wrecks(session)
            return [_item(session, row, wrecks[row.recovery_id]) for row in session.execute(_ITEMS)]

    def wrecks(self) -> list[Wreck]:
        """Every recovery."""
        with reading(self.address) as session:
            return list(_wrecks(session).values())

    def part_numbers(self) -> list[str]:
        """Every part number in the database; `init` brings none."""
        with reading(self.address) as session:
            return [mpn for (mpn,) in session.execute(select(Part.mpn).order_by(Part.id))]

    def flows(self) -> list[Flow]:
        """Every transfer, in order; `init` brings none."""
        columns = (
            Transfer.quantity,
            Transfer.quantity_unit,
            Transfer.value,
            Transfer.currency,
            Transfer.earliest,
            Transfer.hs6,
        )
        with reading(self.address) as session:
            return [Flow(*row) for row in session.execute(select(*columns).order_by(Transfer.id))]

    def count(self, model: Any) -> int:
        """How many rows a table has."""
        with reading(self.address) as session:
            return len(session.execute(select(model.id)).all())


def csv_text(rows: Rows, delimiter: str = ",", end: str = "\n", quoting: int = csv.QUOTE_MINIMAL) -> str:
    """Rows as a CSV."""
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows(
        [["" if cell is None else cell for cell in row] for row in rows]
    )
    return stream.getvalue()


def save(file: Path, *sheets: Rows, change: Callable[[openpyxl.Workbook], None] = lambda book: None) -> Path:
    """A workbook of some sheets; ``change`` works on it before it is saved."""
    book = openpyxl.Workbook()
    for place, rows in enumerate(sheets):
        sheet = book.worksheets[0] if place == 0 else book.create_sheet()
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row, start=1):
                cell = sheet.cell(number, column, None if value == "" else value)
                if isinstance(value, str) and value:
                    cell.data_type = "s"
    change(book)
    book.save(file)
    return file


_ITEMS = select(
    Component.id,
    Component.recovery_id,
    Component.marking,
    Component.pieces,
    Component.date_code,
    Component.made_earliest,
    Component.made_latest,
    Component.category,
).order_by(Component.id)


def _wrecks(session: Session) -> dict[int, Wreck]:
    serials, dates = defaultdict(list), defaultdict(list)
    for number, value in session.execute(select(RecoverySerial.recovery_id, RecoverySerial.value)):
        serials[number].append(value)
    days = select(RecoveryDate.recovery_id, RecoveryDate.kind, RecoveryDate.earliest, RecoveryDate.latest)
    for number, *day in session.execute(days):
        dates[number].append(tuple(day))
    found = session.execute(
        select(Recovery.id, WeaponSystem.designation, Recovery.place)
        .outerjoin(WeaponSystem, WeaponSystem.id == Recovery.weapon_system_id)
        .order_by(Recovery.id)
    )
    return {
        number: Wreck(weapon, tuple(sorted(serials[number])), tuple(dates[number]), place)
        for number, weapon, place in found
    }


def _item(session: Session, row: Any, wreck: Wreck) -> Item:
    makers = session.execute(
        select(Organization.label, MakerAttribution.country_stated)
        .select_from(MakerAttribution)
        .outerjoin(Organization, Organization.id == MakerAttribution.organization_id)
        .where(MakerAttribution.component_id == row.id)
        .order_by(MakerAttribution.id)
    ).all()
    parts = session.execute(
        select(Part.mpn)
        .join(Identification, Identification.part_id == Part.id)
        .where(Identification.component_id == row.id)
        .order_by(Identification.id)
    )
    return Item(
        wreck,
        row.marking,
        tuple(label for label, _country in makers),
        tuple(mpn for (mpn,) in parts),
        row.pieces,
        row.date_code,
        (row.made_earliest, row.made_latest),
        row.category,
        makers[0].country_stated if makers else None,
    )
