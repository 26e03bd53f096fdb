"""The Denied Persons List of the Bureau of Industry and Security, in both layouts that were published.

The older one is tab-separated text with a column for each part of an address, the one of 2025 is CSV with
name and address in one cell. One order may have several rows, one per address; rows of the same name and
dates are one entry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from provenance.core.errors import BadInput
from provenance.sources.formats import FileSample, ReadOptions
from provenance.sources.recognition import sample_of
from provenance.sources.watchlists.base import (
    FixedFormat,
    Row,
    address,
    country_or_none,
    days_of,
    named,
    once,
    rows_of,
    texts,
)
from provenance.sources.watchlists.combined_cells import names_before_address, summary_of
from provenance.sources.watchlists.records import ListEntry
from provenance.text.folding import fold

_REQUIRED = ("Name", "Street_Address", "City", "Country", "Effective_Date", "Expiration_Date", "FR_Citation")
_REQUIRED_2025 = ("Name and Address", "Type of Denial", "Effective Date", "Expiration Date")
_CITATIONS = ("Appropriate Federal Register Citations", "Appropriate Federal Register Citation")
_DAYS = ("%m/%d/%Y", "%Y-%m-%d")


class DeniedPersons(FixedFormat):
    """The format that the module describes."""

    name = "bis-dpl"
    title = "BIS Denied Persons List, tab-separated text or the CSV of 2025"
    watchlist = "bis-dpl"
    columns = (*_REQUIRED, *_REQUIRED_2025)

    def sniff(self, sample: FileSample) -> bool:
        """Whether the columns are this list's."""
        return set(_REQUIRED) <= set(sample.header) or _is_of_2025(sample)

    def read(self, file: Path, options: ReadOptions) -> Iterator[ListEntry]:
        """Every entry in the order of its first row; see `ListFormat.read`."""
        header = set(sample_of(file).header)
        if len(header & set(_REQUIRED_2025)) > len(header & set(_REQUIRED)):
            rows = rows_of(file, options, self, _REQUIRED_2025)
            yield from _merged_entries(file, rows, _entry_of_2025)
        else:
            yield from _merged_entries(file, rows_of(file, options, self, _REQUIRED), _entry)


def _is_of_2025(sample: FileSample) -> bool:
    return set(_REQUIRED_2025) <= set(sample.header)


def _merged_entries(
    file: Path, rows: Iterator[Row], entry_of: Callable[[Row], ListEntry]
) -> Iterator[ListEntry]:
    entries: dict[tuple[object, ...], ListEntry] = {}
    for row in rows:
        entry = entry_of(row)
        if not entry.names:
            raise BadInput("an entry without a name", file=file.name, line=row.line)
        key = (fold(entry.label), entry.stated_from, entry.stated_to)
        known = entries.get(key)
        entries[key] = entry if known is None else _merged(known, entry)
    yield from entries.values()


def _merged(known: ListEntry, more: ListEntry) -> ListEntry:
    return replace(
        known,
        names=once((*known.names, *more.names)),
        addresses=tuple(dict.fromkeys((*known.addresses, *more.addresses))),
        review=tuple(dict.fromkeys((*known.review, *more.review))),
    )


def _entry(row: Row) -> ListEntry:
    place = [row[column] for column in ("Street_Address", "City", "State", "Postal_Code", "Country")]
    found = address(", ".join(filter(None, place)), country_or_none(row["Country"]))
    days = days_of(row, "Effective_Date", "Expiration_Date", _DAYS)
    return ListEntry(
        line=row.line,
        names=named(row["Name"]),
        section="DPL",
        addresses=(found,) if found else (),
        program="Standard order" if row["Standard_Order"] == "Y" else "Non-standard order",
        stated_from=days.first,
        stated_to=days.last,
        reference=texts(row["FR_Citation"]),
        remarks=texts(row["Action"]),
        review=days.review,
    )


def _entry_of_2025(row: Row) -> ListEntry:
    """An entry whose name and address are one cell: the name goes as far as the first comma after it."""
    cell = row["Name and Address"]
    (name, *others), place = names_before_address(cell)
    found = address(place)
    split = {"name": [name], "aliases": others, "address": [place] if place else []}
    days = days_of(row, "Effective Date", "Expiration Date", _DAYS)
    return ListEntry(
        line=row.line,
        names=named(name, others),
        section="DPL",
        addresses=(found,) if found else (),
        program=f"{row['Type of Denial']} order" if row["Type of Denial"] else None,
        stated_from=days.first,
        stated_to=days.last,
        reference=texts("; ".join(filter(None, (row[column] for column in _CITATIONS)))),
        review=(f"{cell!r} was read as {summary_of(split)}", *days.review),
    )
