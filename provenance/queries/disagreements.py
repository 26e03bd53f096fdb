"""Where sources disagree about one record, or the program doubts them: who says what, with grades."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from provenance.core.identity import reference
from provenance.core.vocabulary import StatementStatus
from provenance.domain.record_kinds import RecordKind
from provenance.domain.same_statements import cluster_of
from provenance.domain.sameness import clusters
from provenance.queries.marked import CITED
from provenance.schema.organizations import Organization
from provenance.schema.recoveries import (
    Component,
    Identification,
    MakerAttribution,
    Recovery,
    RecoveryDate,
    RecoverySerial,
)
from provenance.schema.reference import Part, UnitType, WeaponSystem
from provenance.schema.session import Session
from provenance.schema.sources import Citation, Source
from provenance.text.folding import fold_marking
from provenance.text.partial_dates import DateSpan, format_span
from provenance.text.serial_numbers import serial_key

THE_PROGRAM = "the program, from the marking"


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """What is said of one aspect of a record, in which record, and by whom.

    ``said_by`` are sources, a person, or the program; grades are None where they are not assessed; ``basis``
    is why a person or the program says it.
    """

    aspect: str
    value: str
    said_by: str
    ref: str
    reliability: str | None
    credibility: int | None
    basis: str | None


@dataclass(frozen=True, slots=True)
class _Claim:
    key: Hashable
    line: ClaimLine


def disagreements(session: Session, kind: RecordKind, number: int) -> tuple[ClaimLine, ...]:
    """Every claim about those aspects of a record, and of the records that count as one with it, of which
    different things are said. None where all agree; what is unknown contradicts nothing.
    """
    members = cluster_of(session, kind, number)
    claims = _CLAIMS[kind](session, members)
    found: list[ClaimLine] = []
    for aspect in dict.fromkeys(each.line.aspect for each in claims):
        said = [each for each in claims if each.line.aspect == aspect]
        if _contradict(aspect, said):
            found += dict.fromkeys(each.line for each in said)
    return tuple(found)


def _contradict(aspect: str, said: Sequence[_Claim]) -> bool:
    keys = list(dict.fromkeys(each.key for each in said))
    if aspect.startswith("date "):
        spans = [key for key in keys if isinstance(key, tuple)]
        return any(last < start for _first, last in spans for start, _last in spans)
    if aspect == "marking":
        texts = sorted((str(key) for key in keys), key=len)
        # Of two markings that one photo shows whole and another in part, none contradicts.
        return any(text not in texts[-1] for text in texts)
    return len(keys) > 1


class _Told:
    """The records of a cluster, and the sources of each."""

    def __init__(self, session: Session, kind: RecordKind, members: Sequence[int]) -> None:
        self._sources: dict[int, list[Any]] = {number: [] for number in members}
        cited = CITED[kind]
        rows = session.execute(
            select(cited, Citation.id, Source.key, Source.reliability, Citation.credibility)
            .join(Source, Source.id == Citation.source_id)
            .where(cited.in_(members))
            .order_by(Citation.id)
        )
        for number, *source in rows:
            self._sources[number].append(source)

    def line(
        self,
        aspect: str,
        value: str,
        record: tuple[int, str],
        *,
        said_by: str | None = None,
        basis: str | None = None,
        citation: int | None = None,
    ) -> ClaimLine:
        """What a record says: by a person or the program, a citation, or else all its sources."""
        number, ref = record
        sources = [each for each in self._sources[number] if citation in (None, each[0]) and said_by is None]
        # Of several sources of one record the grades of the first that is graded are shown.
        reliability = next((each[2] for each in sources if each[2]), None)
        credibility = next((each[3] for each in sources if each[3]), None)
        names = said_by or ", ".join(dict.fromkeys(each[1] for each in sources)) or "no source on record"
        return ClaimLine(aspect, value, names, ref, reliability, credibility, basis)


def _component_claims(session: Session, members: Sequence[int]) -> list[_Claim]:
    told = _Told(session, RecordKind.COMPONENT, members)
    rows = session.execute(select(Component).where(Component.id.in_(members)).order_by(Component.id)).all()
    records = {row.id: (row.id, reference(RecordKind.COMPONENT, row.uid)) for row in rows}
    found = [*_makers(session, told, records), *_parts(session, told, records)]
    for row in rows:
        for aspect, value, key in (
            ("marking", row.marking, fold_marking(row.marking or "")),
            ("date code", row.date_code, fold_marking(row.date_code or "")),
            ("lot", row.lot, fold_marking(row.lot or "")),
            ("serial number", row.component_serial, row.serial_key),
            ("pieces", row.pieces, row.pieces),
            ("authenticity", row.authenticity, row.authenticity),
        ):
            if value is not None and key:
                found.append(_Claim(key, told.line(aspect, str(value), records[row.id])))
    return found


_Records = Mapping[int, tuple[int, str]]


def _makers(session: Session, told: _Told, records: _Records) -> Iterable[_Claim]:
    firms = clusters(session, RecordKind.ORGANIZATION)
    rows = session.execute(
        select(MakerAttribution, Organization.label)
        .join(Organization, Organization.id == MakerAttribution.organization_id)
        .where(MakerAttribution.component_id.in_(records), MakerAttribution.superseded_by.is_(None))
        .order_by(MakerAttribution.status == StatementStatus.TENTATIVE, MakerAttribution.id)
    )
    for row in rows:
        is_read = row.status == StatementStatus.TENTATIVE and row.said_by is None
        said_by = THE_PROGRAM if is_read else row.said_by
        line = told.line(
            "maker",
            row.label,
            records[row.component_id],
            said_by=said_by,
            basis=row.basis if said_by else None,
            citation=row.citation_id,
        )
        yield _Claim(firms.get(row.organization_id, row.organization_id), line)


def _parts(session: Session, told: _Told, records: _Records) -> Iterable[_Claim]:
    rows = session.execute(
        select(Identification, Part.mpn, Part.mpn_key)
        .join(Part, Part.id == Identification.part_id)
        .where(
            Identification.component_id.in_(records),
            Identification.superseded_by.is_(None),
            Identification.status != StatementStatus.TENTATIVE,
        )
        .order_by(Identification.id)
    )
    for row in rows:
        basis = row.method if row.said_by else None
        line = told.line(
            "part",
            row.mpn,
            records[row.component_id],
            said_by=row.said_by,
            basis=basis,
            citation=row.citation_id,
        )
        yield _Claim(row.mpn_key, line)


def _recovery_claims(session: Session, members: Sequence[int]) -> list[_Claim]:
    told = _Told(session, RecordKind.RECOVERY, members)
    rows = session.execute(
        select(Recovery, WeaponSystem.designation.label("weapon"), UnitType.designation.label("unit_type"))
        .outerjoin(WeaponSystem, WeaponSystem.id == Recovery.weapon_system_id)
        .outerjoin(UnitType, UnitType.id == Recovery.unit_type_id)
        .where(Recovery.id.in_(members))
        .order_by(Recovery.id)
    ).all()
    records = {row.id: (row.id, reference(RecordKind.RECOVERY, row.uid)) for row in rows}
    found = []
    for row in rows:
        for aspect, value, key in (
            ("weapon", row.weapon, row.weapon_system_id),
            ("unit type", row.unit_type, row.unit_type_id),
            ("kind", row.kind, row.kind),
            ("place", row.place, serial_key(row.place or "")),
            ("country", row.country, row.country),
        ):
            if value is not None and key:
                found.append(_Claim(key, told.line(aspect, str(value), records[row.id])))
    numbers = select(RecoverySerial).where(RecoverySerial.recovery_id.in_(members))
    for row in session.execute(numbers.order_by(RecoverySerial.id)):
        line = told.line(f"{row.kind} number", row.value, records[row.recovery_id])
        found.append(_Claim(serial_key(row.value), line))
    dates = select(RecoveryDate).where(RecoveryDate.recovery_id.in_(members))
    for row in session.execute(dates.order_by(RecoveryDate.id)):
        text = format_span(DateSpan(row.earliest, row.latest)) or row.as_written
        line = told.line(f"date {row.kind}", text, records[row.recovery_id])
        found.append(_Claim((row.earliest or date.min, row.latest or date.max), line))
    return found


_CLAIMS: Mapping[RecordKind, Callable[[Session, Sequence[int]], list[_Claim]]] = {
    RecordKind.COMPONENT: _component_claims,
    RecordKind.RECOVERY: _recovery_claims,
}
