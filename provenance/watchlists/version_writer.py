"""The writing of a version of a list: compared with the versions stored, and counted when it is there."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Row, select

from provenance import __version__
from provenance.core.errors import BadInput, UsageError
from provenance.core.identity import natural_uid
from provenance.domain.audit import add_entry
from provenance.importing.runs import sha256_of
from provenance.schema.base import values_of
from provenance.schema.rows import RowNumbers, insert_row, insert_rows
from provenance.schema.session import Session, hold
from provenance.schema.watchlists import (
    ListedParty,
    ListedPresence,
    ListedRecord,
    Watchlist,
    WatchlistVersion,
)
from provenance.sources.watchlists.records import ListEntry, content_of
from provenance.watchlists.account import ListSummary, check_balance, check_stored
from provenance.watchlists.catalogue import STALE_AFTER_DAYS, known_list
from provenance.watchlists.interval_store import store_intervals
from provenance.watchlists.matching import matched
from provenance.watchlists.records import stored_features, write_records
from provenance.watchlists.replacement import remove_unlisted, remove_version
from provenance.watchlists.requests import ListImport
from provenance.watchlists.shrinkage import falls, told

TWO_VERSIONS_OF_A_DAY, LIST_SHRANK = "two_versions_of_a_day", "list_shrank"
"""Codes of errors for which the command line has a better hint."""


class VersionWriter:
    """Writes one version of a list in one transaction."""

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
        is_there, replaced = self._same_day(watchlist, digest)
        if is_there:
            self._summary.unchanged, self._summary.known = True, len(parties)
            check_balance(self._summary)
            return
        if not self._request.format.numbers_last:
            found = matched(parties, stored_features(self._session, watchlist))
            parties = found.parties
            self._summary.review += found.review
        before = self._version_before(watchlist)
        self._compare(before, parties)
        if replaced is not None:
            self._summary.notes.append(remove_version(self._session, replaced, self._key, self._actor))
        version = self._version(watchlist, digest, len(parties))
        records = self._records(watchlist, parties)
        insert_rows(
            self._session,
            [ListedPresence(version_id=version, record_id=record) for record in records],
        )
        store_intervals(self._session, watchlist)
        if replaced is not None:
            remove_unlisted(self._session, watchlist)
        check_stored(self._session, version, self._summary)

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

    def _same_day(self, watchlist: int, digest: str) -> tuple[bool, Row[Any] | None]:
        """Whether the version is there already, and the other version of its day that it replaces.

        Raises:
            UsageError: there is another version of the day, which is not to be replaced.
        """
        same_day = self._session.execute(
            select(WatchlistVersion).where(
                WatchlistVersion.watchlist_id == watchlist, WatchlistVersion.as_of == self._request.as_of
            )
        ).all()
        if any(row.content_digest == digest and row.partial == self._request.partial for row in same_day):
            return True, None
        other = next((row for row in same_day if not row.partial), None)
        if self._request.partial or other is None or self._request.replace:
            return False, None if self._request.partial else other
        same_file = other.file_sha256 == sha256_of(self._request.file)
        read = f"; version {other.program_version} of the program read the same file otherwise"
        raise UsageError(
            f"{self._key} already has another version of {other.as_of}, imported on"
            f" {other.imported_at:%Y-%m-%d} with {other.parties:,} parties{read if same_file else ''}",
            code=TWO_VERSIONS_OF_A_DAY,
        )

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
        known = _sections_of(self._session, before.id)
        self._summary.before = before.as_of
        self._summary.listed = len(parties.keys() - known.keys())
        if self._request.partial:
            return
        gone = known.keys() - parties.keys()
        self._summary.delisted = len(gone)
        found = falls(known, {key: entry.section for key, entry in parties.items()})
        if found and not self._request.accept_shrink:
            raise BadInput(
                f"it lacks too much of the version of {before.as_of}: {told(found)};"
                f" {len(gone):,} would be delisted",
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
        contents = {(party, content_of(digest)) for party, digest in known}
        records: list[int] = []
        written: list[tuple[int, int, str, ListEntry]] = []
        following = RowNumbers(self._session, ListedRecord)
        for key, entry in parties.items():
            digest = entry.digest()
            found = known.get((ids[key], digest))
            self._count(key in fresh, (ids[key], content_of(digest)) in contents)
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


def _sections_of(session: Session, version: int) -> dict[str, str | None]:
    """The parties of a version by key, with their sections."""
    rows = session.execute(
        select(ListedParty.key, ListedRecord.section)
        .join(ListedRecord, ListedRecord.party_id == ListedParty.id)
        .join(ListedPresence, ListedPresence.record_id == ListedRecord.id)
        .where(ListedPresence.version_id == version)
    )
    return {row.key: row.section for row in rows}


def _content_digest(parties: Mapping[str, ListEntry]) -> str:
    digest = hashlib.sha256()
    for key in sorted(parties):
        digest.update(f"{key} {parties[key].digest()}\n".encode())
    return digest.hexdigest()
