"""Counts agree with what they count."""

from __future__ import annotations

import pytest

from provenance.text.plurals import many


@pytest.mark.parametrize(
    ("count", "thing", "said"),
    [
        (1, "recovery", "1 recovery"),
        (0, "recovery", "0 recoveries"),
        (1204, "recovery", "1,204 recoveries"),
        (29, "day", "29 days"),
        (1, "day", "1 day"),
        (2, "step", "2 steps"),
    ],
)
def test_singular_and_plural(count: int, thing: str, said: str) -> None:
    assert many(count, thing) == said
