"""Given parties against listed ones: by name and by address, many at once. Pure; knows no database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from provenance.screening.index import NameIndex
from provenance.screening.scoring import THRESHOLD, scores
from provenance.screening.search import Asked, Compared, ask, compare, share
from provenance.sources.customers import Customer
from provenance.text.addresses import AddressParts, UnitMatch, numbers_meet, read_address, unit_match
from provenance.text.party_names import name_words, read_names

NEAR = 0.06
"""How far below the threshold a pair is kept, because country and context may raise it."""

_UNIT_WORTH = {UnitMatch.SAME: 1.0, UnitMatch.OVERLAPS: 0.85, UnitMatch.UNSTATED: 0.75, UnitMatch.OTHER: 0.0}
_LEAST_BUILDING = 0.6


@dataclass(frozen=True, slots=True)
class Found:
    """A listed party that a given one is like.

    ``row`` is the listed name's or address's own number. ``shared`` and ``missed`` are words of the given
    name, ``missed_listed`` words of the listed one that the other side lacks.
    """

    party: int
    row: int
    score: float
    by: str
    given: str
    shared: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    missed_listed: tuple[str, ...] = ()
    exact: bool = False
    unit: UnitMatch | None = None


@dataclass(frozen=True, slots=True)
class Matcher:
    """Listed names and addresses, packed."""

    names: NameIndex
    addresses: NameIndex

    def by_name(self, customers: Sequence[Customer], threshold: float = THRESHOLD) -> list[list[Found]]:
        """For each customer the listed parties that its names are like, best name of each party first."""
        given = [
            (place, name.name, words)
            for place, customer in enumerate(customers)
            if not customer.fault
            for name in read_names(customer.name)
            if not (words := name_words(name.name)).only_forms and words.words
        ]
        asked = ask(self.names, [words for _place, _name, words in given])
        best: list[dict[int, Found]] = [{} for _customer in customers]
        for pairs in compare(self.names, asked):
            found = scores(self.names, asked, pairs)
            for at in np.flatnonzero(found >= threshold - NEAR).tolist():
                place, name, _words = given[int(pairs.asked[at])]
                party = int(self.names.party[pairs.listed[at]])
                known = best[place].get(party)
                if known is None or known.score < found[at]:
                    best[place][party] = self._found(asked, pairs, at, name, float(found[at]))
        return [sorted(one.values(), key=lambda found: (-found.score, found.party)) for one in best]

    def _found(self, asked: Asked, pairs: Compared, at: int, name: str, score: float) -> Found:
        words = asked.names[int(pairs.asked[at])].words
        covered = pairs.of_asked[at, : len(words)]
        listed = int(pairs.listed[at])
        start, end = (int(self.names.element_start[listed + step]) for step in (0, 1))
        # The first elements of a name are its words, one by one.
        texts = [
            self.names.text_at(int(self.names.element_text[element]))
            for element in range(start, end)
            if int(self.names.element_length[element]) == 1
            and element - start == int(self.names.element_at[element])
        ]
        missed = [text for place, text in enumerate(texts) if pairs.of_listed[at, place] == 0]
        return Found(
            party=int(self.names.party[listed]),
            row=int(self.names.row[listed]),
            score=score,
            by="name",
            given=name,
            shared=tuple(word.text for word, part in zip(words, covered, strict=True) if part > 0),
            missed=tuple(word.text for word, part in zip(words, covered, strict=True) if part == 0),
            missed_listed=tuple(missed),
            exact=bool((covered > 0.999).all() and (pairs.of_listed[at, : len(texts)] > 0.999).all()),
        )

    def by_address(self, customers: Sequence[Customer]) -> list[list[tuple[Found, str]]]:
        """For each customer the listed addresses whose building is like, with the address asked.

        The unit is settled by `with_unit`, when the listed address as written is at hand.
        """
        given = [
            (place, address, parts)
            for place, customer in enumerate(customers)
            if not customer.fault
            for address in customer.addresses
            if (parts := read_address(address)).locates
        ]
        asked = ask(self.addresses, [parts.words for _place, _address, parts in given])
        best: list[dict[tuple[int, int], tuple[Found, str]]] = [{} for _customer in customers]
        for pairs in compare(self.addresses, asked):
            covered = share(asked.weight[pairs.asked], pairs.of_asked)
            of_listed = share(self.addresses.weight[pairs.listed], pairs.of_listed)
            building = np.sqrt(covered * of_listed)
            for at in np.flatnonzero(building >= _LEAST_BUILDING).tolist():
                place, address, _parts = given[int(pairs.asked[at])]
                listed = int(pairs.listed[at])
                party, row = int(self.addresses.party[listed]), int(self.addresses.row[listed])
                known = best[place].get((party, row))
                if known is None or known[0].score < building[at]:
                    found = Found(party, row, float(building[at]), "address", address)
                    best[place][party, row] = found, address
        return [list(one.values()) for one in best]


def with_unit(building: Found, listed: str) -> Found | None:
    """The same with the unit settled and its worth in the score; None where the buildings differ.

    Another unit in the same building scores 0: it is no hit, but it is said of one that is.
    """
    given, other = read_address(building.given), read_address(listed)
    if not numbers_meet(given, other) or not _named_alike(given, other):
        return None
    unit = unit_match(given, other)
    exact = building.score > 0.99
    return Found(
        party=building.party,
        row=building.row,
        score=round(building.score * _UNIT_WORTH[unit], 4),
        by="address",
        given=building.given,
        unit=unit,
        exact=exact,
    )


def _named_alike(given: AddressParts, listed: AddressParts) -> bool:
    """Whether more than numbers is shared, or a post box."""
    if given.boxes & listed.boxes:
        return True
    names = [{word.text for word in parts.words.words if word.kind == "own"} for parts in (given, listed)]
    return bool(names[0] & names[1]) or not all(names)


def screenable(customer: Customer) -> str | None:
    """Why a customer cannot be screened; None where it can."""
    if customer.fault:
        return customer.fault
    if customer.identifiers or any(read_address(address).locates for address in customer.addresses):
        return None
    if not customer.name:
        return "no name, no number and no address that names a building"
    words = [name_words(name.name) for name in read_names(customer.name)]
    if not any(one.words for one in words):
        return "the name has no letter and no digit"
    if all(one.only_forms for one in words):
        return "the name is only a legal form"
    return None
