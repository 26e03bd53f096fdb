"""What a seizure adds to the record of a recovery."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from provenance.core.identity import reference
from provenance.domain.declared_fields import declared_columns
from provenance.domain.record_kinds import RecordKind
from provenance.fields.seizures import OWN_FIELDS
from provenance.queries.records.common import more_of
from provenance.schema.assessments import Seizure
from provenance.schema.base import aliased
from provenance.schema.organizations import Organization
from provenance.schema.session import Session


@dataclass(frozen=True, slots=True)
class SeizureParty:
    """A party of a seizure: an organization by its label, or as written where it has no reference."""

    name: str
    ref: str | None


@dataclass(frozen=True, slots=True)
class SeizureFacts:
    """What was seized, where, from whom and on its way to whom; None is unknown.

    ``more`` are the fields that are declared and have no attribute here (`provenance.fields.seizures`).
    """

    authority: SeizureParty | None
    border_point: str | None
    direction: str | None
    from_country: str | None
    to_country: str | None
    consignor: SeizureParty | None
    consignee: SeizureParty | None
    declared_goods: str | None
    declared_hs: str | None
    more: dict[str, Any]


_ATTRIBUTES = {"border_point", "movement", "from_country", "to_country", "goods"}
"""The declared fields that have an attribute of their own."""

_MORE = declared_columns(OWN_FIELDS, Seizure, but=_ATTRIBUTES)


def seizure_facts(session: Session, recovery_id: int) -> SeizureFacts | None:
    """The facts of a seizure; None for another recovery."""
    authority, consignor, consignee = (aliased(Organization) for _role in range(3))
    row: Any = session.execute(
        select(
            Seizure,
            authority.label.label("authority"),
            authority.uid.label("authority_uid"),
            consignor.label.label("consignor"),
            consignor.uid.label("consignor_uid"),
            consignee.label.label("consignee"),
            consignee.uid.label("consignee_uid"),
        )
        .outerjoin(authority, authority.id == Seizure.authority_id)
        .outerjoin(consignor, consignor.id == Seizure.consignor_id)
        .outerjoin(consignee, consignee.id == Seizure.consignee_id)
        .where(Seizure.recovery_id == recovery_id)
    ).first()
    if row is None:
        return None
    return SeizureFacts(
        authority=_party(row.authority, row.authority_uid, row.authority_as_written),
        border_point=row.border_point,
        direction=row.movement,
        from_country=row.from_country,
        to_country=row.to_country,
        consignor=_party(row.consignor, row.consignor_uid, row.consignor_as_written),
        consignee=_party(row.consignee, row.consignee_uid, row.consignee_as_written),
        declared_goods=row.declared_goods,
        declared_hs=row.declared_hs,
        more=more_of(row, _MORE),
    )


def _party(label: str | None, uid: str | None, as_written: str | None) -> SeizureParty | None:
    if label is not None and uid is not None:
        return SeizureParty(label, reference(RecordKind.ORGANIZATION, uid))
    return SeizureParty(as_written, None) if as_written else None
