"""Open questions about what is on record: doubts, readings, disagreements, odd values, new names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select

from provenance.core.identity import reference
from provenance.core.vocabulary import RecoveryDateKind, RecoveryKind, StatementStatus, Verification
from provenance.domain.plausibility import (
    Dated,
    odd_before_first_known,
    odd_making,
    odd_order,
    odd_pieces,
    odd_serial,
)
from provenance.domain.record_kinds import RecordKind
from provenance.domain.sameness import clusters
from provenance.domain.weapons import first_known_of
from provenance.queries.comparable import compared
from provenance.queries.disagreements import ClaimLine, disagreements
from provenance.schema.base import aliased
from provenance.schema.organizations import Organization
from provenance.schema.recoveries import (
    Component,
    Identification,
    MakerAttribution,
    Recovery,
    RecoveryDate,
)
from provenance.schema.reference import Part, UnitType, WeaponSystem
from provenance.schema.session import Session
from provenance.text.partial_dates import DateSpan, format_span
from provenance.text.plurals import many


class QuestionKind(StrEnum):
    """What an open question is about, in the order in which they are put."""

    CONTRADICTION = "contradiction"
    DISAGREEMENT = "disagreement"
    DOUBT = "doubt"
    DUPLICATE = "duplicate"
    ODD = "odd"
    READING = "reading"
    NEW_FIRM = "new_firm"
    NEW_WEAPON = "new_weapon"


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question for a person: what it is about, and how many records it concerns.

    ``ref`` is a record to begin with, ``kind_of`` and ``numbers`` are the records that it concerns, by which
    it is decided who may see it. ``claims`` are who says what, where sources disagree.
    """

    kind: QuestionKind
    text: str
    ref: str
    kind_of: RecordKind
    numbers: tuple[int, ...]
    claims: tuple[ClaimLine, ...] = ()


def open_questions(session: Session) -> Iterator[OpenQuestion]:
    """Every open question but those about duplicates, by kind, those of most records first."""
    yield from _disagreements(session)
    yield from _doubts(session)
    yield from _odd(session)
    yield from _readings(session)
    yield from _new_firms(session)
    yield from _new_weapons(session)


def _disagreements(session: Session) -> Iterator[OpenQuestion]:
    """Of records that count as one; what one record says against itself is a doubt."""
    for kind in (RecordKind.RECOVERY, RecordKind.COMPONENT):
        groups: dict[int, list[int]] = defaultdict(list)
        for member, first in sorted(clusters(session, kind).items()):
            groups[first].append(member)
        for first, members in sorted(groups.items()):
            if claims := disagreements(session, kind, first):
                [record] = compared(session, [(kind, first)])
                aspects = ", ".join(dict.fromkeys(claim.aspect for claim in claims))
                text = f"{record.name}: sources disagree about {aspects}"
                yield OpenQuestion(QuestionKind.DISAGREEMENT, text, record.ref, kind, tuple(members), claims)


def _doubts(session: Session) -> Iterator[OpenQuestion]:
    stated, read = aliased(MakerAttribution), aliased(MakerAttribution)
    ours, theirs = aliased(Organization), aliased(Organization)
    firms = clusters(session, RecordKind.ORGANIZATION)
    rows = session.execute(
        select(Component.id, Component.uid, Component.marking, ours.id, ours.label, theirs.id, theirs.label)
        .select_from(read)
        .join(stated, stated.component_id == read.component_id)
        .join(Component, Component.id == read.component_id)
        .join(ours, ours.id == stated.organization_id)
        .join(theirs, theirs.id == read.organization_id)
        .where(
            read.status == StatementStatus.TENTATIVE,
            read.said_by.is_(None),
            read.superseded_by.is_(None),
            stated.status != StatementStatus.TENTATIVE,
            stated.superseded_by.is_(None),
            Component.withdrawn_at.is_(None),
        )
        .order_by(Component.id)
    )
    groups: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for row in rows:
        number, uid, marking, one, stated_label, other, read_label = row
        if firms.get(one, one) != firms.get(other, other):
            groups[stated_label, read_label].append((number, uid, marking))
    for (ours_, theirs_), found in _largest(groups):
        text = f"published as {ours_}, reads as {theirs_}: {_one_line(found[0][2])}"
        yield _of_components(QuestionKind.DOUBT, text, found)


def _readings(session: Session) -> Iterator[OpenQuestion]:
    rows = session.execute(
        select(Component.id, Component.uid, Component.marking, Part.mpn, Organization.label)
        .select_from(Identification)
        .join(Component, Component.id == Identification.component_id)
        .join(Part, Part.id == Identification.part_id)
        .outerjoin(Organization, Organization.id == Part.organization_id)
        .where(
            Identification.status == StatementStatus.TENTATIVE,
            Identification.said_by.is_(None),
            Identification.superseded_by.is_(None),
            Component.withdrawn_at.is_(None),
        )
        .order_by(Component.id)
    )
    groups: dict[tuple[str, str | None], list[Any]] = defaultdict(list)
    for number, uid, marking, mpn, maker in rows:
        groups[mpn, maker].append((number, uid, marking))
    for (mpn, maker), found in _largest(groups):
        whose = f" ({maker})" if maker else ""
        yield _of_components(QuestionKind.READING, f"read as {mpn}{whose}: {_one_line(found[0][2])}", found)


def _largest(groups: dict[Any, list[Any]]) -> list[tuple[Any, list[Any]]]:
    return sorted(groups.items(), key=lambda item: (-len(item[1]), str(item[0])))


def _one_line(marking: str | None) -> str:
    return " / ".join((marking or "").split("\n"))


def _of_components(kind: QuestionKind, text: str, found: Sequence[Any]) -> OpenQuestion:
    ref = reference(RecordKind.COMPONENT, found[0][1])
    return OpenQuestion(kind, text, ref, RecordKind.COMPONENT, tuple(row[0] for row in found))


def _odd(session: Session) -> Iterator[OpenQuestion]:
    dates: dict[int, list[Dated]] = defaultdict(list)
    for row in session.execute(select(RecoveryDate).order_by(RecoveryDate.id)):
        span = DateSpan(row.earliest, row.latest)
        dates[row.recovery_id].append(Dated(RecoveryDateKind(row.kind), span, row.as_written))
    recoveries = session.execute(
        select(Recovery.id, Recovery.uid, Recovery.label, Recovery.kind, Recovery.weapon_system_id)
        .where(Recovery.withdrawn_at.is_(None))
        .order_by(Recovery.id)
    )
    kinds: dict[int, str] = {}
    known = first_known_of(session)
    for number, uid, label, kind, weapon in recoveries:
        kinds[number] = kind
        ref = reference(RecordKind.RECOVERY, uid)
        own = dates.get(number, [])
        too_early = odd_before_first_known(known[weapon], own) if weapon in known else []
        for odd in (*odd_order(own), *too_early):
            yield OpenQuestion(QuestionKind.ODD, f"{label}: {odd}", ref, RecordKind.RECOVERY, (number,))
    components = session.execute(
        select(
            Component.id,
            Component.uid,
            func.coalesce(Component.marking, Component.description),
            Component.recovery_id,
            Component.pieces,
            Component.made_earliest,
            Component.made_latest,
            Component.component_serial,
        )
        .where(
            Component.withdrawn_at.is_(None),
            Component.pieces.is_not(None)
            | Component.made_earliest.is_not(None)
            | Component.serial_key.is_not(None),
        )
        .order_by(Component.id)
    )
    for number, uid, marking, recovery, pieces, first, last, serial in components:
        if recovery not in kinds:
            continue
        odd_values = [*odd_pieces(pieces, RecoveryKind(kinds[recovery]))] if pieces else []
        odd_values += odd_serial(serial) if serial else []
        made = DateSpan(first, last)
        odd_values += odd_making(made, format_span(made), dates.get(recovery, ()))
        for odd in odd_values:
            text = f"{_one_line(marking)}: {odd}"
            ref = reference(RecordKind.COMPONENT, uid)
            yield OpenQuestion(QuestionKind.ODD, text, ref, RecordKind.COMPONENT, (number,))


def _new_firms(session: Session) -> Iterator[OpenQuestion]:
    known = set(session.execute(select(Organization.id).where(Organization.from_seed)).scalars())
    merged = clusters(session, RecordKind.ORGANIZATION)
    named = (
        select(MakerAttribution.organization_id, func.count().label("components"))
        .where(MakerAttribution.superseded_by.is_(None))
        .group_by(MakerAttribution.organization_id)
        .subquery()
    )
    rows = session.execute(
        select(Organization.id, Organization.uid, Organization.label, named.c.components)
        .outerjoin(named, named.c.organization_id == Organization.id)
        .where(~Organization.from_seed, Organization.verification == Verification.UNVERIFIED)
        .order_by(func.coalesce(named.c.components, 0).desc(), Organization.label, Organization.id)
    )
    for number, uid, label, components in rows:
        if merged.get(number, number) in known:
            continue
        text = f"{label}: maker of {many(components or 0, 'component')}"
        ref = reference(RecordKind.ORGANIZATION, uid)
        yield OpenQuestion(QuestionKind.NEW_FIRM, text, ref, RecordKind.ORGANIZATION, (number,))


def _new_weapons(session: Session) -> Iterator[OpenQuestion]:
    for noun, of, kind in (
        (WeaponSystem, Recovery.weapon_system_id, RecordKind.WEAPON_SYSTEM),
        (UnitType, Recovery.unit_type_id, RecordKind.UNIT_TYPE),
    ):
        found_in = select(of.label("number"), func.count().label("recoveries")).group_by(of).subquery()
        rows = session.execute(
            select(noun.id, noun.uid, noun.designation, found_in.c.recoveries)
            .outerjoin(found_in, found_in.c.number == noun.id)
            .where(~noun.from_seed)
            .order_by(func.coalesce(found_in.c.recoveries, 0).desc(), noun.designation, noun.id)
        )
        for number, uid, designation, recoveries in rows:
            text = f"{designation}: {many(recoveries or 0, 'recovery')}"
            yield OpenQuestion(QuestionKind.NEW_WEAPON, text, reference(kind, uid), kind, (number,))


def by_kind(questions: Iterable[OpenQuestion]) -> dict[QuestionKind, list[OpenQuestion]]:
    """The questions of each kind that has any, in the order of the kinds."""
    found: dict[QuestionKind, list[OpenQuestion]] = {kind: [] for kind in QuestionKind}
    for question in questions:
        found[question.kind].append(question)
    return {kind: each for kind, each in found.items() if each}
