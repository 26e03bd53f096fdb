"""Scores of makers by a ranker, at once: what `Ranker.ranked` makes of `rank_rows`, without the rows.

Learning needs to know what each maker shows; an answer needs nothing but the weighted sum, of which votes and
their shares are weighed for a block of markings and all makers together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, islice, repeat

import numpy as np

from provenance.identify.clues import CLUE_KINDS, Clues, HitsByMaker
from provenance.identify.ranking import (
    FIRST_VOTE,
    VOTE_TO_SHARE,
    rules_and_name,
    standing,
)
from provenance.identify.witnesses import Hearing, Said
from provenance.text.markings import Reading

_MAKERS_REMEMBERED = 4096


class Scorer:
    """Weights of `RANK_SIGNS`, with what is known of each maker whatever the marking weighed beforehand."""

    def __init__(
        self, weights: Sequence[float], recoveries: Mapping[str, int], sizes: Mapping[str, int]
    ) -> None:
        self._weights = weights
        self._clue_weights = dict(zip(CLUE_KINDS, weights, strict=False))
        self._of_votes = np.array(weights[FIRST_VOTE : FIRST_VOTE + VOTE_TO_SHARE])
        self._of_shares = np.array(weights[FIRST_VOTE + VOTE_TO_SHARE : FIRST_VOTE + 2 * VOTE_TO_SHARE])
        self._recoveries, self._sizes = recoveries, sizes
        self._standing = lru_cache(maxsize=_MAKERS_REMEMBERED)(self._weighed_standing)

    def votes_weighed(
        self, hearing: Hearing, makers: Sequence[Sequence[str]], columns: Mapping[str, int]
    ) -> Iterator[list[float]]:
        """For each marking what all votes add to the score of each of its makers, in order."""
        counts = list(map(len, makers))
        marking = np.repeat(np.arange(len(counts)), counts)
        column = np.fromiter(map(columns.get, chain.from_iterable(makers), repeat(-1)), np.int64, sum(counts))
        factors = self._of_votes[:, None] + self._of_shares[:, None] / hearing.most
        weighed = iter((hearing.votes[:, marking, column] * factors[:, marking]).sum(0).tolist())
        return (list(islice(weighed, count)) for count in counts)

    def scores(
        self,
        reading: Reading,
        own_hits: HitsByMaker,
        clues: Clues,
        makers: Sequence[str],
        said: Said,
        votes: Sequence[float],
    ) -> list[float]:
        """Each maker's score, in order; ``votes`` are what their votes add to it, see `votes_weighed`."""
        weights, clue_weights, standing_of = self._weights, self._clue_weights, self._standing
        part_like = reading.has_part_like_code
        scores: list[float] = []
        for maker, score in zip(makers, votes, strict=True):
            own = clues.get(maker)
            if not own:
                # A maker's rules are clues: without any it has no rule and no name here either.
                scores.append(score + standing_of(maker, part_like, True))
                continue
            score += standing_of(maker, part_like, False)
            for kind, strength in own.items():
                score += clue_weights[kind] * strength
            if maker in own_hits or "name" in own or "name-part" in own:
                for sign, value in rules_and_name(own, own_hits.get(maker, ()), maker, said):
                    score += weights[sign] * value
            scores.append(score)
        return scores

    def _weighed_standing(self, maker: str, part_like: bool, clueless: bool) -> float:
        shown = standing(self._recoveries.get(maker, 0), self._sizes.get(maker, 0), part_like, clueless)
        return sum([self._weights[sign] * value for sign, value in shown])
