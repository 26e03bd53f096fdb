"""Hits to be judged as a table to fill in: written as XLSX, taken back as XLSX or CSV."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from provenance.core.errors import BadInput, NotFound, UsageError
from provenance.core.vocabulary.watched import Verdict
from provenance.schema.session import Session
from provenance.screening.judging import Decision
from provenance.screening.runs import find_run, rows_of_run
from provenance.sources.tables import TableRow, read_rows

_SAID = ("verdict", "why")
_KEYS = ("run", "row", "list", "key")
COLUMNS = (
    "run", "row", "customer id", "customer", "list", "key", "party", "score", "matched", "reason", "asks",
    "listed from", "listed to", "judged before", *_SAID,
)  # fmt: skip
"""Columns of a worklist; those of `_KEYS` find the hit again, the last two are to be filled in."""

_WIDTHS = {
    "customer": 30,
    "party": 34,
    "matched": 34,
    "reason": 60,
    "asks": 40,
    "judged before": 40,
    "why": 40,
}


def open_hits(rows: Sequence[Mapping[str, Any]], *, everything: bool = False) -> Iterator[tuple[Any, Any]]:
    """Rows with their hits that nobody has settled: not judged, unsure, or open again."""
    for row in rows:
        for hit in [*row["hits"], *(row.get("dismissed", ()) if everything else ())]:
            said = hit.get("judgement")
            settled = said and said["verdict"] != Verdict.UNSURE and not said["reopened"]
            if everything or not settled:
                yield row, hit


def write_worklist(file: Path, run: str, rows: Sequence[Mapping[str, Any]], *, everything: bool) -> int:
    """Writes the hits of a run that are to be judged; says how many there are.

    Raises:
        UsageError: the name does not end in .xlsx.
        BadInput: the file is there already, or cannot be written.
    """
    if file.suffix.lower() != ".xlsx":
        raise UsageError(f"{file.name}: a worklist is an .xlsx file")
    if file.exists():
        raise BadInput("is there already, and may be filled in", file=str(file), hint="Give another name.")
    lines = [_line(run, row, hit) for row, hit in open_hits(rows, everything=everything)]
    try:
        _write(file, lines)
    except OSError as error:
        raise BadInput(f"cannot be written: {error.strerror}", file=str(file)) from None
    return len(lines)


def _line(run: str, row: Mapping[str, Any], hit: Mapping[str, Any]) -> list[str]:
    said = hit.get("judgement")
    before = f"{said['verdict']} by {said['actor']}, {said['at'][:10]}: {said['reason']}" if said else ""
    if said and said["reopened"]:
        before += f" ({said['reopened']})"
    cells = (
        run, row["row"], row["id"], row["name"], hit["list"], hit["key"], hit["party"], f"{hit['score']:.2f}",
        hit["matched"], hit["reason"], hit["asks"], hit["listed_from"], hit["listed_to"], before, "", "",
    )  # fmt: skip
    return ["" if cell is None else str(cell) for cell in cells]


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
            # Whatever it begins with, it is text: no formula, no number, no date.
            cell.data_type, cell.number_format = "s", "@"
            cell.font = Font(bold=number == 1)
    for place, name in enumerate(COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS.get(name, 14)
    offered = DataValidation(type="list", formula1=f'"{",".join(Verdict)}"', allow_blank=True)
    letter = get_column_letter(COLUMNS.index("verdict") + 1)
    sheet.add_data_validation(offered)
    offered.add(f"{letter}2:{letter}{max(2, len(lines) + 1)}")
    book.save(file)


def read_worklist(session: Session, file: Path) -> list[Decision]:
    """What somebody wrote into a worklist; rows without a verdict are still open and left out.

    Raises:
        BadInput: a verdict is none, lacks its reason, or the hit is not in the run; names file and line.
    """
    runs: dict[str, tuple[int, dict[str, dict[str, Any]]]] = {}
    decisions = []
    for line in read_rows(file, required=[*_KEYS, *_SAID]):
        if line.cells.get("verdict", "").strip() or line.cells.get("why", "").strip():
            decisions.append(_decision(session, file, line, runs))
    return decisions


def _decision(
    session: Session, file: Path, line: TableRow, runs: dict[str, tuple[int, dict[str, dict[str, Any]]]]
) -> Decision:
    cells = {name: line.cells.get(name, "").strip() for name in (*_KEYS, *_SAID)}
    try:
        if cells["run"] not in runs:
            runs[cells["run"]] = rows_found(session, cells["run"])
        number, rows = runs[cells["run"]]
        row, hit = hit_of(rows, cells["row"], cells["key"], cells["list"])
        return Decision(number, row, hit, *said(cells["verdict"], cells["why"]))
    except (NotFound, UsageError) as error:
        raise BadInput(error.message, file=file.name, line=line.line, hint="Nothing was taken.") from None


def rows_found(session: Session, run: str) -> tuple[int, dict[str, dict[str, Any]]]:
    """A kept run's row number, and what it found by the number of the customer's row.

    Raises:
        NotFound: there is no such run.
    """
    number, _run = find_run(session, run)
    return number, {str(row["row"]): row for row in rows_of_run(session, number)}


def hit_of(
    rows: Mapping[str, dict[str, Any]], row: str, key: str, watchlist: str | None
) -> tuple[dict[str, Any], dict[str, Any]]:
    """A hit that a run kept, by its row and the list's own key.

    Raises:
        NotFound: the run has no such row or hit, or was kept before judgements were.
    """
    there = rows.get(row)
    if there is None:
        raise NotFound(f"The run found nothing in row {row}", near=list(rows)[:5])
    hits = [*there["hits"], *there.get("dismissed", ())]
    fitting = [hit for hit in hits if hit["key"] == key and watchlist in (None, "", hit["list"])]
    if not fitting:
        raise NotFound(f"Row {row} has no hit {key}", near=[f"{hit['key']} ({hit['list']})" for hit in hits])
    if len({hit["list"] for hit in fitting}) > 1:
        raise NotFound(f"Several lists have a {key}: say --list", near=[hit["list"] for hit in fitting])
    if "party_uid" not in fitting[0]:
        raise NotFound("The run is from before judgements were kept: screen again")
    return there, fitting[0]


def said(verdict: str, why: str) -> tuple[Verdict, str]:
    """A verdict with its reason.

    Raises:
        UsageError: it is none, or nobody says why.
    """
    try:
        known = Verdict(verdict.strip().lower())
    except ValueError:
        raise UsageError(f"{verdict!r} is no verdict: {', '.join(Verdict)}") from None
    if not why.strip():
        raise UsageError("a judgement needs its reason (why)")
    return known, " ".join(why.split())
