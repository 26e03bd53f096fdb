"""What an amendment keeps when the list comes in again: columns, numbers and dates that it has settled."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from provenance.core.vocabulary import RecoveryDateKind, SerialKind
from provenance.domain.amendments.log import AmendedField
from provenance.domain.recovery_entries import DATE_CELLS
from provenance.schema.recoveries import Component, Recovery

Fields = Mapping[str, AmendedField]

_MADE = (Component.made_earliest, Component.made_latest, Component.made_basis)
_OF_COMPONENT: Mapping[str, tuple[Any, ...]] = {
    "recovery": (Component.recovery_id,),
    "unit": (Component.unit_id,),
    "marking": (Component.marking, Component.marking_mixed, Component.search_key),
    "description": (Component.description, Component.search_key),
    "mpn": (Component.search_key,),
    "component_serial": (Component.component_serial, Component.serial_key, Component.search_key),
    "date_code": (Component.date_code, *_MADE),
    "made": _MADE,
    "category": (Component.category, Component.category_basis),
    "hs": (Component.hs6, Component.hs6_basis),
    "marking_state": (Component.marking_state,),
    "pieces": (Component.pieces,),
    "laboratory": (Component.laboratory,),
    "lot": (Component.lot,),
    "condition": (Component.condition,),
    "tlp": (Component.tlp,),
    "note": (Component.note,),
}
_OF_RECOVERY: Mapping[str, tuple[Any, ...]] = {
    "weapon": (Recovery.weapon_system_id, Recovery.extent),
    "unit_type": (Recovery.unit_type_id, Recovery.extent),
    "extent": (Recovery.extent,),
    "variant": (Recovery.variant,),
    "kind": (Recovery.kind,),
    "place": (Recovery.place,),
    "country": (Recovery.country,),
    "label": (Recovery.label, Recovery.folded),
    "tlp": (Recovery.tlp,),
    "note": (Recovery.note,),
}


def kept_of_component(fields: Fields) -> set[Any]:
    """The columns of a component that its list does not decide any more."""
    return {column for name in fields for column in _OF_COMPONENT.get(name, ())}


def kept_of_recovery(fields: Fields) -> set[Any]:
    """The columns of a recovery that its list does not decide any more."""
    return {column for name in fields for column in _OF_RECOVERY.get(name, ())}


def kept_numbers(fields: Fields) -> set[SerialKind]:
    """The kinds of numbers on a recovery that its list does not decide any more."""
    return {kind for kind in SerialKind if kind.value in fields}


def kept_dates(fields: Fields) -> set[RecoveryDateKind]:
    """The kinds of dates of a recovery that its list does not decide any more."""
    return {kind for name, kind in DATE_CELLS.items() if name in fields}
