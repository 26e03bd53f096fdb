"""What records of components state, column by column: how many of them are written at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import repeat
from typing import Any, NamedTuple

from provenance.core.vocabulary import Authenticity, ComponentCategory, MarkingState
from provenance.sources.records import ComponentRecord, MakerRecord, RecoveryRecord, TransferRecord
from provenance.text.part_numbers import is_power_of_ten
from provenance.text.unknown import says_none

_LONGEST_UNKNOWN = 40
"""No word for the unknown is longer."""


class StatedComponents(NamedTuple):
    """The fields of `ComponentRecord`, in its order, each with what a row of records states."""

    line: Sequence[int]
    key: Sequence[str]
    raw: Sequence[str]
    recovery: Sequence[RecoveryRecord]
    unit: Sequence[str | None]
    designator: Sequence[str | None]
    address: Sequence[str | None]
    description: Sequence[str | None]
    marking: Sequence[str | None]
    marking_mixed: Sequence[bool]
    marking_state: Sequence[MarkingState | None]
    maker: Sequence[MakerRecord | None]
    country_stated: Sequence[str | None]
    mpn: Sequence[str | None]
    date_code: Sequence[str | None]
    lot: Sequence[str | None]
    made_earliest: Sequence[date | None]
    made_latest: Sequence[date | None]
    made_from_code: Sequence[bool]
    pieces: Sequence[int | None]
    category: Sequence[ComponentCategory | None]
    hs6: Sequence[str | None]
    condition: Sequence[str | None]
    authenticity: Sequence[Authenticity | None]
    credibility: Sequence[int | None]
    published_earliest: Sequence[date | None]
    published_latest: Sequence[date | None]
    retrieved: Sequence[date | None]
    note: Sequence[str | None]
    transfer: Sequence[TransferRecord | None]
    more: Sequence[Mapping[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Places:
    """Where components were found, a row number a component: the recovery, and the unit in it."""

    recoveries: Sequence[int]
    units: Sequence[int | None]


def as_columns(records: Sequence[ComponentRecord]) -> StatedComponents:
    """The records field by field, as they are."""
    cells = zip(*records, strict=True) if records else repeat((), len(ComponentRecord._fields))
    return StatedComponents._make(cells)


def stated_columns(records: Sequence[ComponentRecord]) -> StatedComponents:
    """What the records state, field by field; a word for the unknown ("n/a", "невідомо") counts as nothing.

    In free texts only a question mark means the unknown.
    """
    stated = as_columns(records)
    return stated._replace(
        unit=known_texts(stated.unit),
        mpn=known_texts(stated.mpn),
        date_code=known_texts(stated.date_code),
        lot=known_texts(stated.lot),
        description=_without_question_marks(stated.description),
        condition=_without_question_marks(stated.condition),
        note=_without_question_marks(stated.note),
    )


def _without_question_marks(cells: Sequence[str | None]) -> Sequence[str | None]:
    return [None if cell == "?" else cell for cell in cells] if "?" in cells else cells


def known_texts(cells: Sequence[str | None]) -> Sequence[str | None]:
    """The texts, None where one is a word for the unknown, or what a spreadsheet left of a number."""
    if not any(cells):
        return cells
    unknown = {
        cell
        for cell in set(cells)
        if cell and len(cell) <= _LONGEST_UNKNOWN and (says_none(cell) or is_power_of_ten(cell))
    }
    return [None if cell in unknown else cell for cell in cells] if unknown else cells
