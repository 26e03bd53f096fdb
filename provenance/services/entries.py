"""Entries of the log: recoveries, seizures, units, components and citations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from sqlalchemy import select

from provenance.core.errors import BadInput, NotFound, UsageError
from provenance.core.messages import Message
from provenance.core.vocabulary import SUSPECT_AUTHENTICITY, SameVerdict
from provenance.core.vocabulary.field import IdentificationState
from provenance.domain.citations import log_citation
from provenance.domain.component_entries import log_component
from provenance.domain.handles import row_called
from provenance.domain.journal import (
    Author,
    Entry,
    Logged,
    author_of,
    entry_of,
    future_dates,
    last_recovery,
    last_texts,
)
from provenance.domain.names import recovery_called, unknown_name
from provenance.domain.plausible_entries import oddities
from provenance.domain.record_kinds import RecordKind
from provenance.domain.recovery_entries import log_recovery, log_seizure
from provenance.domain.units import log_unit
from provenance.fields.entries import CELLS, NAMED, NEEDED, Faults, Kind
from provenance.fields.places import Position
from provenance.fields.specification import FieldSpec
from provenance.fields.values import marking as read_marking
from provenance.fields.values import place as read_place
from provenance.fields.values import position as read_position
from provenance.importing.marking_reader import MarkingDesk, Offered
from provenance.schema.engines import reading_engine
from provenance.schema.session import Session
from provenance.schema.sources import Source
from provenance.services.contracts.entries import (
    CandidateRow,
    EntryRequest,
    EntryResult,
    EntryRow,
    MayBe,
)
from provenance.services.contracts.sameness import SameRequest
from provenance.services.forms import CheckedAnswer, FormField, FormSupport
from provenance.services.sameness import decide_same
from provenance.services.workspace import Workspace

_WRITERS: Mapping[Kind, Callable[[Session, Author, Entry], Logged]] = {
    Kind.RECOVERY: log_recovery,
    Kind.SEIZURE: log_seizure,
    Kind.UNIT: log_unit,
    Kind.CITATION: log_citation,
}
"""The writers of all kinds but components, whose markings are read too."""

_CARRIED_OVER: Mapping[Kind, tuple[str, ...]] = {
    Kind.RECOVERY: ("weapon", "used", "recovered", "place", "country", "tlp"),
    Kind.SEIZURE: (
        *("authority", "seized", "border_point", "movement"),
        *("from_country", "to_country", "tlp"),
    ),
    Kind.UNIT: (),
    Kind.COMPONENT: ("unit", "tlp"),
    Kind.CITATION: ("ref", "source"),
}
"""What the next entry of a kind often has in common with the previous one."""

_PRESET = frozenset(("kind", "extent"))
"""Fields that have a value even where none is given."""


def log_entry(workspace: Workspace, request: EntryRequest) -> EntryResult:
    """Logs one entry in one transaction.

    Raises:
        BadInput: a field cannot be read, contradicts another or is missing; or a date is in the future.
        NotFound: it refers to a record that does not exist.
        UsageError: nothing is stated, or the marking has no candidate of that number.
    """
    return EntryDraft(workspace, request.kind).save(request)


class EntryDraft(FormSupport):
    """An entry that is being prepared: what to ask, what to suggest, what the marking may be; then saved."""

    def __init__(self, workspace: Workspace, kind: str) -> None:
        super().__init__(workspace)
        self.kind = Kind(kind)
        self.fields = tuple(map(_form_field, CELLS[self.kind]))
        self._recovery: str | None = None

    def is_incomplete(self, given: Mapping[str, str]) -> bool:
        """Whether the given fields alone make no entry: nothing is stated, or a required field is missing."""
        required = {each.name for each in self.fields if each.required}
        stated = given.keys() - _PRESET - required
        if self.kind is Kind.UNIT:
            return not required <= given.keys()
        return not stated or (self.kind is Kind.COMPONENT and "recovery" not in given)

    def defaults(self, given: Mapping[str, str]) -> dict[str, str]:
        """Default answers from the user's last entry."""
        actor = self._workspace.actor
        with self._workspace.reading() as session:
            last = last_texts(session, actor, [self.kind])
            latest = last_recovery(session, actor)
        found = {name: last[name] for name in _CARRIED_OVER[self.kind] if last.get(name, "?") != "?"}
        if "place" in found and not isinstance(read_place(found["place"]), str):
            # The next wreck lies at another position.
            del found["place"]
        if self.kind in (Kind.UNIT, Kind.COMPONENT) and latest is not None:
            found["recovery"] = latest
            if given.get("recovery", latest) != last.get("recovery", latest):
                found.pop("unit", None)
        self._recovery = given.get("recovery") or found.get("recovery")
        return found

    def is_relevant(self, name: str, texts: Mapping[str, str]) -> bool:
        """Whether an answer to this field could add anything to those given."""
        if name == "precision":
            return _is_position_without_precision(texts)
        if name in ("marking_state", "description"):
            return texts.get("marking", "?") == "?"
        if name == "counterfeit_kind":
            return texts.get("authenticity") in SUSPECT_AUTHENTICITY
        if name in ("publisher", "title"):
            return not self._is_known_source(texts.get("source", ""))
        return True

    def needs_basis(self, texts: Mapping[str, str]) -> bool:
        """Whether the entry states something that needs a basis."""
        confirmed = texts.get("identification") == IdentificationState.CONFIRMED
        return confirmed or texts.get("authenticity") in SUSPECT_AUTHENTICITY

    def has_marking(self, text: str) -> bool:
        """Whether a text is a marking that can be identified."""
        return read_marking(text) is not None

    def candidates(self, text: str) -> tuple[CandidateRow, ...]:
        """What a marking may stand for, best first; none where the program does not know it."""
        marking = read_marking(text)
        return tuple(map(_candidate, self._desk.read(marking).offered)) if marking else ()

    def future_dates(self, texts: Mapping[str, str]) -> dict[str, str]:
        """The dates in the future, by field; none where the entry cannot be read."""
        try:
            entry = entry_of(self.kind, self._settled(texts))
        except Faults:
            return {}
        return dict(future_dates(entry, self._workspace.today))

    def oddities(self, texts: Mapping[str, str]) -> tuple[Message, ...]:
        """What is hardly true; nothing where the entry cannot be read."""
        try:
            entry = entry_of(self.kind, texts)
        except Faults:
            return ()
        with self._workspace.reading() as session:
            return tuple(oddities(session, entry))

    def save(self, request: EntryRequest) -> EntryResult:
        """Logs the entry (see `log_entry`)."""
        texts = self._settled(request.texts)
        self._refuse_empty(texts)
        candidates = self._open_candidates(texts)
        if request.candidate is not None:
            texts |= _chosen(candidates, request.candidate)
        entry = _read(self.kind, texts)
        if not request.accept_future:
            self._refuse_future(entry)
        with self._workspace.writing() as session:
            if not request.accept_odd and (odd := oddities(session, entry)):
                raise BadInput("; ".join(map(str, odd)), code="odd")
            logged = self._write(session, author_of(session, self._workspace.actor, request.new), entry)
        row = EntryRow(
            kind=self.kind,
            ref=logged.ref,
            title=logged.title,
            known=logged.known,
            notes=logged.notes,
            candidates=candidates if request.candidate is None else (),
            may_be=tuple(MayBe(ref=ref, name=name) for name, ref in logged.may_be),
        )
        return EntryResult(rows=(row,))

    def decide(self, ref: str, other: str, verdict: SameVerdict, reason: str) -> None:
        """Records whether a logged record and another one are the same (see `provenance.services.sameness`).

        Raises:
            BadInput: it contradicts another decision.
            UsageError: the reason is empty.
        """
        never = verdict is SameVerdict.NEVER
        decide_same(self._workspace, SameRequest(left=ref, right=other, reason=reason, never=never))

    def _settled(self, texts: Mapping[str, str]) -> dict[str, str]:
        return {name: self.settled(name, text) for name, text in texts.items()}

    def _write(self, session: Session, author: Author, entry: Entry) -> Logged:
        if self.kind is Kind.COMPONENT:
            return log_component(session, author, entry, reader=self._desk.reader(session))
        return _WRITERS[self.kind](session, author, entry)

    @cached_property
    def _desk(self) -> MarkingDesk:
        return MarkingDesk(reading_engine(self._workspace.database))

    def _refuse_empty(self, texts: Mapping[str, str]) -> None:
        """Refuses an entry that states nothing: an empty record would be counted."""
        if self.kind in (Kind.RECOVERY, Kind.SEIZURE) and not texts.keys() - _PRESET:
            hint = "Give what is known, if only a label or a note."
            raise UsageError(f"Nothing is stated about this {self.kind}.", hint=hint, code="guided")

    def _open_candidates(self, texts: Mapping[str, str]) -> tuple[CandidateRow, ...]:
        """Candidates for the marking of an entry that does not state maker and part."""
        stated = {"maker", "mpn"} & texts.keys()
        if stated or texts.get("identification") == IdentificationState.UNIDENTIFIED:
            return ()
        return self.candidates(texts.get("marking", ""))

    def _refuse_future(self, entry: Entry) -> None:
        if dates := future_dates(entry, self._workspace.today):
            named = "; ".join(f"{name} {text} is in the future" for name, text in dates)
            raise BadInput(named, code="future")

    def _is_known_source(self, key: str) -> bool:
        with self._workspace.reading() as session:
            return session.execute(select(Source.id).where(Source.key == key)).first() is not None

    def _within(self, session: Session, what: str) -> int | None:
        if what != "unit" or self._recovery is None:
            return None
        try:
            return recovery_called(session, self._recovery)
        except (NotFound, BadInput):
            return None  # A wrong recovery is reported when the entry is logged.

    def _look_up(self, session: Session, name: str, text: str) -> CheckedAnswer:
        if name == "recovery":
            recovery_called(session, text)
            self._recovery = text
        elif name == "ref" and row_called(session, text, _REPORTED) is None:
            raise BadInput(f"{text} is not a reference, a source's record key or a number on a find")
        elif (what := NAMED.get(name)) is not None:
            near = unknown_name(session, what, text)
            return CheckedAnswer() if near is None else CheckedAnswer(new_name=what, near=near)
        return CheckedAnswer()


_REPORTED = (RecordKind.RECOVERY, RecordKind.COMPONENT)
"""What a citation may name by a key or a number instead of a reference."""


def _form_field(cell: FieldSpec[Any]) -> FormField:
    return FormField(cell.name, cell.read, cell.choices, cell.completes, cell.required)


def _is_position_without_precision(texts: Mapping[str, str]) -> bool:
    given = texts.get("position")
    found = read_position(given) if given is not None else read_place(texts.get("place", ""))
    return isinstance(found, Position) and found.precision_m is None


def _read(kind: Kind, texts: Mapping[str, str]) -> Entry:
    try:
        return entry_of(kind, texts)
    except Faults as faults:
        raise refused(faults) from None


def refused(faults: Faults) -> BadInput:
    """The error about fields that cannot be read, or are missing."""
    first, *more = (_fault(name, reason) for name, reason in faults.faults.items())
    missing = next((name for name, reason in faults.faults.items() if reason == NEEDED), "")
    return BadInput(first, hint="\n".join(more), code=missing)


def _fault(name: str, reason: str) -> str:
    return f"{name} is required" if reason == NEEDED else f"{name}: {reason}"


def _chosen(candidates: tuple[CandidateRow, ...], number: int) -> dict[str, str]:
    if number > len(candidates):
        raise UsageError(
            f"candidate {number}: the marking has {len(candidates)}",
            hint="To see the candidates: provenance identify MARKING",
        )
    chosen = candidates[number - 1]
    return {"maker": chosen.maker_ref, **({"mpn": chosen.mpn} if chosen.mpn else {})}


def _candidate(offered: Offered) -> CandidateRow:
    candidate = offered.candidate
    return CandidateRow(
        maker=offered.maker,
        maker_ref=offered.maker_ref,
        mpn=candidate.mpn or None,
        confidence=str(candidate.confidence),
        score=candidate.score,
        reason=candidate.reason,
    )
