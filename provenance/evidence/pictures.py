"""Looks into a picture: size, camera, time, position, likeness, the label in it, a reduced copy.

Nothing in a picture is believed to be well-formed: whatever a decoder trips over is a finding about the
picture, never an end of the program.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from provenance.core.vocabulary.evidence import PictureState
from provenance.evidence.exif import NO_FACTS, CameraFacts, read_exif
from provenance.evidence.likeness import likeness

if TYPE_CHECKING:
    from PIL import Image

_PICTURES = "jpg jpeg jpe jfif png tif tiff heic heif hif webp bmp gif"
_RAWS = (
    "3fr arw cr2 cr3 crw dcr dng erf gpr iiq kdc mef mos mrw nef nrw orf pef raf raw rw2 rwl sr2 srf srw x3f"
)
PICTURE_SUFFIXES = frozenset(f".{suffix}" for suffix in _PICTURES.split())
RAW_SUFFIXES = frozenset(f".{suffix}" for suffix in _RAWS.split())
WORKING_SIDE = 2048
"""Longest side of a working copy, in pixels."""

_WORKING_QUALITY = 85
_FORMATS = ("JPEG", "PNG", "TIFF", "HEIF", "WEBP", "BMP", "GIF")
_EIGHT_BITS_OF_SIXTEEN = 1 / 256


@dataclass(frozen=True, slots=True)
class Picture:
    """What a look into a file found; what could not be found out is None.

    ``reason`` says why it was not, or only partly, read. ``working`` is the reduced copy as JPEG.
    """

    state: PictureState
    reason: str | None = None
    format: str | None = None
    width: int | None = None
    height: int | None = None
    facts: CameraFacts = NO_FACTS
    likeness: str | None = None
    label: str | None = None
    working: bytes | None = None


def is_picture_name(name: str) -> bool:
    """Whether a file's name says that it is a picture, RAW ones included."""
    return Path(name).suffix.lower() in PICTURE_SUFFIXES | RAW_SUFFIXES


def look_into(path: Path, name: str) -> Picture | None:
    """What is in a picture's file; None where neither its name nor its content is that of a picture.

    ``name`` is what the file was called when it was handed in.
    """
    suffix = Path(name).suffix.lower()
    if suffix in RAW_SUFFIXES:
        return Picture(
            PictureState.KEPT, f"RAW ({suffix[1:].upper()}): kept as it is, not looked into", format="RAW"
        )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = _opened(path)
        if isinstance(found, Picture):
            return found if found.format or suffix in PICTURE_SUFFIXES else None
        with found:
            return _read(found)


def _opened(path: Path) -> Image.Image | Picture:
    """The picture, its pixels not yet unpacked, or why it cannot be had."""
    import pillow_heif
    from PIL import Image, UnidentifiedImageError

    pillow_heif.register_heif_opener()
    try:
        return Image.open(path, formats=_FORMATS)
    except Image.DecompressionBombError:
        return Picture(PictureState.TOO_LARGE, _too_large(), format="unknown")
    except UnidentifiedImageError:
        return Picture(PictureState.DAMAGED, "its content is that of no picture this program knows")
    except Exception as error:  # decoders raise whatever comes to them on broken input
        return Picture(PictureState.DAMAGED, f"cannot be opened: {_said(error)}")


def _too_large() -> str:
    from PIL import Image

    most = 2 * (Image.MAX_IMAGE_PIXELS or 0)
    return f"more than {most:,} pixels: kept, but not unpacked, which could exhaust the memory"


def _read(image: Image.Image) -> Picture:
    picture = Picture(
        PictureState.READ,
        format=image.format,
        width=image.width,
        height=image.height,
        facts=read_exif(image),
    )
    try:
        upright = _upright(image)
        reduced = _reduced(upright)
        return replace(
            picture,
            likeness=likeness(reduced),
            # A small label in a wide picture is lost in the reduced one.
            label=_label_in(reduced) or _label_in(upright),
            working=_jpeg(reduced),
        )
    except Exception as error:  # as above: a broken picture is a finding
        return replace(picture, state=PictureState.DAMAGED, reason=f"does not unpack: {_said(error)}")


def _said(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__


def _upright(image: Image.Image) -> Image.Image:
    """The picture turned as it was held, in plain colours; a large JPEG may come smaller than it is."""
    from PIL import Image, ImageOps

    if image.format in ("JPEG", "MPO"):
        # A JPEG can be unpacked small, which spares a laptop's memory.
        image.draft("RGB", (2 * WORKING_SIDE, 2 * WORKING_SIDE))
    image.load()
    turned = ImageOps.exif_transpose(image)
    if turned.mode.startswith("I;16"):
        turned = turned.point(lambda value: value * _EIGHT_BITS_OF_SIXTEEN).convert("L")
    if turned.mode in ("RGBA", "LA", "PA") or "transparency" in turned.info:
        paper = Image.new("RGBA", turned.size, "white")
        turned = Image.alpha_composite(paper, turned.convert("RGBA"))
    return turned.convert("RGB")


def _reduced(image: Image.Image) -> Image.Image:
    """The picture, no side longer than a working copy's."""
    from PIL import Image

    small = image.copy()
    small.thumbnail((WORKING_SIDE, WORKING_SIDE), Image.Resampling.LANCZOS)
    return small


def _jpeg(image: Image.Image) -> bytes:
    """The picture as JPEG with nothing beside the pixels."""
    from PIL import Image

    bare = Image.new("RGB", image.size)
    bare.paste(image)
    stream = io.BytesIO()
    bare.save(stream, "JPEG", quality=_WORKING_QUALITY, optimize=True)
    return stream.getvalue()


def _label_in(image: Image.Image) -> str | None:
    """What the QR codes in a picture say, one a line, in order; None where there is none."""
    import zxingcpp

    found = zxingcpp.read_barcodes(image, formats=zxingcpp.barcode_formats_from_str("QRCode"))
    texts = sorted({code.text.strip() for code in found if code.valid and code.text.strip()})
    return "\n".join(texts) or None
