"""A file that is named like a photo and is something else is refused, with what it is."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest

from provenance.core.errors import BadInput
from tests.evidence.conftest import Hangar


def _zip() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("note.txt", "x")
    return stream.getvalue()


OTHERS = {
    "text": b"Photos of the board are on the other card.\n",
    "text ": "Плата блока Б-1, знято 12.05.2024".encode(),
    "text  ": "Плата блока Б-1, снято 12.05.2024".encode("cp1251"),
    "text   ": "Board".encode("utf-16"),
    "a web page (HTML)": b"<!DOCTYPE html><html><body>404</body></html>",
    "a PDF document": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "a ZIP archive": _zip(),
    "a video (MP4 or MOV)": b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom",
    "a sound recording (WAV)": b"RIFF\x24\x00\x00\x00WAVEfmt ",
    "a Windows program": b"MZ\x90\x00\x03\x00\x00\x00",
}


@pytest.mark.parametrize("name", ["IMG_1.jpg", "IMG_1.NEF"])
@pytest.mark.parametrize("what", OTHERS)
def test_it_is_refused_and_nothing_is_stored(hangar: Hangar, what: str, name: str) -> None:
    file = hangar.card / name
    file.write_bytes(OTHERS[what])
    with pytest.raises(
        BadInput, match=rf"is {what.strip()}, not a photo".replace("(", r"\(").replace(")", r"\)")
    ):
        hangar.intake().receive(file)
    assert not [path for path in Path(hangar.store.folder).rglob("*") if path.is_file()]


@pytest.mark.parametrize("content", [b"\xff\xd8\xff\xe0 cut off", bytes(4096), os.urandom(5000)])
def test_a_damaged_photo_is_kept(hangar: Hangar, content: bytes) -> None:
    file = hangar.card / "IMG_2.jpg"
    file.write_bytes(content)
    assert hangar.intake().receive(file).photo.picture_state == "damaged"
