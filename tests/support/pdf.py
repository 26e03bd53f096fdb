"""What is on the pages of a PDF: the pictures that a printer would make of them, and their words."""

from __future__ import annotations

from pathlib import Path

import pypdfium2

POINTS_PER_INCH = 72
LABEL_PRINTER = 203
"""Dots an inch that common label printers put on paper."""


def photographed(pdf: bytes, folder: Path, *, dpi: int = LABEL_PRINTER) -> list[Path]:
    """A PNG of each page, in order."""
    folder.mkdir(exist_ok=True)
    paths = []
    with pypdfium2.PdfDocument(pdf) as document:
        for number in range(len(document)):
            path = folder / f"page{number + 1:03}.png"
            document[number].render(scale=dpi / POINTS_PER_INCH).to_pil().save(path)
            paths.append(path)
    return paths


def text_of(pdf: bytes) -> str:
    """The words on all pages."""
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [document[number].get_textpage().get_text_bounded() for number in range(len(document))]
    return "\n".join(pages)
