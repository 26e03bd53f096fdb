"""Beginnings of patterns: none may be missed, few may be too many."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.identify.beginnings import ALPHABET, starts
from provenance.identify.rules import read_rules

PATTERNS = [
    rule.prefix_pattern
    for rule in read_rules(Path(__file__).resolve().parents[2] / "seed" / "marking_rule.csv")
]


@pytest.mark.parametrize(
    ("pattern", "begun"),
    [
        ("ADM32", {"ADM3"}),
        ("ADM?", {"ADM", "AD"}),
        (r"(MSP|M)?430", {"MSP4", "M430", "430"}),
        (r"[A-C]X|\d{2}Z", {"AX", "BX", "CX"} | {f"{number:02}Z" for number in range(100)}),
        (r"N?RF(24|51)", {"NRF2", "NRF5", "RF24", "RF51"}),
        (r"LM(UA|NE)?5+", {"LMUA", "LMNE", "LM5"}),
        (r"A{0,2}B", {"A", "B"}),
        (r"X(?!Y)[12]*Z", {"X1", "X2", "XZ"}),
        (r"A$|BC{2}D{2,}", {"A", "BCCD"}),
    ],
)
def test_beginnings_of_a_pattern(pattern: str, begun: set[str]) -> None:
    found = starts(pattern, 4)
    assert all(any(start.startswith(each) for each in found) for start in begun)
    if len(begun) < 64:
        assert found == begun


def test_what_is_not_understood_may_begin_with_anything() -> None:
    assert starts(r"(?=A)", 4) == starts("A?", 4) == starts(".*B", 4) == set(ALPHABET)


@given(st.sampled_from(PATTERNS), st.data())
def test_no_match_of_a_shipped_pattern_begins_otherwise(pattern: str, data: st.DataObject) -> None:
    key = data.draw(st.from_regex(re.compile(pattern, re.ASCII)))
    match = re.match(pattern, key, re.ASCII)
    if match and match.end() and all(char in ALPHABET for char in key):
        for length in (1, 3):
            assert any(key.startswith(start) for start in starts(pattern, length))
