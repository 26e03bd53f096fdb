"""One entry of a list: when it was listed, and what each of its records says."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date

from sqlalchemy import or_, select

from provenance.core.errors import Ambiguous, NotFound
from provenance.core.vocabulary.watched import ListingBasis
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
from provenance.text.folding import fold
from provenance.text.registration_numbers import key_of, read_numbers
from provenance.watchlists.catalogue import known_list
from provenance.watchlists.versions import RECORD_COLUMNS, RecordFields

_SHOWN = 8


@dataclass(frozen=True, slots=True)
class ListedPeriod:
    """When an entry was listed: days between which it began and ended, each with its basis.

    ``to_…`` is the first day on which it was no longer listed.
    """

    from_earliest: date | None
    from_latest: date
    from_basis: ListingBasis
    to_earliest: date | None
    to_latest: date | None
    to_basis: ListingBasis | None


@dataclass(frozen=True, slots=True)
class EntryName:
    """A name of an entry, and its kind."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class EntryAddress:
    """An address of an entry as the list writes it, and its country."""

    as_written: str | None
    country: str | None


@dataclass(frozen=True, slots=True)
class EntryIdentifier:
    """A registration number of an entry as the list writes it, and its scheme."""

    scheme: str | None
    as_written: str


@dataclass(frozen=True, slots=True)
class EntryRecord:
    """What some versions of a list say of an entry, word for word."""

    versions: tuple[date, ...]
    own_id: str | None
    label: str
    section: str | None
    kind: str | None
    program: str | None
    asks: str | None
    asks_text: str | None
    stated_from: date | None
    stated_to: date | None
    reference: str | None
    remarks: str | None
    names: tuple[EntryName, ...]
    addresses: tuple[EntryAddress, ...]
    identifiers: tuple[EntryIdentifier, ...]


@dataclass(frozen=True, slots=True)
class EntryHistory:
    """An entry in all versions of its list, the oldest record first."""

    list: str
    key: str
    uid: str
    listed: tuple[ListedPeriod, ...]
    records: tuple[EntryRecord, ...]


def find_party(session: Session, text: str, key: str | None) -> int:
    """The row number of the one party with this key, own id, registration number or name.

    Raises:
        NotFound: there is none.
        Ambiguous: there are several; names them.
    """
    base = (
        select(ListedParty.id, ListedParty.key, Watchlist.key.label("list"), ListedRecord.label)
        .join(Watchlist, Watchlist.id == ListedParty.watchlist_id)
        .join(ListedRecord, ListedRecord.party_id == ListedParty.id)
    )
    if key:
        base = base.where(Watchlist.key == key)
    folded = fold(text)
    numbers = [key_of(text), *(one.value for one in read_numbers(text).numbers)]
    for condition in (
        or_(ListedParty.key == text, ListedRecord.own_id == text, ListedParty.uid == text),
        ListedRecord.id.in_(select(ListedIdentifier.record_id).where(ListedIdentifier.value.in_(numbers))),
        ListedRecord.id.in_(select(ListedName.record_id).where(ListedName.folded == folded)),
        ListedRecord.id.in_(
            select(ListedName.record_id).where(ListedName.folded.contains(folded, autoescape=True))
        ),
    ):
        rows = {row.id: row for row in session.execute(base.where(condition))}
        if len(rows) == 1:
            return int(next(iter(rows)))
        if rows:
            near = [f"{row.list} {row.key} ({row.label})" for row in rows.values()]
            raise Ambiguous(f"{len(rows):,} entries match {text}", candidates=sorted(near)[:_SHOWN])
    raise NotFound(f"No list has an entry {text}", hint="provenance screen finds similar names.")


def fetch_history(session: Session, number: int) -> EntryHistory:
    """An entry by its row number."""
    row = session.execute(
        select(ListedParty.key, ListedParty.uid, Watchlist.key.label("list"))
        .join(Watchlist, Watchlist.id == ListedParty.watchlist_id)
        .where(ListedParty.id == number)
    ).one()
    return EntryHistory(
        row.list, row.key, row.uid, _periods(session, number), _records(session, number, row.list)
    )


def _periods(session: Session, number: int) -> tuple[ListedPeriod, ...]:
    rows = session.execute(
        select(
            ListingInterval.began_earliest,
            ListingInterval.began_latest,
            ListingInterval.began_basis,
            ListingInterval.ended_earliest,
            ListingInterval.ended_latest,
            ListingInterval.ended_basis,
        )
        .where(ListingInterval.party_id == number)
        .order_by(ListingInterval.began_latest)
    )
    return tuple(
        ListedPeriod(
            from_earliest=row.began_earliest,
            from_latest=row.began_latest,
            from_basis=ListingBasis(row.began_basis),
            to_earliest=row.ended_earliest,
            to_latest=row.ended_latest,
            to_basis=ListingBasis(row.ended_basis) if row.ended_basis else None,
        )
        for row in rows
    )


def _records(session: Session, number: int, watchlist: str) -> tuple[EntryRecord, ...]:
    rows = session.execute(
        select(ListedRecord.id, ListedRecord.own_id, *RECORD_COLUMNS).where(ListedRecord.party_id == number)
    )
    found = [
        _record(session, record, own_id, RecordFields(*rest), watchlist) for record, own_id, *rest in rows
    ]
    return tuple(sorted(found, key=lambda one: one.versions))


def _record(
    session: Session, number: int, own_id: str | None, fields: RecordFields, watchlist: str
) -> EntryRecord:
    known = known_list(watchlist, fields.section)
    if known is not None:
        asks, text = fields.asks or known.asks, fields.asks_text or known.asks_text
        fields = replace(fields, asks=asks, asks_text=text)
    days = session.execute(
        select(WatchlistVersion.as_of)
        .join(ListedPresence, ListedPresence.version_id == WatchlistVersion.id)
        .where(ListedPresence.record_id == number)
        .order_by(WatchlistVersion.as_of)
    ).scalars()
    names = session.execute(
        select(ListedName.name, ListedName.kind).where(ListedName.record_id == number).order_by(ListedName.id)
    )
    addresses = session.execute(
        select(ListedAddress.as_written, ListedAddress.country)
        .where(ListedAddress.record_id == number)
        .order_by(ListedAddress.id)
    )
    identifiers = session.execute(
        select(ListedIdentifier.scheme, ListedIdentifier.as_written)
        .where(ListedIdentifier.record_id == number)
        .order_by(ListedIdentifier.id)
    )
    return EntryRecord(
        versions=tuple(days),
        own_id=own_id,
        **asdict(fields),
        names=tuple(EntryName(*name) for name in names),
        addresses=tuple(EntryAddress(text or None, country) for text, country in addresses),
        identifiers=tuple(EntryIdentifier(*identifier) for identifier in identifiers),
    )
