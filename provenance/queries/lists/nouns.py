"""What a noun is that can be listed: its rows, their fields, and how they are loaded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from provenance.core.vocabulary import Tlp
from provenance.domain.record_kinds import RecordKind
from provenance.schema.session import Session


class FieldKind(StrEnum):
    """What a field holds, by which it is compared and ordered.

    ``text`` is compared by any part of it, as it sounds and as it looks; ``word`` and ``ref`` whole; ``span``
    is partial ISO text, compared by what it may mean.
    """

    TEXT = "text"
    WORD = "word"
    REF = "ref"
    COUNT = "count"
    DAY = "day"
    SPAN = "span"


TEXT, WORD, REF, COUNT, DAY, SPAN = ({"kind": kind} for kind in FieldKind)
"""The declarations of a row's fields: ``marking: str = field(metadata=TEXT)``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What every listed record has.

    ``tlp`` is the strictest mark that counts for it, None of a record that carries none; ``withdrawn_on`` is
    None while it counts. ``entered_on`` and ``entered_by`` are None where they were not recorded, as of what
    came with the reference data.
    """

    ref: str = field(metadata=REF)
    entered_on: date | None = field(metadata=DAY)
    entered_by: str | None = field(metadata=TEXT)
    withdrawn_on: date | None = field(metadata=DAY)
    tlp: Tlp | None = field(metadata=WORD)


def own(**values: Any) -> Mapping[str, Any]:
    """The own fields of a row."""
    return values


class Loaded(NamedTuple):
    """A record as the database gives it: number, identity, when it was withdrawn, and its own fields."""

    number: int
    uid: str
    withdrawn_at: datetime | None
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun that can be listed.

    ``load`` yields every record of it, withdrawn ones too. With a clearance it leaves out names that only
    stricter records use; records with marks of their own are left out by these (``is_marked``).
    ``kind`` is None of what has no spoken reference and is named by its uid. ``marks`` gives the marks that
    count for some records where that is not `effective_marks`. ``shown`` are the columns of a table for
    people, ``order`` the fields it is sorted by, both separated by spaces.
    """

    name: str
    kind: RecordKind | None
    row: type[Listed]
    load: Callable[[Session, Tlp | None], Iterable[Loaded]]
    shown: str
    order: str
    is_marked: bool = True
    marks: Callable[[Session, list[int]], Mapping[int, list[str | None]]] | None = None

    @property
    def fields(self) -> dict[str, FieldKind]:
        """The fields by which it can be filtered and sorted, with what they hold."""
        own = [each for each in fields(self.row) if each.name not in _COMMON]
        first, *last = (each for each in fields(self.row) if each.name in _COMMON)
        return {each.name: each.metadata["kind"] for each in (first, *own, *last)}


_COMMON = frozenset(each.name for each in fields(Listed))
