"""Traffic Light Protocol 2.0: how strictly an answer is to be handled, and what may go into one.

A record without a mark is AMBER. An answer is as strict as the strictest record that went into it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from provenance.core.vocabulary import Tlp

UNMARKED = Tlp.AMBER
_ORDER = {mark: place for place, mark in enumerate(Tlp)}


class MarkOrigin(StrEnum):
    """Where the mark comes from by which a record is handled."""

    OWN = "own"
    PARENT = "parent"
    """Of the record that it belongs to: a component's recovery, a letter's trace."""
    SOURCE = "source"
    """Of a source that reports it, or of its record there."""
    LISTED = "listed"
    """Of a record that is listed with it."""
    UNMARKED = "unmarked"
    """None: without a mark it counts as AMBER."""


@dataclass(frozen=True, slots=True)
class Handling:
    """The strictest mark of what went into an answer, and how many records had none and count as AMBER."""

    tlp: Tlp
    unmarked: int

    @classmethod
    def of(cls, marks: Iterable[str | None]) -> Handling | None:
        """The handling of an answer from the marks of its records; None for an answer without records."""
        found = list(marks)
        if not found:
            return None
        return cls(strictest(found), sum(mark is None for mark in found))


def strictness(mark: str | None) -> int:
    """The position of a mark, 0 for the mildest; None counts as AMBER."""
    return _ORDER[Tlp(mark) if mark is not None else UNMARKED]


def strictest(marks: Iterable[str | None]) -> Tlp:
    """The strictest of some marks; the mildest where there are none."""
    return list(Tlp)[max(map(strictness, marks), default=0)]


def ceiling(highest: Tlp | None) -> Callable[[str | None], bool]:
    """Whether a record of a mark may go into an answer; None lets every record in."""
    if highest is None:
        return lambda _mark: True
    limit = strictness(highest)
    return lambda mark: strictness(mark) <= limit


def stricter_than(highest: Tlp | None) -> str:
    """What is left out of an answer, after its noun: "stricter than TLP:GREEN (no mark counts as AMBER)"."""
    unmarked_too = highest is not None and strictness(highest) < strictness(None)
    return f"stricter than TLP:{highest}" + (f" (no mark counts as {UNMARKED})" if unmarked_too else "")


def read_mark(text: str | None) -> Tlp | None:
    """A TLP mark, with or without "TLP:" before it; None where there is none.

    Raises:
        ValueError: it is not a mark of TLP 2.0 (WHITE of the older version is read as CLEAR).
    """
    if text is None:
        return None
    mark = text.upper().removeprefix("TLP:").strip()
    try:
        return Tlp("CLEAR" if mark == "WHITE" else mark)
    except ValueError:
        raise ValueError(f"tlp {text!r} is not one of {', '.join(Tlp)}") from None
