"""Australia's Consolidated List (DFAT): XLSX, or the same table as CSV.

A row holds one name of a party. The number of a reference identifies the party; a letter after it ("9577a")
counts its further names.
"""

from __future__ import annotations

import re
from types import MappingProxyType

from provenance.core.vocabulary.watched import ListedNameKind, PartyKind
from provenance.sources.watchlists.cell_items import addresses_of
from provenance.sources.watchlists.party_layout import (
    BRITISH_DAY,
    ISO_DAY,
    AddressColumns,
    NameColumns,
    NameTypes,
    NumberColumns,
    PartyLayout,
)
from provenance.sources.watchlists.published import PublishedList

_LAYOUT = PartyLayout(
    required=("Reference", "Name of Individual or Entity", "Type", "Name Type"),
    key=("Reference",),
    key_pattern=re.compile(r"\s*([A-Z]*\d+)", re.IGNORECASE),
    names=(NameColumns(("Name of Individual or Entity",)),),
    name_types=NameTypes(
        ("Alias Strength", "Name Type"),
        MappingProxyType(
            {
                "primary name": ListedNameKind.PRIMARY,
                "original script": ListedNameKind.ALIAS,
                "alias": ListedNameKind.ALIAS,
                "aka": ListedNameKind.ALIAS,
                "formerly known as": ListedNameKind.FORMER,
                "former name": ListedNameKind.FORMER,
                "strong": None,
                "good": None,
                "weak": ListedNameKind.WEAK,
            }
        ),
    ),
    addresses=(AddressColumns(("Address",), split=addresses_of),),
    numbers=(
        NumberColumns("IMO Number", "IMO"),
        NumberColumns("Additional Information", mixed=True),
    ),
    kind=("Type",),
    kinds=MappingProxyType(
        {"individual": PartyKind.PERSON, "entity": PartyKind.ENTITY, "vessel": PartyKind.VESSEL}
    ),
    countries=("Citizenship",),
    section=("Committees",),
    program=("Committees", "Instrument of Designation"),
    reference=("Listing Information",),
    remarks=("Additional Information",),
    day_patterns=(ISO_DAY, BRITISH_DAY),
)

AUSTRALIA_CONSOLIDATED = PublishedList(
    name="au-dfat",
    title="Australia's Consolidated List (DFAT), XLSX or CSV",
    watchlist="au-dfat",
    tables=[_LAYOUT],
)
