"""Derives the listing intervals of a list from all its versions, in the transaction that adds one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

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
from provenance.watchlists.intervals import Listing, Sighting, VersionDay, listings


def relist(session: Session, watchlist: int) -> None:
    """Makes the intervals of every party of a list anew."""
    versions, places = _versions(session, watchlist)
    stretches = [
        (party, stretch)
        for party, sightings in _sightings(session, watchlist, places).items()
        for stretch in listings(versions, _in_order(sightings))
    ]
    own = select(ListedParty.id).where(ListedParty.watchlist_id == watchlist)
    session.execute(delete(ListingInterval).where(ListingInterval.party_id.in_(own)))
    if stretches:
        insert_rows(session, ListingInterval, [_row(party, stretch) for party, stretch in stretches])


def _versions(session: Session, watchlist: int) -> tuple[list[VersionDay], dict[int, int]]:
    rows = session.execute(
        select(WatchlistVersion.id, WatchlistVersion.as_of, WatchlistVersion.partial)
        .where(WatchlistVersion.watchlist_id == watchlist)
        .order_by(WatchlistVersion.as_of, WatchlistVersion.partial, WatchlistVersion.content_digest)
    ).all()
    return [VersionDay(row.as_of, row.partial) for row in rows], {row.id: at for at, row in enumerate(rows)}


def _sightings(session: Session, watchlist: int, places: dict[int, int]) -> dict[int, list[Sighting]]:
    found: defaultdict[int, list[Sighting]] = defaultdict(list)
    rows = session.execute(
        select(
            ListedPresence.version_id, ListedRecord.party_id, ListedRecord.stated_from, ListedRecord.stated_to
        )
        .join(ListedRecord, ListedRecord.id == ListedPresence.record_id)
        .join(ListedParty, ListedParty.id == ListedRecord.party_id)
        .where(ListedParty.watchlist_id == watchlist)
    )
    for version, number, stated_from, stated_to in rows:
        found[number].append(Sighting(places[version], stated_from, stated_to))
    return found


def _in_order(sightings: Sequence[Sighting]) -> list[Sighting]:
    return sorted(sightings, key=lambda one: one.place)


def _row(party: int, stretch: Listing) -> dict[str, Any]:
    return {
        "party_id": party,
        "began_earliest": stretch.began_earliest,
        "began_latest": stretch.began_latest,
        "began_basis": stretch.began_basis,
        "ended_earliest": stretch.ended_earliest,
        "ended_latest": stretch.ended_latest,
        "ended_basis": stretch.ended_basis,
    }
