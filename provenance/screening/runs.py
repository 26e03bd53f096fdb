"""Runs are kept: who screened what when, against which versions, and what came of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from provenance import __version__
from provenance.core.errors import NotFound
from provenance.core.identity import new_uid, read_reference, reference
from provenance.core.vocabulary.watched import ScreeningKind
from provenance.domain.audit import add_entry
from provenance.importing.runs import sha256_of
from provenance.schema.rows import insert_row, insert_rows
from provenance.schema.session import Session
from provenance.schema.watchlists import ScreenedRow, ScreeningRun, Watchlist, WatchlistVersion
from provenance.screening.answering import ScreenedName
from provenance.screening.judging import unjudged
from provenance.sources.customers import Customer, input_digest


@dataclass(frozen=True, slots=True)
class RunTerms:
    """What a run was asked: its kind, settings and, for a file, which one."""

    kind: ScreeningKind
    settings: dict[str, Any]
    actor: str
    file: Path | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """A run as it is kept."""

    ref: str
    kind: str
    actor: str
    at: datetime
    program_version: str
    settings: dict[str, Any]
    versions: list[str]
    file_name: str | None
    file_sha256: str | None
    input_sha256: str
    rows_screened: int
    rows_not_screened: int
    rows_with_hits: int
    hits: int
    result_sha256: str


def keep_run(
    session: Session, terms: RunTerms, customers: Sequence[Customer], answers: Sequence[ScreenedName]
) -> str:
    """Keeps a run with every row that is not clear; gives its reference."""
    uid = new_uid()
    not_screened = sum(answer.not_screened is not None for answer in answers)
    values = {
        "uid": uid,
        "kind": terms.kind,
        "actor": terms.actor,
        "at": datetime.now(UTC),
        "program_version": __version__,
        "settings": json.dumps(terms.settings, ensure_ascii=False, sort_keys=True),
        "versions": json.dumps(versions(session)),
        "file_name": terms.file.name if terms.file else None,
        "file_sha256": sha256_of(terms.file) if terms.file else None,
        "input_sha256": input_digest(customers),
        "rows_screened": len(answers) - not_screened,
        "rows_not_screened": not_screened,
        "rows_with_hits": sum(bool(answer.hits) for answer in answers),
        "hits": sum(len(answer.hits) for answer in answers),
        "result_sha256": result_digest(unjudged(answers)),
    }
    number = insert_row(session, ScreeningRun, values)
    kept = [
        {"run_id": number, "row_number": place, "answer": json.dumps(asdict(answer), ensure_ascii=False)}
        for place, answer in enumerate(answers)
        if answer.hits or answer.not_screened or answer.set_aside or answer.other_times or answer.dismissed
    ]
    insert_rows(session, ScreenedRow, kept)
    sealed = {name: values[name] for name in ("kind", "input_sha256", "result_sha256", "hits", "versions")}
    add_entry(session, actor=terms.actor, action="screen", table="screening_run", uid=uid, after=sealed)
    return reference("screening_run", uid)


def versions(session: Session) -> list[str]:
    """Every version of every list here, as ``LIST@DATE`` with the beginning of its digest."""
    rows = session.execute(
        select(Watchlist.key, WatchlistVersion.as_of, WatchlistVersion.content_digest)
        .join(WatchlistVersion, WatchlistVersion.watchlist_id == Watchlist.id)
        .order_by(Watchlist.key, WatchlistVersion.as_of, WatchlistVersion.content_digest)
    )
    return [f"{row.key}@{row.as_of} {row.content_digest[:12]}" for row in rows]


def result_digest(answers: Iterable[ScreenedName]) -> str:
    """One digest over answers: the same input against the same versions gives the same, whoever judged."""
    digest = hashlib.sha256()
    for answer in answers:
        digest.update(json.dumps(asdict(answer), ensure_ascii=False, sort_keys=True).encode() + b"\n")
    return digest.hexdigest()


def find_run(session: Session, text: str) -> tuple[int, Run]:
    """A run by its reference, or the newest where the text is ``last``.

    Raises:
        NotFound: there is none.
    """
    try:
        wanted = read_reference(text)
    except ValueError as error:
        raise NotFound(str(error)) from None
    rows = session.execute(select(ScreeningRun).order_by(ScreeningRun.id.desc())).all()
    for row in rows:
        ref = reference("screening_run", row.uid)
        if text in ("last", row.uid) or (wanted is not None and read_reference(ref) == wanted):
            return row.id, _run(row, ref)
    raise NotFound(
        f"There is no screening run {text}",
        near=[reference("screening_run", row.uid) for row in rows[:5]],
    )


def _run(row: Any, ref: str) -> Run:
    names = (
        "kind", "actor", "at", "program_version", "file_name", "file_sha256", "input_sha256",
        "rows_screened", "rows_not_screened", "rows_with_hits", "hits", "result_sha256",
    )  # fmt: skip
    return Run(
        ref=ref,
        settings=json.loads(row.settings),
        versions=json.loads(row.versions),
        **{name: getattr(row, name) for name in names},
    )


def rows_of_run(session: Session, number: int) -> list[dict[str, Any]]:
    """The rows that a run kept, as they were answered."""
    rows = session.execute(
        select(ScreenedRow.answer).where(ScreenedRow.run_id == number).order_by(ScreenedRow.row_number)
    ).scalars()
    return [json.loads(answer) for answer in rows]


def known_hits(session: Session, number: int) -> set[tuple[str, str, str]]:
    """What a run had found already: (customer, list, key); a customer is its id, else its name."""
    return {
        (row["id"] or row["name"], hit["list"], hit["key"])
        for row in rows_of_run(session, number)
        for hit in row["hits"]
    }
