"""What records that are the same count as: one record that says what any of them says.

Where they disagree, what a person has confirmed is followed, or else the record that was recorded first and
may be counted; what differs is listed for review (`provenance.queries.disagreements`). Records
that were withdrawn, or are marked too strictly for the answer, contribute nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from sqlalchemy import select

from provenance.core.tlp import ceiling, strictest
from provenance.core.vocabulary import SUSPECT_AUTHENTICITY, Authenticity, Extent, StatementStatus, Tlp
from provenance.domain.record_kinds import RecordKind
from provenance.domain.sameness import clusters
from provenance.queries.fact_table import FactTable, Merged, Numbers
from provenance.queries.facts.columns import ComponentFact, RecoveryFact
from provenance.queries.facts.layout import COMPONENTS, code
from provenance.queries.facts.packing import Column
from provenance.queries.facts.sheets import load
from provenance.queries.marked import withdrawn_components
from provenance.schema.chunks import chunks
from provenance.schema.recoveries import Identification, MakerAttribution, Recovery
from provenance.schema.session import Session

Choice = Callable[[list[int]], int]
"""Of the numbers that some records have in a column, in the order of the records, the one that counts."""


def merged_facts(session: Session, facts: FactTable, clearance: Tlp | None) -> FactTable:
    """The fact table with records that are the same counted as one, as far as ``clearance`` allows.

    Its columns are those that were loaded before; nothing changes where no records are merged.
    """
    recoveries = _groups(session, RecordKind.RECOVERY, clearance, facts.recoveries[RecoveryFact.ID])
    components: list[_Group] = []
    if clusters(session, RecordKind.COMPONENT):
        ids = load(session, COMPONENTS, [ComponentFact.ID])[ComponentFact.ID].whole()
        components = _groups(session, RecordKind.COMPONENT, clearance, ids)
    if not recoveries and not components:
        return facts
    return replace(
        facts,
        recoveries=_merged_recoveries(facts.recoveries, recoveries),
        components=_merged_components(session, facts.components, components),
        one_of=_one_of(facts.recovery_count, recoveries),
        same_recoveries=_told(recoveries),
        same_components=_told(components),
    )


@dataclass(frozen=True, slots=True)
class _Group:
    """Positions of records that are the same; ``counted`` are those that may be counted, the first first."""

    members: list[int]
    counted: list[int]

    @property
    def first(self) -> int:
        """The record that stands for all."""
        return (self.counted or self.members)[0]


def _told(groups: Sequence[_Group]) -> Merged:
    return {group.first: group.counted for group in groups if group.counted}


def _groups(session: Session, kind: RecordKind, clearance: Tlp | None, ids: Numbers) -> list[_Group]:
    """The merged records of a kind; ``ids`` are the row numbers at each position, ascending."""
    merged = clusters(session, kind)
    # On a server, a record of a hidden recovery has no position.
    members = np.array(sorted(merged), dtype=np.int64)
    there = members[np.isin(members, ids)]
    places = dict(zip(there.tolist(), np.searchsorted(ids, there).tolist(), strict=True))
    of_first: dict[int, list[int]] = {}
    for number in places:
        of_first.setdefault(merged[number], []).append(number)
    countable = _countable(session, kind, list(places), clearance)
    found = []
    for first, numbers in of_first.items():
        ranked = sorted(numbers, key=lambda number: (number != first, number))
        counted = [places[number] for number in ranked if number in countable]
        found.append(_Group([places[number] for number in ranked], counted))
    return found


def _countable(session: Session, kind: RecordKind, numbers: Sequence[int], clearance: Tlp | None) -> set[int]:
    found = set(numbers)
    if kind is RecordKind.COMPONENT:
        found -= set(withdrawn_components(session))
    else:
        for some in chunks(numbers):
            gone = select(Recovery.id).where(Recovery.id.in_(some), Recovery.withdrawn_at.is_not(None))
            found -= set(session.execute(gone).scalars())
    if clearance is None or not found:
        return found
    # Loads the tables of every kind of record; most questions have no clearance or no merged records.
    from provenance.queries.marked_records import effective_marks

    allowed = ceiling(clearance)
    marks = effective_marks(session, kind, sorted(found))
    return {number for number in found if allowed(strictest(marks[number]))}


def _one_of(count: int, groups: Sequence[_Group]) -> Numbers | None:
    """The position at which each recovery is counted."""
    if not groups:
        return None
    one_of = np.arange(count)
    for group in groups:
        one_of[group.members] = group.first
    return one_of


def _first_known(numbers: list[int]) -> int:
    return next(filter(None, numbers), 0)


def _least(numbers: list[int]) -> int:
    return min(filter(None, numbers), default=0)


def _extent(extents: list[int]) -> int:
    """A specimen where any source has examined one; otherwise the first that says what was examined."""
    specimen, unstated = code(Extent, Extent.SPECIMEN), code(Extent, Extent.UNSTATED)
    if specimen in extents:
        return specimen
    return next((extent for extent in extents if extent != unstated), extents[0])


def _authenticity(marks: list[int]) -> int:
    """Suspect where any record is: what may be a counterfeit must not count against the firm it names."""
    suspect = [code(Authenticity, mark) for mark in SUSPECT_AUTHENTICITY]
    return next((mark for mark in marks if mark in suspect), _first_known(marks))


_RECOVERY_CHOICES: Mapping[str, Choice] = {
    RecoveryFact.RECOVERED_EARLIEST: _least,
    RecoveryFact.CAPTURED_EARLIEST: _least,
    RecoveryFact.USED_EARLIEST: _least,
    RecoveryFact.UNSTATED_EARLIEST: _least,
    RecoveryFact.RECOVERED_LATEST: max,
    RecoveryFact.CAPTURED_LATEST: max,
    RecoveryFact.USED_LATEST: max,
    RecoveryFact.PRODUCED_LATEST: max,
    RecoveryFact.KIND: _first_known,
    RecoveryFact.EXTENT: _extent,
}
"""As a recovery with several statements is read: its dates are bounded by all of them."""

_COMPONENT_CHOICES: Mapping[str, Choice] = {
    ComponentFact.REPORTED: _least,
    ComponentFact.PUBLISHED_EARLIEST: _least,
    ComponentFact.PUBLISHED_LATEST: _least,
    ComponentFact.CREDIBILITY: _least,
    ComponentFact.AUTHENTICITY: _authenticity,
}
"""As a component with several citations is read; other columns have what is known first."""

_READ = (ComponentFact.CATEGORY_READ, ComponentFact.HS6_READ)
_TOGETHER = (
    (ComponentFact.ORGANIZATION, ComponentFact.COUNTRY_STATED),
    (ComponentFact.MADE_EARLIEST, ComponentFact.MADE_LATEST),
    (ComponentFact.CATEGORY, ComponentFact.CATEGORY_READ),
    (ComponentFact.HS6, ComponentFact.HS6_READ),
)
"""Columns that make one statement: they are taken from one record."""

_OF_THE_MAKER = (ComponentFact.PART, ComponentFact.GUESSED_PART)
"""What only a record with the same maker, or without one, may add: a part number is a maker's."""

_NOT_MERGED = (ComponentFact.ID, ComponentFact.RECOVERY, RecoveryFact.ID)


def _merged_recoveries(columns: Mapping[str, Numbers], groups: Sequence[_Group]) -> dict[str, Numbers]:
    """The columns in which every record of a group says what the group says."""
    if not groups:
        return dict(columns)
    found = {}
    for name, column in columns.items():
        found[name] = column
        if name not in _NOT_MERGED:
            found[name] = column.copy()
            for group in groups:
                if group.counted:
                    chosen = _RECOVERY_CHOICES.get(name, _first_known)(column[group.counted].tolist())
                    found[name][group.counted] = chosen
    return found


def _merged_components(
    session: Session, columns: Mapping[str, Column], groups: Sequence[_Group]
) -> dict[str, Column]:
    """The columns in which the first record of a group says what the group says."""
    several = [group for group in groups if len(group.counted) > 1]
    if not several:
        return dict(columns)
    firms = clusters(session, RecordKind.ORGANIZATION)
    confirmed = _confirmed(session, several)
    whole = {name: column.whole() for name, column in columns.items() if name not in _NOT_MERGED}
    for group in several:
        ranked = sorted(group.counted, key=lambda place: -confirmed[place])
        said = {
            name: numbers[ranked if name in _STATED else group.counted].tolist()
            for name, numbers in whole.items()
        }
        for name, number in _as_one(said, firms).items():
            whole[name][group.first] = number
    return {name: Column(whole[name]) if name in whole else column for name, column in columns.items()}


_STATED = (
    *(ComponentFact.ORGANIZATION, ComponentFact.COUNTRY_STATED, ComponentFact.GUESSED_ORGANIZATION),
    *_OF_THE_MAKER,
)
"""What a person decides of a component: whose it is and which part."""


def _confirmed(session: Session, groups: Sequence[_Group]) -> dict[int, int]:
    """How much a person has decided of each component, by position: 2 for the maker, 1 for the part."""
    ids = load(session, COMPONENTS, [ComponentFact.ID])[ComponentFact.ID].whole()
    numbers = {int(ids[place]): place for group in groups for place in group.counted}
    found = dict.fromkeys(numbers.values(), 0)
    for noun, rank in ((MakerAttribution, 2), (Identification, 1)):
        for some in chunks(sorted(numbers)):
            decided = select(noun.component_id).where(
                noun.component_id.in_(some),
                noun.superseded_by.is_(None),
                noun.status == StatementStatus.CONFIRMED,
            )
            for number in session.execute(decided).scalars():
                found[numbers[number]] += rank
    return found


def _as_one(said: Mapping[str, list[int]], firms: Mapping[int, int]) -> dict[str, int]:
    """What some components say together, by column."""
    found = {name: _COMPONENT_CHOICES.get(name, _first_known)(numbers) for name, numbers in said.items()}
    for names in _TOGETHER:
        place = _speaker(said, names)
        found |= {name: said[name][place] for name in names if name in said}
    makers = [firms.get(number, number) for number in said.get(ComponentFact.ORGANIZATION, [])]
    known = _first_known(makers)
    agreeing = [place for place, maker in enumerate(makers) if maker in (0, known)]
    for name in _OF_THE_MAKER:
        if name in said and makers:
            found[name] = _first_known([said[name][place] for place in agreeing])
    return found


def _speaker(said: Mapping[str, list[int]], names: Sequence[str]) -> int:
    """The place of the record that makes a statement first; what a source states is before what was read."""
    lead, other = (said.get(name, []) for name in names)
    is_read = names[1] in _READ
    if is_read:
        stated = (place for place, number in enumerate(lead) if number and not (other and other[place]))
        if (place := next(stated, None)) is not None:
            return place
    known = (place for place, number in enumerate(lead) if number)
    if (place := next(known, None)) is not None:
        return place
    return 0 if is_read else next((place for place, number in enumerate(other) if number), 0)
