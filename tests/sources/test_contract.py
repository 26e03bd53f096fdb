"""What holds for every format that is registered, tried on its fixture: a few rows in its own shape.

A fixture is `fixtures/KIND/NAME.*`: three records, the first of which names an Obsidian, the last a Marble. A
format without one fails.
"""

from __future__ import annotations

import csv
import dataclasses
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest

from provenance.core.errors import BadInput
from provenance.sources.customers import Customer
from provenance.sources.formats import FileFormat, ReadOptions
from provenance.sources.kinds import SourceKind
from provenance.sources.recognition import formats_like, sample_of
from provenance.sources.records import ComponentRecord, Rejected
from provenance.sources.registry import every_format
from provenance.sources.tables import LONGEST_LINE
from provenance.sources.watchlists.published import PublishedList
from tests.support.days import TODAY

FIXTURES = Path(__file__).parent / "fixtures"
BINARY = (".xlsx", ".docx", ".xml")
ACCOUNTED = (SourceKind.COMPONENTS, SourceKind.PARTS, SourceKind.TRANSFERS, SourceKind.CUSTOMERS)
"""Kinds of which a bad row is reported by itself; a list with a bad row is refused whole."""


@dataclass(frozen=True)
class Case:
    """A format and a fixture of its."""

    format: FileFormat[Any]
    file: Path

    @property
    def text(self) -> str:
        return self.file.read_bytes().decode()

    @property
    def is_text(self) -> bool:
        return self.file.suffix not in BINARY

    @property
    def has_header(self) -> bool:
        return self.is_text and self.file.suffix != ".json" and self.format.name != "ofac-sdn"

    @property
    def delimiter(self) -> str:
        return "\t" if self.file.suffix == ".txt" else ","

    @property
    def rows(self) -> list[list[str]]:
        return list(csv.reader(io.StringIO(self.text, newline=""), delimiter=self.delimiter))

    def written(self, rows: list[list[str]], delimiter: str | None = None, end: str = "\n") -> str:
        stream = io.StringIO(newline="")
        writer = csv.writer(
            stream, delimiter=delimiter or self.delimiter, quoting=csv.QUOTE_ALL, lineterminator=end
        )
        writer.writerows(rows)
        return stream.getvalue()


def fixtures_of(known: FileFormat[Any]) -> list[Path]:
    return sorted((FIXTURES / known.kind).glob(f"{known.name}.*"))


CASES = [Case(known, file) for known in every_format() for file in fixtures_of(known)]


def has_rows_of_one_party(case: Case) -> bool:
    """Whether rows of one party are one record."""
    known = case.format
    grouped = isinstance(known, PublishedList) and any(table.key for table in known.tables)
    return grouped or known.name in ("bis-dpl", "opensanctions-statements")


def is_guessed(case: Case) -> bool:
    """Whether people make such files, in the encodings of their programs."""
    return case.is_text and (case.format.kind in ACCOUNTED or bool(case.format.fields))


def tried(wanted: Callable[[Case], bool]) -> pytest.MarkDecorator:
    """Runs a test on the cases that it is about."""
    cases = [case for case in CASES if wanted(case)]
    return pytest.mark.parametrize("case", cases, ids=lambda case: case.file.name)


every_case = tried(lambda case: True)
every_text = tried(lambda case: case.is_text)
every_table = tried(lambda case: case.has_header)
every_accounted = tried(lambda case: case.format.kind in ACCOUNTED)
every_published = tried(lambda case: case.is_text and case.format.kind not in ACCOUNTED)
every_fixed = tried(lambda case: case.is_text and not is_guessed(case))
every_guessed = tried(lambda case: is_guessed(case))
every_component_list = tried(lambda case: case.format.kind is SourceKind.COMPONENTS)

Make = Callable[[bytes | str], Path]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    def write(content: bytes | str) -> Path:
        file = tmp_path / "list.txt"
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    return write


def read(case: Case, file: Path) -> list[Any]:
    return list(case.format.read(file, ReadOptions(TODAY)))


def contents(records: list[Any]) -> list[Any]:
    """What was read of each row, without its line."""
    return [_without_line(record) for record in records]


def _without_line(record: Any) -> Any:
    assert not is_faulty(record), record
    if isinstance(record, ComponentRecord):
        return record._replace(line=0)
    if dataclasses.is_dataclass(record) and not isinstance(record, type):
        return dataclasses.replace(record, **({"row": 0} if isinstance(record, Customer) else {"line": 0}))
    return record.model_copy(update={"line": 0})


def is_faulty(record: Any) -> bool:
    """Whether a row was read as one that cannot be used."""
    return isinstance(record, Rejected) or (isinstance(record, Customer) and record.fault is not None)


def line_of(record: Any) -> int:
    return record.row if isinstance(record, Customer) else record.line


def refusal(case: Case, file: Path) -> BadInput:
    with pytest.raises(BadInput) as caught:
        read(case, file)
    assert file.name in caught.value.message
    return caught.value


def damaged(text: str, inserted: str) -> str:
    """The text with something in the middle of the first record's name."""
    found = re.search("obsidian", text, re.IGNORECASE)
    assert found is not None
    return text[: found.start() + 3] + inserted + text[found.start() + 3 :]


@pytest.mark.parametrize("known", every_format(), ids=lambda known: known.name)
def test_every_format_has_a_fixture(known: FileFormat[Any]) -> None:
    assert fixtures_of(known), f"{known.name} needs tests/sources/fixtures/{known.kind}/{known.name}.*"


def test_every_fixture_is_of_a_format() -> None:
    files = {file for file in FIXTURES.rglob("*.*") if file.is_file()}
    assert files == {case.file for case in CASES}


class TestGoodFiles:
    """What is whole is read whole."""

    @every_case
    def test_the_fixture_has_three_records(self, case: Case) -> None:
        records = read(case, case.file)
        assert len(records) == 3
        found = contents(records)
        assert all(found.count(record) == 1 for record in found)

    @every_table
    def test_each_record_says_on_which_line_it_begins(self, case: Case) -> None:
        assert [line_of(record) for record in read(case, case.file)] == [2, 3, 4]

    @every_case
    def test_a_format_says_what_it_reads_and_recognises_it(self, case: Case) -> None:
        assert case.format.title
        assert case.format.sniff(sample_of(case.file))

    @every_case
    def test_a_format_does_not_recognise_what_means_nothing(self, case: Case, make: Make) -> None:
        assert not case.format.sniff(sample_of(make("weather,temperature\nfine,21\n")))
        assert not case.format.sniff(sample_of(make("")))

    @every_text
    def test_a_byte_order_mark_changes_nothing(self, case: Case, make: Make) -> None:
        plain = read(case, case.file)
        assert read(case, make(b"\xef\xbb\xbf" + case.text.encode())) == plain

    @every_text
    @pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
    def test_line_ends_change_nothing(self, case: Case, make: Make, end: str) -> None:
        plain = read(case, case.file)
        assert read(case, make(case.text.replace("\r\n", "\n").replace("\n", end))) == plain

    @every_guessed
    @pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
    def test_the_encodings_of_unicode_change_nothing(self, case: Case, make: Make, encoding: str) -> None:
        assert read(case, make(case.text.encode(encoding))) == read(case, case.file)

    @every_table
    @pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"], ids=["comma", "semicolon", "tab", "bar"])
    def test_other_delimiters_change_nothing(self, case: Case, make: Make, delimiter: str) -> None:
        plain = read(case, case.file)
        assert read(case, make(case.written(case.rows, delimiter))) == plain

    @every_table
    def test_blank_lines_are_passed_over_and_lines_still_count(self, case: Case, make: Make) -> None:
        header, *rows = case.written(case.rows).splitlines()
        nothing = case.delimiter * (len(case.rows[0]) - 1)
        records = read(case, make("\n".join([header, "", rows[0], nothing, rows[1], rows[2], "", ""])))
        assert [line_of(record) for record in records] == [3, 5, 6]
        assert contents(records) == contents(read(case, case.file))

    @tried(lambda case: case.has_header and not has_rows_of_one_party(case))
    def test_a_repeated_row_is_read_again_as_the_same(self, case: Case, make: Make) -> None:
        header, first, second, _third = case.rows
        found = contents(read(case, make(case.written([header, first, second, first]))))
        assert found[0] == found[2] != found[1]

    @every_accounted
    def test_a_header_alone_has_no_record(self, case: Case, make: Make) -> None:
        alone = make(case.written(case.rows[:1]))
        if case.format.kind is SourceKind.CUSTOMERS:
            assert "no row" in refusal(case, alone).reason, "nobody screened is not a clearance"
        else:
            assert read(case, alone) == []


class TestWorkbooks:
    """A workbook of the same rows is the same list."""

    @staticmethod
    def written(case: Case, file: Path) -> Path:
        book = openpyxl.Workbook()
        for row in case.rows:
            book.worksheets[0].append([cell or None for cell in row])
        book.save(file)
        return file

    @every_accounted
    def test_a_workbook_reads_like_the_csv(self, case: Case, tmp_path: Path) -> None:
        assert read(case, self.written(case, tmp_path / "list.xlsx")) == read(case, case.file)

    @every_accounted
    @pytest.mark.parametrize("claimed", ["A1", "A1:B2", "A1:ZZ2"])
    def test_a_sheet_that_claims_another_size_loses_nothing(
        self, case: Case, tmp_path: Path, claimed: str
    ) -> None:
        book = self.written(case, tmp_path / "list.xlsx")
        wrong = with_part(book, "xl/worksheets/sheet1.xml", lambda text: _claiming(text, claimed))
        found = read(case, wrong)
        assert len(found) == 3
        assert not any(map(is_faulty, found))

    @every_accounted
    def test_a_workbook_with_nothing_in_it_is_empty(self, case: Case, tmp_path: Path) -> None:
        openpyxl.Workbook().save(tmp_path / "list.xlsx")
        assert "empty" in refusal(case, tmp_path / "list.xlsx").reason

    @every_accounted
    def test_what_only_calls_itself_a_workbook_is_refused(self, case: Case, tmp_path: Path) -> None:
        (tmp_path / "list.xlsx").write_bytes(case.file.read_bytes())
        assert "XLSX" in refusal(case, tmp_path / "list.xlsx").reason

    @every_accounted
    def test_a_workbook_that_breaks_off_is_refused(self, case: Case, tmp_path: Path) -> None:
        book = self.written(case, tmp_path / "list.xlsx")
        book.write_bytes(book.read_bytes()[:-200])
        assert "XLSX" in refusal(case, book).reason


class TestBrokenFiles:
    """What cannot be read is refused by file and line, or row by row; never read in part without a word."""

    @every_case
    def test_a_file_that_is_not_there_is_named(self, case: Case, tmp_path: Path) -> None:
        assert "no such file" in refusal(case, tmp_path / "gone.csv").reason

    @every_case
    def test_a_folder_is_not_a_file(self, case: Case, tmp_path: Path) -> None:
        assert "no such file" in refusal(case, tmp_path).reason

    @every_text
    @pytest.mark.parametrize("nothing", ["", "\n\n", "\ufeff", " , ,\n"])
    def test_an_empty_file_is_refused(self, case: Case, make: Make, nothing: str) -> None:
        assert refusal(case, make(nothing)).line == 1

    @every_fixed
    def test_another_encoding_is_refused_with_its_line(self, case: Case, make: Make) -> None:
        refused = refusal(case, make(damaged(case.text, "Ж").encode("cp1251", "replace")))
        assert refused.line is not None
        assert "UTF-8" in refused.reason or "JSON" in refused.reason

    @every_fixed
    def test_utf_16_is_refused(self, case: Case, make: Make) -> None:
        refused = refusal(case, make(case.text.encode("utf-16")))
        assert "UTF-8" in refused.reason or "JSON" in refused.reason

    @every_text
    def test_an_endless_line_is_refused_without_being_read_whole(self, case: Case, make: Make) -> None:
        refused = refusal(case, make(case.text.split("\n")[0][:40] + "x" * (LONGEST_LINE + 10)))
        assert refused.line == 1

    @every_accounted
    def test_a_last_line_that_breaks_off_is_reported_and_the_others_read(
        self, case: Case, make: Make
    ) -> None:
        cut = case.text[: case.text.rindex("Marble") + 3]
        *before, last = read(case, make(cut))
        assert len(contents(before)) == 2
        assert is_faulty(last)
        assert line_of(last) == 4

    @every_published
    def test_a_list_that_breaks_off_is_refused(self, case: Case, make: Make) -> None:
        at = case.text.casefold().rindex("marble")
        assert refusal(case, make(case.text[: at + 3])).line is not None

    @every_table
    def test_a_line_with_more_cells_than_the_header_is_not_read(self, case: Case, make: Make) -> None:
        lines = case.written(case.rows).splitlines()
        lines[2] += f'{case.delimiter}"surplus"'
        file = make("\n".join(lines) + "\n")
        if case.format.kind in ACCOUNTED:
            _first, second, _third = read(case, file)
            assert (is_faulty(second), line_of(second)) == (True, 3)
        else:
            refused = refusal(case, file)
            assert (refused.line, "too many" in refused.reason) == (3, True)

    @every_table
    def test_a_quote_that_is_never_closed_is_refused_where_it_opens(self, case: Case, make: Make) -> None:
        lines = [line.replace('"', "") for line in case.written(case.rows).splitlines()]
        lines[2] = '"' + lines[2]
        refused = refusal(case, make("\n".join(lines)))
        assert refused.line in ((3,) if case.format.kind in ACCOUNTED else (2, 3))

    @every_text
    def test_a_null_character_is_never_part_of_a_record(self, case: Case, make: Make) -> None:
        file = make(damaged(case.text, "\0"))
        if case.format.kind in ACCOUNTED:
            first, *_others = read(case, file)
            assert is_faulty(first) and line_of(first) == 2
        else:
            assert refusal(case, file).line is not None

    @every_table
    def test_a_header_that_names_a_column_twice_is_refused(self, case: Case, make: Make) -> None:
        header, *rows = case.rows
        refused = refusal(case, make(case.written([[header[1], *header[1:]], *rows])))
        assert (refused.line, header[1] in refused.reason) == (1, True)

    @every_table
    def test_columns_that_a_format_does_not_know_are_refused(self, case: Case, make: Make) -> None:
        header, *rows = case.rows
        known = case.format.fields
        strange = [f"column {place}" if known or not place else name for place, name in enumerate(header)]
        refused = refusal(case, make(case.written([strange, *rows])))
        assert refused.line == 1
        assert "column 1" in refused.reason if known else header[0] in refused.reason


class TestOtherFormats:
    """A file of another format is called what it is."""

    @tried(lambda case: case.is_text and not case.format.fields)
    def test_a_file_looks_like_its_own_format(self, case: Case) -> None:
        assert formats_like(case.file) == [case.format]

    @every_case
    def test_a_file_of_another_format_is_refused_by_its_name(self, case: Case) -> None:
        for other in CASES:
            if other.format.fields or other.format is case.format or not other.is_text:
                continue
            try:
                found = read(case, other.file)
            except BadInput as error:
                if case.is_text:
                    assert f"looks like {other.format.name} (" in error.hint, other.file
            else:
                assert case.format.fields and found, "only columns that are understood are read"

    @every_text
    @pytest.mark.parametrize(
        ("content", "called"),
        [
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Excel"),
            (b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "password"),
            (b'<?xml version="1.0"?>\n<list/>\n', "XML"),
            (b"<!DOCTYPE html><html></html>", "web page"),
            (b"%PDF-1.7\n", "PDF"),
            (b"\x1f\x8b\x08\0", "gzip"),
            (b"PK\x03\x04 cut off", "damaged"),
        ],
        ids=["xls", "encrypted", "xml", "html", "pdf", "gzip", "zip"],
    )
    def test_what_is_not_a_table_at_all_is_called_what_it_is(
        self, case: Case, make: Make, content: bytes, called: str
    ) -> None:
        refused = refusal(case, make(content))
        assert called in refused.reason
        assert refused.hint


class TestComponents:
    """What holds for lists of components, whose cells are kept as they stand."""

    @every_component_list
    def test_a_cell_may_hold_line_ends_and_the_line_is_where_its_row_begins(
        self, case: Case, make: Make
    ) -> None:
        place = next(place for place, name in enumerate(case.rows[0]) if "marking" in name)
        rows = [list(row) for row in case.rows]
        rows[1][place] = "AD8572A\n2235"
        first, second, _third = read(case, make(case.written(rows)))
        assert first.marking == "AD8572A\n2235"
        assert (first.line, second.line) == (2, 4)

    @every_component_list
    def test_a_value_out_of_its_vocabulary_is_unknown_and_its_row_read(self, case: Case, make: Make) -> None:
        rows = [list(row) for row in case.rows]
        rows[2][rows[0].index("category")] = "sausage"
        first, wrong, last = read(case, make(case.written(rows)))
        assert len(contents([first, last])) == 2
        assert isinstance(wrong, ComponentRecord)
        assert (wrong.line, wrong.category) == (3, None)
        assert "sausage" in wrong.raw

    @every_component_list
    def test_a_row_that_breaks_off_says_so_and_keeps_what_it_had(self, case: Case, make: Make) -> None:
        *_before, last = read(case, make(case.text[: case.text.rindex("Marble") + 3]))
        assert isinstance(last, Rejected)
        assert "breaks off" in last.reason
        assert last.row[case.rows[0][0]] == case.rows[3][0]


def with_part(book: Path, part: str, change: Callable[[str], str]) -> Path:
    """A workbook with one of its parts changed."""
    changed = book.with_name(f"changed-{book.name}")
    with ZipFile(book) as old, ZipFile(changed, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content.decode()).encode() if name == part else content)
    return changed


def _claiming(sheet: str, size: str) -> str:
    assert "<dimension" in sheet
    return re.sub(r'<dimension ref="[^"]*"', f'<dimension ref="{size}"', sheet)


def test_all_kinds_are_tried() -> None:
    assert {case.format.kind for case in CASES} == set(SourceKind)
