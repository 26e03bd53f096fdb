"""Any CSV or XLSX file of customers: one row per customer, headers mapped to fields.

The date column is never guessed: only the user knows which of a file's dates is the day to screen by.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import asdict, dataclass
from pathlib import Path

from provenance.core.errors import BadInput, UsageError
from provenance.sources.customers.records import Customer, Identifier
from provenance.sources.formats import FileSample, ReadOptions, row_fault
from provenance.sources.headers import headers_of
from provenance.sources.kinds import SourceKind
from provenance.sources.mapped_format import MappedFormat
from provenance.sources.mapping import guess_mapping, is_list_of_parties, settle_mapping
from provenance.sources.recognition import open_as, wrong_columns
from provenance.sources.tables import Table, TableRow
from provenance.sources.uses import uses_of
from provenance.text.countries import UnknownCountry, country_code
from provenance.text.partial_dates import parse_partial_date

_IDENTIFIER = re.compile(r"^\s*(?:(?P<scheme>[^\W\d]{2,10})\s*[:№#.]?\s*)?(?P<value>\S.*)$")
_SCHEMES = {"ИНН": "INN", "ОГРН": "OGRN", "TAXID": "TAX", "ЄДРПОУ": "EDRPOU", "VKN": "TAX"}


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a customer file by field; None where the file has none."""

    name: str | None = None
    id: str | None = None
    date: str | None = None
    address: str | None = None
    country: str | None = None
    identifiers: str | None = None

    def settled(self, header: Sequence[str]) -> Columns:
        """The columns as named, and what the other headers are understood to mean.

        Raises:
            UsageError: the header has no such column.
        """
        stated: Mapping[str, str | None] = asdict(self)
        taken = {column for column in stated.values() if column is not None}
        if strangers := sorted(taken - set(header)):
            raise UsageError(
                f"The file has no column {', '.join(strangers)}", hint=f"It has: {', '.join(header)}"
            )
        fields = headers_of(SourceKind.CUSTOMERS)
        unstated = {field: words for field, words in fields.items() if field != "date" and not stated[field]}
        guessed = guess_mapping([name for name in header if name not in taken], unstated)
        return Columns(**{**stated, **{field: column for column, field in guessed.items()}})


class MappedCustomers(MappedFormat):
    """The format that the module describes."""

    kind = SourceKind.CUSTOMERS
    name = "customers"
    title = "any CSV or XLSX file of customers to screen, headers mapped"

    def needs(self, fields: AbstractSet[str]) -> list[str]:
        """A name, or an address."""
        return [] if fields & {"name", "address"} else ["name or address"]

    def sniff(self, sample: FileSample) -> bool:
        """Whether a column is understood as the name, and another one as well."""
        return is_list_of_parties(guess_mapping(sample.header, self.fields))

    def mapping(self, header: Sequence[str], options: ReadOptions) -> dict[str, str]:
        """What the user states, and what the other headers are understood to mean, but for a date."""
        mapping = settle_mapping(header, {}, options.mapping, self.fields)
        return {name: field for name, field in mapping.items() if field != "date" or name in options.mapping}

    def read(self, file: Path, options: ReadOptions) -> Iterator[Customer]:
        """Every row of the file; a row that cannot be screened states why.

        Raises:
            BadInput: the file as a whole cannot be read, or has no column of names or addresses.
        """
        table, mapping = self.open(file, options)
        return _customers(table, Columns(**{field: column for column, field in mapping.items()}))


def read_customers(file: Path, columns: Columns, options: ReadOptions) -> tuple[list[Customer], Columns]:
    """Every row of a CSV or XLSX file with its line number, and the columns as they were understood.

    Raises:
        BadInput: the file as a whole cannot be read, or has no column of names or addresses.
        UsageError: a column does not exist.
    """
    table = open_as(file, options.table, MappedCustomers())
    settled = columns.settled(table.header)
    mapping = {name: field for field, name in asdict(settled).items() if name}
    options.columns.settle(table.header, {name: mapping[name] for name in table.header if name in mapping})
    return list(_customers(table, settled)), settled


def _customers(table: Table, columns: Columns) -> Iterator[Customer]:
    """The customers of a table of at least one row.

    Raises:
        BadInput: there is no row, or no column of names or addresses.
    """
    if not (columns.name or columns.address):
        raise wrong_columns(table, MappedCustomers(), "columns are missing: name or address is needed")
    table.uses = uses_of({column: field for field, column in asdict(columns).items() if column})
    count = 0
    for row in table.rows():
        count += 1
        yield _customer(row, columns, _row_fault(row, table, columns))
    if not count:
        raise BadInput("there is no row below the header", file=table.file.name, line=table.header_line)


def _row_fault(row: TableRow, table: Table, columns: Columns) -> str | None:
    """Why a row cannot be screened whatever its cells mean."""
    if fault := row_fault(row, len(table.header)):
        return fault
    used = set(asdict(columns).values())
    return next(
        (str(problem) for problem in table.problems.of_line(row.line) if problem.column in used), None
    )


def _customer(row: TableRow, columns: Columns, fault: str | None) -> Customer:
    cells = row.cells
    name, own_id = _cell(cells, columns.name), _cell(cells, columns.id)
    if fault is not None:
        return Customer(row.line, name, own_id, fault=fault)
    day = None
    if columns.date:
        try:
            day = parse_partial_date(_cell(cells, columns.date)).latest
        except ValueError as error:
            fault = f"{columns.date} {_cell(cells, columns.date)!r}: {error}"
        if day is None and fault is None:
            fault = f"{columns.date} is empty: the day to screen by is unknown"
    country, remark = _country(_cell(cells, columns.country))
    address = _cell(cells, columns.address)
    return Customer(
        row=row.line,
        name=name,
        id=own_id or None,
        addresses=(address,) if address else (),
        country=country,
        identifiers=read_identifiers(_cell(cells, columns.identifiers)),
        day=day,
        fault=fault,
        remark=remark,
    )


def _cell(cells: Mapping[str, str], column: str | None) -> str:
    return " ".join(cells.get(column, "").split()) if column else ""


def _country(text: str) -> tuple[str | None, str | None]:
    try:
        return (country_code(text) if text else None), None
    except UnknownCountry as error:
        return None, f"country not taken into account: {error}"


def read_identifiers(text: str) -> tuple[Identifier, ...]:
    """Numbers separated by ``;``, each with its scheme before it where it has one: "INN 7704730655"."""
    found = []
    for part in text.split(";"):
        match = _IDENTIFIER.match(part)
        if match is None or not any(map(str.isdigit, part)):
            continue
        value = re.sub(r"[^0-9A-Z]", "", match["value"].upper())
        scheme = match["scheme"].upper() if match["scheme"] else None
        if value:
            found.append(Identifier(value, _SCHEMES.get(scheme, scheme) if scheme else None))
    return tuple(found)
