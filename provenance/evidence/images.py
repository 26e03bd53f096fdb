"""What is in an image file: size, camera, time, position, perceptual hash, QR code, a reduced copy.

No file is assumed to be well-formed: an error of a decoder is a finding about the photo, and never ends the
program.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from provenance.core.errors import BadInput
from provenance.core.vocabulary.evidence import PhotoState
from provenance.evidence.exif import NO_FACTS, CameraFacts, read_exif
from provenance.evidence.label_codes import codes_in
from provenance.evidence.likeness import likeness

if TYPE_CHECKING:
    from PIL import Image

_IMAGES = "jpg jpeg jpe jfif png tif tiff heic heif hif webp bmp gif"
_RAWS = (
    "3fr arw cr2 cr3 crw dcr dng erf gpr iiq kdc mef mos mrw nef nrw orf pef raf raw rw2 rwl sr2 srf srw x3f"
)
IMAGE_SUFFIXES = frozenset(f".{suffix}" for suffix in _IMAGES.split())
RAW_SUFFIXES = frozenset(f".{suffix}" for suffix in _RAWS.split())
WORKING_SIDE = 2048
"""Longest side of a working copy, in pixels."""

_WORKING_QUALITY = 85
_FORMATS = ("JPEG", "PNG", "TIFF", "HEIF", "WEBP", "BMP", "GIF")
_EIGHT_BITS_OF_SIXTEEN = 1 / 256


@dataclass(frozen=True, slots=True)
class ImageContent:
    """What was read from an image file; None is unknown.

    ``reason`` says why the file was not read, or only in part. ``working`` is the reduced copy as JPEG.
    """

    state: PhotoState
    reason: str | None = None
    format: str | None = None
    width: int | None = None
    height: int | None = None
    facts: CameraFacts = NO_FACTS
    likeness: str | None = None
    label: str | None = None
    working: bytes | None = None


def is_image_name(name: str) -> bool:
    """Whether a file's name has the ending of an image, RAW formats included."""
    return Path(name).suffix.lower() in IMAGE_SUFFIXES | RAW_SUFFIXES


def read_image(path: Path, name: str) -> ImageContent | None:
    """What is in an image file; None where neither its name nor its content is that of an image.

    ``name`` is what the file was called when it was handed in.
    """
    suffix = Path(name).suffix.lower()
    if suffix in RAW_SUFFIXES:
        return ImageContent(
            PhotoState.KEPT, f"RAW ({suffix[1:].upper()}): kept unchanged, not decoded", format="RAW"
        )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = _opened(path)
        if isinstance(found, ImageContent):
            return found if found.format or suffix in IMAGE_SUFFIXES else None
        with found:
            return _read(found)


@contextmanager
def opened_image(path: Path, name: str) -> Iterator[Image.Image]:
    """An image, its pixels not decoded yet.

    Raises:
        BadInput: it is a RAW file, or cannot be opened as an image.
    """
    if Path(name).suffix.lower() in RAW_SUFFIXES:
        raise BadInput("is a RAW file, which is kept but not decoded", file=name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = _opened(path)
        if isinstance(found, ImageContent):
            raise BadInput(found.reason or "is not an image", file=name)
        with found:
            yield found


def _opened(path: Path) -> Image.Image | ImageContent:
    """The image, its pixels not decoded yet, or why it cannot be opened."""
    import pillow_heif
    from PIL import Image, UnidentifiedImageError

    pillow_heif.register_heif_opener()
    try:
        return Image.open(path, formats=_FORMATS)
    except Image.DecompressionBombError:
        return ImageContent(PhotoState.TOO_LARGE, _too_large(), format="unknown")
    except UnidentifiedImageError:
        return ImageContent(PhotoState.DAMAGED, "its content is not in a known image format")
    except Exception as error:  # decoders raise all kinds of errors on broken input
        return ImageContent(PhotoState.DAMAGED, f"cannot be opened: {_message(error)}")


def _too_large() -> str:
    from PIL import Image

    most = 2 * (Image.MAX_IMAGE_PIXELS or 0)
    return f"more than {most:,} pixels: kept, but not decoded, because that could exhaust the memory"


def _read(image: Image.Image) -> ImageContent:
    content = ImageContent(
        PhotoState.READ,
        format=image.format,
        width=image.width,
        height=image.height,
        facts=read_exif(image),
    )
    try:
        upright = _upright(image)
        reduced = _reduced(upright)
        return replace(
            content,
            likeness=likeness(reduced),
            # A small label in a wide view is lost in the reduced copy.
            label=_label_in(reduced) or _label_in(upright),
            working=_jpeg(reduced),
        )
    except Exception as error:  # as above: a broken image is a finding
        return replace(content, state=PhotoState.DAMAGED, reason=f"cannot be decoded: {_message(error)}")


def _message(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__


def _upright(image: Image.Image) -> Image.Image:
    """The image turned upright, in RGB; a large JPEG may be decoded at a smaller size."""
    from PIL import Image, ImageOps

    if image.format in ("JPEG", "MPO"):
        # A JPEG can be decoded at a fraction of its size, which saves memory on a laptop.
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
    """The image, no side longer than a working copy's."""
    from PIL import Image

    small = image.copy()
    small.thumbnail((WORKING_SIDE, WORKING_SIDE), Image.Resampling.LANCZOS)
    return small


def _jpeg(image: Image.Image) -> bytes:
    """The image as JPEG without any metadata."""
    from PIL import Image

    bare = Image.new("RGB", image.size)
    bare.paste(image)
    stream = io.BytesIO()
    bare.save(stream, "JPEG", quality=_WORKING_QUALITY, optimize=True)
    return stream.getvalue()


def _label_in(image: Image.Image) -> str | None:
    """The texts of the codes in an image, one per line, sorted; None where there is none."""
    return "\n".join(sorted({code.shown for code in codes_in(image)})) or None
