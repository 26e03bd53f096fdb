"""Top codes: marks of packages too small for a part number, which many parts of many makers share.

A code may mean many parts, and a catalogue never lists all of them. So every part that carries the code is
named, none is more than `likely`, and scores are shares instead of measured chances: the parts share half of
belief, or what a maker that the marking names leaves of it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from provenance.identify.answers import Candidate
from provenance.identify.calibration import LIKELY_FROM, POSSIBLE_FROM, Confidence
from provenance.identify.catalogue import Carrier, Catalogue, PartMatch
from provenance.text.folding import fold_marking
from provenance.text.markings import Reading, TokenKind
from provenance.text.part_numbers import split_part_number, top_code_key
from provenance.text.suffixes import read_suffix

_SHARED = 0.5
"""The share of belief of all parts with a code: the other half is left to parts that the catalogue lacks."""
_LONG_CODE = 4
"""A code of at least this length that one part carries makes that part likely; nearly every code of two or
three characters is used by several makers."""
_SHORTEST_WORD = 2
"""A single character among other words is seldom a code."""
_WEAK: Confidence = "possible"


def find_carriers(
    readings: Sequence[Reading], found: Sequence[Sequence[PartMatch]], catalogue: Catalogue
) -> list[tuple[Carrier, ...]]:
    """For each marking the parts that carry its top code, in order of number and maker.

    A code is the whole marking or a whole word of it, never a piece of one. The catalogue is queried once for
    all, and only about markings of which it has no part (``found``). Where several words are codes, those
    with letters come before bare digits, longer ones before shorter ones.
    """
    words = [
        set() if any(match.fit != "near" for match in matches) else _code_words(reading)
        for reading, matches in zip(readings, found, strict=True)
    ]
    carried: dict[str, list[Carrier]] = defaultdict(list)
    if keys := dict.fromkeys(key for each in words for key in each):
        for each in catalogue.by_top_codes(list(keys)):
            carried[each.key].append(each)
    return [_of_best_code(each, carried) for each in words]


def with_carriers(candidates: tuple[Candidate, ...], carriers: Sequence[Carrier]) -> tuple[Candidate, ...]:
    """The candidates of a marking with the parts that carry its top code, best first.

    A marking that also names a part number is answered by that alone. Parts of a maker that the marking
    indicates have that maker's own chance; any other maker counts at most as much as the last of them.
    """
    if not carriers or any(_names_number(each, carriers) for each in candidates):
        return candidates
    own = {each.maker: each for each in candidates}
    believed = max((each.score for each in candidates if each.confidence != _WEAK), default=0.0)
    of_maker = Counter(match.entry.maker for match in carriers)
    found = [
        _candidate(match, own.get(match.entry.maker), believed, of_maker[match.entry.maker])
        for match in carriers
    ]
    last = min(each.score for each in found)
    for each in candidates:
        if each.maker not in of_maker and (each.confidence != _WEAK or last >= POSSIBLE_FROM):
            found.append(each if each.confidence != _WEAK else each._replace(score=min(each.score, last)))
    return tuple(sorted(found, key=lambda each: -each.score))


def _code_words(reading: Reading) -> set[str]:
    """The keys of the whole marking and of its words that may be top codes."""
    keys = (key for mark in reading.marks for key in (mark.key, mark.typed_key))
    words = {key for key in keys if len(key) >= _SHORTEST_WORD}
    if not any(token.kind is TokenKind.HASH_DATE for token in reading.tokens):
        # As a whole a marking may also look like a measure or a word: 2A, abw.
        words.add(fold_marking(reading.as_read))
    return {key for word in words if (key := top_code_key(word))}


def _of_best_code(words: Iterable[str], carried: Mapping[str, Sequence[Carrier]]) -> tuple[Carrier, ...]:
    codes = [word for word in words if word in carried]
    best = max(codes, key=lambda code: (not code[1:].isdigit(), len(code), code), default="")
    found = carried[best] if best else ()
    return tuple(sorted(found, key=lambda match: (match.entry.mpn, match.entry.maker)))


def _names_number(candidate: Candidate, carriers: Sequence[Carrier]) -> bool:
    """Whether a candidate names a part number, and does not only take the code itself for one."""
    if not candidate.mpn:
        return False
    return candidate.confidence != _WEAK or fold_marking(candidate.printed) != carriers[0].code


def _candidate(match: Carrier, own: Candidate | None, believed: float, of_maker: int) -> Candidate:
    """A part as a candidate; ``own`` is its maker's, if any, who has ``of_maker`` parts with this code."""
    sole = match.carriers == 1 and len(match.code) >= _LONG_CODE and not believed
    chance = LIKELY_FROM if sole else min(_SHARED, 1 - believed) / match.carriers
    if own is not None:
        chance = max(chance, own.score / of_maker)
    many = "1 part" if match.carriers == 1 else f"{match.carriers:,} parts"
    reason = f"top code {match.code}, carried by {many} in the catalogue"
    part = split_part_number(match.entry.mpn)
    return Candidate(
        match.entry.maker,
        match.entry.mpn,
        part.base,
        part.suffix,
        "likely" if chance >= LIKELY_FROM else _WEAK,
        round(chance, 4),
        f"{reason}; {own.reason}" if own is not None else reason,
        in_catalogue=True,
        suffix_parts=read_suffix(part.base, part.suffix),
        printed=match.code,
        introduced=match.entry.introduced,
        carriers=match.carriers,
        ground="top code" if match.carriers == 1 else own.ground if own is not None else None,
    )
