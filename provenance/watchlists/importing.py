"""A list's file becomes a version: read whole, checked, compared with what is there, written at once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select

from provenance import __version__
from provenance.core.errors import BadInput, UsageError
from provenance.core.identity import natural_uid
from provenance.domain.audit import add_entry
from provenance.importing.runs import sha256_of
from provenance.schema.rows import insert_row, insert_rows, next_id, settle_ids
from provenance.schema.session import Session, writing
from provenance.schema.watchlists import (
    ListedParty,
    ListedPresence,
    ListedRecord,
    Watchlist,
    WatchlistVersion,
)
from provenance.sources.formats import ReadOptions
from provenance.sources.tables import Unfinished
from provenance.sources.watchlists.base import ListFormat
from provenance.sources.watchlists.records import ListEntry
from provenance.watchlists.catalogue import STALE_AFTER_DAYS, what_it_asks
from provenance.watchlists.keys import keyed
from provenance.watchlists.listing import relist
from provenance.watchlists.writing import write_records

LARGEST_FALL = 0.2
"""A version that lacks more than this share of the one before is refused unless somebody accepts it."""

Progress = Callable[[int], None]
AfterWriting = Callable[[Session], None]

_EVERY = 500


@dataclass(frozen=True, slots=True)
class ListRequest:
    """Which file is a version of which list, and how it is to be taken.

    ``expected`` is the count that a letter states. ``asks`` and ``title`` are for a list of one's own.
    """

    format: ListFormat
    file: Path
    as_of: date
    actor: str
    watchlist: str | None = None
    title: str | None = None
    asks: str | None = None
    partial: bool = False
    accept_shrink: bool = False
    expected: int | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    dry_run: bool = False
    tlp: str | None = None


@dataclass(slots=True)
class ListSummary:
    """What an import did: read = new + known + changed + repeated.

    ``listed`` and ``delisted`` are against the version before it; ``unchanged`` says that the version was
    there already.
    """

    watchlist: str
    as_of: date
    read: int = 0
    new: int = 0
    known: int = 0
    changed: int = 0
    repeated: int = 0
    listed: int = 0
    delisted: int = 0
    parties: int = 0
    before: date | None = None
    unchanged: bool = False
    partial: bool = False
    dry_run: bool = False
    notes: list[str] = field(default_factory=list)
    review: list[tuple[int, str]] = field(default_factory=list)


class _DryRunOver(Exception):
    """Rolls a dry run back."""


def import_list(
    engine: Engine, request: ListRequest, on_progress: Progress = lambda _count: None,
    after: AfterWriting = lambda _session: None,
) -> ListSummary:  # fmt: skip
    """Reads a file whole and writes it as a version of its list; ``after`` runs in the same transaction.

    Raises:
        BadInput: the file is cut or broken, it is much shorter than the version before, or its count is
            not the stated one. Nothing is written.
        UsageError: no list is named, or that day has another version already.
    """
    key = request.watchlist or request.format.watchlist
    if not key:
        raise UsageError("Which list is this a version of?", hint="Name it: --name LIST")
    if request.as_of > datetime.now(UTC).date():
        raise UsageError(f"--as-of {request.as_of} lies in the future")
    summary = ListSummary(key, request.as_of, partial=request.partial, dry_run=request.dry_run)
    entries = _read(request, summary, on_progress)
    parties, summary.repeated, disputed = keyed(entries)
    summary.read, summary.parties = len(entries), len(parties)
    if disputed:
        summary.notes.append(
            f"{len(disputed):,} numbers stand for two different entries ({', '.join(disputed[:3])}…);"
            " the later one was taken"
        )
    _check_count(request, summary)
    try:
        with writing(engine) as session:
            _Writer(session, request, key, summary).write(parties)
            if not summary.unchanged:
                after(session)
            if request.dry_run:
                raise _DryRunOver
    except _DryRunOver:
        pass
    return summary


def _read(request: ListRequest, summary: ListSummary, on_progress: Progress) -> list[ListEntry]:
    entries: list[ListEntry] = []
    options = ReadOptions(mapping=request.mapping, notes=summary.notes)
    try:
        for entry in request.format.read(request.file, options):
            entries.append(entry)
            summary.review += [(entry.line, text) for text in entry.review]
            if len(entries) % _EVERY == 0:
                on_progress(len(entries))
    except Unfinished as error:
        if not (request.partial and entries):
            raise
        summary.notes.append(f"read up to line {error.line}, where the file breaks off: {error.reason}")
    if not entries:
        raise BadInput("there is no entry in the file", file=request.file.name, line=1)
    return entries


def _check_count(request: ListRequest, summary: ListSummary) -> None:
    if request.expected is not None and request.expected != summary.read:
        raise BadInput(
            f"{summary.read:,} entries were read where the letter counts {request.expected:,}",
            file=request.file.name,
            hint="Look for merged cells or rows that were left out; nothing was imported.",
        )


class _Writer:
    """Writes one version in one transaction."""

    def __init__(self, session: Session, request: ListRequest, key: str, summary: ListSummary) -> None:
        self._session = session
        self._request = request
        self._key = key
        self._summary = summary

    def write(self, parties: Mapping[str, ListEntry]) -> None:
        """Everything that a version is; nothing where it is there already."""
        digest = _content_digest(parties)
        watchlist = self._watchlist()
        if self._is_there(watchlist, digest):
            self._summary.unchanged, self._summary.known = True, len(parties)
            return
        before = self._neighbour(watchlist)
        self._compare(before, parties)
        version = self._version(watchlist, digest, len(parties))
        records = self._records(watchlist, parties)
        insert_rows(
            self._session,
            ListedPresence,
            [{"version_id": version, "record_id": record} for record in records],
        )
        relist(self._session, watchlist)

    def _watchlist(self) -> int:
        found = self._session.execute(select(Watchlist.id).where(Watchlist.key == self._key)).scalar()
        if found is not None:
            return int(found)
        known = what_it_asks(self._key, None)
        values = {
            "uid": natural_uid("watchlist", self._key),
            "key": self._key,
            "title": self._request.title or (known.title if known else self._key),
            "publisher": known and known.publisher,
            "address": known and known.address,
            "asks": self._request.asks or (known and known.asks),
            "asks_text": known and known.asks_text,
            "stale_after_days": known.stale_after_days if known else STALE_AFTER_DAYS,
            "tlp": self._request.tlp,
        }
        add_entry(
            self._session, actor=self._request.actor, action="add watchlist", table="watchlist",
            uid=str(values["uid"]), after=values,
        )  # fmt: skip
        return insert_row(self._session, Watchlist, values)

    def _is_there(self, watchlist: int, digest: str) -> bool:
        same_day = self._session.execute(
            select(WatchlistVersion.content_digest, WatchlistVersion.partial).where(
                WatchlistVersion.watchlist_id == watchlist, WatchlistVersion.as_of == self._request.as_of
            )
        ).all()
        if any(row.content_digest == digest and row.partial == self._request.partial for row in same_day):
            return True
        if not self._request.partial and any(not row.partial for row in same_day):
            raise UsageError(
                f"{self._key} has another version of {self._request.as_of} already",
                hint="Give the day of this one with --as-of, or add it to that one with --partial.",
            )
        return False

    def _neighbour(self, watchlist: int) -> Any:
        """The full version next before this one."""
        return self._session.execute(
            select(WatchlistVersion.id, WatchlistVersion.as_of, WatchlistVersion.parties)
            .where(
                WatchlistVersion.watchlist_id == watchlist,
                ~WatchlistVersion.partial,
                WatchlistVersion.as_of < self._request.as_of,
            )
            .order_by(WatchlistVersion.as_of.desc())
            .limit(1)
        ).first()

    def _compare(self, before: Any, parties: Mapping[str, ListEntry]) -> None:
        if before is None:
            self._summary.listed = len(parties)
            return
        known = set(_keys_of(self._session, before.id))
        self._summary.before = before.as_of
        self._summary.listed = len(parties.keys() - known)
        if self._request.partial:
            return
        gone = known - parties.keys()
        self._summary.delisted = len(gone)
        fall = (len(known) - len(parties)) / len(known) if known else 0.0
        if fall > LARGEST_FALL and not self._request.accept_shrink:
            raise BadInput(
                f"{len(parties):,} parties where the version of {before.as_of} has {len(known):,}:"
                f" a fall of {fall:.0%}, {len(gone):,} would be delisted",
                file=self._request.file.name,
                hint="If the list did shrink, say --accept-shrink; if the file is an extract, --partial.",
            )

    def _version(self, watchlist: int, digest: str, parties: int) -> int:
        request = self._request
        values = {
            "uid": natural_uid("watchlist_version", self._key, request.as_of.isoformat(), digest),
            "watchlist_id": watchlist,
            "as_of": request.as_of,
            "partial": request.partial,
            "format": request.format.name,
            "file_name": request.file.name,
            "file_sha256": sha256_of(request.file),
            "content_digest": digest,
            "parties": parties,
            "rows_read": self._summary.read,
            "rows_repeated": self._summary.repeated,
            "actor": request.actor,
            "imported_at": datetime.now(UTC),
            "program_version": __version__,
            "note": "; ".join(self._summary.notes) or None,
        }
        add_entry(
            self._session, actor=request.actor, action="import watchlist", table="watchlist_version",
            uid=str(values["uid"]), after={"watchlist": self._key, **values},
        )  # fmt: skip
        return insert_row(self._session, WatchlistVersion, values)

    def _records(self, watchlist: int, parties: Mapping[str, ListEntry]) -> list[int]:
        """The record of each entry, those that no version had yet written anew."""
        session = self._session
        ids = {
            row.key: row.id
            for row in session.execute(
                select(ListedParty.key, ListedParty.id).where(ListedParty.watchlist_id == watchlist)
            )
        }
        known = {
            (row.party_id, row.digest): row.id
            for row in session.execute(
                select(ListedRecord.id, ListedRecord.party_id, ListedRecord.digest)
                .join(ListedParty, ListedParty.id == ListedRecord.party_id)
                .where(ListedParty.watchlist_id == watchlist)
            )
        }
        fresh = [key for key in parties if key not in ids]
        first = next_id(session, ListedParty)
        insert_rows(
            session,
            ListedParty,
            [
                {
                    "id": first + place,
                    "uid": natural_uid("listed_party", self._key, key),
                    "watchlist_id": watchlist,
                    "key": key,
                }
                for place, key in enumerate(fresh)
            ],
        )
        settle_ids(session, [ListedParty])
        new_ids = {key: first + place for place, key in enumerate(fresh)}
        records: list[int] = []
        written: list[tuple[int, int, str, ListEntry]] = []
        following = next_id(session, ListedRecord)
        for key, entry in parties.items():
            number = new_ids.get(key) or ids[key]
            digest = entry.digest()
            found = known.get((number, digest))
            if found is None:
                found = following + len(written)
                written.append((found, number, digest, entry))
            self._count(key in new_ids, found < following)
            records.append(found)
        write_records(session, written)
        return records

    def _count(self, is_new: bool, is_known: bool) -> None:
        if is_new:
            self._summary.new += 1
        elif is_known:
            self._summary.known += 1
        else:
            self._summary.changed += 1


def _keys_of(session: Session, version: int) -> Iterable[str]:
    return session.execute(
        select(ListedParty.key)
        .join(ListedRecord, ListedRecord.party_id == ListedParty.id)
        .join(ListedPresence, ListedPresence.record_id == ListedRecord.id)
        .where(ListedPresence.version_id == version)
    ).scalars()


def _content_digest(parties: Mapping[str, ListEntry]) -> str:
    digest = hashlib.sha256()
    for key in sorted(parties):
        digest.update(f"{key} {parties[key].digest()}\n".encode())
    return digest.hexdigest()
