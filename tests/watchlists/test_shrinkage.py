"""A version that lost a part of the list is told, even where the whole hardly shrank."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from provenance.watchlists.shrinkage import FEWEST_OF_A_SECTION, falls, told


def parties(**sections: int) -> dict[str, str | None]:
    return {f"{name}-{place}": name for name, count in sections.items() for place in range(count)}


def test_a_section_that_is_missing_is_told() -> None:
    found = falls(parties(SDN=100, ISN=8), parties(SDN=100))
    assert told(found) == "ISN: 0 parties instead of 8, a fall of 100%"


def test_a_section_that_lost_more_than_a_fifth_is_told() -> None:
    assert told(falls(parties(SDN=100, EL=20), parties(SDN=100, EL=15))) == (
        "EL: 15 parties instead of 20, a fall of 25%"
    )
    assert falls(parties(SDN=100, EL=20), parties(SDN=100, EL=16)) == []


def test_of_a_small_section_only_its_disappearance_is_told() -> None:
    few = FEWEST_OF_A_SECTION - 1
    assert falls(parties(SDN=100, EL=few), parties(SDN=100, EL=1)) == []


def test_a_section_under_another_name_did_not_shrink() -> None:
    before = parties(Russia=20, Syria=20)
    renamed = {key: f"{section} regime" for key, section in before.items()}
    assert falls(before, renamed) == []


def test_the_whole_list_comes_first() -> None:
    found = falls(parties(A=10, B=40), parties(A=10))
    assert [one.section for one in found] == [None, "B"]
    assert "10 parties instead of 50, a fall of 80%" in told(found)


SECTIONS = st.dictionaries(
    st.integers(0, 60).map(str), st.sampled_from(["A", "B", "C", None]), min_size=1, max_size=40
)


@given(before=SECTIONS, gone=st.sets(st.integers(0, 60).map(str)))
def test_nothing_is_told_where_nothing_is_gone_and_all_that_vanished_is(
    before: dict[str, str | None], gone: set[str]
) -> None:
    assert falls(before, before) == []
    now = {key: section for key, section in before.items() if key not in gone}
    vanished = {section for section in before.values() if section} - set(now.values())
    assert vanished <= {one.section for one in falls(before, now)}
