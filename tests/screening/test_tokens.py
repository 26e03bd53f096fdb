"""Which tokens two names are compared by, and that a spelling mistake leaves them a common blocking key."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.screening.search import LEAST_SIMILAR
from provenance.screening.tokens import (
    EXACT,
    FUZZY,
    INITIALS,
    KIND_WEIGHTS,
    PHONETIC,
    Token,
    blocking_keys,
    kind_weight,
    tokens,
)
from provenance.text.name_words import name_words
from provenance.text.transliteration import likeness


def listed(name: str) -> list[Token]:
    return list(tokens(name_words(name), listed=True))


def asked(name: str) -> list[Token]:
    return list(tokens(name_words(name), listed=False))


def test_words_come_first_then_neighbours_joined() -> None:
    assert listed("Obsidian Helix") == [
        Token("obsidian", 0, 1, FUZZY),
        Token("helix", 1, 1, FUZZY),
        Token("obsidianhelix", 0, 2, PHONETIC),
    ]


def test_a_generic_word_matches_only_itself() -> None:
    assert Token("trading", 1, 1, EXACT) in listed("Obsidian Trading")


def test_three_words_are_also_one_word_and_initials() -> None:
    found = listed("Obsidian Helix Marble")
    assert Token("obsidianhelixmarble", 0, 3, PHONETIC) in found
    assert Token("=ohm", 0, 3, INITIALS) in found


def test_initials_of_two_long_names_do_not_match() -> None:
    long_names = ("Obsidian Helix Marble", "Ochre Harbour Meadow")
    texts = [
        {token.text for token in tokens_of} for tokens_of in (listed(long_names[0]), asked(long_names[1]))
    ]
    assert not texts[0] & texts[1]


def test_an_abbreviation_asked_about_matches_listed_initials() -> None:
    assert {token.text for token in listed("Obsidian Helix Marble")} & {
        token.text for token in asked("OHM Ltd")
    } == {"=ohm"}


@pytest.mark.parametrize(
    ("text", "kind", "weight"),
    [("obsidian", "own", 1.0), ("o", "own", 0.35), ("trading", "generic", 0.35), ("9", "number", 0.8)],
)
def test_a_word_weighs_by_its_kind_and_a_single_letter_little(text: str, kind: str, weight: float) -> None:
    assert kind_weight(text, kind) == weight


def test_a_word_of_ones_own_weighs_most() -> None:
    assert max(KIND_WEIGHTS, key=KIND_WEIGHTS.__getitem__) == "own"


WORD = st.text("abdegiklmnoprstuvz", min_size=5, max_size=12)


@given(WORD, st.data())
def test_a_word_without_one_of_its_letters_shares_a_key_with_it(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(word) - 1))
    shorter = word[:place] + word[place + 1 :]
    assert set(blocking_keys(word, FUZZY)) & set(blocking_keys(shorter, FUZZY))


@given(WORD, st.data())
def test_two_letters_swapped_share_a_key(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(word) - 2))
    swapped = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    assert set(blocking_keys(word, FUZZY)) & set(blocking_keys(swapped, FUZZY))


@given(WORD, WORD)
def test_texts_that_must_be_equal_share_a_key_only_when_they_are(one: str, other: str) -> None:
    assert (set(blocking_keys(one, EXACT)) == set(blocking_keys(other, EXACT))) == (one == other)


def test_a_fuzzy_text_has_the_keys_of_an_exact_one() -> None:
    assert set(blocking_keys("obsidian", EXACT)) < set(blocking_keys("obsidian", PHONETIC))
    assert set(blocking_keys("obsidian", PHONETIC)) < set(blocking_keys("obsidian", FUZZY))


def test_a_word_with_digits_has_one_key() -> None:
    assert len(blocking_keys("plant9", FUZZY)) == 1


def test_likeness_knows_a_swap_of_letters() -> None:
    assert likeness("obsidian", "obsidain") >= LEAST_SIMILAR > likeness("obsidian", "meadow")
