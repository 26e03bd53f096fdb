"""What holds for every format: broken files are refused with file, line and reason; odd ones are read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from provenance.core.errors import BadInput
from provenance.sources.base import Format, ReadOptions
from provenance.sources.records import ComponentRecord, Rejected
from provenance.sources.registry import format_named
from tests.sources.lists import GUR_HEADER, Row, csv_text, gur_row, write_list, write_workbook


@dataclass(frozen=True)
class Shape:
    """A format with three good rows of its, and what to break in them."""

    name: str
    header: tuple[str, ...]
    rows: tuple[Row, Row, Row]
    missing: str
    vocabulary: tuple[str, str]

    @property
    def format(self) -> Format:
        return format_named(self.name)


_HEADER = ("id", "weapon", "serial number", "used", "marking", "manufacturer", "category")


def _row(*cells: str) -> Row:
    return dict(zip(_HEADER, cells, strict=True))


SHAPES = (
    Shape(
        "gur-components",
        GUR_HEADER,
        (
            gur_row(1, "Amplifier AD8572A", "Analog Devices", "US", "Missile Kh-101 №7701"),
            gur_row(2, "Мікросхема С8051F120", "Silicon Laboratories", "US", "Missile Kh-101 №7701"),
            gur_row(3, "(unspecified)", "Murata", "JP", 'UAV "Lancet-3"', category="connector"),
        ),
        missing="found_in_drones",
        vocabulary=("category", "sausage"),
    ),
    Shape(
        "components",
        _HEADER,
        (
            _row("1", "Kh-101", "7701", "2024-01-02", "AD8572A", "Analog Devices", "analog"),
            _row("2", "Х-101", "7701", "2024-01-02", "С8051F120", "Silicon Labs", "mcu"),
            _row("3", "Lancet-3", "", "", "GRM188", "Murata", ""),
        ),
        missing="marking",
        vocabulary=("category", "sausage"),
    ),
)

pytestmark = pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)

Make = Callable[[bytes | str], Path]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    def write(content: bytes | str) -> Path:
        file = tmp_path / "list.csv"
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    return write


def read(shape: Shape, file: Path) -> list[ComponentRecord | Rejected]:
    return list(shape.format.read(file, ReadOptions()))


def good(shape: Shape) -> str:
    return csv_text(shape.rows, shape.header)


def told(records: list[ComponentRecord | Rejected]) -> list[tuple[str, str | None, str | None]]:
    """What was read of each row, without its line and raw text."""
    assert all(isinstance(record, ComponentRecord) for record in records), records
    return [
        (record.key, record.marking, record.maker and record.maker.brand)
        for record in records
        if isinstance(record, ComponentRecord)
    ]


def refusal(shape: Shape, file: Path) -> BadInput:
    with pytest.raises(BadInput) as caught:
        read(shape, file)
    assert file.name in caught.value.message
    return caught.value


def test_the_good_rows_are_read_with_their_lines(shape: Shape, make: Make) -> None:
    records = read(shape, make(good(shape)))
    assert [record.line for record in records] == [2, 3, 4]
    assert len(set(told(records))) == 3


def test_a_format_knows_its_own_header(shape: Shape, make: Make) -> None:
    assert shape.format.sniff(shape.header)
    assert not shape.format.sniff(("weather", "temperature"))
    assert shape.format.title


def test_a_file_that_is_not_there_is_named(shape: Shape, tmp_path: Path) -> None:
    assert "no such file" in refusal(shape, tmp_path / "gone.csv").reason


def test_a_folder_is_no_file(shape: Shape, tmp_path: Path) -> None:
    assert "no such file" in refusal(shape, tmp_path).reason


@pytest.mark.parametrize("nothing", ["", "\n\n", "\ufeff", " , ,\n"])
def test_an_empty_file_is_refused(shape: Shape, make: Make, nothing: str) -> None:
    refused = refusal(shape, make(nothing))
    assert refused.line == 1
    assert "empty" in refused.reason


def test_a_header_alone_is_no_component(shape: Shape, make: Make) -> None:
    assert read(shape, make(good(shape).splitlines(keepends=True)[0])) == []


def test_a_last_line_that_breaks_off_is_rejected_and_the_others_read(shape: Shape, make: Make) -> None:
    text = good(shape)
    cut = text.rstrip("\n").rsplit(",", 2)[0]
    *before, last = read(shape, make(cut))
    assert len(told(before)) == 2
    assert isinstance(last, Rejected)
    assert last.line == 4
    assert "breaks off" in last.reason
    assert last.row[shape.header[0]] == shape.rows[2][shape.header[0]]


def test_a_line_with_more_cells_than_the_header_is_rejected(shape: Shape, make: Make) -> None:
    lines = good(shape).splitlines()
    lines[2] += ",surplus"
    _first, second, _third = read(shape, make("\n".join(lines) + "\n"))
    assert isinstance(second, Rejected)
    assert (second.line, "beyond the header" in second.reason) == (3, True)


def test_a_quote_that_is_never_closed_is_refused_at_the_line_where_it_opens(shape: Shape, make: Make) -> None:
    lines = good(shape).splitlines()
    lines[2] = '"' + lines[2].replace('"', "")
    lines[3] = lines[3].replace('"', "")
    refused = refusal(shape, make("\n".join(lines)))
    assert refused.line == 3
    assert "broken" in refused.reason


def test_another_encoding_is_refused_at_its_first_line(shape: Shape, make: Make) -> None:
    refused = refusal(shape, make(good(shape).replace("№", "N").encode("cp1251")))
    assert refused.line == 3, "the first line with a Cyrillic letter"
    assert "not UTF-8" in refused.reason
    assert "UTF-8" in refused.hint


def test_utf_16_is_refused(shape: Shape, make: Make) -> None:
    assert "not UTF-8" in refusal(shape, make(good(shape).encode("utf-16"))).reason


def test_a_byte_order_mark_and_windows_line_ends_change_nothing(shape: Shape, make: Make) -> None:
    plain = read(shape, make(good(shape)))
    windows = csv_text(shape.rows, shape.header, newline="\r\n")
    assert read(shape, make(b"\xef\xbb\xbf" + windows.encode())) == plain


@pytest.mark.parametrize("delimiter", [";", "\t", "|"], ids=["semicolon", "tab", "bar"])
def test_other_delimiters_change_nothing(shape: Shape, make: Make, delimiter: str) -> None:
    plain = read(shape, make(good(shape)))
    assert read(shape, make(csv_text(shape.rows, shape.header, delimiter=delimiter))) == plain


def test_blank_lines_are_passed_over_and_lines_still_count(shape: Shape, make: Make) -> None:
    lines = good(shape).splitlines()
    spaced = "\n".join([lines[0], "", lines[1], "," * (len(shape.header) - 1), lines[2], lines[3], "", ""])
    records = read(shape, make(spaced))
    assert [record.line for record in records] == [3, 5, 6]
    assert len(told(records)) == 3


def test_a_repeated_row_is_read_again_under_the_same_key(shape: Shape, make: Make) -> None:
    repeated = [shape.rows[0], shape.rows[1], shape.rows[0]]
    first, _second, again = told(read(shape, make(csv_text(repeated, shape.header))))
    assert first == again


def test_a_cell_may_hold_line_ends_and_the_line_is_where_its_row_begins(shape: Shape, make: Make) -> None:
    marking = next(name for name in shape.header if "marking" in name)
    rows = [shape.rows[0] | {marking: "AD8572A\n2235"}, shape.rows[1]]
    first, second = read(shape, make(csv_text(rows, shape.header)))
    assert isinstance(first, ComponentRecord)
    assert first.marking == "AD8572A\n2235"
    assert (first.line, second.line) == (2, 4)


def test_a_header_that_names_a_column_twice_is_refused(shape: Shape, make: Make) -> None:
    refused = refusal(shape, make(good(shape).replace(shape.header[1], shape.header[0], 1)))
    assert (refused.line, shape.header[0] in refused.reason) == (1, True)


def test_a_missing_column_is_refused(shape: Shape, make: Make) -> None:
    gone = [name for name in shape.header if name != shape.missing and name != "manufacturer"]
    rows = [{name: row[name] for name in gone} for row in shape.rows]
    refused = refusal(shape, make(csv_text(rows, gone)))
    assert refused.line == 1
    assert shape.missing in refused.reason


def test_a_value_out_of_its_vocabulary_is_rejected_with_what_is_allowed(shape: Shape, make: Make) -> None:
    column, value = shape.vocabulary
    rows = [shape.rows[0], shape.rows[1] | {column: value}, shape.rows[2]]
    first, wrong, last = read(shape, make(csv_text(rows, shape.header)))
    assert len(told([first, last])) == 2
    assert isinstance(wrong, Rejected)
    assert wrong.line == 3
    assert column in wrong.reason
    assert repr(value) in wrong.reason
    assert "analog, antenna" in wrong.reason


def test_a_null_character_is_rejected_because_no_database_keeps_it(shape: Shape, make: Make) -> None:
    marking = next(name for name in shape.header if "marking" in name)
    rows = [shape.rows[0], shape.rows[1] | {marking: "AD\x008572"}]
    _first, wrong = read(shape, make(csv_text(rows, shape.header)))
    assert isinstance(wrong, Rejected)
    assert (wrong.line, "null character" in wrong.reason) == (3, True)


def test_a_workbook_reads_like_the_csv(shape: Shape, make: Make, tmp_path: Path) -> None:
    book = write_workbook(tmp_path / "list.xlsx", shape.rows, shape.header)
    assert read(shape, book) == read(shape, make(good(shape)))


def test_a_workbook_with_nothing_in_it_is_empty(shape: Shape, tmp_path: Path) -> None:
    assert "empty" in refusal(shape, write_workbook(tmp_path / "list.xlsx", [], [])).reason


def test_what_only_calls_itself_a_workbook_is_refused(shape: Shape, tmp_path: Path) -> None:
    assert "XLSX" in refusal(shape, write_list(tmp_path / "list.xlsx", shape.rows, shape.header)).reason


def test_a_workbook_that_breaks_off_is_refused(shape: Shape, tmp_path: Path) -> None:
    book = write_workbook(tmp_path / "list.xlsx", shape.rows, shape.header)
    book.write_bytes(book.read_bytes()[:-200])
    assert "XLSX" in refusal(shape, book).reason
