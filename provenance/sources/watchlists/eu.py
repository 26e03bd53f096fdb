"""Annexes of EU regulations as a table of records: celex, annex, record, names, numbers, addresses.

Columns after OpenSanctions' table of Regulation (EU) No 833/2014; several values in a cell are separated
by ``;``. An entry is identified by regulation, annex and record number where it has one.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from provenance.core.errors import BadInput
from provenance.core.vocabulary.watched import PartyKind
from provenance.sources.formats import FileSample, ReadOptions
from provenance.sources.watchlists.base import (
    FixedFormat,
    Row,
    address,
    country_or_none,
    day,
    identifier_texts,
    named,
    numbers_to_review,
    rows_of,
    texts,
)
from provenance.sources.watchlists.cell_items import parts
from provenance.sources.watchlists.records import AddressText, ListEntry
from provenance.text.registration_numbers import NumbersRead, read_numbers

_REQUIRED = ("celex", "recordId", "annex", "measure", "startDate", "schema", "name", "alias", "address")
_KINDS = {
    "legalentity": PartyKind.ENTITY,
    "company": PartyKind.ENTITY,
    "organization": PartyKind.ENTITY,
    "person": PartyKind.PERSON,
    "vessel": PartyKind.VESSEL,
    "asset": PartyKind.ASSET,
}
_NUMBERS = {
    "registrationNumber": "REG",
    "taxNumber": "TAX",
    "idNumber": "NATIONAL ID",
    "passportNumber": "PASSPORT",
    "innCode": "INN",
    "ogrnCode": "OGRN",
    "kppCode": "KPP",
    "okpoCode": "OKPO",
    "leiCode": "LEI",
    "swiftBic": "BIC",
    "imoNumber": "IMO",
    "mmsi": "MMSI",
}


class EuRegulation(FixedFormat):
    """The format that the module describes."""

    name = "eu"
    title = "annexes of an EU regulation as a table (celex, annex, recordId, name, alias, address…)"
    watchlist = "eu-833-2014"
    columns = _REQUIRED

    def sniff(self, sample: FileSample) -> bool:
        """Whether the columns are those of an annex."""
        return set(_REQUIRED) <= set(sample.header)

    def read(self, file: Path, options: ReadOptions) -> Iterator[ListEntry]:
        """Every entry in order; see `ListFormat.read`."""
        for row in rows_of(file, options, self, _REQUIRED):
            yield _entry(file, row)


def _entry(file: Path, row: Row) -> ListEntry:
    names = named(row["name"], [*parts(row["alias"]), *parts(row["weakAlias"])], parts(row["previousName"]))
    if not names:
        raise BadInput("an entry without a name", file=file.name, line=row.line)
    numbers = _numbers(row)
    own = "/".join((row["celex"], row["annex"], row["recordId"])) if row["recordId"] else None
    return ListEntry(
        line=row.line,
        identity=own,
        own_id=own,
        section=row["annex"] or None,
        names=names,
        kind=_KINDS.get(row["schema"].casefold()),
        addresses=_addresses(row),
        identifiers=identifier_texts(number for part in numbers for number in part.numbers),
        program=texts(row["measure"]),
        stated_from=day(row["startDate"], "%d.%m.%Y", "%d %B %Y", "%Y-%m-%d"),
        reference=texts(row["celex"]),
        remarks=texts(row["reason"]) or texts(row["notes"]),
        review=numbers_to_review(numbers),
    )


def _addresses(row: Row) -> tuple[AddressText, ...]:
    country = country_or_none(row["country"])
    found = (address(part, None) for part in parts(row["address"]))
    return tuple(
        part if part.country else AddressText(part.text, country) for part in found if part is not None
    )


def _numbers(row: Row) -> list[NumbersRead]:
    """What the columns of numbers hold; a value may name its scheme itself, in brackets."""
    country = country_or_none(row["country"])
    return [
        read_numbers(row[column], scheme, assumed_place=country)
        for column, scheme in _NUMBERS.items()
        if row[column]
    ]
