"""Labels as distributors and makers print them, and pictures of their codes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import zxingcpp
from PIL import Image

from tests.evidence.photographs import scene

GS, RS, EOT = "\x1d", "\x1e", "\x04"

DIGIKEY = (
    ("P", "C1,C3,C5-7"), ("1P", "TPS54331DR"), ("30P", "296-26991-1-ND"), ("K", "PO 4711"),
    ("1K", "86761783"), ("10K", "104669300"), ("9D", "2231"), ("1T", "2100114366"), ("11K", "1"),
    ("4L", "MY"), ("Q", "2500"), ("11Z", "PICK"), ("20Z", "0000000"),
)  # fmt: skip
"""What stands on a bag of Digi-Key, field by field."""

Fields = Iterable[tuple[str, str]]


def enveloped(fields: Fields) -> str:
    """Fields in the envelope of ISO 15434, format 06."""
    return f"[)>{RS}06{GS}{GS.join(name + value for name, value in fields)}{RS}{EOT}"


def code(text: str, symbology: str = "DataMatrix", *, gs1: bool = False) -> Image.Image:
    """A picture of the code alone."""
    form = zxingcpp.barcode_format_from_str(symbology)
    made = zxingcpp.create_barcode(text, form, **({"gs1": True} if gs1 else {}))
    return Image.fromarray(made.to_image(scale=5)).convert("RGB")


def photograph(path: Path, *codes: Image.Image, seed: int = 1) -> Path:
    """A photo of a bag with these codes side by side."""
    picture = scene(seed, (1600, 1200))
    left = 80
    for each in codes:
        picture.paste(each, (left, 300))
        left += each.width + 60
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.save(path, quality=92)
    return path
