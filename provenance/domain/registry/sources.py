"""The source that a statement rests on, as a person names it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from sqlalchemy import select

from provenance.core.errors import NotFound
from provenance.domain.journal import author_of
from provenance.domain.record_kinds import RecordKind
from provenance.domain.references import row_of_reference
from provenance.domain.sources import source_id
from provenance.schema.session import Session
from provenance.schema.sources import Source
from provenance.sources.records import SourceRecord
from provenance.text.near_names import KnownNames, Name, near_names

OWN = "own"
"""The word for what the person knows: the source is their own log."""

_SEVERAL_WORDS = re.compile(r"\S\s+\S")
_NEAR = 5


def stated_source(session: Session, actor: str, text: str) -> tuple[int, str | None]:
    """The row number of a source, and a note where it is a new one.

    ``text`` is a key or reference of a source on record, ``own`` for the person's own log, or a new source:
    an address, or its publisher and title in several words.

    Raises:
        NotFound: it is one word that no source has for its key.
    """
    if text.casefold() == OWN:
        return author_of(session, actor).source_id, None
    known: int | None = session.execute(select(Source.id).where(Source.key == text)).scalar()
    if known is None and (referred := row_of_reference(session, text)) is not None:
        known = referred[1] if referred[0] is RecordKind.SOURCE else None
    if known is not None:
        return known, None
    address = text if "://" in text else None
    if address is None and not _SEVERAL_WORDS.search(text):
        raise NotFound(
            f"No source has the key {text}",
            near=_near(session, text),
            hint="A new source is an address, or its publisher and title in words; own is your own log.",
        )
    publisher = (urlsplit(address).hostname or address) if address else text
    key = " ".join(text.split())
    record = SourceRecord(key=key, publisher=publisher, title=text, address=address, origin_group=publisher)
    before = session.execute(select(Source.id).where(Source.key == key)).scalar()
    number = source_id(session, record)
    return number, None if before else f"a new source was made: {text}"


def _near(session: Session, text: str) -> list[str]:
    keys = list(session.execute(select(Source.key).order_by(Source.key)).scalars())
    known = KnownNames((key, key.casefold()) for key in keys)
    found = near_names(Name(text, text.casefold()), known, limit=_NEAR)
    return [keys[place] for place in found]
