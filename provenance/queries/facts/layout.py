"""The layout of the fact sheets: a number per row and column, and how the tables' values become numbers."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, String, case, cast, func, select, type_coerce

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
from provenance.schema.base import TableModel
from provenance.schema.organizations import Organization
from provenance.schema.recoveries import (
    Component,
    Identification,
    MakerAttribution,
    Recovery,
    RecoveryDate,
)
from provenance.schema.reference import Part, UnitType, WeaponSystem
from provenance.schema.sources import Citation
from provenance.schema.transfers import Document, Transfer, TransferParty

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


def _known(value: Any) -> Any:
    """A number in a statement, 0 for NULL."""
    return func.coalesce(value, 0)


def _kept(day: Any) -> Any:
    """A day in a statement as the database stores it: making a `date` of each costs more than reading it."""
    return type_coerce(day, String)


def _read(basis: Any) -> Any:
    """In a statement: 1 for what the program read or derived, 0 for what a source states, or what is not
    stated."""
    return case((basis != "published", 1), else_=0)


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


def _components(first: int, end: int) -> Select[Any]:
    return (
        select(
            Component.id,
            Component.recovery_id,
            Component.category,
            _read(Component.category_basis),
            _known(cast(Component.hs6, Integer)),
            _read(Component.hs6_basis),
            _kept(Component.made_earliest),
            _kept(Component.made_latest),
            _known(Component.pieces),
            Component.authenticity,
        )
        .where(Component.id >= first, Component.id < end)
        .order_by(Component.id)
    )


def _makers(*, tentative: bool) -> Callable[[int, int], Select[Any]]:
    label = () if tentative else (MakerAttribution.country_stated,)
    said = select(MakerAttribution.component_id, _known(MakerAttribution.organization_id), *label)
    return lambda first, end: said.where(*_current(MakerAttribution, first, end, tentative))


def _parts(*, tentative: bool) -> Callable[[int, int], Select[Any]]:
    said = select(Identification.component_id, _known(Identification.part_id))
    return lambda first, end: said.where(*_current(Identification, first, end, tentative))


def _current(
    said: type[MakerAttribution | Identification], first: int, end: int, tentative: bool
) -> tuple[ColumnElement[bool], ...]:
    """In a statement: of components in a range, what is not superseded, the tentative ones or all others."""
    guess = said.status == StatementStatus.TENTATIVE
    return (
        said.component_id >= first,
        said.component_id < end,
        said.superseded_by.is_(None),
        guess if tentative else ~guess,
    )


def _citations(first: int, end: int) -> Select[Any]:
    return (
        select(
            Citation.component_id,
            _kept(func.min(func.coalesce(Citation.published_latest, Citation.retrieved))),
            _kept(func.min(Citation.published_earliest)),
            _kept(func.min(Citation.published_latest)),
            _known(func.min(Citation.credibility)),
        )
        .where(Citation.component_id >= first, Citation.component_id < end)
        .group_by(Citation.component_id)
    )


def _recoveries(first: int, end: int) -> Select[Any]:
    return (
        select(
            Recovery.id,
            Recovery.kind,
            Recovery.extent,
            _known(Recovery.weapon_system_id),
            _known(Recovery.unit_type_id),
        )
        .where(Recovery.id >= first, Recovery.id < end)
        .order_by(Recovery.id)
    )


def _dates(first: int, end: int) -> Select[Any]:

    def bound(choose: Any, kind: RecoveryDateKind, column: Any) -> Any:
        return _kept(choose(case((RecoveryDate.kind == kind, column))))

    seen = [
        bound(choose, kind, column)
        for kind in (RecoveryDateKind.RECOVERED, RecoveryDateKind.CAPTURED, RecoveryDateKind.USED)
        for choose, column in ((func.min, RecoveryDate.earliest), (func.max, RecoveryDate.latest))
    ]
    return (
        select(
            RecoveryDate.recovery_id,
            *seen,
            bound(func.max, RecoveryDateKind.PRODUCED, RecoveryDate.latest),
            bound(func.min, RecoveryDateKind.UNSTATED, RecoveryDate.earliest),
        )
        .where(RecoveryDate.recovery_id >= first, RecoveryDate.recovery_id < end)
        .group_by(RecoveryDate.recovery_id)
    )


def _transfers(first: int, end: int) -> Select[Any]:
    return (
        select(
            Transfer.id,
            Transfer.evidence_class,
            _known(Transfer.document_id),
            _kept(Transfer.earliest),
            _kept(Transfer.latest),
            _known(Transfer.part_id),
            _known(Transfer.component_id),
            _known(cast(Transfer.hs6, Integer)),
        )
        .where(Transfer.id >= first, Transfer.id < end)
        .order_by(Transfer.id)
    )


def _parties(first: int, end: int) -> Select[Any]:
    return (
        select(
            TransferParty.id,
            TransferParty.transfer_id,
            _known(TransferParty.organization_id),
            TransferParty.side,
            TransferParty.role,
            case((TransferParty.confidential, 1), else_=0),
        )
        .where(TransferParty.id >= first, TransferParty.id < end)
        .order_by(TransferParty.id)
    )


COMPONENTS = Sheet(
    "component",
    (
        Reading(
            _components,
            (
                ("recovery", "<i4", _number),
                ("category", "<u1", _coder(ComponentCategory)),
                ("category_read", "<u1", _number),
                ("hs6", "<i4", _number),
                ("hs6_read", "<u1", _number),
                ("made_earliest", "<i4", _day),
                ("made_latest", "<i4", _day),
                ("pieces", "<i4", _number),
                ("authenticity", "<u1", _coder(Authenticity)),
            ),
        ),
        Reading(
            _makers(tentative=False),
            (("organization", "<i4", _number), ("country_stated", "<u2", country_number)),
        ),
        Reading(_makers(tentative=True), (("guessed_organization", "<i4", _number),)),
        Reading(_parts(tentative=False), (("part", "<i4", _number),)),
        Reading(_parts(tentative=True), (("guessed_part", "<i4", _number),)),
        Reading(
            _citations,
            (
                ("reported", "<i4", _day),
                ("published_earliest", "<i4", _day),
                ("published_latest", "<i4", _day),
                ("credibility", "<u1", _number),
            ),
        ),
    ),
    within=("recovery", Recovery),
    refers={
        **dict.fromkeys(("organization", "guessed_organization"), Organization),
        **dict.fromkeys(("part", "guessed_part"), Part),
    },
)
"""One row per component; days are proleptic Gregorian ordinals, ids are row numbers."""

RECOVERIES = Sheet(
    "recovery",
    (
        Reading(
            _recoveries,
            (
                ("kind", "<u1", _coder(RecoveryKind)),
                ("extent", "<u1", _coder(Extent)),
                ("weapon", "<i4", _number),
                ("unit_type", "<i4", _number),
            ),
        ),
        Reading(
            _dates,
            (
                *(
                    (f"{kind}_{end}", "<i4", _day)
                    for kind in ("recovered", "captured", "used")
                    for end in ("earliest", "latest")
                ),
                ("produced_latest", "<i4", _day),
                ("unstated_earliest", "<i4", _day),
            ),
        ),
    ),
    refers={"weapon": WeaponSystem, "unit_type": UnitType},
)
"""One row per recovery; a date that several statements give is bounded by all of them."""

TRANSFERS = Sheet(
    "transfer",
    (
        Reading(
            _transfers,
            (
                ("evidence_class", "<u1", _coder(EvidenceClass)),
                ("document", "<i4", _number),
                ("earliest", "<i4", _day),
                ("latest", "<i4", _day),
                ("part", "<i4", _number),
                ("component", "<i4", _number),
                ("hs6", "<i4", _number),
            ),
        ),
    ),
    refers={"document": Document, "part": Part, "component": Component},
)
"""One row per transfer, withdrawn ones too: these columns never change. Lots are text, and not here."""

PARTIES = Sheet(
    "transfer_party",
    (
        Reading(
            _parties,
            (
                ("transfer", "<i4", _number),
                ("organization", "<i4", _number),
                ("side", "<u1", _coder(Side)),
                ("role", "<u1", _coder(PartyRole)),
                ("confidential", "<u1", _number),
            ),
        ),
    ),
    within=("transfer", Transfer),
    refers={"organization": Organization},
)
"""One row per party; 0 means that it is not a firm on record."""

SHEETS = {sheet.name: sheet for sheet in (COMPONENTS, RECOVERIES, TRANSFERS, PARTIES)}
