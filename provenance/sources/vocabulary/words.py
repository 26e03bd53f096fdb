"""How the words for a field are declared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import product


@dataclass(frozen=True, slots=True)
class FieldWords:
    """The words above a column that mean a field, in ranks: the surest first.

    Where a file has words of several ranks, the first rank has the field and the others stay unread: "MPN"
    comes before "Part number", and that before "Part". Columns of one rank are one text with ``joined``
    between them; without it they contradict each other, unless each of ``several`` is a value of its own.
    With ``all_ranks`` columns of every rank are joined.
    """

    ranks: tuple[tuple[str, ...], ...]
    joined: str = ""
    all_ranks: bool = False
    several: bool = False

    def also(self, words: Iterable[str]) -> FieldWords:
        """The same with more words of the first rank."""
        first, *rest = self.ranks or ((),)
        return replace(self, ranks=((*first, *words), *rest))


Fields = Mapping[str, FieldWords]
"""Fields, each with the words that mean it; a field that comes first has the first choice of columns."""


def words(*ranks: str | tuple[str, ...], joined: str = "", all_ranks: bool = False) -> FieldWords:
    """A declaration: each rank is a text with words separated by semicolons, or a tuple of words."""
    return FieldWords(tuple(map(_split, ranks)), joined, all_ranks)


def both(first: str, second: str, between: str = " ") -> tuple[str, ...]:
    """Every word of the first text with every word of the second: "mfr" and "part no" give "mfr part no".

    An empty word of the second stands for the first alone.
    """
    seconds = [word.strip() for word in second.split(";")]
    return tuple(between.join(pair).strip() for pair in product(_split(first), seconds))


def _split(rank: str | tuple[str, ...]) -> tuple[str, ...]:
    if isinstance(rank, tuple):
        return rank
    return tuple(word for part in rank.split(";") if (word := part.strip()))
