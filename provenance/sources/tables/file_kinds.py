"""The kind of a file by its first bytes, whatever its name; files that cannot be read are named and
refused."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from provenance.core.errors import BadInput

_START = 4096
"""Bytes by which most kinds are recognised."""

_OLE_DIRECTORY = 1 << 20
"""Bytes at each end of an OLE file that are searched for the name of an encrypted workbook's stream."""


class FileKind(StrEnum):
    """The kinds of files that people hand in as tables."""

    TEXT = "delimited text"
    XLSX = "XLSX workbook"
    DOCX = "DOCX document"
    XLSB = "binary workbook (.xlsb)"
    XLS = "workbook of old Excel (.xls)"
    ENCRYPTED = "workbook protected by a password"
    ODS = "OpenDocument spreadsheet (.ods)"
    ZIP = "ZIP archive"
    DAMAGED_ZIP = "ZIP archive or XLSX workbook that is damaged or cut off"
    GZIP = "gzip archive"
    XML = "XML file"
    HTML = "web page (HTML)"
    PDF = "PDF document"
    DOC = "document of old Word (.doc)"
    RTF = "document in Rich Text Format"
    PRESENTATION = "presentation"
    TEXT_DOCUMENT = "OpenDocument text (.odt)"
    NUMBERS = "spreadsheet of Apple Numbers"
    IMAGE = "picture"
    ARCHIVE = "compressed archive (7z or RAR)"
    PARQUET = "Parquet file"
    MAIL = "saved mail or web page (MHTML)"
    JSON = "JSON file"
    SQLITE = "SQLite database"

    @property
    def is_spreadsheet(self) -> bool:
        """Whether a file of this kind has sheets with rows of cells."""
        return self in (FileKind.XLSX, FileKind.XLS, FileKind.ODS, FileKind.XLSB)


_JSON = re.compile(r"""\ufeff?\s*(?:\{\s*"[^"]*"\s*:|\[\s*[{\[])""")
_WORKBOOK_PART = re.compile(r"xl/workbook\d*\.xml")

_MAGIC = (
    (b"\x1f\x8b", FileKind.GZIP),
    (b"%PDF-", FileKind.PDF),
    (b"SQLite format 3\0", FileKind.SQLITE),
    (b"{\\rtf", FileKind.RTF),
    (b"\x89PNG", FileKind.IMAGE),
    (b"\xff\xd8\xff", FileKind.IMAGE),
    (b"GIF8", FileKind.IMAGE),
    (b"7z\xbc\xaf\x27\x1c", FileKind.ARCHIVE),
    (b"Rar!\x1a\x07", FileKind.ARCHIVE),
    (b"PAR1", FileKind.PARQUET),
    (b"MIME-Version:", FileKind.MAIL),
)
_MARKUP = (
    (b"<?xml", FileKind.XML),
    (b"<!doctype html", FileKind.HTML),
    (b"<!doctype", FileKind.XML),
    (b"<html", FileKind.HTML),
    (b"<table", FileKind.HTML),
    (b"<meta", FileKind.HTML),
    (b"<head", FileKind.HTML),
    (b"<body", FileKind.HTML),
    (b"<style", FileKind.HTML),
    (b"<!--", FileKind.HTML),
)
_ELEMENT = re.compile(rb"<[a-z][\w:.-]*(?:\s[^<>]*)?>[^<]*<", re.IGNORECASE)
"""An element with another one in it, or its end."""
_SAVE_AS_XLSX = "Open it in a spreadsheet program and save it as XLSX or as CSV in UTF-8."
_COPY_THE_TABLE = "Copy its table into a spreadsheet and save it as XLSX."
_WHAT_TO_DO = {
    FileKind.XLSX: "Give it a name that ends in .xlsx, or import it as a workbook.",
    FileKind.DOCX: "Import it as a document, or copy its table into a spreadsheet and save it as XLSX.",
    FileKind.XLSB: f"No library reads its number formats and errors. {_SAVE_AS_XLSX}",
    FileKind.XLS: _SAVE_AS_XLSX,
    FileKind.ENCRYPTED: "Open it with its password and save it without one.",
    FileKind.ODS: _SAVE_AS_XLSX,
    FileKind.ZIP: "Unpack it and import the file inside.",
    FileKind.DAMAGED_ZIP: "Get the file again.",
    FileKind.GZIP: "Unpack it and import the file inside.",
    FileKind.XML: "Get the list as CSV or XLSX.",
    FileKind.HTML: "Get the list as CSV or XLSX; a page that was saved from a browser is not the list.",
    FileKind.PDF: _COPY_THE_TABLE,
    FileKind.DOC: "Save it as DOCX, or copy its table into a spreadsheet and save it as XLSX.",
    FileKind.RTF: "Save it as DOCX, or copy its table into a spreadsheet and save it as XLSX.",
    FileKind.PRESENTATION: _COPY_THE_TABLE,
    FileKind.TEXT_DOCUMENT: "Save it as DOCX, or copy its table into a spreadsheet and save it as XLSX.",
    FileKind.NUMBERS: "Export it from Numbers as XLSX or as CSV in UTF-8.",
    FileKind.IMAGE: "Get the list as a table; a photo is added with its own command.",
    FileKind.ARCHIVE: "Unpack it and import the file inside.",
    FileKind.PARQUET: "Export it as CSV.",
    FileKind.MAIL: _COPY_THE_TABLE,
    FileKind.JSON: "Get the list as CSV or XLSX, or use the format of that name.",
    FileKind.SQLITE: "Export its table as CSV.",
}


def file_kind(file: Path) -> FileKind:
    """The kind of the file; one that is not recognised counts as text.

    Raises:
        BadInput: the file does not exist.
    """
    if not file.is_file():
        raise BadInput("there is no such file", file=str(file))
    with file.open("rb") as stream:
        start = stream.read(_START)
    if start.startswith(b"PK"):
        return _kind_of_zip(file)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        return _kind_of_ole(file)
    for magic, kind in _MAGIC:
        if start.startswith(magic):
            return kind
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if text.startswith((b"<\0", b"\xff\xfe<\0", b"\xfe\xff\0<")):
        text = text.removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").replace(b"\0", b"")
    kind = next((kind for begins, kind in _MARKUP if text.startswith(begins)), FileKind.TEXT)
    return FileKind.XML if kind is FileKind.TEXT and _ELEMENT.match(text) else kind


def refusal(file: Path, kind: FileKind, wanted: FileKind | None = None) -> BadInput:
    """The error that says what a file is and what to do; ``wanted`` is the expected kind."""
    if wanted is not None and kind is FileKind.TEXT:
        return BadInput(
            f"this is not {_with_article(wanted)}", file=file.name, hint="It is text: import it as CSV."
        )
    return BadInput(f"this is {_with_article(kind)}", file=file.name, hint=_WHAT_TO_DO.get(kind, ""))


def begins_as_json(text: str) -> bool:
    """Whether a text begins as JSON documents of records do; no list and no marking does."""
    return _JSON.match(text) is not None


def require_text(file: Path) -> None:
    """Refuses a file that is not text.

    Raises:
        BadInput: names what it is.
    """
    kind = file_kind(file)
    if kind is not FileKind.TEXT:
        raise refusal(file, kind)


def _with_article(kind: FileKind) -> str:
    return f"an {kind}" if kind[0] in "OX" else f"a {kind}"


def _kind_of_zip(file: Path) -> FileKind:
    try:
        with ZipFile(file) as archive:
            names = {name.replace("\\", "/").casefold() for name in archive.namelist()}
            # Some programs call the part that lists the sheets workbook2.xml.
            if any(_WORKBOOK_PART.fullmatch(name) for name in names):
                return FileKind.XLSX
            if "mimetype" in names and b"opendocument.spreadsheet" in archive.read("mimetype"):
                return FileKind.ENCRYPTED if _is_encrypted_opendocument(archive) else FileKind.ODS
            if "mimetype" in names and b"opendocument.text" in archive.read("mimetype"):
                return FileKind.TEXT_DOCUMENT
    except (BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError):
        return FileKind.DAMAGED_ZIP
    if "word/document.xml" in names:
        return FileKind.DOCX
    if "ppt/presentation.xml" in names:
        return FileKind.PRESENTATION
    if any(name.endswith("index/document.iwa") for name in names):
        return FileKind.NUMBERS
    return FileKind.XLSB if "xl/workbook.bin" in names else FileKind.ZIP


def _is_encrypted_opendocument(archive: ZipFile) -> bool:
    manifest = "META-INF/manifest.xml"
    return manifest in archive.namelist() and b"encryption-data" in archive.read(manifest)


def _kind_of_ole(file: Path) -> FileKind:
    with file.open("rb") as stream:
        beginning = stream.read(_OLE_DIRECTORY)
        stream.seek(max(0, file.stat().st_size - _OLE_DIRECTORY))
        end = stream.read()
    kinds = (("EncryptedPackage", FileKind.ENCRYPTED), ("WordDocument", FileKind.DOC))
    for stream_name, kind in kinds:
        if (written := stream_name.encode("utf-16-le")) in beginning or written in end:
            return kind
    return FileKind.XLS
