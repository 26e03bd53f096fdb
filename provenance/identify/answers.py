"""Requests to identification and its answers, and what an answer may be used for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from provenance.core.vocabulary import ComponentCategory
from provenance.identify.calibration import Confidence
from provenance.identify.grounds import Ground
from provenance.text.date_codes import DateBounds, DateReading
from provenance.text.partial_dates import UNKNOWN, DateSpan
from provenance.text.suffixes import UNREAD, SuffixParts

_BELIEVED_DATES = 1
"""The greatest doubt of a date reading that may date a component; four bare digits have a greater one."""


class Candidate(NamedTuple):
    """A maker, and its part where the marking names one.

    ``maker`` is an organization key. ``mpn`` is the orderable number as the catalogue writes it, or as read,
    with the prefix that the maker leaves out on small packages; it is empty where no token names a part.
    ``printed`` is the number as the marking has it, ``base_part`` the device, ``suffix`` what follows it, and
    ``suffix_parts`` the package, temperature and reel in it, as far as the maker's grammar is known.
    ``in_catalogue`` says whether the catalogue has that part, ``introduced`` when it was introduced, if the
    marking determines which part it is. ``score`` is the measured chance, 0 to 1, that the maker is right.
    ``ground`` is what the maker rests on; None where only wording or likeness speaks for it, or a top code
    that several parts carry.
    ``since`` is the first day on which the maker may have printed such numbers, where it is known.
    ``carriers`` is how many parts of the catalogue carry the top code behind the candidate, 0 where there is
    none; a score from a top code is a share, see `provenance.identify.top_codes`.
    """

    maker: str
    mpn: str
    base_part: str
    suffix: str
    confidence: Confidence
    score: float
    reason: str
    category: str = ""
    in_catalogue: bool = False
    suffix_parts: SuffixParts = UNREAD
    printed: str = ""
    introduced: DateSpan = UNKNOWN
    carriers: int = 0
    ground: Ground | None = None
    since: date | None = None


class Answer(NamedTuple):
    """What a marking says: candidates, best first, dates, and a lot where a format shows one.

    ``lines`` and ``as_read`` are the marking's raw lines and the text that was read, see `Reading`.
    """

    marking: str
    candidates: tuple[Candidate, ...]
    dates: tuple[DateReading, ...]
    lot: str
    lines: tuple[str, ...] = ()
    as_read: str = ""


class MarkingQuery(NamedTuple):
    """A marking, the days between which its part was made, and who made it, as far as known.

    ``part_known`` says that the part is on record: what the marking seems to name then bounds no date.
    See `Identifier.identify`.
    """

    text: str
    bounds: DateBounds | None = None
    maker: str = ""
    part_known: bool = False


def believed_made(readings: Sequence[DateReading]) -> tuple[DateSpan, ...]:
    """The intervals that the credible readings of one code allow, one of which is meant.

    None where there are several codes.
    """
    believed = [reading.span for reading in readings if reading.doubt <= _BELIEVED_DATES]
    if len({reading.mark for reading in readings}) > 1:
        return ()
    return tuple(dict.fromkeys(believed))


def first_settled(candidates: Sequence[Candidate]) -> Candidate | None:
    """The first of some candidates; None where it is only one of several parts that a top code may mean."""
    first = candidates[0] if candidates else None
    if first is None or first.confidence != "possible":
        return first
    sharing = sum(each.carriers > 1 for each in candidates)
    return None if first.carriers > 1 and sharing > 1 else first


def component_category(text: str) -> ComponentCategory | None:
    """A rule's category where it is one; families of traces and logos have none."""
    try:
        return ComponentCategory(text)
    except ValueError:
        return None
