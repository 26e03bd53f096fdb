"""The registry of all formats, by kind: a new format is a file of its own and a line here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from provenance.core.errors import UsageError
from provenance.sources.components.gur_components import GurComponents
from provenance.sources.components.mapped import MappedComponents
from provenance.sources.customers.mapped import MappedCustomers
from provenance.sources.customers.records import Customer
from provenance.sources.formats import FileFormat
from provenance.sources.kinds import SourceKind
from provenance.sources.parts.mapped import MappedParts
from provenance.sources.records import ComponentRecord, PartRecord, ShipmentRecord
from provenance.sources.tables import FileKind
from provenance.sources.transfers.mapped import MappedTransfers
from provenance.sources.watchlists.australia import AUSTRALIA_CONSOLIDATED
from provenance.sources.watchlists.base import ListFormat
from provenance.sources.watchlists.bis import DeniedPersons
from provenance.sources.watchlists.canada import CANADA_SEMA
from provenance.sources.watchlists.csl import ConsolidatedScreeningList
from provenance.sources.watchlists.entity_list import EntityList
from provenance.sources.watchlists.eu import EuRegulation
from provenance.sources.watchlists.eu_consolidated import EU_CONSOLIDATED
from provenance.sources.watchlists.japan import JAPAN_END_USERS
from provenance.sources.watchlists.letters import Letter
from provenance.sources.watchlists.ofac import OfacSdn
from provenance.sources.watchlists.opensanctions import (
    OpenSanctionsFtm,
    OpenSanctionsSimple,
    OpenSanctionsStatements,
)
from provenance.sources.watchlists.switzerland import Switzerland
from provenance.sources.watchlists.united_kingdom import UK_SANCTIONS_LIST
from provenance.sources.watchlists.united_nations import UN_CONSOLIDATED

KnownFormat = TypeVar("KnownFormat", bound=FileFormat[Any])


@dataclass(frozen=True, slots=True)
class FormatsOfKind(Generic[KnownFormat]):
    """The formats of one kind of file, those with fixed columns first."""

    kind: SourceKind
    formats: tuple[KnownFormat, ...]

    @property
    def names(self) -> list[str]:
        """The names of the formats."""
        return [known.name for known in self.formats]

    def __contains__(self, name: str) -> bool:
        return name in self.names

    def named(self, name: str) -> KnownFormat:
        """The format of that name.

        Raises:
            UsageError: it does not exist; those of the kind are named.
        """
        for known in self.formats:
            if known.name == name:
                return known
        raise UsageError(
            f"There is no format {name!r} for {self.kind}", hint=f"Known formats: {', '.join(self.names)}."
        )


COMPONENTS: FormatsOfKind[FileFormat[ComponentRecord]] = FormatsOfKind(
    SourceKind.COMPONENTS, (GurComponents(), MappedComponents())
)
PARTS: FormatsOfKind[FileFormat[PartRecord]] = FormatsOfKind(SourceKind.PARTS, (MappedParts(),))
TRANSFERS: FormatsOfKind[FileFormat[ShipmentRecord]] = FormatsOfKind(
    SourceKind.TRANSFERS, (MappedTransfers(),)
)
CUSTOMERS: FormatsOfKind[FileFormat[Customer]] = FormatsOfKind(SourceKind.CUSTOMERS, (MappedCustomers(),))
WATCHLISTS: FormatsOfKind[ListFormat] = FormatsOfKind(
    SourceKind.WATCHLISTS,
    (
        OfacSdn(),
        ConsolidatedScreeningList(),
        DeniedPersons(),
        EntityList(),
        EuRegulation(),
        EU_CONSOLIDATED,
        UK_SANCTIONS_LIST,
        UN_CONSOLIDATED,
        AUSTRALIA_CONSOLIDATED,
        CANADA_SEMA,
        Switzerland(),
        JAPAN_END_USERS,
        OpenSanctionsSimple(),
        OpenSanctionsFtm(),
        OpenSanctionsStatements(),
        Letter("csv", "a list of your own: id, name, aliases, address, country, identifiers", FileKind.TEXT),
        Letter("xlsx", "the same as a spreadsheet: XLSX, ODS or XLS", FileKind.XLSX),
        Letter("docx", "the tables of a letter; without one, each paragraph is an entry", FileKind.DOCX),
    ),
)

KINDS: Sequence[FormatsOfKind[Any]] = (COMPONENTS, PARTS, TRANSFERS, CUSTOMERS, WATCHLISTS)

IMPORTED: Sequence[FormatsOfKind[Any]] = (COMPONENTS, PARTS, TRANSFERS)
"""The kinds whose files become records of the database; the others are compared with these."""


def every_format() -> list[FileFormat[Any]]:
    """All formats, kind by kind; no two have the same name."""
    return [known for kind in KINDS for known in kind.formats]


def kind_of(name: str, among: Sequence[FormatsOfKind[Any]]) -> FormatsOfKind[Any]:
    """The kind that has a format of that name.

    Raises:
        UsageError: none of these has; a kind beside them that has it is named.
    """
    for known in among:
        if name in known:
            return known
    names = ", ".join(format_name for known in among for format_name in known.names)
    elsewhere = next((known.kind for known in KINDS if name in known), None)
    beside = f"{name} is a format of {elsewhere}. " if elsewhere else ""
    raise UsageError(f"There is no format {name!r}", hint=f"{beside}Known formats: {names}.")
