"""How strictly a record that `show` prints is to be handled, and what of it may not be shown."""

from __future__ import annotations

from sqlalchemy import select

from provenance.core.errors import NotFound
from provenance.core.identity import reference
from provenance.core.tlp import ceiling, strictest
from provenance.core.vocabulary import Tlp
from provenance.queries.marked_records import NAMES, effective_marks, may_show_name
from provenance.queries.record_common import Members, Record
from provenance.schema.session import Session
from provenance.schema.tables import table


def handle(session: Session, record: Record, found: tuple[str, int], max_tlp: Tlp | None) -> None:
    """Says in the record how strictly it is to be handled; leaves the stricter of what it lists out.

    Raises:
        NotFound: the record itself is marked more strictly than ``max_tlp``, or nothing milder names it.
    """
    name, number = found
    marks = [] if name in NAMES else list(effective_marks(session, name, [number])[number])
    if marks and not ceiling(max_tlp)(strictest(marks)):
        _refuse(record, f"it is to be handled as TLP:{strictest(marks)}", max_tlp)
    if name in NAMES and not _may_be_named(session, name, number, max_tlp):
        _refuse(record, "every record that names it is marked more strictly", max_tlp)
    left: list[str] = []
    for group, members in record.members.items():
        gone, inside = _sift(session, record, group, members, max_tlp)
        marks += inside
        left += [f"{gone:,} {group}"] if gone else []
    if left:
        record.facts["left out"] = f"{', '.join(left)} marked more strictly than TLP:{max_tlp}"
    if marks:
        record.facts["handle as"] = f"TLP:{strictest(marks)}"


def _refuse(record: Record, reason: str, max_tlp: Tlp | None) -> None:
    raise NotFound(
        f"{record.ref} may not be shown: {reason}",
        hint=f"--max-tlp {max_tlp} leaves out what is stricter.",
    )


def _may_be_named(session: Session, name: str, number: int, max_tlp: Tlp | None) -> bool:
    if (shown := may_show_name(name, max_tlp)) is None:
        return True
    record = table(name)
    return session.execute(select(record.c.id).where(record.c.id == number, shown)).first() is not None


def _sift(
    session: Session, record: Record, group: str, members: Members, max_tlp: Tlp | None
) -> tuple[int, list[Tlp]]:
    """Leaves out of a group what may not be shown; how many, and the marks of what stays."""
    found = effective_marks(session, members.table, members.ids)
    marks = {number: strictest(each) for number, each in found.items()}
    allowed = ceiling(max_tlp)
    kept = {number for number, mark in marks.items() if allowed(mark)}
    if len(kept) < len(marks):
        strict = _references(session, members.table, marks.keys() - kept)
        record.groups[group] = [row for row in record.groups[group] if row[members.key] not in strict]
    return len(marks) - len(kept), [marks[number] for number in kept]


def _references(session: Session, name: str, numbers: set[int]) -> set[str]:
    record = table(name)
    uids = session.execute(select(record.c.uid).where(record.c.id.in_(numbers))).scalars()
    return {reference(name, uid) for uid in uids}
