"""What files of ownership state, one stake at a time, whatever their format."""

from __future__ import annotations

from dataclasses import dataclass

from provenance.core.vocabulary import Control, OwnershipStatus
from provenance.text.partial_dates import DateSpan

Number = tuple[str, str]
"""A registration number: what it is called, and the number as written."""


@dataclass(frozen=True, slots=True)
class StatedFirm:
    """A firm as a file names it; ``country`` is a code, None where it is not stated."""

    name: str | None
    numbers: tuple[Number, ...] = ()
    country: str | None = None

    @property
    def words(self) -> str:
        """The firm for a message."""
        return self.name or ", ".join(f"{label} {number}" for label, number in self.numbers) or "(no name)"


@dataclass(frozen=True, slots=True)
class StatedStake:
    """One statement that a firm owns another or a product line of it.

    ``percent`` is 0 to 100, of a range its lower end; None where it is not stated. ``since`` and ``until``
    are None where nothing is said. ``indirect`` says that other firms stand between the two.
    """

    line: int
    owner: StatedFirm
    owned: StatedFirm
    percent: float | None = None
    product_line: str | None = None
    control: Control | None = None
    since: DateSpan | None = None
    until: DateSpan | None = None
    status: OwnershipStatus = OwnershipStatus.COMPLETED
    note: str | None = None
    indirect: bool = False


@dataclass(frozen=True, slots=True)
class NotOwnership:
    """A record that states no owner of a firm, and why it is left out."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A record that cannot be used, and why."""

    line: int
    reason: str


Stated = StatedStake | NotOwnership | Unreadable
