"""When a photo was taken: the camera's clock, its correction, and reasons to doubt either."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from provenance.core.vocabulary.evidence import TakenBasis
from provenance.text.partial_dates import DateSpan, format_span

_OFFSET = re.compile(r"(?P<sign>[+\-−–])(?P<hours>\d{1,6}):(?P<minutes>[0-5]\d)(?::(?P<seconds>[0-5]\d))?")
_LONGEST_OFFSET = timedelta(days=365 * 40)

_EASTERNMOST, _WESTERNMOST = timedelta(hours=14), timedelta(hours=-12)
_ZONE_STEP = timedelta(minutes=30)
_POSITION_MAY_LAG = timedelta(minutes=5)
_FILE_MAY_LAG = timedelta(hours=1)
_NEVER_SET = date(2000, 1, 2)
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Taken:
    """When a photo was taken: by the corrected clock, as an interval of days, and on what basis."""

    at: datetime | None
    days: DateSpan
    basis: TakenBasis | None


@dataclass(frozen=True, slots=True)
class RecoveredOn:
    """The days on which the subject of a photo was recovered or captured, and its reference."""

    ref: str
    days: DateSpan


def parse_clock_offset(text: str) -> int:
    """What must be added to a camera's clock, in seconds, from ``+HH:MM:SS`` or ``-HH:MM``.

    Raises:
        ValueError: it is not of that form, or more than forty years.
    """
    match = _OFFSET.fullmatch(text.strip())
    if match is None:
        raise ValueError(
            f"{text!r} is not a clock offset: give the correction to add, such as +01:00:00 or -00:07"
        )
    seconds = int(match["hours"]) * 3600 + int(match["minutes"]) * 60 + int(match["seconds"] or 0)
    if seconds > _LONGEST_OFFSET.total_seconds():
        raise ValueError(f"{text!r} is more than forty years")
    return seconds if match["sign"] == "+" else -seconds


def format_clock_offset(seconds: int) -> str:
    """The text that `parse_clock_offset` reads as these seconds."""
    sign = "-" if seconds < 0 else "+"
    hours, rest = divmod(abs(seconds), 3600)
    return f"{sign}{hours:02d}:{rest // 60:02d}:{rest % 60:02d}"


def taken(camera: datetime | None, offset_seconds: int | None, stated: DateSpan | None) -> Taken:
    """When a photo was taken; a day that a person states takes precedence over the camera's clock."""
    at = None
    if camera is not None:
        try:
            at = camera + timedelta(seconds=offset_seconds or 0)
        except OverflowError:
            at = None
    if stated is not None and not stated.is_unknown:
        return Taken(at, stated, TakenBasis.STATED)
    if at is None:
        return Taken(None, DateSpan(), None)
    basis = TakenBasis.CAMERA_CORRECTED if offset_seconds else TakenBasis.CAMERA
    return Taken(at, DateSpan(at.date(), at.date()), basis)


def clock_questions(photo: Any, recovered: Iterable[RecoveredOn] = ()) -> list[str]:
    """Contradictions about the time of a photo, as questions to the person who has the camera.

    ``photo`` is a row of `schema.evidence.Photo`. Nothing is decided here: a photo is kept and
    attached whatever its clock says.
    """
    asked = [
        _future(photo),
        _never_set(photo),
        _against_position(photo),
        _against_file(photo),
        _against_statement(photo),
        *(_before_recovery(photo, fact) for fact in recovered),
    ]
    return [question for question in asked if question]


def _utc_bounds(moment: datetime, zone_minutes: int | None) -> tuple[datetime, datetime]:
    """The first and last moment that a clock's time can be in UTC."""
    aware = moment.replace(tzinfo=UTC)
    if zone_minutes is not None:
        exact = aware - timedelta(minutes=zone_minutes)
        return exact, exact
    return aware - _EASTERNMOST, aware - _WESTERNMOST


def _future(photo: Any) -> str | None:
    now: datetime = photo.taken_in_at
    if photo.taken_at is not None:
        first, _ = _utc_bounds(photo.taken_at, photo.camera_zone_minutes)
        if first > now + _POSITION_MAY_LAG:
            return f"the camera's clock says {photo.taken_at}, which was in the future at the time of logging"
    elif photo.taken_earliest is not None and photo.taken_earliest > now.date() + _ONE_DAY:
        return f"the stated day, {_days(photo)}, was in the future at the time of logging"
    return None


def _never_set(photo: Any) -> str | None:
    at: datetime | None = photo.taken_at
    if at is None or at.date() > _NEVER_SET:
        return None
    return f"the camera's clock says {at}: was the clock ever set?"


def _against_position(photo: Any) -> str | None:
    at, fixed = photo.taken_at, photo.position_at
    if at is None or fixed is None:
        return None
    shown = at.replace(tzinfo=UTC)
    if photo.camera_zone_minutes is not None:
        off = shown - timedelta(minutes=photo.camera_zone_minutes) - fixed
    else:
        ahead = shown - fixed
        zone = min(max(_ZONE_STEP * round(ahead / _ZONE_STEP), _WESTERNMOST), _EASTERNMOST)
        off = ahead - zone
    if abs(off) <= _POSITION_MAY_LAG:
        return None
    already = photo.clock_offset_seconds or 0
    fitting = format_clock_offset(already - round(off.total_seconds()))
    return (
        f"GPS time was {fixed:%Y-%m-%d %H:%M:%S} UTC, the camera's clock says {at}:"
        f" no time zone explains the difference; a clock offset of {fitting} would"
    )


def _against_file(photo: Any) -> str | None:
    # Copying may make a file newer than its photo; nothing makes it older.
    camera, written = photo.camera_time, photo.file_modified_at
    if camera is None or written is None:
        return None
    first, _ = _utc_bounds(camera, photo.camera_zone_minutes)
    if written >= first - _FILE_MAY_LAG:
        return None
    return f"the file was written at {written:%Y-%m-%d %H:%M} UTC, before the camera's clock says {camera}"


def _against_statement(photo: Any) -> str | None:
    at = photo.taken_at
    if at is None or photo.taken_basis != TakenBasis.STATED:
        return None
    first, last = photo.taken_earliest, photo.taken_latest
    if (first is None or first <= at.date()) and (last is None or at.date() <= last):
        return None
    return f"the stated day is {_days(photo)}; the camera's clock says {at}"


def _before_recovery(photo: Any, fact: RecoveredOn) -> str | None:
    last, first = photo.taken_latest, fact.days.earliest
    if last is None or first is None or last >= first - _ONE_DAY:
        return None
    return f"taken on {_days(photo)}, before {fact.ref} was recovered ({format_span(fact.days)})"


def _days(photo: Any) -> str:
    return format_span(DateSpan(photo.taken_earliest, photo.taken_latest))
