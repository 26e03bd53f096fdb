"""Corrections of components and units: what is on them, what was said of them, where they were."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from provenance.core.errors import BadInput
from provenance.core.identity import reference
from provenance.core.vocabulary import MarkingState, StatementStatus
from provenance.core.vocabulary.field import Aspect, IdentificationState
from provenance.domain.amendments.change import Change, amend_aspect, amend_citation, components_of
from provenance.domain.amendments.present import Present, standing_statement
from provenance.domain.component_entries import MADE_LOGGED, NO_BASIS, check_component
from provenance.domain.components import component_search_keys, component_serial_key
from provenance.domain.derivation import STATED
from provenance.domain.journal import Entry
from provenance.domain.names import recovery_called
from provenance.domain.record_kinds import RecordKind
from provenance.domain.statements import Finding, replace, state
from provenance.domain.units import unit_of
from provenance.fields.components import COMPONENT_FIELDS
from provenance.fields.units import UNIT_FIELDS
from provenance.schema.recoveries import Component, Identification, MakerAttribution, Unit
from provenance.schema.row_values import Values, update_rows
from provenance.text.partial_dates import UNKNOWN

_STATED = ("maker", "mpn", "identification")
_BEHIND = ("basis", "said_by")
_AUTHENTICITY = ("authenticity", "counterfeit_kind")
_READ = ("marking", "marking_state", "description", "date_code", "made", "category", "hs", "recovery")
"""Fields on which something that is derived depends."""

_WHERE = ("recovery", "unit")

SERIAL = "component_serial"
"""The field of a component's own number."""


def amend_component(change: Change) -> None:
    """Writes a correction of a component: its columns, statements, assessments, place.

    Raises:
        BadInput: fields would contradict each other, or a basis is missing.
        NotFound: it refers to a recovery, unit or firm that is not there.
    """
    _refuse_new_contradictions(change.present, change.entry)
    columns = change.declared(COMPONENT_FIELDS, Component, but=("marking_state", "tlp"))
    columns |= _made(change) | _kind(change)
    if change.any_of(_WHERE):
        columns |= _place(change)
        _note_left_unit(change, columns[Component.unit_id])
    _note_statements(change)
    if identifies := _identifies(change):
        _identify(change)
    columns |= _search_key(change)
    if SERIAL in change:
        columns[Component.serial_key] = component_serial_key(change.values[SERIAL])
    change.update(Component, columns)
    amend_aspect(change, Component, "marking_state", Aspect.MARKING_STATE)
    if change.any_of(_AUTHENTICITY):
        change.values = {"authenticity": change.entry["authenticity"], **change.values}
        amend_aspect(change, Component, "authenticity", Aspect.AUTHENTICITY)
    amend_aspect(change, Component, "tlp", Aspect.TLP)
    amend_citation(change)
    if identifies or change.any_of(_READ):
        change.unread.append(change.present.number)


def following_state(present: Present, values: Mapping[str, Any], texts: Mapping[str, str]) -> dict[str, Any]:
    """The state of a marking that is amended, where it follows from the marking: that it is there, or that it
    cannot be read.
    """
    if "marking" not in values or "marking_state" in texts or present.row.marking_mixed:
        return {}
    before, state = present.row.marking, present.row.marking_state
    follows = state == MarkingState.PRESENT if before else True
    if not follows:
        return {}
    if values["marking"] is not None:
        return {"marking_state": MarkingState.PRESENT}
    return {"marking_state": values.get("marking_state")}


def settled_identity(present: Present, values: Mapping[str, Any]) -> dict[str, Any]:
    """What follows for maker and part: what is unidentified has neither, and the other way round."""
    if values.get("identification") == IdentificationState.UNIDENTIFIED:
        return dict.fromkeys(("maker", "mpn", *_BEHIND))
    if "identification" in values:
        return {}
    state = present.entry["identification"]
    named = [values[name] if name in values else present.entry[name] for name in ("maker", "mpn")]
    if any(named) and state == IdentificationState.UNIDENTIFIED:
        return {"identification": None}
    if not any(named) and state in (IdentificationState.TENTATIVE, IdentificationState.CONFIRMED):
        return dict.fromkeys(("identification", *_BEHIND))
    return {}


def _identifies(change: Change) -> bool:
    """Whether it changes what is said of maker and part.

    Raises:
        BadInput: a basis or an author that belongs to nothing.
    """
    if change.any_of(_STATED):
        return True
    if not change.any_of(_BEHIND) or change.any_of(_AUTHENTICITY):
        return False
    if not (change.entry["maker"] or change.entry["mpn"]):
        name = next(name for name in _BEHIND if name in change)
        raise BadInput(f"{name}: no maker or part is stated that it could belong to")
    return True


def _refuse_new_contradictions(present: Present, entry: Entry) -> None:
    """What a list states may contradict itself already; a correction must not add to it."""
    try:
        check_component(entry)
    except BadInput as error:
        try:
            check_component(present.entry)
        except BadInput as former:
            if former.message == error.message:
                return
        raise


def _made(change: Change) -> dict[Any, Any]:
    """The stated date of manufacture; without one it is derived again."""
    stated = change.entry["made"]
    if "made" not in change and ("date_code" not in change or stated is not None):
        return {}
    made = stated or UNKNOWN
    return {
        Component.made_earliest: made.earliest,
        Component.made_latest: made.latest,
        Component.made_basis: MADE_LOGGED if stated is not None else None,
    }


def _kind(change: Change) -> dict[Any, Any]:
    """Category and customs code as stated; without them they are derived again."""
    columns: dict[Any, Any] = {}
    if "category" in change:
        category = change.values["category"]
        columns |= {Component.category: category, Component.category_basis: category and STATED}
    if "hs" in change:
        code = change.values["hs"]
        columns |= {Component.hs6: code[:6] if code else None, Component.hs6_basis: None}
    return columns


def _search_key(change: Change) -> dict[Any, Any]:
    if not change.any_of(("marking", "description", "mpn", "identification", SERIAL)):
        return {}
    texts = [[change.entry[name]] for name in ("marking", "description", SERIAL)]
    part = standing_statement(change.session, Identification, change.present.number)
    texts.append([part.as_written if part is not None else None])
    return {Component.search_key: component_search_keys(*texts)[0]}


def _place(change: Change) -> dict[Any, Any]:
    """The recovery and unit; a component that moves keeps the label of its unit, unless another is given."""
    session, present = change.session, change.present
    recovery_id = present.row.recovery_id
    if "recovery" in change:
        recovery_id = recovery_called(session, change.values["recovery"])
    label = change.values["unit"] if "unit" in change else present.entry["unit"]
    return {
        Component.recovery_id: recovery_id,
        Component.unit_id: unit_of(session, change.author, recovery_id, label),
    }


def _note_left_unit(change: Change, unit_id: int | None) -> None:
    """Says that the unit which a component leaves holds nothing any more."""
    former = change.present.row.unit_id
    if former is None or former == unit_id:
        return
    others = select(Component.id).where(
        Component.unit_id == former,
        Component.id != change.present.number,
        Component.withdrawn_at.is_(None),
    )
    if change.session.execute(others.limit(1)).first() is None:
        row = change.session.execute(select(Unit.uid, Unit.label).where(Unit.id == former)).one()
        ref = reference(RecordKind.UNIT, row.uid)
        change.notes.append(
            f"{row.label} ({ref}) holds no component any more. If there was no such unit:"
            f" provenance withdraw {ref}"
        )


def _note_statements(change: Change) -> None:
    """Puts to the person what was said of maker and part for a marking that is amended."""
    if "marking" not in change or change.any_of(_STATED):
        return
    session, number = change.session, change.present.number
    nouns = (MakerAttribution, Identification)
    said = [row for noun in nouns if (row := standing_statement(session, noun, number)) is not None]
    words = " ".join(row.as_written for row in said if row.said_by is not None)
    if words:
        change.notes.append(
            f"{words} was stated for the former marking and still stands. To amend it:"
            f" provenance amend {change.present.ref} maker=NAME mpn=NUMBER"
        )


def _identify(change: Change) -> None:
    """Writes what the entry says of maker and part, as a statement that supersedes the former one."""
    session, number = change.session, change.present.number
    if change.entry["identification"] == IdentificationState.UNIDENTIFIED:
        replace(session, MakerAttribution, number, None)
        replace(session, Identification, number, None)
        return
    _refuse_weaker(change)
    for noun, name in ((MakerAttribution, "maker"), (Identification, "mpn")):
        if name in change and change.values[name] is None:
            replace(session, noun, number, None)
    confirmed = change.entry["identification"] == IdentificationState.CONFIRMED
    maker_id, maker = _maker(change)
    finding = Finding(
        maker=maker_id,
        maker_as_written=maker if _is_restated(change, MakerAttribution, "maker") else None,
        mpn=change.entry["mpn"] if _is_restated(change, Identification, "mpn") else None,
        status=StatementStatus.CONFIRMED if confirmed else StatementStatus.TENTATIVE,
        basis=change.entry["basis"] or NO_BASIS,
        said_by=change.entry["said_by"] or change.author.actor,
    )
    state(session, change.author, number, finding)


def _is_restated(change: Change, noun: type[MakerAttribution] | type[Identification], name: str) -> bool:
    """Whether a statement is the entry's own: what a source states is not restated unless it is amended."""
    there = standing_statement(change.session, noun, change.present.number)
    return name in change or (there is not None and there.status != StatementStatus.PUBLISHED)


def _maker(change: Change) -> tuple[int | None, str | None]:
    """The maker as amended, else as it is on record."""
    if "maker" in change or change.entry["maker"] is None:
        number, record = change.names.maker(change.entry["maker"])
        return number, record.as_written if record else None
    there = standing_statement(change.session, MakerAttribution, change.present.number)
    return (there.organization_id, there.as_written) if there is not None else (None, None)


def _refuse_weaker(change: Change) -> None:
    """Refuses a tentative statement in place of a published one, which stands until another is confirmed.

    Raises:
        BadInput: it is one.
    """
    if change.entry["identification"] == IdentificationState.CONFIRMED:
        return
    for noun, name in ((MakerAttribution, "maker"), (Identification, "mpn")):
        there = standing_statement(change.session, noun, change.present.number)
        if name in change and there is not None and there.status == StatementStatus.PUBLISHED:
            raise BadInput(
                f"{name}: a source states {there.as_written}, which stands until another is confirmed",
                hint="To confirm another, add: identification=confirmed basis=TEXT",
            )


def amend_unit(change: Change) -> None:
    """Writes a correction of a unit; one that moves takes the components on it along.

    Raises:
        BadInput: its recovery has another unit of that label.
        NotFound: it refers to a recovery or unit type that is not there.
    """
    session, present = change.session, change.present
    recovery_id = present.row.recovery_id
    if "recovery" in change:
        recovery_id = recovery_called(session, change.values["recovery"])
    label = change.values.get("label") or present.row.label
    _refuse_taken(change, recovery_id, label)
    columns: Values = {Unit.recovery_id: recovery_id, Unit.label: label}
    if "unit_type" in change:
        columns[Unit.unit_type_id] = change.names.unit_type(
            change.values["unit_type"], change.values.get("unit_kind")
        )
    columns |= change.declared(UNIT_FIELDS, Unit, but=("label",))
    change.update(Unit, columns)
    if recovery_id != present.row.recovery_id:
        change.unread += _take_along(change, recovery_id)


def _refuse_taken(change: Change, recovery_id: int, label: str) -> None:
    other = change.session.execute(
        select(Unit.uid).where(
            Unit.recovery_id == recovery_id, Unit.label == label, Unit.id != change.present.number
        )
    ).first()
    if other is not None:
        ref = reference(RecordKind.UNIT, other.uid)
        raise BadInput(
            f"label: {ref} of that recovery is called {label} already",
            hint="Move the components to it, one by one: provenance move COMPONENT",
        )


def _take_along(change: Change, recovery_id: int) -> list[int]:
    """Moves the components on a unit with it; those that stand, by row number."""
    on_it = Component.unit_id == change.present.number
    update_rows(change.session, Component, {Component.recovery_id: recovery_id}, on_it)
    moved = set(change.session.execute(select(Component.id).where(on_it)).scalars())
    return [number for number in components_of(change.session, recovery_id) if number in moved]
