"""Check digits of schemes that python-stdnum lacks. Each takes the digits of one number."""

from __future__ import annotations

from collections.abc import Sequence

_COMPANY_WEIGHTS = (8, 6, 4, 2, 9, 7)
_IRANIAN_FIRM_WEIGHTS = (29, 27, 23, 19, 17, 29, 27, 23, 19, 17)
_KAZAKH_WEIGHTS = (tuple(range(1, 12)), (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2))


def _digits(value: str) -> list[int]:
    return [int(digit) for digit in value]


def _sum(digits: Sequence[int], weights: Sequence[int]) -> int:
    return sum(digit * weight for digit, weight in zip(digits, weights, strict=False))


def is_imo_company(value: str) -> bool:
    """IMO number of a company or registered owner, 7 digits (IMO resolution MSC.160(78)).

    The rule was checked against the numbers that OFAC publishes as "Company Number IMO".
    """
    *digits, last = _digits(value)
    return (11 - _sum(digits, _COMPANY_WEIGHTS) % 11) % 11 % 10 == last


def is_kazakh(value: str) -> bool:
    """Kazakh BIN or IIN, 12 digits (Law 223-III of 12 January 2007)."""
    *digits, last = _digits(value)
    for weights in _KAZAKH_WEIGHTS:
        rest = _sum(digits, weights) % 11
        if rest < 10:
            return rest == last
    return False


def is_iranian_firm(value: str) -> bool:
    """National identifier of an Iranian legal person, 11 digits."""
    *digits, last = _digits(value)
    added = digits[-1] + 2
    total = sum((digit + added) * weight for digit, weight in zip(digits, _IRANIAN_FIRM_WEIGHTS, strict=True))
    return total % 11 % 10 == last


def is_iranian_person(value: str) -> bool:
    """National code of an Iranian citizen, 10 digits."""
    *digits, last = _digits(value)
    rest = _sum(digits, range(10, 1, -1)) % 11
    return last == (rest if rest < 2 else 11 - rest)


def is_okpo(value: str) -> bool:
    """Russian OKPO, 8 or 10 digits (order 211 of Rosstat)."""
    *digits, last = _digits(value)
    for first in (1, 3):
        weights = [(first + at - 1) % 10 + 1 for at in range(len(digits))]
        rest = _sum(digits, weights) % 11
        if rest < 10:
            return rest == last
    return last == 0


def is_chinese_registration(value: str) -> bool:
    """Number of a Chinese business licence before 2015, 15 digits (GB/T 17710, MOD 11,10)."""
    from stdnum.iso7064 import mod_11_10

    return bool(mod_11_10.is_valid(value))


def is_mersis(value: str) -> bool:
    """Turkish central registration number, 16 digits: 0, the firm's tax number, 5 digits of its registry."""
    from stdnum.tr import vkn

    return value[0] == "0" and bool(vkn.is_valid(value[1:11]))


def is_chinese_person(value: str) -> bool:
    """Chinese resident identity number, 18 characters (GB 11643, MOD 11-2).

    python-stdnum's own module looks places of birth up and fails at old ones.
    """
    from stdnum.iso7064 import mod_11_2

    return bool(mod_11_2.is_valid(value))
