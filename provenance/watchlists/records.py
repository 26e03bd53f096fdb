"""The records of a list: entries with their names, addresses and identifiers, as rows."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from provenance.core.vocabulary.watched import PartyKind
from provenance.schema.rows import insert_rows
from provenance.schema.session import Session
from provenance.schema.watchlists import (
    ListedAddress,
    ListedIdentifier,
    ListedName,
    ListedParty,
    ListedRecord,
)
from provenance.sources.watchlists.records import ListEntry
from provenance.text.folding import script_of, search_text
from provenance.text.registration_numbers import stored_value
from provenance.watchlists.matching import Features


def write_records(session: Session, records: Sequence[tuple[int, int, str, ListEntry]]) -> None:
    """Writes records, each given as (row number, party, digest, entry)."""
    rows: list[ListedRecord] = []
    names: list[ListedName] = []
    addresses: list[ListedAddress] = []
    identifiers: list[ListedIdentifier] = []
    for number, party, digest, entry in records:
        rows.append(_record_row(number, party, digest, entry))
        names += [
            ListedName(
                record_id=number,
                name=name.name,
                kind=name.kind,
                folded=search_text(name.name),
                script=script_of(name.name),
            )
            for name in entry.names
        ]
        addresses += [
            ListedAddress(record_id=number, as_written=place.text, country=place.country)
            for place in entry.addresses
        ]
        identifiers += [
            ListedIdentifier(
                record_id=number,
                scheme=one.scheme,
                value=stored_value(one.value, one.scheme, one.country),
                as_written=one.value,
                country=one.country,
            )
            for one in entry.identifiers
        ]
    insert_rows(session, rows)
    insert_rows(session, names)
    insert_rows(session, addresses)
    insert_rows(session, identifiers)


def _record_row(number: int, party: int, digest: str, entry: ListEntry) -> ListedRecord:
    return ListedRecord(
        id=number,
        party_id=party,
        digest=digest,
        own_id=entry.own_id,
        section=entry.section,
        kind=entry.kind or (PartyKind.ADDRESS if not entry.names else None),
        label=entry.label,
        program=entry.program,
        asks=entry.asks,
        asks_text=entry.asks_text,
        stated_from=entry.stated_from,
        stated_to=entry.stated_to,
        reference=entry.reference,
        remarks=entry.remarks,
    )


def stored_features(session: Session, watchlist: int) -> dict[str, Features]:
    """The features of every party of a list in all its versions, by key."""
    found: dict[str, Features] = {}
    parties: dict[int, Features] = {}
    rows = session.execute(
        select(ListedRecord.id, ListedParty.key, ListedRecord.section, ListedRecord.label)
        .join(ListedParty, ListedParty.id == ListedRecord.party_id)
        .where(ListedParty.watchlist_id == watchlist)
        .order_by(ListedRecord.id)
    )
    for number, key, section, label in rows:
        features = parties[number] = found.setdefault(key, Features(section or ""))
        features.add_label(label)
    own = select(ListedRecord.id).join(ListedParty).where(ListedParty.watchlist_id == watchlist)
    for number, name in session.execute(
        select(ListedName.record_id, ListedName.name).where(ListedName.record_id.in_(own))
    ):
        parties[number].add_name(name)
    for number, text in session.execute(
        select(ListedAddress.record_id, ListedAddress.as_written).where(ListedAddress.record_id.in_(own))
    ):
        parties[number].add_place(text)
    for number, value, scheme, country in session.execute(
        select(
            ListedIdentifier.record_id,
            ListedIdentifier.as_written,
            ListedIdentifier.scheme,
            ListedIdentifier.country,
        ).where(ListedIdentifier.record_id.in_(own))
    ):
        parties[number].add_number(value, scheme, country)
    return found
