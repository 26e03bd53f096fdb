"""Unit and weapon in an entry's name: "computer X of the Y missile" is X, taken from Y."""

from __future__ import annotations

import re
from dataclasses import dataclass

from provenance.text.entry_names import find_kind_nouns, find_names
from provenance.text.entry_words import ARTICLES, PARTS_WORDS, PERSON_WORDS, WHOLE_WEAPON_KINDS, WHOLE_WORDS

_JOINT = re.compile(r"\s(?:of|from|for)\s", re.IGNORECASE)
_HOST_JOINTS = frozenset({"of", "from"})


@dataclass(frozen=True, slots=True)
class Phrases:
    """An entry's words, separated.

    `weapon` describes the item itself, or the weapon that a unit came from; `unit` the unit; `system`
    what a whole weapon belongs to ("9M727 cruise missile from the Iskander-K missile system").
    """

    weapon: str
    unit: str | None = None
    system: str | None = None
    loose_parts: bool = False


def part_phrases(body: str) -> Phrases:
    """The phrases of an entry's name without its parentheses.

    A host follows "of" or "from" with an article, a quoted name or a weapon's noun, and has a name. "Parts
    of other X missiles" has no article and is not a unit either: loose parts.
    """
    pieces = _pieces(body)
    first = pieces[0]
    if len(pieces) == 1:
        return Phrases(body.strip())
    if _first_words(first) & PARTS_WORDS:
        return Phrases(" of ".join(pieces[1:]), loose_parts=True)
    if _is_whole(first):
        if not find_names(first):
            return Phrases(body.strip())
        return Phrases(first, system=" of ".join(pieces[1:]))
    host = next((at for at, piece in enumerate(pieces) if at and _has_weapon_noun(piece)), len(pieces) - 1)
    return Phrases(pieces[host], unit=_unit_of(pieces[:host]))


def _pieces(body: str) -> list[str]:
    cuts: list[tuple[int, int]] = []
    loose = bool(_first_words(body) & PARTS_WORDS)
    joints = list(_JOINT.finditer(body))
    for at, joint in enumerate(joints):
        end = joints[at + 1].start() if at + 1 < len(joints) else len(body)
        reach = body[joint.end() : end]
        rest = body[joint.end() :]
        if joint.group().strip().lower() not in _HOST_JOINTS:
            continue
        if (loose and not cuts) or _begins_a_host(reach, rest):
            cuts.append((joint.start(), joint.end()))
    starts = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(body)]
    return [body[start:end].strip() for start, end in zip(starts, ends, strict=True)]


def _begins_a_host(reach: str, rest: str) -> bool:
    """Whether words after a connective describe a host; `reach` ends at the next connective, `rest` does
    not."""
    words = reach.lower().split()
    if not words or PERSON_WORDS.intersection(words[:2]):
        return False
    if words[0] in ARTICLES:
        return bool(find_names(rest))
    if not find_names(reach):
        return False
    if reach.lstrip().startswith('"'):
        return True
    nouns = find_kind_nouns(reach)
    return any(noun.start == 0 for noun in nouns) or (bool(nouns) and find_names(reach)[0].start == 0)


def _first_words(phrase: str) -> set[str]:
    return set(re.split(r"\s(?:of|from)\s", phrase.lower(), maxsplit=1)[0].split())


def _has_weapon_noun(phrase: str) -> bool:
    return any(noun.kind in WHOLE_WEAPON_KINDS for noun in find_kind_nouns(phrase))


def _is_whole(phrase: str) -> bool:
    """Whether the phrase's head noun is a weapon itself, or a set or variant, not a part of it."""
    names = find_names(phrase)
    without_names = phrase
    for name in reversed(names):
        without_names = without_names[: name.start] + without_names[name.end :]
    without_names = re.sub(r'[",]', " ", without_names).strip()
    words = without_names.lower().split()
    if words and words[-1] in WHOLE_WORDS:
        return True
    nouns = find_kind_nouns(without_names)
    return bool(nouns) and nouns[-1].end == len(without_names) and nouns[-1].kind in WHOLE_WEAPON_KINDS


def _unit_of(pieces: list[str]) -> str:
    """The unit's own words, or those of the named assembly that the unit belongs to."""
    return next((piece for piece in pieces if find_names(piece)), pieces[0])
