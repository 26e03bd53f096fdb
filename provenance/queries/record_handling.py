"""How strictly a record that `show` prints is to be handled, and what of it may not be shown."""

from __future__ import annotations

from sqlalchemy import select
from sqlmodel import Session

from provenance.errors import NotFound
from provenance.identity import reference
from provenance.models.tables import table
from provenance.queries.handling import ceiling, strictest
from provenance.queries.marked import may_show_component, reported_marks
from provenance.queries.record_common import Record, Row, row_of
from provenance.vocab import Tlp


def handle(session: Session, record: Record, found: tuple[str, int], max_tlp: Tlp | None) -> None:
    """Says in the record how strictly it is to be handled; leaves its stricter components out.

    Raises:
        NotFound: the record itself is marked more strictly than ``max_tlp``.
    """
    name, number = found
    row = row_of(session, name, number)
    if "tlp" not in row:
        return
    marks = _marks(session, name, row)
    mark = strictest(marks)
    if not ceiling(max_tlp)(mark):
        raise NotFound(
            f"{record.ref} may not be shown: it is to be handled as TLP:{mark}",
            hint=f"--max-tlp {max_tlp} leaves out what is stricter.",
        )
    if name == "recovery":
        left, inside = _sift_components(session, record, number, max_tlp)
        mark = strictest([mark, *inside])
        if left:
            record.facts["left out"] = f"{left:,} components marked more strictly than TLP:{max_tlp}"
    record.facts["handle as"] = f"TLP:{mark}"


def _marks(session: Session, name: str, row: Row) -> list[str | None]:
    """The marks of a record and of what goes with it; None where there is none."""
    if name not in ("component", "recovery"):
        return [row["tlp"]]
    reported = reported_marks(session, name, [row["id"]])
    if name == "recovery":
        return [row["tlp"], *reported]
    recovery = row_of(session, "recovery", row["recovery_id"])["tlp"]
    return [row["tlp"] or recovery, recovery, *reported]


def _sift_components(
    session: Session, record: Record, number: int, max_tlp: Tlp | None
) -> tuple[int, list[str | None]]:
    """Leaves the components out that may not be shown; how many, and the marks of those that stay."""
    component, recovery = table("component"), table("recovery")
    statement = (
        select(component.c.id, component.c.uid, component.c.tlp)
        .join(recovery, recovery.c.id == component.c.recovery_id)
        .where(component.c.recovery_id == number, component.c.withdrawn_at.is_(None))
    )
    if (shown := may_show_component(max_tlp)) is not None:
        statement = statement.where(shown)
    rows = session.execute(statement).all()
    refs = {reference("component", row.uid) for row in rows}
    before = record.groups["components"]
    record.groups["components"] = [each for each in before if each["component"] in refs]
    marks = [row.tlp for row in rows if row.tlp is not None]
    marks += reported_marks(session, "component", [row.id for row in rows])
    return len(before) - len(record.groups["components"]), marks
