"""The names and addresses of all lists, packed when a version is imported, opened fast."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from sqlalchemy import Select, delete, func, insert, select

from provenance.schema.session import Session
from provenance.schema.tables import table
from provenance.screening.index import NamedParty, NameIndex, build, layout
from provenance.screening.matching import Matcher
from provenance.text.addresses import read_address
from provenance.text.party_names import name_words

_NAMES, _ADDRESSES = "names", "addresses"


def pack(session: Session) -> None:
    """Packs all listed names and addresses anew, in the caller's transaction."""
    index = table("screening_index")
    session.execute(delete(index))
    state = _state(session)
    matcher = _from_tables(session)
    session.execute(
        insert(index),
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


def _any_version() -> Select[tuple[int]]:
    return select(table("watchlist_version").c.id).limit(1)


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
    index = table("screening_index")
    rows = session.execute(
        select(index.c.name, index.c.payload).where(
            index.c.layout == layout(), index.c.state == _state(session), index.c.name.in_(wanted)
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
    name, record = table("listed_name"), table("listed_record")
    rows = session.execute(
        select(name.c.id, record.c.party_id, name.c.name)
        .join(record, record.c.id == name.c.record_id)
        .order_by(name.c.id)
    )
    for number, party, text in rows:
        words = name_words(text)
        if not words.only_forms:
            yield NamedParty(party, number, words)


def _listed_addresses(session: Session) -> Iterator[NamedParty]:
    address, record = table("listed_address"), table("listed_record")
    rows = session.execute(
        select(address.c.id, record.c.party_id, address.c.as_written)
        .join(record, record.c.id == address.c.record_id)
        .order_by(address.c.id)
    )
    for number, party, text in rows:
        parts = read_address(text)
        if parts.locates:
            yield NamedParty(party, number, parts.words)
