"""The published lists themselves, where copies lie beside the checkout; nothing of them is kept here."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from provenance.sources.formats import ReadOptions
from provenance.sources.registry import WATCHLISTS
from provenance.sources.tables import Unfinished
from provenance.watchlists.keys import entries_by_key
from tests.support.commands import CHECKOUT
from tests.support.days import TODAY

PLACE = "PROVENANCE_REAL_DATA"


def read(format_name: str, name: str) -> tuple[int, int, int]:
    """How many entries, parties and names a published list has."""
    folder = Path(os.environ.get(PLACE) or CHECKOUT.parent / "shared" / "data") / "watchlists"
    if not (folder / name).is_file():
        pytest.skip(f"the published list is not at {folder / name}; {PLACE} names the folder that it lies in")
    entries = list(WATCHLISTS.named(format_name).read(folder / name, ReadOptions(TODAY)))
    parties, _repeated, disputed = entries_by_key(entries)
    assert disputed == []
    return len(entries), len(parties), sum(len(entry.names) for entry in entries)


@pytest.mark.parametrize(
    ("format_name", "name", "entries"),
    [
        ("ofac-sdn", "ofac_sdn_2022-02-17.csv", 9_056),
        ("ofac-sdn", "ofac_2019/sdn.csv", 7_379),
        ("csl", "csl_2019_excerpt.csv", 115),
        ("csl", "csl_2025_sample.csv", 13),
        ("eu", "eu_2014_833.csv", 1_746),
        ("eu", "eu_2006_765.csv", 408),
        ("eu", "eu_2026_1848_amendment.csv", 157),
        ("ofac-sdn", "ofac_consolidated/cons_prim.csv", 442),
        ("un", "un_consolidated_2026-02.xml", 1_003),
        ("opensanctions-ftm", "opensanctions_zala.ftm.json", 14),
    ],
)
def test_every_record_of_a_published_list_is_an_entry(format_name: str, name: str, entries: int) -> None:
    found, parties, names = read(format_name, name)
    assert (found, parties) == (entries, entries)
    assert names >= entries - 1


def test_the_denied_persons_list_has_several_rows_an_order() -> None:
    entries, parties, _names = read("bis-dpl", "bis_dpl_2019.txt")
    assert entries == parties == 414


def test_the_head_of_a_file_is_not_taken_for_the_file() -> None:
    with pytest.raises(Unfinished):
        read("opensanctions-simple", "opensanctions_targets_simple_sample.csv")
