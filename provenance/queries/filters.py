"""What a question leaves in: each rule in turn, with an account of what it left out and could not judge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from sqlalchemy import select
from sqlmodel import Session

from provenance.facts.layout import code
from provenance.models.tables import table
from provenance.queries.basis import Basis
from provenance.queries.ground import Ground, Mask, Numbers
from provenance.queries.names import with_variants
from provenance.queries.nationality import made_bounds
from provenance.vocab import (
    SUSPECT_AUTHENTICITY,
    WEAPONS_IN_THE_AIR,
    Authenticity,
    ComponentCategory,
    RecoveryKind,
    WeaponKind,
)

SEEN_KINDS = ("recovered", "captured", "used")
"""The dates that place a find in time, best first: a capture is a recovery, a use is near one."""


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


class Sieve:
    """Applies rules one after the other to a mask of components."""

    def __init__(self, ground: Ground, basis: Basis) -> None:
        self.ground = ground
        self.basis = basis
        self.mask: Mask = np.ones(ground.size, dtype=np.bool_)

    def keep(
        self, wanted: Mask, reason: str, *, unjudged: Mask | None = None, unjudged_reason: str = ""
    ) -> None:
        """Keeps what is wanted; what could not be judged is left out too, and counted by itself."""
        if unjudged is not None:
            self._leave(self.mask & unjudged, unjudged_reason, unjudged=True)
            wanted = wanted & ~unjudged
        self._leave(self.mask & ~wanted, reason, unjudged=False)

    def keep_recoveries(self, wanted: Mask, reason: str) -> None:
        """`keep` for a rule about recoveries."""
        if not wanted.all():
            self.keep(wanted[self.ground.at], reason)

    def _leave(self, gone: Mask, reason: str, *, unjudged: bool) -> None:
        count = int(np.count_nonzero(gone))
        if count:
            self.basis.leave_out(reason, count, self.ground.distinct_recoveries(gone), unjudged=unjudged)
            self.mask &= ~gone


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
    sieve.keep_recoveries(sieve.ground.recoveries["kind"] == battlefield, "from seizures and interceptions")


def _weapon_kinds(session: Session, sieve: Sieve, selection: Selection) -> None:
    if not selection.weapon_kinds:
        return
    weapon = table("weapon_system")
    kinds = {row.id: row.kind for row in session.execute(select(weapon.c.id, weapon.c.kind))}
    highest = max(kinds, default=0)
    codes = np.zeros(highest + 1, dtype=np.uint8)
    for number, kind in kinds.items():
        codes[number] = code(WeaponKind, kind)
    kind_of = codes[sieve.ground.recoveries["weapon"]]
    unnamed = sieve.ground.recoveries["weapon"] == 0
    sieve.keep_recoveries(~unnamed, "out of units whose weapon the source does not name")
    sieve.keep_recoveries((kind_of != 0) | unnamed, "out of weapons of unknown kind")
    wanted = np.isin(kind_of, [code(WeaponKind, kind) for kind in selection.weapon_kinds])
    names = ", ".join(kind.replace("_", " ") for kind in selection.weapon_kinds)
    sieve.keep_recoveries(wanted | unnamed | (kind_of == 0), f"out of other things than: {names}")


def _of_weapons(session: Session, sieve: Sieve, weapon_ids: tuple[int, ...]) -> None:
    wanted, families = with_variants(session, weapon_ids)
    weapon = sieve.ground.recoveries["weapon"]
    undetermined = np.isin(weapon, list(families))
    sieve.keep(
        np.isin(weapon, list(wanted))[sieve.ground.at],
        "out of other weapons",
        unjudged=undetermined[sieve.ground.at],
        unjudged_reason="out of a family of weapons whose variant is not determined",
    )


def seen_bounds(ground: Ground) -> tuple[Numbers, Numbers]:
    """When each recovery was recovered, else captured, else used: first and last day, 0 where open."""
    earliest = np.zeros(ground.recovery_count, dtype=np.int32)
    latest = earliest.copy()
    open_ = np.ones(ground.recovery_count, dtype=np.bool_)
    for kind in SEEN_KINDS:
        first, last = ground.recoveries[f"{kind}_earliest"], ground.recoveries[f"{kind}_latest"]
        said = open_ & ((first != 0) | (last != 0))
        earliest[said], latest[said] = first[said], last[said]
        open_ &= ~said
    return earliest, latest


def _seen_between(sieve: Sieve, since: date | None, until: date | None) -> None:
    ground = sieve.ground
    earliest, latest = seen_bounds(ground)
    first = since.toordinal() if since else 1
    last = until.toordinal() if until else date.max.toordinal()
    dated = (earliest != 0) | (latest != 0)
    surely = (earliest >= first if since else dated) & ((latest != 0) & (latest <= last) if until else dated)
    never = dated & (((latest != 0) & (latest < first)) | ((earliest != 0) & (earliest > last)))
    window = f"{since.isoformat() if since else '…'} to {until.isoformat() if until else '…'}"
    undated_hint = (~dated) & (ground.recoveries["unstated_earliest"] != 0)
    sieve.keep(
        ~never[ground.at],
        f"recovered or used outside {window}",
        unjudged=(~dated & ~undated_hint)[ground.at],
        unjudged_reason="without a date of recovery, capture or use",
    )
    sieve.keep(
        np.ones(ground.size, dtype=np.bool_),
        "",
        unjudged=undated_hint[ground.at],
        unjudged_reason="with a date of which the source does not say what happened then",
    )
    sieve.keep(
        np.ones(ground.size, dtype=np.bool_),
        "",
        unjudged=(dated & ~never & ~surely)[ground.at],
        unjudged_reason=f"dated too coarsely to say whether within {window}",
    )


def _component_rules(session: Session, sieve: Sieve, selection: Selection) -> None:
    columns = sieve.ground.components
    if not selection.include_suspect:
        suspect = np.isin(
            columns["authenticity"], [code(Authenticity, mark) for mark in SUSPECT_AUTHENTICITY]
        )
        sieve.keep(~suspect, "suspected or confirmed counterfeit (--include-suspect counts them)")
    if selection.categories:
        wanted = np.isin(
            columns["category"], [code(ComponentCategory, name) for name in selection.categories]
        )
        unknown = columns["category"] == 0
        sieve.keep(wanted, "of other categories", unjudged=unknown, unjudged_reason="of unknown category")
    if selection.tiers:
        _chpl_tiers(session, sieve, selection.tiers)
    if selection.made_after is not None:
        _made_after(sieve, selection.made_after)
    if selection.min_credibility is not None:
        grade = columns["credibility"]
        unknown = (grade == 0) | (grade == 6)
        sieve.keep(
            grade <= selection.min_credibility,
            f"of credibility worse than {selection.min_credibility}",
            unjudged=unknown,
            unjudged_reason="of credibility not assessed, or that cannot be judged",
        )


def _chpl_tiers(session: Session, sieve: Sieve, tiers: tuple[str, ...]) -> None:
    hs = table("hs_code")
    rows = session.execute(select(hs.c.hs6, hs.c.tier)).all()
    wanted = [
        int(row.hs6) for row in rows if any(row.tier.split(".")[0] == t or row.tier == t for t in tiers)
    ]
    code_of = sieve.ground.components["hs6"]
    sieve.keep(
        np.isin(code_of, wanted),
        f"not of CHPL tier {', '.join(tiers)}",
        unjudged=code_of == 0,
        unjudged_reason="of unknown customs code, so of unknown CHPL tier",
    )


def _made_after(sieve: Sieve, day: date) -> None:
    certain, possible, before, unknown = made_classes(sieve.ground, day)
    del before
    sieve.keep(
        certain | possible,
        f"made by {day.isoformat()}",
        unjudged=unknown,
        unjudged_reason="of unknown date of manufacture",
    )
    sieve.keep(
        certain,
        "",
        unjudged=possible,
        unjudged_reason=f"that may have been made before or after {day.isoformat()}",
    )


def made_classes(ground: Ground, day: date) -> tuple[Mask, Mask, Mask, Mask]:
    """Components made certainly after a day, possibly, by it, and those of which it is not known.

    What was recovered, used or built into a weapon by the day was made by it, date code or not.
    """
    earliest, latest = made_bounds(ground)
    known = (ground.components["made_earliest"] != 0) | (ground.components["made_latest"] != 0)
    ordinal = day.toordinal()
    certain = known & (earliest > ordinal)
    before = (latest <= ordinal) & ~certain
    possible = known & ~certain & ~before
    return certain, possible, before, ~(certain | possible | before)
