"""A worklist: the open hits of a run as a table to fill in, written as XLSX, read back as XLSX or CSV."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from provenance.core.errors import Ambiguous, BadInput, NotFound, UsageError
from provenance.core.vocabulary.watched import Verdict
from provenance.schema.session import Session
from provenance.screening.hits import Hit, HitJudgement, ScreenedCustomer
from provenance.screening.judgements import Decision, read_verdict
from provenance.screening.runs import find_run, rows_of_run
from provenance.sources.headers import header_keys
from provenance.sources.tables import TableOptions, TableRow, Use, open_table

_ANSWERS = ("verdict", "why")
_KEYS = ("run", "row", "list", "key")
COLUMNS = (
    "run", "row", "customer id", "customer", "list", "key", "class", "party", "score", "matched", "reason",
    "asks", "listed from", "listed to", "judged before", *_ANSWERS,
)  # fmt: skip
"""The columns of a worklist; those of `_KEYS` identify the hit, the last two are to be filled in."""

_WIDTHS = {
    "customer": 30,
    "party": 34,
    "matched": 34,
    "reason": 60,
    "asks": 40,
    "judged before": 40,
    "why": 40,
}
_NEAR = 5

SEVERAL_LISTS = "several_lists"
"""Code of the error that a key alone does not identify a hit."""


HIT, SET_ASIDE, DISMISSED = "hit", "set aside by number", "dismissed"
"""The classes of what a screening found, in a worklist."""


def open_hits(
    rows: Sequence[ScreenedCustomer], *, everything: bool = False
) -> Iterator[tuple[ScreenedCustomer, Hit, str]]:
    """The hits that are not judged, unsure or reopened, with their class; with ``everything`` all of them.

    What a registration number set aside follows the hits of its row: a person may see that it is the party.
    """
    for row in rows:
        groups = [(row.hits, HIT), (row.set_aside, SET_ASIDE)]
        groups += [(row.dismissed, DISMISSED)] if everything else []
        for hits, kind in groups:
            for hit in hits:
                if everything or not _is_settled(hit.judgement):
                    yield row, hit, kind


def _is_settled(judgement: HitJudgement | None) -> bool:
    return judgement is not None and judgement.verdict != Verdict.UNSURE and judgement.reopened is None


def write_worklist(file: Path, run: str, rows: Sequence[ScreenedCustomer], *, everything: bool) -> int:
    """Writes what a run found and is to be judged, set aside or not; gives the number of lines.

    Raises:
        UsageError: the name does not end in .xlsx.
        BadInput: the file exists, or cannot be written.
    """
    if file.suffix.lower() != ".xlsx":
        raise UsageError(f"{file.name}: a worklist is an .xlsx file")
    if file.exists():
        raise BadInput("exists already and may be filled in", file=str(file), hint="Choose another name.")
    lines = [_line(run, row, hit, kind) for row, hit, kind in open_hits(rows, everything=everything)]
    try:
        _write(file, lines)
    except OSError as error:
        raise BadInput(f"cannot be written: {error.strerror}", file=str(file)) from None
    return len(lines)


def _line(run: str, row: ScreenedCustomer, hit: Hit, kind: str) -> list[str]:
    cells = (
        run, row.row, row.id, row.name, hit.list, hit.key, kind, hit.party, f"{hit.score:.2f}", hit.matched,
        hit.reason, hit.asks, hit.listed_from, hit.listed_to, _earlier(hit.judgement), "", "",
    )  # fmt: skip
    return ["" if cell is None else str(cell) for cell in cells]


def _earlier(judgement: HitJudgement | None) -> str:
    if judgement is None:
        return ""
    changed = f" ({judgement.reopened})" if judgement.reopened else ""
    return f"{judgement.verdict} by {judgement.actor}, {judgement.at[:10]}: {judgement.reason}{changed}"


def _write(file: Path, lines: Sequence[Sequence[str]]) -> None:
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    sheet: Any = book.active
    sheet.title = "hits"
    sheet.freeze_panes = "A2"
    for number, line in enumerate([list(COLUMNS), *lines], start=1):
        for place, text in enumerate(line, start=1):
            cell = sheet.cell(number, place)
            cell.value = text
            # Text whatever it begins with: no name may start a formula or turn into a number or a date.
            cell.data_type, cell.number_format = "s", "@"
            cell.font = Font(bold=number == 1)
    for place, name in enumerate(COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS.get(name, 14)
    offered = DataValidation(type="list", formula1=f'"{",".join(Verdict)}"', allow_blank=True)
    letter = get_column_letter(COLUMNS.index("verdict") + 1)
    sheet.add_data_validation(offered)
    offered.add(f"{letter}2:{letter}{max(2, len(lines) + 1)}")
    book.save(file)


def read_worklist(session: Session, file: Path, options: TableOptions) -> list[Decision]:
    """The decisions in a worklist that was filled in; rows without a verdict are still open and left out.

    Raises:
        BadInput: a verdict is unknown or lacks its reason, or its run has no such hit; names file and line.
    """
    runs: dict[str, RunRows] = {}
    decisions = []
    table = open_table(file, replace(options, known=header_keys(COLUMNS)), required=[*_KEYS, *_ANSWERS])
    table.uses = {**dict.fromkeys((*_KEYS, "verdict"), Use.IDENTIFYING), "why": Use.TEXT}
    for line in table.rows():
        for problem in table.problems.of_line(line.line):
            raise BadInput(f"{problem.column}: {problem.problem}", file=file.name, line=problem.line)
        if any(line.cells.get(name, "").strip() for name in _ANSWERS):
            decisions.append(_decision(session, file, line, runs))
    return decisions


def _decision(session: Session, file: Path, line: TableRow, runs: dict[str, RunRows]) -> Decision:
    cells = {name: line.cells.get(name, "").strip() for name in (*_KEYS, *_ANSWERS)}
    try:
        if cells["run"] not in runs:
            runs[cells["run"]] = RunRows(session, cells["run"])
        return runs[cells["run"]].decision(
            cells["row"], cells["key"], cells["list"] or None, cells["verdict"], cells["why"]
        )
    except (NotFound, UsageError) as error:
        raise BadInput(
            error.message, file=file.name, line=line.line, hint="No judgement was stored."
        ) from None


class RunRows:
    """The rows of a stored run, by the number of the customer's row.

    Raises:
        NotFound: there is no such run.
    """

    def __init__(self, session: Session, run: str) -> None:
        self._number, _run = find_run(session, run)
        self._rows: Mapping[str, ScreenedCustomer] = {
            str(row.row): row for row in rows_of_run(session, self._number)
        }

    def decision(self, row: str, key: str, watchlist: str | None, verdict: str, reason: str) -> Decision:
        """A decision on one hit, identified by its row, the list's own key and, if needed, the list.

        Raises:
            NotFound: the run has no such row or hit, or is from before judgements.
            Ambiguous: several lists have such a key.
            UsageError: there is no such verdict, or no reason.
        """
        customer, hit = self._hit(row, key, watchlist)
        return Decision(self._number, customer, hit, *read_verdict(verdict, reason))

    def _hit(self, row: str, key: str, watchlist: str | None) -> tuple[ScreenedCustomer, Hit]:
        customer = self._rows.get(row)
        if customer is None:
            raise NotFound(f"The run has no hit in row {row}", near=list(self._rows)[:_NEAR])
        hits = [*customer.hits, *customer.set_aside, *customer.dismissed]
        found = [hit for hit in hits if hit.key == key and watchlist in (None, hit.list)]
        if not found:
            near = [f"{hit.key} ({hit.list})" for hit in hits]
            raise NotFound(f"Row {row} has no hit {key}", near=near)
        if len({hit.list for hit in found}) > 1:
            raise Ambiguous(
                f"Several lists have an entry {key}",
                candidates=[hit.list for hit in found],
                code=SEVERAL_LISTS,
            )
        if found[0].party_uid is None:
            raise NotFound("The run is from a version without judgements: screen again")
        return customer, found[0]
