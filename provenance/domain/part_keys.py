"""Keeps the keys by which markings find parts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import exists, insert, select

from provenance.core.vocabulary import StatementStatus
from provenance.schema.recoveries import Identification
from provenance.schema.reference import Part, PartKey
from provenance.schema.session import Session
from provenance.text.part_numbers import index_keys, top_code_key

_ROWS_AT_ONCE = 20_000


def add_keys(session: Session, parts: Iterable[tuple[int, str]]) -> None:
    """Writes the keys of parts that have none yet, given as row number and MPN."""
    rows: list[dict[str, object]] = []
    for part_id, mpn in parts:
        rows += [{"key": key, "part_id": part_id} for key in index_keys(mpn)]
        if len(rows) >= _ROWS_AT_ONCE:
            session.execute(insert(PartKey), rows)
            rows = []
    if rows:
        session.execute(insert(PartKey), rows)


def add_top_codes(session: Session, parts: Iterable[tuple[int, Sequence[str]]]) -> None:
    """Writes the keys of top codes that their parts, given by row number, are not known to carry yet."""
    rows = [{"key": top_code_key(code), "part_id": part_id} for part_id, codes in parts for code in codes]
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        session.execute(insert(PartKey), rows[start : start + _ROWS_AT_ONCE])


def index_stated_parts(session: Session) -> None:
    """Gives keys to the parts that a source states or somebody has confirmed; a guess gets none."""
    stated = exists().where(
        Identification.part_id == Part.id, Identification.status != StatementStatus.TENTATIVE
    )
    keyed = exists().where(PartKey.part_id == Part.id)
    rows = session.execute(select(Part.id, Part.mpn).where(stated, ~keyed).order_by(Part.id)).all()
    add_keys(session, [(row.id, row.mpn) for row in rows])
