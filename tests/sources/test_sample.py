"""The curated sample as a format: what travels with the program, and what is said of a broken one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from provenance.core.errors import BadInput
from provenance.seeding import files
from provenance.seeding.sample import SAMPLE_FILES, Sample, sample_file
from provenance.sources.formats import ReadOptions
from provenance.sources.records import ComponentRecord
from tests.support.days import TODAY


def read() -> list[ComponentRecord]:
    found = list(Sample().read(sample_file(), ReadOptions(TODAY)))
    assert all(isinstance(record, ComponentRecord) for record in found)
    return [record for record in found if isinstance(record, ComponentRecord)]


def test_the_sample_is_small_and_each_entry_has_its_record_s_address() -> None:
    records = read()
    assert 100 <= len(records) <= 400
    assert len({record.key for record in records}) == len(records)
    assert 10 <= len({record.recovery.key for record in records}) <= 16
    assert all((record.address or "").startswith("https://") for record in records)


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the sample to break."""
    for name in SAMPLE_FILES:
        shutil.copy(files.seed_path() / name, tmp_path / name)
    monkeypatch.setattr(files, "seed_path", lambda: tmp_path)
    return tmp_path / "sample_component.csv"


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def refusal() -> str:
    with pytest.raises(BadInput) as caught:
        read()
    return caught.value.message


def test_a_missing_column_is_named(broken: Path) -> None:
    replace(broken, ",maker,", ",producer,")
    assert refusal() == "sample_component.csv:2: there is no column maker"


def test_a_recovery_that_is_not_there_is_named(broken: Path) -> None:
    replace(broken, "entry:missile-kh-101", "entry:misile-kh-101")
    assert "sample_component.csv:2: recovery: there is none with key entry:misile" in refusal()


def test_a_value_out_of_its_vocabulary_is_named(broken: Path) -> None:
    replace(broken, ",logic,", ",sausage,")
    assert refusal() == "sample_component.csv:2: category: 'sausage' is not a valid ComponentCategory"
