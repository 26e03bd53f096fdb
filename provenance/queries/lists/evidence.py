"""Lists of what statements rest on: photos and other files, handovers, sources."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import func, select

from provenance.core.identity import reference
from provenance.core.tlp import ceiling
from provenance.core.vocabulary import Tlp
from provenance.domain.record_kinds import RecordKind, id_column, uid_column
from provenance.queries.lists.nouns import COUNT, DAY, REF, SPAN, TEXT, WORD, Listed, Loaded, Noun, own
from provenance.queries.lists.statements import counts
from provenance.queries.marked_records import effective_marks
from provenance.queries.records.common import span
from provenance.schema.evidence import CustodyEvent, Photo, PhotoSubject, PhotoView
from provenance.schema.session import Session
from provenance.schema.sources import Citation, Source

_SUBJECTS = (RecordKind.RECOVERY, RecordKind.UNIT, RecordKind.COMPONENT)

_Subject = tuple[RecordKind, int]


def _subject(row: Any) -> _Subject:
    """What a row of evidence refers to."""
    keys = zip(_SUBJECTS, (row.recovery_id, row.unit_id, row.component_id), strict=True)
    return next((kind, number) for kind, number in keys if number is not None)


def _refs(session: Session) -> dict[_Subject, str]:
    """The references of everything that evidence can be about."""
    return {
        (kind, number): reference(kind, uid)
        for kind in _SUBJECTS
        for number, uid in session.execute(select(id_column(kind), uid_column(kind)))
    }


def _may_name(session: Session, subjects: set[_Subject], clearance: Tlp | None) -> Callable[[_Subject], bool]:
    """Whether a record may be named: a photo with a mild mark may show one with a strict mark."""
    if clearance is None:
        return lambda _subject: True
    allowed, hidden = ceiling(clearance), set[_Subject]()
    for kind in _SUBJECTS:
        numbers = sorted(number for of_kind, number in subjects if of_kind is kind)
        marks = effective_marks(session, kind, numbers)
        hidden |= {(kind, number) for number, each in marks.items() if not all(map(allowed, each))}
    return lambda subject: subject not in hidden


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPhoto(Listed):
    """A photo or other file of evidence. ``shows`` are the records that it is attached to and that may be
    named, ``taken`` a local time or partial ISO text, ``state`` how far it could be read.
    """

    file: str = field(metadata=TEXT)
    kind: str = field(metadata=WORD)
    shows: str | None = field(metadata=TEXT)
    views: str | None = field(metadata=TEXT)
    taken: str | None = field(metadata=SPAN)
    format: str | None = field(metadata=WORD)
    pages: int | None = field(metadata=COUNT)
    duration_seconds: int | None = field(metadata=COUNT)
    bytes: int = field(metadata=COUNT)
    state: str = field(metadata=WORD)
    sha256: str = field(metadata=TEXT)


def _photos(session: Session, clearance: Tlp | None) -> Iterator[Loaded]:
    attached = session.execute(
        select(PhotoSubject).where(PhotoSubject.withdrawn_at.is_(None)).order_by(PhotoSubject.id)
    ).all()
    refs = _refs(session)
    may_name = _may_name(session, {_subject(row) for row in attached}, clearance)
    shown = [row for row in attached if may_name(_subject(row))]
    shows, views = defaultdict[int, list[str]](list), defaultdict[int, list[str]](list)
    seen = defaultdict[int, list[str]](list)
    for number, view in session.execute(
        select(PhotoView.photo_subject_id, PhotoView.view).order_by(PhotoView.view)
    ):
        seen[number].append(view)
    for row in shown:
        shows[row.photo_id].append(refs[_subject(row)])
        views[row.photo_id] += seen[row.id]
    for row in session.execute(select(Photo).order_by(Photo.id)):
        values = own(
            file=row.file_name,
            kind=row.evidence_kind,
            shows=", ".join(shows[row.id]) or None,
            views=", ".join(dict.fromkeys(views[row.id])) or None,
            taken=span(row.taken_earliest, row.taken_latest),
            format=row.picture_format,
            pages=row.pages,
            duration_seconds=None if row.duration_seconds is None else round(row.duration_seconds),
            bytes=row.byte_size,
            state=row.picture_state,
            sha256=row.sha256,
        )
        yield Loaded(row.id, row.uid, None, values)


PHOTOS = Noun(
    "photos",
    RecordKind.PHOTO,
    ListedPhoto,
    _photos,
    "ref file kind shows views taken state pages entered_on",
    "file",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedHandover(Listed):
    """A current entry of custody; a holder is None where it was not recorded."""

    about: str = field(metadata=REF)
    at: str = field(metadata=TEXT)
    from_holder: str | None = field(metadata=TEXT)
    to_holder: str | None = field(metadata=TEXT)
    reason: str | None = field(metadata=TEXT)
    seal: str | None = field(metadata=TEXT)


def _handovers(session: Session, clearance: Tlp | None) -> Iterator[Loaded]:
    refs = _refs(session)
    current = select(CustodyEvent).where(CustodyEvent.superseded_by.is_(None))
    for row in session.execute(current.order_by(CustodyEvent.at_earliest, CustodyEvent.id)):
        values = own(
            about=refs[_subject(row)],
            at=row.at_as_written,
            from_holder=row.from_holder,
            to_holder=row.to_holder,
            reason=row.reason,
            seal=row.seal,
        )
        yield Loaded(row.id, row.uid, None, values)


def _handover_marks(session: Session, numbers: list[int]) -> dict[int, list[str | None]]:
    """An entry of custody is as strict as what was handed over."""
    found = effective_marks(session, RecordKind.CUSTODY_EVENT, numbers)
    rows = session.execute(select(CustodyEvent).where(CustodyEvent.id.in_(numbers))).all()
    for kind in _SUBJECTS:
        about = {row.id: _subject(row)[1] for row in rows if _subject(row)[0] is kind}
        marks = effective_marks(session, kind, sorted(set(about.values())))
        for number, subject in about.items():
            found[number] = [*(mark for mark in found[number] if mark is not None), *marks[subject]]
    return found


HANDOVERS = Noun(
    "custody",
    RecordKind.CUSTODY_EVENT,
    ListedHandover,
    _handovers,
    "ref about at from_holder to_holder reason seal",
    "",
    marks=_handover_marks,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedSource(Listed):
    """A source, with how many of its records are on record; ``reliability`` is the Admiralty letter."""

    key: str = field(metadata=TEXT)
    publisher: str = field(metadata=TEXT)
    title: str = field(metadata=TEXT)
    origin_group: str = field(metadata=TEXT)
    reliability: str | None = field(metadata=WORD)
    published: str | None = field(metadata=SPAN)
    records: int = field(metadata=COUNT)
    retrieved: date | None = field(metadata=DAY)


def _sources(session: Session, clearance: Tlp | None) -> Iterator[Loaded]:
    records = counts(session, Citation.source_id)
    last = select(Citation.source_id, func.max(Citation.retrieved)).group_by(Citation.source_id)
    latest = {row[0]: row[1] for row in session.execute(last)}
    for row in session.execute(select(Source).order_by(Source.id)):
        values = own(
            key=row.key,
            publisher=row.publisher,
            title=row.title,
            origin_group=row.origin_group,
            reliability=row.reliability,
            published=span(row.published_earliest, row.published_latest),
            records=records.get(row.id, 0),
            retrieved=latest.get(row.id),
        )
        yield Loaded(row.id, row.uid, None, values)


SOURCES = Noun(
    "sources",
    RecordKind.SOURCE,
    ListedSource,
    _sources,
    "key publisher title reliability records published origin_group retrieved",
    "key",
)
