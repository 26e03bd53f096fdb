"""Labels: a QR code that a camera reads, a scale that is true, letters of both alphabets."""

from __future__ import annotations

import re
import zlib
from itertools import pairwise
from pathlib import Path

import pytest

from provenance.evidence.images import read_image
from provenance.evidence.labels import A4_SHEET, Label, LabelSize, label_pdf, parse_label_size
from tests.support.pdf import photographed, text_of

CHIP = Label("C-7K3M9-Q2X4H", "component", "АВТЕ16245 bus transceiver")
WRECK = Label("R-0A1B2-C3D4E", "recovery", "Kh-101 cruise missile, serial 3152631314019, Харків 科技")


def pages(pdf: bytes) -> int:
    """How many pages a PDF has."""
    return len(re.findall(rb"/Type /Page\b", pdf))


def seen(pdf: bytes, folder: Path) -> list[str | None]:
    """What a camera reads in the QR codes of each page."""
    found = [read_image(path, path.name) for path in photographed(pdf, folder)]
    return [picture.label if picture else None for picture in found]


@pytest.mark.parametrize("size", ["62x29", "40x20", "100x50", "200x280"])
def test_a_camera_reads_the_code_of_every_size(tmp_path: Path, size: str) -> None:
    pdf = label_pdf([CHIP, WRECK], parse_label_size(size))
    assert pages(pdf) == 2
    assert seen(pdf, tmp_path) == [CHIP.ref, WRECK.ref]


def test_a_sheet_holds_twelve_and_the_next_begins_another(tmp_path: Path) -> None:
    pdf = label_pdf([CHIP] * 12 + [WRECK], A4_SHEET)
    assert pages(pdf) == 2
    assert seen(pdf, tmp_path) == [CHIP.ref, WRECK.ref]
    assert text_of(pdf).count(CHIP.ref) == 12


def test_both_alphabets_are_printed_and_what_the_font_lacks_is_shown_to_be_lacking() -> None:
    text = " ".join(text_of(label_pdf([CHIP, WRECK], A4_SHEET)).split())
    assert "АВТЕ16245" in text and "Харків" in text
    assert "??" in text and "科" not in text


def test_the_scale_is_true() -> None:
    pdf = label_pdf([CHIP], LabelSize(62, 29, sheet=False))
    drawn = b"".join(
        zlib.decompress(stream) for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
        if stream[:1] == b"x"
    )  # fmt: skip
    strokes = re.findall(rb"([\d.]+) ([\d.]+) m ([\d.]+) ([\d.]+) l S", drawn)
    upright = sorted(float(left) for left, _top, right, _bottom in strokes if left == right)
    assert len(upright) == 51  # 0 to 50 mm, both ends
    millimetre = 72 / 25.4
    for one, next_ in pairwise(upright):
        assert next_ - one == pytest.approx(millimetre, abs=0.02)
    assert upright[-1] - upright[0] == pytest.approx(50 * millimetre, abs=0.02)


def test_equal_labels_are_equal_files() -> None:
    assert label_pdf([CHIP, WRECK], A4_SHEET) == label_pdf([CHIP, WRECK], A4_SHEET)


def test_a_long_word_does_not_run_out_of_the_label() -> None:
    assert pages(label_pdf([Label("C-7K3M9-Q2X4H", "component", "W" * 500)], parse_label_size("62x29"))) == 1


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("a4", A4_SHEET),
        ("A4", A4_SHEET),
        ("62x29", LabelSize(62, 29, False)),
        ("100 х 50", LabelSize(100, 50, False)),
    ],
)
def test_sizes(text: str, size: LabelSize) -> None:
    assert parse_label_size(text) == size


@pytest.mark.parametrize("text", ["", "a5", "62", "10x10", "300x300", "62x"])
def test_what_is_no_size(text: str) -> None:
    with pytest.raises(ValueError):
        parse_label_size(text)
