"""What records have in common: references to other records, sources, sameness."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from provenance.core.identity import reference
from provenance.core.tlp import MarkOrigin
from provenance.core.vocabulary import Tlp
from provenance.domain.declared_fields import declared_columns
from provenance.domain.record_kinds import RecordKind, id_column, tables, uid_column
from provenance.domain.same_statements import overruled, statements
from provenance.domain.sameness import clusters
from provenance.fields.citations import OWN_FIELDS
from provenance.fields.common import TLP
from provenance.queries.comparable import compared
from provenance.queries.marked import CITED
from provenance.schema.row_values import value_in
from provenance.schema.session import Session
from provenance.schema.sources import Citation, CitationVersion, Source
from provenance.text.partial_dates import DateSpan, format_span


@dataclass(frozen=True, slots=True)
class Named:
    """Another record by name and reference; ``name`` is None where it has none."""

    name: str | None
    ref: str


@dataclass(frozen=True, slots=True)
class SourceName:
    """The source that a statement rests on."""

    ref: str
    publisher: str
    title: str
    address: str | None


@dataclass(frozen=True, slots=True)
class CitationLine:
    """A record of a source that supports this record, with its grades and its earlier texts, oldest first.

    Grades are None where they are not assessed; ``published`` is partial ISO text. ``more`` are the fields
    that are declared and have no attribute here (`provenance.fields.citations`).
    """

    source: str
    publisher: str
    origin_group: str
    record_key: str
    address: str | None
    reliability: str | None
    credibility: int | None
    published: str | None
    retrieved: date | None
    text: str
    earlier_texts: tuple[str, ...]
    more: dict[str, Any]


_MORE_OF_CITATION = declared_columns(
    OWN_FIELDS, Citation, but={TLP.name, *(each.name for each in fields(CitationLine))}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordBase:
    """What every record has: its kind, reference and title, and how strictly it is to be handled.

    ``handle_as`` is the strictest mark of the record and of what it lists, None where neither can carry one;
    ``handle_as_from`` says whose mark that is.
    ``left_out`` counts, by list, the rows that are marked too strictly to be shown.
    """

    kind: str
    ref: str
    title: str | None
    handle_as: Tlp | None = None
    handle_as_from: MarkOrigin | None = None
    left_out: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Members:
    """The records that one of the lists of a record is about, each with a mark of its own."""

    kind: RecordKind
    ids: Sequence[int]


@dataclass(frozen=True, slots=True)
class Built:
    """A record, and the members of those of its lists that are about other records, by field."""

    record: RecordBase
    members: dict[str, Members] = field(default_factory=dict)


def row_of(session: Session, kind: RecordKind, number: int) -> Any:
    """A record's row."""
    return session.execute(select(tables()[kind]).where(id_column(kind) == number)).one()


def ref_of(session: Session, kind: RecordKind, number: int | None) -> str | None:
    """A record's spoken reference; None where there is no record."""
    if number is None:
        return None
    uid = session.execute(select(uid_column(kind)).where(id_column(kind) == number)).scalar_one()
    return reference(kind, uid)


def named(
    session: Session, kind: RecordKind, label: InstrumentedAttribute[Any], number: int | None
) -> Named | None:
    """A record by name and reference; None where there is no record."""
    if number is None:
        return None
    row = session.execute(select(label, uid_column(kind)).where(id_column(kind) == number)).one()
    return Named(row[0], reference(kind, row[1]))


def attributes(record: type[Any]) -> frozenset[str]:
    """The names of a record's own attributes, which need not be among its ``more``."""
    return frozenset(each.name for each in fields(record))


def more_of(row: Any, columns: Mapping[str, Any]) -> dict[str, Any]:
    """What a row holds in the columns of declared fields, by the fields' names."""
    return {name: value_in(row, column) for name, column in columns.items()}


def span(earliest: date | None, latest: date | None) -> str | None:
    """An interval as partial ISO text; None where both sides are open."""
    return format_span(DateSpan(earliest, latest)) or None


def day_of(moment: Any) -> date | None:
    """The day of a moment in UTC; None for none."""
    found: date | None = moment.date() if moment is not None else None
    return found


def citations(session: Session, kind: RecordKind, number: int) -> tuple[CitationLine, ...]:
    """Every record of a source that supports a record of a kind in `CITED`."""
    rows = session.execute(
        select(Citation, Source.key, Source.publisher, Source.origin_group, Source.reliability)
        .join(Source, Source.id == Citation.source_id)
        .where(CITED[kind] == number)
        .order_by(Source.key, Citation.record_key)
    ).all()
    return tuple(
        CitationLine(
            source=row.key,
            publisher=row.publisher,
            origin_group=row.origin_group,
            record_key=row.record_key,
            address=row.address,
            reliability=row.reliability,
            credibility=row.credibility,
            published=span(row.published_earliest, row.published_latest),
            retrieved=row.retrieved,
            text=row.raw_text,
            earlier_texts=_earlier_texts(session, row.id),
            more=more_of(row, _MORE_OF_CITATION),
        )
        for row in rows
    )


def _earlier_texts(session: Session, citation_id: int) -> tuple[str, ...]:
    earlier = (
        select(CitationVersion.raw_text)
        .where(CitationVersion.citation_id == citation_id)
        .order_by(CitationVersion.id)
    )
    return tuple(session.execute(earlier).scalars())


def same_as(session: Session, kind: RecordKind, number: int) -> tuple[str, ...]:
    """The references of the records that are declared to be the same as this one."""
    merged = clusters(session, kind)
    if number not in merged:
        return ()
    members = [member for member, first in merged.items() if first == merged[number] and member != number]
    return tuple(ref for member in sorted(members) if (ref := ref_of(session, kind, member)))


_OVERRULED = "overruled: other statements make them count as one"


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """Who said of this record and another one that they are the same item, or are not, when and why.

    ``note`` says of a statement "different" that other statements overrule it; None of all others.
    """

    ref: str
    name: str | None
    verdict: str
    said_by: str
    said_on: date
    reason: str
    note: str | None
    undone_on: date | None
    undone_by: str | None
    undone_reason: str | None


def decisions(session: Session, kind: RecordKind, number: int) -> tuple[tuple[DecisionLine, ...], Members]:
    """Every statement whether a record is the same as another one, in the order made, and those others."""
    found = statements(session, kind)
    mine = [each for each in found if number in each.pair]
    others = compared(session, [(kind, each.other(number)) for each in mine])
    against = {each.never.number for each in overruled(found)} if mine else set()
    lines = tuple(
        DecisionLine(
            ref=other.ref,
            name=other.title,
            verdict=each.verdict.value,
            said_by=each.actor,
            said_on=each.decided_at.date(),
            reason=each.reason,
            note=_OVERRULED if each.number in against else None,
            undone_on=day_of(each.undone_at),
            undone_by=each.undone_by,
            undone_reason=each.undone_reason,
        )
        for each, other in zip(mine, others, strict=True)
    )
    return lines, Members(kind, [other.number for other in others])


def source_name(session: Session, number: int) -> SourceName:
    """A source as a record names it."""
    row = row_of(session, RecordKind.SOURCE, number)
    return SourceName(reference(RecordKind.SOURCE, row.uid), row.publisher, row.title, row.address)
