"""Records that an import has met already."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from provenance.importing.imported_records import ImportedRecords


@given(st.dictionaries(st.text(), st.integers(0, 500_000), max_size=50))
def test_what_was_imported_is_never_forgotten(records: dict[str, int]) -> None:
    imported = ImportedRecords()
    imported.add(records.keys(), list(records.values()))
    assert imported.may_contain(list(records)) == set(records)
    assert all(map(imported.has_component, records.values()))


def test_hardly_anything_else_passes_for_imported() -> None:
    imported = ImportedRecords()
    assert imported.may_contain(["C1"]) == set()
    imported.add([f"C{number:07}" for number in range(20_000)], range(20_000))
    assert len(imported.may_contain([f"D{number:07}" for number in range(20_000)])) < 200
    assert not imported.has_component(20_000)
    assert not imported.has_component(10_000_000)
