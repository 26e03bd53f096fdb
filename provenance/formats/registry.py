"""The formats that `provenance import` knows: one line each."""

from __future__ import annotations

from provenance.errors import UsageError
from provenance.formats.base import Format
from provenance.formats.components import MappedComponents
from provenance.formats.gur_components import GurComponents
from provenance.formats.parts import MappedParts
from provenance.formats.transfers import MappedTransfers
from provenance.records import ComponentRecord, PartRecord, ShipmentRecord

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
