"""The fields of a unit inside a recovery, each declared once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from provenance.core.messages import mark
from provenance.core.vocabulary import UnitKind
from provenance.fields import values
from provenance.fields.common import NOTE
from provenance.fields.specification import FieldSpec, chosen

if TYPE_CHECKING:
    from provenance.schema.recoveries import Unit

UNIT_FIELDS: tuple[FieldSpec[Unit], ...] = (
    FieldSpec(
        "recovery",
        "Reference of the recovery it was in",
        completes="recovery",
        required=True,
        asked=True,
        question=mark("Recovery"),
    ),
    FieldSpec(
        "label",
        "Name of the unit, as on it or in the report",
        required=True,
        column=lambda table: table.label,
        asked=True,
        question=mark("Name of the unit"),
    ),
    FieldSpec(
        "unit_type",
        "Its type by any of its names",
        completes="unit_type",
        asked=True,
        question=mark("Unit type"),
    ),
    chosen("unit_kind", "Kind of a unit type that is new to the database", UnitKind),
    FieldSpec(
        "serial",
        "Serial number of the unit",
        values.number,
        column=lambda table: table.serial,
        asked=True,
        question=mark("Serial number"),
    ),
    replace(NOTE, column=lambda table: table.note, asked=True),
)
