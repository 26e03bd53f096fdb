"""Long lists of numbers or texts, split to fit one statement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

_MOST = 5_000


def chunks(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    """The numbers in their order, at most five thousand at a time."""
    for start in range(0, len(numbers), _MOST):
        yield numbers[start : start + _MOST]


def text_chunks(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """The texts in their order, at most five thousand at a time."""
    for start in range(0, len(texts), _MOST):
        yield texts[start : start + _MOST]
