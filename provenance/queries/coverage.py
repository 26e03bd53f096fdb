"""What has not been seen yet: firms and parts seen in one recovery only, and what that says of the others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np

from provenance.core.basis import Basis
from provenance.core.vocabulary import CountryBasis, Extent
from provenance.queries.counts import CountQuestion, Counts, count_components, new_basis, share
from provenance.queries.fact_table import Numbers
from provenance.queries.facts.columns import RecoveryFact
from provenance.queries.facts.layout import code
from provenance.queries.filters import Selection, selection_filters
from provenance.queries.group_counts import GroupCounts
from provenance.queries.names import weapon_labels
from provenance.queries.richness import FEWEST_UNITS, Richness, richness
from provenance.schema.session import Session

ASSUMED = (
    "Estimated as if each further recovery were drawn as those on record were, and examined as well: what is"
    " collected, opened and published on purpose is no such draw."
)
AT_LEAST = (
    "The number not seen is the least to expect (Chao2): it is higher where some are much rarer than others."
)


class Kind(StrEnum):
    """What may not have been seen yet."""

    FIRM = "firm"
    PART = "part"


@dataclass(frozen=True, slots=True)
class CoverageLine:
    """What the recoveries of one weapon show, or of all where ``weapon`` is None."""

    kind: Kind
    weapon: str | None
    weapon_ref: str | None
    found: Richness


@dataclass(frozen=True, slots=True)
class Coverage:
    """Firms before parts; all weapons first, then those of most recoveries. ``too_few`` have no line."""

    rows: list[CoverageLine]
    too_few: int
    basis: Basis


def fetch_coverage(
    session: Session,
    selection: Selection,
    country_basis: CountryBasis,
    *,
    today: date,
    min_recoveries: int = FEWEST_UNITS,
) -> Coverage:
    """Firms (on the given basis) and parts seen once and not seen.

    Of all weapons, and of each that has at least ``min_recoveries`` with a known one.
    """
    filters = {"country_basis": str(country_basis)} | selection_filters(session, selection)
    basis = new_basis(session, "coverage", {**filters, "at_least_recoveries": str(min_recoveries)})
    question = CountQuestion(selection, country_basis, of_known_firms=False)
    counts = count_components(session, question, basis, today=today)
    rows: list[CoverageLine] = []
    too_few = set(np.unique(counts.weapons()).tolist()) - {0}
    for kind, group in ((Kind.FIRM, counts.attribution.firm), (Kind.PART, counts.part)):
        found, enough = _lines(session, counts, kind, group, min_recoveries)
        rows += found
        too_few -= enough
    counts.account(session)
    _account(counts)
    return Coverage(rows, len(too_few), basis)


def _lines(
    session: Session, counts: Counts, kind: Kind, group: Numbers, least: int
) -> tuple[list[CoverageLine], set[int]]:
    """The lines of one kind, and the weapons that have one."""
    known = np.flatnonzero(group)
    lines = [CoverageLine(kind, None, None, _richness(counts, known, group))]
    weapons = counts.weapons().take(known)
    of_weapons: list[tuple[int, Richness]] = []
    for weapon in np.unique(weapons[weapons != 0]).tolist():
        found = _richness(counts, known[weapons == weapon], group)
        if found.units >= least:
            of_weapons.append((weapon, found))
    labels = weapon_labels(session, [weapon for weapon, _found in of_weapons])
    of_weapons.sort(key=lambda each: (-each[1].units, labels[each[0]]))
    lines += [CoverageLine(kind, *labels[weapon], found) for weapon, found in of_weapons]
    return lines, {weapon for weapon, _found in of_weapons}


def _richness(counts: Counts, places: Numbers, group: Numbers) -> Richness:
    """What the components at these places show of their groups."""
    rows = counts.rows.take(places)
    groups = GroupCounts(counts.facts, rows, group.take(places))
    once = np.flatnonzero(groups.recoveries == 1).tolist()
    unique = {int(recovery) for place in once for recovery in groups.recoveries_of(place)}
    return richness(counts.facts.count_recoveries(rows), groups.recoveries.tolist(), len(unique))


def _account(counts: Counts) -> None:
    """States what could not be counted, and what the estimates take for granted."""
    basis, facts = counts.basis, counts.facts
    basis.unknown += share("Firm unknown", counts.attribution.firm == 0)
    basis.unknown += share("Part number unknown", counts.part == 0)
    basis.unknown += share("Weapon not named", counts.weapons() == 0)
    recoveries = facts.distinct_recoveries_of(counts.rows)
    pooled = facts.recoveries[RecoveryFact.EXTENT].take(recoveries) != code(Extent, Extent.SPECIMEN)
    basis.cautions += share("Not known to be one specimen, and perhaps several", pooled, "recoveries")
    basis.cautions += [ASSUMED, AT_LEAST]
