"""A registration number as it was read: of which scheme, issued where, and whether it can be right."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Validity(StrEnum):
    """What the check digits of a number say; `UNVERIFIABLE` where its scheme has none, or is unknown."""

    VALID = "valid"
    INVALID = "invalid"
    UNVERIFIABLE = "unverifiable"


@dataclass(frozen=True, slots=True)
class RegistrationNumber:
    """A number to compare.

    ``value`` holds capital letters and digits in the form that the scheme prescribes, ``scheme`` is None
    where nothing names it, ``place`` is the country that issued it (ISO 3166-1 alpha-2) where that is
    stated or follows from the scheme. ``as_written`` is the whole value as its source writes it, ``status``
    what is said about it there ("expired").
    """

    value: str
    scheme: str | None = None
    place: str | None = None
    validity: Validity = Validity.UNVERIFIABLE
    as_written: str = ""
    status: str | None = None

    @property
    def label(self) -> str:
        """The number for people, with its scheme before it."""
        return f"{self.scheme} {self.value}" if self.scheme else self.value


@dataclass(frozen=True, slots=True)
class UnreadNumber:
    """What stands where a number is expected and is none: the text, its scheme if named, and why."""

    text: str
    scheme: str | None
    why: str


@dataclass(frozen=True, slots=True)
class NumbersRead:
    """Everything that a text says about numbers: the numbers in order, and what is none."""

    numbers: tuple[RegistrationNumber, ...] = ()
    unread: tuple[UnreadNumber, ...] = ()
