"""The lists in a database: their newest versions, how old those are, and which of them are stale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select

from provenance.schema.session import Session
from provenance.schema.watchlists import ListedParty, ListingInterval, Watchlist, WatchlistVersion


@dataclass(frozen=True, slots=True)
class ListStatus:
    """A list and its newest version; ``age_days`` counts from that version's day until today.

    ``oldest`` and ``versions`` say how far back answers as of a day can reach. ``parties`` are those that
    have not left the list, None where they were not counted. ``partial_only``: no full version was imported.
    """

    list: str
    title: str
    newest: date | None
    age_days: int | None
    stale: bool
    stale_after_days: int
    versions: int
    oldest: date | None
    parties: int | None
    asks: str | None
    publisher: str | None
    partial_only: bool


def list_statuses(session: Session, today: date, *, count: bool = True) -> list[ListStatus]:
    """Every list, by its key; without ``count`` its parties are not counted, which takes longest."""
    found = []
    for number, key, title, asks, publisher, stale_after_days in session.execute(
        select(
            Watchlist.id,
            Watchlist.key,
            Watchlist.title,
            Watchlist.asks,
            Watchlist.publisher,
            Watchlist.stale_after_days,
        ).order_by(Watchlist.key)
    ):
        versions = session.execute(
            select(WatchlistVersion.as_of, WatchlistVersion.partial)
            .where(WatchlistVersion.watchlist_id == number)
            .order_by(WatchlistVersion.as_of, WatchlistVersion.id)
        ).all()
        newest = versions[-1].as_of if versions else None
        age = (today - newest).days if newest else None
        found.append(
            ListStatus(
                list=key,
                title=title,
                newest=newest,
                age_days=age,
                stale=age is None or age > stale_after_days,
                stale_after_days=stale_after_days,
                versions=len(versions),
                oldest=versions[0].as_of if versions else None,
                parties=_parties(session, number, today) if count else None,
                asks=asks,
                publisher=publisher,
                partial_only=bool(versions) and all(version.partial for version in versions),
            )
        )
    return found


def _parties(session: Session, watchlist: int, today: date) -> int:
    """How many parties of a list have not left it by today."""
    count: int = session.execute(
        select(func.count(ListedParty.id.distinct()))
        .join(ListingInterval, ListingInterval.party_id == ListedParty.id)
        .where(
            ListedParty.watchlist_id == watchlist,
            or_(ListingInterval.ended_latest.is_(None), ListingInterval.ended_latest > today),
        )
    ).scalar_one()
    return count


def unknown_to_lists(found: Sequence[ListStatus]) -> list[str]:
    """What is missing from an answer that rests on these lists: new listings, or the rest of an extract."""
    sentences = []
    stale = [one.list for one in found if one.stale]
    if stale:
        sentences.append(f"STALE: {', '.join(stale)}; parties listed since then are missing.")
    partial = [one.list for one in found if one.partial_only]
    if partial:
        sentences.append(f"EXTRACTS ONLY: {', '.join(partial)}; the rest is missing.")
    return sentences


def list_ages(found: Sequence[ListStatus]) -> str:
    """Lists with the day and the age of their newest versions, on one line."""
    return ", ".join(
        f"{one.list} {one.newest} ({_days(one.age_days)} old)" if one.newest else f"{one.list} (no version)"
        for one in found
    )


def _days(count: int | None) -> str:
    return f"{count:,} {'day' if count == 1 else 'days'}"
