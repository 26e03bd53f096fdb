"""Components as a person enters them, one at a time, in any form: written like those of an import."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from provenance.core.errors import BadInput
from provenance.core.identity import new_uid
from provenance.core.vocabulary import SUSPECT_AUTHENTICITY, MarkingState, StatementStatus
from provenance.core.vocabulary.field import Aspect, IdentificationState
from provenance.domain.assessments import AspectAssessment, assess
from provenance.domain.batches import NewRows
from provenance.domain.components import DECLARED, ComponentWriter, Word
from provenance.domain.derivation import Reader
from provenance.domain.journal import Author, Entry, Logged, raw_text, seal
from provenance.domain.names import Names, recovery_called
from provenance.domain.parts import PartWriter, add_missing_keys
from provenance.domain.readings import Derivation
from provenance.domain.record_kinds import RecordKind
from provenance.domain.stated_components import Places, as_columns
from provenance.domain.units import unit_of
from provenance.fields.common import CREDIBILITY
from provenance.fields.components import COMPONENT_FIELDS
from provenance.schema.recoveries import Component
from provenance.schema.session import Session
from provenance.sources.records import ComponentRecord, MakerRecord, RecoveryRecord
from provenance.text.marking_states import without_marking
from provenance.text.partial_dates import UNKNOWN

NO_BASIS = "as logged, no basis given"
_ABOUT_THE_ENTRY = frozenset(
    ("recovery", "unit", "identification", "basis", "said_by", "laboratory", "credibility", "tlp")
)
"""Fields that say nothing about the component itself."""

MADE_LOGGED = "logged"
"""The basis of a date of manufacture that a person states."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a component was found: the recovery and the unit in it, by row number."""

    recovery_id: int
    unit_id: int | None


def log_component(
    session: Session,
    author: Author,
    entry: Entry,
    *,
    reader: Reader,
    uid: str = "",
    place: Place | None = None,
) -> Logged:
    """Writes a component with its citation, statements, assessments and audit entry, and what is derived from
    them.

    Maker and part are tentative unless the entry says that they are confirmed, which needs a basis; so does
    any doubt of authenticity. What the entry does not state is read from the marking, unless it says that the
    component is unidentified. ``place`` is where it was found, if that has been looked up already.

    Raises:
        BadInput: cells contradict each other, or a basis is missing.
        NotFound: no such recovery, unit or firm.
    """
    check_component(entry)
    names, uid = Names(session, author), uid or new_uid()
    number = _write(session, author, entry, uid, place or _place(session, author, entry), names)
    _assess_authenticity(session, author, entry, number)
    identify = entry["identification"] != IdentificationState.UNIDENTIFIED
    Derivation(session, reader).derive([number], new=True, identify=identify)
    title = entry["marking"] or entry["description"] or without_marking(entry["marking_state"])
    logged = Logged(RecordKind.COMPONENT, number, uid, title, names.notes)
    seal(session, author, "log component", logged, entry)
    return logged


def check_component(entry: Entry) -> None:
    """Whether the cells of a component go together.

    Raises:
        BadInput: nothing is known, cells contradict each other, or a basis is missing.
    """
    if all(value is None for name, value in entry.values.items() if name not in _ABOUT_THE_ENTRY):
        raise BadInput("nothing is known about this component: give its marking, its state, or what it is")
    state = entry["identification"]
    if state == IdentificationState.UNIDENTIFIED and entry["mpn"]:
        raise BadInput("identification: it is unidentified, but a part number is given")
    if state == IdentificationState.CONFIRMED and not (entry["mpn"] or entry["maker"]):
        raise BadInput("identification: what is confirmed? Give maker or mpn")
    if state == IdentificationState.CONFIRMED and not entry["basis"]:
        raise BadInput("basis: a confirmed maker or part needs a basis")
    if entry["authenticity"] in SUSPECT_AUTHENTICITY and not entry["basis"]:
        raise BadInput("basis: a doubt of authenticity needs a basis")
    if entry["counterfeit_kind"] and entry["authenticity"] not in SUSPECT_AUTHENTICITY:
        raise BadInput(f"counterfeit_kind: authenticity must be one of {', '.join(SUSPECT_AUTHENTICITY)}")
    if entry["marking"] and entry["marking_state"] in (MarkingState.NONE, MarkingState.OBLITERATED):
        raise BadInput(f"marking_state: {entry['marking_state']}, but a marking is given")


def _place(session: Session, author: Author, entry: Entry) -> Place:
    recovery_id = recovery_called(session, entry["recovery"])
    return Place(recovery_id, unit_of(session, author, recovery_id, entry["unit"]))


def _write(session: Session, author: Author, entry: Entry, uid: str, place: Place, names: Names) -> int:
    """The component's row, citation and statements; its row number."""
    maker_id, maker = names.maker(entry["maker"])
    rows = NewRows(session)
    parts = PartWriter(session, rows, author.source_id)
    writer = ComponentWriter(rows, parts, author.origin, session.today)
    word = _word(entry, author)
    stated = as_columns([_record(entry, uid, maker, session.today)])
    places = Places([place.recovery_id], [place.unit_id])
    (number,) = writer.add(stated, places, [maker_id], word, uids=[uid])
    part_id = parts.part(entry["mpn"], maker_id) if entry["mpn"] else None
    rows.write()
    if part_id is not None and word.status != StatementStatus.TENTATIVE:
        add_missing_keys(session, [(part_id, entry["mpn"])])
    return number


def _word(entry: Entry, author: Author) -> Word:
    confirmed = entry["identification"] == IdentificationState.CONFIRMED
    basis = entry["basis"] or NO_BASIS
    return Word(
        status=StatementStatus.CONFIRMED if confirmed else StatementStatus.TENTATIVE,
        maker_basis=basis,
        part_basis=basis,
        said_by=entry["said_by"] or author.actor,
        made=MADE_LOGGED,
    )


def _record(entry: Entry, uid: str, maker: MakerRecord | None, today: date) -> ComponentRecord:
    """The entry as a record; what it was found in has been looked up already."""
    made = entry["made"] or UNKNOWN
    return ComponentRecord(
        line=0,
        key=uid,
        raw=raw_text(entry),
        recovery=_LOOKED_UP,
        maker=maker,
        made_earliest=made.earliest,
        made_latest=made.latest,
        hs6=entry["hs"][:6] if entry["hs"] else None,
        retrieved=today,
        more={name: entry[name] for name in DECLARED},
        **{name: entry[name] for name in _SAME_NAME},
    )


_LOOKED_UP = RecoveryRecord(key="-", label="-")

_SAME_NAME = (
    CREDIBILITY.name,
    *(field.name for field in COMPONENT_FIELDS if field.name in ComponentRecord._fields and field.column),
    "mpn",
)
"""Cells of an entry that a record has under the same name."""


def _assess_authenticity(session: Session, author: Author, entry: Entry, number: int) -> None:
    if entry["authenticity"] is None:
        return
    assessment = AspectAssessment(
        Aspect.AUTHENTICITY,
        entry["authenticity"],
        entry["counterfeit_kind"],
        said_by=entry["said_by"] or entry["laboratory"] or author.actor,
        basis=entry["basis"] or NO_BASIS,
    )
    assess(session, author, Component, number, assessment)
