"""Ranking: all witnesses of a marking weighed against each other, the same way for every maker.

The ranker is a conditional logit over the candidates of a marking. It learns on answers that the witnesses
gave to markings whose own fold had taught them nothing, so it knows what each is worth on a recovery that
nobody has seen; a maker that no pair ever showed is weighed by the same weights as the commonest one. How
it learns: `provenance.identify.fitting`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from provenance.identify.clues import CLUE_KINDS, Clues, HitsByMaker, RuleHit
from provenance.identify.witnesses import FAMILIES, WITNESSES, Said
from provenance.text.markings import Reading

NO_CLUES: Mapping[str, float] = {}
Row = list[tuple[int, float]]
"""What a candidate shows: numbers of `RANK_SIGNS` with their values, those of value 0 left out."""
WITNESS_SIGNS = (
    *WITNESSES, *(f"{witness}-share" for witness in WITNESSES),
    "recoveries", "recoveries-of-code", "range", "never-seen", "no-clue",
    "rule-reach", "rule-digits-only", "rule-and-name", "name-alone", "name-never-seen", "family-never-seen",
)  # fmt: skip
RANK_SIGNS = CLUE_KINDS + WITNESS_SIGNS
"""What is ranked by: clues as they are, then what the learned witnesses say."""
_COLUMN = {sign: number for number, sign in enumerate(RANK_SIGNS)}
FIRST_VOTE = len(CLUE_KINDS)
"""Number of the first witness's vote among `RANK_SIGNS`; the others' follow."""
VOTE_TO_SHARE = len(WITNESSES)
"""How far behind a witness's vote the sign stands that says which part of the most votes it is."""
DEFAULT_CLUE_WEIGHTS: Mapping[str, float] = {
    "rule-2": 0.2, "rule-3": 1.0, "rule-4": 1.1, "rule-5": 1.2, "rule-6": 1.3, "rule-7": 1.4,
    "rule-name": 1.0, "trace": 1.0, "sold-line": 0.8, "rule-inherited": 0.0, "rule-long-number": 1.3,
    "rule-alone": 1.3, "rule-closest": 1.3, "rule-first": 1.3, "name": 4.5, "name-part": 2.5,
    "number": 0.8, "number-often": 0.6, "base": 0.5, "base-often": 0.4,
    "begins-6": 0.7, "begins-5": 0.6, "begins-4": 0.7, "begins-3": 0.7, "wording": 1.4,
    "range": 0.3, "catalogue": 4.0,
}  # fmt: skip
"""Weights where too few pairs are known to learn any; rounded from what learning gives on published lists."""


@dataclass(frozen=True, slots=True)
class Ranker:
    """Weights of `RANK_SIGNS`, and how many makers that are no candidates take part in sharing belief."""

    weights: tuple[float, ...]
    others: int = 0

    @classmethod
    def untaught(cls) -> Ranker:
        """The weights that ship, for clues alone; unknown makers keep a weak clue from looking strong."""
        return cls(tuple(DEFAULT_CLUE_WEIGHTS.get(sign, 0.0) for sign in RANK_SIGNS), 20)

    def ranked(self, makers: Sequence[str], rows: Sequence[Row]) -> list[tuple[str, float]]:
        """The makers by what they show of `RANK_SIGNS`, see `by_scores`."""
        weights = self.weights
        return self.by_scores(makers, [sum([weights[sign] * value for sign, value in row]) for row in rows])

    def by_scores(self, makers: Sequence[str], scores: Sequence[float]) -> list[tuple[str, float]]:
        """The makers with their shares of belief (softmax of scores), best first, ties by name."""
        if not makers:
            return []
        highest = max(scores)
        exponents = [math.exp(score - highest) for score in scores]
        total = math.fsum(exponents) + self.others * math.exp(-highest)
        order = sorted(
            [(-exponent / total, maker) for exponent, maker in zip(exponents, makers, strict=True)]
        )
        return [(maker, -share) for share, maker in order]


def rank_rows(
    reading: Reading, own_hits: HitsByMaker, clues: Clues, makers: Sequence[str], said: Said
) -> list[Row]:
    """What each maker shows of `RANK_SIGNS`."""
    rows: list[Row] = []
    part_like = reading.has_part_like_code
    recoveries, sizes = said.recoveries, said.sizes
    for maker in makers:
        own = clues.get(maker, NO_CLUES)
        row: Row = [(_COLUMN[kind], strength) for kind, strength in own.items()]
        for sign, (vote, most) in enumerate(zip(said.votes_for(maker), said.most, strict=True), FIRST_VOTE):
            if vote:
                row += ((sign, vote), (sign + VOTE_TO_SHARE, vote / most))
        row += standing(recoveries.get(maker, 0), sizes.get(maker, 0), part_like, not own)
        if maker in own_hits or "name" in own or "name-part" in own:
            row += rules_and_name(own, own_hits.get(maker, ()), maker, said)
        rows.append(row)
    return rows


@lru_cache(maxsize=4096)
def standing(seen: int, size: int, part_like: bool, clueless: bool) -> tuple[tuple[int, float], ...]:
    """How known a maker is, who was seen in so many recoveries and has so many families."""
    known = math.log1p(seen)
    standing = (known, known if part_like else 0.0, math.log1p(size), float(not seen), float(clueless))
    return tuple((sign, value) for sign, value in enumerate(standing, _COLUMN["recoveries"]) if value)


def rules_and_name(clues: Mapping[str, float], hits: Sequence[RuleHit], maker: str, said: Said) -> Row:
    """How a maker's rules and its name stand to each other."""
    seen = said.recoveries.get(maker, 0)
    named = "name" in clues or "name-part" in clues
    reach = max([hit.match.length / len(hit.part.key) for hit in hits if hit.is_first], default=0.0)
    standing = (
        reach,
        float(bool(hits) and all(map(_only_digits, hits))),
        float(named and bool(hits)),
        float(named and not hits),
        float(named and not seen),
        float(bool(hits) and not said.by(FAMILIES, maker)),
    )
    return [(sign, value) for sign, value in enumerate(standing, _COLUMN["rule-reach"]) if value]


def _only_digits(hit: RuleHit) -> bool:
    return hit.part.key[: hit.match.length].isdigit()
