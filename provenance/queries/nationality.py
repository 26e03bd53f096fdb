"""Which firm and which country each component counts for, on the basis that the question names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from sqlmodel import Session

from provenance.clusters import clusters
from provenance.facts.layout import country_number
from provenance.ownership import Genealogy, load_genealogy
from provenance.queries.ground import Ground, Mask, Numbers
from provenance.vocab import CountryBasis, SeatKind


@dataclass(frozen=True, slots=True)
class Standing:
    """Per component: the firm it counts for (0: none known) and that firm's country (0: unknown).

    ``open_owner`` marks components whose brand is known but whose owner on the basis's day is not;
    ``by_label`` those whose country is only the source's own label; ``unverified`` those whose road
    from brand to firm has a link that is not fully verified.
    """

    firm: Numbers
    country: Numbers
    open_owner: Mask
    by_label: Mask
    unverified: Mask


def brands_of(ground: Ground, session: Session, *, tentative: bool) -> Numbers:
    """Each component's brand as an organization's number, merged firms brought together."""
    brand = ground.components["organization"]
    if tentative:
        brand = np.where(brand == 0, ground.components["guessed_organization"], brand)
    merged = clusters(session, "organization")
    if merged:
        highest = max(int(brand.max(initial=0)), *merged, *merged.values())
        first = np.arange(highest + 1, dtype=np.int32)
        first[list(merged)] = list(merged.values())
        brand = first[brand]
    return brand


def stand(
    ground: Ground, session: Session, brand: Numbers, basis: CountryBasis, today: date
) -> tuple[Standing, Genealogy]:
    """Settles firm and country of every component on one basis."""
    genealogy = load_genealogy(session, today=today)
    if basis is CountryBasis.OWNER_AT_MANUFACTURE:
        firm, unverified = _owners_at_manufacture(ground, brand, genealogy)
    elif basis is CountryBasis.BRAND:
        firm, unverified = brand, np.zeros(len(brand), dtype=np.bool_)
    else:
        owners = {number: genealogy.owner_now(number) for number in _distinct(brand)}
        firm = _mapped(brand, {number: owner.organization_id or 0 for number, owner in owners.items()})
        unverified = _mapped(brand, {number: int(owner.unverified) for number, owner in owners.items()}) > 0
    seat = SeatKind.LEGAL if basis is CountryBasis.DOMICILE else SeatKind.HEADQUARTERS
    countries = {number: country_number(genealogy.country(number, seat)) for number in _distinct(firm)}
    country = _mapped(firm, countries)
    label = ground.components["country_stated"]
    # The label speaks of the brand's headquarters: it says nothing about an owner or a registered seat.
    by_label = (country == 0) & (label != 0) & (firm == brand) & (basis is not CountryBasis.DOMICILE)
    country = np.where(by_label, label, country)
    return Standing(firm, country, (brand != 0) & (firm == 0), by_label, unverified), genealogy


def _distinct(numbers: Numbers) -> list[int]:
    present = np.bincount(numbers) if len(numbers) else np.empty(0, dtype=np.int64)
    return [int(number) for number in np.flatnonzero(present) if number]


def _mapped(numbers: Numbers, mapping: dict[int, int]) -> Numbers:
    highest = max(int(numbers.max(initial=0)), *mapping, 0) if mapping else int(numbers.max(initial=0))
    lookup = np.zeros(highest + 1, dtype=np.int32)
    if mapping:
        lookup[list(mapping)] = list(mapping.values())
    return lookup[numbers]


def _owners_at_manufacture(ground: Ground, brand: Numbers, genealogy: Genealogy) -> tuple[Numbers, Mask]:
    """The owner where every day on which a component may have been made gives the same one."""
    firm, unverified = brand.copy(), np.zeros(len(brand), dtype=np.bool_)
    earliest, latest = made_bounds(ground)
    for number in _distinct(brand):
        line = genealogy.timeline(number)
        mine = np.flatnonzero(brand == number)
        if len(line) > 1:
            days = np.array([day.toordinal() for day, _owner in line])
            owners = np.array([owner or 0 for _day, owner in line], dtype=np.int32)
            # A timeline names another owner at each step, so one owner means one and the same step.
            first = np.searchsorted(days, np.maximum(earliest[mine], 1), side="right") - 1
            last = np.searchsorted(days, latest[mine], side="right") - 1
            firm[mine] = np.where(first == last, owners[first], 0)
        elif line:
            firm[mine] = line[0][1] or 0
        unverified[mine] = genealogy.owner_now(number).unverified
    return firm, unverified & (firm != brand)


def made_bounds(ground: Ground) -> tuple[Numbers, Numbers]:
    """The first and last day on which each component may have been made, as ordinals (0: no first day).

    What was recovered, used, published or built into a weapon by a day was made by that day.
    """
    earliest, latest = ground.components["made_earliest"], ground.components["made_latest"]
    never = np.int32(date.max.toordinal())
    found_by = np.full(ground.recovery_count, never, dtype=np.int32)
    for column in ("recovered_latest", "captured_latest", "used_latest", "produced_latest"):
        days = ground.recoveries[column]
        np.minimum(found_by, days, out=found_by, where=days != 0)
    bound = found_by[ground.at]
    reported = ground.components["reported"]
    np.minimum(bound, reported, out=bound, where=reported != 0)
    np.minimum(bound, latest, out=bound, where=latest != 0)
    # A date code that reads later than the find contradicts it; the code's own week then stands.
    np.copyto(bound, np.where(latest == 0, never, latest), where=bound < earliest)
    return earliest, bound
