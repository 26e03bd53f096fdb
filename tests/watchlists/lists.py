"""Small lists in every format, written for the purpose: made-up parties in the shapes that publishers use."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence


def columns(text: str) -> list[str]:
    """A header as it stands in a file."""
    return text.split(",")


CSL_HEADER = columns(
    "source,entity_number,type,programs,name,title,addresses,federal_register_notice,start_date,"
    "end_date,standard_order,license_requirement,license_policy,call_sign,vessel_type,gross_tonnage,"
    "gross_registered_tonnage,vessel_flag,vessel_owner,remarks,source_list_url,alt_names,"
    "citizenships,dates_of_birth,nationalities,places_of_birth,source_information_url,ids"
)
EU_HEADER = columns(
    "celex,recordId,programKey,annex,measure,startDate,reason,schema,name,alias,weakAlias,"
    "previousName,country,registrationNumber,innCode,imoNumber,address,notes"
)
DPL_HEADER = columns(
    "Name,Street_Address,City,State,Country,Postal_Code,Effective_Date,Expiration_Date,"
    "Standard_Order,Last_Update,Action,FR_Citation"
)
SIMPLE_HEADER = columns(
    "id,schema,name,aliases,birth_date,countries,addresses,identifiers,sanctions,phones,emails,"
    "program_ids,dataset,first_seen,last_seen,last_change"
)

ENTITY_LIST = "Entity List (EL) - Bureau of Industry and Security"


def table(header: Sequence[str], rows: Sequence[dict[str, str]], delimiter: str = ",") -> str:
    """A CSV text; what a row leaves out is empty."""
    stream = io.StringIO()
    writer = csv.DictWriter(
        stream, header, restval="", delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\n"
    )
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


def csl(*rows: dict[str, str], ids: bool = False) -> str:
    """A Consolidated Screening List; with ``ids`` in the newer layout."""
    if not ids:
        return table(CSL_HEADER, rows)
    return table(["_id", *CSL_HEADER], [{"_id": f"row{place}", **row} for place, row in enumerate(rows)])


def sdn(*rows: tuple[str, str, str], end: str = "\x1a", newline: str = "\r\n") -> str:
    """OFAC's main file: entry number, name, remarks."""
    lines = [
        f'{number},"{name}",-0- ,"TEST",' + "-0- ," * 7 + f'"{remarks}"' for number, name, remarks in rows
    ]
    return newline.join(lines) + newline + end


SDN = sdn(
    ("101", "OBSIDIAN HELIX TRADING LLC", "Tax ID No. 7709998887 (Russia); a.k.a. 'OHT'."),
    ("102", "ZIRCON BAY SHIPPING", "Linked To: OBSIDIAN HELIX TRADING LLC."),
    ("103", "DELTA, Boris Petrovich", "DOB 01 Jan 1960."),
)
ADD = '101,1,"5 Quarry Lane","Riga","Latvia",-0- \r\n102,2,-0- ,"Valletta","Malta",-0- \r\n\x1a'
ALT = '101,11,"aka","HELIX COMMODITIES",-0- \r\n101,12,"fka","OBSIDIAN GRAIN",-0- \r\n\x1a'

CSL = csl(
    {"source": ENTITY_LIST, "name": "Obsidian Helix FZE; and any successor, sub-unit, or subsidiary thereof",
     "addresses": "Room 1318-19, 610 Cedar Road, Dubai, AE; P.O. Box 4711, Dubai, AE",
     "start_date": "2021-03-04",
     "license_requirement": "For all items subject to the EAR", "license_policy": "Presumption of denial",
     "alt_names": "Helix Free Zone; and OHF", "ids": "AE, 998877, Trade License No."},
    {"source": ENTITY_LIST, "name": "Address 01", "addresses": "Room 1318-20, 610 Cedar Road, Dubai, AE",
     "start_date": "2024-06-12"},
    {"source": "Specially Designated Nationals (SDN) - Treasury Department", "entity_number": "101",
     "type": "Entity", "name": "ZIRCON BAY SHIPPING", "addresses": "Valletta, MT"},
)  # fmt: skip

CSL_JSON = json.dumps(
    {
        "total": 2,
        "results": [
            {"id": "a1", "source": ENTITY_LIST, "name": "Obsidian Helix FZE",
             "alt_names": ["Helix Free Zone"],
             "addresses": [{"address": "610 Cedar Road", "city": "Dubai", "country": "AE"}],
             "ids": [{"type": "Tax ID No.", "number": "998877665", "country": "AE"}],
             "start_date": "2021-03-04"},
            {"id": "a2", "source": ENTITY_LIST, "name": "Zircon Bay", "alt_names": [], "addresses": None,
             "ids": [], "start_date": "2022-01-01"},
            {"id": "a3", "source": ENTITY_LIST, "name": "Marble Reef", "alt_names": [], "addresses": [],
             "ids": [], "start_date": None},
        ],
    }
)  # fmt: skip

DPL = table(
    DPL_HEADER,
    [
        {"Name": " OTTO HELIX", "Street_Address": "5 QUARRY LANE", "City": "AUSTIN", "Country": "US",
         "Effective_Date": "10/16/2017", "Expiration_Date": "10/13/2020", "Standard_Order": "Y"},
        {"Name": "OTTO HELIX", "Street_Address": "9 HARBOUR WAY", "City": "TAMPA", "Country": "US",
         "Effective_Date": "10/16/2017", "Expiration_Date": "10/13/2020", "Standard_Order": "Y"},
        {"Name": "MARBLE REEF GMBH", "Country": "DE", "Effective_Date": "01/02/2019", "Expiration_Date": ""},
        {"Name": "QUARTZ INN", "Country": "AT", "Effective_Date": "01/02/2019"},
    ],
    delimiter="\t",
)  # fmt: skip

EU = table(
    EU_HEADER,
    [
        {"celex": "32099R0001", "recordId": "7", "annex": "IV", "measure": "Export control",
         "startDate": "12.9.2014",
         "schema": "LegalEntity", "name": "JSC Granit-Vektor",
         "alias": "Акционерное Общество «Гранит-Вектор»; AO GV",
         "registrationNumber": "7701234567 (Tax ID/INN)",
         "address": "1 Lesnaya Str., Tver, Russian Federation"},
        {"celex": "32099R0001", "annex": "XIII", "measure": "Financial restrictions", "schema": "LegalEntity",
         "name": "Port of Nowhere", "previousName": "Port Nowhere"},
        {"celex": "32099R0001", "recordId": "9", "annex": "XLII", "startDate": "25 November 2025",
         "schema": "Vessel", "name": "MARBLE REEF", "imoNumber": "9074729"},
    ],
)  # fmt: skip

SIMPLE = table(
    SIMPLE_HEADER,
    [
        {"id": "NK-one", "schema": "Company", "name": "Obsidian Helix", "aliases": 'Helix;"HELIX ""NORD"""',
         "countries": "ru", "identifiers": "IMO6495856;7709998887", "dataset": "test"},
        {"id": "NK-two", "schema": "Person", "name": "DELTA Boris", "aliases": "ДЕЛЬТА Борис",
         "dataset": "test"},
        {"id": "NK-three", "schema": "Vessel", "name": "MARBLE REEF", "dataset": "test"},
    ],
)  # fmt: skip

FTM = "".join(
    json.dumps(entity, ensure_ascii=False) + "\n"
    for entity in (
        {"id": "NK-one", "schema": "Company", "caption": "Obsidian Helix", "target": True,
         "properties": {"name": ["Obsidian Helix", "Обсидиан Хеликс"], "innCode": ["7709998887"],
                        "addressEntity": ["addr-1"], "previousName": ["Obsidian Grain"]}},
        {"id": "addr-1", "schema": "Address", "caption": "x", "target": False,
         "properties": {"full": ["5 Quarry Lane, Riga"], "country": ["lv"]}},
        {"id": "s-1", "schema": "Sanction", "caption": "s", "target": False,
         "properties": {"entity": ["NK-one"], "programId": ["TEST-1"], "authority": ["The Authority"]}},
        {"id": "NK-two", "schema": "Person", "caption": "Boris Delta", "target": True,
         "properties": {"name": ["Boris Delta"], "weakAlias": ["BD"]}},
        {"id": "NK-three", "schema": "Vessel", "caption": "MARBLE REEF", "target": True,
         "properties": {"name": ["MARBLE REEF"]}},
    )
)  # fmt: skip

OWN_HEADER = ("id", "name", "aliases", "address", "country", "identifiers")


def own(*rows: dict[str, str]) -> str:
    """A list of one's own."""
    days = [name for name in ("since", "until") if any(name in row for row in rows)]
    return table([*OWN_HEADER, *days], rows)


OWN = own(
    {"id": "A1", "name": "Obsidian Helix LLC", "aliases": "Helix Commodities; Обсидиан", "country": "Latvia",
     "address": "5 Quarry Lane, Riga", "identifiers": "INN 7709998887"},
    {"id": "A2", "name": "Zircon Bay Shipping", "country": "MT"},
    {"id": "A3", "name": "Marble Reef GmbH", "country": "DE"},
)  # fmt: skip
