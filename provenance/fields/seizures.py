"""The fields of a seizure, each declared once: those of its own, and those of the recovery that it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from provenance.core.messages import mark
from provenance.core.vocabulary.field import Movement
from provenance.fields import values
from provenance.fields.common import DATE_FORM
from provenance.fields.recoveries import ASSESSED, WHERE
from provenance.fields.specification import FieldSpec, chosen

if TYPE_CHECKING:
    from provenance.schema.assessments import Seizure

OWN_FIELDS: tuple[FieldSpec[Seizure], ...] = (
    FieldSpec(
        "authority",
        "The seizing authority",
        completes="firm",
        asked=True,
        question=mark("Seizing authority"),
    ),
    FieldSpec(
        "seized",
        f"When it was seized: {DATE_FORM}",
        values.days,
        asked=True,
        question=mark("Seized on"),
    ),
    FieldSpec(
        "border_point",
        "Border point, airport or port",
        column=lambda table: table.border_point,
        asked=True,
        question=mark("Border point"),
    ),
    chosen(
        "movement",
        "Movement of the goods",
        Movement,
        column=lambda table: table.movement,
        asked=True,
        question=mark("Movement of the goods"),
    ),
    FieldSpec(
        "from_country",
        "Country of departure",
        values.country,
        completes="country",
        column=lambda table: table.from_country,
        asked=True,
        question=mark("Country of departure"),
    ),
    FieldSpec(
        "to_country",
        "Country of destination",
        values.country,
        completes="country",
        column=lambda table: table.to_country,
        asked=True,
        question=mark("Country of destination"),
    ),
    FieldSpec("consignor", "Who sent the goods", completes="firm", asked=True, question=mark("Consignor")),
    FieldSpec(
        "consignee", "To whom they were sent", completes="firm", asked=True, question=mark("Consignee")
    ),
    FieldSpec(
        "goods",
        "The goods as declared",
        values.words,
        column=lambda table: table.declared_goods,
        asked=True,
        question=mark("Goods as declared"),
    ),
    FieldSpec(
        "hs",
        "Customs code as declared, six digits or more",
        values.hs,
        asked=True,
        question=mark("Customs code as declared"),
    ),
)
"""What is stated about the seizure itself."""

SEIZURE_FIELDS: tuple[FieldSpec[Any], ...] = (
    *OWN_FIELDS,
    FieldSpec("weapon", "The weapon, if a whole one was seized", completes="weapon"),
    *WHERE,
    FieldSpec("label", "Its name. Defaults to authority, route and date", values.words),
    *ASSESSED,
)
