"""A whole card of pictures: taken in one by one, then attached by the labels in names, pictures and time.

A label picture names one record, in its file's name or by a QR code lying in it. A picture without a label
goes to the record of the last label picture before it, taken with the same camera a few minutes earlier;
what is less sure than that stays unattached.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from provenance.core.errors import BadInput, NotFound, UsageError
from provenance.core.vocabulary.evidence import AttachmentBasis, View
from provenance.evidence.attaching import Attachment, attachments_of
from provenance.evidence.intake import Intake, TakenIn
from provenance.evidence.naming import records_named, views_named
from provenance.evidence.pictures import is_picture_name
from provenance.evidence.subjects import Subject, subject_named
from provenance.schema.session import Session, session_scope

Progress = Callable[[int, int], None]

USUAL_WINDOW = timedelta(minutes=5)
"""So long after a label picture its record is still the one being photographed."""


@dataclass(slots=True)
class Card:
    """What became of a card: its pictures, the files left alone, the questions that came up, by file."""

    taken: list[TakenIn] = field(default_factory=list)
    left_alone: list[tuple[Path, str]] = field(default_factory=list)
    questions: dict[Path, list[str]] = field(default_factory=dict)

    def ask(self, file: Path, question: str) -> None:
        """Takes note of a question."""
        self.questions.setdefault(file, []).append(question)


def files_of(folder: Path) -> list[Path]:
    """Every file in a folder and below, in order of name; hidden ones, which systems leave, are not.

    Raises:
        BadInput: it is no folder, or it cannot be read.
    """
    if not folder.is_dir():
        raise BadInput("is no folder", file=str(folder), hint="Single pictures: provenance log photo FILE…")
    try:
        found = [
            path
            for path in folder.rglob("*")
            if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        ]
    except OSError as error:
        raise BadInput(f"cannot be read: {error.strerror}", file=str(folder)) from error
    return sorted(found, key=lambda path: path.relative_to(folder).as_posix())


def take_card(
    engine: Engine,
    intake: Intake,
    files: Sequence[Path],
    *,
    belongs_to: Subject | None = None,
    window: timedelta = USUAL_WINDOW,
    on_progress: Progress = lambda done, whole: None,
) -> Card:
    """Takes in every picture of a card and attaches what can be attached surely.

    A file that cannot be used is left alone and named; the others go on. The same card again changes
    nothing.

    Raises:
        StoreFailure: the store cannot be written to; what is in stays.
    """
    card = Card()
    for number, file in enumerate(files, start=1):
        if is_picture_name(file.name):
            try:
                card.taken.append(intake.take(file))
            except BadInput as error:
                card.left_alone.append((file, error.reason))
        else:
            card.left_alone.append((file, "no picture by its name"))
        on_progress(number, len(files))
    with session_scope(engine) as session:
        wanted = _Labels(session, card, window).wanted(belongs_to)
    for done, attachments in wanted:
        intake.attach(done, attachments)
    return card


class _Labels:
    """Which record each picture of a card shows, as far as labels tell."""

    def __init__(self, session: Session, card: Card, window: timedelta) -> None:
        self._session = session
        self._card = card
        self._window = window

    def wanted(self, belongs_to: Subject | None) -> list[tuple[TakenIn, list[Attachment]]]:
        """The attachments to be made, picture by picture."""
        labelled = {done.file: labels_of(self._session, done, self._card.ask) for done in self._card.taken}
        result = []
        for done in self._card.taken:
            attachments = labelled[done.file] or self._after_label(done, labelled)
            if not attachments and belongs_to is not None and self._is_free(done):
                views = views_named(done.file.name)
                reason = "said of the whole card"
                attachments = [Attachment(belongs_to, AttachmentBasis.STATED, reason, views)]
            for attachment in attachments:
                self._ask_about_recovery(done, attachment, belongs_to)
            result.append((done, attachments))
        return result

    def _ask_about_recovery(self, done: TakenIn, found: Attachment, belongs_to: Subject | None) -> None:
        if belongs_to is not None and found.subject.recovery_id != belongs_to.recovery_id:
            self._card.ask(
                done.file, f"its label names {found.subject.name}, which is not part of {belongs_to.name}"
            )

    @staticmethod
    def _is_label_picture(done: TakenIn, labelled: dict[Path, list[Attachment]]) -> bool:
        # A label that leads nowhere still ends the run of the one before it.
        named = (records_named(done.file.name), records_named(done.photo.label_read or ""))
        return bool(labelled[done.file]) or any(each.references or each.misspelt for each in named)

    def _is_free(self, done: TakenIn) -> bool:
        return not attachments_of(self._session, done.photo.id)

    def _after_label(self, done: TakenIn, labelled: dict[Path, list[Attachment]]) -> list[Attachment]:
        if not self._window or not _has_clock(done.photo) or not self._is_free(done):
            return []
        before = [
            (_moment(other), labelled[other.file])
            for other in self._card.taken
            if self._is_label_picture(other, labelled)
            and _same_camera(other.photo, done.photo)
            and _moment(other) < _moment(done)
        ]
        if not before:
            return []
        (at, _name), attachments = max(before, key=lambda item: item[0])
        elapsed = done.photo.taken_at - at
        subjects = {attachment.subject for attachment in attachments}
        if elapsed > self._window or len(subjects) != 1:
            return []
        seconds = int(elapsed.total_seconds())
        reason = f"taken {seconds // 60}:{seconds % 60:02d} min after the label picture {_name}, same camera"
        views = views_named(done.file.name)
        return [Attachment(subjects.pop(), AttachmentBasis.AFTER_LABEL, reason, views)]


def labels_of(session: Session, done: TakenIn, ask: Callable[[Path, str], None]) -> list[Attachment]:
    """What the labels in a picture's name, else in the picture itself, say that it shows.

    A label with a slip in it, one that no record has, and two labels that disagree are asked about.
    """
    name = done.file.name
    views = views_named(name)
    in_name = _resolved(session, done, records_named(name), f"the file's name {name}", ask)
    read = done.photo.label_read or ""
    in_picture = _resolved(session, done, records_named(read), "the QR code in the picture", ask)
    if in_name and in_picture and {each.id for each in in_name} != {each.id for each in in_picture}:
        others = ", ".join(each.ref for each in in_picture)
        ask(done.file, f"its name says otherwise than the label in the picture, which says {others}")
    if in_name:
        return [
            Attachment(each, AttachmentBasis.LABEL_IN_NAME, f"{each.ref} stands in the file's name", views)
            for each in in_name
        ]
    return [
        Attachment(each, AttachmentBasis.LABEL_IN_PICTURE, f"QR code of {each.ref} in the picture", views)
        for each in in_picture
    ]


def _resolved(
    session: Session, done: TakenIn, named: Any, where: str, ask: Callable[[Path, str], None]
) -> list[Subject]:
    for text in named.misspelt:
        ask(done.file, f"{where} has {text}, in which there is a slip: its check character does not fit")
    found = []
    for text in named.references:
        try:
            found.append(subject_named(session, text))
        except (NotFound, UsageError):
            ask(done.file, f"{where} has {text}, which no record here has")
    return found


def _has_clock(photo: Any) -> bool:
    return photo.taken_at is not None and (photo.camera_model or photo.camera_serial) is not None


def _same_camera(one: Any, other: Any) -> bool:
    names = ("camera_make", "camera_model", "camera_serial")
    return _has_clock(one) and all(getattr(one, name) == getattr(other, name) for name in names)


def _moment(done: TakenIn) -> tuple[Any, str]:
    """Order of taking: by the corrected clock, within a second by name, as cameras number."""
    return done.photo.taken_at, done.file.name


def stated_attachments(subjects: Iterable[Subject], views: Sequence[View], actor: str) -> list[Attachment]:
    """Attachments on a person's own word."""
    return [
        Attachment(each, AttachmentBasis.STATED, f"stated by {actor}", views, insists=True)
        for each in subjects
    ]
