"""What users write in options, read into what questions take."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from provenance.core.errors import UsageError
from provenance.core.vocabulary import WEAPONS_IN_THE_AIR, ComponentCategory, Tlp, WeaponKind

if TYPE_CHECKING:
    from provenance.schema.session import Session

Member = TypeVar("Member", bound=StrEnum)


def day(option: str, text: str | None, *, first: bool) -> date | None:
    """A day, or the first or last day of a partial date.

    Raises:
        UsageError: no date, or open on that side.
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
        raise UsageError(f"{option} {text}: which day?")
    return found


def window(since: str | None, until: str | None) -> tuple[date | None, date | None]:
    """The first and last day asked about; None on a side is open.

    Raises:
        UsageError: no dates, or nothing lies between them.
    """
    first, last = day("--since", since, first=True), day("--until", until, first=False)
    if first and last and last < first:
        raise UsageError(f"--until {until} lies before --since {since}")
    return first, last


def country(text: str) -> str:
    """A country's code, ``any`` or ``unknown``.

    Raises:
        UsageError: no country.
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
    """The kinds of weapons asked for; empty for any."""
    if not texts:
        return WEAPONS_IN_THE_AIR
    if any(text.casefold() == "any" for text in texts):
        return ()
    return tuple(_member("--weapon-kind", WeaponKind, text) for text in texts)


def max_tlp(text: str | None) -> Tlp | None:
    """The strictest mark that may go into an answer; None for any.

    Raises:
        UsageError: no mark of TLP 2.0.
    """
    if text is None:
        return None
    plain = text.upper().removeprefix("TLP:").replace(" ", "+").replace("_", "+")
    try:
        return Tlp(plain)
    except ValueError:
        raise UsageError(f"--max-tlp {text}: it is one of {', '.join(Tlp)}") from None


def categories(texts: Sequence[str] | None) -> tuple[ComponentCategory, ...]:
    """The categories asked for; empty for all."""
    return tuple(_member("--category", ComponentCategory, text) for text in texts or ())


def _member(option: str, vocabulary: type[Member], text: str) -> Member:
    try:
        return vocabulary(text.casefold().replace(" ", "_").replace("-", "_"))
    except ValueError:
        raise UsageError(f"{option} {text}: it is one of {', '.join(vocabulary)}") from None


def tiers(session: Session, texts: Sequence[str] | None) -> tuple[str, ...]:
    """The CHPL tiers asked for; ``3`` is 3.A and 3.B.

    Raises:
        UsageError: the list has no such tier.
    """
    from sqlalchemy import select

    if not texts:
        return ()
    from provenance.schema.reference import HsCode

    known = set(session.execute(select(HsCode.tier)).scalars())
    allowed = sorted(known | {tier.split(".")[0] for tier in known})
    for text in texts:
        if text.upper() not in allowed:
            raise UsageError(f"--chpl-tier {text}: it is one of {', '.join(allowed)}")
    return tuple(text.upper() for text in texts)
