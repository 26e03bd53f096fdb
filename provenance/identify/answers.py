"""What identification is asked, and what it answers."""

from __future__ import annotations

from typing import NamedTuple

from provenance.identify.calibration import Confidence
from provenance.text.date_codes import DateBounds, DateReading
from provenance.text.partial_dates import UNKNOWN, DateSpan
from provenance.text.suffixes import UNREAD, SuffixParts


class Candidate(NamedTuple):
    """A maker, and where the marking says so its part.

    ``maker`` is an organization key. ``mpn`` is the orderable number as the catalogue writes it, or as read,
    with the beginning that the maker leaves out on small packages; it is empty where no token names a part.
    ``printed`` is the number as the marking has it, ``base_part`` the device, ``suffix`` what stands behind
    it, and ``suffix_parts`` the package, temperature and reel in it, as far as the maker's grammar is known.
    ``in_catalogue`` tells whether the catalogue has that part, ``introduced`` when it was introduced, where
    the marking settles which part it is. ``score`` is the measured chance, 0 to 1, that the maker is right.
    ``carriers`` is how many parts of the catalogue carry the top code that the candidate goes by, 0 where it
    goes by none; where it goes by one its score is a share, see `provenance.identify.top_codes`.
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


class Asked(NamedTuple):
    """A marking, the days between which its part was made, and who made it, as far as known.

    ``part_known`` says that the part is on record: what the marking seems to name then bounds no date.
    See `Identifier.identify`.
    """

    text: str
    bounds: DateBounds | None = None
    maker: str = ""
    part_known: bool = False
