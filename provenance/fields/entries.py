"""The fields of each kind of entry: one list for options, forms, templates and files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from provenance.core.vocabulary import (
    Extent,
    RecoveryKind,
    Reliability,
    UnitKind,
    WeaponKind,
)
from provenance.core.vocabulary.field import Movement, NewName
from provenance.fields import values
from provenance.fields.common import ASSESSED, DATE_FORM
from provenance.fields.components import COMPONENT_FIELDS
from provenance.fields.specification import FieldSpec, chosen
from provenance.text.column_styles import Style, Written


class Kind(StrEnum):
    """The kinds of entries."""

    RECOVERY = "recovery"
    SEIZURE = "seizure"
    UNIT = "unit"
    COMPONENT = "component"
    CITATION = "citation"


_WHERE = (
    FieldSpec(
        "place",
        "A name, or a position: 49.9935, 36.2304 or MGRS 37U CR 01497 41584",
        values.place,
        completes="place",
    ),
    FieldSpec("position", "A position beside a place's name", values.position),
    FieldSpec("precision", "Precision of the position, in metres", values.metres),
    FieldSpec("country", "Country of the place", values.country, completes="country"),
)

RECOVERY = (
    FieldSpec("weapon", "The weapon by any of its names", completes="weapon"),
    chosen("weapon_kind", "Kind of a weapon that is new to the database", WeaponKind),
    FieldSpec("unit_type", "Type of unit, if only a unit was examined", completes="unit_type"),
    FieldSpec("variant", "Variant or modification"),
    chosen("extent", "What was examined", Extent),
    chosen("kind", "How it was obtained; for a seizure use its own form", RecoveryKind),
    FieldSpec("serial", "Serial number of the weapon", values.number),
    FieldSpec("tail", "Tail or side number", values.number),
    FieldSpec("chassis", "Chassis number", values.number),
    FieldSpec("sample", "The examiner's own sample number", values.number),
    FieldSpec("recovered", f"When it was recovered: {DATE_FORM}", values.days),
    FieldSpec("captured", "When it was captured", values.days),
    FieldSpec("used", "When it was used", values.days),
    FieldSpec("produced", "When the weapon was produced", values.days),
    FieldSpec("examined", "When it was examined", values.days),
    *_WHERE,
    FieldSpec("label", "Its name. Defaults to weapon, number, place and date", values.words),
    *ASSESSED,
)
SEIZURE = (
    FieldSpec("authority", "The seizing authority", completes="firm"),
    FieldSpec("seized", f"When it was seized: {DATE_FORM}", values.days),
    FieldSpec("border_point", "Border point, airport or port"),
    chosen("movement", "Movement of the goods", Movement),
    FieldSpec("from_country", "Country of departure", values.country, completes="country"),
    FieldSpec("to_country", "Country of destination", values.country, completes="country"),
    FieldSpec("consignor", "Who sent the goods", completes="firm"),
    FieldSpec("consignee", "To whom they were sent", completes="firm"),
    FieldSpec("goods", "The goods as declared", values.words),
    FieldSpec("hs", "Customs code as declared, six digits or more", values.hs),
    FieldSpec("weapon", "The weapon, if a whole one was seized", completes="weapon"),
    *_WHERE,
    FieldSpec("label", "Its name. Defaults to authority, route and date", values.words),
    *ASSESSED,
)
UNIT = (
    FieldSpec("recovery", "Reference of the recovery it was in", completes="recovery", required=True),
    FieldSpec("label", "Name of the unit, as on it or in the report", required=True),
    FieldSpec("unit_type", "Its type by any of its names", completes="unit_type"),
    chosen("unit_kind", "Kind of a unit type that is new to the database", UnitKind),
    FieldSpec("serial", "Serial number of the unit", values.number),
    FieldSpec("note", "Anything else", values.words),
)
CITATION = (
    FieldSpec(
        "ref",
        "Reference of the recovery, component, transfer or firm that it reports",
        completes="recovery",
        required=True,
    ),
    FieldSpec("source", "Short key of the source", completes="source", required=True),
    FieldSpec("record", "Key of the record in the source. Defaults to its address", values.words),
    FieldSpec("address", "Web address of the record", values.words),
    FieldSpec("quote", "What it says, in its own words", values.words),
    FieldSpec("published", f"When it was published: {DATE_FORM}", values.days),
    FieldSpec("retrieved", "When it was retrieved", values.days),
    FieldSpec("publisher", "Publisher of a source that is new to the database"),
    FieldSpec("title", "Title of that source"),
    FieldSpec("source_address", "Web address of that source", values.words),
    FieldSpec(
        "origin_group", "Name shared by sources that rest on the same wrecks. Defaults to the publisher"
    ),
    chosen("reliability", "Admiralty reliability of a new source. Blank: not assessed", Reliability),
    *ASSESSED[:2],
)

CELLS: Mapping[Kind, tuple[FieldSpec, ...]] = {
    Kind.RECOVERY: RECOVERY,
    Kind.SEIZURE: SEIZURE,
    Kind.UNIT: UNIT,
    Kind.COMPONENT: COMPONENT_FIELDS,
    Kind.CITATION: CITATION,
}


NAMED: Mapping[str, NewName] = {
    "weapon": NewName.WEAPON,
    "unit_type": NewName.UNIT_TYPE,
    "maker": NewName.MAKER,
    **dict.fromkeys(("authority", "consignor", "consignee"), NewName.PARTY),
}
"""The fields that name a record of the reference data, and the kind of a name that is new there."""


def new_names_in(kind: Kind) -> tuple[NewName, ...]:
    """The kinds of names of reference data that an entry may state, each once, in order."""
    return tuple(dict.fromkeys(NAMED[each.name] for each in CELLS[kind] if each.name in NAMED))


NO_STYLES: Mapping[str, Style] = MappingProxyType({})
"""Of an entry that does not stand in a file."""

NEEDED = "required"
"""The fault of a required field without a value."""


class Faults(ValueError):
    """What is wrong with an entry, field by field."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{name}: {reason}" for name, reason in faults.items()))
        self.faults = dict(faults)


def written(kind: Kind) -> dict[str, Written]:
    """The fields of a kind that can be written in two ways, with what they hold."""
    return {
        each.name: each.read.written for each in CELLS[kind] if isinstance(each.read, values.StyledReader)
    }


def cell(kind: Kind, name: str) -> FieldSpec:
    """One field of a kind of entry."""
    return next(each for each in CELLS[kind] if each.name == name)


def read_entry(
    kind: Kind, texts: Mapping[str, str | None], styles: Mapping[str, Style] = NO_STYLES
) -> dict[str, Any]:
    """Every field of a kind, read; what was not given, or given as unknown, is None.

    ``styles`` are those of the columns of a file, by field.

    Raises:
        Faults: a field cannot be read, or a required one is missing.
    """
    return _read_cells(CELLS[kind], texts, styles)


def read_given(
    kind: Kind, texts: Mapping[str, str], styles: Mapping[str, Style] = NO_STYLES
) -> dict[str, Any]:
    """The given fields alone, read; a blank one is None. What a text says of another field is read too.

    Raises:
        Faults: a field cannot be read, or a required one is emptied.
    """
    read = _read_cells([each for each in CELLS[kind] if each.name in texts], texts, styles)
    return {name: value for name, value in read.items() if name in texts or value is not None}


def _read_cells(
    cells: Sequence[FieldSpec], texts: Mapping[str, str | None], styles: Mapping[str, Style]
) -> dict[str, Any]:
    read: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for each in cells:
        given = texts.get(each.name)
        try:
            _refuse_unkeepable(given)
            read[each.name] = each.value(given, styles.get(each.name)) if given and given.strip() else None
        except ValueError as error:
            faults[each.name] = str(error)
            continue
        if each.required and read[each.name] is None:
            faults[each.name] = NEEDED
    if faults:
        raise Faults(faults)
    for each in cells:
        given = texts.get(each.name)
        if each.also is not None and given:
            name, read_also = each.also
            read[name] = read.get(name) if read.get(name) is not None else read_also(given)
    return read


def _refuse_unkeepable(given: str | None) -> None:
    # PostgreSQL cannot store this character, and both databases should store the same.
    if given is not None and "\0" in given:
        raise ValueError("a null character")
    # What a terminal of another encoding sends arrives as lone surrogates, which no database keeps.
    if given is not None and not given.isascii() and any("\ud800" <= char <= "\udfff" for char in given):
        raise ValueError("not UTF-8")
