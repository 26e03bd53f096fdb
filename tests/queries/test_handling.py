"""TLP: an answer is as strict as the strictest record that went in, and leaves out what it may not hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.core.tlp import ceiling, strictest, strictness
from provenance.core.vocabulary import Tlp
from tests.support.field_log import component, recovery, say

MARKS = st.none() | st.sampled_from(list(Tlp))
HELD = ("--maker", "Analog Devices", "--identification", "confirmed", "--basis", "logo")
TOP = ("top", "--by", "weapon", "--country", "any", "--min-recoveries", "1", "--format", "json")


@given(st.lists(MARKS, min_size=1))
def test_the_strictest_is_one_of_them_and_no_mark_is_amber(marks: list[Tlp | None]) -> None:
    found = strictest(marks)
    assert found in {mark or Tlp.AMBER for mark in marks}
    assert all(strictness(mark) <= strictness(found) for mark in marks)
    assert all(map(ceiling(found), marks))


@given(MARKS)
def test_no_ceiling_lets_everything_in(mark: Tlp | None) -> None:
    assert ceiling(None)(mark)


@pytest.fixture
def marked(ready: str) -> str:
    """Four wrecks: CLEAR with one RED chip of two, GREEN, unmarked, and unmarked with a CLEAR chip."""
    clear, green = recovery(ready, "--tlp", "CLEAR"), recovery(ready, "--tlp", "GREEN")
    plain, mixed = recovery(ready), recovery(ready)
    component(ready, clear, "--marking", "AD1", *HELD, "--tlp", "RED")
    for place, marking in ((clear, "AD2"), (green, "AD3"), (plain, "AD4")):
        component(ready, place, "--marking", marking, *HELD)
    component(ready, mixed, "--marking", "AD5", *HELD, "--tlp", "CLEAR")
    return ready


@pytest.mark.parametrize(
    ("highest", "components", "left"),
    [("CLEAR", 1, 4), ("GREEN", 2, 3), ("AMBER", 4, 1), ("AMBER+STRICT", 4, 1), ("RED", 5, 0)],
)
def test_top_leaves_out_what_is_stricter_and_says_how_much(
    marked: str, highest: str, components: int, left: int
) -> None:
    found = say(marked, *TOP, "--max-tlp", highest).json
    assert sum(row["components"] for row in found["rows"]) == components
    gone = [item for item in found["basis"]["left_out"] if "stricter than" in item["reason"]]
    assert sum(item["components"] for item in gone) == left
    assert found["basis"]["filters"]["at_most_tlp"] == highest


@pytest.mark.parametrize(
    ("highest", "tlp", "unmarked"), [("CLEAR", "CLEAR", 0), ("GREEN", "GREEN", 0), ("AMBER", "AMBER", 1)]
)
def test_an_answer_states_the_strictest_that_went_in(
    marked: str, highest: str, tlp: str, unmarked: int
) -> None:
    for words in (TOP, ("exposure", "Analog Devices", "--format", "json")):
        assert say(marked, *words, "--max-tlp", highest).json["basis"]["handling"] == {
            "tlp": tlp,
            "unmarked": unmarked,
        }
    assert say(marked, *TOP).json["basis"]["handling"]["tlp"] == "RED"
    assert "TLP:RED " in say(marked, "new", "--since", "2020").out


def test_evidence_carries_it_too(marked: str) -> None:
    words = ("top", "--evidence", "Analog Devices", "--min-recoveries", "1", "--format", "json")
    found = say(marked, *words, "--max-tlp", "GREEN").json
    assert (len(found["rows"]), found["basis"]["handling"]["tlp"]) == (2, "GREEN")


def test_find_and_show_keep_to_it(marked: str) -> None:
    found = say(marked, "find", "AD", "--max-tlp", "GREEN", "--format", "json").json
    shown = [row["matched"] for row in found["rows"] if row["kind"] == "component"]
    assert sorted(shown) == ["AD2", "AD3"]
    assert found["left_out_by_tlp"]["component"] == 3
    assert found["tlp"] == "GREEN"
    rows = say(marked, "find", "AD1", "--format", "json").rows
    red = next(row["ref"] for row in rows if row["kind"] == "component")
    refused = say(marked, "show", red, "--max-tlp", "AMBER")
    assert (refused.code, "TLP:RED" in refused.err) == (4, True)
    assert "TLP:RED" in say(marked, "show", red).out
    hidden = say(marked, "find", "AD1", "--max-tlp", "AMBER")
    assert (hidden.code, "stricter than" in hidden.err) == (4, True)


def test_a_record_shows_its_components_as_far_as_it_may(marked: str) -> None:
    rows = say(marked, "find", "Kh-101", "--format", "json").rows
    refs = [row["ref"] for row in rows if row["kind"] == "recovery"]
    marks = [say(marked, "show", ref, "--format", "json").rows[0]["handle_as"] for ref in refs]
    assert sorted(marks) == ["AMBER", "AMBER", "GREEN", "RED"]
    clear = refs[marks.index("RED")]
    shown = say(marked, "show", clear, "--max-tlp", "CLEAR", "--format", "json").rows[0]
    assert [each["marking"] for each in shown["components"]] == ["AD2"]
    assert shown["left_out"] == {"components": 1}


def test_a_marked_source_makes_what_it_reports_stricter(marked: str) -> None:
    assert say(marked, "log", "belief", _own_log(marked), "--tlp", "RED").code == 0
    found = say(marked, *TOP, "--max-tlp", "AMBER").json
    assert found["rows"] == []


def _own_log(address: str) -> str:
    from tests.importing.state import rows_of

    key: str = next(row.key for row in rows_of(address, "source") if row.publisher == "olena")
    return key
