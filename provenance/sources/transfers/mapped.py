"""Any CSV or XLSX list of transfers, customs records above all, its headers mapped to fields.

A row needs a party and something that names the goods. Without an evidence class the columns decide:
a component or lot is a document about this item, a part number a trade record with the same part number,
a customs code, or nothing but words or a document, a trade record of the weakest class. A header may state
the currency or unit of its column. Without a ``key`` column a row's identity is its own content. A document
in many rows is one document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

from provenance.core.vocabulary import EvidenceClass
from provenance.sources.cells import content_key, known
from provenance.sources.formats import ReadOptions, rows_to_records
from provenance.sources.header_units import currency_of, unit_of
from provenance.sources.kinds import SourceKind
from provenance.sources.mapped_format import FieldCells, MappedFormat
from provenance.sources.number_cells import read_number_cells
from provenance.sources.records import Rejected, ShipmentRecord
from provenance.sources.sieve import OddCell
from provenance.sources.tables import Table, TableRow
from provenance.sources.transfers.statements import (
    MOVED_FIELDS,
    PARTY_FIELDS,
    WRITTEN,
    parties_of,
    raw_of,
    shipment_of,
)
from provenance.sources.vocabulary.transfers import without_party
from provenance.text.column_styles import Style
from provenance.text.currencies import is_currency, may_be_currency
from provenance.text.registration_numbers import RegistrationNumber
from provenance.text.unknown import says_unknown
from provenance.text.written_numbers import same_unit

_WHOSE = "beside several parties; whose number it is, is not stated"


class MappedTransfers(MappedFormat):
    """The format that the module describes."""

    kind = SourceKind.TRANSFERS
    name = "transfers"
    title = "any CSV or XLSX list of transfers, customs records above all, headers mapped"
    written = WRITTEN
    units = MappingProxyType({"quantity": "quantity_unit"})

    def needs(self, fields: AbstractSet[str], stated: AbstractSet[str] = frozenset()) -> list[str]:
        """A party, and the goods."""
        groups = ([name for name, _side in PARTY_FIELDS], MOVED_FIELDS)
        return [f"one of {', '.join(group)}" for group in groups if not fields & set(group)]

    def read(self, file: Path, options: ReadOptions) -> Iterator[ShipmentRecord | Rejected]:
        """Every row that the mapping makes a transfer of.

        Raises:
            BadInput: the mapping names no party or no goods.
        """
        table, mapping, styles = self.open_surveyed(file, options)
        cells = FieldCells(mapping, self.fields)
        rows = _Rows(table, cells, styles, options.columns.row_numbers)
        return rows_to_records(table, rows.convert, ShipmentRecord.model_validate, cells.columns)


class _Rows:
    """What one mapping makes of the rows of one file.

    ``numbering`` is the column that numbers the rows and says nothing of them.
    """

    def __init__(
        self, table: Table, cells: FieldCells, styles: Mapping[str, Style], numbering: str | None
    ) -> None:
        self._table = table
        self._cells = cells
        self._styles = styles
        self._numbering = numbering
        self._units = header_units(cells.columns)

    def convert(self, row: TableRow) -> dict[str, Any]:
        """The fields of a record."""
        fields = with_units(self._cells.of(row.cells), self._units)
        parties = tuple(parties_of(fields.get, partial(self._numbers_of, row)))
        # Of the weakest class: goods that only words name agree with no part and no customs code.
        found = shipment_of(fields, parties, self._styles, in_words=EvidenceClass.TRADE_RECORD_SAME_HS)
        said = {name: cell for name, cell in row.written.items() if name != self._numbering}
        key = fields.get("key") or content_key(said)
        raw = raw_of(row.written, parties, self._cells.columns)
        undecided = known(fields.get("evidence_class")) is None
        return {**found, "line": row.line, "key": key, "raw": raw, "words_may_decide": undecided}

    def _numbers_of(
        self, row: TableRow, field: str, place: str | None, parties: int
    ) -> tuple[RegistrationNumber, ...]:
        """The registration numbers of a side in one row; what is none, or may be of several, is noted."""
        if parties > 1:
            for column in self._cells.columns.get(field, ()):
                if not says_unknown(text := row.cells.get(column, "")):
                    self._table.problems.add(row.line, column, text, _WHOSE)
            return ()
        read = read_number_cells(self._cells, row.cells, place, field, without_party)
        columns = ", ".join(self._cells.columns.get(field, ()))
        for one in (one for each in read for one in each.unread):
            self._table.problems.add(row.line, columns, one.text, f"not taken as a number: {one.why}")
        return tuple(number for each in read for number in each.numbers)


def header_units(columns: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The currency and the unit of quantity that the headers of the columns of each field state, by field."""
    found = {"currency": _stated(columns, "value", currency_of)}
    found["quantity_unit"] = _stated(columns, "quantity", unit_of)
    return {field: text for field, text in found.items() if text}


def _stated(
    columns: Mapping[str, Sequence[str]], field: str, read: Callable[[str], str | None]
) -> str | None:
    return read(columns[field][0]) if len(columns.get(field, ())) == 1 else None


def with_units(fields: Mapping[str, str], units: Mapping[str, str]) -> Mapping[str, str]:
    """A row's cells by field, with what the headers state of its amount and quantity.

    Raises:
        OddCell: a column of its own says that the amount is in another currency, or the quantity in another
            unit, than the header.
    """
    added: dict[str, str] = {}
    for field, unit in _UNITS.items():
        if known(fields.get(field)) is None or unit not in units:
            continue
        stated = known(fields.get(unit))
        if stated is None:
            added[unit] = units[unit]
        elif not _SAME[unit](stated, units[unit]):
            raise OddCell(field, f"its header says {units[unit]}, and the column beside it {stated}")
    return {**fields, **added} if added else fields


def _same_currency(one: str, other: str) -> bool:
    # What is no currency is said where its own cell is read.
    return not is_currency(one) or may_be_currency(one, other)


_UNITS = {"value": "currency", "quantity": "quantity_unit"}
_SAME: dict[str, Callable[[str, str], bool]] = {"currency": _same_currency, "quantity_unit": same_unit}
