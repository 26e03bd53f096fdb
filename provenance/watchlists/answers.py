"""What the lists here are: how old, what changed between two versions, one entry with its whole history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select

from provenance.core.errors import Ambiguous, NotFound, UsageError
from provenance.schema.session import Session
from provenance.schema.tables import table
from provenance.schema.watchlists import (
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
from provenance.watchlists.catalogue import what_it_asks

_SHOWN = 8


@dataclass(frozen=True, slots=True)
class ListStatus:
    """A list and its newest version; ``age_days`` from that version's day until today.

    ``oldest`` and ``versions`` say how far back answers as of a day can reach.
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


def statuses(session: Session, today: date, *, count: bool = True) -> list[ListStatus]:
    """Every list, by its key; counting their parties takes longer than all the rest."""
    found = []
    for row in session.execute(select(Watchlist).order_by(Watchlist.key)):
        versions = session.execute(
            select(WatchlistVersion.as_of, WatchlistVersion.partial, WatchlistVersion.parties)
            .where(WatchlistVersion.watchlist_id == row.id)
            .order_by(WatchlistVersion.as_of, ~WatchlistVersion.partial)
        ).all()
        newest = versions[-1].as_of if versions else None
        age = (today - newest).days if newest else None
        full = [one for one in versions if not one.partial]
        found.append(
            ListStatus(
                list=row.key,
                title=row.title,
                newest=newest,
                age_days=age,
                stale=age is None or age > row.stale_after_days,
                stale_after_days=row.stale_after_days,
                versions=len(versions),
                oldest=versions[0].as_of if versions else None,
                parties=_parties(session, row.id, today) if count else None,
                asks=row.asks,
                publisher=row.publisher,
                partial_only=bool(versions) and not full,
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


def staleness(found: list[ListStatus]) -> list[str]:
    """What every answer says of the lists that it rests on: their age, and which of them are stale."""
    if not found:
        return ["No watchlist is in this database: provenance watchlist import FORMAT FILE --as-of DATE."]
    lines = [
        "Lists: " + "; ".join(f"{one.list} of {one.newest} ({one.age_days:,} days)" for one in found) + "."
    ]
    stale = [one for one in found if one.stale]
    if stale:
        names = ", ".join(f"{one.list} (older than {one.stale_after_days} days)" for one in stale)
        lines.append(f"STALE: {names}; whoever was listed since is not found. Get the newest version.")
    partial = [one.list for one in found if one.partial_only]
    if partial:
        lines.append(
            f"Only extracts are here of {', '.join(partial)}: the rest of the list was not screened."
        )
    return lines


@dataclass(frozen=True, slots=True)
class Difference:
    """One party that two versions tell apart: ``listed``, ``delisted`` or ``changed``, and in what."""

    change: str
    key: str
    party: str
    section: str | None
    what: str | None


def find_version(session: Session, key: str, day: str | None) -> Any:
    """A list's full version of a day, its newest where none is named.

    Raises:
        NotFound: no such list or version; names those that there are.
    """
    keys = session.execute(select(Watchlist.key).order_by(Watchlist.key)).scalars().all()
    if key not in keys:
        raise NotFound(f"There is no list {key}", near=keys)
    rows = session.execute(
        select(WatchlistVersion)
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
    return chosen[-1]


def parse_version(text: str) -> tuple[str, str | None]:
    """``LIST`` or ``LIST@DATE``.

    Raises:
        UsageError: neither.
    """
    key, at, day = text.partition("@")
    if not key or (at and not day):
        raise UsageError(f"{text} is no version", hint="Write LIST@DATE, such as ofac-sdn@2022-02-17.")
    return key, day or None


def difference(session: Session, older: Any, newer: Any) -> list[Difference]:
    """What the newer version has that the older has not, and the other way round, by party."""
    before, after = _records(session, older.id), _records(session, newer.id)
    found = [_change("listed", key, after[key]) for key in after.keys() - before.keys()]
    found += [_change("delisted", key, before[key]) for key in before.keys() - after.keys()]
    found += [
        _change("changed", key, after[key], _what(session, before[key], after[key]))
        for key in after.keys() & before.keys()
        if after[key].id != before[key].id
    ]
    order = ("listed", "delisted", "changed")
    return sorted(found, key=lambda one: (order.index(one.change), one.party.casefold(), one.key))


def _records(session: Session, version: int) -> dict[str, Any]:
    rows = session.execute(
        select(ListedRecord, ListedParty.key.label("party_key"))
        .join(ListedPresence, ListedPresence.record_id == ListedRecord.id)
        .join(ListedParty, ListedParty.id == ListedRecord.party_id)
        .where(ListedPresence.version_id == version)
    )
    return {row.party_key: row for row in rows}


def _change(change: str, key: str, record: Any, what: str | None = None) -> Difference:
    return Difference(change, record.own_id or key, record.label, record.section, what)


_COMPARED = (
    "label", "section", "kind", "program", "asks", "asks_text", "stated_from", "stated_to", "reference",
    "remarks",
)  # fmt: skip


def _what(session: Session, before: Any, after: Any) -> str:
    """In which fields two records differ, and which names and the like came and went."""
    words = [name.replace("_", " ") for name in _COMPARED if getattr(before, name) != getattr(after, name)]
    for name, column in (
        ("listed_name", "name"), ("listed_address", "as_written"), ("listed_identifier", "value")
    ):  # fmt: skip
        old, new = (_values(session, name, column, record.id) for record in (before, after))
        kind = name.removeprefix("listed_")
        words += [f"+{kind} {value}" for value in sorted(new - old)]
        words += [f"-{kind} {value}" for value in sorted(old - new)]
    return "; ".join(words)


def _values(session: Session, name: str, column: str, record: int) -> set[str]:
    source = table(name)
    return set(session.execute(select(source.c[column]).where(source.c.record_id == record)).scalars())


def find_party(session: Session, text: str, key: str | None) -> int:
    """The one party with this key, own id, number or name.

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
    for condition in (
        or_(ListedParty.key == text, ListedRecord.own_id == text, ListedParty.uid == text),
        ListedRecord.id.in_(select(ListedIdentifier.record_id).where(ListedIdentifier.value == text.upper())),
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
            raise Ambiguous(f"{len(rows):,} entries answer to {text}", candidates=sorted(near)[:_SHOWN])
    raise NotFound(f"No list here has an entry {text}", hint="provenance screen finds names that are alike.")


def party_history(session: Session, number: int) -> dict[str, Any]:
    """One entry: when it was listed, and what each of its records says, oldest first."""
    row = session.execute(
        select(ListedParty.key, ListedParty.uid, Watchlist.key.label("list"))
        .join(Watchlist, Watchlist.id == ListedParty.watchlist_id)
        .where(ListedParty.id == number)
    ).one()
    stretches = session.execute(
        select(ListingInterval)
        .where(ListingInterval.party_id == number)
        .order_by(ListingInterval.began_latest)
    ).all()
    return {
        "list": row.list,
        "key": row.key,
        "uid": row.uid,
        "listed": [
            {
                "from_earliest": one.began_earliest,
                "from_latest": one.began_latest,
                "from_basis": one.began_basis,
                "to_earliest": one.ended_earliest,
                "to_latest": one.ended_latest,
                "to_basis": one.ended_basis,
            }
            for one in stretches
        ],
        "records": _history(session, number, row.list),
    }


def _history(session: Session, number: int, key: str) -> list[dict[str, Any]]:
    found = []
    for row in session.execute(select(ListedRecord).where(ListedRecord.party_id == number)):
        days = session.execute(
            select(WatchlistVersion.as_of)
            .join(ListedPresence, ListedPresence.version_id == WatchlistVersion.id)
            .where(ListedPresence.record_id == row.id)
            .order_by(WatchlistVersion.as_of)
        ).scalars()
        known = what_it_asks(key, row.section)
        found.append(
            {
                "versions": [day.isoformat() for day in days],
                **{name: getattr(row, name) for name in ("own_id", *_COMPARED)},
                "asks": row.asks or (known.asks if known else None),
                "asks_text": row.asks_text or (known.asks_text if known else None),
                "names": _said(session, "listed_name", ("name", "kind"), row.id),
                "addresses": _said(session, "listed_address", ("as_written", "country"), row.id),
                "identifiers": _said(session, "listed_identifier", ("scheme", "as_written"), row.id),
            }
        )
    return sorted(found, key=lambda one: one["versions"])


def _said(session: Session, name: str, columns: tuple[str, ...], record: int) -> list[dict[str, Any]]:
    source = table(name)
    rows = session.execute(
        select(*(source.c[column] for column in columns))
        .where(source.c.record_id == record)
        .order_by(source.c.id)
    )
    return [dict(zip(columns, row, strict=True)) for row in rows]
