"""The only printer: text from the data is shown and never acts, whatever the format."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.cli.render import Column, Printer, Section, plain, sparkline
from provenance.cli.views.basis import basis_lines
from provenance.core.basis import Basis
from provenance.core.errors import BadInput
from provenance.core.vocabulary import OutputFormat
from provenance.services.contracts.base import Result

Shown = Callable[..., str]

SHOWN_LITERALLY = (
    "[red]burnt[/red]",
    "[/]",
    "[link=https://example.org]x[/link]",
    ":warning: hot",
    "=1+1",
    '=HYPERLINK("https://example.org")',
    "+380",
    "-5V",
    "@SUM(A1)",
    "a,b;c",
    'say "AD8572"',
    "深圳科技",
    "С8051F120",
)


class Found(Result):
    """A result of these tests, which is in no registry."""


Found.schema_id = "provenance.test/1"


@dataclass
class Answer:
    """A result and what its view makes of it."""

    rows: list[dict[str, Any]]
    sections: list[Section]
    basis: Basis | None = None

    def print(self, format: OutputFormat, out: Path | None = None, width: int | None = None) -> None:
        """Prints it."""
        Printer(format, out, width=width).show(self.result, lambda _found: self.sections)

    @property
    def result(self) -> Found:
        """The result alone."""
        return Found(rows=tuple(self.rows), basis=self.basis)


def answer(*markings: str) -> Answer:
    """An answer of one column."""
    rows = [{"marking": marking} for marking in markings]
    return Answer(rows, [Section("Found", rows, [Column("marking", lambda row: row["marking"])])])


@pytest.fixture
def shown(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shown:
    """What stands on stdout."""
    monkeypatch.delenv("COLUMNS", raising=False)

    def shown(found: Answer, format: OutputFormat = OutputFormat.TABLE, width: int | None = None) -> str:
        found.print(format, width=width)
        return capsys.readouterr().out

    return shown


class TestTextThatWouldAct:
    @pytest.mark.parametrize("marking", SHOWN_LITERALLY)
    def test_it_is_printed_as_it_stands(self, shown: Shown, marking: str) -> None:
        assert marking in shown(answer(marking))
        assert json.loads(shown(answer(marking), OutputFormat.JSON))["rows"] == [{"marking": marking}]
        assert json.loads(shown(answer(marking), OutputFormat.JSONL)) == {"marking": marking}

    @pytest.mark.parametrize(
        ("marking", "seen"),
        [
            ("a\x1b[31mred", r"a\x1b[31mred"),
            ("bell\x07", r"bell\x07"),
            ("left\ttab", r"left\ttab"),
            ("back\rover", r"back\rover"),
            ("left‮right", r"left\u202eright"),
            ("zero​width", r"zero\u200bwidth"),
        ],
    )
    def test_what_has_no_shape_is_shown_as_an_escape_in_a_table(
        self, shown: Shown, marking: str, seen: str
    ) -> None:
        told = shown(answer(marking))
        assert seen in told
        assert marking not in told

    @pytest.mark.parametrize("marking", ["one\ntwo", "one\r\ntwo", "one \n\n two\n"])
    def test_the_lines_of_a_marking_are_separated_by_slashes(self, shown: Shown, marking: str) -> None:
        assert "one / two" in shown(answer(marking))

    def test_json_keeps_control_characters_as_escapes(self, shown: Shown) -> None:
        told = shown(answer("a\x1b[31mred\n"), OutputFormat.JSON)
        assert "\x1b" not in told
        assert json.loads(told)["rows"][0]["marking"] == "a\x1b[31mred\n"

    @pytest.mark.parametrize("marking", ["=1+1", "+1", "-1", "@A1", "\t=1+1", "\r=1+1", "=cmd|' /C calc'!A0"])
    def test_a_spreadsheet_takes_no_cell_for_a_formula(self, shown: Shown, marking: str) -> None:
        (_header, (cell,)) = csv.reader(io.StringIO(shown(answer(marking), OutputFormat.CSV), newline=""))
        assert cell == "'" + marking

    @pytest.mark.parametrize("marking", ["\n=1+1", "＝1+1", "＋1"])
    def test_nor_one_behind_a_line_end_or_in_full_width(self, shown: Shown, marking: str) -> None:
        (_header, (cell,)) = csv.reader(io.StringIO(shown(answer(marking), OutputFormat.CSV), newline=""))
        assert cell == "'" + marking

    def test_numbers_stay_numbers(self, shown: Shown) -> None:
        found = Answer([{"count": -5, "share": 0.5, "known": None}], [])
        assert shown(found, OutputFormat.CSV) == "count,share,known\n-5,0.5,\n"

    @given(marking=st.text(max_size=12))
    def test_no_marking_whatever_can_act(self, marking: str) -> None:
        printer = Printer(OutputFormat.CSV)
        out = printer._data(printer._answer(answer(marking).result, lambda _found: []))
        (_header, (cell,)) = csv.reader(io.StringIO(out, newline=""))
        assert cell.removeprefix("'") == marking.removeprefix("'")
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


class TestTables:
    def test_columns_that_yield_give_way_in_a_narrow_window_and_are_named(self, shown: Shown) -> None:
        rows = [{"a": "x" * 20, "b": "y" * 20, "c": "z" * 20}]
        columns = [
            Column("first", lambda row: row["a"]),
            Column("second", lambda row: row["b"], yields=1),
            Column("third", lambda row: row["c"], yields=2),
        ]
        found = Answer(rows, [Section("", rows, columns)])
        wide, narrow = shown(found, width=100), shown(found, width=50)
        assert "third" in wide
        assert "Not shown" not in wide
        assert "z" * 20 not in narrow
        assert "Columns hidden (narrow terminal): third." in narrow
        assert "y" * 20 in narrow

    def test_a_narrow_window_breaks_between_words_first_then_addresses_and_references_last(
        self, shown: Shown
    ) -> None:
        row = {
            "made while owned": "1,024",
            "maker": "Texas Instruments (F-M6KRR-48TP6)",
            "address": "https://war-sanctions.example/components/6033",
        }
        columns = [Column(name, lambda row, name=name: row[name]) for name in row]
        found = Answer([row], [Section("", [row], columns)])
        told = shown(found, width=50)
        assert max(map(len, told.splitlines())) <= 50
        for word in ("made", "while", "owned", "1,024", "Texas", "Instruments", "(F-M6KRR-48TP6)"):
            assert word in told.split()
        assert "".join(line[-21:].strip() for line in told.splitlines()[2:]).endswith("6033")

    def test_a_long_cell_is_folded_and_never_cut(self, shown: Shown) -> None:
        marking = "".join(str(number % 10) for number in range(120))
        told = shown(answer(marking), width=40)
        assert "".join(line.strip() for line in told.splitlines()[2:]) == marking

    def test_no_colour_reaches_a_pipe(self, shown: Shown) -> None:
        assert "\x1b" not in shown(answer("AD8572"))


class TestPlainValues:
    def test_empty_text_is_the_unknown(self) -> None:
        assert plain({"first_seen": "", "seen": [""], "day": date(2024, 1, 2)}) == {
            "first_seen": None,
            "seen": [None],
            "day": "2024-01-02",
        }

    def test_zero_and_no_are_known(self) -> None:
        assert plain([0, False, None]) == [0, False, None]


class TestSparklines:
    def test_the_tallest_block_is_the_greatest_count(self) -> None:
        assert sparkline([0, 1, 2, 4, 8]) == " ▁▂▄█"

    def test_one_is_never_invisible(self) -> None:
        assert sparkline([1, 1000]) == "▁█"

    @pytest.mark.parametrize("counts", [[], [0, 0]])
    def test_nothing_is_no_line(self, counts: list[int]) -> None:
        assert sparkline(counts) == ""


class TestBasis:
    def basis(self) -> Basis:
        found = Basis("test", "distinct recoveries", "abc123", filters={"country": "US"})
        found.counted = {"components": 1234, "recoveries": 56}
        found.out_of = {"components": 5000, "recoveries": 100}
        found.leave_out("of other countries", 3000, 40)
        found.leave_out("of unknown country", 766, 30, unjudged=True)
        found.leave_out("never met", 0, 0)
        return found

    def test_it_says_what_was_counted_out_of_what_and_what_was_not(self) -> None:
        lines = basis_lines(self.basis())
        assert (
            lines[0]
            == "Counted: distinct recoveries; 1,234 components in 56 recoveries, out of 5,000 in 100."
        )
        assert "Filters: Country US." in lines
        assert "Left out: 3,000 components (40 recoveries) of other countries." in lines
        assert "Unknown: 766 components (30 recoveries) of unknown country." in lines
        assert not any("never met" in line for line in lines)
        assert lines[-1] == "Data: abc123."

    def test_a_heading_takes_two_lines_and_the_rest_is_one_option_away(self) -> None:
        found = self.basis()
        found.cautions = [f"Caution number {number} takes some forty letters of room." for number in range(9)]
        short, long = basis_lines(found), basis_lines(found, explain=True)
        cautions = short[short.index(next(line for line in short if line.startswith("Caution"))) : -1]
        assert len(cautions) == 2
        assert all(len(line) <= 100 for line in short)
        shown = " ".join(cautions).count("Caution number")
        assert cautions[-1].endswith(f"{9 - shown} more: --explain.")
        assert sum("Caution number" in line for line in long) == 9
        assert "--explain" not in long[-1]

    @pytest.mark.parametrize("format", [OutputFormat.CSV, OutputFormat.JSONL])
    def test_it_goes_to_stderr_beside_bare_rows(
        self, capsys: pytest.CaptureFixture[str], format: OutputFormat
    ) -> None:
        found = answer("AD8572")
        found.basis = self.basis()
        found.print(format)
        streams = capsys.readouterr()
        assert "Counted" not in streams.out
        assert "Unknown: 766 components" in streams.err

    def test_it_stands_beside_a_file(self, tmp_path: Path) -> None:
        found = answer("AD8572")
        found.basis = self.basis()
        found.print(OutputFormat.CSV, tmp_path / "found.csv")
        assert (tmp_path / "found.csv").read_text(encoding="utf-8") == "marking\nAD8572\n"
        beside: Any = json.loads((tmp_path / "found.csv.basis.json").read_text(encoding="utf-8"))
        assert beside["basis"]["counted"]["components"] == 1234

    def test_a_file_that_cannot_be_written_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(BadInput, match=r"found\.csv: cannot be written"):
            answer("AD8572").print(OutputFormat.CSV, tmp_path / "gone" / "found.csv")


class TestOnATerminal:
    """Data before somebody's eyes."""

    def test_nothing_of_a_csv_acts_and_a_pipe_has_it_as_it_is(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        marking = "AD\x1b[31m8572\u202e\r"
        answer(marking).print(OutputFormat.CSV)
        assert marking in capsys.readouterr().out
        monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
        answer(marking).print(OutputFormat.CSV)
        assert capsys.readouterr().out == 'marking\n"AD\\x1b[31m8572\\u202e\\r"\n'
