"""What became of the rows of a file, and the comparison with what the database holds at its end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from provenance.core.errors import IntegrityFailure


@dataclass(slots=True, kw_only=True)
class RowCounts:
    """What became of rows: ``read = new + known + changed + repeated + rejected``."""

    read: int = 0
    new: int = 0
    known: int = 0
    changed: int = 0
    repeated: int = 0
    rejected: int = 0

    def counts(self) -> dict[str, int]:
        """The counts by their names."""
        return {
            "read": self.read,
            "new": self.new,
            "known": self.known,
            "changed": self.changed,
            "repeated": self.repeated,
            "rejected": self.rejected,
        }

    def balanced(self) -> bool:
        """Whether every row that was read is accounted for, once."""
        return self.read == self.new + self.known + self.changed + self.repeated + self.rejected


def refuse_imbalance(name: str, rows: RowCounts, stored: Mapping[str, tuple[int, int]], *, kept: str) -> None:
    """Compares counts with what is stored, and their sum with the rows that were read.

    ``stored`` has the pairs that have to be equal, counted and stored, by what was counted; ``kept`` says
    what is left in the database, or not.

    Raises:
        IntegrityFailure: they differ.
    """
    faults = [
        f"{what} {counted:,}, but {there:,} are stored"
        for what, (counted, there) in stored.items()
        if counted != there
    ]
    if not rows.balanced():
        told = sum(rows.counts().values()) - rows.read
        faults.append(f"read {rows.read:,}, but {told:,} are accounted for")
    if faults:
        raise IntegrityFailure(
            f"{name}: the account of the import does not add up: {'; '.join(faults)}.",
            hint=f"{kept} This is a fault of the program; report it.",
        )
