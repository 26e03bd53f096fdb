"""The command line's contract: keys, streams, files and exit codes that other programs count on."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from provenance.cli.views import tables
from provenance.services.contracts.schemas import json_schemas
from tests.support.commands import Outcome
from tests.support.json_schema import problems

Run = Callable[..., Outcome]

ANSWERS: tuple[tuple[str, ...], ...] = (
    ("top",),
    ("top", "--by", "part"),
    ("top", "--by", "weapon"),
    ("top", "--by", "country"),
    ("top", "--brands"),
    ("top", "--evidence", "Murata"),
    ("exposure", "Analog Devices"),
    ("new", "--since", "2022"),
    ("find", "Kh-101"),
    ("show", "Kh-101"),
    ("formats",),
)

CONTRACTS: tuple[tuple[str, ...], ...] = (
    *(words for words in ANSWERS if words != ("formats",)),
    ("show", "Analog Devices"),
    ("show", "Герань-2"),
    ("find", "AD", "--limit", "2"),
    ("seizures",),
)
"""Answers of services with typed contracts."""

_answers = pytest.mark.parametrize("words", ANSWERS, ids=" ".join)

SCHEMAS = {
    "top": "provenance.top/2",
    "exposure": "provenance.exposure/2",
    "new": "provenance.new/2",
    "find": "provenance.find/2",
    "show": "provenance.show/2",
    "formats": "provenance.formats/2",
}


class TestJson:
    @_answers
    def test_schema_basis_and_rows(self, asked: str, run: Run, words: tuple[str, ...]) -> None:
        found = run(asked, *words, "--format", "json")
        assert (found.code, found.err) == (0, "")
        schema = "provenance.top-evidence/2" if "--evidence" in words else SCHEMAS[words[0]]
        assert found.json["schema"] == schema
        assert {"schema", "basis", "rows"} <= found.json.keys()
        assert found.json["rows"]

    def test_the_keys_of_top_are_the_contract_s(self, asked: str, run: Run) -> None:
        rows = run(asked, "top", "--format", "json").json["rows"]
        for row in rows:
            # `undated_recoveries` is ours: what the trend cannot place.
            assert list(row) == [
                "rank", "firm", "firm_ref", "country", "country_from_label", "recoveries", "specimens",
                "weapon_systems", "parts", "components", "pieces", "first_seen", "last_seen",
                "dated_recoveries", "newest_made", "newest_made_certain", "newest_made_possible",
                "made_after", "made_after_recoveries", "trend", "undated_recoveries", "parts_unknown",
                "unverified_links", "brands",
            ]  # fmt: skip
            assert list(row["made_after"]) == ["certain", "possible", "before", "unknown"]
            assert all(list(quarter) == ["quarter", "recoveries"] for quarter in row["trend"])

    @pytest.mark.parametrize(
        ("by", "keys"),
        [
            ("part", {"part", "part_ref", "country"}),
            ("weapon", {"weapon", "weapon_ref"}),
            ("country", {"country", "country_name"}),
        ],
    )
    def test_other_rankings_name_what_they_rank(self, asked: str, run: Run, by: str, keys: set[str]) -> None:
        row = run(asked, "top", "--by", by, "--format", "json").json["rows"][0]
        assert keys <= row.keys()
        assert not {"firm", "firm_ref"} & row.keys()

    def test_the_basis_says_how_it_was_counted_and_on_which_data(self, asked: str, run: Run) -> None:
        basis = run(asked, "top", "--format", "json").json["basis"]
        assert {
            "question",
            "unit",
            "data",
            "filters",
            "counted",
            "out_of",
            "left_out",
            "notes",
        } <= basis.keys()
        assert basis["data"]
        for left in basis["left_out"]:
            assert set(left) == {"reason", "components", "recoveries", "unjudged"}

    def test_what_is_not_known_is_null_and_never_empty_text(self, asked: str, run: Run) -> None:
        def values(found: Any) -> list[Any]:
            if isinstance(found, dict):
                return [leaf for part in found.values() for leaf in values(part)]
            if isinstance(found, list):
                return [leaf for part in found for leaf in values(part)]
            return [found]

        for words in ANSWERS:
            assert "" not in values(run(asked, *words, "--format", "json").json), words


class TestJsonSchema:
    """Every answer is what its JSON Schema in docs/json says."""

    @pytest.mark.parametrize("words", [*CONTRACTS, ("top", "--country", "Sweden")], ids=" ".join)
    def test_an_answer_is_valid(self, asked: str, run: Run, words: tuple[str, ...]) -> None:
        document = run(asked, *words, "--format", "json").json
        assert problems(document, json_schemas()[document["schema"]]) == []

    @pytest.mark.parametrize("words", CONTRACTS, ids=" ".join)
    def test_all_keys_are_snake_case(self, asked: str, run: Run, words: tuple[str, ...]) -> None:
        def keys(found: Any) -> Iterator[str]:
            if isinstance(found, dict):
                yield from found
                found = list(found.values())
            if isinstance(found, list):
                for part in found:
                    yield from keys(part)

        document = run(asked, *words, "--format", "json").json
        assert [key for key in keys(document) if not re.fullmatch(r"[a-z][a-z0-9_]*", key)] == []


class TestNarrowTerminal:
    @pytest.mark.parametrize("words", CONTRACTS, ids=" ".join)
    @pytest.mark.parametrize("width", [80, 100])
    def test_no_header_breaks_inside_a_word(
        self, sampled_once: str, run: Run, words: tuple[str, ...], width: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The words of each header stand whole above the first row."""
        monkeypatch.setenv("COLUMNS", str(width))
        headers: list[str] = []
        made = tables.table

        def spy(section: Any, room: int, *, hide: bool = True) -> Any:
            drawn, hidden = made(section, room, hide=hide)
            headers.extend(column.header for column in section.columns if column.header not in hidden)
            return drawn, hidden

        monkeypatch.setattr("provenance.cli.render.table", spy)
        said = run(sampled_once, *words)
        assert said.code == 0, said.err
        drawn = [line.rstrip() for line in said.out.split("Counted:")[0].splitlines()]
        # The title of a recovery is a line of text, which a terminal wraps.
        assert all(cell_len(line) <= width for line in drawn if not line.startswith("R-"))
        printed = set(said.out.split())
        assert {word for header in headers for word in header.split()} <= printed

    def test_hidden_columns_are_named_and_shown_on_request(
        self, asked: str, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("COLUMNS", "80")
        said = run(asked, "top").out
        hidden = (
            " ".join(said.split()).split("Columns hidden (narrow terminal): ")[1].split(". `--columns`")[0]
        )
        assert "first seen" in hidden
        shown = run(asked, "top", "--columns", "firm,first_seen,Recoveries").out.splitlines()
        assert ["firm", "first", "seen", "recoveries"] in [line.split() for line in shown]


class TestColumns:
    def test_csv_has_the_columns_asked_for_in_their_order(self, asked: str, run: Run) -> None:
        out = run(asked, "top", "--format", "csv", "--columns", "recoveries,firm,made_after.certain").out
        assert out.splitlines()[0] == "recoveries,firm,made_after.certain"

    def test_a_column_that_does_not_exist_is_refused_with_those_that_do(self, asked: str, run: Run) -> None:
        for format in ("table", "csv"):
            said = run(asked, "top", "--columns", "colour", "--format", format)
            assert (said.code, said.out) == (2, "")
            assert "specimens" in said.err

    def test_json_has_fixed_keys(self, asked: str, run: Run) -> None:
        said = run(asked, "top", "--columns", "firm", "--format", "json")
        assert (said.code, said.out) == (2, "")
        assert "fixed keys" in said.err


def test_notes_and_long_lists_of_the_basis_are_printed_on_request(asked: str, run: Run) -> None:
    words = ("top", "--chpl-tier", "1", "--min-recoveries", "1")
    short, long = run(asked, *words).out, run(asked, *words, "--explain").out
    assert " more: --explain." in short
    assert "--explain" not in long
    assert long.count("\n  ") > short.count("\n  ")


class TestLinesAndCsv:
    @_answers
    def test_one_object_a_line_and_the_basis_on_stderr(
        self, asked: str, run: Run, words: tuple[str, ...]
    ) -> None:
        whole, lines = (run(asked, *words, "--format", name) for name in ("json", "jsonl"))
        assert lines.lines == whole.json["rows"]
        assert ("Counted: distinct recoveries" in lines.err) == bool(whole.json["basis"])

    @_answers
    def test_csv_has_a_header_and_as_many_rows(self, asked: str, run: Run, words: tuple[str, ...]) -> None:
        whole, table = (run(asked, *words, "--format", name) for name in ("json", "csv"))
        rows = list(csv.DictReader(io.StringIO(table.out, newline="")))
        assert len(rows) == len(whole.json["rows"])
        assert ("Counted: distinct recoveries" in table.err) == bool(whole.json["basis"])

    def test_nested_figures_have_columns_of_their_own(self, asked: str, run: Run) -> None:
        (row, *_rest) = csv.DictReader(io.StringIO(run(asked, "top", "--format", "csv").out))
        whole = run(asked, "top", "--format", "json").json["rows"][0]
        assert row["made_after.certain"] == str(whole["made_after"]["certain"])
        assert json.loads(row["trend"] or "[]") == whole["trend"]

    def test_no_answer_at_all_has_no_lines_but_a_basis(self, asked: str, run: Run) -> None:
        nothing = run(asked, "top", "--country", "Sweden", "--format", "jsonl")
        assert (nothing.code, nothing.out) == (0, "")
        assert "not a clearance" in nothing.err


class TestFiles:
    @pytest.mark.parametrize("name", ["table", "json", "jsonl", "csv"])
    def test_no_figure_travels_bare(self, asked: str, run: Run, tmp_path: Path, name: str) -> None:
        out = tmp_path / "top.out"
        done = run(asked, "top", "--format", name, "--out", out)
        assert (done.code, done.out) == (0, "")
        beside = json.loads((tmp_path / "top.out.basis.json").read_text(encoding="utf-8"))
        assert beside["schema"] == "provenance.top/2"
        assert beside["basis"] == run(asked, "top", "--format", "json").json["basis"]

    @pytest.mark.parametrize("name", ["json", "jsonl", "csv"])
    def test_the_file_holds_what_the_stream_would(
        self, asked: str, run: Run, tmp_path: Path, name: str
    ) -> None:
        out = tmp_path / "top.out"
        run(asked, "top", "--format", name, "--out", out)
        assert out.read_text(encoding="utf-8") == run(asked, "top", "--format", name).out

    def test_an_answer_without_figures_has_no_basis_beside_it(
        self, asked: str, run: Run, tmp_path: Path
    ) -> None:
        run(asked, "show", "Kh-101", "--out", tmp_path / "kh-101.txt")
        assert [path.name for path in tmp_path.iterdir()] == ["kh-101.txt"]

    def test_a_file_that_cannot_be_written_is_named(self, asked: str, run: Run, tmp_path: Path) -> None:
        done = run(asked, "top", "--out", tmp_path / "gone" / "top.txt")
        assert done.code == 3
        assert "top.txt: cannot be written" in done.err


class TestExitCodes:
    def test_usage(self, asked: str, run: Run) -> None:
        for words in (
            ("top", "--colour"),
            ("tap",),
            ("import", "gur", "x.csv"),
            ("exposure",),
            ("top", "--limit", "-1"),
        ):
            done = run(asked, *words)
            assert (done.code, done.out) == (2, ""), words
            assert done.err

    def test_an_unknown_command_names_the_near_ones(self, asked: str, run: Run) -> None:
        assert "top" in run(asked, "topp").err

    def test_bad_input(self, asked: str, run: Run, tmp_path: Path) -> None:
        assert run(asked, "import", "components", tmp_path / "gone.csv", "--source", "x").code == 3

    def test_not_found(self, asked: str, run: Run) -> None:
        for words in (
            ("exposure", "Nobody Ever"),
            ("find", "XQZ7734"),
            ("show", "gur-0"),
            ("top", "--weapon", "Nichts"),
        ):
            done = run(asked, *words)
            assert (done.code, done.out) == (4, ""), words

    @pytest.mark.parametrize(
        "words",
        [("top",), ("exposure", "Intel"), ("new", "--since", "2024"), ("find", "AD"), ("show", "gur-1")],
        ids=" ".join,
    )
    def test_no_database(self, database: str, run: Run, words: tuple[str, ...]) -> None:
        done = run(database, *words)
        assert (done.code, done.out) == (5, "")
        assert "provenance init" in done.err

    def test_an_import_into_no_database_makes_none(self, run: Run, tmp_path: Path) -> None:
        list_ = tmp_path / "list.csv"
        list_.write_text("weapon,marking\nKh-101,AD8572\n", encoding="utf-8")
        done = run(str(tmp_path / "gone.db"), "import", "components", list_, "--source", "x")
        assert done.code == 5
        assert not (tmp_path / "gone.db").exists()

    def test_a_file_that_is_no_database(self, run: Run, tmp_path: Path) -> None:
        other = tmp_path / "notes.txt"
        other.write_text("these are notes, long enough to be read as a header of something" * 20)
        assert run(str(other), "top").code == 5


def test_the_two_streams_are_kept_apart(asked: str, run: Run) -> None:
    """stdout is data, stderr messages: a failing command leaves nothing in a pipe."""
    assert run(asked, "exposure", "Nobody Ever", "--format", "json").out == ""
    assert run(asked, "top").err == ""
