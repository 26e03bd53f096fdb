"""The filter pipeline: one rule after another excludes components and accounts for what it excluded."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from provenance.core.basis import Basis
from provenance.queries.fact_table import FactTable, Mask, Numbers, slices


@dataclass(frozen=True, slots=True)
class Rule:
    """Why components are excluded; ``unjudged``: because what the rule asks is not known of them.

    ``reason`` completes "components …" in the basis.
    """

    reason: str
    unjudged: bool = False


class FilterPipeline:
    """Excludes by rules in turn: single components first, then whole recoveries, then components by value.

    Components that repeat another one are excluded at the start. Recoveries are filtered without a look at
    their components; the positions of the components are worked out when ``rows`` is first read.
    """

    def __init__(self, facts: FactTable, basis: Basis) -> None:
        self.facts = facts
        self.basis = basis
        self._each = facts.components_each
        self._dropped: Mask | None = None
        self._rows: list[Numbers] | None = None
        self.drop(facts.repeats, Rule("that repeat a component already counted"))

    @property
    def rows(self) -> Numbers:
        """Positions of the remaining components, ascending."""
        parts = list(self._parts())
        if len(parts) != 1 or self._rows is None:
            self._rows = parts = [np.concatenate(parts) if parts else np.empty(0, dtype=np.intp)]
        return parts[0]

    def _parts(self) -> Iterator[Numbers]:
        if self._rows is not None:
            yield from self._rows
            return
        if not self.facts.size:
            yield np.empty(0, dtype=np.intp)
        left, dropped = self._each != 0, self._dropped
        for some in slices(self.facts.size):
            wanted = left.take(self.facts.at[some])
            if dropped is not None:
                wanted &= ~dropped[some]
            yield np.flatnonzero(wanted) + some.start

    def drop(self, positions: Numbers, rule: Rule) -> None:
        """Excludes the components at some positions; call it before `exclude_recoveries`."""
        assert self._rows is None, "components have been filtered already"
        if self._dropped is not None:
            positions = positions[~self._dropped.take(positions)]
        if len(positions):
            if self._dropped is None:
                self._dropped = np.zeros(self.facts.size, dtype=np.bool_)
            self._dropped[positions] = True
            self._account(rule, len(positions), self.facts.count_recoveries(positions))
            at = self.facts.at.take(positions)
            self._each = self._each - np.bincount(at, minlength=self.facts.recovery_count)

    def exclude_recoveries(self, excluded: Mask, rule: Rule) -> None:
        """Excludes every component of some recoveries; call it before `exclude`."""
        assert self._rows is None, "components have been filtered already"
        emptied = np.flatnonzero(excluded & (self._each != 0))
        if len(emptied):
            one_of = self.facts.one_of
            recoveries = emptied if one_of is None else one_of[emptied]
            self._account(rule, int(self._each[emptied].sum()), self.facts.distinct(recoveries))
            self._each = self._each * ~excluded

    def exclude(self, verdict: Callable[[Numbers], Numbers], rules: Sequence[Rule]) -> list[Numbers]:
        """Excludes components by the first, second… rule where their verdict is 1, 2…; 0 stays.

        ``verdict`` gives one number for each of some positions; it is called with one part of the remaining
        components after another. Returns for each part the places in it of those that stay.
        """
        counts = [0] * len(rules)
        touched = np.zeros((len(rules), self.facts.recovery_count), dtype=np.bool_)
        staying: list[Numbers] = []
        left: list[Numbers] = []
        for rows in self._parts():
            verdicts = verdict(rows)
            runs, recoveries = _by_recovery(verdicts, self.facts.recoveries_of(rows))
            for number, of_rule in enumerate(touched):
                if excluded := int(np.count_nonzero(verdicts == number + 1)):
                    counts[number] += excluded
                    of_rule[recoveries.take(np.flatnonzero(runs & (2 << number)))] = True
            staying.append(np.flatnonzero(verdicts == 0))
            left.append(rows.take(staying[-1]))
        self._rows = left
        for rule, count, of_rule in zip(rules, counts, touched, strict=True):
            self._account(rule, count, int(np.count_nonzero(of_rule)))
        return staying

    def _account(self, rule: Rule, components: int, recoveries: int) -> None:
        self.basis.leave_out(rule.reason, components, recoveries, unjudged=rule.unjudged)


def _by_recovery(verdicts: Numbers, recoveries: Numbers) -> tuple[Numbers, Numbers]:
    """Which verdicts occur in each run of one recovery, as bits, and the recovery of each run.

    Components of a recovery are mostly adjacent, so that there are far fewer runs than components.
    """
    if not len(recoveries):
        return verdicts, recoveries
    starts = np.append(0, np.flatnonzero(recoveries[1:] != recoveries[:-1]) + 1)
    return np.bitwise_or.reduceat(np.left_shift(np.uint8(1), verdicts), starts), recoveries.take(starts)
