"""Statements of maker and part: at most one of each stands; a new one supersedes the one before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import exists, select, update

from provenance.core.identity import natural_uid, new_uid
from provenance.core.vocabulary import StatementStatus
from provenance.domain.journal import Author
from provenance.domain.part_keys import add_keys
from provenance.domain.sources import READING, source_id
from provenance.schema.organizations import Organization
from provenance.schema.reference import Part, PartKey
from provenance.schema.rows import insert_row
from provenance.schema.session import Session
from provenance.schema.tables import table
from provenance.text.folding import fold, fold_marking


@dataclass(frozen=True, slots=True)
class Held:
    """What is held of a component's maker and part, by whom and on what basis.

    ``maker`` is an organization's row number, None where it is not known. ``said_by`` is None and ``score``
    0 to 1 where the program guesses.
    """

    maker: int | None
    maker_as_written: str | None
    mpn: str | None
    status: StatementStatus
    basis: str
    said_by: str | None
    score: float | None = None


def state(
    session: Session,
    author: Author,
    component_id: int,
    citation_id: int | None,
    held: Held,
    *,
    first: bool = False,
) -> dict[str, Any]:
    """Writes what is held and supersedes what stood; says what stood before, for the audit.

    ``first`` says that nothing stood: the component has just been written.
    """
    before: dict[str, Any] = {}
    common = {
        "component_id": component_id,
        "status": held.status,
        "said_by": held.said_by,
        "citation_id": citation_id,
    }
    if held.maker_as_written is not None:
        values = {
            "uid": new_uid(),
            "organization_id": held.maker,
            "as_written": held.maker_as_written,
            "basis": held.basis,
            **common,
        }
        before["maker"] = replace(session, "maker_attribution", component_id, values, first=first)
    if held.mpn is not None:
        stating = author.source_id if held.said_by else source_id(session, READING)
        part_id = part_of(session, stating, held.mpn, held.maker)
        if held.status != StatementStatus.TENTATIVE:
            _give_keys(session, part_id, held.mpn)
        values = {
            "uid": new_uid(),
            "part_id": part_id,
            "as_written": held.mpn,
            "method": held.basis,
            "score": held.score,
            **common,
        }
        before["part"] = replace(session, "identification", component_id, values, first=first)
    return before


def replace(
    session: Session, name: str, component_id: int, values: dict[str, Any] | None, *, first: bool = False
) -> str | None:
    """Puts a statement in the place of those that stand, or none; says how the firmest was written.

    What is tentative takes the place of what is tentative only: a published maker stands until somebody
    confirms another. ``first`` says that none stands.
    """
    said = table(name)
    standing = select(said.c.id, said.c.as_written, said.c.status).where(
        said.c.component_id == component_id, said.c.superseded_by.is_(None)
    )
    if values is not None and values["status"] == StatementStatus.TENTATIVE:
        standing = standing.where(said.c.status == StatementStatus.TENTATIVE)
    olds = [] if first else session.execute(standing.order_by(said.c.id)).all()
    numbers = [old.id for old in olds]
    if olds:
        # Of each firmness one may stand at any moment: the old ones step back before the new one comes.
        session.execute(update(said).where(said.c.id.in_(numbers)).values(superseded_by=said.c.id))
    if values is not None:
        new = insert_row(session, said, values)
        if olds:
            session.execute(update(said).where(said.c.id.in_(numbers)).values(superseded_by=new))
    firmest = max(olds, key=lambda old: old.status != StatementStatus.TENTATIVE, default=None)
    return f"{firmest.as_written} ({firmest.status})" if firmest is not None else None


def part_of(session: Session, stating: int, mpn: str, maker: int | None) -> int:
    """The part of that number of that maker; where it is new, made on the word of the source ``stating``."""
    key = fold_marking(mpn)
    own = Part.organization_id.is_(None) if maker is None else Part.organization_id == maker
    known: int | None = session.execute(
        select(Part.id).where(Part.mpn_key == key, own).order_by(Part.id).limit(1)
    ).scalar()
    if known is not None:
        return known
    of = (
        session.execute(select(Organization.uid).where(Organization.id == maker)).scalar_one()
        if maker
        else ""
    )
    values = {
        "uid": natural_uid("part", key, of),
        "organization_id": maker,
        "mpn": mpn,
        "mpn_key": key,
        "folded": fold(mpn),
        "source_id": stating,
    }
    return insert_row(session, Part, values)


def _give_keys(session: Session, part_id: int, mpn: str) -> None:
    if not session.execute(select(exists().where(PartKey.part_id == part_id))).scalar():
        add_keys(session, [(part_id, mpn)])
