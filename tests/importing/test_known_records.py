"""What an import has met already."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from provenance.importing.known_records import SeenRecords


@given(st.dictionaries(st.text(), st.integers(0, 500_000), max_size=50))
def test_what_was_met_is_never_forgotten(records: dict[str, int]) -> None:
    seen = SeenRecords()
    seen.note(records.keys(), list(records.values()))
    assert seen.perhaps(list(records)) == set(records)
    assert all(map(seen.met, records.values()))


def test_hardly_anything_else_is_taken_for_met() -> None:
    seen = SeenRecords()
    assert seen.perhaps(["C1"]) == set()
    seen.note([f"C{number:07}" for number in range(20_000)], range(20_000))
    assert len(seen.perhaps([f"D{number:07}" for number in range(20_000)])) < 200
    assert not seen.met(20_000)
    assert not seen.met(10_000_000)
