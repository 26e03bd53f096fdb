"""Identities that are the same on every installation, and short references that can be read aloud."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable
from functools import lru_cache

NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://provenance.example/records")
_NAMESPACE_BYTES = NAMESPACE.bytes
_VARIANT = {digit: "89ab"[int(digit, 16) & 3] for digit in "0123456789abcdef"}
"""A hexadecimal digit with the two bits of RFC 9562's variant set."""

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SPOKEN_BITS = 45
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})

REFERENCE_LETTERS = {
    "component": "C",
    "custody_event": "K",
    "document": "D",
    "judgement": "J",
    "organization": "F",
    "part": "P",
    "photo": "H",
    "recovery": "R",
    "source": "S",
    "trace": "Q",
    "trace_request": "Y",
    "transfer": "T",
    "unit": "B",
    "unit_type": "U",
    "screening_run": "N",
    "watchlist_version": "V",
    "weapon_system": "W",
}
"""First letter of a spoken reference, by the table that the record is in.

B is for board (a unit in a recovery), F for firm, H for photo, K for custody, Q and Y for a
trace and a letter of it.
"""


def natural_uid(*key: str) -> str:
    """The UUIDv5 of a natural key: two laptops that load the same list agree on it (RFC 9562, 5.5)."""
    return _uuid5(hashlib.sha1(_NAMESPACE_BYTES + "\x1f".join(key).encode()).hexdigest())


def natural_uids(kind: str, source_key: str, record_keys: Iterable[str], *behind: str) -> list[str]:
    """`natural_uid` of many records of one source, each with the same parts after its key."""
    begun = hashlib.sha1(_NAMESPACE_BYTES + f"{kind}\x1f{source_key}\x1f".encode())
    end = "".join(f"\x1f{word}" for word in behind)
    found = []
    for key in record_keys:
        digest = begun.copy()
        digest.update(f"{key}{end}".encode())
        found.append(_uuid5(digest.hexdigest()))
    return found


def _uuid5(text: str) -> str:
    return f"{text[:8]}-{text[8:12]}-5{text[13:16]}-{_VARIANT[text[16]]}{text[17:20]}-{text[20:32]}"


def new_uid() -> str:
    """A UUIDv7 for what a person enters: ordered by time, unique without a natural key."""
    from uuid6 import uuid7

    return str(uuid7())


def reference(table: str, uid: str) -> str:
    """The spoken reference of a record, such as ``R-7K3M9-Q2X4H``.

    Nine Crockford base-32 characters of the uid's last 45 bits, which are random in UUIDv5 and v7
    alike, and a Luhn mod 32 check character, so that one wrong character is noticed.
    """
    number = int(uid[-12:], 16) & ((1 << _SPOKEN_BITS) - 1)
    pairs = [_pair(number >> shift & 1023) for shift in (40, 30, 20, 10, 0)]
    spoken = "".join(text for text, _sum in pairs)[1:]
    check = _CROCKFORD[-sum(part for _text, part in pairs) % len(_CROCKFORD)]
    return f"{REFERENCE_LETTERS[table]}-{spoken[:5]}-{spoken[5:]}{check}"


@lru_cache(maxsize=1024)
def _pair(bits: int) -> tuple[str, int]:
    """Two characters of a spoken reference, and what they add to its checksum.

    A long list has many references; the checksum is a sum over the characters, every other one doubled.
    """
    from stdnum import luhn

    text = _CROCKFORD[bits >> 5] + _CROCKFORD[bits & 31]
    return text, luhn.checksum(f"{text}{_CROCKFORD[0]}", _CROCKFORD)


def read_reference(text: str) -> tuple[str, int] | None:
    """Splits a spoken reference into its table and 45 bits; None where it is not one.

    Case, spaces and hyphens do not matter; O is read as 0, I and L as 1.

    Raises:
        ValueError: it looks like a reference but its check character is wrong.
    """
    from stdnum import luhn
    from stdnum.exceptions import ValidationError

    cleaned = "".join(text.split()).replace("-", "").upper()
    table = next((name for name, letter in REFERENCE_LETTERS.items() if cleaned[:1] == letter), None)
    spoken = cleaned[1:].translate(_MISREAD)
    if table is None or text.count("-") == 0 or len(spoken) != 10 or set(spoken) - set(_CROCKFORD):
        return None
    try:
        luhn.validate(spoken, _CROCKFORD)
    except ValidationError:
        raise ValueError(f"{text} is misspelt: its check character does not match") from None
    number = 0
    for character in spoken[:9]:
        number = number << 5 | _CROCKFORD.index(character)
    return table, number


def matches_reference(uid: str, number: int) -> bool:
    """Whether a uid carries the 45 bits of a spoken reference."""
    return int(uid.replace("-", ""), 16) & ((1 << _SPOKEN_BITS) - 1) == number


def reference_suffix(number: int) -> str:
    """The last eleven hexadecimal digits that a uid with these 45 bits ends in, for a search by suffix."""
    return f"{number & ((1 << 44) - 1):011x}"
