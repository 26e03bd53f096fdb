"""Labels of bags and reels: read from a photo, and on request made a document or a request to a firm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from provenance.core.basis import Basis
from provenance.core.errors import BadInput, IntegrityFailure, NotFound, UsageError
from provenance.core.identity import reference
from provenance.core.tlp import UNMARKED, Handling, ceiling, stricter_than, strictest, strictness
from provenance.core.vocabulary import EvidenceClass, Tlp
from provenance.core.vocabulary.evidence import RequirementSubject
from provenance.core.vocabulary.labels import PART_MEANINGS
from provenance.core.vocabulary.tracing import DocumentKind
from provenance.domain.journal import author_of
from provenance.evidence.attachments import attachments_of
from provenance.evidence.label_codes import FoundCode, codes_in_file
from provenance.evidence.label_facts import doubts_about, question_about, statement_of
from provenance.evidence.photo_selection import photos_named
from provenance.evidence.store import FileFate, Shelf
from provenance.evidence.subjects import Subject, standing_subject
from provenance.queries.fingerprint import data_fingerprint
from provenance.schema.session import Session
from provenance.schema.transfers import Document, Transfer
from provenance.services.contracts.reel_labels import (
    LabelFacts,
    LabelFieldRow,
    LabelsRead,
    LogLabel,
    ReadLabels,
)
from provenance.services.contracts.trace_requests import WriteTraceRequest
from provenance.services.contracts.transfers import LogTransfer, StatedTransfer
from provenance.services.evidence_store import store_of
from provenance.services.identification import identified
from provenance.services.trace_requests import request_written
from provenance.services.transfers import stated_record, store_stated
from provenance.services.workspace import Workspace
from provenance.text.reel_labels.fields import ReelLabel
from provenance.text.reel_labels.values import read_value

LABEL_CAUTION = (
    "A label says what was packed into its bag or reel. That the item beside it came out of that bag is an"
    " assumption."
)
_MOST_OUTSIDE = Tlp.AMBER
"""What is marked more strictly may not leave the organization of those who work on the case."""


@dataclass(frozen=True, slots=True)
class _Photo:
    """The photo: its row if it is on record, its file, and the component that its label belongs to."""

    row: Any
    file: Path
    name: str
    about: Subject | None

    @property
    def ref(self) -> str | None:
        """Its reference, if it is on record."""
        return reference("photo", self.row.uid) if self.row is not None else None


def read_labels(workspace: Workspace, request: ReadLabels) -> LabelsRead:
    """The bag and reel labels in a photo, field by field; nothing is stored.

    Raises:
        NotFound: there is no such photo or component, or it may not be shown.
        BadInput: the photo cannot be read, or its component is withdrawn.
        IntegrityFailure: the stored photo is missing or altered.
    """
    with workspace.reading() as session:
        photo = _located(session, workspace, request)
        return _result(session, photo, codes_in_file(photo.file, photo.name))


def log_label(workspace: Workspace, request: LogLabel) -> LabelsRead:
    """Makes the label of a photo a document about its item, drafts requests about it, or both, or neither.

    Raises:
        NotFound: as `read_labels` says, or a firm or party is not on record.
        BadInput: as `read_labels` says, or what is stored would rest on nothing.
        UsageError: the photo is not logged, several labels are in it, or nothing is asked for.
        IntegrityFailure: the stored photo is missing or altered.
    """
    if not (request.senders or request.recipients or request.ask):
        raise UsageError("Nothing would be stored.", code="label_parties")
    with workspace.writing() as session:
        photo = _located(session, workspace, request)
        codes = codes_in_file(photo.file, photo.name)
        label = _chosen(codes, request.number)
        if photo.row is None:
            raise UsageError(
                "Only a photo on record can be a document's source.",
                hint=f"Log it first: provenance log photo {photo.file}",
            )
        if photo.about is None:
            raise UsageError("To which component the label belongs is not known.", code="label_component")
        transfer: str | None = None
        notes: tuple[str, ...] = ()
        if request.senders or request.recipients:
            transfer, notes = _document(session, workspace, request, photo, label)
        written = [_request(session, workspace, photo, label, firm) for firm in request.ask]
        found = _result(session, photo, codes)
    return found.model_copy(
        update={
            "transfer": transfer,
            "requests": tuple(row.ref for each in written for row in each.rows),
            "letters": tuple(each.letter for each in written),
            "notes": notes,
        }
    )


def _located(session: Session, workspace: Workspace, request: ReadLabels) -> _Photo:
    """The photo on record, or the file of that name, and the component that its label belongs to."""
    about = (
        standing_subject(
            session, request.component, kind=RequirementSubject.COMPONENT, highest=workspace.clearance
        )
        if request.component
        else None
    )
    file = Path(request.photo)
    if file.is_file():
        return _Photo(None, file, file.name, about)
    (row, *others) = photos_named(session, [request.photo])
    if others:
        raise UsageError(f"{request.photo} names {len(others) + 1} photos: one at a time is read")
    ref = reference("photo", row.uid)
    shown = [subject for _row, subject in attachments_of(session, row.id)]
    mark = strictest([row.tlp, *(each.tlp for each in shown)])
    if not ceiling(workspace.clearance)(mark):
        raise NotFound(
            f"{ref} may not be shown: it is TLP:{mark or UNMARKED}, {stricter_than(workspace.clearance)}"
        )
    store = store_of(workspace)
    if (fate := store.fate(Shelf.ORIGINALS, row.sha256)) is not FileFate.WHOLE:
        raise IntegrityFailure(
            f"The stored file of {ref} ({row.file_name}) is {fate}.",
            hint="Log the same photo again from the card or a backup: this restores its file.",
        )
    components = [each for each in shown if each.table is RequirementSubject.COMPONENT]
    if about is None and len(components) == 1:
        about = standing_subject(session, components[0].ref)
    return _Photo(row, store.path(Shelf.ORIGINALS, row.sha256), row.file_name, about)


def _labels(codes: Sequence[FoundCode]) -> list[tuple[FoundCode, ReelLabel]]:
    return [(code, label) for code in codes if (label := code.label) is not None]


def _chosen(codes: Sequence[FoundCode], number: int | None) -> ReelLabel:
    labels = _labels(codes)
    if not labels:
        raise BadInput("no label of a bag or reel can be read in the photo", code="no_label")
    if number is None and len(labels) > 1:
        raise UsageError(f"The photo has {len(labels)} labels.", code="label_number")
    place = (number or 1) - 1
    if not 0 <= place < len(labels):
        raise UsageError(f"There is no label {number}; the photo has {len(labels)}.", code="label_number")
    return labels[place][1]


def _result(session: Session, photo: _Photo, codes: Sequence[FoundCode]) -> LabelsRead:
    labels = _labels(codes)
    rows = [
        row for number, (_code, label) in enumerate(labels, start=1) for row in _rows(session, number, label)
    ]
    basis = Basis(
        "what the labels in the photo say", "fields of labels, as they stand", data_fingerprint(session)
    )
    basis.counted = {"labels": len(labels), "fields": len(rows)}
    basis.handling = Handling.of(
        [
            *([photo.row.tlp] if photo.row is not None else []),
            *([photo.about.tlp] if photo.about is not None else []),
        ]
    )
    basis.cautions = [LABEL_CAUTION] if labels else []
    if not labels:
        basis.unknown.append("No label of a bag or reel can be read; one may be there all the same.")
    return LabelsRead(
        basis=basis,
        photo=photo.ref,
        file=photo.name,
        component=photo.about.ref if photo.about else None,
        component_title=photo.about.title if photo.about else None,
        labels=tuple(_facts(session, photo, *each) for each in enumerate(labels, start=1)),
        other_codes=tuple(code.shown for code in codes if code.label is None),
        rows=tuple(rows),
    )


def _facts(session: Session, photo: _Photo, number: int, found: tuple[FoundCode, ReelLabel]) -> LabelFacts:
    code, label = found
    stated = statement_of(label)
    doubts = doubts_about(session, label, photo.about.id, session.today) if photo.about else []
    return LabelFacts(
        number=number,
        symbology=code.symbology,
        syntax=label.syntax,
        separators_lost=label.separators_lost,
        rest=label.rest,
        mpn=stated.mpn,
        lot=stated.lot,
        date_code=stated.date_code,
        quantity=stated.quantity,
        origin=stated.origin,
        doubts=tuple(doubts),
    )


def _rows(session: Session, number: int, label: ReelLabel) -> list[LabelFieldRow]:
    parts = [each.value for each in label.fields if each.meaning in PART_MEANINGS and each.value.strip()]
    read_as = dict(zip(parts, map(_part, identified(session, parts)), strict=True)) if parts else {}
    rows = []
    for each in label.fields:
        read = read_value(each.meaning, each.value, today=session.today)
        part = read_as.get(each.value) if each.meaning in PART_MEANINGS else None
        rows.append(
            LabelFieldRow(
                label=number,
                identifier=each.identifier,
                meaning=each.meaning,
                value=each.value,
                reading=read.value or part,
                problem=read.problem,
            )
        )
    return rows


def _part(marking: Any) -> str | None:
    """The part that identification reads a part number as, with how sure it is; None where it knows none."""
    if not marking.candidates:
        return None
    best = marking.candidates[0]
    return f"{' '.join(filter(None, (best.maker, best.mpn)))} ({best.confidence})"


def _document(
    session: Session, workspace: Workspace, request: LogLabel, photo: _Photo, label: ReelLabel
) -> tuple[str, tuple[str, ...]]:
    """Logs the label as a document about its item; the reference of the transfer, and what to know of it."""
    assert photo.about is not None
    author = author_of(session, workspace.actor)
    document = f"label {request.number} in {photo.ref}" if request.number else f"label in {photo.ref}"
    _refuse_repeated(session, document, photo.about)
    stated = statement_of(label)
    if not (stated.mpn or stated.lot):
        raise BadInput("the label names neither one part nor one lot: it is no document about an item")
    quantity = _whole(stated.quantity)
    transfer = StatedTransfer(
        senders=request.senders,
        recipients=request.recipients,
        component=photo.about.ref,
        lot=stated.lot,
        mpn=stated.mpn,
        quantity=quantity,
        quantity_unit="pcs" if quantity else None,
        origin=stated.origin,
        document=document,
        document_kind=DocumentKind.OTHER,
        evidence_class=EvidenceClass.ITEM_DOCUMENT,
        tlp=request.tlp or photo.row.tlp,
        note="; ".join(f"{each.identifier} {each.value}" for each in label.fields if each.value),
    )
    done = store_stated(
        session,
        LogTransfer(transfer=transfer, source=request.source or author.source_key, new=request.new),
        stated_record(transfer, session.today),
        actor=workspace.actor,
    )
    return done.rows[0].ref, done.notes


def _refuse_repeated(session: Session, document: str, about: Subject) -> None:
    """Refuses a label that is a document about this item already.

    Raises:
        BadInput: it is.
    """
    known = session.execute(
        select(Transfer.uid)
        .join(Document, Document.id == Transfer.document_id)
        .where(Document.reference == document, Transfer.component_id == about.id)
        .where(Transfer.withdrawn_at.is_(None))
        .order_by(Transfer.id)
    ).scalar()
    if known is not None:
        ref = reference("transfer", known)
        raise BadInput(
            f"the {document} is on record as {ref}, about {about.ref}",
            hint=f"To put it right: provenance amend {ref} FIELD=VALUE",
        )


def _whole(quantity: str | None) -> str | None:
    """A quantity that can be stated: a whole number, else None."""
    return quantity if quantity is not None and quantity.isdecimal() else None


def _request(session: Session, workspace: Workspace, photo: _Photo, label: ReelLabel, firm: str) -> Any:
    """Drafts a request that asks a firm about what the label says."""
    assert photo.about is not None
    mark = strictest([photo.row.tlp, photo.about.tlp])
    if strictness(mark) > strictness(_MOST_OUTSIDE):
        raise BadInput(f"what the label says is TLP:{mark} and may not be sent to {firm}")
    wanted = WriteTraceRequest(trace=photo.about.ref, firm=firm, question=question_about(label))
    return request_written(session, wanted, actor=workspace.actor)
