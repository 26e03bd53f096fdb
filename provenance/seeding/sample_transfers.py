"""The sample's transfers: what published reports record or allege, in our own words, each with its source."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import ClassVar

from provenance.core.vocabulary.tracing import DocumentKind
from provenance.seeding.files import SeedFile, SeedRow, seed_path
from provenance.sources.formats import ReadOptions, raw_text
from provenance.sources.headers import Fields
from provenance.sources.records import DocumentRecord, Rejected, ShipmentRecord, SourceRecord
from provenance.sources.transfers import parties_of, shipment_of

SAMPLE_TRANSFERS = "sample_transfer.csv"

_COLUMNS = {"from": "consignor", "to": "consignee", "unit": "quantity_unit"}


class SampleTransfers:
    """The sample's transfers of one source, as a format, so that they are imported like any list."""

    name = "sample-transfers"
    title = "the transfers of the curated sample that comes with the program"
    fields: ClassVar[Fields] = {}

    def __init__(self, source_key: str) -> None:
        row = next(row for row in SeedFile("source.csv").rows if row["key"] == source_key)
        known = {name: row.get(name) for name in ("address", "origin_group")}
        self.source = SourceRecord.model_validate(
            {"key": source_key, "publisher": row["publisher"], "title": row["title"], **known}
        )

    def read(self, file: Path, options: ReadOptions) -> Iterator[ShipmentRecord | Rejected]:
        """The transfers of this source."""
        for row in SeedFile(SAMPLE_TRANSFERS).rows:
            if row["source"] == self.source.key:
                yield _transfer(row)


def _transfer(row: SeedRow) -> ShipmentRecord:
    cells = {name: text for name in row.cells if (text := row.get(name))}
    stated = {_field(name): text for name, text in cells.items()}
    read = partial(row.read, "key")
    document = (
        DocumentRecord(
            kind=row.read("document_kind", DocumentKind),
            title=row["document"],
            origin_group=row.get("document_origin"),
        )
        if row.get("document")
        else None
    )
    return read(
        lambda key: ShipmentRecord.model_validate(
            {
                **shipment_of(stated, tuple(parties_of(stated.get))),
                "document": document,
                "line": row.line,
                "key": key,
                "raw": raw_text(row.cells),
            }
        )
    )


def _field(column: str) -> str:
    start, underscore, rest = column.partition("_")
    return _COLUMNS.get(start, start) + underscore + rest if start in _COLUMNS else column


def sample_transfers_file() -> Path:
    """The file whose digest represents these transfers in the record of imports."""
    return seed_path() / SAMPLE_TRANSFERS


def sample_sources() -> list[str]:
    """The keys of the sources that the sample's transfers are from, in order."""
    return list(dict.fromkeys(row["source"] for row in SeedFile(SAMPLE_TRANSFERS).rows))
