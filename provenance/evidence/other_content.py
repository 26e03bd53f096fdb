"""What a file is that cannot be read as a photo, whatever its name says."""

from __future__ import annotations

from pathlib import Path

from provenance.sources.tables.file_kinds import FileKind, file_kind

_START = 4096
"""Bytes by which a file is recognised."""

_PHOTO_STARTS = (b"\xff\xd8", b"\x89PNG", b"GIF8", b"II*", b"MM\0")
_MAGIC = (
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"MZ", "a Windows program"),
    (b"\x7fELF", "a Linux program"),
    (b"ID3", "a sound recording (MP3)"),
    (b"OggS", "a sound recording (Ogg)"),
    (b"\x1aE\xdf\xa3", "a video (MKV or WebM)"),
)
_RIFF = {b"AVI ": "a video (AVI)", b"WAVE": "a sound recording (WAV)"}
_PHOTO_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis", b"crx ")
"""Brands of containers that hold photos; the others of this layout hold video."""

_TEXT_CONTROLS = frozenset(b"\t\n\f\r\x1b")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def other_content(path: Path) -> str | None:
    """What a file is that is not a photo: ``text``, ``a PDF document``; None where that cannot be told.

    A damaged photo cannot be told from noise, so that one is never refused for its content.
    """
    with path.open("rb") as stream:
        start = stream.read(_START)
    if start.startswith(_PHOTO_STARTS):
        return None
    for magic, what in _MAGIC:
        if start.startswith(magic):
            return what
    if start.startswith(b"RIFF") and start[8:12] in _RIFF:
        return _RIFF[start[8:12]]
    if start[4:8] == b"ftyp":
        return None if start[8:12] in _PHOTO_BRANDS else "a video (MP4 or MOV)"
    kind = file_kind(path)
    if kind is not FileKind.TEXT:
        return f"{'an' if kind[0] in 'OX' else 'a'} {kind}"
    return "text" if _is_text(start) else None


def _is_text(start: bytes) -> bool:
    """Whether bytes are text in any encoding: an image has control characters from its first bytes on."""
    if start.startswith(_UTF_16):
        return True
    return bool(start) and not any(byte < 0x20 and byte not in _TEXT_CONTROLS for byte in start)
