"""Keys under which the transliterations of one word meet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.text.transliteration import WITHOUT_VOWELS, frame, likeness, sound_key, stem


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("yuriy", "iurii"),
        ("yuriy", "jurij"),
        ("khabarov", "habarov"),
        ("shukhov", "schuhow"),
        ("philipp", "filip"),
    ],
)
def test_one_sound(left: str, right: str) -> None:
    assert sound_key(left) == sound_key(right)
    assert likeness(left, right) > 0.9


@pytest.mark.parametrize(("left", "right"), [("mhmd", "mohammad"), ("nwr", "noor"), ("hsyn", "hussein")])
def test_letters_of_a_script_without_vowels(left: str, right: str) -> None:
    assert frame(left) == frame(right)
    assert likeness(left + WITHOUT_VOWELS, right) >= 0.6
    assert likeness(right, left + WITHOUT_VOWELS) >= 0.6


@pytest.mark.parametrize(
    ("left", "right"), [("kmt", "kemet"), ("sft", "saft"), ("ltc", "ltk"), ("ttm", "tm")]
)
def test_an_abbreviation_is_no_word_without_its_vowels(left: str, right: str) -> None:
    assert likeness(left, right) == 0
    assert likeness(left, left) == 1


@pytest.mark.parametrize(
    ("left", "right"), [("huawei", "hauwei"), ("obsidian", "obsidan"), ("kvartsit", "kwartsit")]
)
def test_a_slip(left: str, right: str) -> None:
    assert likeness(left, right) > 0.7


@pytest.mark.parametrize(
    ("left", "right"), [("li", "lu"), ("54", "13"), ("scit", "scot"), ("delta", "omega")]
)
def test_another_word(left: str, right: str) -> None:
    assert likeness(left, right) == 0


def test_an_adjective_and_its_name_share_a_stem() -> None:
    assert (
        stem("motovilikhinskiy") == stem("motovilikha") or likeness("motovilikhinskiy", "motovilikha") > 0.6
    )


WORDS = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=12)


@given(WORDS, WORDS)
def test_likeness_goes_both_ways_and_stays_between_0_and_1(left: str, right: str) -> None:
    assert likeness(left, right) == likeness(right, left)
    assert 0 <= likeness(left, right) <= 1
    assert likeness(left, left) == 1
