"""What holds whatever a list looks like: every row accounted for, and order is no matter."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from provenance.core.clock import system_clock
from provenance.importing.run import ImportRequest, run_import
from provenance.schema.engines import writing_engine
from provenance.schema.session import Database
from provenance.sources.formats import ReadOptions
from provenance.sources.registry import COMPONENTS
from tests.importing.scrape import KH_101, ROWS, SCRAPE, SHAHED
from tests.importing.state import content, difference
from tests.sources.lists import GUR_HEADER, Row, csv_text, gur_row
from tests.support.commands import run
from tests.support.databases import Level, SqliteDatabases
from tests.support.days import TODAY

_LAWS = settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])

_TEXTS = st.sampled_from(["AD8572A", "С8051F120", "(unspecified)", "", "[red]", "=1+1", "芯片 科技"])
_MAKERS = st.sampled_from(
    [
        "Analog Devices",
        "Quuxtronics",
        "Not identified",
        "",
        "Murata Suppliers JSC CHIP AND SALSA",
        "[bold]",
        "科技",
    ]
)
_ROWS = st.lists(
    st.builds(
        gur_row,
        st.integers(1, 6),
        _TEXTS,
        _MAKERS,
        st.sampled_from(["US", "UNK", "usa"]),
        st.sampled_from([KH_101, SHAHED, "Vympel-77 UAV", " "]),
    ),
    max_size=12,
)


def take(engine: Engine, folder: Path, rows: list[Row], **options: Any) -> Any:
    """Imports rows and gives the summary."""
    file = folder / "scrape.csv"
    file.write_text(csv_text(rows, GUR_HEADER), encoding="utf-8")
    options = {"keep_good": True, "read_markings": False} | options
    request = ImportRequest(
        COMPONENTS.named("gur-components"),
        file,
        ReadOptions(TODAY),
        **options,
    )
    return run_import(Database(engine, "olena", system_clock), request)


@pytest.fixture(scope="module")
def growing(sqlite_databases: SqliteDatabases) -> Iterator[Engine]:
    """A database in which every example finds what the ones before have left."""
    address = sqlite_databases.filled(Level.REFERENCE)
    engine = writing_engine(address)
    yield engine
    engine.dispose()
    sqlite_databases.discard(address)


@_LAWS
@given(rows=_ROWS)
def test_read_is_new_and_known_and_changed_and_repeated_and_rejected(
    growing: Engine, tmp_path: Path, rows: list[Row]
) -> None:
    first = take(growing, tmp_path, rows)
    assert first.read == len(rows)
    assert first.read == first.new + first.known + first.changed + first.repeated + first.rejected
    assert first.rejected == len(first.rejections)
    again = take(growing, tmp_path, rows)
    assert (again.new, again.changed) == (0, 0)
    assert (again.known, again.repeated, again.rejected) == (
        first.new + first.known + first.changed,
        first.repeated,
        first.rejected,
    )


@_LAWS
@given(rows=_ROWS)
def test_a_dry_run_foretells_the_run(growing: Engine, tmp_path: Path, rows: list[Row]) -> None:
    foretold = take(growing, tmp_path, rows, dry_run=True)
    done = take(growing, tmp_path, rows)
    assert (foretold.new, foretold.known, foretold.changed) == (done.new, done.known, done.changed)
    assert (foretold.made, foretold.review) == (done.made, done.review)


def answer(address: str) -> Any:
    """What `top` says to every row, without the name of the data's state."""
    everything = ("--country", "any", "--basis", "brand", "--weapon-kind", "any", "--min-recoveries", "1")
    found = run(address, "top", *everything, "--format", "json").json
    del found["basis"]["data"]
    return found


@pytest.fixture(scope="module")
def as_published(sqlite_databases: SqliteDatabases, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What the scrape leaves behind in its own order, and what `top` answers."""
    return left_by(sqlite_databases, tmp_path_factory.mktemp("published"), list(SCRAPE))


def left_by(databases: SqliteDatabases, folder: Path, rows: list[Row], **options: Any) -> Any:
    """What a fresh database holds and answers after these rows."""
    address = databases.filled(Level.REFERENCE)
    engine = writing_engine(address)
    take(engine, folder, rows, **options)
    engine.dispose()
    left = content(address), answer(address)
    databases.discard(address)
    return left


@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(SCRAPE))
def test_the_order_of_rows_does_not_matter(
    sqlite_databases: SqliteDatabases, as_published: Any, tmp_path: Path, order: list[Row]
) -> None:
    assert left_by(sqlite_databases, tmp_path, order) == as_published


def test_the_order_of_rows_does_not_matter_to_what_is_read_from_markings(
    sqlite_databases: SqliteDatabases, tmp_path: Path
) -> None:
    left = [
        left_by(sqlite_databases, tmp_path, list(rows), read_markings=True)
        for rows in (SCRAPE, tuple(reversed(SCRAPE)))
    ]
    assert difference(left[0][0], left[1][0]) == {}
    assert left[0][1] == left[1][1]


def test_two_installations_agree_on_the_identity_of_what_they_load(
    sqlite_databases: SqliteDatabases, tmp_path: Path
) -> None:
    """The one met another list before, so that its row numbers are others."""
    shared = tmp_path / "list.csv"
    shared.write_text(
        "id,recovery,weapon,unit,marking,maker,mpn\n"
        "1,wreck 1,Kh-101,board A,AD8572,Zyxotronics,QX-1\n"
        "2,wreck 1,Kh-101,board B,LM1117,Texas Instruments,LM1117\n",
        encoding="utf-8",
    )
    found = []
    for before in (False, True):
        address = sqlite_databases.filled(Level.REFERENCE)
        if before:
            engine = writing_engine(address)
            take(engine, tmp_path, list(ROWS))
            engine.dispose()
        run(address, "import", "components", "--no-read", shared, "--source", "shared-list")
        found.append(content(address))
        sqlite_databases.discard(address)
    alone, later = found
    for name in (
        "organization",
        "part",
        "recovery",
        "unit",
        "component",
        "maker_attribution",
        "identification",
    ):
        assert set(alone[name]) <= set(later[name]), name
