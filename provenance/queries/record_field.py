"""What field work adds to the records that `show` prints: position, seizure, assessments, handling, units."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from provenance.core.identity import reference
from provenance.queries.record_common import Members, Record, Row, known, named, row_of
from provenance.schema.assessments import Assessment, RecoveryPosition, Seizure
from provenance.schema.recoveries import Component
from provenance.schema.session import Session

NO_MARK = "no mark (treat as AMBER)"


def mark_of(row: Row) -> str:
    """A record's own TLP mark, or that it has none."""
    return row["tlp"] or NO_MARK


def withdrawn(row: Row) -> str | None:
    """When a record was taken back, in words; None for one that stands."""
    moment = row["withdrawn_at"]
    return f"withdrawn on {moment.date().isoformat()}, counted nowhere" if moment is not None else None


def position_facts(session: Session, number: int) -> Row:
    """Where a recovery lay, as far as somebody said."""
    row = session.execute(
        select(RecoveryPosition).where(
            RecoveryPosition.recovery_id == number, RecoveryPosition.superseded_by.is_(None)
        )
    ).first()
    if row is None:
        return {}
    off = f" ± {row.precision_m:g} m" if row.precision_m is not None else ", precision not known"
    return {"position": f"{row.latitude:.6f}, {row.longitude:.6f}{off} (written {row.as_written})"}


def seizure_facts(session: Session, number: int) -> Row:
    """What a seizure tells of itself; empty for another recovery."""
    row: Any = session.execute(select(Seizure).where(Seizure.recovery_id == number)).first()
    if row is None:
        return {}

    def party(role: str) -> str:
        found = named(session, "organization", "label", getattr(row, f"{role}_id"))
        return found or getattr(row, f"{role}_as_written") or "not known"

    return known(
        authority=party("authority"),
        border_point=row.border_point or "not known",
        direction=row.movement or "not known",
        route=f"{row.from_country or '?'} → {row.to_country or '?'}",
        consignor=party("consignor"),
        consignee=party("consignee"),
        declared_goods=row.declared_goods or "not known",
        declared_HS=row.declared_hs or "not known",
    )


def assessment_rows(session: Session, name: str, number: int) -> list[Row]:
    """Everything that was ever held of a record, the latest last."""
    rows = session.execute(
        select(Assessment).where(Assessment.__table__.c[f"{name}_id"] == number).order_by(Assessment.id)
    ).all()
    return [
        {
            "aspect": row.aspect.replace("_", " "),
            "held": row.value or "not assessed",
            "kind": row.counterfeit_kind,
            "by": row.said_by,
            "basis": row.basis,
            "written by": row.actor,
            "on": row.said_at.date().isoformat(),
            "stands": row.superseded_by is None,
        }
        for row in rows
    ]


def components_in(session: Session, name: str, number: int) -> tuple[list[Row], Members]:
    """The components in a recovery or unit, those left out that were taken back."""
    found = session.execute(
        select(Component.id, Component.uid, Component.marking, Component.description)
        .where(Component.__table__.c[f"{name}_id"] == number, Component.withdrawn_at.is_(None))
        .order_by(Component.id)
    ).all()
    rows: list[Row] = [
        {"component": reference("component", item.uid), "marking": item.marking or item.description}
        for item in found
    ]
    return rows, Members("component", "component", [item.id for item in found])


def host_unit_record(session: Session, number: int) -> Record:
    """A unit inside a recovery, with the components that sat on it."""
    row = row_of(session, "unit", number)
    components, members = components_in(session, "unit", number)
    facts = known(
        recovery=named(session, "recovery", "label", row["recovery_id"]),
        type=named(session, "unit_type", "designation", row["unit_type_id"]),
        serial=row["serial"] or "not known",
        note=row["note"],
    )
    return Record(
        "unit",
        reference("unit", row["uid"]),
        row["label"],
        facts,
        {"components": components},
        {"components": members},
    )
