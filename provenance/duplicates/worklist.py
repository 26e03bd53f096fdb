"""A worklist of pairs that may be one: same or never, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from provenance.core.errors import BadInput
from provenance.core.vocabulary import SameVerdict
from provenance.sources.tables import TableOptions
from provenance.sources.worklists import Worklist

_KEYS = ("left", "right")
_ANSWERS = ("verdict", "why")
COLUMNS = (
    "left", "left name", "right", "right name", "score", "for", "against", "decided before", *_ANSWERS,
)  # fmt: skip
"""The columns of a worklist; the first of each record is its reference, the last two are to be filled in."""

_WIDTHS = {"left name": 40, "right name": 40, "for": 60, "against": 40, "why": 40}
_WORKLIST = Worklist("pairs", COLUMNS, _KEYS, _ANSWERS, {"verdict": list(SameVerdict)}, _WIDTHS)


@dataclass(frozen=True, slots=True)
class PairDecision:
    """A decision in a worklist: the references of two records, what was decided, why, and on which line."""

    left: str
    right: str
    verdict: SameVerdict
    reason: str
    line: int


def write_pairs(file: Path, lines: Sequence[Mapping[str, str]]) -> None:
    """Writes pairs, given by column, to be filled in.

    Raises:
        UsageError: the name does not end in .xlsx.
        BadInput: the file exists, or cannot be written.
    """
    _WORKLIST.write(file, [[line.get(name, "") for name in COLUMNS] for line in lines])


def read_pairs(file: Path, options: TableOptions) -> list[PairDecision]:
    """The decisions in a worklist that was filled in; rows without a verdict are still open and left out.

    Raises:
        BadInput: a verdict is unknown or lacks its reason; names file and line.
    """
    found = []
    for line in _WORKLIST.filled_in(file, options):
        cells = {name: line.cells.get(name, "").strip() for name in (*_KEYS, *_ANSWERS)}
        verdict, reason = cells["verdict"].casefold(), " ".join(cells["why"].split())
        if verdict not in list(SameVerdict):
            known = ", ".join(SameVerdict)
            raise BadInput(
                f"{cells['verdict']!r} is not a verdict; use {known}", file=file.name, line=line.line
            )
        if not reason:
            raise BadInput("a decision needs its reason (why)", file=file.name, line=line.line)
        found.append(PairDecision(cells["left"], cells["right"], SameVerdict(verdict), reason, line.line))
    return found
