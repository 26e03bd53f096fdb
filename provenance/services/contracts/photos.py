"""Requests and results of logging and listing photos."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import ClassVar

from pydantic import Field

from provenance.core.vocabulary import Tlp
from provenance.core.vocabulary.evidence import EvidenceKind, View
from provenance.evidence.clock import parse_clock_offset as parse_clock_offset
from provenance.evidence.documents import MOST_BYTES
from provenance.evidence.listing import AttachedPhoto as AttachedPhoto
from provenance.evidence.listing import UnattachedPhoto as UnattachedPhoto
from provenance.evidence.outcomes import LoggedPhoto as LoggedPhoto
from provenance.evidence.references import view_named as view_named
from provenance.evidence.verification import Damage
from provenance.services.contracts.base import Contract, Request, Result
from provenance.text.partial_dates import DateSpan


class PhotoStatements(Request):
    """What is stated about all photos of a request; None where nothing is stated.

    ``clock_offset`` is in seconds, to be added to the camera's clock; ``taken`` is the
    day as a person states it.
    """

    clock_offset: int | None = None
    taken: DateSpan | None = None
    tlp: Tlp | None = None
    note: str | None = None


class PhotoRequest(Request):
    """Photos to log, and what they show; references of records.

    ``shows`` may be any recovery, unit or component, the others only one of their own kind. ``accept_future``
    takes a stated day in the future as it is.
    """

    files: tuple[Path, ...]
    recovery: str | None = None
    unit: str | None = None
    component: str | None = None
    shows: str | None = None
    views: tuple[View, ...] = ()
    statements: PhotoStatements = PhotoStatements()
    accept_future: bool = False


class EvidenceRequest(Request):
    """Files of evidence to log: documents, videos, X-rays, reports, photos; and what they are about.

    ``kind`` is what they are stated to be, None by their content; ``most_bytes`` the largest that is taken.
    """

    files: tuple[Path, ...]
    recovery: str | None = None
    unit: str | None = None
    component: str | None = None
    kind: EvidenceKind | None = None
    most_bytes: int = Field(default=MOST_BYTES, ge=1)
    statements: PhotoStatements = PhotoStatements()
    accept_future: bool = False


class CardRequest(Request):
    """A memory card, or a folder with its files; ``recovery`` is what photos show that no label names.

    A photo belongs to the label photo before it for at most ``window``.
    """

    folder: Path
    recovery: str | None = None
    window: timedelta = timedelta(minutes=5)
    statements: PhotoStatements = PhotoStatements()


class SkippedFile(Contract):
    """A file of a card that was not logged."""

    file: str
    reason: str


class PhotosLogged(Result):
    """Photos that were logged, one row per file; ``skipped`` files were not."""

    schema_id: ClassVar[str] = "provenance.log-photo/2"
    rows: tuple[LoggedPhoto, ...] = ()
    skipped: tuple[SkippedFile, ...] = ()


class EvidenceLogged(PhotosLogged):
    """Files of evidence that were logged, one row per file."""

    schema_id: ClassVar[str] = "provenance.log-evidence/1"


class CardLogged(PhotosLogged):
    """The photos of a memory card that were logged."""

    schema_id: ClassVar[str] = "provenance.log-photos/2"


class PhotoListRequest(Request):
    """The photos of a recovery, unit or component, and of everything in it."""

    ref: str


class PhotosListed(Result):
    """Photos of a record, one row for each photo and record it shows."""

    schema_id: ClassVar[str] = "provenance.evidence-list/1"
    rows: tuple[AttachedPhoto, ...] = ()


class UnattachedListed(Result):
    """Photos that are not attached to any record."""

    schema_id: ClassVar[str] = "provenance.evidence-unattached/1"
    rows: tuple[UnattachedPhoto, ...] = ()


class AttachmentRequest(Request):
    """A photo to attach to a record; ``photo`` is a reference or the beginning of its SHA-256."""

    photo: str
    ref: str
    views: tuple[View, ...] = ()
    reason: str | None = None


class DetachmentRequest(Request):
    """A photo to detach from a record."""

    photo: str
    ref: str
    reason: str


class TagRequest(Request):
    """Photos to tag alike: attached to the records named, with ``views`` of what each is attached to.

    ``photos`` are references, digests, file names, patterns (``IMG_04*``) or ranges (``IMG_0412..IMG_0420``).
    Without records the views are added to what each photo is attached to; without both nothing changes.
    """

    photos: tuple[str, ...]
    recovery: str | None = None
    unit: str | None = None
    component: str | None = None
    views: tuple[View, ...] = ()
    reason: str | None = None


class TaggedPhoto(Contract):
    """A photo and one record that it shows; None where it is not attached to any.

    ``reel_labels`` counts the labels of bags and reels in it.
    """

    photo: str
    file: str
    record: str | None
    title: str | None
    views: tuple[View, ...]
    reel_labels: int
    changed: bool


class TagResult(Result):
    """The tags of all photos named, after the change: one row for each photo and record that it shows."""

    schema_id: ClassVar[str] = "provenance.evidence-tag/1"
    rows: tuple[TaggedPhoto, ...] = ()


class AttachmentChange(Contract):
    """A photo, the record it is attached to or detached from, and whether that is new.

    ``reel_labels`` counts the labels of bags and reels in it.
    """

    photo: str
    file: str
    record: str
    title: str
    changed: bool
    reel_labels: int


class AttachmentResult(Result):
    """What was attached or detached."""

    schema_id: ClassVar[str] = "provenance.evidence-attachment/1"
    rows: tuple[AttachmentChange, ...] = ()


class StoreVerified(Result):
    """Damaged files of the evidence store; ``unknown_files`` are those that no photo refers to."""

    schema_id: ClassVar[str] = "provenance.evidence-verify/1"
    rows: tuple[Damage, ...] = ()
    unknown_files: tuple[str, ...] = ()
