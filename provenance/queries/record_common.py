"""What the records of `show` have in common: naming, sources, sameness."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select

from provenance.core.identity import reference
from provenance.domain.sameness import clusters
from provenance.queries.transfers import transfer_lines
from provenance.schema.session import Session
from provenance.schema.sources import Citation, CitationVersion, Source
from provenance.schema.tables import table
from provenance.text.partial_dates import DateSpan, format_span

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Members:
    """The records that a group's rows tell of; ``key`` is where a row has their reference."""

    table: str
    key: str
    ids: Sequence[int]


@dataclass(slots=True)
class Record:
    """A record: what it is, its own facts, and the groups of statements around it.

    ``members`` has the groups whose rows tell of other records, each with a mark of its own.
    """

    kind: str
    ref: str
    title: str
    facts: Row
    groups: dict[str, list[Row]] = field(default_factory=dict)
    members: dict[str, Members] = field(default_factory=dict)


def row_of(session: Session, name: str, number: int) -> Row:
    """A record's columns by name."""
    record = table(name)
    return dict(session.execute(select(record).where(record.c.id == number)).one()._mapping)


def ref_of(session: Session, name: str, number: int | None) -> str | None:
    """A record's spoken reference; None where there is no record."""
    return reference(*uid_of(session, name, number)) if number else None


def uid_of(session: Session, name: str, number: int) -> tuple[str, str]:
    """A record's table and its uid, as `reference` takes them."""
    record = table(name)
    return name, session.execute(select(record.c.uid).where(record.c.id == number)).scalar_one()


def named(session: Session, name: str, label: str, number: int | None) -> str | None:
    """A record's name with its spoken reference; None where there is no record."""
    if not number:
        return None
    row = row_of(session, name, number)
    return f"{row[label]} ({reference(name, row['uid'])})"


def span(earliest: date | None, latest: date | None) -> str:
    """A partial date as people write it."""
    return format_span(DateSpan(earliest, latest))


def known(**facts: Any) -> Row:
    """Facts by name, those left out that nobody knows."""
    return {name.replace("_", " "): value for name, value in facts.items() if value not in (None, "", False)}


def citations(session: Session, target: str, number: int) -> list[Row]:
    """Every record of a source that supports this one, with its text, its grades and what it said before."""
    rows = session.execute(
        select(Citation, Source.key, Source.publisher, Source.origin_group, Source.reliability)
        .join(Source, Source.id == Citation.source_id)
        .where(Citation.__table__.c[f"{target}_id"] == number)
        .order_by(Source.key, Citation.record_key)
    ).all()
    found = []
    for row in rows:
        earlier = session.execute(
            select(CitationVersion.raw_text)
            .where(CitationVersion.citation_id == row.id)
            .order_by(CitationVersion.id)
        ).scalars()
        found.append(
            {
                "source": row.key,
                "publisher": row.publisher,
                "origin group": row.origin_group,
                "record": row.record_key,
                "address": row.address,
                "reliability": row.reliability or "not assessed",
                "credibility": row.credibility or "not assessed",
                "published": span(row.published_earliest, row.published_latest),
                "retrieved": row.retrieved,
                "text": row.raw_text,
                "earlier texts": list(earlier),
            }
        )
    return found


def said_the_same(session: Session, kind: str, number: int) -> list[Row]:
    """The other members of a record's cluster, by reference."""
    merged = clusters(session, kind)
    if number not in merged:
        return []
    members = [member for member, first in merged.items() if first == merged[number] and member != number]
    return [{"the same as": ref_of(session, kind, member)} for member in sorted(members)]


def transfer_rows(session: Session, numbers: list[int]) -> list[Row]:
    """Transfers with their parties, one row each."""
    return [asdict(line) for line in transfer_lines(session, numbers)]


def stated(session: Session, item: Any) -> Row:
    """What every dated statement tells of itself: when it held, how far it was checked, on whose word."""
    return {
        "since": span(item.since_earliest, item.since_latest),
        "until": span(item.until_earliest, item.until_latest),
        "verification": item.verification,
        "source": source_name(session, item.source_id),
        "note": item.note,
    }


def source_name(session: Session, number: int) -> str:
    """A source as an answer names it: publisher, title, address."""
    row = row_of(session, "source", number)
    return f"{row['publisher']}: {row['title']}" + (f" <{row['address']}>" if row["address"] else "")


def source_of(session: Session, row: Row) -> Row:
    """On whose word a reference record stands."""
    return {"source": source_name(session, row["source_id"]), "further_sources": row.get("further_sources")}
