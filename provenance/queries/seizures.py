"""Seizures by direction, route and goods; they are never counted as found in a weapon."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from provenance.core.basis import NO_CLEARANCE, Basis
from provenance.core.identity import reference
from provenance.core.tlp import Handling, ceiling
from provenance.core.vocabulary import RecoveryKind, Tlp
from provenance.core.vocabulary.field import Movement
from provenance.queries.fingerprint import data_fingerprint
from provenance.schema.assessments import Seizure
from provenance.schema.organizations import Organization
from provenance.schema.recoveries import Component, Recovery, RecoveryDate
from provenance.schema.session import Session
from provenance.text.folding import fold
from provenance.text.partial_dates import DateSpan, format_span

NO_FINDING = "Being named as consignor, consignee or maker of seized goods is no finding against anybody."


@dataclass(frozen=True, slots=True)
class SeizureQuestion:
    """Which seizures: None is all. ``goods`` is a piece of the declared goods, ``hs`` a code's beginning.

    ``firm`` is an organization's row number, as consignor or consignee.
    """

    movement: Movement | None = None
    from_country: str | None = None
    to_country: str | None = None
    goods: str | None = None
    hs: str | None = None
    firm: int | None = None
    since: date | None = None
    until: date | None = None
    max_tlp: Tlp | None = None


@dataclass(frozen=True, slots=True)
class SeizureRow:
    """One seizure; None is unknown. ``seized`` is a partial date."""

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
    """How many seizures went one way with one sort of goods."""

    movement: str | None
    from_country: str | None
    to_country: str | None
    hs6: str | None
    seizures: int
    components: int


@dataclass(frozen=True, slots=True)
class SeizuresAnswer:
    """Seizures in order of direction, route, goods and date; the same by route; how they were counted."""

    rows: list[SeizureRow]
    routes: list[RouteRow]
    basis: Basis


def fetch_seizures(session: Session, question: SeizureQuestion) -> SeizuresAnswer:
    """The seizures that fit, with an account of those that could not be judged or may not be shown."""
    everything: list[Any] = list(session.execute(_select()).all())
    basis = Basis("seizures", "seizures", data_fingerprint(session), filters=_settings(question))
    basis.out_of = {"components": sum(row.components for row in everything), "recoveries": len(everything)}
    allowed = ceiling(question.max_tlp)
    shown = [row for row in everything if allowed(row.tlp)]
    _leave_out(basis, everything, shown, f"stricter than TLP:{question.max_tlp}", unjudged=False)
    kept = shown
    for reason, unknown, fits in _rules(question):
        judged = [row for row in kept if not unknown(row)]
        _leave_out(basis, kept, judged, f"whose {reason} is not known", unjudged=True)
        kept = [row for row in judged if fits(row)]
        _leave_out(basis, judged, kept, f"of another {reason}", unjudged=False)
    kept.sort(key=_order)
    basis.counted = {"components": sum(row.components for row in kept), "recoveries": len(kept)}
    basis.handling = Handling.of(row.tlp for row in kept)
    basis.notes.append(NO_FINDING if kept else NO_CLEARANCE)
    return SeizuresAnswer([_row(row) for row in kept], _routes(kept), basis)


def _select() -> Select[*tuple[Any, ...]]:
    components = (
        select(func.count())
        .select_from(Component)
        .where(Component.recovery_id == Recovery.id, Component.withdrawn_at.is_(None))
        .scalar_subquery()
    )

    def bound(choose: Any, column: Any) -> Any:
        return select(choose(column)).where(RecoveryDate.recovery_id == Recovery.id).scalar_subquery()

    firms = {role: aliased(Organization, name=role) for role in ("authority", "consignor", "consignee")}
    statement = select(
        Recovery.id,
        Recovery.uid,
        Recovery.label,
        Recovery.tlp,
        components.label("components"),
        bound(func.min, RecoveryDate.earliest).label("earliest"),
        bound(func.max, RecoveryDate.latest).label("latest"),
        Seizure.movement,
        Seizure.from_country,
        Seizure.to_country,
        Seizure.border_point,
        Seizure.declared_goods,
        Seizure.declared_hs,
        Seizure.hs6,
        Seizure.consignor_id,
        Seizure.consignee_id,
        *(
            func.coalesce(firm.label, Seizure.__table__.c[f"{role}_as_written"]).label(role)
            for role, firm in firms.items()
        ),
    ).outerjoin(Seizure, Seizure.recovery_id == Recovery.id)
    for role, firm in firms.items():
        statement = statement.outerjoin(firm, firm.id == Seizure.__table__.c[f"{role}_id"])
    return statement.where(Recovery.kind == RecoveryKind.SEIZURE, Recovery.withdrawn_at.is_(None)).order_by(
        Recovery.id
    )


def _rules(question: SeizureQuestion) -> list[tuple[str, Any, Any]]:
    """What is asked for, each with how to tell that it is not known and that it fits."""
    rules: list[tuple[str, Any, Any]] = []
    for name, what in (
        ("movement", "direction"),
        ("from_country", "country of origin"),
        ("to_country", "destination"),
    ):
        wanted = getattr(question, name)
        if wanted is not None:
            rules.append((what, _unknown(name), _is(name, wanted)))
    if question.goods is not None:
        key = fold(question.goods)
        rules.append(("goods", _unknown("declared_goods"), lambda row: key in fold(row.declared_goods)))
    if question.hs is not None:
        begin = question.hs[:6]
        rules.append(("customs code", _unknown("hs6"), lambda row: row.hs6.startswith(begin)))
    if question.firm is not None:
        firm = question.firm
        rules.append(
            (
                "consignor or consignee",
                lambda row: (
                    firm not in (row.consignor_id, row.consignee_id)
                    and None in (row.consignor, row.consignee)
                ),
                lambda row: firm in (row.consignor_id, row.consignee_id),
            )
        )
    if question.since or question.until:
        rules.append(("date", _undated, lambda row: _within(row, question.since, question.until)))
    return rules


def _unknown(name: str) -> Any:
    return lambda row: getattr(row, name) is None


def _is(name: str, wanted: str) -> Any:
    return lambda row: getattr(row, name) == wanted


def _undated(row: Any) -> bool:
    return row.earliest is None and row.latest is None


def _within(row: Any, since: date | None, until: date | None) -> bool:
    """Whether it may have been then: a seizure dated by the year is not dropped for want of a day."""
    return not (
        (since and row.latest and row.latest < since) or (until and row.earliest and row.earliest > until)
    )


def _leave_out(basis: Basis, before: list[Any], after: list[Any], reason: str, *, unjudged: bool) -> None:
    gone = len(before) - len(after)
    components = sum(row.components for row in before) - sum(row.components for row in after)
    basis.leave_out(reason, components, gone, unjudged=unjudged)


def _order(row: Any) -> tuple[Any, ...]:
    named = (row.movement, row.from_country, row.to_country, row.hs6, row.declared_goods)
    return (*((part is None, part or "") for part in named), row.earliest or date.max, row.id)


def _row(row: Any) -> SeizureRow:
    return SeizureRow(
        ref=reference("recovery", row.uid),
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


def _routes(rows: list[Any]) -> list[RouteRow]:
    counts: dict[tuple[Any, ...], list[int]] = {}
    for row in rows:
        count = counts.setdefault((row.movement, row.from_country, row.to_country, row.hs6), [0, 0])
        count[0] += 1
        count[1] += row.components
    return [RouteRow(*route, *count) for route, count in counts.items()]


def _settings(question: SeizureQuestion) -> dict[str, str]:
    stated = {
        "direction": question.movement,
        "from": question.from_country,
        "to": question.to_country,
        "goods": question.goods,
        "customs_code": question.hs,
        "since": question.since,
        "until": question.until,
        "at_most_tlp": question.max_tlp,
    }
    return {name: str(value) for name, value in stated.items() if value is not None}
