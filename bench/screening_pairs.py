"""Labelled pairs of names out of the lists themselves: an entry's own aliases, and nearest strangers.

Read from a folder of published lists, which are no part of this repository. A stranger is the other entry of
the same list whose name is nearest by rapidfuzz's token_sort_ratio, which neither contender uses; strangers
with an equal name or a common number are left out, and so are those in `LOOKED_AT`, which a reader of each
pair found to be the same party or a part of it.
"""

from __future__ import annotations

import hashlib
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

PROJECT = Path(__file__).parents[1]
sys.path.insert(0, str(PROJECT))

from provenance.core.vocabulary.watched import PartyKind  # noqa: E402 - as above
from provenance.sources.formats import ReadOptions  # noqa: E402 - as above
from provenance.sources.registry import WATCHLISTS  # noqa: E402 - as above
from provenance.sources.tables import Unfinished  # noqa: E402 - as above
from provenance.sources.watchlists.records import ListEntry  # noqa: E402 - as above
from provenance.text.firm_names import name_key  # noqa: E402 - the checkout is put on the path first
from provenance.text.folding import script_of  # noqa: E402 - as above
from provenance.text.registration_numbers import key_of  # noqa: E402 - as above

LISTS = (
    ("ofac-sdn", "ofac_2019/sdn.csv"),
    ("csl", "csl_2019_excerpt.csv"),
    ("bis-dpl", "bis_dpl_2019.txt"),
    ("eu", "eu_2014_833.csv"),
    ("opensanctions-simple", "opensanctions_targets_simple_sample.csv"),
    ("opensanctions-ftm", "opensanctions_zala.ftm.json"),
)
SEED = 20_240_612
LISTED_ON = date(2024, 6, 12)
MOST_PER_LIST = 700
NEAR = 55.0
STRANGERS = 3
JUDGED_KINDS = (PartyKind.ENTITY, PartyKind.PERSON, None)

LOOKED_AT: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry of a list."""

    list: str
    entry: ListEntry

    @property
    def key(self) -> str:
        """What tells the entry from others of its list."""
        return f"{self.list}:{self.entry.identity or self.entry.label}"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two names and whether they are one party's; ``half`` is that of the first name's entry."""

    left: str
    right: str
    same: bool
    half: str
    kind: str
    scripts: str
    keys: tuple[str, str]


def listed(folder: Path) -> list[Listed]:
    """Every entry of the lists in a folder; of one that breaks off, what comes before."""
    found: list[Listed] = []
    for format_name, file in LISTS:
        entries = WATCHLISTS.named(format_name).read(folder / file, ReadOptions(LISTED_ON))
        try:
            found.extend(Listed(format_name, entry) for entry in entries)
        except Unfinished:
            continue
    return found


def half_of(key: str) -> str:
    """The half that an entry is in: ``tuned`` or ``judged``; by its key alone."""
    return "tuned" if hashlib.sha256(key.encode()).digest()[0] & 1 else "judged"


def pairs(everybody: Sequence[Listed]) -> Iterator[Pair]:
    """The labelled pairs, always the same ones."""
    chance = random.Random(SEED)
    for name in dict.fromkeys(one.list for one in everybody):
        own = [one for one in everybody if one.list == name and one.entry.kind in JUDGED_KINDS]
        chosen = [one for one in own if len(one.entry.names) > 1 and half_of(one.key)]
        chance.shuffle(chosen)
        chosen = chosen[:MOST_PER_LIST]
        for one in chosen:
            texts = [text.name for text in one.entry.names]
            left, right = chance.sample(texts, 2)
            yield _pair(left, right, True, one, one)
        yield from _strangers(chance, own, chosen)


def _strangers(chance: random.Random, own: Sequence[Listed], chosen: Sequence[Listed]) -> Iterator[Pair]:
    from rapidfuzz import fuzz, process, utils

    holders = [(text.name, one) for one in own for text in one.entry.names]
    choices = [text for text, _one in holders]
    for one in chosen:
        left = chance.choice(one.entry.names).name
        seen: set[str] = set()
        near = process.extract(
            left, choices, scorer=fuzz.token_sort_ratio, processor=utils.default_process, limit=60
        )
        for _text, score, place in near:
            other = holders[place][1]
            if score < NEAR:
                break
            if other.key != one.key and other.key not in seen and not related(one, other):
                seen.add(other.key)
                yield _pair(left, holders[place][0], False, one, other)
                if len(seen) == STRANGERS:
                    break


def related(one: Listed, other: Listed) -> bool:
    """Whether two entries have a name or a number in common, or a reader found them to be one party."""
    names = {name_key(text.name) for text in one.entry.names}
    if names & {name_key(text.name) for text in other.entry.names}:
        return True
    numbers = {key_of(number.value) for number in one.entry.identifiers}
    if numbers & {key_of(number.value) for number in other.entry.identifiers}:
        return True
    return (one.key, other.key) in LOOKED_AT or (other.key, one.key) in LOOKED_AT


def _pair(left: str, right: str, same: bool, one: Listed, other: Listed) -> Pair:
    scripts = "/".join(sorted({script_of(left), script_of(right)}))
    kind = one.entry.kind or PartyKind.ENTITY
    return Pair(left, right, same, half_of(one.key), kind, scripts, (one.key, other.key))
