"""The table of generic words: what it holds true, and how words of any script are found in it."""

from __future__ import annotations

import pytest

from provenance.core.seed import seed_rows
from provenance.screening.tokens import KIND_WEIGHTS
from provenance.text.generic_words import derived_keys, packaged_words


def rows() -> list[dict[str, str]]:
    return list(seed_rows("generic_word.csv"))


def test_keys_and_sounds_are_those_of_their_words() -> None:
    wrong = [row["word"] for row in rows() if (row["key"], row["sound"]) != derived_keys(row["word"])]
    assert wrong == []


def test_a_word_occurs_once_and_its_kind_has_a_weight() -> None:
    words = [row["word"] for row in rows()]
    assert len(words) == len(set(words))
    assert {row["kind"] for row in rows()} <= set(KIND_WEIGHTS)


@pytest.mark.parametrize(
    ("word", "concept"),
    [
        ("tekhnologii", "technology"),
        ("electronic", "electronics"),
        ("elektronnyy", "electronics"),
        ("tic", "trading"),
    ],
)
def test_a_word_leads_to_its_concept(word: str, concept: str) -> None:
    meaning = packaged_words().meaning(word)
    assert meaning is not None
    assert meaning.concept == (concept,)


def test_an_unknown_word_leads_nowhere() -> None:
    assert packaged_words().meaning("obsidian") is None


def test_a_script_without_spaces_is_split_at_known_words() -> None:
    parts = [(text, meaning and meaning.kind) for text, meaning in packaged_words().part("深圳华强电子科技")]
    assert parts == [("深圳", "place"), ("华强", None), ("电子", "generic"), ("科技", "generic")]
