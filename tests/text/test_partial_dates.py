from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.text.partial_dates import DateSpan, format_span, parse_partial_date, quarter_span

days = st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31))


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2022-07-04", date(2022, 7, 4), date(2022, 7, 4)),
        ("2022-07", date(2022, 7, 1), date(2022, 7, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-Q1", date(2023, 1, 1), date(2023, 3, 31)),
        ("2015-q4", date(2015, 10, 1), date(2015, 12, 31)),
        ("2022", date(2022, 1, 1), date(2022, 12, 31)),
        ("2017..2018", date(2017, 1, 1), date(2018, 12, 31)),
        ("2017-06..2017-09", date(2017, 6, 1), date(2017, 9, 30)),
        (" 2017 .. 2018-Q1 ", date(2017, 1, 1), date(2018, 3, 31)),
        ("2021..", date(2021, 1, 1), None),
        ("..2020-06", None, date(2020, 6, 30)),
        (">=2021", date(2021, 1, 1), None),
        ("not earlier than 2021", date(2021, 1, 1), None),
        ("No earlier than 2021-03", date(2021, 3, 1), None),
        ("from 2022-06", date(2022, 6, 1), None),
        ("<=2020", None, date(2020, 12, 31)),
        ("until 2020", None, date(2020, 12, 31)),
        ("", None, None),
    ],
)
def test_partial_iso_text_is_the_days_that_it_allows(
    text: str, earliest: date | None, latest: date | None
) -> None:
    assert parse_partial_date(text) == DateSpan(earliest, latest)


@pytest.mark.parametrize(
    "text",
    [
        "2022-13",
        "2022-02-30",
        "2022-Q5",
        "22-07",
        "07.2022",
        "2022-7",
        "2018..2017",
        "..",
        "from2021",
        "from",
        "0000",
    ],
)
def test_anything_else_is_refused_with_the_text_in_the_message(text: str) -> None:
    with pytest.raises(ValueError, match="not a partial date") as refused:
        parse_partial_date(text)
    assert repr(text) in str(refused.value)


def test_a_span_cannot_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="before it begins"):
        DateSpan(date(2022, 2, 2), date(2022, 2, 1))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2022",
        "2022-07",
        "2023-Q1",
        "2022-07-04",
        "2017..2018",
        "2017-06..2017-09",
        "from 2021",
        "until 2020",
    ],
)
def test_the_shortest_text_comes_back(text: str) -> None:
    assert format_span(parse_partial_date(text)) == text


def test_a_span_that_happens_to_be_a_quarter_is_written_as_one() -> None:
    assert format_span(parse_partial_date("2022-04..2022-06")) == "2022-Q2"


@given(days, days)
def test_every_bounded_span_survives_writing_and_reading(one: date, other: date) -> None:
    span = DateSpan(min(one, other), max(one, other))
    assert parse_partial_date(format_span(span)) == span


@given(days)
def test_open_spans_survive_too(day: date) -> None:
    for span in (DateSpan(day, None), DateSpan(None, day), DateSpan()):
        assert parse_partial_date(format_span(span)) == span


@given(st.integers(1900, 2098))
def test_four_quarters_make_a_year_without_gap(year: int) -> None:
    quarters = [quarter_span(year, number) for number in (1, 2, 3, 4)]
    for before, after in zip(quarters, [*quarters[1:], quarter_span(year + 1, 1)], strict=True):
        assert before.latest is not None
        assert before.latest + timedelta(days=1) == after.earliest


def test_what_is_known_of_a_span() -> None:
    assert DateSpan().is_unknown
    assert not parse_partial_date("from 2021").is_unknown
