"""Custody as a log: one handing over after another, and what does not follow from the one before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import select, update

from provenance.core.errors import UsageError
from provenance.core.identity import new_uid, reference
from provenance.core.tlp import strictest
from provenance.core.vocabulary import Tlp
from provenance.domain.audit import add_entry
from provenance.evidence.subjects import Subject, subject_of
from provenance.schema.evidence import CustodyEvent
from provenance.schema.rows import insert_row
from provenance.schema.session import Session
from provenance.text.folding import fold
from provenance.text.partial_dates import parse_partial_date

_ONE_SECOND = timedelta(seconds=1)
_END_OF_DAY = time(23, 59, 59)
_DAY_FIRST = re.compile(r"^(\d{1,2})[./](\d{1,2})[./](\d{4})(?!\d)", re.ASCII)
_TO_THE_SECOND = re.compile(r"[T ]\d{2}:\d{2}:\d{2}")


class LinkKind(StrEnum):
    """A row of the log: an entry, or what is between two entries that do not follow from one another."""

    ENTRY = "entry"
    GAP = "gap"
    OVERLAP = "overlap"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Moment:
    """When something was handed over: the first and last moment it can have been, in UTC, and as written."""

    earliest: datetime
    latest: datetime
    as_written: str


@dataclass(frozen=True, slots=True)
class HandingOver:
    """One entry as it is to be written; ``giver`` or ``taker`` may be unknown, not both."""

    at: Moment
    giver: str | None = None
    taker: str | None = None
    reason: str | None = None
    seal: str | None = None
    state: str | None = None
    tlp: Tlp | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A row of the log as it is shown; what is between two entries has the stricter of their marks."""

    kind: LinkKind
    at: str
    ref: str | None = None
    giver: str | None = None
    taker: str | None = None
    reason: str | None = None
    seal: str | None = None
    state: str | None = None
    tlp: str | None = None
    says: str | None = None
    recorded_by: str | None = None


def parse_moment(text: str) -> Moment:
    """A moment such as ``2024-05-03 14:20+03:00``, or a partial date such as ``2024-05-03`` or ``2024-05``.

    A day may come first, as in ``03.05.2024 14:20``.

    A time without an offset from UTC, and a date, are taken to be of this computer's time zone.

    Raises:
        ValueError: neither, or an open interval.
    """
    written = text.strip()
    iso = _DAY_FIRST.sub(lambda day: f"{day[3]}-{int(day[2]):02}-{int(day[1]):02}", written, count=1)
    try:
        moment = datetime.fromisoformat(iso.replace("Z", "+00:00"))
    except ValueError:
        moment = None
    if moment is not None and ":" in iso:
        exact = _in_utc(moment)
        last = exact if _TO_THE_SECOND.search(iso) else exact + 59 * _ONE_SECOND
        return Moment(exact, last, written)
    span = parse_partial_date(iso)
    if span.earliest is None or span.latest is None:
        raise ValueError(f"{text!r} is open: a handing over has a day, a month or a year, or a time")
    first = datetime.combine(span.earliest, time.min)
    last = datetime.combine(span.latest, _END_OF_DAY)
    return Moment(_in_utc(first), _in_utc(last), written)


def _in_utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


def log_custody(
    session: Session, subject: Subject, entry: HandingOver, *, actor: str, corrects: Any = None
) -> str:
    """Writes one entry and says its uid; one that ``corrects`` another row stands in its place.

    Raises:
        UsageError: neither giver nor taker is known, or the other entry is about something else or
            corrected already.
    """
    if not entry.giver and not entry.taker:
        raise UsageError("Who handed it over, or who took it? One of --from and --to is needed.")
    uid = new_uid()
    values = {
        "uid": uid,
        subject.column: subject.id,
        "at_earliest": entry.at.earliest,
        "at_latest": entry.at.latest,
        "at_as_written": entry.at.as_written,
        "from_holder": entry.giver,
        "to_holder": entry.taker,
        **{name: getattr(entry, name) for name in ("reason", "seal", "state", "tlp", "note")},
        "recorded_at": datetime.now(UTC),
        "recorded_by": actor,
    }
    number = insert_row(session, CustodyEvent, values)
    before = None
    if corrects is not None:
        standing = {row.id for row in standing_entries(session, subject)}
        if corrects.id not in standing:
            ref = reference("custody_event", corrects.uid)
            raise UsageError(f"{ref} is no standing entry of {subject.ref}")
        session.execute(
            update(CustodyEvent).where(CustodyEvent.id == corrects.id).values(superseded_by=number)
        )
        before = {"corrected": reference("custody_event", corrects.uid)}
    told = {name: value for name, value in values.items() if value is not None}
    add_entry(
        session,
        actor=actor,
        action="log custody",
        table="custody_event",
        uid=uid,
        before=before,
        after=told | {"subject": subject.ref},
    )
    return uid


def standing_entries(session: Session, subject: Subject) -> list[Any]:
    """The entries of a subject's log that nobody has corrected, by the time they tell of."""
    return list(
        session.execute(
            select(CustodyEvent)
            .where(
                CustodyEvent.__table__.c[subject.column] == subject.id, CustodyEvent.superseded_by.is_(None)
            )
            .order_by(CustodyEvent.at_earliest, CustodyEvent.at_latest, CustodyEvent.id)
        ).all()
    )


@dataclass(frozen=True, slots=True)
class LastEntry:
    """What somebody logged last: the reference of the thing, and the entry's own mark."""

    ref: str
    tlp: str | None


def last_entry_by(session: Session, actor: str) -> LastEntry | None:
    """The entry that this actor recorded last; None where there is none."""
    mine = (
        select(CustodyEvent)
        .where(CustodyEvent.recorded_by == actor)
        .order_by(CustodyEvent.id.desc())
        .limit(1)
    )
    row = session.execute(mine).first()
    return LastEntry(subject_of(session, row).ref, row.tlp) if row is not None else None


def chain(entries: Sequence[Any]) -> list[Link]:
    """The entries in order, with a row for each gap, overlap or question between two of them."""
    links: list[Link] = []
    before: Any = None
    for entry in _in_order(entries):
        if before is not None:
            mark = strictest([before.tlp, entry.tlp])
            links += [replace(link, tlp=mark) for link in _between(before, entry)]
        links.append(_entry(entry))
        before = entry
    if before is not None and before.to_holder is None:
        since = f"since {before.at_as_written}"
        links.append(Link(LinkKind.GAP, since, says="who took it is not recorded", tlp=before.tlp))
    return links


def _in_order(entries: Sequence[Any]) -> list[Any]:
    """By time; entries whose times cannot be told apart follow the hands they went through, if they do."""
    waiting = list(entries)
    ordered: list[Any] = []
    while waiting:
        open_ = [entry for entry in waiting if entry.at_earliest <= min(each.at_latest for each in waiting)]
        holder = ordered[-1].to_holder if ordered else None
        takers = {_who(entry.to_holder) for entry in open_}
        following = [entry for entry in open_ if holder and _who(entry.from_holder) == _who(holder)]
        starting = [entry for entry in open_ if _who(entry.from_holder) not in takers]
        following = following or starting or open_
        ordered.append(following[0])
        waiting.remove(following[0])
    return ordered


def _entry(entry: Any) -> Link:
    return Link(
        LinkKind.ENTRY,
        entry.at_as_written,
        reference("custody_event", entry.uid),
        entry.from_holder,
        entry.to_holder,
        entry.reason,
        entry.seal,
        entry.state,
        entry.tlp,
        entry.note,
        entry.recorded_by,
    )


def _between(before: Any, after: Any) -> list[Link]:
    """What is to be said between two entries; nothing where the one follows from the other."""
    spell = f"{before.at_as_written} to {after.at_as_written}"
    links = []
    holder, giver = before.to_holder, after.from_holder
    if _who(holder) is None and _who(giver) is None:
        links.append(Link(LinkKind.GAP, spell, says="nobody is recorded to have held it"))
    elif _who(holder) is None:
        says = f"who took it is not recorded; {giver} handed it over next"
        links.append(Link(LinkKind.GAP, spell, says=says))
    elif _who(giver) is None:
        says = f"held by {holder} since {before.at_as_written}; who handed it over next is not recorded"
        links.append(Link(LinkKind.GAP, spell, says=says))
    elif _who(holder) != _who(giver):
        links.append(_broken(before, after, spell))
    if before.seal and after.seal and _who(before.seal) != _who(after.seal):
        says = f"the seal was {before.seal}, and is {after.seal}: when was it changed, and by whom?"
        links.append(Link(LinkKind.QUESTION, spell, says=says))
    return links


def _broken(before: Any, after: Any, spell: str) -> Link:
    holder, giver = before.to_holder, after.from_holder
    if _who(giver) == _who(before.from_holder):
        other = after.to_holder or "nobody named"
        says = f"two holders at once: {giver} gave it to {holder}, and again to {other}"
        return Link(LinkKind.OVERLAP, spell, says=says)
    held = f"held by {holder} since {before.at_as_written}"
    says = f"{held}; how it came from {holder} to {giver} is not recorded"
    return Link(LinkKind.GAP, spell, says=says)


def _who(name: str | None) -> str | None:
    """A holder's name as it is compared; None where nobody is named."""
    return (fold(name) or name) if name and name.strip() else None
