"""`import components` as people use it: columns guessed, shown, overridden, saved and used again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.sources.lists import write_list, write_workbook
from tests.support.commands import CHECKOUT, Outcome

Run = Callable[..., Outcome]

ROWS = [
    {
        "Зброя": "Kh-101",
        "serial number": "7001",
        "Маркування": "ZQ-1",
        "Mfr": "Analog Devices",
        "colour": "black",
    },
    {"Зброя": "Kh-101", "serial number": "7001", "Маркування": "ZQ-2", "Mfr": "Murata", "colour": "red"},
]
MAP = ("--map", "Зброя=weapon", "--map", "Маркування=marking")


def figures(done: Outcome) -> Any:
    assert done.code == 0, done.err
    row = done.json["rows"][0]
    return row["new"], row["known"], row["changed"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return write_list(tmp_path / "finds.csv", ROWS)


def take(run: Run, fresh: str, file: Path, *words: str | Path) -> Outcome:
    return run(
        fresh, "import", "components", "--no-read", file, "--source", "ours", "--format", "json", *words
    )


def test_the_mapping_is_shown_with_what_is_left_in_the_raw_text(fresh: str, run: Run, file: Path) -> None:
    done = take(run, fresh, file, *MAP)
    assert "Columns: Зброя = weapon, serial number = serial, Маркування = marking, Mfr = maker" in done.err
    assert "Kept in the raw text only: colour" in done.err
    assert figures(done) == (2, 0, 0)


def test_columns_that_nobody_understands_are_refused_with_a_way_out(
    fresh: str, run: Run, tmp_path: Path
) -> None:
    bare = write_list(tmp_path / "finds.csv", [{"Waffe": "Kh-101", "Mfr": "Murata"}])
    done = take(run, fresh, bare)
    assert (done.code, done.out) == (3, "")
    assert "finds.csv:1: columns are missing" in done.err
    assert "understood: Mfr as maker" in done.err
    assert "--map 'HEADER=field'" in done.err


def test_a_list_of_another_format_is_called_by_its_name(fresh: str, run: Run) -> None:
    fixtures = CHECKOUT / "tests" / "sources" / "fixtures"
    done = take(run, fresh, fixtures / "components" / "gur-components.csv")
    assert (done.code, done.out) == (3, "")
    assert "The file looks like gur-components (components: component list of the War" in done.err
    done = take(run, fresh, fixtures / "watchlists" / "ofac-sdn.csv")
    assert (done.code, done.out) == (3, "")
    assert "The file looks like ofac-sdn (watchlists: " in done.err


def test_a_saved_mapping_makes_the_next_import_short(
    fresh: str, run: Run, file: Path, tmp_path: Path
) -> None:
    saved = tmp_path / "ours.json"
    take(run, fresh, file, *MAP, "--save-mapping", saved)
    assert figures(take(run, fresh, file, "--mapping", saved)) == (0, 2, 0)


def test_the_same_list_as_a_workbook_is_known_already(
    fresh: str, run: Run, file: Path, tmp_path: Path
) -> None:
    take(run, fresh, file, *MAP)
    book = write_workbook(tmp_path / "finds.xlsx", ROWS)
    assert figures(take(run, fresh, book, *MAP)) == (0, 2, 0)


def test_a_list_names_its_source(fresh: str, run: Run, file: Path) -> None:
    done = run(fresh, "import", "components", "--no-read", file, *MAP)
    assert done.code == 2
    assert "--source KEY" in done.err
    assert run(fresh, "import", "components", "--no-read", file, *MAP, "--title", "Finds").code == 2


def test_the_source_keeps_what_is_said_of_it(fresh: str, run: Run, file: Path) -> None:
    take(
        run, fresh, file, *MAP, "--publisher", "Northern group", "--title", "Finds of May",
        "--source-address", "https://example.org/finds", "--origin-group", "north",
    )  # fmt: skip
    facts = run(fresh, "show", "ours", "--format", "json").json["rows"][0]
    assert facts["title"] == "Finds of May"
    assert (facts["publisher"], facts["origin_group"]) == ("Northern group", "north")
    assert facts["address"] == "https://example.org/finds"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--map", "Зброя"), "HEADER=FIELD"),
        (("--map", "Зброя=colour"), "no field 'colour'"),
        (("--map", "Weapon=weapon"), "no column Weapon"),
        (("--map", "Зброя=weapon", "--map", "Маркування=weapon"), "Two columns are mapped to weapon"),
    ],
)
def test_a_mapping_that_makes_no_sense_is_refused(
    fresh: str, run: Run, file: Path, words: tuple[str, ...], said: str
) -> None:
    done = take(run, fresh, file, *words)
    assert (done.code, done.out) == (2, "")
    assert said in done.err


def test_a_settled_format_takes_no_mapping(fresh: str, run: Run, file: Path) -> None:
    done = run(fresh, "import", "gur-components", file, *MAP)
    assert done.code == 2
    assert "are fixed" in done.err


def test_formats_are_listed(run: Run) -> None:
    said = run(None, "formats")
    assert said.code == 0
    assert "gur-components" in said.out
    assert "components" in said.out
