"""Keys that last: the list's own number, or one made from the name that no order of entries changes."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from provenance.core.vocabulary.watched import ListedNameKind
from provenance.sources.watchlists.records import AddressText, ListEntry, NameText
from provenance.watchlists.keys import entries_by_key


def entry(name: str, **more: Any) -> ListEntry:
    names = (NameText(name, ListedNameKind.PRIMARY),)
    return ListEntry(line=1, names=names, **more)


def test_a_number_of_the_list_is_the_key() -> None:
    found, repeated, disputed = entries_by_key([entry("Reef", identity="7"), entry("Bay", identity="8")])
    assert (list(found), repeated, disputed) == (["7", "8"], 0, [])


def test_the_same_entry_again_is_a_repetition() -> None:
    found, repeated, disputed = entries_by_key([entry("Reef", identity="7")] * 3 + [entry("Bay")] * 2)
    assert (len(found), repeated, disputed) == (2, 3, [])


def test_of_two_different_entries_with_one_number_both_count() -> None:
    """Two tables of a letter, each numbered from 1."""
    reef, bay = entry("Reef", identity="7"), entry("Bay", identity="7")
    found, repeated, disputed = entries_by_key([reef, bay, reef])
    assert ({each.label for each in found.values()}, repeated, disputed) == ({"Reef", "Bay"}, 1, ["7"])
    assert "7" not in found


def test_without_a_number_section_and_name_make_the_key_whatever_the_letters_case() -> None:
    (one,), (other,), (elsewhere,) = (
        entries_by_key([given])[0] for given in (entry("Reef"), entry("REEF"), entry("Reef", section="B"))
    )
    assert one == other != elsewhere
    assert one.startswith("own-")


def test_of_two_entries_of_one_name_a_later_one_leaves_the_other_its_key() -> None:
    earlier = entry("Reef", stated_from=date(2020, 1, 1))
    later = entry("Reef", stated_from=date(2021, 1, 1))
    (alone,) = entries_by_key([earlier])[0]
    together = entries_by_key([later, earlier])[0]
    assert len(together) == 2
    assert together[alone] == earlier


NAMES = st.sampled_from(["Reef", "Bay", "Quartz", "reef"])
ENTRIES = st.lists(
    st.builds(
        lambda name, place, day: entry(
            name, addresses=(AddressText(place, None),) if place else (), stated_from=day
        ),
        NAMES,
        st.sampled_from(["", "1 Quarry Lane", "2 Quarry Lane"]),
        st.sampled_from([None, date(2020, 1, 1), date(2021, 1, 1)]),
    ),
    max_size=12,
)


@given(ENTRIES, st.randoms())
def test_no_order_of_entries_changes_a_key(entries: list[ListEntry], chance: random.Random) -> None:
    shuffled = list(entries)
    chance.shuffle(shuffled)
    found, repeated, _disputed = entries_by_key(entries)
    again, repeated_again, _again = entries_by_key(shuffled)
    assert {key: one.digest() for key, one in found.items()} == {
        key: one.digest() for key, one in again.items()
    }
    assert repeated == repeated_again == len(entries) - len(found)
