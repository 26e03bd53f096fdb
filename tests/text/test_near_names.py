"""What is offered for a name that nobody has: measured on misspelled names of the reference data."""

from __future__ import annotations

import csv
import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from provenance.text.folding import fold
from provenance.text.near_names import KnownNames, Name, near_names

SEED = Path(__file__).parents[2] / "seed" / "organization_name.csv"
LETTERS = "abcdefghijklmnopqrstuvwxyz"

STRANGERS = (
    "TPS5430", "LM2596", "STM32F407VGT6", "AD9361", "Foobar Industries", "Kalashnikov", "Lockheed Martin",
    "Volkswagen", "Coca-Cola", "Deutsche Bank", "Ivanov", "hello world", "Gazprom", "Rosneft", "Shell",
    "Unilever", "Ford", "Boeing", "Airbus", "Raytheon", "Acme Widgets", "Smith and Sons",
    "Kyiv Polytechnic", "Horns and Hooves", "Nordwind Trading", "Polar Bear Logistics", "Lufthansa",
    "Blue Ocean Shipping", "Anna Kovalenko", "gur-5273", "Maersk", "Antonov", "Ukroboronprom",
    "Horizon Labs", "Sunrise Foods", "рога и копыта", "北京大学",
)  # fmt: skip
"""Names and texts of which no firm of the reference data is a neighbour."""


@pytest.fixture(scope="module")
def names() -> list[tuple[str, str]]:
    """The names of the reference data, as written and folded."""
    with SEED.open(encoding="utf-8", newline="") as file:
        return sorted({(row["name"], fold(row["name"])) for row in csv.DictReader(file)})


def misspelled(name: str, errors: int, chance: random.Random) -> str:
    """The name with a letter left out, added, replaced or exchanged with the next one, several times."""
    letters = list(name)
    for _ in range(errors):
        place, kind = chance.randrange(len(letters)), chance.randrange(4)
        if kind == 0 and len(letters) > 2:
            letters.pop(place)
        elif kind == 1:
            letters.insert(place, chance.choice(LETTERS))
        elif kind == 2:
            letters[place] = chance.choice(LETTERS)
        elif place + 1 < len(letters):
            letters[place], letters[place + 1] = letters[place + 1], letters[place]
    return "".join(letters)


def offers(text: str, names: Sequence[tuple[str, str]], limit: int) -> list[str]:
    """The names offered for a text."""
    return [names[place][0] for place in near_names(Name(text, fold(text)), KnownNames(names), limit=limit)]


@pytest.mark.parametrize(("errors", "least"), [(1, 0.97), (2, 0.85)])
def test_a_misspelled_name_is_offered(names: list[tuple[str, str]], errors: int, least: float) -> None:
    chance = random.Random(7)
    longer = [name for name, _folded in names if len(name) >= 5]
    typed = [(name, misspelled(name, errors, chance)) for name in chance.sample(longer, 300)]
    offered = [name in offers(text, names, 20) for name, text in typed]
    assert sum(offered) / len(offered) >= least


@pytest.mark.parametrize("stranger", STRANGERS)
def test_nothing_is_offered_for_a_stranger(names: list[tuple[str, str]], stranger: str) -> None:
    assert offers(stranger, names, 5) == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Texas Instrumets", "Texas Instruments"),
        ("TexasInstruments", "Texas Instruments"),
        ("Analog Device", "Analog Devices"),
        ("Analog", "Analog Devices"),
        ("Instruments", "Texas Instruments"),
        ("Xilnix", "Xilinx"),
        ("Mikron", "Micron"),
        ("Мiкрон", "Micron"),
    ],
)
def test_a_name_or_a_word_of_it_is_recognised(typed: str, meant: str) -> None:
    known = ("Texas Instruments", "Analog Devices", "Xilinx", "Micron", "Cooper Industries")
    assert offers(typed, [(name, fold(name)) for name in known], 5) == [meant]


def test_a_part_of_a_word_is_no_part_of_the_name() -> None:
    known = ("Oxford Semiconductor", "TI", "T-Motor")
    assert offers("Ford", [(name, fold(name)) for name in known], 5) == []
