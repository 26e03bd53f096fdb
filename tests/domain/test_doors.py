"""The same component through every door: one row, the same statements, readings and citation."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select

from provenance.core.clock import system_clock
from provenance.core.vocabulary.field import NewName
from provenance.domain.component_entries import log_component
from provenance.domain.derivation import METHOD
from provenance.domain.journal import author_of, entry_of
from provenance.fields.entries import Kind
from provenance.fields.templates import row_column
from provenance.importing import readings
from provenance.importing.lines import FastLog
from provenance.importing.marking_reader import MarkingDesk
from provenance.importing.run import ImportRequest, run_import
from provenance.importing.templates import FileRequest, log_file
from provenance.schema.engines import reading_engine, writing_engine
from provenance.schema.organizations import Organization
from provenance.schema.recoveries import Component, Identification, MakerAttribution, Unit
from provenance.schema.reference import Part
from provenance.schema.session import Database, Session, session_scope, writing
from provenance.schema.sources import Citation
from provenance.sources.formats import ReadOptions
from provenance.sources.records import SourceRecord
from provenance.sources.registry import COMPONENTS
from provenance.text.unknown import says_unknown
from tests.support.databases import Level, SqliteDatabases
from tests.support.days import TODAY
from tests.support.field_log import recovery

ACTOR = "olena"
LISTED = SourceRecord(key="a-list", publisher="A publisher", title="A list", origin_group="a-list")
LINES = st.text(
    st.characters(min_codepoint=33, max_codepoint=0x4FF, categories=("L", "N", "P")).filter(
        lambda char: char not in "|;/\\"
    ),
    min_size=1,
    max_size=12,
)
MARKINGS = st.one_of(
    st.sampled_from(
        (
            ("AD7606BSTZ", "#2135"),
            ("LT1086CM",),
            ("С8051F120", "2231"),
            ("TMS320C6416TGLZ",),
            ("illegible",),
            ("нечитабельне",),
            ("Стерто",),
            ("none",),
            ("n/a",),
            ("невідомо",),
            ("-",),
        )
    ),
    st.lists(LINES, min_size=1, max_size=3).map(tuple),
)
WORDS = st.text(st.characters(categories=("L", "N", "Zs")), min_size=1, max_size=15).map(str.strip)
UNITS = WORDS.map(lambda text: f"U{text}")
MAKERS = st.sampled_from(
    ("Analog Devices", "Texas Instruments (National Semiconductor)", "Нова Фірма", "Acme Widgets GmbH")
)
MPNS = st.sampled_from(("AD7606BSTZ", "LT1086CM", "XQ-77/4", "unknown", "н/д"))
CODES = st.sampled_from(
    (
        "2135", "2231", "9952", "?", "DC 2135", "21/35", "2021+", "2022", "3BK", "1927CC7", "AGQ0525", "834",
        "н/д", "#0952", "9960", "2024-05", "xxx", "n/a", "2021W35", "Aug 2021",
    )
)  # fmt: skip


@dataclass(frozen=True)
class Told:
    """A component as a person would tell of it; None is not said."""

    marking: tuple[str, ...]
    pieces: int | None = None
    unit: str | None = None
    note: str | None = None
    maker: str | None = None
    mpn: str | None = None
    date_code: str | None = None

    def cells(self, between_lines: str) -> dict[str, str]:
        """Its cells, with something between the lines of the marking."""
        said = {
            "marking": between_lines.join(self.marking),
            "pieces": str(self.pieces) if self.pieces else None,
            "unit": self.unit,
            "note": self.note,
            "maker": self.maker,
            "mpn": self.mpn,
            "date_code": self.date_code,
        }
        return {name: text for name, text in said.items() if text}


TOLD = st.builds(
    Told,
    MARKINGS,
    pieces=st.none() | st.integers(1, 400),
    unit=st.none() | UNITS,
    note=st.none() | WORDS,
    maker=st.none() | MAKERS,
    mpn=st.none() | MPNS,
    date_code=st.none() | CODES,
).filter(lambda told: told.marking != ("n/a",) or told.pieces is not None)
"""A component of which nothing is known at all is refused."""


class Doors:
    """One database and the ways into it; each says the number of the component that it wrote."""

    def __init__(self, address: str, folder: Path) -> None:
        self.engine: Engine = writing_engine(address)
        self._database = Database(self.engine, ACTOR, system_clock)
        self._reading = reading_engine(address)
        self._recovery = recovery(address)
        self._folder = folder

    def entry(self, told: Told) -> int:
        """`log component`."""
        desk = MarkingDesk(self._reading)
        with writing(self.engine) as session:
            cells = {"recovery": self._recovery, **told.cells(" // ")}
            entry = entry_of(Kind.COMPONENT, cells)
            author = author_of(session, ACTOR, NewName)
            return log_component(session, author, entry, reader=desk.reader(session)).number

    def line(self, told: Told) -> int | None:
        """`log components`; None where a line cannot say it."""
        if told.maker or told.mpn or told.date_code:
            return None
        cells = told.cells(" // ")
        line = " | ".join(cells.get(name, "") for name in ("unit", "marking", "pieces", "note"))
        FastLog(self._database, self._reading, recovery=self._recovery).take(line)
        return self._newest()

    def template(self, told: Told) -> int:
        """`log file`."""
        row_id = {row_column(Kind.COMPONENT): str(self._newest())}
        file = self._written(row_id | {"recovery": self._recovery} | told.cells(" // "))
        summary = log_file(
            self._database, self._reading, FileRequest(file, Kind.COMPONENT, new=frozenset(NewName), odd=True)
        )
        assert summary.new == 1, summary.rejections
        return self._newest()

    def list(self, told: Told) -> int:
        """`import components`."""
        found_in = {"recovery": "7", "weapon": "Kh-101", "used": "2024-01-02"}
        file = self._written({"id": f"K-{self._newest()}", **found_in, **told.cells(" // ")})
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
            number: int = session.execute(
                select(Component.id).order_by(Component.id.desc()).limit(1)
            ).scalar_one()
            return number


@pytest.fixture(scope="module")
def doors(sqlite_databases: SqliteDatabases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Doors]:
    """A database as `provenance init --sample` leaves it."""
    address = sqlite_databases.filled(Level.SAMPLE)
    yield Doors(address, tmp_path_factory.mktemp("doors"))
    sqlite_databases.discard(address)


def _row(session: Session, number: int) -> dict[str, Any]:
    row = session.execute(
        select(Component, Unit.label)
        .outerjoin(Unit, Unit.id == Component.unit_id)
        .where(Component.id == number)
    ).one()
    own = {"id", "uid", "recovery_id", "unit_id"}
    return {name: value for name, value in row._mapping.items() if name not in own}


def _word(statement: Any, basis: str) -> tuple[str, ...]:
    """Whose word it is: the program's with its reason, or that of a source or person, who differ by door."""
    return ("read", basis) if basis.startswith(METHOD) else ("stated",)


def _statements(session: Session, number: int) -> list[tuple[Any, ...]]:
    makers = session.execute(
        select(MakerAttribution, Organization.label)
        .outerjoin(Organization, Organization.id == MakerAttribution.organization_id)
        .where(MakerAttribution.component_id == number)
    )
    parts = session.execute(
        select(Identification, Part.uid.label("part"))
        .join(Part, Part.id == Identification.part_id)
        .where(Identification.component_id == number)
    )
    said = [("maker", row.as_written, row.label, row.superseded_by, *_word(row, row.basis)) for row in makers]
    # A maker read beside a stated one is a doubt of what a source publishes; whoever logs is no publication.
    stated = [maker for maker in said if maker[4] != "read"]
    return sorted(stated or said) + sorted(
        [
            ("part", row.as_written, row.part, row.score, row.superseded_by, *_word(row, row.method))
            for row in parts
        ]
    )


def _citations(session: Session, number: int) -> list[tuple[Any, ...]]:
    rows = session.execute(
        select(
            Citation.address,
            Citation.published_earliest,
            Citation.published_latest,
            Citation.credibility,
            Citation.tlp,
        ).where(Citation.component_id == number)
    )
    return [tuple(row) for row in rows]


@pytest.fixture(scope="module", autouse=True)
def _what_is_known_stays() -> Iterator[None]:
    """No import of one row learns again, so that every door reads with the same knowledge."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(readings, "_LEARN_AGAIN", 1_000.0)
        yield


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(told=TOLD)
@example(told=Told(("AD7606BSTZ", "#2135"), 2, "U1", "near the edge"))
@example(told=Told(("нечитабельне",), 1, "U2"))
@example(told=Told(("LT1086CM",), maker="Texas Instruments (National Semiconductor)", date_code="2135"))
@example(told=Told(("?",), mpn="AD7606BSTZ", maker="Analog Devices"))
def test_one_component_through_every_door_is_one_record(doors: Doors, told: Told) -> None:
    """All but who says so, when, and under which key."""
    # A component of which nothing is known is refused by all of them.
    assume(told.maker or told.mpn or not all(map(says_unknown, told.marking)))
    numbers = {
        "entry": doors.entry(told),
        "line": doors.line(told),
        "template": doors.template(told),
        "list": doors.list(told),
    }
    with session_scope(doors.engine) as session:
        found = {
            door: (_row(session, number), _statements(session, number), _citations(session, number))
            for door, number in numbers.items()
            if number is not None
        }
    for door, record in found.items():
        assert record == found["entry"], door
