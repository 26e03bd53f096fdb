"""Dates are sets of intervals; they and the makers rule each other out."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.identify.answers import Answer, Candidate, believed_made
from provenance.identify.dated_makers import not_before, without_younger
from provenance.text.date_codes import DateReading
from provenance.text.partial_dates import DateSpan, format_span, hull_of, several_in, text_of_several
from tests.identify.test_printed_text import READER

DAYS = st.dates(date(1970, 1, 1), date(2026, 6, 1))
SPANS = st.tuples(DAYS, DAYS).map(lambda days: DateSpan(min(days), max(days)))


def made(answer: Answer) -> list[str]:
    """The intervals that date a component, oldest first."""
    return sorted(f"{span.earliest}..{span.latest}" for span in believed_made(answer.dates))


@pytest.mark.parametrize(
    ("marking", "intervals"),
    [
        ("STM32F103 | GQ2029C | 246", ["2012-11-12..2012-11-18", "2022-11-14..2022-11-20"]),
        ("246 | GQ2029C | STM32F103", ["2012-11-12..2012-11-18", "2022-11-14..2022-11-20"]),
        ("STM32F103 | GQ2029C", []),
        ("STM32F103 CHN 239", ["2012-09-24..2012-09-30", "2022-09-26..2022-10-02"]),
        ("ADM3202 | B#1347", ["2013-11-18..2013-11-24"]),
        ("7800A 2137", ["2021-09-13..2021-09-19"]),
        ("WINBOND 2112", ["2021-03-22..2021-03-28"]),
        ("PIC18F43K20 | I/PT | 1927CC7", ["2019-07-01..2019-07-07"]),
        ("LM5176 | 26T", ["2002-06-01..2002-06-30", "2012-06-01..2012-06-30", "2022-06-01..2022-06-30"]),
    ],
)
def test_a_code_is_the_set_of_what_it_may_mean(marking: str, intervals: list[str]) -> None:
    assert made(READER.identify(marking.replace(" | ", "\n"))) == intervals


def test_letters_of_year_and_month_are_read_behind_a_part_number_of_national() -> None:
    assert made(READER.identify("LPC661IM\nMJAB", maker="national-semiconductor")) == [
        "2013-10-01..2013-10-31"
    ]
    assert made(READER.identify("MJAB", maker="national-semiconductor")) == []


def test_a_letter_of_the_site_before_year_and_week_is_read_on_parts_of_st() -> None:
    assert "2018-09-24..2018-09-30" in made(READER.identify("LPS22HB\nC839"))
    assert made(READER.identify("ADM3202\nC839")) == []


@pytest.mark.parametrize(
    ("marking", "first", "others"),
    [
        ("RF3110 0937", "rf-micro-devices", set()),
        ("RF3110 1837", "qorvo", {"rf-micro-devices"}),
        ("RF3110", "qorvo", {"rf-micro-devices"}),
    ],
)
def test_a_brand_younger_than_the_part_did_not_print_it(marking: str, first: str, others: set[str]) -> None:
    """Qorvo began in 2015."""
    found = READER.identify(marking).candidates
    assert (found[0].maker, {each.maker for each in found[1:]}) == (first, others)
    assert found[0].confidence != "certain"


def candidate(maker: str, score: float, since: date | None) -> Candidate:
    return Candidate(maker, "X1", "X1", "", "possible", score, "", since=since)


def reading(span: DateSpan) -> DateReading:
    return DateReading(span, "0937", "", "", doubt=1)


@given(st.lists(SPANS, min_size=1, max_size=4), st.lists(DAYS, min_size=1, max_size=3))
def test_only_makers_who_began_after_every_possible_day_are_left_out(
    spans: list[DateSpan], began: list[date]
) -> None:
    candidates = tuple(candidate(f"m{place}", 0.2, day) for place, day in enumerate(began))
    dates = tuple(map(reading, spans))
    last = max(span.latest for span in spans if span.latest)
    staying = {each.maker for each in without_younger(candidates, dates)}
    able = {each.maker for each in candidates if each.since and each.since <= last}
    assert staying == (able or {each.maker for each in candidates})


@given(st.lists(SPANS, min_size=1, max_size=4), DAYS)
def test_a_family_removes_readings_before_it_began_and_never_all_of_them(
    spans: list[DateSpan], since: date
) -> None:
    dates = tuple(map(reading, spans))
    kept = not_before(dates, candidate("m", 0.9, since)._replace(confidence="likely"))
    later = [span for span in spans if span.latest and span.latest >= since]
    assert [each.span for each in kept] == (later or spans)
    assert not_before(dates, candidate("m", 0.3, since)) == dates


@given(st.lists(SPANS, min_size=1, max_size=5))
def test_intervals_are_kept_as_they_are_beside_their_bounds(spans: list[DateSpan]) -> None:
    kept = several_in(text_of_several(spans))
    assert set(kept) == ({format_span(span) for span in spans} if len(set(spans)) > 1 else set())
    bounds = hull_of(spans)
    assert all(bounds.earliest <= span.earliest and span.latest <= bounds.latest for span in spans)  # type: ignore[operator]  # none is open
