"""Conditions on the fields of a list, as a person writes them: ``maker=Texas``, ``made>=2022``, ``lot=?``."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from provenance.core.errors import UsageError
from provenance.core.vocabulary import Tlp
from provenance.queries.lists.nouns import FieldKind
from provenance.text.folding import fold, fold_marking
from provenance.text.partial_dates import DateSpan, parse_partial_date
from provenance.text.unknown import says_unknown

_WRITTEN = re.compile(r"\s*([\w-]+)\s*(!=|>=|<=|=|>|<)(.*)", re.DOTALL)
_ORDERED = (FieldKind.COUNT, FieldKind.DAY, FieldKind.SPAN)
Test = Callable[[Any], bool]


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition: on which field, as written, whether a value meets it, whether it is about the unknown."""

    field: str
    written: str
    test: Test
    asks_unknown: bool


def read_condition(text: str, fields: Mapping[str, FieldKind]) -> Condition:
    """A condition from its text.

    A text is met by any part of it, in any script; a word, a count or a reference whole; a date where it may
    be then. ``?`` is the unknown. ``!=`` asks for all that is known to be otherwise.

    Raises:
        UsageError: it is not a condition, there is no such field, or the field cannot be compared like this.
    """
    match = _WRITTEN.fullmatch(text)
    if match is None:
        raise UsageError(
            f"condition {text.strip()}: write FIELD=VALUE, such as maker=Texas, made>=2022 or lot=?"
        )
    name, sign, value = match[1].replace("-", "_").casefold(), match[2], match[3].strip()
    if name not in fields:
        raise UsageError(f"condition {text.strip()}: there is no field {name}; there are {', '.join(fields)}")
    if says_unknown(value) and sign in ("=", "!="):
        return _of_the_unknown(name, text, sign)
    kind = fields[name]
    if sign not in ("=", "!=") and kind not in _ORDERED:
        raise UsageError(f"condition {text.strip()}: {name} is not a number or a date; use = or !=")
    try:
        meets = _tests(kind, sign.removeprefix("!"), value)
    except ValueError as error:
        raise UsageError(f"condition {text.strip()}: {error}") from None
    if sign == "!=":
        return Condition(name, text.strip(), lambda found: not meets(found), asks_unknown=False)
    return Condition(name, text.strip(), meets, asks_unknown=False)


def _of_the_unknown(name: str, text: str, sign: str) -> Condition:
    wanted = sign == "="
    return Condition(name, text.strip(), lambda found: (found is None) is wanted, asks_unknown=True)


def _tests(kind: FieldKind, sign: str, value: str) -> Test:
    if kind is FieldKind.COUNT:
        return _counted(sign, value)
    if kind in (FieldKind.DAY, FieldKind.SPAN):
        return _dated(sign, parse_partial_date(value))
    if kind is FieldKind.TEXT:
        return _contains(value)
    plain = _plain(value)
    return lambda found: _plain(str(found)) == plain


def _plain(word: str) -> str:
    return word.casefold().removeprefix("tlp:").replace(" ", "_").replace("-", "_")


def _contains(value: str) -> Test:
    sound, look = fold(value), fold_marking(value)
    if not (sound or look):
        raise ValueError("the text has no letter and no digit")
    return lambda found: _within(sound, fold(found)) or _within(look, fold_marking(found))


def _within(key: str, text: str) -> bool:
    return bool(key) and key in text


def _counted(sign: str, value: str) -> Test:
    if not value.isdecimal():
        raise ValueError(f"{value} is not a whole number")
    limit = int(value)
    compare: dict[str, Test] = {
        "=": lambda found: found == limit,
        ">=": lambda found: found >= limit,
        "<=": lambda found: found <= limit,
        ">": lambda found: found > limit,
        "<": lambda found: found < limit,
    }
    return compare[sign]


def _dated(sign: str, wanted: DateSpan) -> Test:
    """Whether a date may be then: one that is known by the year may be on any of its days."""
    first, last = wanted.earliest or date.min, wanted.latest or date.max

    def bounds(found: Any) -> tuple[date, date]:
        if isinstance(found, date):
            return found, found
        span = parse_partial_date(found)
        return span.earliest or date.min, span.latest or date.max

    compare: dict[str, Test] = {
        "=": lambda found: bounds(found)[0] <= last and bounds(found)[1] >= first,
        ">=": lambda found: bounds(found)[1] >= first,
        "<=": lambda found: bounds(found)[0] <= last,
        ">": lambda found: bounds(found)[1] > last,
        "<": lambda found: bounds(found)[0] < first,
    }
    return compare[sign]


@dataclass(frozen=True, slots=True)
class SortKey:
    """A field to sort by, and whether the greatest come first; what is unknown comes last either way."""

    field: str
    descending: bool = False


def read_sort(text: str, fields: Mapping[str, FieldKind]) -> tuple[SortKey, ...]:
    """Fields separated by commas, each with a minus before it to have the greatest first.

    Raises:
        UsageError: there is no such field.
    """
    found = []
    for part in filter(None, (each.strip() for each in text.split(","))):
        name = part.removeprefix("-").replace("-", "_").casefold()
        if name not in fields:
            raise UsageError(f"sort by {part}: there is no field {name}; there are {', '.join(fields)}")
        found.append(SortKey(name, part.startswith("-")))
    return tuple(found)


def ordering(value: Any) -> tuple[Any, ...]:
    """A value as it is ordered, the same in every database: texts as they sound, then as they are written."""
    if isinstance(value, Tlp):
        return (list(Tlp).index(value),)
    return (fold(value), value) if isinstance(value, str) else (value,)


def conditions(texts: Sequence[str], fields: Mapping[str, FieldKind]) -> tuple[Condition, ...]:
    """All conditions of a question, see `read_condition`."""
    return tuple(read_condition(text, fields) for text in texts)
