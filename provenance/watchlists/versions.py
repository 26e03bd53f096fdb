"""Which version of a list is meant, and what changed between two of them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import select

from provenance.core.errors import NotFound
from provenance.schema.session import Session
from provenance.schema.watchlists import (
    ListedAddress,
    ListedIdentifier,
    ListedName,
    ListedParty,
    ListedPresence,
    ListedRecord,
    Watchlist,
    WatchlistVersion,
)
from provenance.sources.watchlists.records import content_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Mapped


@dataclass(frozen=True, slots=True)
class RecordFields:
    """What a record says besides its names, addresses and identifiers."""

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


RECORD_COLUMNS = (
    ListedRecord.label, ListedRecord.section, ListedRecord.kind, ListedRecord.program, ListedRecord.asks,
    ListedRecord.asks_text, ListedRecord.stated_from, ListedRecord.stated_to, ListedRecord.reference,
    ListedRecord.remarks,
)  # fmt: skip
"""The columns of `RecordFields`, in their order."""


class Change(StrEnum):
    """What happened to a party between two versions."""

    LISTED = "listed"
    DELISTED = "delisted"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class FullVersion:
    """A full version of a list: its row number and its day."""

    number: int
    as_of: date


@dataclass(frozen=True, slots=True)
class Difference:
    """A party that differs between two versions; ``what`` says in which fields, None unless it changed."""

    change: Change
    key: str
    party: str
    section: str | None
    what: str | None


def find_version(session: Session, key: str, day: str | None) -> FullVersion:
    """The full version of a list of a day, or its newest one.

    Raises:
        NotFound: there is no such list or version; names those that there are.
    """
    keys = session.execute(select(Watchlist.key).order_by(Watchlist.key)).scalars().all()
    if key not in keys:
        raise NotFound(f"There is no list {key}", near=keys)
    rows = session.execute(
        select(WatchlistVersion.id, WatchlistVersion.as_of)
        .join(Watchlist, Watchlist.id == WatchlistVersion.watchlist_id)
        .where(Watchlist.key == key, ~WatchlistVersion.partial)
        .order_by(WatchlistVersion.as_of)
    ).all()
    chosen = [row for row in rows if day is None or row.as_of.isoformat() == day]
    if not chosen:
        raise NotFound(
            f"{key} has no full version{f' of {day}' if day else ''}",
            near=[f"{key}@{row.as_of}" for row in rows],
        )
    return FullVersion(chosen[-1].id, chosen[-1].as_of)


def differences(session: Session, older: FullVersion, newer: FullVersion) -> list[Difference]:
    """The parties that were listed, delisted or changed between two versions, in that order, by name.

    A party that is only numbered anew did not change.
    """
    before, after = _records(session, older.number), _records(session, newer.number)
    found = [_difference(Change.LISTED, key, after[key]) for key in after.keys() - before.keys()]
    found += [_difference(Change.DELISTED, key, before[key]) for key in before.keys() - after.keys()]
    found += [
        _difference(Change.CHANGED, key, after[key], _changes(session, before[key], after[key]))
        for key in after.keys() & before.keys()
        if after[key].content != before[key].content
    ]
    order = list(Change)
    return sorted(found, key=lambda one: (order.index(one.change), one.party.casefold(), one.key))


@dataclass(frozen=True, slots=True)
class _Record:
    number: int
    content: str
    own_id: str | None
    fields: RecordFields


def _records(session: Session, version: int) -> dict[str, _Record]:
    rows = session.execute(
        select(ListedParty.key, ListedRecord.id, ListedRecord.digest, ListedRecord.own_id, *RECORD_COLUMNS)
        .join(ListedRecord, ListedRecord.party_id == ListedParty.id)
        .join(ListedPresence, ListedPresence.record_id == ListedRecord.id)
        .where(ListedPresence.version_id == version)
    )
    return {
        key: _Record(number, content_of(digest), own_id, RecordFields(*rest))
        for key, number, digest, own_id, *rest in rows
    }


def _difference(change: Change, key: str, record: _Record, what: str | None = None) -> Difference:
    return Difference(change, record.own_id or key, record.fields.label, record.fields.section, what)


def _changes(session: Session, before: _Record, after: _Record) -> str:
    """In which fields two records differ, and which names, addresses and numbers were added or removed."""
    words = [
        field.name.replace("_", " ")
        for field in fields(RecordFields)
        if getattr(before.fields, field.name) != getattr(after.fields, field.name)
    ]
    for kind, value, record in (
        ("name", ListedName.name, ListedName.record_id),
        ("address", ListedAddress.as_written, ListedAddress.record_id),
        ("identifier", ListedIdentifier.value, ListedIdentifier.record_id),
    ):
        old, new = (_values(session, value, record, one.number) for one in (before, after))
        words += [f"+{kind} {text}" for text in sorted(new - old)]
        words += [f"-{kind} {text}" for text in sorted(old - new)]
    return "; ".join(words)


def _values(session: Session, value: Mapped[str], record: Mapped[int], number: int) -> set[str]:
    return set(session.execute(select(value).where(record == number)).scalars())
