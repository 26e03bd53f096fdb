"""Texts that stand where a number is expected and are none: "n/a", 0000000000, 1234567890."""

from __future__ import annotations

import re

from provenance.text.unknown import says_no_number

_ASCENDING = "01234567890123456789"
_SHORTEST_SEQUENCE = 9
"""Eight digits in order may be a real number of a register; nobody was given nine or more."""

_SHORTEST_REPEAT = 5
_FILLERS = re.compile(r"[X*?]{3,}")


def placeholder_fault(value: str) -> str | None:
    """Why a value of capital letters and digits is no number; None where it may be one."""
    digits = "".join(filter(str.isdigit, value))
    if not digits.strip("0"):
        return "a placeholder of zeros" if digits else "there is no digit in it"
    if value == digits and len(set(value)) == 1 and len(value) >= _SHORTEST_REPEAT:
        return "a placeholder of one digit repeated"
    if len(digits) >= _SHORTEST_SEQUENCE and (digits in _ASCENDING or digits in _ASCENDING[::-1]):
        return "a placeholder of digits in order"
    return "a placeholder" if _FILLERS.search(value) else None


def says_none(text: str) -> bool:
    """Whether a text says that there is no number, or that it is not known ("n/a", "none", "нет")."""
    return says_no_number(text) or text.strip(" .").casefold() in _NONE


_NONE = {
    "not applicable", "no", "нет", "немає", "ні", "відсутній", "отсутствует", "not provided", "pending",
    "to be confirmed", "无", "無", "没有", "yok", "ninguno", "same", "as above", "xxx", "test",
}  # fmt: skip
