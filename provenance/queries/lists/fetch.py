"""A list of the records of one noun: those that fit, in order, and how many were left out and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from provenance.core.basis import Basis
from provenance.core.identity import reference
from provenance.core.tlp import Handling, ceiling, stricter_than, strictest
from provenance.core.vocabulary import Tlp
from provenance.domain.record_kinds import RecordKind
from provenance.domain.same_statements import COMPARABLE
from provenance.domain.sameness import clusters
from provenance.queries.fingerprint import data_fingerprint
from provenance.queries.lists.conditions import Condition, SortKey, conditions, ordering, read_sort
from provenance.queries.lists.entered import Entered, entered_by_hand, entered_by_import
from provenance.queries.lists.evidence import HANDOVERS, PHOTOS, SOURCES
from provenance.queries.lists.found import COMPONENTS, RECOVERIES, UNITS
from provenance.queries.lists.imports import IMPORTS
from provenance.queries.lists.moved import DOCUMENTS, LETTERS, TRACES, TRANSFERS
from provenance.queries.lists.names import FIRMS, PARTS, UNIT_TYPES, WEAPONS
from provenance.queries.lists.nouns import Listed, Loaded, Noun, own
from provenance.queries.marked_records import effective_marks
from provenance.schema.session import Session
from provenance.text.plurals import many

NOUNS: Mapping[str, Noun] = {
    noun.name: noun
    for noun in (
        RECOVERIES, UNITS, COMPONENTS, FIRMS, WEAPONS, UNIT_TYPES, PARTS, TRANSFERS, DOCUMENTS, TRACES,
        LETTERS, PHOTOS, HANDOVERS, SOURCES, IMPORTS,
    )
}  # fmt: skip
"""Every noun that can be listed, by its name."""


@dataclass(frozen=True, slots=True)
class ListQuestion:
    """What of a noun is listed: conditions on its fields, order, the most rows (0: all).

    ``entered_since`` and ``entered_by`` leave out what was entered before, or by others.
    """

    noun: Noun
    where: Sequence[str] = ()
    sort: str | None = None
    limit: int = 0
    entered_since: date | None = None
    entered_by: str | None = None
    withdrawn: bool = False
    clearance: Tlp | None = None


@dataclass(frozen=True, slots=True)
class ListAnswer:
    """The rows that are shown, how many fit in all, and how they were chosen."""

    rows: tuple[Listed, ...]
    total: int
    left_out: dict[str, int]
    basis: Basis


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    uid: str
    values: Mapping[str, Any]


def fetch_list(session: Session, question: ListQuestion) -> ListAnswer:
    """The records of a noun that fit.

    Raises:
        UsageError: there is no such field, or it cannot be compared like this.
    """
    noun = question.noun
    asked, order = conditions(question.where, noun.fields), _order(question)
    basis = Basis("list", noun.name.replace("-", " "), data_fingerprint(session), _filters(question))
    rows = list(_rows(session, question))
    basis.out_of = {"records": len(rows)}
    left_out: dict[str, int] = {}
    rows = _allowed(session, question, rows, left_out)
    rows = _standing(question, rows, left_out)
    if count := left_out.get("withdrawn"):
        basis.notes.append(f"{many(count, 'withdrawn record')} left out.")
    if count := left_out.get("too_strict"):
        basis.notes.append(f"{many(count, 'record')} left out: {stricter_than(question.clearance)}.")
    rows = _entered(question, rows, basis)
    for condition in asked:
        rows = _meeting(condition, rows, basis)
    for key in reversed(order):
        rows = _sorted(rows, key)
    shown = rows[: question.limit or None]
    basis.counted = {"records": len(rows)}
    if len(shown) < len(rows):
        basis.notes.append(f"{len(shown):,} of {len(rows):,} are shown.")
    _note_same(session, noun, shown, basis)
    return ListAnswer(_marked(session, noun, shown, basis), len(rows), left_out, basis)


def _filters(question: ListQuestion) -> dict[str, str]:
    stated = {
        "where": " and ".join(each.strip() for each in question.where) or None,
        "entered_since": question.entered_since,
        "entered_by_person": question.entered_by,
        "withdrawn": "included" if question.withdrawn else None,
        "at_most_tlp": question.clearance,
    }
    return {name: str(value) for name, value in stated.items() if value is not None}


def _order(question: ListQuestion) -> tuple[SortKey, ...]:
    own = tuple(SortKey(name) for name in question.noun.order.split())
    return (*read_sort(question.sort, question.noun.fields), *own) if question.sort else own


def _rows(session: Session, question: ListQuestion) -> Iterator[_Row]:
    noun = question.noun
    by_hand = entered_by_hand(session)
    by_import = entered_by_import(session, noun.kind) if noun.kind is not None else {}
    for loaded in noun.load(session, question.clearance):
        entered = by_hand.get(loaded.uid) or by_import.get(loaded.number)
        yield _Row(loaded.number, loaded.uid, _values(noun, loaded, entered))


def _values(noun: Noun, loaded: Loaded, entered: Entered | None) -> Mapping[str, Any]:
    common = own(
        ref=loaded.uid if noun.kind is None else reference(noun.kind, loaded.uid),
        entered_on=entered.at.date() if entered else None,
        entered_by=entered.by if entered else None,
        withdrawn_on=loaded.withdrawn_at.date() if loaded.withdrawn_at else None,
        tlp=None,
    )
    return {**common, **loaded.values}


def _standing(question: ListQuestion, rows: list[_Row], left_out: dict[str, int]) -> list[_Row]:
    if question.withdrawn:
        return rows
    kept = [row for row in rows if row.values["withdrawn_on"] is None]
    if left := len(rows) - len(kept):
        left_out["withdrawn"] = left
    return kept


def _allowed(
    session: Session, question: ListQuestion, rows: list[_Row], left_out: dict[str, int]
) -> list[_Row]:
    if question.clearance is None or not question.noun.is_marked:
        return rows
    allowed = ceiling(question.clearance)
    marks = _marks(session, question.noun, [row.number for row in rows])
    kept = [row for row in rows if all(map(allowed, marks[row.number]))]
    if left := len(rows) - len(kept):
        left_out["too_strict"] = left
    return kept


def _marks(session: Session, noun: Noun, numbers: list[int]) -> Mapping[int, list[str | None]]:
    if noun.marks is not None:
        return noun.marks(session, numbers)
    assert noun.kind is not None, "what has no kind of its own says how it is marked"
    return effective_marks(session, noun.kind, numbers)


def _entered(question: ListQuestion, rows: list[_Row], basis: Basis) -> list[_Row]:
    if (since := question.entered_since) is not None:
        rows = _known(rows, "entered_on", "when they were entered", basis)
        rows = [row for row in rows if row.values["entered_on"] >= since]
    if question.entered_by is not None:
        who = question.entered_by.casefold()
        rows = _known(rows, "entered_by", "who entered them", basis)
        rows = [row for row in rows if row.values["entered_by"].casefold() == who]
    return rows


def _meeting(condition: Condition, rows: list[_Row], basis: Basis) -> list[_Row]:
    if not condition.asks_unknown:
        rows = _known(rows, condition.field, condition.field.replace("_", " "), basis)
    return [row for row in rows if condition.test(row.values[condition.field])]


def _known(rows: list[_Row], field: str, what: str, basis: Basis) -> list[_Row]:
    """The rows of which a field is known; the others cannot be judged by it, and are counted."""
    known = [row for row in rows if row.values[field] is not None]
    if left := len(rows) - len(known):
        basis.unknown.append(f"{left:,} left out, of which is not known: {what}.")
    return known


def _sorted(rows: list[_Row], key: SortKey) -> list[_Row]:
    known = [row for row in rows if row.values[key.field] is not None]
    unknown = [row for row in rows if row.values[key.field] is None]
    known.sort(key=lambda row: ordering(row.values[key.field]), reverse=key.descending)
    return [*known, *unknown]


def _note_same(session: Session, noun: Noun, rows: list[_Row], basis: Basis) -> None:
    if noun.kind is None or noun.kind not in COMPARABLE:
        return
    merged = clusters(session, RecordKind(noun.kind))
    repeats = [row for row in rows if merged.get(row.number, row.number) != row.number]
    if repeats:
        basis.notes.append(
            f"{many(len(repeats), 'record')} shown repeat another one that is recorded as the same."
        )


def _marked(session: Session, noun: Noun, rows: list[_Row], basis: Basis) -> tuple[Listed, ...]:
    """The rows with the marks that count for them, and how strictly all of them are to be handled."""
    if not noun.is_marked:
        return tuple(noun.row(**row.values) for row in rows)
    marks = _marks(session, noun, [row.number for row in rows])
    strict = {number: strictest(each) for number, each in marks.items()}
    basis.handling = Handling.of(strict[row.number] if any(marks[row.number]) else None for row in rows)
    return tuple(noun.row(**{**row.values, "tlp": strict[row.number]}) for row in rows)
