"""The one writer of statements about firms, weapons and types of units, and of undoing them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from provenance.core.errors import BadInput, NotFound, UsageError
from provenance.core.identity import new_uid, reference
from provenance.core.vocabulary import Verification
from provenance.domain.record_kinds import RecordKind
from provenance.domain.references import uid_of
from provenance.domain.registry.cycles import refused_circle, standing_circles
from provenance.domain.registry.forms import OWNED, Content, Form, Uids, forms_of, live
from provenance.domain.registry.log import (
    Fields,
    Merge,
    RecordChange,
    Said,
    changes_of,
    seal_change,
    seal_undo,
)
from provenance.domain.registry.settle import ADD, GONE, REMOVE, row_content, settle
from provenance.schema.organizations import Ownership
from provenance.schema.session import Session, hold

TAKE = "take names"
"""What the change is called by which a record takes the names of one that was merged into it."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Who says it, why, on which source (by row number), and how far it was checked against that source."""

    actor: str
    source_id: int
    reason: str = ""
    verification: Verification = Verification.UNVERIFIED


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a change: None where everything was on record already. ``notes`` are for its author."""

    change: RecordChange | None
    notes: tuple[str, ...] = ()


class Writer:
    """Changes what is on record about one firm, weapon or type of unit, at one moment."""

    def __init__(self, session: Session, kind: RecordKind, number: int, terms: Terms) -> None:
        self.session, self.kind, self.number, self.terms = session, kind, number, terms
        self.uids = Uids(session)
        self.uid = uid_of(session, kind, number)
        hold(session, "registry", self.uid)

    def live(self, form: Form) -> list[Content]:
        """The statements of a form that stand about the record."""
        return [content for _row, content in live(self.session, form, self.number, self.uids)]

    def said(self, form: Form, content: Content) -> Said:
        """A statement with what every one has: its source, and how far it was checked."""
        common = {
            form.source: self.uids.uid(RecordKind.SOURCE, self.terms.source_id),
            form.checked: self.terms.verification.value,
            form.seeded: False,
        }
        whole = {**dict.fromkeys(form.columns), **content, **common}
        return Said(form, {column: value for column, value in whole.items() if column is not None})

    def change(
        self,
        action: str,
        *,
        stated: Iterable[Said] = (),
        withdrawn: Iterable[Said] = (),
        fields: Mapping[Any, Any] | None = None,
        row: Content | None = None,
        merge: Merge | None = None,
        uid: str | None = None,
    ) -> Outcome:
        """Records a change, under this uid if one is given, and writes what follows from it.

        Raises:
            UsageError: something that stood is withdrawn or changed, and no reason is given.
        """
        said, gone = tuple(stated), tuple(withdrawn)
        before = row_content(self.session, self.kind, self.number, self.uids)
        fields = {column: value for column, value in (fields or {}).items() if before[column] != value}
        said, gone = self._what_is_new(said, gone)
        if not (said or gone or fields or row is not None):
            return Outcome(None)
        if (gone or (fields and action != ADD)) and not self.terms.reason.strip():
            raise UsageError("A change of what is on record needs its reason.", code="reason")
        change = RecordChange(
            uid=uid or new_uid(),
            action=action,
            kind=self.kind,
            record_uid=self.uid,
            actor=self.terms.actor,
            at=self.session.moment,
            reason=" ".join(self.terms.reason.split()),
            source=self.uids.uid(RecordKind.SOURCE, self.terms.source_id),
            stated=said,
            withdrawn=gone,
            fields=Fields({column: before[column] for column in fields}, fields),
            row=row,
            merge=merge,
        )
        seal_change(self.session, change)
        settle(self.session, self.kind, self.uid)
        return Outcome(change)

    def _what_is_new(
        self, said: tuple[Said, ...], gone: tuple[Said, ...]
    ) -> tuple[tuple[Said, ...], tuple[Said, ...]]:
        """Of what is stated and withdrawn, what changes anything; what is stated replaces what stands of the
        same identity.
        """
        new: list[Said] = []
        replaced = {each.identity: each for each in gone}
        for each in said:
            stands = next(
                (one for one in self.live(each.form) if each.form.identity_of(one) == each.identity), None
            )
            if stands is None:
                new.append(each)
            elif _says_more(each, stands):
                kept = {Ownership.uid: stands[Ownership.uid]} if each.form is OWNED else {}
                new.append(Said(each.form, {**each.content, **kept}))
                replaced[each.identity] = Said(each.form, stands)
            else:
                replaced.pop(each.identity, None)
        return tuple(new), tuple(replaced.values())

    def row(self) -> Content:
        """The record's own row."""
        return row_content(self.session, self.kind, self.number, self.uids)

    def remove(self) -> Outcome:
        """Removes the record with all that is stated about it; undoing brings it back.

        Whoever calls this has seen to it that nothing uses the record.
        """
        gone = [Said(form, content) for form in forms_of(self.kind) for content in self.live(form)]
        return self.change(REMOVE, withdrawn=gone, row=self.row())


_CHECKED = (Verification.CONFLICT, Verification.UNVERIFIED, Verification.PARTLY, Verification.VERIFIED)


def _says_more(new: Said, known: Content) -> bool:
    """Whether a statement says something else than the known one of its identity, or was checked further."""
    form = new.form
    aside = (form.source, form.checked, form.seeded, *form.aside)
    said = [column for column in form.columns if not any(column is each for each in aside)]
    if any(new.content[column] != known[column] for column in said):
        return True
    if form.checked is None:
        return False
    checked = [_CHECKED.index(Verification(each[form.checked])) for each in (new.content, known)]
    return checked[0] > checked[1]


def undo_change(
    session: Session,
    kind: RecordKind,
    record_uid: str,
    change_uid: str | None,
    *,
    actor: str,
    reason: str,
    part_of_merge: bool = False,
) -> RecordChange:
    """Undoes a change of a record: the last one that stands, or the one with that uid.

    Raises:
        NotFound: there is nothing to undo, or no such change.
        BadInput: it was undone before, or firms would own each other in a circle.
        UsageError: the reason is empty.
    """
    if not reason.strip():
        raise UsageError("An undoing needs its reason.", code="reason")
    hold(session, "registry", record_uid)
    changes = changes_of(session, [record_uid])
    if change_uid is None:
        chosen = next((each for each in reversed(changes) if not each.undone and each.action != TAKE), None)
    else:
        chosen = next((each for each in changes if each.uid == change_uid), None)
    if chosen is None:
        raise NotFound(f"Nothing to undo about {reference(kind, record_uid)}")
    if chosen.action == TAKE and not part_of_merge:
        raise BadInput("It took these names by a merge", hint="Undo the merge, by the other's reference.")
    if chosen.undone:
        raise BadInput(f"This change ({chosen.action}, {chosen.actor}) was undone before")
    if chosen.merge is not None and chosen.merge.names is not None:
        # The other gives the names back before this one has them again.
        _take_back(session, kind, chosen.merge.into, chosen.merge.names, actor=actor, reason=reason)
    before = standing_circles(session) if kind is RecordKind.ORGANIZATION else set()
    seal_undo(session, chosen, actor=actor, reason=" ".join(reason.split()))
    settle(session, kind, record_uid)
    if kind is RecordKind.ORGANIZATION and (new := standing_circles(session) - before):
        raise refused_circle(session, sorted(min(new, key=sorted)))
    return chosen


def _take_back(
    session: Session, kind: RecordKind, record_uid: str, change_uid: str, *, actor: str, reason: str
) -> None:
    """Undoes that a record took another's names, where that was not undone before."""
    changes = changes_of(session, [record_uid])
    if any(each.uid == change_uid and not each.undone for each in changes):
        undo_change(session, kind, record_uid, change_uid, actor=actor, reason=reason, part_of_merge=True)


def was_removed(session: Session, record_uid: str) -> bool:
    """Whether somebody removed the record, and nobody undid that."""
    changes = [each for each in changes_of(session, [record_uid]) if each.action in (ADD, *GONE)]
    last = next((each for each in reversed(changes) if not each.undone), None)
    return last is not None and last.action in GONE
