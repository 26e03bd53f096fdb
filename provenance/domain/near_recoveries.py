"""Recoveries that may be one wreck, reported twice: they stay apart until a person decides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, or_, select

from provenance.core.identity import reference
from provenance.core.vocabulary import Extent, RecoveryDateKind
from provenance.domain.record_kinds import RecordKind
from provenance.schema.chunks import among, chunks
from provenance.schema.recoveries import Recovery, RecoveryDate, RecoverySerial
from provenance.schema.session import Session
from provenance.schema.sources import SameAs
from provenance.text.serial_numbers import is_ordinal, serial_key, undoubted_key

_INCIDENT = frozenset((RecoveryDateKind.USED, RecoveryDateKind.CAPTURED, RecoveryDateKind.RECOVERED))
"""Days of the incident itself. Many specimens are made, and many examined, on one day."""

_LONGEST = 31
"""Days of an interval that still says when: a month. In a year nearly every wreck of a weapon was found."""

_FEWEST_DIGITS = 3
"""Two wrecks of one weapon hardly share a number of as many digits; fewer count the rows of a list."""

_NAMED = 3
"""How many near recoveries are named; the others are counted."""

_AGREED = ("the number agrees", "weapon and date agree", "weapon and place agree")
"""What may agree, the most telling first."""

_NONE: frozenset[int] = frozenset()


class Near(NamedTuple):
    """A recovery, the known ones that it may be, and what agrees, each in words with its reference.

    ``named`` are name and reference of those that are named.
    """

    recovery: str
    others: str
    agreed: str
    named: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class _Facts:
    """What is compared of a recovery; ``days`` are those of the incident, as ordinals."""

    label: str
    uid: str
    kind: str
    weapon: tuple[int | None, int | None]
    place: str
    days: set[int] = field(default_factory=set)
    dated: frozenset[str] = frozenset()
    numbers: set[tuple[str, str]] = field(default_factory=set)
    numbered: frozenset[str] = frozenset()

    def named(self) -> tuple[str, str]:
        """How it is named to a person, and its reference."""
        spoken = reference(RecordKind.RECOVERY, self.uid)
        return f"{self.label} ({spoken})", spoken


_Marks = tuple[frozenset[str], frozenset[str]]
"""The kinds of number and the kinds of date that a recovery states."""


class _Index:
    """Recoveries by what another may have in common with them.

    Those that agree in something are kept by what kinds of number and date they state, because a number
    contradicts one of its own kind alone: most are compared as whole sets.
    """

    def __init__(self) -> None:
        self._by_number: dict[Hashable, set[int]] = defaultdict(set)
        self._by_day: dict[Hashable, dict[_Marks, set[int]]] = defaultdict(lambda: defaultdict(set))
        self._by_place: dict[Hashable, dict[_Marks, set[int]]] = defaultdict(lambda: defaultdict(set))

    def add(self, recovery_id: int, facts: _Facts) -> None:
        """Adds a recovery."""
        for number in facts.numbers:
            self._by_number[facts.kind, number].add(recovery_id)
            self._by_number[facts.kind, number, facts.weapon].add(recovery_id)
        if facts.weapon == (None, None):
            return
        marks = facts.numbered, facts.dated
        for day in facts.days:
            self._by_day[facts.kind, facts.weapon, day][marks].add(recovery_id)
        if facts.place:
            self._by_place[facts.kind, facts.weapon, facts.place][marks].add(recovery_id)

    def near(self, facts: _Facts, apart: AbstractSet[int]) -> tuple[set[int], set[int], set[int]]:
        """Those that a recovery may be, but for some that stay ``apart``: each by the first of `_AGREED`."""
        sharing: set[int] = set()
        by_number: set[int] = set()
        for number in facts.numbers:
            same = self._by_number.get((facts.kind, number), _NONE)
            sharing |= same
            if not is_ordinal(number[1]):
                by_number |= same
            elif len(number[1]) >= _FEWEST_DIGITS and facts.weapon != (None, None):
                by_number |= self._by_number.get((facts.kind, number, facts.weapon), _NONE)
        by_number -= apart
        by_day: set[int] = set()
        by_place: set[int] = set()
        if facts.weapon != (None, None):
            for day in facts.days:
                for (numbered, _dated), ids in self._by_day.get((facts.kind, facts.weapon, day), {}).items():
                    by_day |= ids if facts.numbered.isdisjoint(numbered) else ids & sharing
            by_day -= by_number | apart
            places = self._by_place.get((facts.kind, facts.weapon, facts.place), {})
            for (numbered, dated), ids in places.items():
                # Of those left, none has a day in common: dates of one kind contradict each other.
                if facts.dated.isdisjoint(dated):
                    by_place |= ids if facts.numbered.isdisjoint(numbered) else ids & sharing
            by_place -= by_number | by_day | apart
        return by_number, by_day, by_place


def near_recoveries(session: Session, numbers: Sequence[int]) -> list[Near]:
    """Which recoveries on record some recoveries, by row number, may be; a pair is named once.

    They may be one where weapon and day of the incident, or weapon and place, agree and no number contradicts
    it; or where a number agrees, whatever the weapons and sources. A pair that a person has decided about is
    left out, and so is what stands for all wrecks of a model, or was withdrawn.
    """
    new: dict[int, _Facts] = {}
    _load(session, among(Recovery.id, sorted(set(numbers))), new)
    if not any(facts.numbers or facts.days or facts.place for facts in new.values()):
        return []
    known = dict(new)
    _load(session, _alike(new), known)
    index = _Index()
    for recovery_id in known.keys() - new.keys():
        index.add(recovery_id, known[recovery_id])
    decided = _decided(session)
    found: dict[int, tuple[set[int], ...]] = {}
    for recovery_id in sorted(new):
        near = index.near(new[recovery_id], decided.get(recovery_id, _NONE))
        if any(near):
            found[recovery_id] = near
        index.add(recovery_id, new[recovery_id])
    return [_near(recovery_id, near, known) for recovery_id, near in found.items()]


def _near(recovery_id: int, near: Sequence[set[int]], known: Mapping[int, _Facts]) -> Near:
    """In words: those with which most agrees first, then those that were recorded first."""
    named = [known[other].named() for other in _first(near)]
    others = [name for name, _reference in named]
    if more := sum(map(len, near)) - len(named):
        others.append(f"{more} more")
    listed = " or ".join(filter(None, (", ".join(others[:-1]), others[-1])))
    agreed = " or ".join(words for words, ids in zip(_AGREED, near, strict=True) if ids)
    return Near(known[recovery_id].named()[0], listed, agreed, tuple(named))


def _first(near: Sequence[set[int]]) -> list[int]:
    chosen: list[int] = []
    for ids in near:
        if ids and len(chosen) < _NAMED:
            chosen += sorted(ids)[: _NAMED - len(chosen)]
    return chosen


def _load(session: Session, conditions: Iterable[ColumnElement[bool]], known: dict[int, _Facts]) -> None:
    """Adds what is compared of the recoveries that meet one of some conditions and are not known yet."""
    for condition in conditions:
        rows = session.execute(
            select(
                Recovery.id,
                Recovery.label,
                Recovery.uid,
                Recovery.kind,
                Recovery.weapon_system_id,
                Recovery.unit_type_id,
                Recovery.place,
            ).where(condition, Recovery.withdrawn_at.is_(None), Recovery.extent != Extent.MODEL)
        ).all()
        found = {
            number: _Facts(label, uid, kind, (weapon, unit), serial_key(place) if place else "")
            for number, label, uid, kind, weapon, unit, place in rows
            if number not in known
        }
        if found:
            _add_dates(session, condition, found)
            _add_numbers(session, condition, found)
            known |= found


def _add_dates(session: Session, condition: ColumnElement[bool], found: Mapping[int, _Facts]) -> None:
    rows = session.execute(
        select(RecoveryDate.recovery_id, RecoveryDate.kind, RecoveryDate.earliest, RecoveryDate.latest)
        .join(Recovery, Recovery.id == RecoveryDate.recovery_id)
        .where(condition, RecoveryDate.kind.in_(_INCIDENT))
    ).all()
    for number, kind, earliest, latest in rows:
        if number not in found or earliest is None or latest is None:
            continue
        first, last = earliest.toordinal(), latest.toordinal()
        if last - first < _LONGEST:
            found[number].days.update(range(first, last + 1))
            found[number].dated |= {kind}


def _add_numbers(session: Session, condition: ColumnElement[bool], found: Mapping[int, _Facts]) -> None:
    rows = session.execute(
        select(RecoverySerial.recovery_id, RecoverySerial.kind, RecoverySerial.value)
        .join(Recovery, Recovery.id == RecoverySerial.recovery_id)
        .where(condition)
    ).all()
    for number, kind, value in rows:
        if number in found:
            found[number].numbers.add((kind, undoubted_key(value)))
            found[number].numbered |= {kind}


def _alike(new: Mapping[int, _Facts]) -> list[ColumnElement[bool]]:
    """Which recoveries are of the same weapons or have the same numbers."""
    of_weapon = [facts.weapon for facts in new.values() if facts.days or facts.place or facts.numbers]
    conditions: list[ColumnElement[bool]] = []
    for column, ids in (
        (Recovery.weapon_system_id, {weapon for weapon, _unit in of_weapon}),
        (Recovery.unit_type_id, {unit for _weapon, unit in of_weapon}),
    ):
        conditions += [column.in_(some) for some in chunks(sorted(each for each in ids if each is not None))]
    for some in among(RecoverySerial.recovery_id, sorted(each for each in new if new[each].numbers)):
        keys = select(RecoverySerial.value_key).where(some)
        same = select(RecoverySerial.recovery_id).where(RecoverySerial.value_key.in_(keys))
        conditions.append(Recovery.id.in_(same))
    first, last = min(new), max(new)
    if last - first + 1 == len(new):
        # Most lists bring new recoveries only, which need not be read twice.
        return [and_(condition, or_(Recovery.id < first, Recovery.id > last)) for condition in conditions]
    return conditions


def _decided(session: Session) -> dict[int, set[int]]:
    """With which others a person said whether a recovery is one, by recovery."""
    pairs = session.execute(
        select(SameAs.left_recovery_id, SameAs.right_recovery_id).where(
            SameAs.left_recovery_id.is_not(None), SameAs.undone_at.is_(None)
        )
    )
    decided: dict[int, set[int]] = defaultdict(set)
    for left, right in pairs:
        decided[left].add(right)
        decided[right].add(left)
    return decided
