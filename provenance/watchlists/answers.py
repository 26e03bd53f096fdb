"""What the lists here are: how old, what changed between two versions, one entry with its whole history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select

from provenance.core.errors import Ambiguous, NotFound, UsageError
from provenance.schema.session import Session
from provenance.schema.tables import table
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
    watchlist, version = table("watchlist"), table("watchlist_version")
    found = []
    for row in session.execute(select(watchlist).order_by(watchlist.c.key)):
        versions = session.execute(
            select(version.c.as_of, version.c.partial, version.c.parties)
            .where(version.c.watchlist_id == row.id)
            .order_by(version.c.as_of, ~version.c.partial)
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
    party, interval = table("listed_party"), table("listing_interval")
    count: int = session.execute(
        select(func.count(party.c.id.distinct()))
        .join(interval, interval.c.party_id == party.c.id)
        .where(
            party.c.watchlist_id == watchlist,
            or_(interval.c.ended_latest.is_(None), interval.c.ended_latest > today),
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
    watchlist, version = table("watchlist"), table("watchlist_version")
    keys = session.execute(select(watchlist.c.key).order_by(watchlist.c.key)).scalars().all()
    if key not in keys:
        raise NotFound(f"There is no list {key}", near=keys)
    rows = session.execute(
        select(version)
        .join(watchlist, watchlist.c.id == version.c.watchlist_id)
        .where(watchlist.c.key == key, ~version.c.partial)
        .order_by(version.c.as_of)
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
    presence, record, party = table("listed_presence"), table("listed_record"), table("listed_party")
    rows = session.execute(
        select(record, party.c.key.label("party_key"))
        .join(presence, presence.c.record_id == record.c.id)
        .join(party, party.c.id == record.c.party_id)
        .where(presence.c.version_id == version)
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
    party, record, name = table("listed_party"), table("listed_record"), table("listed_name")
    identifier, watchlist = table("listed_identifier"), table("watchlist")
    base = (
        select(party.c.id, party.c.key, watchlist.c.key.label("list"), record.c.label)
        .join(watchlist, watchlist.c.id == party.c.watchlist_id)
        .join(record, record.c.party_id == party.c.id)
    )
    if key:
        base = base.where(watchlist.c.key == key)
    folded = fold(text)
    for condition in (
        or_(party.c.key == text, record.c.own_id == text, party.c.uid == text),
        record.c.id.in_(select(identifier.c.record_id).where(identifier.c.value == text.upper())),
        record.c.id.in_(select(name.c.record_id).where(name.c.folded == folded)),
        record.c.id.in_(select(name.c.record_id).where(name.c.folded.contains(folded, autoescape=True))),
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
    party, watchlist, interval = table("listed_party"), table("watchlist"), table("listing_interval")
    row = session.execute(
        select(party.c.key, party.c.uid, watchlist.c.key.label("list"))
        .join(watchlist, watchlist.c.id == party.c.watchlist_id)
        .where(party.c.id == number)
    ).one()
    stretches = session.execute(
        select(interval).where(interval.c.party_id == number).order_by(interval.c.began_latest)
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
    record, presence, version = table("listed_record"), table("listed_presence"), table("watchlist_version")
    found = []
    for row in session.execute(select(record).where(record.c.party_id == number)):
        days = session.execute(
            select(version.c.as_of)
            .join(presence, presence.c.version_id == version.c.id)
            .where(presence.c.record_id == row.id)
            .order_by(version.c.as_of)
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
