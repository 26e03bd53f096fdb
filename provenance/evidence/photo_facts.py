"""What lists say about a photo; the rows of all answers about photos begin with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from provenance.core.identity import reference
from provenance.core.vocabulary.evidence import TakenBasis
from provenance.evidence.clock import format_clock_offset
from provenance.text.partial_dates import DateSpan, format_span


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoFacts:
    """A photo or other file of evidence (``evidence_kind``) and what is known of it; unknown is None.

    ``pages`` are those of a document, ``duration_seconds`` is the length of a recording.
    ``taken`` is to the second where it rests on the clock, else a partial date. ``camera_time`` is what the
    camera's own clock said, ``clock_offset`` the correction. ``position`` is latitude and longitude in
    degrees (WGS 84), as the camera recorded it.
    """

    photo: str
    file: str
    sha256: str
    bytes: int
    evidence_kind: str
    pages: int | None
    duration_seconds: float | None
    format: str | None
    state: str
    state_reason: str | None
    taken: str | None
    taken_basis: str | None
    camera_time: str | None
    clock_offset: str | None
    camera: str | None
    position: str | None
    tlp: str | None


def photo_facts(photo: Any) -> dict[str, Any]:
    """The fields of `PhotoFacts` of a photo's row."""
    offset = photo.clock_offset_seconds
    return {
        "photo": reference("photo", photo.uid),
        "file": photo.file_name,
        "sha256": photo.sha256,
        "bytes": photo.byte_size,
        "evidence_kind": photo.evidence_kind,
        "pages": photo.pages,
        "duration_seconds": photo.duration_seconds,
        "format": photo.picture_format,
        "state": photo.picture_state,
        "state_reason": photo.state_reason,
        "taken": _taken(photo),
        "taken_basis": photo.taken_basis,
        "camera_time": photo.camera_time.isoformat(sep=" ") if photo.camera_time else None,
        "clock_offset": format_clock_offset(offset) if offset is not None else None,
        "camera": " ".join(part for part in (photo.camera_make, photo.camera_model) if part) or None,
        "position": _position(photo),
        "tlp": photo.tlp,
    }


def _taken(photo: Any) -> str | None:
    if photo.taken_basis is None:
        return None
    if photo.taken_basis == TakenBasis.STATED:
        return format_span(DateSpan(photo.taken_earliest, photo.taken_latest))
    moment: str = photo.taken_at.isoformat(sep=" ")
    return moment


def _position(photo: Any) -> str | None:
    if photo.position_latitude is None:
        return None
    return f"{photo.position_latitude:.6f}, {photo.position_longitude:.6f}"
