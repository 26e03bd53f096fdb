"""The Denied Persons List of the Bureau of Industry and Security: tab-separated text with a header.

One order may have several rows, one per address; rows of the same name and dates are one entry.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from provenance.core.errors import BadInput
from provenance.sources.formats import FileSample, ReadOptions
from provenance.sources.watchlists.base import (
    FixedFormat,
    Row,
    address,
    country_or_none,
    day,
    named,
    rows_of,
    texts,
)
from provenance.sources.watchlists.records import ListEntry
from provenance.text.folding import fold

_REQUIRED = ("Name", "Street_Address", "City", "Country", "Effective_Date", "Expiration_Date", "FR_Citation")


class DeniedPersons(FixedFormat):
    """The format that the module describes."""

    name = "bis-dpl"
    title = "BIS Denied Persons List, tab-separated text"
    watchlist = "bis-dpl"
    columns = _REQUIRED

    def sniff(self, sample: FileSample) -> bool:
        """Whether the columns are this list's."""
        return set(_REQUIRED) <= set(sample.header)

    def read(self, file: Path, options: ReadOptions) -> Iterator[ListEntry]:
        """Every entry in the order of its first row; see `ListFormat.read`."""
        entries: dict[tuple[object, ...], ListEntry] = {}
        for row in rows_of(file, options, self, _REQUIRED):
            entry = _entry(file, row)
            key = (fold(entry.label), entry.stated_from, entry.stated_to)
            known = entries.get(key)
            entries[key] = entry if known is None else _merged(known, entry)
        yield from entries.values()


def _merged(known: ListEntry, more: ListEntry) -> ListEntry:
    return replace(known, addresses=tuple(dict.fromkeys((*known.addresses, *more.addresses))))


def _entry(file: Path, row: Row) -> ListEntry:
    names = named(row["Name"])
    if not names:
        raise BadInput("an entry without a name", file=file.name, line=row.line)
    place = [row[column] for column in ("Street_Address", "City", "State", "Postal_Code", "Country")]
    found = address(", ".join(filter(None, place)), country_or_none(row["Country"]))
    return ListEntry(
        line=row.line,
        names=names,
        section="DPL",
        addresses=(found,) if found else (),
        program="Standard order" if row["Standard_Order"] == "Y" else "Non-standard order",
        stated_from=day(row["Effective_Date"], "%m/%d/%Y", "%Y-%m-%d"),
        stated_to=day(row["Expiration_Date"], "%m/%d/%Y", "%Y-%m-%d"),
        reference=texts(row["FR_Citation"]),
        remarks=texts(row["Action"]),
    )
