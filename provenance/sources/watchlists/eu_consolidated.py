"""The EU's consolidated list of financial sanctions (FSF): CSV of editions 1.0 and 1.1, and XML.

A row of the CSV holds one name, one address, one number or one date of birth of a party; rows share the
logical id. In the XML these are elements of the party's own. A name that is not ``strong``, or that the list
calls one of low quality, is a weak alias.
"""

from __future__ import annotations

from types import MappingProxyType

from provenance.core.vocabulary.watched import ListedNameKind, PartyKind
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

_KINDS = MappingProxyType(
    {
        "e": PartyKind.ENTITY,
        "enterprise": PartyKind.ENTITY,
        "entity": PartyKind.ENTITY,
        "p": PartyKind.PERSON,
        "person": PartyKind.PERSON,
        "v": PartyKind.VESSEL,
        "vessel": PartyKind.VESSEL,
    }
)
_STRENGTH = MappingProxyType(
    {"true": None, "1": None, "false": ListedNameKind.WEAK, "0": ListedNameKind.WEAK}
)

_TABLE = PartyLayout(
    required=("Entity_LogicalId", "NameAlias_WholeName"),
    key=("Entity_LogicalId",),
    own_id=("Entity_EU_ReferenceNumber",),
    names=(
        NameColumns(("NameAlias_WholeName",)),
        NameColumns(
            ("NameAlias_FirstName", "NameAlias_MiddleName", "NameAlias_LastName"),
            instead_of=("NameAlias_WholeName",),
        ),
    ),
    name_types=NameTypes(("NameAlias_Strong",), _STRENGTH),
    addresses=(
        AddressColumns(
            (
                "Address_Street", "Address_PoBox", "Address_Place", "Address_ZipCode", "Address_City",
                "Address_Region", "Address_CountryDescription",
            ),
            ("Address_CountryIso2Code", "Address_CountryDescription"),
        ),
    ),
    numbers=(
        NumberColumns(
            "Identification_Number",
            label=("Identification_TypeDescription", "Identification_TypeCode"),
            place=("Identification_CountryIso2Code", "Identification_CountryDescription"),
        ),
    ),
    kind=("Entity_SubjectType_ClassificationCode", "Entity_SubjectType"),
    kinds=_KINDS,
    countries=("Citizenship_CountryIso2Code",),
    section=("Entity_Regulation_Programme",),
    program=("Entity_Regulation_Programme",),
    since=("Entity_DesignationDate",),
    day_patterns=(ISO_DAY, BRITISH_DAY),
    reference=("Entity_UnitedNationId",),
    remarks=("Entity_Remark", "Entity_DesignationDetails"),
)  # fmt: skip

_TABLE_1_0 = PartyLayout(
    required=("Entity_logical_id", "Naal_wholename"),
    key=("Entity_logical_id",),
    own_id=("EU_ref_num",),
    names=(
        NameColumns(("Naal_wholename",)),
        NameColumns(("Naal_firstname", "Naal_middlename", "Naal_lastname"), instead_of=("Naal_wholename",)),
    ),
    addresses=(
        AddressColumns(
            ("Addr_number", "Addr_street", "Addr_zipcode", "Addr_city", "Addr_other", "Addr_country"),
            ("Addr_country",),
        ),
    ),
    numbers=(NumberColumns("Iden_number", place=("Iden_country",)),),
    kind=("Subject_type",),
    kinds=_KINDS,
    countries=("Citi_country",),
    section=("Programme",),
    program=("Programme",),
    # The publication of the act that amended an entry last is not the day of its listing.
    remarks=("Entity_remark",),
)

_PLACE = tuple(f"address/@{part}" for part in ("street", "poBox", "place", "zipCode", "city", "region"))
_XML = PartyLayout(
    required=(),
    key=("@logicalId",),
    own_id=("@euReferenceNumber",),
    names=(
        NameColumns(("nameAlias/@wholeName",)),
        NameColumns(
            ("nameAlias/@firstName", "nameAlias/@middleName", "nameAlias/@lastName"),
            instead_of=("nameAlias/@wholeName",),
        ),
    ),
    name_types=NameTypes(("nameAlias/@strong",), _STRENGTH),
    addresses=(
        AddressColumns(
            (*_PLACE, "address/@countryDescription"),
            ("address/@countryIso2Code", "address/@countryDescription"),
        ),
    ),
    numbers=(
        NumberColumns(
            "identification/@number",
            label=("identification/@identificationTypeDescription", "identification/@identificationTypeCode"),
            place=("identification/@countryIso2Code", "identification/@countryDescription"),
        ),
        NumberColumns(
            "identification/@latinNumber",
            label=("identification/@identificationTypeDescription", "identification/@identificationTypeCode"),
            place=("identification/@countryIso2Code", "identification/@countryDescription"),
        ),
    ),
    kind=("subjectType/@classificationCode", "subjectType/@code"),
    kinds=_KINDS,
    countries=("citizenship/@countryIso2Code",),
    section=("regulation/@programme",),
    program=("regulation/@programme",),
    since=("@designationDate",),
    reference=("@unitedNationId",),
    remarks=("remark", "@designationDetails"),
)

EU_CONSOLIDATED = PublishedList(
    name="eu-fsf",
    title="EU consolidated list of financial sanctions (FSF), CSV or XML",
    watchlist="eu-fsf",
    tables=[_TABLE, _TABLE_1_0],
    xml=XmlList(
        XmlShape(
            "export",
            ("sanctionEntity",),
            rows=("nameAlias", "address", "identification", "citizenship", "birthdate", "regulation"),
            key=("@logicalId",),
        ),
        _XML,
    ),
)
