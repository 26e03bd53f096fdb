"""Any CSV or XLSX list of transfers, customs records above all, its headers mapped to fields.

A row needs a party and something that says what moved. Without an evidence class the columns decide:
a component or lot is a document about this item, a part number a trade record with the same part number,
a customs code alone a trade record with the same code. Without a ``key`` column a row's identity is its
own content. One document may stand in many rows and stays one document.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from provenance.sources.cells import content_key
from provenance.sources.formats import FileSample, ReadOptions, rows_to_records
from provenance.sources.headers import Fields, headers_of
from provenance.sources.kinds import SourceKind
from provenance.sources.mapping import guess_mapping
from provenance.sources.recognition import open_as, wrong_columns
from provenance.sources.records import Rejected, ShipmentRecord, SourceRecord
from provenance.sources.tables import TableRow
from provenance.sources.transfers.statements import (
    MOVED_FIELDS,
    PARTY_FIELDS,
    parties_of,
    raw_of,
    shipment_of,
)


class MappedTransfers:
    """The format that the module describes."""

    kind = SourceKind.TRANSFERS
    name = "transfers"
    title = "any CSV or XLSX list of transfers, customs records above all, headers mapped"
    source: SourceRecord | None = None

    @property
    def fields(self) -> Fields:
        """The fields that a user may map headers to."""
        return headers_of(self.kind)

    def sniff(self, sample: FileSample) -> bool:
        """Whether a party and something that moved are among the headers."""
        return _complete(guess_mapping(sample.header, self.fields))

    def read(self, file: Path, options: ReadOptions) -> Iterator[ShipmentRecord | Rejected]:
        """Every row that the mapping makes a transfer of.

        Raises:
            BadInput: the mapping names no party or nothing that moved.
        """
        table = open_as(file, options.table, self)
        mapping = options.mapping or guess_mapping(table.header, self.fields)
        if not _complete(mapping):
            understood = ", ".join(f"{name} as {field}" for name, field in mapping.items()) or "none"
            raise wrong_columns(
                table,
                self,
                f"columns are missing: consignor or consignee is needed and one of"
                f" {', '.join(MOVED_FIELDS)}; understood: {understood}",
            )
        table.require(list(mapping))
        return rows_to_records(table, lambda row: _convert(row, mapping), ShipmentRecord.model_validate)


def _complete(mapping: Mapping[str, str]) -> bool:
    fields = set(mapping.values())
    return bool(fields & {name for name, _side in PARTY_FIELDS}) and bool(fields & set(MOVED_FIELDS))


def _convert(row: TableRow, mapping: Mapping[str, str]) -> dict[str, Any]:
    fields = {name: cell for header, name in mapping.items() if (cell := row.cells[header].strip())}
    found = shipment_of(fields, tuple(parties_of(fields.get)))
    key = fields.get("key") or content_key(row.cells)
    return {**found, "line": row.line, "key": key, "raw": raw_of(row.cells, found["parties"])}
