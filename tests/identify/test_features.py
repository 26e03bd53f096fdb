"""Features of a marking: runs and shapes of its numbers, the words of its description."""

from __future__ import annotations

from provenance.identify.features import HASH_DATE, description_words, number_runs, number_shapes
from provenance.text.markings import read_marking


def test_runs_lie_inside_one_number_and_know_its_ends() -> None:
    runs = number_runs(read_marking("ADM3202 21"))
    assert {"^AD", "^ADM", "3202", "202$"} <= set(runs)
    assert not any("20221" in run for run in runs)


def test_a_number_in_cyrillic_has_no_runs_and_no_shape_of_a_latin_one() -> None:
    assert number_runs(read_marking("КТ3102БМ")) == () == number_shapes(read_marking("КТ3102БМ"))
    assert "^C80" in number_runs(read_marking("С8051F120")), "look-alikes are read as Latin"


def test_the_shape_of_a_number_distinguishes_letters_from_digits_and_nothing_else() -> None:
    assert "AAA9999" in number_shapes(read_marking("ADM3202 2135"))
    assert number_shapes(read_marking("ADM3202")) == number_shapes(read_marking("LTC1485"))


def test_a_date_with_a_number_sign_is_among_the_words() -> None:
    assert description_words(read_marking("Driver ADM3202 #2135")) == ("driver", HASH_DATE)
    assert description_words(read_marking("Servo drive")) == ("servo", "drive")
