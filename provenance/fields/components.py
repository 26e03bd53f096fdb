"""The fields of a component, each declared once.

Options, forms, templates, the mapping of lists, the writer and the answers take them from here; a field with
a ``column`` of the component's table needs no more than its line, the column and a migration
(docs/development.md).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from provenance.core.messages import mark
from provenance.core.vocabulary import Authenticity, ComponentCategory, MarkingState
from provenance.core.vocabulary.field import CounterfeitKind, IdentificationState
from provenance.fields import values
from provenance.fields.common import CREDIBILITY, DATE_FORM, NOTE, TLP
from provenance.fields.specification import FieldSpec, chosen

if TYPE_CHECKING:
    from provenance.schema.recoveries import Component

COMPONENT_FIELDS: tuple[FieldSpec[Component], ...] = (
    FieldSpec(
        "recovery",
        "Reference of the recovery that it was in",
        completes="recovery",
        required=True,
        asked=True,
        question=mark("Recovery"),
    ),
    FieldSpec(
        "unit",
        "The unit it was mounted on, by label or reference",
        completes="unit",
        asked=True,
        question=mark("Unit (board)"),
    ),
    FieldSpec(
        "marking",
        "The marking as it is; // separates its lines",
        values.marking,
        also=("marking_state", values.marking_state),
        column=lambda table: table.marking,
        asked=True,
        question=mark("Marking (// separates its lines)"),
    ),
    chosen(
        "marking_state",
        "State of the marking",
        MarkingState,
        column=lambda table: table.marking_state,
        asked=True,
        question=mark("State of the marking"),
    ),
    FieldSpec(
        "description",
        "Description in words",
        values.text,
        column=lambda table: table.description,
        asked=True,
        question=mark("Description"),
    ),
    FieldSpec(
        "pieces",
        "Number of identical pieces. Blank: not counted",
        values.pieces,
        column=lambda table: table.pieces,
        asked=True,
        question=mark("Number of pieces"),
    ),
    FieldSpec("maker", "Whose brand is on it", completes="firm", question=mark("Maker")),
    FieldSpec("mpn", "Its part number", question=mark("Part number")),
    chosen(
        "identification",
        "How certain maker and part number are. Defaults to tentative",
        IdentificationState,
        question=mark("Identification"),
    ),
    FieldSpec(
        "basis",
        "The basis of maker, part and authenticity",
        values.words,
        question=mark("Basis (report, X-ray, letter)"),
    ),
    FieldSpec(
        "said_by",
        "Who assessed this. Defaults to the person who logs it",
        question=mark("Assessed by"),
    ),
    FieldSpec(
        "laboratory",
        "Who examined it",
        column=lambda table: table.laboratory,
        headers=("laboratory", "examined by", "лабораторія", "лаборатория"),
    ),
    FieldSpec(
        "component_serial",
        "Serial number of the component itself: camera, engine, computer; IMEI of a modem",
        values.number,
        column=lambda table: table.component_serial,
        headers=(
            *("component serial", "component serial number", "component serial no", "component s/n"),
            *("serial of the component", "serial number of the component", "item serial", "module serial"),
            *("item serial number", "module serial number", "camera serial number", "engine serial number"),
            *("imei", "imei number", "imei no", "imei code", "номер imei", "код imei", "imei号", "imei码"),
            *("серійний номер компонента", "серійний номер компонента (s/n)", "заводський номер компонента"),
            *("серійний номер модуля", "серійний номер камери", "серійний номер двигуна"),
            *("серийный номер компонента", "заводской номер компонента", "серийный номер модуля"),
            *("серийный номер камеры", "серийный номер двигателя"),
            *("元件序列号", "组件序列号", "器件序列号", "模块序列号", "部件序列号"),
        ),
        asked=True,
        question=mark("Serial number of the component itself"),
    ),
    FieldSpec("date_code", "Date code as marked", column=lambda table: table.date_code),
    FieldSpec("lot", "Lot code as marked", column=lambda table: table.lot),
    FieldSpec("made", f"When it was made: {DATE_FORM}", values.days),
    chosen("category", "What kind of component", ComponentCategory, column=lambda table: table.category),
    FieldSpec("hs", "Customs code", values.hs),
    FieldSpec("condition", "Its condition", values.text, column=lambda table: table.condition),
    chosen(
        "authenticity",
        "Authenticity. Blank: not assessed",
        Authenticity,
        asked=True,
        question=mark("Authenticity"),
    ),
    chosen(
        "counterfeit_kind",
        "Kind of counterfeit",
        CounterfeitKind,
        asked=True,
        question=mark("Kind of counterfeit"),
    ),
    CREDIBILITY,
    replace(TLP, column=lambda table: table.tlp, asked=True),
    replace(NOTE, column=lambda table: table.note, asked=True),
)
