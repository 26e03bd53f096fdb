"""Numbers that names spell out."""

from __future__ import annotations

import pytest

from provenance.text.number_words import with_digits


@pytest.mark.parametrize(
    ("words", "digits"),
    [
        ("second plant", "2 plant"),
        ("twenty one trading", "21 trading"),
        ("twenty first century", "21 century"),
        ("plant of the fiftieth anniversary", "plant of the 50 anniversary"),
        ("thirteen", "13"),
        ("thirty ten", "30 10"),
        ("one two", "1 2"),
        ("stone", "stone"),
        ("", ""),
    ],
)
def test_spelled_numbers_are_digits(words: str, digits: str) -> None:
    assert with_digits(words.split()) == digits.split()
