"""Attribution: which firm and which country each component counts for, on the basis of the question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from provenance.core.vocabulary import CountryBasis, SeatKind
from provenance.domain.ownership import Genealogy
from provenance.domain.record_kinds import RecordKind
from provenance.domain.sameness import clusters
from provenance.queries.fact_table import FactTable, Mask, Numbers, slices
from provenance.queries.facts.columns import ComponentFact
from provenance.queries.facts.layout import country_number
from provenance.queries.facts.packing import Column
from provenance.schema.session import Session

_DAYS = date.max.toordinal() + 1


@dataclass(frozen=True, slots=True)
class Attribution:
    """The firm that each of some components counts for (0: unknown), and its country (0: unknown).

    ``line`` is each component's line in the small tables ``brands``, ``firms``, ``countries`` and
    ``unverified_lines``, which have a line for each brand, or for each owner that a brand has had.
    ``labels`` are the countries that sources publish (0: none): they are used where nothing better is known
    of a firm that is the brand itself; None where no source publishes any, or where they say nothing about
    the basis. ``unverified_lines`` have a link from brand to firm that is not fully verified.
    """

    line: Numbers
    brands: Numbers
    firms: Numbers
    countries: Numbers
    unverified_lines: Mask
    labels: Numbers | None

    @property
    def brand(self) -> Numbers:
        """Each component's brand, merged firms as one."""
        return self.brands.take(self.line)

    @property
    def firm(self) -> Numbers:
        """The firm that each component counts for."""
        return self.firms.take(self.line)

    @property
    def country(self) -> Numbers:
        """Each firm's country."""
        countries = self.countries.take(self.line)
        return countries if self.labels is None else np.where(self.by_label, self.labels, countries)

    @property
    def owner_unknown(self) -> Mask:
        """Lines whose brand is known, but whose owner on the day of the basis is not."""
        found: Mask = (self.brands != 0) & (self.firms == 0)
        return found

    @property
    def by_label(self) -> Mask:
        """Components whose country is only the source's label."""
        if self.labels is None:
            return np.zeros(len(self.line), dtype=np.bool_)
        unknown = (self.countries == 0) & (self.firms == self.brands)
        found: Mask = unknown.take(self.line) & (self.labels != 0)
        return found

    @property
    def unverified(self) -> Mask:
        """Components whose attribution has an ownership link that is not fully verified."""
        return self.unverified_lines.take(self.line)

    def narrowed(self, stay: Numbers) -> Attribution:
        """The attribution of the components at these places."""
        labels = None if self.labels is None else self.labels.take(stay)
        return replace(self, line=self.line.take(stay), labels=labels)


def concatenated(parts: Sequence[Attribution]) -> Attribution:
    """The attributions of several parts as one; they share their tables."""
    first = parts[0]
    labels = [part.labels for part in parts if part.labels is not None]
    return replace(
        first,
        line=np.concatenate([part.line for part in parts]),
        labels=np.concatenate(labels) if labels else None,
    )


class AttributionResolver:
    """Finds the firm and the country of components, on one basis."""

    def __init__(
        self,
        session: Session,
        facts: FactTable,
        genealogy: Genealogy,
        basis: CountryBasis,
        *,
        read_makers: bool,
    ) -> None:
        self._facts = facts
        self._read_makers = read_makers
        present = self._present()
        self._merged = _merged(session, int(present.max(initial=0)))
        self._periods: OwnershipPeriods | None = None
        if basis is CountryBasis.OWNER_AT_MANUFACTURE:
            self._periods = OwnershipPeriods(self._merged[present], genealogy)
            brands, firms, unverified = self._periods.lines
        else:
            brands = self._merged
            owners = genealogy if basis is not CountryBasis.BRAND else None
            firms, unverified = _firms_now(brands, present, owners)
        seat = SeatKind.LEGAL if basis is CountryBasis.DOMICILE else SeatKind.HEADQUARTERS
        countries = _countries(firms, genealogy, seat)
        none = np.empty(0, dtype=np.int64)
        self._label = facts.components[ComponentFact.COUNTRY_STATED]
        # A source's label is about the brand's headquarters, not about an owner or a legal seat.
        self._no_labels = self._label.single == 0 or basis is CountryBasis.DOMICILE
        self.lines = Attribution(
            none, brands, firms, countries, unverified, None if self._no_labels else none
        )
        """The tables, without any component."""

    def _present(self) -> Numbers:
        """The organizations that components name, ascending."""
        stated = [self._facts.components[name] for name in self._columns]
        found = np.zeros(max(column.highest for column in stated) + 1, dtype=np.bool_)
        for column in stated:
            for some in slices(len(column)):
                found[Column(column.stored[some], column.base).whole()] = True
        return np.flatnonzero(found)

    @property
    def _columns(self) -> tuple[ComponentFact, ...]:
        return (
            (ComponentFact.ORGANIZATION, ComponentFact.GUESSED_ORGANIZATION)
            if self._read_makers
            else (ComponentFact.ORGANIZATION,)
        )

    def of(self, rows: Numbers) -> Attribution:
        """The attribution of the components at these positions."""
        number, *guessed = (self._facts.components[name].take(rows) for name in self._columns)
        if guessed:
            number += (number == 0) * guessed[0]
        if self._periods is not None:
            number = self._periods.lines_of(self._facts, rows, self._merged.take(number))
        labels = None if self._no_labels else self._label.take(rows)
        return replace(self.lines, line=number, labels=labels)


def _merged(session: Session, highest: int) -> Numbers:
    """The brand that each organization counts as: merged ones as one."""
    merged = clusters(session, RecordKind.ORGANIZATION)
    brands = np.arange(max(highest, *merged, 0) + 1 if merged else highest + 1, dtype=np.int32)
    if merged:
        brands[list(merged)] = list(merged.values())
    return brands


def _firms_now(brands: Numbers, present: Numbers, genealogy: Genealogy | None) -> tuple[Numbers, Mask]:
    """The current owner of each brand that is present, or the brand itself where ``genealogy`` is None."""
    firms, unverified = np.zeros(len(brands), dtype=np.int32), np.zeros(len(brands), dtype=np.bool_)
    firms[present] = brands[present]
    if genealogy is not None:
        # A brand without any owner on record is its own firm.
        for number in present[np.isin(brands[present], list(genealogy.steps))].tolist():
            owner = genealogy.owner_now(int(brands[number]))
            firms[number], unverified[number] = owner.organization_id or 0, owner.unverified
    return firms, unverified


def _countries(firms: Numbers, genealogy: Genealogy, seat: SeatKind) -> Numbers:
    distinct, places = np.unique(firms, return_inverse=True)
    found = [country_number(genealogy.country(number, seat)) for number in distinct.tolist()]
    return np.array(found, dtype=np.int32).take(places)


class OwnershipPeriods:
    """Who owned a brand when: a line for the unknown owner, then one for each owner it has had."""

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
        brand, firm, unverified = zip(*lines, strict=True)
        self.lines = np.array(brand), np.array(firm), np.array(unverified)
        """Brand, owner, and whether a link between them is not fully verified."""

    def lines_of(self, facts: FactTable, rows: Numbers, brand: Numbers) -> Numbers:
        """The line of the owner on every possible day of manufacture; the brand's first line if several."""
        lines: Numbers = self._first.take(brand) + (brand != 0)
        among = np.flatnonzero(self._several.take(brand))
        brand = brand.take(among)
        earliest, latest = facts.made_bounds(rows.take(among))
        begin = brand.astype(np.int64) * _DAYS
        first = np.searchsorted(self._days, begin + np.maximum(earliest, 1), side="right") - 1
        last = np.searchsorted(self._days, begin + latest, side="right") - 1
        # Consecutive steps of a timeline have different owners, so the same owner means the same step.
        lines[among] = np.where(first == last, first, self._first.take(brand))
        return lines
