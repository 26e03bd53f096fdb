"""Makers' names inside a marking's text: "ALTERA Cyclone IV" names its maker."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from provenance.text.folding import fold_words, repair_lookalikes

_SHORTEST_WORD = 4
_SHORTEST_ABBREVIATION = 3
_SHORTEST_GLUED = 5
"""Letters of a name that is looked for at the beginning of a number: shorter ones begin numbers of others."""
_GENERIC_TEXT = """
advanced air alliance alpha american analog bearing beijing board camera capacitor car central circuit
circuits components computer connector connectors control controls crane crystal data delta design devices
diode diodes digital drive dual electric electronic electronics engine engineering fan finder flash flex
flight frequency general gps gyro high industrial industries inertial innovation instruments integral
integrated international japan kingdom linear
logic machine machines magnetic master memory micro microchip microcircuit microwave mini modular module
motion motor motors national navigation network new optical pacific performance phoenix pioneer planar
plant power precision premier products pulse quality radio raspberry relay research resistor rf robot
sample scientific sensing sensor sensors semiconductor servo shenzhen signal silicon single smart
solutions space special spectrum standard star storage switch system systems target tech technical
technologies technology texas thermal tiger time trans transistor union united universal video voltage
wave wireless world zhejiang guangzhou dongguan ningbo shanghai xiamen hong kong china taiwan
ad adi cirrus hrs ics ir irf lattice lt ltc mcl mps mtk nordic nsc ovt sii st stm te wdc
"""
_GENERIC = frozenset(_GENERIC_TEXT.split())
"""Words that many names or descriptions have, so that alone they name no maker in a marking's text: an "IR
LED" is infrared, whatever IR is in the maker column of a list."""


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A maker named in a text, by which words, and whether by a full name of its own."""

    maker: str
    name: str
    whole: bool


class MakerNames:
    """Names of makers, ready to be found in a text.

    A whole name counts wherever its words occur together, unless several makers have it; its first word alone
    counts where it is long, belongs to one maker and is not in common use. A name of two letters counts in
    capitals only ("ZF").
    """

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str, bool]]] = defaultdict(list)
        by_words: dict[tuple[str, ...], tuple[str, bool]] = {}
        firsts: dict[str, set[str]] = defaultdict(set)
        called: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for maker, name in names:
            words = tuple(fold_words(repair_lookalikes(name)).split())
            if not words:
                continue
            firsts[words[0]].add(maker)
            for size in range(len(words), 0, -1):
                if _can_name(words[:size], len(words)):
                    whole = size == len(words)
                    if whole or words[:size] not in by_words:
                        by_words[words[:size]] = maker, whole
                    if whole:
                        called[words].add(maker)
        self._two_letters = {
            words[0]: maker for words, (maker, whole) in by_words.items() if whole and _is_two_letters(words)
        }
        # What several makers are called names none of them.
        by_words = {words: found for words, found in by_words.items() if len(called[words]) < 2}
        self._alone = {words[0] for words, (_maker, whole) in by_words.items() if whole and len(words) == 1}
        for words, (maker, whole) in by_words.items():
            if _is_two_letters(words):
                continue
            if len(words) > 1 or whole or len(firsts[words[0]]) == 1:
                self._by_first[words[0]].append((words, maker, whole))

    def names_of_one_word(self) -> frozenset[str]:
        """The whole names of one word that name one maker."""
        return frozenset(self._alone)

    def longest_head(self, word: str) -> str:
        """The beginning of a word in capitals that is a maker's whole name of one word, if any is."""
        folded = word.lower()
        ends = (end for end in range(len(word), _SHORTEST_GLUED - 1, -1) if folded[:end] in self._alone)
        return word[: next(ends, 0)]

    def found_in(self, text: str) -> tuple[NameMatch, ...]:
        """Every maker that the text names, each once, by the longest of its names."""
        repaired = repair_lookalikes(text)
        words = fold_words(repaired).split()
        found: dict[str, NameMatch] = {}
        if not self._two_letters.keys().isdisjoint(words):
            found = {
                maker: NameMatch(maker, name, False)
                for name, maker in self._two_letters.items()
                if name in words and re.search(rf"(?<![\w-]){name.upper()}(?![\w-])", repaired)
            }
        for position, word in enumerate(words):
            for name, maker, whole in self._by_first.get(word, ()):
                if tuple(words[position : position + len(name)]) != name:
                    continue
                if maker not in found or len(found[maker].name) < len(" ".join(name)):
                    found[maker] = NameMatch(maker, " ".join(name), whole)
        return tuple(found.values())


def _can_name(words: tuple[str, ...], whole_length: int) -> bool:
    if len(words) > 1:
        return not all(word in _GENERIC for word in words)
    word = words[0]
    if word in _GENERIC or word.isdigit():
        return False
    if whole_length == 1 and _is_two_letters(words):
        return True
    return len(word) >= (_SHORTEST_ABBREVIATION if whole_length == 1 else _SHORTEST_WORD)


def _is_two_letters(words: tuple[str, ...]) -> bool:
    return len(words) == 1 and len(words[0]) == 2 and words[0].isalpha()
