"""Which format a file looks like: said to whoever asked for another one, and only where it helps."""

from __future__ import annotations

from pathlib import Path

import pytest

from provenance.core.errors import BadInput
from provenance.sources.formats import ReadOptions
from provenance.sources.recognition import UNKNOWN_COLUMNS
from provenance.sources.registry import COMPONENTS, CUSTOMERS, PARTS
from tests.support.days import TODAY


def refusal(file: Path, content: bytes) -> BadInput:
    file.write_bytes(content)
    with pytest.raises(BadInput) as caught:
        list(COMPONENTS.named("components").read(file, ReadOptions(TODAY)))
    return caught.value


def test_a_catalogue_is_not_a_list_of_components(tmp_path: Path) -> None:
    refused = refusal(tmp_path / "list.csv", b"MPN,Manufacturer\nAD8572A,Analog Devices\n")
    assert refused.reason == (
        "columns are missing: one of recovery, weapon, serial, tail is needed; understood: MPN as mpn,"
        " Manufacturer as maker; the header has MPN, Manufacturer"
    )
    assert refused.hint.startswith(f"The file looks like parts (parts: {PARTS.formats[0].title})")
    assert refused.code == UNKNOWN_COLUMNS


def test_customers_are_called_what_they_may_be(tmp_path: Path) -> None:
    refused = refusal(tmp_path / "list.csv", b"Name,Country\nMarble Reef,DE\n")
    assert "looks like customers (" in refused.hint
    assert CUSTOMERS.formats[0].title in refused.hint


@pytest.mark.parametrize(
    "content",
    ["MPN,Manufacturer,MPN\nAD8572A,Аналог,1\n".encode(), "MPN,Manufacturer,Назва\n".encode() + b"\xff"],
    ids=["twice", "encoding"],
)
def test_a_broken_table_is_not_taken_for_another_format(tmp_path: Path, content: bytes) -> None:
    assert "looks like" not in refusal(tmp_path / "list.csv", content).hint
