"""What identification knows, and what it makes of one marking: candidates, best first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from provenance.identify.calibration import Calibration
from provenance.identify.clues import Clues, RuleHit, find_clues, rule_hits
from provenance.identify.evidence import FamilyRecords, Sighting, Sightings
from provenance.identify.features import marking_features
from provenance.identify.maker_model import MakerModel
from provenance.identify.names import MakerNames, NameMatch
from provenance.identify.ranking import Ranker, Witnesses, rank_rows
from provenance.identify.rules import RuleBook
from provenance.identify.votes import Votes, number_runs
from provenance.text.markings import Reading

RANKED = 5
"""Makers that are ranked for a marking."""
_UNKNOWN_MAKERS = 20
"""Makers that nothing speaks for and nothing rules out; they keep a lone weak clue from looking strong."""
_FROM_MODEL = 12
_FROM_RUNS = 5
_FROM_WORDS = 3


@dataclass(frozen=True, slots=True)
class Case:
    """A marking with what rules and names find in it; nothing here was learned."""

    reading: Reading
    hits: tuple[RuleHit, ...]
    names: tuple[NameMatch, ...]
    features: frozenset[str]


@dataclass(frozen=True)
class Knowledge:
    """All that identification knows besides the catalogue.

    ``recoveries`` is in how many recoveries each maker was seen. Without a ``ranker`` (too few pairs) the
    maker model's own order stands.
    """

    rules: RuleBook
    names: MakerNames
    sightings: Sightings = field(default_factory=Sightings)
    families: FamilyRecords = field(default_factory=FamilyRecords)
    model: MakerModel = field(default_factory=MakerModel.untaught)
    calibration: Calibration = field(default_factory=Calibration)
    runs: Votes = field(default_factory=Votes)
    words: Votes = field(default_factory=Votes)
    recoveries: Mapping[str, int] = field(default_factory=dict)
    ranker: Ranker | None = None


@dataclass(frozen=True, slots=True)
class Ranking:
    """The makers of a marking by their share of belief, and everything that spoke for them."""

    case: Case
    ranked: tuple[tuple[str, float], ...]
    clues: Clues
    sightings: Mapping[str, Mapping[str, Sighting]]
    witnesses: Witnesses

    def speaks_for(self, maker: str) -> bool:
        """Whether anything in the marking speaks for a maker, beyond that it is a common one."""
        seen = self.witnesses
        return bool(self.clues.get(maker)) or maker in seen.runs or maker in seen.words


def read_case(reading: Reading, rules: RuleBook, names: MakerNames) -> Case:
    """What rules and names find in a reading."""
    hits = rule_hits(reading, rules)
    return Case(reading, hits, names.found_in(reading.as_read), marking_features(reading, hits))


def witnesses_of(case: Case, clues: Clues, known: Knowledge) -> Witnesses:
    """What each learned witness says of a marking."""
    return Witnesses(
        dict(known.model.ranked(case.features, clues, _FROM_MODEL)),
        known.runs.of(number_runs(case.reading)),
        known.words.of(case.reading.words),
        known.recoveries,
    )


def rank(case: Case, known: Knowledge, catalogue: Mapping[str, float]) -> Ranking:
    """Makers of a marking, best first, at most `RANKED`; ``catalogue`` is how much it speaks for each."""
    sightings = known.sightings.of(case.reading)
    clues = find_clues(case.hits, case.names, sightings)
    for maker, strength in catalogue.items():
        clues.setdefault(maker, {})["catalogue"] = strength
    witnesses = witnesses_of(case, clues, known)
    if known.ranker is None:
        ranked = known.model.ranked(case.features, clues, RANKED, _UNKNOWN_MAKERS)
    else:
        makers = candidates(clues, witnesses)
        ranked = known.ranker.ranked(makers, rank_rows(case.reading, case.hits, clues, makers, witnesses))
    return Ranking(case, tuple(ranked[:RANKED]), clues, sightings, witnesses)


def candidates(clues: Clues, witnesses: Witnesses) -> list[str]:
    """Every maker worth weighing for a marking, in order of name."""
    found = witnesses.model.keys() | clues.keys()
    return sorted(found | _first(witnesses.runs, _FROM_RUNS) | _first(witnesses.words, _FROM_WORDS))


def _first(votes: Mapping[str, float], most: int) -> set[str]:
    return set(sorted(votes, key=lambda maker: (-votes[maker], maker))[:most])
