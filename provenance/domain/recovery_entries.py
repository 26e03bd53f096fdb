"""Recoveries and seizures as a person enters them: written as an import's are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from provenance.core.errors import BadInput
from provenance.core.identity import new_uid
from provenance.core.vocabulary import Extent, RecoveryDateKind, RecoveryKind, SerialKind
from provenance.domain.batches import NewRows
from provenance.domain.declared_fields import declared_values
from provenance.domain.journal import Author, Entry, Logged, raw_text, seal
from provenance.domain.names import Names
from provenance.domain.near_recoveries import near_recoveries
from provenance.domain.record_kinds import RecordKind
from provenance.domain.recovery_rows import DECLARED, Cited, RecoveryWriter, add_position
from provenance.domain.weapons import ResolvedWeapon, extent_of
from provenance.fields.places import Position
from provenance.fields.recoveries import ASSESSED
from provenance.fields.seizures import OWN_FIELDS
from provenance.schema.assessments import Seizure
from provenance.schema.recoveries import Recovery
from provenance.schema.row_values import Values, row_of
from provenance.schema.rows import insert_row
from provenance.schema.session import Session
from provenance.sources.records import DatedFact, RecoveryRecord, SerialRecord
from provenance.text.partial_dates import DateSpan
from provenance.text.recovery_labels import recovery_label

_ABOUT_THE_ENTRY = frozenset(("kind", "extent", "credibility", "tlp"))
"""Fields that say nothing about what was recovered."""

DATE_CELLS = {
    "recovered": RecoveryDateKind.RECOVERED,
    "seized": RecoveryDateKind.RECOVERED,
    "captured": RecoveryDateKind.CAPTURED,
    "used": RecoveryDateKind.USED,
    "produced": RecoveryDateKind.PRODUCED,
    "examined": RecoveryDateKind.EXAMINED,
}


def log_recovery(session: Session, author: Author, entry: Entry, *, uid: str = "") -> Logged:
    """Writes a recovery with its numbers, dates, position, citation and audit entry.

    What does not state how much it stands for is a specimen if it has a number.

    Raises:
        BadInput: nothing is known of it, it is a seizure, or a position is given twice.
        NotFound: it refers to a weapon or unit type that is not there.
    """
    if entry["kind"] == RecoveryKind.SEIZURE:
        raise BadInput("kind: a seizure has a form of its own", hint="provenance log seizure")
    refuse_nothing(entry)
    names = Names(session, author)
    weapon, unit = names.weapon(entry["weapon"], entry["weapon_kind"])
    unit = names.unit_type(entry["unit_type"]) or unit
    numbered = any(entry[kind] for kind in SerialKind)
    stated = entry["extent"] or (Extent.SPECIMEN if numbered else Extent.UNSTATED)
    resolved = ResolvedWeapon(weapon, unit, extent_of(stated, weapon, unit))
    kind = entry["kind"] or RecoveryKind.BATTLEFIELD
    return _write(session, author, entry, uid or new_uid(), kind, resolved, names)


def log_seizure(session: Session, author: Author, entry: Entry, *, uid: str = "") -> Logged:
    """Writes a seizure: a recovery of that kind, with what is stated about the seizure itself.

    Organizations are found by name; new ones are unverified. Being named as consignor or consignee is not a
    finding against anyone.

    Raises:
        BadInput: nothing is known of it, or a position is given twice.
        NotFound: it refers to a firm or weapon that is not there.
    """
    refuse_nothing(entry)
    names = Names(session, author)
    weapon, unit = names.weapon(entry["weapon"], None)
    parties = {role: names.firm(entry[role]) for role in ("authority", "consignor", "consignee")}
    resolved = ResolvedWeapon(weapon, unit, Extent.UNSTATED)
    logged = _write(session, author, entry, uid or new_uid(), RecoveryKind.SEIZURE, resolved, names)
    insert_row(session, _seizure(entry, logged.number, parties))
    return logged


def _seizure(entry: Entry, recovery_id: int, parties: Mapping[str, int | None]) -> Seizure:
    """What the entry states of the seizure itself; parties by their roles, as row numbers."""
    stated: Values = {
        Seizure.recovery_id: recovery_id,
        Seizure.authority_id: parties["authority"],
        Seizure.authority_as_written: entry["authority"],
        Seizure.consignor_id: parties["consignor"],
        Seizure.consignor_as_written: entry["consignor"],
        Seizure.consignee_id: parties["consignee"],
        Seizure.consignee_as_written: entry["consignee"],
        Seizure.declared_hs: entry.texts.get("hs", "").strip() or None if entry["hs"] else None,
        Seizure.hs6: entry["hs"][:6] if entry["hs"] else None,
    }
    return row_of(Seizure, {**stated, **declared_values(entry, OWN_FIELDS, Seizure)})


def refuse_nothing(entry: Entry) -> None:
    """Refuses an entry whose every field is unknown: an empty record would be counted."""
    if all(value is None for name, value in entry.values.items() if name not in _ABOUT_THE_ENTRY):
        raise BadInput(
            f"nothing is known about this {entry.kind}", hint="Give what is known, if only a label or a note."
        )


def _write(
    session: Session,
    author: Author,
    entry: Entry,
    uid: str,
    kind: RecoveryKind,
    weapon: ResolvedWeapon,
    names: Names,
) -> Logged:
    place, position = where_of(entry)
    record = _record(entry, uid, kind, place)
    rows = NewRows(session)
    cited = Cited(
        raw_text(entry),
        retrieved=session.today,
        credibility=entry["credibility"],
        tlp=entry["tlp"],
    )
    own = declared_values(entry, ASSESSED, Recovery)
    number = RecoveryWriter(rows, author.origin).add(uid, record, weapon, cited, own=own)
    rows.write()
    if position is not None:
        add_position(session, author.source_id, number, position, entry["precision"])
    near = near_recoveries(session, [number])
    notes = [f"it may be the same as {each.others}: {each.agreed}" for each in near]
    may_be = tuple(other for each in near for other in each.named)
    logged = Logged(RecordKind.RECOVERY, number, uid, record.label, (*names.notes, *notes), may_be=may_be)
    seal(session, author, f"log {entry.kind}", logged, entry)
    return logged


def _record(entry: Entry, uid: str, kind: RecoveryKind, place: str | None) -> RecoveryRecord:
    """The entry as a record; its weapon is resolved apart from it, since it may be a reference."""
    return RecoveryRecord(
        key=uid,
        label=entry["label"] or label_of(entry, place),
        kind=kind,
        variant=entry["variant"],
        serials=tuple(SerialRecord(kind=one, value=entry[one]) for one in SerialKind if entry[one]),
        dates=tuple(
            DatedFact(
                kind=what,
                earliest=span.earliest,
                latest=span.latest,
                as_written=entry.texts[name].strip(),
            )
            for name, what, span in dates_of(entry)
        ),
        place=place,
        country=entry["country"],
        more=tuple((name, entry[name]) for name in DECLARED if entry[name] is not None),
    )


def where_of(entry: Entry) -> tuple[str | None, Position | None]:
    """The name of the place and the position of an entry.

    Raises:
        BadInput: there are two positions, or a precision without one.
    """
    place, position = entry["place"], entry["position"]
    if isinstance(place, Position):
        if position is not None:
            raise BadInput("place: it is a position, and another position is given")
        return None, place
    if entry["precision"] is not None and position is None:
        raise BadInput("precision: there is no position that it could belong to")
    return place, position


def dates_of(entry: Entry) -> Iterator[tuple[str, RecoveryDateKind, DateSpan]]:
    """The dates of a recovery or seizure, each with its cell's name and kind."""
    for name, kind in DATE_CELLS.items():
        if (days := entry[name]) is not None:
            yield name, kind, days


def label_of(entry: Entry, place: str | None) -> str:
    """A label for a recovery without a name, in the words of `recovery_label`."""
    route = " to ".join(entry[end] or "?" for end in ("from_country", "to_country"))
    of_seizure = (
        entry["authority"],
        route if entry["from_country"] or entry["to_country"] else None,
        entry["border_point"],
    )
    label = recovery_label(
        entry["weapon"] or entry["unit_type"],
        [entry[kind] for kind in SerialKind if entry[kind]],
        place,
        [(kind, entry.texts[name].strip()) for name, kind, _days in dates_of(entry)],
        list(filter(None, of_seizure)),
    )
    return label or ("Seizure" if entry["kind"] is None and "authority" in entry.values else "Recovery")
