"""Statements that two records are the same item, or are not: made, undone and explained.

Nothing is copied or repointed: what counts as one item is derived from the statements that stand
(`provenance.domain.sameness`), so that undoing one leaves what there would be without it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from provenance.core.errors import BadInput, NotFound, UsageError
from provenance.core.identity import new_uid
from provenance.core.vocabulary import SameVerdict
from provenance.domain.audit import add_entry
from provenance.domain.record_kinds import RecordKind
from provenance.domain.references import uid_of
from provenance.domain.registry.cycles import refuse_circle_by_merging
from provenance.domain.sameness import clusters, joined, visible_pairs
from provenance.schema.row_values import Values, by_name, update_rows, with_values
from provenance.schema.rows import insert_row
from provenance.schema.session import Session, hold
from provenance.schema.sources import SameAs

_SIDES: Mapping[RecordKind, tuple[Any, Any]] = {
    RecordKind.RECOVERY: (SameAs.left_recovery_id, SameAs.right_recovery_id),
    RecordKind.COMPONENT: (SameAs.left_component_id, SameAs.right_component_id),
    RecordKind.ORGANIZATION: (SameAs.left_organization_id, SameAs.right_organization_id),
}

COMPARABLE = tuple(_SIDES)
"""The kinds of records that may be recorded as the same."""

KEPT_APART = "kept_apart"
"""Code of the refusal to join what a person keeps apart."""

SAID_SAME = "said_same"
"""Code of the refusal to call different what is directly recorded as the same."""


@dataclass(frozen=True, slots=True)
class Statement:
    """Who said of two records, by row number, that they are the same or are not, when and why.

    ``undone_at`` is when it was undone, None while it stands.
    """

    number: int
    uid: str
    left: int
    right: int
    verdict: SameVerdict
    actor: str
    decided_at: datetime
    reason: str
    undone_at: datetime | None = None
    undone_by: str | None = None
    undone_reason: str | None = None

    @property
    def stands(self) -> bool:
        """Whether it was not undone."""
        return self.undone_at is None

    @property
    def pair(self) -> frozenset[int]:
        """The two records."""
        return frozenset((self.left, self.right))

    def other(self, number: int) -> int:
        """The record that one of the two is compared with."""
        return self.right if number == self.left else self.left


@dataclass(frozen=True, slots=True)
class Decided:
    """A statement as it is recorded now; ``new`` is false where it already stood."""

    statement: Statement
    new: bool


@dataclass(frozen=True, slots=True)
class Overruled:
    """A statement that two records are different, and those by which they count as one all the same."""

    never: Statement
    by: tuple[Statement, ...]


def statements(session: Session, kind: RecordKind) -> list[Statement]:
    """Every statement about records of a kind that may be seen, undone ones too, in the order made."""
    told = visible_pairs(kind).add_columns(
        SameAs.id,
        SameAs.uid,
        SameAs.verdict,
        SameAs.actor,
        SameAs.decided_at,
        SameAs.reason,
        SameAs.undone_at,
        SameAs.undone_by,
        SameAs.undone_reason,
    )
    return [_of_row(row) for row in session.execute(told.order_by(SameAs.id))]


def _of_row(row: Any) -> Statement:
    left, right, number, uid, verdict, *rest = row
    return Statement(number, uid, left, right, SameVerdict(verdict), *rest)


def standing(found: Iterable[Statement], verdict: SameVerdict) -> list[Statement]:
    """Those of some statements that say this and were not undone."""
    return [each for each in found if each.stands and each.verdict is verdict]


def path(found: Sequence[Statement], start: int, end: int) -> tuple[Statement, ...]:
    """The shortest chain of standing statements that makes two records the same; empty where none does.

    Of chains of one length it is the one whose statements were made first.
    """
    beside: dict[int, list[Statement]] = {}
    for each in standing(found, SameVerdict.SAME):
        for number in (each.left, each.right):
            beside.setdefault(number, []).append(each)
    came_by: dict[int, tuple[Statement, ...]] = {start: ()}
    waiting = deque([start])
    while waiting and end not in came_by:
        here = waiting.popleft()
        for each in beside.get(here, ()):
            if (there := each.other(here)) not in came_by:
                came_by[there] = (*came_by[here], each)
                waiting.append(there)
    return came_by.get(end, ())


def overruled(found: Sequence[Statement]) -> list[Overruled]:
    """The statements that two records are different which a chain of others overrules."""
    nevers = standing(found, SameVerdict.NEVER)
    chains = ((each, path(found, each.left, each.right)) for each in nevers)
    return [Overruled(never, by) for never, by in chains if by]


def say(
    session: Session,
    kind: RecordKind,
    pair: tuple[int, int],
    verdict: SameVerdict,
    *,
    actor: str,
    reason: str,
    confirmed: bool = False,
) -> Decided:
    """Records that two records are the same, or are not. What stands already stays as it is.

    Raises:
        UsageError: it is one record, or the reason is empty.
        BadInput: it contradicts what stands, and is not confirmed: the two, or records that they are the
            same as, are recorded as different; or the two themselves are recorded as the same. Or firms
            would own each other in a circle.
    """
    reason = _reason(reason)
    if pair[0] == pair[1]:
        raise UsageError("That is one record. Name two different ones.")
    hold(session, "same as", kind.value)
    found = statements(session, kind)
    of_pair = [each for each in found if each.pair == frozenset(pair)]
    if known := standing(of_pair, verdict):
        return Decided(known[0], new=False)
    if not confirmed:
        _refuse_contradiction(found, of_pair, pair, verdict)
    if kind is RecordKind.ORGANIZATION and verdict is SameVerdict.SAME:
        refuse_circle_by_merging(session, *pair)
    number = _write(session, kind, pair, verdict, actor, reason)
    return Decided(next(each for each in statements(session, kind) if each.number == number), new=True)


def _reason(reason: str) -> str:
    if not (said := " ".join(reason.split())):
        raise UsageError("The decision needs its reason.", code="reason")
    return said


def _refuse_contradiction(
    found: Sequence[Statement], of_pair: Sequence[Statement], pair: tuple[int, int], verdict: SameVerdict
) -> None:
    if verdict is SameVerdict.NEVER:
        if said := standing(of_pair, SameVerdict.SAME):
            raise BadInput(f"They are recorded as the same ({in_words(said[0])})", code=SAID_SAME)
        return
    apart = newly_contradicted(found, [pair])
    if apart:
        more = f", and {len(apart) - 1} more such statements" if len(apart) > 1 else ""
        raise BadInput(
            f"This would join what is recorded as different ({in_words(apart[0])}){more}", code=KEPT_APART
        )


def newly_contradicted(found: Sequence[Statement], pairs: Sequence[tuple[int, int]]) -> list[Statement]:
    """The statements "different" that would be overruled if these pairs were the same, and are not yet."""
    same = [(each.left, each.right) for each in standing(found, SameVerdict.SAME)]
    before, after = (_places(joined(known)) for known in (same, [*same, *pairs]))

    def joins(places: Mapping[int, int], each: Statement) -> bool:
        return each.left in places and places[each.left] == places.get(each.right)

    nevers = standing(found, SameVerdict.NEVER)
    return [each for each in nevers if joins(after, each) and not joins(before, each)]


def _places(groups: Sequence[Collection[int]]) -> dict[int, int]:
    return {member: place for place, group in enumerate(groups) for member in group}


def in_words(statement: Statement) -> str:
    """Who said it, when and why."""
    return f"{statement.actor}, {statement.decided_at.date().isoformat()}: {statement.reason}"


def _write(
    session: Session, kind: RecordKind, pair: tuple[int, int], verdict: SameVerdict, actor: str, reason: str
) -> int:
    uid = new_uid()
    left, right = _SIDES[kind]
    row = SameAs(
        uid=uid,
        verdict=verdict,
        actor=actor,
        decided_at=session.moment,
        reason=reason,
    )
    number = insert_row(session, with_values(row, {left: pair[0], right: pair[1]}))
    add_entry(
        session,
        actor=actor,
        action="record as the same" if verdict is SameVerdict.SAME else "record as different",
        table=SameAs,
        uid=uid,
        after={
            "kind": kind.value,
            "left": uid_of(session, kind, pair[0]),
            "right": uid_of(session, kind, pair[1]),
            "verdict": verdict,
            "reason": reason,
        },
    )
    return number


def undo(
    session: Session,
    kind: RecordKind,
    pair: tuple[int, int],
    verdict: SameVerdict | None,
    *,
    actor: str,
    reason: str,
) -> list[Statement]:
    """Undoes what stands about two records; ``verdict`` None is "same" or, where nobody says that, "never".

    Returns the statements that were undone; they stay on record.

    Raises:
        UsageError: the reason is empty.
        NotFound: nothing like that stands of these two.
    """
    reason = _reason(reason)
    hold(session, "same as", kind.value)
    found = statements(session, kind)
    of_pair = [each for each in found if each.pair == frozenset(pair)]
    wanted = (SameVerdict.SAME, SameVerdict.NEVER) if verdict is None else (verdict,)
    undone = next((said for each in wanted if (said := standing(of_pair, each))), [])
    if not undone:
        raise _nothing_to_undo(path(found, *pair), wanted[0])
    for each in undone:
        undo: Values = {
            SameAs.undone_at: session.moment,
            SameAs.undone_by: actor,
            SameAs.undone_reason: reason,
        }
        update_rows(session, SameAs, undo, SameAs.id == each.number)
        add_entry(
            session,
            actor=actor,
            action="undo",
            table=SameAs,
            uid=each.uid,
            before={"verdict": each.verdict, **by_name({SameAs.undone_at: None})},
            after={**by_name({SameAs.undone_at: session.moment}), "reason": reason},
        )
    return undone


def _nothing_to_undo(chain: Sequence[Statement], verdict: SameVerdict) -> NotFound:
    if len(chain) > 1 and verdict is SameVerdict.SAME:
        return NotFound(
            f"Nobody said of these two that they are the same; {len(chain)} other statements make them so",
            code="chain",
        )
    said = "the same" if verdict is SameVerdict.SAME else "different"
    return NotFound(f"Nothing to undo: these two are not recorded as {said}")


def cluster_of(session: Session, kind: RecordKind, number: int) -> list[int]:
    """The row numbers of all records that count as one with this one, itself among them, ascending."""
    merged = clusters(session, kind)
    first = merged.get(number)
    return sorted(member for member, of in merged.items() if of == first) if first is not None else [number]
