"""Any CSV or XLSX file of customers or order lines, headers mapped to fields.

A row has one name or several, such as that of who pays and that of who gets the goods: each is screened. The
date column is never guessed: only the user knows which of a file's dates is the day to screen by.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

from provenance.core.errors import BadInput
from provenance.fields import values
from provenance.sources.customers.columns import (
    Columns,
    NameColumn,
    is_name,
    name_columns,
    without_strangers,
)
from provenance.sources.customers.records import Customer, OrderLine
from provenance.sources.formats import FileSample, ReadOptions, row_fault
from provenance.sources.headers import Fields
from provenance.sources.kinds import SourceKind
from provenance.sources.mapped_format import FieldCells, MappedFormat
from provenance.sources.mapping import fields_guessed
from provenance.sources.number_cells import read_number_cells
from provenance.sources.tables import Table, TableOptions, TableRow
from provenance.text.column_styles import IN_A_FILE, Style, Written
from provenance.text.countries import UnknownCountry, country_code
from provenance.text.party_names import several_names
from provenance.text.plurals import many
from provenance.text.unknown import says_unknown

_SHOWN_LINES = 10


class MappedCustomers(MappedFormat):
    """The format that the module describes."""

    kind = SourceKind.CUSTOMERS
    name = "customers"
    title = "any CSV or XLSX file of customers to screen, headers mapped"
    written = MappingProxyType({"date": Written.DATE})

    def needs(self, fields: AbstractSet[str], stated: AbstractSet[str] = frozenset()) -> list[str]:
        """A name, or an address where the user says which column it is."""
        return [] if any(map(is_name, fields)) or "address" in stated else ["name"]

    def sniff(self, sample: FileSample) -> bool:
        """Whether a column is understood as a name, and another one as well: a name may mean anything."""
        fields = fields_guessed(sample.header, self.fields)
        return any(map(is_name, fields)) and len(fields) > 1

    def table_options(self, options: ReadOptions) -> TableOptions:
        """As for every table; a row that looks like a sum or a note may be a customer's name."""
        return replace(options.table, of_names=True)

    def mapping(self, header: Sequence[str], options: ReadOptions) -> dict[str, str]:
        """What the user states, and what the other headers are understood to mean, but for a date.

        Where the user states the columns of names, no other is one.
        """
        mapping, stated = super().mapping(header, options), options.mapping
        names_stated = any(map(is_name, stated.values()))
        kept = {
            name: field
            for name, field in mapping.items()
            if name in stated or not (field == "date" or (names_stated and is_name(field)))
        }
        return without_strangers(kept)

    def read(self, file: Path, options: ReadOptions) -> Iterator[Customer]:
        """Every name of every row of the file; one that cannot be screened states why.

        Raises:
            BadInput: the file as a whole cannot be read, or has no column of names or addresses.
        """
        table, mapping = self.open(file, options)
        styles = self.styles(table, mapping, options)
        return _customers(table, name_columns(mapping), self.fields, styles.get("date", IN_A_FILE))


def read_customers(file: Path, columns: Columns, options: ReadOptions) -> list[Customer]:
    """Every name of a CSV or XLSX file with its line number; the options' account says how columns were read.

    Raises:
        BadInput: the file as a whole cannot be read, or has no column of names or addresses.
        UsageError: a column does not exist.
    """
    source = MappedCustomers()
    return list(source.read(file, replace(options, mapping=columns.mapping(source.fields))))


def _customers(table: Table, names: Sequence[NameColumn], fields: Fields, dates: Style) -> Iterator[Customer]:
    """The customers of a table of at least one row.

    Raises:
        BadInput: there is no row.
    """
    readers = [(column, FieldCells(column.mapping, fields)) for column in names]
    count, several = 0, list[int]()
    for row in table.rows():
        count += 1
        found = []
        for column, cells in readers:
            customer = _customer(row, column, cells, dates, _faults(row, table, cells))
            numbered = ", ".join(cells.columns.get("identifiers", ()))
            for one in customer.no_numbers:
                table.problems.add(row.line, numbered, one.text, f"not taken as a number: {one.why}")
            found.append(customer)
        if any(one.further_names for one in found):
            several.append(row.line)
        # Of a row with several names those that it has, and one that says why if it has none.
        yield from [one for one in found if one.is_told] or found[:1]
    if not count:
        raise BadInput("there is no row below the header", file=table.file.name, line=table.header_line)
    if several:
        shown = ", ".join(map(str, several[:_SHOWN_LINES])) + (", …" if len(several) > _SHOWN_LINES else "")
        listed = f"{many(len(several), 'row')} with a cell that names several parties"
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
    row: TableRow,
    column: NameColumn,
    fields: FieldCells,
    dates: Style,
    faults: tuple[str | None, str | None],
) -> Customer:
    """The customer of a row; ``faults`` is as `_faults` gives it.

    A word for the unknown ("n/a") is not a name, an id or an address.
    """
    stated = {field: text for field, text in fields.of(row.cells).items() if not says_unknown(text)}
    cells = {field: " ".join(text.split()) for field, text in stated.items()}
    name, own_id = cells.get("name", ""), cells.get("id")
    fault, spoiled = faults
    if fault is not None:
        return Customer(row.line, name, own_id, fault=fault, role=column.role)
    day = None
    dated = next(iter(fields.columns.get("date", ())), None)
    if dated is not None:
        day, fault = _day(dated, dates, cells.get("date", ""))
    country, remark = _country(cells.get("country", ""))
    remark = "; ".join(filter(None, (spoiled, remark))) or None
    more = (", ".join(filter(None, map(row.cells.__getitem__, each))) for each in column.more_addresses)
    addresses = [" ".join(text.split()) for text in (cells.get("address", ""), *more)]
    goods = [cells.get(field) for field in ("order", "part", "quantity", "value")]
    numbers = read_number_cells(fields, row.cells, country)
    return Customer(
        row=row.line,
        name=name,
        id=own_id,
        addresses=tuple(text for text in addresses if text and not says_unknown(text)),
        country=country,
        identifiers=tuple(number for read in numbers for number in read.numbers),
        day=day,
        undated=dated is not None and day is None and fault is None,
        role=column.role,
        order=OrderLine(*goods) if any(goods) else None,
        fault=fault,
        remark=remark,
        no_numbers=tuple(text for read in numbers for text in read.unread),
        further_names=several_names(stated.get("name", "")),
    )


def _day(column: str, style: Style, text: str) -> tuple[date | None, str | None]:
    """The day to screen by, None where the cell has none; or why it cannot be read."""
    try:
        days = values.days.styled(text, style)
    except ValueError as error:
        return None, f"{column} {text!r}: {error}"
    if days is None:
        return None, None
    return days.latest, None if days.latest else f"{column} {text!r} has no last day to screen by"


def _country(text: str) -> tuple[str | None, str | None]:
    try:
        return (country_code(text) if text else None), None
    except UnknownCountry as error:
        return None, f"country not taken into account: {error}"
