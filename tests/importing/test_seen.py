"""What an import has met already."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from provenance.importing.seen import SeenRecords


@given(st.dictionaries(st.text(), st.integers(0, 500_000), max_size=50))
def test_what_was_met_is_never_forgotten(records: dict[str, int]) -> None:
    seen = SeenRecords()
    for key, component in records.items():
        seen.note(key, component)
    assert all(seen.perhaps(key) and seen.met(component) for key, component in records.items())


def test_hardly_anything_else_is_taken_for_met() -> None:
    seen = SeenRecords()
    for number in range(20_000):
        seen.note(f"C{number:07}", number)
    assert sum(seen.perhaps(f"D{number:07}") for number in range(20_000)) < 200
    assert not seen.met(20_000)
    assert not seen.met(10_000_000)
