"""Any CSV or XLSX file of customers: one row per customer, headers mapped to fields.

The date column is never guessed: only the user knows which of a file's dates is the day to screen by.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

from provenance.core.errors import BadInput
from provenance.fields import values
from provenance.sources.customers.records import Customer
from provenance.sources.formats import FileSample, ReadOptions, row_fault
from provenance.sources.kinds import SourceKind
from provenance.sources.mapped_format import FieldCells, MappedFormat
from provenance.sources.mapping import fields_guessed, is_list_of_parties
from provenance.sources.number_cells import read_number_cells
from provenance.sources.tables import Table, TableRow
from provenance.text.column_styles import IN_A_FILE, Style, Written
from provenance.text.countries import UnknownCountry, country_code
from provenance.text.party_names import several_names
from provenance.text.plurals import many
from provenance.text.unknown import says_unknown

_SHOWN_LINES = 10


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a customer file by field; None where the file has none."""

    name: str | None = None
    id: str | None = None
    date: str | None = None
    address: str | None = None
    country: str | None = None
    identifiers: str | None = None

    def mapping(self) -> dict[str, str]:
        """The columns that are named, each with its field."""
        stated: Mapping[str, str | None] = asdict(self)
        return {column: field for field, column in stated.items() if column is not None}


class MappedCustomers(MappedFormat):
    """The format that the module describes."""

    kind = SourceKind.CUSTOMERS
    name = "customers"
    title = "any CSV or XLSX file of customers to screen, headers mapped"
    written = MappingProxyType({"date": Written.DATE})

    def needs(self, fields: AbstractSet[str], stated: AbstractSet[str] = frozenset()) -> list[str]:
        """A name, or an address where the user says which column it is."""
        return [] if "name" in fields or "address" in stated else ["name"]

    def sniff(self, sample: FileSample) -> bool:
        """Whether a column is understood as the name, and another one as well."""
        return is_list_of_parties(fields_guessed(sample.header, self.fields))

    def mapping(self, header: Sequence[str], options: ReadOptions) -> dict[str, str]:
        """What the user states, and what the other headers are understood to mean, but for a date."""
        mapping = super().mapping(header, options)
        return {name: field for name, field in mapping.items() if field != "date" or name in options.mapping}

    def read(self, file: Path, options: ReadOptions) -> Iterator[Customer]:
        """Every row of the file; a row that cannot be screened states why.

        Raises:
            BadInput: the file as a whole cannot be read, or has no column of names or addresses.
        """
        table, mapping = self.open(file, options)
        styles = self.styles(table, mapping, options)
        return _customers(table, FieldCells(mapping, self.fields), styles.get("date", IN_A_FILE))


def read_customers(file: Path, columns: Columns, options: ReadOptions) -> list[Customer]:
    """Every row of a CSV or XLSX file with its line number; the options' account says how columns were read.

    Raises:
        BadInput: the file as a whole cannot be read, or has no column of names or addresses.
        UsageError: a column does not exist.
    """
    return list(MappedCustomers().read(file, replace(options, mapping=columns.mapping())))


def _customers(table: Table, cells: FieldCells, dates: Style) -> Iterator[Customer]:
    """The customers of a table of at least one row.

    Raises:
        BadInput: there is no row.
    """
    dated = next(iter(cells.columns.get("date", ())), "")
    columns = ", ".join(cells.columns.get("identifiers", ()))
    count, several = 0, list[int]()
    for row in table.rows():
        count += 1
        customer = _customer(row, cells, (dated, dates), _faults(row, table, cells))
        for one in customer.no_numbers:
            table.problems.add(row.line, columns, one.text, f"not taken as a number: {one.why}")
        if customer.further_names:
            several.append(row.line)
        yield customer
    if not count:
        raise BadInput("there is no row below the header", file=table.file.name, line=table.header_line)
    if several:
        shown = ", ".join(map(str, several[:_SHOWN_LINES])) + (", …" if len(several) > _SHOWN_LINES else "")
        listed = f"{many(len(several), 'cell')} of names list several parties"
        table.options.note(f"{listed}, each of which was screened: line {shown}")


def _faults(row: TableRow, table: Table, cells: FieldCells) -> tuple[str | None, str | None]:
    """Why a row cannot be screened whatever its cells mean; and what of it could not be read.

    A number or a country that a spreadsheet program spoiled is no reason not to look for the name.
    """
    if fault := row_fault(row, len(table.header)):
        return fault, None
    spoiled = {problem.column: str(problem) for problem in table.problems.of_line(row.line)}
    found = {
        field: spoiled[name] for field, names in cells.columns.items() for name in names if name in spoiled
    }
    named = any(row.cells[name].strip() for name in cells.columns.get("name", ()))
    needed = ("name", "date") if named else tuple(cells.columns)
    decisive = next((found[field] for field in needed if field in found), None)
    return decisive, "; ".join(found.values()) or None


def _customer(
    row: TableRow, fields: FieldCells, dated: tuple[str, Style], faults: tuple[str | None, str | None]
) -> Customer:
    """The customer of a row; ``dated`` is the column of its day, empty where there is none, and its style.

    ``faults`` is as `_faults` gives it.

    A word for the unknown ("n/a") is not a name, an id or an address.
    """
    stated = {field: text for field, text in fields.of(row.cells).items() if not says_unknown(text)}
    cells = {field: " ".join(text.split()) for field, text in stated.items()}
    name, own_id = cells.get("name", ""), cells.get("id")
    fault, spoiled = faults
    if fault is not None:
        return Customer(row.line, name, own_id, fault=fault)
    day = None
    if dated[0]:
        day, fault = _day(*dated, cells.get("date", ""))
    country, remark = _country(cells.get("country", ""))
    remark = "; ".join(filter(None, (spoiled, remark))) or None
    address = cells.get("address")
    numbers = read_number_cells(fields, row.cells, country)
    return Customer(
        row=row.line,
        name=name,
        id=own_id,
        addresses=(address,) if address else (),
        country=country,
        identifiers=tuple(number for read in numbers for number in read.numbers),
        day=day,
        fault=fault,
        remark=remark,
        no_numbers=tuple(text for read in numbers for text in read.unread),
        further_names=several_names(stated.get("name", "")),
    )


def _day(column: str, style: Style, text: str) -> tuple[date | None, str | None]:
    """The day to screen by, or why it is unknown."""
    try:
        days = values.days.styled(text, style)
    except ValueError as error:
        return None, f"{column} {text!r}: {error}"
    if days is None:
        return None, f"{column} is empty: the day to screen by is unknown"
    return days.latest, None if days.latest else f"{column} {text!r} has no last day to screen by"


def _country(text: str) -> tuple[str | None, str | None]:
    try:
        return (country_code(text) if text else None), None
    except UnknownCountry as error:
        return None, f"country not taken into account: {error}"
