from __future__ import annotations

import pytest

from provenance.text.entry_names import find_kind_nouns, find_names, nearest_noun


@pytest.mark.parametrize(
    ("phrase", "names"),
    [
        ('Missile Kh-47M3 "Klinok"', ["Kh-47M3 Klinok"]),
        ("300 mm 9M555 MLRS", ["9M555"]),
        ("Portable KH/VHF radio station R-399", ["R-399"]),
        ("Zala 421-08 UAV", ["Zala 421-08"]),
        ("Orlan 10 UAV", ["Orlan 10"]),
        ("R-378 BMW", ["R-378 BMW"]),
        ("Gyro-stabilized optical-electronic system", []),
        ('Combat vehicle BM 9A999 complex "TOR-X"', ["BM 9A999", "TOR-X"]),
    ],
)
def test_names_are_codes_quoted_names_and_proper_names(phrase: str, names: list[str]) -> None:
    assert [name.text for name in find_names(phrase)] == names


def test_the_parts_of_a_name_begin_with_the_model_code() -> None:
    (name,) = find_names('"Tornado-C" 9M555')
    assert name.parts() == ("9M555", "Tornado-C")


def test_the_first_word_is_a_name_only_where_nothing_better_is_one() -> None:
    assert [name.text for name in find_names("Elbrus personal computing machine")] == ["Elbrus"]
    assert [name.text for name in find_names("Interferometer portable X-77")] == ["X-77"]


def test_the_longest_noun_wins_and_a_quoted_one_does_not_count() -> None:
    assert [noun.kind for noun in find_kind_nouns("MLRS guided missile")] == ["guided_munition"]
    assert find_kind_nouns('complex "Radio"') == ()


def test_the_noun_next_to_the_name_gives_the_kind() -> None:
    phrase = "Combat vehicle 9A999 tactical anti-aircraft missile complex with radar"
    (name,) = find_names(phrase)
    noun = nearest_noun(find_kind_nouns(phrase), name)
    assert noun is not None
    assert noun.kind == "vehicle"
