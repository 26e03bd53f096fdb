"""What the database says of listed parties: names, places, numbers, when they were listed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Table, select

from provenance.core.vocabulary.watched import ListingBasis
from provenance.schema.session import Session
from provenance.schema.tables import table
from provenance.schema.watchlists import (
    ListedAddress,
    ListedIdentifier,
    ListedParty,
    ListedPresence,
    ListedRecord,
    ListingInterval,
    Watchlist,
    WatchlistVersion,
)
from provenance.sources.customers import Identifier
from provenance.watchlists.catalogue import what_it_asks
from provenance.watchlists.intervals import Listing

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class ListedText:
    """A name or an address of a party, which record has it, and how it is given (the kind of name)."""

    text: str
    record: int
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class RecordFacts:
    """What one record of a party says, and the days of the versions that hold it."""

    id: int
    own_id: str | None
    section: str | None
    label: str
    program: str | None
    asks: str | None
    asks_text: str | None
    digest: str
    days: tuple[date, ...]

    def day_for(self, day: date | None) -> date:
        """The version to cite: the newest one up to a day, else the first after it."""
        before = [one for one in self.days if day is None or one <= day]
        return max(before) if before else min(self.days)


@dataclass(slots=True)
class PartyFacts:
    """A listed party: its list, its records newest last, when it was listed, where and by which numbers."""

    id: int
    uid: str
    key: str
    watchlist: str
    asks: str | None
    records: list[RecordFacts] = field(default_factory=list)
    stretches: list[Listing] = field(default_factory=list)
    countries: set[str] = field(default_factory=set)
    identifiers: list[Identifier] = field(default_factory=list)

    def record(self, number: int | None, day: date | None) -> RecordFacts:
        """The record of that number, else the newest one up to a day."""
        known = {record.id: record for record in self.records}
        if number in known:
            return known[number]
        before = [record for record in self.records if day is None or min(record.days) <= day]
        return (before or self.records[:1])[-1]


def parties(session: Session, numbers: Collection[int]) -> dict[int, PartyFacts]:
    """The facts of these parties."""
    found: dict[int, PartyFacts] = {}
    for some in _chunks(sorted(numbers)):
        for row in session.execute(
            select(
                ListedParty.id,
                ListedParty.uid,
                ListedParty.key,
                Watchlist.key.label("watchlist"),
                Watchlist.asks,
            )
            .join(Watchlist, Watchlist.id == ListedParty.watchlist_id)
            .where(ListedParty.id.in_(some))
        ):
            found[row.id] = PartyFacts(row.id, row.uid, row.key, row.watchlist, row.asks)
        _add_records(session, found, some)
        _add_stretches(session, found, some)
        _add_places_and_numbers(session, found, some)
    return found


def _add_records(session: Session, found: dict[int, PartyFacts], some: Sequence[int]) -> None:
    days: defaultdict[int, list[date]] = defaultdict(list)
    for number, day in session.execute(
        select(ListedRecord.id, WatchlistVersion.as_of)
        .join(ListedPresence, ListedPresence.record_id == ListedRecord.id)
        .join(WatchlistVersion, WatchlistVersion.id == ListedPresence.version_id)
        .where(ListedRecord.party_id.in_(some))
    ):
        days[number].append(day)
    rows = session.execute(select(ListedRecord).where(ListedRecord.party_id.in_(some))).all()
    for row in sorted(rows, key=lambda row: (max(days[row.id]), row.id)):
        facts = found[row.party_id]
        known = what_it_asks(facts.watchlist, row.section)
        asks = row.asks or (known.asks if known and known.asks else None) or facts.asks
        text = row.asks_text or (known.asks_text if known else None)
        facts.records.append(
            RecordFacts(
                row.id, row.own_id, row.section, row.label, row.program, asks, text, row.digest,
                tuple(sorted(days[row.id])),
            )
        )  # fmt: skip


def _add_stretches(session: Session, found: dict[int, PartyFacts], some: Sequence[int]) -> None:
    rows = session.execute(
        select(ListingInterval)
        .where(ListingInterval.party_id.in_(some))
        .order_by(ListingInterval.party_id, ListingInterval.began_latest)
    )
    for row in rows:
        found[row.party_id].stretches.append(
            Listing(
                row.began_earliest,
                row.began_latest,
                ListingBasis(row.began_basis),
                row.ended_earliest,
                row.ended_latest,
                ListingBasis(row.ended_basis) if row.ended_basis else None,
            )
        )


def _add_places_and_numbers(session: Session, found: dict[int, PartyFacts], some: Sequence[int]) -> None:
    for party, country in session.execute(
        select(ListedRecord.party_id, ListedAddress.country)
        .join(ListedAddress, ListedAddress.record_id == ListedRecord.id)
        .where(ListedRecord.party_id.in_(some), ListedAddress.country.is_not(None))
        .distinct()
    ):
        found[party].countries.add(country)
    for party, scheme, value in session.execute(
        select(ListedRecord.party_id, ListedIdentifier.scheme, ListedIdentifier.value)
        .join(ListedIdentifier, ListedIdentifier.record_id == ListedRecord.id)
        .where(ListedRecord.party_id.in_(some))
        .distinct()
    ):
        found[party].identifiers.append(Identifier(value, scheme))


def texts(session: Session, kind: str, numbers: Collection[int]) -> dict[int, ListedText]:
    """Names (``listed_name``) or addresses (``listed_address``) as the list writes them, by their numbers."""
    source: Table = table(kind)
    is_name = kind == "listed_name"
    written = source.c.name if is_name else source.c.as_written
    found: dict[int, ListedText] = {}
    for some in _chunks(sorted(numbers)):
        columns: list[Any] = [source.c.id, written, source.c.record_id]
        for row in session.execute(
            select(*columns, *([source.c.kind] if is_name else [])).where(source.c.id.in_(some))
        ):
            found[row[0]] = ListedText(row[1], row[2], row[3] if is_name else None)
    return found


def by_identifier(session: Session, values: Collection[str]) -> dict[str, list[tuple[int, int, str | None]]]:
    """Which parties have these numbers: (party, record, scheme) by number."""
    found: defaultdict[str, list[tuple[int, int, str | None]]] = defaultdict(list)
    for some in _chunks(sorted(values)):
        for value, party, number, scheme in session.execute(
            select(ListedIdentifier.value, ListedRecord.party_id, ListedRecord.id, ListedIdentifier.scheme)
            .join(ListedRecord, ListedRecord.id == ListedIdentifier.record_id)
            .where(ListedIdentifier.value.in_(some))
            .order_by(ListedRecord.id)
        ):
            found[value].append((party, number, scheme))
    return found


def _chunks(items: Sequence[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(items), _CHUNK):
        yield list(items[start : start + _CHUNK])
