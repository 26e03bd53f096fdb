"""Records that the same photo shows, or photos that look the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from sqlalchemy import func, select

from provenance.core.vocabulary.evidence import EvidenceKind
from provenance.domain.record_kinds import RecordKind
from provenance.duplicates.proposals import Sign, SignKind
from provenance.evidence.likeness import BITS, NEARLY_THE_SAME, distance
from provenance.schema.evidence import Photo, PhotoSubject
from provenance.schema.recoveries import Component, Unit
from provenance.schema.session import Session

_BANDS = NEARLY_THE_SAME + 1
"""Of so many bands of bits at least one is equal where at most `NEARLY_THE_SAME` bits differ."""

SAME_PHOTO, LIKE_PHOTO = 8, 5
"""One photo attached to two records may be a slip of the hand; two that look the same may show two boards."""

Pair = tuple[int, int]


def shown_in_common(session: Session, kind: RecordKind) -> dict[Pair, Sign]:
    """The pairs of recoveries, or of components, that photos say may be one, the lower row number first."""
    shows, files, looks = _photos(session, kind)
    found: dict[Pair, Sign] = {}
    for photo, records in sorted(shows.items()):
        for pair in combinations(sorted(records), 2):
            found.setdefault(pair, Sign(SignKind.PHOTO, SAME_PHOTO, f"one photo shows both: {files[photo]}"))
    for one, other, differing in like_pairs(looks):
        text = f"photos look the same: {files[one]}, {files[other]} ({differing} of {BITS} bits differ)"
        for left in shows[one]:
            for right in shows[other]:
                if left != right:
                    pair = min(left, right), max(left, right)
                    found.setdefault(pair, Sign(SignKind.PHOTO, LIKE_PHOTO, text))
    return found


def _photos(session: Session, kind: RecordKind) -> tuple[dict[int, set[int]], dict[int, str], dict[int, str]]:
    """What each photo shows, its file's name, and its perceptual hash where it has one."""
    if kind is RecordKind.COMPONENT:
        shown = select(PhotoSubject.component_id)
    else:
        # A photo of a board, or of a chip on it, shows the wreck that they were found in.
        shown = (
            select(func.coalesce(PhotoSubject.recovery_id, Unit.recovery_id, Component.recovery_id))
            .select_from(PhotoSubject)
            .outerjoin(Unit, Unit.id == PhotoSubject.unit_id)
            .outerjoin(Component, Component.id == PhotoSubject.component_id)
        )
    rows = session.execute(
        shown.add_columns(Photo.id, Photo.file_name, Photo.likeness)
        .join(Photo, Photo.id == PhotoSubject.photo_id)
        # One report about two wrecks does not make them one.
        .where(PhotoSubject.withdrawn_at.is_(None), Photo.evidence_kind == EvidenceKind.PHOTO)
        .order_by(PhotoSubject.id)
    )
    shows: dict[int, set[int]] = defaultdict(set)
    files: dict[int, str] = {}
    looks: dict[int, str] = {}
    for record, photo, file, likeness in rows:
        if record is not None:
            shows[photo].add(record)
            files[photo] = file
            if likeness is not None:
                looks[photo] = likeness
    return shows, files, looks


def like_pairs(looks: Mapping[int, str]) -> Iterator[tuple[int, int, int]]:
    """The pairs of photos, by number, that look nearly the same, and how many bits differ; none is missed."""
    bands: dict[tuple[int, int], list[int]] = defaultdict(list)
    bits = {photo: int(text, 16) for photo, text in sorted(looks.items())}
    for photo, number in bits.items():
        for band in _bands(number):
            bands[band].append(photo)
    near = {pair for photos in bands.values() for pair in combinations(photos, 2)}
    for one, other in sorted(near):
        if (differing := distance(looks[one], looks[other])) <= NEARLY_THE_SAME:
            yield one, other, differing


def _bands(number: int) -> Sequence[tuple[int, int]]:
    width, more = divmod(BITS, _BANDS)
    found, start = [], 0
    for band in range(_BANDS):
        size = width + (band < more)
        found.append((band, number >> start & (1 << size) - 1))
        start += size
    return found
