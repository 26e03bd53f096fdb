"""Any CSV or XLSX list of transfers, customs records above all, its headers mapped to fields.

A row needs a party and something that names the goods. Without an evidence class the columns decide:
a component or lot is a document about this item, a part number a trade record with the same part number,
a customs code alone a trade record with the same code. Without a ``key`` column a row's identity is its
own content. A document in many rows is one document.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from types import MappingProxyType
from typing import Any

from provenance.sources.cells import content_key
from provenance.sources.formats import ReadOptions, rows_to_records
from provenance.sources.kinds import SourceKind
from provenance.sources.mapped_format import FieldCells, MappedFormat
from provenance.sources.records import Rejected, ShipmentRecord
from provenance.sources.tables import TableRow
from provenance.sources.transfers.statements import (
    MOVED_FIELDS,
    PARTY_FIELDS,
    WRITTEN,
    parties_of,
    raw_of,
    shipment_of,
)
from provenance.text.column_styles import Style


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
        table, mapping = self.open_keyed(file, options)
        styles = self.styles(table, mapping, options)
        cells = FieldCells(mapping, self.fields)
        return rows_to_records(
            table,
            lambda row: _convert(row, cells.of(row.cells), styles),
            ShipmentRecord.model_validate,
            cells.columns,
        )


def _convert(row: TableRow, fields: Mapping[str, str], styles: Mapping[str, Style]) -> dict[str, Any]:
    found = shipment_of(fields, tuple(parties_of(fields.get)), styles)
    key = fields.get("key") or content_key(row.written)
    return {**found, "line": row.line, "key": key, "raw": raw_of(row.written, found["parties"])}
