"""A record as it stands, told as the entry that would log it: what a correction starts from."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import select

from provenance.core.identity import reference
from provenance.core.vocabulary import RecoveryKind, SerialKind, StatementStatus
from provenance.core.vocabulary.field import FIELD_LOG, Aspect, IdentificationState
from provenance.domain.amendments.last_word import unidentified_among
from provenance.domain.amendments.log import amendments_of
from provenance.domain.declared_fields import declared_columns
from provenance.domain.derivation import (
    CATEGORY_BASES,
    DATE_CODE,
    DATE_READ,
    HS6_BASES,
    by_source_or_person,
)
from provenance.domain.journal import Entry
from provenance.domain.record_kinds import RecordKind, id_column, tables, uid_column
from provenance.domain.recovery_entries import DATE_CELLS
from provenance.fields.components import COMPONENT_FIELDS
from provenance.fields.entries import CELLS, Kind
from provenance.fields.places import Position, looks_like_mgrs, read_position
from provenance.fields.recoveries import ASSESSED, RECOVERY_FIELDS
from provenance.fields.seizures import OWN_FIELDS
from provenance.fields.specification import FieldSpec
from provenance.fields.units import UNIT_FIELDS
from provenance.schema.assessments import Assessment, RecoveryPosition, Seizure
from provenance.schema.base import TableModel
from provenance.schema.organizations import Organization
from provenance.schema.recoveries import (
    Component,
    Identification,
    MakerAttribution,
    Recovery,
    RecoveryDate,
    RecoverySerial,
    Unit,
)
from provenance.schema.reference import UnitType, WeaponSystem
from provenance.schema.row_values import value_in
from provenance.schema.session import Session
from provenance.schema.sources import Citation, Source
from provenance.text.partial_dates import DateSpan, format_span

Table = TypeVar("Table", bound=TableModel)

SEVERAL = ";"
"""Between several numbers or dates of one kind, in one text."""

LINES = " // "
"""Between the lines of a marking, in one text."""

CITED_BY: Mapping[RecordKind, Any] = {
    RecordKind.RECOVERY: Citation.recovery_id,
    RecordKind.COMPONENT: Citation.component_id,
    RecordKind.TRANSFER: Citation.transfer_id,
}

Cells = dict[str, tuple[str, Any]]
"""The fields that are known: text and value."""


@dataclass(frozen=True, slots=True)
class Present:
    """A record, its row, and the entry that would log it as it stands.

    ``typed`` are the fields as people typed them, of what was logged here; empty of what a list brought.
    """

    record: RecordKind
    number: int
    uid: str
    row: Any
    entry: Entry
    typed: Mapping[str, str]

    @property
    def kind(self) -> Kind:
        """The kind of entry."""
        return self.entry.kind

    @property
    def ref(self) -> str:
        """The spoken reference."""
        return reference(self.record, self.uid)


def present(session: Session, record: RecordKind, number: int) -> Present:
    """A recovery, seizure, unit or component as it stands."""
    row = session.execute(select(tables()[record]).where(id_column(record) == number)).one()
    kind = Kind.SEIZURE if _is_seizure(record, row) else Kind(record.value)
    fields = {each.name for each in CELLS[kind]}
    cells = {
        name: (text, value)
        for name, (text, value) in _READERS[kind](session, row).items()
        if value is not None and text and name in fields
    }
    entry = Entry(
        kind,
        {name: text for name, (text, _value) in cells.items()},
        {name: value for name, (_text, value) in cells.items()},
    )
    return Present(record, number, row.uid, row, entry, _typed(session, record, number, row.uid))


def _is_seizure(record: RecordKind, row: Any) -> bool:
    return record is RecordKind.RECOVERY and row.kind == RecoveryKind.SEIZURE


def own_citation(session: Session, record: RecordKind, number: int) -> Any | None:
    """The citation of the field log that a record was logged in; else its only one; None without."""
    if record not in CITED_BY:
        return None
    rows = session.execute(
        select(Citation.id, Citation.raw_text, Citation.credibility, Citation.tlp, Source.key)
        .join(Source, Source.id == Citation.source_id)
        .where(CITED_BY[record] == number)
        .order_by(Citation.id)
    ).all()
    logged = [row for row in rows if row.key.startswith(FIELD_LOG)]
    return logged[0] if logged else rows[0] if len(rows) == 1 else None


def _typed(session: Session, record: RecordKind, number: int, uid: str) -> dict[str, str]:
    cited = own_citation(session, record, number)
    if cited is None or not cited.key.startswith(FIELD_LOG):
        return {}
    texts: dict[str, str] = json.loads(cited.raw_text)
    texts.pop("entry", None)
    for each in amendments_of(session, uid):
        texts |= each.typed
    return {name: text for name, text in texts.items() if text.strip()}


def _recovery(session: Session, row: Any) -> Cells:
    return {
        **_declared(row, RECOVERY_FIELDS, Recovery),
        "weapon": _named(session, WeaponSystem.designation, WeaponSystem.id, row.weapon_system_id),
        "unit_type": _named(session, UnitType.designation, UnitType.id, row.unit_type_id),
        "extent": _text(row.extent),
        "kind": _text(row.kind),
        **_numbers(session, row.id),
        **_about_both(session, row),
        **_dates(session, row.id),
    }


def _seizure(session: Session, row: Any) -> Cells:
    seized: Any = session.execute(select(Seizure).where(Seizure.recovery_id == row.id)).first()
    found = {
        "weapon": _named(session, WeaponSystem.designation, WeaponSystem.id, row.weapon_system_id),
        **_about_both(session, row),
        **_dates(session, row.id),
    }
    if seized is None:
        return found
    return found | {
        **_declared(seized, OWN_FIELDS, Seizure),
        "authority": _text(seized.authority_as_written),
        "consignor": _text(seized.consignor_as_written),
        "consignee": _text(seized.consignee_as_written),
        "hs": _text(seized.declared_hs),
    }


def _declared(row: Any, fields: Sequence[FieldSpec[Table]], table: type[Table]) -> Cells:
    """The fields that have a column of their own."""
    return {name: _text(value_in(row, column)) for name, column in declared_columns(fields, table).items()}


def _about_both(session: Session, row: Any) -> Cells:
    return {
        "place": _text(row.place),
        **_position(session, row.id),
        "country": _text(row.country),
        "label": _text(row.label),
        **_credibility(session, RecordKind.RECOVERY, row.id),
        **_declared(row, ASSESSED, Recovery),
    }


def _text(value: Any) -> tuple[str, Any]:
    return ("" if value is None else str(value)), value


def _named(session: Session, label: Any, key: Any, number: int | None) -> tuple[str, Any]:
    if number is None:
        return _text(None)
    return _text(session.execute(select(label).where(key == number)).scalar_one())


def _numbers(session: Session, recovery_id: int) -> Cells:
    rows = session.execute(
        select(RecoverySerial.kind, RecoverySerial.value)
        .where(RecoverySerial.recovery_id == recovery_id)
        .order_by(RecoverySerial.value)
    ).all()
    return {
        kind.value: _text(f"{SEVERAL} ".join(row.value for row in rows if row.kind == kind) or None)
        for kind in SerialKind
    }


def _dates(session: Session, recovery_id: int) -> Cells:
    """The dates by field, for recoveries and seizures alike."""
    rows = session.execute(
        select(RecoveryDate.kind, RecoveryDate.earliest, RecoveryDate.latest, RecoveryDate.as_written)
        .where(RecoveryDate.recovery_id == recovery_id)
        .order_by(RecoveryDate.as_written)
    ).all()
    found: Cells = {}
    for name, kind in DATE_CELLS.items():
        mine = [row for row in rows if row.kind == kind]
        if mine:
            text = f"{SEVERAL} ".join(row.as_written for row in mine)
            found[name] = text, _hull(DateSpan(row.earliest, row.latest) for row in mine)
    return found


def _hull(spans: Any) -> DateSpan:
    """From the first day of some intervals to their last one."""
    all_ = list(spans)
    firsts, lasts = [each.earliest for each in all_], [each.latest for each in all_]
    return DateSpan(None if None in firsts else min(firsts), None if None in lasts else max(lasts))


def position_row(session: Session, recovery_id: int) -> Any | None:
    """The current position of a recovery."""
    return session.execute(
        select(RecoveryPosition).where(
            RecoveryPosition.recovery_id == recovery_id, RecoveryPosition.superseded_by.is_(None)
        )
    ).first()


def _position(session: Session, recovery_id: int) -> Cells:
    row = position_row(session, recovery_id)
    if row is None:
        return {}
    own = read_position(row.as_written).precision_m if looks_like_mgrs(row.as_written) else None
    stated = row.precision_m if row.precision_m != own else None
    return {
        "position": (
            row.as_written,
            Position(row.latitude, row.longitude, own, row.as_written),
        ),
        "precision": ("" if stated is None else f"{stated:g}", stated),
    }


def _credibility(session: Session, record: RecordKind, number: int) -> Cells:
    cited = own_citation(session, record, number)
    return {"credibility": _text(cited.credibility if cited is not None else None)}


def _unit(session: Session, row: Any) -> Cells:
    return {
        **_declared(row, UNIT_FIELDS, Unit),
        "recovery": _referred(session, RecordKind.RECOVERY, row.recovery_id),
        "unit_type": _named(session, UnitType.designation, UnitType.id, row.unit_type_id),
    }


def _referred(session: Session, record: RecordKind, number: int) -> tuple[str, Any]:
    uid = session.execute(select(uid_column(record)).where(id_column(record) == number)).scalar_one()
    return _text(reference(record, uid))


def _component(session: Session, row: Any) -> Cells:
    made = DateSpan(row.made_earliest, row.made_latest)
    is_stated = row.made_basis not in (None, DATE_CODE, DATE_READ)
    marking = row.marking
    return {
        **_declared(row, COMPONENT_FIELDS, Component),
        "recovery": _referred(session, RecordKind.RECOVERY, row.recovery_id),
        "unit": _named(session, Unit.label, Unit.id, row.unit_id),
        "marking": ((marking or "").replace("\n", LINES), marking),
        **_statements(session, row.id),
        "made": (format_span(made), made) if is_stated else _text(None),
        "category": _text(row.category if row.category_basis not in CATEGORY_BASES else None),
        "hs": _text(row.hs6 if row.hs6_basis not in HS6_BASES else None),
        **_authenticity(session, row),
        **_credibility(session, RecordKind.COMPONENT, row.id),
    }


def standing_statement(
    session: Session, noun: type[MakerAttribution] | type[Identification], component_id: int
) -> Any | None:
    """The statement of a source or a person that stands, the most certain one first."""
    return session.execute(
        select(noun)
        .where(noun.component_id == component_id, noun.superseded_by.is_(None), by_source_or_person(noun))
        .order_by(noun.status == StatementStatus.TENTATIVE, noun.id)
        .limit(1)
    ).first()


def _statements(session: Session, component_id: int) -> Cells:
    maker = standing_statement(session, MakerAttribution, component_id)
    part = standing_statement(session, Identification, component_id)
    said = part or maker
    found = {
        "maker": _maker(session, maker),
        "mpn": _text(part.as_written if part is not None else None),
    }
    if said is None:
        unidentified = bool(unidentified_among(session, [component_id]))
        return found | {"identification": _text(IdentificationState.UNIDENTIFIED if unidentified else None)}
    return found | {
        "identification": _text(None if said.status == StatementStatus.PUBLISHED else said.status),
        "basis": _text(said.method if part is not None else said.basis),
        "said_by": _text(said.said_by),
    }


def _maker(session: Session, row: Any | None) -> tuple[str, Any]:
    if row is None:
        return _text(None)
    if row.as_written:
        return _text(row.as_written)
    return _named(session, Organization.label, Organization.id, row.organization_id)


def assessed(session: Session, subject: Any, number: int, aspect: Aspect) -> Any | None:
    """The current assessment of an aspect of a record."""
    return session.execute(
        select(Assessment).where(
            subject == number, Assessment.aspect == aspect, Assessment.superseded_by.is_(None)
        )
    ).first()


def _authenticity(session: Session, row: Any) -> Cells:
    current = assessed(session, Assessment.component_id, row.id, Aspect.AUTHENTICITY)
    return {
        "authenticity": _text(row.authenticity),
        "counterfeit_kind": _text(current.counterfeit_kind if current is not None else None),
    }


_READERS: Mapping[Kind, Callable[[Session, Any], Cells]] = {
    Kind.RECOVERY: _recovery,
    Kind.SEIZURE: _seizure,
    Kind.UNIT: _unit,
    Kind.COMPONENT: _component,
}
