"""What a reading of a marking is good enough for: naming a part, dating a component, giving it a category."""

from __future__ import annotations

from collections.abc import Sequence

from provenance.core.vocabulary import ComponentCategory
from provenance.identify.answers import Candidate
from provenance.text.date_codes import DateReading
from provenance.text.partial_dates import DateSpan

_BELIEVED_DATES = 1
"""The greatest doubt of a date reading that may date a component; four bare digits are doubted more."""


def believed_made(readings: Sequence[DateReading]) -> DateSpan:
    """The days that any believed reading allows: several readings of one code make one long interval."""
    spans = [reading.span for reading in readings if reading.doubt <= _BELIEVED_DATES]
    if not spans or len({reading.mark for reading in readings}) > 1:
        return DateSpan()
    earliest = [span.earliest for span in spans]
    latest = [span.latest for span in spans]
    return DateSpan(
        None if None in earliest else min(day for day in earliest if day),
        None if None in latest else max(day for day in latest if day),
    )


def first_settled(candidates: Sequence[Candidate]) -> Candidate | None:
    """The first of some candidates; None where it is but one of several parts that a top code may mean."""
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
