"""Statements that are possible but hardly true: a person is asked about them, and an import lists them.

Only what contradicts itself for certain is odd: of two partial dates that may be in order, nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from provenance.core.messages import Message, mark
from provenance.core.vocabulary import RecoveryDateKind, RecoveryKind
from provenance.fields.places import Position
from provenance.text.country_extents import lies_in
from provenance.text.item_serials import wrong_imei
from provenance.text.partial_dates import DateSpan, format_span

_IN_ORDER = (
    (RecoveryDateKind.PRODUCED, RecoveryDateKind.CAPTURED),
    (RecoveryDateKind.PRODUCED, RecoveryDateKind.USED),
    (RecoveryDateKind.PRODUCED, RecoveryDateKind.RECOVERED),
    (RecoveryDateKind.PRODUCED, RecoveryDateKind.EXAMINED),
    (RecoveryDateKind.CAPTURED, RecoveryDateKind.EXAMINED),
    (RecoveryDateKind.USED, RecoveryDateKind.RECOVERED),
    (RecoveryDateKind.USED, RecoveryDateKind.EXAMINED),
    (RecoveryDateKind.RECOVERED, RecoveryDateKind.EXAMINED),
)
"""What cannot come after what. A weapon may be captured before somebody uses it, and kept before it is
recovered."""

ENDS = (
    RecoveryDateKind.USED,
    RecoveryDateKind.CAPTURED,
    RecoveryDateKind.RECOVERED,
    RecoveryDateKind.EXAMINED,
)
"""The dates on which a weapon had all its parts."""

MOST_PIECES: Mapping[RecoveryKind, int] = {RecoveryKind.BATTLEFIELD: 1_000}
"""Identical pieces of one component above which a number is questioned: the boards of the largest weapon
have some hundred of one part, and a date code of four digits in the wrong column is mostly above. A
consignment that is seized or intercepted may hold a million."""

_MOST_IN_GOODS = 10_000_000

FEWEST_ODD = min(MOST_PIECES.values())
"""No number of pieces up to this one is odd, whatever the find."""

ORDER = mark("{first} {first_date} is after {later} {later_date}")
MADE_LATER = mark("made {made} is after {later} {later_date}")
OUTSIDE = mark("the position {position} lies outside the country given, {country}")
SWAPPED = mark(
    "the position {position} lies outside the country given, {country};"
    " with latitude and longitude exchanged it lies inside"
)
BEFORE_FIRST_KNOWN = mark("{kind} {date} is before {weapon} was first known, {first_known} ({source})")
FUTURE = mark("{what} {date} is in the future")
PIECES = mark("{pieces} identical pieces are very many")
IMEI = mark(
    "{number} is not a possible IMEI, for its check digit or its length is wrong;"
    " read it again, unless it is another number"
)
RETRIEVED = mark("retrieved {retrieved} is before published {published}")


@dataclass(frozen=True, slots=True)
class Dated:
    """A date of a recovery as it is kept, and in words."""

    kind: RecoveryDateKind
    span: DateSpan
    words: str


def odd_order(dates: Iterable[Dated]) -> list[Message]:
    """The dates of a recovery that are in an impossible order."""
    found = list(dates)
    return [
        Message(
            ORDER,
            {"first": one.kind, "first_date": one.words, "later": other.kind, "later_date": other.words},
        )
        for one in found
        for other in found
        if (one.kind, other.kind) in _IN_ORDER and _is_after(one.span, other.span)
    ]


def odd_making(made: DateSpan, words: str, dates: Iterable[Dated]) -> list[Message]:
    """A date of manufacture that is later than its weapon was used, captured, recovered or examined."""
    return [
        Message(MADE_LATER, {"made": words, "later": date.kind, "later_date": date.words})
        for date in dates
        if date.kind in ENDS and _is_after(made, date.span)
    ][:1]


@dataclass(frozen=True, slots=True)
class FirstKnown:
    """When a weapon was first seen, shown or used, and the publisher that says so."""

    weapon: str
    span: DateSpan
    source: str


def odd_before_first_known(known: FirstKnown, dates: Iterable[Dated]) -> list[Message]:
    """The first date of a recovery that is certainly earlier than its weapon was first known."""
    return [
        Message(
            BEFORE_FIRST_KNOWN,
            {
                "kind": date.kind,
                "date": date.words,
                "weapon": known.weapon,
                "first_known": format_span(known.span),
                "source": known.source,
            },
        )
        for date in dates
        if _is_after(known.span, date.span)
    ][:1]


def odd_future(what: str, span: DateSpan, words: str, today: date) -> list[Message]:
    """A date that is later than today."""
    if span.earliest is None or span.earliest <= today:
        return []
    return [Message(FUTURE, {"what": what, "date": words})]


def odd_position(position: Position, country: str) -> list[Message]:
    """A position that lies outside the country given for it; a country whose extent is not known asks
    nothing.
    """
    if lies_in(country, position.latitude, position.longitude) is not False:
        return []
    swapped = lies_in(country, position.longitude, position.latitude)
    return [Message(SWAPPED if swapped else OUTSIDE, {"position": position.as_written, "country": country})]


def odd_pieces(pieces: int, kind: RecoveryKind | None) -> list[Message]:
    """A number of identical pieces that no such find has."""
    most = _MOST_IN_GOODS if kind is None else MOST_PIECES.get(kind, _MOST_IN_GOODS)
    return [Message(PIECES, {"pieces": f"{pieces:,}"})] if pieces > most else []


def odd_serial(serial: str) -> list[Message]:
    """A component's own number that has the form of an IMEI, or is called one, and cannot be one."""
    number = wrong_imei(serial)
    return [] if number is None else [Message(IMEI, {"number": number})]


def odd_retrieval(published: DateSpan, retrieved: DateSpan, words: tuple[str, str]) -> list[Message]:
    """A record that was retrieved before it was published."""
    if not _is_after(published, retrieved):
        return []
    return [Message(RETRIEVED, {"published": words[0], "retrieved": words[1]})]


def _is_after(one: DateSpan, other: DateSpan) -> bool:
    """Whether all of one interval is later than all of another."""
    return one.earliest is not None and other.latest is not None and one.earliest > other.latest
