"""Records of evidence: photos and entries of custody, and both as groups of other records."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from provenance.core.identity import reference
from provenance.queries.record_common import Members, Record, Row, known, ref_of, row_of, span
from provenance.schema.evidence import CustodyEvent, Photo, PhotoSubject, PhotoView
from provenance.schema.session import Session

_SUBJECTS = ("recovery", "unit", "component")
_NO_MARK = "no mark (treat as AMBER)"


def photo_record(session: Session, number: int) -> Record:
    """A photo: its file, what the camera says, what it is held to show and was once held to show."""
    row = row_of(session, "photo", number)
    size = f"{row['width']} x {row['height']} pixels" if row["width"] else None
    position = (
        f"{row['position_latitude']:.6f}, {row['position_longitude']:.6f} (WGS 84, by the camera)"
        if row["position_latitude"] is not None
        else None
    )
    facts = known(
        sha256=row["sha256"],
        bytes=row["byte_size"],
        format=row["picture_format"],
        size=size,
        state=row["picture_state"],
        why=row["state_reason"],
        taken=_taken(row) or "not known",
        taken_from=row["taken_basis"],
        camera_clock=row["camera_time"],
        clock_offset_seconds=row["clock_offset_seconds"],
        camera=" ".join(part for part in (row["camera_make"], row["camera_model"]) if part),
        camera_serial=row["camera_serial"],
        position=position,
        label_read=row["label_read"],
        TLP=row["tlp"] or _NO_MARK,
        taken_in=f"{row['taken_in_at']:%Y-%m-%d %H:%M} UTC by {row['taken_in_by']}",
        note=row["note"],
    )
    return Record(
        "photo",
        reference("photo", row["uid"]),
        row["file_name"],
        facts,
        {"shows": _shown(session, number)},
    )


def _taken(row: Any) -> str | None:
    if row["taken_basis"] == "stated" or row["taken_at"] is None:
        return span(row["taken_earliest"], row["taken_latest"])
    moment: str = row["taken_at"].isoformat(sep=" ")
    return moment


def _shown(session: Session, photo_id: int) -> list[Row]:
    rows = session.execute(
        select(PhotoSubject).where(PhotoSubject.photo_id == photo_id).order_by(PhotoSubject.id)
    ).all()
    return [
        {
            "record": next(
                ref for name in _SUBJECTS if (ref := ref_of(session, name, row._mapping[f"{name}_id"]))
            ),
            "views": _views(session, row.id),
            "basis": row.attachment_basis,
            "reason": row.reason,
            "by": row.attached_by,
            "stands": row.withdrawn_at is None,
            "withdrawn because": row.withdrawn_reason,
        }
        for row in rows
    ]


def _subject_ref(session: Session, row: Any) -> str:
    """The reference of what a row of evidence hangs on, which is exactly one record."""
    return next(ref for name in _SUBJECTS if (ref := ref_of(session, name, row[f"{name}_id"])))


def _views(session: Session, statement_id: int) -> str:
    rows = session.execute(
        select(PhotoView.view).where(PhotoView.photo_subject_id == statement_id).order_by(PhotoView.view)
    ).scalars()
    return ", ".join(rows)


def evidence_members(session: Session, name: str, number: int) -> dict[str, Members]:
    """The photos and the entries of custody that `photo_rows` and `custody_rows` tell of."""
    photos = select(PhotoSubject.photo_id).where(
        PhotoSubject.__table__.c[f"{name}_id"] == number, PhotoSubject.withdrawn_at.is_(None)
    )
    entries = select(CustodyEvent.id).where(
        CustodyEvent.__table__.c[f"{name}_id"] == number, CustodyEvent.superseded_by.is_(None)
    )
    return {
        "photos": Members("photo", "photo", session.execute(photos).scalars().all()),
        "custody": Members("custody_event", "entry", session.execute(entries).scalars().all()),
    }


def photo_rows(session: Session, name: str, number: int) -> list[Row]:
    """The photos that are held to show a recovery, unit or component, as a group of its record."""
    rows = session.execute(
        select(PhotoSubject.id.label("statement_id"), PhotoSubject.attachment_basis, Photo)
        .join(Photo, Photo.id == PhotoSubject.photo_id)
        .where(PhotoSubject.__table__.c[f"{name}_id"] == number, PhotoSubject.withdrawn_at.is_(None))
        .order_by(Photo.id)
    ).all()
    return [
        {
            "photo": reference("photo", row.uid),
            "file": row.file_name,
            "views": _views(session, row.statement_id),
            "taken": _taken(row._mapping),
            "state": row.picture_state,
            "attached by": row.attachment_basis,
            "TLP": row.tlp or _NO_MARK,
            "sha256": row.sha256,
        }
        for row in rows
    ]


def custody_rows(session: Session, name: str, number: int) -> list[Row]:
    """The standing entries of a record's custody, as a group of its record; gaps: `provenance custody`."""
    rows = session.execute(
        select(CustodyEvent)
        .where(CustodyEvent.__table__.c[f"{name}_id"] == number, CustodyEvent.superseded_by.is_(None))
        .order_by(CustodyEvent.at_earliest, CustodyEvent.at_latest, CustodyEvent.id)
    ).all()
    return [
        {
            "entry": reference("custody_event", row.uid),
            "at": row.at_as_written,
            "from": row.from_holder or "not recorded",
            "to": row.to_holder or "not recorded",
            "reason": row.reason,
            "seal": row.seal,
            "state": row.state,
            "TLP": row.tlp or _NO_MARK,
        }
        for row in rows
    ]


def custody_record(session: Session, number: int) -> Record:
    """One entry of custody, and by which entry it was corrected."""
    row = row_of(session, "custody_event", number)
    about = _subject_ref(session, row)
    facts = known(
        about=about,
        at=row["at_as_written"],
        **{"from": row["from_holder"] or "not recorded"},
        to=row["to_holder"] or "not recorded",
        reason=row["reason"],
        seal=row["seal"],
        state=row["state"],
        TLP=row["tlp"] or _NO_MARK,
        corrected_by=ref_of(session, "custody_event", row["superseded_by"]),
        recorded=f"{row['recorded_at']:%Y-%m-%d %H:%M} UTC by {row['recorded_by']}",
        note=row["note"],
    )
    return Record("custody", reference("custody_event", row["uid"]), f"Custody of {about}", facts)
