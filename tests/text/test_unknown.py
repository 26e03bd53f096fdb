from __future__ import annotations

import pytest

from provenance.text.unknown import says_unknown


@pytest.mark.parametrize(
    "text",
    ["", "  ", "-", "—", "?", "n/a", "N/A", "Not identified", "NOT IDENTIFIED.", "unknown", "UNK", "none",
     "невідомо", "Не встановлено", "неизвестно", "Н/Д", "不明"],
)  # fmt: skip
def test_ways_of_saying_that_it_is_not_known(text: str) -> None:
    assert says_unknown(text)


@pytest.mark.parametrize("text", ["Nana", "NoneSuch Inc", "Unknown Worlds", "NDK", "0", "未知科技"])
def test_a_name_does_not_mean_unknown(text: str) -> None:
    assert not says_unknown(text)
