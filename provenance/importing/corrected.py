"""Records that people have corrected or withdrawn here, as their lists come in again: what stands is said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from sqlalchemy import select

from provenance.core.identity import reference
from provenance.domain.amendments.log import AmendedField, amended_records, withdrawal_words
from provenance.domain.record_kinds import RecordKind, id_column, uid_column
from provenance.domain.review import Doubt, ReviewReason
from provenance.schema.chunks import text_chunks
from provenance.schema.recoveries import Component, Recovery, Unit
from provenance.schema.session import Session

_KINDS = (RecordKind.COMPONENT, RecordKind.RECOVERY)
_EMPTY = "(empty)"

_Corrected = dict[int, tuple[str, Mapping[str, AmendedField]]]
"""Amended records by row number: their uid and fields."""


class CorrectedRecords:
    """The corrected and the withdrawn components and recoveries, looked up once for an import.

    There are few of them, and mostly none: they are kept in memory.
    """

    def __init__(self, session: Session, review: Counter[Doubt]) -> None:
        self._session = session
        self._review = review
        self._amended = {kind: _amended(session, kind) for kind in _KINDS}
        self._withdrawn = {
            RecordKind.COMPONENT: _withdrawn_components(session),
            RecordKind.RECOVERY: _withdrawn_recoveries(session),
        }
        self._said: set[tuple[RecordKind, int]] = set()

    def leaves(self, component_id: int, recovery_id: int | None) -> bool:
        """Whether a component, or what it is in, was withdrawn: nothing of its row is written then.

        In what it stands otherwise than its list has it is listed for review.
        """
        self.say(RecordKind.COMPONENT, component_id)
        withdrawn = component_id in self._withdrawn[RecordKind.COMPONENT]
        if withdrawn:
            self.say(RecordKind.RECOVERY, recovery_id)
        return withdrawn

    def say(self, kind: RecordKind, number: int | None) -> None:
        """Lists for review in what a record stands otherwise than its list has it; once for each record."""
        if number not in self._withdrawn[kind] and number not in self._amended[kind]:
            return
        if (kind, number) in self._said:
            return
        self._said.add((kind, number))
        if (uid := self._withdrawn[kind].get(number)) is not None:
            words = withdrawal_words(self._session, uid)
            self._review[ReviewReason.WITHDRAWN, f"{reference(kind, uid)}, withdrawn {words}".rstrip()] += 1
        elif number in self._amended[kind]:
            uid, fields = self._amended[kind][number]
            for name, field in fields.items():
                self._review[ReviewReason.AMENDED, _difference(reference(kind, uid), name, field)] += 1

    def say_added(self, recovery_ids: Sequence[int]) -> None:
        """Lists for review that new components are in a recovery which was withdrawn."""
        withdrawn = self._withdrawn[RecordKind.RECOVERY]
        if not withdrawn:
            return
        for number, count in Counter(each for each in recovery_ids if each in withdrawn).items():
            ref = reference(RecordKind.RECOVERY, withdrawn[number])
            self._review[ReviewReason.WITHDRAWN, f"{ref}: new components in it"] += count


def said_withdrawn(session: Session, uid: str) -> str | None:
    """A transfer that a person withdrew, with who did, when and why; None where its source did."""
    words = withdrawal_words(session, uid)
    return f"{reference(RecordKind.TRANSFER, uid)}, withdrawn {words}" if words else None


def _difference(ref: str, name: str, field: AmendedField) -> str:
    last = field.last
    return (
        f"{ref}, {name}: first recorded as {field.first or _EMPTY}, now {field.now or _EMPTY}"
        f" (by {last.actor}: {last.reason})"
    )


def _amended(session: Session, kind: RecordKind) -> _Corrected:
    found: _Corrected = {}
    by_uid = amended_records(session, [kind])
    number, uid = id_column(kind), uid_column(kind)
    for some in text_chunks(list(by_uid)):
        for row in session.execute(select(number, uid).where(uid.in_(some))):
            found[row[0]] = row[1], by_uid[row[1]]
    return found


def _withdrawn_components(session: Session) -> dict[int, str]:
    rows = session.execute(
        select(Component.id, Component.uid)
        .outerjoin(Unit, Unit.id == Component.unit_id)
        .where(Component.withdrawn_at.is_not(None) | Unit.withdrawn_at.is_not(None))
    )
    return {row.id: row.uid for row in rows}


def _withdrawn_recoveries(session: Session) -> dict[int, str]:
    rows = session.execute(select(Recovery.id, Recovery.uid).where(Recovery.withdrawn_at.is_not(None)))
    return {row.id: row.uid for row in rows}
