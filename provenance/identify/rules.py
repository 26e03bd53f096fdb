"""Marking rules: prefix families with their maker, and finding those that a marking's key begins with."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from provenance.identify.beginnings import ALPHABET, starts

TRACE_CATEGORIES = frozenset({"trace", "logo"})
"""Families that are no part number: date and lot lines, package codes, a logo's letters."""
_RUSSIAN = "Russian numbering"
_SHORTEST_NAME = 4
_OPEN_PATTERN = re.compile(r"[\\\[.*+?{]")
_KEYS_REMEMBERED = 1024
_PATTERNS_REMEMBERED = 20_000
_STARTS_LENGTH = 4
"""Characters of a key by which rules are looked up."""


_Matcher = Callable[[str], re.Match[str] | None]


@dataclass(frozen=True, slots=True)
class MarkingRule:
    """One family of markings: a `fold_marking` key that begins with ``prefix_pattern`` is ``maker``'s.

    The pattern is a regular expression over capital letters and digits; ``maker`` and ``later_owner_line``
    (who sells the line since it was sold on, or empty) are organization keys. Of a number with
    Cyrillic letters that look like no Latin ones only families of Russian numbering, so named, are asked.
    """

    key: str
    maker: str
    prefix_pattern: str
    family: str
    category: str
    later_owner_line: str = ""

    @property
    def is_russian(self) -> bool:
        """Whether the family's numbers are written in Cyrillic letters."""
        return _RUSSIAN in self.family


class RuleMatch(NamedTuple):
    """A rule that a key begins with, and how many characters of the key it speaks for."""

    rule: MarkingRule
    length: int


class RuleBook:
    """Marking rules, ready to be asked; a pattern is compiled when a key first begins as it does.

    Asking raises ValueError, naming the rule, where a pattern is no regular expression; see `check`.
    """

    def __init__(self, rules: Iterable[MarkingRule]) -> None:
        self.rules = tuple(rules)
        self.sizes: Mapping[str, int] = Counter(rule.maker for rule in self.rules)
        """How many families each maker has here: how wide its range is."""
        self._by_first: dict[str, list[int]] = defaultdict(list)
        for number, rule in enumerate(self.rules):
            for start in _starts(rule.prefix_pattern, 1):
                self._by_first[start].append(number)
        self._by_start: dict[str, dict[str, list[int]]] = {}
        self._matchers: dict[str, list[tuple[MarkingRule, _Matcher]]] = {}
        self._remembered = lru_cache(maxsize=_KEYS_REMEMBERED)(self._find)
        self._names_remembered = lru_cache(maxsize=_KEYS_REMEMBERED)(self._find_names)

    def check(self) -> None:
        """Compiles every pattern; raises ValueError, naming the rule, at the first that is none."""
        for rule in self.rules:
            _compiled(rule)

    def matches(self, key: str) -> tuple[RuleMatch, ...]:
        """Every rule that the key begins with, in the rules' own order."""
        return self._remembered(key)

    def names(self, word: str) -> tuple[RuleMatch, ...]:
        """The rules whose pattern is the whole of a word of four letters or more ("Spartan", "Zynq")."""
        return self._names_remembered(word)

    def _find_names(self, word: str) -> tuple[RuleMatch, ...]:
        key = word.upper()
        if len(key) < _SHORTEST_NAME or not key.isascii() or not key.isalpha():
            return ()
        return tuple(
            match
            for match in self._find(key)
            if match.length == len(key) and not _OPEN_PATTERN.search(match.rule.prefix_pattern)
        )

    def _find(self, key: str) -> tuple[RuleMatch, ...]:
        start = key[:_STARTS_LENGTH]
        if start not in self._matchers:
            self._matchers[start] = [(rule, _compiled(rule).match) for rule in self._near(start)]
        return tuple(
            [
                RuleMatch(rule, found.end())
                for rule, match in self._matchers[start]
                if (found := match(key)) and found.end()
            ]
        )

    def _near(self, start: str) -> list[MarkingRule]:
        """The rules that a key may match which begins so, in the rules' own order."""
        first = start[:1]
        if first not in self._by_start:
            # Letter by letter: a single marking needs few of them.
            index = self._by_start[first] = defaultdict(list)
            for number in self._by_first.get(first, ()):
                for each in _starts(self.rules[number].prefix_pattern, _STARTS_LENGTH):
                    index[each].append(number)
        found = self._by_start[first]
        lengths = range(1, len(start) + 1)
        near = {number for length in lengths for number in found.get(start[:length], ())}
        return [self.rules[number] for number in sorted(near)]


def read_rules(path: Path) -> tuple[MarkingRule, ...]:
    """The rules of a `marking_rule.csv`; raises KeyError where a column is missing."""
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            MarkingRule(
                row["key"],
                row["maker"],
                row["prefix_pattern"],
                row["family"],
                row["category"],
                row["later_owner_line"],
            )
            for row in csv.DictReader(file)
        )


@lru_cache(maxsize=_PATTERNS_REMEMBERED)
def _compiled(rule: MarkingRule) -> re.Pattern[str]:
    try:
        return re.compile(rule.prefix_pattern, re.ASCII)
    except re.error as error:
        raise ValueError(f"marking rule {rule.key}: {error}") from error


@lru_cache(maxsize=_PATTERNS_REMEMBERED)
def _starts(pattern: str, length: int) -> frozenset[str]:
    try:
        return starts(pattern, length)
    except re.error:
        return frozenset(ALPHABET)
