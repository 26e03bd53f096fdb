"""OFAC's lists as XML: ``sdn.xml`` and ``consolidated.xml``, with the same entry numbers as the CSV."""

from __future__ import annotations

from types import MappingProxyType

from provenance.core.vocabulary.watched import ListedNameKind, PartyKind
from provenance.sources.watchlists.party_layout import (
    AMERICAN_DAY,
    AddressColumns,
    NameColumns,
    NameTypes,
    NumberColumns,
    PartyLayout,
)
from provenance.sources.watchlists.published import XmlList
from provenance.sources.watchlists.xml_records import XmlShape

_ALIAS, _ADDRESS, _NUMBER = "akaList/aka", "addressList/address", "idList/id"

_LAYOUT = PartyLayout(
    required=(),
    key=("uid",),
    names=(
        NameColumns(("firstName", "lastName"), ListedNameKind.PRIMARY),
        NameColumns((f"{_ALIAS}/firstName", f"{_ALIAS}/lastName")),
    ),
    name_types=NameTypes(
        (f"{_ALIAS}/category", f"{_ALIAS}/type"),
        MappingProxyType(
            {
                "strong": None,
                "weak": ListedNameKind.WEAK,
                "a.k.a.": ListedNameKind.ALIAS,
                "n.k.a.": ListedNameKind.ALIAS,
                "f.k.a.": ListedNameKind.FORMER,
            }
        ),
    ),
    addresses=(
        AddressColumns(
            tuple(
                f"{_ADDRESS}/{part}"
                for part in (
                    "address1", "address2", "address3", "city", "stateOrProvince", "postalCode", "country",
                )
            ),
            (f"{_ADDRESS}/country",),
        ),
    ),
    numbers=(
        NumberColumns(
            f"{_NUMBER}/idNumber", label=(f"{_NUMBER}/idType",), place=(f"{_NUMBER}/idCountry",), mixed=True
        ),
        NumberColumns("remarks", mixed=True),
    ),
    kind=("sdnType",),
    kinds=MappingProxyType(
        {
            "individual": PartyKind.PERSON,
            "entity": PartyKind.ENTITY,
            "vessel": PartyKind.VESSEL,
            "aircraft": PartyKind.AIRCRAFT,
        }
    ),
    countries=("nationalityList/nationality/country", "citizenshipList/citizenship/country"),
    program=("programList/program",),
    day_patterns=(AMERICAN_DAY,),
    remarks=("title", "remarks"),
)  # fmt: skip

OFAC_XML = XmlList(
    XmlShape("sdnList", ("sdnEntry",), rows=(_ALIAS, _ADDRESS, _NUMBER), key=("uid",)), _LAYOUT
)
