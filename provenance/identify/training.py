"""Learning from a database's own pairs: witnesses, their ranker, and a calibration on unseen pairs.

The pairs are split by group into `FOLDS`. Each fold is answered by witnesses that the other folds taught;
on those answers the ranker learns what each witness is worth, and the calibration learns what the ranker's
shares are worth, each fold by a ranker of the others. What is kept at the end was taught by all pairs.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from threadpoolctl import threadpool_limits

from provenance.identify.calibration import ProbedAnswer
from provenance.identify.clues import Clues
from provenance.identify.evidence import FamilyRecords, Pair, Sightings
from provenance.identify.fitting import calibrate, learn_ranker
from provenance.identify.knowledge import (
    RANKED,
    Case,
    Knowledge,
    read_case,
    shown_by,
    signs_of,
    weigh_all,
)
from provenance.identify.names import MakerNames
from provenance.identify.ranking import Ranker, Row, rank_rows
from provenance.identify.regressing import at_most, fit_regression
from provenance.identify.rules import RuleBook
from provenance.identify.votes import count_votes
from provenance.text.markings import read_marking

__all__ = ["Knowledge", "fold_of", "learn_knowledge"]
FOLDS = 4
FEWEST_PAIRS = 150
"""Pairs below which nothing is learned: rules, names and catalogue answer with the weights that ship."""
MOST_PAIRS = 6000
"""Pairs that are learned from; of more, the same 6,000 are taken whatever their order."""


@dataclass(frozen=True, slots=True)
class _Taught:
    pair: Pair
    case: Case


@dataclass(frozen=True, slots=True)
class _Probe:
    """A marking as witnesses see it that its own fold has taught nothing."""

    taught: _Taught
    fold: int
    clues: Clues
    families: FamilyRecords
    makers: list[str]
    rows: list[Row]

    @property
    def place(self) -> int:
        """Where the right maker stands among the candidates; -1 where it is none of them."""
        maker = self.taught.pair.maker
        return self.makers.index(maker) if maker in self.makers else -1


def learn_knowledge(pairs: Iterable[Pair], rules: RuleBook, names: MakerNames) -> Knowledge:
    """Everything that the pairs teach; a few seconds for some thousand pairs.

    With fewer than `FEWEST_PAIRS` pairs the shipped weights answer.
    """
    # Threads of the linear algebra wait for each other longer than matrices of this size take.
    with threadpool_limits(1):
        return _learned(pairs, rules, names)


def _learned(pairs: Iterable[Pair], rules: RuleBook, names: MakerNames) -> Knowledge:
    taught = [_Taught(pair, read_case(read_marking(pair.marking), rules, names)) for pair in _bounded(pairs)]
    bare = Knowledge(rules, names)
    if len(taught) < FEWEST_PAIRS:
        return replace(bare, sightings=_sightings_of(taught), families=_families_in(taught))
    probes: list[_Probe] = []
    for fold in range(FOLDS):
        others = [each for each in taught if fold_of(each.pair.group, FOLDS) != fold]
        asked = [each for each in taught if fold_of(each.pair.group, FOLDS) == fold]
        if others and asked:
            probes += _probe(_witnessed(bare, others), asked, fold)
    known = _witnessed(bare, taught)
    if not any(probe.place >= 0 for probe in probes):
        return known
    return replace(known, ranker=_ranker_of(probes), calibration=calibrate(_judged(probes)))


def fold_of(group: str, folds: int, salt: str = "") -> int:
    """Which of ``folds`` parts a group belongs to; the same on every machine."""
    return int.from_bytes(hashlib.sha256(f"{salt}{group}".encode()).digest()[:8], "big") % folds


def _bounded(pairs: Iterable[Pair]) -> Sequence[Pair]:
    """Distinct pairs in an order of their own, at most `MOST_PAIRS`."""
    distinct = sorted(set(pairs), key=lambda pair: (pair.group, pair.marking, pair.maker))
    return at_most(distinct, MOST_PAIRS)


def _sightings_of(taught: Iterable[_Taught]) -> Sightings:
    sightings = Sightings()
    for each in taught:
        sightings.add(each.case.reading, each.pair.maker, each.pair.group)
    return sightings


def _families_in(taught: Iterable[_Taught]) -> FamilyRecords:
    families = FamilyRecords()
    for each in taught:
        keys = [hit.match.rule.key for hit in each.case.hits if hit.is_first]
        families.add(keys, each.pair.maker, each.pair.group)
    return families


def _witnessed(bare: Knowledge, taught: Sequence[_Taught]) -> Knowledge:
    """The witnesses that some pairs teach, without ranker and calibration."""
    shown = [(shown_by(each.case), each.pair.maker) for each in taught]
    runs, words, families = (count_votes((own[sort], maker) for own, maker in shown) for sort in range(3))
    seen = Counter(maker for maker, _ in {(each.pair.maker, each.pair.group) for each in taught})
    return replace(
        bare,
        sightings=_sightings_of(taught),
        families=_families_in(taught),
        runs=runs,
        words=words,
        rule_votes=families,
        regression=fit_regression(shown),
        recoveries=dict(sorted(seen.items(), key=lambda item: (-item[1], item[0]))),
    )


def _probe(known: Knowledge, asked: Sequence[_Taught], fold: int) -> list[_Probe]:
    probes = []
    weighed, _hearing = weigh_all([each.case for each in asked], known, [{}] * len(asked))
    for each, (makers, clues, _sightings, said) in zip(asked, weighed, strict=True):
        if makers:
            rows = rank_rows(each.case.reading, each.case.by_maker, clues, makers, said)
            probes.append(_Probe(each, fold, clues, known.families, makers, rows))
    return probes


def _ranker_of(probes: Iterable[_Probe]) -> Ranker:
    return learn_ranker([(probe.rows, probe.place) for probe in probes if probe.place >= 0])


def _judged(probes: Sequence[_Probe]) -> list[ProbedAnswer]:
    """First candidates by rankers that their own fold had no part in, and whether they were right."""
    answers = []
    for fold in sorted({probe.fold for probe in probes}):
        others = [probe for probe in probes if probe.fold != fold]
        if not any(probe.place >= 0 for probe in others):
            continue
        ranker = _ranker_of(others)
        for probe in (probe for probe in probes if probe.fold == fold):
            ranked = ranker.ranked(probe.makers, probe.rows)[:RANKED]
            case = probe.taught.case
            signs = signs_of(ranked, probe.clues, case.hits, probe.families, case.reading)
            answers.append(ProbedAnswer(signs, ranked[0][0] == probe.taught.pair.maker, fold))
    return answers
