"""Citations: a publication or record that reports what is in the database."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from provenance.core.errors import BadInput, NotFound
from provenance.core.identity import natural_uid
from provenance.domain.amendments.standing import refuse_withdrawn
from provenance.domain.audit import add_entry
from provenance.domain.declared_fields import declared_values
from provenance.domain.handles import row_called
from provenance.domain.journal import Author, Entry, Logged
from provenance.domain.record_kinds import RecordKind
from provenance.domain.references import row_of_reference, uid_of
from provenance.fields.citations import OWN_FIELDS, SOURCE_FIELDS
from provenance.schema.row_values import Values, row_of
from provenance.schema.rows import insert_row
from provenance.schema.session import Session, hold
from provenance.schema.sources import Citation, Source
from provenance.text.partial_dates import UNKNOWN

_TARGETS: dict[RecordKind, Any] = {
    RecordKind.RECOVERY: Citation.recovery_id,
    RecordKind.COMPONENT: Citation.component_id,
    RecordKind.TRANSFER: Citation.transfer_id,
    RecordKind.ORGANIZATION: Citation.organization_id,
}
"""What a record of a source may support, and the column that says so."""


_NUMBERED = (RecordKind.RECOVERY, RecordKind.COMPONENT)
"""What it reports may also be named by a number on it."""


def log_citation(session: Session, author: Author, entry: Entry) -> Logged:
    """Writes that a source's record reports something; what is logged is named by its source.

    A source that the database does not know needs its publisher and title.

    Raises:
        NotFound: there is nothing of that reference.
        BadInput: what it reports was withdrawn; or a new source without publisher or title, no record key, or
            a record that reports something else already.
    """
    target = row_called(session, entry["ref"], _NUMBERED)
    if target is None or target[0] not in _TARGETS:
        raise NotFound(
            f"{entry['ref']} is not the reference of a recovery, component, transfer or firm",
            hint="Find it: provenance find TEXT",
        )
    refuse_withdrawn(session, *target)
    record_key = entry["record"] or entry["address"]
    if record_key is None:
        raise BadInput("record: give the source's own key of the record, or an address")
    source_id, source_uid = _source(session, author, entry)
    known = _known(session, source_id, record_key, target)
    if not known:
        _write(session, author, entry, record_key, (source_id, target))
        _seal(session, author, entry, target)
    return Logged(
        RecordKind.SOURCE, source_id, source_uid, f"{record_key} reports {entry['ref']}", known=known
    )


def _known(session: Session, source_id: int, record_key: str, target: tuple[RecordKind, int]) -> bool:
    there = session.execute(
        select(_TARGETS[target[0]].label("target")).where(
            Citation.source_id == source_id, Citation.record_key == record_key
        )
    ).first()
    if there is not None and there.target != target[1]:
        raise BadInput(
            f"record: {record_key} of this source is on record for something else",
            code="record_taken",
        )
    return there is not None


def _write(
    session: Session, author: Author, entry: Entry, record_key: str, ends: tuple[int, tuple[RecordKind, int]]
) -> None:
    source_id, (kind, number) = ends
    published = entry["published"] or UNKNOWN
    retrieved = entry["retrieved"] or UNKNOWN
    values: Values = {
        Citation.source_id: source_id,
        Citation.record_key: record_key,
        _TARGETS[kind]: number,
        Citation.raw_text: entry["quote"] or "",
        Citation.published_earliest: published.earliest,
        Citation.published_latest: published.latest,
        Citation.retrieved: retrieved.latest,
        **declared_values(entry, OWN_FIELDS, Citation),
    }
    insert_row(session, row_of(Citation, values))


def _seal(session: Session, author: Author, entry: Entry, target: tuple[RecordKind, int]) -> None:
    add_entry(
        session,
        actor=author.actor,
        action="log citation",
        table=target[0],
        uid=uid_of(session, *target),
        after={"entry": dict(entry.texts)},
    )


def _reference(session: Session, text: str) -> int | None:
    try:
        referred = row_of_reference(session, text)
    except NotFound:
        return None
    return referred[1] if referred is not None and referred[0] is RecordKind.SOURCE else None


def _same_reliability(there: Any, entry: Entry) -> None:
    given = entry["reliability"]
    if given is not None and given != there.reliability:
        raise BadInput(
            f"reliability: {there.key} is on record as {there.reliability or 'not assessed'}",
            code="already_graded",
        )


def _source(session: Session, author: Author, entry: Entry) -> tuple[int, str]:
    # Two who name a new source at the same time mean the same one.
    hold(session, "source", entry["source"])
    # A key may look like a misspelt reference, so the keys come first.
    there = session.execute(select(Source).where(Source.key == entry["source"])).first()
    if there is None and (referred := _reference(session, entry["source"])) is not None:
        there = session.execute(select(Source).where(Source.id == referred)).first()
    if there is not None:
        _same_reliability(there, entry)
        return there.id, there.uid
    if not (entry["publisher"] and entry["title"]):
        raise BadInput(
            f"source: {entry['source']} is new and needs its publisher and title",
            code="new_source",
        )
    uid = natural_uid("source", entry["source"])
    values: Values = {
        Source.uid: uid,
        Source.key: entry["source"],
        Source.origin_group: entry["origin_group"] or entry["publisher"],
        **declared_values(entry, SOURCE_FIELDS, Source),
    }
    return insert_row(session, row_of(Source, values)), uid
