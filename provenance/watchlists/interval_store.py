"""The listing intervals of a list, derived from all its versions in the transaction that adds one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import delete, select

from provenance.schema.rows import insert_rows
from provenance.schema.session import Session
from provenance.schema.watchlists import (
    ListedParty,
    ListedPresence,
    ListedRecord,
    ListingInterval,
    WatchlistVersion,
)
from provenance.watchlists.intervals import Listing, Presence, VersionDay, listings


def store_intervals(session: Session, watchlist: int) -> None:
    """Derives the intervals of every party of a list again."""
    versions, places = _versions(session, watchlist)
    periods = [
        (party, period)
        for party, presences in _presences(session, watchlist, places).items()
        for period in listings(versions, _in_order(presences))
    ]
    own = select(ListedParty.id).where(ListedParty.watchlist_id == watchlist)
    session.execute(delete(ListingInterval).where(ListingInterval.party_id.in_(own)))
    insert_rows(session, [_row(party, period) for party, period in periods])


def _versions(session: Session, watchlist: int) -> tuple[list[VersionDay], dict[int, int]]:
    rows = session.execute(
        select(WatchlistVersion.id, WatchlistVersion.as_of, WatchlistVersion.partial)
        .where(WatchlistVersion.watchlist_id == watchlist)
        .order_by(WatchlistVersion.as_of, WatchlistVersion.partial, WatchlistVersion.content_digest)
    ).all()
    return [VersionDay(row.as_of, row.partial) for row in rows], {row.id: at for at, row in enumerate(rows)}


def _presences(session: Session, watchlist: int, places: dict[int, int]) -> dict[int, list[Presence]]:
    found: defaultdict[int, list[Presence]] = defaultdict(list)
    rows = session.execute(
        select(
            ListedPresence.version_id, ListedRecord.party_id, ListedRecord.stated_from, ListedRecord.stated_to
        )
        .join(ListedRecord, ListedRecord.id == ListedPresence.record_id)
        .join(ListedParty, ListedParty.id == ListedRecord.party_id)
        .where(ListedParty.watchlist_id == watchlist)
    )
    for version, number, stated_from, stated_to in rows:
        found[number].append(Presence(places[version], stated_from, stated_to))
    return found


def _in_order(presences: Sequence[Presence]) -> list[Presence]:
    return sorted(presences, key=lambda one: one.place)


def _row(party: int, period: Listing) -> ListingInterval:
    return ListingInterval(
        party_id=party,
        began_earliest=period.began_earliest,
        began_latest=period.began_latest,
        began_basis=period.began_basis,
        ended_earliest=period.ended_earliest,
        ended_latest=period.ended_latest,
        ended_basis=period.ended_basis,
    )
