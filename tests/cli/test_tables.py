"""Tables in a narrow window: what a row means is never hidden, and no reference is broken."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from provenance.cli.views.tables import QUALIFIERS, Column, Section, fitting_widths, hanging, table

WORD = st.text(st.characters(categories=("L", "N")), min_size=1, max_size=14)
TEXT = st.lists(WORD, min_size=1, max_size=4).map(" ".join)
PART = st.from_regex(r"[A-Z]{2,5}[0-9]{2,6}[A-Z]{0,4}(-[0-9A-Z]{1,5}){0,2}", fullmatch=True)
REFERENCE = st.from_regex(r"[CRF]-[0-9A-Z]{5}-[0-9A-Z]{5}", fullmatch=True)


def printed(section: Section, width: int) -> tuple[str, list[str]]:
    """The section as it is printed in a window of that width, and the headers of the hidden columns."""
    stream = io.StringIO()
    made, hidden = table(section, width)
    Console(file=stream, width=width, highlight=False).print(made)
    return stream.getvalue(), hidden


@given(
    columns=st.lists(st.tuples(TEXT, st.lists(TEXT, max_size=4)), min_size=1, max_size=8),
    width=st.integers(20, 120),
)
def test_a_column_is_never_narrower_than_the_longest_word_of_its_header(
    columns: list[tuple[str, list[str]]], width: int
) -> None:
    for (header, cells), room in zip(columns, fitting_widths(columns, width) or [], strict=False):
        assert room >= max(map(cell_len, header.split()))
        assert room <= max(map(cell_len, (header, *cells)))


@given(
    rows=st.lists(st.lists(st.one_of(TEXT, PART, REFERENCE), min_size=9, max_size=9), min_size=1, max_size=4),
    columns=st.integers(1, 9),
    width=st.integers(40, 120),
)
def test_no_reference_and_no_part_number_is_broken_whatever_the_width(
    rows: list[list[str]], columns: int, width: int
) -> None:
    headers = ("component", "maker", "as written", "status", "basis", "current", "TLP", "source", "note")
    made = [
        Column(headers[place], lambda row, place=place: str(row[place]), yields=place)
        for place in range(columns)
    ]
    text, hidden = printed(Section("", rows, made), width)
    assert not QUALIFIERS.intersection(hidden)
    shown = [place for place in range(columns) if headers[place] not in hidden]
    told = text.replace(";", " ").split()
    for row in rows:
        for place in shown:
            assert set(row[place].split()) <= set(told)


@pytest.mark.parametrize("header", sorted(QUALIFIERS))
def test_what_qualifies_a_row_is_shown_though_its_view_would_hide_it(header: str) -> None:
    columns = [
        Column("photo", lambda _row: "P-7K3M9-Q2X4H"),
        Column("camera", lambda _row: "Nikon D750 of the regional laboratory", yields=1),
        Column(header, lambda _row: "the value", yields=9),
    ]
    text, hidden = printed(Section("", [0], columns), 40)
    assert hidden == ["camera"]
    assert "the" in text
    assert "value" in text


def test_a_table_too_wide_for_the_window_is_printed_as_paragraphs_with_every_column() -> None:
    row = {
        "photo": "P-7K3M9-Q2X4H",
        "file": "IMG_20240512_134559.jpg",
        "shows": "C-2A9M4-WQHSN",
        "label": "C-0000-LABEL-OF-A-CARD",
        "state": "damaged",
    }
    columns = [Column(name, lambda row, name=name: str(row[name]), yields=0) for name in row]
    text, hidden = printed(Section("", [row], columns), 60)
    assert hidden == []
    assert [line.rstrip() for line in text.splitlines()] == [
        "P-7K3M9-Q2X4H",
        "  file: IMG_20240512_134559.jpg; shows: C-2A9M4-WQHSN;",
        "  label: C-0000-LABEL-OF-A-CARD; state: damaged",
    ]


def test_an_address_is_broken_before_the_table_is_given_up() -> None:
    columns = [
        Column("ref", lambda _row: "C-2A9M4-WQHSN"),
        Column("source", lambda _row: "https://war-sanctions.example/en/components/5210"),
    ]
    text, hidden = printed(Section("", [0], columns), 40)
    assert hidden == []
    assert text.splitlines()[0].split() == ["ref", "source"]
    assert max(map(len, text.splitlines())) <= 40


def test_a_long_line_of_a_tree_goes_on_under_its_text() -> None:
    lines = [
        "├── Special Technology Centre  [possible, from 2020-10-01; bank record; T-G194K-WTN8B]",
        "│   └── SMT-iLogic  [certain, date unknown; same goods; allegation; T-X3GCY-NZRJ7]",
    ]
    assert [part for line in lines for part in hanging(line, 50)] == [
        "├── Special Technology Centre  [possible, from",
        "│   2020-10-01; bank record; T-G194K-WTN8B]",
        "│   └── SMT-iLogic  [certain, date unknown; same",
        "│       goods; allegation; T-X3GCY-NZRJ7]",
    ]


@given(
    text=st.text(st.characters(categories=("L", "N", "P", "Zs")), max_size=200), width=st.integers(20, 100)
)
def test_nothing_of_a_line_is_lost(text: str, width: int) -> None:
    assert "".join("".join(hanging(text, width)).split()) == "".join(text.split())
