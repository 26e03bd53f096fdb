"""The unit or currency that a header states for its whole column: "Value (USD)", "Количество, шт"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from provenance.text.currencies import currency_code
from provenance.text.written_numbers import is_unit

_BRACKETS = re.compile(r"[(\[（【]([^()\[\]（）【】]*)[)\]）】]")
_BETWEEN = re.compile(r"[,，;:/|·\n]|\s[-–—]\s")
_MAJOR = frozenset(
    (
        "usd",
        "eur",
        "rub",
        "rur",
        "cny",
        "rmb",
        "uah",
        "gbp",
        "us$",
        "$",
        "€",
        "₽",
        "₴",
        "£",
        "美元",
        "欧元",
        "人民币",
    )
)
"""Currencies that are known without brackets or a comma; other codes are words as well (all, top, try)."""
_PREPOSITION = re.compile(r"^(?:in|в|у)\s+", re.IGNORECASE)
_SCALE = re.compile(
    r"(?<![^\W\d_])(?:thousands?|thsd|ths|thou|k|mln|mio|millions?|mn|bn|billions?|тыс|тысяч[аи]?|тис|тисяч[аі]?"
    r"|млн|миллион(?:ов|ы)?|мільйон(?:ів|и)?|млрд)(?![^\W\d_])|['’´]000|\b1 ?000\b"
    r"|[千万萬百]\s*[美欧日港人元件个個万]",
    re.IGNORECASE,
)


def states_scale(header: str) -> bool:
    """Whether a header says that its numbers are thousands or more ("тыс. руб.", "USD mln", "万美元")."""
    return any(_SCALE.search(part) for part in (*_marked(header), *_last_words(header)))


def currency_of(header: str) -> str | None:
    """The ISO 4217 code of the currency that a header states; None where it states none, or several."""
    found = {code for text in _marked(header) if (code := _code(text))}
    found |= {
        code
        for word in re.split(r"[\s_]+", _BRACKETS.sub(" ", header))
        if word.casefold() in _MAJOR and (code := _code(word))
    }
    return found.pop() if len(found) == 1 else None


def unit_of(header: str) -> str | None:
    """The unit that a header states in brackets or behind a comma, as written; None where it states none."""
    found = [text for text in _marked(header) if is_unit(text)]
    return found[0] if len(found) == 1 else None


def without_unit(header: str) -> str | None:
    """The header before a comma that a currency or unit stands behind; None where none does."""
    name, comma, rest = header.partition(",")
    stated = _PREPOSITION.sub("", rest.strip())
    return name.strip() if comma and (is_unit(stated) or _code(stated)) else None


def _marked(header: str) -> Iterator[str]:
    """What stands in brackets, and behind a comma or a sign like it."""
    for hint in _BRACKETS.findall(header):
        yield from (_PREPOSITION.sub("", text.strip()) for text in (hint, *_BETWEEN.split(hint)[1:]))
    rest = _BETWEEN.split(_BRACKETS.sub(" ", header))[1:]
    yield from (_PREPOSITION.sub("", text.strip()) for text in rest if text.strip())


def _last_words(header: str) -> Iterator[str]:
    """What stands behind the first word."""
    yield " ".join(re.split(r"[\s_]+", header.strip())[1:])


def _code(text: str) -> str | None:
    try:
        return currency_code(text)
    except ValueError:
        return None
