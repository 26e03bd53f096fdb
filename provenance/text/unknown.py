"""Words for "not known", in every field of every list, form and file: the one list of them."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from provenance.text.folding import fold_words

_PHRASES = (
    "not identified", "unidentified", "not known", "unknown", "unk", "unkn", "ukn", "not available",
    "not established", "not determined", "not stated", "not specified", "unspecified", "undetermined",
    "not given", "not provided", "not recorded", "not reported", "not indicated", "no data", "no info",
    "no information", "n/a", "na", "n.a.", "n/k", "n/d", "none", "nil", "null", "nan", "not applicable",
    "tbd", "to be determined", "to be confirmed", "pending", "missing", "undefined",
    "unknown manufacturer", "unknown maker", "unknown country", "unknown serial", "unknown number",
    "unknown serial number", "unknown weapon", "unknown type", "unknown origin", "unknown part",
    "unknown address", "unknown name",
    "невідомо", "невідомий", "невідома", "невідоме", "невідомі", "не відомо", "не встановлено",
    "не встановлений", "не встановлена", "не визначено", "не визначений", "не ідентифіковано", "не зазначено",
    "не вказано", "немає даних", "дані відсутні", "нема даних", "без даних", "невстановлено",
    "невстановлений", "незазначено", "уточнюється", "н/д", "н/в", "н.д.", "невизначено",
    "неизвестно", "неизвестен", "неизвестна", "неизвестный", "неизвестная", "неизвестное", "неизвестные",
    "не известно", "не известен", "не установлено", "не установлен", "не установлена", "не определено",
    "не определен", "не определён", "не идентифицировано", "не указано", "не указан", "не указана",
    "нет данных", "нет информации", "нет сведений", "данные отсутствуют", "неустановлен", "неустановлено",
    "уточняется",
    "see photo", "see photos", "see picture", "see pictures", "see image", "see above", "see below",
    "see note", "on photo", "див. фото", "див фото", "на фото", "як на фото", "див. вище", "див. примітку",
    "см. фото", "см фото", "как на фото", "см. выше", "см. примечание", "见图", "见照片", "如图", "见上",
    "见备注",
    "不明", "未知", "不详", "不詳", "未详", "不清楚", "待定", "暂无", "无数据", "未标明", "未注明", "未提供",
    "bilinmiyor", "nieznany", "unbekannt", "inconnu", "desconocido",
)  # fmt: skip

_NONE = (
    "without", "absent",
    "немає", "нема", "не має", "відсутній", "відсутня", "відсутнє", "відсутні", "нет", "отсутствует",
    "отсутствуют", "отсутствующий", "б/н", "б.н", "бн", "没有", "无", "無",
)  # fmt: skip
"""There is none: in a field for a name or a number that is not a value of it ("none" is above).

They are compared as they are: in Latin letters some are names (NET, NEMA) or numbers (BN, WU).
"""

_NO_NUMBER = (
    "no number", "no serial number", "no serial", "no s/n", "without number", "without serial number",
    "unnumbered", "w/o number", "not numbered", "no no",
    "б/с", "без номера", "без серійного номера", "без серийного номера", "немає номера",
    "номер відсутній", "нет номера", "номер отсутствует", "номера нет",
    "без №", "№ б/н", "нечитабельний", "нечитабельно", "нечитабельне",
    "нечитаемый", "нечитаемо", "illegible", "unreadable", "not readable", "illegible number",
    "无编号", "无序列号", "无号",
)  # fmt: skip
"""Also in a field for a number: it has none, or it cannot be read."""

_AS_THEY_ARE = frozenset(("нд",))
"""Words whose Latin reading ("nd") may be a number or a marking."""
_AROUND = " \t.,!()[]<>*\"'«»"

_LONGEST = 40
"""No word for the unknown is longer, so that longer texts need not be looked up."""
_DIGIT = re.compile(r"\d")
_MARKS = "xх*.-_?/"


def says_unknown(text: str) -> bool:
    """Whether a cell says "not known": in English, Ukrainian, Russian or Chinese words, or by being empty.

    A cell of nothing but punctuation ("-", "?") counts as one too, and so do three crosses or more ("xxx").
    Case and punctuation do not matter.
    """
    # No such word has a digit, and most other texts do.
    return len(text) <= _LONGEST and _DIGIT.search(text) is None and _is_unknown(text)


def says_none(text: str) -> bool:
    """Whether a cell for a name says that there is none ("нет", "немає", "无"), or that it is not known."""
    return (len(text) <= _LONGEST and _DIGIT.search(text) is None) and _is_none(text)


def says_no_number(text: str) -> bool:
    """Whether a cell for a number says that there is none, or that it is not known ("б/н", "no number")."""
    return (len(text) <= _LONGEST and _DIGIT.search(text) is None) and (
        _is_none(text) or fold_words(text) in _no_number_phrases()
    )


@lru_cache(maxsize=65536)
def _is_unknown(text: str) -> bool:
    words, plain = fold_words(text), text.strip().casefold()
    return not words or words in _known_phrases() or plain in _AS_THEY_ARE or _is_crossed_out(plain)


@lru_cache(maxsize=65536)
def _is_none(text: str) -> bool:
    return _is_unknown(text) or " ".join(text.casefold().split()).strip(_AROUND) in _NONE


def _is_crossed_out(text: str) -> bool:
    return len(text) >= 3 and ("xx" in text or "хх" in text) and not text.strip(_MARKS)


@cache
def _no_number_phrases() -> frozenset[str]:
    return frozenset(map(fold_words, _NO_NUMBER))


@cache
def _known_phrases() -> frozenset[str]:
    return frozenset(map(fold_words, _PHRASES))
