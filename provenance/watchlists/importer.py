"""The import of a version of a list: read whole, checked against the versions stored, written at once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Row, select

from provenance import __version__
from provenance.core.errors import BadInput, UsageError
from provenance.core.identity import natural_uid
from provenance.domain.audit import add_entry
from provenance.importing.runs import sha256_of
from provenance.schema.base import values_of
from provenance.schema.rows import RowNumbers, insert_row, insert_rows
from provenance.schema.session import Database, Session, hold
from provenance.schema.watchlists import (
    ListedParty,
    ListedPresence,
    ListedRecord,
    Watchlist,
    WatchlistVersion,
)
from provenance.sources.formats import ReadOptions
from provenance.sources.tables import TableOptions, Unfinished
from provenance.sources.watchlists.base import ListFormat
from provenance.sources.watchlists.records import ListEntry
from provenance.watchlists.account import ListSummary, check_balance, check_stored
from provenance.watchlists.catalogue import STALE_AFTER_DAYS, known_list
from provenance.watchlists.interval_store import store_intervals
from provenance.watchlists.keys import entries_by_key
from provenance.watchlists.records import write_records

LARGEST_FALL = 0.2
"""A version that lacks more than this share of the one before is refused unless the user accepts it."""

Progress = Callable[[int], None]
AfterWriting = Callable[[Session], None]

_PROGRESS_STEP = 500
_SHOWN = 3

NO_LIST_NAMED, TWO_VERSIONS_OF_A_DAY, LIST_SHRANK = "no_list_named", "two_versions_of_a_day", "list_shrank"
"""Codes of errors for which the command line has a better hint."""


@dataclass(frozen=True, slots=True)
class ListImport:
    """Which file is a version of which list, and how to import it.

    ``expected`` is the count that a letter states. ``asks`` and ``title`` are for a list of the user's own.
    """

    format: ListFormat
    file: Path
    as_of: date
    watchlist: str | None = None
    title: str | None = None
    asks: str | None = None
    partial: bool = False
    accept_shrink: bool = False
    expected: int | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    table: TableOptions = field(default_factory=TableOptions)
    dry_run: bool = False
    tlp: str | None = None


class _DryRunOver(Exception):
    """Rolls a dry run back."""


def import_list(
    database: Database, request: ListImport, on_progress: Progress = lambda _count: None,
    after: AfterWriting = lambda _session: None,
) -> ListSummary:  # fmt: skip
    """Reads a file whole and writes it as a version of its list; ``after`` runs in the same transaction.

    Raises:
        BadInput: the file is cut or broken, it is much shorter than the version before, or its count is
            not the stated one. Nothing is written.
        UsageError: no list is named, the day lies in the future, or it has another version.
    """
    key = request.watchlist or request.format.list_of(request.file)
    if not key:
        _refuse_unreadable(request, database.clock().date())
        raise UsageError("Which list is this a version of?", code=NO_LIST_NAMED)
    today = database.clock().date()
    if request.as_of > today:
        raise UsageError(f"A version of {request.as_of} is in the future")
    request = _as_extract(request)
    summary = ListSummary(key, request.as_of, partial=request.partial, dry_run=request.dry_run)
    entries = _read(request, summary, today, on_progress)
    parties, summary.repeated, disputed = entries_by_key(entries)
    summary.read, summary.parties = len(entries), len(parties)
    if disputed:
        summary.notes.append(
            f"numbers used for different entries: {len(disputed):,} ({', '.join(disputed[:_SHOWN])}…);"
            " these entries are known by their names instead, and all of them count"
        )
    _check_count(request, summary)
    try:
        with database.writing() as session:
            hold(session, "watchlist", key)
            _Writer(session, request, database.actor, key, summary).write(parties)
            if not summary.unchanged:
                after(session)
            if request.dry_run:
                raise _DryRunOver
    except _DryRunOver:
        pass
    return summary


def _refuse_unreadable(request: ListImport, today: date) -> None:
    """Reads the beginning of a file, so that one of another format is called what it is.

    Raises:
        BadInput: it cannot be read.
    """
    options = ReadOptions(today, mapping=request.mapping, table=request.table)
    next(iter(request.format.read(request.file, options)), None)


def _as_extract(request: ListImport) -> ListImport:
    """The request for a file that only adds entries, which is never a whole version."""
    if request.partial or not request.format.is_extract(request.file):
        return request
    request.table.note("an amendment: it adds parties to its list and removes none")
    return replace(request, partial=True)


def _read(request: ListImport, summary: ListSummary, today: date, on_progress: Progress) -> list[ListEntry]:
    entries: list[ListEntry] = []
    options = ReadOptions(today, mapping=request.mapping, table=request.table)
    summary.notes = options.notes
    summary.columns, summary.cells = options.columns, options.cells
    try:
        for entry in request.format.read(request.file, options):
            entries.append(entry)
            summary.review += [(entry.line, text) for text in entry.review]
            if len(entries) % _PROGRESS_STEP == 0:
                on_progress(len(entries))
    except Unfinished as error:
        if not (request.partial and entries):
            raise
        summary.notes.append(
            f"the file breaks off at line {error.line} and was read up to there: {error.reason}"
        )
    if not entries:
        raise BadInput("the file has no entries", file=request.file.name, line=1)
    return entries


def _check_count(request: ListImport, summary: ListSummary) -> None:
    # Counted on what is stored: a row that repeats another is no further party.
    if request.expected is not None and request.expected != summary.parties:
        repeated = f", {summary.repeated:,} of them repeated" if summary.repeated else ""
        raise BadInput(
            f"the file has {summary.read:,} entries{repeated}; the letter states {request.expected:,}",
            file=request.file.name,
            hint="Look for merged cells or missing rows. Nothing was imported.",
        )


class _Writer:
    """Writes one version in one transaction."""

    def __init__(
        self, session: Session, request: ListImport, actor: str, key: str, summary: ListSummary
    ) -> None:
        self._session = session
        self._request = request
        self._actor = actor
        self._key = key
        self._summary = summary

    def write(self, parties: Mapping[str, ListEntry]) -> None:
        """Writes the version; nothing where it was imported before."""
        # Intervals rest on all versions of a list: two imports of one list must see each other.
        hold(self._session, "watchlist", self._key)
        digest = _content_digest(parties)
        watchlist = self._watchlist()
        if self._is_there(watchlist, digest):
            self._summary.unchanged, self._summary.known = True, len(parties)
            check_balance(self._summary)
            return
        before = self._version_before(watchlist)
        self._compare(before, parties)
        version = self._version(watchlist, digest, len(parties))
        records = self._records(watchlist, parties)
        insert_rows(
            self._session,
            [ListedPresence(version_id=version, record_id=record) for record in records],
        )
        store_intervals(self._session, watchlist)
        check_stored(self._session, version, parties.values(), self._summary)

    def _watchlist(self) -> int:
        found = self._session.execute(select(Watchlist.id).where(Watchlist.key == self._key)).scalar()
        if found is not None:
            return int(found)
        known = known_list(self._key, None)
        row = Watchlist(
            uid=natural_uid("watchlist", self._key),
            key=self._key,
            title=self._request.title or (known.title if known else self._key),
            publisher=known and known.publisher,
            address=known and known.address,
            asks=self._request.asks or (known and known.asks),
            asks_text=known and known.asks_text,
            stale_after_days=known.stale_after_days if known else STALE_AFTER_DAYS,
            tlp=self._request.tlp,
        )
        add_entry(
            self._session, actor=self._actor, action="add watchlist", table=Watchlist,
            uid=row.uid, after=values_of(row),
        )  # fmt: skip
        return insert_row(self._session, row)

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
                f"{self._key} already has another version of {self._request.as_of}",
                code=TWO_VERSIONS_OF_A_DAY,
            )
        return False

    def _version_before(self, watchlist: int) -> Row[Any] | None:
        """The newest full version before this one."""
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

    def _compare(self, before: Row[Any] | None, parties: Mapping[str, ListEntry]) -> None:
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
                f"{len(parties):,} parties; the version of {before.as_of} has {len(known):,}: a fall of"
                f" {fall:.0%}, {len(gone):,} would be delisted",
                file=self._request.file.name,
                code=LIST_SHRANK,
            )

    def _version(self, watchlist: int, digest: str, parties: int) -> int:
        request = self._request
        row = WatchlistVersion(
            uid=natural_uid("watchlist_version", self._key, request.as_of.isoformat(), digest),
            watchlist_id=watchlist,
            as_of=request.as_of,
            partial=request.partial,
            format=request.format.name,
            file_name=request.file.name,
            file_sha256=sha256_of(request.file),
            content_digest=digest,
            parties=parties,
            rows_read=self._summary.read,
            rows_repeated=self._summary.repeated,
            actor=self._actor,
            imported_at=self._session.moment,
            program_version=__version__,
            note="; ".join(self._summary.notes) or None,
        )
        add_entry(
            self._session, actor=self._actor, action="import watchlist", table=WatchlistVersion,
            uid=row.uid, after={"watchlist": self._key, **values_of(row)},
        )  # fmt: skip
        return insert_row(self._session, row)

    def _records(self, watchlist: int, parties: Mapping[str, ListEntry]) -> list[int]:
        """The record of each entry; those that no version had are written."""
        ids, fresh = self._party_ids(watchlist, parties)
        known = {
            (row.party_id, row.digest): row.id
            for row in self._session.execute(
                select(ListedRecord.id, ListedRecord.party_id, ListedRecord.digest)
                .join(ListedParty, ListedParty.id == ListedRecord.party_id)
                .where(ListedParty.watchlist_id == watchlist)
            )
        }
        records: list[int] = []
        written: list[tuple[int, int, str, ListEntry]] = []
        following = RowNumbers(self._session, ListedRecord)
        for key, entry in parties.items():
            digest = entry.digest()
            found = known.get((ids[key], digest))
            self._count(key in fresh, found is not None)
            if found is None:
                found = following.one()
                written.append((found, ids[key], digest, entry))
            records.append(found)
        write_records(self._session, written)
        return records

    def _party_ids(self, watchlist: int, keys: Iterable[str]) -> tuple[dict[str, int], set[str]]:
        """The row number of every party of the list, and which of these keys are new; those are written."""
        session = self._session
        ids = {
            row.key: row.id
            for row in session.execute(
                select(ListedParty.key, ListedParty.id).where(ListedParty.watchlist_id == watchlist)
            )
        }
        fresh = [key for key in keys if key not in ids]
        new_ids = dict(zip(fresh, RowNumbers(session, ListedParty).take(len(fresh)), strict=True))
        insert_rows(
            session,
            [
                ListedParty(
                    id=number,
                    uid=natural_uid("listed_party", self._key, key),
                    watchlist_id=watchlist,
                    key=key,
                )
                for key, number in new_ids.items()
            ],
        )
        return ids | new_ids, set(fresh)

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
