"""The text of a marking as one line to read: whatever the order of its lines and whatever was glued.

People write the lines of a package from the top, from the logo, or as they notice them, so the reading must
not depend on their order. Lines are put in the one order that a number split over two of them has, the line
of the best known family first. A maker's name or logo glued to a number is parted from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from provenance.identify.clues import reaches, rule_hits
from provenance.identify.names import MakerNames
from provenance.identify.rules import TRACE_CATEGORIES, RuleBook
from provenance.text.markings import PartText, Reading, TokenKind, read_marking

_MOST_LINES = 8
"""Lines of a marking that are ordered; a package carries fewer, and a description has more."""
_LONG_WORD = re.compile(r"(?<![\w-])[A-Z]{5,}[A-Z0-9/-]*\d[\w/-]*")
_SHORTEST_REST = 4
_GOES_ON = (TokenKind.CODE, TokenKind.NUMBER)
_LOGO_BEHIND = re.compile(r"(?<!\w)(IR[A-Z]{1,4}\d{2,4}[A-Z]{0,2})(IOR)(?!\w)")
"""International Rectifier's logo reads IOR, and is printed below the number."""
_S_SPEC = re.compile(r"(?<!\w)(S[LR][A-Z0-9]{3})(\d{4}[A-Z]\d*)(?!\w)")
"""Intel's five-character S-spec with the batch behind it. Source: the editors' memory, unverified."""


class _Line(NamedTuple):
    """A line with what decides its place: prose first, then the longest known family, then the text."""

    is_prose: bool
    family: int
    text: str
    reading: Reading

    @property
    def order(self) -> tuple[bool, int, bool, str]:
        """Lots and packages come before bare digits, as dates stand below them."""
        return not self.is_prose, -self.family, not self.text[:1].isalpha(), self.text


def read_printed(text: str, rules: RuleBook, names: MakerNames) -> Reading:
    """The reading of a marking: the same whatever the order of its lines; see `read_marking`.

    ``raw_lines`` and ``as_given`` are in the order given, ``as_read`` in that in which they are read.
    """
    parted = part_glued(text, names)
    reading = read_marking(parted)
    if parted == text and len(reading.raw_lines) < 2:
        return reading
    given = read_marking(text) if parted != text else reading
    if 1 < len(reading.raw_lines) <= _MOST_LINES:
        reading = read_marking("\n".join(_ordered(reading.raw_lines, rules)))
    return reading._replace(raw_lines=given.raw_lines, as_given=given.as_read)


def part_glued(text: str, names: MakerNames) -> str:
    """The text with a space between a maker's name, logo or batch and the number that it is glued to."""
    if "IR" in text:
        text = _LOGO_BEHIND.sub(r"\1 \2", text)
    if "SL" in text or "SR" in text:
        text = _S_SPEC.sub(r"\1 \2", text)
    return _LONG_WORD.sub(lambda match: _parted(match.group(), names), text)


def _parted(word: str, names: MakerNames) -> str:
    head = names.longest_head(word)
    rest = word[len(head) :]
    if not head or len(rest) < _SHORTEST_REST or not any(map(str.isdigit, rest)):
        return word
    return f"{head} {rest}"


def _ordered(lines: Sequence[str], rules: RuleBook) -> Iterable[str]:
    """The lines in the order of reading: of two that hold one number, the one with its beginning first."""
    left = sorted((_line(line, rules) for line in lines), key=lambda line: line.order)
    found: list[_Line] = []
    while left:
        following = [line for line in left if found and _continues(found[-1], line, rules)]
        heads = [line for line in left if _is_head(line, left, rules)]
        found.append(next(iter((*following, *_with_heads(heads, left)))))
        left.remove(found[-1])
    return [line.text for line in found]


def _with_heads(heads: Sequence[_Line], left: Sequence[_Line]) -> Iterable[_Line]:
    """Prose, then the lines that others continue, then the rest."""
    return [*(line for line in left if line.is_prose), *heads, *left]


def _is_head(line: _Line, lines: Sequence[_Line], rules: RuleBook) -> bool:
    return any(_continues(line, other, rules) for other in lines if other is not line)


def _line(text: str, rules: RuleBook) -> _Line:
    reading = read_marking(text)
    hits = [hit for hit in rule_hits(reading, rules) if hit.match.rule.category not in TRACE_CATEGORIES]
    longest = max((hit.match.length for hit in hits if not hit.is_name), default=0)
    return _Line(bool(reading.words) and not reading.marks, longest, text, reading)


def _continues(line: _Line, other: _Line, rules: RuleBook) -> bool:
    """Whether the number at the end of a line goes on at the beginning of another one."""
    ends, begins = line.reading.tokens[-1:], other.reading.tokens[:1]
    if not ends or not begins or ends[0].kind is not TokenKind.CODE or begins[0].kind not in _GOES_ON:
        return False
    joined = PartText(ends[0].key + begins[0].key, f"{ends[0].text} {begins[0].text}", len(ends[0].key))
    return any(reaches(joined, match) for match in rules.matches(joined.key))
