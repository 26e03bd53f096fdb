"""Names the state of the data that an answer was counted on."""

from __future__ import annotations

import hashlib

from provenance.queries.facts.contents import stated
from provenance.schema.privileges import is_limited
from provenance.schema.session import Session


def data_fingerprint(session: Session) -> str:
    """Names the state of the data in twelve hexadecimal digits.

    It is made of what the tables hold, row numbers included, and of nothing else: two databases of one kind
    that hold the same have the same, such as those of two installations that loaded the same lists in the
    same order; another value anywhere makes it another, whichever program wrote it, and the former value
    gives the former one. What is derived, when a list was imported, and the log of who did what do not count
    (`provenance.schema.watched.UNWATCHED`). What a role that row-level security limits counts on has another
    name.
    """
    digest = hashlib.sha256()
    for sheet, segment, said in stated(session):
        digest.update(f"{sheet} {segment} {len(said)}\n".encode())
        digest.update(said)
    if is_limited(session):
        digest.update(f"as {session.connection().engine.url.username}".encode())
    return digest.hexdigest()[:12]
