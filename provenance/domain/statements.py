"""Statements of maker and part: at most one of each is current; a new one supersedes the one before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from provenance.core.identity import new_uid
from provenance.core.vocabulary import StatementStatus
from provenance.domain.batches import NewRows
from provenance.domain.journal import Author
from provenance.domain.parts import PartWriter, add_missing_keys
from provenance.schema.organizations import Organization
from provenance.schema.recoveries import Identification, MakerAttribution
from provenance.schema.row_values import update_rows
from provenance.schema.rows import insert_row
from provenance.schema.session import Session

StatementNoun = type[MakerAttribution] | type[Identification]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a person states about a component's maker and part, whose assessment it is, and its basis.

    ``maker`` is an organization's row number, None where it is not known; ``maker_as_written`` and ``mpn``
    are None where nothing is stated.
    """

    maker: int | None
    maker_as_written: str | None
    mpn: str | None
    status: StatementStatus
    basis: str
    said_by: str


def state(session: Session, author: Author, component_id: int, finding: Finding) -> dict[str, Any]:
    """Writes an identification that supersedes the current one; returns the earlier one, for the audit."""
    before: dict[str, Any] = {}
    if finding.maker_as_written is not None:
        maker = MakerAttribution(
            uid=new_uid(),
            organization_id=finding.maker,
            as_written=finding.maker_as_written,
            basis=finding.basis,
            component_id=component_id,
            status=finding.status,
            said_by=finding.said_by,
        )
        before["maker"] = replace(session, MakerAttribution, component_id, maker)
    if finding.mpn is not None:
        part = Identification(
            uid=new_uid(),
            part_id=_part(session, author, finding.mpn, finding),
            as_written=finding.mpn,
            method=finding.basis,
            component_id=component_id,
            status=finding.status,
            said_by=finding.said_by,
        )
        before["part"] = replace(session, Identification, component_id, part)
    return before


def _part(session: Session, author: Author, mpn: str, finding: Finding) -> int:
    """The part of that number of that maker, made where it is new; a confirmed one is found by markings."""
    rows = NewRows(session)
    number = PartWriter(session, rows, author.source_id).part(mpn, finding.maker)
    rows.write()
    if finding.status != StatementStatus.TENTATIVE:
        add_missing_keys(session, [(number, mpn)])
    return number


def replace(
    session: Session, noun: StatementNoun, component_id: int, row: MakerAttribution | Identification | None
) -> str | None:
    """Replaces the current statements with a new one, or none; returns the most certain one in words. A
    tentative statement replaces tentative ones only: a published maker is kept until a person confirms
    another.
    """
    current = select(noun.id, noun.as_written, noun.status).where(
        noun.component_id == component_id, noun.superseded_by.is_(None)
    )
    if row is not None and row.status == StatementStatus.TENTATIVE:
        current = current.where(noun.status == StatementStatus.TENTATIVE)
    olds = session.execute(current.order_by(noun.id)).all()
    numbers = [old.id for old in olds]
    if olds:
        # One of each status may be current at any moment: old ones are superseded before the new one is
        # written.
        update_rows(session, noun, {noun.superseded_by: noun.id}, noun.id.in_(numbers))
    if row is not None:
        new = insert_row(session, row)
        if olds:
            update_rows(session, noun, {noun.superseded_by: new}, noun.id.in_(numbers))
    most_certain = max(olds, key=lambda old: old.status != StatementStatus.TENTATIVE, default=None)
    return None if most_certain is None else _words(session, noun, most_certain)


def _words(session: Session, noun: StatementNoun, row: Any) -> str:
    """What a statement says, with its status: ``Analog Devices (published)``.

    What the text of a maker read automatically says is the whole marking; it is named by its firm.
    """
    said = row.as_written
    if noun is MakerAttribution and row.status == StatementStatus.TENTATIVE:
        named = select(Organization.label).join(
            MakerAttribution, MakerAttribution.organization_id == Organization.id
        )
        said = session.execute(named.where(MakerAttribution.id == row.id)).scalar() or said
    return f"{said} ({row.status})"
