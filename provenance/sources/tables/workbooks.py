"""XLSX workbooks, Strict Open XML among them: their sheets, and all rows of a sheet as stored.

The sheet's own claim about its size is not used, nor anything of its looks but number formats. Rows are read
as the XML is: memory is needed for the workbook's shared strings, not for its rows.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from provenance.sources.tables.marks import RawRow
from provenance.sources.tables.merged_cells import Range, filled_rows
from provenance.sources.tables.packages import Package, elements, joined, opened
from provenance.sources.tables.sheet_cells import Book, NumberFormats, SharedStrings, SheetCells, column_of
from provenance.sources.tables.sheets import SheetName

CALLED = "XLSX workbook"

_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\s[^>]*?\bref\s*=\s*["']([A-Z]+)(\d+):([A-Z]+)(\d+)["']""")
_LONGEST_TAG = 256

_DEFAULT_PART = "xl/workbook.xml"


def workbook_part(package: Package) -> str:
    """The name of the part that lists the sheets; programs differ in it."""
    if "_rels/.rels" in package:
        for relation in elements(package, "_rels/.rels", "Relationship"):
            if relation.get("Type", "").endswith("/officeDocument"):
                return joined("", relation.get("Target", _DEFAULT_PART))
    return _DEFAULT_PART


@contextmanager
def open_workbook(file: Path) -> Iterator[Workbook]:
    """The workbook in a file; see `Opener`."""
    with opened(file, CALLED) as package:
        yield Workbook(package)


class Workbook:
    """An open workbook."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._parts = dict(_sheets(package))

    @property
    def names(self) -> list[SheetName]:
        """The worksheets, in order."""
        return list(self._parts)

    def rows(self, title: str) -> Generator[RawRow, None, None]:
        """Every stored row of a sheet, merged cells filled."""
        part = next(part for name, part in self._parts.items() if name.title == title)
        return filled_rows(self._stored(part), _merged(self._package, part))

    @cached_property
    def _book(self) -> Book:
        return _book(self._package)

    def _stored(self, part: str) -> Iterator[RawRow]:
        reader = SheetCells(self._book)
        for _block in self._package.scanned(part, reader):
            yield from reader.rows
            reader.rows.clear()


def _sheets(package: Package) -> list[tuple[SheetName, str]]:
    workbook = workbook_part(package)
    relations = {
        one["Id"]: one
        for one in elements(package, _relations_of(workbook), "Relationship")
        if "Id" in one and one.get("TargetMode") != "External"
    }
    found = []
    for sheet in elements(package, workbook, "sheet"):
        relation = relations.get(sheet.get("id", ""), {})
        if relation.get("Type", "").endswith("/worksheet"):
            name = SheetName(sheet.get("name", ""), hidden=sheet.get("state", "visible") != "visible")
            found.append((name, joined(workbook, relation["Target"])))
    return found


def _relations_of(part: str) -> str:
    folder, _slash, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels".lstrip("/")


def _book(package: Package) -> Book:
    from openpyxl.styles.numbers import BUILTIN_FORMATS

    workbook = workbook_part(package)
    parts = {
        one.get("Type", "").rpartition("/")[2]: joined(workbook, one.get("Target", ""))
        for one in elements(package, _relations_of(workbook), "Relationship")
    }
    strings, formats = SharedStrings(), NumberFormats(dict(BUILTIN_FORMATS))
    if (part := parts.get("sharedStrings", "")) and part in package:
        package.scan(part, strings)
    if (part := parts.get("styles", "")) and part in package:
        package.scan(part, formats)
    settings = elements(package, workbook, "workbookPr")
    from_1904 = any(one.get("date1904") in ("1", "true") for one in settings)
    return Book(strings.strings, formats.formats, from_1904)


def _merged(package: Package, part: str) -> list[Range]:
    """The merged ranges, which a sheet lists below its rows."""
    ranges, rest = [], b""
    for block in package.blocks(part):
        text, end = rest + block, 0
        for found in _MERGED.finditer(text):
            left, top, right, bottom = found.groups()
            columns = column_of(left.decode()), column_of(right.decode())
            ranges.append(Range(int(top), columns[0], int(bottom), columns[1]))
            end = found.end()
        rest = text[max(end, len(text) - _LONGEST_TAG) :]
    return ranges
