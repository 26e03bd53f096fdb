"""Customers and listed parties by their registration numbers: who shares one, and who is another by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from provenance.screening.listed_parties import ListedNumber
from provenance.sources.customers import Customer
from provenance.text.registration_numbers import (
    Compared,
    Difference,
    RegistrationNumber,
    Sameness,
    Validity,
    compare,
    difference,
    keys_of,
    remarks_on,
)

SHORTEST_UNDER_ANOTHER_SCHEME = 7
"""Shorter numbers of two schemes, or of unknown ones, are equal by chance."""

_SCORES = {Sameness.SAME: 1.0, Sameness.SAME_OPEN: 0.95, Sameness.SAME_DIGITS: 0.8}
"""What equal numbers are worth: the same scheme decides; else the digits may be equal by chance."""

_MOST_REMARKS = 3


@dataclass(frozen=True, slots=True)
class NumberMatch:
    """A number of a customer that a listed party has, and the score that it gives."""

    listed: ListedNumber
    compared: Compared
    score: float

    @property
    def decides(self) -> bool:
        """Whether it is the same number of the same scheme."""
        return self.compared.sameness is Sameness.SAME


def equal_numbers(customer: Customer, by_key: Mapping[str, Sequence[ListedNumber]]) -> Iterator[NumberMatch]:
    """The listed numbers that are equal to one of the customer's; short ones only under their own scheme."""
    for number in customer.identifiers:
        seen: set[tuple[int, int, RegistrationNumber]] = set()
        for key in sorted(keys_of(number)):
            for listed in by_key.get(key, ()):
                place = listed.party, listed.record, listed.number
                if place in seen:
                    continue
                seen.add(place)
                compared = compare(number, listed.number)
                if _is_enough(compared):
                    yield NumberMatch(listed, compared, _score(compared))


def _is_enough(compared: Compared) -> bool:
    if compared.sameness is Sameness.SAME:
        return True
    return len(compared.given.value.lstrip("0")) >= SHORTEST_UNDER_ANOTHER_SCHEME


def _score(compared: Compared) -> float:
    # What passes the check digits of the scheme that one side names is that number.
    valid = Validity.VALID in (compared.given.validity, compared.listed.validity)
    is_open = compared.sameness is Sameness.SAME_OPEN
    return 1.0 if is_open and valid else _SCORES[compared.sameness]


def difference_from(customer: Customer, listed: Sequence[RegistrationNumber]) -> Difference | None:
    """The number by which a customer is not the party that has these; None where none says so."""
    return difference(customer.identifiers, listed)


def number_remarks(customer: Customer, listed: Sequence[RegistrationNumber]) -> list[str]:
    """Why the customer's numbers do not decide about the party that has these."""
    return list(remarks_on(customer.identifiers, customer.no_numbers, listed))[:_MOST_REMARKS]
