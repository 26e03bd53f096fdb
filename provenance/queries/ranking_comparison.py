"""The same ranking up to two days: what moved between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from provenance.core.basis import LeftOut
from provenance.core.errors import UsageError
from provenance.queries.ranking import RankedGroup, Ranking, TopQuestion, fetch_top
from provenance.queries.ranking_scope import Shares
from provenance.schema.session import Session


@dataclass(frozen=True, slots=True)
class Standing:
    """The line of a group in a ranking up to a day; ``shares`` only of countries."""

    rank: int
    recoveries: int
    components: int
    shares: Shares | None


@dataclass(frozen=True, slots=True)
class MovedGroup:
    """A group up to each day; ``before`` is None where nothing was counted up to the earlier one."""

    name: str
    ref: str
    before: Standing | None
    after: Standing


@dataclass(frozen=True, slots=True)
class Comparison:
    """The lines of a ranking up to ``later``, each with where it stood up to ``earlier``.

    Recoveries count in both by their own dates alone: one without a date, or dated too coarsely for a day,
    is in neither, or only in the later. ``unjudged_earlier`` and ``unjudged_later`` say what each left out
    because something is unknown.
    """

    earlier: date
    later: date
    rows: tuple[MovedGroup, ...]
    unjudged_earlier: tuple[LeftOut, ...]
    unjudged_later: tuple[LeftOut, ...]


def compared_question(question: TopQuestion, earlier: date, today: date) -> TopQuestion:
    """The later of the two questions: up to its own last day, or else today.

    Raises:
        UsageError: the earlier day is not before the later one.
    """
    later = question.selection.until or today
    if earlier >= later:
        raise UsageError(f"{earlier} is not before {later}, the last day of the later count")
    if question.selection.since and earlier < question.selection.since:
        raise UsageError(f"{earlier} is before {question.selection.since}, the first day that counts")
    return replace(question, selection=replace(question.selection, until=later))


def compare(
    session: Session, question: TopQuestion, found: Ranking, earlier: date, *, today: date
) -> Comparison:
    """What moved since ``earlier``; ``found`` answers ``question``, which is up to a later day."""
    assert question.selection.until is not None
    selection = replace(question.selection, until=earlier)
    before = fetch_top(
        session,
        replace(question, selection=selection, limit=0, min_recoveries=1, brands=False),
        today=today,
    )
    stood = {row.ref: _standing(row) for row in before.rows}
    return Comparison(
        earlier=earlier,
        later=question.selection.until,
        rows=tuple(MovedGroup(row.name, row.ref, stood.get(row.ref), _standing(row)) for row in found.rows),
        unjudged_earlier=_unjudged(before.basis.left_out),
        unjudged_later=_unjudged(found.basis.left_out),
    )


def _standing(row: RankedGroup) -> Standing:
    return Standing(row.rank, row.figures.recoveries, row.figures.components, row.shares)


def _unjudged(left_out: Sequence[LeftOut]) -> tuple[LeftOut, ...]:
    return tuple(each for each in left_out if each.unjudged)
