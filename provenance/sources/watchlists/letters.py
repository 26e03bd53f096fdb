"""A list that came with a letter: CSV, XLSX or the tables of a DOCX, its headers mapped.

Columns ``id, name, aliases, address, country, identifiers``, several values in a cell parted by ``;``; other
headers are understood in a few languages or mapped by the user. A cell that holds name, aliases and
address together is taken apart, and what was read out of it is shown for review.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from provenance.core.errors import BadInput, UsageError
from provenance.sources.tables import read_header, read_rows
from provenance.sources.watchlists.base import (
    ListOptions,
    Row,
    address,
    cells_of,
    check_width,
    country_or_none,
    is_number,
    lines_of,
    named,
    parts,
    texts,
)
from provenance.sources.watchlists.mixed_cells import is_mixed, shown, taken_apart
from provenance.sources.watchlists.records import AddressText, IdentifierText, ListEntry
from provenance.text.folding import fold

FIELDS: dict[str, tuple[str, ...]] = {
    "id": ("id", "no", "number", "№", "nr", "ref", "entry", "item", "n", "п/п", "№ п/п"),
    "name": ("name", "party", "entity", "company", "firm", "name of entity", "customer", "наименование",
             "название", "назва", "найменування", "企业名称", "名称", "unvan", "party name",
             "name and address", "name & address", "name, address", "entity name and address"),
    "aliases": ("aliases", "alias", "aka", "a.k.a.", "other names", "also known as", "псевдоніми"),
    "address": ("address", "addresses", "location", "registered address", "адрес", "адреса", "地址", "adres"),
    "country": ("country", "jurisdiction", "страна", "країна", "国家", "ulke"),
    "identifiers": ("identifiers", "identifier", "registration number", "registration no", "inn", "tax id",
                    "tax number", "company number", "brn", "lei", "инн", "огрн", "єдрпоу", "注册号"),
    "remarks": ("remarks", "remark", "note", "notes", "comment", "reason", "примечание", "примітка"),
}  # fmt: skip
"""The fields of a letter's list and the headers that are taken to mean them."""

IGNORED = "-"
_DELIMITERS = (",", ";", "\t", "|")
_IDENTIFIER = re.compile(r"(?:(?P<scheme>[^\W\d]{2,12})\s*[:№#]?\s*)?(?P<value>[0-9A-Z][0-9A-Z./ -]{3,})")


class Letter:
    """A table out of a file: CSV, XLSX or DOCX, by name."""

    watchlist: str | None = None

    def __init__(self, name: str, title: str) -> None:
        self.name = name
        self.title = title

    def read(self, file: Path, options: ListOptions) -> Iterator[ListEntry]:
        """Every entry in order; see `ListFormat.read`."""
        header, rows = _table(self.name, file)
        mapping = mapped(header, options.mapping)
        if "name" not in mapping.values() and "address" not in mapping.values():
            raise BadInput(
                f"no column is a name; the header has {', '.join(filter(None, header))}",
                file=file.name,
                line=1,
                hint="Say which: --map 'HEADER=name'. Fields: " + ", ".join(FIELDS) + ".",
            )
        count = 0
        for row in rows:
            count += 1
            yield _entry(file, row, mapping)
        if not count:
            raise BadInput("there is no entry in the file", file=file.name, line=1)


def mapped(header: Sequence[str], wanted: Mapping[str, str]) -> dict[str, str]:
    """Header to field: what the user says, else what a header is understood to mean.

    Raises:
        UsageError: the user names a header or field that is not there.
    """
    for name, meant in wanted.items():
        if name not in header or meant not in (*FIELDS, IGNORED):
            raise UsageError(
                f"--map {name}={meant}: headers are {', '.join(header)}; fields {', '.join(FIELDS)}"
            )
    mapping = dict(wanted)
    for meant, known in FIELDS.items():
        if meant in mapping.values():
            continue
        keys = {fold(text) or text for text in (meant, *known)}
        for name in header:
            if name not in mapping and (fold(name) or name) in keys:
                mapping[name] = meant
                break
    return {name: meant for name, meant in mapping.items() if meant != IGNORED}


def _entry(file: Path, row: Row, mapping: Mapping[str, str]) -> ListEntry:
    said = {meant: row[name] for name, meant in mapping.items()}
    review: list[str] = []
    name, addresses = said.get("name", ""), parts(said.get("address", ""))
    aliases, numbers = parts(said.get("aliases", "")), parts(said.get("identifiers", ""))
    if name and is_mixed(name, header=_header_of(mapping, "name"), has_address=bool(said.get("address"))):
        taken = taken_apart(name)
        review.append(f"{' / '.join(name.split(chr(10)))!r} was read as {shown(taken)}")
        name, aliases = taken["name"][0], [*taken["name"][1:], *taken["aliases"], *aliases]
        addresses, numbers = [*taken["address"], *addresses], [*taken["identifiers"], *numbers]
    country = country_or_none(said.get("country", ""))
    if said.get("country") and country is None:
        review.append(f"{said['country']!r} is no country known here; it was left open")
    places = tuple(place for text in addresses if (place := address(text, country)))
    if not places and country:
        places = (AddressText("", country),)
    names = named(name, aliases)
    if not names and not addresses:
        raise BadInput("an entry without name and address", file=file.name, line=row.line)
    own = said.get("id") or None
    return ListEntry(
        line=row.line,
        identity=own,
        own_id=own,
        names=names,
        addresses=places,
        identifiers=tuple(found for text in numbers if (found := _identifier(text))),
        remarks=texts(said.get("remarks", "")),
        review=tuple(review),
    )


def _header_of(mapping: Mapping[str, str], field: str) -> str:
    return next((name for name, meant in mapping.items() if meant == field), "")


def _identifier(text: str) -> IdentifierText | None:
    match = _IDENTIFIER.search(text.upper())
    if match is None or not is_number(match["value"]):
        return None
    scheme = {"ИНН": "INN", "ОГРН": "OGRN"}.get(match["scheme"] or "", match["scheme"])
    return IdentifierText(match["value"].strip(), scheme)


def _table(kind: str, file: Path) -> tuple[list[str], Iterator[Row]]:
    if not file.is_file():
        raise BadInput("there is no such file", file=str(file))
    if kind == "docx":
        return _docx_table(file)
    if kind == "xlsx":
        rows = read_rows(file)
        return read_header(file), (Row(row.line, row.cells) for row in rows)
    return _csv_table(file)


def _csv_table(file: Path) -> tuple[list[str], Iterator[Row]]:
    first = next(lines_of(file), "")
    delimiter = max(_DELIMITERS, key=first.count)
    records = cells_of(file, delimiter)
    _line, header = next(records, (1, []))
    header = [name.strip() for name in header]
    if not any(header):
        raise BadInput("the file is empty: a header line is needed", file=file.name, line=1)
    return header, _csv_rows(file, records, header)


def _csv_rows(file: Path, records: Iterator[tuple[int, list[str]]], header: list[str]) -> Iterator[Row]:
    for line, cells in records:
        if any(cell.strip() for cell in cells):
            check_width(file, line, len(cells), len(header))
            yield Row(line, dict(zip(header, cells, strict=True)))


def _docx_table(file: Path) -> tuple[list[str], Iterator[Row]]:
    """The tables of a document under the header of the first; without one, a paragraph is an entry."""
    from zipfile import BadZipFile

    import docx
    from docx.opc.exceptions import PackageNotFoundError

    try:
        document = docx.Document(str(file))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError):
        raise BadInput("this is no DOCX document, or it is damaged", file=file.name) from None
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    if not tables:
        texts_ = [paragraph.text for paragraph in document.paragraphs if paragraph.text.strip()]
        return ["name"], (Row(number, {"name": text}) for number, text in enumerate(texts_, start=1))
    header = [name.strip() for name in tables[0][0]]
    body = [row for table in tables for row in table if [cell.strip() for cell in row] != header]
    return header, _docx_rows(file, header, body)


def _docx_rows(file: Path, header: list[str], body: list[list[str]]) -> Iterator[Row]:
    for number, cells in enumerate(body, start=2):
        if any(cell.strip() for cell in cells):
            check_width(file, number, len(cells), len(header))
            yield Row(number, dict(zip(header, cells, strict=True)))
