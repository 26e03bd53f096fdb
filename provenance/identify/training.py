"""Learning from a database's own pairs: scorers, their ranker, and a calibration on unseen pairs.

The pairs are split by group into `FOLDS`. Each fold is answered by scorers that the other folds taught; on
those answers the ranker learns the weight of each scorer, and the calibration the chances behind the ranker's
shares, each fold by a ranker of the others. What is stored at the end was taught by all pairs.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from threadpoolctl import threadpool_limits

from provenance.identify.calibration import ProbedAnswer, calibrate
from provenance.identify.features import MarkingFeatures, read_features
from provenance.identify.knowledge import RANKED, Knowledge, answer_features, find_candidates
from provenance.identify.names import MakerNames
from provenance.identify.printed_text import read_printed
from provenance.identify.ranking import Candidates, Ranker, learn_ranker
from provenance.identify.rules import RuleBook
from provenance.identify.sightings import FamilyRecords, Pair, Sightings
from provenance.identify.term_weights import Matrix, at_most, count_weights, fit_regression

FOLDS = 4
FEWEST_PAIRS = 150
"""Pairs below which nothing is learned: rules, names and catalogue answer with the weights that ship."""
MOST_PAIRS = 6000
"""Pairs that are learned from; of more, the same 6,000 are taken whatever their order."""


@dataclass(frozen=True, slots=True)
class _Taught:
    pair: Pair
    marking: MarkingFeatures


@dataclass(frozen=True, slots=True)
class _Probe:
    """A marking as scorers see it that its own fold has taught nothing; ``matrix`` is of its candidates."""

    taught: _Taught
    fold: int
    candidates: Candidates
    records: FamilyRecords
    matrix: Matrix

    @property
    def place(self) -> int:
        """The place of the right maker among the candidates; -1 where it is not one of them."""
        maker, makers = self.taught.pair.maker, self.candidates.makers
        return makers.index(maker) if maker in makers else -1


def learn_knowledge(pairs: Iterable[Pair], rules: RuleBook, names: MakerNames) -> Knowledge:
    """Everything that is learned from the pairs; a few seconds for some thousand pairs.

    With fewer than `FEWEST_PAIRS` pairs the shipped weights answer.
    """
    # Threads of the linear algebra wait for each other longer than matrices of this size take.
    with threadpool_limits(1):
        return _learned(pairs, rules, names)


def _learned(pairs: Iterable[Pair], rules: RuleBook, names: MakerNames) -> Knowledge:
    taught = [
        _Taught(pair, read_features(read_printed(pair.marking, rules, names), rules, names))
        for pair in _bounded(pairs)
    ]
    bare = Knowledge(rules, names)
    if len(taught) < FEWEST_PAIRS:
        return replace(bare, sightings=_sightings_of(taught), family_records=_family_records(taught))
    probes: list[_Probe] = []
    for fold in range(FOLDS):
        others = [each for each in taught if fold_of(each.pair.group, FOLDS) != fold]
        own = [each for each in taught if fold_of(each.pair.group, FOLDS) == fold]
        if others and own:
            probes += _probe(_with_scorers(bare, others), own, fold)
    known = _with_scorers(bare, taught)
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
        sightings.add(each.marking.reading, each.pair.maker, each.pair.group)
    return sightings


def _family_records(taught: Iterable[_Taught]) -> FamilyRecords:
    records = FamilyRecords()
    for each in taught:
        keys = [hit.match.rule.key for hit in each.marking.hits if hit.is_first]
        records.add(keys, each.pair.maker, each.pair.group)
    return records


def _with_scorers(bare: Knowledge, taught: Sequence[_Taught]) -> Knowledge:
    """The scorers learned from some pairs, without ranker and calibration."""
    shown = [(each.marking.terms, each.pair.maker) for each in taught]
    runs, words, families = (
        count_weights((terms[type_], maker) for terms, maker in shown) for type_ in range(3)
    )
    seen = Counter(maker for maker, _ in {(each.pair.maker, each.pair.group) for each in taught})
    return replace(
        bare,
        sightings=_sightings_of(taught),
        family_records=_family_records(taught),
        runs=runs,
        words=words,
        families=families,
        regression=fit_regression(shown),
        recoveries=dict(sorted(seen.items(), key=lambda item: (-item[1], item[0]))),
    )


def _probe(known: Knowledge, taught: Sequence[_Taught], fold: int) -> list[_Probe]:
    probes, start = [], 0
    block, matrix = find_candidates([each.marking for each in taught], known, [{}] * len(taught))
    for each, candidates in zip(taught, block, strict=True):
        end = start + len(candidates.makers)
        if candidates.makers:
            probes.append(_Probe(each, fold, candidates, known.family_records, matrix[:, start:end]))
        start = end
    return probes


def _ranker_of(probes: Iterable[_Probe]) -> Ranker:
    return learn_ranker([(probe.matrix, probe.place) for probe in probes if probe.place >= 0])


def _judged(probes: Sequence[_Probe]) -> list[ProbedAnswer]:
    """First candidates by rankers that have not seen their fold, and whether they were right."""
    answers = []
    for fold in sorted({probe.fold for probe in probes}):
        others = [probe for probe in probes if probe.fold != fold]
        if not any(probe.place >= 0 for probe in others):
            continue
        ranker = _ranker_of(others)
        for probe in (probe for probe in probes if probe.fold == fold):
            (ranked,) = ranker.rank([probe.candidates.makers], probe.matrix)
            features = answer_features(ranked[:RANKED], probe.candidates, probe.records)
            answers.append(ProbedAnswer(features, ranked[0][0] == probe.taught.pair.maker, fold))
    return answers
