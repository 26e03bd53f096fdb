"""Columns that mix name and marking, as the exports of GUR's list have them, and what stands beside them."""

from __future__ import annotations

from collections.abc import Mapping

from provenance.sources.formats import ReadOptions
from provenance.sources.headers import header_key

MIXED = "name_marking"
"""The field of a text that holds description, marking, lot and date code."""

_GUESSED = header_key("oem_part_number")


def with_mixed_text(mapping: Mapping[str, str], options: ReadOptions) -> dict[str, str]:
    """A mapping from headers to fields, settled for what stands beside such a text.

    Beside a marking it is a description. A part number beside it that is called the OEM's was guessed from it
    by a program, and is read only where the user says so.
    """
    if MIXED not in mapping.values():
        return dict(mapping)
    if "marking" in mapping.values():
        return {name: "description" if field == MIXED else field for name, field in mapping.items()}
    stated = {*options.mapping, *options.saved_mapping}
    guessed = [name for name in mapping if header_key(name) == _GUESSED and name not in stated]
    for name in guessed:
        options.table.note(f"{name} was not read: beside name and marking it is guessed from them")
    return {name: field for name, field in mapping.items() if name not in guessed}
