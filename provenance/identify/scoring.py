"""Scores of makers by a ranker, at once: what `Ranker.ranked` makes of `rank_rows`, without the rows.

Learning needs to know what each maker shows; an answer needs nothing but the weighted sum. The terms are the
same and are added in the same order, so that both roads give the same scores to the last bit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from provenance.identify.clues import CLUE_KINDS, Clues, RuleHit
from provenance.identify.ranking import (
    FIRST_VOTE,
    NO_CLUES,
    VOTE_TO_SHARE,
    Witnesses,
    hits_by_maker,
    rules_and_name,
    standing,
)
from provenance.text.markings import Reading

_MAKERS_REMEMBERED = 4096


class Scorer:
    """Weights of `RANK_SIGNS`, with what is known of each maker whatever the marking weighed beforehand."""

    def __init__(
        self, weights: Sequence[float], recoveries: Mapping[str, int], sizes: Mapping[str, int]
    ) -> None:
        self._weights = weights
        self._clue_weights = dict(zip(CLUE_KINDS, weights, strict=False))
        self._recoveries, self._sizes = recoveries, sizes
        self._standing = lru_cache(maxsize=_MAKERS_REMEMBERED)(self._weighed_standing)

    def scores(
        self, reading: Reading, hits: Sequence[RuleHit], clues: Clues, makers: Sequence[str], said: Witnesses
    ) -> list[float]:
        """Each maker's score, in order."""
        own_hits = hits_by_maker(hits)
        weights, clue_weights, standing_of = self._weights, self._clue_weights, self._standing
        witnesses = [
            (each.votes, weights[sign], weights[sign + VOTE_TO_SHARE], each.most)
            for sign, each in enumerate(said.all, FIRST_VOTE)
            if each.votes
        ]
        part_like = reading.has_part_like_code
        scores = []
        for maker in makers:
            own = clues.get(maker, NO_CLUES)
            terms = [clue_weights[kind] * strength for kind, strength in own.items()] if own else []
            for votes, weight, weight_of_share, most in witnesses:
                if maker in votes:
                    vote = votes[maker]
                    terms += (weight * vote, weight_of_share * (vote / most))
            terms += standing_of(maker, part_like, not own)
            if maker in own_hits or "name" in own or "name-part" in own:
                shown = rules_and_name(own, own_hits.get(maker, ()), maker, said)
                terms += [weights[sign] * value for sign, value in shown]
            scores.append(sum(terms))
        return scores

    def _weighed_standing(self, maker: str, part_like: bool, clueless: bool) -> tuple[float, ...]:
        shown = standing(self._recoveries.get(maker, 0), self._sizes.get(maker, 0), part_like, clueless)
        return tuple(self._weights[sign] * value for sign, value in shown)
