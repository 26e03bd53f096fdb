"""First characters of patterns: none may be missed, few may be too many."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.identify.beginnings import ALPHABET, first_characters
from provenance.identify.rules import read_rules

PATTERNS = [
    rule.prefix_pattern
    for rule in read_rules(Path(__file__).resolve().parents[2] / "seed" / "marking_rule.csv")
]


@pytest.mark.parametrize(
    ("pattern", "first"),
    [
        (r"ADM\d", "A"),
        (r"(MSP|M)?430", "M4"),
        (r"[A-C]X|\d{2}Z", "ABC0123456789"),
        (r"N?RF(24|51)", "NR"),
        (r"LM\d|(UA|NE)?555", "LUN5"),
        (r"A{0,2}B", "AB"),
    ],
)
def test_first_characters_of_a_pattern(pattern: str, first: str) -> None:
    assert first_characters(pattern) == set(first)


def test_what_is_not_understood_may_begin_with_anything() -> None:
    assert first_characters(r"(?=A)A") == first_characters(".B") == set(ALPHABET)


@given(st.sampled_from(PATTERNS), st.data())
def test_no_match_of_a_shipped_pattern_begins_otherwise(pattern: str, data: st.DataObject) -> None:
    key = data.draw(st.from_regex(re.compile(pattern, re.ASCII)))
    match = re.match(pattern, key, re.ASCII)
    if match and match.end() and key[0] in ALPHABET:
        assert key[0] in first_characters(pattern)
