"""Why a listed party is a hit, in words for the person who checks it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from provenance.core.vocabulary.watched import ListedNameKind, ListedOn
from provenance.screening.listed_parties import ListedText
from provenance.screening.matcher import Candidate
from provenance.text.addresses import UnitMatch
from provenance.text.registration_numbers import Compared, Difference, Sameness
from provenance.watchlists.intervals import Listing

_DAY = timedelta(days=1)

UNIT_REASONS = {
    UnitMatch.SAME: "address: same building, same unit",
    UnitMatch.OVERLAPS: "address: same building, overlapping units",
    UnitMatch.UNSTATED: "address: same building; at least one side states no unit",
}
_NAME_KINDS = {
    ListedNameKind.PRIMARY: "the entry's name",
    ListedNameKind.ALIAS: "an alias of the entry",
    ListedNameKind.WEAK: "a weak alias of the entry",
    ListedNameKind.FORMER: "a former name of the entry",
}


def name_reason(candidate: Candidate, listed: ListedText) -> str:
    """How a customer's name matches a listed one, word by word."""
    kind = _NAME_KINDS[ListedNameKind(listed.kind or ListedNameKind.PRIMARY)]
    if candidate.abbreviated:
        return f"name: the first letters of one are the other, {kind}"
    if candidate.general:
        return f"name: {kind} as a whole, which is one general word"
    if candidate.query.casefold() == listed.text.casefold():
        return f"name: identical to {kind}"
    words = f"name: {kind}, matching in {', '.join(candidate.shared)}"
    if candidate.exact:
        return f"{words}: every word, apart from legal form, script and order"
    if candidate.missing:
        words += f"; not in the entry: {', '.join(candidate.missing)}"
    if candidate.missing_in_query:
        words += f"; only in the entry: {', '.join(candidate.missing_in_query)}"
    return words


def number_reason(compared: Compared) -> str:
    """That a registration number is the same, and what is open about that."""
    number = compared.listed
    if compared.sameness is Sameness.SAME:
        doubt = f"; {compared.why}" if compared.why else ""
        return f"same {number.label} (decisive{doubt})"
    return f"same digits as the entry's {number.label}: {compared.given.label}, {compared.why}"


def different_number_reason(difference: Difference, *, decides: bool) -> str:
    """That a valid registration number of the same scheme differs."""
    values = ", ".join(sorted({one.value for one in difference.listed}))
    given = difference.given
    words = f"{given.scheme} differs ({given.value}; the entry has {values}; check digits hold)"
    return f"{words}, which decides" if decides else f"{words}; the address is a hit all the same"


def other_unit_reason(listed: str) -> str:
    """That the listed party is in the same building, at another unit."""
    return f"another unit of the same building ({listed})"


def country_reason(country: str, listed: Collection[str]) -> str:
    """Whether the customer's country is one of the entry's."""
    if country in listed:
        return f"same country ({country})"
    return f"country {country} is not one of the entry's ({', '.join(sorted(listed))})"


def listing_reasons(status: ListedOn, day: date | None, *, today_too: bool = False) -> list[str]:
    """Whether the party was listed on the day asked about, where that needs saying.

    ``today_too`` is whether it is listed today though not on that day.
    """
    when = f"on {day}" if day else "today"
    if today_too:
        return [f"listed today, not {when}"]
    return {
        ListedOn.LISTED: [],
        ListedOn.POSSIBLY: [f"possibly listed {when}: the versions loaded do not settle it"],
        ListedOn.NOT_YET: [f"not yet listed {when}"],
        ListedOn.NO_LONGER: [f"no longer listed {when}"],
    }[status]


def first_day(listing: Listing) -> str | None:
    """The first day listed, or the days between which it lies: ``..LATEST`` where no earlier one is known."""
    return _between(listing.began_earliest, listing.began_latest, open_before=True)


def last_day(listing: Listing) -> str | None:
    """The last day listed, or the days between which it lies; None where no end was seen."""
    if listing.ended_latest is None:
        return None
    earliest = listing.ended_earliest and listing.ended_earliest - _DAY
    return _between(earliest, listing.ended_latest - _DAY)


def _between(earliest: date | None, latest: date | None, *, open_before: bool = False) -> str | None:
    if earliest == latest:
        return latest.isoformat() if latest else None
    if earliest is None and latest is not None:
        return f"..{latest}" if open_before else latest.isoformat()
    return f"{earliest}..{latest}" if latest else f"{earliest}.."


def asks_words(asks: str | None, text: str | None) -> str | None:
    """What a list asks of those who deal with a party: how strictly, and in its own words."""
    return f"{asks}: {text}" if asks and text else asks or text
