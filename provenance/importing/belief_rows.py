"""Tables of assessments: of single records by reference, and of the program's readings by group.

A table of assessments has a column ``ref`` and one for each thing that `log belief` states. A worklist of
readings has a line for each group of components with one marking that is read alike, to be confirmed,
rejected, or said to be something else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from provenance.core.errors import BadInput
from provenance.queries.readings import ReadingGroup
from provenance.sources.headers import header_keys
from provenance.sources.tables import TableOptions, TableRow, open_table, read_header
from provenance.sources.uses import use_of
from provenance.sources.worklists import Worklist

FIELDS = (
    "maker", "mpn", "identification", "authenticity", "counterfeit_kind", "marking_state", "reliability",
    "credibility", "tlp", "source", "basis", "said_by",
)  # fmt: skip
"""The columns of a table of assessments beside ``ref``."""

_REF, _GROUP = "ref", "group"
_SHOWN_REFS = 5


class ReadingVerdict(StrEnum):
    """What a person says of a reading: it is so, it is not, it is something else."""

    CONFIRM = "confirm"
    REJECT = "reject"
    OTHER = "other"


READINGS = Worklist(
    "readings",
    (
        _GROUP, "marking", "read as maker", "read as part", "confidence", "reason", "components",
        "recoveries", "examples", "verdict", "maker", "mpn", "basis", "said_by",
    ),
    keys=(_GROUP,),
    answers=("verdict", "maker", "mpn", "basis", "said_by"),
    choices={"verdict": list(ReadingVerdict)},
    widths={
        "marking": 34, "read as maker": 28, "read as part": 24, "reason": 60, "examples": 40, "basis": 40,
    },
)  # fmt: skip
"""The worklist of readings; the last five columns are to be filled in."""


@dataclass(frozen=True, slots=True)
class BeliefRow:
    """One line: what it is about (a record's reference, or the key of a group of readings), and its cells."""

    line: int
    about: str
    is_group: bool
    cells: Mapping[str, str]


def write_readings(file: Path, groups: Sequence[ReadingGroup]) -> int:
    """Writes the worklist of some groups of readings; gives the number of lines.

    Raises:
        UsageError: the name does not end in .xlsx.
        BadInput: the file exists, or cannot be written.
    """
    return READINGS.write(file, [_line(group) for group in groups])


def _line(group: ReadingGroup) -> list[str | float]:
    more = len(group.refs) - _SHOWN_REFS
    examples = ", ".join(group.refs[:_SHOWN_REFS]) + (f" and {more:,} more" if more > 0 else "")
    return [
        group.key, group.marking, group.maker or "", group.part or "", group.confidence, group.reason,
        str(len(group.components)), str(group.recoveries), examples, "", "", "", "", "",
    ]  # fmt: skip


def belief_rows(file: Path, options: TableOptions) -> Iterator[BeliefRow]:
    """The lines of a table of assessments, or of a worklist of readings, in which something is filled in.

    Raises:
        BadInput: the file cannot be read, is neither, or has a column that says nothing here.
    """
    known = header_keys((_REF, *FIELDS, *READINGS.columns))
    header = read_header(file, replace(options, known=known))
    if _GROUP in header:
        for row in READINGS.filled_in(file, options):
            yield _row(row, _GROUP)
        return
    if strangers := [name for name in header if name and name not in (_REF, *FIELDS)]:
        raise BadInput(
            f"an assessment has no {', '.join(strangers)}",
            file=file.name,
            line=1,
            hint=f"Columns: {_REF}, {', '.join(FIELDS)}. Rename or remove what is not one of them.",
        )
    table = open_table(file, replace(options, known=known), required=[_REF])
    table.uses = {name: use_of(name) for name in table.header}
    for row in table.rows():
        for problem in table.problems.of_line(row.line):
            raise BadInput(f"{problem.column}: {problem.problem}", file=file.name, line=problem.line)
        yield _row(row, _REF)


def _row(row: TableRow, about: str) -> BeliefRow:
    cells = {name: text.strip() for name, text in row.cells.items() if name and text.strip()}
    return BeliefRow(row.line, cells.get(about, ""), about == _GROUP, cells)
