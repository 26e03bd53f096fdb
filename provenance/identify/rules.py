"""Marking rules: families of part numbers with their maker, and those that a marking's key belongs to."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from provenance.text.partial_dates import parse_partial_date

TRACE_CATEGORIES = frozenset({"trace", "logo"})
"""Families that are not part numbers: date and lot lines, package codes, a logo's letters."""
_RUSSIAN = "Russian numbering"
_CODES = ("ball-grid code", "sSpec code")
_SHORTEST_NAME = 4
_OPEN_PATTERN = re.compile(r"[\\\[.*+?{]")
_KEYS_REMEMBERED = 1024
_PATTERNS_REMEMBERED = 20_000
PREFIX_LENGTH = 4
"""Most characters of a rule's prefix: rules are looked up by the first characters of a key."""
PREFIX_SEPARATOR = ";"
"""Separates the prefixes of one rule in a cell of the seed and of the table."""


_Matcher = Callable[[str], re.Match[str] | None]


@dataclass(frozen=True, slots=True)
class MarkingRule:
    """One family of markings: a `fold_marking` key that begins with ``prefix_pattern`` is ``maker``'s.

    The pattern is a regular expression over capital letters and digits. Every text that it matches begins
    with one of ``prefixes`` (one to `PREFIX_LENGTH` characters each), by which the rule is looked up; a rule
    without any is tried on every key. ``maker`` and ``later_owner_line`` (who has sold the line since it
    changed hands, or empty) are organization keys. Numbers with Cyrillic letters that look like no Latin
    ones are compared only with families of Russian numbering, so named. The maker printed none of the
    family before ``since``: the brand is younger than parts of that number, or the family itself is.
    """

    key: str
    maker: str
    prefix_pattern: str
    family: str
    category: str
    later_owner_line: str = ""
    prefixes: tuple[str, ...] = ()
    since: date | None = None

    @property
    def is_code(self) -> bool:
        """Whether the family's marks stand for a part number and are none themselves."""
        return self.family.startswith(_CODES)

    @property
    def is_russian(self) -> bool:
        """Whether the family's numbers are written in Cyrillic letters."""
        return _RUSSIAN in self.family


class RuleMatch(NamedTuple):
    """A rule that a key begins with, and how many characters of the key it covers."""

    rule: MarkingRule
    length: int


class RuleBook:
    """Marking rules, ready for lookup; a pattern is compiled when a key first has one of its prefixes.

    A lookup raises ValueError, naming the rule, where a pattern is not a regular expression; see `check`.
    """

    def __init__(self, rules: Iterable[MarkingRule]) -> None:
        self.rules = tuple(rules)
        self.sizes: Mapping[str, int] = Counter(rule.maker for rule in self.rules)
        """How many families each maker has here: the width of its range."""
        self._by_prefix: dict[str, list[int]] = defaultdict(list)
        for number, rule in enumerate(self.rules):
            for prefix in rule.prefixes or ("",):
                self._by_prefix[prefix].append(number)
        self._matchers: dict[str, list[tuple[MarkingRule, _Matcher]]] = {}
        self._remembered = lru_cache(maxsize=_KEYS_REMEMBERED)(self._find)
        self._names_remembered = lru_cache(maxsize=_KEYS_REMEMBERED)(self._find_names)

    def check(self) -> None:
        """Compiles every pattern; raises ValueError, naming the rule, at the first that is broken."""
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
        start = key[:PREFIX_LENGTH]
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
        """The rules that a key with this start may match, in the rules' own order."""
        prefixes = (start[:length] for length in range(len(start) + 1))
        numbers = {number for prefix in prefixes for number in self._by_prefix.get(prefix, ())}
        return [self.rules[number] for number in sorted(numbers)]


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
                split_prefixes(row["prefix"]),
                parse_partial_date(row["since"]).earliest if row["since"] else None,
            )
            for row in csv.DictReader(file)
        )


def split_prefixes(cell: str) -> tuple[str, ...]:
    """The prefixes in a cell, separated by `PREFIX_SEPARATOR`; none in an empty one."""
    return tuple(cell.split(PREFIX_SEPARATOR)) if cell else ()


@lru_cache(maxsize=_PATTERNS_REMEMBERED)
def _compiled(rule: MarkingRule) -> re.Pattern[str]:
    try:
        return re.compile(rule.prefix_pattern, re.ASCII)
    except re.error as error:
        raise ValueError(f"marking rule {rule.key}: {error}") from error
