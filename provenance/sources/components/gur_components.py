"""The component list of Ukraine's Defence Intelligence, as scraped from the War & Sanctions portal.

A row's identity is the portal's own component number; one value of ``found_in_drones`` is one
published entry, whose readable name is in ``notes``. Days come before months. The column ``oem_part_number``
is guessed by pattern and is kept in the raw text only.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar

from provenance.core.vocabulary import ComponentCategory, EvidenceClass, PartyRole, Side
from provenance.sources.formats import FileSample, ReadOptions, raw_text, rows_to_records
from provenance.sources.headers import Fields
from provenance.sources.kinds import SourceKind
from provenance.sources.recognition import open_as
from provenance.sources.records import (
    ComponentRecord,
    DatedFact,
    MakerRecord,
    PartyRecord,
    RecoveryRecord,
    Rejected,
    SerialRecord,
    SourceRecord,
    TransferRecord,
    checked_component,
)
from provenance.sources.sieve import read
from provenance.sources.tables import TableRow, Use
from provenance.text.maker_strings import ChainMention, MakerReading, read_maker

_REQUIRED = (
    "component_id",
    "name_marking",
    "category",
    "manufacturer",
    "manufacturer_country",
    "found_in_drones",
    "source_url",
    "last_verified",
    "notes",
)
_USES = {
    "component_id": Use.IDENTIFYING,
    "name_marking": Use.TEXT,
    "manufacturer": Use.IDENTIFYING,
    "last_verified": Use.DATE,
}
_KEY = re.compile(r"gur-\d+")
_ENTRY_PREFIX = "Linked weapon as published by GUR: "
_SAMPLED = 50
_UNSPECIFIED = "(unspecified)"
_UNKNOWN = ("", "UNK", "unknown")
_PARTIES = {
    "suppliers": (Side.FROM, PartyRole.SUPPLIER),
    "foreign_suppliers": (Side.FROM, PartyRole.SUPPLIER),
    "importers": (Side.TO, PartyRole.IMPORTER),
    "involved": (Side.UNSTATED, PartyRole.UNKNOWN),
}


class GurComponents:
    """The format that the module describes."""

    kind = SourceKind.COMPONENTS
    name = "gur-components"
    title = "component list of the War & Sanctions portal (CSV scrape)"
    fields: ClassVar[Fields] = {}
    columns = _REQUIRED
    source = SourceRecord(
        key="gur-war-sanctions",
        publisher="Defence Intelligence of Ukraine (GUR)",
        title="List of foreign components found in weapons, War & Sanctions portal",
        address="https://war-sanctions.gur.gov.ua/en/components",
        origin_group="gur",
    )

    def sniff(self, sample: FileSample) -> bool:
        """Whether the columns are this scrape's, and all components that are seen the portal's own."""
        return set(_REQUIRED) <= set(sample.header) and all(map(_KEY.fullmatch, _keys(sample)))

    def read(self, file: Path, options: ReadOptions) -> Iterator[ComponentRecord | Rejected]:
        """Every row of the scrape, repeated rows included."""
        table = open_as(file, options.table, self, _REQUIRED)
        table.uses = _USES
        columns = {name: [name] for name in table.header}
        return rows_to_records(table, _convert, checked_component, columns)


def _keys(sample: FileSample) -> list[str]:
    """The component numbers at the beginning of a file; the last row may be cut off."""
    lines = sample.text.splitlines(keepends=True)
    whole = lines if sample.text.endswith("\n") and len(lines) < _SAMPLED else lines[:_SAMPLED]
    found = [row.get("component_id") or "" for row in csv.DictReader(whole)]
    return found if len(lines) < _SAMPLED else found[:-1]


def _convert(row: TableRow) -> dict[str, Any]:
    cells = row.cells
    key = cells["component_id"]
    if not _KEY.fullmatch(key):
        raise ValueError(f"component_id {key!r} is not of the form gur-123")
    marking = cells["name_marking"]
    if not marking:
        raise ValueError("name_marking is empty")
    maker = _maker(cells["manufacturer"])
    return {
        "line": row.line,
        "key": key,
        "raw": raw_text(row.written),
        "recovery": _recovery(cells["found_in_drones"], cells["notes"]),
        "address": cells["source_url"] or None,
        "marking": None if marking == _UNSPECIFIED else marking,
        "marking_mixed": marking != _UNSPECIFIED,
        "maker": maker[0],
        "country_stated": _country(cells["manufacturer_country"]),
        "category": read("category", _category, cells["category"]),
        "retrieved": read("last_verified", _day, cells["last_verified"]),
        "transfer": maker[1],
    }


def _country(text: str) -> str | None:
    return None if text in _UNKNOWN else text


@lru_cache
def _category(text: str) -> ComponentCategory | None:
    if text in _UNKNOWN:
        return None
    try:
        return ComponentCategory(text)
    except ValueError:
        raise ValueError(f"{text!r} is not a known category") from None


@lru_cache
def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise ValueError(f"{text!r} is not a day (YYYY-MM-DD)") from None


@lru_cache(maxsize=65536)
def _maker(cell: str) -> tuple[MakerRecord | None, TransferRecord | None]:
    if not cell.strip():
        return None, None
    reading: MakerReading = read_maker(cell)
    maker = MakerRecord(as_written=cell, brand=reading.brand, parentheses=tuple(reading.parentheses))
    parties = tuple(party for mention in reading.chain for party in _mentioned(mention))
    if not parties:
        return maker, None
    return maker, TransferRecord(evidence_class=EvidenceClass.NAMED_BY_PUBLISHER, parties=parties)


def _mentioned(mention: ChainMention) -> Iterator[PartyRecord]:
    side, role = _PARTIES[mention.heading]
    for name in mention.names:
        yield PartyRecord(side=side, role=role, as_written=name)


@lru_cache(maxsize=65536)
def _recovery(entries: str, notes: str) -> RecoveryRecord:
    # All formats are loaded to recognise a file; only this one's own files need the reader of entries.
    from provenance.text.weapon_entries import read_entry

    try:
        slugs = json.loads(entries)
    except json.JSONDecodeError:
        slugs = None
    if not isinstance(slugs, list) or len(slugs) != 1 or not isinstance(slugs[0], str) or not slugs[0]:
        raise ValueError(f"found_in_drones {entries!r} does not name one entry")
    if not notes.startswith(_ENTRY_PREFIX):
        raise ValueError(f"notes do not begin with {_ENTRY_PREFIX!r}")
    label = notes.removeprefix(_ENTRY_PREFIX).strip()
    entry = read_entry(label, day_first=True)
    return RecoveryRecord(
        key=f"entry:{slugs[0]}",
        label=label,
        extent=entry.extent,
        designation=entry.designation_text,
        weapon_names=entry.candidates,
        weapon_kind=entry.kind_hint,
        unit_designation=entry.unit_text,
        unit_names=entry.unit_candidates,
        host_named=entry.unit_text is None or entry.host_text is not None,
        variant=entry.variant,
        serials=tuple(SerialRecord(kind=serial.kind, value=serial.value) for serial in entry.serials),
        dates=tuple(
            DatedFact(
                kind=fact.kind,
                earliest=fact.span.earliest,
                latest=fact.span.latest,
                as_written=fact.as_written,
            )
            for fact in entry.dates
        ),
        place=entry.place,
    )
