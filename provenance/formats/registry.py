"""The formats that `provenance import` knows: one line each."""

from __future__ import annotations

from provenance.errors import UsageError
from provenance.formats.base import Format
from provenance.formats.components import MappedComponents
from provenance.formats.gur_components import GurComponents

FORMATS: tuple[Format, ...] = (GurComponents(), MappedComponents())


def format_named(name: str) -> Format:
    """The format of that name.

    Raises:
        UsageError: there is none; the known ones are named.
    """
    for known in FORMATS:
        if known.name == name:
            return known
    raise UsageError(
        f"There is no format {name!r}", hint=f"Known formats: {', '.join(known.name for known in FORMATS)}"
    )
