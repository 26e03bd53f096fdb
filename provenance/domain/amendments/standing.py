"""Whether a record stands: withdrawn ones take nothing new, and neither does what is in them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from provenance.core.errors import BadInput
from provenance.core.identity import reference
from provenance.domain.amendments.log import withdrawal_words
from provenance.domain.record_kinds import RecordKind
from provenance.schema.recoveries import Component, Recovery, Unit
from provenance.schema.session import Session
from provenance.schema.transfers import Transfer


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """The record that was withdrawn: the one asked about, or the one that it is in."""

    kind: RecordKind
    number: int
    uid: str

    @property
    def ref(self) -> str:
        """Its reference."""
        return reference(self.kind, self.uid)


def withdrawal_of(session: Session, kind: RecordKind, number: int) -> Withdrawal | None:
    """What of a record, its unit and its recovery is withdrawn, the outermost first; None where it stands."""
    chain: list[tuple[RecordKind, int | None]] = []
    if kind is RecordKind.COMPONENT:
        row = session.execute(
            select(Component.recovery_id, Component.unit_id).where(Component.id == number)
        ).one()
        chain = [(RecordKind.RECOVERY, row.recovery_id), (RecordKind.UNIT, row.unit_id)]
    elif kind is RecordKind.UNIT:
        above = session.execute(select(Unit.recovery_id).where(Unit.id == number)).scalar_one()
        chain = [(RecordKind.RECOVERY, above)]
    for each, key in [*chain, (kind, number)]:
        if key is not None and (uid := _withdrawn_uid(session, each, key)) is not None:
            return Withdrawal(each, key, uid)
    return None


def _withdrawn_uid(session: Session, kind: RecordKind, number: int) -> str | None:
    noun = _TABLES.get(kind)
    if noun is None:
        return None
    found: str | None = session.execute(
        select(noun.uid).where(noun.id == number, noun.withdrawn_at.is_not(None))
    ).scalar()
    return found


_TABLES: dict[RecordKind, type[Recovery] | type[Unit] | type[Component] | type[Transfer]] = {
    RecordKind.RECOVERY: Recovery,
    RecordKind.UNIT: Unit,
    RecordKind.COMPONENT: Component,
    RecordKind.TRANSFER: Transfer,
}


def refuse_withdrawn(session: Session, kind: RecordKind, number: int) -> None:
    """Refuses what is withdrawn itself, or in something that is.

    Raises:
        BadInput: it is; says by whom, when and why.
    """
    found = withdrawal_of(session, kind, number)
    if found is None:
        return
    words = withdrawal_words(session, found.uid)
    raise BadInput(
        f"{found.ref} was withdrawn{' ' if words else ''}{words}",
        hint=f"If it counts after all: provenance restore {found.ref}",
        code="withdrawn",
    )
