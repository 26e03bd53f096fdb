"""Which firm and which country each component counts for, on the basis that the question names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from provenance.core.vocabulary import CountryBasis, SeatKind
from provenance.domain.ownership import Genealogy
from provenance.domain.sameness import clusters
from provenance.facts.layout import country_number
from provenance.facts.packing import Column
from provenance.queries.ground import Ground, Mask, Numbers, pieces
from provenance.schema.session import Session

_DAYS = date.max.toordinal() + 1


@dataclass(frozen=True, slots=True)
class Standing:
    """The firm that each of some components counts for (0: none known), and its country (0: unknown).

    ``bearer`` is each component's line in the small tables ``brands``, ``firms``, ``countries`` and
    ``doubtful``, a line for each brand, or for each owner that a brand had. ``labels`` are the countries
    that sources state themselves, which stand in where nothing better is known of a firm that is the
    brand itself; None where there are none, or where they say nothing about the question's basis.
    ``doubtful`` are lines with a link from brand to firm that is not fully verified.
    """

    bearer: Numbers
    brands: Numbers
    firms: Numbers
    countries: Numbers
    doubtful: Mask
    labels: Numbers | None

    @property
    def brand(self) -> Numbers:
        """Each component's brand, merged firms brought together."""
        return self.brands.take(self.bearer)

    @property
    def firm(self) -> Numbers:
        """The firm that each component counts for."""
        return self.firms.take(self.bearer)

    @property
    def country(self) -> Numbers:
        """Each firm's country."""
        countries = self.countries.take(self.bearer)
        return countries if self.labels is None else np.where(self.by_label, self.labels, countries)

    @property
    def open_owner(self) -> Mask:
        """Lines whose brand is known, but not who owned it on the basis's day."""
        found: Mask = (self.brands != 0) & (self.firms == 0)
        return found

    @property
    def by_label(self) -> Mask:
        """Components whose country is only the source's own label."""
        if self.labels is None:
            return np.zeros(len(self.bearer), dtype=np.bool_)
        open_ = (self.countries == 0) & (self.firms == self.brands)
        found: Mask = open_.take(self.bearer) & (self.labels != 0)
        return found

    @property
    def unverified(self) -> Mask:
        """Components whose road from brand to firm has a link that is not fully verified."""
        return self.doubtful.take(self.bearer)

    def narrowed(self, stay: Numbers) -> Standing:
        """The same for the components at these places among those here."""
        labels = None if self.labels is None else self.labels.take(stay)
        return replace(self, bearer=self.bearer.take(stay), labels=labels)


def together(parts: Sequence[Standing]) -> Standing:
    """One standing of the components of several, which share their tables."""
    first = parts[0]
    labels = [part.labels for part in parts if part.labels is not None]
    return replace(
        first,
        bearer=np.concatenate([part.bearer for part in parts]),
        labels=np.concatenate(labels) if labels else None,
    )


class Roads:
    """The roads from components to firms and countries, on one basis."""

    def __init__(
        self,
        session: Session,
        ground: Ground,
        genealogy: Genealogy,
        basis: CountryBasis,
        *,
        tentative: bool,
    ) -> None:
        self._ground = ground
        self._tentative = tentative
        present = self._present()
        self._merged = _merged(session, int(present.max(initial=0)))
        self._eras: Eras | None = None
        if basis is CountryBasis.OWNER_AT_MANUFACTURE:
            self._eras = Eras(self._merged[present], genealogy)
            brands, firms, doubtful = self._eras.lines
        else:
            brands = self._merged
            walk = genealogy if basis is not CountryBasis.BRAND else None
            firms, doubtful = _firms_now(brands, present, walk)
        seat = SeatKind.LEGAL if basis is CountryBasis.DOMICILE else SeatKind.HEADQUARTERS
        countries = _countries(firms, genealogy, seat)
        none = np.empty(0, dtype=np.int64)
        self._label = ground.components["country_stated"]
        # The label speaks of the brand's headquarters: it says nothing about an owner or a registered seat.
        self._useless = self._label.single == 0 or basis is CountryBasis.DOMICILE
        self.lines = Standing(none, brands, firms, countries, doubtful, None if self._useless else none)
        """The tables, of no component."""

    def _present(self) -> Numbers:
        """Each organization's number that a component states, upwards."""
        stated = [self._ground.components[name] for name in self._columns]
        found = np.zeros(max(column.highest for column in stated) + 1, dtype=np.bool_)
        for column in stated:
            for some in pieces(len(column)):
                found[Column(column.stored[some], column.base).whole()] = True
        return np.flatnonzero(found)

    @property
    def _columns(self) -> tuple[str, ...]:
        return ("organization", "guessed_organization") if self._tentative else ("organization",)

    def of(self, rows: Numbers) -> Standing:
        """The standing of the components at these positions."""
        number, *guessed = (self._ground.components[name].take(rows) for name in self._columns)
        if guessed:
            number += (number == 0) * guessed[0]
        if self._eras is not None:
            number = self._eras.lines_of(self._ground, rows, self._merged.take(number))
        labels = None if self._useless else self._label.take(rows)
        return replace(self.lines, bearer=number, labels=labels)


def _merged(session: Session, highest: int) -> Numbers:
    """Each organization's number as a brand, merged ones brought to one."""
    merged = clusters(session, "organization")
    brands = np.arange(max(highest, *merged, 0) + 1 if merged else highest + 1, dtype=np.int32)
    if merged:
        brands[list(merged)] = list(merged.values())
    return brands


def _firms_now(brands: Numbers, present: Numbers, genealogy: Genealogy | None) -> tuple[Numbers, Mask]:
    """The owner today of each brand that is present, or the brand itself where nobody knows of owners."""
    firms, doubtful = np.zeros(len(brands), dtype=np.int32), np.zeros(len(brands), dtype=np.bool_)
    firms[present] = brands[present]
    if genealogy is not None:
        # A brand that nobody ever owned is its own firm.
        for number in present[np.isin(brands[present], list(genealogy.steps))].tolist():
            owner = genealogy.owner_now(int(brands[number]))
            firms[number], doubtful[number] = owner.organization_id or 0, owner.unverified
    return firms, doubtful


def _countries(firms: Numbers, genealogy: Genealogy, seat: SeatKind) -> Numbers:
    distinct, places = np.unique(firms, return_inverse=True)
    found = [country_number(genealogy.country(number, seat)) for number in distinct.tolist()]
    return np.array(found, dtype=np.int32).take(places)


class Eras:
    """Who owned a brand when: a line for an owner that is not known, then one for each owner it had."""

    def __init__(self, brands: Numbers, genealogy: Genealogy) -> None:
        lines: list[tuple[int, int, bool]] = []
        days: list[int] = []
        highest = int(brands.max(initial=0))
        self._first = np.zeros(highest + 1, dtype=np.int64)
        self._several = np.zeros(highest + 1, dtype=np.bool_)
        for number in np.unique(np.append(brands, 0)).tolist():
            timeline = genealogy.timeline(number) if number else []
            self._first[number], self._several[number] = len(lines), len(timeline) > 1
            lines.append((number, 0, False))
            for day, owner in timeline:
                lines.append((number, owner or 0, genealogy.owner_on(number, day).unverified))
            days += [number * _DAYS, *(number * _DAYS + day.toordinal() for day, _owner in timeline)]
        self._days = np.array(days)
        brand, firm, doubtful = zip(*lines, strict=True)
        self.lines = np.array(brand), np.array(firm), np.array(doubtful)
        """Brand, owner, and whether the road between has a link that is not fully verified."""

    def lines_of(self, ground: Ground, rows: Numbers, brand: Numbers) -> Numbers:
        """The line of the owner in whose time a component was surely made, else its brand's first."""
        lines: Numbers = self._first.take(brand) + (brand != 0)
        among = np.flatnonzero(self._several.take(brand))
        brand = brand.take(among)
        earliest, latest = ground.made_bounds(rows.take(among))
        begin = brand.astype(np.int64) * _DAYS
        first = np.searchsorted(self._days, begin + np.maximum(earliest, 1), side="right") - 1
        last = np.searchsorted(self._days, begin + latest, side="right") - 1
        # A timeline names another owner at each step, so one owner means one and the same step.
        lines[among] = np.where(first == last, first, self._first.take(brand))
        return lines
