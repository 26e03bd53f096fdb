"""Learning from a database's own pairs: the model, and a calibration on pairs that built nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from provenance.identify.calibration import Calibration, ProbedAnswer, Signs, calibrate
from provenance.identify.clues import Clues, RuleHit, find_clues, rule_hits
from provenance.identify.evidence import FamilyRecords, Pair, Sightings
from provenance.identify.features import marking_features
from provenance.identify.maker_model import Example, MakerModel, learn
from provenance.identify.names import MakerNames, NameMatch
from provenance.identify.rules import RuleBook
from provenance.text.markings import Reading, read_marking

FOLDS = 4
RANKED = 5
"""Makers that are ranked for a marking."""
FEWEST_PAIRS = 150
"""Pairs below which nothing is learned: rules, names and catalogue answer with the weights that ship."""
MOST_PAIRS = 6000
"""Pairs that are learned from; of more, the same 6,000 are taken whatever their order."""


@dataclass(frozen=True)
class Knowledge:
    """All that identification knows besides the catalogue."""

    rules: RuleBook
    names: MakerNames
    sightings: Sightings = field(default_factory=Sightings)
    families: FamilyRecords = field(default_factory=FamilyRecords)
    model: MakerModel = field(default_factory=MakerModel.untaught)
    calibration: Calibration = field(default_factory=Calibration)


@dataclass(frozen=True, slots=True)
class _Case:
    pair: Pair
    reading: Reading
    hits: tuple[RuleHit, ...]
    names: tuple[NameMatch, ...]
    features: frozenset[str]


def learn_knowledge(pairs: Iterable[Pair], rules: RuleBook, names: MakerNames) -> Knowledge:
    """Everything that the pairs teach; a few seconds for some thousand pairs.

    The pairs are split by group into `FOLDS`; each fold is answered by a model of the others, and those
    answers set the calibration. With fewer than `FEWEST_PAIRS` pairs the shipped weights answer.
    """
    cases = [_case(pair, rules, names) for pair in _bounded(pairs)]
    if len(cases) < FEWEST_PAIRS:
        return Knowledge(rules, names, sightings_of(cases), families_in(cases))
    answers: list[ProbedAnswer] = []
    for fold in range(FOLDS):
        taught = [case for case in cases if fold_of(case.pair.group, FOLDS) != fold]
        asked = [case for case in cases if fold_of(case.pair.group, FOLDS) == fold]
        if taught and asked:
            answers += _probe(taught, asked, fold)
    model, sightings = _fit(cases)
    return Knowledge(rules, names, sightings, families_in(cases), model, calibrate(answers))


def fold_of(group: str, folds: int, salt: str = "") -> int:
    """Which of ``folds`` parts a group belongs to; the same on every machine."""
    return int.from_bytes(hashlib.sha256(f"{salt}{group}".encode()).digest()[:8], "big") % folds


def sightings_of(cases: Sequence[_Case]) -> Sightings:
    """The sightings of some cases."""
    sightings = Sightings()
    for case in cases:
        sightings.add(case.reading, case.pair.maker, case.pair.group)
    return sightings


def families_in(cases: Iterable[_Case]) -> FamilyRecords:
    """The record of every family that some cases show."""
    families = FamilyRecords()
    for case in cases:
        keys = [hit.match.rule.key for hit in case.hits if hit.is_first]
        families.add(keys, case.pair.maker, case.pair.group)
    return families


def families_of(hits: Iterable[RuleHit], maker: str) -> list[str]:
    """Keys of the families that speak for a maker in the marking's first known number."""
    return [hit.match.rule.key for hit in hits if hit.is_first and hit.match.rule.maker == maker]


def signs_of(
    ranked: Sequence[tuple[str, float]],
    clues: Clues,
    hits: Sequence[RuleHit],
    families: FamilyRecords,
    reading: Reading,
) -> Signs:
    """The signs by which the first of some ranked makers is judged; ``ranked`` must not be empty."""
    maker, share = ranked[0]
    runner_up = ranked[1][1] if len(ranked) > 1 else 0.0
    sold_on = any(
        kinds.keys() & {"sold-line", "rule-inherited"} for other, kinds in clues.items() if other != maker
    )
    record = families.share(families_of(hits, maker), maker)
    part_like = reading.has_part_like_code
    return Signs(maker, share, runner_up, clues.get(maker, {}), part_like, record, sold_on)


def _bounded(pairs: Iterable[Pair]) -> list[Pair]:
    """Distinct pairs in an order of their own, at most `MOST_PAIRS`."""
    distinct = sorted(set(pairs), key=lambda pair: (pair.group, pair.marking, pair.maker))
    if len(distinct) <= MOST_PAIRS:
        return distinct
    chosen = sorted(distinct, key=lambda pair: hashlib.sha256(repr(pair).encode()).digest())[:MOST_PAIRS]
    return sorted(chosen, key=lambda pair: (pair.group, pair.marking, pair.maker))


def _case(pair: Pair, rules: RuleBook, names: MakerNames) -> _Case:
    reading = read_marking(pair.marking)
    hits = rule_hits(reading, rules)
    return _Case(pair, reading, hits, names.found_in(reading.as_read), marking_features(reading, hits))


def _fit(cases: Sequence[_Case]) -> tuple[MakerModel, Sightings]:
    sightings = sightings_of(cases)
    examples = [
        Example(
            case.features,
            find_clues(case.hits, case.names, sightings.of(case.reading, case.pair.group)),
            case.pair.maker,
        )
        for case in cases
    ]
    return learn(examples), sightings


def _probe(taught: Sequence[_Case], asked: Sequence[_Case], fold: int) -> list[ProbedAnswer]:
    model, sightings = _fit(taught)
    families = families_in(taught)
    answers = []
    for case in asked:
        clues = find_clues(case.hits, case.names, sightings.of(case.reading))
        ranked = model.ranked(case.features, clues, RANKED)
        if ranked:
            right = ranked[0][0] == case.pair.maker
            answers.append(
                ProbedAnswer(signs_of(ranked, clues, case.hits, families, case.reading), right, fold)
            )
    return answers
