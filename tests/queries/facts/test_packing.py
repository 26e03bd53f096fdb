"""Packed columns: however narrow they are written, the same numbers come back."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.queries.facts.packing import Column, Joining, pack, same, unpack

HIGHEST = (1 << 31) - 1
DAYS = st.dates(date(1885, 1, 1), date(2060, 1, 1)).map(date.toordinal)
NUMBERS = st.one_of(
    st.lists(st.integers(0, 3)),
    st.lists(st.just(0) | DAYS),
    st.lists(st.integers(0, HIGHEST)),
    st.lists(st.just(7), min_size=1),
    st.lists(st.just(0) | st.integers(65_000, 70_000)),
)


def column(numbers: list[int]) -> Column:
    """A column as it is after a road through the database."""
    return unpack(pack(np.array(numbers, dtype=np.int32)))


def joined(*pieces: list[int]) -> Column:
    """Columns put together."""
    joining = Joining(sum(map(len, pieces)))
    for piece in pieces:
        joining.add(column(piece))
    return joining.column()


@given(NUMBERS)
def test_numbers_come_back(numbers: list[int]) -> None:
    assert column(numbers).whole().tolist() == numbers
    assert len(column(numbers)) == len(numbers)
    assert column(numbers).highest == max(numbers, default=0)


@given(st.lists(NUMBERS, max_size=6))
def test_pieces_of_all_widths_and_bases_make_one_column(pieces: list[list[int]]) -> None:
    assert joined(*pieces).whole().tolist() == [number for piece in pieces for number in piece]


@given(NUMBERS.filter(bool), st.data())
def test_rows_are_read_as_from_plain_numbers(numbers: list[int], data: st.DataObject) -> None:
    rows = np.array(data.draw(st.lists(st.integers(0, len(numbers) - 1))), dtype=np.intp)
    plain, packed = np.array(numbers)[rows], column(numbers)
    assert packed.take(rows).tolist() == plain.tolist()
    assert packed.take(rows, unknown=9).tolist() == [number or 9 for number in plain.tolist()]
    assert packed.known(rows).tolist() == (plain != 0).tolist()
    wanted = [*data.draw(st.lists(st.sampled_from(numbers), max_size=3)), 0, 5]
    # A customs code or a day is as high as marks are asked about.
    if max(wanted) < 1 << 20:
        marks = {number: place + 1 for place, number in enumerate(dict.fromkeys(wanted))}
        assert packed.marks(rows, marks, otherwise=99).tolist() == [
            marks.get(number, 99) for number in plain.tolist()
        ]


def test_days_take_two_bytes_and_what_is_always_the_same_takes_none() -> None:
    days = [date(2019, 1, 1).toordinal() + place for place in range(1000)]
    assert len(pack(np.array(days))) < 2 * 1000 + 16
    assert len(pack(np.array([0, *days]))) < 2 * 1001 + 16
    assert len(pack(np.full(1000, days[0]))) < 16


def test_one_day_out_of_reach_is_kept_with_the_others() -> None:
    days = [date(1066, 10, 14).toordinal(), 0, date(2024, 1, 2).toordinal()]
    assert column(days).whole().tolist() == days


def test_what_every_row_says_is_known_without_a_look_at_them() -> None:
    assert joined([7, 7], [], [7]).single == 7
    assert joined([7, 7], [0]).single is None
    assert joined([], []).single == 0
    assert same(0, 3).whole().tolist() == [0, 0, 0]


@pytest.mark.parametrize("payload", [b"", b"\0", b"\0\0\0\0\3", b"\1\2\0\0\0\0\7"])
def test_what_was_not_packed_is_refused(payload: bytes) -> None:
    with pytest.raises(ValueError, match="no packed column"):
        unpack(payload)
