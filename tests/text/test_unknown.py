from __future__ import annotations

import pytest

from provenance.text.unknown import says_no_number, says_none, says_unknown


@pytest.mark.parametrize(
    "text",
    ["", "  ", "-", "—", "?", "n/a", "N/A", "Not identified", "NOT IDENTIFIED.", "unknown", "UNK", "none",
     "невідомо", "Не встановлено", "неизвестно", "Н/Д", "不明"],
)  # fmt: skip
def test_ways_of_saying_that_it_is_not_known(text: str) -> None:
    assert says_unknown(text)


@pytest.mark.parametrize("text", ["Nana", "NoneSuch Inc", "Unknown Worlds", "NDK", "0", "未知科技"])
def test_a_name_does_not_mean_unknown(text: str) -> None:
    assert not says_unknown(text)


@pytest.mark.parametrize(
    "text",
    ["TBD", "xxx", "XXXX", "ХХХ", "xx-xx", "???", "—", "not known", "NaN", "#N/A", "(unknown)", "missing",
     "не відомо", "невідомі", "дані відсутні", "н.д.", "нд", "уточнюється",
     "неизвестен", "не установлен", "нет данных", "уточняется",
     "不详", "未知", "未详", "待定"],
)  # fmt: skip
def test_one_list_of_words_in_four_languages(text: str) -> None:
    assert says_unknown(text)
    assert says_no_number(text)


@pytest.mark.parametrize(
    "text", ["б/н", "Б/Н", "бн", "no number", "немає", "нет", "без номера", "无", "无编号", "illegible"]
)
def test_in_a_field_for_a_number_there_may_be_none(text: str) -> None:
    assert says_no_number(text)
    assert not says_unknown(text)


@pytest.mark.parametrize(
    "text", ["нет", "Немає", "отсутствует", "відсутня", "无", "没有", "б/н", "unknown", "—", "н/д"]
)
def test_in_a_field_for_a_name_the_word_for_none_is_not_a_name(text: str) -> None:
    assert says_none(text)


@pytest.mark.parametrize(
    "text",
    ["BN", "NET", "NEMA", "HET", "ND", "NK", "X", "XX", "XXL", "WU", "0", "U1", "Xilinx", "NXP", "None Such"],
)
def test_what_only_resembles_such_a_word_is_a_value(text: str) -> None:
    assert not says_unknown(text)
    assert not says_none(text)
    assert not says_no_number(text)
