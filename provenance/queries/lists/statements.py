"""What the lists say of other records: names, counts and statements, each loaded once for all rows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute

from provenance.core.tlp import ceiling
from provenance.core.vocabulary import StatementStatus, Tlp
from provenance.domain.record_kinds import RecordKind
from provenance.domain.sameness import clusters
from provenance.queries.marked import may_show_component, may_show_recovery, may_show_transfer
from provenance.schema.evidence import Photo, PhotoSubject
from provenance.schema.organizations import Organization
from provenance.schema.recoveries import Component, Identification, MakerAttribution, Recovery
from provenance.schema.reference import Part
from provenance.schema.session import Session
from provenance.schema.sources import Citation, Source
from provenance.schema.transfers import Transfer

Key = InstrumentedAttribute[Any]


def counts(session: Session, key: Key, *where: Any) -> dict[int, int]:
    """How many rows refer to each record by a key."""
    rows = session.execute(select(key, func.count()).where(key.is_not(None), *where).group_by(key))
    return {row[0]: row[1] for row in rows}


def components_shown(clearance: Tlp | None) -> Any:
    """In a statement that names a component by number: those that stand and may be shown. What is marked too
    strictly is not even counted.
    """
    inside = select(Component.id).join(Recovery, Recovery.id == Component.recovery_id)
    inside = inside.where(Component.withdrawn_at.is_(None))
    shown = may_show_component(clearance)
    return inside if shown is None else inside.where(shown)


def recoveries_shown(clearance: Tlp | None) -> Any:
    """In a statement that names a recovery by number: those that stand and may be shown."""
    inside, shown = select(Recovery.id).where(Recovery.withdrawn_at.is_(None)), may_show_recovery(clearance)
    return inside if shown is None else inside.where(shown)


def transfers_shown(clearance: Tlp | None) -> Any:
    """In a statement that names a transfer by number: those that stand and may be shown."""
    inside, shown = select(Transfer.id).where(Transfer.withdrawn_at.is_(None)), may_show_transfer(clearance)
    return inside if shown is None else inside.where(shown)


def labels(session: Session, number: Key, label: Key) -> dict[int, str]:
    """What each record is called, by row number."""
    return {row[0]: row[1] for row in session.execute(select(number, label))}


def firm_names(session: Session) -> dict[int, str]:
    """What each firm is called; those that count as one are called alike."""
    own = labels(session, Organization.id, Organization.label)
    return own | {number: own[first] for number, first in clusters(session, RecordKind.ORGANIZATION).items()}


def makers(session: Session, names: Mapping[int, str]) -> dict[int, tuple[str, str]]:
    """The maker of each component and the status of that statement; what is tentative only where nothing else
    is stated.
    """
    noun = MakerAttribution
    rows = session.execute(
        select(noun.component_id, noun.organization_id, noun.status)
        .where(noun.superseded_by.is_(None), noun.organization_id.is_not(None))
        .order_by(noun.status != StatementStatus.TENTATIVE, noun.id)
    )
    return {number: (names[maker], status) for number, maker, status in rows}


def parts(session: Session) -> dict[int, tuple[str, str]]:
    """The part number of each component and the status of that statement, as `makers`."""
    noun = Identification
    rows = session.execute(
        select(noun.component_id, Part.mpn, noun.status)
        .join(Part, Part.id == noun.part_id)
        .where(noun.superseded_by.is_(None))
        .order_by(noun.status != StatementStatus.TENTATIVE, noun.id)
    )
    return {number: (mpn, status) for number, mpn, status in rows}


def sources(session: Session, key: Key) -> dict[int, str]:
    """The keys of the sources that report each record, in order."""
    rows = session.execute(
        select(key, Source.key)
        .join(Source, Source.id == Citation.source_id)
        .where(key.is_not(None))
        .distinct()
        .order_by(key, Source.key)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for number, source in rows:
        found[number].append(source)
    return {number: ", ".join(each) for number, each in found.items()}


def photos(session: Session, key: Key, clearance: Tlp | None) -> dict[int, int]:
    """How many photos and other files that may be shown show each record itself."""
    allowed = ceiling(clearance)
    rows = session.execute(
        select(key, PhotoSubject.photo_id, Photo.tlp)
        .join(Photo, Photo.id == PhotoSubject.photo_id)
        .where(key.is_not(None), PhotoSubject.withdrawn_at.is_(None))
        .distinct()
    )
    return Counter(number for number, _photo, mark in rows if allowed(mark))
