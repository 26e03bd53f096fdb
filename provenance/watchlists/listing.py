"""Derives the listing intervals of a list from all its versions, in the transaction that adds one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, select

from provenance.schema.rows import insert_rows
from provenance.schema.session import Session
from provenance.schema.tables import table
from provenance.watchlists.intervals import Listing, Sighting, VersionDay, listings


def relist(session: Session, watchlist: int) -> None:
    """Makes the intervals of every party of a list anew."""
    versions, places = _versions(session, watchlist)
    stretches = [
        (party, stretch)
        for party, sightings in _sightings(session, watchlist, places).items()
        for stretch in listings(versions, _in_order(sightings))
    ]
    interval, party = table("listing_interval"), table("listed_party")
    own = select(party.c.id).where(party.c.watchlist_id == watchlist)
    session.execute(delete(interval).where(interval.c.party_id.in_(own)))
    if stretches:
        insert_rows(session, interval, [_row(party, stretch) for party, stretch in stretches])


def _versions(session: Session, watchlist: int) -> tuple[list[VersionDay], dict[int, int]]:
    version = table("watchlist_version")
    rows = session.execute(
        select(version.c.id, version.c.as_of, version.c.partial)
        .where(version.c.watchlist_id == watchlist)
        .order_by(version.c.as_of, version.c.partial, version.c.content_digest)
    ).all()
    return [VersionDay(row.as_of, row.partial) for row in rows], {row.id: at for at, row in enumerate(rows)}


def _sightings(session: Session, watchlist: int, places: dict[int, int]) -> dict[int, list[Sighting]]:
    presence, record, party = table("listed_presence"), table("listed_record"), table("listed_party")
    found: defaultdict[int, list[Sighting]] = defaultdict(list)
    rows = session.execute(
        select(presence.c.version_id, record.c.party_id, record.c.stated_from, record.c.stated_to)
        .join(record, record.c.id == presence.c.record_id)
        .join(party, party.c.id == record.c.party_id)
        .where(party.c.watchlist_id == watchlist)
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
