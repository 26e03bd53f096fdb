"""Faults that a model finds in its values, in plain words; the one place where they are worded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

_SHOWN = 3
"""The most faults that are named at once."""

_LONGEST_VALUE = 60
"""The longest value that is repeated in a message."""

_PATTERNS = {
    r"^[A-Z]{2}$": "is not a two-letter country code",
    r"^\d{6}$": "is not a six-digit HS code",
}
"""What a text that does not match one of the models' patterns is not."""


def faults_in_words(faults: Iterable[Mapping[str, Any]]) -> str:
    """The faults of a model's `ValidationError.errors()`: field, what is wrong, and the value.

    At most three are named. A rule of ours (a ValueError) is repeated as it is worded.
    """
    return "; ".join(map(_fault, list(faults)[:_SHOWN]))


def _fault(fault: Mapping[str, Any]) -> str:
    where, reason = _where(fault["loc"]), _reason(fault)
    value = fault.get("input")
    is_stated = fault["type"] not in ("missing", "value_error", "assertion_error")
    shown = repr(value) if isinstance(value, str | int | float) else ""
    stated = f" (it is {shown})" if is_stated and 0 < len(shown) <= _LONGEST_VALUE else ""
    return f"{where}{reason}{stated}"


def _where(steps: Iterable[object]) -> str:
    """The field: ``("parties", 0, "country")`` is ``parties 1, country: ``."""
    named = ""
    for step in steps:
        if isinstance(step, int):
            named += f" {step + 1}"
        else:
            named += f"{', ' if named else ''}{str(step).replace('_', ' ')}"
    return f"{named}: " if named else ""


def _reason(fault: Mapping[str, Any]) -> str:
    kind, about = fault["type"], fault.get("ctx", {})
    if kind in ("value_error", "assertion_error"):
        return str(about.get("error", fault["msg"]))
    if kind in _EXACT:
        return _EXACT[kind](about)
    for beginning, words in _BEGINNINGS.items():
        if kind.startswith(beginning):
            return words
    return "cannot be used"


_EXACT: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "enum": lambda about: f"is not one of {_listed(about)}",
    "extra_forbidden": lambda _about: "is not a known field",
    "greater_than": lambda about: f"must be more than {about['gt']:,}",
    "greater_than_equal": lambda about: f"must be at least {about['ge']:,}",
    "less_than": lambda about: f"must be less than {about['lt']:,}",
    "less_than_equal": lambda about: f"must be at most {about['le']:,}",
    "literal_error": lambda about: f"is not one of {_listed(about)}",
    "missing": lambda _about: "is missing",
    "string_pattern_mismatch": lambda about: _PATTERNS.get(about["pattern"], "is not written as it must be"),
    "string_too_long": lambda about: f"is longer than {about['max_length']:,} characters",
    "string_too_short": lambda _about: "is empty",
    "too_short": lambda about: f"needs at least {about['min_length']:,}",
}
_BEGINNINGS = {
    "bool": "is neither yes nor no",
    "date": "is not a date",
    "decimal": "is not a number",
    "finite_number": "is not a number",
    "float": "is not a number",
    "int": "is not a whole number",
    "path": "is not a path",
    "string": "is not a text",
}
"""Kinds of faults by the beginning of their names."""


def _listed(about: Mapping[str, Any]) -> str:
    """The words that a vocabulary has: ``'a', 'b' or 'c'`` is ``a, b, c``."""
    return str(about["expected"]).replace("'", "").replace(" or ", ", ")
