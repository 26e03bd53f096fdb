"""Keys of components that their list has no key for, made of what does not change from issue to issue.

A component is known by its recovery, unit, and position on the board; without a position by its marking,
maker and part number, or failing those its description. Components that agree in all of these are told apart
by a number. Case and spaces make no difference; nothing is merged by a key.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence

from provenance.sources.cells import content_key
from provenance.sources.records import OWN_KEY, ComponentRecord

_BEFORE_NUMBER = "#"


def own_keys(records: Sequence[ComponentRecord], recovery_uid: Callable[[str], str]) -> list[str]:
    """What each of some records is known by, without the number among equals."""
    keys = []
    for record in records:
        if record.designator:
            what = ["at", record.designator]
        else:
            maker = record.maker.as_written if record.maker else ""
            named = record.marking or record.mpn
            what = [record.marking or "", maker, record.mpn or "", "" if named else record.description or ""]
        text = "\x1f".join((record.unit or "", *what))
        digest = hashlib.sha256(f"{recovery_uid(record.recovery.key)}\x1f{_folded(text)}".encode())
        keys.append(f"{OWN_KEY}{digest.hexdigest()[:32]}")
    return keys


def _folded(text: str) -> str:
    return " ".join(text.casefold().split(" "))


def numbered(key: str, number: int) -> str:
    """The key of one among equals, counted from 1."""
    return f"{key}{_BEFORE_NUMBER}{number}"


def without_number(key: str) -> str:
    """The key of all that are equal to one of a key; a list's own key is what it is."""
    return key.rpartition(_BEFORE_NUMBER)[0] if key.startswith(OWN_KEY) else key


def former_keys(raw: str, row_numbers: str | None) -> tuple[str, ...]:
    """The keys that earlier versions gave a row: its content's, and its number's in the list."""
    cells = json.loads(raw)
    number = cells.get(row_numbers, "").strip() if row_numbers else ""
    return (content_key(cells), number) if number else (content_key(cells),)
