"""Why a maker was named, in words that a person can check."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from provenance.identify.catalogue import Fit, PartMatch
from provenance.identify.clues import RuleHit
from provenance.identify.features import HASH_DATE, MarkingFeatures
from provenance.identify.knowledge import Knowledge
from provenance.identify.ranking import Candidates
from provenance.identify.rules import TRACE_CATEGORIES
from provenance.identify.scorers import RUNS
from provenance.identify.sightings import Sighting
from provenance.identify.term_weights import TermWeights
from provenance.text.markings import Reading, confusion_key
from provenance.text.plurals import many

_MOST_REASONS = 3
_DISTINCTIVE = 0.7
"""The weight of a written date from which its style is a reason."""
_FIT_WORDS: Mapping[Fit, str] = {
    "exact": "{text} is the catalogue's {mpn}",
    "misread": "{text} is the catalogue's {mpn} if letters were taken for digits",
    "base": "{text} has the base part of the catalogue's {mpn}",
    "shortened": "{text} is the catalogue's {mpn} without its prefix",
    "cut": "{text} is the beginning of the catalogue's {mpn}",
    "near": "{text} is one character from the catalogue's {mpn}",
}
_LEVEL_WORDS = {
    "number": "the number {number}",
    "base": "the base part {number}",
    **{f"begins-{length}": "a number beginning {number}" for length in (6, 5, 4, 3)},
}


def maker_reason(maker: str, match: PartMatch | None, candidates: Candidates, known: Knowledge) -> str:
    """The strongest reasons for a maker, at most three, separated by semicolons."""
    marking = candidates.marking
    reasons = []
    if match:
        reasons.append(_FIT_WORDS[match.fit].format(text=match.part.text, mpn=match.entry.mpn))
    reasons += [f"the text names {name.name}" for name in marking.names if name.maker == maker][:1]
    reasons += _rule_words(maker, marking)
    if sightings := candidates.sightings.get(maker):
        reasons += _sighting_words(sightings, marking.reading)
    if HASH_DATE in marking.words and known.words.weight(HASH_DATE, maker) > _DISTINCTIVE:
        reasons.append("a date written with # is this maker's style")
    if not reasons:
        reasons += _word_reasons(maker, marking.reading.words, known.words)
    if not reasons and candidates.scores.speaks_for(RUNS, maker):
        reasons.append("its number resembles numbers seen with this maker")
    return "; ".join(reasons[:_MOST_REASONS]) or "makers of such parts seen before"


def _rule_words(maker: str, marking: MarkingFeatures) -> list[str]:
    """The family that best names this maker, or a line that it sells now: one sentence or none."""
    if own := marking.hits_by_maker.get(maker):
        best = min(own, key=_rank_of_hit)
        return [f"{_as_shown(best)} belongs to a family of this maker: {best.match.rule.family}"]
    sold = next((hit for hit in marking.hits if hit.match.rule.later_owner_line == maker), None)
    if sold is None:
        return []
    return [f"{_as_shown(sold)} belongs to a line now sold by this maker: {sold.match.rule.family}"]


def _as_shown(hit: RuleHit) -> str:
    """The stretch as read; where it is read by its keys and not its letters, the text says so."""
    return (
        f"{hit.part.key} (if {hit.text} was typed on a Cyrillic keyboard)" if hit.part.retyped else hit.text
    )


def _rank_of_hit(hit: RuleHit) -> tuple[bool, int, str]:
    return hit.match.rule.category in TRACE_CATEGORIES, -hit.match.length, hit.text


def _sighting_words(sightings: Mapping[str, Sighting], reading: Reading) -> list[str]:
    """The most exact sighting, as a list of one sentence or none."""
    for level, label in _LEVEL_WORDS.items():
        if sighting := sightings.get(level):
            shown = label.format(number=_as_read(sighting.key, reading))
            return [f"{shown} was seen with this maker in {many(sighting.groups, 'other recovery')}"]
    if sighting := sightings.get("wording"):
        others = many(sighting.groups, "other recovery")
        return [f"the same wording was seen with this maker in {others}"]
    return []


def _as_read(key: str, reading: Reading) -> str:
    """The stretch of the reading that a confusion key was made of."""
    stretches = (part.key[: len(key)] for part in reading.parts)
    return next((stretch for stretch in stretches if confusion_key(stretch) == key), key)


def _word_reasons(maker: str, words: Iterable[str], weights: TermWeights) -> list[str]:
    weighed = sorted(((weights.weight(word, maker), word) for word in set(words)), reverse=True)
    shown = [word for weight, word in weighed if weight > 0]
    return [f"wording seen with this maker before: {', '.join(shown[:3])}"] if shown else []
