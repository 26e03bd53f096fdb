"""The camera's clock: corrected by what the photographer says, doubted where it cannot be right."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.core.vocabulary.evidence import TakenBasis
from provenance.evidence.clock import (
    RecoveredOn,
    clock_questions,
    format_clock_offset,
    parse_clock_offset,
    taken,
)
from provenance.text.partial_dates import DateSpan, parse_partial_date

LOGGED = datetime(2024, 5, 10, 12, tzinfo=UTC)


def photo(
    clock: datetime | None, *, offset: int | None = None, stated: str = "", **said: Any
) -> SimpleNamespace:
    """A photo's row."""
    found = taken(clock, offset, parse_partial_date(stated) if stated else None)
    columns = {
        "camera_time": clock,
        "camera_zone_minutes": None,
        "clock_offset_seconds": offset,
        "taken_at": found.at,
        "taken_earliest": found.days.earliest,
        "taken_latest": found.days.latest,
        "taken_basis": found.basis,
        "position_at": None,
        "file_modified_at": None,
        "taken_in_at": LOGGED,
        **said,
    }
    return SimpleNamespace(**columns)


class TestOffset:
    @pytest.mark.parametrize(
        ("text", "seconds"),
        [
            ("+01:00:00", 3600),
            ("-00:07", -420),
            ("−00:00:30", -30),
            ("+8766:00:00", 31_557_600),
            ("+00:00:00", 0),
        ],
    )
    def test_what_is_added(self, text: str, seconds: int) -> None:
        assert parse_clock_offset(text) == seconds

    @pytest.mark.parametrize("text", ["", "1", "01:00", "+1", "+01:60", "+01:00:60", "+999999:00", "an hour"])
    def test_what_is_none(self, text: str) -> None:
        with pytest.raises(ValueError):
            parse_clock_offset(text)

    @given(st.integers(-1_000_000, 1_000_000))
    def test_there_and_back(self, seconds: int) -> None:
        assert parse_clock_offset(format_clock_offset(seconds)) == seconds


class TestTaken:
    def test_the_corrected_clock_says_the_day(self) -> None:
        found = taken(datetime(2024, 5, 2, 23, 30), 3600, None)
        assert found.at == datetime(2024, 5, 3, 0, 30)
        assert found.days == DateSpan(date(2024, 5, 3), date(2024, 5, 3))
        assert found.basis is TakenBasis.CAMERA_CORRECTED

    def test_what_a_person_states_goes_first(self) -> None:
        found = taken(datetime(2001, 1, 1), None, parse_partial_date("2024-05"))
        assert (found.days.earliest, found.days.latest) == (date(2024, 5, 1), date(2024, 5, 31))
        assert found.basis is TakenBasis.STATED

    def test_nothing_known_is_nothing_known(self) -> None:
        assert taken(None, 3600, None).basis is None


class TestQuestions:
    def test_a_clock_that_fits_asks_nothing(self) -> None:
        fine = photo(
            datetime(2024, 5, 3, 10),
            position_at=datetime(2024, 5, 3, 7, 1, tzinfo=UTC),
            file_modified_at=datetime(2024, 5, 3, 7, tzinfo=UTC),
        )
        recovered = RecoveredOn("R-1", parse_partial_date("2024-05-03"))
        assert clock_questions(fine, [recovered]) == []

    @given(st.integers(-24, 28), st.integers(-290, 290))
    def test_every_time_zone_fits_the_satellites(self, half_hours: int, seconds: int) -> None:
        fixed = datetime(2024, 5, 3, 7, tzinfo=UTC)
        clock = datetime(2024, 5, 3, 7) + timedelta(minutes=30 * half_hours, seconds=seconds)
        assert clock_questions(photo(clock, position_at=fixed)) == []

    def test_the_satellites_disagree_and_say_which_offset_would_fit(self) -> None:
        fixed = datetime(2024, 5, 3, 7, tzinfo=UTC)
        (asked,) = clock_questions(photo(datetime(2024, 5, 3, 10, 11), position_at=fixed))
        assert "a clock offset of -00:11:00 would" in asked
        assert clock_questions(photo(datetime(2024, 5, 3, 10, 11), offset=-660, position_at=fixed)) == []

    def test_with_its_zone_known_a_clock_is_held_to_the_minute(self) -> None:
        fixed = datetime(2024, 5, 3, 7, tzinfo=UTC)
        (asked,) = clock_questions(photo(datetime(2024, 5, 3, 9), camera_zone_minutes=180, position_at=fixed))
        assert "a clock offset of +01:00:00 would" in asked

    def test_the_future(self) -> None:
        assert clock_questions(photo(datetime(2024, 5, 11, 1))) == []  # today already, in Kiribati
        (asked,) = clock_questions(photo(datetime(2024, 5, 11, 3)))
        assert "was in the future" in asked
        (asked,) = clock_questions(photo(None, stated="2030"))
        assert "was in the future" in asked

    def test_a_clock_that_was_never_set(self) -> None:
        (asked,) = clock_questions(photo(datetime(1980, 1, 1)))
        assert "was the clock ever set" in asked

    def test_no_file_is_older_than_its_picture(self) -> None:
        written = datetime(2024, 5, 2, 6, tzinfo=UTC)
        (asked,) = clock_questions(photo(datetime(2024, 5, 3, 10), file_modified_at=written))
        assert "the file was written at 2024-05-02" in asked
        # A copy is younger; that says nothing.
        later = datetime(2024, 5, 9, tzinfo=UTC)
        assert clock_questions(photo(datetime(2024, 5, 3, 10), file_modified_at=later)) == []

    def test_a_picture_older_than_the_recovery(self) -> None:
        recovered = RecoveredOn("R-1", parse_partial_date("2024-05"))
        (asked,) = clock_questions(photo(datetime(2024, 4, 20)), [recovered])
        assert asked == "taken on 2024-04-20, before R-1 was recovered (2024-05)"
        assert clock_questions(photo(datetime(2024, 4, 30)), [recovered]) == []
        assert clock_questions(photo(None), [recovered]) == []

    def test_a_statement_against_the_clock(self) -> None:
        (asked,) = clock_questions(photo(datetime(2024, 5, 3), stated="2024-04"))
        assert "the stated day is 2024-04; the camera's clock says 2024-05-03" in asked
