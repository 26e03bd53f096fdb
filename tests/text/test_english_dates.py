from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.text.english_dates import find_dates
from provenance.text.partial_dates import DateSpan, format_span


def spans(text: str, *, day_first: bool = True) -> list[str]:
    return [format_span(found.span) for found in find_dates(text, day_first=day_first)]


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("used on 02.01.2024", "2024-01-02"),
        ("19/08/2023", "2023-08-19"),
        ("fell on 2023-08-19 near the river", "2023-08-19"),
        ("4 July 2022", "2022-07-04"),
        ("the 2nd of January 2024", "2024-01-02"),
        ("January 2, 2024", "2024-01-02"),
        ("(April 2022)", "2022-04"),
        ("Sept. 2022", "2022-09"),
        ("2022-07", "2022-07"),
        ("produced 1Q2023", "2023-Q1"),
        ("Q3 2021", "2021-Q3"),
        ("2021 Q3", "2021-Q3"),
        ("first quarter of 2023", "2023-Q1"),
        ("use in 2025", "2025"),
        ("2023", "2023"),
        ("2023 year", "2023"),
        ("in 2022-2023", "2022..2023"),
        ("not earlier than 2021", "from 2021"),
        ("no earlier than March 2023", "from 2023-03"),
        ("from June 2022", "from 2022-06"),
        ("since 24.02.2022", "from 2022-02-24"),
        ("after 2021", "from 2022"),
        ("until 2020", "until 2020"),
        ("not later than 2020", "until 2020"),
        ("before 4 July 2022", "until 2022-07-03"),
        ("from May 2022 to June 2023", "2022-05..2023-06"),
        ("between January and March 2023", "2023-Q1"),
        ("02.01.2024 - 05.01.2024", "2024-01-02..2024-01-05"),
    ],
)
def test_dates_as_people_write_them(text: str, span: str) -> None:
    assert spans(text) == [span]


@pytest.mark.parametrize(
    "text",
    [
        "R-2022", "No 2022", "Kh-101 2022", "14.662", "ЦЛ2.209.029", "31.02.2024", "7524.02.01.2024",
        "3152631318006", "2308S350FFC53535", "CBTS.611000", "maybe", "20385",
    ],
)  # fmt: skip
def test_numbers_that_are_not_dates(text: str) -> None:
    assert spans(text) == []


def test_day_before_month_is_for_the_caller_to_say() -> None:
    assert spans("02.01.2024", day_first=True) == ["2024-01-02"]
    assert spans("02.01.2024", day_first=False) == ["2024-02-01"]


def test_where_only_one_order_is_a_date_it_is_taken() -> None:
    assert spans("19.08.2023", day_first=False) == ["2023-08-19"]
    assert spans("12/13/2023", day_first=True) == ["2023-12-13"]


def test_several_dates_in_their_order() -> None:
    assert spans("produced 1Q2023, used on 02.01.2024") == ["2023-Q1", "2024-01-02"]
    assert spans("in May 2022 and June 2023") == ["2022-05", "2023-06"]


def test_the_words_found_hold_the_qualifier() -> None:
    (found,) = find_dates("(produced not earlier than 2021)", day_first=True)
    assert found.as_written == "not earlier than 2021"


@given(st.text(max_size=60), st.booleans())
def test_any_text_is_read_without_failing_and_spans_point_into_it(text: str, day_first: bool) -> None:
    for found in find_dates(text, day_first=day_first):
        assert text[found.start : found.end] == found.as_written


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)), st.booleans())
def test_a_written_day_is_found_in_either_order(day: date, day_first: bool) -> None:
    written = day.strftime("%d.%m.%Y" if day_first else "%m.%d.%Y")
    assert [found.span for found in find_dates(f"used on {written}", day_first=day_first)] == [
        DateSpan(day, day)
    ]
