"""Rows of the tables of DOCX documents."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from provenance.core.errors import BadInput

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph

LIST_MARK = "• "
"""What a paragraph of a list begins with: its number or bullet is not part of its text."""

PARAGRAPHS_HEADER = ["name"]
"""The header of a document without tables: each of its paragraphs is a name."""


def document_rows(file: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows of a document's tables under the header of the first; without tables, its paragraphs.

    A header that a later table repeats is left out. Rows are numbered as they come, paragraphs from 1.

    Raises:
        BadInput: the document cannot be read.
    """
    import docx

    try:
        document = docx.Document(str(file))
        tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
        paragraphs = [
            f"{LIST_MARK}{paragraph.text}" if _is_in_a_list(paragraph) else paragraph.text
            for paragraph in document.paragraphs
            if paragraph.text.strip()
        ]
    # The library raises any exception on a damaged document: all of them are bad input.
    except Exception as error:
        raise BadInput(f"this DOCX document cannot be read, or is damaged: {error}", file=file.name) from None
    if not tables:
        # Above the first paragraph: none of them is the header.
        yield 0, PARAGRAPHS_HEADER
        yield from ((number, [text]) for number, text in enumerate(paragraphs, start=1))
        return
    header = [name.strip() for name in tables[0][0]] if tables[0] else []
    yield 1, header
    number = 2
    for table in tables:
        for row in table:
            if [cell.strip() for cell in row] != header:
                yield number, row
                number += 1
        # A row without cells parts one table from the next.
        yield number, []


def _is_in_a_list(paragraph: Paragraph) -> bool:
    """Whether the program numbers the paragraph or puts a bullet before it."""
    properties = paragraph._p.pPr
    style = paragraph.style.name if paragraph.style is not None else None
    return (properties is not None and properties.numPr is not None) or (style or "").startswith("List ")
