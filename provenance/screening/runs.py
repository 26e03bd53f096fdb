"""Screening runs as they are stored: who screened what, when, against which versions, with what result."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from provenance import __version__
from provenance.core.errors import NotFound
from provenance.core.identity import new_uid, read_reference, reference
from provenance.core.vocabulary.watched import ScreeningKind
from provenance.domain.audit import add_entry
from provenance.schema.row_values import by_name, select_rows, values_in
from provenance.schema.rows import insert_row, insert_rows
from provenance.schema.session import Session
from provenance.schema.watchlists import ScreenedRow, ScreeningRun, Watchlist, WatchlistVersion
from provenance.screening.hits import ScreenedCustomer, screened_customer, totals_of
from provenance.screening.judgements import without_judgements
from provenance.sources.customers import Customer, input_digest

NEWEST = "last"
"""What a user writes for the newest run."""

_SHOWN_RUNS = 5


@dataclass(frozen=True, slots=True)
class RunTerms:
    """What was screened, with which settings, by whom and, for a file, its name and SHA-256."""

    kind: ScreeningKind
    settings: dict[str, str | float]
    actor: str
    file_name: str | None = None
    file_sha256: str | None = None


@dataclass(frozen=True, slots=True)
class StoredRun:
    """A stored run without its rows; ``versions`` are ``LIST@DATE`` and the beginning of a digest.

    ``input_sha256`` covers what was screened, ``result_sha256`` what the lists alone gave for it, whatever
    was judged in between.
    """

    ref: str
    kind: str
    actor: str
    at: datetime
    program_version: str
    settings: dict[str, str | float]
    versions: tuple[str, ...]
    file_name: str | None
    file_sha256: str | None
    input_sha256: str
    rows_screened: int
    rows_not_screened: int
    rows_with_hits: int
    hits: int
    result_sha256: str


def save_run(
    session: Session, terms: RunTerms, customers: Sequence[Customer], answers: Sequence[ScreenedCustomer]
) -> str:
    """Stores a run with every row that has something to report; gives its reference."""
    uid = new_uid()
    totals = totals_of(answers)
    row = ScreeningRun(
        uid=uid,
        kind=terms.kind,
        actor=terms.actor,
        at=session.moment,
        program_version=__version__,
        settings=json.dumps(terms.settings, ensure_ascii=False, sort_keys=True),
        versions=json.dumps(list_versions(session)),
        file_name=terms.file_name,
        file_sha256=terms.file_sha256,
        input_sha256=input_digest(customers),
        rows_screened=totals.rows - totals.rows_not_screened,
        rows_not_screened=totals.rows_not_screened,
        rows_with_hits=totals.rows_with_hits,
        hits=totals.hits,
        result_sha256=result_digest(without_judgements(answers)),
    )
    number = insert_row(session, row)
    stored = [
        ScreenedRow(run_id=number, row_number=place, answer=json.dumps(asdict(answer), ensure_ascii=False))
        for place, answer in enumerate(answers)
        if answer.is_reported
    ]
    insert_rows(session, stored)
    sealed = by_name(values_in(row, _SEALED))
    add_entry(session, actor=terms.actor, action="screen", table=ScreeningRun, uid=uid, after=sealed)
    return reference("screening_run", uid)


_SEALED = (
    ScreeningRun.kind,
    ScreeningRun.input_sha256,
    ScreeningRun.result_sha256,
    ScreeningRun.hits,
    ScreeningRun.versions,
)
"""What the audit trail keeps of a run."""


def list_versions(session: Session) -> list[str]:
    """Every version of every list, as ``LIST@DATE`` and the beginning of its digest."""
    rows = session.execute(
        select(Watchlist.key, WatchlistVersion.as_of, WatchlistVersion.content_digest)
        .join(WatchlistVersion, WatchlistVersion.watchlist_id == Watchlist.id)
        .order_by(Watchlist.key, WatchlistVersion.as_of, WatchlistVersion.content_digest)
    )
    return [f"{key}@{as_of} {digest[:12]}" for key, as_of, digest in rows]


def data_version(session: Session) -> str:
    """Twelve hexadecimal digits that name the versions of all lists together."""
    return hashlib.sha256("\n".join(list_versions(session)).encode()).hexdigest()[:12]


def result_digest(answers: Iterable[ScreenedCustomer]) -> str:
    """One digest of rows: the same input against the same versions gives the same in one program version."""
    digest = hashlib.sha256()
    for answer in answers:
        digest.update(json.dumps(asdict(answer), ensure_ascii=False, sort_keys=True).encode() + b"\n")
    return digest.hexdigest()


def find_run(session: Session, text: str) -> tuple[int, StoredRun]:
    """A run's row number and the run, by its reference or uid, or the newest one for ``last``.

    Raises:
        NotFound: there is none.
    """
    try:
        wanted = read_reference(text)
    except ValueError as error:
        raise NotFound(str(error)) from None
    rows = session.execute(select_rows(ScreeningRun).order_by(ScreeningRun.id.desc())).all()
    for row in rows:
        ref = reference("screening_run", row.uid)
        if text in (NEWEST, row.uid) or (wanted is not None and read_reference(ref) == wanted):
            return row.id, _run(row, ref)
    refs = [reference("screening_run", row.uid) for row in rows[:_SHOWN_RUNS]]
    raise NotFound(f"There is no screening run {text}", near=refs)


def _run(row: Row[Any], ref: str) -> StoredRun:
    # Versions before 2 of the answer wrote the names of settings with spaces.
    settings = {name.replace(" ", "_"): value for name, value in json.loads(row.settings).items()}
    return StoredRun(
        ref=ref,
        kind=row.kind,
        actor=row.actor,
        at=row.at,
        program_version=row.program_version,
        settings=settings,
        versions=tuple(json.loads(row.versions)),
        file_name=row.file_name,
        file_sha256=row.file_sha256,
        input_sha256=row.input_sha256,
        rows_screened=row.rows_screened,
        rows_not_screened=row.rows_not_screened,
        rows_with_hits=row.rows_with_hits,
        hits=row.hits,
        result_sha256=row.result_sha256,
    )


def rows_of_run(session: Session, number: int) -> list[ScreenedCustomer]:
    """The stored rows of a run, in order."""
    rows = session.execute(
        select(ScreenedRow.answer).where(ScreenedRow.run_id == number).order_by(ScreenedRow.row_number)
    ).scalars()
    return [screened_customer(json.loads(answer)) for answer in rows]
