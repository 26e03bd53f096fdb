"""The codes of bag and reel labels in photos: Data Matrix, QR, PDF417, Aztec."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from provenance.core.errors import BadInput
from provenance.text.reel_labels.fields import ReelLabel, read_reel_label

if TYPE_CHECKING:
    from PIL import Image

_SYMBOLOGIES = "QRCode,DataMatrix,PDF417,Aztec"
_REDUCED_SIDE = 2048
"""Pixels of the longest side; a blurred or very large code is found in a smaller picture only."""


@dataclass(frozen=True, slots=True)
class FoundCode:
    """A code in a picture: its symbology, its text, and whether the symbol is marked as GS1."""

    symbology: str
    text: str
    gs1: bool

    @property
    def label(self) -> ReelLabel | None:
        """The fields of a bag or reel label; None where the code is something else."""
        return read_reel_label(self.text, gs1=self.gs1)

    @property
    def shown(self) -> str:
        """The text on one line; GS1 fields with their identifiers in parentheses, as they are printed."""
        label = self.label if self.gs1 else None
        if label is not None and not label.rest:
            return "".join(f"({each.identifier}){each.value}" for each in label.fields)
        return " ".join(self.text.split("\n")).strip()


def reel_labels_in(label_read: str | None) -> list[ReelLabel]:
    """The bag and reel labels among the texts of codes that were read when a photo was logged."""
    found = (read_reel_label(line) for line in (label_read or "").split("\n"))
    return [label for label in found if label is not None]


def other_codes(label_read: str | None) -> str:
    """The texts of a photo's codes that are not bag or reel labels, one per line."""
    return "\n".join(line for line in (label_read or "").split("\n") if read_reel_label(line) is None)


def codes_in(image: Image.Image) -> tuple[FoundCode, ...]:
    """The two-dimensional codes in an image, each text once, in order of their text."""
    import zxingcpp

    found = zxingcpp.read_barcodes(
        image,
        formats=zxingcpp.barcode_formats_from_str(_SYMBOLOGIES),
        text_mode=zxingcpp.TextMode.Plain,
    )
    codes = (
        FoundCode(_plain(code.format), code.text, code.content_type == zxingcpp.ContentType.GS1)
        for code in found
        if code.valid and code.text.strip()
    )
    return tuple(sorted(dict.fromkeys(codes), key=lambda code: (code.text, code.symbology)))


def codes_in_file(path: Path, name: str) -> tuple[FoundCode, ...]:
    """The codes in a photo, looked for in it as it is and, where there are none, reduced.

    Raises:
        BadInput: it cannot be read as an image.
    """
    from PIL import Image, ImageOps

    from provenance.evidence.images import opened_image

    with opened_image(path, name) as image:
        try:
            upright = ImageOps.exif_transpose(image).convert("RGB")
        except Exception as error:  # decoders raise all kinds of errors on broken input
            reason = " ".join(str(error).split())[:200] or type(error).__name__
            raise BadInput(f"cannot be decoded: {reason}", file=name) from None
    if codes := codes_in(upright):
        return codes
    upright.thumbnail((_REDUCED_SIDE, _REDUCED_SIDE), Image.Resampling.LANCZOS)
    return codes_in(upright)


def _plain(form: object) -> str:
    """The name of a symbology as people write it."""
    name = str(form).rpartition(".")[2]
    return {"QRCode": "QR", "DataMatrix": "Data Matrix"}.get(name, name)
