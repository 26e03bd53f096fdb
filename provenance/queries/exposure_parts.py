"""What of a firm was found: its parts, the weapons they were found in, the sources that report them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from sqlalchemy import select

from provenance.queries.counts import Counts
from provenance.queries.facts.columns import ComponentFact
from provenance.queries.names import part_labels, weapon_labels
from provenance.schema.chunks import chunks
from provenance.schema.recoveries import Component
from provenance.schema.session import Session
from provenance.schema.sources import Citation, Source


@dataclass(frozen=True, slots=True)
class PartExposure:
    """A part number, or a marking as published where no part number is known.

    ``stated`` is false of a marking, and of a part number that the program only reads from the marking
    (``guessed``). ``weapons`` are the weapon systems that it was found in.
    """

    part: str
    stated: bool
    guessed: bool
    recoveries: int
    components: int
    weapons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WeaponExposure:
    """A weapon system in which the firm's parts were found; None where the source does not name it."""

    weapon: str | None
    recoveries: int
    components: int


@dataclass(frozen=True, slots=True)
class SourceExposure:
    """A source behind the components; grades are None where they are not assessed."""

    source: str
    publisher: str
    origin_group: str
    reliability: str | None
    credibility: int | None
    components: int


def exposed_parts(
    session: Session, counts: Counts, ids: list[int], reported: Mapping[int, int]
) -> tuple[PartExposure, ...]:
    """The parts, those in the most recoveries first; ``ids`` are the components' row numbers, ``reported`` is
    as in `Counts.reported_ids`.
    """
    parts = counts.part.tolist()
    stated_parts = counts.facts.components[ComponentFact.PART].take(counts.rows).tolist()
    mpns = part_labels(session, [part for part in parts if part])
    markings = _markings(session, reported)
    weapons, recoveries = counts.weapons(), counts.recoveries()
    names = weapon_labels(session, np.unique(weapons).tolist())
    groups: dict[tuple[bool, bool, str], list[int]] = {}
    for place, (part, stated, number) in enumerate(zip(parts, stated_parts, ids, strict=True)):
        text = mpns[part][0] if part else markings.get(number, "")
        if text:
            groups.setdefault((bool(stated), bool(part and not stated), text), []).append(place)
    found = [
        PartExposure(
            part=text,
            stated=stated,
            guessed=guessed,
            recoveries=len(np.unique(recoveries[places])),
            components=len(places),
            weapons=tuple(
                sorted({names[weapon][0] for weapon in weapons[places].tolist() if weapon in names})
            ),
        )
        for (stated, guessed, text), places in groups.items()
    ]
    order = sorted(found, key=lambda each: (-each.recoveries, -each.components, not each.stated, each.part))
    return tuple(order)


def _markings(session: Session, reported: Mapping[int, int]) -> dict[int, str]:
    """The marking of each component, or else the first one of those that repeat it."""
    found: dict[int, str] = {}
    for some in chunks(sorted(reported)):
        rows = session.execute(
            select(Component.id, Component.marking)
            .where(Component.id.in_(some), Component.marking.is_not(None))
            .order_by(Component.id)
        )
        for row in rows:
            if row.id == reported[row.id] or reported[row.id] not in found:
                found[reported[row.id]] = row.marking or ""
    return found


def exposed_weapons(session: Session, counts: Counts) -> tuple[WeaponExposure, ...]:
    """The weapon systems, those with the most recoveries first."""
    weapons, recoveries = counts.weapons(), counts.recoveries()
    names = weapon_labels(session, np.unique(weapons).tolist())
    found = [
        WeaponExposure(
            weapon=names[weapon][0] if weapon in names else None,
            recoveries=len(np.unique(recoveries[weapons == weapon])),
            components=int(np.count_nonzero(weapons == weapon)),
        )
        for weapon in np.unique(weapons).tolist()
    ]
    order = sorted(found, key=lambda each: (-each.recoveries, -each.components, each.weapon or "~"))
    return tuple(order)


def exposed_sources(session: Session, reported: Mapping[int, int]) -> tuple[SourceExposure, ...]:
    """The sources by grade, those of the most components first; ``reported`` as in `Counts.reported_ids`."""
    counted: set[tuple[tuple[str, str, str, str | None, int | None], int]] = set()
    for some in chunks(sorted(reported)):
        rows = session.execute(
            select(
                Source.key,
                Source.publisher,
                Source.origin_group,
                Source.reliability,
                Citation.credibility,
                Citation.component_id,
            )
            .join(Source, Source.id == Citation.source_id)
            .where(Citation.component_id.in_(some))
            .distinct()
        )
        for row in rows:
            key = row.key, row.publisher, row.origin_group, row.reliability, row.credibility
            counted.add((key, reported[row.component_id]))
    counts = Counter(key for key, _component in counted)
    found = [SourceExposure(*key, components=count) for key, count in counts.items()]
    order = sorted(found, key=lambda each: (-each.components, each.source, each.credibility or 0))
    return tuple(order)
