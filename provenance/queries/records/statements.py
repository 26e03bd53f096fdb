"""Statements about a component: its maker, its part, and how it was assessed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from provenance.domain.record_kinds import RecordKind
from provenance.queries.records.common import Named, named
from provenance.schema.assessments import Assessment
from provenance.schema.organizations import Organization
from provenance.schema.recoveries import Identification, MakerAttribution
from provenance.schema.reference import Part
from provenance.schema.session import Session


@dataclass(frozen=True, slots=True)
class MakerLine:
    """A statement of whose brand is on the component; ``maker`` is None where it is not identified.

    ``current`` is false of a statement that another one has superseded; ``country_stated`` is the source's
    own label.
    """

    maker: Named | None
    as_written: str
    country_stated: str | None
    status: str
    basis: str
    stated_by: str | None
    current: bool


@dataclass(frozen=True, slots=True)
class PartLine:
    """A statement of which part the component is; ``score`` is 0 to 1 and only a program's."""

    part: Named | None
    as_written: str
    status: str
    method: str
    score: float | None
    stated_by: str | None
    current: bool


@dataclass(frozen=True, slots=True)
class AssessmentLine:
    """An assessment of one aspect of the component; ``value`` is None for "not assessed"."""

    aspect: str
    value: str | None
    counterfeit_kind: str | None
    assessed_by: str
    basis: str
    entered_by: str
    assessed_on: date
    current: bool


def maker_lines(session: Session, component_id: int) -> tuple[MakerLine, ...]:
    """Every statement of the maker, the latest last."""
    rows = session.execute(
        select(MakerAttribution)
        .where(MakerAttribution.component_id == component_id)
        .order_by(MakerAttribution.id)
    ).all()
    return tuple(
        MakerLine(
            maker=named(session, RecordKind.ORGANIZATION, Organization.label, row.organization_id),
            as_written=row.as_written,
            country_stated=row.country_stated,
            status=row.status,
            basis=row.basis,
            stated_by=row.said_by,
            current=row.superseded_by is None,
        )
        for row in rows
    )


def part_lines(session: Session, component_id: int) -> tuple[PartLine, ...]:
    """Every statement of the part, the latest last."""
    rows = session.execute(
        select(Identification).where(Identification.component_id == component_id).order_by(Identification.id)
    ).all()
    return tuple(
        PartLine(
            part=named(session, RecordKind.PART, Part.mpn, row.part_id),
            as_written=row.as_written,
            status=row.status,
            method=row.method,
            score=row.score,
            stated_by=row.said_by,
            current=row.superseded_by is None,
        )
        for row in rows
    )


def assessment_lines(session: Session, component_id: int) -> tuple[AssessmentLine, ...]:
    """Every assessment, the latest last."""
    rows = session.execute(
        select(Assessment).where(Assessment.component_id == component_id).order_by(Assessment.id)
    ).all()
    return tuple(
        AssessmentLine(
            aspect=row.aspect,
            value=row.value,
            counterfeit_kind=row.counterfeit_kind,
            assessed_by=row.said_by,
            basis=row.basis,
            entered_by=row.actor,
            assessed_on=row.said_at.date(),
            current=row.superseded_by is None,
        )
        for row in rows
    )
