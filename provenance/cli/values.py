"""Values of options, read from what the user typed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import TypeVar

from provenance.core.errors import UsageError
from provenance.core.vocabulary import WEAPONS_IN_THE_AIR, ComponentCategory, Tlp, WeaponKind

Member = TypeVar("Member", bound=StrEnum)


def day(option: str, text: str | None, *, first: bool) -> date | None:
    """A day, or the first or last day of a partial date.

    Raises:
        UsageError: it is not a date, or it is open on that side.
    """
    from provenance.text.partial_dates import parse_partial_date

    if text is None:
        return None
    try:
        span = parse_partial_date(text)
    except ValueError as error:
        raise UsageError(f"{option}: {error}") from None
    found = span.earliest if first else span.latest
    if found is None:
        raise UsageError(f"{option} {text}: give a date with a {'first' if first else 'last'} day")
    return found


def window(since: str | None, until: str | None) -> tuple[date | None, date | None]:
    """The first and last day of a period; None is an open side.

    Raises:
        UsageError: one is not a date, or the last day is before the first.
    """
    first, last = day("--since", since, first=True), day("--until", until, first=False)
    if first and last and last < first:
        raise UsageError(f"--until {until} is before --since {since}")
    return first, last


def country(text: str) -> str:
    """A country's code, ``any`` or ``unknown``.

    Raises:
        UsageError: no country has that name or code.
    """
    from provenance.text.countries import UnknownCountry, country_code

    if text.casefold() in ("any", "unknown"):
        return text.casefold()
    try:
        code = country_code(text)
    except UnknownCountry as error:
        raise UsageError(f"--country: {error}") from None
    return code or "unknown"


def weapon_kinds(texts: Sequence[str] | None) -> tuple[WeaponKind, ...]:
    """The kinds of weapons; empty for any, missiles, drones and guided munitions by default."""
    if not texts:
        return WEAPONS_IN_THE_AIR
    if any(text.casefold() == "any" for text in texts):
        return ()
    return tuple(_member("--weapon-kind", WeaponKind, text) for text in texts)


def max_tlp(text: str | None) -> Tlp | None:
    """The strictest mark that may go into an answer; None for any.

    Raises:
        UsageError: it is not a TLP 2.0 mark.
    """
    if text is None:
        return None
    plain = text.upper().removeprefix("TLP:").replace(" ", "+").replace("_", "+")
    try:
        return Tlp(plain)
    except ValueError:
        raise UsageError(f"--max-tlp {text}: it is one of {', '.join(Tlp)}") from None


def categories(texts: Sequence[str] | None) -> tuple[ComponentCategory, ...]:
    """The component categories; empty for all."""
    return tuple(_member("--category", ComponentCategory, text) for text in texts or ())


def _member(option: str, vocabulary: type[Member], text: str) -> Member:
    try:
        return vocabulary(text.casefold().replace(" ", "_").replace("-", "_"))
    except ValueError:
        raise UsageError(f"{option} {text}: it is one of {', '.join(vocabulary)}") from None


def country_code_of(option: str, text: str | None) -> str | None:
    """A country's two-letter code; None where the option is not given.

    Raises:
        UsageError: no country has that name or code.
    """
    from provenance.text.countries import UnknownCountry, country_code

    try:
        return country_code(text) if text is not None else None
    except UnknownCountry as error:
        raise UsageError(f"{option}: {error}") from None


def hs_digits(option: str, text: str | None) -> str | None:
    """The first digits of a customs code, 2 to 12 of them; None where the option is not given.

    Raises:
        UsageError: it is not such a code.
    """
    digits = text.replace(".", "").replace(" ", "") if text is not None else None
    if digits is not None and not (digits.isdecimal() and 2 <= len(digits) <= 12):
        raise UsageError(f"{option} {text}: give at least two digits of a customs code")
    return digits
