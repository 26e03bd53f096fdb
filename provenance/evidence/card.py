"""A whole memory card: its photos received one by one, then attached by labels in names, photos and time.

A label photo names one record, in its file name or by a QR code in it. A photo without a label is attached to
the record of the last label photo before it, taken with the same camera a few minutes earlier; anything less
certain stays unattached.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from provenance.core.errors import BadInput, NotFound, UsageError
from provenance.core.vocabulary.evidence import AttachmentBasis, View
from provenance.evidence.attachments import Attachment, attachments_of
from provenance.evidence.images import is_image_name
from provenance.evidence.intake import Intake, IntakeOutcome
from provenance.evidence.label_codes import other_codes
from provenance.evidence.references import records_named, views_named
from provenance.evidence.subjects import Subject, standing_subject
from provenance.schema.session import Database, Session

Progress = Callable[[int, int], None]

USUAL_WINDOW = timedelta(minutes=5)
"""For this long after a label photo, its record is taken to be the one being photographed."""


@dataclass(slots=True)
class Card:
    """The outcome for a card: its photos, the files skipped, and questions by file."""

    outcomes: list[IntakeOutcome] = field(default_factory=list)
    skipped: list[tuple[Path, str]] = field(default_factory=list)
    questions: dict[Path, list[str]] = field(default_factory=dict)

    def ask(self, file: Path, question: str) -> None:
        """Adds a question about a file."""
        self.questions.setdefault(file, []).append(question)


def files_of(folder: Path) -> list[Path]:
    """Every file in a folder and below, sorted by name; hidden ones, which systems leave, are not listed.

    Raises:
        BadInput: it is not a folder, or cannot be read.
    """
    if not folder.is_dir():
        raise BadInput(
            "is not a folder", file=str(folder), hint="For single photos: provenance log photo FILE…"
        )
    try:
        found = [
            path
            for path in folder.rglob("*")
            if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        ]
    except OSError as error:
        raise BadInput(f"cannot be read: {error.strerror}", file=str(folder)) from error
    return sorted(found, key=lambda path: path.relative_to(folder).as_posix())


def receive_card(
    database: Database,
    intake: Intake,
    files: Sequence[Path],
    *,
    belongs_to: Subject | None = None,
    window: timedelta = USUAL_WINDOW,
    on_progress: Progress = lambda done, whole: None,
) -> Card:
    """Receives every photo of a card and attaches what can be attached with certainty.

    A file that cannot be used is skipped and named. The same card again changes nothing.

    Raises:
        StoreFailure: the store cannot be written to; what is recorded stays.
    """
    card = Card()
    for number, file in enumerate(files, start=1):
        if is_image_name(file.name):
            try:
                card.outcomes.append(intake.receive(file))
            except BadInput as error:
                card.skipped.append((file, error.reason))
        else:
            card.skipped.append((file, "not a photo by its name"))
        on_progress(number, len(files))
    with database.reading() as session:
        wanted = _CardLabels(session, card, window).wanted(belongs_to)
    for outcome, attachments in wanted:
        intake.attach(outcome, attachments)
    return card


class _CardLabels:
    """Which record each photo of a card shows, as far as labels say."""

    def __init__(self, session: Session, card: Card, window: timedelta) -> None:
        self._session = session
        self._card = card
        self._window = window

    def wanted(self, belongs_to: Subject | None) -> list[tuple[IntakeOutcome, list[Attachment]]]:
        """The attachments to be made, photo by photo."""
        labelled = {
            outcome.file: labels_of(self._session, outcome, self._card.ask) for outcome in self._card.outcomes
        }
        result = []
        for outcome in self._card.outcomes:
            attachments = labelled[outcome.file] or self._after_label(outcome, labelled)
            if not attachments and belongs_to is not None and self._is_unattached(outcome):
                views = views_named(outcome.file.name)
                reason = "stated for the whole card"
                attachments = [Attachment(belongs_to, AttachmentBasis.STATED, reason, views)]
            for attachment in attachments:
                self._ask_about_recovery(outcome, attachment, belongs_to)
            result.append((outcome, attachments))
        return result

    def _ask_about_recovery(
        self, outcome: IntakeOutcome, found: Attachment, belongs_to: Subject | None
    ) -> None:
        if belongs_to is not None and found.subject.recovery_id != belongs_to.recovery_id:
            self._card.ask(
                outcome.file, f"its label names {found.subject.name}, which is not part of {belongs_to.name}"
            )

    @staticmethod
    def _is_label_photo(outcome: IntakeOutcome, labelled: dict[Path, list[Attachment]]) -> bool:
        # A label that leads nowhere still ends the run of the one before it.
        named = (records_named(outcome.file.name), records_named(other_codes(outcome.photo.label_read)))
        return bool(labelled[outcome.file]) or any(each.references or each.misspelt for each in named)

    def _is_unattached(self, outcome: IntakeOutcome) -> bool:
        return not attachments_of(self._session, outcome.photo.id)

    def _after_label(
        self, outcome: IntakeOutcome, labelled: dict[Path, list[Attachment]]
    ) -> list[Attachment]:
        if not self._window or not _has_clock(outcome.photo) or not self._is_unattached(outcome):
            return []
        before = [
            (_moment(other), labelled[other.file])
            for other in self._card.outcomes
            if self._is_label_photo(other, labelled)
            and _same_camera(other.photo, outcome.photo)
            and _moment(other) < _moment(outcome)
        ]
        if not before:
            return []
        (at, name), attachments = max(before, key=lambda item: item[0])
        elapsed = outcome.photo.taken_at - at
        subjects = {attachment.subject for attachment in attachments}
        if elapsed > self._window or len(subjects) != 1:
            return []
        seconds = int(elapsed.total_seconds())
        reason = f"taken {seconds // 60}:{seconds % 60:02d} min after the label photo {name}, same camera"
        views = views_named(outcome.file.name)
        return [Attachment(subjects.pop(), AttachmentBasis.AFTER_LABEL, reason, views)]


def labels_of(session: Session, outcome: IntakeOutcome, ask: Callable[[Path, str], None]) -> list[Attachment]:
    """What a photo shows by the labels in its file name or, where there are none, in the photo itself.

    A misspelt label, one that no record has, and two labels that disagree lead to questions.
    """
    name = outcome.file.name
    views = views_named(name)
    in_name = _resolved(session, outcome, records_named(name), f"the file name {name}", ask)
    # What stands on a maker's or seller's label is not a reference of ours, however it looks.
    read = other_codes(outcome.photo.label_read)
    in_photo = _resolved(session, outcome, records_named(read), "the QR code in the photo", ask)
    if in_name and in_photo and {each.id for each in in_name} != {each.id for each in in_photo}:
        others = ", ".join(each.ref for each in in_photo)
        ask(outcome.file, f"its name contradicts the label in the photo, which is {others}")
    if in_name:
        return [
            Attachment(each, AttachmentBasis.LABEL_IN_NAME, f"{each.ref} is in the file name", views)
            for each in in_name
        ]
    return [
        Attachment(each, AttachmentBasis.LABEL_IN_PICTURE, f"QR code of {each.ref} in the photo", views)
        for each in in_photo
    ]


def _resolved(
    session: Session, outcome: IntakeOutcome, named: Any, where: str, ask: Callable[[Path, str], None]
) -> list[Subject]:
    for text in named.misspelt:
        ask(outcome.file, f"{where} contains {text}, which is misspelt: its check character is wrong")
    found = []
    for text in named.references:
        try:
            found.append(standing_subject(session, text))
        except (NotFound, UsageError):
            ask(outcome.file, f"{where} contains {text}, which is not a reference of any record here")
        except BadInput as error:
            ask(outcome.file, f"{where} contains {text}: {error.message}")
    return found


def _has_clock(photo: Any) -> bool:
    return photo.taken_at is not None and (photo.camera_model or photo.camera_serial) is not None


def _same_camera(one: Any, other: Any) -> bool:
    mine = one.camera_make, one.camera_model, one.camera_serial
    return _has_clock(one) and mine == (other.camera_make, other.camera_model, other.camera_serial)


def _moment(outcome: IntakeOutcome) -> tuple[Any, str]:
    """Order of taking: by the corrected clock, within a second by file name, as cameras number."""
    return outcome.photo.taken_at, outcome.file.name


def stated_attachments(subjects: Iterable[Subject], views: Sequence[View], actor: str) -> list[Attachment]:
    """Attachments that a person states."""
    return [
        Attachment(each, AttachmentBasis.STATED, f"stated by {actor}", views, insists=True)
        for each in subjects
    ]
