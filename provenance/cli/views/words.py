"""Counts, unknowns and texts in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from provenance.text.plurals import many as many

if TYPE_CHECKING:
    from provenance.services.contracts.ranking import ControlDay

UNKNOWN = "–"
"""The text of a cell whose value is unknown."""

_LINE_END = re.compile(r"[ \t]*(?:\r?\n[ \t]*)+")


def one_line(text: str) -> str:
    """A text of several lines, such as a marking, on one line: line ends become `` / ``."""
    return _LINE_END.sub(" / ", text.strip("\n")) if "\n" in text else text


def known(value: object) -> str:
    """A value as text, or the sign for the unknown."""
    if value is None or value == "":
        return UNKNOWN
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,}" if isinstance(value, int) else str(value)


_EVIDENCE = {
    "item_document": "document about the item",
    "trade_record_same_part": "trade record of the same part",
    "trade_record_same_hs": "trade record of the same customs code",
}


def evidence_class(name: str) -> str:
    """An evidence class in words: ``trade_record_same_part`` is ``trade record of the same part``."""
    return _EVIDENCE.get(name, plain_name(name))


def plain_name(name: str) -> str:
    """A name from a vocabulary or a key in words: ``guided_munition`` is ``guided munition``."""
    return name.replace("_", " ")


_FROM, _UNTIL = "from ", "until "


def first_seen(seen: str | None) -> str | None:
    """A first sighting with one bound says which: "from 2022-03" is "not before 2022-03"."""
    return _bounded(seen, "not before {}", "by {}")


def last_seen(seen: str | None) -> str | None:
    """A last sighting with one bound says which: "from 2022-03" is "2022-03 or later"."""
    return _bounded(seen, "{} or later", "not after {}")


def _bounded(seen: str | None, lower: str, upper: str) -> str | None:
    if seen is None:
        return None
    if seen.startswith(_FROM):
        return lower.format(seen.removeprefix(_FROM))
    return upper.format(seen.removeprefix(_UNTIL)) if seen.startswith(_UNTIL) else seen


def controls_in_words(days: Sequence[ControlDay]) -> str:
    """What "made after" refers to: the day where one was asked of everything, else "the controls"."""
    asked = {item.day for item in days}
    return str(next(iter(asked))) if len(asked) == 1 else "the controls"
