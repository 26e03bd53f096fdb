"""Whom to ask what, counted by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from provenance.tracing.chokepoints import organization_mask, survey
from provenance.tracing.gaps import Gap, GapQuestion, gaps
from tests.tracing.brute import TimedEdge
from tests.tracing.world import ledger_of, recovered_of

NEXT, BEFORE, FIRST = GapQuestion.NEXT_RECIPIENT, GapQuestion.PREVIOUS_SENDER, GapQuestion.FIRST_BUYER

# The maker M (0) sells to D (1), who sells to B (2) and C (3); where X (4) got what it sells to C is unknown.
M, D, B, C, X = range(5)
TRADE = [TimedEdge(M, D, 1, 1), TimedEdge(D, B, 2, 2), TimedEdge(D, C, 2, 2), TimedEdge(X, C, 3, 3)]
LEDGER = ledger_of(TRADE, nodes=5, makers=[M])


def questions(
    *found: tuple[int, int | None], parts: list[int] | None = None, brand: int = 7, coded: bool = False
) -> list[Gap]:
    """The questions about components, all of one brand and with a code or without."""
    recovered = recovered_of(*found, parts=parts)
    brands = np.full(len(found), brand, np.int64)
    codes = np.full(len(found), coded)
    return gaps(survey(LEDGER, recovered), organization_mask(LEDGER), brands, codes)


def test_last_holders_are_asked_for_the_next_first_ones_for_the_one_before() -> None:
    assert [(gap.question, gap.party, gap.recoveries) for gap in questions((1, 9))] == [
        (NEXT, B, 1), (NEXT, C, 1), (BEFORE, X, 1),
    ]  # fmt: skip


def test_most_recoveries_first_then_most_components_then_question_and_party() -> None:
    # Recovery 1, of two components, and 2 by day 9; recovery 3 by day 1, when D had everything.
    rows = questions((1, 9), (1, 9), (2, 9), (3, 1), coded=True)
    assert [(gap.question, gap.party, gap.recoveries, gap.components, gap.traceable) for gap in rows] == [
        (NEXT, B, 2, 3, 3), (NEXT, C, 2, 3, 3), (BEFORE, X, 2, 3, 3), (NEXT, D, 1, 1, 1),
    ]  # fmt: skip


def test_without_any_path_only_the_maker_can_say() -> None:
    (gap,) = questions((1, 9), (1, 9), (2, 9), parts=[5, 5, 5])
    assert gap == Gap(FIRST, 7, recoveries=2, components=3, traceable=0)


def test_without_a_path_and_without_a_known_maker_nobody_can_be_asked() -> None:
    assert questions((1, 9), parts=[5], brand=0) == []


def test_a_party_that_is_not_one_firm_cannot_be_asked() -> None:
    unmatched = replace(LEDGER, parties=tuple(("name", str(node)) for node in range(5)))
    found = survey(unmatched, recovered_of((1, 9)))
    assert gaps(found, organization_mask(unmatched), np.array([0]), np.array([False])) == []
