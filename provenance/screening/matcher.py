"""Customers against listed parties, by name and by address, many at once. Pure; knows no database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from provenance.screening.contradictions import NO_HIT, only_common_words, only_sounds_alike, opposite
from provenance.screening.index import NameIndex
from provenance.screening.score import THRESHOLD, scores
from provenance.screening.search import (
    NamePairs,
    Queries,
    abbreviated,
    compare_pairs,
    find_pairs,
    possible_hits,
    query_names,
    same_general_word,
    weighted_share,
)
from provenance.screening.tokens import DISTINCTIVE
from provenance.sources.customers import Customer
from provenance.text.addresses import AddressParts, UnitMatch, numbers_meet, read_address, unit_match
from provenance.text.folding import fold_words
from provenance.text.name_words import NameWords, name_words, readings
from provenance.text.party_names import ReadName, read_names
from provenance.text.transliteration import spelled

Array = NDArray[Any]

MARGIN = 0.06
"""How far below the threshold a candidate is kept: an equal country and an address can raise it by this."""

_UNIT_SCORES = {UnitMatch.SAME: 1.0, UnitMatch.OVERLAPS: 0.85, UnitMatch.UNSTATED: 0.75, UnitMatch.OTHER: 0.0}
"""What an address is worth by its unit: the same room is a hit, the same tower alone a weak one."""

_LEAST_BUILDING = 0.6

_BY_LETTERS = 0.99

ABBREVIATION = 0.52
"""What a name is worth that the first letters of the other's words make: just a hit, to be checked."""

GENERAL_WORD = 0.6
"""What a name of one general word is worth where it is the same as a whole: just a hit, to be checked."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A listed party that a customer may be, by one of its names or addresses.

    ``row`` is the row number of the listed name or address, ``query`` what the customer gave. ``shared`` are
    words of the query that the listed name has, ``missing`` those that it lacks, and ``missing_in_query``
    words that only the listed name has. ``general`` says that the names are one general word, which is a
    hit only where they are the same as a whole (`is_same_whole`). ``abbreviated`` says that one name is made
    of the first letters of the other.
    """

    party: int
    row: int
    score: float
    query: str
    shared: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    missing_in_query: tuple[str, ...] = ()
    exact: bool = False
    general: bool = False
    abbreviated: bool = False
    unit: UnitMatch | None = None


@dataclass(frozen=True, slots=True)
class Matcher:
    """The indexes of listed names and addresses."""

    names: NameIndex
    addresses: NameIndex

    def by_name(self, customers: Sequence[Customer], threshold: float = THRESHOLD) -> list[list[Candidate]]:
        """For each customer the listed parties of similar names, each by its best name, best first.

        Parties with the same name of one general word come after them.
        """
        given = [
            (place, name.name, words)
            for place, customer in enumerate(customers)
            if not customer.fault
            for name in _names_of(customer)
            for words in readings(name.name)
            if not words.only_forms and words.words
        ]
        queries = query_names(self.names, [words for _place, _name, words in given])
        best: list[dict[int, Candidate]] = [{} for _customer in customers]
        for pairs in find_pairs(self.names, queries):
            found = scores(self.names, queries, pairs)
            for at in np.flatnonzero(found >= threshold - MARGIN).tolist():
                place, name, _words = given[int(pairs.query[at])]
                party = int(self.names.party[pairs.listed[at]])
                known = best[place].get(party)
                if known is None or known.score < found[at]:
                    candidate = self._candidate(queries, pairs, at, name, float(found[at]))
                    if known is None or known.score < candidate.score:
                        best[place][party] = candidate
        for query, listed in abbreviated(self.names, queries):
            place, name, words = given[query]
            candidate = self._abbreviation(name, words, listed)
            known = best[place].get(candidate.party)
            if known is None or known.score < candidate.score:
                best[place][candidate.party] = candidate
        answers = [sorted(one.values(), key=lambda found: (-found.score, found.party)) for one in best]
        for query, listed in same_general_word(self.names, queries):
            place, name, words = given[query]
            answers[place].append(self._general(name, words.words[0].text, listed))
        return answers

    def _abbreviation(self, name: str, words: NameWords, listed: int) -> Candidate:
        party, row = int(self.names.party[listed]), int(self.names.row[listed])
        shared = tuple(word.text for word in words.words)
        return Candidate(party, row, ABBREVIATION, name, shared=shared, abbreviated=True)

    def _general(self, name: str, word: str, listed: int) -> Candidate:
        party, row = int(self.names.party[listed]), int(self.names.row[listed])
        return Candidate(party, row, GENERAL_WORD, name, shared=(word,), exact=True, general=True)

    def _candidate(self, queries: Queries, pairs: NamePairs, at: int, name: str, score: float) -> Candidate:
        words = queries.names[int(pairs.query[at])].words
        covered = pairs.query_coverage[at, : len(words)]
        listed = int(pairs.listed[at])
        texts = self._texts(listed)
        shares = list(zip(words, covered.tolist(), strict=True))
        missing = [word.text for word, part in shares if part == 0]
        lacking = [text for place, text in enumerate(texts) if pairs.listed_coverage[at, place] == 0]
        by_letters = all(part > _BY_LETTERS for word, part in shares if word.kind in DISTINCTIVE)
        own = {word.text for word in words if word.kind in DISTINCTIVE}
        listed_own = {text for place, text in enumerate(texts) if self.names.distinctive[listed, place]}
        shared = [word for word, part in shares if part > 0]
        if (
            opposite(missing, lacking)
            or only_common_words(shared, [word for word, part in shares if part == 0], lacking)
            or (not by_letters and only_sounds_alike(own, listed_own, name))
        ):
            score = min(score, NO_HIT)
        return Candidate(
            party=int(self.names.party[listed]),
            row=int(self.names.row[listed]),
            score=score,
            query=name,
            shared=tuple(spelled(word.text) for word in shared),
            missing=tuple(map(spelled, missing)),
            missing_in_query=tuple(map(spelled, lacking)),
            exact=bool((covered > 0.999).all() and (pairs.listed_coverage[at, : len(texts)] > 0.999).all()),
        )

    def _texts(self, listed: int) -> list[str]:
        """The words of a listed name: they are its first tokens, one by one."""
        start, end = (int(self.names.token_start[listed + step]) for step in (0, 1))
        return [
            self.names.text_at(int(self.names.token_text[token]))
            for token in range(start, end)
            if int(self.names.token_words[token]) == 1 and token - start == int(self.names.token_word[token])
        ]

    def scores_of(self, names: Sequence[str], listed: Array) -> Array:
        """The score of each name with the listed name at a position of the index, 0 where there is none.

        Each name is read in every way that `readings` knows; the best counts.
        """
        read = [(place, words) for place, name in enumerate(names) for words in readings(name)]
        owner = np.array([place for place, _words in read], dtype=np.int64)
        queries = query_names(self.names, [words for _place, words in read])
        asked = compare_pairs(self.names, queries, np.arange(len(read)), listed[owner])
        possible = possible_hits(self.names, queries, asked)
        found = np.zeros(len(names))
        for at, score in enumerate(scores(self.names, queries, possible).tolist()):
            place = int(owner[possible.query[at]])
            score = self._candidate(queries, possible, at, names[place], score).score
            found[place] = max(found[place], score)
        for query, at in abbreviated(self.names, queries):
            if listed[owner[query]] == at:
                found[owner[query]] = max(found[owner[query]], ABBREVIATION)
        return found

    def by_address(self, customers: Sequence[Customer]) -> list[list[Candidate]]:
        """For each customer the listed addresses of a similar building.

        `with_unit` compares the units, once the listed address is at hand as the list writes it.
        """
        given = [
            (place, address, parts)
            for place, customer in enumerate(customers)
            if not customer.fault
            for address in customer.addresses
            if (parts := read_address(address)).locates
        ]
        queries = query_names(self.addresses, [parts.words for _place, _address, parts in given])
        best: list[dict[tuple[int, int], Candidate]] = [{} for _customer in customers]
        for pairs in find_pairs(self.addresses, queries):
            covered = weighted_share(queries.weight[pairs.query], pairs.query_coverage)
            listed_coverage = weighted_share(self.addresses.weight[pairs.listed], pairs.listed_coverage)
            building = np.sqrt(covered * listed_coverage)
            for at in np.flatnonzero(building >= _LEAST_BUILDING).tolist():
                place, address, _parts = given[int(pairs.query[at])]
                listed = int(pairs.listed[at])
                party, row = int(self.addresses.party[listed]), int(self.addresses.row[listed])
                known = best[place].get((party, row))
                if known is None or known.score < building[at]:
                    best[place][party, row] = Candidate(party, row, float(building[at]), address)
        return [list(one.values()) for one in best]


def is_same_whole(given: str, listed: str) -> bool:
    """Whether two names have the same words, legal forms among them, in any order, case and script."""
    return sorted(fold_words(given).split()) == sorted(fold_words(listed).split())


def with_unit(building: Candidate, listed: str) -> Candidate | None:
    """The candidate with its unit compared and scored; None where the buildings differ.

    Another unit in the same building scores 0: it is not a hit, but the reason of a hit by name mentions it.
    """
    given, other = read_address(building.query), read_address(listed)
    if not numbers_meet(given, other) or not _same_building_name(given, other):
        return None
    unit = unit_match(given, other)
    exact = building.score > 0.99
    return Candidate(
        party=building.party,
        row=building.row,
        score=round(building.score * _UNIT_SCORES[unit], 4),
        query=building.query,
        unit=unit,
        exact=exact,
    )


def _same_building_name(given: AddressParts, listed: AddressParts) -> bool:
    """Whether two addresses share more than numbers, or a post box."""
    if given.boxes & listed.boxes:
        return True
    names = [{word.text for word in parts.words.words if word.kind == "own"} for parts in (given, listed)]
    return bool(names[0] & names[1]) or not all(names)


def _names_of(customer: Customer) -> list[ReadName]:
    """The names to look for: those of the cell as one name, and of each party that it lists."""
    if not customer.further_names:
        return read_names(customer.name)
    cells = (customer.name, *customer.further_names)
    return list({name.name: name for cell in cells for name in read_names(cell)}.values())


def screening_fault(customer: Customer) -> str | None:
    """Why a customer cannot be screened; None where it can be."""
    if customer.fault:
        return customer.fault
    if customer.identifiers or any(read_address(address).locates for address in customer.addresses):
        return None
    if not customer.name:
        return "no name, no number and no address with a building"
    words = [name_words(name.name) for name in read_names(customer.name)]
    if not any(one.words for one in words):
        return "the name has neither a letter nor a digit"
    if all(one.only_forms for one in words):
        return "the name is only a legal form"
    return None
