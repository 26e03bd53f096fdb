"""One version of a list in the place of another of the same day, such as one that an older program read."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, delete, exists, select

from provenance.domain.audit import add_entry
from provenance.schema.base import values_of
from provenance.schema.session import Session
from provenance.schema.watchlists import (
    ListedAddress,
    ListedIdentifier,
    ListedName,
    ListedParty,
    ListedPresence,
    ListedRecord,
    WatchlistVersion,
)

_AT_ONCE = 500
"""Records removed by one statement: databases limit the values of one."""


def remove_version(session: Session, version: Row[Any], key: str, actor: str) -> str:
    """Takes a version out of its list; says in words what was removed.

    What it said of its parties stays until `remove_unlisted`: a new version may say the same, and judgements
    hold for parties that are known again.
    """
    removed = WatchlistVersion(
        uid=version.uid,
        watchlist_id=version.watchlist_id,
        as_of=version.as_of,
        partial=version.partial,
        format=version.format,
        file_name=version.file_name,
        file_sha256=version.file_sha256,
        content_digest=version.content_digest,
        parties=version.parties,
        rows_read=version.rows_read,
        rows_repeated=version.rows_repeated,
        actor=version.actor,
        imported_at=version.imported_at,
        program_version=version.program_version,
        note=version.note,
    )
    add_entry(
        session, actor=actor, action="replace watchlist version", table=WatchlistVersion,
        uid=version.uid, before={"watchlist": key, **values_of(removed)},
    )  # fmt: skip
    session.execute(delete(ListedPresence).where(ListedPresence.version_id == version.id))
    session.execute(delete(WatchlistVersion).where(WatchlistVersion.id == version.id))
    return (
        f"replaces the version of {version.as_of} with {version.parties:,} parties, imported on"
        f" {version.imported_at:%Y-%m-%d} by version {version.program_version} of the program"
    )


def remove_unlisted(session: Session, watchlist: int) -> None:
    """Removes the records that no version of a list has any more, and parties without a record.

    Call after the intervals of the list were derived again.
    """
    own = select(ListedParty.id).where(ListedParty.watchlist_id == watchlist)
    gone = list(
        session.execute(
            select(ListedRecord.id).where(
                ListedRecord.party_id.in_(own), ~exists().where(ListedPresence.record_id == ListedRecord.id)
            )
        ).scalars()
    )
    for start in range(0, len(gone), _AT_ONCE):
        some = gone[start : start + _AT_ONCE]
        for table in (ListedName, ListedAddress, ListedIdentifier):
            session.execute(delete(table).where(table.record_id.in_(some)))
        session.execute(delete(ListedRecord).where(ListedRecord.id.in_(some)))
    session.execute(
        delete(ListedParty).where(
            ListedParty.watchlist_id == watchlist,
            ~exists().where(ListedRecord.party_id == ListedParty.id),
        )
    )
