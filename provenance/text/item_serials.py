"""Serial numbers of components themselves: which spellings are one number, and IMEIs among them; pure."""

from __future__ import annotations

import re
from functools import lru_cache

from provenance.text.folding import nfkc, without_invisible
from provenance.text.serial_numbers import serial_key

_SAYS_IMEI = re.compile(r"\bIMEI(?:\s?(?:SV|[12]))?\b[\s.:#/№-]*", re.IGNORECASE)
_IMEI = re.compile(r"(?:[0-9][ -]?){14}[0-9]")
"""Fifteen digits in groups of any length: type code, number, check digit (3GPP TS 23.003)."""


@lru_cache(maxsize=65536)
def item_serial_key(text: str) -> str:
    """The identity of a component's own number; spellings with one key are one number. Empty without letters
    and digits.

    As `provenance.text.serial_numbers.serial_key`, but that a word IMEI before it and the groups that an
    IMEI is written in make no difference.
    """
    number = _SAYS_IMEI.sub("", without_invisible(nfkc(text))).strip()
    if _IMEI.fullmatch(number):
        return re.sub(r"[ -]", "", number)
    return serial_key(number)


def wrong_imei(text: str) -> str | None:
    """The number of a text that has the form of an IMEI, or is called one, and cannot be one as it is
    written; None for all other texts.

    The last of its fifteen digits is a check digit (Luhn, 3GPP TS 23.003 annex B). An IMEISV, of sixteen
    digits, has none.
    """
    from stdnum import imei
    from stdnum.exceptions import ValidationError

    plain = without_invisible(nfkc(text)).strip()
    number = _SAYS_IMEI.sub("", plain).strip()
    if not (_IMEI.fullmatch(number) or (number != plain and number)):
        return None
    try:
        imei.validate(number)
    except ValidationError:
        return number
    return None
