"""Labels to place beside an item in a photo: its reference, a QR code, a scale; as PDF or text.

The fonts come with the program and cover Latin, Greek and Cyrillic. A character that they lack is printed as
a question mark, never left out silently.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fpdf import FPDF

_FONTS = Path(__file__).parents[1] / "_fonts"
_SANS, _BOLD = "DejaVu", "B"

_A4 = (210.0, 297.0)
_MARGIN = 10.0
_ON_SHEET = (95.0, 46.0)
_SMALLEST, _LARGEST = (40.0, 20.0), (200.0, 280.0)
_SIZE = re.compile(r"(?P<width>\d{2,3}(?:\.\d)?)\s*[xх×*]\s*(?P<height>\d{2,3}(?:\.\d)?)", re.IGNORECASE)

_PAD = 2.5
_QUIET_MODULES = 4
_SCALE_SPACE = 8.5
_MM_PER_POINT = 25.4 / 72
_LINE = _MM_PER_POINT * 1.25
"""Millimetres from line to line for each point of the letters."""

_SMALLEST_TEXT = 4.0
"""Points; smaller letters cannot be read on what a label printer prints (203 dots an inch)."""

_ROUNDING = 1e-6
_PRINT_HINT = "print at 100 % · mm"
_MADE = datetime(2000, 1, 1, tzinfo=UTC)
"""A PDF contains its date; with a fixed one, equal labels give equal files."""


@dataclass(frozen=True, slots=True)
class Label:
    """The text of one label: the reference, the kind of item, what it belongs to, and what it is.

    ``context`` are the weapon and the unit, the outermost first.
    """

    ref: str
    kind: str
    title: str
    context: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """What the label says under its reference."""
        return (self.kind, *self.context, self.title)


@dataclass(frozen=True, slots=True)
class LabelSize:
    """Millimetres of one label, and whether labels share A4 sheets or have a page each."""

    width: float
    height: float
    sheet: bool


A4_SHEET = LabelSize(*_ON_SHEET, sheet=True)


def parse_label_size(text: str) -> LabelSize:
    """``a4`` for sheets to be cut, or ``62x29`` for label-printer pages of that many millimetres.

    Raises:
        ValueError: neither, or smaller than 40 x 20 or larger than 200 x 280 mm.
    """
    if text.strip().casefold() == "a4":
        return A4_SHEET
    match = _SIZE.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"{text!r} is not a size: give a4, or millimetres such as 62x29")
    width, height = float(match["width"]), float(match["height"])
    if not (_SMALLEST[0] <= width <= _LARGEST[0] and _SMALLEST[1] <= height <= _LARGEST[1]):
        raise ValueError(f"{text!r}: a label measures 40x20 to 200x280 millimetres")
    return LabelSize(width, height, sheet=False)


def label_pdf(labels: Sequence[Label], size: LabelSize) -> bytes:
    """The labels in order as a PDF; equal labels give equal files."""
    pdf = _document(size)
    if size.sheet:
        across, down = int((_A4[0] - 2 * _MARGIN) // size.width), int((_A4[1] - 2 * _MARGIN) // size.height)
        for number, label in enumerate(labels):
            place = number % (across * down)
            if place == 0:
                pdf.add_page()
            left = _MARGIN + place % across * size.width
            top = _MARGIN + place // across * size.height
            _cut_lines(pdf, left, top, size)
            _draw(pdf, label, left, top, size)
    else:
        for label in labels:
            pdf.add_page()
            _draw(pdf, label, 0, 0, size)
    return bytes(pdf.output())


def label_text(labels: Sequence[Label]) -> str:
    """The labels in order as text, for a printer without graphics; a blank line after each."""
    return "".join("\n".join((label.ref, *label.lines, "", "")) for label in labels)


def _document(size: LabelSize) -> FPDF:
    from fpdf import FPDF

    pdf = FPDF(unit="mm", format=_A4 if size.sheet else (size.width, size.height))
    pdf.set_auto_page_break(False)
    pdf.set_margin(0)
    pdf.set_creation_date(_MADE)
    pdf.set_title("provenance labels")
    pdf.add_font(_SANS, "", _FONTS / "DejaVuSans.ttf")
    pdf.add_font(_SANS, _BOLD, _FONTS / "DejaVuSans-Bold.ttf")
    return pdf


def _cut_lines(pdf: FPDF, left: float, top: float, size: LabelSize) -> None:
    pdf.set_draw_color(190)
    pdf.set_line_width(0.1)
    pdf.rect(left, top, size.width, size.height)


def _draw(pdf: FPDF, label: Label, left: float, top: float, size: LabelSize) -> None:
    side = min(size.height - 2 * _PAD - _SCALE_SPACE, 0.36 * size.width)
    _qr(pdf, label.ref, left + size.width - _PAD - side, top + _PAD, side)
    room = size.width - side - 3 * _PAD
    points = _fitting(pdf, label.ref, room, 40)
    pdf.set_text_color(0)
    pdf.set_font(_SANS, _BOLD, points)
    baseline = top + _PAD + points * _MM_PER_POINT * 0.85
    pdf.text(left + _PAD, baseline, label.ref)
    below = top + size.height - _SCALE_SPACE - _PAD - baseline
    small, texts = _fitting_lines(pdf, label, room, below, max(_SMALLEST_TEXT, min(9.0, points * 0.42)))
    for text, is_title in texts:
        baseline += small * _LINE
        pdf.set_font(_SANS, _BOLD if is_title else "", small)
        pdf.text(left + _PAD, baseline, text)
    _scale(pdf, left + _PAD, top + size.height - _SCALE_SPACE, size.width - 2 * _PAD)


def _fitting_lines(
    pdf: FPDF, label: Label, room: float, height: float, most: float
) -> tuple[float, list[tuple[str, bool]]]:
    """The size in points and the lines of a label's text, and whether each is of its title.

    The text shrinks until all of it fits. If it does not at the smallest size, what belongs to the item is
    cut before its title, and an ellipsis says that something is missing.
    """
    small = most
    while True:
        lines = _lines(pdf, label, room, small)
        fits = int(height / (small * _LINE) + _ROUNDING)
        if len(lines) <= fits or small <= _SMALLEST_TEXT:
            return small, lines if len(lines) <= fits else _shortened(lines, max(fits, 1))
        small = max(_SMALLEST_TEXT, small - 0.5)


def _lines(pdf: FPDF, label: Label, room: float, points: float) -> list[tuple[str, bool]]:
    lines: list[tuple[str, bool]] = []
    for place, text in enumerate(label.lines, start=1):
        is_title = place == len(label.lines)
        pdf.set_font(_SANS, _BOLD if is_title else "", points)
        lines += [(line, is_title) for line in _wrapped(pdf, _in_font(pdf, text), room)]
    return lines


def _shortened(lines: Sequence[tuple[str, bool]], count: int) -> list[tuple[str, bool]]:
    """As many lines as there is room for; the first, which says how to handle the item, always stays."""
    kind, context = lines[0], [line for line in lines[1:] if not line[1]]
    title = [line for line in lines if line[1]]
    named = title[: count - 1]
    around = context[: count - 1 - len(named)]
    if len(named) < len(title) and named:
        named[-1] = (f"{named[-1][0][:-1]}…", True)
    elif len(around) < len(context) or not named:
        kind = (f"{kind[0]} …", False)
    return [kind, *around, *named]


def _qr(pdf: FPDF, text: str, left: float, top: float, side: float) -> None:
    import segno

    code = segno.make(text, error="q", micro=False)
    rows = [list(row) for row in code.matrix]
    module = side / (len(rows) + 2 * _QUIET_MODULES)
    start = _QUIET_MODULES * module
    pdf.set_fill_color(0)
    for down, row in enumerate(rows):
        for across, dark in enumerate(row):
            if dark:
                # A slight overlap, or some viewers show white lines between the modules.
                pdf.rect(
                    left + start + across * module,
                    top + start + down * module,
                    module + 0.02,
                    module + 0.02,
                    "F",
                )


def _scale(pdf: FPDF, left: float, top: float, room: float) -> None:
    """A ruler: a mark every millimetre, a longer one every five, a number every ten."""
    longest = int(room // 10) * 10
    pdf.set_draw_color(0)
    pdf.set_line_width(0.15)
    pdf.line(left, top, left + longest, top)
    pdf.set_font(_SANS, "", 5.5)
    for mark in range(longest + 1):
        length = 3.2 if mark % 10 == 0 else 2.3 if mark % 5 == 0 else 1.4
        pdf.line(left + mark, top, left + mark, top + length)
        if mark % 10 == 0:
            text = str(mark)
            shift = 0 if mark == 0 else pdf.get_string_width(text) / (1 if mark == longest else 2)
            pdf.text(left + mark - shift, top + 5.2, text)
    pdf.set_font(_SANS, "", 4)
    pdf.text(left, top + 7.2, _PRINT_HINT)


def _fitting(pdf: FPDF, text: str, room: float, most: float) -> float:
    """The largest size in points, up to ``most``, in which a text fits."""
    pdf.set_font(_SANS, _BOLD, 10)
    return min(most, 10 * room / pdf.get_string_width(text))


def _wrapped(pdf: FPDF, text: str, room: float) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and pdf.get_string_width(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(_cut(pdf, word, room))
    return lines


def _cut(pdf: FPDF, word: str, room: float) -> str:
    while len(word) > 1 and pdf.get_string_width(word) > room:
        word = word[:-2] + "…"
    return word


def _in_font(pdf: FPDF, text: str) -> str:
    from fpdf.fonts import TTFFont

    font = pdf.fonts[_SANS.lower()]
    known = font.cmap if isinstance(font, TTFFont) else {}
    return "".join(char if ord(char) in known else "?" for char in text)
