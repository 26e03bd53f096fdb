"""Records of who and what: firms, weapons, units, parts, sources."""

from __future__ import annotations

from sqlalchemy import select

from provenance.core.identity import reference
from provenance.queries.record_common import (
    Members,
    Record,
    Row,
    known,
    named,
    row_of,
    said_the_same,
    source_name,
    source_of,
    span,
    stated,
    transfer_rows,
)
from provenance.schema.audit import ImportRun
from provenance.schema.organizations import OrganizationName, OrganizationSeat, Ownership
from provenance.schema.recoveries import Component, Identification, Recovery
from provenance.schema.session import Session
from provenance.schema.tables import table
from provenance.schema.transfers import TransferParty


def organization_record(session: Session, number: int) -> Record:
    """An organization with its names, seats, owners, transfers and sources."""
    row = row_of(session, "organization", number)
    names = session.execute(
        select(OrganizationName)
        .where(OrganizationName.organization_id == number)
        .order_by(OrganizationName.id)
    ).all()
    seats = session.execute(
        select(OrganizationSeat)
        .where(OrganizationSeat.organization_id == number)
        .order_by(OrganizationSeat.id)
    ).all()
    moved: list[int] = list(
        session.execute(
            select(TransferParty.transfer_id)
            .where(TransferParty.organization_id == number, ~TransferParty.confidential)
            .distinct()
            .order_by(TransferParty.transfer_id)
        ).scalars()
    )
    facts = known(
        kind=row["kind"], verification=row["verification"], note=row["note"], **source_of(session, row)
    )
    return Record(
        "firm",
        reference("organization", row["uid"]),
        row["label"],
        facts,
        {
            "names": [{"name": item.name, "kind": item.kind, **stated(session, item)} for item in names],
            "seats": [
                {"seat": item.kind, "country": item.country, **stated(session, item)} for item in seats
            ],
            "ownership": _ownership(session, number),
            "transfers": transfer_rows(session, moved),
            "sameness": said_the_same(session, "organization", number),
        },
        {"transfers": Members("transfer", "transfer_ref", moved)},
    )


def _ownership(session: Session, number: int) -> list[Row]:
    rows = session.execute(
        select(Ownership)
        .where((Ownership.owned_id == number) | (Ownership.owner_id == number))
        .order_by(Ownership.since_earliest, Ownership.id)
    ).all()
    return [
        {
            "owned": named(session, "organization", "label", row.owned_id),
            "owner": named(session, "organization", "label", row.owner_id),
            "what": row.product_line or "the whole firm",
            "status": row.status,
            "share": f"{row.share_percent:g} %" if row.share_percent else None,
            **stated(session, row),
        }
        for row in rows
    ]


def weapon_record(session: Session, number: int) -> Record:
    """A weapon system with its names and its recoveries."""
    row = row_of(session, "weapon_system", number)
    facts = known(
        kind=row["kind"] or "not stated",
        variant_of=named(session, "weapon_system", "designation", row["variant_of_id"]),
        designed_in=row["design_country"],
        built_in=row["build_country"],
        producer=row["producer"],
        NATO_name=row["nato_name"],
        verification=row["verification"],
        note=row["note"],
        **source_of(session, row),
    )
    recoveries, members = _recoveries_of(session, "weapon_system_id", number)
    return Record(
        "weapon",
        reference("weapon_system", row["uid"]),
        row["designation"],
        facts,
        {
            "names": _aliases(session, "weapon_alias", "weapon_system_id", number),
            "recoveries": recoveries,
        },
        {"recoveries": members},
    )


def unit_record(session: Session, number: int) -> Record:
    """A unit type with its names and its recoveries."""
    row = row_of(session, "unit_type", number)
    facts = known(
        kind=row["kind"] or "not stated",
        verification=row["verification"],
        note=row["note"],
        **source_of(session, row),
    )
    recoveries, members = _recoveries_of(session, "unit_type_id", number)
    return Record(
        "unit",
        reference("unit_type", row["uid"]),
        row["designation"],
        facts,
        {
            "names": _aliases(session, "unit_type_alias", "unit_type_id", number),
            "recoveries": recoveries,
        },
        {"recoveries": members},
    )


def _aliases(session: Session, name: str, target: str, number: int) -> list[Row]:
    alias = table(name)
    rows = session.execute(select(alias).where(alias.c[target] == number).order_by(alias.c.id)).all()
    return [
        {
            "name": row.alias,
            "language": row.language,
            "verification": row.verification,
            "source": source_name(session, row.source_id),
        }
        for row in rows
    ]


def _recoveries_of(session: Session, target: str, number: int) -> tuple[list[Row], Members]:
    found = session.execute(
        select(Recovery)
        .where(Recovery.__table__.c[target] == number, Recovery.withdrawn_at.is_(None))
        .order_by(Recovery.label, Recovery.id)
    ).all()
    rows = [
        {"recovery": reference("recovery", row.uid), "label": row.label, "extent": row.extent}
        for row in found
    ]
    return rows, Members("recovery", "recovery", [row.id for row in found])


def part_record(session: Session, number: int) -> Record:
    """A part with the components that are said to be it."""
    row = row_of(session, "part", number)
    facts = known(
        maker=named(session, "organization", "label", row["organization_id"]) or "not stated",
        description=row["description"],
        category=row["category"],
        hs6=row["hs6"],
        introduced=span(row["introduced_earliest"], row["introduced_latest"]),
        top_codes=row["top_codes"],
        note=row["note"],
        **source_of(session, row),
    )
    found = session.execute(
        select(
            Component.id,
            Component.uid,
            Component.recovery_id,
            Component.marking,
            Identification.status,
        )
        .join(Component, Component.id == Identification.component_id)
        .where(
            Identification.part_id == number,
            Identification.superseded_by.is_(None),
            Component.withdrawn_at.is_(None),
        )
        .order_by(Component.id)
    ).all()
    components = [
        {
            "component": reference("component", item.uid),
            "marking": item.marking,
            "status": item.status,
            "recovery": named(session, "recovery", "label", item.recovery_id),
        }
        for item in found
    ]
    return Record(
        "part",
        reference("part", row["uid"]),
        row["mpn"],
        facts,
        {"components": components},
        {"components": Members("component", "component", [item.id for item in found])},
    )


def source_record(session: Session, number: int) -> Record:
    """A source with its grade and how much rests on it."""
    row = row_of(session, "source", number)
    facts = known(
        key=row["key"],
        publisher=row["publisher"],
        address=row["address"],
        published=span(row["published_earliest"], row["published_latest"]),
        origin_group=row["origin_group"],
        reliability=row["reliability"] or "not assessed",
        TLP=row["tlp"] or "no mark (treat as AMBER)",
        note=row["note"],
    )
    runs = session.execute(
        select(ImportRun).where(ImportRun.source_id == number).order_by(ImportRun.id)
    ).all()
    imports = [
        {
            "file": item.file_name,
            "format": item.format,
            "when": item.started_at,
            "by": item.actor,
            "status": item.status,
            "read": item.rows_read,
            "new": item.rows_new,
        }
        for item in runs
    ]
    return Record("source", reference("source", row["uid"]), row["title"], facts, {"imports": imports})
