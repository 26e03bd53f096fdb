"""Two parties by their numbers: equal, equal in their digits only, two different parties, or undecided.

The rule that screening rests on: only a valid number that differs from valid numbers of the same scheme and
place says that two parties are two. An invalid, unverifiable or other number never does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from provenance.text.registration_numbers.records import RegistrationNumber, UnreadNumber, Validity
from provenance.text.registration_numbers.schemes import GENERAL, decides, scheme_of

_FEWEST_DIGITS_OF_KEY = 7


class Sameness(Enum):
    """How two numbers compare; the members are in order of weight."""

    SAME = 1
    """The same number of the same scheme."""

    SAME_OPEN = 2
    """The same characters; the scheme or the place of at least one of them is not stated."""

    SAME_DIGITS = 3
    """The same characters in different schemes or places, or the same but for letters or leading zeros."""

    DIFFERENT = 4
    """Two numbers of which a party has one, both valid: two parties."""

    UNDECIDED = 5
    """Different, and that says nothing."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A given number beside a listed one; ``why`` says what an undecided or open comparison lacks."""

    given: RegistrationNumber
    listed: RegistrationNumber
    sameness: Sameness
    why: str = ""


def keys_of(number: RegistrationNumber) -> frozenset[str]:
    """What a number is looked up by: equal numbers share a key, however a scheme or its zeros are written."""
    bare = number.value.lstrip("0")
    digits = "".join(filter(str.isdigit, number.value)).lstrip("0")
    return frozenset({bare, digits} if len(digits) >= _FEWEST_DIGITS_OF_KEY else {bare})


def compare(given: RegistrationNumber, listed: RegistrationNumber) -> Compared:
    """How a given number compares with a listed one."""
    if keys_of(given) & keys_of(listed):
        sameness, why = _of_equal(given, listed)
    else:
        why = _why_undecided(given, listed)
        sameness = Sameness.UNDECIDED if why else Sameness.DIFFERENT
    return Compared(given, listed, sameness, why)


def _of_equal(given: RegistrationNumber, listed: RegistrationNumber) -> tuple[Sameness, str]:
    same_scheme = given.scheme == listed.scheme
    equal = given.value == listed.value
    if same_scheme and equal and _same_place(given, listed):
        invalid = Validity.INVALID in (given.validity, listed.validity)
        return Sameness.SAME, "its check digit does not hold" if invalid else ""
    if not equal:
        return Sameness.SAME_DIGITS, "equal but for letters or leading zeros"
    if _places_differ(given, listed):
        return Sameness.SAME_DIGITS, f"issued in {given.place}, the entry's in {listed.place}"
    if same_scheme:
        return Sameness.SAME_OPEN, "where it was issued is not stated on both sides"
    if given.scheme in GENERAL or listed.scheme in GENERAL:
        return Sameness.SAME_OPEN, f"{_called(given)}; the entry's is {_called(listed)}"
    return Sameness.SAME_DIGITS, f"{given.scheme}; the entry's is {listed.scheme}"


def _called(number: RegistrationNumber) -> str:
    return number.scheme or "of no stated scheme"


def _is_worldwide(scheme: str | None) -> bool:
    known = scheme_of(scheme)
    return known is not None and known.place is None


def _same_place(given: RegistrationNumber, listed: RegistrationNumber) -> bool:
    return given.place == listed.place or _is_worldwide(given.scheme)


def _places_differ(given: RegistrationNumber, listed: RegistrationNumber) -> bool:
    return None not in (given.place, listed.place) and given.place != listed.place


def _why_undecided(given: RegistrationNumber, listed: RegistrationNumber) -> str:
    """Why two numbers that differ do not make two parties; empty where they do."""
    if given.scheme != listed.scheme or given.scheme is None:
        return "of another scheme"
    if not _same_place(given, listed):
        return "issued elsewhere, or where is not stated"
    if given.validity is Validity.INVALID:
        return "its check digit does not hold"
    if listed.validity is Validity.INVALID:
        return "the check digit of the entry's number does not hold"
    if not (decides(given.scheme) and given.validity is listed.validity is Validity.VALID):
        return "a party may have several" if _is_several(given.scheme) else "it has no check digit"
    # A firm's and a person's number of one scheme have different lengths, and a person may trade as a firm.
    return "" if len(given.value) == len(listed.value) else "of another kind of holder"


def _is_several(scheme: str | None) -> bool:
    known = scheme_of(scheme)
    return known is not None and known.several


@dataclass(frozen=True, slots=True)
class Difference:
    """A given number that is another party's: valid, and none of the party's valid ones of its scheme."""

    given: RegistrationNumber
    listed: tuple[RegistrationNumber, ...]


def difference(
    given: Sequence[RegistrationNumber], listed: Sequence[RegistrationNumber]
) -> Difference | None:
    """The number by which two parties are two; None where none says so.

    None too where any number is equal, and where a number of the scheme on either side is invalid: one that
    was mistyped may be the same one.
    """
    for number in given:
        theirs = [one for one in listed if one.scheme == number.scheme]
        ours = [one for one in given if one.scheme == number.scheme]
        if theirs and all(
            compare(one, other).sameness is Sameness.DIFFERENT for one in ours for other in theirs
        ):
            if _any_equal(given, listed):
                return None
            return Difference(number, tuple(theirs))
    return None


def _any_equal(given: Sequence[RegistrationNumber], listed: Sequence[RegistrationNumber]) -> bool:
    return any(keys_of(one) & keys_of(other) for one in given for other in listed)


def remarks_on(
    given: Iterable[RegistrationNumber], unread: Iterable[UnreadNumber], listed: Sequence[RegistrationNumber]
) -> Iterator[str]:
    """Why the given numbers do not decide about a party, one remark a number."""
    for number in given:
        theirs = [one for one in listed if one.scheme == number.scheme and one.scheme is not None]
        if any(keys_of(number) & keys_of(one) for one in listed):
            continue
        if theirs:
            values = ", ".join(sorted({one.value for one in theirs}))
            whys = dict.fromkeys(why for one in theirs if (why := compare(number, one).why))
            why = next(iter(whys), "another number of the customer or the entry is in doubt")
            yield f"{number.label} differs from the entry's {values} and decides nothing: {why}"
        elif listed:
            schemes = ", ".join(sorted({_called(one) for one in listed}))
            yield f"{number.label} could not be compared: the entry's numbers are {schemes}"
    for one in unread:
        what = f"{one.scheme} {one.text}".strip() if one.scheme else one.text
        yield f"{what!r} was not taken as a number: {one.why}"
