"""What a camera wrote into a photo: its model, its clock, its position. None of it is proof of anything."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL import Image

_EXIF_IFD, _GPS_IFD = 0x8769, 0x8825
_MAKE, _MODEL, _DATE_TIME = 0x010F, 0x0110, 0x0132
_ORIGINAL, _DIGITIZED, _BODY_SERIAL = 0x9003, 0x9004, 0xA431
_ZONE_OF = {_DATE_TIME: 0x9010, _ORIGINAL: 0x9011, _DIGITIZED: 0x9012}
_LATITUDE, _LONGITUDE, _ALTITUDE, _GPS_TIME, _GPS_DATE = 2, 4, 6, 7, 29

_MOMENT = re.compile(r"(\d{4})[:\-/](\d{2})[:\-/](\d{2})[ T](\d{2}):(\d{2}):(\d{2})")
_ZONE = re.compile(r"([+-])(\d{2}):(\d{2})")


@dataclass(frozen=True, slots=True)
class CameraFacts:
    """What a photo's metadata says; None where it does not say.

    ``time`` has no zone: it is what the camera's clock showed; ``zone_minutes`` is its offset from UTC.
    ``latitude`` and ``longitude`` are degrees (WGS 84), ``altitude`` metres, ``position_at`` UTC.
    """

    make: str | None = None
    model: str | None = None
    serial: str | None = None
    time: datetime | None = None
    zone_minutes: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    altitude: float | None = None
    position_at: datetime | None = None


NO_FACTS = CameraFacts()


def read_exif(image: Image.Image) -> CameraFacts:
    """The facts of a photo's EXIF block; broken entries are left out."""
    main: Mapping[int, Any] = {}
    detail: Mapping[int, Any] = {}
    gps: Mapping[int, Any] = {}
    # EXIF parsers raise any exception; a broken block yields nothing and must not end the program.
    with suppress(Exception):
        block = image.getexif()
        main, detail, gps = dict(block), dict(block.get_ifd(_EXIF_IFD)), dict(block.get_ifd(_GPS_IFD))
    time, zone = _clock(main, detail)
    latitude, longitude = _position(gps)
    return CameraFacts(
        make=_text(main.get(_MAKE)),
        model=_text(main.get(_MODEL)),
        serial=_text(detail.get(_BODY_SERIAL)),
        time=time,
        zone_minutes=zone,
        latitude=latitude,
        longitude=longitude,
        altitude=_altitude(gps) if latitude is not None else None,
        position_at=_gps_moment(gps),
    )


def _clock(main: Mapping[int, Any], detail: Mapping[int, Any]) -> tuple[datetime | None, int | None]:
    """When the photo was taken by the camera's clock, or was digitised, and the zone if it is stated."""
    for block, tag in ((detail, _ORIGINAL), (detail, _DIGITIZED), (main, _DATE_TIME)):
        match = _MOMENT.match(_text(block.get(tag)) or "")
        if match:
            with suppress(ValueError):
                return datetime(*map(int, match.groups())), _zone(detail.get(_ZONE_OF[tag]))  # type: ignore[arg-type]  # six integers
    return None, None


def _zone(value: Any) -> int | None:
    match = _ZONE.fullmatch(_text(value) or "")
    if match is None:
        return None
    minutes = int(match[2]) * 60 + int(match[3])
    return -minutes if match[1] == "-" else minutes


def _text(value: Any) -> str | None:
    """A text as one line without what cameras pad it with."""
    if isinstance(value, bytes):
        value = value.decode("utf-8", errors="replace")
    if not isinstance(value, str):
        return None
    return " ".join(value.replace("\0", " ").split()) or None


def _position(gps: Mapping[int, Any]) -> tuple[float | None, float | None]:
    """Latitude and longitude, both or neither; a position off the globe counts as none, and so does 0, 0,
    which means no fix."""
    latitude = _degrees(gps.get(_LATITUDE), gps.get(_LATITUDE - 1), "S", 90)
    longitude = _degrees(gps.get(_LONGITUDE), gps.get(_LONGITUDE - 1), "W", 180)
    if latitude is None or longitude is None or (latitude == 0 and longitude == 0):
        return None, None
    return latitude, longitude


def _degrees(value: Any, hemisphere: Any, negative: str, most: int) -> float | None:
    parts = _numbers(value)
    side = (_text(hemisphere) or "").upper()[:1]
    if len(parts) != 3 or side not in ("N", "S", "E", "W"):
        return None
    degrees = parts[0] + parts[1] / 60 + parts[2] / 3600
    if not 0 <= degrees <= most:
        return None
    return round(-degrees if side == negative else degrees, 7)


def _altitude(gps: Mapping[int, Any]) -> float | None:
    parts = _numbers((gps.get(_ALTITUDE),))
    if not parts or not math.isfinite(parts[0]) or abs(parts[0]) > 100_000:
        return None
    below = gps.get(_ALTITUDE - 1) in (1, b"\x01")
    return round(-parts[0] if below else parts[0], 2)


def _gps_moment(gps: Mapping[int, Any]) -> datetime | None:
    parts = _numbers(gps.get(_GPS_TIME))
    day = _text(gps.get(_GPS_DATE))
    if len(parts) != 3 or day is None:
        return None
    with suppress(ValueError, OverflowError):
        first = date(*map(int, re.split(r"[:\-/]", day)))
        seconds = parts[0] * 3600 + parts[1] * 60 + parts[2]
        if 0 <= seconds < 86_401:
            return datetime(first.year, first.month, first.day, tzinfo=UTC) + timedelta(seconds=seconds)
    return None


def _numbers(value: Any) -> list[float]:
    """The numbers of a sequence; nothing where one of them is none."""
    with suppress(TypeError, ValueError, ZeroDivisionError, OverflowError):
        found = [float(part) for part in value]
        if all(map(math.isfinite, found)):
            return found
    return []
