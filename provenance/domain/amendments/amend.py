"""Corrections: any field that logging takes, of any record that can be logged, with a reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from provenance.core.errors import BadInput, UsageError
from provenance.core.messages import Message
from provenance.core.vocabulary.field import IdentificationState
from provenance.domain.amendments.change import (
    Change,
    citation_is_clear,
    first_of_several,
    settled_position,
)
from provenance.domain.amendments.components import (
    amend_component,
    amend_unit,
    following_state,
    settled_identity,
)
from provenance.domain.amendments.log import AMEND, seal_amendment
from provenance.domain.amendments.present import Present, present
from provenance.domain.amendments.recoveries import amend_recovery
from provenance.domain.amendments.standing import refuse_withdrawn
from provenance.domain.derivation import Reader
from provenance.domain.journal import Author, Entry
from provenance.domain.plausible_entries import oddities
from provenance.domain.readings import Derivation
from provenance.domain.record_kinds import RecordKind
from provenance.fields.entries import CELLS, Kind, read_given, written
from provenance.schema.session import Session
from provenance.text.column_styles import Style, Written
from provenance.text.partial_dates import DateSpan
from provenance.text.written_dates import day_from_today

AMENDABLE = (RecordKind.RECOVERY, RecordKind.UNIT, RecordKind.COMPONENT)
"""The kinds of records whose fields can be amended."""

_ONLY_WITH = {"weapon_kind": "weapon", "unit_kind": "unit_type"}
"""Fields that say something of a name that is new to the database."""

_FOLLOWING = ("label", "extent")
"""Fields that what is logged has even where nobody states them."""

_WRITERS: Mapping[Kind, Callable[[Change], None]] = {
    Kind.RECOVERY: amend_recovery,
    Kind.SEIZURE: amend_recovery,
    Kind.UNIT: amend_unit,
    Kind.COMPONENT: amend_component,
}


@dataclass(frozen=True, slots=True)
class Terms:
    """How a correction is made: why, whether what is hardly true is meant, and how a file's columns are
    written. ``action`` is what the audit trail calls it.
    """

    reason: str
    accept_future: bool = False
    accept_odd: bool = False
    styles: Mapping[str, Style] = field(default_factory=dict)
    action: str = AMEND


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after, as texts; None where it is not known."""

    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Amended:
    """What a correction did: to which record, which fields changed, and what its author should know."""

    record: RecordKind
    number: int
    uid: str
    former: Present
    changes: tuple[FieldChange, ...]
    notes: tuple[str, ...]

    @property
    def title(self) -> str:
        """What the record is called now."""
        now = {each.field: each.after for each in self.changes}
        texts = self.former.entry.texts
        named = (now.get(name, texts.get(name)) for name in ("label", "marking", "description"))
        return next(filter(None, named), "")


def amend(
    session: Session,
    author: Author,
    target: tuple[RecordKind, int],
    given: Mapping[str, str],
    terms: Terms,
    *,
    reader: Callable[[], Reader],
) -> Amended:
    """Corrects fields of a record: ``given`` are their texts, blank to empty one; others stay as they are.

    What is derived from them is derived again; the former values go into the audit trail with the reason.
    Nothing is written where the record says all of it already.

    Raises:
        UsageError: the reason is blank, or the record has no such field.
        Faults: a field cannot be read, or a required one is emptied.
        BadInput: fields would contradict each other, something is hardly true (codes ``future`` and ``odd``),
            or the record is withdrawn.
        NotFound: it refers to a record that is not there.
    """
    if not terms.reason.strip():
        raise UsageError("A correction needs its reason.", code="reason")
    former = present(session, *target)
    refuse_withdrawn(session, *target)
    _refuse_fields(session, former, given)
    merged = _merged(former, given, terms.styles)
    if not merged.values:
        return Amended(*target, former.uid, former, (), ())
    change = Change(session, author, former, terms.reason.strip(), *merged, dict(terms.styles))
    _refuse_unlikely(session, change, terms)
    _WRITERS[former.kind](change)
    _derive(session, change, reader)
    return _sealed(session, change, terms)


def _refuse_fields(session: Session, record: Present, given: Mapping[str, str]) -> None:
    names = [each.name for each in CELLS[record.kind]]
    if strangers := [name for name in given if name not in names]:
        raise UsageError(
            f"A {record.kind} has no {', '.join(strangers)}.",
            hint=f"Its fields: {', '.join(name for name in names if name not in _ONLY_WITH)}",
        )
    for name, of in _ONLY_WITH.items():
        if name in given and of not in given:
            raise UsageError(f"{name} belongs to a {of.replace('_', ' ')} that is new: give {of}=NAME too.")
    if "credibility" in given and not citation_is_clear(session, record):
        raise BadInput(
            f"credibility: several sources report {record.ref}, or none does",
            hint=f"Assess it by source: provenance log belief {record.ref}",
        )


class _Merged(NamedTuple):
    """What really changes of a record, and the entries as they are then: as read, and as typed."""

    texts: dict[str, str]
    values: dict[str, Any]
    entry: Entry
    typed: dict[str, str]


def _merged(former: Present, given: Mapping[str, str], styles: Mapping[str, Style]) -> _Merged:
    given = settled_position(former, given)
    values = read_given(former.kind, first_of_several(given), styles)
    values = {name: value for name, value in values.items() if not _is_said(former, name, value, given)}
    if former.kind is Kind.COMPONENT:
        values |= following_state(former, values, given)
        values |= {
            name: value
            for name, value in settled_identity(former, values).items()
            if former.entry[name] != value
        }
    texts = {name: given.get(name, "" if values[name] is None else str(values[name])) for name in values}
    kept = {name: text for name, text in former.entry.texts.items() if name not in values}
    entry = Entry(
        former.kind,
        kept | {name: text for name, text in texts.items() if values[name] is not None},
        {name: value for name, value in {**former.entry.values, **values}.items() if value is not None},
    )
    typed = {name: text for name, text in {**former.typed, **texts}.items() if text.strip()}
    return _Merged(texts, values, entry, typed)


def _is_said(former: Present, name: str, value: Any, given: Mapping[str, str]) -> bool:
    """Whether a record says a value already; a date and a name also in these words."""
    text = given.get(name, "").strip()
    if value is None:
        return former.entry[name] is None
    if _follows(former, name):
        return False
    if text == former.entry.texts.get(name):
        return True
    if isinstance(value, str) and ";" in text:
        return False
    return not isinstance(value, DateSpan) and bool(former.entry[name] == value)


def _follows(former: Present, name: str) -> bool:
    """Whether what a record says was never stated but follows from the rest, and so changes with it."""
    return name in _FOLLOWING and bool(former.typed) and name not in former.typed


def _refuse_unlikely(session: Session, change: Change, terms: Terms) -> None:
    """Refuses what is in the future or hardly true, unless it is meant or was so before."""
    if not terms.accept_future:
        late = [
            f"{name} {change.texts[name].strip()} is in the future"
            for name, value in change.values.items()
            if isinstance(value, DateSpan) and value.earliest is not None and value.earliest > session.today
        ]
        if late:
            raise BadInput("; ".join(late), code="future")
    if not terms.accept_odd and (odd := new_oddities(session, change.present.entry, change.entry)):
        raise BadInput("; ".join(map(str, odd)), code="odd")


def new_oddities(session: Session, before: Entry, after: Entry) -> list[Message]:
    """What is hardly true of an entry, and was not of the former one."""
    former = set(map(str, oddities(session, before)))
    return [each for each in oddities(session, after) if str(each) not in former]


def settled_days(
    session: Session, target: tuple[RecordKind, int], given: Mapping[str, str], today: date
) -> dict[str, str]:
    """The texts, with the day in place of a word for it ("yesterday", "вчора") in fields for dates."""
    dates = {name for name, what in written(present(session, *target).kind).items() if what is Written.DATE}
    days = {name: day_from_today(text, today) for name, text in given.items() if name in dates}
    return {**given, **{name: day.isoformat() for name, day in days.items() if day is not None}}


def preview(
    session: Session, target: tuple[RecordKind, int], given: Mapping[str, str]
) -> tuple[Entry, Entry]:
    """The entry before and after a correction that is not written: for questions about it.

    Raises:
        Faults: a field cannot be read.
    """
    former = present(session, *target)
    return former.entry, _merged(former, given, {}).entry


def _derive(session: Session, change: Change, reader: Callable[[], Reader]) -> None:
    """Derives again what follows; nothing is read for a component that is said to be unidentified."""
    unread = list(dict.fromkeys(change.unread))
    if not unread:
        return
    derivation, own = Derivation(session, reader()), change.present.number
    if "identification" in change and own in unread:
        # The entry's own word is sealed after this.
        unidentified = change.values["identification"] == IdentificationState.UNIDENTIFIED
        derivation.derive([own], identify=not unidentified)
        unread.remove(own)
    derivation.derive(unread)


def _sealed(session: Session, change: Change, terms: Terms) -> Amended:
    """The outcome, by comparing the record before and after; sealed in the audit trail."""
    former = change.present
    now = present(session, former.record, former.number)
    names = [each.name for each in CELLS[former.kind]]
    after = now.entry.texts
    before = {
        name: text
        for name, text in former.entry.texts.items()
        if not (name in change.values and _follows(former, name) and after.get(name) == text)
    }
    changed = [name for name in names if before.get(name) != after.get(name)]
    if changed:
        seal_amendment(
            session,
            actor=change.author.actor,
            action=terms.action,
            record=(former.record, former.uid),
            changes=(
                {name: before.get(name) for name in changed},
                {name: after.get(name) for name in changed},
            ),
            typed=change.texts,
            reason=change.reason,
            sources=change.sources,
        )
    return Amended(
        former.record,
        former.number,
        former.uid,
        former,
        tuple(FieldChange(name, before.get(name), after.get(name)) for name in changed),
        (*change.names.notes, *change.notes),
    )
