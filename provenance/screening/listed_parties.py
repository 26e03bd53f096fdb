"""What the database knows about listed parties: records, names, addresses, numbers, when they were listed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from provenance.core.errors import IntegrityFailure
from provenance.core.vocabulary.watched import ListingBasis
from provenance.schema.chunks import chunks
from provenance.schema.session import Session
from provenance.schema.watchlists import (
    ListedAddress,
    ListedIdentifier,
    ListedName,
    ListedParty,
    ListedPresence,
    ListedRecord,
    ListingInterval,
    Watchlist,
    WatchlistVersion,
)
from provenance.text.registration_numbers import RegistrationNumber, keys_of, read_stored
from provenance.watchlists.catalogue import known_list
from provenance.watchlists.intervals import Listing


@dataclass(frozen=True, slots=True)
class ListedText:
    """A listed name or address, the record that has it and, of a name, its kind."""

    text: str
    record: int
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class ListedNumber:
    """A listed registration number: whose it is, in which record, as it is read."""

    party: int
    record: int
    number: RegistrationNumber


@dataclass(frozen=True, slots=True)
class RecordDetails:
    """What one record of a party says, and the days of the versions that contain it."""

    id: int
    own_id: str | None
    section: str | None
    label: str
    asks: str | None
    asks_text: str | None
    digest: str
    days: tuple[date, ...]

    def version_for(self, day: date | None) -> date:
        """The version to cite: the newest up to a day, or the first after it."""
        before = [one for one in self.days if day is None or one <= day]
        return max(before) if before else min(self.days)


@dataclass(slots=True)
class PartyDetails:
    """A listed party: its list, its records (the newest last), when it was listed, where, its numbers.

    ``kinds`` are what its records say it is (`PartyKind`), empty where they do not.
    """

    id: int
    uid: str
    key: str
    watchlist: str
    asks: str | None
    records: list[RecordDetails] = field(default_factory=list)
    listings: list[Listing] = field(default_factory=list)
    countries: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    stored_numbers: list[tuple[str, str | None, str | None]] = field(default_factory=list)

    @property
    def identifiers(self) -> list[RegistrationNumber]:
        """Its numbers in all records; read only when asked for, as few customers have any."""
        return [number for stored in self.stored_numbers for number in read_stored(*stored)]

    def record(self, number: int, day: date | None) -> RecordDetails:
        """The record of that number, or else the newest up to a day."""
        known = {record.id: record for record in self.records}
        if number in known:
            return known[number]
        before = [record for record in self.records if day is None or min(record.days) <= day]
        return (before or self.records[:1])[-1]


def dangling(count: int, what: str) -> IntegrityFailure:
    """The refusal where listed names or records refer to something that is not there: a program deleted it
    without minding what refers to it, and what was on a list would pass for not listed.
    """
    return IntegrityFailure(
        f"{count:,} listed names, addresses, records or parties refer to {what} that are not in the database",
        hint="Nothing was screened. To see what is damaged: provenance db check",
    )


def fetch_parties(session: Session, numbers: Collection[int]) -> dict[int, PartyDetails]:
    """The details of parties, by their row numbers.

    Raises:
        IntegrityFailure: a party, or its list, is not in the database.
    """
    found: dict[int, PartyDetails] = {}
    for chunk in chunks(sorted(numbers)):
        for row in session.execute(
            select(
                ListedParty.id,
                ListedParty.uid,
                ListedParty.key,
                Watchlist.key.label("watchlist"),
                Watchlist.asks,
            )
            .join(Watchlist, Watchlist.id == ListedParty.watchlist_id)
            .where(ListedParty.id.in_(chunk))
        ):
            found[row.id] = PartyDetails(row.id, row.uid, row.key, row.watchlist, row.asks)
        if gone := len(chunk) - len(found.keys() & set(chunk)):
            raise dangling(gone, "parties or lists")
        _add_records(session, found, chunk)
        _add_listings(session, found, chunk)
        _add_countries_and_numbers(session, found, chunk)
    return found


def _add_records(session: Session, found: dict[int, PartyDetails], chunk: Sequence[int]) -> None:
    days: defaultdict[int, list[date]] = defaultdict(list)
    for number, day in session.execute(
        select(ListedRecord.id, WatchlistVersion.as_of)
        .join(ListedPresence, ListedPresence.record_id == ListedRecord.id)
        .join(WatchlistVersion, WatchlistVersion.id == ListedPresence.version_id)
        .where(ListedRecord.party_id.in_(chunk))
    ):
        days[number].append(day)
    rows = session.execute(
        select(
            ListedRecord.id,
            ListedRecord.party_id,
            ListedRecord.own_id,
            ListedRecord.section,
            ListedRecord.label,
            ListedRecord.asks,
            ListedRecord.asks_text,
            ListedRecord.digest,
            ListedRecord.kind,
        ).where(ListedRecord.party_id.in_(chunk))
    ).all()
    for row in sorted(rows, key=lambda row: (max(days[row.id]), row.id)):
        party = found[row.party_id]
        if row.kind is not None:
            party.kinds.add(row.kind)
        known = known_list(party.watchlist, row.section)
        party.records.append(
            RecordDetails(
                id=row.id,
                own_id=row.own_id,
                section=row.section,
                label=row.label,
                asks=row.asks or (known.asks if known and known.asks else None) or party.asks,
                asks_text=row.asks_text or (known.asks_text if known else None),
                digest=row.digest,
                days=tuple(sorted(days[row.id])),
            )
        )


def _add_listings(session: Session, found: dict[int, PartyDetails], chunk: Sequence[int]) -> None:
    rows = session.execute(
        select(
            ListingInterval.party_id,
            ListingInterval.began_earliest,
            ListingInterval.began_latest,
            ListingInterval.began_basis,
            ListingInterval.ended_earliest,
            ListingInterval.ended_latest,
            ListingInterval.ended_basis,
        )
        .where(ListingInterval.party_id.in_(chunk))
        .order_by(ListingInterval.party_id, ListingInterval.began_latest)
    )
    for row in rows:
        found[row.party_id].listings.append(
            Listing(
                row.began_earliest,
                row.began_latest,
                ListingBasis(row.began_basis),
                row.ended_earliest,
                row.ended_latest,
                ListingBasis(row.ended_basis) if row.ended_basis else None,
            )
        )


def _add_countries_and_numbers(
    session: Session, found: dict[int, PartyDetails], chunk: Sequence[int]
) -> None:
    for party, country in session.execute(
        select(ListedRecord.party_id, ListedAddress.country)
        .join(ListedAddress, ListedAddress.record_id == ListedRecord.id)
        .where(ListedRecord.party_id.in_(chunk), ListedAddress.country.is_not(None))
        .distinct()
    ):
        if country is not None:
            found[party].countries.add(country)
    for party, as_written, scheme, place in session.execute(
        select(
            ListedRecord.party_id,
            ListedIdentifier.as_written,
            ListedIdentifier.scheme,
            ListedIdentifier.country,
        )
        .join(ListedIdentifier, ListedIdentifier.record_id == ListedRecord.id)
        .where(ListedRecord.party_id.in_(chunk))
        .distinct()
    ):
        found[party].stored_numbers.append((as_written, scheme, place))


def fetch_names(session: Session, numbers: Collection[int]) -> dict[int, ListedText]:
    """Listed names as the list writes them, by their row numbers."""
    found: dict[int, ListedText] = {}
    for chunk in chunks(sorted(numbers)):
        rows = session.execute(
            select(ListedName.id, ListedName.name, ListedName.record_id, ListedName.kind).where(
                ListedName.id.in_(chunk)
            )
        )
        found |= {row.id: ListedText(row.name, row.record_id, row.kind) for row in rows}
    return found


def fetch_party_names(session: Session, parties: Collection[int]) -> dict[int, list[ListedText]]:
    """All names of parties, by the row numbers of the parties."""
    found: defaultdict[int, list[ListedText]] = defaultdict(list)
    for chunk in chunks(sorted(parties)):
        for party, name, record, kind in session.execute(
            select(ListedRecord.party_id, ListedName.name, ListedName.record_id, ListedName.kind)
            .join(ListedName, ListedName.record_id == ListedRecord.id)
            .where(ListedRecord.party_id.in_(chunk))
            .order_by(ListedName.id)
        ):
            found[party].append(ListedText(name, record, kind))
    return found


def fetch_party_addresses(session: Session, parties: Collection[int]) -> dict[int, list[str]]:
    """All addresses of parties as the list writes them, by the row numbers of the parties."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for chunk in chunks(sorted(parties)):
        for party, text in session.execute(
            select(ListedRecord.party_id, ListedAddress.as_written)
            .join(ListedAddress, ListedAddress.record_id == ListedRecord.id)
            .where(ListedRecord.party_id.in_(chunk))
            .order_by(ListedAddress.id)
        ):
            if text and text not in found[party]:
                found[party].append(text)
    return found


def fetch_addresses(session: Session, numbers: Collection[int]) -> dict[int, ListedText]:
    """Listed addresses as the list writes them, by their row numbers."""
    found: dict[int, ListedText] = {}
    for chunk in chunks(sorted(numbers)):
        rows = session.execute(
            select(ListedAddress.id, ListedAddress.as_written, ListedAddress.record_id).where(
                ListedAddress.id.in_(chunk)
            )
        )
        found |= {row.id: ListedText(row.as_written, row.record_id) for row in rows}
    return found


def fetch_numbers(session: Session, rows: Collection[int]) -> dict[str, list[ListedNumber]]:
    """Listed registration numbers by their row numbers, under each key that they are looked up by."""
    found: defaultdict[str, list[ListedNumber]] = defaultdict(list)
    for chunk in chunks(sorted(rows)):
        for as_written, scheme, place, party, record in session.execute(
            select(
                ListedIdentifier.as_written,
                ListedIdentifier.scheme,
                ListedIdentifier.country,
                ListedRecord.party_id,
                ListedRecord.id,
            )
            .join(ListedRecord, ListedRecord.id == ListedIdentifier.record_id)
            .where(ListedIdentifier.id.in_(chunk))
            .order_by(ListedRecord.id, ListedIdentifier.id)
        ):
            for number in read_stored(as_written, scheme, place):
                for key in keys_of(number):
                    found[key].append(ListedNumber(party, record, number))
    return found
