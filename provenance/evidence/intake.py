"""Takes pictures in: hashed, kept unaltered, looked into, written down; again, it changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select, update

from provenance.core.errors import BadInput
from provenance.core.identity import natural_uid
from provenance.core.vocabulary import Tlp
from provenance.domain.audit import add_entry
from provenance.evidence.attaching import Attachment, attach
from provenance.evidence.clock import taken
from provenance.evidence.likeness import nearest
from provenance.evidence.pictures import Picture, look_into
from provenance.evidence.store import FileFate, Shelf, Store, source_sha256
from provenance.schema.evidence import Photo
from provenance.schema.rows import insert_row
from provenance.schema.session import Session, session_scope, writing
from provenance.text.partial_dates import DateSpan

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class IntakeTerms:
    """What is said about all pictures of one command; None where nothing is said.

    ``clock_offset`` is in seconds, to be added to the camera's clock.
    """

    actor: str
    clock_offset: int | None = None
    stated: DateSpan | None = None
    tlp: Tlp | None = None
    note: str | None = None


@dataclass(slots=True)
class TakenIn:
    """What became of one file: its photo's row, whether it is new, what it is like, what was restored.

    ``near`` is the number of a picture that looks nearly the same, and how many of 256 bits differ.
    ``attached`` are the attachments that are news.
    """

    file: Path
    photo: Any
    new: bool
    changed: bool = False
    restored: bool = False
    near: tuple[int, int] | None = None
    attached: list[Attachment] = field(default_factory=list)


class Likenesses:
    """The perceptual hashes of all pictures known so far."""

    def __init__(self, session: Session) -> None:
        rows = session.execute(
            select(Photo.id, Photo.likeness).where(Photo.likeness.is_not(None)).order_by(Photo.id)
        )
        self._known: list[tuple[int, str]] = [(row.id, row.likeness) for row in rows]

    def near(self, photo: Any) -> tuple[int, int] | None:
        """The known picture, another than this one, that is nearest to it, and how many bits differ."""
        if photo.likeness is None:
            return None
        return nearest(photo.likeness, (each for each in self._known if each[0] != photo.id))

    def add(self, photo: Any) -> None:
        """Knows one more."""
        if photo.likeness is not None:
            self._known.append((photo.id, photo.likeness))


class Intake:
    """Takes files into one store and one database, each in a transaction of its own."""

    def __init__(self, engine: Engine, store: Store, terms: IntakeTerms) -> None:
        self._engine = engine
        self._store = store
        self._terms = terms
        store.tidy()
        with session_scope(engine) as session:
            self._likenesses = Likenesses(session)

    def take(self, file: Path, attachments: Sequence[Attachment] = ()) -> TakenIn:
        """Takes one file in and attaches it.

        The file is in the store, whole, before a row speaks of it: whatever ends the program in between,
        the same command goes on from there.

        Raises:
            BadInput: the file cannot be read, is empty, or is no picture.
            StoreFailure: the store cannot be written to.
        """
        digest = source_sha256(file)
        with session_scope(self._engine) as session:
            known = photo_of_digest(session, digest)
        done = self._again(file, known) if known is not None else self._first_time(file, digest)
        done.near = self._likenesses.near(done.photo)
        if done.new:
            self._likenesses.add(done.photo)
        self.attach(done, attachments)
        return done

    def attach(self, done: TakenIn, attachments: Sequence[Attachment]) -> None:
        """Attaches a picture that is in."""
        if attachments:
            with writing(self._engine) as session:
                done.attached += [
                    wanted
                    for wanted in attachments
                    if attach(session, done.photo, wanted, actor=self._terms.actor)
                ]

    def _first_time(self, file: Path, digest: str) -> TakenIn:
        picture = look_into(file, file.name)
        if picture is None:
            raise BadInput(
                "is no picture this program knows",
                file=str(file),
                hint="It takes JPEG, PNG, TIFF, HEIC, WebP, BMP, GIF and the RAW files of cameras.",
            )
        if self._store.take(file) != digest:
            raise BadInput("changed while it was being read; nothing was kept", file=str(file))
        working = self._store.put(Shelf.WORKING, picture.working) if picture.working else None
        with writing(self._engine) as session:
            known = photo_of_digest(session, digest)
            if known is not None:
                return TakenIn(file, known, new=False)
            values = self._values(file, digest, picture, working)
            insert_row(session, Photo, values)
            add_entry(
                session,
                actor=self._terms.actor,
                action="log photo",
                table="photo",
                uid=values["uid"],
                after={name: value for name, value in values.items() if value is not None},
            )
            return TakenIn(file, photo_of_digest(session, digest), new=True)

    def _values(self, file: Path, digest: str, picture: Picture, working: str | None) -> Row:
        told, facts = file.stat(), picture.facts
        return {
            "uid": natural_uid("photo", digest),
            "sha256": digest,
            "byte_size": told.st_size,
            # A name that is not UTF-8 is kept as escapes: no database holds its bytes as text.
            "file_name": file.name.encode("utf-8", "backslashreplace").decode(),
            "file_modified_at": datetime.fromtimestamp(int(told.st_mtime), UTC),
            "picture_format": picture.format,
            "picture_state": picture.state,
            "state_reason": picture.reason,
            "width": picture.width,
            "height": picture.height,
            "camera_make": facts.make,
            "camera_model": facts.model,
            "camera_serial": facts.serial,
            "camera_time": facts.time,
            "camera_zone_minutes": facts.zone_minutes,
            "position_latitude": facts.latitude,
            "position_longitude": facts.longitude,
            "position_altitude_m": facts.altitude,
            "position_at": facts.position_at,
            "likeness": picture.likeness,
            "label_read": picture.label,
            "working_sha256": working,
            "tlp": self._terms.tlp,
            "note": self._terms.note,
            "taken_in_at": datetime.now(UTC),
            "taken_in_by": self._terms.actor,
            **self._when(facts.time, None),
        }

    def _when(self, camera: datetime | None, known: Any) -> Row:
        """The columns of when it was taken; what is not said anew stays as it is."""
        offset, stated = self._terms.clock_offset, self._terms.stated
        if known is not None:
            offset = known.clock_offset_seconds if offset is None else offset
            if stated is None and known.taken_basis == "stated":
                stated = DateSpan(known.taken_earliest, known.taken_latest)
        found = taken(camera, offset, stated)
        return {
            "clock_offset_seconds": offset,
            "taken_at": found.at,
            "taken_earliest": found.days.earliest,
            "taken_latest": found.days.latest,
            "taken_basis": found.basis,
        }

    def _again(self, file: Path, known: Any) -> TakenIn:
        """A picture that is in already: its file is put back where it is gone, what is said anew is kept."""
        restored = self._restore(file, known)
        said = self._when(known.camera_time, known)
        said |= {name: getattr(self._terms, name) for name in ("tlp", "note") if getattr(self._terms, name)}
        before = {name: getattr(known, name) for name, value in said.items() if getattr(known, name) != value}
        if not before and not restored:
            return TakenIn(file, known, new=False)
        with writing(self._engine) as session:
            if before:
                session.execute(update(Photo).where(Photo.id == known.id).values(said))
            add_entry(
                session,
                actor=self._terms.actor,
                action="correct photo" if before else "restore photo's file",
                table="photo",
                uid=known.uid,
                before=before or None,
                after={name: said[name] for name in before} | ({"file": "put back"} if restored else {}),
            )
            row = photo_of_digest(session, known.sha256)
        return TakenIn(file, row, new=False, changed=bool(before), restored=restored)

    def _restore(self, file: Path, known: Any) -> bool:
        original = self._store.fate(Shelf.ORIGINALS, known.sha256)
        working = self._store.fate(Shelf.WORKING, known.working_sha256) if known.working_sha256 else None
        if original is not FileFate.WHOLE:
            self._store.take(file)
        if working not in (None, FileFate.WHOLE):
            picture = look_into(file, file.name)
            if picture is not None and picture.working:
                self._store.put(Shelf.WORKING, picture.working)
        return original is not FileFate.WHOLE or working not in (None, FileFate.WHOLE)


def photo_of_digest(session: Session, digest: str) -> Any:
    """The row of the photo of that SHA-256; None where there is none."""
    return session.execute(select(Photo).where(Photo.sha256 == digest)).first()
