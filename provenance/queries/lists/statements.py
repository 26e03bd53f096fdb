"""What the lists say of other records: names, counts and statements, each loaded once for all rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute

from provenance.core.vocabulary import StatementStatus
from provenance.domain.record_kinds import RecordKind
from provenance.domain.sameness import clusters
from provenance.schema.evidence import PhotoSubject
from provenance.schema.organizations import Organization
from provenance.schema.recoveries import Identification, MakerAttribution
from provenance.schema.reference import Part
from provenance.schema.session import Session
from provenance.schema.sources import Citation, Source

Key = InstrumentedAttribute[Any]


def counts(session: Session, key: Key, *where: Any) -> dict[int, int]:
    """How many rows refer to each record by a key."""
    rows = session.execute(select(key, func.count()).where(key.is_not(None), *where).group_by(key))
    return {row[0]: row[1] for row in rows}


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


def photos(session: Session, key: Key) -> dict[int, int]:
    """How many photos and other files show each record itself."""
    return counts(session, key, PhotoSubject.withdrawn_at.is_(None))
