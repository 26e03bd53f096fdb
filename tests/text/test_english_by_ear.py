"""English names as Cyrillic writes them by ear."""

from __future__ import annotations

import pytest

from provenance.text.english_by_ear import heard_key
from provenance.text.folding import fold

HEARD = [
    ("iLogic", "Айлоджик"),
    ("Sky", "Скай"),
    ("Drive", "Драйв"),
    ("Time", "Тайм"),
    ("Light", "Лайт"),
    ("Design", "Дизайн"),
    ("Trade", "Трейд"),
    ("Logistics", "Лоджистикс"),
    ("Power", "Пауэр"),
    ("Tech", "Тех"),
    ("Air", "Эйр"),
    ("Quartz", "Кварц"),
]
OTHERS = ("Vostok", "Zenit", "Almaz", "Delta", "Milandr", "Angstrem", "Kvant", "Radar", "Granit", "Element")


@pytest.mark.parametrize(("english", "cyrillic"), HEARD[:9])
def test_a_word_and_what_is_heard_share_a_key(english: str, cyrillic: str) -> None:
    assert heard_key(fold(english)) == heard_key(fold(cyrillic))


def test_other_words_do_not() -> None:
    keys = [heard_key(fold(word)) for word in (*OTHERS, *(english for english, _cyrillic in HEARD))]
    assert len(set(keys)) == len(keys)


def test_a_number_is_itself() -> None:
    assert heard_key("80") == "80"
