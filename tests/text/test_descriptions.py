"""What kind of component a description means, and where it says too little."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.text.descriptions import described_kind


@pytest.mark.parametrize(
    ("text", "category", "hs6"),
    [
        ("Tantalum capacitor 107 16K O47", "passive", "853221"),
        ("Конденсатор танталовий 107C", "passive", "853221"),
        ("Electrolytic capacitor 47µF 35V", "passive", None),
        ("Schottky diode A34 VNP10", "discrete", "854110"),
        ("Superluminescent diode 2035F J159M", "opto", None),
        ("N-channel MOSFET transistor SE10070GG", "discrete", None),
        ("Integrated circuit LTGTD E3 (мікроконтролер)", "mcu", None),
        ("Microcomputer Raspberry Pi 4 Model B", "module", None),
        ("16-bit ADC", "analog", None),
        ("FPV camera", "camera", "852589"),
        ("GPS module MR-332 MTK", "navigation", "852691"),
        ("MEMS gyroscope MGZ2067HC1", "imu", None),
    ],
)
def test_a_description_names_a_kind(text: str, category: str, hs6: str | None) -> None:
    found = described_kind(text)
    assert found is not None
    assert (found.category, found.hs6) == (category, hs6)


@pytest.mark.parametrize(
    "text",
    [
        "Microcircuit LX245B",
        "2.5A IGBT/MOSFET driver (V03120)",
        "Battery management MAX1660",
        "Accumulator fuel supply system (Common rail)",
        "LED driver and controller",
        "Memory module",
        "Spark plug connector",
        "",
        "ADM3202 ARNZ",
    ],
)
def test_a_description_of_another_thing_decides_nothing(text: str) -> None:
    assert described_kind(text) is None


@given(st.text(max_size=300))
def test_no_text_fails(text: str) -> None:
    described_kind(text)
