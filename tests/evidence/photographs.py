"""Pictures as cameras leave them: each seed another scene, with clock, position and label as asked for."""

from __future__ import annotations

import io
import random
from datetime import datetime
from pathlib import Path
from typing import Any

import segno
from PIL import Image, ImageDraw

CANON = ("Canon", "EOS 90D", "0123")
SONY = ("Sony", "ILCE-7M4", "77")


def scene(seed: int, size: tuple[int, int] = (640, 480)) -> Image.Image:
    """A picture of many things; another seed gives quite another one."""
    rolled = random.Random(seed)
    image = Image.new("RGB", size, (200, 200, 195))
    draw = ImageDraw.Draw(image)
    for _ in range(60):
        left, top = rolled.randrange(size[0]), rolled.randrange(size[1])
        across, down = rolled.randrange(8, size[0] // 4), rolled.randrange(8, size[1] // 4)
        colour = tuple(rolled.randrange(256) for _ in range(3))
        draw.rectangle([left, top, left + across, top + down], fill=colour)
    return image


def with_label(image: Image.Image, text: str, *, turned: int = 0) -> Image.Image:
    """The picture with a QR code lying in it."""
    stream = io.BytesIO()
    segno.make(text, error="q", micro=False).save(stream, kind="png", scale=6, border=4)
    code = Image.open(stream).convert("RGB").rotate(turned, expand=True, fillcolor="white")
    image.paste(code, (120, 90))
    return image


def exif(
    clock: str | datetime | None = None,
    *,
    camera: tuple[str, str, str] | None = CANON,
    zone: str | None = None,
    gps: dict[int, Any] | None = None,
    turn: int | None = None,
) -> bytes:
    """A block of metadata as cameras write it."""
    block = Image.Exif()
    if turn is not None:
        block[0x0112] = turn
    detail = block.get_ifd(0x8769)
    if camera is not None:
        block[0x010F], block[0x0110], detail[0xA431] = camera
    if clock is not None:
        detail[0x9003] = clock if isinstance(clock, str) else clock.strftime("%Y:%m:%d %H:%M:%S")
    if zone is not None:
        detail[0x9011] = zone
    if gps is not None:
        block.get_ifd(0x8825).update(gps)
    return block.tobytes()


KHARKIV = {1: "N", 2: (49.0, 59.0, 36.6), 3: "E", 4: (36.0, 13.0, 49.44), 5: b"\x00", 6: 152.25}


def satellites(day: str, hours: float, minutes: float, seconds: float = 0.0) -> dict[int, Any]:
    """A position in Kharkiv with the satellites' time, which is UTC."""
    return KHARKIV | {7: (hours, minutes, seconds), 29: day}


def take(path: Path, seed: int, clock: str | datetime | None = None, **said: Any) -> Path:
    """A picture on the card."""
    image = scene(seed)
    if (text := said.pop("label", None)) is not None:
        image = with_label(image, text)
    path.parent.mkdir(parents=True, exist_ok=True)
    image.save(path, exif=exif(clock, **said))
    return path
