"""Entries: the fields of each kind, for options, forms, templates and files alike; and how one is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from provenance.core.vocabulary.field import NewName
from provenance.fields import values
from provenance.fields.citations import CITATION_FIELDS
from provenance.fields.components import COMPONENT_FIELDS
from provenance.fields.recoveries import RECOVERY_FIELDS
from provenance.fields.seizures import SEIZURE_FIELDS
from provenance.fields.specification import FieldSpec
from provenance.fields.units import UNIT_FIELDS
from provenance.text.column_styles import Style, Written


class Kind(StrEnum):
    """The kinds of entries."""

    RECOVERY = "recovery"
    SEIZURE = "seizure"
    UNIT = "unit"
    COMPONENT = "component"
    CITATION = "citation"


CELLS: Mapping[Kind, tuple[FieldSpec[Any], ...]] = {
    Kind.RECOVERY: RECOVERY_FIELDS,
    Kind.SEIZURE: SEIZURE_FIELDS,
    Kind.UNIT: UNIT_FIELDS,
    Kind.COMPONENT: COMPONENT_FIELDS,
    Kind.CITATION: CITATION_FIELDS,
}
"""The fields of each kind, in the order of forms and templates."""

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


def cell(kind: Kind, name: str) -> FieldSpec[Any]:
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
    cells: Sequence[FieldSpec[Any]], texts: Mapping[str, str | None], styles: Mapping[str, Style]
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
