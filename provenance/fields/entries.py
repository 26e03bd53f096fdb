"""What each kind of entry may say: one list for flags, forms, templates and files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from provenance.core.vocabulary import (
    Authenticity,
    ComponentCategory,
    Extent,
    MarkingState,
    RecoveryKind,
    Reliability,
    Tlp,
    UnitKind,
    WeaponKind,
)
from provenance.core.vocabulary.field import CounterfeitKind, IdentificationState, Movement
from provenance.fields import values
from provenance.fields.values import one_of


class Kind(StrEnum):
    """The kinds of entries."""

    RECOVERY = "recovery"
    SEIZURE = "seizure"
    UNIT = "unit"
    COMPONENT = "component"
    CITATION = "citation"


@dataclass(frozen=True, slots=True)
class Cell:
    """One thing that an entry may say.

    ``read`` turns a text into a value, None for the unknown, and raises ValueError. ``choices`` are all that
    may be said, ``completes`` names what a form offers to complete. ``about`` explains it in a template.
    ``also`` is another cell that the text may say something of, where that one is silent.
    """

    name: str
    about: str
    read: Callable[[str], Any] = values.text
    choices: type[StrEnum] | None = None
    completes: str = ""
    required: bool = False
    also: tuple[str, Callable[[str], Any]] | None = None


def _chosen(name: str, about: str, choices: type[StrEnum]) -> Cell:
    return Cell(name, about, one_of(choices), choices)


_DATE_FORM = "2024, 2024-05, 2024-05-12, a span a..b, or day first: 12.05.2024"
_BELIEF = (
    Cell(
        "credibility",
        "Admiralty credibility of this information, 1 to 6; blank: not assessed",
        values.credibility,
    ),
    _chosen("tlp", "Traffic Light Protocol 2.0; blank: no mark, treated as AMBER", Tlp),
    Cell("note", "Anything else", values.words),
)
_WHERE = (
    Cell(
        "place",
        "A name, or a position: 49.9935, 36.2304 or MGRS 37U CR 01497 41584",
        values.place,
        completes="place",
    ),
    Cell("position", "A position beside a place's name", values.position),
    Cell("precision", "How far off the position may be, in metres", values.metres),
    Cell("country", "Country of the place", values.country, completes="country"),
)

RECOVERY = (
    Cell("weapon", "The weapon by any of its names", completes="weapon"),
    _chosen("weapon_kind", "Kind of weapon, for one that the database does not know yet", WeaponKind),
    Cell("unit_type", "Type of unit, where only a unit was examined", completes="unit_type"),
    Cell("variant", "Variant or modification"),
    _chosen("extent", "How much it stands for", Extent),
    _chosen("kind", "How it came into examining hands; a seizure has a form of its own", RecoveryKind),
    Cell("serial", "Serial number of the weapon"),
    Cell("tail", "Tail or side number"),
    Cell("chassis", "Chassis number"),
    Cell("sample", "The examiner's own sample number"),
    Cell("recovered", f"When it was recovered: {_DATE_FORM}", values.days),
    Cell("captured", "When it was captured", values.days),
    Cell("used", "When it was used", values.days),
    Cell("produced", "When the weapon was produced", values.days),
    Cell("examined", "When it was examined", values.days),
    *_WHERE,
    Cell("label", "What to call it; else made of the weapon, number, place and date", values.words),
    *_BELIEF,
)
SEIZURE = (
    Cell("authority", "Who seized it", completes="firm"),
    Cell("seized", f"When: {_DATE_FORM}", values.days),
    Cell("border_point", "Border point, airport or port"),
    _chosen("movement", "What the goods were doing there", Movement),
    Cell("from_country", "Country they came from", values.country, completes="country"),
    Cell("to_country", "Country they went to", values.country, completes="country"),
    Cell("consignor", "Who sent them", completes="firm"),
    Cell("consignee", "To whom", completes="firm"),
    Cell("goods", "The goods as declared", values.words),
    Cell("hs", "Customs code as declared, six digits or more", values.hs),
    Cell("weapon", "The weapon, where a whole one was seized", completes="weapon"),
    *_WHERE,
    Cell("label", "What to call it; else made of authority, route and date", values.words),
    *_BELIEF,
)
UNIT = (
    Cell("recovery", "Reference of the recovery it was in", completes="recovery", required=True),
    Cell("label", "What the unit is called, as on it or in the protocol", values.words, required=True),
    Cell("unit_type", "Its type by any of its names", completes="unit_type"),
    _chosen("unit_kind", "Kind of unit, for a type that the database does not know yet", UnitKind),
    Cell("serial", "Serial number of the unit"),
    Cell("note", "Anything else", values.words),
)
COMPONENT = (
    Cell("recovery", "Reference of the recovery it was in", completes="recovery", required=True),
    Cell("unit", "The unit it sat on, by label or reference", completes="unit"),
    Cell(
        "marking",
        "The marking as it is; // between its lines",
        values.marking,
        also=("marking_state", values.marking_state),
    ),
    _chosen("marking_state", "What is left of the marking", MarkingState),
    Cell("description", "What it is, in words", values.words),
    Cell("pieces", "How many identical ones; blank: not counted", values.pieces),
    Cell("maker", "Whose brand is on it", completes="firm"),
    Cell("mpn", "Its part number, as somebody holds"),
    _chosen("identification", "How firmly maker and part are held; else tentative", IdentificationState),
    Cell("basis", "On what basis maker, part and authenticity are held", values.words),
    Cell("said_by", "Whose judgement that is; else who logs it"),
    Cell("laboratory", "Who examined it"),
    Cell("date_code", "Date code as marked"),
    Cell("lot", "Lot code as marked"),
    Cell("made", f"When it was made: {_DATE_FORM}", values.days),
    _chosen("category", "What sort of component", ComponentCategory),
    Cell("hs", "Customs code", values.hs),
    Cell("condition", "Its condition", values.words),
    _chosen("authenticity", "Blank: not assessed", Authenticity),
    _chosen("counterfeit_kind", "In what way it is not what it passes for", CounterfeitKind),
    *_BELIEF,
)
CITATION = (
    Cell(
        "ref",
        "Reference of the recovery, component, transfer or firm that it reports",
        completes="recovery",
        required=True,
    ),
    Cell("source", "Short key of the source", completes="source", required=True),
    Cell("record", "The source's own key of the record; else its address", values.words),
    Cell("address", "Where it is found", values.words),
    Cell("quote", "What it says, in its own words", values.words),
    Cell("published", f"When it was published: {_DATE_FORM}", values.days),
    Cell("retrieved", "When somebody looked at it", values.days),
    Cell("publisher", "Who publishes a source that the database does not know yet"),
    Cell("title", "What that source is called"),
    Cell("source_address", "Where that source is found", values.words),
    Cell("origin_group", "Sources that rest on the same wrecks share one; else the publisher"),
    _chosen("reliability", "Admiralty reliability of a new source, A to F; blank: not assessed", Reliability),
    *_BELIEF[:2],
)

CELLS: Mapping[Kind, tuple[Cell, ...]] = {
    Kind.RECOVERY: RECOVERY,
    Kind.SEIZURE: SEIZURE,
    Kind.UNIT: UNIT,
    Kind.COMPONENT: COMPONENT,
    Kind.CITATION: CITATION,
}


class Faults(ValueError):
    """What is wrong with an entry, cell by cell."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{name}: {reason}" for name, reason in faults.items()))
        self.faults = dict(faults)


def cell(kind: Kind, name: str) -> Cell:
    """One cell of a kind of entry."""
    return next(each for each in CELLS[kind] if each.name == name)


def read_entry(kind: Kind, texts: Mapping[str, str | None]) -> dict[str, Any]:
    """Every cell of a kind, read; what was not given, or given as unknown, is None.

    Raises:
        Faults: a cell cannot be read, or a required one is missing.
    """
    read: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for each in CELLS[kind]:
        given = texts.get(each.name)
        try:
            _refuse_unkeepable(given)
            read[each.name] = each.read(given) if given is not None and given.strip() else None
        except ValueError as error:
            faults[each.name] = str(error)
            continue
        if each.required and read[each.name] is None:
            faults[each.name] = "it is needed"
    if faults:
        raise Faults(faults)
    for each in CELLS[kind]:
        given = texts.get(each.name)
        if each.also is not None and given:
            name, read_also = each.also
            read[name] = read[name] if read[name] is not None else read_also(given)
    return read


def _refuse_unkeepable(given: str | None) -> None:
    # PostgreSQL keeps no such character, and both databases are to hold the same.
    if given is not None and "\0" in given:
        raise ValueError("a null character")
    # What a terminal of another encoding sends arrives as lone surrogates, which no database keeps.
    if given is not None and not given.isascii() and any("\ud800" <= char <= "\udfff" for char in given):
        raise ValueError("not UTF-8")
