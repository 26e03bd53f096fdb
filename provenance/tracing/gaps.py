"""Where supply paths break off, and which question to whom would extend the most of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from provenance.tracing.chokepoints import Survey, group_counts
from provenance.tracing.network import Mask, Numbers


class GapQuestion(StrEnum):
    """What to ask: who received the goods next, who sent them, who bought them first."""

    NEXT_RECIPIENT = "next_recipient"
    PREVIOUS_SENDER = "previous_sender"
    FIRST_BUYER = "first_buyer"


@dataclass(frozen=True, slots=True)
class Gap:
    """A firm to ask, and how many recoveries and components its answer would take further.

    ``party`` is a node of the ledger for the first two questions, an organization's row number for the
    third; ``traceable`` counts the components with a lot or date code, by which a seller can search.
    """

    question: GapQuestion
    party: int
    recoveries: int
    components: int
    traceable: int


def gaps(found: Survey, askable: Mask, brand: Numbers, traceable: Mask) -> list[Gap]:
    """The questions worth a letter, by how many recoveries would gain.

    ``askable`` marks parties that can be asked; ``brand`` is the maker of each component (0 is unknown) and
    ``traceable`` whether it has a lot or date code.
    """
    rows = [*_of_last_holders(found, askable, traceable), *_of_first_holders(found, askable, traceable)]
    rows += _of_makers(found, brand, traceable)
    return sorted(rows, key=lambda gap: (-gap.recoveries, -gap.components, gap.question.value, gap.party))


def _of_last_holders(found: Survey, askable: Mask, traceable: Mask) -> list[Gap]:
    reached = found.reached
    return _counted(
        found,
        GapQuestion.NEXT_RECIPIENT,
        found.paths.party[reached.end],
        reached.end_group,
        askable,
        traceable,
    )


def _of_first_holders(found: Survey, askable: Mask, traceable: Mask) -> list[Gap]:
    """First known holders that are not the maker: the step from the maker to them is a gap."""
    reached, paths = found.reached, found.paths
    begins = np.zeros(paths.network.nodes, bool)
    begins[reached.first] = True
    made = np.zeros(found.ledger.nodes, bool)
    made[found.ledger.tail[found.ledger.made]] = True
    mine = begins[reached.node] & ~made[paths.party[reached.node]]
    return _counted(
        found,
        GapQuestion.PREVIOUS_SENDER,
        paths.party[reached.node[mine]],
        reached.of_group[mine],
        askable,
        traceable,
    )


def _counted(
    found: Survey, question: GapQuestion, party: Numbers, group: Numbers, askable: Mask, traceable: Mask
) -> list[Gap]:
    pairs = np.unique(np.stack([party, group]), axis=1) if len(party) else np.empty((2, 0), np.int64)
    pairs = pairs[:, askable[pairs[0]]]
    size = found.ledger.nodes
    counted = group_counts(found.recovered, found.paths, pairs[0], pairs[1], size)
    recoveries = np.bincount(counted.party, minlength=size)
    coded = np.bincount(found.paths.group[traceable], minlength=len(found.paths.group_layer))
    with_code = np.zeros(size, np.int64)
    np.add.at(with_code, pairs[0], coded[pairs[1]])
    return [
        Gap(question, node, int(recoveries[node]), int(counted.components[node]), int(with_code[node]))
        for node in np.flatnonzero(recoveries).tolist()
    ]


def _of_makers(found: Survey, brand: Numbers, traceable: Mask) -> list[Gap]:
    """Components without any known path: only the maker can say who bought them first."""
    without = ~np.isin(found.paths.group, found.dominated.alive) & (brand > 0)
    rows = []
    for maker in np.unique(brand[without]).tolist():
        mine = without & (brand == maker)
        rows.append(
            Gap(
                GapQuestion.FIRST_BUYER,
                int(maker),
                len(np.unique(found.recovered.recovery[mine])),
                int(np.count_nonzero(mine)),
                int(np.count_nonzero(mine & traceable)),
            )
        )
    return rows
