"""Annexes of EU regulations as a table of records: celex, annex, record, names, numbers, addresses.

Columns after OpenSanctions' table of Regulation (EU) No 833/2014; several values in a cell are separated
by ``;``. An entry is identified by regulation, annex and record number where it has one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from provenance.core.errors import BadInput
from provenance.core.vocabulary.watched import PartyKind
from provenance.sources.formats import FileSample, ReadOptions
from provenance.sources.headers import Fields
from provenance.sources.kinds import SourceKind
from provenance.sources.records import SourceRecord
from provenance.sources.watchlists.base import (
    Row,
    address,
    country_or_none,
    day,
    is_number,
    named,
    parts,
    rows_of,
    texts,
)
from provenance.sources.watchlists.records import AddressText, IdentifierText, ListEntry

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
    "registrationNumber": None,
    "taxNumber": "TAX",
    "idNumber": None,
    "innCode": "INN",
    "ogrnCode": "OGRN",
    "leiCode": "LEI",
    "swiftBic": "BIC",
    "imoNumber": "IMO",
}
_WITH_SCHEME = re.compile(r"(?P<value>[^()]+?)\s*\((?P<scheme>[^()]+)\)")


class EuRegulation:
    """The format that the module describes."""

    kind = SourceKind.WATCHLISTS
    name = "eu"
    title = "annexes of an EU regulation as a table (celex, annex, recordId, name, alias, address…)"
    watchlist: str | None = "eu-833-2014"
    fields: ClassVar[Fields] = {}
    source: SourceRecord | None = None

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
    own = "/".join((row["celex"], row["annex"], row["recordId"])) if row["recordId"] else None
    return ListEntry(
        line=row.line,
        identity=own,
        own_id=own,
        section=row["annex"] or None,
        names=names,
        kind=_KINDS.get(row["schema"].casefold()),
        addresses=_addresses(row),
        identifiers=tuple(_identifiers(row)),
        program=texts(row["measure"]),
        stated_from=day(row["startDate"], "%d.%m.%Y", "%d %B %Y", "%Y-%m-%d"),
        reference=texts(row["celex"]),
        remarks=texts(row["reason"]) or texts(row["notes"]),
    )


def _addresses(row: Row) -> tuple[AddressText, ...]:
    country = country_or_none(row["country"])
    found = (address(part, None) for part in parts(row["address"]))
    return tuple(
        part if part.country else AddressText(part.text, country) for part in found if part is not None
    )


def _identifiers(row: Row) -> Iterator[IdentifierText]:
    for column, scheme in _NUMBERS.items():
        for part in parts(row[column]):
            match = _WITH_SCHEME.fullmatch(part)
            value, scheme_here = (match["value"], _scheme(match["scheme"])) if match else (part, scheme)
            if is_number(value):
                yield IdentifierText(value.strip(), scheme_here or scheme)


def _scheme(text: str) -> str:
    """ "Tax ID/INN" is INN: what follows the slash is the number's own name."""
    return text.rsplit("/", 1)[-1].strip().upper()
