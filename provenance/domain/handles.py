"""Records by the handles that people use: a source's own key, and the numbers on what was found."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from provenance.core.errors import Ambiguous, NotFound
from provenance.core.identity import reference
from provenance.domain.record_kinds import RecordKind, id_column
from provenance.domain.recovery_rows import search_key
from provenance.domain.references import row_of_reference, uid_of
from provenance.domain.sameness import clusters
from provenance.schema.recoveries import Component, Recovery, RecoverySerial, Unit
from provenance.schema.session import Session
from provenance.schema.sources import Citation
from provenance.schema.transfers import Transfer
from provenance.text.item_serials import item_serial_key
from provenance.text.serial_numbers import serial_key

Record = tuple[RecordKind, int]

_KEYED = (RecordKind.COMPONENT, RecordKind.RECOVERY, RecordKind.TRANSFER, RecordKind.ORGANIZATION)


def by_record_key(session: Session, text: str) -> list[Record]:
    """The records that a source reports under that very key of its own."""
    rows = session.execute(
        select(Citation.component_id, Citation.recovery_id, Citation.transfer_id, Citation.organization_id)
        .where(Citation.record_key == text.strip())
        .distinct()
    )
    return [(kind, number) for row in rows for kind, number in zip(_KEYED, row, strict=True) if number]


def by_number(session: Session, text: str, kinds: Collection[RecordKind] | None = None) -> list[Record]:
    """The recoveries, units and components (``kinds``; None: all) with that number on them, however it is
    spelled: serial, tail, chassis and exhibit numbers of recoveries, serial numbers of units and components.
    """
    if not serial_key(text):
        return []
    wanted = _NUMBERED if kinds is None else kinds
    return [record for kind, find in _NUMBERED.items() if kind in wanted for record in find(session, text)]


def _recoveries(session: Session, text: str) -> list[Record]:
    wanted = serial_key(text)
    near = select(RecoverySerial.recovery_id, RecoverySerial.value).where(
        RecoverySerial.value_key == search_key(text)
    )
    # The key of the search ignores what stands between digits: 10-1 is not 101.
    numbers = {row.recovery_id for row in session.execute(near) if serial_key(row.value) == wanted}
    return [(RecordKind.RECOVERY, number) for number in sorted(numbers)]


def _units(session: Session, text: str) -> list[Record]:
    wanted = serial_key(text)
    numbered = select(Unit.id, Unit.serial).where(Unit.serial.is_not(None)).order_by(Unit.id)
    rows = session.execute(numbered)
    return [(RecordKind.UNIT, row.id) for row in rows if serial_key(row.serial) == wanted]


def _components(session: Session, text: str) -> list[Record]:
    found = select(Component.id).where(Component.serial_key == item_serial_key(text)).order_by(Component.id)
    return [(RecordKind.COMPONENT, number) for number in session.execute(found).scalars()]


_NUMBERED: Mapping[RecordKind, Callable[[Session, str], list[Record]]] = {
    RecordKind.RECOVERY: _recoveries,
    RecordKind.UNIT: _units,
    RecordKind.COMPONENT: _components,
}


def by_handle(session: Session, text: str, kinds: Collection[RecordKind] | None = None) -> list[Record]:
    """The records of those kinds (None: any) with that source's key or number; those that were withdrawn only
    where no other has it. Of records that count as one, the one recorded first.
    """
    everything = dict.fromkeys([*by_record_key(session, text), *by_number(session, text, kinds)])
    found = [each for each in everything if kinds is None or each[0] in kinds]
    if len(found) > 1:
        found = _once(session, found)
    if len(found) > 1:
        found = [each for each in found if not _is_withdrawn(session, each)] or found
    return found


def _once(session: Session, found: Sequence[Record]) -> list[Record]:
    merged = {kind: clusters(session, kind) for kind in (RecordKind.RECOVERY, RecordKind.COMPONENT)}
    first: dict[Record, Record] = {}
    for kind, number in found:
        first.setdefault((kind, merged.get(kind, {}).get(number, number)), (kind, number))
    return list(first.values())


def _is_withdrawn(session: Session, record: Record) -> bool:
    kind, number = record
    withdrawn_at = _WITHDRAWN_AT.get(kind)
    if withdrawn_at is None:
        return False
    return session.execute(select(withdrawn_at).where(id_column(kind) == number)).scalar() is not None


_WITHDRAWN_AT: Mapping[RecordKind, InstrumentedAttribute[datetime | None]] = {
    RecordKind.RECOVERY: Recovery.withdrawn_at,
    RecordKind.UNIT: Unit.withdrawn_at,
    RecordKind.COMPONENT: Component.withdrawn_at,
    RecordKind.TRANSFER: Transfer.withdrawn_at,
}


def only_one(session: Session, text: str, found: Sequence[Record]) -> Record | None:
    """The one record found under a handle; None where there is none.

    Raises:
        Ambiguous: there are several; their references are named.
    """
    if len(found) > 1:
        refs = [reference(kind, uid_of(session, kind, number)) for kind, number in found]
        named = [f"{ref}: {kind.replace('_', ' ')}" for ref, (kind, _number) in zip(refs, found, strict=True)]
        raise Ambiguous(f"{len(found)} records have the number or key {text}", candidates=named)
    return found[0] if found else None


def row_called(session: Session, text: str, kinds: Collection[RecordKind]) -> Record | None:
    """The record of those kinds with that spoken reference, source's key or number; a record of another kind
    only by its reference. None where there is none.

    Raises:
        NotFound: the reference is mistyped, or no record has it.
        Ambiguous: several records have the key or number.
    """
    return row_of_reference(session, text) or only_one(session, text, by_handle(session, text, kinds))


def called_one_of(session: Session, text: str, kind: RecordKind) -> int:
    """The record of one kind with that spoken reference, source's key or number.

    Raises:
        NotFound: there is none, or it names something else.
        Ambiguous: several records have the key or number.
    """
    found = row_called(session, text, (kind,))
    words = kind.replace("_", " ")
    if found is None:
        raise NotFound(f"No {words} has the reference, record key or serial number {text}")
    if found[0] is not kind:
        raise NotFound(f"{text} is a {found[0].replace('_', ' ')}, not a {words}")
    return found[1]
