"""Dates in one cell, as people and programs write them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.text.column_styles import IN_A_FILE, PLAIN, DateOrder, Style
from provenance.text.month_names import MONTHS
from provenance.text.partial_dates import DateSpan
from provenance.text.written_dates import UndecidedDate, day_from_today, order_evidence, read_date

THE_DAY = DateSpan(date(2024, 5, 12), date(2024, 5, 12))
MAY = DateSpan(date(2024, 5, 1), date(2024, 5, 31))
SPRING = DateSpan(date(2024, 4, 1), date(2024, 6, 30))


@pytest.mark.parametrize(
    "text",
    [
        "2024-05-12", "2024/05/12", "2024.05.12", "2024-5-12", "12.05.2024", "12.5.2024", "12. 05. 2024",
        "12.05.2024 г.", "12.05.2024 р.", "2024-05-12 00:00:00", "2024-05-12T00:00:00Z", "12.05.2024 14:30",
        "2024-05-12T09:15:00.000+02:00", "12 May 2024", "May 12, 2024", "12th of May 2024", "12-May-2024",
        "12-May-24", "12 травня 2024", "12 травня 2024 року", "12 мая 2024 г.", "12 мая 2024 года",
        "2024年5月12日", "20240512", " 12.05.24 ", "2024\u201105\u201112",
    ],
)  # fmt: skip
def test_one_day_in_many_spellings(text: str) -> None:
    assert read_date(text) == THE_DAY


@pytest.mark.parametrize(
    "text", ["2024-05", "05.2024", "05/2024", "2024/05", "May 2024", "травень 2024", "у травні 2024 року",
             "в мае 2024", "май 2024 г.", "2024年5月"],
)  # fmt: skip
def test_a_month(text: str) -> None:
    assert read_date(text) == MAY


@pytest.mark.parametrize(
    "text",
    ["2024-Q2", "2024 Q2", "Q2 2024", "Q2/2024", "2 кв. 2024", "II квартал 2024 року", "2024年第二季度"],
)
def test_a_quarter(text: str) -> None:
    assert read_date(text) == SPRING


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("12-14 May 2024", date(2024, 5, 12), date(2024, 5, 14)),
        ("12.05.2024 - 14.05.2024", date(2024, 5, 12), date(2024, 5, 14)),
        ("2024-05-12..2024-05-14", date(2024, 5, 12), date(2024, 5, 14)),
        ("from 12.05.2024", date(2024, 5, 12), None),
        ("не пізніше 12.05.2024", None, date(2024, 5, 12)),
        ("after 2021", date(2022, 1, 1), None),
        ("с 12.05.2024 по 14.05.2024", date(2024, 5, 12), date(2024, 5, 14)),
    ],
)
def test_spans(text: str, first: date | None, last: date | None) -> None:
    assert read_date(text) == DateSpan(first, last)


@pytest.mark.parametrize(
    "text", ["2024-02-31", "31.02.2024", "3035-01-01", "0024-05-12", "2024-13", "13.2024", "12.13.2024",
             "99/99/2024", "20241301", "May-24", "Aug-18", "2024?", "~2024", "soon", "12,05,2024", "45424"],
)  # fmt: skip
def test_what_is_not_a_day_is_refused_and_never_another_day(text: str) -> None:
    with pytest.raises(ValueError, match="not a date") as caught:
        read_date(text)
    assert text in str(caught.value)


class TestSlashes:
    @pytest.mark.parametrize("text", ["05/12/2024", "05-12-2024", "5/12/2024 0:00", "05/12/24", "25/12/24"])
    def test_alone_they_are_two_days(self, text: str) -> None:
        with pytest.raises(UndecidedDate):
            read_date(text)

    def test_the_style_of_the_column_says_which(self) -> None:
        assert read_date("05/12/2024", Style(dates=DateOrder.MONTH_FIRST)) == THE_DAY
        assert read_date("12-05-2024", Style(dates=DateOrder.DAY_FIRST)) == THE_DAY

    def test_one_order_only_is_a_date(self) -> None:
        christmas = DateSpan(date(2024, 12, 25), date(2024, 12, 25))
        assert read_date("25/12/2024") == read_date("12/25/2024") == read_date("12/25/24") == christmas

    def test_day_and_month_may_be_equal(self) -> None:
        assert read_date("05/05/2024").earliest == date(2024, 5, 5)

    def test_one_cell_decides_for_the_column(self) -> None:
        evidence = order_evidence()
        for cell in ("05/12/2024", "2024-05-12", "unknown", "25/12/2024"):
            evidence.look_at(cell)
        assert (evidence.choice, evidence.open_cell) == (DateOrder.DAY_FIRST, "05/12/2024")

    def test_a_contradiction_decides_nothing(self) -> None:
        evidence = order_evidence()
        for cell in ("12/25/2024", "25/12/2024", "05/12/2024"):
            evidence.look_at(cell)
        assert evidence.choice is None
        assert evidence.contradiction == ("12/25/2024", "25/12/2024")


def test_a_spreadsheets_day_number_is_a_date_in_a_files_column_alone() -> None:
    assert read_date("45424", IN_A_FILE) == read_date("45424.0", IN_A_FILE) == THE_DAY
    for text in ("45424", "2024512"):
        with pytest.raises(ValueError, match="not a date"):
            read_date(text, PLAIN)


@given(day=st.dates(date(1970, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_in_every_form(day: date) -> None:
    span = DateSpan(day, day)
    english = [name for name, number in MONTHS.items() if number == day.month and name.isascii()]
    forms = [
        day.isoformat(), f"{day:%d.%m.%Y}", f"{day.day}.{day.month}.{day.year}", f"{day:%Y%m%d}",
        f"{day:%Y/%m/%d}", f"{day.isoformat()} 00:00:00", f"{day.year}年{day.month}月{day.day}日",
        *(f"{day.day} {name} {day.year}" for name in english),
    ]  # fmt: skip
    assert {read_date(form) for form in forms} == {span}
    assert read_date(str((day - date(1899, 12, 30)).days), IN_A_FILE) == span
    assert read_date(f"{day:%d/%m/%Y}", Style(dates=DateOrder.DAY_FIRST)).earliest == day
    assert read_date(f"{day:%m/%d/%Y}", Style(dates=DateOrder.MONTH_FIRST)).earliest == day


@given(text=st.text(max_size=30), order=st.sampled_from([None, *DateOrder]), serials=st.booleans())
def test_any_text_is_a_span_or_refused(text: str, order: DateOrder | None, serials: bool) -> None:
    try:
        assert isinstance(read_date(text, Style(dates=order, serials=serials)), DateSpan)
    except ValueError as error:
        assert str(error)


@pytest.mark.parametrize(
    ("word", "days_ago"),
    [("today", 0), ("сьогодні", 0), ("yesterday", 1), ("Вчора", 1), ("вчера", 1), ("昨天", 1),
     ("позавчора", 2), ("3 days ago", 3), ("3 дні тому", 3), ("2 дня назад", 2)],
)  # fmt: skip
def test_words_of_a_person_for_a_day(word: str, days_ago: int) -> None:
    today = date(2024, 5, 14)
    assert day_from_today(word, today) == today - timedelta(days=days_ago)


def test_in_a_file_such_a_word_is_no_day() -> None:
    with pytest.raises(ValueError, match="depends on the day on which it was written"):
        read_date("вчора", IN_A_FILE)
