"""How long a video is, from the header that says so; the pictures are not decoded."""

from __future__ import annotations

import struct
from io import BufferedReader
from pathlib import Path

_LARGEST_HEADER = 1 << 20
"""Bytes of a movie header that are read at most: it has a hundred."""

_MOST_BOXES = 10_000
"""Boxes of one level that are looked at: a damaged file may have endlessly many empty ones."""


def video_seconds(path: Path) -> float | None:
    """The length of an MP4, MOV or AVI file in seconds; None of others, and where the header does not say.

    By ISO/IEC 14496-12 (``moov/mvhd``) and the header of AVI 1.0 (``avih``: microseconds a frame, frames).
    """
    try:
        with path.open("rb") as stream:
            start = stream.read(12)
            if start[4:8] == b"ftyp":
                return _movie_seconds(stream)
            if start[:4] == b"RIFF" and start[8:12] == b"AVI ":
                return _avi_seconds(stream)
    except (OSError, struct.error, ZeroDivisionError):
        return None
    return None


def _movie_seconds(stream: BufferedReader) -> float | None:
    end = stream.seek(0, 2)
    movie = _box(stream, b"moov", 0, end)
    header = _box(stream, b"mvhd", *movie) if movie else None
    if header is None:
        return None
    stream.seek(header[0])
    content = stream.read(min(header[1] - header[0], _LARGEST_HEADER))
    if content[0] == 1:
        scale, length = struct.unpack(">IQ", content[20:32])
    else:
        scale, length = struct.unpack(">II", content[12:20])
    unknown = (1 << 64) - 1 if content[0] == 1 else (1 << 32) - 1
    return None if length in (0, unknown) else float(length / scale)


def _box(stream: BufferedReader, name: bytes, start: int, end: int) -> tuple[int, int] | None:
    """Where the content of the first box of a name begins and ends, among those from start to end."""
    place = start
    for _number in range(_MOST_BOXES):
        if place + 8 > end:
            return None
        stream.seek(place)
        size, kind = struct.unpack(">I4s", stream.read(8))
        head = 8
        if size == 1:
            (size,) = struct.unpack(">Q", stream.read(8))
            head = 16
        size = size or end - place
        if size < head:
            return None
        if kind == name:
            return place + head, min(place + size, end)
        place += size
    return None


def _avi_seconds(stream: BufferedReader) -> float | None:
    stream.seek(0)
    start = stream.read(_LARGEST_HEADER // 16)
    place = start.find(b"avih")
    if place < 0:
        return None
    microseconds, _rate, _padding, _flags, frames = struct.unpack("<5I", start[place + 8 : place + 28])
    return microseconds * frames / 1_000_000 or None
