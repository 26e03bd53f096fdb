"""How strictly a record is to be handled, and which of its rows may not be shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from provenance.core.errors import Withheld
from provenance.core.identity import reference
from provenance.core.tlp import MarkOrigin, ceiling, stricter_than, strictest
from provenance.core.vocabulary import Tlp
from provenance.domain.record_kinds import RecordKind, id_column, uid_column
from provenance.queries.marked_names import NAMES, may_show_name
from provenance.queries.marked_records import effective_marks, mark_origin
from provenance.queries.records.common import Built, Members, RecordBase
from provenance.schema.session import Session


def handled(
    session: Session, built: Built, kind: RecordKind, number: int, clearance: Tlp | None
) -> RecordBase:
    """The record with how strictly it is to be handled, without the rows that are marked too strictly.

    Raises:
        Withheld: the record is marked more strictly than the clearance, or only such records name it.
    """
    record = built.record
    marks: list[str | None] = [] if kind in NAMES else list(effective_marks(session, kind, [number])[number])
    if marks and not ceiling(clearance)(strictest(marks)):
        raise Withheld(
            f"{record.ref} may not be shown: it is TLP:{strictest(marks)}, {stricter_than(clearance)}"
        )
    if kind in NAMES and not _may_be_named(session, kind, number, clearance):
        raise Withheld(
            f"{record.ref} may not be shown: every record that names it is {stricter_than(clearance)}"
        )
    left_out: dict[str, int] = {}
    for name, members in built.members.items():
        strict, shown = _divided(session, members, clearance)
        marks += shown
        if strict:
            left_out[name] = len(strict)
            rows = tuple(row for row in getattr(record, name) if row.ref not in strict)
            record = _with_rows(record, name, rows)
    if not marks:
        return replace(record, left_out=left_out)
    mark = strictest(marks)
    origin = mark_origin(session, kind, number, mark) if kind not in NAMES else MarkOrigin.LISTED
    return replace(record, handle_as=mark, handle_as_from=origin, left_out=left_out)


def _with_rows(record: RecordBase, name: str, rows: tuple[Any, ...]) -> RecordBase:
    changed: dict[str, Any] = {name: rows}
    return replace(record, **changed)


def _may_be_named(session: Session, kind: RecordKind, number: int, clearance: Tlp | None) -> bool:
    if (shown := may_show_name(kind, clearance)) is None:
        return True
    row = id_column(kind)
    return session.execute(select(row).where(row == number, shown)).first() is not None


def _divided(session: Session, members: Members, clearance: Tlp | None) -> tuple[set[str], list[Tlp]]:
    """The references of the members that may not be shown, and the marks of the others."""
    if members.kind in NAMES:
        shown = {number for number in members.ids if _may_be_named(session, members.kind, number, clearance)}
        return _references(session, members.kind, set(members.ids) - shown), []
    found = effective_marks(session, members.kind, members.ids)
    marks = {number: strictest(each) for number, each in found.items()}
    allowed = ceiling(clearance)
    kept = {number for number, mark in marks.items() if allowed(mark)}
    strict = _references(session, members.kind, marks.keys() - kept) if len(kept) < len(marks) else set()
    return strict, [marks[number] for number in kept]


def _references(session: Session, kind: RecordKind, numbers: Iterable[int]) -> set[str]:
    rows = session.execute(select(uid_column(kind)).where(id_column(kind).in_(list(numbers)))).scalars()
    return {reference(kind, uid) for uid in rows}
