"""Evidence that is not a photo: PDFs, videos, X-rays, reports; what such a file is, and whether it is what it
is said to be.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from provenance.core.errors import BadInput
from provenance.core.vocabulary.evidence import EvidenceKind, PhotoState
from provenance.evidence.images import ImageContent, read_image
from provenance.evidence.other_content import other_content
from provenance.evidence.recordings import video_seconds
from provenance.sources.tables.file_kinds import FileKind, file_kind

MOST_BYTES = 16 << 30
"""The largest file that is taken without being told to: sixteen gibibytes are two hours of a camera's best
video; what is larger is mostly the image of a disk.
"""

_DICOM_PREAMBLE = 128
"""Bytes before the word DICM in a DICOM file (PS3.10, 7.1)."""


class Content(StrEnum):
    """What evidence can hold, as far as its kinds tell it apart."""

    IMAGE = "an image"
    DICOM = "a DICOM image"
    PDF = "a PDF document"
    TEXT = "a text or office document"
    TABLE = "a spreadsheet"
    VIDEO = "a video"


_FITS: Mapping[EvidenceKind, frozenset[Content]] = {
    EvidenceKind.PHOTO: frozenset((Content.IMAGE,)),
    EvidenceKind.X_RAY: frozenset((Content.IMAGE, Content.DICOM, Content.PDF)),
    EvidenceKind.VIDEO: frozenset((Content.VIDEO,)),
    EvidenceKind.DOCUMENT: frozenset((Content.PDF, Content.TEXT, Content.TABLE, Content.IMAGE)),
    EvidenceKind.LAB_REPORT: frozenset((Content.PDF, Content.TEXT, Content.TABLE, Content.IMAGE)),
}
"""What each kind can hold; a scan is an image."""

_BY_CONTENT: Mapping[Content, EvidenceKind] = {
    Content.IMAGE: EvidenceKind.PHOTO,
    Content.DICOM: EvidenceKind.X_RAY,
    Content.VIDEO: EvidenceKind.VIDEO,
}
"""The kind of what is not said to be anything; all others are documents."""

_OFFICE = (
    FileKind.DOCX,
    FileKind.DOC,
    FileKind.RTF,
    FileKind.TEXT_DOCUMENT,
    FileKind.PRESENTATION,
    FileKind.HTML,
    FileKind.XML,
    FileKind.JSON,
    FileKind.MAIL,
)
_TABLES = (FileKind.XLSX, FileKind.XLSB, FileKind.XLS, FileKind.ODS, FileKind.NUMBERS, FileKind.ENCRYPTED)


@dataclass(frozen=True, slots=True)
class EvidenceContent:
    """What a file of evidence is: its kind, what was read of it, pages and length where they are known."""

    kind: EvidenceKind
    image: ImageContent
    pages: int | None = None
    duration_seconds: float | None = None


def read_evidence(file: Path, stated: EvidenceKind | None) -> EvidenceContent:
    """What is in a file of evidence. What does not fit the stated kind is said in the image's ``reason``.

    Raises:
        BadInput: it is neither an image, a document nor a video, or an archive that has to be unpacked.
    """
    content, image = _content(file)
    kind = stated or _BY_CONTENT.get(content, EvidenceKind.DOCUMENT)
    reasons = [image.reason] if image.reason else []
    if content not in _FITS[kind]:
        reasons.append(f"stated as {kind.replace('_', ' ')}, but the file is {content}")
    pages: int | None = None
    if content is Content.PDF:
        pages, fault = _pdf_pages(file)
        reasons += [fault] if fault else []
    return EvidenceContent(
        kind,
        replace(image, reason="; ".join(reasons) or None),
        pages=pages,
        duration_seconds=video_seconds(file) if content is Content.VIDEO else None,
    )


def _content(file: Path) -> tuple[Content, ImageContent]:
    if _is_dicom(file):
        return Content.DICOM, _kept("DICOM")
    other = other_content(file)
    if other is None and (image := read_image(file, file.name)) is not None and image.format is not None:
        return Content.IMAGE, image
    if other is not None and other.startswith("a video"):
        return Content.VIDEO, _kept(other.removeprefix("a video (").removesuffix(")"))
    kind = file_kind(file)
    if kind is FileKind.PDF:
        return Content.PDF, _kept("PDF")
    if kind in _TABLES:
        return Content.TABLE, _kept(kind.name)
    if kind in _OFFICE or other == "text":
        return Content.TEXT, _kept("TEXT" if kind is FileKind.TEXT else kind.name)
    raise BadInput(
        f"is {other}, which is not kept as evidence" if other else "is not a file of a known kind",
        file=str(file),
        hint="Known are images, DICOM, PDF, text and office documents, spreadsheets, and MP4, MOV, AVI, MKV"
        " and WebM videos. Unpack an archive and log what is in it.",
    )


def _kept(format: str) -> ImageContent:
    return ImageContent(PhotoState.KEPT, format=format)


def _is_dicom(file: Path) -> bool:
    with file.open("rb") as stream:
        stream.seek(_DICOM_PREAMBLE)
        return stream.read(4) == b"DICM"


def _pdf_pages(file: Path) -> tuple[int | None, str | None]:
    """How many pages a PDF has; None and the reason where it cannot be opened."""
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(file) as document:
            return len(document) or None, None
    except pypdfium2.PdfiumError as error:
        reason = "protected by a password" if "password" in str(error).casefold() else "damaged"
        return None, f"its pages are unknown: it is {reason}"
