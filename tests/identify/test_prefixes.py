"""Prefixes of marking rules: every text that a rule's pattern matches begins with one of them."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import assume, given
from hypothesis import strategies as st

from provenance.identify.rules import PREFIX_LENGTH, MarkingRule, RuleBook, read_rules

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
"""The characters of a `fold_marking` key."""
RULES = read_rules(Path(__file__).resolve().parents[2] / "seed" / "marking_rule.csv")
BOOK = RuleBook(RULES)


@given(st.sampled_from(RULES), st.data())
def test_every_key_that_a_shipped_pattern_matches_begins_with_a_prefix(
    rule: MarkingRule, data: st.DataObject
) -> None:
    pattern = re.compile(rule.prefix_pattern, re.ASCII)
    key = data.draw(st.from_regex(pattern, fullmatch=True, alphabet=ALPHABET))
    match = pattern.match(key)
    assume(match and match.end())
    assert key.startswith(rule.prefixes)
    assert rule in [found.rule for found in BOOK.matches(key)]


def test_shipped_prefixes_are_short_sorted_and_none_begins_another() -> None:
    for rule in RULES:
        assert rule.prefixes, rule.key
        assert list(rule.prefixes) == sorted(set(rule.prefixes)), rule.key
        for prefix in rule.prefixes:
            assert 1 <= len(prefix) <= PREFIX_LENGTH and set(prefix) <= set(ALPHABET), rule.key
            assert not any(other != prefix and other.startswith(prefix) for other in rule.prefixes), rule.key


def test_a_rule_without_prefixes_is_tried_on_every_key() -> None:
    book = RuleBook(
        [
            MarkingRule("any", "maker", "[AB]1", "family", "category"),
            MarkingRule("by-prefix", "maker", "B1", "family", "category", prefixes=("B",)),
        ]
    )
    assert [match.rule.key for match in book.matches("B12")] == ["any", "by-prefix"]
    assert [match.rule.key for match in book.matches("A12")] == ["any"]
