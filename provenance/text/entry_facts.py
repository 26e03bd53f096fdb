"""Numbers, dates and asides in the readable name of a published entry: what identifies a specimen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from provenance.text.english_dates import FoundDate, find_dates
from provenance.text.entry_words import DATE_KIND_WORDS, EntryDateKind, date_kind_of, is_common_word
from provenance.text.partial_dates import DateSpan

SerialKind = Literal["serial", "tail", "chassis", "sample"]


@dataclass(frozen=True, slots=True)
class EntrySerial:
    """A number that names one specimen, as written, and what kind of number the text calls it."""

    kind: SerialKind
    value: str


@dataclass(frozen=True, slots=True)
class EntryDate:
    """A date in an entry's name: what happened then, the days it may be, and its words."""

    kind: EntryDateKind
    span: DateSpan
    as_written: str


@dataclass(frozen=True, slots=True)
class Aside:
    """What one pair of parentheses says, by kind."""

    serials: tuple[EntrySerial, ...] = ()
    dates: tuple[EntryDate, ...] = ()
    place: str | None = None
    names: tuple[str, ...] = ()
    variant: str | None = None


_MARK = r"(?:№|#|[Nn](?:o\b|r\b)\.?|[Nn]umber\b)"
# Letters before the digits, with a space between, belong to a chassis number: "ХТС 639680H1353076".
_VALUE = r"(?P<value>(?=[\w./-]*\d)\w+(?:[./-]\w+)*)"
_VALUE_WITH_BLANK = r"(?P<value>(?:[^\W\d]{2,4}\s)?(?=[\w./-]*\d)\w+(?:[./-]\w+)*)"
# A drone's series letters may stand before its number: "ЫЫ 748". Small letters there are words.
_VALUE_WITH_SERIES = r"(?P<value>(?:(?-i:[A-ZА-ЯІЇЄҐ]{1,3})\s)?(?=[\w./-]*\d)\w+(?:[./-]\w+)*)"
_SERIAL_SHAPES: tuple[tuple[SerialKind, re.Pattern[str]], ...] = (
    ("chassis", re.compile(rf"(?:chassis|VIN)(?:\s+serial)?\s*{_MARK}?\s*{_VALUE_WITH_BLANK}", re.I)),
    ("tail", re.compile(rf"(?:tail|side|board|airframe|hull)\s+{_MARK}\s*{_VALUE_WITH_SERIES}", re.I)),
    ("sample", re.compile(rf"(?:sample|specimen)\s*{_MARK}?\s*(?P<value>\d+)\b", re.I)),
    ("serial", re.compile(rf"(?:(?:serial\s*{_MARK}|s/n\b\.?:?)|(?<![\w-]){_MARK})\s*{_VALUE}", re.I)),
)
_NOT_A_SERIAL_AFTER = re.compile(
    r"\b(?:type|model|index|version|variant|mark|batch|lot|table|code)\s*$", re.I
)
_AIRFRAME_NUMBER = re.compile(r"(?<![\w-])(?:[А-ЯІЇЄҐ]{1,2}-\d{3,6}|[A-Z]-\d{4,6})(?![\w-])")

_KIND_WORDS = "|".join(
    re.escape(word).replace(r"\ ", r"\s+")
    for word in sorted((word for words in DATE_KIND_WORDS.values() for word in words), key=len, reverse=True)
)
_PLACE = r"[A-ZА-ЯІЇЄҐ][\w'’-]+(?:\s+(?:[A-ZА-ЯІЇЄҐ][\w'’-]+|oblast|region|district|city))*"
_BEFORE_A_DATE = re.compile(
    rf"(?:\b(?P<kind>{_KIND_WORDS})(?:\s+(?:in|near|at|over)\s+(?P<place>(?-i:{_PLACE})))?,?\s*)?"
    r"(?:\b(?:on|in|at|during|around|about|date:?)\s+)?$",
    re.IGNORECASE,
)
_PLACE_ALONE = re.compile(rf"(?:(?:in|near|at|over)\s+)?(?P<place>{_PLACE})")

_GROUP = r"(?=[A-ZА-ЯІЇЄҐ]*\d)[\dA-ZА-ЯІЇЄҐ]+"
_NUMBER_IN_GROUPS = re.compile(rf"(?<=[\w\")])\s+(?P<value>(?:{_GROUP}\.?\s+)+{_GROUP})\s*$")
_LEAST_DIGITS = 6
"""Of a number in groups: a model with a version ("Kh-47 M2 3") has fewer."""


def take_number_in_groups(text: str) -> tuple[str, str | None]:
    """The text without the groups of digits at its end that nothing calls a number, and those as written.

    "Lancet-3 56. 024Z111 525" is a weapon and what is written on it: several groups with many digits are no
    model's name.
    """
    found = _NUMBER_IN_GROUPS.search(text)
    if found is None or sum(map(str.isdigit, found["value"])) < _LEAST_DIGITS:
        return text, None
    return text[: found.start()], found["value"]


def take_serials(text: str) -> tuple[str, tuple[EntrySerial, ...]]:
    """The text without its numbered marks ("No. 14662", "tail number 20385"), and the numbers, in order.

    A number counts only after a word or character that calls it one; a model code or a count never does.
    """
    found: list[tuple[int, EntrySerial]] = []
    for kind, shape in _SERIAL_SHAPES:
        for match in list(shape.finditer(text)):
            if _NOT_A_SERIAL_AFTER.search(text[: match.start()]):
                continue
            found.append((match.start(), EntrySerial(kind, match["value"])))
            text = _blanked(text, match.start(), match.end())
    return text, tuple(serial for _, serial in sorted(found, key=lambda pair: pair[0]))


def take_airframe_numbers(text: str) -> tuple[str, tuple[EntrySerial, ...]]:
    """The text without series-letter numbers ("Ы-1276"), and those as tail numbers.

    Only for text that follows a drone's model: before it, a letter and digits are the model ("Х-101").
    """
    found = tuple(EntrySerial("tail", match.group()) for match in _AIRFRAME_NUMBER.finditer(text))
    return _AIRFRAME_NUMBER.sub(lambda match: " " * len(match.group()), text), found


def take_dates(text: str, *, day_first: bool) -> tuple[str, tuple[EntryDate, ...], str | None]:
    """The text without its dates and the words that belong to them, the dates, and a place named with one."""
    dates: list[EntryDate] = []
    place: str | None = None
    for found in reversed(find_dates(text, day_first=day_first)):
        before = _BEFORE_A_DATE.search(text, 0, found.start)
        start = before.start() if before else found.start
        dates.append(_entry_date(text, found, before))
        place = (before["place"] if before else None) or place
        text = _blanked(text, start, found.end)
    return text, tuple(reversed(dates)), place


def read_aside(text: str, *, day_first: bool, after_a_drone: bool = False) -> Aside:
    """What the words between two parentheses say; after a drone's model they may be an airframe number.

    A capitalised word beside a date is a place; a series, "with …" or a lower-case word is a variant; a
    model code or a proper name is another name; a count ("157 components") and an explanation after a
    colon say nothing.
    """
    if re.search(r":\s", text):
        return Aside()
    rest, dates, place = take_dates(text, day_first=day_first)
    rest, serials = take_serials(rest)
    if after_a_drone:
        rest, airframes = take_airframe_numbers(rest)
        serials = (*serials, *airframes)
    names: list[str] = []
    variants: list[str] = []
    for piece in _pieces(rest):
        if place is None and (place_named := _place_of(piece, beside_a_date=bool(dates))):
            place = place_named
        elif _is_variant(piece):
            variants.append(piece)
        elif name := _name_of(piece):
            names.append(name)
    return Aside(serials, dates, place, tuple(names), ", ".join(variants) or None)


def _entry_date(text: str, found: FoundDate, before: re.Match[str] | None) -> EntryDate:
    if before is None or not before["kind"]:
        return EntryDate("unstated", found.span, found.as_written)
    kind = date_kind_of(re.sub(r"\s+", " ", before["kind"]))
    return EntryDate(kind, found.span, text[before.start() : found.end])


def _blanked(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]


def _pieces(text: str) -> list[str]:
    pieces = (re.sub(r"\s+", " ", piece).strip(" .;") for piece in re.split(r"[,;]", text))
    return [piece for piece in pieces if piece and piece.lower() not in {"and", "or", "&"}]


def _place_of(piece: str, *, beside_a_date: bool) -> str | None:
    match = _PLACE_ALONE.fullmatch(piece)
    if not match or any(char.isdigit() for char in piece) or piece.isupper():
        return None
    if beside_a_date or match.start("place") > 0:
        return match["place"]
    return None


def _is_variant(piece: str) -> bool:
    if re.search(r"\bseries\b", piece, re.I) or re.match(r"(?:with|without)\s", piece, re.I):
        return True
    if re.match(r"\d", piece) or re.match(_INTRODUCED, piece):
        return False
    words = re.sub(r'"[^"]*"', "", piece)
    return bool(words.strip()) and words == words.lower() and '"' not in piece and not re.search(r"\d", piece)


_INTRODUCED = re.compile(
    r"(?:index|code\s?name|code|designation|aka|a\.k\.a\.|also(?: known as)?|known as|or)\s+(?=\S)",
    re.IGNORECASE,
)


def _name_of(piece: str) -> str | None:
    bare = _INTRODUCED.sub("", piece, count=1) if _INTRODUCED.match(piece) else piece
    bare = bare.replace('"', "").strip()
    if re.fullmatch(r"\d+\s+[^\W\d]+", bare) or not bare or is_common_word(bare.split()[-1]):
        return None
    return bare
