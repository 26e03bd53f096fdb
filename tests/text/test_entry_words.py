from __future__ import annotations

import pytest

from provenance.text.entry_words import KIND_NOUNS, date_kind_of, is_common_word, kind_of_noun


def test_every_noun_has_one_kind_only() -> None:
    nouns = [noun.lower() for told in KIND_NOUNS.values() for noun in told]
    assert len(nouns) == len(set(nouns))
    for kind, told in KIND_NOUNS.items():
        assert {kind_of_noun(noun) for noun in told} == {kind}


@pytest.mark.parametrize("word", ["Portable", "UAV", "HF-VHF", "KH/VHF", "missiles", "MLRS"])
def test_words_of_the_field_are_common(word: str) -> None:
    assert is_common_word(word)


@pytest.mark.parametrize("word", ["Lancet", "Kh-101", "Forpost-R", "V2U", ""])
def test_names_are_not_common(word: str) -> None:
    assert not is_common_word(word)


@pytest.mark.parametrize(
    ("word", "kind"), [("Used", "used"), ("researched", "examined"), ("blue", "unstated")]
)
def test_a_word_before_a_date_gives_its_kind(word: str, kind: str) -> None:
    assert date_kind_of(word) == kind
