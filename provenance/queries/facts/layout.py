"""The layout of the fact sheets: a number per row and column, and how the tables' values become numbers."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Select

from provenance.core.vocabulary import (
    Authenticity,
    ComponentCategory,
    EvidenceClass,
    Extent,
    PartyRole,
    RecoveryDateKind,
    RecoveryKind,
    Side,
    StatementStatus,
)
from provenance.queries.facts import statements
from provenance.queries.facts.columns import ComponentFact, PartyFact, RecoveryFact, TransferFact
from provenance.schema.base import TableModel
from provenance.schema.organizations import Organization
from provenance.schema.recoveries import (
    Component,
    Recovery,
)
from provenance.schema.reference import Part, UnitType, WeaponSystem
from provenance.schema.transfers import Document, Transfer

_FORM = 2
"""Raised with every change in how columns are packed or what they mean, so that `init` packs again."""

UNKNOWN = 0
"""What a column has where the tables have NULL; no row number, code, day or count is ever zero."""


def code(vocabulary: type[StrEnum], member: str | None) -> int:
    """The number of a vocabulary's member, from 1; 0 for the unknown."""
    return 0 if member is None else list(vocabulary).index(vocabulary(member)) + 1


def country_number(country: str | None) -> int:
    """The number of a two-letter country code; 0 for the unknown."""
    return 0 if country is None else ord(country[0]) << 8 | ord(country[1])


def country_text(number: int) -> str | None:
    """The two-letter country code of a number."""
    return None if number == 0 else chr(number >> 8) + chr(number & 255)


Coding = Callable[[Any], int]


def _coder(vocabulary: type[StrEnum]) -> Coding:
    codes: dict[str | None, int] = {None: 0}
    codes.update({member.value: place for place, member in enumerate(vocabulary, start=1)})
    return codes.__getitem__


class _Days(dict[date | str | None, int]):
    """Each day's number; filled as days occur, because the same ones recur."""

    def __missing__(self, day: date | str | None) -> int:
        self[day] = number = _ordinal(day) if day else 0
        return number


def _ordinal(day: date | str) -> int:
    return (date.fromisoformat(day) if isinstance(day, str) else day).toordinal()


_day: Coding = _Days().__getitem__
_number = None
"""The coding of what a statement gives as a number already."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A statement with at most one result for each row of a range of row numbers.

    It takes the first number and the one after the last, and gives the row's number before the values;
    ``columns`` are the values' names, widths (numpy's: ``<i4`` and so on) and codings.
    """

    statement: Callable[[int, int], Select[Any]]
    columns: tuple[tuple[str, str, Coding | None], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A fact sheet: the first reading says which rows there are, the others what else is known of them.

    ``within`` is the column that says in which row of another sheet's table a row is, and that table;
    ``refers`` are the columns that have row numbers of other tables.
    """

    name: str
    readings: tuple[Reading, ...]
    within: tuple[str, type[TableModel]] | None = None
    refers: Mapping[str, type[TableModel]] = field(default_factory=dict)

    @property
    def references(self) -> Mapping[str, type[TableModel]]:
        """Every column that has row numbers of another table, and that table."""
        return {**dict([self.within] if self.within else []), **self.refers}

    @property
    def widths(self) -> dict[str, str]:
        """Each column's width, in order."""
        columns = (column for reading in self.readings for column in reading.columns)
        return {"id": "<i4"} | {name: width for name, width, _coding in columns}

    @property
    def layout(self) -> str:
        """A digest that changes with the columns and the vocabularies behind their codes."""
        vocabularies = (
            ComponentCategory,
            Authenticity,
            Extent,
            RecoveryKind,
            RecoveryDateKind,
            StatementStatus,
            EvidenceClass,
            Side,
            PartyRole,
        )
        described = [
            f"{self.name} {_FORM}",
            *(f"{name}:{width}" for name, width in self.widths.items()),
            *(",".join(vocabulary) for vocabulary in vocabularies),
        ]
        return hashlib.sha256("\n".join(described).encode()).hexdigest()[:16]

    def names(self) -> Sequence[str]:
        """The columns' names in order."""
        return list(self.widths)


COMPONENTS = Sheet(
    "component",
    (
        Reading(
            statements.components,
            (
                (ComponentFact.RECOVERY, "<i4", _number),
                (ComponentFact.CATEGORY, "<u1", _coder(ComponentCategory)),
                (ComponentFact.CATEGORY_READ, "<u1", _number),
                (ComponentFact.HS6, "<i4", _number),
                (ComponentFact.HS6_READ, "<u1", _number),
                (ComponentFact.MADE_EARLIEST, "<i4", _day),
                (ComponentFact.MADE_LATEST, "<i4", _day),
                (ComponentFact.PIECES, "<i4", _number),
                (ComponentFact.AUTHENTICITY, "<u1", _coder(Authenticity)),
            ),
        ),
        Reading(
            statements.makers(tentative=False),
            (
                (ComponentFact.ORGANIZATION, "<i4", _number),
                (ComponentFact.COUNTRY_STATED, "<u2", country_number),
            ),
        ),
        Reading(statements.makers(tentative=True), ((ComponentFact.GUESSED_ORGANIZATION, "<i4", _number),)),
        Reading(statements.parts(tentative=False), ((ComponentFact.PART, "<i4", _number),)),
        Reading(statements.parts(tentative=True), ((ComponentFact.GUESSED_PART, "<i4", _number),)),
        Reading(
            statements.citations,
            (
                (ComponentFact.REPORTED, "<i4", _day),
                (ComponentFact.PUBLISHED_EARLIEST, "<i4", _day),
                (ComponentFact.PUBLISHED_LATEST, "<i4", _day),
                (ComponentFact.CREDIBILITY, "<u1", _number),
            ),
        ),
    ),
    within=(ComponentFact.RECOVERY, Recovery),
    refers={
        **dict.fromkeys((ComponentFact.ORGANIZATION, ComponentFact.GUESSED_ORGANIZATION), Organization),
        **dict.fromkeys((ComponentFact.PART, ComponentFact.GUESSED_PART), Part),
    },
)
"""One row per component; days are proleptic Gregorian ordinals, ids are row numbers."""

RECOVERIES = Sheet(
    "recovery",
    (
        Reading(
            statements.recoveries,
            (
                (RecoveryFact.KIND, "<u1", _coder(RecoveryKind)),
                (RecoveryFact.EXTENT, "<u1", _coder(Extent)),
                (RecoveryFact.WEAPON, "<i4", _number),
                (RecoveryFact.UNIT_TYPE, "<i4", _number),
            ),
        ),
        Reading(
            statements.dates,
            (
                (RecoveryFact.RECOVERED_EARLIEST, "<i4", _day),
                (RecoveryFact.RECOVERED_LATEST, "<i4", _day),
                (RecoveryFact.CAPTURED_EARLIEST, "<i4", _day),
                (RecoveryFact.CAPTURED_LATEST, "<i4", _day),
                (RecoveryFact.USED_EARLIEST, "<i4", _day),
                (RecoveryFact.USED_LATEST, "<i4", _day),
                (RecoveryFact.PRODUCED_LATEST, "<i4", _day),
                (RecoveryFact.UNSTATED_EARLIEST, "<i4", _day),
            ),
        ),
    ),
    refers={RecoveryFact.WEAPON: WeaponSystem, RecoveryFact.UNIT_TYPE: UnitType},
)
"""One row per recovery; a date that several statements give is bounded by all of them."""

TRANSFERS = Sheet(
    "transfer",
    (
        Reading(
            statements.transfers,
            (
                (TransferFact.EVIDENCE_CLASS, "<u1", _coder(EvidenceClass)),
                (TransferFact.DOCUMENT, "<i4", _number),
                (TransferFact.EARLIEST, "<i4", _day),
                (TransferFact.LATEST, "<i4", _day),
                (TransferFact.PART, "<i4", _number),
                (TransferFact.COMPONENT, "<i4", _number),
                (TransferFact.HS6, "<i4", _number),
            ),
        ),
    ),
    refers={TransferFact.DOCUMENT: Document, TransferFact.PART: Part, TransferFact.COMPONENT: Component},
)
"""One row per transfer, withdrawn ones too: these columns never change. Lots are text, and not here."""

PARTIES = Sheet(
    "transfer_party",
    (
        Reading(
            statements.parties,
            (
                (PartyFact.TRANSFER, "<i4", _number),
                (PartyFact.ORGANIZATION, "<i4", _number),
                (PartyFact.SIDE, "<u1", _coder(Side)),
                (PartyFact.ROLE, "<u1", _coder(PartyRole)),
                (PartyFact.CONFIDENTIAL, "<u1", _number),
            ),
        ),
    ),
    within=(PartyFact.TRANSFER, Transfer),
    refers={PartyFact.ORGANIZATION: Organization},
)
"""One row per party; 0 means that it is not a firm on record."""

SHEETS = {sheet.name: sheet for sheet in (COMPONENTS, RECOVERIES, TRANSFERS, PARTIES)}
