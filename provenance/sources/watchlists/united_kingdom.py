"""The UK Sanctions List of the Foreign, Commonwealth and Development Office: CSV, ODS, XLSX, and XML.

A row holds one name and one address of a party; rows share the ``Unique ID``. ``Name 6`` is the last part of
a name, or the whole name of a firm or ship. The first line of the table states the day of the report.
"""

from __future__ import annotations

from types import MappingProxyType

from provenance.core.vocabulary.watched import ListedNameKind, PartyKind
from provenance.sources.watchlists.cell_items import items
from provenance.sources.watchlists.party_layout import (
    BRITISH_DAY,
    ISO_DAY,
    AddressColumns,
    NameColumns,
    NameTypes,
    NumberColumns,
    PartyLayout,
)
from provenance.sources.watchlists.published import PublishedList, XmlList
from provenance.sources.watchlists.xml_records import XmlShape

_NAME_TYPES = MappingProxyType(
    {
        "primary name": ListedNameKind.PRIMARY,
        "primary name variation": ListedNameKind.ALIAS,
        "alias": ListedNameKind.ALIAS,
        "a.k.a.": ListedNameKind.ALIAS,
        "good quality": None,
        "low quality": ListedNameKind.WEAK,
        "formerly known as": ListedNameKind.FORMER,
    }
)
_KINDS = MappingProxyType(
    {"individual": PartyKind.PERSON, "entity": PartyKind.ENTITY, "ship": PartyKind.VESSEL}
)
_PARTS = (1, 2, 3, 4, 5, 6)
_DAYS = (BRITISH_DAY, ISO_DAY, "%d-%b-%Y")

_TABLE = PartyLayout(
    required=("Unique ID", "Name 6", "Name 1", "Name type", "Regime Name", "Address Country"),
    key=("Unique ID",),
    names=(
        NameColumns(tuple(f"Name {part}" for part in _PARTS)),
        NameColumns(("Name non-latin script",), ListedNameKind.ALIAS, split=items),
    ),
    name_types=NameTypes(("Alias strength", "Name type"), _NAME_TYPES),
    addresses=(
        AddressColumns(
            (*(f"Address Line {line}" for line in _PARTS), "Address Postal Code", "Address Country"),
            ("Address Country",),
        ),
    ),
    numbers=(
        NumberColumns("IMO number", "IMO"),
        NumberColumns("Business registration number (s)", "REG"),
        NumberColumns("National Identifier number", "NATIONAL ID"),
        NumberColumns("Passport number", "PASSPORT"),
    ),
    kind=("Designation Type",),
    kinds=_KINDS,
    countries=("Nationality(/ies)",),
    section=("Regime Name",),
    program=("Regime Name", "Sanctions Imposed"),
    since=("Date Designated",),
    day_patterns=_DAYS,
    reference=("OFSI Group ID", "UN Reference Number"),
    remarks=("Other Information",),
)

_NAME, _ADDRESS, _OTHER = "Names/Name", "Addresses/Address", "NonLatinNames/NonLatinName"
_XML = PartyLayout(
    required=(),
    key=("UniqueID",),
    names=(
        NameColumns(tuple(f"{_NAME}/Name{part}" for part in _PARTS)),
        NameColumns((f"{_OTHER}/NameNonLatinScript",), ListedNameKind.ALIAS),
    ),
    name_types=NameTypes((f"{_NAME}/AliasStrength", f"{_NAME}/NameType"), _NAME_TYPES),
    addresses=(
        AddressColumns(
            (
                *(f"{_ADDRESS}/AddressLine{line}" for line in _PARTS),
                f"{_ADDRESS}/AddressPostalCode",
                f"{_ADDRESS}/AddressCountry",
            ),
            (f"{_ADDRESS}/AddressCountry",),
        ),
    ),
    numbers=(
        NumberColumns("//IMONumber", "IMO"),
        NumberColumns("//BusinessRegistrationNumber", "REG"),
        NumberColumns("//NationalIdentifierNumber", "NATIONAL ID"),
        NumberColumns("//PassportNumber", "PASSPORT"),
    ),
    kind=("IndividualEntityShip",),
    kinds=_KINDS,
    countries=("//Nationality",),
    section=("RegimeName",),
    program=("RegimeName", "SanctionsImposed"),
    since=("DateDesignated",),
    day_patterns=_DAYS,
    reference=("OFSIGroupID", "UNReferenceNumber"),
    remarks=("OtherInformation",),
)

UK_SANCTIONS_LIST = PublishedList(
    name="uk",
    title="UK Sanctions List as published: CSV, ODS, XLSX or XML",
    watchlist="uk-sanctions",
    tables=[_TABLE],
    xml=XmlList(
        XmlShape("Designations", ("Designation",), rows=(_NAME, _ADDRESS, _OTHER), key=("UniqueID",)), _XML
    ),
)
