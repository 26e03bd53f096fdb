"""Recoveries that may be one wreck, reported twice: they stay apart until a person decides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import select

from provenance.core.identity import reference
from provenance.core.vocabulary import Extent, RecoveryDateKind
from provenance.domain.record_kinds import RecordKind
from provenance.schema.chunks import chunks
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

_AGREED = {
    "number": "the number agrees",
    "day": "weapon and date agree",
    "place": "weapon and place agree",
}
"""What may agree, the most telling first."""


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
    """What is compared of a recovery."""

    id: int
    name: str
    kind: str
    weapon: tuple[int | None, int | None]
    place: str
    dates: list[tuple[str, date, date]] = field(default_factory=list)
    numbers: list[tuple[str, str]] = field(default_factory=list)

    def signs(self) -> Iterator[tuple[Hashable, ...]]:
        """What another recovery may have in common with it; the first word of each is a key of `_AGREED`."""
        for kind, number in self.numbers:
            if not is_ordinal(number):
                yield "number", self.kind, kind, number
            elif len(number) >= _FEWEST_DIGITS and self.weapon != (None, None):
                yield "number", self.kind, kind, number, self.weapon
        if self.weapon == (None, None):
            return
        if self.place:
            yield "place", self.kind, self.weapon, self.place
        for _kind, first, last in self.dates:
            for day in range((last - first).days + 1):
                yield "day", self.kind, self.weapon, first + timedelta(days=day)

    def differs(self, other: _Facts, agreed: str) -> bool:
        """Whether a number contradicts that they are one; or a day, where only the place agrees."""
        if agreed == "number":
            return False
        days: list[tuple[str, date, date]] = [] if agreed == "day" else self.dates
        return _apart(self.numbers, other.numbers) or any(
            kind == theirs and (last < start or end < first)
            for kind, first, last in days
            for theirs, start, end in other.dates
        )


def _apart(ours: Iterable[tuple[str, str]], theirs: Iterable[tuple[str, str]]) -> bool:
    """Whether both state a number of one kind, and none of them agrees."""
    mine, other = set(ours), set(theirs)
    return not mine & other and bool({kind for kind, _number in mine} & {kind for kind, _number in other})


def near_recoveries(session: Session, numbers: Sequence[int]) -> list[Near]:
    """Which recoveries on record some recoveries, by row number, may be; a pair is named once.

    They may be one where weapon and day of the incident, or weapon and place, agree and no number contradicts
    it; or where a number agrees, whatever the weapons and sources. A pair that a person has decided about is
    left out, and so is what stands for all wrecks of a model, or was withdrawn.
    """
    new = {facts.id: facts for facts in _facts(session, numbers)}
    by_sign: dict[tuple[Hashable, ...], list[_Facts]] = defaultdict(list)
    for facts in new.values():
        for sign in set(facts.signs()):
            by_sign[sign].append(facts)
    if not by_sign:
        return []
    decided = _decided(session)
    found: dict[int, dict[int, tuple[str, str]]] = defaultdict(dict)
    for other in _facts(session, _candidates(session, new.values())):
        for sign in sorted(set(other.signs()) & by_sign.keys(), key=lambda each: _ORDER[str(each[0])]):
            agreed = str(sign[0])
            for facts in by_sign[sign]:
                named_already = other.id in new and other.id >= facts.id
                if named_already or frozenset((facts.id, other.id)) in decided:
                    continue
                if not facts.differs(other, agreed):
                    found[facts.id].setdefault(other.id, (other.name, agreed))
    return [_near(new[number], found[number]) for number in sorted(found)]


_ORDER = {sign: place for place, sign in enumerate(_AGREED)}


def _near(facts: _Facts, others: dict[int, tuple[str, str]]) -> Near:
    """In words: those with which most agrees first, then those that were recorded first."""
    ranked = sorted(others.items(), key=lambda item: (_ORDER[item[1][1]], item[0]))
    names = [name for _id, (name, _agreed) in ranked[:_NAMED]]
    named = tuple((name, name.rpartition("(")[2].rstrip(")")) for name in names)
    if len(ranked) > _NAMED:
        names.append(f"{len(ranked) - _NAMED} more")
    listed = " or ".join(filter(None, (", ".join(names[:-1]), names[-1])))
    kinds = sorted({agreed for _name, agreed in others.values()}, key=_ORDER.__getitem__)
    return Near(facts.name, listed, " or ".join(_AGREED[kind] for kind in kinds), named)


def _facts(session: Session, numbers: Sequence[int]) -> Iterator[_Facts]:
    """What is compared of some recoveries, in the order of their numbers."""
    for chunk in chunks(numbers):
        rows = session.execute(
            select(
                Recovery.id,
                Recovery.uid,
                Recovery.label,
                Recovery.kind,
                Recovery.weapon_system_id,
                Recovery.unit_type_id,
                Recovery.place,
            )
            .where(Recovery.id.in_(chunk), Recovery.withdrawn_at.is_(None), Recovery.extent != Extent.MODEL)
            .order_by(Recovery.id)
        )
        found = {row.id: _of_row(row) for row in rows}
        _add_dates(session, chunk, found)
        for serial in session.execute(
            select(RecoverySerial.recovery_id, RecoverySerial.kind, RecoverySerial.value).where(
                RecoverySerial.recovery_id.in_(chunk)
            )
        ):
            if serial.recovery_id in found:
                found[serial.recovery_id].numbers.append((serial.kind, undoubted_key(serial.value)))
        yield from found.values()


def _of_row(row: Any) -> _Facts:
    name = f"{row.label} ({reference(RecordKind.RECOVERY, row.uid)})"
    weapon = row.weapon_system_id, row.unit_type_id
    return _Facts(row.id, name, row.kind, weapon, serial_key(row.place or ""))


def _add_dates(session: Session, chunk: Sequence[int], found: dict[int, _Facts]) -> None:
    for row in session.execute(
        select(RecoveryDate.recovery_id, RecoveryDate.kind, RecoveryDate.earliest, RecoveryDate.latest).where(
            RecoveryDate.recovery_id.in_(chunk), RecoveryDate.kind.in_(_INCIDENT)
        )
    ):
        known = row.recovery_id in found and row.earliest is not None and row.latest is not None
        if known and (row.latest - row.earliest).days < _LONGEST:
            found[row.recovery_id].dates.append((row.kind, row.earliest, row.latest))


def _candidates(session: Session, new: Iterable[_Facts]) -> list[int]:
    """The recoveries of the same weapons, and those with the same numbers."""
    facts = list(new)
    found: set[int] = set()
    for column, ids in (
        (Recovery.weapon_system_id, {each.weapon[0] for each in facts}),
        (Recovery.unit_type_id, {each.weapon[1] for each in facts}),
    ):
        for chunk in chunks(sorted(number for number in ids if number is not None)):
            found.update(session.execute(select(Recovery.id).where(column.in_(chunk))).scalars())
    ours = select(RecoverySerial.value_key)
    for part in chunks([each.id for each in facts if each.numbers]):
        keys = ours.where(RecoverySerial.recovery_id.in_(part))
        same = select(RecoverySerial.recovery_id).where(RecoverySerial.value_key.in_(keys))
        found.update(session.execute(same).scalars())
    return sorted(found)


def _decided(session: Session) -> set[frozenset[int]]:
    """The pairs of recoveries of which a person said whether they are one."""
    pairs = session.execute(
        select(SameAs.left_recovery_id, SameAs.right_recovery_id).where(
            SameAs.left_recovery_id.is_not(None), SameAs.undone_at.is_(None)
        )
    )
    return {frozenset((row.left_recovery_id, row.right_recovery_id)) for row in pairs}
