"""Documents, videos and X-rays: kept unaltered as photos are; a kind that does not fit is said."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fpdf import FPDF

from provenance.evidence.recordings import video_seconds
from tests.evidence.photographs import take
from tests.support.commands import Outcome
from tests.support.databases import Databases, Level
from tests.support.field_log import component, recovery, say

DICOM = b"\0" * 128 + b"DICM" + b"\x02\x00\x00\x00UL"


@pytest.fixture
def fresh(databases: Databases) -> Iterator[str]:
    """The address of a database as `provenance init` leaves it."""
    address = databases.filled(Level.REFERENCE)
    yield address
    databases.discard(address)


def pdf(file: Path, pages: int) -> Path:
    """A PDF of so many pages."""
    document = FPDF()
    for _number in range(pages):
        document.add_page()
    file.write_bytes(bytes(document.output()))
    return file


def box(name: bytes, content: bytes) -> bytes:
    """A box of an MP4 file."""
    return struct.pack(">I4s", 8 + len(content), name) + content


def movie(file: Path, header: bytes, brand: bytes = b"isom") -> Path:
    """An MP4 whose movie header is last, as cameras write it."""
    media = box(b"mdat", b"\x17" * 5_000)
    file.write_bytes(box(b"ftyp", brand + b"\0\0\2\0") + media + box(b"moov", box(b"mvhd", header)))
    return file


SHORT = struct.pack(">IIIII", 0, 0, 0, 600, 600 * 95)
LONG = struct.pack(">IQQIQ", 1 << 24, 0, 0, 1000, 61_500)


@pytest.mark.parametrize(("header", "seconds"), [(SHORT, 95.0), (LONG, 61.5)])
def test_the_length_of_a_movie(tmp_path: Path, header: bytes, seconds: float) -> None:
    assert video_seconds(movie(tmp_path / "a.mp4", header)) == seconds


@pytest.mark.parametrize(
    "content",
    [
        b"", b"\0\0\0\x08ftyp", box(b"ftyp", b"isom"), box(b"ftyp", b"isom") + box(b"moov", b""),
        box(b"ftyp", b"isom") + box(b"moov", box(b"mvhd", SHORT[:9])),
        box(b"ftyp", b"isom") + struct.pack(">I4s", 0, b"free") * 3,
        box(b"ftyp", b"isom") + box(b"moov", box(b"mvhd", struct.pack(">IIIII", 0, 0, 0, 0, 5))),
        box(b"ftyp", b"isom") + struct.pack(">I4s", 4, b"moov"), b"RIFF\0\0\0\0AVI avih",
    ],
)  # fmt: skip
def test_a_header_that_is_cut_off_says_nothing(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "a.mp4"
    file.write_bytes(content)
    assert video_seconds(file) is None


class Desk:
    """A database, a store and a folder of files."""

    def __init__(self, address: str, folder: Path) -> None:
        self.address, self.folder = address, folder
        self.store = ("--store", str(folder / "store"))

    def log(self, *words: str | Path) -> Outcome:
        """`log evidence`."""
        return say(self.address, "log", "evidence", *words, *self.store, "--format", "json")

    def logged(self, *words: str | Path) -> Any:
        """The one row of a file that was logged."""
        done = self.log(*words)
        assert done.code == 0, done.err
        (row,) = done.json["rows"]
        return row


@pytest.fixture
def desk(fresh: str, tmp_path: Path) -> Desk:
    """With nothing logged."""
    return Desk(fresh, tmp_path)


def test_a_report_is_attached_listed_shown_and_verified(desk: Desk) -> None:
    wreck = recovery(desk.address)
    chip = component(desk.address, wreck, "--marking", "AD8572ARZ")
    report = pdf(desk.folder / "report.pdf", 3)
    row = desk.logged(report, "--kind", "lab_report", "--component", chip, "--tlp", "green")
    assert (row["evidence_kind"], row["pages"], row["format"], row["state"]) == (
        "lab_report",
        3,
        "PDF",
        "kept",
    )
    assert row["state_reason"] is None
    again = desk.logged(report)
    assert (again["new"], again["evidence_kind"], again["shows"]) == (False, "lab_report", [chip])
    (listed,) = say(desk.address, "evidence", "list", wreck, "--format", "json").json["rows"]
    assert (listed["photo"], listed["pages"], listed["tlp"]) == (row["photo"], 3, "GREEN")
    (shown,) = say(desk.address, "show", row["photo"], "--format", "json").json["rows"]
    assert (shown["evidence_kind"], shown["pages"], shown["shows"][0]["record"]) == ("lab_report", 3, chip)
    (whole,) = say(desk.address, "show", wreck, "--format", "json").json["rows"]
    line = whole["components"][0]
    assert (line["photos"], line["documents"]) == (0, 1)
    assert "photo" in line["missing"]
    (found,) = say(desk.address, "list", "photos", "--where", "kind=lab_report", "--format", "json").json[
        "rows"
    ]
    assert (found["shows"], found["pages"]) == (chip, 3)
    assert say(desk.address, "evidence", "verify", *desk.store).code == 0
    stored = next((desk.folder / "store" / "originals").glob("??/*"))
    assert stored.read_bytes() == report.read_bytes()
    stored.chmod(0o644)
    stored.write_bytes(b"%PDF-altered")
    assert say(desk.address, "evidence", "verify", *desk.store).code == 7
    assert desk.logged(report)["file_restored"]
    assert say(desk.address, "evidence", "verify", *desk.store).code == 0


def test_what_is_not_stated_follows_from_the_content(desk: Desk) -> None:
    video = movie(desk.folder / "drone.mp4", SHORT)
    x_ray = desk.folder / "scan.dcm"
    x_ray.write_bytes(DICOM)
    note = desk.folder / "note.txt"
    note.write_text("Опис плати\n", encoding="utf-8")
    photo = take(desk.folder / "photo.jpg", 1, "2024:05:03 10:00:00")
    files = (video, x_ray, note, photo, pdf(desk.folder / "a.pdf", 1))
    rows = desk.log(*files).json["rows"]
    assert [(row["evidence_kind"], row["format"]) for row in rows] == [
        ("video", "MP4 or MOV"), ("x_ray", "DICOM"), ("document", "TEXT"),
        ("photo", "JPEG"), ("document", "PDF"),
    ]  # fmt: skip
    assert rows[0]["duration_seconds"] == 95.0
    told = say(desk.address, "log", "evidence", *files, *desk.store).out
    assert "1:35 min" in told
    assert "1 page" in told


def test_a_kind_that_does_not_fit_is_kept_as_stated_and_said(desk: Desk) -> None:
    file = pdf(desk.folder / "drone.mp4", 1)
    row = desk.logged(file, "--kind", "video")
    said = "stated as video, but the file is a PDF document"
    assert (row["evidence_kind"], row["state_reason"]) == ("video", said)
    assert said in say(desk.address, "log", "evidence", file, *desk.store).out
    corrected = desk.logged(file, "--kind", "document")
    assert (corrected["corrected"], corrected["evidence_kind"], corrected["state_reason"]) == (
        True, "document", None,
    )  # fmt: skip
    x_ray = desk.logged(take(desk.folder / "x.jpg", 2, None), "--kind", "x_ray")
    assert (x_ray["evidence_kind"], x_ray["state_reason"], x_ray["state"]) == ("x_ray", None, "read")


def test_a_pdf_that_cannot_be_opened_is_kept_and_says_so(desk: Desk) -> None:
    broken, locked = desk.folder / "broken.pdf", desk.folder / "locked.pdf"
    broken.write_bytes(b"%PDF-1.7\nnothing")
    document = FPDF()
    document.add_page()
    document.set_encryption(owner_password="owner", user_password="user")
    locked.write_bytes(bytes(document.output()))
    assert desk.logged(broken)["state_reason"] == "its pages are unknown: it is damaged"
    row = desk.logged(locked)
    assert (row["pages"], row["state_reason"]) == (
        None,
        "its pages are unknown: it is protected by a password",
    )


@pytest.mark.parametrize(
    ("content", "said"), [(b"Rar!\x1a\x07\x01\0abc", "archive"), (b"MZ\x90\0", "program"), (b"", "empty")]
)
def test_what_cannot_be_evidence_is_refused(desk: Desk, content: bytes, said: str) -> None:
    file = desk.folder / "file.bin"
    file.write_bytes(content)
    done = desk.log(file)
    assert done.code == 3
    assert said in done.err
    assert not list((desk.folder / "store").glob("originals/??/*"))


def test_a_large_file_is_refused_before_it_is_read(desk: Desk) -> None:
    file = desk.folder / "disk.mp4"
    with file.open("wb") as stream:
        stream.truncate((1 << 20) + 1)
    done = desk.log(file, "--max-size", "1")
    assert done.code == 3
    assert "more than the limit of 1,048,576" in done.err
    assert "--max-size" in done.err


def test_one_report_about_two_wrecks_does_not_make_them_one(desk: Desk) -> None:
    report = pdf(desk.folder / "report.pdf", 1)
    for number in ("77", "99"):
        ref = recovery(desk.address, "--serial", number, "--place", f"place {number}")
        desk.logged(report, "--recovery", ref)
    found = say(desk.address, "duplicates", "recoveries", "--format", "json").json["rows"]
    assert [sign for row in found for sign in row["signs"] if sign["kind"] == "photo"] == []
