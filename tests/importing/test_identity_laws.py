"""What holds for any list without keys: its order, its columns and its division into files are no matter."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from provenance.core.clock import system_clock
from provenance.importing.run import ImportRequest, run_import
from provenance.schema.engines import writing_engine
from provenance.schema.session import Database
from provenance.sources.formats import ReadOptions
from provenance.sources.records import SourceRecord
from provenance.sources.registry import COMPONENTS
from tests.importing.state import content, difference, rows_of
from tests.sources.lists import Row, write_list
from tests.support.databases import Level, SqliteDatabases
from tests.support.days import TODAY

_SOURCE = SourceRecord(key="s", publisher="p", title="t", origin_group="s")
_ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "weapon": st.sampled_from(["Kh-101", "Shahed-136", "Shahed 136"]),
            "serial": st.sampled_from(["M-101", "m 101", "10-1", "101", "unknown", ""]),
            "ref": st.sampled_from(["", "", "U1", "U2"]),
            "marking": st.sampled_from(["LM358", "SMBJ5.0A", "SMBJ50A", "n/a"]),
            "manufacturer": st.sampled_from(["Texas Instruments", "Analog Devices"]),
            "lot": st.sampled_from(["", "A1"]),
        }
    ),
    min_size=1,
    max_size=10,
)


def _take(address: str, folder: Path, rows: list[Row]) -> Any:
    engine = writing_engine(address)
    options = ReadOptions(TODAY, source=_SOURCE)
    file = write_list(folder / "list.csv", rows)
    request = ImportRequest(COMPONENTS.named("components"), file, options, read_markings=False)
    done = run_import(Database(engine, "olena", system_clock), request)
    engine.dispose()
    return done


def _components(address: str) -> Counter[Any]:
    """Every component by where it was found and what it is."""
    uids = {row.id: row.uid for row in rows_of(address, "recovery")}
    return Counter((uids[row.recovery_id], row.marking, row.lot) for row in rows_of(address, "component"))


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=_ROWS, shuffler=st.randoms())
def test_order_columns_and_files_are_no_matter(
    sqlite_databases: SqliteDatabases, tmp_path: Path, rows: list[Row], shuffler: Any
) -> None:
    whole, turned, split = (sqlite_databases.filled(Level.REFERENCE) for _ in range(3))
    first = _take(whole, tmp_path, rows)
    assert first.read == len(rows) == first.new + first.repeated
    assert first.new == len(rows_of(whole, "component"))
    before = content(whole)
    again = _take(whole, tmp_path, [dict(reversed(row.items())) for row in rows[::-1]])
    assert (again.known, again.new, again.changed) == (first.new, 0, 0)
    assert difference(before, content(whole)) == {}
    shuffled = list(rows)
    shuffler.shuffle(shuffled)
    _take(turned, tmp_path, shuffled)
    assert _components(turned) == _components(whole)
    # Equal rows of two files are the same rows: they stay in one.
    left = [row for row in rows if row["marking"] == "LM358" and not row["lot"]]
    for part in (left, [row for row in rows if row not in left]):
        if part:
            _take(split, tmp_path, part)
    assert _components(split) == _components(whole)
    for address in (whole, turned, split):
        sqlite_databases.discard(address)
