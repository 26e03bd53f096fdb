"""What identification knows, and what it makes of one marking: candidates, best first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice, repeat, takewhile
from typing import NamedTuple

from provenance.identify.calibration import Calibration, Signs
from provenance.identify.clues import Clues, HitsByMaker, RuleHit, find_clues, hits_by_maker, rule_hits
from provenance.identify.evidence import FamilyRecords, Sighting, Sightings
from provenance.identify.names import MakerNames, NameMatch
from provenance.identify.pulls import Pulls
from provenance.identify.ranking import Ranker
from provenance.identify.rules import RuleBook
from provenance.identify.scoring import Scorer
from provenance.identify.showing import Shown, number_runs, number_shapes, wording_of
from provenance.identify.witnesses import Hearing, Said, Witnesses
from provenance.text.markings import Reading

RANKED = 5
"""Makers that are ranked for a marking."""
_COMMONEST = 4
_SLIGHT = frozenset({"begins-3", "begins-4"})
_FEW = 0.15


class Case(NamedTuple):
    """A marking with what rules and names find in it; nothing here was learned."""

    reading: Reading
    hits: tuple[RuleHit, ...]
    by_maker: HitsByMaker
    names: tuple[NameMatch, ...]
    families: tuple[str, ...]
    wording: tuple[str, ...]
    """The words of the description, see `wording_of`."""


@dataclass(frozen=True)
class Knowledge:
    """All that identification knows besides the catalogue.

    ``runs``, ``words`` and ``rule_votes`` are what was counted of numbers' characters, of descriptions and of
    families, ``regression`` what was fitted to them together; ``recoveries`` is in how many recoveries each
    maker was seen, the commonest first.
    """

    rules: RuleBook
    names: MakerNames
    sightings: Sightings = field(default_factory=Sightings)
    families: FamilyRecords = field(default_factory=FamilyRecords)
    calibration: Calibration = field(default_factory=Calibration)
    runs: Pulls = field(default_factory=Pulls.of)
    words: Pulls = field(default_factory=Pulls.of)
    rule_votes: Pulls = field(default_factory=Pulls.of)
    regression: Pulls = field(default_factory=Pulls.of)
    recoveries: Mapping[str, int] = field(default_factory=dict)
    ranker: Ranker = field(default_factory=Ranker.untaught)

    @cached_property
    def scorer(self) -> Scorer:
        """The ranker, ready to score."""
        return Scorer(self.ranker.weights, self.recoveries, self.rules.sizes)

    @cached_property
    def witnesses(self) -> Witnesses:
        """What was counted and fitted, ready to be asked."""
        pulls = self.runs, self.words, self.rule_votes, self.regression
        return Witnesses(pulls, self.recoveries, self.rules.sizes)


class Weighed(NamedTuple):
    """The makers worth weighing for a marking, in order of name, and what speaks for them."""

    makers: list[str]
    clues: Clues
    sightings: Mapping[str, Mapping[str, Sighting]]
    said: Said


class Ranking(NamedTuple):
    """The makers of a marking by their share of belief, and everything that spoke for them."""

    case: Case
    ranked: tuple[tuple[str, float], ...]
    clues: Clues
    sightings: Mapping[str, Mapping[str, Sighting]]
    said: Said

    def speaks_for(self, maker: str) -> bool:
        """Whether anything in the marking speaks for a maker, beyond that it is a common one."""
        return bool(self.clues.get(maker)) or self.said.of(maker)


def read_case(reading: Reading, rules: RuleBook, names: MakerNames) -> Case:
    """What rules and names find in a reading."""
    hits = rule_hits(reading, rules)
    families = tuple(sorted({hit.match.rule.key for hit in hits}))
    named = names.found_in(reading.as_read)
    return Case(reading, hits, hits_by_maker(hits), named, families, wording_of(reading))


def shown_by(case: Case) -> Shown:
    """What the learned witnesses look at: runs of characters, words, families, shapes of numbers."""
    return number_runs(case.reading), case.wording, case.families, number_shapes(case.reading)


def weigh_all(
    cases: Sequence[Case], known: Knowledge, catalogues: Sequence[Mapping[str, float]]
) -> tuple[list[Weighed], Hearing]:
    """Everything that speaks for somebody, marking by marking, and what the witnesses say of all of them.

    ``catalogues`` are how much the catalogue speaks for each maker of each marking.
    """
    hearing = known.witnesses.on([shown_by(case) for case in cases])
    said = known.witnesses.apart(hearing)
    return list(map(_weigh, cases, repeat(known), catalogues, said)), hearing


def rank_all(
    cases: Sequence[Case], known: Knowledge, catalogues: Sequence[Mapping[str, float]]
) -> list[Ranking]:
    """Makers of each marking, best first, at most `RANKED`; ``catalogues`` as in `weigh_all`."""
    weighed, hearing = weigh_all(cases, known, catalogues)
    makers = [each.makers for each in weighed]
    votes = known.scorer.votes_weighed(hearing, makers, known.witnesses.columns)
    return list(map(_rank, cases, repeat(known), weighed, votes))


def _weigh(case: Case, known: Knowledge, catalogue: Mapping[str, float], said: Said) -> Weighed:
    sightings = known.sightings.of_numbers(case.reading)
    wording = known.sightings.of_wording(case.reading)
    clues = find_clues(case.hits, case.names, sightings)
    makers = sorted({*catalogue, *_candidates(clues, wording, said)})
    for maker in makers:
        if sighting := wording.get(maker):
            sightings[maker]["wording"] = sighting
            clues[maker]["wording"] = sighting.share
    for maker, strength in catalogue.items():
        clues[maker]["catalogue"] = strength
    return Weighed(makers, clues, sightings, said)


def _rank(case: Case, known: Knowledge, weighed: Weighed, votes: Sequence[float]) -> Ranking:
    makers, clues, sightings, said = weighed
    scores = known.scorer.scores(case.reading, case.by_maker, clues, makers, said, votes)
    ranked = known.ranker.by_scores(makers, scores)
    return Ranking(case, tuple(ranked[:RANKED]), clues, sightings, said)


def _candidates(clues: Clues, wording: Mapping[str, Sighting], said: Said) -> set[str]:
    """Every maker worth weighing for a marking.

    Left out are those for whom nothing speaks but that few numbers of theirs began alike, or few of their
    markings are worded alike: a common word like "Microcircuit" stands with dozens of makers.
    """
    found = {
        maker for maker, kinds in clues.items() if not _SLIGHT.issuperset(kinds) or max(kinds.values()) > _FEW
    }
    found.update(takewhile(lambda maker: wording[maker].share > _FEW, wording))
    found.update(islice(said.recoveries, _COMMONEST))
    found.update(said.strongest)
    return found


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
        "sold-line" in kinds or "rule-inherited" in kinds for other, kinds in clues.items() if other != maker
    )
    own = [hit.match.rule.key for hit in hits if hit.is_first and hit.match.rule.maker == maker]
    record = families.share(own, maker)
    part_like = reading.has_part_like_code
    return Signs(maker, share, runner_up, clues.get(maker, {}), part_like, record, sold_on)
