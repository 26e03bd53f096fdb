"""The same recovery through every door: one row, the same dates, numbers, unit and citation."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from provenance.core.clock import system_clock
from provenance.core.vocabulary.field import NewName
from provenance.domain.journal import author_of, entry_of
from provenance.domain.recovery_entries import log_recovery
from provenance.domain.units import log_unit
from provenance.fields.entries import Kind
from provenance.fields.templates import row_column
from provenance.importing.run import ImportRequest, run_import
from provenance.importing.templates import FileRequest, log_file
from provenance.schema.engines import reading_engine, writing_engine
from provenance.schema.recoveries import Recovery, RecoveryDate, RecoverySerial, Unit
from provenance.schema.session import Database, Session, session_scope, writing
from provenance.schema.sources import Citation
from provenance.sources.formats import ReadOptions
from provenance.sources.records import SourceRecord
from provenance.sources.registry import COMPONENTS
from tests.support.databases import Level, SqliteDatabases
from tests.support.days import TODAY

ACTOR = "olena"
LISTED = SourceRecord(key="a-list", publisher="A publisher", title="A list", origin_group="a-list")
UNKNOWN = ("n/a", "б/н", "-", "без номера", "невідомо")
NUMBERS = st.none() | st.sampled_from(("77", "KhA-0152", "СН 12", *UNKNOWN))
DATES = st.none() | st.sampled_from(("2024-01-02", "2023-05", "2022", "2023-01-01..2023-02-03", "n/a"))


@dataclass(frozen=True)
class Stated:
    """A recovery as a person would state it; None is not stated."""

    weapon: str
    serial: str | None = None
    tail: str | None = None
    used: str | None = None
    captured: str | None = None
    place: str | None = None
    country: str | None = None
    extent: str | None = None

    def cells(self) -> dict[str, str]:
        """Its cells."""
        return {name: text for name, text in vars(self).items() if text}


STATED = st.builds(
    Stated,
    st.sampled_from(("Kh-101", "Герань-2", "Х-47М2 Кинджал", "Новий дрон 5")),
    serial=NUMBERS,
    tail=NUMBERS,
    used=DATES,
    captured=DATES,
    place=st.none() | st.sampled_from(("Куп'янськ", "n/a")),
    country=st.none() | st.sampled_from(("UA", "Україна", "невідомо")),
    extent=st.none() | st.sampled_from(("specimen", "several", "model")),
)


class Doors:
    """One database and the ways into it; each says the number of the recovery that it wrote."""

    def __init__(self, address: str, folder: Path) -> None:
        self.engine = writing_engine(address)
        self._database = Database(self.engine, ACTOR, system_clock)
        self._reading = reading_engine(address)
        self._folder = folder
        self._names = count(1)

    def all(self, stated: Stated) -> dict[str, int]:
        """The recovery, named alike, with a unit, through each door."""
        name = str(next(self._names))
        # A list's own name of a recovery follows the weapon's in its label.
        named = {"label": f"{stated.weapon} {name}", **stated.cells()}
        return {
            "entry": self._entry(named),
            "template": self._template(named),
            "list": self._list({"recovery": name, **stated.cells()}),
        }

    def _entry(self, cells: Mapping[str, str]) -> int:
        with writing(self.engine) as session:
            author = author_of(session, ACTOR, NewName)
            logged = log_recovery(session, author, entry_of(Kind.RECOVERY, cells))
            log_unit(session, author, entry_of(Kind.UNIT, {"recovery": logged.ref, "label": "U1"}))
            return logged.number

    def _template(self, cells: Mapping[str, str]) -> int:
        row_id = {row_column(Kind.RECOVERY): cells["label"]}
        unit = {row_column(Kind.UNIT): cells["label"], "recovery": cells["label"], "label": "U1"}
        for kind, row in ((Kind.RECOVERY, row_id | dict(cells)), (Kind.UNIT, unit)):
            summary = log_file(
                self._database,
                self._reading,
                FileRequest(self._written(row), kind, new=frozenset(NewName), odd=True),
            )
            assert summary.new == 1, summary.rejections
        return self._newest()

    def _list(self, cells: Mapping[str, str]) -> int:
        # A bare "country" in a list of components is the maker's.
        headed = {"country of recovery" if name == "country" else name: cell for name, cell in cells.items()}
        file = self._written({"id": cells["recovery"], "unit": "U1", "marking": "X1", **headed})
        request = ImportRequest(COMPONENTS.named("components"), file, ReadOptions(TODAY, source=LISTED))
        assert run_import(self._database, request).new == 1
        return self._newest()

    def _written(self, cells: Mapping[str, str]) -> Path:
        file = self._folder / "rows.csv"
        with file.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([list(cells), list(cells.values())])
        return file

    def _newest(self) -> int:
        with session_scope(self.engine) as session:
            return session.execute(select(Recovery.id).order_by(Recovery.id.desc()).limit(1)).scalar_one()


@pytest.fixture(scope="module")
def doors(sqlite_databases: SqliteDatabases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Doors]:
    """A database as `provenance init --sample` leaves it."""
    address = sqlite_databases.filled(Level.SAMPLE)
    yield Doors(address, tmp_path_factory.mktemp("doors"))
    sqlite_databases.discard(address)


def record_of(session: Session, number: int) -> dict[str, Any]:
    """A recovery with all that is on record of it, but who says so, when, and under which key."""
    row = session.execute(select(Recovery).where(Recovery.id == number)).one()
    serials = select(RecoverySerial.kind, RecoverySerial.value, RecoverySerial.value_key)
    dates = select(RecoveryDate.kind, RecoveryDate.earliest, RecoveryDate.latest, RecoveryDate.as_written)
    units = select(Unit.label, Unit.unit_type_id, Unit.serial, Unit.note)
    cited = select(
        Citation.address,
        Citation.published_earliest,
        Citation.published_latest,
        Citation.credibility,
        Citation.tlp,
    )
    return {
        "row": {name: value for name, value in row._mapping.items() if name not in ("id", "uid")},
        "serials": sorted(map(tuple, session.execute(serials.where(RecoverySerial.recovery_id == number)))),
        "dates": sorted(map(tuple, session.execute(dates.where(RecoveryDate.recovery_id == number)))),
        "units": sorted(map(tuple, session.execute(units.where(Unit.recovery_id == number)))),
        "cited": [tuple(each) for each in session.execute(cited.where(Citation.recovery_id == number))],
    }


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(stated=STATED)
@example(stated=Stated("Kh-101", serial="3152638829015", used="2024-01-02", place="Куп'янськ", country="UA"))
@example(stated=Stated("Kh-101", serial="б/н", tail="n/a", used="n/a", place="невідомо"))
def test_one_recovery_through_every_door_is_one_record(doors: Doors, stated: Stated) -> None:
    """Where nothing but a word for the unknown is given, every door leaves it unknown."""
    numbers = doors.all(stated)
    with session_scope(doors.engine) as session:
        found = {door: record_of(session, number) for door, number in numbers.items()}
    for door, record in found.items():
        for what, value in record.items():
            assert value == found["entry"][what], (door, what)
    values = {value for _kind, value, _key in found["entry"]["serials"]}
    assert not values & set(UNKNOWN)
