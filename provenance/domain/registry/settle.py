"""Brings the tables to what the changes about a record come to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, select

from provenance.domain.record_kinds import RecordKind, tables
from provenance.domain.registry.forms import (
    Content,
    Uids,
    agrees,
    forms_of,
    live,
    put,
    read_back,
    take_away,
    written,
)
from provenance.domain.registry.log import RecordChange, changes_of, every_change, standing
from provenance.domain.registry.usage import uses_of
from provenance.schema.row_values import columns_of, row_number, row_of, update_rows, value_in
from provenance.schema.rows import insert_row
from provenance.schema.session import Session

REMOVE = "remove"
MERGE = "merge"
ADD = "add"
GONE = (REMOVE, MERGE)
"""The actions after which a record is not there."""


def settle(session: Session, kind: RecordKind, uid: str) -> None:
    """Writes what stands about one record after a change or an undoing."""
    _settle(session, kind, uid, changes_of(session, [uid]))


def settle_all(session: Session) -> None:
    """Writes what stands about every record that somebody changed: after the reference data was loaded again,
    which knows nothing of these changes.
    """
    by_record: dict[tuple[RecordKind, str], list[RecordChange]] = {}
    for change in every_change(session):
        by_record.setdefault((change.kind, change.record_uid), []).append(change)
    # Records that are gone give their names free before others take them.
    for (kind, uid), changes in sorted(by_record.items(), key=lambda each: not _is_gone(each[1])):
        _settle(session, kind, uid, changes)


def _is_gone(changes: Sequence[RecordChange]) -> bool:
    return any(change.action in GONE and not change.undone for change in changes)


def _settle(session: Session, kind: RecordKind, uid: str, changes: Sequence[RecordChange]) -> None:
    uids = Uids(session)
    number = uids.number(kind, uid)
    wanted = _row_wanted(changes, there=number is not None)
    if wanted is None:
        # What newer reference data refers to stays.
        if number is not None and changes and not uses_of(session, kind, [number]):
            _empty(session, kind, number, uids)
            session.execute(delete(tables()[kind]).where(row_number(tables()[kind]) == number))
        return
    if number is None:
        number = insert_row(session, row_of(tables()[kind], _values(wanted, uids)))
    stands = standing(changes)
    if stands.fields:
        update_rows(
            session,
            tables()[kind],
            _values(dict(stands.fields), uids),
            row_number(tables()[kind]) == number,
        )
    for form in forms_of(kind):
        mine = {key: said for key, said in stands.statements.items() if key[0] == form.name}
        kept = set()
        for row, content in live(session, form, number, uids):
            identity = form.identity_of(content)
            said = mine.get(identity)
            if identity not in mine or (said is not None and agrees(said.content, content)):
                if identity in mine and identity in kept:
                    take_away(session, form, row)
                kept.add(identity)
            else:
                take_away(session, form, row)
        for identity, said in mine.items():
            if said is not None and identity not in kept:
                put(session, form, number, said.content, uids)


def _row_wanted(changes: Sequence[RecordChange], *, there: bool) -> Content | None:
    """The record itself, where it is to be there: as it was made or removed, for one that is to come back."""
    rows = [change for change in changes if change.action in (ADD, *GONE)]
    last = next((change for change in reversed(rows) if not change.undone), None)
    if last is not None:
        return None if last.action in GONE else last.row
    if rows and rows[0].action == ADD:
        return None
    return rows[0].row if rows else ({} if there else None)


def _values(content: Content, uids: Uids) -> dict[Any, Any]:
    return {column: read_back(uids, column, value) for column, value in content.items()}


def _empty(session: Session, kind: RecordKind, number: int, uids: Uids) -> None:
    for form in forms_of(kind):
        for row, _content in live(session, form, number, uids):
            take_away(session, form, row)


def row_content(session: Session, kind: RecordKind, number: int, uids: Uids) -> Content:
    """A record's own row, as a change keeps it."""
    noun = tables()[kind]
    row = session.execute(select(noun).where(row_number(noun) == number)).one()
    columns = [column for column in columns_of(noun) if column is not row_number(noun)]
    return {column: written(uids, column, value_in(row, column)) for column in columns}
