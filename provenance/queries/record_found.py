"""Records of what was found and how it moved: components, recoveries, transfers."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import select

from provenance.core.identity import reference
from provenance.queries.record_common import (
    Members,
    Record,
    Row,
    citations,
    known,
    named,
    ref_of,
    row_of,
    said_the_same,
    span,
    transfer_rows,
)
from provenance.queries.record_evidence import custody_rows, evidence_members, photo_rows
from provenance.queries.record_field import (
    assessment_rows,
    components_in,
    mark_of,
    position_facts,
    seizure_facts,
    withdrawn,
)
from provenance.queries.transfers import transfer_lines
from provenance.schema.recoveries import Identification, MakerAttribution, RecoveryDate, RecoverySerial
from provenance.schema.session import Session
from provenance.schema.transfers import Transfer


def component_record(session: Session, number: int) -> Record:
    """A component with what is said of it: its recovery, makers, parts, transfers, sources."""
    row = row_of(session, "component", number)
    pieces = row["pieces"] if row["pieces"] is not None else "not counted"
    facts = known(
        recovery=named(session, "recovery", "label", row["recovery_id"]),
        unit=row_of(session, "unit", row["unit_id"])["label"] if row["unit_id"] else None,
        description=row["description"],
        marking=row["marking"] or "none published",
        marking_is="description, marking and codes in one text" if row["marking_mixed"] else None,
        date_code=row["date_code"],
        lot=row["lot"],
        made=span(row["made_earliest"], row["made_latest"]) or "not known",
        made_from=row["made_basis"],
        pieces=pieces,
        category=row["category"] or "not known",
        hs6=row["hs6"] or "not known",
        condition=row["condition"],
        marking_state=row["marking_state"],
        laboratory=row["laboratory"],
        authenticity=row["authenticity"] or "not assessed",
        TLP=mark_of(row),
        withdrawn=withdrawn(row),
        note=row["note"],
    )
    moved = session.execute(select(Transfer.id).where(Transfer.component_id == number)).scalars().all()
    return Record(
        "component",
        reference("component", row["uid"]),
        row["marking"] or row["description"] or "no marking published",
        facts,
        {
            "maker": _attributions(session, number),
            "part": _identifications(session, number),
            "assessments": assessment_rows(session, "component", number),
            "transfers": transfer_rows(session, list(moved)),
            "photos": photo_rows(session, "component", number),
            "custody": custody_rows(session, "component", number),
            "sources": citations(session, "component", number),
            "sameness": said_the_same(session, "component", number),
        },
        {
            "transfers": Members("transfer", "transfer_ref", moved),
            **evidence_members(session, "component", number),
        },
    )


def _attributions(session: Session, number: int) -> list[Row]:
    rows = session.execute(
        select(MakerAttribution).where(MakerAttribution.component_id == number).order_by(MakerAttribution.id)
    ).all()
    return [
        {
            "maker": named(session, "organization", "label", row.organization_id) or "not identified",
            "as written": row.as_written,
            "source's country": row.country_stated,
            "status": row.status,
            "basis": row.basis,
            "said by": row.said_by,
            "stands": row.superseded_by is None,
        }
        for row in rows
    ]


def _identifications(session: Session, number: int) -> list[Row]:
    rows = session.execute(
        select(Identification).where(Identification.component_id == number).order_by(Identification.id)
    ).all()
    return [
        {
            "part": named(session, "part", "mpn", row.part_id),
            "as written": row.as_written,
            "status": row.status,
            "method": row.method,
            "score": row.score,
            "said by": row.said_by,
            "stands": row.superseded_by is None,
        }
        for row in rows
    ]


def recovery_record(session: Session, number: int) -> Record:
    """A recovery with its serials, dates, components and sources."""
    row = row_of(session, "recovery", number)
    facts = known(
        kind=row["kind"],
        extent=row["extent"],
        weapon=named(session, "weapon_system", "designation", row["weapon_system_id"]) or "not named",
        unit_type=named(session, "unit_type", "designation", row["unit_type_id"]),
        variant=row["variant"],
        place=row["place"] or "not known",
        country=row["country"],
        **position_facts(session, number),
        **seizure_facts(session, number),
        TLP=mark_of(row),
        withdrawn=withdrawn(row),
        note=row["note"],
    )
    serials = session.execute(
        select(RecoverySerial).where(RecoverySerial.recovery_id == number).order_by(RecoverySerial.id)
    ).all()
    dates = session.execute(
        select(RecoveryDate).where(RecoveryDate.recovery_id == number).order_by(RecoveryDate.id)
    ).all()
    components, members = components_in(session, "recovery", number)
    return Record(
        "recovery",
        reference("recovery", row["uid"]),
        row["label"],
        facts,
        {
            "numbers": [{"kind": item.kind, "number": item.value} for item in serials],
            "dates": [
                {"of": item.kind, "date": span(item.earliest, item.latest), "as written": item.as_written}
                for item in dates
            ],
            "components": components,
            "photos": photo_rows(session, "recovery", number),
            "custody": custody_rows(session, "recovery", number),
            "sources": citations(session, "recovery", number),
            "sameness": said_the_same(session, "recovery", number),
        },
        {"components": members, **evidence_members(session, "recovery", number)},
    )


def transfer_record(session: Session, number: int) -> Record:
    """A transfer with its parties and sources."""
    row = row_of(session, "transfer", number)
    lines = transfer_lines(session, [number])
    facts = known(
        goods=row["goods_as_written"],
        component=ref_of(session, "component", row["component_id"]),
        evidence_class=row["evidence_class"],
        withdrawn_by_its_source=row["withdrawn_at"],
        quantity=row["quantity"],
        date=span(row["earliest"], row["latest"]) or "not known",
        note=row["note"],
    )
    parties = [asdict(party) for line in lines for party in line.parties]
    return Record(
        "transfer",
        reference("transfer", row["uid"]),
        "Transfer",
        facts,
        {"parties": parties, "sources": citations(session, "transfer", number)},
    )
