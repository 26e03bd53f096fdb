"""Which figures of `top` a change to a firm moves: each firm's count before and after, by basis."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from provenance.core.basis import Basis
from provenance.core.vocabulary import CountryBasis
from provenance.queries.counts import CountQuestion, count_components
from provenance.queries.facts.layout import country_text
from provenance.queries.filters import ANY, Selection
from provenance.queries.group_counts import GroupCounts, ranks
from provenance.queries.names import organization_labels
from provenance.schema.session import Session


@dataclass(frozen=True, slots=True)
class FirmCount:
    """What `top` says of a firm on one basis; ``country`` is None where it is unknown."""

    country: str | None
    rank: int
    recoveries: int
    components: int


@dataclass(frozen=True, slots=True)
class MovedFigure:
    """A firm's line of `top` before and after; None where it has no line. ``firm_ref`` is None of components
    whose firm is not known on this basis.
    """

    basis: CountryBasis
    firm: str
    firm_ref: str | None
    before: FirmCount | None
    after: FirmCount | None


Counted = Mapping[CountryBasis, Mapping[int, FirmCount]]

_NO_FIRM = 0
NOT_KNOWN = "(firm not known)"
"""What stands for the firm of components whose firm is not known on a basis."""


def count_firms(
    session: Session, selection: Selection, bases: Iterable[CountryBasis], today: date
) -> Counted:
    """Every firm's figures on some bases, for firms of any country and with any number of recoveries."""
    return {basis: _counted(session, selection, basis, today) for basis in bases}


def _counted(
    session: Session, selection: Selection, basis: CountryBasis, today: date
) -> dict[int, FirmCount]:
    question = CountQuestion(selection, basis, ANY, of_known_firms=False)
    # What was filtered is the same before and after; only the counts are compared.
    counts = count_components(session, question, Basis("", "", ""), today=today)
    firm, country = counts.attribution.firm, counts.attribution.country
    groups = GroupCounts(counts.facts, counts.rows, firm)
    order = np.lexsort((-groups.components, -groups.recoveries))
    known = [place for place in order.tolist() if groups.groups[place] != _NO_FIRM]
    rank = dict(zip(known, ranks([int(groups.recoveries[place]) for place in known]), strict=True))
    first = np.zeros(int(firm.max(initial=0)) + 1, dtype=np.int64)
    # A firm has one country on a basis; where only sources state it, that of its first component is told.
    first[firm[::-1]] = country[::-1]
    return {
        int(groups.groups[place]): FirmCount(
            None if groups.groups[place] == _NO_FIRM else country_text(int(first[groups.groups[place]])),
            rank.get(place, 0),
            int(groups.recoveries[place]),
            int(groups.components[place]),
        )
        for place in order.tolist()
    }


def moved_figures(session: Session, before: Counted, after: Counted) -> tuple[MovedFigure, ...]:
    """The lines whose country, recoveries or components are others than before, most recoveries first.

    A rank that changes only because other lines moved is not told.
    """
    moved: list[tuple[CountryBasis, int, FirmCount | None, FirmCount | None]] = []
    for basis in before:
        for firm in sorted(before[basis].keys() | after[basis].keys()):
            then, now = before[basis].get(firm), after[basis].get(firm)
            if _figures(then) != _figures(now):
                moved.append((basis, firm, then, now))
    labels = organization_labels(session, {firm for _basis, firm, _then, _now in moved if firm != _NO_FIRM})
    bases = list(before)
    moved.sort(key=lambda each: (bases.index(each[0]), -_most(each[2], each[3]), labels.get(each[1], ("",))))
    found = []
    for basis, firm, then, now in moved:
        name, ref = labels.get(firm, (NOT_KNOWN, None))
        found.append(MovedFigure(basis, name, ref, then, now))
    return tuple(found)


def _figures(count: FirmCount | None) -> tuple[str | None, int, int]:
    return (None, 0, 0) if count is None else (count.country, count.recoveries, count.components)


def _most(*counts: FirmCount | None) -> int:
    return max(count.recoveries for count in counts if count is not None)
