"""The registration numbers of a row: from every column of numbers, each named by its header."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from provenance.sources.mapped_format import FieldCells
from provenance.text.registration_numbers import NumbersRead, header_label, read_numbers


def read_number_cells(
    fields: FieldCells,
    cells: Mapping[str, str],
    assumed_place: str | None,
    field: str = "identifiers",
    named: Callable[[str], str] = str,
) -> list[NumbersRead]:
    """What each cell of numbers holds; a bare number is what the header of its column says ("INN").

    ``assumed_place`` is the country of the row's party (ISO 3166-1 alpha-2); see `read_numbers`. ``field`` is
    that of the numbers, and ``named`` gives the part of a header that names them.
    """
    return [
        read_numbers(text, header_label(named(column)), assumed_place=assumed_place)
        for column in fields.columns.get(field, ())
        if (text := cells.get(column, "").strip())
    ]
