"""The outcome of a file's rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from provenance.domain.accounts import RowCounts
from provenance.domain.derivation import ReadingSummary as ReadingSummary
from provenance.domain.review import Doubt, Introduced
from provenance.domain.review import ReviewReason as ReviewReason
from provenance.importing.vanished import Vanished
from provenance.sources.records import Rejected
from provenance.sources.tables import CellProblems


@dataclass(slots=True)
class ImportSummary(RowCounts):
    """What became of a file's rows, and what to look at again.

    ``made`` counts the records that were created, by table; ``review`` how many components each unresolved
    text concerns; ``introduced`` which records were made of names that none had, by their review; ``renewed``
    known recoveries whose record has changed; ``cells`` are those that hold no value of their column;
    ``vanished`` the records of earlier issues of the list that this file does not have.
    """

    file: str
    format: str
    renewed: int = 0
    dry_run: bool = False
    made: Counter[str] = field(default_factory=Counter)
    review: Counter[Doubt] = field(default_factory=Counter)
    introduced: dict[Doubt, Introduced] = field(default_factory=dict)
    rejections: list[Rejected] = field(default_factory=list)
    readings: ReadingSummary = field(default_factory=ReadingSummary)
    cells: CellProblems = field(default_factory=CellProblems)
    vanished: list[Vanished] = field(default_factory=list)
