"""The fields of a recovery, each declared once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from provenance.core.messages import mark
from provenance.core.vocabulary import Extent, RecoveryKind, WeaponKind
from provenance.fields import values
from provenance.fields.common import CREDIBILITY, DATE_FORM, NOTE, TLP
from provenance.fields.specification import FieldSpec, chosen

if TYPE_CHECKING:
    from provenance.schema.recoveries import Recovery

WHERE: tuple[FieldSpec[Recovery], ...] = (
    FieldSpec(
        "place",
        "A name, or a position: 49.9935, 36.2304 or MGRS 37U CR 01497 41584",
        values.place,
        completes="place",
        question=mark("Place: a name, coordinates or MGRS"),
    ),
    FieldSpec("position", "A position beside a place's name", values.position),
    FieldSpec(
        "precision",
        "Precision of the position, in metres",
        values.metres,
        question=mark("Precision of the position in metres"),
    ),
    FieldSpec(
        "country",
        "Country of the place",
        values.country,
        completes="country",
        column=lambda table: table.country,
        question=mark("Country"),
    ),
)
"""Where it was; a place that is a position is kept as one."""

ASSESSED: tuple[FieldSpec[Recovery], ...] = (
    CREDIBILITY,
    replace(TLP, column=lambda table: table.tlp, asked=True),
    replace(NOTE, column=lambda table: table.note, asked=True),
)
"""What a person says of the entry, and a list does not of a recovery."""

RECOVERY_FIELDS: tuple[FieldSpec[Recovery], ...] = (
    FieldSpec(
        "weapon",
        "The weapon by any of its names",
        completes="weapon",
        asked=True,
        question=mark("Weapon"),
    ),
    chosen("weapon_kind", "Kind of a weapon that is new to the database", WeaponKind),
    FieldSpec("unit_type", "Type of unit, if only a unit was examined", completes="unit_type"),
    FieldSpec("variant", "Variant or modification", column=lambda table: table.variant),
    chosen("extent", "What was examined", Extent, question=mark("Extent")),
    chosen(
        "kind",
        "How it was obtained; for a seizure use its own form",
        RecoveryKind,
        question=mark("How it was obtained"),
    ),
    FieldSpec(
        "serial",
        "Serial number of the weapon",
        values.number,
        asked=True,
        question=mark("Serial number"),
    ),
    FieldSpec("tail", "Tail or side number", values.number),
    FieldSpec("chassis", "Chassis number", values.number),
    FieldSpec("sample", "The examiner's own sample number", values.number),
    FieldSpec("used", f"When it was used: {DATE_FORM}", values.days, asked=True, question=mark("Used on")),
    FieldSpec(
        "recovered",
        "When it was recovered",
        values.days,
        asked=True,
        question=mark("Recovered on"),
    ),
    FieldSpec("captured", "When it was captured", values.days),
    FieldSpec("produced", "When the weapon was produced", values.days),
    FieldSpec("examined", "When it was examined", values.days),
    *(replace(field, asked=bool(field.question)) for field in WHERE),
    FieldSpec("label", "Its name. Defaults to weapon, number, place and date", values.words),
    *ASSESSED,
)
