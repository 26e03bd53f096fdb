"""A worklist: the open hits of a run as a table to fill in, written as XLSX, read back as XLSX or CSV."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from provenance.core.errors import Ambiguous, BadInput, NotFound, UsageError
from provenance.core.vocabulary.watched import Verdict
from provenance.schema.session import Session
from provenance.screening.hits import Hit, HitJudgement, ScreenedCustomer
from provenance.screening.judgements import Decision, read_verdict
from provenance.screening.runs import find_run, rows_of_run
from provenance.sources.customers import OrderLine
from provenance.sources.tables import TableOptions, TableRow
from provenance.sources.worklists import Worklist

_ANSWERS = ("verdict", "why")
_ROLE = "role"
_KEYS = ("run", "row", "list", "key")
COLUMNS = (
    "run", "row", "customer id", _ROLE, "customer", "customer address", "customer country",
    "customer numbers", "as of", "order", "part", "quantity", "value", "list", "key", "class", "party",
    "score", "matched",
    "party addresses", "party countries", "party numbers", "reason", "asks", "listed from", "listed to",
    "judged before", *_ANSWERS,
)  # fmt: skip
"""The columns of a worklist; those of `_KEYS` identify the hit, with the role where a row has several names;
the last two are to be filled in.
"""

_WIDTHS = {
    "customer": 30,
    "customer address": 40,
    "party addresses": 40,
    "party": 34,
    "matched": 34,
    "reason": 60,
    "asks": 40,
    "judged before": 40,
    "why": 40,
}
_WORKLIST = Worklist("hits", COLUMNS, _KEYS, _ANSWERS, {"verdict": list(Verdict)}, _WIDTHS)
_NEAR = 5

SEVERAL_LISTS = "several_lists"
"""Code of the error that a key alone does not identify a hit."""


SEVERAL_ROLES = "several_roles"
"""Code of the error that several names of one row have a hit on one entry."""

HIT, SINCE, SET_ASIDE, DISMISSED = "hit", "listed since", "set aside by number", "dismissed"
"""The classes of what a screening found, in a worklist."""


def open_hits(
    rows: Sequence[ScreenedCustomer], *, everything: bool = False
) -> Iterator[tuple[ScreenedCustomer, Hit, str]]:
    """The hits that are not judged, unsure or reopened, with their class; with ``everything`` all of them.

    What a registration number set aside follows the hits of its row: a person may see that it is the party.
    """
    for row in rows:
        groups = [(row.hits, HIT), (row.listed_since, SINCE), (row.set_aside, SET_ASIDE)]
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
    lines = [_line(run, row, hit, kind) for row, hit, kind in open_hits(rows, everything=everything)]
    return _WORKLIST.write(file, lines)


def _line(run: str, row: ScreenedCustomer, hit: Hit, kind: str) -> list[str | float]:
    goods = row.order or OrderLine()
    cells = (
        run, row.row, row.id, row.role, row.name, _lines(row.addresses), row.country, _lines(row.numbers),
        row.as_of, goods.order, goods.part, goods.quantity, goods.value, hit.list, hit.key, kind, hit.party,
        round(hit.score, 2), hit.matched, _lines(hit.addresses), ", ".join(hit.countries),
        _lines(hit.numbers), hit.reason, hit.asks, hit.listed_from, hit.listed_to, _earlier(hit.judgement),
        *("" for _answer in _ANSWERS),
    )  # fmt: skip
    return [cell if isinstance(cell, float) else "" if cell is None else str(cell) for cell in cells]


def _lines(texts: Sequence[str]) -> str:
    return "\n".join(texts)


def _earlier(judgement: HitJudgement | None) -> str:
    if judgement is None:
        return ""
    changed = f" ({judgement.reopened})" if judgement.reopened else ""
    return f"{judgement.verdict} by {judgement.actor}, {judgement.at[:10]}: {judgement.reason}{changed}"


def read_worklist(session: Session, file: Path, options: TableOptions) -> list[Decision]:
    """The decisions in a worklist that was filled in; rows without a verdict are still open and left out.

    Raises:
        BadInput: a verdict is unknown or lacks its reason, or its run has no such hit; names file and line.
    """
    runs: dict[str, RunRows] = {}
    decisions = []
    for line in _WORKLIST.filled_in(file, options):
        decisions.append(_decision(session, file, line, runs))
    return decisions


def _decision(session: Session, file: Path, line: TableRow, runs: dict[str, RunRows]) -> Decision:
    cells = {name: line.cells.get(name, "").strip() for name in (*_KEYS, _ROLE, *_ANSWERS)}
    try:
        if cells["run"] not in runs:
            runs[cells["run"]] = RunRows(session, cells["run"])
        return runs[cells["run"]].decision(
            RunHit(cells["row"], cells["key"], cells["list"] or None, cells[_ROLE] or None),
            cells["verdict"],
            cells["why"],
        )
    except (NotFound, UsageError) as error:
        raise BadInput(
            error.message, file=file.name, line=line.line, hint="No judgement was stored."
        ) from None


@dataclass(frozen=True, slots=True)
class RunHit:
    """A hit of a run: the row's number and the list's own key, with the list and the role of the name (None
    where only one comes into question).
    """

    row: str
    key: str
    list: str | None = None
    role: str | None = None


class RunRows:
    """The rows of a stored run, by the number of the customer's row.

    Raises:
        NotFound: there is no such run.
    """

    def __init__(self, session: Session, run: str) -> None:
        self._number, _run = find_run(session, run)
        self._rows: defaultdict[str, list[ScreenedCustomer]] = defaultdict(list)
        for row in rows_of_run(session, self._number):
            self._rows[str(row.row)].append(row)

    def decision(self, wanted: RunHit, verdict: str, reason: str) -> Decision:
        """A decision on one hit.

        Raises:
            NotFound: the run has no such row or hit, or is from before judgements.
            Ambiguous: several lists have such a key, or several names of the row such a hit.
            UsageError: there is no such verdict, or no reason.
        """
        customer, hit = self._hit(wanted)
        return Decision(self._number, customer, hit, *read_verdict(verdict, reason))

    def _hit(self, wanted: RunHit) -> tuple[ScreenedCustomer, Hit]:
        row, key = wanted.row, wanted.key
        customers = [one for one in self._rows.get(row, []) if wanted.role in (None, one.role)]
        if not customers:
            of_role = f" for {wanted.role}" if wanted.role else ""
            raise NotFound(f"The run has no hit in row {row}{of_role}", near=list(self._rows)[:_NEAR])
        hits = [
            (customer, hit)
            for customer in customers
            for hit in (*customer.findings, *customer.set_aside, *customer.dismissed)
        ]
        found = [pair for pair in hits if pair[1].key == key and wanted.list in (None, pair[1].list)]
        if not found:
            near = [f"{hit.key} ({hit.list})" for _customer, hit in hits]
            raise NotFound(f"Row {row} has no hit {key}", near=near)
        if len({hit.list for _customer, hit in found}) > 1:
            raise Ambiguous(
                f"Several lists have an entry {key}",
                candidates=[hit.list for _customer, hit in found],
                code=SEVERAL_LISTS,
            )
        if len(found) > 1:
            raise Ambiguous(
                f"Several names of row {row} have the hit {key}",
                candidates=[customer.role or "" for customer, _hit in found],
                code=SEVERAL_ROLES,
            )
        customer, hit = found[0]
        if hit.party_uid is None:
            raise NotFound("The run is from a version without judgements: screen again")
        return customer, hit
