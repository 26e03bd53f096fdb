"""Clues: evidence for one maker of a marking, each with its strength: rules, names, sightings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from provenance.identify.described import may_be
from provenance.identify.names import NameMatch
from provenance.identify.rules import TRACE_CATEGORIES, RuleBook, RuleMatch
from provenance.identify.sightings import Sighting
from provenance.text.markings import PartText, Reading, as_meant

CLUE_KINDS = (
    "rule-2", "rule-3", "rule-4", "rule-5", "rule-6", "rule-7", "rule-name", "trace", "sold-line",
    "rule-inherited", "rule-long-number", "rule-alone", "rule-closest", "rule-first", "name", "name-part",
    "number", "number-often", "base", "base-often", "begins-6", "begins-5", "begins-4", "begins-3", "wording",
    "catalogue", "rule-described", "rule-contradicted",
)  # fmt: skip
"""Kinds of clues; the ranker learns one weight for each, the same for every maker."""
_LONGEST_RULE = 7
_LONG_NUMBER = 10
_SHORTEST_JOINED = 9
Clues = dict[str, dict[str, float]]
HitsByMaker = Mapping[str, Sequence["RuleHit"]]


class RuleHit(NamedTuple):
    """A stretch of the marking and the rule that it begins with, or (``is_name``) a word that is its name.

    Where ``is_corrected`` it begins so only once its likely misreadings are corrected, see `as_meant`.
    """

    part: PartText
    match: RuleMatch
    is_first: bool = False
    is_name: bool = False
    is_corrected: bool = False

    @property
    def text(self) -> str:
        """The stretch as read."""
        return self.part.text


def hits_by_maker(hits: Iterable[RuleHit]) -> HitsByMaker:
    """The hits of each maker's rules, in their order."""
    found: dict[str, list[RuleHit]] = {}
    for hit in hits:
        found.setdefault(hit.match.rule.maker, []).append(hit)
    return found


def rule_hits(reading: Reading, rules: RuleBook) -> tuple[RuleHit, ...]:
    """Every rule that some stretch of the marking begins with, or some word of it names.

    A stretch joined from several tokens counts only where the rule extends over the join; a number of no
    known family is tried again with its likely misreadings corrected. A stretch that names a family when read
    as typed on a Cyrillic keyboard is no longer read by its look. A number with letters that only Cyrillic
    has is not compared with families of Latin numbers. The first is the first number in one piece, or the
    first joined one where there is none: "CYP | B 05 PHI" is no connector beside a CY8C29666.
    """
    hits: list[RuleHit] = []
    first = first_joined = ""
    for part in reading.parts:
        found, corrected = rules.matches(part.key), False
        if not found and (meant := as_meant(part.key)) != part.key:
            found, corrected = rules.matches(meant), True
        if found and part.is_cyrillic:
            found = tuple([match for match in found if match.rule.is_russian])
        reaching = [match for match in found if reaches(part, match)] if part.joined_after else found
        if part.retyped and reaching:
            hits = [hit for hit in hits if hit.part.text != part.text]
            first = "" if first == part.text else first
        if any(match.rule.category not in TRACE_CATEGORIES for match in reaching):
            if part.joined_after:
                first_joined = first_joined or part.text
            else:
                first = first or part.text
        hits += [RuleHit(part, match, is_corrected=corrected) for match in reaching]
    first = first or first_joined
    hits = [hit._replace(is_first=True) if hit.part.text == first else hit for hit in hits]
    hits += [
        RuleHit(PartText(word.upper(), word), match, is_name=True)
        for word in reading.words
        for match in rules.names(word)
    ]
    return tuple(hits)


def reaches(part: PartText, match: RuleMatch) -> bool:
    """Whether a family covers the whole of a joined stretch.

    Left out are joins that no maker would print: short digits, digits that follow the digits of a number with
    letters, and traces and logos, which are printed by themselves.
    """
    join = part.joined_after
    if match.length <= join:
        return False
    if part.key.isdigit():
        return match.length >= _SHORTEST_JOINED
    if match.rule.category in TRACE_CATEGORIES or part.key[join - 1 : join + 1].isdigit():
        return False
    return match.length >= _SHORTEST_JOINED or not part.key[: match.length].isdigit()


def find_clues(
    hits: Sequence[RuleHit],
    names: Iterable[NameMatch],
    sightings: Mapping[str, Mapping[str, Sighting]],
    described: str = "",
) -> Clues:
    """Kinds of clues with their strength, 0 to 1, for each maker that has any.

    ``described`` is the category that the words beside the numbers name, empty where they name none.
    """
    clues: Clues = defaultdict(dict)
    _add_rule_clues(clues, hits)
    if described:
        _add_descriptions(clues, hits, described)
    for name in names:
        clues[name.maker]["name" if name.whole else "name-part"] = 1.0
    for maker, levels in sightings.items():
        for level, sighting in levels.items():
            clues[maker][level] = sighting.share
            if level in ("number", "base"):
                clues[maker][f"{level}-often"] = sighting.weight
    return clues


def _add_descriptions(clues: Clues, hits: Iterable[RuleHit], described: str) -> None:
    """Whether a maker has a family of the category described, or only families of others."""
    agreeing: dict[str, bool] = {}
    for hit in hits:
        rule = hit.match.rule
        if not hit.is_name and rule.category not in TRACE_CATEGORIES:
            agrees = may_be(rule.category, described)
            agreeing[rule.maker] = agreeing.get(rule.maker, False) or agrees
    for maker, agrees in agreeing.items():
        clues[maker]["rule-described" if agrees else "rule-contradicted"] = 1.0


def _add_rule_clues(clues: Clues, hits: Iterable[RuleHit]) -> None:
    by_text: dict[tuple[str, bool], list[RuleHit]] = defaultdict(list)
    for hit in hits:
        by_text[hit.text, hit.is_name].append(hit)
    for (text, is_name), same_text in by_text.items():
        lengths: dict[str, int] = {}
        owners: set[str] = set()
        for hit in same_text:
            rule = hit.match.rule
            if rule.later_owner_line:
                owners.add(rule.later_owner_line)
            if rule.category in TRACE_CATEGORIES:
                clues[rule.maker]["trace"] = 1.0
            else:
                if hit.match.length > lengths.get(rule.maker, 0):
                    lengths[rule.maker] = hit.match.length
        for owner in owners:
            clues[owner]["rule-inherited" if owner in lengths else "sold-line"] = 1.0
        longest = max(lengths.values(), default=0)
        for maker, length in lengths.items():
            found = clues[maker]
            found["rule-name" if is_name else f"rule-{max(2, min(length, _LONGEST_RULE))}"] = 1.0
            _raise(found, "rule-alone", 1 / len(lengths))
            _raise(found, "rule-closest", float(length == longest))
            if same_text[0].is_first:
                found["rule-first"] = 1.0
            if not is_name:
                _raise(found, "rule-long-number", min(len(text), _LONG_NUMBER) / _LONG_NUMBER)


def _raise(found: dict[str, float], kind: str, strength: float) -> None:
    if strength >= found.get(kind, 0.0):
        found[kind] = strength
