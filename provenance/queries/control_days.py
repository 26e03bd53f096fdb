"""From which day broad export controls bound whoever builds a weapon."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from sqlalchemy import select

from provenance.queries.facts.packing import Numbers
from provenance.schema.reference import ControlDate, WeaponSystem
from provenance.schema.session import Session
from provenance.text.countries import country_name
from provenance.text.plurals import many

CONTROL_DAY = date(2022, 2, 24)
"""The day of the first broad controls on Russia; it is asked where no other day fits a weapon's builder."""

USUAL_BUILDER = "RU"
"""Whose controls are asked where the builder is not known, or nothing is on record for it."""


@dataclass(frozen=True, slots=True)
class ControlDay:
    """The day that "made after the controls" asked of some components.

    ``country`` is the builder's; None where the builder is not known, or no day is on record for it, and the
    day is that for Russia. ``measure`` and ``verification`` are null where the day is the program's own.
    """

    country: str | None
    day: date
    measure: str | None
    verification: str | None
    components: int


@dataclass(frozen=True, slots=True)
class Measure:
    """The measure with which broad controls began; null where the day is the program's own."""

    day: date
    measure: str | None = None
    verification: str | None = None


class ControlDays:
    """The first day of broad controls by the country that builds a weapon.

    ``measures`` are by country, ``builders`` the country that builds each weapon (by row number) where it is
    known.
    """

    def __init__(self, measures: Mapping[str, Measure], builders: Mapping[int, str]) -> None:
        self._usual = measures.get(USUAL_BUILDER, Measure(CONTROL_DAY))
        self._measures = measures
        self._builders = builders

    def ordinals(self, weapons: Numbers) -> Numbers:
        """The day for each of these weapons (0: not named), as ordinals."""
        days = np.full(len(weapons), self._usual.day.toordinal(), dtype=np.int32)
        for country, measure in self._measures.items():
            mine = [weapon for weapon, builder in self._builders.items() if builder == country]
            if measure.day != self._usual.day and mine:
                days[np.isin(weapons, mine)] = measure.day.toordinal()
        return days

    def used(self, weapons: Numbers) -> tuple[ControlDay, ...]:
        """The days asked of components from these weapons, the one asked of most first."""
        asked: dict[str | None, int] = {}
        for weapon, components in zip(*np.unique(weapons, return_counts=True), strict=True):
            builder = self._builders.get(int(weapon))
            country = builder if builder in self._measures else None
            asked[country] = asked.get(country, 0) + int(components)
        found = [
            ControlDay(country, measure.day, measure.measure, measure.verification, components)
            for country, components in asked.items()
            for measure in (self._measures.get(country or USUAL_BUILDER, self._usual),)
        ]
        return tuple(sorted(found, key=lambda item: (-item.components, item.country or "")))


def fetch_control_days(session: Session) -> ControlDays:
    """The days on record."""
    rows = session.execute(
        select(ControlDate.broad_for, ControlDate.date, ControlDate.measure, ControlDate.verification)
        .where(ControlDate.broad_for.is_not(None))
        .order_by(ControlDate.date, ControlDate.key)
    )
    measures: dict[str, Measure] = {}
    for row in rows:
        for country in row.broad_for.split(";"):
            measures.setdefault(country, Measure(row.date, row.measure, row.verification))
    builders = session.execute(
        select(WeaponSystem.id, WeaponSystem.build_country).where(WeaponSystem.build_country.is_not(None))
    )
    return ControlDays(measures, {row.id: row.build_country for row in builders})


def days_in_words(used: tuple[ControlDay, ...]) -> list[str]:
    """Which day was asked of which components, as a note of a basis; none where one day was asked of all."""
    if len({item.day for item in used}) < 2:
        return []
    asked = (
        f"{item.day} of {many(item.components, 'component')}"
        + (
            f" from weapons built in {country_name(item.country)}"
            if item.country
            else " whose weapon's builder is not known or has no day on record"
        )
        + (f" ({item.measure}; {item.verification})" if item.measure and item.country else "")
        for item in used
    )
    return [f"Made after the controls asks {'; '.join(asked)}."]
