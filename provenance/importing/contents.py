"""What two versions of a row say: neither the order of columns nor the row's number in its list matters."""

from __future__ import annotations

import json
from typing import Any


def same_content(one: str, other: str) -> bool:
    """Whether two raw texts say the same."""
    return one == other or _cells(one) == _cells(other)


def content_of(raw: str, row_numbers: str | None = None) -> str:
    """What a row says, as a text that is equal for two rows if they say the same, whatever their numbers."""
    cells = _cells(raw)
    if row_numbers is not None:
        cells.pop(row_numbers, None)
    return json.dumps(cells, sort_keys=True)


def agreement(one: str, other: str) -> int:
    """In how many cells two raw texts agree."""
    return len(_cells(one).items() & _cells(other).items())


def cells_of(raw: str) -> dict[str, str]:
    """The row that a raw text was made from, as far as its cells have a content."""
    return {name: str(cell) for name, cell in _cells(raw).items()}


def differences(one: str, other: str) -> str:
    """The cells in which two raw texts differ, in words: what the one says and what the other."""
    ours, theirs = _cells(one), _cells(other)
    names = [name for name in dict.fromkeys((*ours, *theirs)) if ours.get(name) != theirs.get(name)]
    said = (f"{name} {_shown(ours.get(name))} and {_shown(theirs.get(name))}" for name in names)
    return "; ".join(said)


def _shown(cell: Any) -> str:
    return "(empty)" if cell is None else repr(cell)


def _cells(raw: str) -> dict[str, Any]:
    try:
        found = json.loads(raw)
    except ValueError:
        return {"": raw}
    return found if isinstance(found, dict) else {"": raw}
