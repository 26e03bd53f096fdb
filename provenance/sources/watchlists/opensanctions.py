"""OpenSanctions: ``targets.simple.csv``, and FollowTheMoney entities, one JSON object per line."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from provenance.core.errors import BadInput
from provenance.core.vocabulary.watched import ListedNameKind, PartyKind
from provenance.sources.formats import FileSample, ReadOptions
from provenance.sources.recognition import refuse_other_format
from provenance.sources.tables import strict_lines
from provenance.sources.watchlists.base import (
    FixedFormat,
    Row,
    country_or_none,
    identifier_texts,
    named,
    once,
    refuse_layout,
    rows_of,
    texts,
)
from provenance.sources.watchlists.records import AddressText, ListEntry, NameText
from provenance.text.registration_numbers import RegistrationNumber, read_numbers

_REQUIRED = ("id", "schema", "name", "aliases", "countries", "addresses", "identifiers", "dataset")
_KINDS = {
    "Company": PartyKind.ENTITY,
    "LegalEntity": PartyKind.ENTITY,
    "Organization": PartyKind.ENTITY,
    "PublicBody": PartyKind.ENTITY,
    "Person": PartyKind.PERSON,
    "Vessel": PartyKind.VESSEL,
    "Airplane": PartyKind.AIRCRAFT,
    "Vehicle": PartyKind.ASSET,
    "Address": PartyKind.ADDRESS,
}
_NUMBERS = {
    "innCode": "INN",
    "ogrnCode": "OGRN",
    "okpoCode": "OKPO",
    "leiCode": "LEI",
    "imoNumber": "IMO",
    "mmsi": "MMSI",
    "swiftBic": "BIC",
    "taxNumber": "TAX",
    "uscCode": "USCC",
    "dunsCode": "DUNS",
    "uniqueEntityId": "UEI",
    "cageCode": "CAGE",
    "kppCode": "KPP",
    "bikCode": "BIK",
    "vatCode": "VAT",
    "npiCode": "NPI",
    "registrationNumber": "REG",
    "idNumber": "NATIONAL ID",
    "passportNumber": "PASSPORT",
}
_SHORTEST_REMARK = 3
_LONGEST_REMARK = 600


class OpenSanctionsSimple(FixedFormat):
    """``targets.simple.csv``: one target a row."""

    name = "opensanctions-simple"
    title = "OpenSanctions targets.simple.csv"
    columns = _REQUIRED

    def sniff(self, sample: FileSample) -> bool:
        """Whether the columns are those of targets.simple.csv."""
        return set(_REQUIRED) <= set(sample.header)

    def read(self, file: Path, options: ReadOptions) -> Iterator[ListEntry]:
        """Every entry in order; see `ListFormat.read`."""
        for row in rows_of(file, options, self, _REQUIRED):
            names = named(row["name"], _values(row["aliases"]))
            if not names or not row["id"]:
                raise BadInput("an entry without id or name", file=file.name, line=row.line)
            yield _simple(row, names)


def _simple(row: Row, names: tuple[NameText, ...]) -> ListEntry:
    countries = [country for code in _values(row["countries"]) if (country := country_or_none(code))]
    only = countries[0] if len(countries) == 1 else None
    return ListEntry(
        line=row.line,
        identity=row["id"],
        own_id=row["id"],
        names=names,
        kind=_KINDS.get(row["schema"]),
        addresses=tuple(AddressText(text, only) for text in _values(row["addresses"]))
        or tuple(AddressText("", country) for country in countries),
        identifiers=identifier_texts(
            number
            for value in _values(row["identifiers"])
            for number in read_numbers(value, assumed_place=only).numbers
        ),
        program=texts(row["program_ids"]),
        reference=texts(row["dataset"]),
        remarks=_remark("; ".join(_values(row["sanctions"]))),
    )


def _remark(text: str) -> str | None:
    stated = " ".join(text.split())
    return stated[:_LONGEST_REMARK] if len(stated) >= _SHORTEST_REMARK else None


def _values(cell: str) -> list[str]:
    """The values of a cell that is itself a line of CSV, separated by semicolons."""
    if not cell.strip('" '):
        return []
    return [value.strip() for row in csv.reader([cell], delimiter=";") for value in row if value.strip()]


class OpenSanctionsFtm(FixedFormat):
    """FollowTheMoney entities: targets become entries; addresses and sanctions are joined to them.

    An address that is a target itself is an entry without a name. Targets that are neither a party nor an
    address (wallets of crypto currencies, securities) are counted in a note.
    """

    name = "opensanctions-ftm"
    title = "OpenSanctions entities.ftm.json, one FollowTheMoney entity a line"
    columns = _REQUIRED

    def sniff(self, sample: FileSample) -> bool:
        """Whether the file begins with a FollowTheMoney entity."""
        first = sample.text.partition("\n")[0].lstrip()
        return first.startswith("{") and '"schema"' in first and '"properties"' in first

    def read(self, file: Path, options: ReadOptions) -> Iterator[ListEntry]:
        """Every target in order; see `ListFormat.read`. Needs memory for the entities of the file."""
        refuse_other_format(file, self)
        refuse_layout(file, options)
        entities = list(_entities(file))
        if not entities:
            raise BadInput("there is no entity in the file", file=file.name, line=1)
        places = {entity["id"]: entity for _line, entity in entities if entity["schema"] == "Address"}
        sanctions: dict[str, list[dict[str, Any]]] = {}
        for _line, entity in entities:
            if entity["schema"] == "Sanction":
                for target in entity["properties"].get("entity", ()):
                    sanctions.setdefault(target, []).append(entity["properties"])
        others: Counter[str] = Counter()
        for line, entity in entities:
            if not entity.get("target"):
                continue
            if entity["schema"] in _KINDS:
                yield _target(line, entity, places, sanctions.get(entity["id"], []))
            else:
                others[entity["schema"]] += 1
        if others:
            kinds = ", ".join(f"{schema} {count:,}" for schema, count in sorted(others.items()))
            options.notes.append(f"targets that are neither a party nor an address are not listed: {kinds}")


def _entities(file: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(strict_lines(file), start=1):
        if not line.strip():
            continue
        try:
            entity = json.loads(line)
            _ = entity["id"], entity["schema"], entity["properties"].get("name")
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadInput(
                f"the line is not a FollowTheMoney entity: {error or type(error).__name__}",
                file=file.name,
                line=number,
                hint="The file may be cut off; get it again.",
            ) from None
        yield number, entity


def _target(
    line: int, entity: dict[str, Any], places: dict[str, dict[str, Any]], sanctions: list[dict[str, Any]]
) -> ListEntry:
    stated: dict[str, list[str]] = entity["properties"]
    primary = [NameText(entity.get("caption") or stated["name"][0])]
    groups: tuple[tuple[str, ListedNameKind], ...] = (
        ("name", ListedNameKind.ALIAS),
        ("alias", ListedNameKind.ALIAS),
        ("weakAlias", ListedNameKind.WEAK),
        ("previousName", ListedNameKind.FORMER),
    )
    is_address = entity["schema"] == "Address"
    if is_address:
        primary, groups = [], ()
    names = primary + [NameText(text, kind) for name, kind in groups for text in sorted(stated.get(name, ()))]
    joined = [places[key] for key in sorted(stated.get("addressEntity", ())) if key in places]
    joined += [entity] if is_address else []
    written = [AddressText(text) for text in sorted(stated.get("address", ()))]
    written += [
        AddressText(text, country_or_none((place["properties"].get("country") or [""])[0]))
        for place in joined
        for text in sorted(place["properties"].get("full", ()))
    ]
    programs = {program for sanction in sanctions for program in sanction.get("programId", ())}
    return ListEntry(
        line=line,
        identity=entity["id"],
        own_id=entity["id"],
        names=once(names),
        kind=_KINDS.get(entity["schema"]),
        addresses=tuple(written) or _countries(stated),
        identifiers=identifier_texts(_identifiers(stated)),
        program="; ".join(sorted(programs | set(stated.get("programId", ())))) or None,
        reference="; ".join(sorted(entity.get("datasets", ()))) or None,
        remarks=_remark("; ".join(sorted({text for one in sanctions for text in one.get("authority", ())}))),
    )


def _countries(stated: dict[str, list[str]]) -> tuple[AddressText, ...]:
    codes = sorted({*stated.get("country", ()), *stated.get("jurisdiction", ())})
    return tuple(AddressText("", country) for code in codes if (country := country_or_none(code)))


def _identifiers(stated: dict[str, list[str]]) -> Iterator[RegistrationNumber]:
    """The numbers of an entity; one under several properties counts under the first, the most exact."""
    countries = {one for name in ("jurisdiction", "country") for one in stated.get(name, ())}
    only = country_or_none(countries.pop()) if len(countries) == 1 else None
    seen = set()
    for name, scheme in _NUMBERS.items():
        for value in sorted(stated.get(name, ())):
            for number in read_numbers(value, scheme, assumed_place=only).numbers:
                if number.value not in seen:
                    seen.add(number.value)
                    yield number
