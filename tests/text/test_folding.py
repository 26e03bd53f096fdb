from __future__ import annotations

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from provenance.text.folding import (
    fold,
    fold_each,
    fold_marking,
    fold_words,
    nfkc,
    printable,
    repair_lookalikes,
    script_of,
    search_text,
)

letters_and_digits = st.characters(categories=["Lu", "Ll", "Lt", "Lo", "Lm", "Nd", "Nl", "No"])
composed_texts = st.text(letters_and_digits).map(nfkc)
any_texts = st.text()


@st.composite
def pieces_of_texts(draw: st.DrawFn) -> tuple[str, str]:
    text = draw(composed_texts)
    start = draw(st.integers(0, len(text)))
    return text, text[start : draw(st.integers(start, len(text)))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Интеграл", "Integral"),
        ("ИНТЕГРАЛ", "integral"),
        ("Х-101", "Kh-101"),
        ("KH 101", "Kh-101"),
        ("Герань-2", "Geran-2"),
        ("ＳＴＭ３２", "STM32"),
        ("Würth", "Wurth"),
        ("Wu\u0308rth", "Würth"),
        ("Koç", "KOC"),
        ("Peak Еlectronics", "Peak Electronics"),
        ("Xi'an", "Xi’an"),
        ("科 技", "科技"),
        ("ｶﾞ", "ガ"),
        ("Intel®", "Intel™"),
        ("№5", "No. 5"),
    ],
)
def test_spellings_of_one_thing_share_a_key(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_a_key_is_small_latin_letters_and_digits() -> None:
    assert fold("深圳科技有限公司") == "shenzhenkejiyouxiangongsi"
    assert fold("شاهد 136") == "shahd136"
    assert fold(" -–— ") == ""


def test_two_ideographs_are_found_inside_a_name() -> None:
    assert fold("科技") in fold("深圳科技有限公司")
    assert fold("科技") not in fold("深圳电子有限公司")


def test_a_letter_without_transliteration_stands_for_itself() -> None:
    assert fold("𒀀") == "𒀀"


def test_words_are_kept_apart_on_request() -> None:
    assert fold_words("S.A. Hi-Link (Xi'an)") == "s a hi link xian"


@given(pieces_of_texts())
def test_the_key_of_a_piece_is_a_piece_of_the_key(text_and_piece: tuple[str, str]) -> None:
    text, piece = text_and_piece
    assert fold(piece) in fold(text)
    assert fold(piece) in search_text(text)
    assert fold_marking(piece) in fold_marking(text)


@given(any_texts)
def test_a_key_has_no_case_spaces_or_punctuation(text: str) -> None:
    for char in fold(text):
        assert unicodedata.category(char)[0] in "LN"
        assert char.isascii() or char.lower() == char or unicodedata.category(char) == "Lo"
        assert not ("A" <= char <= "Z")


@given(st.text(st.characters(codec="ascii")))
def test_the_key_of_ascii_text_ignores_case_and_is_its_own_key(text: str) -> None:
    assert fold(text.upper()) == fold(text.lower()) == fold(fold(text))


@given(st.text(st.characters(codec="ascii")))
def test_a_foreign_word_beside_it_changes_no_word_of_ascii_text(text: str) -> None:
    assert fold_words(f"{text} Ж").split() == [*fold_words(text).split(), "zh"]


@given(st.lists(any_texts | st.text(st.characters(codec="ascii"))))
def test_the_keys_of_many_texts_are_the_key_of_each(texts: list[str]) -> None:
    assert fold_each(texts) == [fold(text) for text in texts]


@given(any_texts)
def test_words_without_their_spaces_are_the_key(text: str) -> None:
    assert fold_words(text).replace(" ", "") == fold(text)


@pytest.mark.parametrize(
    ("marking", "key"),
    [
        ("С8051F120", "C8051F120"),
        ("S29AL032D70TАI00", "S29AL032D70TAI00"),
        ("ВСНКМРТУХ", "BCHKMPTYX"),
        ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX"),
        ("adsp-21060", "ADSP21060"),
        ("с8051f120", "C8051F120"),
        ("µA741", "UA741"),
        ("μPD720", "UPD720"),
        ("1533ЛА3", "1533LA3"),
        ("LM317™ / TO-220", "LM317TO220"),
        ("-- --", ""),
    ],
)
def test_a_marking_is_read_by_its_look(marking: str, key: str) -> None:
    assert fold_marking(marking) == key


def test_sound_and_look_of_a_cyrillic_letter_differ() -> None:
    assert (fold("С8051"), fold_marking("С8051")) == ("s8051", "C8051")


@given(any_texts)
def test_the_key_of_a_marking_is_its_own_key(text: str) -> None:
    key = fold_marking(text)
    assume(key.isascii())
    assert fold_marking(key) == key
    assert key == "" or key.isalnum()


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("Pommier FurgoСar SRL", "Pommier FurgoCar SRL"),
        ("Сo., Ltd", "Co., Ltd"),
        ("Cоюз", "Союз"),
        ("Peak Еlectronics Интеграл", "Peak Electronics Интеграл"),
        ("Οmron", "Omron"),
        ("СВЧ", "СВЧ"),
        ("КР1533ЛА3", "КР1533ЛА3"),
        ("ЖurnalФ", "ЖurnalФ"),
        ("µPD720", "µPD720"),
        ("plain", "plain"),
    ],
)
def test_a_word_of_two_alphabets_is_repaired_where_its_look_decides(text: str, mended: str) -> None:
    assert repair_lookalikes(text) == mended


@given(any_texts)
def test_repaired_text_stays(text: str) -> None:
    assert repair_lookalikes(repair_lookalikes(text)) == repair_lookalikes(text)


def test_search_text_holds_both_readings_of_a_mixed_word() -> None:
    stored = search_text("FurgoСar")
    assert fold("FurgoCar") in stored
    assert fold("FurgoСar") in stored
    assert search_text("Furgocar") == "furgocar"


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Integral", "latin"),
        ("Würth ＡＢ", "latin"),
        ("Интеграл-2", "cyrillic"),
        ("深圳科技", "han"),
        ("شاهد", "arabic"),
        ("삼성전자", "hangul"),
        ("ソニー", "kana"),
        ("東京エレクトロン", "kana"),
        ("三星전자", "hangul"),
        ("Ανώνυμη", "greek"),
        ("Հայաստան", "other"),
        ("TDK株式会社", "mixed"),
        ("ООО TREK", "mixed"),
        ("12-345", "none"),
        ("", "none"),
    ],
)
def test_the_script_of_a_text(text: str, script: str) -> None:
    assert script_of(text) == script


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred\x07", r"\x1b[31mred\x07"),
        ("two\nlines\ttab\u2028end", r"two\nlines\ttab\u2028end"),
        ("evil\u202etxt.exe\u200b", r"evil\u202etxt.exe\u200b"),
        ("\x9b2J\ud800", r"\x9b2J\ud800"),
        ("Интеграл [bold] 科技 \\", "Интеграл [bold] 科技 \\"),
    ],
)
def test_what_acts_is_shown_instead(text: str, shown: str) -> None:
    assert printable(text) == shown


@given(st.text(st.characters()))
def test_nothing_that_acts_reaches_the_terminal(text: str) -> None:
    shown = printable(text)
    assert not {unicodedata.category(char) for char in shown} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert printable(shown) == shown
    shown.encode("utf-8")
