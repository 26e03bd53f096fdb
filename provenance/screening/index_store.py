"""The indexes of all listed names, addresses and numbers: stored when a version is imported, loaded fast."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from sqlalchemy import delete, func, select
from sqlalchemy.orm import InstrumentedAttribute

from provenance.schema.derived import FactChange
from provenance.schema.rows import insert_rows
from provenance.schema.session import Session, hold
from provenance.schema.watched import INDEXED, contents_of
from provenance.schema.watchlists import (
    ListedAddress,
    ListedIdentifier,
    ListedName,
    ListedRecord,
    ScreeningIndex,
    WatchlistVersion,
)
from provenance.screening.index import NamedParty, NameIndex, build, layout
from provenance.screening.listed_parties import dangling
from provenance.screening.matcher import Matcher
from provenance.screening.number_index import NumberIndex, build_numbers
from provenance.text.addresses import read_address
from provenance.text.folding import fold
from provenance.text.name_words import name_words
from provenance.text.registration_numbers import keys_of, read_stored

_NAMES, _ADDRESSES, _NUMBERS = "names", "addresses", "numbers"


def store_index(session: Session) -> None:
    """Indexes all listed names, addresses and numbers again, in the caller's transaction."""
    # The index is over all lists: of two imports at once the later one must see what the earlier one wrote.
    hold(session, "screening index", "")
    session.execute(delete(ScreeningIndex))
    state = _state(session)
    matcher = _from_tables(session)
    payloads = {
        _NAMES: matcher.names.to_bytes(),
        _ADDRESSES: matcher.addresses.to_bytes(),
        _NUMBERS: _numbers_from_tables(session).to_bytes(),
    }
    insert_rows(
        session,
        [
            ScreeningIndex(name=name, layout=layout(), state=state, payload=payload)
            for name, payload in payloads.items()
        ],
    )


def refresh_index(session: Session) -> bool:
    """Stores the index again where it is of another program version; says whether that was needed."""
    any_version = select(WatchlistVersion.id).limit(1)
    if (
        _payloads(session, (_NAMES, _ADDRESSES, _NUMBERS)) is not None
        or not session.execute(any_version).first()
    ):
        return False
    store_index(session)
    return True


def load_matcher(session: Session, *, addresses: bool = True) -> Matcher:
    """The matcher over all lists; built from the tables, slower, where the stored index does not fit.

    Without ``addresses`` it finds nothing by address and opens sooner.
    """
    wanted = (_NAMES, _ADDRESSES) if addresses else (_NAMES,)
    found = _payloads(session, wanted)
    if found is None:
        return _from_tables(session)
    return Matcher(
        NameIndex.from_bytes(found[_NAMES]),
        NameIndex.from_bytes(found[_ADDRESSES]) if addresses else build(()),
    )


def load_numbers(session: Session) -> NumberIndex:
    """The index of all listed numbers; built from the table, slower, where the stored one does not fit."""
    found = _payloads(session, (_NUMBERS,))
    return _numbers_from_tables(session) if found is None else NumberIndex.from_bytes(found[_NUMBERS])


def _payloads(session: Session, wanted: Sequence[str]) -> dict[str, bytes] | None:
    """The stored indexes of these names; None where one is of another layout or of other data."""
    rows = session.execute(
        select(ScreeningIndex.name, ScreeningIndex.payload).where(
            ScreeningIndex.layout == layout(),
            ScreeningIndex.state == _state(session),
            ScreeningIndex.name.in_(wanted),
        )
    ).all()
    found = {row.name: bytes(row.payload) for row in rows}
    return found if len(found) == len(wanted) else None


def _state(session: Session) -> str:
    """How often the tables that an index is built from were changed, by any program."""
    counted = select(FactChange.sheet, func.sum(FactChange.changes)).where(
        FactChange.sheet.in_([contents_of(table) for table in INDEXED])
    )
    changes = [
        tuple(row) for row in session.execute(counted.group_by(FactChange.sheet).order_by(FactChange.sheet))
    ]
    return hashlib.sha256(repr(changes).encode()).hexdigest()[:16]


def _from_tables(session: Session) -> Matcher:
    return Matcher(build(_listed_names(session)), build(_listed_addresses(session)))


def _listed_names(session: Session) -> Iterator[NamedParty]:
    for number, party, text in _listed(session, ListedName, ListedName.name):
        words = name_words(text)
        if not words.only_forms:
            yield NamedParty(party, number, words)


def _listed_addresses(session: Session) -> Iterator[NamedParty]:
    for number, party, text in _listed(session, ListedAddress, ListedAddress.as_written):
        parts = read_address(text)
        if parts.supports:
            yield NamedParty(party, number, parts.words, variant=fold(text))


def _listed(
    session: Session, table: type[ListedName | ListedAddress], written: InstrumentedAttribute[str]
) -> Iterator[tuple[int, int, str]]:
    """The number, party and text of each row.

    Raises:
        IntegrityFailure: a row is of a record that is not in the database.
    """
    rows = session.execute(
        select(table.id, ListedRecord.party_id, written)
        .outerjoin(ListedRecord, ListedRecord.id == table.record_id)
        .order_by(table.id)
    ).all()
    if gone := sum(party is None for _number, party, _text in rows):
        raise dangling(gone, "records")
    yield from ((row[0], row[1], row[2]) for row in rows)


def _numbers_from_tables(session: Session) -> NumberIndex:
    """Every stored number, read again from what the list wrote: older versions read it differently."""
    rows = session.execute(
        select(
            ListedIdentifier.id,
            ListedIdentifier.as_written,
            ListedIdentifier.scheme,
            ListedIdentifier.country,
        ).order_by(ListedIdentifier.id)
    )
    return build_numbers(
        (key, row)
        for row, as_written, scheme, place in rows
        for number in read_stored(as_written, scheme, place)
        for key in sorted(keys_of(number))
    )
