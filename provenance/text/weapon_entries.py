"""The readable name of a published entry ("Missile Kh-101 No. 123 (used on 02.01.2024)"), parsed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from provenance.text.entry_facts import (
    Aside,
    EntryDate,
    EntrySerial,
    SerialKind,
    read_aside,
    take_airframe_numbers,
    take_dates,
    take_number_in_groups,
    take_serials,
)
from provenance.text.entry_names import ASIDE_MARK, KindNoun, Name, find_kind_nouns, find_names, nearest_noun
from provenance.text.entry_phrases import Phrases, part_phrases
from provenance.text.entry_words import PARTS_WORDS, SEVERAL_WORDS, EntryDateKind, KindHint

__all__ = [
    "EntryDate",
    "EntryDateKind",
    "EntrySerial",
    "Extent",
    "KindHint",
    "SerialKind",
    "WeaponEntry",
    "read_entry",
]

Extent = Literal["specimen", "several", "unit", "model", "unstated"]

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»″", '"'))
_PARENTHESES = re.compile(r"\(([^()]*)\)")
_CODED = re.compile(
    r"(?:,\s*)?\b(?:code(?:\s?name)?|index|called|named)\s+(?P<name>\"[^\"]+\"|(?=\S*\d)[\w./-]+)",
    re.IGNORECASE,
)
_WITH = re.compile(r"\s+(?P<variant>with(?:out)?\s.+)$")
_SERIES = re.compile(
    r"(?:,\s*)?(?P<variant>\bseries\s+(?:\"\w+\"|\w+)|(?:\"\w+\"|\b\w{1,2})\s+series\b)", re.IGNORECASE
)
_MADE = re.compile(r"\b(?P<variant>[^\W\d_]+-(?:made|built|assembled))\b", re.IGNORECASE)
_SAYS_NO_VARIANT = re.compile(r"\b(?:of|from|for|system|and|or)\b|^[\W_]+$", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
_ALTERNATIVES = re.compile(r"\s+(?:/|or)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class WeaponEntry:
    """What an entry's name states; None and empty tuples mean that the text does not say.

    `designation_text` is the weapon's name: the host's where a unit taken from one is described, the whole
    text where nothing in it is a name. `kind_hint` is the kind that a noun next to that name says.
    `candidates` are strings to try, in this order, against the aliases of weapons, then of unit types;
    `unit_candidates` the same for the unit. A name that decides nothing alone ("Orion") is listed with its
    noun and with its kind too ("Orion UAV", "Orion drone"), and of two alternatives ("X / Y") neither is
    listed alone.
    """

    text: str
    designation_text: str
    kind_hint: KindHint | None = None
    extent: Extent = "unstated"
    serials: tuple[EntrySerial, ...] = ()
    dates: tuple[EntryDate, ...] = ()
    place: str | None = None
    unit_text: str | None = None
    host_text: str | None = None
    variant: str | None = None
    candidates: tuple[str, ...] = ()
    unit_candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Reading:
    """An entry's text with everything but its phrases taken out."""

    body: str
    asides: tuple[Aside, ...]
    serials: tuple[EntrySerial, ...]
    dates: tuple[EntryDate, ...]
    place: str | None
    coded: tuple[str, ...]
    variants: tuple[str, ...]

    @property
    def aside_names(self) -> tuple[str, ...]:
        return tuple(name for aside in self.asides for name in aside.names)


@dataclass(frozen=True, slots=True)
class _Described:
    """One phrase's name, the noun beside it, and the strings to look it up by."""

    text: str | None
    noun: KindNoun | None
    candidates: tuple[str, ...]
    plural: bool


def read_entry(text: str, *, day_first: bool = True) -> WeaponEntry:
    """The parts of an entry's readable name; `day_first` says how 02.01.2024 is read.

    `specimen` is used only where the text itself names one; a date or a place beside a model names none.
    A unit and the weapon it came from are separated at "of the", "from the". Raises ValueError for blank
    text.
    """
    cleaned = re.sub(r"\s+", " ", text.translate(_QUOTES)).strip().rstrip(".").strip()
    if not cleaned:
        raise ValueError("an entry's name is blank")
    reading = _read(cleaned, day_first)
    phrases = part_phrases(reading.body)
    unit = _described(phrases.unit, reading.coded, ()) if phrases.unit is not None else None
    weapon = _described(phrases.weapon, () if unit else reading.coded, reading.aside_names)
    system = _described(phrases.system, (), ()).candidates if phrases.system else ()
    designation = weapon.text or cleaned
    return WeaponEntry(
        text=text,
        designation_text=designation,
        kind_hint=weapon.noun.kind if weapon.noun else None,
        extent=_extent(phrases, weapon, reading.serials),
        serials=reading.serials,
        dates=reading.dates,
        place=reading.place,
        unit_text=(unit.text or _plain(phrases.unit or "")) if unit else None,
        host_text=weapon.text if unit else None,
        variant=", ".join(reading.variants) or None,
        candidates=_distinct([*weapon.candidates, *system]) or (cleaned,),
        unit_candidates=_distinct([*unit.candidates, _plain(phrases.unit or "")]) if unit else (),
    )


def _read(cleaned: str, day_first: bool) -> _Reading:
    body = _PARENTHESES.sub(f" {ASIDE_MARK} ", cleaned)
    drone = _is_drone_model(body)
    asides = tuple(
        read_aside(match[1], day_first=day_first, after_a_drone=drone)
        for match in _PARENTHESES.finditer(cleaned)
    )
    body, dates, place = take_dates(body, day_first=day_first)
    body, serials = take_serials(body)
    body, grouped = take_number_in_groups(body)
    if grouped:
        serials = (*serials, EntrySerial("serial", grouped))
    coded = tuple(match["name"].strip('"') for match in _CODED.finditer(body))
    body = _CODED.sub(" ", body)
    body, airframes = _airframes_taken(body, asides)
    body, variants = _variants_taken(body, asides)
    return _Reading(
        body=re.sub(r"\s+", " ", body).strip(" ,;"),
        asides=asides,
        serials=(*serials, *airframes, *(serial for aside in asides for serial in aside.serials)),
        dates=(*dates, *(found for aside in asides for found in aside.dates)),
        place=place or next((aside.place for aside in asides if aside.place), None),
        coded=coded,
        variants=(*variants, *(aside.variant for aside in asides if aside.variant)),
    )


def _is_drone_model(text: str, aside_names: tuple[str, ...] = ()) -> bool:
    """Whether text names a model with a number in it, and no noun says that it is anything but a drone."""
    names = [*(name.text for name in find_names(text)), *aside_names]
    only_drones = all(noun.kind == "drone" for noun in find_kind_nouns(text))
    return only_drones and any(re.search(r"\d", name) for name in names)


def _airframes_taken(body: str, asides: tuple[Aside, ...]) -> tuple[str, tuple[EntrySerial, ...]]:
    _, found = take_airframe_numbers(body)
    start = body.find(found[0].value) if found else -1
    aside_names = (
        tuple(name for aside in asides for name in aside.names) if ASIDE_MARK in body[:start] else ()
    )
    if not found or not find_names(body[:start]) or not _is_drone_model(body[:start], aside_names):
        return body, ()
    return take_airframe_numbers(body)


def _variants_taken(body: str, asides: tuple[Aside, ...]) -> tuple[str, list[str]]:
    """The body without "with …", "…-made" and the words after the last name, and those words."""
    variants: list[str] = []
    if (match := _WITH.search(body)) and find_names(body[: match.start()]):
        variants.append(_plain(match["variant"], keep_quotes=True))
        body = body[: match.start()]
    for pattern in (_SERIES, _MADE):
        if match := pattern.search(body):
            variants.append(match["variant"])
            body = body[: match.start()] + body[match.end() :]
    trailing_from = _trailing_from(body, asides)
    trailing = body[trailing_from:].replace(ASIDE_MARK, " ").strip(" ,;")
    if trailing and not find_kind_nouns(trailing) and not _SAYS_NO_VARIANT.search(trailing):
        variants.append(re.sub(r"\s+", " ", trailing))
        body = body[:trailing_from] + (ASIDE_MARK if ASIDE_MARK in body[trailing_from:] else "")
    return body, variants


def _trailing_from(body: str, asides: tuple[Aside, ...]) -> int:
    """Where a variant may begin: after an alternative name in parentheses, or after the last name."""
    names = find_names(body)
    if not names:
        return len(body)
    mark = body.find(ASIDE_MARK, names[0].end)
    if mark >= 0 and any(aside.names for aside in asides):
        return mark + len(ASIDE_MARK)
    return names[-1].end


def _described(phrase: str, coded: tuple[str, ...], aside_names: tuple[str, ...]) -> _Described:
    sides = _ALTERNATIVES.split(phrase)
    nouns = find_kind_nouns(phrase)
    plural = any(noun.plural for noun in nouns)
    if len(sides) > 1 and all(find_names(side) for side in sides):
        return _alternatives(sides, nouns, plural)
    names = find_names(phrase)
    main = names[0] if names else None
    noun = nearest_noun(nouns, main)
    text = main.text if main else next(iter([*coded, *aside_names]), None)
    if text is None:
        return _Described(None, noun, (), plural)
    return _Described(text, noun, _candidates(text, names, noun, coded, aside_names), plural)


def _candidates(
    text: str,
    names: tuple[Name, ...],
    noun: KindNoun | None,
    coded: tuple[str, ...],
    aside_names: tuple[str, ...],
) -> tuple[str, ...]:
    parts = [part for name in names for part in (name.text, *name.parts())]
    joined = [f"{text} ({name})" for name in aside_names if name != text]
    plain = _distinct([text, *parts, *coded, *aside_names])
    nouns = _distinct(["", noun.text.lower(), noun.kind.replace("_", " ")] if noun else [""])
    return _distinct([*joined, *(f"{name} {said}".strip() for name in plain for said in ("", *nouns))])


def _alternatives(sides: list[str], nouns: tuple[KindNoun, ...], plural: bool) -> _Described:
    """Two names of which the text does not say which: only both together are looked up."""
    firsts = [find_names(side)[0] for side in sides]
    whole = " / ".join(name.text for name in firsts)
    codes = " / ".join(name.parts()[0] for name in firsts)
    kinds = {noun.kind for noun in nouns}
    return _Described(whole, nouns[0] if len(kinds) == 1 else None, _distinct([whole, codes]), plural)


def _extent(phrases: Phrases, weapon: _Described, serials: tuple[EntrySerial, ...]) -> Extent:
    if phrases.unit is not None:
        return "unit"
    kinds = [serial.kind for serial in dict.fromkeys(serials)]
    if any(kinds.count(kind) > 1 for kind in kinds):
        return "several"
    if kinds:
        return "specimen"
    words = set(phrases.weapon.lower().split())
    if weapon.plural or (phrases.loose_parts and words & SEVERAL_WORDS):
        return "several"
    if phrases.loose_parts or weapon.text is None or words & PARTS_WORDS:
        return "unstated"
    return "model"


def _plain(phrase: str, *, keep_quotes: bool = False) -> str:
    unmarked = phrase.replace(ASIDE_MARK, " ")
    unquoted = unmarked if keep_quotes else unmarked.replace('"', "")
    return re.sub(r"\s+", " ", _ARTICLE.sub("", unquoted.strip())).strip(" ,;")


def _distinct(names: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))
