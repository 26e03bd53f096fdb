"""What was found, as leads compare it: each item once, with its maker, part, marking, lot and date."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import select

from provenance.core.basis import Basis
from provenance.core.identity import reference
from provenance.core.tlp import Handling, stricter_than, strictest
from provenance.core.vocabulary import StatementStatus, Tlp
from provenance.domain.record_kinds import RecordKind
from provenance.domain.sameness import clusters
from provenance.queries.lists.statements import firm_names
from provenance.queries.marked import may_show_component
from provenance.queries.marked_records import effective_marks
from provenance.schema.organizations import Organization
from provenance.schema.recoveries import Component, Identification, MakerAttribution, Recovery, Unit
from provenance.schema.reference import Part
from provenance.schema.session import Session
from provenance.text.folding import fold_marking
from provenance.text.partial_dates import DateSpan, format_span

_LONGEST_BATCH = 31
"""Days of a date of manufacture that may be one batch: a week or a month, as date codes name it; a year is
none. Several readings of one code make a longer interval and name no batch either."""

_SHORTEST_MARKING = 5
"""Letters and digits of a marking that stands for its part where no part is known: fewer are shared by
unlike parts."""


@dataclass(frozen=True, slots=True)
class Find:
    """An item that was found; records that count as one are one, which says what the first that knows says.

    ``recovery`` and ``maker`` are the first of their clusters, ``maker`` 0 where it is unknown; ``named_by``
    is the recovery that it is recorded in, which may be shown where the first of its cluster may not.
    ``part`` and ``marking`` are keys (empty: unknown), ``part_read`` says that only the program names the
    part.
    ``lot`` is a key; ``batch`` is the date code or the days of manufacture by which it is one of a batch.
    ``members`` are all records of it.
    """

    number: int
    ref: str
    recovery: int
    named_by: int
    unit: int | None
    maker: int
    part: str
    mpn: str | None
    part_read: bool
    marking: str
    marking_written: str | None
    lot: str
    lot_written: str | None
    batch: str
    batch_written: str | None
    category: str | None
    pieces: int | None
    members: tuple[int, ...]

    @property
    def goods(self) -> tuple[int, str, str] | None:
        """What it is, as far as two finds can be the same goods: maker and part, else maker and marking."""
        if self.part:
            return (self.maker, "part", self.part)
        return (self.maker, "marking", self.marking) if self.marking else None


@dataclass(frozen=True, slots=True)
class Finds:
    """All finds that may be shown, what their makers are called, and how many records were left out."""

    finds: Sequence[Find]
    makers: dict[int, str]
    maker_refs: dict[int, str]
    withdrawn: int
    too_strict: int

    def account(self, basis: Basis, clearance: Tlp | None) -> None:
        """Says what they were chosen from."""
        recoveries = {find.recovery for find in self.finds}
        basis.out_of = {"components": len(self.finds), "recoveries": len(recoveries)}
        if self.withdrawn:
            basis.notes.append(f"{self.withdrawn:,} withdrawn components are left out.")
        if self.too_strict:
            basis.notes.append(f"{self.too_strict:,} components are left out: {stricter_than(clearance)}.")


def load_finds(session: Session, clearance: Tlp | None, *, read_parts: bool) -> Finds:
    """Every find that stands and may be shown; ``read_parts`` takes parts that only the program names too."""
    merged, wrecks = clusters(session, RecordKind.COMPONENT), clusters(session, RecordKind.RECOVERY)
    makers, parts = _makers(session), _parts(session, read_parts)
    out = Component.withdrawn_at.is_not(None) | Recovery.withdrawn_at.is_not(None)
    joined = select(Component, out.label("is_out")).join(Recovery, Recovery.id == Component.recovery_id)
    everything = session.execute(joined.order_by(Component.id)).all()
    standing = [row for row in everything if not row.is_out]
    shown = standing
    if (may_show := may_show_component(clearance)) is not None:
        allowed = set(
            session.execute(
                select(Component.id).join(Recovery, Recovery.id == Component.recovery_id).where(may_show)
            ).scalars()
        )
        shown = [row for row in standing if row.id in allowed]
    groups: dict[int, list[Find]] = {}
    for row in shown:
        find = _find(row, wrecks, makers.get(row.id, 0), parts.get(row.id))
        groups.setdefault(merged.get(row.id, row.id), []).append(find)
    finds = [_as_one(group) for group in groups.values()]
    names = firm_names(session)
    refs = {row.id: row.uid for row in session.execute(select(Organization.id, Organization.uid))}
    used = {find.maker for find in finds if find.maker}
    return Finds(
        finds,
        {number: names[number] for number in used},
        {number: reference(RecordKind.ORGANIZATION, refs[number]) for number in used},
        len(everything) - len(standing),
        len(standing) - len(shown),
    )


def _find(row: Any, wrecks: dict[int, int], maker: int, part: tuple[str, str, bool] | None) -> Find:
    key, mpn, part_read = part or ("", None, False)
    marking = fold_marking(row.marking or "")
    batch, written = _batch(row)
    return Find(
        number=row.id,
        ref=reference(RecordKind.COMPONENT, row.uid),
        recovery=wrecks.get(row.recovery_id, row.recovery_id),
        named_by=row.recovery_id,
        unit=row.unit_id,
        maker=maker,
        part=key,
        mpn=mpn,
        part_read=part_read,
        marking=marking if len(marking) >= _SHORTEST_MARKING else "",
        marking_written=row.marking,
        lot=fold_marking(row.lot or ""),
        lot_written=row.lot,
        batch=batch,
        batch_written=written,
        category=row.category,
        pieces=row.pieces,
        members=(row.id,),
    )


def _batch(row: Any) -> tuple[str, str | None]:
    """The batch that its date of manufacture or its date code names: key, and as it is written."""
    first: date | None = row.made_earliest
    last: date | None = row.made_latest
    if first is not None and last is not None and (last - first).days < _LONGEST_BATCH:
        days = format_span(DateSpan(first, last))
        return days, row.date_code or days
    code = fold_marking(row.date_code or "")
    return (f"code {code}", row.date_code) if code else ("", None)


def _as_one(group: list[Find]) -> Find:
    first = group[0]
    for other in group[1:]:
        part, marking = (first if first.part else other), (first if first.marking else other)
        lot, batch = (first if first.lot else other), (first if first.batch else other)
        first = replace(
            first,
            unit=first.unit or other.unit,
            maker=first.maker or other.maker,
            part=part.part,
            mpn=part.mpn,
            part_read=part.part_read,
            marking=marking.marking,
            marking_written=marking.marking_written,
            lot=lot.lot,
            lot_written=lot.lot_written,
            batch=batch.batch,
            batch_written=batch.batch_written,
            category=first.category or other.category,
            pieces=first.pieces or other.pieces,
            members=(*first.members, *other.members),
        )
    return first


def _makers(session: Session) -> dict[int, int]:
    firms, noun = clusters(session, RecordKind.ORGANIZATION), MakerAttribution
    rows = session.execute(
        select(noun.component_id, noun.organization_id).where(
            noun.superseded_by.is_(None),
            noun.status != StatementStatus.TENTATIVE,
            noun.organization_id.is_not(None),
        )
    )
    return {number: firms.get(maker, maker) for number, maker in rows}


def _parts(session: Session, read_parts: bool) -> dict[int, tuple[str, str, bool]]:
    """The part of each component: key, number, and whether only the program names it."""
    noun = Identification
    statement = (
        select(noun.component_id, Part.mpn_key, Part.mpn, noun.status, noun.said_by)
        .join(Part, Part.id == noun.part_id)
        .where(noun.superseded_by.is_(None))
        .order_by(noun.status != StatementStatus.TENTATIVE, noun.id)
    )
    if not read_parts:
        statement = statement.where(noun.status != StatementStatus.TENTATIVE)
    rows = session.execute(statement)
    return {
        number: (key, mpn, status == StatementStatus.TENTATIVE) for number, key, mpn, status, _said in rows
    }


def load_recoveries(session: Session, finds: Iterable[Find]) -> dict[int, Any]:
    """The recoveries that some finds are recorded in, by row number."""
    wanted = {find.named_by for find in finds}
    return {
        row.id: row for row in session.execute(select(Recovery).order_by(Recovery.id)) if row.id in wanted
    }


def load_units(session: Session) -> dict[int, Any]:
    """All units, by row number."""
    return {row.id: row for row in session.execute(select(Unit).order_by(Unit.id))}


def handling_of(session: Session, finds: Iterable[Find]) -> Handling | None:
    """How strictly an answer about some finds is to be handled: every record of them went into it."""
    numbers = sorted({number for find in finds for number in find.members})
    marks = effective_marks(session, RecordKind.COMPONENT, numbers)
    return Handling.of(strictest(each) if any(each) else None for each in marks.values())
