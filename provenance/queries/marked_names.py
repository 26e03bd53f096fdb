"""Which names may be shown: those that only records marked too strictly use may not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select

from provenance.core.vocabulary import Tlp
from provenance.core.vocabulary.field import FIELD_LOG
from provenance.domain.record_kinds import RecordKind, id_column, tables
from provenance.queries.marked import may_show_component, may_show_recovery, may_show_transfer
from provenance.schema.assessments import Seizure
from provenance.schema.base import table_of
from provenance.schema.organizations import Organization
from provenance.schema.recoveries import Component, Identification, MakerAttribution, Recovery, Unit
from provenance.schema.reference import Part, UnitType, WeaponSystem
from provenance.schema.sources import Source
from provenance.schema.transfers import TransferParty

NAMES = (RecordKind.ORGANIZATION, RecordKind.PART, RecordKind.UNIT_TYPE, RecordKind.WEAPON_SYSTEM)
"""Records that carry no mark: names, which are as strict as the records that use them."""


def may_show_name(kind: RecordKind, clearance: Tlp | None) -> ColumnElement[bool] | None:
    """In a statement over firms, parts, weapons or types of units: whether one may be named.

    A name of the reference data always may. Another may where a record that may be shown uses it, or where
    no record uses it at all.
    """
    if clearance is None:
        return None
    uses = _USES[kind]
    shown = [_used(kind, use, clearance) for use in uses]
    any_ = [_used(kind, use, None) for use in uses]
    return or_(_of_the_reference_data(kind), *shown, ~or_(*any_))


def _of_the_reference_data(kind: RecordKind) -> ColumnElement[bool]:
    seeded = {
        RecordKind.ORGANIZATION: Organization.from_seed,
        RecordKind.UNIT_TYPE: UnitType.from_seed,
        RecordKind.WEAPON_SYSTEM: WeaponSystem.from_seed,
    }
    if kind in seeded:
        return and_(seeded[kind])
    logs = select(Source.id).where(Source.key.startswith(FIELD_LOG))
    return Part.source_id.not_in(logs)


@dataclass(frozen=True, slots=True)
class _Use:
    """A statement that uses a name: the column with the name, and the marked record that it is about.

    ``key`` is the statement's key of that record, None where the statement is the record itself.
    """

    name: Any
    about: RecordKind
    key: Any


_USES: dict[RecordKind, tuple[_Use, ...]] = {
    RecordKind.ORGANIZATION: (
        _Use(MakerAttribution.organization_id, RecordKind.COMPONENT, MakerAttribution.component_id),
        _Use(Seizure.authority_id, RecordKind.RECOVERY, Seizure.recovery_id),
        _Use(Seizure.consignor_id, RecordKind.RECOVERY, Seizure.recovery_id),
        _Use(Seizure.consignee_id, RecordKind.RECOVERY, Seizure.recovery_id),
        _Use(TransferParty.organization_id, RecordKind.TRANSFER, TransferParty.transfer_id),
    ),
    RecordKind.PART: (_Use(Identification.part_id, RecordKind.COMPONENT, Identification.component_id),),
    RecordKind.UNIT_TYPE: (
        _Use(Recovery.unit_type_id, RecordKind.RECOVERY, None),
        _Use(Unit.unit_type_id, RecordKind.RECOVERY, Unit.recovery_id),
    ),
    RecordKind.WEAPON_SYSTEM: (_Use(Recovery.weapon_system_id, RecordKind.RECOVERY, None),),
}

_SHOWN: dict[RecordKind, Callable[[Tlp | None], ColumnElement[bool] | None]] = {
    RecordKind.COMPONENT: may_show_component,
    RecordKind.RECOVERY: may_show_recovery,
    RecordKind.TRANSFER: may_show_transfer,
}


def _used(kind: RecordKind, use: _Use, clearance: Tlp | None) -> ColumnElement[bool]:
    """Whether a statement uses this name, about a record that may be shown."""
    statement = select(1).select_from(table_of(use.name)).where(use.name == id_column(kind))
    if clearance is not None:
        if use.key is not None:
            statement = statement.join(tables()[use.about], id_column(use.about) == use.key)
        if use.about is RecordKind.COMPONENT:
            statement = statement.join(Recovery, Recovery.id == Component.recovery_id)
        if (shown := _SHOWN[use.about](clearance)) is not None:
            statement = statement.where(shown)
    return exists(statement.correlate(tables()[kind]))
