"""The filters of a question: which components it counts, and why the others are left out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum

import numpy as np
from sqlalchemy import select

from provenance.core.errors import UsageError
from provenance.core.vocabulary import (
    SUSPECT_AUTHENTICITY,
    WEAPONS_IN_THE_AIR,
    Authenticity,
    ComponentCategory,
    RecoveryKind,
    Tlp,
    WeaponKind,
)
from provenance.queries.fact_table import FactTable, Numbers
from provenance.queries.facts.columns import ComponentFact, RecoveryFact
from provenance.queries.facts.layout import code
from provenance.queries.facts.packing import Column
from provenance.queries.filter_pipeline import FilterPipeline, Rule
from provenance.queries.names import weapon_labels, with_variants
from provenance.schema.reference import HsCode, WeaponSystem
from provenance.schema.session import Session, remembered

CANNOT_BE_JUDGED = 6
"""Admiralty credibility 6 means "cannot be judged"; it is not worse than 5."""

ANY = "any"
"""What a filter that lets everything through is set to in a basis."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which components a question is about; None and empty mean all.

    ``since`` and ``until`` are the first and last day of recovery, or else capture, or else use, inclusive.
    ``weapon_ids`` are weapon systems; ``tiers`` CHPL tiers such as ``1`` or ``3.A`` (``3`` is both halves).
    ``made_after`` is a day after which a component was certainly made, ``min_credibility`` the worst
    Admiralty credibility (1 to 5), ``clearance`` the strictest TLP mark that may go into the answer.
    Makers and part numbers that the program read from markings count only where they are included.
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
    include_read_makers: bool = False
    include_read_parts: bool = False
    clearance: Tlp | None = None

    def component_columns(self) -> list[ComponentFact]:
        """The component columns that the filters read."""
        wanted = {
            ComponentFact.CATEGORY: bool(self.categories),
            ComponentFact.CATEGORY_READ: bool(self.categories),
            ComponentFact.HS6: bool(self.tiers),
            ComponentFact.HS6_READ: bool(self.tiers),
            ComponentFact.CREDIBILITY: self.min_credibility is not None,
        }
        return [ComponentFact.AUTHENTICITY, *(name for name, needed in wanted.items() if needed)]


def apply_selection(session: Session, pipeline: FilterPipeline, selection: Selection) -> None:
    """Applies every filter of a selection."""
    _found_in_weapons(pipeline)
    _weapon_kinds(session, pipeline, selection)
    if selection.weapon_ids:
        _of_weapons(session, pipeline, selection.weapon_ids)
    if selection.since or selection.until:
        _found_between(pipeline, selection.since, selection.until)
    _component_rules(session, pipeline, selection)


def _found_in_weapons(pipeline: FilterPipeline) -> None:
    battlefield = code(RecoveryKind, RecoveryKind.BATTLEFIELD)
    elsewhere = pipeline.facts.recoveries[RecoveryFact.KIND] != battlefield
    pipeline.exclude_recoveries(elsewhere, Rule("from seizures and interceptions"))


def _weapon_kinds(session: Session, pipeline: FilterPipeline, selection: Selection) -> None:
    if not selection.weapon_kinds:
        return
    kinds = remembered(
        session,
        "weapon kinds",
        lambda: {row.id: row.kind for row in session.execute(select(WeaponSystem.id, WeaponSystem.kind))},
    )
    names = ", ".join(kind.replace("_", " ") for kind in selection.weapon_kinds)
    rules = (
        Rule("from units whose weapon the source does not name"),
        Rule("from weapons of unknown kind"),
        Rule(f"from weapons of kinds other than {names}"),
    )
    places = np.ones(max(kinds, default=0) + 1, dtype=np.uint8)
    places[list(kinds)] = [
        0 if kind in selection.weapon_kinds else 3 if kind else 2 for kind in kinds.values()
    ]
    place = places.take(pipeline.facts.recoveries[RecoveryFact.WEAPON])
    for number, rule in enumerate(rules, start=1):
        pipeline.exclude_recoveries(place == number, rule)


def _of_weapons(session: Session, pipeline: FilterPipeline, weapon_ids: tuple[int, ...]) -> None:
    wanted, families = with_variants(session, weapon_ids)
    weapon = pipeline.facts.recoveries[RecoveryFact.WEAPON]
    undetermined = Rule("from a family of weapons whose variant is not determined", unjudged=True)
    pipeline.exclude_recoveries(np.isin(weapon, list(families)), undetermined)
    pipeline.exclude_recoveries(np.isin(weapon, list(wanted), invert=True), Rule("from other weapons"))


def _found_between(pipeline: FilterPipeline, since: date | None, until: date | None) -> None:
    earliest, latest = pipeline.facts.timeline.earliest, pipeline.facts.timeline.latest
    first = since.toordinal() if since else 1
    last = until.toordinal() if until else date.max.toordinal()
    dated = (earliest != 0) | (latest != 0)
    surely = (earliest >= first if since else dated) & ((latest != 0) & (latest <= last) if until else dated)
    never = dated & (((latest != 0) & (latest < first)) | ((earliest != 0) & (earliest > last)))
    window = _window(since, until)
    hinted = pipeline.facts.recoveries[RecoveryFact.UNSTATED_EARLIEST] != 0
    for excluded, rule in (
        (~dated & ~hinted, Rule("without a date of recovery, capture or use", unjudged=True)),
        (never, Rule(f"recovered or used outside the period {window}")),
        (~dated, Rule("with a date whose meaning the source does not state", unjudged=True)),
        (~surely, Rule(f"dated too coarsely to place in the period {window}", unjudged=True)),
    ):
        pipeline.exclude_recoveries(excluded, rule)


def _window(since: date | None, until: date | None) -> str:
    if since and until:
        return f"{since.isoformat()} to {until.isoformat()}"
    return f"from {since.isoformat()} on" if since else f"up to {until.isoformat() if until else ''}"


def _component_rules(session: Session, pipeline: FilterPipeline, selection: Selection) -> None:
    columns = pipeline.facts.components
    if not selection.include_suspect:
        _authentic(pipeline)
    if selection.categories:
        wanted = [code(ComponentCategory, name) for name in selection.categories]
        _among(
            pipeline, columns[ComponentFact.CATEGORY], wanted, "of other categories", "of unknown category"
        )
    if selection.tiers:
        _chpl_tiers(session, pipeline, selection.tiers)
    if selection.made_after is not None:
        _made_after(pipeline, selection.made_after)
    if selection.min_credibility is not None:
        _credible(pipeline, selection.min_credibility)


def _authentic(pipeline: FilterPipeline) -> None:
    authenticity = pipeline.facts.components[ComponentFact.AUTHENTICITY]
    suspect = {code(Authenticity, mark): 1 for mark in SUSPECT_AUTHENTICITY}
    if authenticity.single is not None and authenticity.single not in suspect:
        return
    rule = Rule("suspected or confirmed to be counterfeit")
    pipeline.exclude(lambda rows: authenticity.marks(rows, suspect, otherwise=0), [rule])


def _among(pipeline: FilterPipeline, column: Column, wanted: list[int], others: str, unknown: str) -> None:
    """Excludes the unknown, then what is not wanted."""
    marks = dict.fromkeys(wanted, 0) | {0: 1}
    pipeline.exclude(
        lambda rows: column.marks(rows, marks, otherwise=2), [Rule(unknown, unjudged=True), Rule(others)]
    )


def _chpl_tiers(session: Session, pipeline: FilterPipeline, tiers: tuple[str, ...]) -> None:
    rows = session.execute(select(HsCode.hs6, HsCode.tier)).all()
    wanted = [int(hs6) for hs6, tier in rows if tier in tiers or tier.split(".")[0] in tiers]
    _among(
        pipeline,
        pipeline.facts.components[ComponentFact.HS6],
        wanted,
        f"not of CHPL tier {', '.join(tiers)}",
        "of unknown customs code, and so of unknown CHPL tier",
    )


def _made_after(pipeline: FilterPipeline, day: date) -> None:
    iso = day.isoformat()
    # In the order of `MadeClass`: the rule that excludes each class, 0 for the one that stays.
    places = np.array([0, 3, 2, 1], dtype=np.uint8)
    pipeline.exclude(
        lambda rows: places.take(made_classes(pipeline.facts, rows, day)),
        [
            Rule("of unknown date of manufacture", unjudged=True),
            Rule(f"made on or before {iso}"),
            Rule(f"that may have been made before or after {iso}", unjudged=True),
        ],
    )


def _credible(pipeline: FilterPipeline, worst: int) -> None:
    marks = dict.fromkeys(range(1, worst + 1), 0) | dict.fromkeys((0, CANNOT_BE_JUDGED), 1)
    credibility = pipeline.facts.components[ComponentFact.CREDIBILITY]
    pipeline.exclude(
        lambda rows: credibility.marks(rows, marks, otherwise=2),
        [
            Rule("whose credibility is not assessed or cannot be judged", unjudged=True),
            Rule(f"of credibility worse than {worst}"),
        ],
    )


class MadeClass(IntEnum):
    """Whether a component was made after a day."""

    CERTAIN = 0
    POSSIBLE = 1
    BEFORE = 2
    UNKNOWN = 3


def made_classes(facts: FactTable, rows: Numbers, day: date | Numbers) -> Numbers:
    """The `MadeClass` of each of these components; ``day`` is one for all, or the ordinal of each one's own.

    A component that was recovered, used or built into a weapon by that day was made by it, dated or not.
    """
    earliest, latest = facts.made_bounds(rows)
    known = facts.components[ComponentFact.MADE_LATEST].known(rows)
    known |= earliest != 0
    ordinal = day.toordinal() if isinstance(day, date) else day
    after, before = earliest > ordinal, latest <= ordinal
    classes = known * np.uint8(MadeClass.POSSIBLE) + ~known * np.uint8(MadeClass.UNKNOWN)
    classes *= ~before
    classes += before * np.uint8(MadeClass.BEFORE)
    classes *= ~after  # `MadeClass.CERTAIN` is 0
    return classes


def selection_filters(session: Session, selection: Selection) -> dict[str, str]:
    """The filters in force, by snake_case name, for the basis."""
    weapons = weapon_labels(session, selection.weapon_ids).values()
    stated = {
        "weapon_kinds": ", ".join(selection.weapon_kinds) or ANY,
        "since": selection.since,
        "until": selection.until,
        "weapons": "; ".join(label for label, _ref in weapons) or None,
        "categories": ", ".join(selection.categories) or None,
        "chpl_tiers": ", ".join(selection.tiers) or None,
        "made_after": selection.made_after,
        "credibility_at_least": selection.min_credibility,
        "suspect": "counted" if selection.include_suspect else "left out",
        "read_makers": "counted" if selection.include_read_makers else "left out",
        "read_parts": "counted" if selection.include_read_parts else "left out",
        "at_most_tlp": selection.clearance,
    }
    return {name: str(value) for name, value in stated.items() if value is not None}


def known_tiers(session: Session, tiers: tuple[str, ...]) -> tuple[str, ...]:
    """These CHPL tiers in upper case.

    Raises:
        UsageError: the list has no such tier.
    """
    if not tiers:
        return ()
    listed = set(session.execute(select(HsCode.tier)).scalars())
    allowed = sorted(listed | {tier.split(".")[0] for tier in listed})
    for tier in tiers:
        if tier.upper() not in allowed:
            raise UsageError(
                f"{tier} is not a tier of the Common High Priority List; it has {', '.join(allowed)}"
            )
    return tuple(tier.upper() for tier in tiers)
