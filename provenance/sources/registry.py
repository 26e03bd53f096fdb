"""The formats that `provenance import` knows: one line each."""

from __future__ import annotations

from provenance.core.errors import UsageError
from provenance.sources.base import Format
from provenance.sources.components import MappedComponents
from provenance.sources.gur_components import GurComponents
from provenance.sources.parts import MappedParts
from provenance.sources.records import ComponentRecord, PartRecord, ShipmentRecord
from provenance.sources.transfers import MappedTransfers

FORMATS: tuple[Format[ComponentRecord], ...] = (GurComponents(), MappedComponents())
"""Lists of components."""

CATALOGUES: tuple[Format[PartRecord], ...] = (MappedParts(),)
"""Lists of parts that makers sell."""

SHIPMENTS: tuple[Format[ShipmentRecord], ...] = (MappedTransfers(),)
"""Lists of transfers."""


def format_named(name: str) -> Format[ComponentRecord]:
    """The list format of that name.

    Raises:
        UsageError: there is none; the known ones are named.
    """
    for known in FORMATS:
        if known.name == name:
            return known
    names = ", ".join(each.name for known in (FORMATS, CATALOGUES, SHIPMENTS) for each in known)
    raise UsageError(f"There is no format {name!r}", hint=f"Known formats: {names}")


def catalogue_named(name: str) -> Format[PartRecord] | None:
    """The catalogue format of that name, if it is one."""
    return next((known for known in CATALOGUES if known.name == name), None)


def shipments_named(name: str) -> Format[ShipmentRecord] | None:
    """The format of transfers of that name, if it is one."""
    return next((known for known in SHIPMENTS if known.name == name), None)
