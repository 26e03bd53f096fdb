"""Words of published lists for "not known"."""

from __future__ import annotations

from functools import cache

from provenance.text.folding import fold_words

_PHRASES = (
    "not identified", "unidentified", "not known", "unknown", "unk", "not available", "not established",
    "not determined", "not stated", "not specified", "unspecified", "undetermined", "no data", "n/a", "na",
    "none", "nil", "null", "tbd", "unknown manufacturer", "unknown maker", "unknown country",
    "невідомо", "невідомий", "невідома", "не встановлено", "не визначено", "не ідентифіковано",
    "не зазначено", "немає даних", "н/д",
    "неизвестно", "неизвестен", "неизвестна", "не установлено", "не установлен", "не определено",
    "не идентифицировано", "не указано", "нет данных",
    "不明", "未知",
)  # fmt: skip

_NO_NUMBER = (
    "no number", "no serial number", "without number", "unnumbered", "w/o number",
    "б/н", "без номера", "немає номера", "номер відсутній", "нет номера", "номер отсутствует",
)  # fmt: skip


def says_unknown(text: str) -> bool:
    """Whether a cell says "not known": in English, Ukrainian, Russian or Chinese words, or by being empty.

    A cell of nothing but punctuation ("-", "?") counts as one too. Case and punctuation do not matter.
    """
    words = fold_words(text)
    return not words or words in _known_phrases()


def says_no_number(text: str) -> bool:
    """Whether a cell for a number says that there is none, or that it is not known ("б/н", "no number")."""
    return says_unknown(text) or fold_words(text) in _no_number_phrases()


@cache
def _no_number_phrases() -> frozenset[str]:
    return frozenset(map(fold_words, _NO_NUMBER))


@cache
def _known_phrases() -> frozenset[str]:
    return frozenset(map(fold_words, _PHRASES))
