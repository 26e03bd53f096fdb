"""What adds up, and what never does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.text.quantity_units import in_base_unit


@pytest.mark.parametrize(
    ("quantity", "unit", "wanted"),
    [
        (5, "pcs", (5, "pcs")),
        (5, "ШТ", (5, "pcs")),
        (5, "шт.", (5, "pcs")),
        (5, "796", (5, "pcs")),
        (1.5, "тыс. шт", (1500, "pcs")),
        (1.5, "ТЫС.ШТ", (1500, "pcs")),
        (2, "798", (2000, "pcs")),
        (2, "thousand pcs", (2000, "pcs")),
        (2, "kg", (2, "kg")),
        (500, "г", (0.5, "kg")),
        (2, "т", (2000, "kg")),
        (3, "CTN", (3, "ctn")),
        (3, "engines", (3, "engines")),
        (3, None, (3, None)),
        (3, " ", (3, None)),
    ],
)
def test_units_of_declarations(quantity: float, unit: str | None, wanted: tuple[float, str | None]) -> None:
    assert in_base_unit(quantity, unit) == wanted


@given(st.integers(0, 10**6), st.sampled_from(["pcs", "шт", "kg", "г", "т", "ctn", "м", "engines", None]))
def test_a_base_unit_is_its_own(quantity: int, unit: str | None) -> None:
    once = in_base_unit(quantity, unit)
    assert in_base_unit(*once) == once
