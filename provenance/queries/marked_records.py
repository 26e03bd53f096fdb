"""How strictly single records are to be handled, and which names only stricter records have brought in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, literal, or_, select

from provenance.core.vocabulary import Tlp
from provenance.core.vocabulary.field import FIELD_LOG
from provenance.queries.marked import may_show_component, may_show_recovery, may_show_transfer
from provenance.schema.recoveries import Component, Recovery
from provenance.schema.session import Session
from provenance.schema.sources import Citation, Source
from provenance.schema.tables import table

Marks = list[str | None]

NAMES = ("organization", "part", "unit_type", "weapon_system")
"""Records that carry no mark: names, which are as strict as what brings them in."""

_ABOVE = {
    "unit": "recovery",
    "trace": "component",
    "trace_request": "trace",
    "watchlist_version": "watchlist",
}
"""What a record is never milder than: that which it is a piece of, or speaks of."""

_REPORTED = ("component", "recovery", "transfer")
_CHUNK = 5_000


def effective_marks(session: Session, name: str, numbers: Sequence[int]) -> dict[int, Marks]:
    """All marks that count for each of some records: its own, those above it, those of its sources.

    None stands for no mark, that is AMBER.
    """
    found: dict[int, Marks] = {}
    for start in range(0, len(numbers), _CHUNK):
        chunk = numbers[start : start + _CHUNK]
        found |= _own_marks(session, name, chunk)
        if name in _REPORTED:
            for number, mark in _reported_marks(session, name, chunk):
                found[number].append(mark)
    return found


def _own_marks(session: Session, name: str, numbers: Sequence[int]) -> dict[int, Marks]:
    record = table(name)
    if name == "component":
        rows = session.execute(
            select(record.c.id, record.c.tlp, Recovery.tlp)
            .join(Recovery, Recovery.id == record.c.recovery_id)
            .where(record.c.id.in_(numbers))
        )
        return {number: [own or above, above] for number, own, above in rows}
    own = record.c.tlp if "tlp" in record.c else literal(None)
    if name not in _ABOVE:
        rows = session.execute(select(record.c.id, own).where(record.c.id.in_(numbers)))
        return {number: [mark] for number, mark in rows}
    above = _ABOVE[name]
    rows = session.execute(select(record.c.id, own, record.c[f"{above}_id"]).where(record.c.id.in_(numbers)))
    found = {number: (mark, higher) for number, mark, higher in rows}
    marks = effective_marks(session, above, sorted({higher for _mark, higher in found.values()}))
    # What carries no mark of its own, or has none, is as strict as that of which it is a piece.
    return {
        number: [*([mark] if mark is not None else []), *marks[higher]]
        for number, (mark, higher) in found.items()
    }


def _reported_marks(session: Session, name: str, numbers: Sequence[int]) -> Iterator[tuple[int, str]]:
    """The marks of the sources, and of their records, that report each of some records."""
    reported = Citation.__table__.c[f"{name}_id"]
    rows = session.execute(
        select(reported, Citation.tlp, Source.tlp)
        .join(Source, Source.id == Citation.source_id)
        .where(reported.in_(numbers), Citation.tlp.is_not(None) | Source.tlp.is_not(None))
    )
    for number, *marks in rows:
        yield from ((number, mark) for mark in marks if mark is not None)


def may_show_name(name: str, highest: Tlp | None) -> ColumnElement[bool] | None:
    """In a statement over firms, parts, weapons or types of units: whether one may be named.

    A name of the reference data always may. Another may where a record that may be shown bears it, or none
    at all does.
    """
    if highest is None:
        return None
    shown = [_bearing(name, way, highest) for way in _WAYS[name]]
    any_ = [_bearing(name, way, None) for way in _WAYS[name]]
    return or_(_of_the_reference_data(name), *shown, ~or_(*any_))


def _of_the_reference_data(name: str) -> ColumnElement[bool]:
    record = table(name)
    if name != "part":
        return record.c.from_seed
    logs = select(Source.id).where(Source.key.startswith(FIELD_LOG))
    return record.c.source_id.not_in(logs)


_Way = tuple[str, str, str]
"""A statement's table, its column with the name, and the marked record that it is about."""

_WAYS: dict[str, tuple[_Way, ...]] = {
    "organization": (
        ("maker_attribution", "organization_id", "component"),
        ("seizure", "authority_id", "recovery"),
        ("seizure", "consignor_id", "recovery"),
        ("seizure", "consignee_id", "recovery"),
        ("transfer_party", "organization_id", "transfer"),
    ),
    "part": (("identification", "part_id", "component"),),
    "unit_type": (("recovery", "unit_type_id", "recovery"), ("unit", "unit_type_id", "recovery")),
    "weapon_system": (("recovery", "weapon_system_id", "recovery"),),
}


def _bearing(name: str, way: _Way, highest: Tlp | None) -> ColumnElement[bool]:
    """Whether a statement bears this name, of a record that may be shown."""
    said, column, about = way
    statement = table(said)
    conditions: list[Any] = [statement.c[column] == table(name).c.id]
    joined: Any = statement
    if highest is not None:
        if said != about:
            record = table(about)
            joined = joined.join(record, record.c.id == statement.c[f"{about}_id"])
        if about == "component":
            joined = joined.join(Recovery, Recovery.id == Component.recovery_id)
        conditions.append(_SHOWN[about](highest))
    return exists(select(1).select_from(joined).where(and_(*conditions)).correlate(table(name)))


_SHOWN = {
    "component": may_show_component,
    "recovery": may_show_recovery,
    "transfer": may_show_transfer,
}
