"""What a question leaves in: each rule in turn, with an account of what it left out and could not judge."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

import numpy as np
from sqlalchemy import select

from provenance.core.basis import Basis
from provenance.core.vocabulary import (
    SUSPECT_AUTHENTICITY,
    WEAPONS_IN_THE_AIR,
    Authenticity,
    ComponentCategory,
    RecoveryKind,
    Tlp,
    WeaponKind,
)
from provenance.facts.layout import code
from provenance.facts.packing import Column
from provenance.queries.ground import Ground, Mask, Numbers, pieces
from provenance.queries.names import with_variants
from provenance.schema.reference import HsCode, WeaponSystem
from provenance.schema.session import Session, remembered

CANNOT_BE_JUDGED = 6
"""The credibility that says so, which is not worse than 5."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which components a question is about; None and empty are "all".

    ``weapon_ids`` are weapon systems; ``tiers`` CHPL tiers such as ``1`` or ``3.A`` (``3`` is both).
    """

    weapon_kinds: tuple[WeaponKind, ...] = WEAPONS_IN_THE_AIR
    since: date | None = None
    until: date | None = None
    weapon_ids: tuple[int, ...] = ()
    categories: tuple[ComponentCategory, ...] = ()
    tiers: tuple[str, ...] = ()
    made_after: date | None = None
    min_credibility: int | None = None
    include_suspect: bool = False
    include_tentative: bool = False
    max_tlp: Tlp | None = None

    def component_columns(self) -> list[str]:
        """The component columns that the rules look at."""
        wanted = {
            "category": bool(self.categories),
            "category_read": bool(self.categories),
            "hs6": bool(self.tiers),
            "hs6_read": bool(self.tiers),
            "credibility": self.min_credibility is not None,
        }
        return ["authenticity", *(name for name, needed in wanted.items() if needed)]


@dataclass(frozen=True, slots=True)
class Rule:
    """Why components are left out; ``unjudged``: because what is asked is not known of them."""

    reason: str
    unjudged: bool = False


class Sieve:
    """Leaves out by rules, one after the other: first by recoveries, as long as it can, then by components.

    Single components are dropped before all, those first that repeat another. Recoveries are sifted without
    a look at their components, whose positions are settled when somebody first asks for them.
    """

    def __init__(self, ground: Ground, basis: Basis) -> None:
        self.ground = ground
        self.basis = basis
        self._each = ground.components_each
        self._dropped: Mask | None = None
        self._rows: list[Numbers] | None = None
        self.drop(ground.repeats, Rule("that repeat a component already counted"))

    @property
    def rows(self) -> Numbers:
        """Positions of the components that are left, upwards."""
        parts = list(self._parts())
        if len(parts) != 1 or self._rows is None:
            self._rows = parts = [np.concatenate(parts) if parts else np.empty(0, dtype=np.intp)]
        return parts[0]

    def _parts(self) -> Iterator[Numbers]:
        if self._rows is not None:
            yield from self._rows
            return
        if not self.ground.size:
            yield np.empty(0, dtype=np.intp)
        left, dropped = self._each != 0, self._dropped
        for some in pieces(self.ground.size):
            wanted = left.take(self.ground.at[some])
            if dropped is not None:
                wanted &= ~dropped[some]
            yield np.flatnonzero(wanted) + some.start

    def drop(self, positions: Numbers, rule: Rule) -> None:
        """Leaves out components at some positions; comes before `sift_recoveries`."""
        assert self._rows is None, "components have been sifted already"
        if self._dropped is not None:
            positions = positions[~self._dropped.take(positions)]
        if len(positions):
            if self._dropped is None:
                self._dropped = np.zeros(self.ground.size, dtype=np.bool_)
            self._dropped[positions] = True
            self._account(rule, len(positions), self.ground.distinct_recoveries(positions))
            at = self.ground.at.take(positions)
            self._each = self._each - np.bincount(at, minlength=self.ground.recovery_count)

    def sift_recoveries(self, gone: Mask, rule: Rule) -> None:
        """Leaves out every component of some recoveries; comes before `sift`."""
        assert self._rows is None, "components have been sifted already"
        emptied = np.flatnonzero(gone & (self._each != 0))
        if len(emptied):
            one_of = self.ground.one_of
            things = emptied if one_of is None else one_of[emptied]
            self._account(rule, int(self._each[emptied].sum()), self.ground.distinct(things))
            self._each = self._each * ~gone

    def sift(self, place: Callable[[Numbers], Numbers], rules: Sequence[Rule]) -> list[Numbers]:
        """Leaves components out by the first, second… rule where their place is 1, 2…; 0 stays.

        ``place`` gives the places of some positions, which come in parts of those that are left. Gives
        for each part where those that stay stood in it.
        """
        counts = [0] * len(rules)
        seen = np.zeros((len(rules), self.ground.recovery_count), dtype=np.bool_)
        staying: list[Numbers] = []
        left: list[Numbers] = []
        for rows in self._parts():
            places = place(rows)
            runs, things = _by_thing(places, self.ground.things(rows))
            for number, of_rule in enumerate(seen):
                if gone := int(np.count_nonzero(places == number + 1)):
                    counts[number] += gone
                    of_rule[things.take(np.flatnonzero(runs & (2 << number)))] = True
            staying.append(np.flatnonzero(places == 0))
            left.append(rows.take(staying[-1]))
        self._rows = left
        for rule, count, things in zip(rules, counts, seen, strict=True):
            self._account(rule, count, int(np.count_nonzero(things)))
        return staying

    def _account(self, rule: Rule, components: int, recoveries: int) -> None:
        self.basis.leave_out(rule.reason, components, recoveries, unjudged=rule.unjudged)


def _by_thing(places: Numbers, things: Numbers) -> tuple[Numbers, Numbers]:
    """Which places occur in each run of one recovery, as bits, and the recovery of each run.

    Components of a recovery mostly stand side by side, so that there are far fewer runs than components.
    """
    if not len(things):
        return places, things
    starts = np.append(0, np.flatnonzero(things[1:] != things[:-1]) + 1)
    return np.bitwise_or.reduceat(np.left_shift(np.uint8(1), places), starts), things.take(starts)


def apply_selection(session: Session, sieve: Sieve, selection: Selection) -> None:
    """Applies every rule of a selection."""
    _found_in_weapons(sieve)
    _weapon_kinds(session, sieve, selection)
    if selection.weapon_ids:
        _of_weapons(session, sieve, selection.weapon_ids)
    if selection.since or selection.until:
        _seen_between(sieve, selection.since, selection.until)
    _component_rules(session, sieve, selection)


def _found_in_weapons(sieve: Sieve) -> None:
    battlefield = code(RecoveryKind, RecoveryKind.BATTLEFIELD)
    elsewhere = sieve.ground.recoveries["kind"] != battlefield
    sieve.sift_recoveries(elsewhere, Rule("from seizures and interceptions"))


def _weapon_kinds(session: Session, sieve: Sieve, selection: Selection) -> None:
    if not selection.weapon_kinds:
        return
    kinds = remembered(
        session,
        "weapon kinds",
        lambda: {row.id: row.kind for row in session.execute(select(WeaponSystem.id, WeaponSystem.kind))},
    )
    names = ", ".join(kind.replace("_", " ") for kind in selection.weapon_kinds)
    rules = (
        Rule("out of units whose weapon the source does not name"),
        Rule("out of weapons of unknown kind"),
        Rule(f"out of other things than: {names}"),
    )
    places = np.ones(max(kinds, default=0) + 1, dtype=np.uint8)
    places[list(kinds)] = [
        0 if kind in selection.weapon_kinds else 3 if kind else 2 for kind in kinds.values()
    ]
    place = places.take(sieve.ground.recoveries["weapon"])
    for number, rule in enumerate(rules, start=1):
        sieve.sift_recoveries(place == number, rule)


def _of_weapons(session: Session, sieve: Sieve, weapon_ids: tuple[int, ...]) -> None:
    wanted, families = with_variants(session, weapon_ids)
    weapon = sieve.ground.recoveries["weapon"]
    undetermined = Rule("out of a family of weapons whose variant is not determined", unjudged=True)
    sieve.sift_recoveries(np.isin(weapon, list(families)), undetermined)
    sieve.sift_recoveries(np.isin(weapon, list(wanted), invert=True), Rule("out of other weapons"))


def _seen_between(sieve: Sieve, since: date | None, until: date | None) -> None:
    earliest, latest = sieve.ground.seen.earliest, sieve.ground.seen.latest
    first = since.toordinal() if since else 1
    last = until.toordinal() if until else date.max.toordinal()
    dated = (earliest != 0) | (latest != 0)
    surely = (earliest >= first if since else dated) & ((latest != 0) & (latest <= last) if until else dated)
    never = dated & (((latest != 0) & (latest < first)) | ((earliest != 0) & (earliest > last)))
    window = f"{since.isoformat() if since else '…'} to {until.isoformat() if until else '…'}"
    hinted = sieve.ground.recoveries["unstated_earliest"] != 0
    for gone, rule in (
        (~dated & ~hinted, Rule("without a date of recovery, capture or use", unjudged=True)),
        (never, Rule(f"recovered or used outside {window}")),
        (~dated, Rule("with a date of which the source does not say what happened then", unjudged=True)),
        (~surely, Rule(f"dated too coarsely to say whether within {window}", unjudged=True)),
    ):
        sieve.sift_recoveries(gone, rule)


def _component_rules(session: Session, sieve: Sieve, selection: Selection) -> None:
    columns = sieve.ground.components
    if not selection.include_suspect:
        _authentic(sieve)
    if selection.categories:
        wanted = [code(ComponentCategory, name) for name in selection.categories]
        _among(sieve, columns["category"], wanted, "of other categories", "of unknown category")
    if selection.tiers:
        _chpl_tiers(session, sieve, selection.tiers)
    if selection.made_after is not None:
        _made_after(sieve, selection.made_after)
    if selection.min_credibility is not None:
        _credible(sieve, selection.min_credibility)


def _authentic(sieve: Sieve) -> None:
    authenticity = sieve.ground.components["authenticity"]
    suspect = {code(Authenticity, mark): 1 for mark in SUSPECT_AUTHENTICITY}
    if authenticity.single is not None and authenticity.single not in suspect:
        return
    rule = Rule("suspected or confirmed counterfeit (--include-suspect counts them)")
    sieve.sift(lambda rows: authenticity.marks(rows, suspect, otherwise=0), [rule])


def _among(sieve: Sieve, column: Column, wanted: list[int], others: str, unknown: str) -> None:
    """Leaves out the unknown, then what is not wanted."""
    marks = dict.fromkeys(wanted, 0) | {0: 1}
    sieve.sift(
        lambda rows: column.marks(rows, marks, otherwise=2), [Rule(unknown, unjudged=True), Rule(others)]
    )


def _chpl_tiers(session: Session, sieve: Sieve, tiers: tuple[str, ...]) -> None:
    rows = session.execute(select(HsCode.hs6, HsCode.tier)).all()
    wanted = [int(hs6) for hs6, tier in rows if tier in tiers or tier.split(".")[0] in tiers]
    _among(
        sieve,
        sieve.ground.components["hs6"],
        wanted,
        f"not of CHPL tier {', '.join(tiers)}",
        "of unknown customs code, so of unknown CHPL tier",
    )


def _made_after(sieve: Sieve, day: date) -> None:
    iso = day.isoformat()
    # The classes' order is that of `MadeClass`, the rules' what cannot be judged, what was made before.
    places = np.array([0, 3, 2, 1], dtype=np.uint8)
    sieve.sift(
        lambda rows: places.take(made_classes(sieve.ground, rows, day)),
        [
            Rule("of unknown date of manufacture", unjudged=True),
            Rule(f"made by {iso}"),
            Rule(f"that may have been made before or after {iso}", unjudged=True),
        ],
    )


def _credible(sieve: Sieve, worst: int) -> None:
    marks = dict.fromkeys(range(1, worst + 1), 0) | dict.fromkeys((0, CANNOT_BE_JUDGED), 1)
    credibility = sieve.ground.components["credibility"]
    sieve.sift(
        lambda rows: credibility.marks(rows, marks, otherwise=2),
        [
            Rule("of credibility not assessed, or that cannot be judged", unjudged=True),
            Rule(f"of credibility worse than {worst}"),
        ],
    )


class MadeClass(IntEnum):
    """Whether a component was made after a day."""

    CERTAIN = 0
    POSSIBLE = 1
    BEFORE = 2
    UNKNOWN = 3


def made_classes(ground: Ground, rows: Numbers, day: date) -> Numbers:
    """The `MadeClass` of each of these components.

    What was recovered, used or built into a weapon by the day was made by it, date code or not.
    """
    earliest, latest = ground.made_bounds(rows)
    known = ground.components["made_latest"].known(rows)
    known |= earliest != 0
    ordinal = day.toordinal()
    after, before = earliest > ordinal, latest <= ordinal
    classes = known * np.uint8(MadeClass.POSSIBLE) + ~known * np.uint8(MadeClass.UNKNOWN)
    classes *= ~before
    classes += before * np.uint8(MadeClass.BEFORE)
    classes *= ~after  # `MadeClass.CERTAIN` is 0
    return classes
