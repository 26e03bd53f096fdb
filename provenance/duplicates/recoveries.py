"""Recoveries that may be one wreck, reported twice."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from datetime import date, timedelta
from itertools import combinations

from sqlalchemy import select

from provenance.core.vocabulary import RecoveryDateKind
from provenance.domain.record_kinds import RecordKind
from provenance.duplicates import maker_sequences
from provenance.duplicates.photos import shown_in_common
from provenance.duplicates.proposals import Proposal, Sign, SignKind, proposal
from provenance.duplicates.recovery_facts import RecoveryFacts, rare, recovery_facts
from provenance.queries.names import weapon_labels
from provenance.schema.organizations import Organization
from provenance.schema.session import Session
from provenance.text.partial_dates import DateSpan, format_span

_INCIDENT = (RecoveryDateKind.RECOVERED, RecoveryDateKind.CAPTURED, RecoveryDateKind.USED)
_LONGEST = 31
"""Days of an interval that still says when: a month. In a year nearly every wreck of a weapon was found."""

_SAME_DAYS = 3
"""Days of an interval that agrees by chance only where many wrecks of a weapon fell at once."""

_RARE = 3
"""A marking that more recoveries have is one of a series."""

_MOST_MARKINGS, _MOST_LOTS = 4, 4
"""What shared markings and lots count at most: they are as many as the boards of one design share."""

_DIGITS = re.compile(r"[0-9]+")

Pair = tuple[int, int]


def recovery_proposals(session: Session) -> list[Proposal]:
    """Every pair of recoveries that shares a number, weapon with day or place, a photo, a run of makers or
    rare markings, with all that speaks for it and against it.
    """
    facts = recovery_facts(session)
    photos = {
        pair: sign
        for pair, sign in shown_in_common(session, RecordKind.RECOVERY).items()
        if facts.keys() >= set(pair)
    }
    markings = rare(facts, _RARE)
    pairs = {*_blocked(facts), *photos, *_sharing_markings(markings)}
    pairs |= set(maker_sequences.common_runs({number: each.makers for number, each in facts.items()}))
    judge = _Judge(session, facts, markings)
    found = []
    for one, other in sorted(pairs):
        signs = list(judge.signs(facts[one], facts[other]))
        signs += [photos[one, other]] if (one, other) in photos else []
        found.append(proposal(RecordKind.RECOVERY, one, other, signs))
    return found


def _blocked(facts: Mapping[int, RecoveryFacts]) -> Iterator[Pair]:
    """The pairs that have a number in common, or a weapon with a day of the incident or a place."""
    blocks: dict[tuple[Hashable, ...], list[int]] = defaultdict(list)
    for number, each in facts.items():
        for key in set(_keys(each)):
            blocks[key].append(number)
    for numbers in blocks.values():
        yield from combinations(numbers, 2)


def _keys(facts: RecoveryFacts) -> Iterator[tuple[Hashable, ...]]:
    for kind, key in facts.numbers:
        yield "number", kind, key
    if facts.weapon == (None, None):
        return
    if facts.place:
        yield "place", facts.weapon, facts.place
    for kind, first, last in facts.dates:
        if kind in _INCIDENT and (last - first).days < _LONGEST:
            for day in range((last - first).days + 1):
                yield "day", facts.weapon, first + timedelta(days=day)


def _sharing_markings(markings: Mapping[str, set[int]]) -> Iterator[Pair]:
    """The pairs that have at least two rare markings in common."""
    shared: dict[Pair, int] = defaultdict(int)
    for numbers in markings.values():
        for pair in combinations(sorted(numbers), 2):
            shared[pair] += 1
    return (pair for pair, count in shared.items() if count > 1)


class _Judge:
    """Says what speaks for two recoveries being one, and what against it."""

    def __init__(
        self, session: Session, facts: Mapping[int, RecoveryFacts], markings: Mapping[str, set[int]]
    ) -> None:
        self._markings = markings
        weapons = {number for each in facts.values() if (number := each.weapon[0]) is not None}
        self._weapons = weapon_labels(session, weapons)
        self._makers = {
            row.id: row.label for row in session.execute(select(Organization.id, Organization.label))
        }

    def signs(self, one: RecoveryFacts, other: RecoveryFacts) -> Iterator[Sign]:
        """Every sign but those of photos."""
        yield from _numbers(one, other)
        yield from self._weapon(one, other)
        yield from _dates(one, other)
        yield from _place(one, other)
        yield from self._contents(one, other)
        yield from _sources(one, other)
        if one.kind != other.kind:
            yield Sign(SignKind.RECOVERY_KIND, -6, f"recovery kinds: {one.kind}, {other.kind}")
        if one.label != other.label and _unnumbered(one.label) == _unnumbered(other.label):
            yield Sign(SignKind.NAME, -4, f"their names number them: {one.label}, {other.label}")

    def _weapon(self, one: RecoveryFacts, other: RecoveryFacts) -> Iterator[Sign]:
        ours, theirs = one.weapon[0], other.weapon[0]
        if ours is None or theirs is None:
            if one.weapon[1] is not None and one.weapon[1] == other.weapon[1]:
                yield Sign(SignKind.WEAPON, 1, "the same type of unit; the weapon is not named")
            return
        names = f"{self._weapons[ours][0]}, {self._weapons[theirs][0]}"
        if ours == theirs:
            yield Sign(SignKind.WEAPON, 1, f"the same weapon: {self._weapons[ours][0]}")
        elif ours == other.family or theirs == one.family:
            yield Sign(SignKind.WEAPON, 1, f"one is a variant of the other: {names}")
        else:
            yield Sign(SignKind.WEAPON, -4, f"other weapons: {names}")

    def _contents(self, one: RecoveryFacts, other: RecoveryFacts) -> Iterator[Sign]:
        shorter = min(len(one.makers), len(other.makers))
        common = maker_sequences.in_common(one.makers, other.makers)
        if weight := maker_sequences.weight(common, shorter):
            text = f"{common} of {shorter} makers in the same order"
            yield Sign(SignKind.MAKERS, weight, text)
        shared = sorted(
            key for key in one.markings & other.markings if other.id in self._markings.get(key, ())
        )
        if shared:
            text = f"rare markings in both: {_some(shared)}"
            yield Sign(SignKind.MARKING, min(len(shared), _MOST_MARKINGS), text)
        if lots := sorted(one.lots & other.lots):
            yield Sign(SignKind.LOT, min(2 * len(lots), _MOST_LOTS), f"lots in both: {_some(lots)}")


def _unnumbered(label: str) -> str:
    return _DIGITS.sub("#", label)


def _some(texts: list[str], most: int = 3) -> str:
    more = f" and {len(texts) - most} more" if len(texts) > most else ""
    return f"{', '.join(texts[:most])}{more}"


def _numbers(one: RecoveryFacts, other: RecoveryFacts) -> Iterator[Sign]:
    if shared := sorted(one.numbers.keys() & other.numbers.keys()):
        kind, _key = shared[0]
        written = sorted({one.numbers[shared[0]], other.numbers[shared[0]]})
        yield Sign(SignKind.NUMBER, 10, f"the same {kind} number: {', '.join(written)}")
        return
    for kind in sorted({kind for kind, _key in one.numbers} & {kind for kind, _key in other.numbers}):
        ours, theirs = (
            sorted(text for (of, _key), text in each.numbers.items() if of == kind) for each in (one, other)
        )
        yield Sign(SignKind.NUMBER, -10, f"other {kind} numbers: {_some(ours)} and {_some(theirs)}")


def _dates(one: RecoveryFacts, other: RecoveryFacts) -> Iterator[Sign]:
    """Days of one kind, or of two kinds of the incident: a missile is found on the day of its use."""
    best: Sign | None = None
    for kind, first, last in one.dates:
        for of, start, end in other.dates:
            if kind == of and (last < start or end < first):
                texts = f"{_span(first, last)} and {_span(start, end)}"
                yield Sign(SignKind.DATE, -5, f"{kind} on other days: {texts}")
            elif kind == of or {kind, of} <= set(_INCIDENT):
                days = (min(last, end) - max(first, start)).days + 1
                if 0 < days <= _LONGEST:
                    text = f"{kind} {_span(first, last)}, {of} {_span(start, end)}"
                    weight = 3 if days <= _SAME_DAYS else 1
                    if kind not in _INCIDENT:
                        weight = 1
                    if best is None or weight > best.weight:
                        best = Sign(SignKind.DATE, weight, f"the dates overlap: {text}")
    if best is not None:
        yield best


def _span(first: date, last: date) -> str:
    span = DateSpan(None if first == date.min else first, None if last == date.max else last)
    return format_span(span) or "unknown"


def _place(one: RecoveryFacts, other: RecoveryFacts) -> Iterator[Sign]:
    if one.place and one.place == other.place:
        yield Sign(SignKind.PLACE, 2, "the same place")
    elif one.place and other.place:
        # One may name the village and the other the region.
        yield Sign(SignKind.PLACE, -1, "other names of the place")
    if one.country and other.country and one.country != other.country:
        yield Sign(SignKind.COUNTRY, -4, f"other countries: {one.country}, {other.country}")


def _sources(one: RecoveryFacts, other: RecoveryFacts) -> Iterator[Sign]:
    if one.sources.keys() & other.sources.keys():
        yield Sign(SignKind.LIST, -2, "one source lists them as two")
    elif origins := sorted(set(one.sources.values()) & set(other.sources.values())):
        yield Sign(SignKind.ORIGIN, 1, f"two publications of one origin: {_some(origins)}")
