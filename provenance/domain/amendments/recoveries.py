"""Corrections of recoveries and seizures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import delete, select

from provenance.core.errors import BadInput
from provenance.core.vocabulary import Extent, RecoveryDateKind, RecoveryKind, SerialKind
from provenance.core.vocabulary.field import Aspect
from provenance.domain.amendments.change import (
    Change,
    amend_aspect,
    amend_citation,
    components_of,
    first_of_several,
)
from provenance.domain.amendments.log import amendments_of
from provenance.domain.amendments.present import Present, position_row
from provenance.domain.derivation import BEFORE_THAT
from provenance.domain.journal import Entry, entry_of
from provenance.domain.recovery_entries import DATE_CELLS, label_of, refuse_nothing, where_of
from provenance.domain.recovery_rows import search_key
from provenance.domain.weapons import extent_of
from provenance.fields.entries import Faults, Kind
from provenance.fields.recoveries import ASSESSED, RECOVERY_FIELDS
from provenance.fields.seizures import OWN_FIELDS
from provenance.schema.assessments import RecoveryPosition, Seizure
from provenance.schema.recoveries import Recovery, RecoveryDate, RecoverySerial
from provenance.schema.row_values import Values, update_rows
from provenance.schema.rows import insert_row
from provenance.schema.sources import Source
from provenance.text.folding import search_text
from provenance.text.partial_dates import DateSpan

_ROLES = {
    "authority": (Seizure.authority_id, Seizure.authority_as_written),
    "consignor": (Seizure.consignor_id, Seizure.consignor_as_written),
    "consignee": (Seizure.consignee_id, Seizure.consignee_as_written),
}
_WHERE = ("place", "position", "precision")


def amend_recovery(change: Change) -> None:
    """Writes a correction of a recovery or seizure; its name follows where it was made of what is amended.

    Raises:
        BadInput: nothing would be known of it any more, or it would be of another kind.
        NotFound: it refers to a weapon, unit type or firm that is not there.
    """
    if change.values.get("kind") == RecoveryKind.SEIZURE:
        raise BadInput("kind: a seizure has fields of its own", hint="provenance log seizure")
    refuse_nothing(change.entry)
    where_of(change.entry)
    columns = change.declared((*RECOVERY_FIELDS, *ASSESSED), Recovery, but=("tlp",))
    if "kind" in change:
        columns[Recovery.kind] = change.values["kind"] or RecoveryKind.BATTLEFIELD
    if "place" in change:
        columns[Recovery.place] = change.values["place"]
    columns |= _weapon(change) | _label(change)
    change.update(Recovery, columns)
    _amend_numbers(change)
    _amend_dates(change)
    if change.any_of(_WHERE):
        _amend_position(change)
    if change.present.kind is Kind.SEIZURE:
        _amend_seizure(change)
    amend_aspect(change, Recovery, "tlp", Aspect.TLP)
    amend_citation(change)


def _weapon(change: Change) -> dict[Any, Any]:
    """The weapon, the unit type, and how much the recovery stands for."""
    row = change.present.row
    weapon, unit = row.weapon_system_id, row.unit_type_id
    if "weapon" in change:
        weapon, as_unit = change.names.weapon(change.values["weapon"], change.values.get("weapon_kind"))
        unit = as_unit or unit
    if "unit_type" in change:
        unit = change.names.unit_type(change.values["unit_type"])
    columns = {Recovery.weapon_system_id: weapon, Recovery.unit_type_id: unit}
    if change.present.kind is Kind.SEIZURE:
        return columns
    return columns | {Recovery.extent: extent_of(_extent(change), weapon, unit)}


def _extent(change: Change) -> Extent:
    """As stated; what was logged without one is a specimen if it has a number."""
    if change.values.get("extent") is not None:
        return Extent(change.values["extent"])
    if change.typed and not change.typed.get("extent", "").strip():
        numbered = any(change.entry[kind] for kind in SerialKind)
        return Extent.SPECIMEN if numbered else Extent.UNSTATED
    if change.typed:
        return Extent(_entry_of(change.present.kind, change.typed)["extent"])
    return Extent.UNSTATED if "extent" in change else Extent(change.present.row.extent)


def _label(change: Change) -> dict[Any, Any]:
    """The name: as given, else made again of what is known now if it was made of what was known before."""
    label = change.present.row.label
    if change.values.get("label") is not None:
        label = change.values["label"]
    elif "label" in change or _is_made(change.present):
        label = _made_label(_entry_of(change.present.kind, change.typed))
    return {Recovery.label: label, Recovery.folded: search_text(label)}


def _is_made(present: Present) -> bool:
    """Whether a recovery is named by what is known of it."""
    if present.typed.get("label") or not present.typed:
        return False
    return bool(present.row.label == _made_label(_entry_of(present.kind, present.typed)))


def _made_label(entry: Entry) -> str:
    place = entry["place"]
    return label_of(entry, place if isinstance(place, str) else None)


def _entry_of(kind: Kind, typed: Mapping[str, str]) -> Entry:
    """The entry as typed, as far as it can be read: of several numbers or dates the first counts."""
    texts = first_of_several(typed)
    try:
        return entry_of(kind, texts)
    except Faults as faults:
        return entry_of(kind, {name: text for name, text in texts.items() if name not in faults.faults})


def _amend_numbers(change: Change) -> None:
    for kind in SerialKind:
        if kind.value in change:
            wanted = list(dict.fromkeys(value for _text, value in change.parts(kind.value)))
            _replace_numbers(change, kind, wanted)


def _replace_numbers(change: Change, kind: SerialKind, wanted: Iterable[str]) -> None:
    mine = RecoverySerial.recovery_id == change.present.number, RecoverySerial.kind == kind
    there = set(change.session.execute(select(RecoverySerial.value).where(*mine)).scalars())
    gone = there - set(wanted)
    if gone:
        change.session.execute(delete(RecoverySerial).where(*mine, RecoverySerial.value.in_(gone)))
    for value in wanted:
        if value not in there:
            row = RecoverySerial(
                recovery_id=change.present.number, kind=kind, value=value, value_key=search_key(value)
            )
            insert_row(change.session, row)


def _amend_dates(change: Change) -> None:
    kinds = {kind for name, kind in DATE_CELLS.items() if name in change}
    for name, kind in DATE_CELLS.items():
        if name in change:
            _replace_dates(change, name, kind, dict(change.parts(name)))
    if kinds & set(BEFORE_THAT):
        # A component was made before its weapon was used: what its date code may mean depends on the day.
        change.unread += components_of(change.session, change.present.number)


def _replace_dates(change: Change, name: str, kind: RecoveryDateKind, wanted: Mapping[str, DateSpan]) -> None:
    session, number = change.session, change.present.number
    mine = RecoveryDate.recovery_id == number, RecoveryDate.kind == kind
    there = {
        row.as_written: row
        for row in session.execute(
            select(RecoveryDate.id, RecoveryDate.as_written, RecoveryDate.source_id, Source.key)
            .join(Source, Source.id == RecoveryDate.source_id)
            .where(*mine)
        )
    }
    gone = [row for text, row in there.items() if text not in wanted]
    if gone:
        change.sources[name] = {row.as_written: row.key for row in gone}
        session.execute(delete(RecoveryDate).where(RecoveryDate.id.in_([row.id for row in gone])))
    for text, span in wanted.items():
        if text not in there:
            row = RecoveryDate(
                recovery_id=number,
                kind=kind,
                earliest=span.earliest,
                latest=span.latest,
                as_written=text,
                source_id=_source(change, name, text),
            )
            insert_row(session, row)


def _source(change: Change, name: str, text: str) -> int:
    """Who states a value: the source that stated it before it was amended, else whoever amends it."""
    for each in reversed(amendments_of(change.session, change.present.uid)):
        if (key := each.sources.get(name, {}).get(text)) is not None:
            number = change.session.execute(select(Source.id).where(Source.key == key)).scalar()
            return int(number) if number is not None else change.author.source_id
    return change.author.source_id


def _amend_position(change: Change) -> None:
    """The position; a former one stays on record, superseded."""
    session, number = change.session, change.present.number
    position, precision = change.entry["position"], change.entry["precision"]
    old = position_row(session, number)
    if position is None:
        if old is not None:
            _supersede(change, old, old.id)
        return
    stated = precision or position.precision_m
    now = position.latitude, position.longitude, stated, position.as_written
    if old is not None and (old.latitude, old.longitude, old.precision_m, old.as_written) == now:
        return
    if old is not None:
        # At most one may be current at any moment.
        _supersede(change, old, old.id)
    row = RecoveryPosition(
        recovery_id=number,
        latitude=position.latitude,
        longitude=position.longitude,
        precision_m=stated,
        as_written=position.as_written,
        source_id=_source(change, "position", position.as_written),
    )
    new = insert_row(session, row)
    if old is not None:
        _supersede(change, old, new)


def _supersede(change: Change, old: Any, by: int) -> None:
    key = change.session.execute(select(Source.key).where(Source.id == old.source_id)).scalar_one()
    change.sources["position"] = {old.as_written: key}
    superseded: Values = {RecoveryPosition.superseded_by: by}
    update_rows(change.session, RecoveryPosition, superseded, RecoveryPosition.id == old.id)


def _amend_seizure(change: Change) -> None:
    columns: Values = {}
    for role, (key, as_written) in _ROLES.items():
        if role in change:
            columns |= {key: change.names.firm(change.values[role]), as_written: change.values[role]}
    columns |= change.declared(OWN_FIELDS, Seizure)
    if "hs" in change:
        code = change.values["hs"]
        columns |= {
            Seizure.declared_hs: change.texts["hs"].strip() or None if code else None,
            Seizure.hs6: code[:6] if code else None,
        }
    if not columns:
        return
    mine = Seizure.recovery_id == change.present.number
    if change.session.execute(select(Seizure.recovery_id).where(mine)).first() is None:
        # A list may bring a seizure of which it states nothing more.
        insert_row(change.session, Seizure(recovery_id=change.present.number))
    update_rows(change.session, Seizure, columns, mine)
