"""Where a chain breaks off, and whom to ask: the question that most recoveries would gain from first."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from provenance.tracing.chokepoints import Survey, tally
from provenance.tracing.network import Mask, Numbers


class Question(StrEnum):
    """What to ask of whom."""

    ONWARD = "to whom did it go"
    FROM_WHOM = "from whom did it come"
    FIRST_SALE = "to whom was it sold first"


@dataclass(frozen=True, slots=True)
class Gap:
    """A firm to ask, and how many recoveries and components its answer would take further.

    ``holder`` is a node of the ledger for the first two questions, an organization's number for the third;
    ``traceable`` counts the components with a lot or date code, by which a seller can look.
    """

    question: Question
    holder: int
    recoveries: int
    components: int
    traceable: int


def gaps(found: Survey, asked: Mask, brand: Numbers, traceable: Mask) -> list[Gap]:
    """The questions worth a letter, those that most recoveries would gain from first.

    ``asked`` marks holders who can be asked; ``brand`` is the maker of each find (0 unknown) and
    ``traceable`` whether it carries a code.
    """
    rows = [*_of_ends(found, asked, traceable), *_of_beginnings(found, asked, traceable)]
    rows += _of_makers(found, brand, traceable)
    return sorted(rows, key=lambda gap: (-gap.recoveries, -gap.components, gap.question.value, gap.holder))


def _of_ends(found: Survey, asked: Mask, traceable: Mask) -> list[Gap]:
    reached = found.reached
    return _counted(
        found, Question.ONWARD, found.roads.holder[reached.end], reached.end_group, asked, traceable
    )


def _of_beginnings(found: Survey, asked: Mask, traceable: Mask) -> list[Gap]:
    """First known holders that are not the maker: the way from the maker to them is a gap."""
    reached, roads = found.reached, found.roads
    begins = np.zeros(roads.network.nodes, bool)
    begins[reached.first] = True
    made = np.zeros(found.ledger.nodes, bool)
    made[found.ledger.tail[found.ledger.made]] = True
    mine = begins[reached.node] & ~made[roads.holder[reached.node]]
    return _counted(
        found,
        Question.FROM_WHOM,
        roads.holder[reached.node[mine]],
        reached.of_group[mine],
        asked,
        traceable,
    )


def _counted(
    found: Survey, question: Question, holder: Numbers, group: Numbers, asked: Mask, traceable: Mask
) -> list[Gap]:
    pairs = np.unique(np.stack([holder, group]), axis=1) if len(holder) else np.empty((2, 0), np.int64)
    pairs = pairs[:, asked[pairs[0]]]
    size = found.ledger.nodes
    counted = tally(found.finds, found.roads, pairs[0], pairs[1], size)
    recoveries = np.bincount(counted.holder, minlength=size)
    coded = np.bincount(found.roads.group[traceable], minlength=len(found.roads.group_layer))
    with_code = np.zeros(size, np.int64)
    np.add.at(with_code, pairs[0], coded[pairs[1]])
    return [
        Gap(question, node, int(recoveries[node]), int(counted.components[node]), int(with_code[node]))
        for node in np.flatnonzero(recoveries).tolist()
    ]


def _of_makers(found: Survey, brand: Numbers, traceable: Mask) -> list[Gap]:
    """Components of which no road at all is known: only the maker can say where they went first."""
    without = ~np.isin(found.roads.group, found.dominated.alive) & (brand > 0)
    rows = []
    for maker in np.unique(brand[without]).tolist():
        mine = without & (brand == maker)
        rows.append(
            Gap(
                Question.FIRST_SALE,
                int(maker),
                len(np.unique(found.finds.recovery[mine])),
                int(np.count_nonzero(mine)),
                int(np.count_nonzero(mine & traceable)),
            )
        )
    return rows
