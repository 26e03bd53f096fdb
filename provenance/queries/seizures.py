"""Seizures by direction, route and goods; they are never counted as found in a weapon."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select

from provenance.core.basis import AUTHENTICITY, NO_CLEARANCE, Basis
from provenance.core.identity import reference
from provenance.core.tlp import Handling, ceiling, stricter_than, strictest
from provenance.core.vocabulary import RecoveryKind, Tlp
from provenance.core.vocabulary.field import Movement
from provenance.domain.record_kinds import RecordKind
from provenance.domain.sameness import clusters
from provenance.queries.fingerprint import data_fingerprint
from provenance.schema.assessments import Seizure
from provenance.schema.base import aliased
from provenance.schema.organizations import Organization
from provenance.schema.recoveries import Component, Recovery, RecoveryDate
from provenance.schema.session import Session
from provenance.text.folding import fold
from provenance.text.partial_dates import DateSpan, format_span

NO_FINDING = "Being named as consignor, consignee or maker of seized goods is not a finding against anyone."


@dataclass(frozen=True, slots=True)
class SeizureQuestion:
    """Which seizures; None means all. ``goods`` is part of the declared goods, ``hs`` the first digits.

    ``firm`` is an organization's row number, as consignor or consignee, ``firm_name`` its name for the basis.
    """

    movement: Movement | None = None
    from_country: str | None = None
    to_country: str | None = None
    goods: str | None = None
    hs: str | None = None
    firm: int | None = None
    firm_name: str | None = None
    since: date | None = None
    until: date | None = None
    clearance: Tlp | None = None


@dataclass(frozen=True, slots=True)
class SeizureRow:
    """One seizure; None is unknown. ``seized`` is partial ISO text."""

    ref: str
    label: str
    seized: str | None
    movement: str | None
    from_country: str | None
    to_country: str | None
    border_point: str | None
    authority: str | None
    consignor: str | None
    consignee: str | None
    goods: str | None
    hs: str | None
    components: int
    tlp: str | None


@dataclass(frozen=True, slots=True)
class RouteRow:
    """How many seizures of goods of one customs code there were on one route."""

    movement: str | None
    from_country: str | None
    to_country: str | None
    hs6: str | None
    seizures: int
    components: int


@dataclass(frozen=True, slots=True)
class Seizures:
    """Seizures in order of direction, route, goods and date; the same by route; how they were counted."""

    rows: list[SeizureRow]
    routes: list[RouteRow]
    basis: Basis


class _Found(NamedTuple):
    """A seizure as the database gives it."""

    id: int
    uid: str
    label: str
    tlp: str | None
    components: int
    earliest: date | None
    latest: date | None
    movement: str | None
    from_country: str | None
    to_country: str | None
    border_point: str | None
    declared_goods: str | None
    declared_hs: str | None
    hs6: str | None
    consignor_id: int | None
    consignee_id: int | None
    authority: str | None
    consignor: str | None
    consignee: str | None


@dataclass(frozen=True, slots=True)
class _Filter:
    """What is asked for: what it is about, whether that is unknown of a seizure, and whether it fits."""

    what: str
    unknown: Callable[[_Found], bool]
    fits: Callable[[_Found], bool]


def fetch_seizures(session: Session, question: SeizureQuestion) -> Seizures:
    """The seizures that fit, with an account of those that could not be judged or may not be shown."""
    rows = _select(session)
    everything = _merged(session, rows)
    basis = Basis("seizures", "seizures", data_fingerprint(session), filters=_filters(question))
    basis.out_of = _totals(everything)
    allowed = ceiling(question.clearance)
    kept = _merged(session, [row for row in rows if allowed(row.tlp)])
    _leave_out(basis, everything, kept, stricter_than(question.clearance))
    for each in _questions(question):
        judged = [row for row in kept if not each.unknown(row)]
        _leave_out(basis, kept, judged, f"whose {each.what} is unknown", unjudged=True)
        kept = [row for row in judged if each.fits(row)]
        _leave_out(basis, judged, kept, f"of another {each.what}")
    kept.sort(key=_order)
    basis.counted = _totals(kept)
    basis.handling = Handling.of(row.tlp for row in kept)
    basis.cautions.append(NO_FINDING if kept else NO_CLEARANCE)
    if basis.counted["components"]:
        basis.cautions.append(AUTHENTICITY)
    return Seizures([_row(row) for row in kept], _routes(kept), basis)


def _totals(rows: list[_Found]) -> dict[str, int]:
    return {"components": sum(row.components for row in rows), "recoveries": len(rows)}


def _select(session: Session) -> list[_Found]:
    components = (
        select(func.count())
        .select_from(Component)
        .where(Component.recovery_id == Recovery.id, Component.withdrawn_at.is_(None))
        .scalar_subquery()
    )
    dates = RecoveryDate.recovery_id == Recovery.id
    authority, consignor, consignee = (
        aliased(Organization, name=role) for role in ("authority", "consignor", "consignee")
    )
    statement = (
        select(
            Recovery.id,
            Recovery.uid,
            Recovery.label,
            Recovery.tlp,
            components,
            select(func.min(RecoveryDate.earliest)).where(dates).scalar_subquery(),
            select(func.max(RecoveryDate.latest)).where(dates).scalar_subquery(),
            Seizure.movement,
            Seizure.from_country,
            Seizure.to_country,
            Seizure.border_point,
            Seizure.declared_goods,
            Seizure.declared_hs,
            Seizure.hs6,
            Seizure.consignor_id,
            Seizure.consignee_id,
            func.coalesce(authority.label, Seizure.authority_as_written),
            func.coalesce(consignor.label, Seizure.consignor_as_written),
            func.coalesce(consignee.label, Seizure.consignee_as_written),
        )
        .outerjoin(Seizure, Seizure.recovery_id == Recovery.id)
        .outerjoin(authority, authority.id == Seizure.authority_id)
        .outerjoin(consignor, consignor.id == Seizure.consignor_id)
        .outerjoin(consignee, consignee.id == Seizure.consignee_id)
        .where(Recovery.kind == RecoveryKind.SEIZURE, Recovery.withdrawn_at.is_(None))
        .order_by(Recovery.id)
    )
    return [_Found(*row) for row in session.execute(statement)]


def _merged(session: Session, rows: list[_Found]) -> list[_Found]:
    """Seizures that are recorded as the same as one, which says what any of them says, the first first.

    It is handled as the strictest of them, and its components are counted once.
    """
    merged = clusters(session, RecordKind.RECOVERY)
    groups: dict[int, list[_Found]] = {}
    for row in rows:
        groups.setdefault(merged.get(row.id, row.id), []).append(row)
    several = [row.id for same in groups.values() for row in same if len(same) > 1]
    repeats = _repeats(session, several)
    return [same[0] if len(same) == 1 else _as_one(same, repeats) for same in groups.values()]


def _as_one(same: list[_Found], repeats: Counter[int]) -> _Found:
    first, *others = same
    for other in others:
        both = zip(first, other, strict=True)
        first = _Found._make(theirs if ours is None else ours for ours, theirs in both)
    first_days, last_days = ([row.earliest for row in same], [row.latest for row in same])
    return first._replace(
        tlp=strictest(row.tlp for row in same) if any(row.tlp for row in same) else None,
        components=sum(row.components for row in same) - sum(repeats[row.id] for row in same),
        earliest=min(filter(None, first_days), default=None),
        latest=max(filter(None, last_days), default=None),
    )


def _repeats(session: Session, recoveries: list[int]) -> Counter[int]:
    """How many components of each of some recoveries repeat one that is counted with an earlier record."""
    found: Counter[int] = Counter()
    merged = clusters(session, RecordKind.COMPONENT) if recoveries else {}
    seen: set[int] = set()
    rows = session.execute(
        select(Component.id, Component.recovery_id)
        .where(Component.recovery_id.in_(recoveries), Component.withdrawn_at.is_(None))
        .order_by(Component.id)
    )
    for number, recovery in rows if merged else ():
        first = merged.get(number, number)
        found[recovery] += first in seen
        seen.add(first)
    return found


def _questions(question: SeizureQuestion) -> list[_Filter]:
    """What is asked for, in the order in which it is applied."""
    asked: list[_Filter] = []
    if (movement := question.movement) is not None:
        asked.append(
            _Filter("direction", lambda row: row.movement is None, lambda row: row.movement == movement)
        )
    if (start := question.from_country) is not None:
        asked.append(
            _Filter(
                "country of origin",
                lambda row: row.from_country is None,
                lambda row: row.from_country == start,
            )
        )
    if (end := question.to_country) is not None:
        asked.append(
            _Filter("destination", lambda row: row.to_country is None, lambda row: row.to_country == end)
        )
    return asked + _goods(question) + _parties_and_dates(question)


def _goods(question: SeizureQuestion) -> list[_Filter]:
    asked: list[_Filter] = []
    if question.goods is not None:
        key = fold(question.goods)
        asked.append(
            _Filter(
                "goods",
                lambda row: row.declared_goods is None,
                lambda row: key in fold(row.declared_goods or ""),
            )
        )
    if question.hs is not None:
        begin = question.hs[:6]
        asked.append(
            _Filter(
                "customs code", lambda row: row.hs6 is None, lambda row: (row.hs6 or "").startswith(begin)
            )
        )
    return asked


def _parties_and_dates(question: SeizureQuestion) -> list[_Filter]:
    asked: list[_Filter] = []
    if (firm := question.firm) is not None:

        def named(row: _Found) -> bool:
            return firm in (row.consignor_id, row.consignee_id)

        asked.append(
            _Filter(
                "consignor or consignee",
                lambda row: not named(row) and None in (row.consignor, row.consignee),
                named,
            )
        )
    if question.since or question.until:
        asked.append(
            _Filter(
                "date",
                lambda row: row.earliest is None and row.latest is None,
                lambda row: _within(row, question.since, question.until),
            )
        )
    return asked


def _within(row: _Found, since: date | None, until: date | None) -> bool:
    """Whether it may have been then: one that is dated only by the year is kept."""
    return not (
        (since and row.latest and row.latest < since) or (until and row.earliest and row.earliest > until)
    )


def _leave_out(
    basis: Basis, before: list[_Found], after: list[_Found], reason: str, *, unjudged: bool = False
) -> None:
    components = sum(row.components for row in before) - sum(row.components for row in after)
    basis.leave_out(reason, components, len(before) - len(after), unjudged=unjudged)


def _order(row: _Found) -> tuple[object, ...]:
    named = (row.movement, row.from_country, row.to_country, row.hs6, row.declared_goods)
    return (*((part is None, part or "") for part in named), row.earliest or date.max, row.id)


def _row(row: _Found) -> SeizureRow:
    return SeizureRow(
        ref=reference(RecordKind.RECOVERY, row.uid),
        label=row.label,
        seized=format_span(DateSpan(row.earliest, row.latest)) or None,
        movement=row.movement,
        from_country=row.from_country,
        to_country=row.to_country,
        border_point=row.border_point,
        authority=row.authority,
        consignor=row.consignor,
        consignee=row.consignee,
        goods=row.declared_goods,
        hs=row.declared_hs,
        components=row.components,
        tlp=row.tlp,
    )


def _routes(rows: list[_Found]) -> list[RouteRow]:
    counts: dict[tuple[str | None, str | None, str | None, str | None], list[int]] = {}
    for row in rows:
        count = counts.setdefault((row.movement, row.from_country, row.to_country, row.hs6), [0, 0])
        count[0] += 1
        count[1] += row.components
    return [RouteRow(*route, *count) for route, count in counts.items()]


def _filters(question: SeizureQuestion) -> dict[str, str]:
    stated = {
        "direction": question.movement,
        "from_country": question.from_country,
        "to_country": question.to_country,
        "goods": question.goods,
        "customs_code": question.hs,
        "party": question.firm_name,
        "seized_since": question.since,
        "seized_until": question.until,
        "at_most_tlp": question.clearance,
    }
    return {name: str(value) for name, value in stated.items() if value is not None}
