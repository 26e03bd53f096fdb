"""Components as logged, with what their author holds of maker, part and authenticity."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from provenance.core.errors import BadInput
from provenance.core.identity import new_uid
from provenance.core.vocabulary import SUSPECT_AUTHENTICITY, MarkingState, StatementStatus
from provenance.core.vocabulary.field import Aspect, IdentificationState
from provenance.domain.assessments import Judgement, assess
from provenance.domain.components import component_search_key
from provenance.domain.journal import Author, Entry, Logged, cite, seal
from provenance.domain.names import Names, recovery_called
from provenance.domain.statements import Held, state
from provenance.domain.units import unit_of
from provenance.facts.splicing import refresh_rows
from provenance.importing.marking_desk import MarkingDesk, guess, made_by
from provenance.schema.recoveries import Component
from provenance.schema.rows import insert_row
from provenance.schema.session import Session
from provenance.text.date_code_field import read_date_code
from provenance.text.partial_dates import UNKNOWN, DateSpan

STATED = "published"
"""What the fact sheets know a value by that somebody states, rather than the program reads."""

_NO_BASIS = "as logged, no basis given"


@dataclass(frozen=True, slots=True)
class Sight:
    """Where a component was found: the recovery and the unit in it, by row number."""

    recovery_id: int
    unit_id: int | None


def log_component(
    session: Session, author: Author, entry: Entry, *, uid: str = "", desk: MarkingDesk | None = None
) -> Logged:
    """Writes a component with its citation, statements, assessments and audit entry.

    Maker and part are tentative unless the entry says that they are confirmed, which needs a basis; so does
    any doubt of authenticity. With a ``desk`` the program's best candidate is noted, as tentative, where the
    entry leaves maker and part open without a word.

    Raises:
        BadInput: cells contradict each other, or a basis is missing.
        NotFound: no such recovery, unit or firm.
    """
    check_component(entry)
    recovery_id = recovery_called(session, entry["recovery"])
    sight = Sight(recovery_id, unit_of(session, author, recovery_id, entry["unit"]))
    names = Names(session, author)
    held, read = held_by(entry, author, names), None
    if desk is not None and held is None and entry["marking"] and entry["identification"] is None:
        answer = desk.read(entry["marking"], made_by(session, recovery_id) or date.today())
        read = desk.columns(answer, entry)
        held = guess(entry["marking"], answer.best) if answer.best else None
    logged = write_component(session, author, entry, sight, uid=uid or new_uid(), held=held, read=read)
    return Logged(logged.name, logged.number, logged.uid, logged.title, tuple(names.notes))


def check_component(entry: Entry) -> None:
    """Whether the cells of a component go together.

    Raises:
        BadInput: they contradict each other, or a basis is missing.
    """
    state_ = entry["identification"]
    if state_ == IdentificationState.UNIDENTIFIED and entry["mpn"]:
        raise BadInput("identification: it is unidentified, but a part number is given")
    if state_ == IdentificationState.CONFIRMED and not (entry["mpn"] or entry["maker"]):
        raise BadInput("identification: what is confirmed? Give maker or mpn")
    if state_ == IdentificationState.CONFIRMED and not entry["basis"]:
        raise BadInput("basis: a confirmed maker or part needs the basis it is held on")
    if entry["authenticity"] in SUSPECT_AUTHENTICITY and not entry["basis"]:
        raise BadInput("basis: a doubt of authenticity needs the basis it is held on")
    if entry["counterfeit_kind"] and entry["authenticity"] not in SUSPECT_AUTHENTICITY:
        raise BadInput(f"counterfeit_kind: authenticity is to be one of {', '.join(SUSPECT_AUTHENTICITY)}")
    if entry["marking"] and entry["marking_state"] in (MarkingState.NONE, MarkingState.OBLITERATED):
        raise BadInput(f"marking_state: {entry['marking_state']}, but a marking is given")


def held_by(entry: Entry, author: Author, names: Names) -> Held | None:
    """What an entry holds of maker and part; None where it holds nothing."""
    if not (entry["maker"] or entry["mpn"]):
        return None
    confirmed = entry["identification"] == IdentificationState.CONFIRMED
    return Held(
        maker=names.firm(entry["maker"]),
        maker_as_written=entry["maker"],
        mpn=entry["mpn"],
        status=StatementStatus.CONFIRMED if confirmed else StatementStatus.TENTATIVE,
        basis=entry["basis"] or _NO_BASIS,
        said_by=entry["said_by"] or author.actor,
    )


def write_component(
    session: Session,
    author: Author,
    entry: Entry,
    sight: Sight,
    *,
    uid: str,
    held: Held | None,
    read: dict[str, Any] | None = None,
) -> Logged:
    """Writes the rows of a checked entry; ``read`` are columns that the program read from the marking."""
    title = entry["marking"] or entry["description"] or "no marking"
    values = {"uid": uid, **_columns(entry), **(read or {})}
    values |= {"recovery_id": sight.recovery_id, "unit_id": sight.unit_id}
    number = insert_row(session, Component, values)
    citation_id = cite(session, author, entry, record_key=uid, component_id=number)
    if held is not None:
        state(session, author, number, citation_id, held, first=True)
    if entry["authenticity"] is not None:
        judgement = Judgement(
            Aspect.AUTHENTICITY,
            entry["authenticity"],
            entry["counterfeit_kind"],
            said_by=entry["said_by"] or entry["laboratory"] or author.actor,
            basis=entry["basis"] or _NO_BASIS,
        )
        assess(session, author, "component", number, judgement)
    logged = Logged("component", number, uid, title)
    seal(session, author, "log component", logged, entry)
    refresh_rows(session, "component", [number])
    return logged


def _columns(entry: Entry) -> dict[str, Any]:
    said = [text for text in (entry["marking"], entry["description"], entry["mpn"]) if text]
    made, basis = _made(entry)
    return {
        "description": entry["description"],
        "marking": entry["marking"],
        "marking_mixed": False,
        "marking_state": entry["marking_state"] or (MarkingState.PRESENT if entry["marking"] else None),
        "search_key": component_search_key(said),
        "date_code": entry["date_code"],
        "lot": entry["lot"],
        "made_earliest": made.earliest,
        "made_latest": made.latest,
        "made_basis": basis,
        "pieces": entry["pieces"],
        "category": entry["category"],
        "category_basis": STATED if entry["category"] else None,
        "hs6": entry["hs"][:6] if entry["hs"] else None,
        "condition": entry["condition"],
        "laboratory": entry["laboratory"],
        "tlp": entry["tlp"],
        "note": entry["note"],
    }


def _made(entry: Entry) -> tuple[DateSpan, str | None]:
    if entry["made"] is not None:
        return entry["made"], "logged"
    read = read_date_code(entry["date_code"], today=date.today()) if entry["date_code"] else None
    return (read, "date code") if read is not None else (UNKNOWN, None)
