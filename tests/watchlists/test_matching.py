"""A letter that is issued again, numbered anew, has the same parties: by content, not by number."""

from __future__ import annotations

import random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from provenance.screening.identity import DIGEST_LENGTH
from provenance.sources.customers import Customer
from provenance.sources.watchlists.records import (
    CONTENT_DIGITS,
    AddressText,
    IdentifierText,
    ListEntry,
    NameText,
)
from provenance.watchlists.keys import entries_by_key
from provenance.watchlists.matching import Features, features_of, matched
from tests.support.imported_lists import Lists

JAN, FEB, MAR = "2024-01-01", "2024-02-01", "2024-03-01"


def entry(number: str | None, name: str, place: str = "", inn: str = "", **more: Any) -> ListEntry:
    return ListEntry(
        line=1,
        names=(NameText(name),),
        identity=number,
        own_id=number,
        addresses=(AddressText(place),) if place else (),
        identifiers=(IdentifierText(inn, "INN"),) if inn else (),
        **more,
    )


def stored(*entries: ListEntry) -> dict[str, Features]:
    return {key: features_of(one) for key, one in entries_by_key(entries)[0].items()}


def keys(before: dict[str, Features], *entries: ListEntry) -> dict[str, str]:
    """The key that each entry has, by name."""
    found = matched(entries_by_key(entries)[0], before)
    return {one.label: key for key, one in found.parties.items()}


HELIX, BAY, REEF = entry("1", "Obsidian Helix LLC"), entry("2", "Zircon Bay"), entry("3", "Marble Reef GmbH")
BEFORE = stored(HELIX, BAY, REEF)


class TestRenumbered:
    def test_parties_keep_their_keys_when_the_list_is_numbered_anew(self) -> None:
        found = keys(BEFORE, entry("1", "Zircon Bay"), entry("2", "Marble Reef GmbH"))
        assert found == {"Zircon Bay": "2", "Marble Reef GmbH": "3"}

    def test_a_new_party_does_not_take_the_key_of_the_one_that_had_its_number(self) -> None:
        new = entry("1", "Quartz Harbour Ltd")
        found = matched(entries_by_key([new, entry("2", "Zircon Bay")])[0], BEFORE)
        (key,) = (key for key, one in found.parties.items() if one is new)
        assert key not in BEFORE
        assert "Quartz Harbour Ltd has the number 1" in found.review[0][1]

    def test_a_number_used_twice_in_one_issue_leaves_parties_known_by_name(self) -> None:
        """Two tables, each numbered from 1, where the issue before had one table."""
        found = keys(BEFORE, HELIX, BAY, REEF, entry("1", "Quartz Harbour Ltd"))
        assert {name: key for name, key in found.items() if key in BEFORE} == {
            "Obsidian Helix LLC": "1", "Zircon Bay": "2", "Marble Reef GmbH": "3",
        }  # fmt: skip
        assert len(set(found.values())) == 4


class TestRenamed:
    def test_a_corrected_spelling_under_the_same_number_is_the_same_party(self) -> None:
        assert keys(BEFORE, entry("2", "Zircon Bays"))["Zircon Bays"] == "2"

    def test_another_digit_is_another_party(self) -> None:
        before = stored(entry("1", "Experimental Plant 4"))
        assert keys(before, entry("1", "Experimental Plant 5"))["Experimental Plant 5"] != "1"

    def test_another_name_with_the_same_number_and_address_is_the_same_party(self) -> None:
        before = stored(entry("1", "Obsidian Helix LLC", "5 Quarry Lane, Riga"))
        assert keys(before, entry("1", "Granit Trade", "5 Quarry Lane, Riga"))["Granit Trade"] == "1"

    def test_another_legal_form_is_the_same_party_where_something_is_in_common(self) -> None:
        before = stored(entry(None, "Obsidian Helix Ltd", "5 Quarry Lane, Riga", "7709998887"))
        (key,) = before
        assert keys(before, entry(None, "Obsidian Helix GmbH", inn="7709998887")) == {
            "Obsidian Helix GmbH": key
        }
        assert key not in keys(before, entry(None, "Obsidian Helix GmbH", "9 Harbour Way")).values()

    def test_a_shared_address_alone_makes_nobody_the_same(self) -> None:
        before = stored(entry(None, "Obsidian Helix", "5 Quarry Lane, Riga"))
        assert not keys(before, entry(None, "Granit Trade", "5 Quarry Lane, Riga")).values() & before.keys()


NAMES = ["Obsidian Helix", "Zircon Bay", "Marble Reef", "Quartz Harbour", "Granit Vektor", "Lotus Bridge"]


@given(names=st.lists(st.sampled_from(NAMES), unique=True), chance=st.randoms(use_true_random=False))
def test_any_new_numbering_leaves_all_parties_the_same(names: list[str], chance: random.Random) -> None:
    first = [entry(str(place), name) for place, name in enumerate(names)]
    numbers = [str(place) for place in range(len(names))]
    chance.shuffle(numbers)
    again = [entry(number, name) for number, name in zip(numbers, names, strict=True)]
    before = stored(*first)
    assert keys(before, *again) == {name: str(place) for place, name in enumerate(names)}


def test_a_reissued_letter_delists_nobody(lists: Lists) -> None:
    rows = [{"id": str(place), "name": f"{name} Ltd"} for place, name in enumerate(NAMES[:5], start=1)]
    again = [{"id": str(place), "name": f"{name} Ltd"} for place, name in enumerate(NAMES[1:], start=1)]
    lists.add(JAN, *rows)
    lists.add(FEB, *again)
    lists.add(MAR, *again)
    changes = lists.changes("ours", JAN, FEB)
    assert sorted((change, party) for change, party in changes if change != "changed") == [
        ("delisted", "Obsidian Helix Ltd"), ("listed", "Lotus Bridge Ltd"),
    ]  # fmt: skip
    assert lists.changes("ours", FEB, MAR) == []


def test_a_judgement_outlives_a_new_numbering(lists: Lists) -> None:
    """What a judgement rests on is what the entry states, not its number."""
    first = entry("1", "Obsidian Helix", "5 Quarry Lane, Riga")
    again = entry("7", "Obsidian Helix", "5 Quarry Lane, Riga")
    moved = entry("1", "Obsidian Helix", "9 Harbour Way, Riga")
    assert DIGEST_LENGTH <= CONTENT_DIGITS
    assert first.digest() != again.digest()
    assert first.digest()[:DIGEST_LENGTH] == again.digest()[:DIGEST_LENGTH]
    assert first.digest()[:DIGEST_LENGTH] != moved.digest()[:DIGEST_LENGTH]
    lists.add(JAN, {"id": "1", "name": "Obsidian Helix"})
    lists.add(FEB, {"id": "1", "name": "Zircon Bay"}, {"id": "7", "name": "Obsidian Helix"})
    (hit,) = lists.screen(Customer(1, "Obsidian Helix")).hits
    assert hit.key == "7"
    assert lists.changes("ours", JAN, FEB) == [("listed", "Zircon Bay")]
