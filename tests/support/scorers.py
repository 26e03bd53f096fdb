"""What learned scorers say, for tests: the scores of one of them for one marking."""

from __future__ import annotations

from provenance.identify.features import Terms
from provenance.identify.scorers import SCORERS, Scorers
from provenance.identify.term_weights import TermWeights


def scores_of(scorer: str, weights: TermWeights, terms: Terms) -> dict[str, float]:
    """Each maker for whom a marking with these terms has a score, by this scorer alone."""
    place = SCORERS.index(scorer)
    scorers = Scorers([weights if number == place else TermWeights.of() for number in range(len(SCORERS))])
    whole = (*terms, *[()] * (4 - len(terms)))
    (found,) = scorers.by_marking(scorers.score([whole]))
    scores = {maker: found.of(maker)[place] for maker in weights.makers}
    return {maker: score for maker, score in scores.items() if score}
