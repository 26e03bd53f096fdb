"""Hangul in Latin letters, and what spellings of Korean names share."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.text.korean import korean_key, romanized


@pytest.mark.parametrize(
    ("hangul", "spoken"),
    [
        ("현대", "hyeondae"),
        ("압록강", "amnokgang"),
        ("신라", "silla"),
        ("독립", "dongnip"),
        ("국민", "gungmin"),
        ("설악", "seorak"),
        ("한글", "hangeul"),
        ("한a1", "hana1"),
    ],
)
def test_hangul_is_written_as_it_is_spoken(hangul: str, spoken: str) -> None:
    """The examples of the Revised Romanization's own rules (2000, chapter 3)."""
    assert romanized(hangul) == spoken


@pytest.mark.parametrize(
    "spellings",
    [
        ("hyeondae", "hyundai", "hyondae"),
        ("daeu", "daewoo", "taeu"),
        ("joseon", "choson", "chosun"),
        ("geumgang", "kumgang"),
        ("hanhwa", "hanwha"),
        ("gim", "kim"),
    ],
)
def test_romanizations_of_one_name_share_a_key(spellings: tuple[str, ...]) -> None:
    assert len({korean_key(one) for one in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("hyundai", "honda"), ("daewoo", "tao"), ("samsung", "simpson"), ("kumgang", "kyungnam")],
)
def test_other_names_have_other_keys(one: str, other: str) -> None:
    assert korean_key(one) != korean_key(other)


@given(st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=1, max_size=8))
def test_every_syllable_is_written_in_letters_that_the_key_knows(text: str) -> None:
    spelled = romanized(text)
    assert spelled.isascii()
    assert spelled.isalpha()
    assert set(korean_key(spelled)) <= set("AEIOcskntplmh")
