"""The outcome of an intake as answers show it: one row per file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from sqlalchemy import select

from provenance.core.identity import reference
from provenance.core.vocabulary import SameVerdict
from provenance.domain.record_kinds import RecordKind
from provenance.domain.same_statements import standing, statements
from provenance.domain.sameness import clusters
from provenance.evidence.attachments import attachments_of
from provenance.evidence.clock import clock_questions
from provenance.evidence.intake import IntakeOutcome
from provenance.evidence.label_codes import reel_labels_in
from provenance.evidence.likeness import BITS
from provenance.evidence.photo_facts import PhotoFacts, photo_facts
from provenance.evidence.subjects import Subject, recovered_on
from provenance.queries.comparable import compared
from provenance.schema.evidence import Photo
from provenance.schema.session import Session


@dataclass(frozen=True, slots=True)
class AttachedRecord:
    """A record that a photo is attached to, on what basis and why."""

    record: str
    title: str
    basis: str
    reason: str


@dataclass(frozen=True, slots=True)
class NearDuplicate:
    """Another photo that looks nearly the same: ``differing_bits`` of ``of_bits`` differ."""

    photo: str
    file: str
    shows: tuple[str, ...]
    differing_bits: int
    of_bits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedPhoto(PhotoFacts):
    """One file of an intake: ``file`` is its name now, ``first_logged_as`` its name when it was new.

    Of a known photo, ``corrected`` says that its statements changed, ``file_restored`` that its file was
    missing from the store. ``reel_labels`` counts the labels of bags and reels in it.
    """

    new: bool
    corrected: bool
    file_restored: bool
    first_logged_as: str
    shows: tuple[str, ...]
    attachments: tuple[AttachedRecord, ...]
    near_duplicate: NearDuplicate | None
    questions: tuple[str, ...]
    reel_labels: int


def logged_photos(
    session: Session, outcomes: Sequence[IntakeOutcome], questions: Mapping[Path, Sequence[str]]
) -> tuple[LoggedPhoto, ...]:
    """A row for each file; ``questions`` are those that labels raised, by file."""
    return tuple(_logged_photo(session, outcome, questions.get(outcome.file, ())) for outcome in outcomes)


def _logged_photo(session: Session, outcome: IntakeOutcome, asked: Sequence[str]) -> LoggedPhoto:
    attached = attachments_of(session, outcome.photo.id)
    dates = [date for _row, each in attached if (date := recovered_on(session, each.recovery_id))]
    clock = clock_questions(outcome.photo, dates)
    return LoggedPhoto(
        **photo_facts(outcome.photo) | {"file": outcome.file.name},
        new=outcome.new,
        corrected=outcome.changed,
        file_restored=outcome.restored,
        first_logged_as=outcome.photo.file_name,
        shows=tuple(each.ref for _row, each in attached),
        attachments=tuple(
            AttachedRecord(each.ref, each.title, row.attachment_basis, row.reason) for row, each in attached
        ),
        near_duplicate=_near_duplicate(session, outcome),
        questions=tuple(dict.fromkeys([*clock, *asked, *_one_recovery(session, outcome)])),
        reel_labels=len(reel_labels_in(outcome.photo.label_read)),
    )


def _one_recovery(session: Session, outcome: IntakeOutcome) -> Iterator[str]:
    """Which recoveries may be one, because this photo, or one that looks the same, shows both."""
    shown = {each.recovery_id: "this photo shows both" for each in _subjects(session, outcome.photo.id)}
    mine = set(shown)
    if outcome.near is not None:
        for each in _subjects(session, outcome.near[0]):
            shown.setdefault(each.recovery_id, "the photos look the same")
    if not mine or len(shown) < 2:
        return
    same = clusters(session, RecordKind.RECOVERY)
    apart = {each.pair for each in standing(statements(session, RecordKind.RECOVERY), SameVerdict.NEVER)}
    numbers = sorted(shown)
    records = compared(session, [(RecordKind.RECOVERY, number) for number in numbers])
    named = dict(zip(numbers, records, strict=True))
    for one, other in combinations(numbers, 2):
        is_decided = same.get(one, one) == same.get(other, other) or frozenset((one, other)) in apart
        if {one, other} & mine and not is_decided:
            why = shown[other] if other not in mine else shown[one]
            yield (
                f"{named[one].name} and {named[other].name} may be one recovery: {why};"
                f" to decide: provenance same {named[one].ref} {named[other].ref}"
            )


def _subjects(session: Session, photo: int) -> list[Subject]:
    return [each for _row, each in attachments_of(session, photo)]


def _near_duplicate(session: Session, outcome: IntakeOutcome) -> NearDuplicate | None:
    if outcome.near is None:
        return None
    number, differing = outcome.near
    other = session.execute(select(Photo.uid, Photo.file_name).where(Photo.id == number)).one()
    shows = tuple(each.ref for _row, each in attachments_of(session, number))
    return NearDuplicate(reference("photo", other.uid), other.file_name, shows, differing, BITS)
