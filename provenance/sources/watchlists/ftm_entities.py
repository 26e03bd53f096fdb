"""Entities of FollowTheMoney, however they were exported, and the entries that they make.

A target becomes an entry; addresses and sanctions, which are entities of their own or stand inside the
target, are joined to it. An address that is a target itself is an entry without a name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from provenance.core.errors import BadInput
from provenance.core.vocabulary.watched import ListedNameKind, PartyKind
from provenance.sources.watchlists.base import country_or_none, identifier_texts, once
from provenance.sources.watchlists.records import AddressText, ListEntry, NameText
from provenance.text.registration_numbers import RegistrationNumber, read_numbers

KINDS = {
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
"""Schemata of what can be listed."""

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
_NAMES = (
    ("name", ListedNameKind.ALIAS),
    ("alias", ListedNameKind.ALIAS),
    ("weakAlias", ListedNameKind.WEAK),
    ("previousName", ListedNameKind.FORMER),
)
_PLACE = ("postOfficeBox", "street", "street2", "city", "postalCode", "region", "state", "country")
_LONGEST_REMARK = 600
_SHORTEST_REMARK = 3


@dataclass(slots=True)
class FtmEntity:
    """An entity: its texts by property, and the entities that stand inside it by property."""

    id: str
    schema: str
    line: int
    caption: str = ""
    is_target: bool = False
    datasets: tuple[str, ...] = ()
    texts: dict[str, list[str]] = field(default_factory=dict)
    inside: dict[str, list[FtmEntity]] = field(default_factory=dict)

    def stated(self, name: str) -> list[str]:
        """The texts of a property, in order."""
        return sorted(self.texts.get(name, ()))


def entity_of(raw: Any, line: int) -> FtmEntity:
    """The entity of an object of JSON, with those inside it.

    Raises:
        ValueError: it is not one.
    """
    if not isinstance(raw, dict) or not isinstance(raw.get("properties"), dict):
        raise ValueError("it has no properties")
    if not all(isinstance(raw.get(name), str) and raw[name] for name in ("id", "schema")):
        raise ValueError("it has no id or no schema")
    datasets = raw.get("datasets")
    found = FtmEntity(
        raw["id"],
        raw["schema"],
        line,
        str(raw.get("caption") or ""),
        bool(raw.get("target")),
        tuple(map(str, datasets)) if isinstance(datasets, list) else (),
    )
    for name, values in raw["properties"].items():
        for value in values if isinstance(values, list) else [values]:
            if isinstance(value, dict):
                found.inside.setdefault(name, []).append(entity_of(value, line))
            elif value is not None:
                found.texts.setdefault(name, []).append(str(value))
    return found


def entries_of(file: Path, entities: Iterable[FtmEntity], notes: list[str]) -> Iterator[ListEntry]:
    """The targets of a file as entries; what is neither a party nor an address is counted in a note.

    Raises:
        BadInput: a target has neither name nor address; names its line.
    """
    found = list(entities)
    places = {entity.id: entity for entity in found if entity.schema == "Address"}
    sanctions: dict[str, list[FtmEntity]] = {}
    for entity in found:
        if entity.schema == "Sanction":
            for target in (*entity.stated("entity"), *(one.id for one in entity.inside.get("entity", ()))):
                sanctions.setdefault(target, []).append(entity)
    others: Counter[str] = Counter()
    for entity in found:
        if not entity.is_target:
            continue
        if entity.schema in KINDS:
            own = [*sanctions.get(entity.id, ()), *entity.inside.get("sanctions", ())]
            yield _entry(file, entity, places, own)
        else:
            others[entity.schema] += 1
    if others:
        kinds = ", ".join(f"{schema} {count:,}" for schema, count in sorted(others.items()))
        notes.append(f"targets that are neither a party nor an address are not listed: {kinds}")


def _entry(
    file: Path, entity: FtmEntity, places: Mapping[str, FtmEntity], sanctions: list[FtmEntity]
) -> ListEntry:
    is_address = entity.schema == "Address"
    names = () if is_address else _names(entity)
    joined = [places[key] for key in entity.stated("addressEntity") if key in places]
    joined += [*entity.inside.get("addressEntity", ()), *([entity] if is_address else [])]
    written = [AddressText(text) for text in entity.stated("address")]
    written += [place for one in joined for place in _addresses(one)]
    if not names and not any(place.text for place in written):
        raise BadInput(f"{entity.id} has no name and no address", file=file.name, line=entity.line)
    programs = {program for sanction in sanctions for program in sanction.stated("programId")}
    authorities = {text for one in sanctions for text in one.stated("authority")}
    return ListEntry(
        line=entity.line,
        identity=entity.id,
        own_id=entity.id,
        names=names,
        kind=KINDS.get(entity.schema),
        addresses=tuple(dict.fromkeys(written)) or _countries(entity),
        identifiers=identifier_texts(_identifiers(entity)),
        program="; ".join(sorted(programs | set(entity.stated("programId")))) or None,
        reference="; ".join(sorted(entity.datasets)) or None,
        remarks=remark("; ".join(sorted(authorities))),
    )


def _names(entity: FtmEntity) -> tuple[NameText, ...]:
    caption = entity.caption or next(iter(entity.texts.get("name", ())), "")
    primary = [NameText(caption)] if any(map(str.isalnum, caption)) else []
    found = once([*primary, *(NameText(text, kind) for name, kind in _NAMES for text in entity.stated(name))])
    if not primary and found:
        return (NameText(found[0].name), *found[1:])
    return found


def _addresses(place: FtmEntity) -> Iterator[AddressText]:
    country = country_or_none(next(iter(place.stated("country")), ""))
    parts = [text for name in _PLACE for text in place.stated(name)[:1]]
    for text in place.stated("full") or ([", ".join(parts)] if len(parts) > 1 else []):
        yield AddressText(text, country)


def _countries(entity: FtmEntity) -> tuple[AddressText, ...]:
    codes = sorted({*entity.stated("country"), *entity.stated("jurisdiction")})
    return tuple(AddressText("", country) for code in codes if (country := country_or_none(code)))


def _identifiers(entity: FtmEntity) -> Iterator[RegistrationNumber]:
    """The numbers of an entity; one under several properties counts under the first, the most exact."""
    countries = {*entity.stated("jurisdiction"), *entity.stated("country")}
    only = country_or_none(countries.pop()) if len(countries) == 1 else None
    seen = set()
    for name, scheme in _NUMBERS.items():
        for value in entity.stated(name):
            for number in read_numbers(value, scheme, assumed_place=only).numbers:
                if number.value not in seen:
                    seen.add(number.value)
                    yield number


def remark(text: str) -> str | None:
    """A remark of ordinary length on one line; None where it says nothing."""
    stated = " ".join(text.split())
    return stated[:_LONGEST_REMARK] if len(stated) >= _SHORTEST_REMARK else None
