"""Verification of the store: the SHA-256 of every file against its name and its photo's record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from provenance.core.identity import reference
from provenance.evidence.store import FileFate, Shelf, Store
from provenance.schema.evidence import Photo
from provenance.schema.session import Session

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Damage:
    """A photo's file that is missing, altered or unreadable."""

    photo: str
    file_name: str
    shelf: Shelf
    sha256: str
    fate: FileFate


@dataclass(slots=True)
class Verification:
    """The result of verifying a store; ``unknown`` are files that no photo of this database refers to."""

    photos: int = 0
    files: int = 0
    damaged: list[Damage] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def verify_store(
    session: Session, store: Store, on_progress: Progress = lambda done, whole: None
) -> Verification:
    """Reads every file that a photo refers to and compares its SHA-256."""
    rows = session.execute(select(Photo).order_by(Photo.id)).all()
    found = Verification(photos=len(rows))
    seen: dict[Shelf, set[str]] = {shelf: set() for shelf in Shelf}
    for number, row in enumerate(rows, start=1):
        for shelf, digest in _files_of(row):
            if digest not in seen[shelf]:
                seen[shelf].add(digest)
                found.files += 1
            fate = store.fate(shelf, digest)
            if fate is not FileFate.WHOLE:
                ref = reference("photo", row.uid)
                found.damaged.append(Damage(ref, row.file_name, shelf, digest, fate))
        on_progress(number, len(rows))
    found.unknown = [
        f"{shelf}/{name}" for shelf in Shelf for name in store.names(shelf) if name not in seen[shelf]
    ]
    return found


def _files_of(row: Any) -> list[tuple[Shelf, str]]:
    files = [(Shelf.ORIGINALS, row.sha256)]
    if row.working_sha256:
        files.append((Shelf.WORKING, row.working_sha256))
    return files
