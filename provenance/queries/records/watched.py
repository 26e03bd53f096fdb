"""Records of watching: versions of lists, screening runs, and judgements on their hits."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy import select

from provenance.core.identity import reference
from provenance.domain.record_kinds import RecordKind
from provenance.queries.records.common import Built, Members, RecordBase, ref_of, row_of
from provenance.schema.session import Session
from provenance.schema.watchlists import Judgement, Watchlist


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgementRecord(RecordBase):
    """A judgement on a customer and a listed party; ``superseded_by`` is the judgement that replaced it."""

    kind: Literal["judgement"] = "judgement"
    verdict: str
    customer: str
    customer_id: str | None
    party: str
    watchlist: str
    entry_key: str
    reason: str
    actor: str
    judged_at: datetime
    run: str | None
    superseded_by: str | None
    tlp: str | None


def judgement_record(session: Session, number: int) -> Built:
    """A judgement: about which customer and party, by whom and why."""
    row = row_of(session, RecordKind.JUDGEMENT, number)
    record = JudgementRecord(
        ref=reference(RecordKind.JUDGEMENT, row.uid),
        title=row.customer_name,
        verdict=row.verdict,
        customer=row.customer_name,
        customer_id=row.customer_id,
        party=row.party,
        watchlist=row.watchlist,
        entry_key=row.entry_key,
        reason=row.reason,
        actor=row.actor,
        judged_at=row.at,
        run=ref_of(session, RecordKind.SCREENING_RUN, row.screening_run_id),
        superseded_by=ref_of(session, RecordKind.JUDGEMENT, row.superseded_by),
        tlp=row.tlp,
    )
    return Built(record)


@dataclass(frozen=True, slots=True)
class JudgementLine:
    """A judgement on a hit of a run; ``current`` is false of one that another one has superseded."""

    ref: str
    verdict: str
    customer: str
    party: str
    watchlist: str
    entry_key: str
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecord(RecordBase):
    """A screening run with the judgements on its hits; `screen show` lists its rows."""

    kind: Literal["screening_run"] = "screening_run"
    screened: str
    actor: str
    screened_at: datetime
    file: str | None
    program_version: str
    versions: tuple[str, ...]
    rows_screened: int
    rows_not_screened: int
    rows_with_hits: int
    hits: int
    tlp: str | None
    judgements: tuple[JudgementLine, ...]


def run_record(session: Session, number: int) -> Built:
    """A screening run with the judgements on its hits."""
    row = row_of(session, RecordKind.SCREENING_RUN, number)
    statement = select(Judgement).where(Judgement.screening_run_id == number).order_by(Judgement.id)
    judged = session.execute(statement).all()
    lines = tuple(
        JudgementLine(
            reference(RecordKind.JUDGEMENT, one.uid),
            one.verdict,
            one.customer_name,
            one.party,
            one.watchlist,
            one.entry_key,
            one.superseded_by is None,
        )
        for one in judged
    )
    record = RunRecord(
        ref=reference(RecordKind.SCREENING_RUN, row.uid),
        title=row.file_name,
        screened=row.kind,
        actor=row.actor,
        screened_at=row.at,
        file=row.file_name,
        program_version=row.program_version,
        versions=tuple(json.loads(row.versions)),
        rows_screened=row.rows_screened,
        rows_not_screened=row.rows_not_screened,
        rows_with_hits=row.rows_with_hits,
        hits=row.hits,
        tlp=row.tlp,
        judgements=lines,
    )
    return Built(record, {"judgements": Members(RecordKind.JUDGEMENT, [one.id for one in judged])})


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionRecord(RecordBase):
    """A version of a list: when it was in force, from which file, and how much of it was read.

    An extract (``extract``) adds parties and says nothing about those that it does not contain.
    """

    kind: Literal["watchlist_version"] = "watchlist_version"
    list: str
    as_of: date
    extract: bool
    parties: int
    rows_read: int
    format: str
    file: str
    sha256: str
    actor: str
    imported_at: datetime
    note: str | None


def version_record(session: Session, number: int) -> Built:
    """A version of a list."""
    row = row_of(session, RecordKind.WATCHLIST_VERSION, number)
    title = session.execute(select(Watchlist.title).where(Watchlist.id == row.watchlist_id)).scalar_one()
    record = VersionRecord(
        ref=reference(RecordKind.WATCHLIST_VERSION, row.uid),
        title=row.file_name,
        list=title,
        as_of=row.as_of,
        extract=row.partial,
        parties=row.parties,
        rows_read=row.rows_read,
        format=row.format,
        file=row.file_name,
        sha256=row.file_sha256,
        actor=row.actor,
        imported_at=row.imported_at,
        note=row.note,
    )
    return Built(record)
