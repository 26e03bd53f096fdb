"""Components that may be one, reported twice: in one wreck, or in two records of one wreck.

A chip with the same marking in another wreck is another chip; a lot in both is a lead, not a duplicate. Two
records of one serial number of the components themselves may be one item wherever they are recorded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from sqlalchemy import select

from provenance.core.vocabulary import StatementStatus
from provenance.domain.record_kinds import RecordKind
from provenance.domain.sameness import clusters
from provenance.duplicates.photos import shown_in_common
from provenance.duplicates.proposals import Proposal, Sign, SignKind, proposal, ranked
from provenance.schema.recoveries import Component, Identification, MakerAttribution, Unit
from provenance.schema.reference import Part
from provenance.schema.session import Session
from provenance.schema.sources import Citation
from provenance.text.folding import fold, fold_marking
from provenance.text.serial_numbers import is_ordinal

Pair = tuple[int, int]


@dataclass(slots=True)
class _Facts:
    """A component as it is compared; texts are keys, empty where nothing is stated, ``maker`` 0."""

    id: int
    recovery: int
    unit: str
    marking: str
    description: str
    lot: str
    date_code: str
    pieces: int | None
    serial: str
    maker: int = 0
    part: str = ""
    sources: set[int] = field(default_factory=set)


def component_proposals(session: Session) -> list[Proposal]:
    """The pairs of components of one wreck that may be one, each component in one pair at most.

    A list that names two equal chips of a wreck means two chips: components are compared where different
    sources report them, or where they are in two records of a wreck that are recorded as the same.
    """
    wrecks = clusters(session, RecordKind.RECOVERY)
    facts = _load(session)
    photos = {
        pair: sign
        for pair, sign in shown_in_common(session, RecordKind.COMPONENT).items()
        if facts.keys() >= set(pair)
    }
    found = []
    for one, other in sorted({*_blocked(facts, wrecks), *photos}):
        signs = list(_signs(facts[one], facts[other]))
        signs += [photos[one, other]] if (one, other) in photos else []
        if facts[one].recovery != facts[other].recovery and not _one_wreck(facts[one], facts[other], wrecks):
            signs.append(Sign(SignKind.LIST, -4, "they are recorded in two recoveries"))
        found.append(proposal(RecordKind.COMPONENT, one, other, signs))
    return _one_each(ranked(found))


def _one_wreck(one: _Facts, other: _Facts, wrecks: Mapping[int, int]) -> bool:
    return wrecks.get(one.recovery, one.recovery) == wrecks.get(other.recovery, other.recovery)


def _one_each(proposals: Iterable[Proposal]) -> list[Proposal]:
    """Of four equal chips told twice, the first with the first, the second with the second."""
    taken: set[int] = set()
    found = []
    for each in proposals:
        if not each.pair & taken:
            found.append(each)
            taken |= each.pair
    return found


def _load(session: Session) -> dict[int, _Facts]:
    rows = session.execute(
        select(
            Component.id,
            Component.recovery_id,
            Unit.label,
            Component.marking,
            Component.description,
            Component.lot,
            Component.date_code,
            Component.pieces,
            Component.serial_key,
        )
        .outerjoin(Unit, Unit.id == Component.unit_id)
        .where(Component.withdrawn_at.is_(None))
        .order_by(Component.id)
    )
    found = {
        number: _Facts(
            number,
            recovery,
            fold(unit or ""),
            fold_marking(marking or ""),
            fold(description or ""),
            fold_marking(lot or ""),
            fold_marking(code or ""),
            pieces,
            serial or "",
        )
        for number, recovery, unit, marking, description, lot, code, pieces, serial in rows
    }
    _add_statements(session, found)
    for number, source in session.execute(
        select(Citation.component_id, Citation.source_id).where(Citation.component_id.is_not(None))
    ):
        if number in found:
            found[number].sources.add(source)
    return found


def _add_statements(session: Session, found: Mapping[int, _Facts]) -> None:
    firms = clusters(session, RecordKind.ORGANIZATION)
    makers = select(MakerAttribution.component_id, MakerAttribution.organization_id).where(
        MakerAttribution.superseded_by.is_(None),
        MakerAttribution.status != StatementStatus.TENTATIVE,
        MakerAttribution.organization_id.is_not(None),
    )
    for number, maker in session.execute(makers):
        if number in found:
            found[number].maker = firms.get(maker, maker)
    parts = (
        select(Identification.component_id, Part.mpn_key)
        .join(Part, Part.id == Identification.part_id)
        .where(Identification.superseded_by.is_(None), Identification.status != StatementStatus.TENTATIVE)
    )
    for number, key in session.execute(parts):
        if number in found:
            found[number].part = key


def _blocked(facts: Mapping[int, _Facts], wrecks: Mapping[int, int]) -> Iterator[Pair]:
    """The pairs of a wreck that share a marking, part or description and may have been told twice."""
    blocks: dict[tuple[Hashable, ...], list[_Facts]] = defaultdict(list)
    for each in facts.values():
        wreck = wrecks.get(each.recovery, each.recovery)
        for kind, key in (("marking", each.marking), ("part", each.part), ("description", each.description)):
            if key:
                blocks[wreck, kind, key].append(each)
    for block in blocks.values():
        for one, other in combinations(block, 2):
            if _told_twice(one, other):
                yield one.id, other.id
    yield from _one_number(facts)


def _one_number(facts: Mapping[int, _Facts]) -> Iterator[Pair]:
    """The pairs with one serial number of their own, whatever they were found in. Two makers may count alike,
    and a small number is one of many unless one maker gave both.
    """
    numbered: dict[str, list[_Facts]] = defaultdict(list)
    for each in facts.values():
        if each.serial and (each.maker or not is_ordinal(each.serial)):
            numbered[each.serial].append(each)
    for block in numbered.values():
        for one, other in combinations(block, 2):
            if one.maker == other.maker or not ((one.maker and other.maker) or is_ordinal(one.serial)):
                yield one.id, other.id


def _told_twice(one: _Facts, other: _Facts) -> bool:
    return one.recovery != other.recovery or not one.sources & other.sources


def _signs(one: _Facts, other: _Facts) -> Iterator[Sign]:
    """What speaks for two components of a wreck being one, and what against it."""
    yield from _serial(one, other)
    yield from _marking(one, other)
    for kind, ours, theirs, agrees, differs in (
        (SignKind.PART, one.part, other.part, 3, -5),
        (SignKind.LOT, one.lot, other.lot, 3, -4),
        (SignKind.DATE_CODE, one.date_code, other.date_code, 2, -4),
        (SignKind.UNIT, one.unit, other.unit, 1, -1),
    ):
        if ours and theirs:
            word = kind.value.replace("_", " ")
            if ours == theirs:
                yield Sign(kind, agrees, f"the same {word}: {ours}")
            else:
                yield Sign(kind, differs, f"other {word}s: {ours}, {theirs}")
    if one.maker and other.maker:
        same = one.maker == other.maker
        yield Sign(SignKind.MAKER, 1 if same else -4, "the same maker" if same else "other makers")
    if one.pieces and other.pieces and one.pieces != other.pieces:
        yield Sign(SignKind.PIECES, -1, f"pieces: {one.pieces}, {other.pieces}")
    if one.recovery == other.recovery:
        yield Sign(SignKind.ORIGIN, 1, "one recovery, reported by different sources")


def _serial(one: _Facts, other: _Facts) -> Iterator[Sign]:
    """Serial numbers of the components themselves: a maker gives each number once."""
    if not (one.serial and other.serial):
        return
    if one.serial != other.serial:
        yield Sign(SignKind.SERIAL, -6, f"other serial numbers: {one.serial}, {other.serial}")
    elif one.maker and other.maker:
        yield Sign(SignKind.SERIAL, 8, f"the same serial number: {one.serial}")
    else:
        yield Sign(SignKind.SERIAL, 4, f"the same serial number, not known to be one maker's: {one.serial}")


def _marking(one: _Facts, other: _Facts) -> Iterator[Sign]:
    if one.marking and other.marking:
        shorter, longer = sorted((one.marking, other.marking), key=len)
        if one.marking == other.marking:
            yield Sign(SignKind.MARKING, 4, f"the same marking: {one.marking}")
        elif shorter in longer:
            yield Sign(SignKind.MARKING, 2, f"one marking is part of the other: {shorter}, {longer}")
        else:
            yield Sign(SignKind.MARKING, -3, f"other markings: {one.marking}, {other.marking}")
    elif one.description and one.description == other.description:
        yield Sign(SignKind.MARKING, 1, "the same description")
