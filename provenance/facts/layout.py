"""What the two fact sheets hold: one number a column a row, and how the tables' values become numbers."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, and_, func, select

from provenance.models.tables import table
from provenance.vocab import (
    Authenticity,
    ComponentCategory,
    Extent,
    RecoveryDateKind,
    RecoveryKind,
    StatementStatus,
)

UNKNOWN = 0
"""What stands in a column where the tables hold NULL; no id, code, day or count is ever zero."""


def code(vocabulary: type[StrEnum], member: str | None) -> int:
    """The number of a vocabulary's member, from 1; 0 for the unknown."""
    return 0 if member is None else list(vocabulary).index(vocabulary(member)) + 1


def country_number(country: str | None) -> int:
    """The number of a two-letter country code; 0 for the unknown."""
    return 0 if country is None else ord(country[0]) << 8 | ord(country[1])


def country_text(number: int) -> str | None:
    """The two-letter country code of a number."""
    return None if number == 0 else chr(number >> 8) + chr(number & 255)


def _coder(vocabulary: type[StrEnum]) -> Callable[[Any], int]:
    codes: dict[str | None, int] = {None: 0}
    codes.update({member.value: place for place, member in enumerate(vocabulary, start=1)})
    return codes.__getitem__


def _number(value: Any) -> int:
    return value or 0


def _day(value: date | None) -> int:
    return value.toordinal() if value is not None else 0


def _read(basis: str | None) -> int:
    """1 for what the program read or derived, 0 for what a source states or nobody does."""
    return int(basis is not None and basis != "published")


def _hs6(value: str | None) -> int:
    return int(value) if value else 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A fact sheet: the statement that reads its rows by id, and each column's name, width and coding.

    Widths are numpy's: ``<i4`` and so on.
    """

    name: str
    statement: Callable[[], Select[Any]]
    columns: tuple[tuple[str, str, Callable[[Any], int]], ...]

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
        )
        described = [
            self.name,
            *(f"{name}:{width}:{coding.__qualname__}" for name, width, coding in self.columns),
            *(",".join(vocabulary) for vocabulary in vocabularies),
        ]
        return hashlib.sha256("\n".join(described).encode()).hexdigest()[:16]

    def names(self) -> Sequence[str]:
        """The columns' names in order."""
        return [name for name, _width, _coding in self.columns]


def _component_rows() -> Select[Any]:
    component, said, guessed = (
        table("component"),
        table("maker_attribution").alias(),
        table("maker_attribution").alias(),
    )
    part, guess = table("identification").alias(), table("identification").alias()
    citation = table("citation")

    def cited(figure: Any) -> Any:
        return select(figure).where(citation.c.component_id == component.c.id).scalar_subquery()

    reported = cited(func.min(func.coalesce(citation.c.published_latest, citation.c.retrieved)))
    published = cited(func.min(citation.c.published_latest))
    credibility = cited(func.min(citation.c.credibility))
    return (
        select(
            component.c.id,
            component.c.recovery_id,
            said.c.organization_id,
            guessed.c.organization_id.label("guessed_organization_id"),
            said.c.country_stated,
            part.c.part_id,
            guess.c.part_id.label("guessed_part_id"),
            component.c.category,
            component.c.category_basis,
            component.c.hs6,
            component.c.hs6_basis,
            component.c.made_earliest,
            component.c.made_latest,
            component.c.pieces,
            component.c.authenticity,
            reported.label("reported"),
            published.label("published"),
            credibility.label("credibility"),
        )
        .outerjoin(said, _standing(said, component, tentative=False))
        .outerjoin(guessed, _standing(guessed, component, tentative=True))
        .outerjoin(part, _standing(part, component, tentative=False))
        .outerjoin(guess, _standing(guess, component, tentative=True))
    )


def _standing(statement: Any, component: Any, *, tentative: bool) -> Any:
    firmness = statement.c.status == StatementStatus.TENTATIVE
    return and_(
        statement.c.component_id == component.c.id,
        statement.c.superseded_by.is_(None),
        firmness if tentative else ~firmness,
    )


def _recovery_rows() -> Select[Any]:
    recovery, dated = table("recovery"), table("recovery_date")

    def bound(kind: RecoveryDateKind, column: str, choose: Any) -> Any:
        return (
            select(choose(dated.c[column]))
            .where(dated.c.recovery_id == recovery.c.id, dated.c.kind == kind)
            .scalar_subquery()
        )

    seen = [
        bound(kind, column, choose).label(f"{kind}_{column}")
        for kind in (RecoveryDateKind.RECOVERED, RecoveryDateKind.CAPTURED, RecoveryDateKind.USED)
        for column, choose in (("earliest", func.min), ("latest", func.max))
    ]
    return select(
        recovery.c.id,
        recovery.c.kind,
        recovery.c.extent,
        recovery.c.weapon_system_id,
        recovery.c.unit_type_id,
        *seen,
        bound(RecoveryDateKind.PRODUCED, "latest", func.max).label("produced_latest"),
        bound(RecoveryDateKind.UNSTATED, "earliest", func.min).label("unstated_earliest"),
    )


COMPONENTS = Sheet(
    "component",
    _component_rows,
    (
        ("id", "<i4", _number),
        ("recovery", "<i4", _number),
        ("organization", "<i4", _number),
        ("guessed_organization", "<i4", _number),
        ("country_stated", "<u2", country_number),
        ("part", "<i4", _number),
        ("guessed_part", "<i4", _number),
        ("category", "<u1", _coder(ComponentCategory)),
        ("category_read", "<u1", _read),
        ("hs6", "<i4", _hs6),
        ("hs6_read", "<u1", _read),
        ("made_earliest", "<i4", _day),
        ("made_latest", "<i4", _day),
        ("pieces", "<i4", _number),
        ("authenticity", "<u1", _coder(Authenticity)),
        ("reported", "<i4", _day),
        ("published", "<i4", _day),
        ("credibility", "<u1", _number),
    ),
)
"""One row a component; days are proleptic Gregorian ordinals, ids are row numbers."""

RECOVERIES = Sheet(
    "recovery",
    _recovery_rows,
    (
        ("id", "<i4", _number),
        ("kind", "<u1", _coder(RecoveryKind)),
        ("extent", "<u1", _coder(Extent)),
        ("weapon", "<i4", _number),
        ("unit_type", "<i4", _number),
        *(
            (f"{kind}_{end}", "<i4", _day)
            for kind in ("recovered", "captured", "used")
            for end in ("earliest", "latest")
        ),
        ("produced_latest", "<i4", _day),
        ("unstated_earliest", "<i4", _day),
    ),
)
"""One row a recovery; a date that several statements give is bounded by all of them."""

SHEETS = {sheet.name: sheet for sheet in (COMPONENTS, RECOVERIES)}
