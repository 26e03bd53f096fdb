"""Several writers at once: nothing is lost, and on a server nobody waits for another's whole work."""

from __future__ import annotations

import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from sqlalchemy import func, select

from provenance.core.clock import system_clock
from provenance.importing.run import ImportRequest, run_import
from provenance.importing.summary import ImportSummary
from provenance.schema.engines import writing_engine
from provenance.schema.session import Database
from provenance.sources.formats import ReadOptions
from provenance.sources.records import ComponentRecord
from tests.importing.state import assert_chain_holds, assert_facts_are_current, reading, rows_of
from tests.sources.lists import write_list
from tests.support.commands import Outcome, start
from tests.support.databases import Level, PostgresDatabases
from tests.support.days import TODAY
from tests.support.lists import Listed, component, recovery, take_in

pytestmark = pytest.mark.postgres

Run = Callable[..., Outcome]

LOGGERS, ROWS = 8, 40
LOGGED_WRECK = ("log", "recovery", "--weapon", "Kh-101", "--place", "Kyiv", "--format", "json")
SECONDS = 60
"""A machine on which all of it takes longer is not waited for."""


@pytest.fixture
def served(postgres_databases: PostgresDatabases) -> Iterator[str]:
    """The reference data on a server."""
    address = postgres_databases.filled(Level.REFERENCE)
    yield address
    postgres_databases.discard(address)


class Pausing(Listed):
    """A list that is read up to its last record, which comes only when somebody says so."""

    def __init__(self, *records: ComponentRecord, publisher: str) -> None:
        super().__init__(records, publisher)
        self.halfway, self.go_on = Event(), Event()

    def read(self, file: Path, options: ReadOptions) -> Iterator[ComponentRecord]:
        """All records, with a rest before the last."""
        *first, last = self._records
        yield from first  # type: ignore[misc]  # no list of these tests has a rejected row
        self.halfway.set()
        assert self.go_on.wait(SECONDS)
        yield last  # type: ignore[misc]  # as above


@contextmanager
def halfway(address: str, listed: Pausing) -> Iterator[Future[ImportSummary]]:
    """An import that has written some of its rows and is in the middle of its transaction."""
    engine = writing_engine(address)
    with ThreadPoolExecutor(1) as pool:
        request = ImportRequest(listed, Path(__file__), ReadOptions(TODAY))
        slow = pool.submit(run_import, Database(engine, "slow", system_clock), request)
        try:
            assert listed.halfway.wait(SECONDS)
            yield slow
        finally:
            listed.go_on.set()
    engine.dispose()


@pytest.fixture(autouse=True)
def _write_row_by_row(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each record of a list is a batch, so that what was read is written."""
    monkeypatch.setattr("provenance.importing.run.BATCH_ROWS", 1)


def test_nobody_waits_for_an_import_with_which_nothing_is_shared(served: str, run: Run) -> None:
    """The same known firm, part number and weapon are not shared: they are there already."""
    take_in(writing_engine(served), component("0", "Analog Devices", mpn="AD8572"))
    slow = Pausing(*(component(str(n), "Analog Devices", mpn="AD8572") for n in (1, 2, 3)), publisher="Slow")
    with halfway(served, slow) as waiting:
        other = writing_engine(served)
        done = take_in(other, component("1", "Analog Devices", mpn="AD8572"), publisher="Quick")
        assert done.new == 1
        said = run(served, "log", "recovery", "--weapon", "Kh-101", "--place", "Kyiv")
        assert said.code == 0, said.err
        assert not waiting.done()
        slow.go_on.set()
        assert waiting.result(SECONDS).new == 3
        other.dispose()
    assert Counter(row.actor for row in rows_of(served, "import_run")) == {"tester": 2, "slow": 1}
    assert_chain_holds(served)
    assert_facts_are_current(served)


def test_who_logs_a_new_unit_and_part_does_not_wait_for_a_list_with_a_new_firm(served: str, run: Run) -> None:
    wreck = run(served, *LOGGED_WRECK).rows[0]["ref"]
    slow = Pausing(component("1", "Quuxtronics"), component("2"), publisher="Slow")
    with halfway(served, slow) as waiting:
        said = run(
            served, "log", "component", "--recovery", wreck, "--unit", "Autopilot",
            "--marking", "ADXL345", "--maker", "Analog Devices",
        )  # fmt: skip
        assert said.code == 0, said.err
        assert not waiting.done()
        slow.go_on.set()
        assert waiting.result(SECONDS).new == 2
    assert [row.label for row in rows_of(served, "unit")] == ["Autopilot"]


@pytest.mark.parametrize(
    ("shared", "noun"),
    [
        ({"maker": "Quuxtronics"}, "organization"),
        ({"recovery": recovery("wreck", designation="Kh-4711")}, "weapon_system"),
        ({"mpn": "QX-4711"}, "part"),
    ],
)
def test_who_brings_the_same_new_name_waits_and_finds_it(
    served: str, shared: dict[str, Any], noun: str
) -> None:
    before = len(rows_of(served, noun))
    slow = Pausing(component("1", **shared), component("2"), publisher="Slow")
    with halfway(served, slow) as waiting, ThreadPoolExecutor(1) as pool:
        engine = writing_engine(served)
        same = pool.submit(take_in, engine, component("1", **shared), publisher="Quick")
        with pytest.raises(NotYet):
            same.result(1)
        slow.go_on.set()
        assert waiting.result(SECONDS).new == 2
        assert same.result(SECONDS).new == 1
        engine.dispose()
    assert len(rows_of(served, noun)) == before + 1
    if noun == "part":
        assert len({row.part_id for row in rows_of(served, "identification")}) == 1
        assert len(rows_of(served, "identification")) == 2
    assert_chain_holds(served)
    assert_facts_are_current(served)


NEW = {
    "firm": {"maker": "Quuxtronics"},
    "other firm": {"maker": "Zyzzy Devices"},
    "weapon": {"recovery": recovery("wreck", designation="Kh-4711")},
    "other weapon": {"recovery": recovery("other wreck", designation="Kh-4712")},
    "part": {"mpn": "QX-4711"},
    "other part": {"mpn": "AX-4712"},
}


@pytest.mark.parametrize(
    "pair",
    [
        ("firm", "other firm"), ("weapon", "other weapon"), ("part", "other part"), ("other part", "part"),
        ("firm", "weapon"), ("weapon", "part"), ("part", "firm"),
    ],
)  # fmt: skip
def test_the_same_new_names_in_opposite_order_let_both_end(served: str, pair: tuple[str, str]) -> None:
    first, second = (NEW[name] for name in pair)
    slow = Pausing(component("1", **first), component("2", **second), publisher="Slow")
    engine = writing_engine(served)
    with halfway(served, slow) as waiting, ThreadPoolExecutor(1) as pool:
        turned = [component("1", **second), component("2", **first)]
        other = pool.submit(take_in, engine, *turned, publisher="Quick")
        with pytest.raises(NotYet):
            other.result(1)
        slow.go_on.set()
        assert waiting.result(SECONDS).new == other.result(SECONDS).new == 2
    engine.dispose()
    assert_chain_holds(served)
    assert_facts_are_current(served)


def test_two_imports_and_eight_loggers_at_once_lose_nothing(served: str, tmp_path: Path) -> None:
    """They meet in firms, parts and weapons, new ones too."""
    files = [
        write_list(
            tmp_path / f"{name}.csv",
            [
                {
                    "id": f"{name}{number}",
                    "recovery": f"{name} wreck {number % 7}",
                    "weapon": "Kh-101",
                    "maker": f"{name} firm {number % 5}",
                    "mpn": f"AD{8570 + number % 9}",
                }
                for number in range(ROWS)
            ],
        )
        for name in ("north", "south")
    ]
    writers: list[subprocess.Popen[str]] = [
        start(
            served, "import", "components", file, "--no-read",
            "--source", file.stem, "--publisher", file.stem, "--title", "Finds",
        )
        for file in files
    ] + [
        start(
            served, "--actor", f"logger {number % 4}", "log", "recovery",
            "--weapon", "Vympel-77", "--new-weapon", "--place", f"place {number}",
        )
        for number in range(LOGGERS)
    ]  # fmt: skip
    ended = [(writer.communicate(timeout=SECONDS * 3), writer.returncode) for writer in writers]
    assert [code for _said, code in ended] == [0] * len(writers), ended
    assert len(rows_of(served, "component")) == 2 * ROWS
    assert len(rows_of(served, "recovery")) == 2 * 7 + LOGGERS
    assert len(rows_of(served, "identification")) == 2 * ROWS
    assert len([row for row in rows_of(served, "organization") if not row.from_seed]) == 2 * 5
    assert len([row for row in rows_of(served, "weapon_system") if row.designation == "Vympel-77"]) == 1
    with reading(served) as session:
        from provenance.schema.reference import Part

        twice = select(Part.mpn_key, Part.organization_id).group_by(Part.mpn_key, Part.organization_id)
        assert session.execute(twice.having(func.count() > 1)).all() == []
    assert_chain_holds(served)
    assert_facts_are_current(served)
