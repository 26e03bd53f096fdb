"""What the words of a customs line state, and what only looks like a part number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.text.goods_words import GoodsWords, read_goods


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "МИКРОСХЕМЫ, АРТ. AD9361BBCZ, ПРОИЗВОДИТЕЛЬ ANALOG DEVICES, D/C 2135, 20 ШТ",
            GoodsWords(("AD9361BBCZ",), (), ("ANALOG DEVICES",), ("2135",), 20),
        ),
        (
            "Товарный знак: ANALOG DEVICES; Модель AD9361BBCZ; Артикул AD9361BBCZ; Количество 1 200 шт",
            GoodsWords(("AD9361BBCZ",), (), ("ANALOG DEVICES",), (), 1200),
        ),
        ("PART NO. LTC2209CUP#PBF", GoodsWords(("LTC2209CUP#PBF",))),
        ("ИМС STM32F765VIT6 И LM358DR", GoodsWords((), ("STM32F765VIT6", "LM358DR"))),
        ("CAPACITORS 100V 10UF SOT-23 RS-485 USB2.0", GoodsWords()),
        # Two numbers of pieces: which is the line's, is not stated.
        ("LM358DR 20 ШТ, NE555P 30 ШТ", GoodsWords((), ("LM358DR", "NE555P"))),
        ("Cellular modules for four bands", GoodsWords()),
        ("ARTICLES OF PLASTIC, SMART CARDS", GoodsWords()),
    ],
)
def test_lines_of_declarations(text: str, wanted: GoodsWords) -> None:
    assert read_goods(text) == wanted


# EN 60825 and ISO 9001 are standards, SOT23 and DIP16 packages: none is a part wherever it stands.
NUMBERS = st.from_regex(r"[QVXZ][A-Z]{1,2}[0-9]{3,5}[A-Z]{1,4}", fullmatch=True)
WORDS = st.lists(
    st.sampled_from(["МИКРОСХЕМЫ", "ИНТЕГРАЛЬНЫЕ", "NEW", "В УПАКОВКЕ", "ГРАЖДАНСКИЕ"]), max_size=4
)


@given(st.sampled_from(["АРТ.", "Артикул:", "P/N", "Part No.", "МОДЕЛЬ"]), NUMBERS, WORDS, WORDS)
def test_a_number_behind_its_word_is_read_wherever_it_stands(
    cue: str, number: str, before: list[str], after: list[str]
) -> None:
    found = read_goods(" ".join([*before, cue, f"{number},", *after]))
    assert (found.numbers, found.candidates) == ((number,), ())


@given(WORDS, st.integers(0, 99999))
def test_words_and_counts_are_no_part(words: list[str], count: int) -> None:
    found = read_goods(" ".join([*words, str(count), "ШТ"]))
    assert (found.numbers, found.candidates, found.pieces) == ((), (), count)
