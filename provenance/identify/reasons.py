"""Why a maker was named, in words a person can check."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from provenance.identify.clues import RuleHit
from provenance.identify.evidence import Sighting
from provenance.identify.knowledge import Case, Knowledge, Ranking
from provenance.identify.parts import Fit, PartMatch
from provenance.identify.pulls import Pulls
from provenance.identify.rules import TRACE_CATEGORIES
from provenance.identify.showing import HASH_DATE
from provenance.identify.witnesses import RUNS
from provenance.text.markings import Reading, confusion_key

_MOST_REASONS = 3
_TELLING = 0.7
_FIT_WORDS: Mapping[Fit, str] = {
    "exact": "is the catalogue's {mpn}",
    "misread": "is the catalogue's {mpn} if letters were taken for digits",
    "base": "has the base part of the catalogue's {mpn}",
    "shortened": "is the catalogue's {mpn} without its prefix",
    "cut": "is the beginning of the catalogue's {mpn}",
    "near": "is one character from the catalogue's {mpn}",
}
_LEVEL_WORDS = {
    "number": "the number",
    "base": "the base part",
    "begins-6": "a number beginning",
    "begins-5": "a number beginning",
    "begins-4": "a number beginning",
    "begins-3": "a number beginning",
}


def maker_reason(maker: str, match: PartMatch | None, ranking: Ranking, known: Knowledge) -> str:
    """The strongest things that speak for a maker, at most three, parted by semicolons."""
    case = ranking.case
    said = []
    if match:
        said.append(f"{match.part.text} {_FIT_WORDS[match.fit].format(mpn=match.entry.mpn)}")
    said += [f"the text names {name.name}" for name in case.names if name.maker == maker][:1]
    said += _rule_words(maker, case)
    if sightings := ranking.sightings.get(maker):
        said += _sighting_words(sightings, case.reading)
    if HASH_DATE in case.wording and known.words.strength(HASH_DATE, maker) > _TELLING:
        said.append("a date written with # is this maker's style")
    if not said:
        said += _word_reasons(maker, case.reading.words, known.words)
    if not said and ranking.said.by(RUNS, maker):
        said.append("its number resembles numbers seen with this maker")
    return "; ".join(said[:_MOST_REASONS]) or "makers of such parts seen before"


def _rule_words(maker: str, case: Case) -> list[str]:
    """The family that best names this maker, else a line that it sells now: one sentence or none."""
    if own := case.by_maker.get(maker):
        best = min(own, key=_rank_of_hit)
        return [f"{_as_shown(best)} belongs to a family of this maker: {best.match.rule.family}"]
    sold = next((hit for hit in case.hits if hit.match.rule.later_owner_line == maker), None)
    if sold is None:
        return []
    return [f"{_as_shown(sold)} belongs to a line now sold by this maker: {sold.match.rule.family}"]


def _as_shown(hit: RuleHit) -> str:
    """The stretch as read; where it is read by its keys and not its letters, that is said."""
    return (
        f"{hit.part.key} (if {hit.text} was typed on a Cyrillic keyboard)" if hit.part.retyped else hit.text
    )


def _rank_of_hit(hit: RuleHit) -> tuple[bool, int, str]:
    return hit.match.rule.category in TRACE_CATEGORIES, -hit.match.length, hit.text


def _sighting_words(sightings: Mapping[str, Sighting], reading: Reading) -> list[str]:
    """The most exact sighting, as a list of one sentence or none."""
    for level, label in _LEVEL_WORDS.items():
        if sighting := sightings.get(level):
            times = "recovery" if sighting.groups == 1 else "recoveries"
            shown = _as_read(sighting.key, reading)
            return [f"{label} {shown} stands with this maker in {sighting.groups} other {times}"]
    if sighting := sightings.get("wording"):
        return [f"the same wording stands with this maker in {sighting.groups} other markings"]
    return []


def _as_read(key: str, reading: Reading) -> str:
    """The stretch of the reading that a confusion key was made of."""
    stretches = (part.key[: len(key)] for part in reading.parts)
    return next((stretch for stretch in stretches if confusion_key(stretch) == key), key)


def _word_reasons(maker: str, words: Iterable[str], votes: Pulls) -> list[str]:
    telling = sorted(((votes.strength(word, maker), word) for word in set(words)), reverse=True)
    shown = [word for leaning, word in telling if leaning > 0]
    return [f"wording seen with this maker before: {', '.join(shown[:3])}"] if shown else []
