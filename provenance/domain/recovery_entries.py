"""Recoveries and seizures as logged."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from provenance.core.errors import BadInput
from provenance.core.identity import new_uid
from provenance.core.vocabulary import Extent, RecoveryDateKind, RecoveryKind, SerialKind
from provenance.domain.journal import Author, Entry, Logged, cite, seal
from provenance.domain.names import Names
from provenance.fields.places import Position
from provenance.schema.assessments import RecoveryPosition, Seizure
from provenance.schema.recoveries import Recovery, RecoveryDate, RecoverySerial
from provenance.schema.rows import insert_row
from provenance.schema.session import Session
from provenance.text.folding import fold_marking, search_text
from provenance.text.partial_dates import DateSpan

_DATE_CELLS = {
    "recovered": RecoveryDateKind.RECOVERED,
    "seized": RecoveryDateKind.RECOVERED,
    "captured": RecoveryDateKind.CAPTURED,
    "used": RecoveryDateKind.USED,
    "produced": RecoveryDateKind.PRODUCED,
    "examined": RecoveryDateKind.EXAMINED,
}


def log_recovery(session: Session, author: Author, entry: Entry, *, uid: str = "") -> Logged:
    """Writes a recovery with its numbers, dates, position, citation and audit entry.

    Raises:
        BadInput: it is a seizure, or a position is given twice.
        NotFound: it refers to a weapon or unit type that is not there.
    """
    if entry["kind"] == RecoveryKind.SEIZURE:
        raise BadInput("kind: a seizure has a form of its own", hint="provenance log seizure")
    names = Names(session, author)
    weapon, unit = names.weapon(entry["weapon"], entry["weapon_kind"])
    unit = names.unit_type(entry["unit_type"]) or unit
    extent = entry["extent"] or Extent.UNSTATED
    if unit is not None and weapon is None and entry["extent"] in (None, Extent.SPECIMEN):
        extent = Extent.UNIT
    values = {
        "kind": entry["kind"] or RecoveryKind.BATTLEFIELD,
        "extent": extent,
        "weapon_system_id": weapon,
        "unit_type_id": unit,
        "variant": entry["variant"],
    }
    return _write(session, author, entry, uid or new_uid(), values, tuple(names.notes))


def log_seizure(session: Session, author: Author, entry: Entry, *, uid: str = "") -> Logged:
    """Writes a seizure: a recovery of that kind, with the facts of the seizure itself.

    Organizations are found by name; new ones are unverified. Being named as consignor or consignee is not a
    finding against anyone.

    Raises:
        BadInput: a position is given twice.
        NotFound: it refers to a firm or weapon that is not there.
    """
    names = Names(session, author)
    weapon, unit = names.weapon(entry["weapon"], None)
    parties = {role: names.firm(entry[role]) for role in ("authority", "consignor", "consignee")}
    values = {
        "kind": RecoveryKind.SEIZURE,
        "extent": Extent.UNSTATED,
        "weapon_system_id": weapon,
        "unit_type_id": unit,
    }
    logged = _write(session, author, entry, uid or new_uid(), values, tuple(names.notes))
    seizure = {
        "recovery_id": logged.number,
        **{f"{role}_id": number for role, number in parties.items()},
        **{f"{role}_as_written": entry[role] for role in parties},
        **{name: entry[name] for name in ("border_point", "movement", "from_country", "to_country")},
        "declared_goods": entry["goods"],
        "declared_hs": entry.texts.get("hs", "").strip() or None if entry["hs"] else None,
        "hs6": entry["hs"][:6] if entry["hs"] else None,
    }
    insert_row(session, Seizure, seizure)
    return logged


def _write(
    session: Session, author: Author, entry: Entry, uid: str, values: dict[str, Any], notes: tuple[str, ...]
) -> Logged:
    place, position = _where(entry)
    label = entry["label"] or _label(entry, place)
    recovery = {
        "uid": uid,
        "label": label,
        "folded": search_text(label),
        "place": place,
        "country": entry["country"],
        "tlp": entry["tlp"],
        "note": entry["note"],
        **values,
    }
    number = insert_row(session, Recovery, recovery)
    _details(session, author, entry, number)
    if position is not None:
        _position(session, author, number, position, entry["precision"])
    cite(session, author, entry, record_key=uid, recovery_id=number)
    logged = Logged("recovery", number, uid, label, notes)
    seal(session, author, f"log {entry.kind}", logged, entry)
    return logged


def _where(entry: Entry) -> tuple[str | None, Position | None]:
    place, position = entry["place"], entry["position"]
    if isinstance(place, Position):
        if position is not None:
            raise BadInput("place: it is a position, and another position is given")
        return None, place
    if entry["precision"] is not None and position is None:
        raise BadInput("precision: there is no position that it could belong to")
    return place, position


def _details(session: Session, author: Author, entry: Entry, number: int) -> None:
    for kind in SerialKind:
        if value := entry[kind]:
            serial = {"recovery_id": number, "kind": kind, "value": value, "value_key": fold_marking(value)}
            insert_row(session, RecoverySerial, serial)
    for name, what, days in _dates(entry):
        happened = {
            "recovery_id": number,
            "kind": what,
            "earliest": days.earliest,
            "latest": days.latest,
            "as_written": entry.texts[name].strip(),
            "source_id": author.source_id,
        }
        insert_row(session, RecoveryDate, happened)


def _dates(entry: Entry) -> Iterator[tuple[str, RecoveryDateKind, DateSpan]]:
    for name, kind in _DATE_CELLS.items():
        if (days := entry[name]) is not None:
            yield name, kind, days


def _position(
    session: Session, author: Author, number: int, position: Position, precision: float | None
) -> None:
    stated = {
        "recovery_id": number,
        "latitude": position.latitude,
        "longitude": position.longitude,
        "precision_m": precision or position.precision_m,
        "as_written": position.as_written,
        "source_id": author.source_id,
    }
    insert_row(session, RecoveryPosition, stated)


def _label(entry: Entry, place: str | None) -> str:
    """A label for a recovery without a name: what it is, its number, where and when."""
    number = next((entry[kind] for kind in SerialKind if entry[kind]), None)
    route = " to ".join(entry[end] or "?" for end in ("from_country", "to_country"))
    when = next((entry.texts[name].strip() for name, _kind, _days in _dates(entry)), None)
    pieces = [
        entry["weapon"] or entry["unit_type"],
        f"No. {number}" if number else None,
        entry["authority"],
        route if entry["from_country"] or entry["to_country"] else None,
        entry["border_point"],
        place,
        when,
    ]
    said = ", ".join(piece for piece in pieces if piece)
    return said or ("Seizure" if entry["kind"] is None and "authority" in entry.values else "Recovery")
