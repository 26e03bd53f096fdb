"""The Consolidated Screening List: CSV in both column layouts (``_id`` first or not), and JSON.

One file holds the lists of three departments; the code of each is in brackets in ``source``. The row id
is a digest of the row and changes with it, so it does not identify a party across versions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from provenance.core.errors import BadInput
from provenance.core.vocabulary.watched import Asks, PartyKind
from provenance.sources.formats import FileSample, ReadOptions
from provenance.sources.recognition import refuse_other_format
from provenance.sources.tables import Unfinished, strict_lines
from provenance.sources.watchlists.base import (
    FixedFormat,
    Row,
    address,
    country_or_none,
    days_of,
    identifier_texts,
    line_count,
    named,
    refuse_layout,
    rows_of,
    texts,
)
from provenance.sources.watchlists.cell_items import parts
from provenance.sources.watchlists.records import AddressText, IdentifierText, ListEntry
from provenance.text.registration_numbers import is_label, read_numbers

_REQUIRED = (
    "source",
    "entity_number",
    "type",
    "programs",
    "name",
    "addresses",
    "start_date",
    "alt_names",
    "ids",
)
_CODE = re.compile(r"\(([A-Z]{2,5})\)")
_JSON_START = re.compile(
    r'\s*(?:\{\s*"(?:total|results|search_performed_at|sources_used)"|\[\s*\{[^{}]*"source_list_url")'
)
"""How the JSON of the list's own service begins, and that of an array of its results."""

_KINDS = {
    "individual": PartyKind.PERSON,
    "entity": PartyKind.ENTITY,
    "vessel": PartyKind.VESSEL,
    "aircraft": PartyKind.AIRCRAFT,
}
_ADDRESS_ENTRY = re.compile(r"address\s*(?:no\.?\s*)?\d+", re.IGNORECASE)
_NEXT_ADDRESS = re.compile(r";\s*(?:and\s+)?", re.IGNORECASE)


class ConsolidatedScreeningList(FixedFormat):
    """The format that the module describes."""

    name = "csl"
    title = "US Consolidated Screening List, CSV (both layouts) or JSON"
    watchlist = "csl"
    columns = _REQUIRED

    def sniff(self, sample: FileSample) -> bool:
        """Whether the columns or the keys of the JSON are this list's."""
        return set(_REQUIRED) <= set(sample.header) or bool(_JSON_START.match(sample.text))

    def read(self, file: Path, options: ReadOptions) -> Iterator[ListEntry]:
        """Every entry in order; see `ListFormat.read`."""
        rows = self._json_rows(file, options) if _is_json(file) else rows_of(file, options, self, _REQUIRED)
        for row in rows:
            yield _entry(file, row)

    def _json_rows(self, file: Path, options: ReadOptions) -> Iterator[Row]:
        refuse_other_format(file, self)
        refuse_layout(file, options)
        return _json_rows(file)


def _is_json(file: Path) -> bool:
    if not file.is_file():
        raise BadInput("there is no such file", file=str(file))
    with file.open("rb") as stream:
        return stream.read(64).lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")


def _entry(file: Path, row: Row) -> ListEntry:
    code = _CODE.search(row["source"])
    if not row["source"] or not (row["name"] or row["addresses"]):
        raise BadInput("an entry without source or name", file=file.name, line=row.line)
    section = code[1] if code else row["source"]
    number = row["entity_number"]
    addresses = _addresses(row["addresses"])
    is_address = bool(_ADDRESS_ENTRY.fullmatch(row["name"])) and bool(addresses)
    days = days_of(row, "start_date", "end_date", ("%Y-%m-%d", "%m/%d/%Y"))
    return ListEntry(
        line=row.line,
        identity=f"{section}-{number}" if number else None,
        own_id=row["_id"] or row["id"] or number or None,
        section=section,
        names=() if is_address else named(row["name"], _alias_cells(row["alt_names"])),
        kind=PartyKind.ADDRESS if is_address else _KINDS.get(row["type"].casefold()),
        addresses=addresses,
        identifiers=tuple(_identifiers(row["ids"])),
        program=texts(row["programs"]),
        asks=Asks.LICENCE if row["license_requirement"] else None,
        asks_text=texts(". ".join(filter(None, (row["license_requirement"], row["license_policy"])))),
        stated_from=days.first,
        stated_to=days.last,
        reference=texts(row["federal_register_notice"]),
        remarks=texts(". ".join(filter(None, (row["title"], row["remarks"])))),
        review=days.review,
    )


def _alias_cells(cell: str) -> list[str]:
    return [re.sub(r"^and\s+", "", part, flags=re.IGNORECASE) for part in parts(cell)]


def _addresses(cell: str) -> tuple[AddressText, ...]:
    found = (address(part) for part in _NEXT_ADDRESS.split(cell))
    return tuple(part for part in found if part is not None)


def _identifiers(cell: str) -> Iterator[IdentifierText]:
    """The numbers of a cell; each part has a number, its kind and sometimes a country, in either order."""
    for part in parts(cell):
        pieces = [piece.strip() for piece in part.split(",") if piece.strip()]
        kind = next((piece for piece in pieces if is_label(piece)), None)
        if kind is None:
            # Websites, dates of birth and sanctions programmes stand in the same cell.
            continue
        others = [piece for piece in pieces if piece != kind]
        country = next(
            (code for piece in others if len(piece) == 2 and (code := country_or_none(piece))), None
        )
        value = ", ".join(piece for piece in others if not (len(piece) == 2 and country_or_none(piece)))
        yield from identifier_texts(read_numbers(value, kind, country).numbers)


def _json_rows(file: Path) -> Iterator[Row]:
    """The objects of ``results`` (or of a bare array) as rows of the CSV's columns."""
    import ijson

    with file.open("rb") as stream:
        lead = stream.read(64).lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
        stream.seek(3 if file.open("rb").read(3) == b"\xef\xbb\xbf" else 0)
        count = 0
        try:
            for item in ijson.items(stream, "item" if lead == b"[" else "results.item"):
                count += 1
                if not isinstance(item, dict):
                    raise BadInput(
                        f"result {count:,} is not an object", file=file.name, line=line_count(file)
                    )
                yield Row(count, {str(name): _flat(name, value) for name, value in item.items()})
        except ijson.common.JSONError as error:
            raise Unfinished(
                f"the JSON breaks off or is broken after {count:,} entries: {str(error).splitlines()[0]}",
                file=file.name,
                line=line_count(file),
                hint="A half-read file never becomes a version; get it again.",
            ) from None
        except UnicodeDecodeError:
            for _line in strict_lines(file):
                pass
            raise
    if not count:
        raise BadInput("there is no list of results in the file", file=file.name, line=1)


def _flat(name: str, value: Any) -> str:
    """A value of the JSON as the CSV would write it."""
    if value is None:
        return ""
    if isinstance(value, str | int | float | bool | Decimal):
        return str(value)
    if name == "addresses":
        return "; ".join(_address_line(item) for item in value)
    if name == "ids":
        return "; ".join(
            ", ".join(str(item.get(part) or "") for part in ("country", "number", "type")) for item in value
        )
    return "; ".join(str(item) for item in value) if isinstance(value, list) else str(value)


def _address_line(item: Any) -> str:
    if not isinstance(item, dict):
        return str(item)
    order = ("address", "city", "state", "state_or_province", "postal_code", "country")
    return ", ".join(str(item[part]).replace(";", ",") for part in order if item.get(part))
