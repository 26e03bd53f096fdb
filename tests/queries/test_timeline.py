"""When a recovery was seen: recovered, else captured, else used; coarse and open dates told as they are."""

from __future__ import annotations

from datetime import date

import numpy as np

from provenance.queries.timeline import Timeline

Days = tuple[date | None, date | None]


def seen(*recoveries: dict[str, Days]) -> Timeline:
    """Recoveries by what is said of each."""

    def days(kind: str, side: int) -> list[int]:
        said = [recovery.get(kind, (None, None))[side] for recovery in recoveries]
        return [found.toordinal() if found else 0 for found in said]

    columns = {
        f"{kind}_{name}": np.array(days(kind, side), dtype=np.int32)
        for kind in ("recovered", "captured", "used")
        for side, name in enumerate(("earliest", "latest"))
    }
    return Timeline(columns, len(recoveries))


def on(day: date) -> Days:
    return day, day


MAY, JULY = date(2023, 5, 9), date(2023, 7, 1)
WHOLE_MAY = (date(2023, 5, 1), date(2023, 5, 31))


def test_a_recovery_stands_before_a_capture_and_a_capture_before_a_use() -> None:
    both = seen(
        {"used": on(MAY), "recovered": on(JULY)}, {"used": on(MAY), "captured": on(JULY)}, {"used": on(MAY)}
    )
    assert [both.text(thing) for thing in range(3)] == ["2023-07-01", "2023-07-01", "2023-05-09"]


def test_first_and_last_of_some() -> None:
    found = seen({"recovered": on(JULY)}, {}, {"used": on(MAY)}, {"captured": WHOLE_MAY})
    assert found.first_and_last(np.array([0, 1, 2])) == ("2023-05-09", "2023-07-01")
    # All of May begins before its ninth day, and ends after it.
    assert found.first_and_last(np.array([2, 3])) == ("2023-05", "2023-05")
    assert found.first_and_last(np.array([1])) == (None, None)


def test_a_date_open_on_one_side_counts_by_the_other() -> None:
    found = seen({"recovered": (None, MAY)}, {"recovered": (JULY, None)})
    assert found.first_and_last(np.array([0, 1])) == (found.text(0), found.text(1))


def test_a_quarter_is_certain_or_none() -> None:
    found = seen(
        {"used": on(MAY)},
        {"used": WHOLE_MAY},
        {"used": (MAY, JULY)},
        {"used": (MAY, None)},
        {},
        {"used": on(date(1969, 12, 31))},
    )
    assert found.quarters.tolist() == [2023 * 4 + 1, 2023 * 4 + 1, 0, 0, 0, 1969 * 4 + 3]


def test_nothing_dated_and_nothing_at_all() -> None:
    assert seen({}, {}).quarters.tolist() == [0, 0]
    assert seen().quarters.tolist() == []
