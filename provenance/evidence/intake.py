"""Intake of photos and other evidence: hashed, stored unaltered, read, recorded; once only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from provenance.core.errors import BadInput
from provenance.core.identity import natural_uid
from provenance.core.vocabulary import Tlp
from provenance.core.vocabulary.evidence import EvidenceKind
from provenance.domain.audit import add_entry
from provenance.evidence.attachments import Attachment, attach
from provenance.evidence.clock import taken
from provenance.evidence.documents import EvidenceContent, read_evidence
from provenance.evidence.images import ImageContent, read_image
from provenance.evidence.likeness import nearest
from provenance.evidence.other_content import other_content
from provenance.evidence.store import FileFate, Shelf, Store, source_sha256
from provenance.schema.evidence import Photo
from provenance.schema.row_values import Values, by_name, changes, given, update_rows, values_in, with_values
from provenance.schema.rows import insert_row
from provenance.schema.session import Database, Session, hold
from provenance.text.partial_dates import DateSpan


@dataclass(frozen=True, slots=True)
class IntakeTerms:
    """What is stated about all files of one intake; None where nothing is stated.

    ``clock_offset`` is in seconds, to be added to the camera's clock. ``any_kind`` takes documents and videos
    as well, ``kind`` says what they are; otherwise only photos are taken.
    """

    clock_offset: int | None = None
    stated: DateSpan | None = None
    tlp: Tlp | None = None
    note: str | None = None
    any_kind: bool = False
    kind: EvidenceKind | None = None


@dataclass(slots=True)
class IntakeOutcome:
    """The outcome for one file: its photo's row, whether it is new, corrected, or its file was restored.

    ``near`` is the number of a photo that looks nearly the same, and how many of 256 bits differ.
    ``attached`` are the attachments that are new.
    """

    file: Path
    photo: Any
    new: bool
    changed: bool = False
    restored: bool = False
    near: tuple[int, int] | None = None
    attached: list[Attachment] = field(default_factory=list)


class Likenesses:
    """The perceptual hashes of all photos known so far."""

    def __init__(self, session: Session) -> None:
        rows = session.execute(
            select(Photo.id, Photo.likeness).where(Photo.likeness.is_not(None)).order_by(Photo.id)
        )
        self._known: list[tuple[int, str]] = [(row.id, row.likeness) for row in rows]

    def near(self, photo: Any) -> tuple[int, int] | None:
        """The other known photo that is nearest to this one, and how many bits differ."""
        if photo.likeness is None:
            return None
        return nearest(photo.likeness, (each for each in self._known if each[0] != photo.id))

    def add(self, photo: Any) -> None:
        """Adds a photo."""
        if photo.likeness is not None:
            self._known.append((photo.id, photo.likeness))


class Intake:
    """Receives files into one store and one database, each in a transaction of its own."""

    def __init__(self, database: Database, store: Store, terms: IntakeTerms) -> None:
        self._database = database
        self._store = store
        self._terms = terms
        store.tidy()
        with database.reading() as session:
            self._likenesses = Likenesses(session)

    def receive(self, file: Path, attachments: Sequence[Attachment] = ()) -> IntakeOutcome:
        """Stores and records one file, and attaches it.

        The file is complete in the store before a row refers to it: if the program is killed in between, the
        same command continues from there.

        Raises:
            BadInput: the file cannot be read, is empty, or is not a photo.
            StoreFailure: the store cannot be written to.
        """
        digest = source_sha256(file)
        with self._database.reading() as session:
            known = photo_of_digest(session, digest)
        outcome = self._receive_known(file, known) if known is not None else self._receive_new(file, digest)
        outcome.near = self._likenesses.near(outcome.photo)
        if outcome.new:
            self._likenesses.add(outcome.photo)
        self.attach(outcome, attachments)
        return outcome

    def attach(self, outcome: IntakeOutcome, attachments: Sequence[Attachment]) -> None:
        """Attaches a recorded photo."""
        if attachments:
            with self._database.writing() as session:
                outcome.attached += [
                    wanted
                    for wanted in attachments
                    if attach(session, outcome.photo, wanted, actor=self._database.actor)
                ]

    def _receive_new(self, file: Path, digest: str) -> IntakeOutcome:
        found = self._content(file)
        content = found.image
        if self._store.take(file) != digest:
            raise BadInput("changed while it was being read; nothing was stored", file=str(file))
        working = self._store.put(Shelf.WORKING, content.working) if content.working else None
        with self._database.writing() as session:
            hold(session, "photo", natural_uid("photo", digest))
            known = photo_of_digest(session, digest)
            if known is not None:
                return IntakeOutcome(file, known, new=False)
            photo = self._row(file, digest, found, working, session.moment)
            row = with_values(photo, self._when(content.facts.time, None))
            insert_row(session, row)
            add_entry(
                session,
                actor=self._database.actor,
                action="log photo",
                table=Photo,
                uid=row.uid,
                after={name: value for name, value in by_name(given(row)).items() if value is not None},
            )
            return IntakeOutcome(file, photo_of_digest(session, digest), new=True)

    def _content(self, file: Path) -> EvidenceContent:
        if self._terms.any_kind:
            return read_evidence(file, self._terms.kind)
        return EvidenceContent(EvidenceKind.PHOTO, _photo_in(file))

    def _row(
        self, file: Path, digest: str, found: EvidenceContent, working: str | None, moment: datetime
    ) -> Photo:
        content = found.image
        status, facts = file.stat(), content.facts
        return Photo(
            evidence_kind=found.kind,
            pages=found.pages,
            duration_seconds=found.duration_seconds,
            uid=natural_uid("photo", digest),
            sha256=digest,
            byte_size=status.st_size,
            # A name that is not UTF-8 is stored with escapes: no database holds its bytes as text.
            file_name=file.name.encode("utf-8", "backslashreplace").decode(),
            file_modified_at=datetime.fromtimestamp(int(status.st_mtime), UTC),
            picture_format=content.format,
            picture_state=content.state,
            state_reason=content.reason,
            width=content.width,
            height=content.height,
            camera_make=facts.make,
            camera_model=facts.model,
            camera_serial=facts.serial,
            camera_time=facts.time,
            camera_zone_minutes=facts.zone_minutes,
            position_latitude=facts.latitude,
            position_longitude=facts.longitude,
            position_altitude_m=facts.altitude,
            position_at=facts.position_at,
            likeness=content.likeness,
            label_read=content.label,
            working_sha256=working,
            tlp=self._terms.tlp,
            note=self._terms.note,
            taken_in_by=self._database.actor,
            taken_in_at=moment,
        )

    def _when(self, camera: datetime | None, known: Any) -> Values:
        """The columns of when it was taken; what is not stated this time stays as it is."""
        offset, stated = self._terms.clock_offset, self._terms.stated
        if known is not None:
            offset = known.clock_offset_seconds if offset is None else offset
            if stated is None and known.taken_basis == "stated":
                stated = DateSpan(known.taken_earliest, known.taken_latest)
        found = taken(camera, offset, stated)
        return {
            Photo.clock_offset_seconds: offset,
            Photo.taken_at: found.at,
            Photo.taken_earliest: found.days.earliest,
            Photo.taken_latest: found.days.latest,
            Photo.taken_basis: found.basis,
        }

    def _receive_known(self, file: Path, known: Any) -> IntakeOutcome:
        """A photo that is recorded already: a missing file is restored, new statements are recorded."""
        restored = self._restore(file, known)
        stated = self._when(known.camera_time, known)
        said: Values = {Photo.tlp: self._terms.tlp, Photo.note: self._terms.note}
        if self._terms.kind is not None and self._terms.kind != known.evidence_kind:
            read = read_evidence(file, self._terms.kind)
            said |= {Photo.evidence_kind: read.kind}
            stated |= {Photo.state_reason: read.image.reason}
        stated |= {column: value for column, value in said.items() if value}
        changed = changes(known, stated)
        before = by_name(values_in(known, changed))
        if not before and not restored:
            return IntakeOutcome(file, known, new=False)
        with self._database.writing() as session:
            if before:
                update_rows(session, Photo, stated, Photo.id == known.id)
            add_entry(
                session,
                actor=self._database.actor,
                action="correct photo" if before else "restore photo's file",
                table=Photo,
                uid=known.uid,
                before=before or None,
                after=by_name(changed) | ({"file": "restored"} if restored else {}),
            )
            row = photo_of_digest(session, known.sha256)
        return IntakeOutcome(file, row, new=False, changed=bool(before), restored=restored)

    def _restore(self, file: Path, known: Any) -> bool:
        original = self._store.fate(Shelf.ORIGINALS, known.sha256)
        working = self._store.fate(Shelf.WORKING, known.working_sha256) if known.working_sha256 else None
        if original is not FileFate.WHOLE:
            self._store.take(file)
        if working not in (None, FileFate.WHOLE):
            content = read_image(file, file.name)
            if content is not None and content.working:
                self._store.put(Shelf.WORKING, content.working)
        return original is not FileFate.WHOLE or working not in (None, FileFate.WHOLE)


def _photo_in(file: Path) -> ImageContent:
    """What is in a photo; a damaged one too, but nothing else that is named like one.

    Raises:
        BadInput: it is not a photo; says what it is.
    """
    content = read_image(file, file.name)
    is_recognised = content is not None and content.format not in (None, "RAW")
    other = None if is_recognised else other_content(file)
    if content is None or other is not None:
        raise BadInput(
            f"is {other}, not a photo" if other else "is not a photo in a known format",
            file=str(file),
            hint="Known formats: JPEG, PNG, TIFF, HEIC, WebP, BMP, GIF and the RAW files of cameras.",
        )
    return content


def photo_of_digest(session: Session, digest: str) -> Any:
    """The row of the photo of that SHA-256; None where there is none."""
    return session.execute(select(Photo).where(Photo.sha256 == digest)).first()
