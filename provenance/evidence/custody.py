"""Custody as a log: one handover after another, and what does not follow from the one before."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import select

from provenance.core.errors import UsageError
from provenance.core.identity import new_uid, reference
from provenance.core.tlp import strictest
from provenance.core.vocabulary import Tlp
from provenance.domain.amendments.standing import withdrawal_of
from provenance.domain.audit import add_entry
from provenance.domain.record_kinds import RecordKind
from provenance.evidence.subjects import CUSTODY_SUBJECTS, Subject, subject_of
from provenance.schema.base import aliased
from provenance.schema.evidence import CustodyEvent
from provenance.schema.row_values import by_name, given, update_rows, with_values
from provenance.schema.rows import insert_row
from provenance.schema.session import Session, hold
from provenance.text.folding import fold
from provenance.text.partial_dates import parse_partial_date

_ONE_SECOND = timedelta(seconds=1)
_END_OF_DAY = time(23, 59, 59)
_LAST_LOOKED_AT = 20
"""How many entries back a default is looked for."""

_DAY_FIRST = re.compile(r"^(\d{1,2})[./](\d{1,2})[./](\d{4})(?!\d)", re.ASCII)
_TO_THE_SECOND = re.compile(r"[T ]\d{2}:\d{2}:\d{2}")


class LinkKind(StrEnum):
    """A row of the log: an entry, or a finding between two entries that do not follow from one another."""

    ENTRY = "entry"
    GAP = "gap"
    OVERLAP = "overlap"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Moment:
    """When a handover took place: its first and last possible moment, in UTC, and as written."""

    earliest: datetime
    latest: datetime
    as_written: str


@dataclass(frozen=True, slots=True)
class Handover:
    """One entry to be written; ``from_holder`` or ``to_holder`` may be unknown, not both."""

    at: Moment
    from_holder: str | None = None
    to_holder: str | None = None
    reason: str | None = None
    seal: str | None = None
    state: str | None = None
    tlp: Tlp | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A row of the log as it is shown; a finding between two entries has the stricter of their marks.

    ``corrects`` are the entries that an entry replaces, ``between`` those that a finding is about.
    """

    kind: LinkKind
    at: str
    ref: str | None = None
    from_holder: str | None = None
    to_holder: str | None = None
    reason: str | None = None
    seal: str | None = None
    state: str | None = None
    tlp: str | None = None
    finding: str | None = None
    note: str | None = None
    recorded_by: str | None = None
    corrects: tuple[str, ...] = ()
    between: tuple[str, ...] = ()


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
        raise ValueError(f"{text!r} is an open interval: give a day, a month, a year or a time")
    first = datetime.combine(span.earliest, time.min)
    last = datetime.combine(span.latest, _END_OF_DAY)
    return Moment(_in_utc(first), _in_utc(last), written)


def _in_utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


def log_custody(
    session: Session, subject: Subject, entry: Handover, *, actor: str, corrects: Any = None
) -> str:
    """Writes one entry and returns its uid; one that ``corrects`` another row replaces it.

    Raises:
        UsageError: neither holder is known, or the entry to correct is about another record or has been
            corrected already.
    """
    if not entry.from_holder and not entry.to_holder:
        raise UsageError("Who handed it over, or who received it? At least one of them is needed.")
    uid = new_uid()
    about = CustodyEvent(
        uid=uid,
        at_earliest=entry.at.earliest,
        at_latest=entry.at.latest,
        at_as_written=entry.at.as_written,
        from_holder=entry.from_holder,
        to_holder=entry.to_holder,
        reason=entry.reason,
        seal=entry.seal,
        state=entry.state,
        tlp=entry.tlp,
        note=entry.note,
        recorded_at=session.moment,
        recorded_by=actor,
    )
    row = with_values(about, {CUSTODY_SUBJECTS[subject.table]: subject.id})
    number = insert_row(session, row)
    before = None
    if corrects is not None:
        _supersede(session, subject, corrects, number)
        before = {"corrected": reference("custody_event", corrects.uid)}
    known = {name: value for name, value in by_name(given(row)).items() if value is not None}
    add_entry(
        session,
        actor=actor,
        action="log custody",
        table=CustodyEvent,
        uid=uid,
        before=before,
        after=known | {"subject": subject.ref},
    )
    return uid


def _supersede(session: Session, subject: Subject, corrected: Any, number: int) -> None:
    """Marks an entry as superseded by another one of the same subject."""
    hold(session, "custody_event", corrected.uid)
    if corrected.id not in {row.id for row in current_entries(session, subject)}:
        ref = reference("custody_event", corrected.uid)
        current = "; ".join(map(entry_words, current_entries(session, subject))) or "none"
        raise UsageError(
            f"{ref} is not a current entry of {subject.ref}", hint=f"Its current entries: {current}"
        )
    update_rows(session, CustodyEvent, {CustodyEvent.superseded_by: number}, CustodyEvent.id == corrected.id)


def current_entries(session: Session, subject: Subject) -> list[Any]:
    """The entries of a subject's log that have not been corrected, by their time."""
    return list(
        session.execute(
            select(CustodyEvent)
            .where(CUSTODY_SUBJECTS[subject.table] == subject.id, CustodyEvent.superseded_by.is_(None))
            .order_by(CustodyEvent.at_earliest, CustodyEvent.at_latest, CustodyEvent.id)
        ).all()
    )


def entry_words(entry: Any) -> str:
    """An entry in a line: its reference, when, from whom to whom."""
    holders = f"{entry.from_holder or 'unknown'} to {entry.to_holder or 'unknown'}"
    return f"{reference('custody_event', entry.uid)} ({entry.at_as_written}, {holders})"


def corrected_entries(session: Session, subject: Subject) -> dict[str, tuple[str, ...]]:
    """The references of the entries that an entry of the subject's log replaces, by its uid."""
    successor = aliased(CustodyEvent)
    rows = session.execute(
        select(successor.uid, CustodyEvent.uid)
        .join(successor, successor.id == CustodyEvent.superseded_by)
        .where(CUSTODY_SUBJECTS[subject.table] == subject.id)
        .order_by(CustodyEvent.id)
    )
    found: dict[str, tuple[str, ...]] = {}
    for by, corrected in rows:
        found[by] = (*found.get(by, ()), reference("custody_event", corrected))
    return found


@dataclass(frozen=True, slots=True)
class LastEntry:
    """An actor's last entry: the reference of its subject, and the entry's own mark."""

    ref: str
    tlp: str | None


def last_entry_by(session: Session, actor: str) -> LastEntry | None:
    """The entry that this actor recorded last about what stands; None where there is none."""
    mine = (
        select(CustodyEvent)
        .where(CustodyEvent.recorded_by == actor)
        .order_by(CustodyEvent.id.desc())
        .limit(_LAST_LOOKED_AT)
    )
    for row in session.execute(mine):
        about = subject_of(session, row, CUSTODY_SUBJECTS)
        if withdrawal_of(session, RecordKind(about.table.value), about.id) is None:
            return LastEntry(about.ref, row.tlp)
    return None


def chain(entries: Sequence[Any], corrected: Mapping[str, tuple[str, ...]] | None = None) -> list[Link]:
    """The entries in order, with a row for each gap, overlap or question between two of them.

    ``corrected`` are the references that an entry replaces, by its uid.
    """
    links: list[Link] = []
    before: Any = None
    for entry in _in_order(entries):
        if before is not None:
            mark = strictest([before.tlp, entry.tlp])
            pair = (reference("custody_event", before.uid), reference("custody_event", entry.uid))
            links += [replace(link, tlp=mark, between=pair) for link in _between(before, entry)]
        links.append(replace(_entry(entry), corrects=(corrected or {}).get(entry.uid, ())))
        before = entry
    if before is not None and before.to_holder is None:
        since = f"since {before.at_as_written}"
        links.append(
            Link(
                LinkKind.GAP,
                since,
                finding="who received it is not recorded",
                tlp=before.tlp,
                between=(reference("custody_event", before.uid),),
            )
        )
    return links


def _in_order(entries: Sequence[Any]) -> list[Any]:
    """By time; entries whose times cannot be distinguished follow from holder to holder, if they do."""
    waiting = list(entries)
    ordered: list[Any] = []
    while waiting:
        open_ = [entry for entry in waiting if entry.at_earliest <= min(each.at_latest for each in waiting)]
        holder = ordered[-1].to_holder if ordered else None
        receiving = {_who(entry.to_holder) for entry in open_}
        following = [entry for entry in open_ if holder and _who(entry.from_holder) == _who(holder)]
        starting = [entry for entry in open_ if _who(entry.from_holder) not in receiving]
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
        reason=entry.reason,
        seal=entry.seal,
        state=entry.state,
        tlp=entry.tlp,
        note=entry.note,
        recorded_by=entry.recorded_by,
    )


def _between(before: Any, after: Any) -> list[Link]:
    """Findings between two entries; none where the one follows from the other."""
    period = f"{before.at_as_written} to {after.at_as_written}"
    links = []
    holder, releasing = before.to_holder, after.from_holder
    if _who(holder) is None and _who(releasing) is None:
        links.append(Link(LinkKind.GAP, period, finding="no holder is recorded"))
    elif _who(holder) is None:
        finding = f"who received it is not recorded; {releasing} handed it over next"
        links.append(Link(LinkKind.GAP, period, finding=finding))
    elif _who(releasing) is None:
        finding = f"with {holder} since {before.at_as_written}; who handed it over next is not recorded"
        links.append(Link(LinkKind.GAP, period, finding=finding))
    elif _who(holder) != _who(releasing):
        links.append(_broken(before, after, period))
    if before.seal and after.seal and _who(before.seal) != _who(after.seal):
        finding = f"the seal was {before.seal} and is now {after.seal}: when was it changed, and by whom?"
        links.append(Link(LinkKind.QUESTION, period, finding=finding))
    return links


def _broken(before: Any, after: Any, period: str) -> Link:
    holder, releasing = before.to_holder, after.from_holder
    if _who(releasing) == _who(before.from_holder):
        other = after.to_holder or "an unnamed recipient"
        finding = f"two holders at once: {releasing} handed it over to {holder}, and again to {other}"
        return Link(LinkKind.OVERLAP, period, finding=finding)
    held = f"with {holder} since {before.at_as_written}"
    finding = f"{held}; how it came from {holder} to {releasing} is not recorded"
    return Link(LinkKind.GAP, period, finding=finding)


def _who(name: str | None) -> str | None:
    """A holder's name in the form in which names are compared; None where none is given."""
    return (fold(name) or name) if name and name.strip() else None
