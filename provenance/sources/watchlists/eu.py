"""Annexes of EU regulations as a table of records: celex, annex, record, names, numbers, addresses.

Columns after OpenSanctions' table of Regulation (EU) No 833/2014; several values in a cell are separated
by ``;``. An entry is identified by regulation, annex and record number where it has one. The table of an
amendment has the same columns; it says which regulation it amends, and adds entries to that one's list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from provenance.core.errors import BadInput
from provenance.core.vocabulary.watched import ListedNameKind, PartyKind
from provenance.sources.formats import FileSample, ReadOptions
from provenance.sources.recognition import open_as, sample_of
from provenance.sources.tables import FileKind, TableOptions
from provenance.sources.watchlists.base import (
    FixedFormat,
    Row,
    address,
    country_or_none,
    days_of,
    identifier_texts,
    named,
    numbers_to_review,
    once,
    rows_of,
    texts,
)
from provenance.sources.watchlists.cell_items import parts
from provenance.sources.watchlists.records import AddressText, ListEntry, NameText
from provenance.text.registration_numbers import NumbersRead, read_numbers

_REQUIRED = ("recordId", "annex", "measure", "startDate", "schema", "name", "alias", "address")
_AMENDED = "amendedCelex"
_CELEX = ("celex", _AMENDED)
_NUMBER = re.compile(r"3(?P<year>\d{4})[A-Z]{1,2}(?P<number>\d{4})")
"""A CELEX number of a legal act."""

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
    title = "annexes of an EU regulation, or an amendment, as a table (celex, annex, recordId, name…)"
    columns = _REQUIRED

    def sniff(self, sample: FileSample) -> bool:
        """Whether the columns are those of an annex."""
        return set(_REQUIRED) <= set(sample.header) and bool(set(_CELEX) & set(sample.header))

    def list_of(self, file: Path) -> str | None:
        """The list of the regulation that the first row names; None where that is no CELEX number."""
        table = open_as(file, TableOptions(strict=True, kind=FileKind.TEXT), self, self._required(file))
        first = next((cells for _line, cells in table.lines()), [])
        row = dict(zip(table.header, first, strict=False))
        found = _NUMBER.fullmatch(next((row[name].strip() for name in _CELEX if row.get(name)), ""))
        return f"eu-{int(found['number'])}-{found['year']}" if found else None

    def is_extract(self, file: Path) -> bool:
        """Whether it is an amendment: it has the entries that it adds."""
        return _AMENDED in sample_of(file).header

    def _required(self, file: Path) -> tuple[str, ...]:
        return (_AMENDED if self.is_extract(file) else _CELEX[0], *_REQUIRED)

    def read(self, file: Path, options: ReadOptions) -> Iterator[ListEntry]:
        """Every entry in order; see `ListFormat.read`."""
        for row in rows_of(file, options, self, self._required(file)):
            if not _celex(row):
                raise BadInput(f"a row without {' or '.join(_CELEX)}", file=file.name, line=row.line)
            yield _entry(file, row)


def _celex(row: Row) -> str:
    """The regulation that a row belongs to."""
    return next((row[name] for name in _CELEX if row[name]), "")


def _entry(file: Path, row: Row) -> ListEntry:
    weak = [NameText(name.name, ListedNameKind.WEAK) for name in named("", parts(row["weakAlias"]))]
    names = once((*named(row["name"], parts(row["alias"]), parts(row["previousName"])), *weak))
    if not names:
        raise BadInput("an entry without a name", file=file.name, line=row.line)
    numbers = _numbers(row)
    own = "/".join((_celex(row), row["annex"], row["recordId"])) if row["recordId"] else None
    days = days_of(row, "startDate", "endDate", ("%d.%m.%Y", "%d %B %Y", "%Y-%m-%d"))
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
        stated_from=days.first,
        reference=texts("; ".join(filter(None, (_celex(row), row["amendmentCelex"])))),
        remarks=texts(row["reason"]) or texts(row["notes"]),
        review=(*numbers_to_review(numbers), *days.review),
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
