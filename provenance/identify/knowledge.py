"""The knowledge of identification, also as bytes to be stored, and the ranking of makers by it."""

from __future__ import annotations

import json
import math
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from itertools import islice, repeat, takewhile
from typing import Any, NamedTuple

from provenance.identify.calibration import AnswerFeatures, Calibration
from provenance.identify.clues import Clues, find_clues
from provenance.identify.features import MarkingFeatures
from provenance.identify.names import MakerNames
from provenance.identify.ranking import Candidates, MakerPriors, Ranker, feature_matrix
from provenance.identify.rules import RuleBook
from provenance.identify.scorers import SCORERS, MarkingScores, Scorers
from provenance.identify.sightings import FamilyRecords, Sighting, Sightings
from provenance.identify.term_weights import Matrix, TermWeights

RANKED = 5
"""Makers that are ranked for a marking."""
FORM = 14
"""Version of the stored form; raised whenever terms, clues or features change: older ones are learned
again."""
_COMMONEST = 4
_SLIGHT = frozenset({"begins-3", "begins-4"})
_FEW = 0.15


@dataclass(frozen=True)
class Knowledge:
    """What identification knows besides the catalogue.

    ``runs``, ``words`` and ``families`` are the counted weights of such terms, ``regression`` those fitted to
    all terms together; ``recoveries`` is in how many recoveries each maker was seen, the commonest first.
    """

    rules: RuleBook
    names: MakerNames
    sightings: Sightings = field(default_factory=Sightings)
    family_records: FamilyRecords = field(default_factory=FamilyRecords)
    calibration: Calibration = field(default_factory=Calibration)
    runs: TermWeights = field(default_factory=TermWeights.of)
    words: TermWeights = field(default_factory=TermWeights.of)
    families: TermWeights = field(default_factory=TermWeights.of)
    regression: TermWeights = field(default_factory=TermWeights.of)
    recoveries: Mapping[str, int] = field(default_factory=dict)
    ranker: Ranker = field(default_factory=Ranker.untaught)

    @cached_property
    def scorers(self) -> Scorers:
        """What was counted and fitted, ready to score."""
        return Scorers([getattr(self, scorer) for scorer in SCORERS])

    @cached_property
    def priors(self) -> MakerPriors:
        """How well known each maker is."""
        return MakerPriors(self.recoveries, self.rules.sizes)


class Ranking(NamedTuple):
    """The makers of a marking by their share of belief, and the evidence for them."""

    candidates: Candidates
    ranked: Sequence[tuple[str, float]]


def find_candidates(
    markings: Sequence[MarkingFeatures], known: Knowledge, catalogues: Sequence[Mapping[str, float]]
) -> tuple[list[Candidates], Matrix]:
    """The candidates of each marking, and the `feature_matrix` of all of them.

    ``catalogues`` are how much the catalogue speaks for each maker of each marking.
    """
    scores = known.scorers.score([each.terms for each in markings])
    of_each = known.scorers.by_marking(scores)
    block = list(map(_candidates, markings, repeat(known), catalogues, of_each))
    return block, feature_matrix(block, scores, known.scorers.columns, known.priors)


def rank_makers(
    markings: Sequence[MarkingFeatures], known: Knowledge, catalogues: Sequence[Mapping[str, float]]
) -> list[Ranking]:
    """Makers of each marking, best first, at most `RANKED`; ``catalogues`` as in `find_candidates`."""
    block, matrix = find_candidates(markings, known, catalogues)
    ranked = known.ranker.rank([each.makers for each in block], matrix)
    return [Ranking(each, own[:RANKED]) for each, own in zip(block, ranked, strict=True)]


def _candidates(
    marking: MarkingFeatures, known: Knowledge, catalogue: Mapping[str, float], scores: MarkingScores
) -> Candidates:
    sightings = known.sightings.of_numbers(marking.reading)
    wording = known.sightings.of_wording(marking.reading)
    clues = find_clues(marking.hits, marking.names, sightings, marking.described)
    commonest = islice(known.recoveries, _COMMONEST)
    makers = sorted({*catalogue, *commonest, *scores.leaders, *_supported(clues, wording)})
    for maker in makers:
        if sighting := wording.get(maker):
            sightings[maker]["wording"] = sighting
            clues[maker]["wording"] = sighting.share
    for maker, strength in catalogue.items():
        clues[maker]["catalogue"] = strength
    return Candidates(marking, makers, clues, sightings, scores)


def _supported(clues: Clues, wording: Mapping[str, Sighting]) -> set[str]:
    """The makers that clues support. Left out are those supported only by a few numbers with the same
    beginning, or a few markings with the same words: a common word like "Microcircuit" occurs with dozens of
    makers.
    """
    found = {
        maker for maker, kinds in clues.items() if not _SLIGHT.issuperset(kinds) or max(kinds.values()) > _FEW
    }
    found.update(takewhile(lambda maker: wording[maker].share > _FEW, wording))
    return found


def answer_features(
    ranked: Sequence[tuple[str, float]], candidates: Candidates, records: FamilyRecords
) -> AnswerFeatures:
    """The features by which the first of some ranked makers is judged; ``ranked`` must not be empty."""
    maker, share = ranked[0]
    clues, marking = candidates.clues, candidates.marking
    runner_up = ranked[1][1] if len(ranked) > 1 else 0.0
    sold_on = any(
        "sold-line" in kinds or "rule-inherited" in kinds for other, kinds in clues.items() if other != maker
    )
    own = [hit.match.rule.key for hit in marking.hits if hit.is_first and hit.match.rule.maker == maker]
    record = records.share(own, maker)
    part_like = marking.reading.has_part_like_code
    support = math.log1p(records.support(own, maker))
    return AnswerFeatures(maker, share, runner_up, clues.get(maker, {}), part_like, record, sold_on, support)


def knowledge_to_bytes(knowledge: Knowledge) -> bytes:
    """What was learned, without rules and names, which the database has."""
    stored = {
        # First, where `is_current_form` looks for it.
        "form": FORM,
        "calibration": asdict(knowledge.calibration),
        "ranker": asdict(knowledge.ranker),
        "sightings": list(knowledge.sightings.to_rows()),
        "family_records": list(knowledge.family_records.to_rows()),
        "scorers": {scorer: getattr(knowledge, scorer).to_lists() for scorer in SCORERS},
        "recoveries": list(knowledge.recoveries.items()),
    }
    return zlib.compress(json.dumps(stored, ensure_ascii=False, separators=(",", ":")).encode())


def is_current_form(stored: bytes) -> bool:
    """Whether `knowledge_from_bytes` can read the bytes, judged by how they begin."""
    begins = f'{{"form":{FORM},'.encode()
    try:
        return zlib.decompressobj().decompress(stored, len(begins)) == begins
    except zlib.error:
        return False


def knowledge_from_bytes(stored: bytes, rules: RuleBook, names: MakerNames) -> Knowledge:
    """The knowledge that `knowledge_to_bytes` stored, with today's rules and names.

    Raises ValueError where the bytes are of another form or something else: learn again.
    """
    try:
        found: dict[str, Any] = json.loads(zlib.decompress(stored))
    except (zlib.error, ValueError) as error:
        raise ValueError(f"not stored knowledge: {error}") from error
    if found.get("form") != FORM:
        raise ValueError(f"stored in form {found.get('form')}, not {FORM}")
    calibration = found["calibration"] | {"weights": tuple(found["calibration"]["weights"])}
    return Knowledge(
        rules,
        names,
        sightings=Sightings.from_rows(tuple(row) for row in found["sightings"]),
        family_records=FamilyRecords.from_rows(tuple(row) for row in found["family_records"]),
        calibration=Calibration(**calibration),
        recoveries=dict(found["recoveries"]),
        ranker=Ranker(tuple(found["ranker"]["weights"]), found["ranker"]["others"]),
        **{scorer: TermWeights.from_lists(found["scorers"][scorer]) for scorer in SCORERS},
    )
