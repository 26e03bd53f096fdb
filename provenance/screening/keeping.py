"""The names and addresses of all lists, packed when a version is imported, opened fast."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from sqlalchemy import Select, delete, func, insert, select

from provenance.schema.session import Session
from provenance.schema.tables import table
from provenance.schema.watchlists import (
    ListedAddress,
    ListedName,
    ListedRecord,
    ScreeningIndex,
    WatchlistVersion,
)
from provenance.screening.index import NamedParty, NameIndex, build, layout
from provenance.screening.matching import Matcher
from provenance.text.addresses import read_address
from provenance.text.party_names import name_words

_NAMES, _ADDRESSES = "names", "addresses"


def pack(session: Session) -> None:
    """Packs all listed names and addresses anew, in the caller's transaction."""
    session.execute(delete(ScreeningIndex))
    state = _state(session)
    matcher = _from_tables(session)
    session.execute(
        insert(ScreeningIndex),
        [
            {"name": name, "layout": layout(), "state": state, "payload": packed.to_bytes()}
            for name, packed in ((_NAMES, matcher.names), (_ADDRESSES, matcher.addresses))
        ],
    )


def settle(session: Session) -> bool:
    """Packs anew what another program packed, or other word tables; says whether that was needed."""
    if _packed(session, (_NAMES, _ADDRESSES)) is not None or not session.execute(_any_version()).first():
        return False
    pack(session)
    return True


def _any_version() -> Select[int]:
    return select(WatchlistVersion.id).limit(1)


def load(session: Session, *, addresses: bool = True) -> Matcher:
    """The matcher over all lists; out of the tables, slower, where the packed one does not fit them.

    Without ``addresses`` it finds none by address, and opens sooner.
    """
    wanted = (_NAMES, _ADDRESSES) if addresses else (_NAMES,)
    found = _packed(session, wanted)
    if found is None:
        return _from_tables(session)
    return Matcher(found[_NAMES], found[_ADDRESSES] if addresses else build(()))


def _packed(session: Session, wanted: Sequence[str]) -> dict[str, NameIndex] | None:
    """The packed indices of these names; None where one does not fit this program or these tables."""
    rows = session.execute(
        select(ScreeningIndex.name, ScreeningIndex.payload).where(
            ScreeningIndex.layout == layout(),
            ScreeningIndex.state == _state(session),
            ScreeningIndex.name.in_(wanted),
        )
    ).all()
    found = {row.name: NameIndex.from_bytes(row.payload) for row in rows}
    return found if len(found) == len(wanted) else None


def _state(session: Session) -> str:
    """What an index of now would be packed from."""
    parts = [
        session.execute(select(func.max(table(name).c.id))).scalar()
        for name in ("watchlist_version", "listed_record", "listed_name", "listed_address")
    ]
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def _from_tables(session: Session) -> Matcher:
    return Matcher(build(_listed_names(session)), build(_listed_addresses(session)))


def _listed_names(session: Session) -> Iterator[NamedParty]:
    rows = session.execute(
        select(ListedName.id, ListedRecord.party_id, ListedName.name)
        .join(ListedRecord, ListedRecord.id == ListedName.record_id)
        .order_by(ListedName.id)
    )
    for number, party, text in rows:
        words = name_words(text)
        if not words.only_forms:
            yield NamedParty(party, number, words)


def _listed_addresses(session: Session) -> Iterator[NamedParty]:
    rows = session.execute(
        select(ListedAddress.id, ListedRecord.party_id, ListedAddress.as_written)
        .join(ListedRecord, ListedRecord.id == ListedAddress.record_id)
        .order_by(ListedAddress.id)
    )
    for number, party, text in rows:
        parts = read_address(text)
        if parts.locates:
            yield NamedParty(party, number, parts.words)
