"""Which recoveries may be one wreck, beside a comparison of every pair by the rule's own words."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest

from provenance.core.identity import reference
from provenance.domain.near_recoveries import Near, near_recoveries
from provenance.schema.session import Session
from provenance.text.serial_numbers import is_ordinal
from tests.support.rows import Rows

KINDS = ("battlefield", "battlefield", "battlefield", "seizure")
NUMBERS = ("M101", "M101?", "M102", "77-1", "771", "3")
PLACES = (None, None, "Kyiv", "kyiv", "Odesa")
SPANS = (1, 1, 1, 3, 31, 32)
WORDS = {
    "number": "the number agrees",
    "day": "weapon and date agree",
    "place": "weapon and place agree",
}


@dataclass
class Wreck:
    """A recovery as a test states it."""

    number: int
    name: str
    kind: str
    weapon: tuple[int | None, int | None]
    place: str
    counts: bool
    dates: list[tuple[str, date, date]] = field(default_factory=list)
    numbers: list[tuple[str, str]] = field(default_factory=list)


class World:
    """Some recoveries that agree in a good deal; of a few pairs it is decided whether they are one."""

    def __init__(self, session: Session, seed: int) -> None:
        self._chance = random.Random(seed)
        self._rows = Rows(session)
        weapons = [self._rows.add("weapon_system") for _ in range(2)]
        units = [self._rows.add("unit_type")]
        self._weapons = [
            (weapons[0], None),
            (weapons[0], None),
            (weapons[1], None),
            (None, units[0]),
            (None, None),
        ]
        self.wrecks = [self._wreck() for _ in range(self._chance.choice((2, 12, 24)))]
        self.decided = {frozenset(pair) for pair in self._decisions()}

    def _wreck(self) -> Wreck:
        chance, rows = self._chance, self._rows
        weapon, place = chance.choice(self._weapons), chance.choice(PLACES)
        extent = chance.choice(("specimen", "unstated", "unstated", "model"))
        withdrawn = datetime(2026, 1, 1, tzinfo=UTC) if chance.random() < 0.1 else None
        stated = {"kind": chance.choice(KINDS), "extent": extent, "place": place, "withdrawn_at": withdrawn}
        number = rows.add(
            "recovery",
            **stated,
            uid=f"{chance.getrandbits(128):032x}",
            weapon_system_id=weapon[0],
            unit_type_id=weapon[1],
        )
        wreck = Wreck(
            number, "", stated["kind"], weapon, (place or "").upper(), extent != "model" and not withdrawn
        )
        for kind in ("recovered", "used", "produced"):
            if chance.random() < 0.4:
                first = date(2024, 1, 1) + timedelta(days=chance.randrange(40))
                last = first + timedelta(days=chance.choice(SPANS) - 1)
                rows.add("recovery_date", recovery_id=number, kind=kind, earliest=first, latest=last)
                wreck.dates.append((kind, first, last))
        for kind in ("serial", "tail"):
            if chance.random() < 0.4:
                value = chance.choice(NUMBERS)
                rows.add(
                    "recovery_serial",
                    recovery_id=number,
                    kind=kind,
                    value=value,
                    value_key=value.replace("-", "").rstrip("?"),
                )
                wreck.numbers.append((kind, value.rstrip("?")))
        return wreck

    def _decisions(self) -> Iterator[tuple[int, int]]:
        numbers = [wreck.number for wreck in self.wrecks]
        for _ in range(self._chance.randrange(4)):
            left, right = self._chance.sample(numbers, 2)
            self._rows.add(
                "same_as",
                left_recovery_id=left,
                right_recovery_id=right,
                left_organization_id=None,
                right_organization_id=None,
                verdict=self._chance.choice(("same", "never")),
            )
            yield left, right

    def expected(self, new: set[int]) -> dict[int, dict[int, str]]:
        """For each new recovery the others that it may be, and what agrees."""
        found: dict[int, dict[int, str]] = {}
        for one in self.wrecks:
            for other in self.wrecks:
                later = other.number in new and other.number >= one.number
                if one.number not in new or later or frozenset((one.number, other.number)) in self.decided:
                    continue
                if one.counts and other.counts and (agreed := agreement(one, other)):
                    found.setdefault(one.number, {})[other.number] = agreed
        return found


def agreement(one: Wreck, other: Wreck) -> str | None:
    """What makes two recoveries perhaps one; None where nothing does, or something contradicts it."""
    if one.kind != other.kind:
        return None
    common = set(one.numbers) & set(other.numbers)
    one_weapon = one.weapon == other.weapon != (None, None)
    if any(not is_ordinal(number) or (one_weapon and len(number) >= 3) for _kind, number in common):
        return "number"
    kinds = {kind for kind, _number in one.numbers} & {kind for kind, _number in other.numbers}
    if not one_weapon or (kinds and not common):
        return None
    ours, theirs = incidents(one), incidents(other)
    if any(first <= end and start <= last for _, first, last in ours for _, start, end in theirs):
        return "day"
    if not one.place or one.place != other.place:
        return None
    contradicted = any(
        kind == same and (last < start or end < first)
        for kind, first, last in ours
        for same, start, end in theirs
    )
    return None if contradicted else "place"


def incidents(wreck: Wreck) -> list[tuple[str, date, date]]:
    """The dates of the incident that are known to the month at least."""
    return [each for each in wreck.dates if each[0] != "produced" and (each[2] - each[1]).days < 31]


def described(near: Near) -> tuple[str, int, str]:
    """What can be compared of an answer: who, how many others, and what agrees."""
    more = (
        int(near.others.rpartition(" or ")[2].removesuffix(" more")) if near.others.endswith(" more") else 0
    )
    return near.recovery, near.others.count("(R-") + more, near.agreed


@pytest.mark.parametrize("seed", range(60))
def test_the_answer_is_that_of_comparing_every_pair(scratch: Session, seed: int) -> None:
    world = World(scratch, seed)
    numbers = [wreck.number for wreck in world.wrecks]
    new = set(
        numbers[len(numbers) // 2 :] if seed % 2 else random.Random(seed).sample(numbers, len(numbers) // 2)
    )
    expected = world.expected(new)
    found = near_recoveries(scratch, sorted(new))
    names = {number: name_of(scratch, number) for number in numbers}
    assert [described(near) for near in found] == [
        (names[number], len(others), " or ".join(WORDS[each] for each in WORDS if each in others.values()))
        for number, others in sorted(expected.items())
    ]
    for near, others in zip(found, (expected[number] for number in sorted(expected)), strict=True):
        best = sorted(others, key=lambda number: (list(WORDS).index(others[number]), number))[:3]
        places = [near.others.index(names[number]) for number in best]
        assert places == sorted(places)


def name_of(session: Session, number: int) -> str:
    """How a recovery is named to a person."""
    from sqlalchemy import select

    from provenance.schema.recoveries import Recovery

    row = session.execute(select(Recovery.label, Recovery.uid).where(Recovery.id == number)).one()
    return f"{row.label} ({reference('recovery', row.uid)})"


def test_the_worlds_have_pairs_of_every_sort(scratch: Session) -> None:
    met = set()
    for seed in range(60):
        world = World(scratch, seed)
        for others in world.expected({wreck.number for wreck in world.wrecks}).values():
            met |= set(others.values())
    assert met == WORDS.keys()
