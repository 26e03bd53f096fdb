"""Spoken references to records, and records by them."""

from __future__ import annotations

from sqlalchemy import select

from provenance.core.errors import NotFound
from provenance.core.identity import matches_reference, read_reference, reference_suffix
from provenance.domain.record_kinds import RecordKind, id_column, uid_column
from provenance.schema.session import Session


def row_of_reference(session: Session, text: str) -> tuple[RecordKind, int] | None:
    """The kind and row number of the record with a spoken reference; None where the text is not one.

    Raises:
        NotFound: the reference is mistyped, or no record has it.
    """
    try:
        found = read_reference(text)
    except ValueError as error:
        raise NotFound(str(error)) from None
    if found is None:
        return None
    kind, number = RecordKind(found[0]), found[1]
    uid = uid_column(kind)
    rows = session.execute(select(id_column(kind), uid).where(uid.like(f"%{reference_suffix(number)}"))).all()
    matching = [row[0] for row in rows if matches_reference(row[1], number)]
    if not matching:
        raise NotFound(f"No record has the reference {text}")
    return kind, matching[0]


def uid_of(session: Session, kind: RecordKind, number: int) -> str:
    """The identity of a record, by its row number."""
    uid: str = session.execute(select(uid_column(kind)).where(id_column(kind) == number)).scalar_one()
    return uid
