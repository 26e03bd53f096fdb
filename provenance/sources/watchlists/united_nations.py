"""The United Nations Security Council Consolidated List, XML.

Names of persons are in up to four parts, and in their own script; ``QUALITY`` says how good an alias is. The
data id identifies an entry; the reference number ("QDi.001") is what people call it.
"""

from __future__ import annotations

from types import MappingProxyType

from provenance.core.vocabulary.watched import ListedNameKind, PartyKind
from provenance.sources.watchlists.cell_items import items
from provenance.sources.watchlists.party_layout import (
    ISO_DAY,
    AddressColumns,
    NameColumns,
    NameTypes,
    NumberColumns,
    PartyLayout,
)
from provenance.sources.watchlists.published import PublishedList, XmlList
from provenance.sources.watchlists.xml_records import RECORD, XmlShape

_TYPES = ("INDIVIDUAL", "ENTITY")
_QUALITY = MappingProxyType(
    {
        "good": None,
        "low": ListedNameKind.WEAK,
        "a.k.a.": ListedNameKind.ALIAS,
        "aka": ListedNameKind.ALIAS,
        "f.k.a.": ListedNameKind.FORMER,
        "fka": ListedNameKind.FORMER,
    }
)
_PLACE = ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY")

_LAYOUT = PartyLayout(
    required=(),
    key=("DATAID",),
    own_id=("REFERENCE_NUMBER",),
    names=(
        NameColumns(("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME"), ListedNameKind.PRIMARY),
        NameColumns(("NAME_ORIGINAL_SCRIPT",), ListedNameKind.ALIAS, split=items),
        *(NameColumns((f"{kind}_ALIAS/ALIAS_NAME",), split=items) for kind in _TYPES),
    ),
    name_types=NameTypes(tuple(f"{kind}_ALIAS/QUALITY" for kind in _TYPES), _QUALITY),
    addresses=tuple(
        AddressColumns(tuple(f"{kind}_ADDRESS/{part}" for part in _PLACE), (f"{kind}_ADDRESS/COUNTRY",))
        for kind in _TYPES
    ),
    numbers=(
        NumberColumns(
            "INDIVIDUAL_DOCUMENT/NUMBER",
            label=("INDIVIDUAL_DOCUMENT/TYPE_OF_DOCUMENT", "INDIVIDUAL_DOCUMENT/TYPE_OF_DOCUMENT2"),
            place=("INDIVIDUAL_DOCUMENT/ISSUING_COUNTRY", "INDIVIDUAL_DOCUMENT/COUNTRY_OF_ISSUE"),
        ),
        NumberColumns("COMMENTS1", mixed=True),
    ),
    kind=(RECORD,),
    kinds=MappingProxyType({"individual": PartyKind.PERSON, "entity": PartyKind.ENTITY}),
    countries=("NATIONALITY/VALUE",),
    section=("UN_LIST_TYPE",),
    program=("UN_LIST_TYPE",),
    since=("LISTED_ON",),
    day_patterns=(ISO_DAY,),
    reference=("REFERENCE_NUMBER",),
    remarks=("COMMENTS1",),
)

UN_CONSOLIDATED = PublishedList(
    name="un",
    title="UN Security Council Consolidated List, XML",
    watchlist="un-sc",
    xml=XmlList(
        XmlShape(
            "CONSOLIDATED_LIST",
            _TYPES,
            rows=tuple(f"{kind}_{part}" for kind in _TYPES for part in ("ALIAS", "ADDRESS", "DOCUMENT")),
            key=("DATAID",),
        ),
        _LAYOUT,
    ),
)
