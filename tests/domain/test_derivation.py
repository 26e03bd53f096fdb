"""What is derived follows its statement, and disappears with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.importing.state import rows_of
from tests.support.field_log import component, only, recovery, say, standing

MARKING = ("--marking", "AD7606BSTZ // #2135")
DERIVED = ("made_basis", "category", "category_basis", "hs6_basis")


def derived(address: str) -> tuple[Any, ...]:
    row = only(address, "component")
    return tuple(getattr(row, name) for name in DERIVED)


def belief(address: str, ref: str, *words: str) -> None:
    said = say(address, "log", "belief", ref, *words, "--basis", "seen under a microscope")
    assert said.code == 0, said.err


def test_a_category_read_by_a_maker_goes_with_that_maker(fresh: str) -> None:
    ref = component(fresh, recovery(fresh), *MARKING)
    before = derived(fresh)
    assert before[:3] == ("date code read from the marking", "analog", "read from the marking")
    belief(fresh, ref, "--maker", "Texas Instruments", "--identification", "confirmed")
    # A part of Analog Devices is no part of Texas Instruments.
    assert standing(fresh, "identification") == []
    assert derived(fresh)[1:] == (None, None, None)
    belief(fresh, ref, "--maker", "Analog Devices", "--identification", "confirmed")
    assert derived(fresh) == before
    (part,) = standing(fresh, "identification")
    assert (part.as_written, part.status, part.said_by) == ("AD7606BSTZ", "tentative", None)


def test_what_a_person_left_unidentified_has_no_category_by_its_number(fresh: str) -> None:
    component(fresh, recovery(fresh), *MARKING, "--identification", "unidentified")
    assert rows_of(fresh, "identification") == rows_of(fresh, "maker_attribution") == []
    assert derived(fresh)[1:3] == (None, None)


def test_what_is_withdrawn_keeps_nothing_that_was_read(fresh: str) -> None:
    ref = component(fresh, recovery(fresh), *MARKING, "--date-code", "2135")
    assert say(fresh, "log", "withdraw", ref, "--reason", "logged twice").code == 0
    assert standing(fresh, "identification") == standing(fresh, "maker_attribution") == []
    # The date code is stated, and so is what it says.
    assert derived(fresh) == ("date code", None, None, None)


def test_reading_again_changes_nothing_that_comes_out_the_same(fresh: str) -> None:
    component(fresh, recovery(fresh), *MARKING)
    before = rows_of(fresh, "identification"), rows_of(fresh, "maker_attribution"), derived(fresh)
    assert say(fresh, "read-markings").code == 0
    assert before == (rows_of(fresh, "identification"), rows_of(fresh, "maker_attribution"), derived(fresh))


def test_a_category_by_the_catalogue_follows_the_catalogue(fresh: str, tmp_path: Path) -> None:
    words = ("--maker", "Analog Devices", "--mpn", "QZX1234", "--identification", "confirmed")
    component(fresh, recovery(fresh), *words, "--basis", "logo")
    assert derived(fresh)[1:3] == (None, None)
    for category in ("memory", "sensor"):
        file = tmp_path / f"{category}.csv"
        file.write_text(f"mpn,maker,category\nQZX1234,Analog Devices,{category}\n", encoding="utf-8")
        source = ("--source", "book", "--publisher", "An editor", "--title", "A book")
        assert say(fresh, "import", "parts", file, *source).code == 0
        assert derived(fresh)[1:3] == (category, "by the part's entry in the catalogue")
