"""Units inside a recovery: the boards and boxes that components sat on; each once, known by its label."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property
from typing import Any

from sqlalchemy import select

from provenance.core.errors import NotFound
from provenance.core.identity import natural_uid, new_uid
from provenance.domain.amendments.log import amended_records
from provenance.domain.amendments.standing import refuse_withdrawn
from provenance.domain.audit import add_entry
from provenance.domain.batches import NewRows
from provenance.domain.declared_fields import declared_columns, declared_values
from provenance.domain.handles import by_number, only_one
from provenance.domain.journal import Author, Entry, Logged, seal
from provenance.domain.names import Names, recovery_called
from provenance.domain.record_kinds import RecordKind
from provenance.domain.references import row_of_reference
from provenance.fields.units import UNIT_FIELDS
from provenance.schema.recoveries import Recovery, Unit
from provenance.schema.row_values import NOTHING, Values, row_of, update_rows, value_in
from provenance.schema.session import Session, hold_new

_UNSTATED: Values = {
    Unit.unit_type_id: None,
    **dict.fromkeys(declared_columns(UNIT_FIELDS, Unit, but=("label",)).values()),
}
"""Every row of a unit has the same columns: they are written together."""


class UnitWriter:
    """Finds units by recovery and label, and adds new ones: collects rows, which the caller writes."""

    def __init__(self, session: Session, rows: NewRows) -> None:
        self._session = session
        self._rows = rows
        self._known: dict[tuple[int, str], int] = {}

    @cached_property
    def _amended(self) -> dict[str, tuple[int, int]]:
        """The units that were renamed or moved, by uid: row number and recovery."""
        uids = list(amended_records(self._session, [RecordKind.UNIT]))
        rows = self._session.execute(select(Unit.uid, Unit.id, Unit.recovery_id).where(Unit.uid.in_(uids)))
        return {row.uid: (row.id, row.recovery_id) for row in rows} if uids else {}

    def prepare(self, recovery_ids: Collection[int]) -> None:
        """Looks up the units of these recoveries, some thousands at most, and forgets all others."""
        self._known = {}
        if recovery_ids:
            named = select(Unit.recovery_id, Unit.label, Unit.id).where(Unit.recovery_id.in_(recovery_ids))
            self._known = {(row.recovery_id, row.label): row.id for row in self._session.execute(named)}

    def known(self, recovery_id: int, label: str) -> int | None:
        """The row number of a unit that was looked up or added."""
        return self._known.get((recovery_id, label))

    def add(
        self,
        uid: str,
        recovery_id: int,
        label: str,
        more: Mapping[Any, Any] = NOTHING,
    ) -> int:
        """Collects a new unit, with ``more`` of its columns, and says its row number.

        One that was renamed since is not new.
        """
        if (renamed := self._amended.get(uid)) is not None:
            number, there = renamed
            if there == recovery_id:
                self._known[recovery_id, label] = number
                return number
            # The unit of that name was moved to another recovery: this is a second one.
            uid = new_uid()
        own: Values = {Unit.uid: uid, Unit.recovery_id: recovery_id, Unit.label: label, **_UNSTATED}
        number = self._rows.add(row_of(Unit, {**own, **more}))
        self._known[recovery_id, label] = number
        return number


def log_unit(session: Session, author: Author, entry: Entry, *, uid: str = "") -> Logged:
    """Writes a unit with its audit entry; a known one with that label is completed.

    Only what is not known of a unit yet is filled in.

    Raises:
        NotFound: no such recovery, or no such unit type by reference.
        BadInput: the recovery or the unit was withdrawn.
    """
    names = Names(session, author)
    recovery_id = recovery_called(session, entry["recovery"])
    unit_type = names.unit_type(entry["unit_type"], entry["unit_kind"])
    stated: Values = {**declared_values(entry, UNIT_FIELDS, Unit), Unit.unit_type_id: unit_type}
    there = _unit(session, recovery_id, entry["label"])
    if there is None:
        uid = uid or new_uid()
        number = _write(session, uid, recovery_id, entry["label"], stated)
        logged = Logged(RecordKind.UNIT, number, uid, entry["label"], names.notes)
        seal(session, author, "log unit", logged, entry)
        return logged
    new: Values = {
        column: value
        for column, value in stated.items()
        if value is not None and value_in(there, column) is None
    }
    refuse_withdrawn(session, RecordKind.UNIT, there.id)
    logged = Logged(RecordKind.UNIT, there.id, there.uid, there.label, names.notes, known=True)
    if new:
        update_rows(session, Unit, new, Unit.id == there.id)
        seal(session, author, "complete unit", logged, entry)
    return logged


def _unit(session: Session, recovery_id: int, label: str) -> Any | None:
    """The unit of that label; while there is none, others who name it wait for this transaction to end."""
    named = select(Unit).where(Unit.recovery_id == recovery_id, Unit.label == label)
    found = session.execute(named).first()
    if found is None:
        hold_new(session, "unit", f"{recovery_id} {label}")
        found = session.execute(named).first()
    return found


def _write(
    session: Session, uid: str, recovery_id: int, label: str, more: Mapping[Any, Any] = NOTHING
) -> int:
    rows = NewRows(session)
    number = UnitWriter(session, rows).add(uid, recovery_id, label, more)
    rows.write()
    return number


def unit_of(session: Session, author: Author, recovery_id: int, text: str | None) -> int | None:
    """The unit of that label, reference or serial number in a recovery; a new label makes a unit.

    Raises:
        NotFound: a reference to no unit of this recovery.
        BadInput: the unit was withdrawn.
    """
    if text is None:
        return None
    if (referred := row_of_reference(session, text)) is not None:
        there = session.execute(
            select(Unit.id).where(Unit.id == referred[1], Unit.recovery_id == recovery_id)
        ).first()
        if referred[0] != "unit" or there is None:
            raise NotFound(f"{text} is not a unit of this recovery")
        refuse_withdrawn(session, RecordKind.UNIT, referred[1])
        return referred[1]
    known = _unit(session, recovery_id, text) or _numbered(session, recovery_id, text)
    if known is None:
        return _made_in_passing(session, author, recovery_id, text)
    refuse_withdrawn(session, RecordKind.UNIT, known.id)
    return int(known.id)


def _numbered(session: Session, recovery_id: int, text: str) -> Any | None:
    """The unit of a recovery with that serial number, however it is spelled.

    Raises:
        Ambiguous: several have it.
    """
    inside = set(session.execute(select(Unit.id).where(Unit.recovery_id == recovery_id)).scalars())
    numbered = by_number(session, text, (RecordKind.UNIT,)) if inside else []
    found = only_one(session, text, [each for each in numbered if each[1] in inside])
    return session.execute(select(Unit).where(Unit.id == found[1])).one() if found else None


def _made_in_passing(session: Session, author: Author, recovery_id: int, label: str) -> int:
    of = session.execute(select(Recovery.uid).where(Recovery.id == recovery_id)).scalar_one()
    # Named in passing by a component, a unit has a natural key: its recovery and label.
    uid = natural_uid("unit", of, label)
    number = _write(session, uid, recovery_id, label)
    add_entry(
        session,
        actor=author.actor,
        action="log unit",
        table=Unit,
        uid=uid,
        after={"entry": {"label": label, "recovery": of}},
    )
    return number
