"""Files as people's programs write them, made for one test."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZipFile

import openpyxl

SHEET, STYLES, BOOK = "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml"
Change = Callable[[str], str]


def text_file(file: Path, *lines: str, encoding: str = "utf-8") -> Path:
    """A text file of some lines."""
    file.write_bytes("".join(f"{line}\n" for line in lines).encode(encoding))
    return file


def workbook(
    file: Path,
    *sheets: Sequence[Sequence[object]],
    parts: Mapping[str, Change] | None = None,
    change: Callable[[openpyxl.Workbook], None] = lambda book: None,
) -> Path:
    """A workbook of some sheets; ``change`` works on the open book, ``parts`` on its XML."""
    book = openpyxl.Workbook()
    for place, rows in enumerate(sheets):
        sheet = book.worksheets[0] if place == 0 else book.create_sheet(f"Second {place}")
        for row in rows:
            sheet.append([cell if cell != "" else None for cell in row])
    change(book)
    book.save(file)
    return with_parts(file, parts) if parts else file


def with_parts(file: Path, parts: Mapping[str, Change]) -> Path:
    """The ZIP file with some parts changed."""
    with ZipFile(file) as old:
        contents = {name: old.read(name) for name in old.namelist()}
    with ZipFile(file, "w") as new:
        for name, content in contents.items():
            new.writestr(name, parts[name](content.decode()).encode() if name in parts else content)
    return file


def opendocument(
    file: Path, sheets: Mapping[str, Sequence[Sequence[str]]], *, hidden: Sequence[str] = ()
) -> Path:
    """An OpenDocument spreadsheet; cells are texts, or whole `table-cell` elements."""
    tables = "".join(
        f'<table:table table:name={quoteattr(name)} table:style-name="{"off" if name in hidden else "on"}">'
        + "".join(f"<table:table-row>{''.join(map(_cell, row))}</table:table-row>" for row in rows)
        + '<table:table-row table:number-rows-repeated="1048000"><table:table-cell'
        ' table:number-columns-repeated="16384"/></table:table-row></table:table>'
        for name, rows in sheets.items()
    )
    styles = "".join(
        f'<style:style style:name="{name}"><style:table-properties table:display="{shown}"/></style:style>'
        for name, shown in (("on", "true"), ("off", "false"))
    )
    with ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
            ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
            ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
            ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
            ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
            ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
            f"<office:automatic-styles>{styles}</office:automatic-styles>"
            f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
            "</office:document-content>",
        )
    return file


def _cell(content: str) -> str:
    if content.startswith("<table:"):
        return content
    if not content:
        return "<table:table-cell/>"
    paragraphs = "".join(f"<text:p>{escape(line)}</text:p>" for line in content.split("\n"))
    return f'<table:table-cell office:value-type="string">{paragraphs}</table:table-cell>'


def string_cell(content: str, attributes: str = "", kind: str = "string") -> str:
    """A text's cell of an OpenDocument spreadsheet, with more attributes; ``content`` is its XML."""
    return f'<table:table-cell office:value-type="{kind}" {attributes}>{content}</table:table-cell>'


def number_cell(value: str, shown: str, kind: str = "float") -> str:
    """A number's cell of an OpenDocument spreadsheet."""
    return (
        f'<table:table-cell office:value-type="{kind}" office:value="{value}">'
        f"<text:p>{shown}</text:p></table:table-cell>"
    )
