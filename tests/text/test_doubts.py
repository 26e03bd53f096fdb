"""What a source itself doubts."""

from __future__ import annotations

import pytest

from provenance.text.doubts import is_doubted
from provenance.text.serial_numbers import serial_key, undoubted_key


@pytest.mark.parametrize(
    "text",
    [
        "TI?", "TI ?", "? TI", "TI (?)", "Kh-101 (?)", "7701?", "~7701", "≈ 7701", "probably Analog Devices",
        "Analog Devices (probably)", "Analog Devices, likely", "ймовірно TI", "TI (возможно)", "疑似TI",
        "Possibly Maxim",
    ],
)  # fmt: skip
def test_doubted(text: str) -> None:
    assert is_doubted(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "?", "(?)", "-", "TI",
        "Analog Devices", "AD76?6", "Likelihood Ltd", "Texas Instruments (USA)", "Maybelline",
        "Kh-101", "可编程", "7701/1", "TI or possibly ADI",
    ],
)  # fmt: skip
def test_not_doubted(text: str) -> None:
    assert not is_doubted(text)


@pytest.mark.parametrize("text", ["7701?", "7701 (?)", "~7701"])
def test_a_doubted_number_is_another_one_that_may_be_the_same(text: str) -> None:
    assert serial_key(text) != serial_key("7701")
    assert undoubted_key(text) == undoubted_key("7701")


def test_characters_that_cannot_be_read_belong_to_a_number() -> None:
    keys = {serial_key(text) for text in ("77", "77**", "77*", "7*7", "*77")}
    assert len(keys) == 5
    assert serial_key("*7701*") == serial_key("7701")
